"""What happened when: ties opened and ended by year, and the legal acts that enabled or restricted them."""

from __future__ import annotations

from html import escape
from typing import Any, Final
from urllib.parse import quote

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from geo import ties, units
from geo.maps.palettes import palette
from geo.ties import Ties
from geo.ties.milestones import acts_in_language
from ui import charts, html_table, take_away, theme, years
from ui.i18n import _, lang

HEIGHT: Final = 290
AXIS: Final = (years.FIRST - 0.6, years.last() + 0.6)
"""Ends of the axis of years."""
SHAPES: Final = {"enabling": "triangle-up", "restricting": "triangle-down", "mixed": "diamond"}


def draw(chosen: Ties, milestones: pd.DataFrame, span: tuple[int, int], key: str, *, most: int | None = None) -> None:
    """Draw the timeline; dragging over it chooses years.

    Parameters
    ----------
    milestones
        As :func:`geo.ties.milestones` gives them.
    span
        Years that are shaded.
    key
        Of the chart; :func:`ui.ties_table.draw` is told it, so that a brush is answered in the browser.
    most
        Height of the scale of ties, where several timelines are to be compared.
    """
    drawn = figure(chosen, milestones, span, most)
    take_away.offer_chart(drawn, _("What happened when"))
    st.plotly_chart(
        drawn,
        key=key,
        theme=None,
        config=charts.CONFIG,
        width="stretch",
        selection_mode="box",
        on_select=lambda: _brushed(key),
    )
    charts.twin(escape(twin(chosen, milestones)))


def tallest(chosen: Ties) -> int:
    """Most ties opened, or lost, in one year of the timeline."""
    counts = _counts(chosen)
    return int(max(counts["opened"].max(), (counts["ended"] + counts["suspended"]).max(), 1))


def figure(chosen: Ties, milestones: pd.DataFrame, span: tuple[int, int], most: int | None = None) -> go.Figure:
    """Bars up for ties opened, down for those ended and suspended; acts above them."""
    look, counts = theme.look(), _counts(chosen)
    top = most or tallest(chosen)
    tone = palette("teal", 5, look)[3]
    first, last = years.FIRST, years.last()
    ticks = _ticks(top)
    zero = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": look.soft, "width": 1},
    }
    chosen_years = {
        **{"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": span[0] - 0.5, "x1": span[1] + 0.5},
        **{"fillcolor": look.accent, "opacity": 0.1, "line": {"width": 0}, "layer": "below"},
    }
    return go.Figure(
        [
            _bars(counts["opened"], _("opened"), tone, 1),
            _bars(counts["ended"], _("ended"), look.soft, -1),
            _bars(counts["suspended"], _("suspended"), look.accent, -1),
            *(_acts(milestones, effect, 1.28 * top) for effect in SHAPES),
        ],
        charts.layout(
            height=HEIGHT,
            barmode="relative",
            dragmode="select",
            selectdirection="h",
            hovermode="closest",
            xaxis={"range": AXIS, "dtick": 5, "tick0": 1995},
            yaxis={
                "range": [-1.12 * top, 1.5 * top],
                "tickvals": ticks,
                "ticktext": [str(abs(tick)) for tick in ticks],
                "title": {"text": _("ties a year")},
            },
            shapes=[zero] if span == (first, last) else [zero, chosen_years],
        ),
    )


def twin(chosen: Ties, milestones: pd.DataFrame) -> str:
    """Say what the timeline shows: totals, the years of most change, what has no year."""
    counts = _counts(chosen)
    parts = []
    for column, said in (
        ("opened", _("Opened since {first}: {n}, most in {year} ({most}).")),
        ("ended", _("Ended: {n}, most in {year} ({most}).")),
        ("suspended", _("Suspended: {n}, most in {year} ({most}).")),
    ):
        series = counts[column]
        if series.sum():
            parts.append(said.format(first=years.FIRST, n=series.sum(), year=series.idxmax(), most=series.max()))
    if counts[["ended", "suspended"]].to_numpy().sum():
        parts.append(_("An end or a suspension of unknown date stands in the year for which it is reported."))
    undated = len(chosen) - int(chosen.dated.sum())
    if undated:
        parts.append(_("{n} ties have no year of opening and stand in no bar.").format(n=undated))
    if len(milestones):
        effects = milestones["effect"].value_counts()
        parts.append(
            _("Legal acts: {enabling} enabling, {restricting} restricting.").format(
                enabling=effects.get("enabling", 0), restricting=effects.get("restricting", 0)
            )
        )
    return " ".join(parts)


def acts(found: pd.DataFrame) -> None:
    """Draw the legal acts with what they say and their sources, folded until the reader wants them."""
    said = acts_in_language(found, lang())
    take_away.offer_table(_("Legal acts"), lambda: _in_words(said))
    with st.expander(_("Legal acts in scope: {n}").format(n=len(found)), key="acts", on_change="rerun") as fold:
        if fold.open:
            st.html(_acts_table(said))


def _in_words(found: pd.DataFrame) -> pd.DataFrame:
    """Acts as a table in the language of the page."""
    scopes = {"all": _("All subjects"), "border": _("Border subjects")}
    return pd.DataFrame(
        {
            _("Date"): found["date"],
            _("Year"): found["year"],
            _("Effect"): found["effect"].map(lambda effect: ties.effect_name(effect, lang())),
            _("Act"): found["title"],
            _("Subjects"): [
                scopes.get(scope, scope)
                if pd.isna(codes)
                else "; ".join(units.name(code, lang()) for code in codes.split(";"))
                for scope, codes in zip(found["scope"], found["subjects"], strict=True)
            ],
            _("Content"): found["summary"],
            "source": found["source"],
        }
    )


def _acts_table(found: pd.DataFrame) -> str:
    rows = [
        (
            Markup('<span class="when">{}</span>').format(row["date"]),
            ties.effect_name(row["effect"], lang()),
            Markup('<b>{}</b><br><span class="soft">{}</span>').format(row["title"], row["summary"]),
            _source_links(row["source"]),
        )
        for row in found.to_dict("records")
    ]
    return html_table.table([_("Date"), _("Effect"), _("Act"), _("Source")], rows)


def _source_links(ids: str) -> Markup:
    link = Markup('<a href="sources?lang={}&amp;source={}" target="_self">{}</a>')
    return Markup(", ").join(link.format(lang(), quote(one), _("source")) for one in ids.split(";"))


def _counts(chosen: Ties) -> pd.DataFrame:
    found = ties.openings_and_endings(chosen)
    return found.reindex(range(years.FIRST, years.last() + 1), fill_value=0)


def _bars(counts: pd.Series, name: str, colour: str, sign: int) -> go.Bar:
    shown = counts[counts > 0]
    return go.Bar(
        x=shown.index,
        y=sign * shown,
        customdata=shown,
        name=name,
        width=0.75,  # of a year; a lone bar would else be as wide as the chart
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate="%{x}: %{customdata}<extra>" + escape(name) + "</extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _acts(milestones: pd.DataFrame, effect: str, height: float) -> go.Scatter:
    """Acts of one effect; several of one year stand above each other."""
    look = theme.look()
    shown = milestones[(milestones["effect"] == effect) & (milestones["year"] >= years.FIRST)]
    chosen = acts_in_language(shown, lang())
    place = milestones.groupby("year").cumcount().loc[chosen.index]
    name = ties.effect_name(effect, lang())
    colour = {"enabling": palette("teal", 5, look)[3], "restricting": look.accent, "mixed": look.soft}[effect]
    return go.Scatter(
        x=chosen["year"],
        y=height * (1 + 0.055 * place),
        mode="markers",
        name=name,
        text=chosen["title"].astype(str),  # not drawn: for the figures that are taken away
        marker={"symbol": SHAPES[effect], "size": 10, "color": colour, "line": {"width": 0}},
        customdata=[[escape(str(date)), _wrapped(str(title))] for date, title in chosen[["date", "title"]].to_numpy()],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra>" + escape(name) + "</extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _wrapped(text: str, width: int = 48) -> str:
    """Break a title for the hover label."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(escape(line) for line in lines)


def _ticks(top: int) -> list[int]:
    step = max(1, round(top / 3))
    return list(range(-(top // step) * step, top + 1, step))


def _brushed(key: str) -> None:
    selection: Any = st.session_state[key].selection
    if selection.box:
        low, high = sorted(selection.box[0]["x"])
        years.choose(round(low + 0.001), round(high - 0.001))
