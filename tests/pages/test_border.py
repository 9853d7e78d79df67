"""The Border page: what a reader finds on it, for every border, in both languages, from links right and wrong."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo import ties
from tests.pages.opened import address, html, opened, sound, ties_table


def page(**params: str) -> AppTest:
    app = opened("border", **params)
    sound(app)
    return app


def timeline(app: AppTest) -> dict[str, Any]:
    (found,) = app.get("plotly_chart")
    return dict(json.loads(found.proto.spec))


@pytest.mark.parametrize("country", ties.border_countries())
def test_every_border_opens(country: str) -> None:
    app = page(country=country)
    assert not app.warning
    assert address(app) == ({} if country == "FI" else {"country": country})


def test_figures_of_the_finnish_border() -> None:
    shown = html(page(country="FI"))
    # Grandars.ru: 1271.8 km by land, 54 km at sea; three subjects by land, Saint Petersburg at sea
    assert "1,272 km" in shown
    assert "at sea 54 km" in shown
    for name in ("Murmansk Oblast", "Republic of Karelia", "Leningrad Oblast", "Saint Petersburg"):
        assert name in shown


@pytest.mark.parametrize("country", ["JP", "US", "TR", "RO", "BG"])
def test_no_land_border_is_said_and_is_not_a_zero(country: str) -> None:
    shown = html(page(country=country))
    assert "no land border" in shown
    assert "<b>0" not in re.findall(r'<div class="figures">.*?</div></div>', shown, re.DOTALL)[0]


def test_years_drive_table_and_address() -> None:
    # the Barents programmes of 1996-1999 stood before 2000, those of 2014-2020 did not
    app = page(country="NO", **{"from": "1996", "to": "1999"})
    early = set(ties_table(app)["Partner"])
    assert "Kolarctic CBC" not in early
    assert "Tromsø" in early  # twin town of Murmansk since 1972
    app.slider(key="years").set_value((2014, 2020)).run()
    sound(app)
    assert address(app) == {"country": "NO", "from": "2014", "to": "2020"}
    assert "Kolarctic CBC" in set(ties_table(app)["Partner"])


def test_an_undated_tie_is_not_projected_backward() -> None:
    app = page(country="FI", kind="crossing", to="2010")
    assert len(ties_table(app)) == 0  # no crossing carries its year of opening
    assert len(ties_table(page(country="FI", kind="crossing"))) == 16


def test_years_turned_round_are_put_right() -> None:
    app = page(**{"from": "2020", "to": "2000"})
    assert app.slider(key="years").value == (2000, 2020)


def test_the_timeline_shows_bars_and_acts_with_words_for_those_who_do_not_see_it() -> None:
    app = page(country="PL")
    names = {trace["name"] for trace in timeline(app)["data"]}
    assert {"opened", "ended", "suspended", "enabling", "restricting"} <= names
    assert "Poland-Russia local border traffic" in json.dumps(timeline(app))
    assert "Legal acts:" in html(app)


def test_an_unknown_country_is_answered_with_those_there_are() -> None:
    app = page(country="XX")
    assert "country" in app.warning[0].value
    assert "Borders there are:" in html(app)
    assert html(app).count('href="border?') >= 19


def test_a_kind_is_chosen_by_the_address_and_by_pills() -> None:
    app = page(country="CN", kind="consulate")
    assert set(ties_table(app)["Kind"]) == {"Consulates hosted"}
    app = page(country="CN", kind="consulate,crossing", lang="ru")
    assert set(ties_table(app)["Вид"]) == {"Консульства на территории", "Пункты пропуска"}
