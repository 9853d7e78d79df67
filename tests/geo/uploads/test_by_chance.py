"""Workbooks and boundaries that chance writes and chance damages: read as they were written, or refused in a sentence.

Truths from outside: what openpyxl, the json module and GDAL wrote must come back. Whatever is damaged must be a table
or a layer within its bounds, or :class:`geo.uploads.Refused`, and never another error.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError
from shapely.geometry import box

from geo.uploads import Refused, column_values, limits, read_table
from geo.uploads.layers import UploadedLayer, read_layer
from tests.geo.uploads.files import changed, members, shapefile, units, workbook, zipped

# bounds of each search by chance: about a second
FEW = settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), max_size=12)
WORDS = TEXTS.filter(lambda text: text[:1] not in ("=", "@", "+", "-"))
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15, allow_nan=False)


def said_well(refusal: Refused) -> None:
    for lang in ("en", "ru"):
        assert refusal.said(lang).endswith(".")
        assert "{" not in refusal.said(lang).replace(str(refusal.values), "")


def layer_or_refusal(content: bytes) -> UploadedLayer | None:
    """Read boundaries; what is read is within its bounds."""
    try:
        found = read_layer(content)
    except Refused as refusal:
        said_well(refusal)
        return None
    outlines = found.frame.geometry
    assert len(found.frame) > 0
    assert found.frame.crs == "EPSG:4326"
    assert found.columns
    assert outlines.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert shapely.is_valid(outlines.to_numpy()).all()
    assert not outlines.is_empty.any()
    assert found.vertices <= limits().vertices
    return found


@FEW
@given(st.lists(st.tuples(WORDS.filter(bool), NUMBERS), min_size=1, max_size=6))
@example([("1.5", 1.0)])
def test_a_workbook_gives_back_what_was_written(rows: list[tuple[str, float]]) -> None:
    table = read_table(workbook([("регион", "связи"), *rows]))
    assert table.frame["регион"].tolist() == [name for name, _figure in rows]
    # openpyxl writes sixteen digits
    written = [float(f"{figure:.16g}") for _name, figure in rows]
    assert column_values(table, "связи")["value"].tolist() == written


@FEW
@given(st.lists(st.lists(TEXTS | NUMBERS | st.booleans() | st.none() | st.dates(), max_size=5), max_size=6))
@example([["=1+1", "a"], ["b", 2]])
def test_whatever_a_workbook_holds_is_a_table_or_refused(rows: list[list[Any]]) -> None:
    try:
        content = workbook(rows)
    except IllegalCharacterError:
        return
    try:
        table = read_table(content)
    except Refused as refusal:
        said_well(refusal)
        return
    assert len(table.columns) >= 2
    assert len(table.frame) <= len(rows)


DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8)


def damaged(content: bytes, places: list[tuple[float, int]], end: float) -> bytes:
    """Content with some bytes replaced, and cut short."""
    found = bytearray(content)
    for share, byte in places:
        found[int(share * len(found))] = byte
    return bytes(found[: max(1, int(end * len(found)))])


BOOK = workbook()
PARTS = sorted(name for name in members(BOOK) if name.endswith((".xml", ".rels")))


@FEW
@given(st.sampled_from(["", *PARTS]), DAMAGE, st.sampled_from([1.0, 1.0, 0.9, 0.4]))
def test_a_damaged_workbook_is_a_table_or_refused(part: str, places: list[tuple[float, int]], end: float) -> None:
    hurt = changed(BOOK, part, lambda xml: damaged(xml, places, end)) if part else damaged(BOOK, places, end)
    try:
        assert len(read_table(hurt).columns) >= 2
    except Refused as refusal:
        said_well(refusal)


DEGREES = st.floats(-400, 400) | st.sampled_from([float("nan"), float("inf"), 180.0, -180.0, 90.0, 1e300])
RINGS = st.lists(st.lists(DEGREES, min_size=1, max_size=3), max_size=6)
GEOMETRIES = st.one_of(
    st.none(),
    st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": st.lists(RINGS, max_size=3)}),
    st.fixed_dictionaries({"type": st.just("MultiPolygon"), "coordinates": st.lists(st.lists(RINGS, max_size=2))}),
    st.fixed_dictionaries({"type": st.sampled_from(["Point", "LineString", "Moon"]), "coordinates": RINGS}),
    st.builds(
        lambda x, y, side: shapely.geometry.mapping(box(x, y, x + side, y + side)),
        *(st.floats(20, 80), st.floats(45, 75), st.floats(0, 5)),
    ),
)
FEATURES = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "properties": st.none()
        | st.dictionaries(TEXTS, TEXTS | NUMBERS | st.none() | st.lists(NUMBERS, max_size=2), max_size=3),
        "geometry": GEOMETRIES,
    }
)


@FEW
@given(st.lists(FEATURES, max_size=4))
def test_whatever_geojson_holds_is_a_layer_or_refused(features: list[dict[str, Any]]) -> None:
    found = layer_or_refusal(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert found is None or len(found.frame) <= len(features)


@FEW
@given(st.recursive(st.none() | NUMBERS | TEXTS, lambda one: st.lists(one) | st.dictionaries(TEXTS, one), max_leaves=8))
def test_any_json_is_no_layer_but_a_refusal(value: Any) -> None:
    assert layer_or_refusal(json.dumps({"type": "FeatureCollection", "features": value}).encode()) is None


@FEW
@given(st.lists(WORDS.filter(bool), min_size=2, max_size=2, unique=True))
@example(["Мурманская", "NULL"])
def test_a_shapefile_gives_back_names_and_outlines(names: list[str]) -> None:
    found = layer_or_refusal(zipped(shapefile(units().assign(name=names), encoding="UTF-8")))
    assert found is not None
    assert found.frame["name"].tolist() == names
    assert [one.equals(other) for one, other in zip(found.frame.geometry, units().geometry, strict=True)] == [True] * 2


SHAPEFILE = shapefile()


@FEW
@given(st.sampled_from(sorted(SHAPEFILE)), DAMAGE, st.sampled_from([1.0, 1.0, 1.0, 0.9, 0.3]))
@example(".shx", [(0.23981641530882605, 155), (0.28792573335844995, 78)], 1.0)
@example(".prj", [(0.1, 237)], 1.0)
def test_a_damaged_shapefile_is_a_layer_or_refused(part: str, places: list[tuple[float, int]], end: float) -> None:
    layer_or_refusal(zipped({**SHAPEFILE, part: damaged(SHAPEFILE[part], places, end)}))


@pytest.mark.parametrize("name", [b"\0TF-8", b"idna", b"hex", b"undefined", b"unicode_escape", b"", b"\xff", b"UTF-7"])
def test_a_shapefile_may_name_any_encoding(name: bytes) -> None:
    found = layer_or_refusal(zipped({**SHAPEFILE, ".cpg": name}))
    assert found is None or len(found.frame) == 2


@FEW
@given(DAMAGE, st.sampled_from([1.0, 0.9, 0.3]))
def test_a_damaged_archive_of_a_shapefile_is_a_layer_or_refused(places: list[tuple[float, int]], end: float) -> None:
    layer_or_refusal(damaged(zipped(SHAPEFILE), places, end))
