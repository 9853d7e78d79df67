"""The encoding of the attributes of a shapefile: declared, or found out from the letters it yields."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from geo.i18n import Message

CYRILLIC = re.compile("[А-Яа-яЁё]")
LANGUAGE_DRIVERS = {0x26: "cp866", 0x65: "cp866", 0xC9: "cp1251"}  # byte 29 of a .dbf header


def encoding_of(path: Path, mended: list[Message], archive: bytes | None = None) -> str | None:
    """Find the encoding of a shapefile's attributes; None leaves it to OGR, as other formats declare theirs.

    A declared encoding (``.cpg``, or the language byte of the ``.dbf``) is taken if the attributes decode with it.
    Else UTF-8 is tried, and then the one of cp1251 and cp866 that yields more Cyrillic letters.

    Parameters
    ----------
    archive
        Content of the zip archive, where it is in memory only.
    """
    table = _sidecar(path, ".dbf", archive)
    if table is None:
        return None
    values = list(_text_values(table))
    declared = (_sidecar(path, ".cpg", archive) or b"").decode("ascii", "ignore").strip()
    declared = declared or LANGUAGE_DRIVERS.get(table[29] if len(table) > 29 else 0, "")
    declared = f"cp{declared}" if declared in ("1251", "866") else declared.replace("ANSI ", "cp")
    if declared and _decodes(values, declared):
        return declared
    if _decodes(values, "utf-8"):
        return "UTF-8"
    best = max(("cp1251", "cp866"), key=lambda encoding: _cyrillic_letters(values, encoding))
    pattern = "attributes were read as {best}, not {declared} as declared"
    plain = Message("attributes were read as {best}", best=best)
    mended.append(Message(pattern, best=best, declared=declared) if declared else plain)
    return best


def _sidecar(path: Path, suffix: str, archive: bytes | None) -> bytes | None:
    """Content of the file that stands beside a shapefile, also within a zip archive."""
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path if archive is None else io.BytesIO(archive)) as files:
            names = [name for name in files.namelist() if name.lower().endswith(suffix)]
            return files.read(names[0]) if names else None
    if path.suffix.lower() != ".shp":
        return None
    beside = [p for p in path.parent.glob(f"{path.stem}.*") if p.suffix.lower() == suffix]
    return beside[0].read_bytes() if beside else None


def _text_values(table: bytes) -> Iterator[bytes]:
    """Values of the text columns of a dBASE table that hold other than ASCII bytes."""
    if len(table) < 32:
        return
    records, header, length = struct.unpack("<IHH", table[4:12])
    spans, at = [], 1
    for field in range(32, header - 1, 32):
        kind, width = table[field + 11 : field + 12], table[field + 16]
        if kind == b"C":
            spans.append((at, at + width))
        at += width
    for record in range(records):
        row = table[header + record * length : header + (record + 1) * length]
        for start, end in spans:
            value = row[start:end].rstrip(b" \0")
            if not value.isascii():
                yield value


def _decodes(values: list[bytes], encoding: str) -> bool:
    """Whether all values decode; a letter cut at the width of its column is forgiven."""
    try:
        for value in values:
            try:
                value.decode(encoding)
            except UnicodeDecodeError as error:
                if error.end < len(value) or error.reason != "unexpected end of data":
                    return False
    except (LookupError, ValueError):  # no such encoding, or a name that cannot be one
        return False
    return True


def _cyrillic_letters(values: list[bytes], encoding: str) -> int:
    return sum(len(CYRILLIC.findall(value.decode(encoding, "ignore"))) for value in values)
