"""The map of an index: scores of the subjects, and the card of one with its rank in its interval."""

from __future__ import annotations

import streamlit as st

from geo.i18n import number
from geo.maps import Choropleth
from geo.maps.painting import payload
from geo.measures import standing
from geo.measures.standing import said_rank, said_ranks
from ui import index_facts, map_widget, place, take_away
from ui.i18n import _, lang
from ui.legend import legend


def draw(found: standing.Ranked, drawing: Choropleth, title: str, heading: str, *, height: int) -> None:
    """Draw scores with their legend.

    Parameters
    ----------
    heading
        Head of the legend.
    height
        Of the map, in CSS pixels.
    """
    told = payload(
        drawing,
        title=title,
        unit=_("score"),
        year=None,
        source=_("operationalised by this project"),
        selected=place.selected(),
        rank_texts=said_ranks(found.uncertain, lang()),
    )
    take_away.offer_scores(drawing, told, heading, _("score"), lambda: index_facts.means(found))
    map_widget.draw(told, height=height)
    st.html(f'<div class="flat">{legend(drawing, heading)}</div>')


def card(found: standing.Ranked, code: str) -> None:
    """Card of a subject with its score and its rank in its interval."""
    ranked = found.uncertain.units
    if code in ranked.index:
        said = said_rank(ranked.loc[code], len(ranked), lang())
        place.show(code, number(ranked["score"][code], lang(), 3), _("score"), [said])
    else:
        place.show(code, _("not ranked"), "", [])
