"""A store opened for queries, whatever it is: a folder of Parquet files or a database."""

from __future__ import annotations

from functools import lru_cache

import ibis.expr.types as ir
import pandas as pd

from geo.events import engines, guard, reports
from geo.events.places import Rule
from geo.events.schema import Source
from geo.events.standing import Standing


def records(of: Standing, source: Source | None = None) -> ir.Table:
    """Open the records of a store, of one data set or of all; see :func:`geo.events.engines.records`."""
    table = engines.records(of.setting)
    return table if source is None else table.filter(table["source"] == source)


@lru_cache(maxsize=16)
def named_places(of: Standing, source: Source) -> pd.DataFrame:
    """Places that a data set names; :func:`geo.events.guard.named_places`, remembered."""
    return guard.named_places(records(of, source))


def believed(of: Standing, source: Source, rule: Rule) -> ir.Table:
    """Open the records of a data set whose places are believed under a rule."""
    table = records(of, source)
    return table.filter(guard.believed(table, named_places(of, source), rule))


@lru_cache(maxsize=16)
def pairs(of: Standing, source: Source, rule: Rule) -> pd.DataFrame:
    """Events by subject, partner, year and quad class; :func:`geo.events.reports.of_pairs`, remembered."""
    table = records(of, source)
    return reports.of_pairs(table, guard.believed(table, named_places(of, source), rule))


@lru_cache(maxsize=16)
def totals(of: Standing, source: Source) -> pd.Series:
    """Events by year that concern Russia; :func:`geo.events.reports.totals`, remembered."""
    return reports.totals(records(of, source))


@lru_cache(maxsize=64)
def scores(of: Standing, source: Source, rule: Rule, subject: str, country: str | None) -> pd.DataFrame:
    """Goldstein scores of a subject; :func:`geo.events.reports.scores`, remembered."""
    return reports.scores(believed(of, source, rule), subject, country)
