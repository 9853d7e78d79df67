"""One expression that counts events between subjects and foreign countries, the same on every engine.

A report that is coded several times for the same pair of countries and the same root code in the same subject and year
counts once: of its records the one with most mentions (of equals the higher score). The partner is the one country that
is not Russia; an actor without a country counts as one of the Russian side. A record that names two foreign countries
is no tie of a subject and is left out, and so is one with an actor whose code is of no country (``NEITHER``).

Scores are summed as whole tenths, as engines differ in the last digits of sums of fractions.
"""

from __future__ import annotations

from typing import Final

import ibis
import ibis.expr.types as ir

from geo.events.codes import NEITHER, RUSSIA

BY: Final = ("source", "iso_3166_2", "country", "year", "quad_class")
SUMS: Final = ("events", "mentions", "scored", "goldstein_tenths")
# most mentions first, then the higher score: both in one whole number, the score in its last eight bits (0: no score)
_SCORES: Final = 256
_ABOVE_LOWEST: Final = 101


def aggregate(
    records: ir.Table,
    *,
    believed: ir.BooleanValue | None = None,
    subject: str | None = None,
    country: str | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
) -> ir.Table:
    """Count events of subjects with foreign countries.

    Parameters
    ----------
    records
        Table of :data:`geo.events.schema.SCHEMA` on any engine (:mod:`geo.events.engines`).
    believed
        Which records are believed to have happened in the subject they name
        (:func:`geo.events.guard.believed`); None for all.
    subject, country, first_year, last_year
        Count these alone.

    Returns
    -------
    Table with ``source``, ``iso_3166_2``, ``country`` (the partner, ISO 3166-1 alpha-2), ``year``, ``quad_class``,
    ``events``, ``mentions`` (sum), ``scored`` (events that have a Goldstein score) and ``goldstein_tenths`` (their sum
    in tenths); one row for each combination that has events. Data sets are never added up.
    """
    conditions = [records["iso_3166_2"].notnull(), *([] if believed is None else [believed])]
    if subject is not None:
        conditions.append(records["iso_3166_2"] == subject)
    if first_year is not None:
        conditions.append(records["year"] >= first_year)
    if last_year is not None:
        conditions.append(records["year"] <= last_year)
    foreign = with_partner(records.filter(*conditions))
    if country is not None:
        foreign = foreign.filter(foreign["country"] == country)
    return _summed(_once(foreign))


def with_partner(records: ir.Table) -> ir.Table:
    """Keep records with one foreign country, and call it ``country``."""
    one, other = _sides(records)
    abroad = records.mutate(country=ibis.ifelse(one == RUSSIA, other, one))
    return abroad.filter((one == RUSSIA) != (other == RUSSIA), abroad["country"] != NEITHER)


def _sides(records: ir.Table) -> tuple[ir.StringValue, ir.StringValue]:
    """Countries of both actors; one that names none is of the Russian side."""
    return records["actor1_country"].coalesce(RUSSIA), records["actor2_country"].coalesce(RUSSIA)


def _once(records: ir.Table) -> ir.Table:
    """One row for each report, pair of countries and root code."""
    score = (records["goldstein_tenths"].cast("int64") + _ABOVE_LOWEST).coalesce(0)
    standing = records["mentions"].cast("int64") * _SCORES + score
    ranked = records.mutate(standing=standing)
    return ranked.group_by([*BY, "root_code", "report_id"]).aggregate(standing=ranked["standing"].max())


def _summed(events: ir.Table) -> ir.Table:
    score = events["standing"] % _SCORES
    sized = events.mutate(
        mentions=((events["standing"] - score) / _SCORES).cast("int64"),
        scored=ibis.ifelse(score > 0, 1, 0).cast("int64"),
        tenths=ibis.ifelse(score > 0, score - _ABOVE_LOWEST, 0).cast("int64"),
    )
    counted = sized.group_by(list(BY)).aggregate(
        events=sized.count().cast("int64"),
        mentions=sized["mentions"].sum().cast("int64"),
        scored=sized["scored"].sum().cast("int64"),
        goldstein_tenths=sized["tenths"].sum().cast("int64"),
    )
    return counted.order_by(list(BY))


def scores(records: ir.Table) -> ir.Table:
    """Count events by their score, each counted once as in :func:`aggregate`.

    Returns
    -------
    Table with ``BY``, ``goldstein_tenths`` and ``events``; events without a score are left out.
    """
    once = _once(with_partner(records))
    score = once["standing"] % _SCORES
    scored = once.filter(score > 0).mutate(goldstein_tenths=(score - _ABOVE_LOWEST).cast("int64"))
    by = [*BY, "goldstein_tenths"]
    return scored.group_by(by).aggregate(events=scored.count().cast("int64")).order_by(by)


def concerning_russia(records: ir.Table) -> ir.Table:
    """Count by year the events that concern Russia, by an actor or by the place: what every share is a share of.

    Returns
    -------
    Table with ``source``, ``year`` and ``events``. A report counts once for a pair of countries, a root code and a quad
    class. The pair is that of :func:`aggregate`: whoever acts, and with Russia where no country is named, so that what
    is one event in a share is one in its total.
    """
    first, second = records["actor1_country"], records["actor2_country"]
    russian = records.filter(
        (first == RUSSIA) | (second == RUSSIA) | (records["place_country"] == RUSSIA), records["quad_class"].notnull()
    )
    by = ["source", "year"]
    one, other = _sides(russian)
    paired = russian.mutate(
        # not least and greatest, which some engines know under no name
        pair_first=ibis.ifelse(one <= other, one, other),
        pair_second=ibis.ifelse(one <= other, other, one),
    )
    once = paired.select(*by, "pair_first", "pair_second", "quad_class", "root_code", "report_id").distinct()
    return once.group_by(by).aggregate(events=once.count().cast("int64")).order_by(by)
