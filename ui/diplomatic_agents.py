"""Subjects as diplomatic agents: seats in international organisations of regions, gained and lost by period."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import facts, ties, units
from geo.maps.palettes import palette
from geo.measures import relations
from ui import cells, charts, html_table, theme
from ui.i18n import _, lang

UNDATED = "undated"


def draw() -> None:
    """Draw the seats by period, and each of them."""
    recipe = relations.shipped()
    held = relations.seats(recipe, ties.load())
    counted = relations.seats_by_period(recipe, held)
    names = {span.id: span.title.of(lang()) for span in recipe.periods} | {UNDATED: _("year not known")}
    st.html(f"<h2>{escape(_('Seats gained and lost by period'))}</h2>")
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        _chart(counted, names)
    with right:
        heads = [_("Period"), (_("Gained"), _("seats listed")), (_("Lost"), _("seats listed"))]
        rows = ((names[str(period)], int(row["gained"]), int(row["lost"])) for period, row in counted.iterrows())
        st.html(html_table.table(heads, rows, title=_("Seats gained and lost by period")))
        st.html(f'<p class="caption">{escape(_said(held, counted))}</p>')
    st.html(f"<h2>{escape(_('Every seat'))}</h2>")
    with st.container(height=480, border=False, key="seats"):
        st.html(_table(held, names))


def _chart(counted: pd.DataFrame, names: dict[str, str]) -> None:
    look = theme.look()
    x = [names[str(period)] for period in counted.index]
    figure = go.Figure(layout=charts.layout(barmode="relative", bargap=0.45))
    for column, title, sign, colour in (
        ("gained", _("gained"), 1, palette("teal", 5, look)[3]),
        ("lost", _("lost"), -1, look.accent),
    ):
        figure.add_bar(
            x=x,
            y=sign * counted[column],
            name=title,
            marker={"color": colour},
            text=[str(n) if n else "" for n in counted[column]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{x}: %{text}<extra>" + escape(title) + "</extra>",
        )
    most = int(counted.to_numpy().max())
    figure.add_hline(0, line={"color": look.soft, "width": 1})
    figure.update_xaxes(type="category", showgrid=False)
    figure.update_yaxes(range=[-1.6 * max(int(counted["lost"].max()), most // 4), 1.2 * most], visible=False)
    charts.draw(figure, "seats_by_period", title=_("Seats gained and lost by period"), height=320)


def _said(held: pd.DataFrame, counted: pd.DataFrame) -> str:
    in_force = int((held["status"] == "active").sum())
    return _(
        "Seats listed: {n}, in {organisations} organisations, of {subjects} subjects; in force {in_force}. For "
        "{undated} the year of gaining is not known, so the periods hold the rest only. A host of a foreign office "
        "has no seat."
    ).format(
        n=len(held),
        organisations=held["organisation"].nunique(),
        subjects=held["iso_3166_2"].nunique(),
        in_force=in_force,
        undated=int(counted.loc[UNDATED, "gained"]),
    )


def _year(value: object) -> cells.Cell:
    return cells.year(value, missing="?")


def _table(held: pd.DataFrame, names: dict[str, str]) -> str:
    heads = (
        _("Organisation"),
        _("Subject"),
        _("Form"),
        _("Since"),
        _("Until"),
        _("State"),
        _("Gained in"),
        _("Lost in"),
        _("Source"),
    )
    rows = (
        (
            facts.name_in(lang(), "organisation", row["name"]),
            units.name(row["iso_3166_2"], lang()),
            ties.form_name(row["form"], lang()),
            _year(row["since"]),
            "" if row["status"] == "active" else _year(row["until"]),
            ties.status_name(row["status"], lang()),
            names.get(row["gained_in"], ""),
            names.get(row["lost_in"], ""),
            html_table.entries(row["source"], short=True),
        )
        for row in held.to_dict("records")
    )
    return html_table.table(heads, rows, title=_("Every seat"))
