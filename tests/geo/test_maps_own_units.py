"""Units of a reader's own on the map: what the browser unpacks is what was brought, within a pixel."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image

from geo import boundaries, ties
from geo.exports import maps
from geo.maps import LIGHT, choropleth, own_units
from geo.maps.captions import Caption
from geo.maps.own_units import OwnChoice
from geo.maps.painting import payload

NAMES = ["A", "B"]
OUTLINES = gpd.GeoSeries(
    [
        shapely.box(0, 0, 300, 200),
        shapely.MultiPolygon(
            [shapely.box(300, 0, 500, 200).difference(shapely.box(350, 50, 400, 100)), shapely.box(600, 0, 700, 50)]
        ),
    ],
    index=NAMES,
    crs=boundaries.ALBERS,
)
VALUES = pd.DataFrame({"value": [1.0, 2.0], "status": "observed", "year_used": pd.array([pd.NA] * 2)}, index=NAMES)


@pytest.fixture(scope="module")
def told() -> dict:
    drawing = choropleth(VALUES, NAMES)
    return own_units.told(payload(drawing, title="t", unit="u", year=None, source="s"), OUTLINES, NAMES, "ru", 1)


def unpacked(polygons: list[list[list[int]]], grain: float) -> shapely.Geometry:
    """What the script of the map makes of an outline: the sums of the steps."""
    parts = [[np.cumsum(np.reshape(ring, (-1, 2)), axis=0) * grain for ring in rings] for rings in polygons]
    return shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in parts])


def test_outlines_come_back_within_a_grain(told: dict) -> None:
    own = told["own"]
    assert own["names"] == NAMES
    for polygons, outline in zip(own["outlines"], OUTLINES, strict=True):
        back = unpacked(polygons, own["grain"])
        assert back.area == pytest.approx(outline.area, rel=0.005)
        assert shapely.hausdorff_distance(back, outline) <= own["grain"]


def test_the_83_are_ground_and_the_units_follow_them(told: dict) -> None:
    assert told["marks"][:83] == "." * 83
    assert told["marks"][83] == "0" < told["marks"][84]
    assert told["values"][83:] == [1.0, 2.0]
    assert told["ranks"][83:] == [2, 1]
    assert told["selected"] == "own-1"
    assert told["own"]["outside"] == "не из ваших единиц"


def test_points_of_labels_lie_inside(told: dict) -> None:
    for (x, y), outline in zip(told["own"]["points"], OUTLINES, strict=True):
        assert outline.contains(shapely.Point(x, y))


@pytest.mark.parametrize(
    ("identity", "place"),
    [("own-0", 0), ("own-12", 12), ("own-", None), ("own-x", None), ("RU-MUR", None), (None, None)],
)
def test_only_names_of_units_are_answers(identity: object, place: int | None) -> None:
    assert own_units.place(identity) == place


def test_a_figure_for_paper_is_drawn(tmp_path) -> None:  # type: ignore[no-untyped-def]
    words = Caption(title="Связи", subtitle="t.csv", legend_title="Связи", paragraphs=(("", "…"),))
    path = tmp_path / "own.png"
    path.write_bytes(maps.picture(choropleth(VALUES, NAMES), words, "png", 96, OUTLINES))
    with Image.open(path) as picture:
        assert picture.size == (1122, 793)  # A4 at 96 dots an inch
        colours = {colour for _count, colour in picture.convert("RGB").getcolors(1 << 20)}
    drawn = choropleth(VALUES, NAMES).subjects["fill"]
    assert {tuple(bytes.fromhex(fill.removeprefix("#"))) for fill in drawn} <= colours


def of_year(year: int, first: float, second: float) -> pd.DataFrame:
    frame = VALUES.assign(value=[first, second], year_used=pd.array([year] * 2, dtype="Int64"))
    return frame.assign(status=["zero" if value == 0 else "observed" for value in frame["value"]])


SERIES = {2014: of_year(2014, 1.0, 2.0), 2015: of_year(2015, 9.0, 0.0), 2016: of_year(2016, 3.0, 10.0)}


def test_years_that_are_drawn_together_share_their_limits() -> None:
    # 1, 2, 9, 3 and 10 in two equal intervals part at 5.5; a zero is no class
    drawn = own_units.drawings(SERIES, NAMES, OwnChoice(scheme="equal_interval", k=2))
    assert {year: one.subjects["class_index"].tolist() for year, one in drawn.items()} == {
        2014: [0, 0],
        2015: [1, -1],
        2016: [0, 1],
    }
    alone = own_units.drawings({2014: SERIES[2014]}, NAMES, OwnChoice(scheme="equal_interval", k=2))
    assert alone[2014].subjects["class_index"].tolist() == [0, 1]


def test_circles_of_all_years_are_measured_by_the_largest() -> None:
    drawn = own_units.drawings(SERIES, NAMES, OwnChoice(circles=True))
    assert {one.largest for one in drawn.values()} == {10.0}
    # areas are as the values: 2.5 of 10 has half the radius
    assert own_units.drawings({2014: of_year(2014, 2.5, 10)}, NAMES, OwnChoice(circles=True))[2014].subjects[
        "radius"
    ].tolist() == [15.0, 30.0]


@pytest.mark.parametrize("circles", [False, True])
def test_the_player_passes_over_the_ground(circles: bool) -> None:
    drawn = own_units.drawings(SERIES, NAMES, OwnChoice(circles=circles, scheme="equal_interval", k=2))
    plain = payload(drawn[2015], title="t", unit="u", year=2015, source="s", years=[*SERIES], series=drawn)
    play = own_units.told(plain, OUTLINES, NAMES, "en")["play"]
    assert play["years"] == [2014, 2015, 2016]
    assert [marks[:83] for marks in play["marks"]] == ["." * 83] * 3
    assert [marks[83:] for marks in play["marks"]] == (["00", "0z", "00"] if circles else ["00", "1z", "01"])
    assert [values[83:] for values in play.get("values", [])] == ([[1, 2], [9, 0], [3, 10]] if circles else [])


def test_ties_lie_over_the_readers_units_as_far_as_their_map_reaches() -> None:
    # the region of Murmansk; crossings into Norway and Finland lie on its border
    murmansk = boundaries.projected("subjects", "medium").geometry[["RU-MUR"]]
    drawn = own_units.ties_over(murmansk, ["crossing"], LIGHT, "en")
    west, south, east, north = own_units.of_layer(murmansk).bounds
    inside = [s for s in drawn.told["scales"][-1]["symbols"] if west <= s[0] <= east and south <= s[1] <= north]
    assert any("Borisoglebsk" in " ".join(words) or "Storskog" in " ".join(words) for *_rest, words in inside)
    # twin towns are told of the subjects that the units lie in or touch, and of no others
    (_title, entries) = own_units.ties_over(murmansk, ["twin_town"], LIGHT, "en").legend[0]
    near = ties.load().where(kind="twin_town", subject=["RU-MUR", "RU-KR"])
    assert sum(one.count for one in entries) == len(near)
    assert own_units.ties_over(OUTLINES.translate(-9000, -9000), ["twin_town"], LIGHT, "en").legend == ()
