"""Maps of ties on a page: both sides of a state border, and the partners of a subject."""

from __future__ import annotations

from collections.abc import Callable
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
Span = tuple[int, int]
"""First and last year."""


def border(one: Border, of_kind: Ties, span: Span) -> tuple[Layers, Callable[[Span], None]]:
    """Draw both sides of a border with the ties of a span of years, in the state of its last.

    Returns
    -------
    tuple
        What is drawn, and what repaints the map for another span.
    """

    def made(span: Span) -> TieMap:
        return border_map(one, of_kind.within(*span), span[1], charts.look(), lang())

    drawn = made(span)
    _offer(drawn, border_view(one), of_kind.within(*span), span[1])
    with st.container(key="border"):
        map_widget.draw(drawn.told, height=HEIGHT)
    return drawn.layers, map_widget.follower(lambda now: made(now).told, span, drawn.told)


def subjects(of_kind: dict[str, Ties], span: Span) -> tuple[dict[str, Layers], Callable[[Span], None]]:
    """Draw the partners of one subject, or of two side by side on one scale.

    Parameters
    ----------
    of_kind
        Ties of each subject by its code, of all years.

    Returns
    -------
    tuple
        What is drawn of each subject, and what repaints the maps for another span of years.
    """
    views = alike([subjects_view([code], REACH_KM) for code in of_kind])
    drawn, followers = {}, []
    places = st.columns(len(of_kind), gap="medium") if len(of_kind) > 1 else [st.container()]
    for number, (place, view, (code, found)) in enumerate(zip(places, views, of_kind.items(), strict=True)):

        def made(span: Span, code: str = code, found: Ties = found, view: View = view) -> TieMap:
            return subject_map(code, found.within(*span), span[1], charts.look(), lang(), view)

        one, key = made(span), f"ties{number}"
        _offer(one, view, found.within(*span), span[1])
        with place:
            map_widget.draw(one.told, height=HEIGHT, key=key)
        followers.append(map_widget.follower(lambda now, made=made: made(now).told, span, one.told, key))
        drawn[code] = one.layers

    def follow(now: Span) -> None:
        for one in followers:
            one(now)

    return drawn, follow


def _offer(made: TieMap, view: View, chosen: Ties, year: int) -> None:
    take_away.offer_ties(made, view, chosen, charts.look(), lambda: overlays.legend(made.layers), year)


def open_region() -> str | None:
    """Subject on which the reader clicked."""
    code = (map_widget.answered() or {}).get("id")
    return code if code in units.subjects().index else None
