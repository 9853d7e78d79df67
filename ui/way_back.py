"""The way back to a slide: a presenter who departed to a page of the atlas returns to where the talk stood."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from geo.errors import ArgumentError
from geo.stories import story
from ui import params
from ui.i18n import _, lang

_PRESENTED = "_presented"
"""Slides were on the screen until now: who departs wants what the slide shows, not what an earlier visit left."""


class Place(NamedTuple):
    """A slide of a story, counted from 1."""

    story: str
    slide: int


def read(text: str) -> Place | None:
    """Read ``barents.4``; the empty text is no place.

    Raises
    ------
    ArgumentError
        For anything else.
    """
    if not text:
        return None
    name, _dot, number = text.rpartition(".")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= len(story(name).slides)):
        raise ArgumentError(f"{text!r} is no slide; write story.number")
    return Place(name, int(number))


def presented() -> None:
    """Mark that slides are on the screen."""
    st.session_state[_PRESENTED] = True


def draw() -> None:
    """Offer the way back where the address names a slide; it stays on further pages until it is gone."""
    if st.session_state.pop(_PRESENTED, False) and "back" in st.query_params:
        params.only_address()
    place = read(params.take("back", params.Readable(read), "", sticky=True))
    if place is None:
        return
    with st.container(key="way_back"):
        st.page_link(
            "pages/seminar.py",
            label=_("Back to slide {n}: {story}").format(n=place.slide, story=story(place.story).title.of(lang())),
            icon=":material/arrow_back:",
            query_params={"story": place.story, "slide": str(place.slide), "lang": lang()},
        )


def keep() -> None:
    """Leave it in the address of the page; last thing in a run."""
    params.write({"back": ""})
