"""The table of a recipe: from the catalogue of the atlas, or from a file of the reader's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from geo import indicators, units
from geo.errors import DataError
from geo.i18n import Message
from geo.indicators import Indicator
from geo.indicators.catalogue import Count, Table
from geo.measures import recipe
from geo.measures.composite import CompositeIndex, score
from geo.measures.recipe import IndexRecipe, RecipeIndicator


@dataclass(frozen=True)
class Inputs:
    """What a recipe is computed from.

    Attributes
    ----------
    values
        Units x indicators, NaN for gaps.
    zeros
        Where a gap counts as zero if the null rule asks for zeros; None for the reader's own table.
    panel
        Values of all years, when the recipe takes its bounds over the panel.
    years
        Year asked of each indicator; empty for the reader's own table.
    statuses
        Status of each value as of :func:`geo.indicators.join`; None for the reader's own table.
    """

    values: pd.DataFrame
    zeros: pd.DataFrame | None = None
    panel: pd.DataFrame | None = None
    years: dict[str, int] | None = None
    statuses: pd.DataFrame | None = None

    def score(self, recipe: IndexRecipe) -> CompositeIndex:
        """Compute the index of the recipe on this table."""
        return score(recipe, self.values, panel=self.panel, zeros=self.zeros)


@cache
def shipped() -> dict[str, IndexRecipe]:
    """Recipes that come with the atlas and are made of its own indicators."""
    found = {name: recipe.read(path) for name, path in recipe.shipped().items()}
    known = indicators.catalogue()
    return {name: one for name, one in found.items() if all(i.id in known for i in one.indicators)}


def from_catalogue(recipe: IndexRecipe) -> Inputs:
    """Assemble the table of a recipe from the indicators of the atlas.

    Without a year in the recipe each indicator gives its newest. A census has its zeros already: what is left as a gap
    is no data and stays one under ``zero_where_census``. Under ``none_found_is_zero`` the gaps of counts that are lower
    bounds become zeros too. What does not apply to a subject is never a zero. What is suspended counts as zero: it
    is not in force.

    Raises
    ------
    DataError
        If the recipe asks for an illustration, which is never put into an index.
    UnknownCodeError, ArgumentError
        If the catalogue lacks an indicator, a denominator or the year.
    """
    for wanted in recipe.indicators:
        if indicators.find(wanted.id).completeness == "illustration":
            pattern = "indicator {id!r} is an illustration and never put into an index; take it out"
            raise DataError(Message(pattern, id=wanted.id), file=recipe.id)
    inside = units.scope(recipe.scope)
    frames = {i.id: indicators.join(i.id, recipe.year, i.per).loc[inside] for i in recipe.indicators}
    return Inputs(
        values=pd.DataFrame({name: _in_force(frame) for name, frame in frames.items()}),
        zeros=pd.DataFrame({i.id: _none_found(recipe, i, frames[i.id]) for i in recipe.indicators}),
        panel=_panel(recipe, inside) if recipe.bounds == "panel" else None,
        years={name: int(frame.attrs["year"]) for name, frame in frames.items()},
        statuses=pd.DataFrame({name: frame["status"] for name, frame in frames.items()}),
    )


def years(recipe: IndexRecipe) -> list[int]:
    """Years for which every indicator of the recipe has a value, within the tolerance of the catalogue."""
    found = [_years_near(indicators.find(wanted.id)) for wanted in recipe.indicators]
    return sorted(set.intersection(*found))


def _years_near(indicator: Indicator) -> set[int]:
    reach = range(-indicator.tolerance_years, indicator.tolerance_years + 1)
    return {year + away for year in indicators.years(indicator) for away in reach}


def from_csv(path: str | Path, recipe: IndexRecipe) -> Inputs:
    """Read the table of a recipe from a CSV file: units in the first column, a column for each indicator.

    Empty cells are gaps.

    Raises
    ------
    DataError
        Names file, row, column and value of what is not a number, and a column that lacks.
    """
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"cannot be read as CSV ({error}); save it as UTF-8 with commas", file=path) from error
    columns = {}
    for indicator in recipe.indicators:
        if indicator.id not in text.columns[1:]:
            known = ", ".join(text.columns[1:])
            raise DataError(f"the recipe asks for this column; the file has: {known}", file=path, column=indicator.id)
        columns[indicator.id] = _numbers(text[indicator.id], path)
    values = pd.DataFrame(columns).set_index(pd.Index(text.iloc[:, 0], name=text.columns[0]))
    twice = values.index.duplicated()
    if twice.any():
        row = int(twice.argmax())
        raise DataError("this unit stands twice; keep one row a unit", file=path, row=row + 1, value=values.index[row])
    return Inputs(values=values)


def _numbers(cells: pd.Series, path: str | Path) -> pd.Series:
    stripped = cells.str.strip()
    numbers = pd.to_numeric(stripped.mask(stripped == ""), errors="coerce").astype(float)
    wrong = (stripped != "") & (numbers.isna() | numbers.abs().eq(float("inf")))
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(
            "is not a number; leave gaps empty and write 1234.5",
            file=path,
            row=row + 1,
            column=str(cells.name),
            value=cells.iloc[row],
        )
    return numbers


def _panel(recipe: IndexRecipe, inside: pd.Index) -> pd.DataFrame:
    """Stack the values of all years, with the zeros that the null rule asks for."""
    columns = []
    for wanted in recipe.indicators:
        long = indicators.series(wanted.id, wanted.per)
        long = long[long["iso_3166_2"].isin(inside)].set_index(["iso_3166_2", "year"])
        zeros = _none_found(recipe, wanted, long)
        columns.append(_in_force(long).mask(zeros, 0.0).rename(wanted.id))
    return pd.concat(columns, axis=1)


def _in_force(frame: pd.DataFrame) -> pd.Series:
    return frame["value"].mask(frame["status"] == "suspended", 0.0)


def _none_found(recipe: IndexRecipe, wanted: RecipeIndicator, frame: pd.DataFrame) -> pd.Series:
    counted = recipe.null_rule == "none_found_is_zero" and _counts(indicators.find(wanted.id))
    return (frame["status"] == "no_data") & counted


def _counts(indicator: Indicator) -> bool:
    """Whether the indicator is a number of things listed, so that none listed reads as none found."""
    rule = indicator.rule
    listed = isinstance(rule, Count) or (isinstance(rule, Table) and rule.aggregate in ("count", "distinct"))
    return listed and indicator.kind not in ("share", "index")
