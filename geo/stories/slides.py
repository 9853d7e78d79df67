"""A story and its slides as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from pydantic import Field

from geo import facts
from geo.errors import UnknownCodeError
from geo.i18n import Language, Text
from geo.measures.declared import Declared
from geo.stories.placeholders import fill

Show = Literal["map", "timeline", "compensation", "ranking", "matrix"]
SHOWS: tuple[Show, ...] = get_args(Show)


class Article(NamedTuple):
    """One of the two articles that the atlas stands on; its abstract alone could be read."""

    short: Text
    title: Text
    doi: str

    @property
    def url(self) -> str:
        """Address of the article."""
        return f"https://doi.org/{self.doi}"


ARTICLES: Mapping[str, Article] = MappingProxyType(
    {
        "article:rustamova_2022": Article(
            Text(en="Rustamova 2022 (abstract)", ru="Рустамова, 2022 (аннотация)"),
            Text(
                en="Rustamova L. R. External Relations of Russian Border Regions. MGIMO Review of International "
                "Relations, 2022, 15(1)",
                ru="Рустамова Л. Р. Внешние связи приграничных российских регионов // Вестник МГИМО-Университета. "
                "2022. Т. 15, № 1",
            ),
            "10.24833/2071-8160-2022-1-82-177-206",
        ),
        "article:arteev_2021": Article(
            Text(en="Arteev 2021 (abstract)", ru="Артеев, 2021 (аннотация)"),
            Text(
                en="Arteev S. P. Foreign Policy of Russia: “Soft Power” of the Regions. Moscow University Bulletin of "
                "World Politics, 2021, 13(1)",
                ru="Артеев С. П. Внешняя политика России: «мягкая сила» регионов // Вестник Московского университета. "
                "Серия 25. 2021. Т. 13, № 1",
            ),
            "10.48015/2076-7404-2021-13-1-32-57",
        ),
    }
)
"""By the id that slides name them with, beside the ids of data/tables/sources.csv."""


class Paragraphs(NamedTuple):
    """Words of a slide in one language, figures filled in."""

    title: str
    text: tuple[str, ...]


class SlideHead(Declared):
    """What a slide declares beside its words.

    Attributes
    ----------
    view
        Address within this atlas, such as ``/border?country=FI``.
    show
        What of that page is shown; most pages have a map, some have a chart.
    highlight
        Codes of subjects and countries that are outlined.
    sources
        Ids of data/tables/sources.csv, or of :data:`ARTICLES`, that bear what the slide claims.
    """

    view: str = Field(pattern=r"^/")
    show: Show = "map"
    highlight: tuple[str, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)


class Slide(SlideHead):
    """One slide.

    Attributes
    ----------
    id
        Word in the heading of the slide.
    line
        Where it begins in its file.
    title, text
        As written, with placeholders; paragraphs are parted by an empty line.
    lines
        First line of the words in each language.
    """

    id: str
    line: int
    title: Text
    text: Text
    lines: dict[Language, int]

    def titled(self, lang: Language) -> str:
        """Title in one language, without the text, whose figures may take seconds."""
        return fill(self.title.of(lang), lang)

    def told(self, lang: Language) -> Paragraphs:
        """Words in one language, every figure computed from the data."""
        paragraphs = fill(self.text.of(lang), lang).split("\n\n")
        return Paragraphs(self.titled(lang), tuple(" ".join(one.split()) for one in paragraphs))


class StoryHead(Declared):
    """Front matter of a story.

    Attributes
    ----------
    summary
        As written, with placeholders.
    """

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    order: int
    title: Text
    summary: Text


class Story(StoryHead):
    """A story: its slides in order."""

    slides: tuple[Slide, ...] = Field(min_length=1)

    def summed(self, lang: Language) -> str:
        """Summary in one language, every figure computed from the data."""
        return fill(self.summary.of(lang), lang)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of all sources that its slides name, once each."""
        return tuple(dict.fromkeys(source for slide in self.slides for source in slide.sources))


def source_title(source: str, lang: Language, longest: int | None = None) -> str:
    """Short name of a source for the foot of a slide: an article by author and year, others by their title.

    Parameters
    ----------
    longest
        Letters after which a title ends in an ellipsis.

    Raises
    ------
    UnknownCodeError
        If neither the table of sources nor :data:`ARTICLES` has it.
    """
    if source in ARTICLES:
        return ARTICLES[source].short.of(lang)
    known = facts.sources()
    if source not in known.index:
        raise UnknownCodeError("source", source, [*ARTICLES])
    title = str(known.loc[source, "title"])
    if longest is None or len(title) <= longest:
        return title
    return title[: longest - 1].rstrip(" ,;:(") + "…"
