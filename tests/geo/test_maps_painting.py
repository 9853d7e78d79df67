"""What the browser is told, and what of it a change leaves out."""

from __future__ import annotations

import json

from geo import indicators
from geo.maps import DARK, LIGHT
from geo.maps.drawings import MapChoice, draw
from geo.maps.painting import change, look, payload
from geo.maps.publishing import looks_script


def told(indicator: str, per: str | None = None) -> dict[str, object]:
    one = indicators.find(indicator)
    choice = MapChoice(one, indicators.years(one)[-1], per or one.default_per)
    return payload(
        draw(choice, LIGHT, "en"),
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


def test_each_theme_in_each_language_is_published() -> None:
    script = looks_script()
    looks = json.loads(script[script.index("looks=") + 6 : script.rindex(";")])
    assert sorted(looks) == ["dark-en", "dark-ru", "light-en", "light-ru"]
    assert looks["dark-ru"] == json.loads(json.dumps(look(DARK, "ru")))
    assert looks["light-ru"]["words"]["no_data"] == "нет данных"
