"""Formats of event files: what ``data/event_formats.yml`` declares, and which of them a file is."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DataError
from geo.events.schema import PlaceType, Source
from geo.facts import DATA_DIR
from geo.facts.declared import read_yaml
from geo.i18n import Message, Text

DECLARED: Final = DATA_DIR / "event_formats.yml"
START: Final = 65_536
"""Bytes of a file that are looked at; the first line of every format is far shorter."""
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
OTHER_ENCODINGS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Coded(_Declared):
    """How a format writes what a record needs; :mod:`geo.events.codes` decodes it.

    Parameters
    ----------
    quad, quad_of_root
        Quad class of a class, or of a type of events, as the format writes it.
    roots
        Types of events that are known besides those of ``quad_of_root``.
    place_type
        Types of places; None for those that are known and have none of ours.
    reported
        How the day of the report is written: as a day, as the days of several reports, as seconds since 1970.
    """

    date: Literal["digits", "iso", "iso_or_words"]
    actor: Literal["cameo", "name", "government"]
    country: Literal["fips", "cameo", "name"]
    adm1: Literal["fips", "name"]
    event: Literal["cameo", "own"]
    reported: Literal["day", "days", "seconds"] = "day"
    dated_id: bool = False
    quad: dict[str, int] = {}
    quad_of_root: dict[str, int] = {}
    roots: list[str] = []
    place_type: dict[str, PlaceType | None] = {}


class Reads(_Declared):
    """Columns that a record is made of; None where the format has no such column."""

    event_id: str
    event_date: str
    reported: str | None = None
    actor1: str
    actor2: str
    code: str | None = None
    root: str | None = None
    quad: str | None = None
    score: str | None = None
    mentions: str | None = None
    place: str | None = None
    place_name: str | None = None
    within: list[str] = []
    place_type: str | None = None
    place_adm1: str
    place_country: str
    lat: str
    lon: str
    link: str | None = None
    story: str | None = None
    deaths: str | None = None

    def columns(self) -> list[str]:
        """Names of all columns that are read."""
        single = [name for name in self.model_dump(exclude={"within"}).values() if name]
        return list(dict.fromkeys([*single, *self.within]))


class Format(_Declared):
    """A format: its columns, how it is recognised, its terms."""

    source: Source
    title: Text
    about: Text
    url: str
    documentation: str
    terms: Text
    terms_url: str
    publish: bool
    reference: str
    separators: list[str]
    quoted: bool
    columns: tuple[str, ...]
    optional: int = 0
    also: dict[str, list[str]] = {}
    known_by: dict[int, str] = {}
    missing: list[str] = []
    several: str | None = None
    reads: Reads
    coded: Coded

    @property
    def counts(self) -> tuple[int, ...]:
        """Numbers of columns that files of this format have."""
        return tuple(range(len(self.columns) - self.optional, len(self.columns) + 1))


class Layout(NamedTuple):
    """How one file is laid out.

    Parameters
    ----------
    format
        Its format.
    separator
        Between its columns.
    columns
        Name of each of its columns, in the order of the file; those beyond the format's own are called ``+1``, ``+2``.
    header
        Whether its first line names the columns.
    """

    format: Format
    separator: str
    columns: tuple[str, ...]
    header: bool


@cache
def _declaration() -> tuple[tuple[Format, ...], Mapping[str, str]]:
    try:
        content = read_yaml(DECLARED)
        declared = [Format.model_validate(_flat(one)) for one in content["formats"]]
    except (OSError, KeyError, TypeError, ValidationError, yaml.YAMLError) as error:
        raise DataError(str(error), file=DECLARED) from error
    for one in declared:
        unknown = set(one.reads.columns()) - set(one.columns)
        if unknown:
            raise DataError(f"{one.source} reads columns it does not have: {', '.join(sorted(unknown))}", file=DECLARED)
    return tuple(declared), content["country_names"]


def _flat(declared: Mapping[str, Any]) -> dict[str, Any]:
    return {**declared, "columns": [name for group in declared["columns"] for name in group]}


def formats() -> tuple[Format, ...]:
    """All formats, in the order of the file that declares them.

    Raises
    ------
    DataError
        If ``data/event_formats.yml`` is not as it should be.
    """
    return _declaration()[0]


def by_source(source: Source) -> Format:
    """Return the format of a data set."""
    return next(one for one in formats() if one.source == source)


def country_names() -> Mapping[str, str]:
    """Spellings of country names that no other list has: name -> ISO 3166-1 alpha-2."""
    return _declaration()[1]


def recognise(start: bytes, name: str | Path) -> Layout:
    """Tell the layout of a file from its first lines; its name does not matter.

    Parameters
    ----------
    start
        First ``START`` bytes of the file, unpacked.
    name
        For the message.

    Raises
    ------
    DataError
        If it is none of the formats; one sentence says what was found.
    """
    lines = _lines(start, name)
    for one in formats():
        for separator in one.separators:
            found = _layout(one, separator, _first_rows(lines, separator, one.quoted))
            if found:
                return found
    counts = {separator: len(lines[0].split(separator)) for separator in ("\t", ",", ";")}
    separator, count = max(counts.items(), key=lambda item: item[1])
    reason = Message(
        "is none of the formats of event data: its first line has {count} columns between {separator}; "
        "docs/events.md lists the formats",
        count=count,
        separator=repr(separator),
    )
    raise DataError(reason, file=name)


def _first_rows(lines: list[str], separator: str, quoted: bool) -> list[list[str]]:
    """Return the first row and, when whole, the second."""
    if not quoted:
        return [line.split(separator) for line in lines[:2]]
    try:
        return list(itertools.islice(csv.reader((f"{line}\n" for line in lines), delimiter=separator), 2))
    except csv.Error:
        return [lines[0].split(separator)]


def _lines(start: bytes, name: str | Path) -> list[str]:
    """Return the whole lines of the start of a file, at least one."""
    if not start.strip(b" \r\n"):
        raise DataError(Message("the file is empty"), file=name)
    for mark, encoding in OTHER_ENCODINGS.items():
        if start.startswith(mark):
            raise DataError(Message("the text is {encoding}; save it as UTF-8", encoding=encoding), file=name)
    if b"\0" in start.split(b"\n", 1)[0]:
        raise DataError(Message("this is not text: it holds bytes of value zero"), file=name)
    if len(start) >= START and b"\n" not in start:
        reason = Message("its first line is longer than {size} bytes: this is none of the formats", size=f"{START:,}")
        raise DataError(reason, file=name)
    if b"\n" not in start and b"\r" in start.rstrip(b"\r"):
        reason = Message("its lines end with carriage returns alone; save it with line feeds")
        raise DataError(reason, file=name)
    lines = start.removeprefix(BYTE_ORDER_MARK).splitlines()
    whole = lines if start.endswith((b"\n", b"\r")) or len(lines) == 1 else lines[:-1]
    return [line.decode("utf-8", "replace") for line in whole]


def _layout(one: Format, separator: str, cells: Sequence[Sequence[str]]) -> Layout | None:
    """Layout of a file in this format, None if it is in another."""
    first, second = cells[0], cells[1] if len(cells) > 1 else None
    named = _named(one, first)
    if set(one.reads.columns()) - set(_optional(one)) <= set(named):
        # a line of a quoted format may end inside a cell
        width = len(second) if second and not one.quoted else len(first)
        # some headers of POLECAT name more columns than there are, others fewer
        columns = tuple(named) if width == len(named) == len(set(named)) else _in_order(one, width)
        return Layout(one, separator, columns, header=True)
    if len(first) in one.counts and _looks_like(one, first):
        return Layout(one, separator, one.columns[: len(first)], header=False)
    return None


def _optional(one: Format) -> tuple[str, ...]:
    return one.columns[len(one.columns) - one.optional :] if one.optional else ()


def _named(one: Format, header: Sequence[str]) -> list[str]:
    """Names of a header in the format's own spelling."""
    spelling = {other.casefold(): name for name, others in one.also.items() for other in others}
    spelling |= {name.casefold(): name for name in one.columns}
    return [spelling.get(cell.strip().casefold(), cell.strip()) for cell in header]


def _in_order(one: Format, width: int) -> tuple[str, ...]:
    """Columns of a file of so many, in the format's order; what lies beyond is named ``+1``, ``+2``."""
    return (*one.columns[:width], *(f"+{n}" for n in range(1, width - len(one.columns) + 1)))


def _looks_like(one: Format, cells: Sequence[str]) -> bool:
    return bool(one.known_by) and all(re.fullmatch(pattern, cells[at]) for at, pattern in one.known_by.items())
