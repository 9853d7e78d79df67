"""Units of a reader's own on the map: what the browser unpacks is what was brought, within a pixel."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image

from geo import boundaries
from geo.exports import maps
from geo.maps import choropleth, own_units
from geo.maps.captions import Caption
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
