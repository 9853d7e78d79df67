"""The subject that the reader clicked on the map: its card and the way to its page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from geo import indicators, units
from geo.maps.drawings import Drawing, MapChoice
from ui import captions, map_widget, params
from ui.i18n import _, lang


def follow_map() -> bool:
    """Take over what the reader did on the map, before the controls are drawn; True when the years shall play."""
    params.take("region", ["", *units.subjects().index], "")
    answer = map_widget.answered() or {}
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
    """Name, value, rank, and the link to the page of the region."""
    code = selected()
    if code is None:
        return
    row = drawing.subjects.loc[code]
    unit = indicators.unit_of(choice.indicator, choice.per).of(lang())
    value = (
        captions.said_value(row["value"], row["status"], at_least=drawing.at_least)
        if row["in_scope"]
        else _("not a border subject")
    )
    rank = (
        _("rank {r} of {n}").format(r=row["rank"], n=drawing.ranked)
        if row["in_scope"] and row["rank"] == row["rank"]
        else ""
    )
    show(code, value, unit, (rank, captions.when(choice)))


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
