"""What is reported of a subject and its foreign partners: the figures behind the page of events.

Events are counted by :mod:`geo.events.aggregate`. Here they become shares of all events of the year that concern
Russia, as the volume of reports grows with coverage and bare counts of two years do not compare.
"""

from __future__ import annotations

from typing import Final, Literal

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from geo.events import aggregate
from geo.events.aggregate import with_partner
from geo.events.schema import CONFLICT, COOPERATION, QuadClass

Side = Literal["cooperation", "conflict"]
SIDES: Final[dict[Side, tuple[QuadClass, QuadClass]]] = {"cooperation": COOPERATION, "conflict": CONFLICT}
PAIR: Final = ["iso_3166_2", "country", "year", "quad_class", "events", "mentions"]
BOOTSTRAP: Final = 2000
"""Resamples behind an interval of the mean."""
PRIME: Final = 2_147_483_647
"""2^31 - 1: products of two numbers below it stay within 64 bits on every engine."""


def totals(records: ir.Table) -> pd.Series:
    """Events by year that concern Russia: what every share is a share of.

    Parameters
    ----------
    records
        Records of one data set.
    """
    frame: pd.DataFrame = aggregate.concerning_russia(records).execute()
    return frame.set_index("year")["events"].sort_index().astype("int64")


def of_pairs(records: ir.Table, believed: ir.BooleanValue) -> pd.DataFrame:
    """Events by subject, foreign partner, year and quad class.

    Parameters
    ----------
    records
        Records of one data set.
    believed
        Which places are believed (:func:`geo.events.guard.believed`).

    Returns
    -------
    DataFrame with ``iso_3166_2``, ``country``, ``year``, ``quad_class``, ``events``, ``mentions``.
    """
    frame: pd.DataFrame = aggregate.aggregate(records, believed=believed).execute()
    return frame.loc[frame["quad_class"].notna(), PAIR].reset_index(drop=True)


def scores(records: ir.Table, subject: str, country: str | None = None) -> pd.DataFrame:
    """Goldstein scores of the events of a subject, with one country or with all.

    Parameters
    ----------
    records
        Believed records of one data set.

    Returns
    -------
    DataFrame with ``year``, ``goldstein_tenths`` and ``events`` (how many have that score).
    """
    events = aggregate.scores(records.filter(records["iso_3166_2"] == subject))
    own = events if country is None else events.filter(events["country"] == country)
    frame: pd.DataFrame = own.execute()
    return frame.groupby(["year", "goldstein_tenths"])["events"].sum().reset_index()


def mean_scores(scored: pd.DataFrame, seed: int, resamples: int = BOOTSTRAP) -> pd.DataFrame:
    """Mean Goldstein score by year with a bootstrap interval of 95 per cent.

    After B. Efron (1979, doi:10.1214/aos/1176344552). Events of a year are drawn again with replacement, and the
    interval takes the 2.5th and the 97.5th percentile of the means. It says how much the mean owes to chance among the
    events reported, not how well they were coded.

    Parameters
    ----------
    scored
        :func:`scores`.

    Returns
    -------
    DataFrame indexed by year with ``mean``, ``low``, ``high`` (-10 to 10) and ``events``.
    """
    rng = np.random.default_rng(seed)
    rows = {}
    for year, own in scored.groupby("year"):
        values, counts = own["goldstein_tenths"].to_numpy(float) / 10, own["events"].to_numpy(int)
        number = int(counts.sum())
        means = rng.multinomial(number, counts / number, size=resamples) @ values / number
        low, high = np.percentile(means, [2.5, 97.5])
        rows[int(str(year))] = {"mean": values @ counts / number, "low": low, "high": high, "events": number}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["mean", "low", "high", "events"])
    return frame.rename_axis("year").astype({"events": "int64"})


def shares(counted: pd.DataFrame, of: pd.Series) -> pd.DataFrame:
    """Per cent of all events of the year that concern Russia, for each quad class and for cooperation and conflict.

    Parameters
    ----------
    counted
        Rows of :func:`of_pairs` of one subject, or of one subject and country.
    of
        :func:`totals`.

    Returns
    -------
    DataFrame indexed by the years of ``of`` with columns 1 to 4, ``cooperation`` and ``conflict``.
    """
    events = counted.pivot_table(index="year", columns="quad_class", values="events", aggfunc="sum")
    quads = events.reindex(index=of.index, columns=[1, 2, 3, 4]).fillna(0).div(of, axis="index") * 100
    sides = {side: quads[list(classes)].sum(axis="columns") for side, classes in SIDES.items()}
    return quads.assign(**sides)


def links(
    believed: ir.Table, subject: str, year: int, country: str | None = None, side: Side | None = None, most: int = 200
) -> pd.DataFrame:
    """Records behind a point: a subject in a year, with one country or all, cooperation, conflict or both.

    Returns
    -------
    DataFrame with ``event_date``, ``place``, ``country``, ``code``, ``quad_class``, ``mentions`` and ``link``, the most
    mentioned first, ``most`` rows at most. Several records may be one event.
    """
    records = with_partner(believed)
    own = records.filter((records["iso_3166_2"] == subject) & (records["year"] == year))
    own = own.filter(own["quad_class"].isin(SIDES[side]) if side else own["quad_class"].notnull())
    if country is not None:
        own = own.filter(own["country"] == country)
    columns = ["event_date", "place", "country", "code", "quad_class", "mentions", "link"]
    different = own.select("event_id", *columns).distinct()  # a record may have been taken with two files
    ordered = different.order_by([ibis.desc("mentions"), "event_date", "event_id"])
    frame: pd.DataFrame = ordered.select(columns).limit(most).execute()
    return frame


def mentions(records: ir.Table, subject: str | None = None) -> ir.Table:
    """Places of a subject, or of all, in reports with a foreign actor, kept or dropped: what readers check.

    Returns
    -------
    Table with ``iso_3166_2``, ``place``, ``report_id``, ``place_name`` and ``link``, one row a place and report.
    """
    own = with_partner(records)
    own = own.filter(own["iso_3166_2"].notnull() & own["place"].notnull() & own["quad_class"].notnull())
    if subject is not None:
        own = own.filter(own["iso_3166_2"] == subject)
    by = ["iso_3166_2", "place", "report_id"]
    return own.group_by(by).aggregate(place_name=own["place_name"].min(), link=own["link"].min())


def sizes(mentioned: ir.Table) -> pd.DataFrame:
    """Count mentions by place: ``iso_3166_2``, ``place``, ``mentions``."""
    by = ["iso_3166_2", "place"]
    frame: pd.DataFrame = mentioned.group_by(by).aggregate(mentions=mentioned.count()).execute()
    return frame.sort_values(by, ignore_index=True)


def sample(mentioned: ir.Table, kept: ir.BooleanValue, number: int, seed: int) -> pd.DataFrame:
    """Draw mentions that a rule keeps, and as many that it drops, without repetition.

    Reports are put into an order that the seed chooses, and the first are taken: the square of a line over their ids,
    modulo a prime, in whole numbers, so that the same seed draws the same on every engine. When the store grows most of
    a sample stays.

    Parameters
    ----------
    mentioned
        :func:`mentions`.
    kept
        :func:`geo.events.guard.believed` of it.
    number
        How many of each; fewer where there are fewer.

    Returns
    -------
    The columns of :func:`mentions` and the flag ``kept``, in the order drawn, so that a reader cannot tell
    kept from dropped by where they stand.
    """
    slope, start = (int(number) for number in np.random.default_rng(seed).integers(1, PRIME, size=2))
    # twice the remainder, as engines differ in that of a negative number
    line = ((mentioned["report_id"] % PRIME + PRIME) % PRIME * slope + start) % PRIME
    place_in_order = (line * line) % PRIME
    ordered = mentioned.mutate(kept=kept.fill_null(False), drawn=place_in_order)
    halves: list[pd.DataFrame] = [
        ordered.filter(ordered["kept"] == half).order_by(["drawn", "report_id", "place"]).limit(number).execute()
        for half in (True, False)
    ]
    drawn = pd.concat(halves, ignore_index=True).sort_values(["drawn", "report_id", "place"], ignore_index=True)
    shown: pd.DataFrame = drawn.drop(columns="drawn")
    return shown


def points(records: ir.Table) -> pd.DataFrame:
    """Where events are located: ``year``, ``lat``, ``lon`` (degrees, WGS 84), ``events`` at each point.

    Only records with a place of their own are located, not those of a district, a unit or a country. An event counts
    once, however many files or versions of the data set hold it; where they differ the later year and the point
    further north are taken, so that the answer does not depend on their order.

    Parameters
    ----------
    records
        Records of one data set.
    """
    located = records.filter(records["lat"].notnull() & records["lon"].notnull() & (records["place_type"] == "city"))
    by = ["year", "lat", "lon"]
    each: pd.DataFrame = located.select("event_id", *by).distinct().execute()
    once = each.sort_values(["event_id", *by]).drop_duplicates("event_id", keep="last")
    return once.groupby(by).size().rename("events").reset_index()
