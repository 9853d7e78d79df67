"""Open files of events, packed or not, as streams of bytes; nothing is ever unpacked to the disk."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple

from geo.errors import DataError

PIECE: Final = 4 * 2**20
"""Bytes read at once."""
MOST_UNPACKED: Final = 100
"""Times its size that an archive may unpack to; event files unpack to about ten times."""
SMALL: Final = 64 * 2**20
"""Bytes that any archive may unpack to."""
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP: Final = b"\x1f\x8b"

Progress = Callable[[int], None]
"""Told how many bytes of the file on disk have been read since it was told last."""


class Member(NamedTuple):
    """A text in a file: its name (``2020.zip/20200101.export.CSV``) and its bytes."""

    name: str
    pieces: Iterator[bytes]


def sha256(path: Path) -> str:
    """SHA-256 of a file as it lies on the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def members(path: Path, name: str, progress: Progress) -> Iterator[Member]:
    """Open the texts of a file: those of a zip or gzip archive, or the file itself. Its content tells which it is.

    Each member must be read to its end before the next is asked for.

    Raises
    ------
    DataError
        While it is read: if an archive is damaged, cut short or locked, or unpacks to more than ``MOST_UNPACKED``
        times its size.
    """
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start in ZIP:
            yield from _zipped(file, path, name, progress)
        elif start.startswith(GZIP):
            with gzip.open(file) as unpacked:
                yield Member(name, _followed(_guarded(unpacked, name, _budget(path)), file, progress))
        else:
            yield Member(name, _plain(file, progress))


def _plain(file: IO[bytes], progress: Progress) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        progress(len(piece))
        yield piece


def _zipped(file: IO[bytes], path: Path, name: str, progress: Progress) -> Iterator[Member]:
    budget = _budget(path)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DataError("the archive is damaged or cut short; download it again", file=name) from error
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            inside = f"{name}/{info.filename}"
            try:
                unpacked = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                reason = "is locked with a password" if info.flag_bits & 1 else f"cannot be unpacked ({error})"
                raise DataError(f"the archive {reason}", file=inside) from error
            with unpacked:
                yield Member(inside, _followed(_guarded(unpacked, inside, budget), file, progress))


def _budget(path: Path) -> list[int]:
    """Bytes that an archive may still unpack to; one list for all its members, as they share it."""
    return [max(SMALL, MOST_UNPACKED * path.stat().st_size)]


def _followed(pieces: Iterator[bytes], file: IO[bytes], progress: Progress) -> Iterator[bytes]:
    """Tell how far the file on disk has been read, piece by piece."""
    before = 0
    for piece in pieces:
        now = file.tell()
        progress(max(now - before, 0))
        before = now
        yield piece


def _guarded(unpacked: IO[bytes] | gzip.GzipFile, name: str, budget: list[int]) -> Iterator[bytes]:
    while True:
        try:
            piece = unpacked.read(PIECE)
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise DataError("the archive is damaged or cut short; download it again", file=name) from error
        if not piece:
            return
        budget[0] -= len(piece)
        if budget[0] < 0:
            raise DataError(
                f"the archive unpacks to more than {MOST_UNPACKED} times its size, as no file of events does; "
                "unpack it yourself if it is sound",
                file=name,
            )
        yield piece
