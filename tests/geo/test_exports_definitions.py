"""The sheet of definitions says what each column is, of charts and of tables too."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest

from geo import indicators
from geo.exports import charts
from geo.exports.definitions import of_columns, of_indicator
from geo.exports.exhibits import Exhibit
from geo.i18n import Text


def test_an_indicator_says_its_unit_and_whether_it_is_a_lower_bound() -> None:
    said = of_indicator(indicators.find("twin_ties"), None, "ru")
    assert indicators.find("twin_ties").definition.ru in said
    assert "Единица: " in said
    assert "не менее" in said
    assert "at least" not in of_indicator(indicators.find("unemployment_rate"), None, "en")


def test_usual_columns_are_told_and_others_are_not() -> None:
    told = dict(of_columns(["iso_3166_2", "twin_town", "My column", "Value: in words"], "en"))
    assert told.keys() == {"iso_3166_2", "twin_town", "Value: in words"}
    assert "at least" in told["twin_town"]


def test_axes_of_a_chart_are_told_with_their_titles() -> None:
    bars = go.Figure([go.Bar(x=[0.2], y=[0], name="High"), go.Scatter(x=[1], y=[1], name="Low")])
    bars.update_xaxes(title_text="<b>share</b> of draws", tickformat=".0%")
    told = dict(charts.meanings(bars, "en"))
    assert told["series"] == "High; Low"
    assert told["x"] == "share of draws, from 0 to 1"
    assert told["y"] == "as the chart labels this axis"


def test_lines_that_lead_the_eye_are_no_figures() -> None:
    lines = go.Scatter(x=[1, 2], y=[0, 0], mode="lines", hoverinfo="skip")
    assert len(charts.drawn_values(go.Figure([lines, go.Scatter(x=[1], y=[0], name="given")]))) == 1


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_table_of_subjects_carries_the_boundary_note(lang) -> None:
    frame = pd.DataFrame({"iso_3166_2": ["RU-MUR"], "km": [195.7]})
    one = Exhibit("t", "table", Text(en="t", ru="т"), lang, "http://a/", lambda: frame, definitions=[("km", "length")])
    book = openpyxl.load_workbook(io.BytesIO(one.file("xlsx")))
    told = {row[0]: row[1] for row in book["definitions"].iter_rows(values_only=True)}
    assert told["km"] == "length"
    assert "ISO 3166-2" in told["iso_3166_2"]
    assert any("ISO 3166-2" in said and said != told["iso_3166_2"] for said in told.values())
