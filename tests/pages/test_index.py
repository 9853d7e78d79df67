"""The Index page by its address: recipes, weights, intervals, views, and what nobody should have written there."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from geo.measures import recipe as recipes
from geo.measures import sharing
from tests.pages.opened import address, html, opened, sound

ACTIVITY = recipes.read(recipes.shipped()["international_activity"])
BARE_RANK = re.compile(r"\b(?:rank|место) \d+ (?:of|из) \d+\b(?! \()")


def given(app: AppTest, name: str, content: bytes) -> AppTest:
    """Hand a file to the uploader in the popover of files."""
    app.session_state["recipe_files"] = True
    app.run()
    return app.file_uploader(key="recipe_file").set_value((name, content, "application/yaml")).run()


def chart(app: AppTest, key: str) -> dict:
    return next(json.loads(one.proto.spec) for one in app.get("plotly_chart") if f"-{key}" in one.proto.id)


@pytest.mark.parametrize(("lang", "title"), [("en", "International activity"), ("ru", "Международная активность")])
def test_first_visit(lang: str, title: str) -> None:
    app = opened("index", lang=lang)
    sound(app)
    assert not app.warning
    assert title in html(app)
    assert address(app) == {}


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("recipe", ["border_position", "soft_power", "openness"])
def test_every_recipe_opens_from_its_link(lang: str, recipe: str) -> None:
    app = opened("index", lang=lang, recipe=recipe, region="RU-MUR")
    sound(app)
    assert not app.error
    assert address(app) == {"recipe": recipe, "region": "RU-MUR"}
    assert recipes.read(recipes.shipped()[recipe]).title.of(lang) in html(app)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_rank_stands_without_its_interval(lang: str) -> None:
    app = opened("index", lang=lang, region="RU-KR", view="compare", against="openness")
    sound(app)
    said = html(app) + json.dumps([json.loads(c.proto.spec) for c in app.get("plotly_chart")], ensure_ascii=False)
    assert not BARE_RANK.search(said)
    assert ("in 90 % of draws" if lang == "en" else "в 90 % испытаний") in html(app)


def test_a_slider_moves_ranking_and_address() -> None:
    app = opened("index")
    slider = next(one for one in app.slider if one.key == "weight_representation")
    assert slider.value == 20
    before = chart(app, "ranking")["data"][2]["customdata"]
    slider.set_value(100).run()
    sound(app)
    assert address(app) == {"weights": "representation-100"}
    after = chart(app, "ranking")["data"][2]["customdata"]
    assert [one[0] for one in before] != [one[0] for one in after]
    # Saint Petersburg has by far the most consular posts
    assert after[0][0] == "RU-SPE"


def test_weights_that_leave_nothing_are_not_taken() -> None:
    app = opened("index", weights="organisations-0~representation-0")
    assert not app.warning
    next(one for one in app.slider if one.key == "weight_ties").set_value(0).run()
    sound(app)
    assert address(app)["weights"] == "organisations-0~representation-0"


def test_another_recipe_begins_with_its_own_weights() -> None:
    app = opened("index", weights="ties-80", normalisation="rank", seed="7")
    assert address(app) == {"weights": "ties-80", "normalisation": "rank", "seed": "7"}
    app.selectbox(key="recipe").set_value("openness").run()
    sound(app)
    assert address(app) == {"recipe": "openness"}


def test_the_seed_of_the_address_is_that_of_the_draws() -> None:
    assert "seed 7)" in html(opened("index", seed="7"))
    assert "seed 1991)" in html(opened("index"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("recipe", "hdi"),
        ("recipe", "own"),
        ("recipe", "../../etc/passwd"),
        ("weights", "ties-101"),
        ("weights", "<script>alert(1)</script>"),
        ("scope", "world"),
        ("normalisation", "goalposts"),
        ("within", "mode"),
        ("nulls", ""),
        ("share", "2"),
        ("seed", "0"),
        ("seed", "1e9"),
        ("year", "1900"),
        ("own", "AAAA"),
        ("view", "all"),
        ("against", "nothing"),
        ("region", "RU-CR"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_bad_input_is_named_and_the_default_shown(lang: str, name: str, value: str) -> None:
    app = opened("index", lang=lang, **{name: value})
    if name == "against":
        app = opened("index", lang=lang, view="compare", **{name: value})
    sound(app)
    assert any(name in warning.value for warning in app.warning)
    assert "<script>" not in html(app) + "".join(w.value for w in app.warning)
    assert name not in address(app)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("view", ["contributions", "drivers", "compare", "left_out", "provenance"])
def test_every_view_in_both_languages(lang: str, view: str) -> None:
    app = opened("index", lang=lang, view=view, recipe="border_position", weights="exposure-80")
    sound(app)
    assert not app.error
    assert app.get("plotly_chart")


def test_those_left_out_are_named_with_what_they_lack() -> None:
    for lang, reason, lacks in (
        ("en", "less data than the recipe asks for (60 %)", "not applicable: "),
        ("ru", "данных меньше, чем требует рецепт (60 %)", "неприменимо: "),
    ):
        told = html(opened("index", lang=lang, view="left_out", recipe="border_position"))
        assert told.count(reason) == 11  # border subjects without a land border
        assert lacks in told


def test_indicators_lead_to_their_maps_and_sources() -> None:
    told = html(opened("index", view="provenance"))
    for wanted in ACTIVITY.indicators:
        assert f"indicator={wanted.id}" in told
    assert "sources?lang=en&amp;source=" in told
    assert "operationalised by this project" in told


@pytest.mark.parametrize("view", ["contributions", "drivers", "compare"])
def test_every_chart_has_its_table(view: str) -> None:
    app = opened("index", view=view, weights="ties-80")
    tables = {"contributions": 1, "drivers": 2, "compare": 1}[view]
    assert len(app.expander) >= 1 + tables


def test_an_own_recipe_lives_in_the_address() -> None:
    own = ACTIVITY.model_copy(
        update={
            "id": "mine",
            "title": None,
            "pillars": sharing.with_weights(
                ACTIVITY, sharing.read_weights(ACTIVITY, "organisations-0~representation-0")
            ).pillars,
        }
    )
    app = opened("index", recipe="own", own=sharing.packed(own))
    sound(app)
    assert not app.warning
    assert "mine" in html(app)
    assert [one.key for one in app.slider] == [
        "weight_ties",
        "weight_twin_ties",
        "weight_twin_partner_countries",
        "weight_region_ties",
    ]
    assert address(app)["recipe"] == "own"


@pytest.mark.parametrize(
    ("old", "new", "lang", "says"),
    [
        ("null_rule: none_found_is_zero", "null_rule: zero", "en", "null_rule: write one of 'drop_units'"),
        ("null_rule: none_found_is_zero", "null_rule: zero", "ru", "null_rule: запишите одно из: 'drop_units'"),
        ("id: twin_ties", "id: twins", "en", "unknown indicator 'twins'; known: "),
        ("id: twin_ties", "id: twins", "ru", "неизвестный показатель 'twins'; известны: "),
    ],
)
def test_a_file_that_is_no_recipe_is_refused_with_line_and_remedy(old: str, new: str, lang: str, says: str) -> None:
    text = recipes.dump(ACTIVITY)
    line = text[: text.index(old)].count("\n") + 1
    app = given(opened("index", lang=lang), "my.yml", text.replace(old, new).encode())
    assert not app.exception
    (error,) = app.error
    assert says in error.value
    assert ("my.yml, line " if lang == "en" else "my.yml, строка ") + str(line) in error.value
    assert address(app) == {}


def test_an_illustration_in_a_file_is_refused() -> None:
    text = recipes.dump(ACTIVITY).replace("id: twin_ties\n    per: population_million", "id: agreements")
    app = given(opened("index", lang="ru"), "my.yml", text.encode())
    assert "служит иллюстрацией и в индекс не входит" in app.error[0].value


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a: [", b"a" * 100_000, b"&a [*a]", b"[" * 5000])
def test_rubbish_in_a_file_is_refused(content: bytes) -> None:
    app = given(opened("index"), "my.yml", content)
    assert not app.exception
    assert app.error


def test_a_recipe_taken_away_opens_again() -> None:
    text = recipes.dump(ACTIVITY).replace("id: international_activity", "id: mine").replace("0.35", "0.3", 1)
    app = given(opened("index"), "my.yml", text.replace("0.35", "0.4", 1).encode())
    assert not app.error
    sound(app)
    assert address(app)["recipe"] == "own"
    assert sharing.unpacked(address(app)["own"]).id == "mine"
