"""The ties on the Region page, alone and beside a second subject; the layers on the Map page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo import ties
from geo.maps.overlays import OVERLAYS
from tests.pages.opened import address, html, opened, sound, ties_table


def page(**params: str) -> AppTest:
    app = opened("region", **params)
    sound(app)
    return app


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [dict(json.loads(found.proto.spec)) for found in app.get("plotly_chart")]


def test_murmansk_sits_in_the_barents_council_until_2023() -> None:
    shown = html(page(region="RU-MUR"))
    row = shown[shown.index("Barents Regional Council") :][:400]
    # withdrawal announced on 18 September 2023; the year of joining is not in the source
    assert "2023" in row
    assert "unknown" in row


def test_consulates_hosted_projects_and_neighbours_are_listed() -> None:
    shown = html(page(region="RU-AMU"))
    assert "Blagoveshchensk-Heihe road bridge" in shown
    assert "300 million USD" in shown
    assert "Agreement in UN votes" in shown


def test_the_twin_towns_of_murmansk_stand_in_the_table() -> None:
    table = ties_table(page(region="RU-MUR", kind="twin_town"))
    tromso = table[table["Partner"] == "Tromsø"]
    assert tromso["Opened"].tolist() == [1972]


def test_two_subjects_stand_side_by_side_on_the_same_scales() -> None:
    app = page(region="RU-MUR", compare="RU-KR")
    first, second = charts(app)
    assert first["layout"]["yaxis"]["range"] == second["layout"]["yaxis"]["range"]
    assert set(ties_table(app)["Subject"]) == {"Murmansk Oblast", "Republic of Karelia"}
    assert address(app) == {"compare": "RU-KR"}


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("region", ["RU-NEN", "RU-MOS", "RU-SAM", "RU-KGD", "RU-CHU", "RU-MOW"])
def test_the_section_opens_for_subjects_of_every_sort(region: str, lang: str) -> None:
    app = page(region=region, lang=lang)
    assert not app.warning


def test_a_span_without_ties_is_no_fault() -> None:
    app = page(region="RU-NEN", **{"from": "1991", "to": "1991"})
    assert not app.warning


@pytest.mark.parametrize("kind", OVERLAYS)
def test_a_layer_of_the_map_has_its_legend(kind: str) -> None:
    app = opened("map", overlay=kind)
    sound(app)
    assert ties.kind_name(kind, "en") in html(app)
    assert address(app) == {"overlay": kind}


def test_all_layers_at_once_and_an_unknown_one() -> None:
    app = opened("map", overlay=",".join(OVERLAYS), lang="ru")
    sound(app)
    assert not app.warning
    app = opened("map", overlay="twin_town,castles")
    assert "overlay" in app.warning[0].value
    assert address(app) == {}


def test_a_kind_that_only_the_second_subject_has_can_be_chosen() -> None:
    """Nenets Autonomous Okrug has no twin town in the lists; Murmansk Oblast has."""
    app = page(region="RU-NEN", compare="RU-MUR", kind="twin_town")
    assert set(ties_table(app)["Subject"]) == {"Murmansk Oblast"}
    assert "twin_town" in app.button_group(key="kind_pills").value
