"""Legend and ranking beside a map: the same HTML as in a file that is taken away."""

import streamlit as st

from geo.exports.legends import legend, ranking
from geo.maps.drawings import Drawing

__all__ = ["draw_ranking", "legend"]


def draw_ranking(drawing: Drawing) -> None:
    """Draw the highest and the lowest; nothing where no subject is ranked."""
    if said := ranking(drawing):
        st.html(said)
