"""Counts of ties, each with the number of ties whose year is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import pandas as pd

from geo.ties.table import Ties, listed_year

By = Literal["kind", "iso_3166_2", "country", "partner_iso_3166_2", "status", "form", "group_id"]


def counts(ties: Ties, by: By | tuple[By, ...]) -> pd.DataFrame:
    """Count ties by one or several columns.

    Parameters
    ----------
    by
        ``"iso_3166_2"`` by subject, ``"country"``, ``("iso_3166_2", "country")`` by pair, ...

    Returns
    -------
    DataFrame indexed by ``by`` with columns ``ties`` and ``dated`` (how many of them carry the year
    of opening); groups without a tie have no row.
    """
    columns = [by] if isinstance(by, str) else list(by)
    frame = ties.frame[columns].assign(dated=ties.dated)
    grouped = frame.groupby(columns if len(columns) > 1 else columns[0])["dated"]
    return pd.DataFrame({"ties": grouped.size(), "dated": grouped.sum().astype("int64")})


def by_year(ties: Ties, years: Iterable[int]) -> pd.DataFrame:
    """Ties by their state at the end of each year.

    Returns
    -------
    DataFrame indexed by ``year`` with columns ``active``, ``suspended``, ``dated`` (of the active
    and suspended ones) and ``unknown`` (ties that cannot be placed in that year: see
    :meth:`Ties.state`).
    """
    rows = []
    for year in years:
        state = ties.state(year)
        standing = state.isin(["active", "suspended"])
        rows.append(
            {
                "year": year,
                "active": int((state == "active").sum()),
                "suspended": int((state == "suspended").sum()),
                "dated": int((standing & ties.dated).sum()),
                "unknown": int((state == "unknown").sum()),
            }
        )
    columns = ["year", "active", "suspended", "dated", "unknown"]
    return pd.DataFrame(rows, columns=columns).set_index("year")


def openings_and_endings(ties: Ties) -> pd.DataFrame:
    """Ties opened, ended and suspended in each year for which anything is known.

    Returns
    -------
    DataFrame indexed by ``year`` with integer columns ``opened``, ``ended``, ``suspended``; years
    in which nothing is known to have happened have no row. Ties without a year stand in none.
    """
    frame = ties.frame
    suspended = frame["status_year"].where(frame["status"] == "suspended")
    found = {"opened": frame["opened"], "ended": ties.end, "suspended": suspended}
    table = pd.DataFrame({name: years.dropna().astype(int).value_counts() for name, years in found.items()})
    table.index.name = "year"
    return table.sort_index().fillna(0).astype("int64")


BREAKS: Final = (2014, 2022)
"""Years of which is asked what is left of the ties before them."""


def survival(ties: Ties, year: int, by: By | None = None) -> pd.DataFrame:
    """Share of ties known to have survived a year, among those whose fate is known.

    A tie is at risk if it is known to have existed before the year (opened, or already on a list,
    before it) and not to have ended before. Its fate is known if it ended or was suspended in the
    year or later (lost), or if a source of the year or later says that it is active (survived); all
    others stay out of the share.

    Parameters
    ----------
    year
        Year of the break, for example 2014 or 2022.
    by
        Column to break the result down by; without it one row ``all``.

    Returns
    -------
    DataFrame with columns ``at_risk``, ``known`` (n of the share), ``survived`` and ``share`` (NaN
    where n is 0).
    """
    frame, end = ties.frame, ties.end
    listed_before = (listed_year(frame["listed_from"]) < year).fillna(False)
    before = (frame["opened"] < year).fillna(False) | listed_before
    at_risk = before & ~(end < year).fillna(False)
    since = (frame["status_year"] >= year).fillna(False)
    lost = (end >= year).fillna(False) | ((frame["status"] == "suspended") & since)
    survived = ~lost & (frame["status"] == "active") & since
    table = pd.DataFrame(
        {
            "group": "all" if by is None else frame[by],
            "at_risk": at_risk,
            "known": at_risk & (lost | survived),
            "survived": at_risk & survived,
        }
    )
    result = table.groupby("group").sum().astype("int64")
    result.index.name = by
    result["share"] = (result["survived"] / result["known"]).where(result["known"] > 0)
    return result
