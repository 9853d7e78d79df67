"""Cells of tables: printed for the eye on the page, exact and typed when the table is taken away.

A figure is a :class:`Cell` (or a bare number), several figures in one place are :class:`Parts`, the subject or country
that a row is about is a :class:`Unit`; everything else is words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from geo import units
from geo.i18n import country_name, number
from ui.i18n import _, lang

MISSING = "—"


@dataclass(frozen=True)
class _Printed:
    printed: str

    def __html__(self) -> str:
        """What stands on the page; a :class:`markupsafe.Markup` as it is."""
        return str(escape(self.printed))

    def __str__(self) -> str:
        """What stands on the page."""
        return self.printed


@dataclass(frozen=True)
class Cell(_Printed):
    """A figure.

    Attributes
    ----------
    value
        With all its digits; None where there is none, and what is printed says why.
    said
        What the page says beside the figure and the figure alone does not, such as "at least".
    """

    value: float | int | None
    said: str = ""


@dataclass(frozen=True)
class Parts(_Printed):
    """Several figures or words in one place, each a column of its own when they are taken away.

    Attributes
    ----------
    parts
        By what they are called.
    """

    parts: Mapping[str, object]


@dataclass(frozen=True)
class Unit(_Printed):
    """The unit that a row is about.

    Attributes
    ----------
    code
        Goes along when the table is taken away, so that the table can be joined to outlines.
    key
        Column of the code, as in the tables of the atlas.
    """

    code: str
    key: str


def subject(code: object, link: Markup | None = None) -> Unit:
    """Subject that a row is about, or a link that reads as its name."""
    return Unit(link or units.name(str(code), lang()), str(code), "iso_3166_2")


def country(code: object) -> Unit:
    """Country that a row is about."""
    return Unit(country_name(str(code), lang()), str(code), "country")


def figure(value: Any, digits: int | None = None, missing: str = MISSING) -> Cell:
    """Figure, printed with so many decimals.

    Parameters
    ----------
    missing
        What is printed where there is none.
    """
    if pd.isna(value):
        return Cell(missing, None)
    plain = int(value) if pd.api.types.is_integer(value) else float(value)
    return Cell(number(plain, lang(), digits), plain)


def year(value: Any, missing: str = MISSING) -> Cell:
    """Year, which has no separators."""
    return Cell(missing, None) if pd.isna(value) else Cell(str(int(value)), int(value))


def per_cent(share: Any, missing: str = MISSING) -> Cell:
    """Share, printed in whole per cent and kept from 0 to 1, as a spreadsheet keeps what it shows in per cent."""
    return (
        Cell(missing, None) if pd.isna(share) else Cell(f"{number(round(100 * float(share)), lang())} %", float(share))
    )


def span(low: Any, high: Any, printed: str) -> Parts:
    """Two ends of an interval."""
    return Parts(printed, {_("from"): low, _("to"): high})


def is_figure(cell: object) -> bool:
    """Whether a cell holds one figure."""
    return isinstance(cell, Cell | int | float) and not isinstance(cell, bool)


def to_the_right(column: Collection[object]) -> bool:
    """Whether a column is set to the right: figures and intervals, without words beside them."""
    worded = (any(map(str.isalpha, _words(cell))) for cell in column if isinstance(cell, Parts))
    return any(is_figure(cell) or isinstance(cell, Parts) for cell in column) and not any(worded)


def as_frame(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> pd.DataFrame:
    """Table of a page as data: words without markup, figures with all their digits, codes of units beside their names.

    Where a figure is missing, or more is said of it, what is said stands in a column of words beside it.
    """
    cells = [list(row) for row in rows]
    found: dict[str, list[object]] = {}
    for place, head in enumerate(heads):
        for name, column in _columns(head or _("Note"), [row[place] for row in cells]).items():
            found[_free(name, found)] = column
    return pd.DataFrame({name: _typed(column) for name, column in found.items()})


def _columns(head: str, cells: Sequence[object]) -> dict[str, list[object]]:
    if about := [cell for cell in cells if isinstance(cell, Unit)]:
        codes = [cell.code if isinstance(cell, Unit) else None for cell in cells]
        return {about[0].key: codes, head: [_words(cell) for cell in cells]}
    if any(isinstance(cell, Parts) for cell in cells):
        several = [cell.parts if isinstance(cell, Parts) else {} for cell in cells]
        names = dict.fromkeys(name for parts in several for name in parts)
        apart = {f"{head}: {name}": [parts.get(name) for parts in several] for name in names}
        return apart | _beside(head, [_aside(cell) for cell in cells])
    if any(is_figure(cell) for cell in cells):
        return {head: [_value(cell) for cell in cells]} | _beside(head, [_aside(cell) for cell in cells])
    return {head: [_words(cell) for cell in cells]}


def _beside(head: str, said: Sequence[str]) -> dict[str, list[object]]:
    return {f"{head}: {_('in words')}": [*said]} if any(said) else {}


def _value(cell: object) -> object:
    return cell.value if isinstance(cell, Cell) else cell if is_figure(cell) else None


def _aside(cell: object) -> str:
    """What a cell says that its figures do not: why there is none, or more."""
    if isinstance(cell, Cell) and cell.said:
        return cell.said
    if _value(cell) is not None or (isinstance(cell, Parts) and cell.parts):
        return ""
    words = _words(cell)
    return "" if words == MISSING else words


def _typed(column: Sequence[object]) -> Any:
    """Whole numbers stay whole where some are missing."""
    known = [value for value in column if not pd.isna(value)]
    if known and all(pd.api.types.is_integer(value) for value in known):
        return pd.array([None if pd.isna(value) else value for value in column], "Int64")
    return list(column)


def _free(name: str, taken: Collection[str]) -> str:
    return next(free for n in range(1, len(taken) + 2) if (free := name if n == 1 else f"{name} ({n})") not in taken)


def _words(cell: object) -> str:
    text = cell.printed if isinstance(cell, _Printed) else cell
    plain = Markup(str(text)).striptags() if isinstance(text, Markup) else str(text)
    return "" if plain == "None" else plain
