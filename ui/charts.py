"""The look of charts: plotly on our paper, in our ink and type, and nothing round it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from ui import params, take_away, theme
from ui.i18n import _, lang

FONT: Final = "'Noto Sans', 'PT Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
CONFIG: Final = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "showTips": False}
SEPARATORS: Final = {"en": ".,", "ru": ",\N{NO-BREAK SPACE}"}


def layout(**more: Any) -> go.Layout:
    """Layout of every chart: transparent paper, ink, our type, quiet axes, figures as the language writes them.

    Parameters
    ----------
    more
        Properties of plotly's layout that this chart adds, or has otherwise.
    """
    colours = theme.look()
    axis = {
        "gridcolor": colours.line,
        "linecolor": colours.line,
        "zeroline": False,
        "tickfont": {"color": colours.soft},
        "title": {"font": {"color": colours.soft, "size": 13}},
        "automargin": True,
        "fixedrange": True,
    }
    ours = go.Layout(
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 13, "color": colours.ink},
        hoverlabel={
            "bgcolor": colours.card,
            "bordercolor": colours.line,
            "font": {"family": FONT, "size": 13, "color": colours.ink},
        },
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"color": colours.ink}},
        separators=SEPARATORS[lang()],
        xaxis=axis,
        yaxis=axis,
        dragmode=False,
        barcornerradius=2,
    )
    ours.update(more)
    return ours


def draw(
    figure: go.Figure,
    key: str,
    *,
    title: str = "",
    height: int | None = None,
    on_select: Callable[[list[Any]], None] | None = None,
) -> None:
    """Draw a chart in our look, and offer it to those who take things away.

    Parameters
    ----------
    key
        Key of the element, also its class in the page: ``.st-key-<key>``.
    title
        That it bears when it is taken away.
    on_select
        Called when the reader clicks a mark, with the ``customdata`` of that mark, or with an empty list when the
        selection is given up; it runs before the page does, so it may set the state of widgets.
    """
    if height is not None:
        figure.update_layout(height=height)
    if title:
        take_away.offer_chart(figure, title)
    if on_select is None:
        st.plotly_chart(figure, key=key, theme=None, config=CONFIG, width="stretch")
        return

    def told() -> None:
        params.touch()
        points = st.session_state[key].selection.points
        on_select(_codes(points[0].get("customdata")) if points else [])

    figure.update_layout(clickmode="event+select")
    st.plotly_chart(
        figure, key=key, theme=None, config=CONFIG, width="stretch", selection_mode="points", on_select=told
    )


def _codes(customdata: Any) -> list[Any]:
    """Custom data of one mark: plotly sends a list, or the same as an object with numbered keys."""
    if isinstance(customdata, dict):
        return list(customdata.values())
    return list(customdata) if isinstance(customdata, list | tuple) else [customdata]


def twin(sentence: str) -> None:
    """Say under a chart in words what it shows: for those who do not see it, and for the file taken away."""
    take_away.tell(sentence)
    st.html(f'<p class="caption" role="note">{sentence}</p>')


def nothing() -> None:
    """Say that no tie answers the choice made, where a chart would stand."""
    st.info(_("Nothing in the tables answers this choice."))
