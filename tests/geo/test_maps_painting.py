"""What the browser is told, and what of it a change leaves out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from geo import indicators, units
from geo.i18n import Language
from geo.maps import DARK, LIGHT
from geo.maps.drawings import MapChoice, draw
from geo.maps.painting import answer, change, look, payload, said_answer
from geo.maps.publishing import looks_script


def told(
    indicator: str,
    per: str | None = None,
    *,
    year: int | None = None,
    scope: units.Scope = "border",
    lang: Language = "en",
) -> dict[str, Any]:
    one = indicators.find(indicator)
    choice = MapChoice(one, year or indicators.years(one)[-1], per or one.default_per, scope)
    return payload(
        draw(choice, LIGHT, lang),
        title=one.title.en,
        unit="unit",
        year=choice.year,
        source="source",
        years=choice.years,
    )


def test_a_change_laid_over_what_is_painted_paints_the_same() -> None:
    before, after = told("twin_ties"), told("unemployment_rate")
    laid = {**before, **change(before, after)}
    eye = ("kind", "colors", "marks", "title", "unit", "year", "at_least", "class_labels", "look", "view")
    assert {key: laid[key] for key in eye} == {key: after[key] for key in eye}
    assert laid["values"] == laid["ranks"] == []


def test_circles_keep_the_values_that_they_are_drawn_from() -> None:
    before, after = told("twin_ties"), told("twin_ties", "none")
    laid = {**before, **change(before, after)}
    assert laid["kind"] == "circles"
    assert (laid["values"], laid["largest"]) == (after["values"], after["largest"])
    back = {**after, **change(after, before)}
    assert back["largest"] is None


def test_a_change_is_small() -> None:
    before, after = told("twin_ties"), told("unemployment_rate")
    assert len(json.dumps(change(before, after))) < len(json.dumps(after)) / 3


@pytest.mark.parametrize(("lang", "yes", "no"), [("en", "yes", "no"), ("ru", "да", "нет")])
def test_answers_are_told_in_words_without_figures_and_ranks(lang: Language, yes: str, no: str) -> None:
    # regional members of the Barents Euro-Arctic Council in Russia: five
    council = told("barents_council", scope="all", lang=lang)
    assert (council["values"], council["ranks"]) == ([], [])
    assert (council["class_labels"], council["zero"]) == ([yes], no)
    members = [code for code, mark in zip(units.scope("all"), council["marks"], strict=True) if mark == "0"]
    assert members == ["RU-ARK", "RU-KO", "RU-KR", "RU-MUR", "RU-NEN"]
    assert set(council["marks"]) == {"0", "z"}


def test_a_lower_bound_never_says_no() -> None:
    assert told("region_ties")["zero"] == answer(0, "en", at_least=True) == "none found"
    assert (answer(1, "ru", at_least=True), answer(0, "ru")) == ("да", "нет")


def test_figures_after_answers_forget_their_words() -> None:
    before, after = told("barents_council"), told("unemployment_rate")
    assert "zero" not in after
    assert {**before, **change(before, after)}["zero"] is None


@pytest.mark.parametrize(
    ("indicator", "year", "others"),
    [
        # columns of the yearbook that are empty for these subjects
        ("students", 2001, {"RU-AMU": 2002, "RU-KAM": 2002, "RU-KHA": 2002}),
        ("grp", 2004, {"RU-CE": 2005}),
    ],
)
def test_a_value_of_another_year_than_the_map_says_so(indicator: str, year: int, others: dict[str, int]) -> None:
    codes = list(units.scope("all"))
    sent = told(indicator, year=year, scope="all")["years_used"]
    assert {codes[int(place)]: used for place, used in sent.items()} == others


def test_years_are_sent_with_the_values_only() -> None:
    usual, before = told("unemployment_rate"), told("students", year=2001)
    assert "years_used" not in usual
    assert "years_used" not in change(usual, before)
    assert {**before, **change(before, usual)}["years_used"] is None


def test_each_theme_in_each_language_is_published() -> None:
    script = looks_script()
    looks = json.loads(script[script.index("looks=") + 6 : script.rindex(";")])
    assert sorted(looks) == ["dark-en", "dark-ru", "light-en", "light-ru"]
    assert looks["dark-ru"] == json.loads(json.dumps(look(DARK, "ru")))
    assert looks["light-ru"]["words"]["no_data"] == "нет данных"


@pytest.mark.parametrize(
    ("value", "status", "at_least", "said"),
    [
        (1.0, "observed", False, "yes"),
        (0.0, "zero", False, "no"),
        (float("nan"), "no_data", False, "no data"),
        # in a lower bound that no tie was found says no more than that
        (float("nan"), "no_data", True, "none found"),
        (float("nan"), "not_applicable", True, "not applicable"),
        (1.0, "suspended", True, "suspended"),
    ],
)
def test_an_answer_is_told_with_its_kind_of_nothing(value, status, at_least, said) -> None:  # type: ignore[no-untyped-def]
    assert said_answer(value, status, "en", at_least=at_least) == said


def test_the_legend_of_answers_that_are_lower_bounds_says_none_found() -> None:
    one = indicators.find("region_ties")
    drawn = draw(MapChoice(one, indicators.years(one)[-1], "none"), LIGHT, "en")
    assert {row.kind: row.label for row in drawn.legend}["no_data"] == "none found"
