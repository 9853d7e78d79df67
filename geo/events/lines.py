"""Cut a stream of bytes into blocks of whole lines of sound text, whatever the stream holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np

LONGEST: Final = 2**20
"""Bytes of a line; a longer one is no record of any format."""
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
        end = _last_end(data, quoted)
        if end < 0 and len(data) > LONGEST:
            end = data.rfind(b"\n")  # a quote that is never closed; the lines up to here are read as they are
            if end < 0:
                cut, rest = data[:SHOWN], b""
                continue
        if end >= 0:
            yield _sound(data[: end + 1], line)
            line += data.count(b"\n", 0, end + 1)
        rest = data[end + 1 :]
        if len(rest) > LONGEST and not quoted:
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


def _last_end(data: bytes, quoted: bool) -> int:
    """Position of the last end of a line that is outside quotes, -1 without one."""
    end = data.rfind(b"\n")
    if not quoted:
        return end
    quotes = data.count(b'"', 0, end + 1)
    while end >= 0 and quotes % 2:
        before = data.rfind(b"\n", 0, end)
        quotes -= data.count(b'"', max(before, 0), end)
        end = before
    return end


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
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    return bool(np.diff(ends, prepend=-1).max() > LONGEST + 1)
