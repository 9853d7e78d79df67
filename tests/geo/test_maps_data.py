"""Maps as data: every subject of the scope stands in one row of the legend; circles keep proportion."""

import math

import numpy as np
import pandas as pd
import pytest

from geo import units
from geo.errors import ArgumentError
from geo.exports.legends import legend
from geo.maps import DARK, choropleth, circle_map, classify
from geo.maps.circles import round_sizes

CODES = [f"RU-{number:03}" for number in range(83)]
BORDER = CODES[:48]
STATUS = ["observed"] * 40 + ["zero"] * 4 + ["no_data"] * 2 + ["not_applicable", "suspended"]
STATUS += ["observed"] * 35


@pytest.fixture
def frame():
    values = [
        {"observed": float(place + 1), "zero": 0.0, "suspended": 3.0}.get(status, math.nan)
        for place, status in enumerate(STATUS)
    ]
    return pd.DataFrame(
        {"value": values, "status": STATUS, "year_used": pd.array([2020] * 83, dtype="Int64")},
        index=pd.Index(CODES, name="iso_3166_2"),
    )


@pytest.mark.parametrize("scope", [BORDER, CODES], ids=["border", "all"])
@pytest.mark.parametrize("draw", [choropleth, circle_map])
def test_legend_counts_every_subject_of_the_scope_once(frame, scope, draw):
    drawn = draw(frame, scope)
    assert sum(row.count for row in drawn.legend) == drawn.total == len(scope)
    kinds = {row.kind: row.count for row in drawn.legend if row.kind not in ("class", "circle")}
    assert kinds == {"zero": 4, "no_data": 2, "not_applicable": 1, "suspended": 1}
    assert len(drawn.subjects) == 83


def test_coverage_and_rank(frame):
    drawn = choropleth(frame, BORDER)
    assert (drawn.ranked, drawn.applicable, drawn.total) == (45, 47, 48)
    rank = drawn.subjects["rank"]
    assert rank["RU-039"] == 1
    # 40 observed values and a suspended one of 3, which shares its place with the third lowest
    assert (rank["RU-002"], rank["RU-047"], rank["RU-001"]) == (38, 38, 40)
    # four zeros share the lower number
    assert rank[[f"RU-{n:03}" for n in range(40, 44)]].tolist() == [42] * 4
    assert rank[["RU-044", "RU-046", "RU-050"]].isna().all()


def test_yes_and_no():
    codes = CODES[:3]
    answers = pd.DataFrame(
        {"value": [1.0, 1.0, 0.0], "status": ["observed", "observed", "zero"], "year_used": 2020},
        index=pd.Index(codes, name="iso_3166_2"),
    )
    rows = choropleth(answers, codes, lang="ru", yes_no=True).legend
    assert [(row.label, row.count) for row in rows] == [("да", 2), ("нет", 1)]


def test_fill_follows_class_and_legend(frame):
    drawn = choropleth(frame, BORDER, "equal_interval", 4)
    fills = [row.fill for row in drawn.legend if row.kind == "class"]
    observed = drawn.subjects[drawn.subjects["class_index"] >= 0]
    assert [fills[index] for index in observed["class_index"]] == observed["fill"].tolist()
    outside = drawn.subjects.loc["RU-060"]
    assert (outside["fill"], outside["pattern"], outside["class_index"]) == ("#f3efe6", "", -1)
    assert drawn.subjects.loc["RU-044", "pattern"] == "hatch"
    assert drawn.subjects.loc["RU-046", "dash"]
    assert drawn.subjects.loc["RU-047", "pattern"] == "bars"


def test_histogram_counts_the_observed(frame):
    drawn = choropleth(frame, BORDER)
    assert sum(bar.count for bar in drawn.histogram) == 40
    by_fill: dict[str, int] = {}
    for bar in drawn.histogram:
        assert sum(size for _, size in bar.parts) == bar.count
        for fill, size in bar.parts:
            by_fill[fill] = by_fill.get(fill, 0) + size
    assert by_fill == {row.fill: row.count for row in drawn.legend if row.kind == "class"}


def test_zero_of_a_lower_bound_is_none_found(frame):
    labels = {row.kind: row.label for row in choropleth(frame, BORDER, at_least=True).legend}
    assert labels["zero"] == "none found"
    russian = {row.kind: row.label for row in choropleth(frame, BORDER, lang="ru").legend}
    assert (russian["zero"], russian["no_data"]) == ("ноль", "нет данных")


def test_a_year_without_values_is_a_map_all_the_same(frame):
    empty = frame.assign(value=np.nan, status="no_data")
    for drawn in (choropleth(empty, CODES), circle_map(empty, CODES)):
        assert [(row.kind, row.count) for row in drawn.legend] == [("no_data", 83)]


def test_limits_common_to_years(frame):
    classes = classify([*frame["value"].dropna(), 500.0], "equal_interval", 5)
    drawn = choropleth(frame, BORDER, classes=classes, theme=DARK)
    assert [row.count for row in drawn.legend if row.kind == "class"] == [40, 0, 0, 0, 0]


def test_unknown_subjects_in_the_scope_are_refused(frame):
    with pytest.raises(ArgumentError, match="RU-XXX"):
        choropleth(frame, [*BORDER, "RU-XXX"])


def test_area_of_a_circle_is_proportional(frame):
    drawn = circle_map(frame, BORDER)
    shown = drawn.subjects[drawn.subjects["radius"] > 0]
    assert len(shown) == 40
    per_unit = math.pi * shown["radius"] ** 2 / shown["value"]
    assert per_unit.max() == pytest.approx(per_unit.min())
    for mark in drawn.sizes:
        assert math.pi * mark.radius**2 / mark.value == pytest.approx(per_unit.iloc[0])


@pytest.mark.parametrize(
    ("largest", "sizes"),
    [(137, (100, 20, 5)), (40, (20, 10, 2)), (0.9, (0.5, 0.2, 0.02)), (5, (5, 1, 0.2)), (0, ())],
)
def test_nested_legend_has_round_values(largest, sizes):
    assert round_sizes(largest) == pytest.approx(sizes)


def test_a_legend_of_counts_has_no_part_of_a_thing():
    assert round_sizes(3, whole=True) == (2, 1)
    counts = pd.DataFrame(
        {"value": [3.0, 1.0], "status": "observed", "year_used": pd.array([2020] * 2, dtype="Int64")},
        index=pd.Index(CODES[:2], name="iso_3166_2"),
    )
    assert [mark.label for mark in circle_map(counts, CODES[:2]).sizes] == ["2", "1"]


def test_circles_refuse_what_they_cannot_show(frame):
    with pytest.raises(ArgumentError, match="negative"):
        circle_map(frame.assign(value=-1.0), BORDER)
    with pytest.raises(ArgumentError, match="largest circle"):
        circle_map(frame, BORDER, largest=5)


def test_circles_have_a_histogram_of_their_values_in_their_colour():
    codes = units.scope("border")
    values = pd.Series(range(len(codes)), index=codes, dtype=float)
    frame = pd.DataFrame({"value": values, "status": "observed", "year_used": 2020}).reindex(units.scope("all"))
    drawn = circle_map(frame.fillna({"status": "no_data"}), codes)
    assert sum(bar.count for bar in drawn.histogram) == 48
    assert (drawn.histogram[0].low, drawn.histogram[-1].high) == (0, 47)
    assert {bar.fill for bar in drawn.histogram} == {drawn.circle_fill}
    assert 'class="histogram"' in legend(drawn, "x")


def test_one_value_has_no_histogram():
    frame = pd.DataFrame({"value": 5.0, "status": "observed", "year_used": 2020}, index=units.scope("all"))
    assert circle_map(frame, units.scope("border")).histogram == ()
