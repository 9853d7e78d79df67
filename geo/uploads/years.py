"""Where a table has its years: in a column of its own, in the names of its columns, or nowhere.

A table with a row for each unit and year is *long*, one with a column for each year is *wide*. Which it is is guessed,
and the reader may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from geo.uploads.matching import Matching
from geo.uploads.tables import LOOKED_AT, UploadedTable, number_columns

COLUMNS = " columns"
"""In place of a column of years: names of columns say them. No column is called so, as names begin with no space."""
NOWHERE = ""
LEAST_DATED = 0.9
"""Share of its filled cells that a column must have as years to be one of years."""
_YEAR = r"(?:19\d\d|20\d\d)"
_CELL = re.compile(
    rf"({_YEAR})(?:[.,]0+)?\s*(?:г\.?|год[ау]?|year)?(?:\s*\d?\)|[*¹²³]+)?|({_YEAR})-\d\d-\d\d.*|\d\d?\.\d\d?\.({_YEAR})",
    re.IGNORECASE,
)
_IN_NAME = re.compile(rf"(?<!\d)({_YEAR})(?!\d)")
_WORD_OF_YEAR = re.compile(r"\b(?:год[ау]?|г|year)\b\.?|\d\)|[*¹²³]+", re.IGNORECASE)
_CALLED = re.compile(r"year|yr|годы?|date|дата|period|период|time|time.period|отчетный год|отчётный год", re.IGNORECASE)
_EDGES = " \t.,;:_-–—()[]/"


@dataclass(frozen=True)
class Measure:
    """What can be mapped: a column, or the columns of one thing in several years.

    Attributes
    ----------
    columns
        Column of each year; empty where one column holds the figures of all.
    """

    name: str
    columns: Mapping[int, str] = field(default_factory=dict)

    def column(self, year: int | None) -> str:
        """Column with the figures of a year."""
        return self.name if year is None else self.columns.get(year, self.name)

    def years(self, matching: Matching) -> list[int]:
        """Years that it has rows or columns for, in order; none where the table says no year."""
        return sorted(self.columns) or matching.known_years


def year_of(cell: str) -> int | None:
    """Year that a cell says, alone, with its word or in a date; None for anything else.

    Examples
    --------
    >>> year_of("2015"), year_of("2015 г."), year_of("31.12.2015"), year_of("2015-12-31"), year_of("12015")
    (2015, 2015, 2015, 2015, None)
    """
    found = _CELL.fullmatch(cell.strip())
    return int(next(filter(None, found.groups()))) if found else None


def families(columns: Iterable[str]) -> dict[str, dict[int, str]]:
    """Columns that differ by a year in their names, by what is left of the name, or by the span where nothing is.

    Examples
    --------
    >>> families(["region", "2010", "2011 г.", "exports_2010", "exports_2011", "plan 2010-2011"])
    {'2010–2011': {2010: '2010', 2011: '2011 г.'}, 'exports': {2010: 'exports_2010', 2011: 'exports_2011'}}
    """
    columns = list(columns)
    found: dict[str, tuple[str, dict[int, str]]] = {}
    for column in columns:
        years = _IN_NAME.findall(column)
        if len(years) == 1:
            left = " ".join(_WORD_OF_YEAR.sub(" ", _IN_NAME.sub(" ", column).replace("_", " ")).split()).strip(_EDGES)
            _name, members = found.setdefault(left.casefold(), (left, {}))
            members.setdefault(int(years[0]), column)
    named: dict[str, dict[int, str]] = {}
    for left, members in found.values():
        if len(members) > 1:
            span = f"{min(members)}–{max(members)}"
            name = left or span
            named[name if name not in columns else f"{name}, {span}"] = dict(sorted(members.items()))
    return named


def year_columns(table: UploadedTable, key: str) -> list[str]:
    """Columns whose cells are years."""
    return [column for column in table.columns if column != key and _dated(table.frame[column])]


def _dated(cells: pd.Series) -> bool:
    for some in (cells.head(LOOKED_AT), cells):  # most columns are told by a few cells
        filled = some[some != ""]
        if filled.empty or filled.map(_years_by_text(filled)).notna().mean() < LEAST_DATED:
            return False
    return True


def _years_by_text(cells: pd.Series) -> dict[str, int | None]:
    return {cell: year_of(cell) for cell in cells.unique()}


def places(table: UploadedTable, key: str) -> list[str]:
    """Where the years of a table may stand: :data:`NOWHERE`, columns of years, :data:`COLUMNS` if names have them."""
    wide = [COLUMNS] if families(number_columns(table, key)) else []
    return [NOWHERE, *year_columns(table, key), *wide]


def guess(table: UploadedTable, key: str) -> str:
    """Where the years of a table likely stand, one of :func:`places`.

    A column of years is one by which rows of one name differ; the year in which something began, which each unit has
    once, is none. A column that is called so and holds one year tells the year of the whole table.
    """
    offered = places(table, key)
    dated = [column for column in offered if column not in (NOWHERE, COLUMNS)]
    dated.sort(key=lambda column: not _CALLED.fullmatch(column.strip(_EDGES)))
    names = table.frame[key]
    several = bool(names[names != ""].duplicated().any())
    for column in dated:
        years, called = table.frame[column], bool(_CALLED.fullmatch(column.strip(_EDGES)))
        different = years[years != ""].nunique()
        if (different == 1 and called) or (several and different > 1 and (called or _tells_apart(names, years))):
            return column
    return COLUMNS if COLUMNS in offered else NOWHERE


def _tells_apart(names: pd.Series, years: pd.Series) -> bool:
    filled = names != ""
    return not pd.DataFrame({"name": names[filled], "year": years[filled]}).duplicated().any()


def of_rows(table: UploadedTable, where: str) -> dict[int, int] | None:
    """Year of each row that says one; None where years stand in no column of their own."""
    if where in (NOWHERE, COLUMNS):
        return None
    cells = table.frame[where]
    found = cells.map(_years_by_text(cells)).dropna().astype(int)
    return {int(str(row)): int(year) for row, year in found.items()}


def measures(table: UploadedTable, key: str, where: str) -> dict[str, Measure]:
    """What can be mapped, by name: the columns of figures, those of one thing in several years as one.

    Parameters
    ----------
    where
        The years stand, one of :func:`places`.
    """
    figures = [column for column in number_columns(table, key) if column != where]
    if where != COLUMNS:
        return {column: Measure(column) for column in figures}
    together = families(figures)
    members = {column for one in together.values() for column in one.values()}
    found = {name: Measure(name, columns) for name, columns in together.items()}
    return found | {column: Measure(column) for column in figures if column not in members}
