"""Seminar: stories told in slides of live maps; a list of them, or one over the whole window."""

from ui import shell

shell.enter()

from geo import stories
from ui import captions, params, seminar

story = params.take("story", ["", *stories.stories()], "")
params.take("slide", seminar.numbers(), "1")
captions.refused()
if story:
    seminar.present(story)
else:
    seminar.listing()
params.write({"story": "", "slide": "1"})
