"""Cut a stream of bytes into blocks of whole lines of sound text, whatever the stream holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np

LONGEST: Final = 2**20
"""Bytes of a line; a longer one is no record of any format."""
MOST: Final = 2**16
"""Lines of a block: a piece of empty lines has millions, and columns are held for each."""
LISTED: Final = 1_000
"""Rejected lines of a file that are listed; the others are counted."""
SHOWN: Final = 200
"""Characters of a rejected line that are kept."""


class Reject(NamedTuple):
    """A line that is no record: its number in its file (from 1), why, and how it begins."""

    line: int
    reason: str
    text: str


class Block(NamedTuple):
    """Whole lines: their bytes in UTF-8, and the lines before or among them that were left out.

    Parameters
    ----------
    data
        Empty, or lines with their ends.
    first
        Number of the first line, those left out included.
    rejects
        Lines left out, in their order.
    recoded
        Lines that were not UTF-8 and were read as Windows-1252.
    """

    data: bytes
    first: int
    rejects: tuple[Reject, ...]
    recoded: int


def blocks(pieces: Iterable[bytes], quoted: bool) -> Iterator[Block]:
    """Cut pieces of bytes at the ends of lines.

    Parameters
    ----------
    quoted
        Whether a quoted cell may hold the end of a line; lines are then counted as the file has them all the same.
    """
    line, rest, cut = 1, b"", b""
    for piece in pieces:
        data = rest + piece
        if cut:  # within a line that is too long
            end = data.find(b"\n")
            if end < 0:
                rest = b""
                continue
            yield Block(b"", line, (_too_long(line, cut),), 0)
            line, data, cut = line + 1, data[end + 1 :], b""
        start = 0
        for end in _cuts(data, quoted):
            yield _sound(data[start:end], line)
            line += data.count(b"\n", start, end)
            start = end
        rest = data[start:]
        if len(rest) > LONGEST and quoted:  # a quote that is never closed; the lines are read as they are
            start = 0
            for end in _cuts(rest, quoted=False):
                yield _sound(rest[start:end], line)
                line += rest.count(b"\n", start, end)
                start = end
            rest = rest[start:]
        if len(rest) > LONGEST:
            cut, rest = rest[:SHOWN], b""
    if cut:
        yield Block(b"", line, (_too_long(line, cut),), 0)
    elif rest:
        yield _sound(rest + b"\n", line)


def _too_long(line: int, start: bytes) -> Reject:
    return Reject(line, f"the line is longer than {LONGEST:,} bytes", shown(start))


def shown(text: bytes | str) -> str:
    """Beginning of a line as it is kept in a list of rejects."""
    start = text[: 4 * SHOWN]
    return (start if isinstance(start, str) else start.decode("utf-8", "replace"))[:SHOWN].rstrip("\r\n")


def _ends(data: bytes) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Positions of the ends of lines; in 32 bits, as a piece may hold nothing else."""
    return np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")).astype(np.int32)


def _cuts(data: bytes, quoted: bool) -> list[int]:
    """Where to cut bytes into blocks of about ``MOST`` lines: after ends of lines that are outside quotes."""
    ends = _ends(data)
    if not quoted:
        return [int(end) + 1 for end in (*ends[MOST - 1 : -1 : MOST], *ends[-1:])]
    quotes = np.flatnonzero(np.frombuffer(data, np.uint8) == ord('"'))
    outside = np.flatnonzero(np.searchsorted(quotes, ends) % 2 == 0)
    if np.diff(outside, prepend=-1, append=len(ends)).max() > MOST:  # no cell has so many lines: a quote is missing
        return _cuts(data, quoted=False)
    last = np.flatnonzero(np.diff(outside // MOST, append=-1))
    return [int(end) + 1 for end in ends[outside[last]]]


def _sound(data: bytes, first: int) -> Block:
    """Make sure of a block that it is UTF-8, has no zero bytes and no line that is too long."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data and not _some_too_long(data):
            return Block(data, first, (), 0)
    kept: list[bytes] = []
    rejects: list[Reject] = []
    recoded = 0
    for number, line in enumerate(data.split(b"\n")[:-1], start=first):
        if b"\0" in line:
            rejects.append(Reject(number, "the line holds bytes of value zero", shown(line)))
        elif len(line) > LONGEST:
            rejects.append(_too_long(number, line))
        else:
            try:
                line.decode("utf-8")
                kept.append(line)
            except UnicodeDecodeError:
                kept.append(line.decode("cp1252", "replace").encode("utf-8"))
                recoded += 1
    return Block(b"".join(line + b"\n" for line in kept), first, tuple(rejects), recoded)


def _some_too_long(data: bytes) -> bool:
    """Whether a line of a block that ends with a line is too long."""
    return bool(np.diff(_ends(data), prepend=-1).max() > LONGEST + 1)
