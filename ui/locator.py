"""Where a subject lies: a small map with the foreign regions that it touches."""

from __future__ import annotations

import streamlit as st

from geo import ties, units
from geo.maps.overlays import Layers
from geo.maps.painting import locator
from geo.maps.tie_maps import TieMap
from geo.maps.views import subjects_view
from ui import map_widget, take_away, theme
from ui.i18n import _, lang

MARGIN_KM = 260.0


def follow_map() -> None:
    """Let a click on another subject open its page."""
    answer = map_widget.answered() or {}
    if answer.get("id") in units.subjects().index:
        st.session_state["region"] = answer["id"]


def draw(code: str, other: str | None) -> None:
    """Draw one subject, and a second one in another colour."""
    roles = {code: _("this region")}
    if other and other != code:
        roles[other] = _("compared with")
    look = theme.look()
    touched = units.neighbours(code)["partner_iso_3166_2"]
    view = subjects_view(roles, MARGIN_KM)
    told = locator(roles, list(touched), view, look, lang())
    take_away.offer_ties(TieMap(told, Layers({})), view, ties.load().where(subject=[]), look, str)
    with st.container(key="locator"):
        map_widget.draw(told, height=430)
