"""Values for all 83 subjects, each with its status: the four kinds of nothing never mix."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, get_args

import pandas as pd

from geo import facts, units
from geo.errors import ArgumentError, UnknownCodeError
from geo.events.standing import Standing, standing, verdicts_written
from geo.indicators import derived
from geo.indicators.catalogue import (
    Count,
    Denominator,
    Events,
    Indicator,
    Table,
    denominators,
    find,
    find_per,
)
from geo.indicators.values import (
    counted_ties,
    nearest_year,
    row_sources,
    series_of,
    subjects,
    values,
    years_of,
)

Status = Literal["observed", "zero", "no_data", "not_applicable", "suspended"]
STATUSES: tuple[Status, ...] = get_args(Status)


class Records(NamedTuple):
    """Event records as they stand now: what is remembered of them is forgotten when a part of this changes."""

    store: Standing
    verdicts: int


def records(indicator: str | Indicator) -> Records | None:
    """Return the event records on which an indicator rests, as they stand now; None where it rests on tables."""
    store = _store(find(indicator))
    return None if store is None else Records(store, verdicts_written(store))


def _store(indicator: Indicator) -> Standing | None:
    """Store on which the values of an indicator rest: what is remembered of them is forgotten when it changes."""
    return standing() if isinstance(indicator.rule, Events) else None


@cache
def _years(key: str, _of: Standing | None) -> tuple[int, ...]:
    return tuple(years_of(find(key)))


def years(indicator: str | Indicator) -> list[int]:
    """Years for which an indicator has a value for at least one subject, in order.

    A stock "as listed" has one: the year of its newest list.
    """
    one = find(indicator)
    return list(_years(one.id, _store(one)))


def join(indicator: str | Indicator, year: int | None = None, per: str | None = None) -> pd.DataFrame:
    """Value and status of an indicator for each of the 83 subjects, never fewer.

    Parameters
    ----------
    year
        Without it the newest one. A subject without a value in that year takes the nearest year
        within the tolerance of the catalogue (of two equally near the later one), and ``year_used``
        says which.
    per
        Denominator; without it the default one of the indicator.

    Returns
    -------
    DataFrame indexed by ``iso_3166_2`` in code order with

    ``value``
        float, NaN for ``no_data`` and ``not_applicable``;
    ``status``
        ``observed``; ``zero`` only where the completeness is a census, or the value is a share of
        known ties; ``no_data``, which includes "none found": in a lower bound or an illustration a
        missing or zero count does not show that there is none; ``not_applicable`` for subjects
        outside ``applies_to``; ``suspended`` where all ties behind the value are suspended (the
        value is their number);
    ``year_used``
        Int64;
    ``checked``
        boolean: whether readers checked enough of the places of event records on which the value rests; missing where
        there is no value, or it rests on tables.

    ``attrs`` hold ``indicator``, ``year``, ``per`` and ``denominator_years`` (those that were
    divided by).

    Raises
    ------
    UnknownCodeError
        If the indicator or the denominator is unknown, or the indicator has no value in that year.
    ArgumentError
        If the indicator does not allow the denominator.
    """
    one = find(indicator)
    denominator = find_per(one, per)
    known = years(one)
    if year is None:
        year = known[-1]
    if not any(abs(year - other) <= one.tolerance_years for other in known):
        raise UnknownCodeError(f"year of indicator {one.id!r}", year, [str(other) for other in known])
    frame = _joined(one.id, year, denominator.id, _store(one))
    copy = frame.copy()
    copy["checked"] = _checked(one, copy["value"])
    copy.attrs = dict(frame.attrs)
    return copy


def _checked(indicator: Indicator, value: pd.Series) -> pd.Series:
    store = _store(indicator)
    # places that people code are not held back
    if store is None or not isinstance(indicator.rule, Events) or "machine_coded" not in indicator.warnings:
        return pd.Series(pd.NA, index=value.index, dtype="boolean")
    from geo.indicators import reported  # of queries, which other indicators do not need

    well = reported.well_checked(indicator.rule, store)
    return pd.Series(value.index.isin(list(well)), index=value.index, dtype="boolean").where(value.notna())


@cache
def _joined(key: str, year: int, per: str, _of: Standing | None) -> pd.DataFrame:
    one = find(key)
    found = values(one, year)
    value, year_used = found["value"], found["year_used"]
    applicable = pd.Series(_applicable(one), index=subjects())
    if one.completeness == "census" and one.is_count and not _silent(one):
        value, year_used = value.fillna(0), year_used.fillna(year)
    if one.kind == "yes_no":
        value = value.clip(upper=1)
    if one.completeness != "census" and not one.is_share_of_listed:
        value = value.mask(value == 0)
    denominator = find_per(one, per)
    divided_by: tuple[int, ...] = ()
    if denominator.id != "none":
        amount = _amount(one.applies_to, denominator, year)
        value = value / (amount["value"] / denominator.amount)
        divided_by = tuple(sorted(amount["year_used"][value.notna()].dropna().unique().tolist()))
    value = value.where(applicable)
    status = pd.Series("observed", index=subjects(), dtype="str")
    status[value == 0] = "zero"
    status[found["suspended"]] = "suspended"
    status[value.isna()] = "no_data"
    status[~applicable] = "not_applicable"
    frame = pd.DataFrame({"value": value, "status": status, "year_used": year_used.where(value.notna())})
    frame.attrs = {"indicator": key, "year": year, "per": per, "denominator_years": divided_by}
    return frame


def _silent(indicator: Indicator) -> bool:
    """Whether a subject without a row stays without a value although the table is a census."""
    return indicator.is_share_of_listed or (isinstance(indicator.rule, Table) and indicator.rule.missing == "no_data")


def _applicable(indicator: Indicator) -> list[bool]:
    table = units.subjects().loc[subjects()]
    if indicator.applies_to == "all":
        return [True] * len(table)
    if isinstance(indicator.applies_to, str):
        return [bool(flag) for flag in table[indicator.applies_to]]
    pairs = derived.land_neighbours()
    near = set(pairs.loc[pairs["country"].isin(indicator.applies_to), "iso_3166_2"])
    return [iso in near for iso in table.index]


def amount(per: str, year: int | None = None) -> pd.DataFrame:
    """Amount of a denominator, in its own units: million inhabitants, 100 km of land border.

    Parameters
    ----------
    year
        The nearest one within the tolerance of the denominator is taken; without it the newest.

    Returns
    -------
    DataFrame indexed by ``iso_3166_2`` in code order: ``value`` (NaN where there is none), ``year_used`` (missing for
    lengths).

    Raises
    ------
    UnknownCodeError
        If there is no such denominator, or it is ``none``.
    """
    known = {name: one for name, one in denominators().items() if name != "none"}
    if per not in known:
        raise UnknownCodeError("denominator", per, list(known))
    one = known[per]
    if year is None:
        year = 0 if one.series == "land_border" else int(series_of(one.series).index.max())
    found = _amount("all", one, year)
    return found.assign(value=found["value"] / one.amount)


def _amount(applies_to: str | tuple[str, ...], denominator: Denominator, year: int) -> pd.DataFrame:
    """Amount of the denominator by subject: ``value``, ``year_used`` (missing for lengths)."""
    if denominator.series != "land_border":
        return nearest_year(series_of(denominator.series), year, denominator.tolerance_years)
    lengths = facts.table("border_lengths_allocated")
    if not isinstance(applies_to, str):
        lengths = lengths[lengths["country"].isin(applies_to)]
    km = lengths.groupby("iso_3166_2")["allocated_km"].sum(min_count=1).reindex(subjects())
    return pd.DataFrame({"value": km.astype("float64"), "year_used": pd.array([pd.NA] * len(km), dtype="Int64")})


def series(indicator: str | Indicator, per: str | None = None) -> pd.DataFrame:
    """Values of all years, so that a play through time can have class limits common to all of them.

    Returns
    -------
    DataFrame with columns ``iso_3166_2``, ``year``, ``value``, ``status``, ``year_used``, ``checked``:
    83 rows for each of :func:`years`.
    """
    frames = [join(indicator, year, per).assign(year=year).reset_index() for year in years(indicator)]
    columns = ["iso_3166_2", "year", "value", "status", "year_used", "checked"]
    return pd.concat(frames, ignore_index=True)[columns]


def ranks(frame: pd.DataFrame, scope: units.Scope = "all") -> pd.Series:
    """Rank by falling value among the subjects of a scope.

    Equal values share the best place; a subject without a value has no rank.
    """
    inside: pd.Series = frame.loc[units.scope(scope), "value"]
    return inside.rank(method="min", ascending=False).astype("Int64").reindex(frame.index)


def coverage(frame: pd.DataFrame, scope: units.Scope = "all") -> tuple[int, int]:
    """Count the subjects of a scope that have a value, and those to which the indicator applies."""
    status = frame.loc[units.scope(scope), "status"]
    applicable = status != "not_applicable"
    return int((applicable & (status != "no_data")).sum()), int(applicable.sum())


def sources_of(indicator: str | Indicator, per: str | None = None) -> pd.DataFrame:
    """Return the rows of data/tables/sources.csv on which an indicator rests.

    Those that the catalogue names come first, then those that the counted rows name, the most
    frequent first, then those of the denominator. The frame is shared: copy it before changing it.
    """
    one = find(indicator)
    return _sources_of(one.id, find_per(one, per).id, _store(one))


@cache
def _sources_of(key: str, per: str, _of: Standing | None) -> pd.DataFrame:
    one = find(key)
    ids = [*one.sources, *row_sources(one.rule), *find_per(one, per).sources]
    return facts.sources().loc[list(dict.fromkeys(ids))]


def dated(indicator: str | Indicator) -> tuple[int, int]:
    """Count the ties behind an indicator: those whose year of opening is known, and all of them.

    Raises
    ------
    ArgumentError
        If the indicator does not count ties.
    """
    one = find(indicator)
    if not isinstance(one.rule, Count):
        raise ArgumentError(f"indicator {one.id!r} does not count ties")
    return _dated(one.rule)


@cache
def _dated(rule: Count) -> tuple[int, int]:
    found = counted_ties(rule)
    return int(found.dated.sum()), len(found)
