"""What the map says of a tie: its state in a year, its lifetime, and the words of its hover card."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pandas as pd

from geo import facts, units
from geo.i18n import Language, country_name, translator
from geo.maps.gathering import Row, join_names, said
from geo.maps.symbols import LINES, POINTS
from geo.ties import Ties, form_name, in_language, status_name

Span = tuple[int, int]
"""First and last year."""

STATUSES: Final = ("active", "suspended", "ended", "unknown")
"""States in which a tie is drawn."""

MOST_TOLD: Final = 7
"""Names in a hover card before "and n more"."""

_COLUMNS = [
    *("kind", "iso_3166_2", "country", "subject_place", "subject_lat", "subject_lon", "partner_place", "partner_lat"),
    *("partner_lon", "name", "group_id", "form", "opened", "closed", "status_year", "listed_to"),
]


def standing(ties: Ties, year: int) -> pd.Series:
    """State of each tie at the end of a year as the map shows it.

    As :meth:`geo.ties.Ties.state`, but in the year of the newest list a tie of which nothing newer is known is
    ``unknown``, not active.
    """
    state = ties.state(year)
    silent = (ties.frame["status"] == "unknown") & (year >= ties.snapshot)
    return state.mask((state == "active") & silent, "unknown")


def described(ties: Ties, span: Span, lang: Language) -> list[Row]:
    """Ties with their lifetime, the state they are drawn in, whether they are, and the words of their hover card."""
    frame = in_language(ties.frame, lang)[_COLUMNS].assign(state=standing(ties, span[1]), **ties.lifetime)
    within = ((frame["since"] <= span[1]) & ~(frame["until"] < span[0]).fillna(False)).tolist()
    rows = _records(frame)
    for row, inside in zip(rows, within, strict=True):
        row |= {"shown": inside and row["state"] in STATUSES, "title": _title(row, lang), "told": told(row, lang)}
    return rows


def _title(row: Row, lang: Language) -> str:
    if said(row["name"]):
        return str(row["name"])
    ours = row["subject_place"] if said(row["subject_place"]) else units.name(row["iso_3166_2"], lang)
    if row["kind"] == "consulate":
        return f"{ours}: {country_name(row['country'], lang)}"
    theirs = row["partner_place"] if said(row["partner_place"]) else country_name(row["country"], lang)
    return join_names(str(ours), str(theirs))


def told(row: Row, lang: Language) -> str:
    """Form, state and years of a tie, as far as they are known."""
    kind = row["kind"]
    form = form_name(row["form"], lang) if kind in POINTS and said(row["form"]) else ""
    state = "" if row["state"] == "unknown" and kind in LINES else status_name(row["state"], lang, kind)
    return " · ".join(part for part in (form, state, said_years(row, lang)) if part)


def said_years(row: Row, lang: Language) -> str:
    """Years of a tie in words: since when, until when, or the year for which its state is reported."""
    _ = translator(lang)
    opened, closed, reported = row["opened"], row["closed"], row["status_year"]
    if said(opened) and said(closed):
        return f"{opened}–{closed}"
    if said(opened):
        return _("since {year}").format(year=opened)
    if said(closed):
        return _("until {year}").format(year=closed)
    if said(reported):
        return _("as of {year}").format(year=reported)
    listed = row["listed_to"]
    return _("as listed in {year}").format(year=str(listed)[:4]) if said(listed) else ""


def marked(codes: Collection[str], lang: Language) -> list[Row]:
    """Capitals of subjects and countries, as rows that are drawn in every year."""
    subjects = units.subjects().rename(columns={"capital_lat": "lat", "capital_lon": "lon"})
    subjects = subjects.rename(columns={f"capital_{lang}": "title"})[["title", "lat", "lon"]]
    states = facts.table("capitals").set_index("country").rename(columns={f"name_{lang}": "title"})
    found = pd.concat([subjects, states[["title", "lat", "lon"]]])
    return [
        {"kind": "capital", "form": None, "state": "active", "shown": True, "since": 0, "until": None, "country": None}
        | {"subject_lat": row.lat, "subject_lon": row.lon, "title": str(row.title)}
        | {"told": units.name(str(row.Index), lang)}
        for row in found.loc[[code for code in codes if code in found.index]].dropna().itertuples()
    ]


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
