"""The subject that the reader clicked on the map: its card and the way to its page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from geo import indicators, units
from geo.maps.drawings import Drawing, MapChoice
from ui import captions, map_widget, params
from ui.i18n import _, lang
from ui.region_facts import said


def follow_map() -> bool:
    """Take over what the reader did on the map, before the controls are drawn; True when the years shall play."""
    return follow(map_widget.answered() or {})


def follow(answer: dict[str, Any]) -> bool:
    """Take over what the map answered; as :func:`follow_map`."""
    params.take("region", ["", *units.subjects().index], "")
    if answer.get("id") in units.subjects().index:
        st.session_state["region"] = answer["id"]
    if "year" in answer:
        st.session_state["year"] = str(answer["year"])
    if answer.get("play"):
        st.session_state["limits"] = "all"
    return bool(answer.get("play"))


def selected() -> str | None:
    """Code of the subject whose card is open."""
    return st.session_state.get("region") or None


def card(choice: MapChoice, drawing: Drawing) -> None:
    """Name, value, rank, year of the value, and the link to the page of the region."""
    code = selected()
    if code is None:
        return
    row = drawing.subjects.loc[code]
    one = choice.indicator
    answers = one.kind == "yes_no"
    unit = "" if answers else indicators.unit_of(one, choice.per).of(lang())
    value = (
        said(one, row["value"], row["status"], not row["unchecked"]) if row["in_scope"] else _("not a border subject")
    )
    ranked = row["in_scope"] and not answers and not pd.isna(row["rank"])
    rank = _("rank {r} of {n}").format(r=row["rank"], n=drawing.ranked) if ranked else ""
    show(code, value, unit, (rank, _when(choice, row)))


def _when(choice: MapChoice, row: pd.Series) -> str:
    """Year of the value of a subject, which is not that of the map where the nearest year stands in."""
    used = row["year_used"]
    if not row["in_scope"] or pd.isna(used) or used == choice.year:
        return captions.when(choice)
    return str(used)


def show(code: str, value: str, unit: str, notes: Iterable[str]) -> None:
    """Card of a subject with the way to its page, and a button that closes it.

    Parameters
    ----------
    notes
        Said in small type below the value; empty ones are left out.
    """
    with st.container(key="place"):
        st.html(
            f'<div class="place" role="status"><h2>{escape(units.name(code, lang()))}</h2>'
            f'<p><b>{escape(value)}</b> <span class="soft">{escape(unit)}</span></p>'
            f'<p class="soft">{escape(" · ".join(note for note in notes if note))}</p></div>'
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/region.py",
                label=_("Open region"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={"region": code, "lang": lang()},
            )
            st.button(_("Close"), key="close_place", type="tertiary", on_click=_close)


def _close() -> None:
    st.session_state["region"] = ""
    params.touch()
