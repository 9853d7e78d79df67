"""The page of soft power by its address: resources and activity, gaps told, foreign presence apart."""

from __future__ import annotations

import re
from html import escape

import pytest

from geo.measures import soft_power
from tests.pages.opened import address, html, opened, sound

BARE_RANK = re.compile(r"\b(?:rank|место) \d+ (?:of|из) \d+\b(?! \()")
PILLARS = [group.id for group in soft_power.framework().pillars]


@pytest.mark.parametrize(
    ("lang", "title", "never"),
    [
        ("en", "Soft power: resources and activity", "not attraction: no poll of opinion stands behind it"),
        ("ru", "Мягкая сила: ресурсы и активность", "не привлекательность: опросов за этим нет"),
    ],
)
def test_title_says_resources_and_never_attraction(lang: str, title: str, never: str) -> None:
    app = opened("soft_power", lang=lang)
    sound(app)
    assert not app.warning
    assert title in html(app)
    assert never in html(app)
    assert address(app) == {}


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("pillar", PILLARS)
def test_every_pillar_with_its_gaps_and_its_ranks_in_intervals(lang: str, pillar: str) -> None:
    app = opened("soft_power", lang=lang, pillar=pillar, region="RU-KGD")
    sound(app)
    told = html(app)
    group = next(one for one in soft_power.framework().pillars if one.id == pillar)
    assert all(escape(text.of(lang)) in told for text in group.missing)
    assert not BARE_RANK.search(told)
    assert ("in 90 % of draws" if lang == "en" else "в 90 % испытаний") in told


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(("pillar", "metric"), [("education", "students"), ("engagement", "region_ties")])
def test_a_metric_on_the_map(lang: str, pillar: str, metric: str) -> None:
    app = opened("soft_power", lang=lang, pillar=pillar, metric=metric)
    sound(app)
    assert address(app) == {"pillar": pillar, "metric": metric}


def test_five_small_maps_with_words_for_those_who_do_not_see_them() -> None:
    told = html(opened("soft_power"))
    assert told.count('<img src="data:image/svg+xml;base64,') == len(PILLARS)
    # Saint Petersburg has the most World Heritage and federal institutions of the border subjects
    assert "Engagement: the highest scores have Saint Petersburg" in told


def test_things_are_listed_with_dates_and_sources_and_presence_stands_apart() -> None:
    told = html(opened("soft_power", region="RU-KGD"))
    own, _heading, inside = told.partition("Foreign presence in the subject")
    assert "Curonian Spit" in own
    assert "2000" in own  # inscribed as 994 in that year
    assert "Immanuel Kant Baltic Federal University" in own
    assert "Germany" in inside  # consulate-general, closed in 2023
    assert "2023" in inside
    assert "sources?lang=en&amp;source=" in own
    assert "sources?lang=en&amp;source=" in inside
    assert "Consular posts" not in own


def test_nothing_found_is_not_said_to_be_nothing() -> None:
    told = html(opened("soft_power", region="RU-IN"))
    assert "none found in the sources, which is not none" in told


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_subject_without_a_border_is_not_placed(lang: str) -> None:
    app = opened("soft_power", lang=lang, region="RU-TA")
    sound(app)
    assert ("has no state border" if lang == "en" else "государственной границы нет") in html(app)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pillar", "government"),
        ("pillar", "<script>alert(1)</script>"),
        ("metric", "foreign_students"),  # an illustration
        ("metric", "students"),  # of another pillar
        ("region", "UA-43"),
    ],
)
def test_bad_input_is_named_and_the_default_shown(lang: str, name: str, value: str) -> None:
    app = opened("soft_power", lang=lang, **{name: value})
    sound(app)
    assert any(name in warning.value for warning in app.warning)
    assert "<script>" not in html(app) + "".join(w.value for w in app.warning)
    assert address(app) == {}


def test_every_chart_has_its_table() -> None:
    app = opened("soft_power", region="RU-MUR")
    assert len(app.get("plotly_chart")) == 2
    assert len(app.expander) == 3  # ranking, pillars, profile
