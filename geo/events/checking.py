"""The check of places for one subject of a store: how many mentions there are, how good they are, a sample to mark."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from geo.events import guard, opened, precision, reports, review
from geo.events.places import Rule, judge
from geo.events.precision import Quality
from geo.events.schema import Source
from geo.events.standing import Standing


@lru_cache(maxsize=64)
def mentions(of: Standing, source: Source, subject: str) -> pd.DataFrame:
    """Places of a subject with the number of their mentions; :func:`geo.events.reports.sizes`, remembered."""
    return reports.sizes(reports.mentions(opened.records(of, source), subject))


def kept_and_dropped(of: Standing, source: Source, rule: Rule, subject: str) -> tuple[int, int]:
    """Count the mentions of a subject that a rule keeps, and those that it drops."""
    judged = judge(mentions(of, source, subject), rule)
    whole, kept = int(judged["mentions"].sum()), int(judged.loc[judged["kept"], "mentions"].sum())
    return kept, whole - kept


def checked(of: Standing, source: Source, rule: Rule, subject: str) -> pd.DataFrame:
    """Verdicts of readers on places of a subject in one data set; a database without a folder has none."""
    if of.verdicts is None:
        return pd.DataFrame({"kept": [], "verdict": []})
    return review.checked(review.sayings(of.verdicts), source, rule, subject)


def quality(of: Standing, source: Source, rule: Rule, subject: str) -> Quality:
    """Precision and recall of a rule for a subject in one data set, from what readers said of that data set."""
    found = checked(of, source, rule, subject)
    if found.empty:
        return precision.quality(found)  # the mentions need not be counted where none is checked
    return precision.quality(found, *kept_and_dropped(of, source, rule, subject))


def precision_alone(of: Standing, source: Source, rule: Rule, subject: str) -> Quality:
    """Precision of a rule without its recall, for which the records would have to be counted."""
    return precision.quality(checked(of, source, rule, subject))


def sample(of: Standing, source: Source, rule: Rule, subject: str, each: int, seed: int) -> pd.DataFrame:
    """Draw mentions to be marked, see :func:`geo.events.reports.sample`, with the id of each in ``mention``."""
    mentioned = reports.mentions(opened.records(of, source), subject)
    believed = guard.believed(mentioned, mentions(of, source, subject), rule)
    drawn = reports.sample(mentioned, believed, each, seed)
    ids = [
        review.mention_id(source, row["iso_3166_2"], row["place"], int(row["report_id"]))
        for row in drawn.to_dict("records")
    ]
    return drawn.assign(mention=ids)
