"""Seminar: stories told in slides of live maps; a list of them, or one over the whole window."""

from ui import shell

shell.enter()

from geo import stories
from ui import captions, params, seminar

story = params.take("story", ["", *stories.stories()], "")
params.take("slide", seminar.numbers(), "1")
params.take("picture", seminar.slides(), seminar.first())
captions.refused()
if story:
    seminar.present(story)
else:
    seminar.listing()
    seminar.picture()
params.write({"story": "", "slide": "1", "picture": seminar.first()})
