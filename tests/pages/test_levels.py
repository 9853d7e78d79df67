"""The Levels page by its address: rules, stability, comparisons, actorness, instruments, factors, and bad input."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from geo import ties, units
from geo.measures import levels
from tests.pages.opened import address, html, opened, sound
from ui import actorness

VIEWS = ("classes", "compare", "actorness", "instruments", "factors")
BY_PROJECT = {"en": "perationalised by this project", "ru": "перационализация этого проекта"}


def spec(app: AppTest, key: str) -> dict:
    return next(json.loads(one.proto.spec) for one in app.get("plotly_chart") if f"-{key}" in one.proto.id)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_in_both_languages(lang: str, view: str) -> None:
    app = opened("levels", lang=lang, view=view, region="RU-MUR")
    sound(app)
    assert not app.error
    assert not app.warning
    told = html(app)
    assert "2021" in told
    assert "2022" in told
    assert BY_PROJECT[lang] in told or "выбраны этим проектом" in told or "chosen by this project" in told


@pytest.mark.parametrize("view", ["classes", "compare", "instruments", "factors"])
def test_every_chart_is_said_in_words_and_given_as_a_table(view: str) -> None:
    app = opened("levels", view=view)
    charts = app.get("plotly_chart")
    assert charts
    assert html(app).count('role="note"') >= len(charts)
    tables = html(app).count('<table class="facts"') + len(app.expander)
    assert tables >= len(charts)


def test_a_subject_shows_each_rule_with_value_threshold_and_verdict() -> None:
    told = html(opened("levels", region="RU-KGD"))
    found = levels.levels(levels.shipped(), ties.load())
    own = found.rules[found.rules["iso_3166_2"] == "RU-KGD"]
    assert told.count("≥ ") == len(own) == 15
    assert "≥ 30" in told
    assert "not shown" in told


def test_a_threshold_moves_classes_and_address() -> None:
    app = opened("levels")
    field = next(one for one in app.number_input if one.key == "rule_0_partners")
    assert field.value == 15
    field.set_value(60).run()
    sound(app)
    assert address(app) == {"rules": "high.partners-60"}
    assert "changed by the reader" in html(app)
    app.button(key="reset_rules").click().run()
    assert address(app) == {}


def test_a_lower_class_may_not_ask_for_more() -> None:
    app = opened("levels")
    next(one for one in app.number_input if one.key == "rule_2_partners").set_value(99).run()
    sound(app)
    assert app.toast
    assert address(app) == {}


def test_classes_in_the_chart_add_up_to_all_draws() -> None:
    parts = spec(opened("levels"), "stability")["data"]
    assert len(parts) == 5  # four classes, and too little known


def test_the_sum_of_actorness_stands_only_where_it_is_asked_for() -> None:
    quiet = opened("levels", view="actorness", region="RU-KR")
    assert "of the evidences" not in html(quiet).replace("evidences shown", "")
    quiet.toggle(key="summed_switch").set_value(True).run()
    assert not quiet.exception
    assert address(quiet)["summed"] == "yes"
    assert "each of equal weight" in html(quiet)


def test_facts_of_actorness_have_years_and_sources() -> None:
    told = html(opened("levels", view="actorness", region="RU-MUR"))
    assert told.count("evidence") >= 13
    assert "1972–2022" in told  # twin town Tromsø, ended by its council in 2022
    assert "sources?lang=en&amp;source=" in told


def test_facts_of_actorness_can_be_taken_away() -> None:
    facts = actorness._facts(actorness.found(), "RU-MUR")
    row = facts[facts["Fact"].str.contains("Tromsø")].iloc[0]  # twin town, ended by its council in 2022
    assert (row["since"], row["until"], row["country"]) == (1972, 2022, "NO")
    assert row["source"]


def test_an_assignment_moves_and_is_kept() -> None:
    app = opened("levels", view="instruments", types="consulate-non_state_type")
    sound(app)
    assert "changed by the reader" in html(app)
    app = opened("levels", view="instruments", frameworks="political_plus.twin_town-1", scope="all")
    sound(app)
    assert html(app).count('<th scope="row">') == len(units.scope("all"))
    assert html(app).count(">Twin towns<") == 2


def test_factors_say_n_coverage_and_what_is_cut_off() -> None:
    told = html(opened("levels", view="factors"))
    assert "not computed: the list is too incomplete" in told
    assert "cut off at the state border" in told
    assert "Kaliningrad Oblast – Pskov Oblast" in told
    assert "not a cause" in told


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    ("name", "value", "view"),
    [
        ("view", "all", ""),
        ("rules", "high.partners-1e9", ""),
        ("rules", "<script>alert(1)</script>", ""),
        ("rules", "low.partners-99", ""),
        ("region", "RU-CR", ""),
        ("summed", "1", ""),
        ("types", "consulate-army", ""),
        ("frameworks", "political_plus.tank-1", ""),
        ("scope", "world", "instruments"),
        ("outcome", "happiness", "factors"),
    ],
)
def test_bad_input_is_named_and_the_default_shown(lang: str, name: str, value: str, view: str) -> None:
    asked = {name: value} | ({"view": view} if view else {})
    app = opened("levels", lang=lang, **asked)
    sound(app)
    assert any(name in warning.value for warning in app.warning)
    assert "<script>" not in html(app) + "".join(w.value for w in app.warning)
    assert name not in address(app)
