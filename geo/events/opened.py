"""A store opened for queries, whatever it is: a folder of Parquet files or a database."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import ibis.expr.types as ir
import pandas as pd

from geo.events import engines, guard, places, reports, review, store
from geo.events.places import Rule
from geo.events.review import mention_id, sayings
from geo.events.schema import SOURCES, Source
from geo.events.standing import Standing, verdicts_written


def records(of: Standing, source: Source | None = None) -> ir.Table:
    """Open the records of a store, of one data set or of all; see :func:`geo.events.engines.records`."""
    table = engines.records(of.setting)
    return table if source is None else table.filter(table["source"] == source)


class Holding(NamedTuple):
    """What a store holds of one data set.

    Parameters
    ----------
    first_year, last_year
        Years of its events; None without records.
    files, rejected
        Files taken, and lines of them that could not be read; None where a database does not tell.
    """

    source: Source
    records: int
    first_year: int | None
    last_year: int | None
    files: int | None
    rejected: int | None


@lru_cache(maxsize=4)
def holdings(of: Standing) -> tuple[Holding, ...]:
    """What a store holds of each data set, those included of which no line could be read, in the order of SOURCES."""
    return _counted(of) if of.folder is None else tuple(_taken(store.manifest(of.folder)))


def _taken(manifest: store.Manifest) -> list[Holding]:
    held = []
    for source in manifest.sources:
        own = [one for one in manifest.files if one.source == source]
        years = [year for one in own for year in (one.first_year, one.last_year) if year is not None]
        first, last = (min(years), max(years)) if years else (None, None)
        held.append(
            Holding(source, sum(one.records for one in own), first, last, len(own), sum(one.rejected for one in own))
        )
    return held


def _counted(of: Standing) -> tuple[Holding, ...]:
    table = records(of)
    frame: pd.DataFrame = (
        table.group_by("source")
        .aggregate(records=table.count(), first=table["year"].min(), last=table["year"].max())
        .execute()
    )
    rows = {str(row["source"]): row for row in frame.to_dict("records")}
    return tuple(
        Holding(one, int(rows[one]["records"]), int(rows[one]["first"]), int(rows[one]["last"]), None, None)
        for one in SOURCES
        if one in rows
    )


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


def subjects(of: Standing, source: Source, rule: Rule) -> list[str]:
    """Subjects that have believed events in any year: those which a map of the data set colours."""
    return sorted(set(pairs(of, source, rule)["iso_3166_2"]))


@lru_cache(maxsize=16)
def rare(of: Standing, source: Source, rule: Rule, fewer_than: int) -> dict[str, frozenset[str]]:
    """Ids of the believed mentions of each subject that has some, but fewer than so many.

    See Also
    --------
    geo.events.review.mention_id : of a mention.
    """
    mentioned = reports.mentions(believed(of, source, rule))
    counts = mentioned.group_by("iso_3166_2").aggregate(number=mentioned.count())
    few = counts.filter(counts["number"] < fewer_than).select("iso_3166_2")
    found: dict[str, set[str]] = {}
    for row in mentioned.semi_join(few, "iso_3166_2").execute().itertuples():
        found.setdefault(row.iso_3166_2, set()).add(mention_id(source, row.iso_3166_2, row.place, int(row.report_id)))
    return {subject: frozenset(ids) for subject, ids in found.items()}


def well_checked(of: Standing, source: Source) -> frozenset[str]:
    """Subjects of which readers checked enough of the places that are believed under the rule that is set."""
    return _well_checked(of, source, places.rule(), verdicts_written(of))


@lru_cache(maxsize=8)
def _well_checked(of: Standing, source: Source, rule: Rule, _verdicts: int) -> frozenset[str]:
    said = None if of.verdicts is None else sayings(of.verdicts)
    if said is None or said.empty:
        return frozenset()  # the records need not be counted
    enough = places.shipped().enough_checked
    return review.well_checked(said, source, rule, enough, rare(of, source, rule, enough))


@lru_cache(maxsize=16)
def totals(of: Standing, source: Source) -> pd.Series:
    """Events by year that concern Russia; :func:`geo.events.reports.totals`, remembered."""
    return reports.totals(records(of, source))


@lru_cache(maxsize=64)
def scores(of: Standing, source: Source, rule: Rule, subject: str, country: str | None) -> pd.DataFrame:
    """Goldstein scores of a subject; :func:`geo.events.reports.scores`, remembered."""
    return reports.scores(believed(of, source, rule), subject, country)
