"""The interactive map on a page: sends colours, hands back what was clicked."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st
from streamlit_folium import st_folium

from geo.maps.layers import Painting, base_map, stamped
from geo.maps.painting import change
from ui import params

MANIFEST = Path(__file__).resolve().parents[1] / "static" / "manifest.json"
KEY = "map"
Choice = TypeVar("Choice")


def manifest() -> dict[str, str]:
    """Names of the published files; read anew when `python -m geo publish` has run beside the server."""
    return _read_manifest(MANIFEST.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_manifest(_written: int) -> dict[str, str]:
    return dict(json.loads(MANIFEST.read_text(encoding="utf-8")))


def answered(key: str = KEY) -> dict[str, Any] | None:
    """What the reader last did on the map: ``{"id": "RU-MUR"}`` or ``{"year": 2010}``; told once only."""
    value = st.session_state.get(key) or {}
    drawing = value.get("last_active_drawing") if isinstance(value, dict) else None
    answer = (drawing or {}).get("properties")
    if not isinstance(answer, dict) or answer == st.session_state.get(f"_answered_{key}"):
        return None
    st.session_state[f"_answered_{key}"] = answer
    return answer


def draw(payload: dict[str, Any], height: int = 600, key: str = KEY) -> None:
    """Draw the map, or repaint the one that stands.

    Parameters
    ----------
    payload
        Of :func:`geo.maps.painting.payload`.
    height
        In pixels, where the style sheet of the page does not say otherwise.
    key
        Of the component; a second map on a page needs its own, without underscores.
    """
    with st.container(key=f"{key}_frame"):
        st_folium(
            base_map(manifest()),
            key=key,
            height=height,
            use_container_width=True,
            feature_group_to_add=Painting(payload),
            returned_objects=["last_active_drawing"],
            on_change=params.touch,
            render=False,  # it renders once in any case; this spares the second time
        )


def follower(
    told: Callable[[Choice], dict[str, Any]], drawn: Choice, payload: dict[str, Any], key: str = KEY
) -> Callable[[Choice], None]:
    """Make what repaints a standing map when it is given another choice, before the page is drawn anew.

    For fragments: the browser then waits for the answer of one fragment alone. The map reads what to paint from the
    document of the page (``heed`` in its script), and asks for the rest of the page as soon as its colours are on
    the screen.

    Parameters
    ----------
    told
        Payload of a choice.
    drawn, payload
        What this run draws.
    key
        Of the map.
    """
    painted, before = drawn, payload

    def follow(now: Choice) -> None:
        nonlocal painted, before
        if now == painted:
            return
        after = told(now)
        text = json.dumps(stamped(change(before, after)), ensure_ascii=False, separators=(",", ":"))
        st.html(f'<data class="repaint" data-map="{escape(key)}" value="{escape(text)}"></data>')
        painted, before = now, after

    return follow
