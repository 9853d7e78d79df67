"""Read what a reader brought, by what is in it and never by its name alone."""

from __future__ import annotations

from geo.uploads import archives, delimited, workbook
from geo.uploads.limits import MEGABYTE, Limits, limits
from geo.uploads.refusals import Refused
from geo.uploads.tables import UploadedTable

_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"%PDF",
    b"SQLite format 3",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
)


def read_table(content: bytes, name: str = "", bounds: Limits | None = None) -> UploadedTable:
    """Read a table: CSV in any usual encoding and separator, or XLSX.

    Parameters
    ----------
    name
        Name that the file bears; only repeated in messages.
    bounds
        By default those of data/uploads.yml.

    Raises
    ------
    Refused
        With the kind of what is wrong.
    """
    bounds = bounds or limits()
    refuse_size(content, bounds)
    if content.startswith(workbook.OLE):
        raise Refused("password" if _PASSWORD in content else "old_workbook", file=name)
    if content.startswith(archives.MAGIC):
        if not workbook.looks_like(content):
            archives.opened(content, bounds)
            raise Refused("unknown_format", file=name)
        return workbook.read(content, name, bounds)
    if content.startswith(_OTHERS):
        raise Refused("unknown_format", file=name)
    return delimited.read(content, name, bounds)


def refuse_size(content: bytes, bounds: Limits) -> None:
    """Refuse an empty file and one beyond the limit."""
    if not content:
        raise Refused("empty")
    if len(content) > bounds.megabytes * MEGABYTE:
        raise Refused("too_big", size=f"{len(content) / MEGABYTE:.0f}", most=bounds.megabytes)
