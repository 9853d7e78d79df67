"""The span of years of a page: a slider, and the brush on its timeline."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo import ties
from geo.maps.addresses import FIRST_YEAR
from ui import params
from ui.i18n import _

FIRST: Final = FIRST_YEAR
"""Older ties count as opened before."""


def last() -> int:
    """Year of the newest list."""
    return ties.load().snapshot


def defaults() -> dict[str, str | None]:
    """Parameters of the address and their defaults."""
    return {"from": str(FIRST), "to": str(last())}


def span() -> tuple[int, int]:
    """First and last year chosen, as the address says them."""
    known = [str(year) for year in range(FIRST, last() + 1)]
    ends = sorted(int(params.take(name, known, str(default))) for name, default in defaults().items())
    return ends[0], ends[1]


def choose(first: int, until: int) -> None:
    """Take a span over, cut to the years there are; from a callback."""
    low, high = (min(max(year, FIRST), last()) for year in sorted((first, until)))
    st.session_state["from"], st.session_state["to"] = str(low), str(high)
    params.touch()


def slider() -> tuple[int, int]:
    """Draw the slider."""
    chosen = span()
    if st.session_state.get("years") != chosen:
        st.session_state["years"] = chosen
    st.slider(_("Years"), FIRST, last(), key="years", on_change=lambda: choose(*st.session_state["years"]))
    return chosen
