"""Stories read from Markdown: front matter, then a heading, a block of YAML and the words in each language a slide.

A file looks like this::

    ---
    id: barents
    order: 2
    title: {en: The Barents region, ru: Баренцев регион}
    summary: {en: Rise and break., ru: Подъём и разрыв.}
    ---

    # council

    ```yaml
    view: /border?country=NO
    sources: [web:129df7cb]
    ```

    ## en: A council of regions

    The border with Norway is {border_km(NO)} km long.

    ## ru: Совет регионов

    Граница с Норвегией тянется на {border_km(NO)} км.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from geo.errors import ArgumentError, DataError, UnknownCodeError
from geo.facts import DATA_DIR
from geo.i18n import LANGUAGES, Language, Text
from geo.measures import declared
from geo.stories.placeholders import verify
from geo.stories.scenes import pictured
from geo.stories.slides import Slide, SlideHead, Story, StoryHead

STORIES = DATA_DIR / "stories"

_FENCE = re.compile(r"^```(yaml)?\s*$")
_SLIDE = re.compile(r"^# ([a-z][a-z0-9_]*)\s*$")
_WORDS = re.compile(rf"^## ({'|'.join(LANGUAGES)}): (\S.*?)\s*$")


class _Line(NamedTuple):
    number: int
    text: str


@cache
def stories() -> dict[str, Story]:
    """All stories that ship, by id, in the order that they declare."""
    found = sorted((read(path) for path in sorted(STORIES.glob("*.md"))), key=lambda one: one.order)
    return {one.id: one for one in found}


def story(name: str) -> Story:
    """One story.

    Raises
    ------
    UnknownCodeError
        If there is none of this name; lists those there are.
    """
    if name not in stories():
        raise UnknownCodeError("story", name, list(stories()))
    return stories()[name]


def read(path: Path) -> Story:
    """Read one story.

    Raises
    ------
    DataError
        Names file and line, what is wrong there and the remedy.
    """
    found = parse(path.read_text(encoding="utf-8"), path)
    if found.id != path.stem:
        raise DataError(f"the id is {found.id!r}; give file and story the same name", file=path)
    return found


def parse(text: str, file: str | Path = "story") -> Story:
    """Parse a story; ``file`` is named in errors. See :func:`read`."""
    lines = [_Line(number, line) for number, line in enumerate(text.splitlines(), start=1)]
    marks = [line.number for line in lines if line.text.strip() == "---"]
    if len(marks) < 2 or marks[0] != 1:
        raise DataError("a story begins with its front matter between two lines of '---'", file=f"{file}:1")
    head = declared.parse(_block(lines[1 : marks[1] - 1]), StoryHead, file)
    for lang in LANGUAGES:
        try:
            verify(head.summary.of(lang), lang)
        except ArgumentError as error:
            raise DataError(f"the summary in {lang!r}: {error}", file=f"{file}:1") from None
    slides = tuple(_slide(part, file) for part in _parted(lines[marks[1] :], file))
    if not slides:
        raise DataError("a story needs a slide: a heading '# id', a yaml block, words", file=file)
    doubled = {one.id for one in slides if [slide.id for slide in slides].count(one.id) > 1}
    if doubled:
        second = [slide for slide in slides if slide.id in doubled][-1]
        raise DataError(f"two slides are called {second.id!r}; rename one", file=f"{file}:{second.line}")
    return Story(**dict(head), slides=slides)


def _block(lines: list[_Line]) -> str:
    """YAML of some lines, at the lines where it stands in the file, so that errors name them."""
    return "\n" * (lines[0].number - 1) + "\n".join(line.text for line in lines) if lines else ""


def _parted(lines: list[_Line], file: str | Path) -> Iterator[list[_Line]]:
    part: list[_Line] = []
    for line in lines:
        if _SLIDE.match(line.text):
            if part:
                yield part
            part = [line]
        elif part:
            part.append(line)
        elif line.text.strip():
            raise DataError("words before the first slide; begin one with '# id'", file=f"{file}:{line.number}")
    if part:
        yield part


def _slide(part: list[_Line], file: str | Path) -> Slide:
    heading = cast("re.Match[str]", _SLIDE.match(part[0].text))
    fences = [at for at, line in enumerate(part) if _FENCE.match(line.text)]
    if len(fences) != 2:
        raise DataError("a slide needs one block ```yaml with its view and sources", file=f"{file}:{part[0].number}")
    head = declared.parse(_block(part[fences[0] + 1 : fences[1]]), SlideHead, file)
    try:
        pictured(head.view, head.show, head.highlight)
    except ArgumentError as error:
        raise DataError(str(error), file=f"{file}:{part[0].number}") from None
    titles: dict[Language, str] = {}
    texts: dict[Language, list[str]] = {}
    begin: dict[Language, int] = {}
    now: Language | None = None
    for line in part[fences[1] + 1 :]:
        if words := _WORDS.match(line.text):
            now = cast(Language, words[1])
            if now in titles:
                raise DataError(f"the words in {now!r} stand twice; remove one", file=f"{file}:{line.number}")
            titles[now], texts[now], begin[now] = words[2], [], line.number
        elif now is not None:
            texts[now].append(line.text)
        elif line.text.strip():
            raise DataError("words without a language; head them '## en: Title'", file=f"{file}:{line.number}")
    for lang in LANGUAGES:
        if not "".join(texts.get(lang, [])).strip():
            reason = f"the words in {lang!r} are missing; add '## {lang}: Title' and a text"
            raise DataError(reason, file=f"{file}:{part[0].number}")
    return Slide(
        **dict(head),
        id=heading[1],
        line=part[0].number,
        title=Text(**titles),
        text=Text(**{lang: "\n".join(lines).strip() for lang, lines in texts.items()}),
        lines=begin,
    )
