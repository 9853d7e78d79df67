"""Open files of events, packed or not, as streams of bytes; nothing is ever unpacked to the disk."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple

from geo.errors import DataError
from geo.i18n import Message

PIECE: Final = 4 * 2**20
"""Bytes read at once."""
MOST_UNPACKED: Final = 100
"""Times its size that an archive may unpack to; event files unpack to about ten times."""
SMALL: Final = 64 * 2**20
"""Bytes that any archive may unpack to."""
FEW: Final = 2**12
"""Bytes read at once of what bzip2 or LZMA packed: Python unpacks at once all that so many packed bytes hold."""
DICTIONARY: Final = 64 * 2**20
"""Bytes that LZMA may look back, which it holds in memory; the strongest setting of xz has no more."""
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP: Final = b"\x1f\x8b"

_DAMAGED: Final = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError, ValueError)
# RuntimeError and its kind NotImplementedError: a password, a method or a version that zipfile does not know
_UNREADABLE: Final = (*_DAMAGED, RuntimeError, MemoryError, OSError)

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
    except _UNREADABLE as error:
        raise DataError(_why(error), file=name) from error
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            inside = f"{name}/{info.filename}"
            if info.compress_type == zipfile.ZIP_LZMA and _looks_back(file, info) > DICTIONARY:
                reason = Message(
                    "the archive needs more than {size} MB of memory to be unpacked; unpack it yourself if it is sound",
                    size=DICTIONARY // 2**20,
                )
                raise DataError(reason, file=inside)
            try:
                unpacked = archive.open(info)
            except _UNREADABLE as error:
                why = Message("the archive is locked with a password") if info.flag_bits & 1 else _why(error)
                raise DataError(why, file=inside) from error
            few = info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            with unpacked:
                yield Member(inside, _followed(_guarded(unpacked, inside, budget, few), file, progress))


def _looks_back(file: IO[bytes], info: zipfile.ZipInfo) -> int:
    """Size of the dictionary of an LZMA member, as its first bytes say (APPNOTE of PKWARE 6.3, section 5.8)."""
    file.seek(info.header_offset + 26)
    name, extra = struct.unpack("<HH", file.read(4).ljust(4, b"\0"))
    file.seek(name + extra + 5, os.SEEK_CUR)
    return int.from_bytes(file.read(4), "little")


def _why(error: BaseException) -> Message:
    """Sentence on an archive that cannot be read."""
    if isinstance(error, OSError) and error.errno is not None:
        return Message("the file cannot be read ({cause})", cause=error.strerror)
    if isinstance(error, (RuntimeError, MemoryError)):
        return Message("the archive cannot be unpacked ({cause})", cause=str(error) or type(error).__name__)
    # what bzip2 cannot read is an OSError without a number
    return Message("the archive is damaged or cut short; download it again")


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


def _guarded(unpacked: IO[bytes] | gzip.GzipFile, name: str, budget: list[int], few: bool = False) -> Iterator[bytes]:
    while True:
        try:
            piece = b"".join(_at_once(unpacked)) if few else unpacked.read(PIECE)
        except _UNREADABLE as error:
            raise DataError(_why(error), file=name) from error
        if not piece:
            return
        budget[0] -= len(piece)
        if budget[0] < 0:
            reason = Message(
                "the archive unpacks to more than {times} times its size, as no file of events does; unpack it "
                "yourself if it is sound",
                times=MOST_UNPACKED,
            )
            raise DataError(reason, file=name)
        yield piece


def _at_once(unpacked: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    """Read a piece, few bytes at a time."""
    for _few in range(PIECE // FEW):
        some = unpacked.read(FEW)
        if not some:
            return
        yield some
