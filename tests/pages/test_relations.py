"""The Relations page by its address: countries, model and fact, seats, capacity, crises, and bad input."""

from __future__ import annotations

import json
import re

import pytest

from geo import ties, units
from geo.measures import relations
from tests.pages.opened import address, html, opened, sound

VIEWS = ("compensation", "agents", "capacity", "crises")
BARE_RANK = re.compile(r"\b(?:rank|место) \d+ (?:of|из) \d+\b(?! \()")


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("country", ["FI", "CN"])
def test_every_view_in_both_languages(lang: str, view: str, country: str) -> None:
    app = opened("relations", lang=lang, view=view, country=country)
    sound(app)
    assert not app.error
    assert not app.warning
    told = html(app)
    assert ("operationalised by this project" if lang == "en" else "операционализация этого проекта") in told.lower()
    assert told.count('role="note"') >= len(app.get("plotly_chart")) - (view == "crises") - (view == "agents")
    assert not BARE_RANK.search(told + json.dumps([c.proto.spec for c in app.get("plotly_chart")], ensure_ascii=False))


def test_an_unknown_country_gives_a_message_and_the_list() -> None:
    app = opened("relations", country="XX")
    sound(app)
    assert "country" in app.warning[0].value
    assert "country=NO" in html(app)
    assert "country" not in address(app)


@pytest.mark.parametrize("country", ["GB", "ML", "KP", "IN"])
def test_a_country_outside_the_model_says_so(country: str) -> None:
    app = opened("relations", country=country)
    sound(app)
    assert "The model has no row for" in html(app)
    assert app.get("plotly_chart")


def test_what_the_model_claims_is_computed() -> None:
    made = relations.compensation(relations.shipped(), ties.load())
    told = html(opened("relations"))
    claimed = made.countries.index[made.countries["quadrant"] == "warm_regions_cool_states"]
    assert (f"alone: {units.name(claimed[0], 'en')}" in told) == (len(claimed) == 1)
    assert f"{made.model.clusters} countries" in told
    assert "errors come out too small" in told  # 17 clusters; Cameron, Gelbach and Miller ask for some forty


def test_the_fact_is_the_table_of_ties() -> None:
    kinds = list(relations.shipped().gravity.kinds)
    known = ties.load()
    listed = len(known.alive(known.snapshot).where(kind=kinds, country="FI"))
    assert f"<b>{listed}</b>" in html(opened("relations", country="FI"))


def test_seats_lost_since_2022_are_named() -> None:
    told = html(opened("relations", view="agents"))
    assert "Barents Regional Council" in told  # Russia left it in 2023
    assert "year not known" in told


def test_weights_of_the_capacity_move_ranking_and_address() -> None:
    app = opened("relations", view="capacity")
    next(one for one in app.slider if one.key == "weight_affinity").set_value(0).run()
    sound(app)
    assert address(app) == {"view": "capacity", "capacity": "affinity-0"}
    assert "changed by the reader" in html(app)
    app.button(key="reset").click().run()
    assert address(app) == {"view": "capacity"}


def test_reasons_stand_beside_a_rank_with_its_interval() -> None:
    told = html(opened("relations", view="capacity", country="FI", region="RU-KR"))
    assert "in 90 % of draws" in told
    assert "Titular group of the country" in told
    assert "Part of the score" in told


def test_a_country_of_which_little_is_known_is_told_so() -> None:
    told = html(opened("relations", view="capacity", country="ML"))
    assert "Whole pillars fall out" in told


def test_crises_set_the_years_before_and_after_beside_each_other() -> None:
    told = html(opened("relations", view="crises", country="FI"))
    assert "Round 2014" in told
    assert "Round 2022" in told
    assert "stand in no bar" in told


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("country", "finland"),
        ("country", "<script>"),
        ("view", "all"),
        ("region", "RU-CR"),
        ("capacity", "affinity-101"),
    ],
)
def test_bad_input_is_named_and_the_default_shown(lang: str, name: str, value: str) -> None:
    app = opened("relations", lang=lang, **{name: value})
    sound(app)
    assert any(name in warning.value for warning in app.warning)
    assert "<script>" not in html(app) + "".join(w.value for w in app.warning)
    assert name not in address(app)
