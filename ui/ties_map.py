"""Maps of ties on a page: both sides of a state border, and the partners of a subject."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo import units
from geo.maps.overlays import Layers
from geo.maps.tie_maps import REACH_KM, TieMap, border_map, subject_map
from geo.maps.views import View, alike, border_view, subjects_view
from geo.ties import Border, Ties
from ui import charts, map_widget, overlays, take_away
from ui.i18n import lang

HEIGHT: Final = 520


def border(one: Border, chosen: Ties, year: int) -> Layers:
    """Draw both sides of a border with the ties chosen, in the state of a year."""
    made = border_map(one, chosen, year, charts.look(), lang())
    _offer(made, border_view(one), chosen, year)
    with st.container(key="border"):
        map_widget.draw(made.told, height=HEIGHT)
    return made.layers


def subjects(shown: dict[str, Ties], year: int) -> dict[str, Layers]:
    """Draw the partners of one subject, or of two side by side on one scale.

    Parameters
    ----------
    shown
        Ties of each subject by its code.
    """
    views = alike([subjects_view([code], REACH_KM) for code in shown])
    drawn = {}
    places = st.columns(len(shown), gap="medium") if len(shown) > 1 else [st.container()]
    for number, (place, view, (code, chosen)) in enumerate(zip(places, views, shown.items(), strict=True)):
        made = subject_map(code, chosen, year, charts.look(), lang(), view)
        _offer(made, view, chosen, year)
        with place:
            map_widget.draw(made.told, height=HEIGHT, key=f"ties{number}")
        drawn[code] = made.layers
    return drawn


def _offer(made: TieMap, view: View, chosen: Ties, year: int) -> None:
    take_away.offer_ties(made, view, chosen, charts.look(), lambda: overlays.legend(made.layers), year)


def open_region() -> str | None:
    """Subject on which the reader clicked."""
    code = (map_widget.answered() or {}).get("id")
    return code if code in units.subjects().index else None
