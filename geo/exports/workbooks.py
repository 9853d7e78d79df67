"""Workbooks for Excel and LibreOffice: typed cells, and texts that stay texts."""

from __future__ import annotations

import datetime
import math
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from geo.errors import DataError

LONGEST_TEXT = 32_767
"""Letters that a cell of a workbook can hold (ECMA-376); longer texts would be cut in silence."""

WIDEST_COLUMN = 60
ROWS_MEASURED = 200


def workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """XLSX with one sheet a table; the index is not written.

    Numbers are numbers, truth values are truth values, dates are dates, and everything else is text, whatever sign it
    begins with. A missing value is an empty cell.

    Raises
    ------
    DataError
        For a figure that is not finite or a text that no cell can hold; names sheet, row and column.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Limitrophe"
    made = [
        (sheet, table, _rows(sheet, table)) for title, table in sheets.items() for sheet in [book.create_sheet(title)]
    ]
    for sheet, table, rows in made:
        sheet._writer = _InMemory(sheet)
        sheet._writer.write_top()
        _write(sheet, table, rows)
    out = BytesIO()
    with _Archive(out, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    return out.getvalue()


class _InMemory(WorksheetWriter):  # type: ignore[misc]
    """Writer of a sheet that goes to memory: openpyxl's own writes to a temporary file on a disk first."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        super().__init__(sheet, out=BytesIO())

    def cleanup(self) -> None:
        """There is no file to remove."""


class _Archive(zipfile.ZipFile):
    """Archive that packs such sheets."""

    def write(self, filename: Any, arcname: Any = None, *_more: Any) -> None:
        """Pack what a sheet has written to memory."""
        self.writestr(arcname, filename.getvalue())


def _rows(sheet: WriteOnlyWorksheet, table: pd.DataFrame) -> list[list[Any]]:
    """Cells of the head and of each row; all are made before any is written, so that what is refused leaves no part."""
    columns = [str(column) for column in table.columns]
    heads = [_text(sheet, column, sheet.title, 0, column) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    return [
        heads,
        *(
            [_cell(sheet, value, sheet.title, row, column) for value, column in zip(cells, columns, strict=True)]
            for row, cells in enumerate(table.astype(object).to_numpy(), start=1)
        ),
    ]


def _write(sheet: WriteOnlyWorksheet, table: pd.DataFrame, rows: Iterable[list[Any]]) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        longest = max((len(str(cell)) for cell in table[column].head(ROWS_MEASURED)), default=0)
        wide = min(max(longest, len(str(column))) + 2, WIDEST_COLUMN)
        sheet.column_dimensions[get_column_letter(number)].width = wide
    for row in rows:
        sheet.append(row)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(table.columns), 1))}{len(table) + 1}"


def _cell(sheet: WriteOnlyWorksheet, value: Any, title: str, row: int, column: str) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        if not math.isfinite(value):
            raise DataError("a figure is not finite", file=title, row=row, column=column, value=value)
        # openpyxl would write 16 digits, which are too few for every second float
        return _typed(sheet, repr(float(value)), "n")
    if isinstance(value, datetime.date):
        return value
    return _text(sheet, str(value), title, row, column)


def _text(sheet: WriteOnlyWorksheet, text: str, title: str, row: int, column: str) -> Cell:
    # control characters are not allowed in XML at all
    text = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > LONGEST_TEXT:
        raise DataError("a text is too long for a cell", file=title, row=row, column=column, value=f"{text[:40]}…")
    cell = _typed(sheet, text, "s")  # also what begins with = would else become a formula
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@")  # and stays text when a reader edits the cell
    if "\n" in text or len(text) > WIDEST_COLUMN:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _typed(sheet: WriteOnlyWorksheet, text: str, data_type: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.value = text
    cell.data_type = data_type
    return cell
