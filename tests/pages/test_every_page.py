"""Every page in both languages, from links that are right and from links that are wrong."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opened import APP, html, opened, sound

PAGES = re.findall(r'"pages/(\w+)\.py"', APP.read_text(encoding="utf-8"))
NONSENSE = ("no_such_code", "<script>alert(1)</script>", "-1")

SHELVES = ("catalogue", "coverage", "tables", "sources", "guide", "methods", "boundaries", "glossary", "cite")
# whom a subject borders by land or sea, as any map shows; Moscow Oblast lies inside
BORDERS = {
    "RU-MUR": "Norway",
    "RU-KGD": "Lithuania",
    "RU-SAM": "Kazakhstan",
    "RU-CHU": "United States",
    "RU-SAK": "Japan",
    "RU-MOS": "No state border",
}


def heading(app: AppTest) -> str:
    """First heading of a page."""
    return re.findall(r"<h1>(.*?)</h1>", html(app), re.DOTALL)[0]


def place_card(app: AppTest) -> str:
    """Card of the subject that the reader clicked."""
    return re.findall(r'<div class="place".*?</div>', html(app), re.DOTALL)[0]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_in_its_language(page: str, lang: str) -> None:
    app = opened(page, lang=lang)
    sound(app)
    assert not app.warning
    assert bool(re.search("[а-яё]{3}", heading(app))) is (lang == "ru")


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize("page", PAGES)
def test_nonsense_in_any_parameter_is_said_and_the_default_shown(page: str, nonsense: str) -> None:
    usual = opened(page)
    names = set(usual.session_state["_address"])  # all that this page writes
    app = opened(page, **dict.fromkeys(names, nonsense))
    sound(app)
    said = "\n".join(one.value for one in app.warning)
    assert {name for name in names if f" {name} = " in said} == names
    assert len(app.warning) == len(names)
    assert "<script>" not in said
    assert heading(app) == heading(usual)
    assert {name: app.query_params[name] for name in names if name in app.query_params} == {"lang": "en"}


@pytest.mark.parametrize(("scope", "count"), [("border", 48), ("all", 83)])
def test_the_table_of_the_map_lists_every_subject_of_the_scope(scope: str, count: int) -> None:
    app = opened("map", scope=scope, indicator="land_border_share", table="true")
    sound(app)
    assert len(app.dataframe[0].value) == count


@pytest.mark.parametrize(("lang", "yes", "no", "rank"), [("en", "yes", "no", "rank"), ("ru", "да", "нет", "место")])
def test_the_map_answers_yes_or_no(lang: str, yes: str, no: str, rank: str) -> None:
    # Murmansk Oblast is a member of the Barents Regional Council, Amur Oblast is not
    for code, said in (("RU-MUR", yes), ("RU-AMU", no)):
        app = opened("map", indicator="barents_council", region=code, table="true", lang=lang)
        sound(app)
        card = place_card(app)
        assert f"<b>{said}</b>" in card
        assert 'class="soft"></span>' in card, "an answer has no unit"
        assert rank not in card
        table = app.dataframe[0].value
        assert table.set_index(table.columns[1]).loc[code].iloc[1] == said
        assert len(table.columns) == 6, "no rank"


def test_a_lower_bound_answers_yes_and_not_at_least_one() -> None:
    app = opened("map", indicator="near", region="RU-PSK", table="true")
    assert "at least" not in place_card(app)
    assert set(app.dataframe[0].value["Value"].dropna()) == {"yes"}


def test_the_card_has_the_year_of_the_value() -> None:
    # the yearbook has no students of Amur Oblast for 2001, those of 2002 stand in
    card = place_card(opened("map", indicator="students", year="2001", region="RU-AMU"))
    assert "2002" in card
    assert "2001" not in card
    assert "2001" in place_card(opened("map", indicator="students", year="2001", region="RU-MUR"))


@pytest.mark.parametrize(("indicator", "bound"), [("twin_ties", True), ("unemployment_rate", False)])
def test_the_table_of_the_map_says_at_least_of_lower_bounds(indicator: str, bound: bool) -> None:
    app = opened("map", indicator=indicator, table="true")
    assert ('"at least, ' in app.dataframe[0].proto.columns) is bound


def test_a_map_link_sets_its_controls() -> None:
    app = opened(
        "map", indicator="unemployment_rate", year="2010", scope="all", k="4", scheme="equal_interval", lang="ru"
    )
    sound(app)
    assert app.selectbox(key="indicator").value == "unemployment_rate"
    assert app.select_slider(key="year").value == "2010"
    assert app.selectbox(key="scope").value == "all"
    assert app.session_state["scheme"] == app.query_params["scheme"] == "equal_interval"
    assert "<h1>Уровень безработицы" in html(app) or "<h1>Безработица" in html(app)
    assert app.query_params["k"] == "4"


def test_a_year_that_the_series_lacks_is_refused() -> None:
    app = opened("map", indicator="unemployment_rate", year="1850")
    sound(app)
    assert ["1850" in one.value for one in app.warning] == [True]
    assert app.select_slider(key="year").value == "2022"


def test_another_indicator_may_be_chosen_after_another() -> None:
    app = opened("map")
    app.selectbox(key="indicator").select("grp_per_capita").run()
    sound(app)
    assert app.query_params["indicator"] == "grp_per_capita"
    app.selectbox(key="indicator").select("twin_ties").run()
    sound(app)
    assert "indicator" not in app.query_params
    assert app.selectbox(key="per").value == "population_million"


def test_the_card_of_a_subject_is_closed_by_its_button() -> None:
    app = opened("map", region="RU-MUR")
    assert "Murmansk Oblast" in html(app)
    app.button(key="close_place").click().run()
    sound(app)
    assert "region" not in app.query_params


@pytest.mark.parametrize("code", BORDERS)
def test_a_region_page_says_who_it_is_and_whom_it_touches(code: str) -> None:
    # land and sea borders as the Constitution's subjects have them; Moscow Oblast has none
    touched = {
        "RU-MUR": "Norway",
        "RU-KGD": "Lithuania",
        "RU-SAM": "Kazakhstan",
        "RU-CHU": "United States",
        "RU-SAK": "Japan",
    }
    app = opened("region", region=code)
    sound(app)
    assert touched.get(code, "") in html(app)
    if code == "RU-MOS":
        assert "No state border" in html(app)


def test_two_regions_stand_side_by_side() -> None:
    app = opened("region", region="RU-MUR", compare="RU-KR", lang="ru")
    sound(app)
    assert "Мурманская область" in html(app)
    assert "Республика Карелия" in html(app)
    assert app.query_params["compare"] == "RU-KR"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_shelf_of_the_sources_opens(lang: str) -> None:
    app = opened("sources", lang=lang)
    for shelf in SHELVES:
        app.button_group(key="shelf").set_value(shelf).run()
        sound(app)
        assert app.query_params.get("shelf") == (None if shelf == "catalogue" else shelf)
