"""Legal milestones: acts that enabled or restricted the external relations of subjects, and whom they concern."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from geo import facts, units
from geo.i18n import Language, country_name

FAR_EAST = "Far Eastern Federal District"
"""Federal district meant where the table says "Far East"; its words on Eastern Siberia and Baikal name no subjects."""


def milestones(subjects: Collection[str] | None = None, country: str | None = None) -> pd.DataFrame:
    """Acts in scope, oldest first.

    Parameters
    ----------
    subjects
        Keep acts that concern at least one of these subjects; ``None`` keeps all.
    country
        Leave out acts whose title names other neighbours only: an act on traffic with Poland says nothing of the
        border with Lithuania, although both concern Kaliningrad.

    Returns
    -------
    DataFrame with the columns of ``data/tables/legal_timeline.csv``; ``effect`` is ``enabling``, ``restricting`` or
    ``mixed``.
    """
    acts = facts.table("legal_timeline")
    keep = pd.Series(True, index=acts.index)
    if subjects is not None:
        wanted = set(subjects)
        concerned = [_concerned(*row) for row in acts[["scope", "subjects"]].itertuples(index=False, name=None)]
        keep &= pd.Series([not wanted.isdisjoint(codes) for codes in concerned], index=acts.index)
    if country is not None:
        named = acts["title"].map(_countries_named)
        keep &= named.map(lambda codes: not codes or country in codes)
    return acts[keep].sort_values("date", ignore_index=True)


def acts_in_language(acts: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Acts with their titles and summaries in one language.

    Parameters
    ----------
    acts
        As :func:`milestones` gives them: in English, so that one frame serves both languages.
    """
    if lang == "en":
        return acts
    said = {
        column: acts[column].map(lambda text, of=of: facts.name_in(lang, of, text), na_action="ignore")
        for column, of in (("title", "act"), ("summary", "act_summary"))
    }
    return acts.assign(**said)


def _concerned(scope: str, listed: object) -> set[str]:
    """Subjects that an act concerns."""
    if scope == "listed":
        return set(str(listed).split(";"))
    if scope in ("all", "border"):
        return set(units.scope("all" if scope == "all" else "border"))
    frame = units.subjects()
    inside = (frame["federal_district_en"] == FAR_EAST) & (frame["border"] | ("border" not in scope))
    return set(frame.index[inside])


def _countries_named(title: str) -> set[str]:
    neighbours = {*units.land_neighbours(), *units.sea_neighbours()}
    return {country for country in neighbours if country_name(country, "en") in title}
