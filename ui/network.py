"""The chart of the Network page: it is drawn, said in words, and given as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import units
from geo.i18n import country_name
from ui import (
    charts,
    network_choices,
    network_directions,
    network_flows,
    network_matrix,
    network_ranking,
    take_away,
)
from ui.i18n import _, lang
from ui.network_choices import NetworkChoice


def draw(choice: NetworkChoice) -> None:
    """Draw the chart that the reader chose."""
    {"matrix": _matrix, "flows": _flows, "ranking": _ranking, "directions": _directions}[choice.view](choice)


def _open(codes: list[Any]) -> None:
    """Open the ties of the mark that was clicked; a click on nothing closes them."""
    region, country = (str(code) for code in (codes or ["", ""])[:2])
    st.session_state["region"], st.session_state["country"] = region, country


def _matrix(choice: NetworkChoice) -> None:
    network_choices.columns_switch()
    table, left_out = network_matrix.cells(choice)
    said = network_matrix.said(choice, table, left_out)
    charts.twin(said)
    figure = network_matrix.draw(choice, table)
    with st.container(key="network_matrix_frame"):
        title, height = _("Ties of subjects and countries"), network_matrix.height(table)
        charts.draw(figure, "network_matrix", title=title, height=height, on_select=_open)
    take_away.tell(said)
    _table(_in_words(table), said)


def _in_words(table: pd.DataFrame) -> pd.DataFrame:
    named = table.set_axis([country_name(code, lang()) for code in table.columns], axis="columns")
    named.insert(0, _("Subject"), [units.name(code, lang()) for code in table.index])
    return named.rename_axis("iso_3166_2").reset_index()


def _flows(choice: NetworkChoice) -> None:
    flows = network_flows.table(choice)
    if flows.empty:
        charts.nothing()
        return
    said = network_flows.said(flows)
    charts.twin(said)
    with st.container(key="network_flows_frame"):
        charts.draw(network_flows.draw(flows), "network_flows", title=_("Flows of ties"), height=640)
    take_away.tell(said)
    _table(network_flows.twin(flows), said)


def _ranking(choice: NetworkChoice) -> None:
    table = network_ranking.table(choice)
    drawn = network_ranking.drawn(choice, table)
    said = network_ranking.said(choice, drawn)
    charts.twin(said)
    figure = network_ranking.draw(choice, drawn)
    title = _("Ranking of subjects: {measure}").format(measure=network_choices.measure_words()[choice.measure])
    charts.draw(figure, "network_ranking", title=title, height=network_ranking.height(drawn), on_select=_open)
    take_away.tell(said)
    _table(network_ranking.twin(choice, table), said)


def _directions(choice: NetworkChoice) -> None:
    shares = network_directions.table(choice)
    said = network_directions.said(choice, shares)
    charts.twin(said)
    figure = network_directions.draw(choice, shares)
    with st.container(key="network_directions_frame"):
        charts.draw(figure, "network_directions", title=_("Directions of ties"), on_select=_open)
    take_away.tell(said)
    _table(network_directions.twin(shares), said, decimals=1)


def _table(frame: pd.DataFrame, said: str, decimals: int = 3) -> None:
    """The chart as a table, folded until the reader wants it, with all digits only when it is taken away."""
    shows = Markup(said).striptags()
    take_away.offer_table(_("The chart as a table"), lambda: frame, lambda: [(_("What it shows."), shows)])
    shown = frame.drop(columns="iso_3166_2", errors="ignore").round(decimals)
    with st.expander(_("The chart as a table")):
        st.dataframe(shown, hide_index=True, placeholder="", width="stretch")
