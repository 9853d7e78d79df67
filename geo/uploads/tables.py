"""The table that a reader brought: typed, bounded, and every cell a text until somebody asks for numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from geo.uploads.cells import NOT_FINITE, Dash, Mark, nothing, number
from geo.uploads.limits import Limits
from geo.uploads.refusals import Refused

Format = Literal["csv", "xlsx"]

FORMULA = re.compile(r"=.+|[@+\-].*[(!|].*", re.DOTALL)
"""What a spreadsheet program would compute or run, were the cell opened there."""
SHOWN = 40
"""Characters of a cell that a message repeats."""
LOOKED_AT = 300
"""Cells by which a column is told to hold numbers."""
LEAST_NUMBERED = 3
"""Columns from which a line of 1, 2, 3 is taken to number them."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True)
class UploadedTable:
    """A table as it was brought.

    Attributes
    ----------
    name
        Name of the file.
    frame
        Texts; indexed by row, which counts from 1 for the first line below the header. Columns bear the names of the
        header, made different where two are the same.
    encoding, separator
        Of a CSV file; empty for a workbook.
    decimal
        Mark that stands before decimals where a figure could be read either way.
    """

    name: str
    frame: pd.DataFrame
    format: Format
    encoding: str = ""
    separator: str = ""
    decimal: Mark = "."

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [str(column) for column in self.frame.columns]


def assemble(rows: Iterable[Sequence[str]], limits: Limits) -> pd.DataFrame:
    """Make a frame of the rows of a file: the first is the header.

    Empty rows and lines above the header that hold one cell only (a title) are passed over; rows that are shorter than
    the header are filled up. A second line of a header, under labels that span several columns, is put behind these; a
    line below it that numbers the columns is passed over.

    Raises
    ------
    Refused
        ``one_column``, ``no_rows``, ``ragged``, ``formula``, or for what is beyond the limits.
    """
    header: list[str] = []
    body: list[list[str]] = []
    places: list[int] = []
    line = 0
    for row in rows:
        cells = _without_tail([clean(cell) for cell in row])
        line += 1 if header else 0
        if not cells or (not header and sum(map(bool, cells)) < 2):
            continue
        number_of_row = line if header else 0
        _refuse_row(cells, number_of_row, limits)
        if not header:
            header = cells
            continue
        if not body and _is_under(cells, header):
            header, line = _together(header, cells), 0
            continue
        if len(cells) > len(header):
            raise Refused("ragged", row=line, cells=len(cells), columns=len(header))
        if len(body) >= limits.rows:
            raise Refused("too_many_rows", most=limits.rows)
        if (len(body) + 1) * len(header) > limits.cells:
            raise Refused("too_many_cells", count=(len(body) + 1) * len(header), most=limits.cells)
        body.append(cells + [""] * (len(header) - len(cells)))
        places.append(line)
    if not header:
        raise Refused("one_column")
    if not body:
        raise Refused("no_rows")
    if len(body) > 1 and _numbers_columns(body[0]):
        del body[0], places[0]
    return pd.DataFrame(body, index=pd.Index(places, name="row"), columns=_different(header), dtype="str")


def _is_under(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a line goes on with the header: it fills gaps of it, and nothing under labels of one column."""
    wide = max(len(cells), len(header))
    labels, below = _filled_up(header, wide), _filled_up(cells, wide)
    if below[0] or not labels[1]:  # the column of names has one line
        return False
    gaps = [place for place in range(1, wide) if not labels[place]]
    alone = [place for place in range(1, wide) if labels[place] and place + 1 not in gaps]
    return bool(gaps) and all(below[place] for place in gaps) and not any(below[place] for place in alone)


def _together(header: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Names of columns of a header in two lines."""
    wide = max(len(cells), len(header))
    found, spanning = [], ""
    for label, below in zip(_filled_up(header, wide), _filled_up(cells, wide), strict=True):
        spanning = label or spanning
        found.append(f"{spanning} {below}".strip() if below else label)
    return found


def _filled_up(cells: Sequence[str], wide: int) -> list[str]:
    return [*cells, *[""] * (wide - len(cells))]


def _numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a line numbers the columns, as forms of statistics do: 1, 2, 3, or A, 1, 2."""
    first = 0 if cells[0] in ("А", "A") else 1
    return len(cells) >= LEAST_NUMBERED and [*cells[1 - first :]] == [str(n) for n in range(1, len(cells) + first)]


def _refuse_row(cells: list[str], row: int, limits: Limits) -> None:
    if len(cells) > limits.columns:
        raise Refused("too_many_columns", count=len(cells), most=limits.columns)
    for place, cell in enumerate(cells):
        if len(cell) > limits.cell_characters:
            raise Refused("long_cell", row=row, most=limits.cell_characters)
        if cell[:1] in ("=", "@", "+", "-") and FORMULA.fullmatch(cell):
            raise Refused("formula", cell=f"{letters(place)}{row + 1}")


def clean(cell: str) -> str:
    """Text of a cell without marks that cannot be seen and could turn the writing round, in one line."""
    return _CONTROLS.sub(" ", cell).strip() if not cell.isalnum() else cell


def letters(column: int) -> str:
    """Name of a column as spreadsheets count them, from 0 for A."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _different(header: Sequence[str]) -> list[str]:
    """Name columns so that no two are the same; one without a name is called by its letters."""
    names: list[str] = []
    taken: set[str] = set()
    for place, text in enumerate(header):
        name = wanted = text or letters(place)
        again = 2
        while name in taken:
            name, again = f"{wanted} ({again})", again + 1
        names.append(name)
        taken.add(name)
    return names


def number_columns(table: UploadedTable, key: str = "") -> list[str]:
    """Columns whose first filled cells are mostly numbers, without the key column.

    Examples
    --------
    >>> frame = pd.DataFrame({"region": ["Murmansk"], "ties": ["12,5"]}, index=[1], dtype="str")
    >>> number_columns(UploadedTable("a.csv", frame, "csv"))
    ['ties']
    """
    found = []
    for column in table.columns:
        if column == key:
            continue
        filled = [cell for cell in table.frame[column].head(LOOKED_AT) if nothing(cell) is None]
        numbers = sum(number(cell, table.decimal) is not None for cell in filled)
        if numbers and 2 * numbers >= len(filled):
            found.append(column)
    return found


def status_column(table: UploadedTable) -> str | None:
    """Column that says the kind of nothing of each row in the codes of the atlas, as its own exports have it."""
    from geo.indicators.join import STATUSES  # a table is read without loading the catalogue of indicators

    for column in table.columns:
        if column.casefold() == "status" and set(table.frame[column]) <= {*STATUSES, ""}:
            return column
    return None


def column_values(table: UploadedTable, column: str, dash: Dash = "no_data") -> pd.DataFrame:
    """Read a column as numbers.

    Returns
    -------
    DataFrame with the rows of the table, ``value`` (NaN for no data, not applicable and suspended without a figure) and
    ``status`` (the codes of :data:`geo.indicators.join.STATUSES`). A column ``status`` of the table itself is believed
    where a cell is empty.

    Raises
    ------
    Refused
        ``not_finite`` or ``not_a_number``, with the first row at fault.
    """
    stated = status_column(table)
    words = table.frame[stated] if stated else [""] * len(table.frame)
    values, statuses = [], []
    for row, cell, word in zip(table.frame.index, table.frame[column], words, strict=True):
        status = nothing(cell, dash)
        if status == "no_data" and word:
            status = word
        value = 0.0 if status == "zero" else np.nan
        if status is None:
            value = _number(cell, table.decimal, row, column)
            status = "suspended" if word == "suspended" else "zero" if value == 0 else "observed"
        values.append(value)
        statuses.append("no_data" if status == "observed" and np.isnan(value) else status)
    return pd.DataFrame({"value": values, "status": pd.array(statuses, dtype="str")}, index=table.frame.index)


def _number(cell: str, decimal: Mark, row: object, column: str) -> float:
    value = number(cell, decimal)
    if value is not None:
        return value
    broken = NOT_FINITE.fullmatch(cell.strip()) or re.fullmatch(r"[+-]?\d[\d.,]*[eE]\+?\d+", cell.strip())
    kind = "not_finite" if broken else "not_a_number"
    raise Refused(kind, row=row, column=column[:SHOWN], cell=cell[:SHOWN])  # type: ignore[arg-type]
