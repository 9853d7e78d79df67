"""What a seminar tells, slide by slide: stories as Markdown, whose figures are computed when they are read."""

from geo.stories.figures import functions
from geo.stories.placeholders import fill, verify
from geo.stories.reading import STORIES, parse, read, stories, story
from geo.stories.slides import ARTICLES, SHOWS, Article, Paragraphs, Show, Slide, Story, source_title

__all__ = [
    "ARTICLES",
    "SHOWS",
    "STORIES",
    "Article",
    "Paragraphs",
    "Show",
    "Slide",
    "Story",
    "fill",
    "functions",
    "parse",
    "read",
    "source_title",
    "stories",
    "story",
    "verify",
]
