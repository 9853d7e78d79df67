"""The look that Streamlit's own theme cannot say: header, rhythm, type of captions and tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st

from geo.maps.themes import DARK, LIGHT, Theme

Mode = Literal["light", "dark"]


@cache
def _sheet() -> str:
    css = (Path(__file__).parent / "theme.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"


def mode() -> Mode:
    """Whether this reader sees the light or the dark ground."""
    return "dark" if st.context.theme.type == "dark" else "light"


def look() -> Theme:
    """Colours of the mode that this reader sees."""
    return DARK if mode() == "dark" else LIGHT


def apply() -> None:
    """Write the style sheet of the pages."""
    st.html(_sheet())
