"""Ties over the map: each is drawn or said to be missing, and nothing of them is told as markup."""

from __future__ import annotations

import json

import numpy as np
import pytest

from geo import boundaries, facts, ties, units
from geo.maps import DARK, LIGHT
from geo.maps.describing import standing
from geo.maps.layers import Painting
from geo.maps.overlays import OVERLAYS, SCALES, frame_km, layers, overlays
from geo.maps.painting import locator
from geo.maps.symbols import KIND_SHAPE, MODE_SHAPE, SHAPES, line, outline, svg, symbol
from geo.maps.views import border_view, subjects_view
from geo.ties import Ties

LOW_X, LOW_Y, HIGH_X, HIGH_Y = frame_km()


def drawn(scale: dict[str, list[list[object]]], look_numbers: set[int] | None = None) -> int:
    return sum(int(str(entry[3])) for entry in scale["symbols"] if look_numbers is None or entry[2] in look_numbers)


@pytest.mark.parametrize("kind", ["crossing", "consulate"])
def test_every_tie_with_a_point_is_in_one_symbol_at_each_scale(kind: str) -> None:
    told = overlays((kind,), "all", "en", "light")  # type: ignore[arg-type]
    frame = ties.load().where(kind=kind).frame  # type: ignore[arg-type]
    with_point = frame["subject_lon"].notna().sum()
    assert [drawn(scale) for scale in told.told["scales"]] == [with_point] * len(SCALES)
    assert told.unplaced.get(kind, 0) == len(frame) - with_point


def test_every_twin_tie_with_two_points_is_in_one_line_at_each_scale() -> None:
    told = overlays(("twin_town",), "all", "en", "light")
    frame = ties.load().where(kind="twin_town").frame
    with_points = frame[["subject_lon", "partner_lon"]].notna().all(axis=1).sum()
    for scale in told.told["scales"]:
        assert sum(entry[1] for entry in scale["lines"]) == with_points


def test_lines_stay_in_the_frame() -> None:
    told = overlays(("twin_town",), "all", "en", "light")
    for scale in told.told["scales"]:
        for *_, steps in scale["lines"]:
            way = np.cumsum(np.array(steps).reshape(-1, 2), axis=0)
            # written as whole kilometres, so a step may add half a kilometre
            assert (way >= np.array([LOW_X, LOW_Y]) - 10).all()
            assert (way <= np.array([HIGH_X, HIGH_Y]) + 10).all()


def test_the_euroregion_of_karelia_is_outlined_with_its_members() -> None:
    karelia = ties.load().where(kind="euroregion", group="karelia")
    told = layers(karelia, (0, karelia.snapshot), LIGHT, "en", frame_km())
    # founding members of Euregio Karelia, 2000
    assert {entry[0] for entry in told.told["outlines"]} == {"RU-KR", "FI-05", "FI-13", "FI-14"}
    assert "Euregio Karelia" in told.told["outlines"][0][2][1]


def test_an_undated_tie_of_a_list_is_drawn_as_of_unknown_state_and_in_no_year_before() -> None:
    listed = ties.load().where(kind="twin_town")
    undated = Ties(listed.frame[listed.frame["opened"].isna() & (listed.frame["status"] == "unknown")], listed.snapshot)
    assert set(standing(undated, undated.snapshot)) == {"unknown"}
    tromso = listed.where(subject="RU-MUR", country="NO").frame.query("partner_place == 'Tromsø'")
    # Murmansk and Tromsø became twin towns in 1972
    assert tromso["opened"].tolist() == [1972]


def test_names_reach_the_script_as_text_that_cannot_end_it() -> None:
    frame = ties.load().where(kind="crossing", country="NO").frame.copy()
    nasty = '</script><img src=x onerror="alert(1)"> «Борисоглебск» 鲍里索'
    frame["name"] = nasty
    told = layers(Ties(frame, 2026), (0, 2026), LIGHT, "en", frame_km())
    literal = Painting({"overlay": told.told}).payload_json
    assert "<" not in literal
    assert json.loads(literal)["overlay"]["scales"][0]["symbols"][0][4][0] == nasty


def test_five_thousand_synthetic_ties_are_drawn_as_few_lines() -> None:
    random = np.random.default_rng(3)
    few = ties.load().where(kind="twin_town").frame.dropna(subset=["partner_lon", "subject_lon"])
    many = few.sample(5000, replace=True, random_state=3).reset_index(drop=True)
    many["subject_lat"] += random.normal(0, 0.5, 5000)
    told = layers(Ties(many, 2026), (0, 2026), LIGHT, "en", frame_km())
    subjects_and_countries = many[["iso_3166_2", "country"]].drop_duplicates()
    assert len(told.told["scales"][0]["lines"]) <= len(subjects_and_countries)
    assert sum(entry[1] for entry in told.told["scales"][0]["lines"]) == 5000


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_two_states_of_a_kind_look_the_same(theme: object) -> None:
    for look in (symbol, line, outline):
        kind = "crossing" if look is symbol else "twin_town" if look is line else "euroregion"
        states = ("active", "suspended", "ended", "unknown")
        assert len({look(kind, state, theme) for state in states}) == 4  # type: ignore[operator]
    assert set(MODE_SHAPE.values()) | set(KIND_SHAPE.values()) <= set(SHAPES)
    assert svg(symbol("crossing", "ended", LIGHT, "rail")).startswith("<svg ")


def test_every_overlay_has_a_legend_with_the_number_of_its_ties() -> None:
    told = overlays(OVERLAYS, "all", "en", "light")
    entries = dict(told.legend)
    assert set(entries) == {ties.kind_name(kind, "en") for kind in OVERLAYS}
    assert sum(entry.count for entry in entries["Consulates hosted"]) == len(ties.load().where(kind="consulate"))


def test_no_two_entries_of_a_legend_look_alike() -> None:
    for _heading, entries in overlays(OVERLAYS, "all", "en", "light").legend:
        assert len({entry.look for entry in entries}) == len(entries)


def test_a_map_without_layers_tells_nothing_of_them() -> None:
    told = locator({"RU-MUR": "this region"}, [], subjects_view(["RU-MUR"]), LIGHT, "en")
    assert "overlay" not in told


def test_the_view_of_a_border_holds_its_crossings() -> None:
    """Vyartsilya, on the Finnish border, is in the view of Finland; Zabaykalsk is not."""
    view = border_view(ties.border("FI"))
    finnish = ties.border("FI").ties.where(kind="crossing")
    told = layers(finnish, (0, 2026), LIGHT, "en", view.bounds, turn=view.turn, scales=SCALES[-1:])
    low_x, low_y, high_x, high_y = view.bounds
    symbols = told.told["scales"][0]["symbols"]
    assert symbols
    assert all(low_x < entry[0] < high_x and low_y < entry[1] < high_y for entry in symbols)


@pytest.mark.parametrize("country", ties.border_countries())
def test_every_border_has_a_view_on_earth(country: str) -> None:
    view = border_view(ties.border(country))
    assert 150 < view.km_wide < 6000


def test_every_member_of_a_grouping_is_outlined_or_said_to_be_further_inland() -> None:
    told = overlays(("cbc_programme", "euroregion"), "border", "ru", "light")
    outlined = {entry[0] for entry in told.told["outlines"]}
    assert outlined <= {*boundaries.load("subjects").index, *boundaries.load("foreign").index}
    of = ties.load().where(kind=("cbc_programme", "euroregion"), subject=list(units.scope("border"))).frame["group_id"]
    programmes, euroregions = facts.table("cbc_programme_regions"), facts.table("euroregion_members")
    members = [
        *programmes.loc[programmes["programme_id"].isin(of), "unit_iso_3166_2"].dropna(),
        *euroregions.loc[euroregions["euroregion_id"].isin(of), "member_iso_3166_2"].dropna(),
    ]
    assert outlined | {code for codes in told.inland.values() for code in codes} == set(members)
    # Norrbotten is a core area of Kolarctic, and a hundred kilometres from Russia
    assert "SE-BD" in told.inland["cbc_programme"]
