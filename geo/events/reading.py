"""Read files of event records: each text in them is recognised, its records are made, and its content taken once."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from geo.errors import DataError
from geo.events import formats, lines, opening, records
from geo.events.formats import Layout
from geo.events.schema import Source
from geo.events.store import Manifest
from geo.i18n import Message

Count = Callable[[int, int], None]
"""Told bytes and records that were read since it was told last."""


class LeftOut(NamedTuple):
    """A file, or a text in an archive, that was not taken, and why: a :class:`geo.i18n.Message`."""

    name: str
    reason: str


class Unreadable(Exception):
    """A file of a batch cannot be taken; the batch is done again without it."""

    def __init__(self, path: Path, cause: DataError) -> None:
        super().__init__(str(cause))
        self.path = path
        self.cause = cause


class Repeated(Exception):
    """A text of a batch turned out to be in the store; the batch is done again without it."""


Place = tuple[Path, int]
"""A text: its file, and its number in it from 0."""


@dataclass
class Tally:
    """What has been read of one file."""

    source: Source | None = None
    records: int = 0
    passed_over: int = 0
    rejected: int = 0
    listed: int = 0
    years: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


class Text(NamedTuple):
    """A text that is an event file: its number in its file, its name, its layout, its bytes."""

    number: int
    name: str
    layout: Layout
    pieces: Iterator[bytes]


def texts(path: Path, name: str, left_out: list[LeftOut], count: Count) -> Iterator[Text]:
    """Open the texts of one file; one of an archive that is no event file is left out when others are.

    Raises
    ------
    DataError
        If the file cannot be unpacked, or none of its texts is an event file.
    """
    strangers: list[LeftOut] = []
    known = False
    for number, member in enumerate(opening.members(path, name, lambda read: count(read, 0))):
        start = next(member.pieces, b"")
        try:
            layout = formats.recognise(start[: formats.START], member.name)
        except DataError as error:
            strangers.append(LeftOut(member.name, error.reason))
            continue
        known = True
        yield Text(number, member.name, layout, itertools.chain([start], member.pieces))
    if not known:
        raise DataError(strangers[0].reason if strangers else Message("the archive is empty"), file=name)
    left_out += strangers


class Reading(NamedTuple):
    """A file that is read.

    Parameters
    ----------
    whole
        SHA-256 of the text where the file is no archive, so that it need not be taken again.
    repeated
        Texts that are passed over.
    contents
        SHA-256 of what is in the store, to which the texts of the batch are added as they are read.
    """

    path: Path
    name: str
    whole: str | None
    repeated: frozenset[Place]
    contents: set[str]
    tally: Tally
    left_out: list[LeftOut]


def read(file: Reading, count: Count) -> Iterator[tuple[str, records.Records]]:
    """Read the records of one file, each block with the name of its text."""
    tally = file.tally
    try:
        for text in texts(file.path, file.name, file.left_out, count):
            tally.source = tally.source or text.layout.format.source
            if (file.path, text.number) in file.repeated:
                tally.known.append(text.name)
                continue
            digest = hashlib.sha256()
            pieces = text.pieces if file.whole else _hashed(text.pieces, digest)
            blocks = lines.blocks(pieces, text.layout.format.quoted)
            yield from ((text.name, found) for found in records.read(blocks, text.layout))
            content = file.whole or digest.hexdigest()
            if content in file.contents:
                raise Repeated
            file.contents.add(content)
            tally.texts.append(content)
    except DataError as error:
        raise Unreadable(file.path, error) from error
    except pa.ArrowInvalid as error:
        reason = Message("cannot be split into columns ({cause})", cause=error)
        raise Unreadable(file.path, DataError(reason, file=file.name)) from error


def _hashed(pieces: Iterator[bytes], digest: Any) -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        yield piece


def repeated_in(files: Mapping[Path, str], folder: Path, held: Manifest) -> frozenset[Place]:
    """Texts of a batch that the store holds, or that stand in the batch before: an archive and what is in it."""
    known = set(held.contents)
    found: set[Place] = set()
    for path in files:
        own: list[str] = []
        try:
            for member in opening.members(path, name_of(path, folder), lambda read: None):
                digest = hashlib.sha256()
                for piece in member.pieces:
                    digest.update(piece)
                own.append(digest.hexdigest())
        except DataError:
            pass  # told when it is read again
        for number, text in enumerate(own):
            if text in known:
                found.add((path, number))
            known.add(text)
    return frozenset(found)


def troubles(files: Iterable[Path], folder: Path) -> dict[Path, str]:
    """Files that cannot be unpacked or recognised, and why: all of a batch, so that it is done again once."""
    found: dict[Path, str] = {}
    for path in files:
        name = name_of(path, folder)
        try:
            for text in texts(path, name, [], lambda read, found: None):
                for _piece in text.pieces:
                    pass
        except DataError as error:
            found[path] = error.reason
    return found


def packed(path: Path) -> bool:
    """Whether a file is an archive."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError:  # told when its content is asked for
        return False
    return start in opening.ZIP or start.startswith(opening.GZIP)


def name_of(path: Path, folder: Path) -> str:
    """Path of a file below the folder that is read."""
    return path.name if path == folder else path.relative_to(folder).as_posix()
