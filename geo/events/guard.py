"""The place rule as a condition of a query: which records are believed to have happened in the subject they name.

Names of places are judged here, by :mod:`geo.events.places`, and the query is given what came of it as plain values,
so that it reads the same on every engine: no function of our own and no table of our own needs to go there.
"""

from __future__ import annotations

import functools
import operator

import ibis
import ibis.expr.types as ir
import pandas as pd

from geo.events.places import PlaceRules, Rule, judge


def named_places(records: ir.Table) -> pd.DataFrame:
    """Places that records name in each subject.

    Parameters
    ----------
    records
        Table of :data:`geo.events.schema.SCHEMA`.

    Returns
    -------
    DataFrame with ``iso_3166_2``, ``place`` and ``records`` (their number), one row a pair, in their order.
    """
    pairs = records.filter(records["iso_3166_2"].notnull() & records["place"].notnull())
    counted = pairs.group_by(["iso_3166_2", "place"]).aggregate(records=pairs.count())
    frame: pd.DataFrame = counted.execute()
    return frame.sort_values(["iso_3166_2", "place"], ignore_index=True)


def believed(records: ir.Table, places: pd.DataFrame, rule: Rule, of: PlaceRules | None = None) -> ir.BooleanValue:
    """Give the condition that a record's place is believed under a rule; without a place it never is.

    Parameters
    ----------
    places
        :func:`named_places` of the same records.
    """
    judged = judge(places, rule, of)
    if rule.elsewhere:
        dropped = _any(records, judged[~judged["kept"]])
        return records["iso_3166_2"].notnull() & records["place"].notnull() & ~dropped
    return _any(records, judged[judged["kept"]])


def _any(records: ir.Table, pairs: pd.DataFrame) -> ir.BooleanValue:
    """Whether a record has one of the pairs of subject and place."""
    conditions: list[ir.BooleanValue] = [
        (records["iso_3166_2"] == iso) & records["place"].isin(sorted(set(group["place"])))
        for iso, group in pairs.groupby("iso_3166_2")
    ]
    return functools.reduce(operator.or_, conditions, ibis.literal(False))
