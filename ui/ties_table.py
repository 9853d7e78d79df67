"""Ties as a table, each with its dates, its state and its sources; sorted, searched and brushed in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo import facts, ties, units
from geo.i18n import country_name
from geo.ties import Ties
from ui import take_away, timeline, years
from ui.i18n import _, lang

SCRIPT: Final = Path(__file__).parent / "assets" / "ties_table.js"
MOUNT: Final = st.components.v2.component(
    "limitrophe_ties_table",
    html='<div class="ties-table"></div>',
    js=SCRIPT.read_text(encoding="utf-8"),
    isolate_styles=False,
)


def rows(chosen: Ties) -> pd.DataFrame:
    """Ties in the words of the reader. Index: that of the ties."""
    frame = ties.in_language(chosen.frame, lang())
    return pd.DataFrame(
        {
            _("Subject"): frame["iso_3166_2"].map(lambda code: units.name(code, lang())),
            _("Kind"): frame["kind"].map(lambda kind: ties.kind_name(kind, lang())),
            _("Place in the subject"): frame["subject_place"],
            _("Country"): frame["country"].map(lambda code: country_name(code, lang()), na_action="ignore"),
            _("Partner"): frame["partner_place"].fillna(frame["name"]),
            _("Name"): frame["name"],
            _("Form"): frame["form"].map(lambda form: ties.form_name(form, lang()), na_action="ignore"),
            _("Opened"): frame["opened"],
            _("Closed"): frame["closed"],
            _("State"): [
                ties.status_name(status, lang(), kind)
                for status, kind in zip(frame["status"], frame["kind"], strict=True)
            ],
            _("State as of"): frame["status_year"],
            _("Sources"): frame["source"],
            _("Note"): frame["note"],
        },
        index=frame.index,
    ).sort_values([_("Subject"), _("Country"), _("Kind"), _("Opened")])


def draw(chosen: Ties, key: str, *, span: tuple[int, int] | None = None, charts: Sequence[str] = ()) -> None:
    """Draw heading, coverage statement and table.

    Parameters
    ----------
    chosen
        Of all years.
    key
        Begins the key of the element.
    span
        Years whose ties stand in the table, named in the heading; without them all do.
    charts
        Keys of the timelines that a reader may brush for other years.
    """
    table = rows(chosen)
    within = table if span is None else table.loc[table.index.isin(chosen.within(*span).frame.index)]
    take_away.offer_table(_("Ties"), lambda: _with_titles(within), lambda: _means(chosen))
    with st.container(key=f"{key}_rows"):
        MOUNT(key=f"{key}_table", data=_told(chosen, table, span, charts))


def _told(chosen: Ties, table: pd.DataFrame, span: tuple[int, int] | None, charts: Sequence[str]) -> dict[str, Any]:
    """What the script of the table is told."""
    shown = table.dropna(axis="columns", how="all") if len(table) else table
    frame = chosen.frame.loc[table.index]
    life, dated = chosen.lifetime.loc[table.index], chosen.dated.loc[table.index]
    whole = {_("Opened"), _("Closed"), _("State as of")}
    cells = shown.astype(object).where(shown.notna(), None)
    cells[_("Sources")] = shown[_("Sources")].str.split(";")
    return {
        "lang": lang(),
        "label": _("Ties"),
        "heading": _("Ties, {first}–{last}") if span else "",
        "span": span,
        "years": [years.FIRST, years.last()],
        "charts": [*charts],
        "axis": timeline.AXIS,
        "link": f"sources?lang={lang()}&source=",
        "columns": [{"title": name, "year": name in whole, "sources": name == _("Sources")} for name in shown.columns],
        "rows": [
            [own, [int(since), None if pd.isna(until) else int(until)], bool(known), status]
            for own, since, until, known, status in zip(
                cells.to_numpy().tolist(),
                life["since"],
                life["until"],
                dated,
                frame["status"],
                strict=True,
            )
        ],
        "sources": {one: _titles()[one] for ids in frame["source"] for one in ids.split(";")},
        "statuses": list(ties.STATUSES),
        "words": {
            "coverage": ties.coverage_words(chosen.snapshot, lang()),
            "search": _("Find in the table"),
            "found": _("{n} of {all}"),
            "more": _("Show all {n}"),
        },
    }


@cache
def _titles() -> dict[str, str]:
    return {str(one): str(title) for one, title in facts.sources()["title"].items()}


def _means(chosen: Ties) -> list[tuple[str, str]]:
    return [
        (_("What it shows."), ties.coverage_statement(chosen, lang()) if len(chosen) else ""),
        (_("Place in the subject"), _("town or point at which the tie begins")),
        (_("Partner"), _("town, point or body abroad")),
        (_("Form"), _("mode of a crossing, rank of a post, role in a body, field of a project")),
        (_("Opened"), _("year; empty where no source names one")),
        (_("Closed"), _("year; empty where the tie stands or no source names one")),
        (_("State as of"), _("year for which the state is reported")),
        (_("Note"), _("as the compilers wrote it")),
    ]


def _with_titles(table: pd.DataFrame) -> pd.DataFrame:
    """Titles of the sources instead of their ids, for files."""
    said = table[_("Sources")].map(lambda ids: "; ".join(dict.fromkeys(_titles()[one] for one in ids.split(";"))))
    return table.assign(**{_("Sources"): said}).reset_index(drop=True)
