"""The interactive map on a page: sends colours, hands back what was clicked."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from geo.maps.layers import Painting, base_map, stamped
from geo.maps.painting import change
from ui import params

MANIFEST = Path(__file__).resolve().parents[1] / "static" / "manifest.json"
KEY = "map"


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


def repaint(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Paint the map that stands on the page before the page is drawn anew.

    For a control in a fragment of its own: the browser then waits for the answer of that fragment alone. The map
    reads what to paint from the document of the page (``heed`` in its script), and asks for the rest of the page
    as soon as its colours are on the screen.

    Parameters
    ----------
    before, after
        Payloads: of the last full run, and of what is chosen now.
    """
    told = json.dumps(stamped(change(before, after)), ensure_ascii=False, separators=(",", ":"))
    st.html(f'<data class="repaint" value="{escape(told)}"></data>')
