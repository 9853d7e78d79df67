"""Maps of ties on a page: both sides of a state border, and the partners of a subject."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo import units
from geo.maps.describing import Span
from geo.maps.overlays import Layers
from geo.maps.tie_maps import REACH_KM, TieMap, border_map, subject_map
from geo.maps.views import View, alike, border_view, subjects_view
from geo.ties import Border, Ties
from ui import map_widget, overlays, take_away, theme, years
from ui.i18n import lang

HEIGHT: Final = 520


def border(one: Border, of_kind: Ties, span: Span) -> Layers:
    """Draw both sides of a border with the ties of a span of years, in the state of its last; a brush narrows them."""
    drawn = border_map(one, of_kind, span, theme.look(), lang(), brush_from=years.FIRST)
    _offer(drawn, border_view(one), of_kind.within(*span), span[1])
    with st.container(key="border"):
        map_widget.draw(drawn.told, height=HEIGHT)
    return drawn.layers


def subjects(of_kind: dict[str, Ties], span: Span) -> dict[str, Layers]:
    """Draw the partners of one subject, or of two side by side on one scale.

    Parameters
    ----------
    of_kind
        Ties of each subject by its code, of all years.
    """
    views = alike([subjects_view([code], REACH_KM) for code in of_kind])
    drawn = {}
    places = st.columns(len(of_kind), gap="medium") if len(of_kind) > 1 else [st.container()]
    for number, (place, view, (code, found)) in enumerate(zip(places, views, of_kind.items(), strict=True)):
        one = subject_map(code, found, span, theme.look(), lang(), view, brush_from=years.FIRST)
        _offer(one, view, found.within(*span), span[1])
        with place:
            map_widget.draw(one.told, height=HEIGHT, key=f"ties{number}")
        drawn[code] = one.layers
    return drawn


def _offer(made: TieMap, view: View, chosen: Ties, year: int) -> None:
    take_away.offer_ties(made, view, chosen, theme.look(), lambda: overlays.legend(made.layers), year)


def open_region() -> str | None:
    """Subject on which the reader clicked."""
    code = (map_widget.answered() or {}).get("id")
    return code if code in units.subjects().index else None
