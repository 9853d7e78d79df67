"""Maps of the page of soft power: one pillar or one indicator, and all pillars side by side on one scale."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from geo import units
from geo.maps import map_page
from geo.maps.captions import boundary_note, class_note, legend_title
from geo.maps.drawings import draw
from geo.maps.score_maps import pillar_map
from geo.maps.thumbnails import as_address, thumbnail
from geo.measures import soft_power, standing
from geo.measures.soft_power import PillarGroup
from ui import captions, cells, charts, html_table, map_widget, place, rank_chart, score_map, take_away, theme
from ui.i18n import _, lang
from ui.legend import draw_ranking, legend


def small_multiples(chosen: str) -> None:
    """Maps of all pillars in a row, on one scale; the chosen one is marked."""
    found = standing.ranked(soft_power.whole())
    figures = []
    for group in soft_power.framework().pillars:
        scores = found.index.pillars[group.id]
        title = group.title.of(lang())
        mark = ' class="chosen"' if group.id == chosen else ""
        figures.append(
            f'<figure{mark}><img src="{as_address(thumbnail(pillar_map(found, theme.look(), lang(), scores)))}" '
            f'alt="{escape(_highest(title, scores))}"><figcaption>{escape(title)}</figcaption></figure>'
        )
    st.html(f'<div class="multiples">{"".join(figures)}</div>')


def _highest(title: str, scores: pd.Series) -> str:
    named = ", ".join(units.name(str(code), lang()) for code in scores.nlargest(3).index)
    return _("{title}: the highest scores have {names}").format(title=title, names=named)


def pillars_table() -> None:
    """Scores of all pillars as a table."""
    scores = standing.ranked(soft_power.whole()).index.pillars.sort_index()
    groups = soft_power.framework().pillars
    rows = (
        [cells.subject(code), *(cells.figure(row[group.id], 2, _("no data")) for group in groups)]
        for code, row in scores.iterrows()
    )
    score = _("Score, one scale for all pillars")
    heads = [_("Subject"), *((group.title.of(lang()), f"{score}. {group.note.of(lang())}") for group in groups)]
    html_table.folded(_("The pillars as a table"), "pillars_table", heads, rows)


def score(group: PillarGroup) -> None:
    """Score of one pillar on the map, with the interval of every rank."""
    found = standing.ranked(soft_power.of_pillar(group.id))
    ranked = found.uncertain.units
    drawing = pillar_map(found, theme.look(), lang())
    selected = place.selected()
    left, right = st.columns([2.4, 1], gap="medium")
    with left:
        title, note = escape(group.title.of(lang())), escape(group.note.of(lang()))
        st.html(f"<h2>{title} <small>{note}</small></h2>")
        heading = _("Score, one scale for all pillars")
        score_map.draw(found, drawing, group.title.of(lang()), heading, height=520)
        st.html(f'<div class="caption">{boundary_note(lang())} {_("Natural Earth 1:10m, Albers equal-area.")}</div>')
    reference = selected if selected in ranked.index else str(ranked.index[0])
    with right:
        if selected:
            score_map.card(found, selected)
        st.html(f"<h2>{_('Ranks and their intervals')}</h2>")
        with st.container(height=420 if selected else 520, border=False):
            rank_chart.intervals(found.uncertain, reference, "pillar_ranking")
    charts.twin(rank_chart.said(found.uncertain, reference))
    rank_chart.table(found.uncertain, "pillar_ranking_table")


def metric(key: str) -> None:
    """One indicator of a pillar on the map, in its newest year."""
    here = replace(map_page.opening(key), region=place.selected())
    choice = here.choice
    drawing = draw(choice, theme.look(), lang())
    left, right = st.columns([2.4, 1], gap="medium")
    with left:
        st.html(captions.title(choice))
        take_away.offer_map(choice)
        map_widget.draw(map_page.told(here, theme.look(), lang(), plays=False), height=520)
        st.html(captions.caption(drawing, choice))
    with right:
        place.card(choice, drawing)
        st.html(legend(drawing, legend_title(choice, drawing), class_note(choice, drawing)))
        if choice.indicator.kind != "yes_no":
            draw_ranking(drawing)
