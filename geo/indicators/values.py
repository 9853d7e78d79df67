"""The value of an indicator for each subject, before division: one function a kind of rule."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import cache, reduce
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geo import facts, ties, units
from geo.errors import DataError
from geo.events.standing import standing
from geo.indicators import derived
from geo.indicators.catalogue import Count, Events, Formula, Indicator, Rule, Series, Table

EMPTY = {"value": "float64", "year_used": "Int64", "suspended": "bool"}


@cache
def panel() -> pd.DataFrame:
    """Both tables of the panel as one wide frame.

    Returns
    -------
    DataFrame of floats indexed by (``series``, ``year``), one column for each of the 83 subjects.
    """
    long = pd.concat([facts.table("panel"), facts.table("panel_rosstat")], ignore_index=True)
    refuse_unknown_subjects(long["iso_3166_2"], "panel")
    # pivot, as pivot_table would average doubles without a word
    wide: pd.DataFrame = long.pivot(index=["series", "year"], columns="iso_3166_2", values="value")  # noqa: PD010
    return wide.astype("float64").reindex(columns=subjects()).sort_index()


def subjects() -> pd.Index:
    """Codes of the 83 subjects in code order."""
    return units.scope("all")


def refuse_unknown_subjects(codes: pd.Series, table: str) -> None:
    """Raise a :class:`DataError` for the first code that is none of the 83 subjects."""
    unknown = ~codes.isin(subjects())
    if unknown.any():
        row = int(np.flatnonzero(unknown.to_numpy())[0]) + 1
        raise DataError(
            "not one of the 83 subjects; correct the code",
            file=f"data/tables/{table}.csv",
            row=row,
            column="iso_3166_2",
            value=codes.iloc[row - 1],
        )


def series_of(names: Sequence[str]) -> pd.DataFrame:
    """Merge series of the panel into one, years by subjects; the earlier named wins.

    Raises
    ------
    DataError
        If the panel has no such series.
    """
    names = [part for name in names for part in derived.SERIES.get(name, (name,))]
    known = panel().index.unique("series")
    for name in names:
        if name not in known:
            raise DataError("no such series; see column series", file="data/tables/panel.csv", value=name)
    parts = [panel().xs(name, level="series") for name in names]
    merged = pd.concat(parts).groupby(level="year").first()
    return merged


def nearest_year(wide: pd.DataFrame, year: int, tolerance: int) -> pd.DataFrame:
    """Value of the nearest year that has one, for each column by itself.

    Parameters
    ----------
    wide
        Years by subjects.
    tolerance
        Greatest distance in years; of two years equally near the later one is taken.

    Returns
    -------
    DataFrame indexed by subject with ``value`` and ``year_used`` (missing where no year is near
    enough).
    """
    years = sorted((y for y in wide.index if abs(y - year) <= tolerance), key=lambda y: (abs(y - year), -y))
    if not years:
        return pd.DataFrame({"value": np.nan, "year_used": pd.NA}, index=wide.columns).astype({"year_used": "Int64"})
    nearest_first = wide.loc[years]
    year_of = pd.DataFrame(dict.fromkeys(wide.columns, years), index=years).where(nearest_first.notna())
    value, used = nearest_first.bfill().iloc[0], year_of.bfill().iloc[0]
    return pd.DataFrame({"value": value, "year_used": used.astype("Int64")})


def values(indicator: Indicator, year: int) -> pd.DataFrame:
    """Values before division, as the rule of the indicator gives them.

    Returns
    -------
    DataFrame indexed by the 83 codes with ``value`` (NaN where the rule finds nothing),
    ``year_used`` and ``suspended`` (all ties behind the value are suspended).
    """
    rule = indicator.rule
    if isinstance(rule, Series):
        found = nearest_year(series_of([rule.series]) * rule.factor, year, indicator.tolerance_years)
    elif isinstance(rule, Formula):
        found = nearest_year(ratio(rule), year, indicator.tolerance_years)
    elif isinstance(rule, Count):
        found = counted(rule, year)
    elif isinstance(rule, Events):
        found = nearest_year(from_events(rule), year, 0)
    else:
        found = tabulated(rule, year)
    found = found.reindex(subjects())
    found["suspended"] = found["suspended"].fillna(False).astype(bool) if "suspended" in found else False
    found["year_used"] = found["year_used"].astype("Int64")
    return found[list(EMPTY)]


@cache
def ratio(rule: Formula) -> pd.DataFrame:
    """Quotient of a formula, years by subjects, for the years of the numerator.

    The denominator is taken from the nearest year (of two equally near the later), so that trade of
    2021 meets the population of 1 January 2022. A subject that lacks one of the parts has no value.
    """
    numerator = _sum([series_of([name]) for name in rule.numerator])
    parts = [series_of([name]) for name in rule.denominator]
    result = {
        year: rule.factor
        * numerator.loc[year]
        / _sum([nearest_year(part, int(year), rule.tolerance_years)["value"] for part in parts])
        for year in numerator.index
    }
    return pd.DataFrame(result).T


Summand = TypeVar("Summand", pd.DataFrame, pd.Series)


def _sum(parts: list[Summand]) -> Summand:
    return reduce(operator.add, parts)


@cache
def neighbour_pairs() -> pd.DataFrame:
    """Each subject with each of its land neighbours: columns ``iso_3166_2``, ``country``."""
    return derived.land_neighbours()


def _own_neighbours(frame: pd.DataFrame) -> pd.DataFrame:
    pairs = pd.MultiIndex.from_frame(neighbour_pairs())
    return frame[pd.MultiIndex.from_frame(frame[["iso_3166_2", "country"]]).isin(pairs)]


@cache
def counted_ties(rule: Count) -> ties.Ties:
    """Ties of all countries that a rule looks at, before their state in a year is asked."""
    found = ties.load().where(
        kind=rule.kinds,
        form=rule.forms or None,
        status=rule.statuses or None,
        group=rule.groups or None,
    )
    frame = found.frame
    if rule.except_countries:
        frame = frame[~frame["country"].isin(rule.except_countries)]
    refuse_unknown_subjects(frame["iso_3166_2"], "ties")
    return ties.Ties(frame, found.snapshot)


def counted(rule: Count, year: int) -> pd.DataFrame:
    """Count ties, or different countries, units or groups; a subject without any has no row."""
    everything = counted_ties(rule)
    frame = everything.frame.assign(suspended=False)
    if rule.time == "ended":
        assert rule.span is not None
        frame = frame[everything.end.between(rule.span[0], year).fillna(False)]
    elif rule.time != "ever":
        state = everything.state(everything.snapshot if rule.time == "as_listed" else year)
        frame = frame.assign(suspended=state == "suspended")[state.isin(["active", "suspended"])]
    chosen = _of_countries(frame, rule)
    number = _distinct(chosen, rule).astype("float64")
    if rule.share_of_at_least is not None:
        total = _distinct(frame, rule)
        number = 100 * number.reindex(total.index).fillna(0) / total.where(total >= rule.share_of_at_least)
    return pd.DataFrame(
        {
            "value": number,
            "suspended": chosen.groupby("iso_3166_2")["suspended"].all() & (rule.share_of_at_least is None),
            "year_used": year,
        }
    )


def _of_countries(frame: pd.DataFrame, rule: Count) -> pd.DataFrame:
    if rule.countries == "own_neighbours":
        return _own_neighbours(frame)
    if rule.countries:
        return frame[frame["country"].isin(rule.countries)]
    if rule.country_group is not None:
        return frame[frame["country"].map(ties.group_of) == rule.country_group]
    return frame


def _distinct(frame: pd.DataFrame, rule: Count) -> pd.Series:
    if rule.distinct == "tie":
        return frame.groupby("iso_3166_2").size()
    known = frame.dropna(subset=[rule.distinct])
    return known.groupby("iso_3166_2")[rule.distinct].nunique()


def rows(rule: Table) -> pd.DataFrame:
    """Rows that a table rule looks at, with the subject of each in ``iso_3166_2``."""
    frame = derived.TABLES[rule.table]() if rule.table in derived.TABLES else facts.table(rule.table)
    for column, wanted in rule.where.items():
        frame = frame[frame[column].notna() if wanted == ("*",) else frame[column].isin(wanted)]
    if rule.subjects is None:
        return frame.merge(neighbour_pairs(), on="country", how="inner")
    codes = frame[rule.subjects].astype(str).str.split(";")
    frame = frame.assign(iso_3166_2=codes).explode("iso_3166_2")
    refuse_unknown_subjects(frame["iso_3166_2"], rule.table)
    return _own_neighbours(frame) if rule.own_neighbours else frame


def tabulated(rule: Table, year: int) -> pd.DataFrame:
    """Aggregate of a table by subject; a subject without a row has none."""
    frame = rows(rule)
    if rule.year is not None:
        _refuse_undated(frame, rule)
        years = frame[rule.year]
        frame = frame[years <= year if rule.cumulative else years == year]
    grouped = frame.groupby("iso_3166_2")
    result: Any
    if rule.column is None:
        result = grouped.size()
    elif rule.aggregate == "distinct":
        result = grouped[rule.column].nunique()
    elif rule.aggregate == "share":
        total = grouped[rule.column].sum(min_count=1)
        result = 100 * total / total.sum()
    elif rule.aggregate == "sum":
        result = grouped[rule.column].sum(min_count=1)
    else:
        result = grouped[rule.column].agg(rule.aggregate)
    return pd.DataFrame({"value": result.astype("float64"), "year_used": year})


def _refuse_undated(frame: pd.DataFrame, rule: Table) -> None:
    """Raise a :class:`DataError` if a row has no year: leaving it out would make a false zero."""
    if rule.year is not None and frame[rule.year].isna().any():
        codes = frame.loc[frame[rule.year].isna(), "iso_3166_2"]
        raise DataError(
            f"no year, so that it cannot be placed in time ({', '.join(codes)}); add it or give the rule as_of",
            file=f"data/tables/{rule.table}.csv",
            column=rule.year,
        )


def from_events(rule: Events) -> pd.DataFrame:
    """Values of a rule of events for the store as it stands now, years by subjects; none without a store."""
    from geo.indicators import reported  # loads the engines of queries, which nothing else here needs

    store = standing()
    return pd.DataFrame(columns=subjects()) if store is None else reported.values(rule, store)


def row_sources(rule: Rule) -> list[str]:
    """List the sources that the rows behind a rule name, the most frequent first."""
    if isinstance(rule, Series | Formula):
        return []
    if isinstance(rule, Events):
        from geo.indicators import reported

        store = standing()
        return [] if store is None else reported.sources(rule, store)
    frame = _of_countries(counted_ties(rule).frame, rule) if isinstance(rule, Count) else rows(rule)
    if "source" not in frame:
        return []
    return facts.named_sources(frame)


def years_of(indicator: Indicator) -> list[int]:
    """Years for which the rule gives a value to at least one subject."""
    rule = indicator.rule
    if isinstance(rule, Series):
        return [int(year) for year in series_of([rule.series]).dropna(how="all").index]
    if isinstance(rule, Formula):
        return [int(year) for year in ratio(rule).dropna(how="all").index]
    if isinstance(rule, Events):
        return [int(year) for year in from_events(rule).dropna(how="all").index]
    declared = rule.declared_years()
    if declared or isinstance(rule, Count):
        return declared
    frame = rows(rule)
    _refuse_undated(frame, rule)
    return sorted(frame[rule.year].astype(int).unique().tolist())
