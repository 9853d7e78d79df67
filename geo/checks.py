"""Is everything that ships sound? Tables, the catalogue of indicators, former units, rules, boundary layers, stories.

`python -m geo check` prints what is wrong, and the atlas does not start with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from geo import boundaries, stories, units
from geo.errors import ArgumentError, DataError
from geo.events import places
from geo.facts import DATA_DIR
from geo.facts.check import problems as problems_of_tables
from geo.indicators.check import problems as problems_of_catalogue
from geo.uploads.limits import SETTINGS as LIMITS
from geo.uploads.limits import read as read_limits


def _raised(look: Callable[[], object]) -> Iterator[DataError]:
    """Yield the first complaint of a reader that stops at it."""
    try:
        look()
    except DataError as error:
        yield error


def _former_units(_data_dir: Path) -> Iterator[DataError]:
    yield from _raised(units.former_units)


def _event_places(data_dir: Path) -> Iterator[DataError]:
    yield from _raised(lambda: places.read(data_dir / "recipes" / places.FILE.name))


def _uploads(data_dir: Path) -> Iterator[DataError]:
    yield from _raised(lambda: read_limits(data_dir / LIMITS.name))


def _boundaries(data_dir: Path) -> Iterator[DataError]:
    folder = data_dir / "boundaries"
    layers = {}
    for layer in boundaries.LAYERS:
        try:
            layers[layer] = boundaries.load(layer, folder)
        except DataError as error:
            yield error
    if "subjects" in layers:
        for code in sorted(set(layers["subjects"].index) ^ set(units.subjects().index))[:1]:
            yield DataError(
                "the layer and the table of subjects must hold the same codes; rebuild the layer or correct the table",
                file=folder / "subjects.shp",
                column="iso",
                value=code,
            )


def _stories(data_dir: Path) -> Iterator[DataError]:
    folder = data_dir / "stories"
    for path in sorted(folder.glob("*.md")):
        try:
            story = stories.read(path)
        except DataError as error:
            yield error
            continue
        for slide in story.slides:
            yield from _slide(slide, path)


def _slide(slide: stories.Slide, path: Path) -> Iterator[DataError]:
    """Placeholders and sources of a slide, each complaint with its line."""
    for lang, line in slide.lines.items():
        for text in (slide.title, slide.text):
            yield from _refused(partial(stories.verify, text.of(lang), lang), path, line)
    for source in slide.sources:
        yield from _refused(partial(stories.source_title, source, "en"), path, slide.line)


def _refused(look: Callable[[], object], path: Path, line: int) -> Iterator[DataError]:
    try:
        look()
    except ArgumentError as error:
        yield DataError(str(error), file=f"{path}:{line}")


CHECKS: tuple[Callable[[Path], Iterable[DataError]], ...] = (
    problems_of_tables,
    problems_of_catalogue,
    _former_units,
    _event_places,
    _uploads,
    _boundaries,
    _stories,
)


def problems(data_dir: Path = DATA_DIR) -> Iterator[DataError]:
    """What is wrong in a folder of data, the first of each kind of error.

    Checks after a failing one still run, so that one look tells all.
    """
    for check in CHECKS:
        try:
            yield from check(data_dir)
        except DataError as error:  # a check that needs what another one found missing
            yield error
