"""Tables as workbooks (XLSX): the first sheet that holds a table, values only.

A workbook with formulas is refused rather than read by the values that were cached with them: whoever made it may have
changed a cell since, or no program may ever have computed it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.xml import DEFUSEDXML

from geo.uploads import archives
from geo.uploads.cells import Mark, decimal_mark
from geo.uploads.limits import Limits
from geo.uploads.refusals import Refused
from geo.uploads.tables import SHOWN, UploadedTable, assemble, letters

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of the container of the old format, and of a workbook with a password."""
MOST_ROWS = 1_048_576
"""Rows of a sheet by the standard; what names a further one was not written by a spreadsheet program."""


def read(content: bytes, name: str, limits: Limits) -> UploadedTable:
    """Read a table from a workbook.

    Raises
    ------
    Refused
        For what is no XLSX, for macros, formulas and failed cells, and as :func:`geo.uploads.tables.assemble`.
    """
    _refuse_parts(content, limits)
    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is missing; install the requirements")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = book.worksheets
        mark = _mark_of_texts(sheets)
        found: Refused | None = None
        for sheet in sheets:
            sheet.reset_dimensions()
            try:
                frame = assemble(_rows(sheet, mark, limits), limits)
            except Refused as refusal:
                if refusal.kind not in ("one_column", "no_rows"):
                    raise
                found = found or refusal
                continue
            return UploadedTable(name, frame, "xlsx", decimal=mark)
    except Refused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # openpyxl and its parser answer damage with whatever they stumble over
        raise Refused("damaged_workbook") from error
    raise found or Refused("empty")


def _refuse_parts(content: bytes, limits: Limits) -> None:
    """Refuse what a workbook must not hold before its reader sees it."""
    archive = archives.opened(content, limits)
    names = archive.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if "xl/workbook.bin" in names:
        raise Refused("binary_workbook")
    if "mimetype" in names:
        raise Refused("open_document")
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused("unknown_format")
    for name in names:
        if not name.lower().endswith((".xml", ".rels")):
            continue
        try:
            part = archives.unpacked(archive, name, limits)
        except Refused as refusal:
            raise Refused("damaged_workbook") if refusal.kind == "damaged_archive" else refusal from refusal
        # a part in UTF-16 would hide the declaration from this search, and no program writes one
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part[:200]:
            raise Refused("document_type")
        if name == "[Content_Types].xml" and b"macroEnabled" in part:
            raise Refused("macros")


def _rows(sheet: Any, mark: Mark, limits: Limits) -> Iterator[list[str]]:
    for place, row in enumerate(sheet.iter_rows()):
        if place >= MOST_ROWS:
            raise Refused("damaged_workbook")
        if len(row) > limits.columns and any(cell.value is not None for cell in row[limits.columns :]):
            raise Refused("too_many_columns", count=len(row), most=limits.columns)
        yield [_text(cell, mark, place, at) for at, cell in enumerate(row[: limits.columns])]


def _text(cell: Any, mark: Mark, row: int, column: int) -> str:
    value = cell.value
    if cell.data_type == "f":
        raise Refused("formula", cell=f"{letters(column)}{row + 1}")
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            # a figure such as 1.234 could be read as grouped where the mark is the comma
            said = repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
            return f"{said}0" if mark == "," and "." in said and "e" not in said else said
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _mark_of_texts(sheets: list[Any]) -> Mark:
    """Decimal mark of numbers that stand in the workbook as texts; proper numbers have none."""
    texts = (
        cell.value
        for sheet in sheets[:1]
        for row in sheet.iter_rows(max_row=200, max_col=100)
        for cell in row
        if isinstance(cell.value, str) and len(cell.value) <= SHOWN
    )
    return decimal_mark(texts, ".")


def looks_like(content: bytes) -> bool:
    """Whether an archive is meant as a workbook."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, UnicodeError):
        return True
    return any(name.startswith(("xl/", "[Content_Types]")) or name == "mimetype" for name in names)
