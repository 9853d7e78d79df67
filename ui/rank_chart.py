"""Ranks with their intervals as a chart: no rank stands without what it is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import units
from geo.i18n import number
from geo.measures.standing import said_rank, share_above, tied_with
from geo.measures.uncertainty import RankUncertainty
from ui import cells, charts, html_table, theme
from ui.i18n import _, lang

ROW = 19
"""Height of a subject in pixels."""


def short_names(codes: pd.Index) -> list[str]:
    """Short names of subjects in the language of the reader."""
    return [str(name) for name in units.subjects()[f"name_short_{lang()}"].reindex(codes)]


def intervals(uncertain: RankUncertainty, reference: str, key: str) -> None:
    """Draw every subject as a dot at its rank on the line that holds 90 % of the draws.

    Parameters
    ----------
    reference
        Subject that the others are held against: those the draws do not tell from it stand on a light band.
    """
    found = uncertain.units
    look = theme.look()
    tied = tied_with(uncertain, reference)
    rows = list(range(len(found)))
    figure = go.Figure(layout=charts.layout())
    for colour, members in ((look.soft, found.index.difference(tied)), (look.accent, tied)):
        x: list[float | None] = []
        y: list[float | None] = []
        for place in found.index.get_indexer(members):
            x += [found["rank_low"].iloc[place], found["rank_high"].iloc[place], None]
            y += [place, place, None]
        line, name = {"color": colour, "width": 2}, _("ranks between which 90 % of the draws lie")
        figure.add_scatter(x=x, y=y, mode="lines", name=name, line=line, hoverinfo="skip")
    figure.add_scatter(
        x=found["rank"],
        y=rows,
        name=_("rank"),
        mode="markers",
        marker={
            "size": [12 if code == reference else 9 for code in found.index],
            "color": [look.accent if code == reference else look.ink for code in found.index],
            "line": {"color": look.paper, "width": 1.5},
            "opacity": 1,
        },
        unselected={"marker": {"opacity": 1}},
        customdata=list(zip(found.index, _hover(uncertain, reference), strict=True)),
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    figure.update_layout(
        shapes=[_band(first, last, look.accent) for first, last in runs(found.index.get_indexer(tied))],
        showlegend=False,
        hovermode="y",
        margin={"l": 4, "r": 6, "t": 4, "b": 4},
    )
    figure.update_xaxes(side="top", range=[0.2, len(found) + 0.8], dtick=10, tick0=0)
    figure.update_yaxes(
        range=[len(found) - 0.4, -0.6],
        tickvals=rows,
        ticktext=short_names(found.index),
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
    )
    title = _("Ranks and their intervals")
    charts.draw(figure, key, title=title, height=ROW * len(found) + 44, on_select=_open)


def _open(marked: list[Any]) -> None:
    """Callback: open the card of the subject that was clicked, or close it."""
    st.session_state["region"] = marked[0] if marked else ""


def _hover(uncertain: RankUncertainty, reference: str) -> Iterator[str]:
    found = uncertain.units
    against = share_above(uncertain, reference)
    for code, row in found.iterrows():
        told = [
            f"<b>{units.name(str(code), lang())}</b>",
            said_rank(row, len(found), lang()),
            _("score {score}, median rank {median}").format(
                score=number(row["score"], lang(), 3), median=int(row["rank_median"])
            ),
            _("among the first {top} in {share} % of draws").format(top=uncertain.top, share=round(100 * row["p_top"])),
        ]
        if code != reference:
            told.append(
                _("above {name} in {share} % of draws").format(
                    name=units.name(reference, lang()), share=round(100 * (1 - against[code]))
                )
            )
        yield "<br>".join(told)


def runs(places: Collection[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbouring rows."""
    first = last = None
    for place in sorted(places):
        if last is not None and place == last + 1:
            last = place
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = place
    if first is not None and last is not None:
        yield first, last


def _band(first: int, last: int, colour: str) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": first - 0.5,
        "y1": last + 0.5,
        "fillcolor": colour,
        "opacity": 0.1,
        "line": {"width": 0},
        "layer": "below",
    }


def said(uncertain: RankUncertainty, reference: str) -> str:
    """What the chart says, in words."""
    tied = len(tied_with(uncertain, reference)) - 1
    name = units.name(reference, lang())
    return _(
        "Dot: rank under the recipe. Line: ranks in 90 % of {draws} draws (seed {seed}). On the band with {name}: "
        "those that the draws do not tell from it ({n}), as neither stands above the other in more than 95 % of them."
    ).format(draws=number(uncertain.draws, lang()), seed=uncertain.seed, n=tied, name=name)


def table(uncertain: RankUncertainty, key: str) -> None:
    """The chart as a table."""
    found = uncertain.units
    rows = [
        (
            cells.subject(code),
            int(row["rank"]),
            cells.span(int(row["rank_low"]), int(row["rank_high"]), _span(row)),
            cells.figure(row["rank_median"], 0),
            cells.per_cent(row["p_top"]),
            cells.figure(row["score"], 3),
        )
        for code, row in found.iterrows()
    ]
    heads = [
        _("Subject"),
        (_("Rank"), _("place under the recipe; 1 is the highest")),
        (_("5–95 % of draws"), _("ranks between which 90 % of the draws lie")),
        (_("Median rank"), _("rank that half of the draws do not exceed")),
        (_("Among the first {top}").format(top=uncertain.top), _("share of the draws, from 0 to 1")),
        (_("Score"), _("score under the recipe")),
    ]
    html_table.folded(_("The ranking as a table"), key, heads, rows)


def with_interval(rank: float, low: float, high: float) -> cells.Parts:
    """Rank with its interval in one cell."""
    ends = str(int(low)) if low == high else f"{int(low)}–{int(high)}"
    parts = {_("rank"): int(rank), _("from"): int(low), _("to"): int(high)}
    return cells.Parts(f"{int(rank)} ({ends})", parts)


def _span(row: pd.Series) -> str:
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return str(low) if low == high else f"{low}–{high}"
