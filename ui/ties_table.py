"""Ties as a table, each with its dates, its state and its sources."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from geo import facts, ties, units
from geo.i18n import country_name
from geo.ties import Ties
from ui import take_away
from ui.i18n import _, lang


def rows(chosen: Ties) -> pd.DataFrame:
    """Ties in the words of the reader; names of places stay as the sources write them."""
    frame, titles = chosen.frame, facts.sources()["title"]
    name = frame["name_ru"].fillna(frame["name"]) if lang() == "ru" else frame["name"]
    return pd.DataFrame(
        {
            _("Subject"): frame["iso_3166_2"].map(lambda code: units.name(code, lang())),
            _("Kind"): frame["kind"].map(lambda kind: ties.kind_name(kind, lang())),
            _("Place in the subject"): frame["subject_place"],
            _("Country"): frame["country"].map(lambda code: country_name(code, lang()), na_action="ignore"),
            _("Partner"): frame["partner_place"].fillna(name),
            _("Name"): name,
            _("Form"): frame["form"].map(lambda form: ties.form_name(form, lang()), na_action="ignore"),
            _("Opened"): frame["opened"],
            _("Closed"): frame["closed"],
            _("State"): [
                ties.status_name(status, lang(), kind)
                for status, kind in zip(frame["status"], frame["kind"], strict=True)
            ],
            _("State as of"): frame["status_year"],
            _("Sources"): frame["source"].map(
                lambda ids: "; ".join(dict.fromkeys(str(titles[one]) for one in ids.split(";")))
            ),
            _("First source"): [f"sources?lang={lang()}&source={ids.split(';')[0]}" for ids in frame["source"]],
            _("Note"): frame["note"],
        }
    ).sort_values([_("Subject"), _("Country"), _("Kind"), _("Opened")], ignore_index=True)


def draw(chosen: Ties, key: str, span: tuple[int, int] | None = None, *, height: int = 380) -> None:
    """Draw heading, coverage statement and table.

    Parameters
    ----------
    key
        Begins the keys of the elements.
    span
        First and last year, for the heading; without them there is none.
    """
    said = _("Ties, {first}–{last}").format(first=span[0], last=span[1]) if span else ""
    heading = f"<h2>{escape(said)}</h2>" if said else ""
    st.html(f'{heading}<p class="caption">{escape(ties.coverage_statement(chosen, lang()))}</p>')
    if not len(chosen):
        return
    table = rows(chosen)
    take_away.offer_table(_("Ties"), lambda: table.drop(columns=_("First source")))
    year = st.column_config.NumberColumn(format="%d", width="small")
    st.dataframe(
        _filled(table.dropna(axis="columns", how="all")),
        key=f"{key}_rows",
        hide_index=True,
        placeholder="",
        width="stretch",
        height=min(height, 38 + 35 * len(table)),
        column_config={
            _("Opened"): year,
            _("Closed"): year,
            _("State as of"): year,
            _("First source"): st.column_config.LinkColumn(display_text=_("to the source"), width="small"),
        },
    )


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Empty texts instead of the word None; numbers that are missing stay so."""
    texts = table.select_dtypes(["object", "str"]).columns
    return table.fillna(dict.fromkeys(texts, ""))
