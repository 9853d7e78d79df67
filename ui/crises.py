"""After a crisis: ties with a country opened and lost in the years before and after it."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import ties
from geo.i18n import country_name
from geo.maps.palettes import palette
from geo.measures import relations
from geo.measures.relations import Crisis
from ui import charts, html_table, theme
from ui.i18n import _, lang

CHANGES = ("opened_before", "opened_after", "lost_before", "lost_after")


def draw(country: str) -> None:
    """Draw each crisis, and all counts as a table."""
    recipe = relations.shipped()
    found = relations.after_crises(recipe, ties.load(), country)
    if found.empty:
        charts.nothing()
        return
    most = max(int(found[list(CHANGES)].to_numpy().max()), 1)
    for column, crisis in zip(st.columns(len(recipe.crises), gap="large"), recipe.crises, strict=True):
        with column:
            st.html(f"<h2>{escape(crisis.title.of(lang()))}</h2>")
            _chart(found, crisis, most)
    charts.twin(escape(_said(found, country)))
    st.html(f"<h2>{escape(_('Openings and endings by kind'))}</h2>" + _table(found, recipe.crises))


def change_words(crisis: Crisis) -> dict[str, str]:
    """Names of the four counts, with their years."""
    before = f"{crisis.year - crisis.years}–{crisis.year - 1}"
    after = f"{crisis.year}–{crisis.year + crisis.years - 1}"
    return {
        "opened_before": _("opened {years}").format(years=before),
        "opened_after": _("opened {years}").format(years=after),
        "lost_before": _("ended or suspended {years}").format(years=before),
        "lost_after": _("ended or suspended {years}").format(years=after),
    }


def _chart(found: pd.DataFrame, crisis: Crisis, most: int) -> None:
    own = found.loc[crisis.year]
    own = own[own[list(CHANGES)].sum(axis=1) > 0]
    words = change_words(crisis)
    if own.empty:
        st.html(f'<p class="soft">{escape(_("No dated opening, ending or suspension in these years."))}</p>')
        return
    look = theme.look()
    colours = (palette("teal", 5, look)[1], palette("teal", 5, look)[3], palette("umber", 5, look)[1], look.accent)
    names = [ties.kind_name(str(kind), lang()) for kind in own.index]
    figure = go.Figure(layout=charts.layout(barmode="group", bargap=0.3))
    for change, colour in zip(CHANGES, colours, strict=True):
        figure.add_bar(
            y=names,
            x=own[change],
            orientation="h",
            name=words[change],
            marker={"color": colour},
            text=[str(n) if n else "" for n in own[change]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x}<extra>" + escape(words[change]) + "</extra>",
        )
    figure.update_xaxes(range=[0, 1.15 * most], tickformat=",d", nticks=6, title_text=_("ties"))
    figure.update_yaxes(autorange="reversed", tickfont={"color": look.ink}, showgrid=False)
    figure.update_layout(
        margin={"t": 74, "r": 24}, legend={"y": 1, "yref": "container", "yanchor": "top", "traceorder": "normal"}
    )
    charts.draw(figure, f"crisis_{crisis.year}", title=crisis.title.of(lang()), height=80 * len(own) + 130)


def _said(found: pd.DataFrame, country: str) -> str:
    once = found.loc[found.index.get_level_values("crisis")[0]]
    return _(
        "Ties with {country}: {n} listed, the year of opening known of {dated}; {undated} ended or were suspended in "
        "an unknown year and stand in no bar. The year of the crisis is the first one after. What follows a crisis "
        "is not for that reason caused by it."
    ).format(
        country=country_name(country, lang()),
        n=int(once["ties"].sum()),
        dated=int(once["dated"].sum()),
        undated=int(once["lost_undated"].sum()),
    )


def _table(found: pd.DataFrame, crises: tuple[Crisis, ...]) -> str:
    titles = {crisis.year: crisis.title.of(lang()) for crisis in crises}
    before, after = _("in as many years before the crisis"), _("in the year of the crisis and those after it")
    heads = [
        _("Crisis"),
        _("Kind"),
        (_("Opened before"), before),
        (_("Opened after"), after),
        (_("Lost before"), before),
        (_("Lost after"), after),
        (_("Ties"), _("listed with the country: at least so many, as not every tie is recorded")),
        (_("Year of opening known"), _("ties, of those listed")),
        (_("Lost in an unknown year"), _("ties that stand in none of the four counts")),
    ]
    rows = (
        (
            titles[int(year)],
            ties.kind_name(str(kind), lang()),
            *(int(row[name]) for name in (*CHANGES, "ties", "dated", "lost_undated")),
        )
        for (year, kind), row in found.iterrows()
    )
    return html_table.table(heads, rows, title=_("Openings and endings by kind"))
