"""The Network page in both languages and from links; clicks on charts are tested in the browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo import ties, units
from tests.pages.opened import address, html, opened, sound, ties_table

VIEWS = ("matrix", "flows", "ranking", "directions")
TIMES = ("listed", "before", "after", "change")


def page(**params: str) -> AppTest:
    """The page as a link opens it."""
    app = opened("network", **params)
    sound(app)
    return app


def chart(app: AppTest) -> dict[str, Any]:
    """Specification of the one chart of the page."""
    (found,) = app.get("plotly_chart")
    return dict(json.loads(found.proto.spec))


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_chart_is_drawn_said_and_given_as_a_table(view: str, time: str) -> None:
    app = page(view=view, time=time)
    assert chart(app)["data"]
    assert 'role="note"' in html(app)
    assert len(app.dataframe) == 1  # the chart as a table
    assert len(ties_table(app)) > 0  # and the ties behind it
    assert not app.warning


@pytest.mark.parametrize("view", VIEWS)
def test_russian_page_says_nothing_in_english(view: str) -> None:
    said = html(page(view=view, time="change", lang="ru"))
    latin = [word for word in ("ties", "subjects", "countries", "known", "end of", "Now") if f" {word} " in said]
    assert latin == []


def test_cells_are_counts_of_the_table_and_zeros_stay_empty() -> None:
    marks = next(trace for trace in chart(page())["data"] if trace["type"] == "scatter")
    drawn = {(iso, country): n for iso, country, _subject, _partner, n, _dated in marks["customdata"]}
    border = ties.load().where(subject=list(units.scope("border")))
    counted = border.frame.groupby(["iso_3166_2", "country"]).size().to_dict()
    assert all(n == counted[pair] for pair, n in drawn.items())
    assert drawn["RU-MUR", "NO"] == counted["RU-MUR", "NO"]
    assert ("RU-TY", "NO") not in drawn  # no source gives Tuva a tie with Norway


def test_a_link_opens_the_ties_behind_a_cell() -> None:
    app = page(region="RU-MUR", country="NO", kind="twin_town")
    behind = ties_table(app)
    assert set(behind["Subject"]) == {"Murmansk Oblast"}
    assert set(behind["Country"]) == {"Norway"}
    tromso = behind[behind["Partner"] == "Tromsø"].iloc[0]
    assert tromso["Opened"] == 1972
    assert (behind["Sources"] != "").all()


def test_choices_stand_in_the_address() -> None:
    app = page()
    app.selectbox(key="instruments").select("state_type").run()
    app.selectbox(key="kind").select("consulate").run()
    app.selectbox(key="time").select("before").run()
    assert address(app) == {"instruments": "state_type", "kind": "consulate", "time": "before"}
    app.selectbox(key="instruments").select("non_state_type").run()
    assert app.selectbox(key="kind").value == "all"  # consulates are no instrument of that type
    assert "kind" not in app.query_params


def test_a_kind_without_countries_is_said_not_drawn() -> None:
    app = page(kind="organisation")
    assert not app.get("plotly_chart")
    assert app.info
    assert len(ties_table(app)) > 0  # seats in organisations are listed all the same


@pytest.mark.parametrize("bad", ["nowhere", "<script>alert(1)</script>", "RU-XXX", "1066"])
def test_unknown_values_in_the_address_give_a_message_and_the_default(bad: str) -> None:
    app = page(view=bad, kind=bad, region=bad, country=bad, since=bad, order=bad)
    assert len(app.warning) == 6
    assert "<script>" not in html(app)
    assert chart(app)["data"][0]["type"] == "heatmap"


def test_directions_are_shares_of_three_and_the_rest_is_said() -> None:
    app = page(view="directions")
    points = chart(app)["data"][0]
    codes = [custom[0] for custom in points["customdata"]]
    assert "RU-MUR" in codes
    assert "stand aside" in html(app)
    shares = app.dataframe[0].value.set_index("Subject")
    # every land neighbour of Amur Oblast is China, and so are most of its ties
    assert shares.loc["Amur Oblast", "East Asia, %"] > 90
    assert shares.loc["Murmansk Oblast", "EU and Nordic countries, %"] > 50
