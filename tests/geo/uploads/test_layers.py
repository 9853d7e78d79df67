"""Boundaries of the reader's own: the same outlines in three formats, and what is said where they need help."""

from __future__ import annotations

import pytest
import shapely

from geo.uploads import Refused, apart, limits
from geo.uploads.layers import SYSTEMS, on_map, read_layer
from tests.geo.uploads.files import layer, packed, shapefile, units, zipped

FORMATS = {
    "shapefile": lambda: zipped(shapefile()),
    "in a folder": lambda: zipped(shapefile(), stem="мои границы/units"),
    "geopackage": lambda: layer("GPKG"),
    "geojson": lambda: layer("GeoJSON"),
    "geojson with a mark": lambda: b"\xef\xbb\xbf" + layer("GeoJSON"),
    "packed by a Mac": lambda: packed(
        {**{f"units{s}": c for s, c in shapefile().items()}, "__MACOSX/._units.shp": b"x", ".DS_Store": b"x"}
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_units(name: str) -> None:
    found = read_layer(FORMATS[name](), name)
    assert found.frame["code"].tolist() == ["W", "E"]
    assert found.frame["name"].tolist() == ["Западный край", "Восточный край"]
    assert found.frame.crs == "EPSG:4326"
    for ours, theirs in zip(found.frame.geometry, units().geometry, strict=True):
        assert ours.equals(theirs)


def test_apart_gives_what_reading_here_gives() -> None:
    content = zipped(shapefile(encoding="cp1251"), without=[".cpg"])
    here, there = read_layer(content, "a.zip"), apart.read_layer(content, "a.zip")
    assert there.frame.drop(columns="geometry").equals(here.frame.drop(columns="geometry"))
    assert there.frame.geometry.geom_equals(here.frame.geometry).all()
    assert (there.name, there.simplified) == (here.name, here.simplified)
    assert [word.of("ru") for word in there.mended] == [word.of("ru") for word in here.mended]


def test_a_system_that_is_not_said_is_asked_for_and_then_believed() -> None:
    content = zipped(shapefile(units("EPSG:28407")), without=[".prj"])
    with pytest.raises(Refused) as refused:
        read_layer(content)
    assert refused.value.kind == "unknown_crs"
    found = read_layer(content, crs="EPSG:28407")
    # seven decimal places of a degree are a centimetre
    ours, theirs = (frame.geometry.iloc[0].normalize() for frame in (found.frame, units()))
    assert shapely.equals_exact(ours, theirs, tolerance=1e-6)


def test_a_system_may_be_named_in_russian() -> None:
    files = shapefile(units("EPSG:28407"))
    named = files[".prj"].replace(b'PROJCS["', 'PROJCS["МСК, зона '.encode("cp1251"))
    assert named != files[".prj"]
    found, ours = read_layer(zipped({**files, ".prj": named})), read_layer(zipped(files))
    assert found.frame.geometry.geom_equals(ours.frame.geometry).all()


def test_the_choice_of_systems_is_known_to_proj() -> None:
    from pyproj import CRS

    assert len(SYSTEMS) > 50
    assert all(CRS(code).to_epsg() == int(code.removeprefix("EPSG:")) for code in SYSTEMS)
    assert "zone 7" in CRS("EPSG:28407").name
    assert SYSTEMS["EPSG:28407"].of("en").endswith("zone 7")
    assert "zone 37N" in CRS("EPSG:32637").name
    assert SYSTEMS["EPSG:32637"].of("en").startswith("UTM zone 37N")


def test_outlines_of_the_map_keep_their_area_in_kilometres() -> None:
    found = read_layer(layer("GPKG"))
    drawn = on_map(found)
    # a spherical zone between 60 and 66 degrees N, 7 degrees wide: R^2 * dlon * (sin 66 - sin 60), R of equal area
    wanted = 6371.0072**2 * 0.122173 * (0.913545 - 0.866025)
    # edges that are straight in degrees are straight on the map too: a few per cent of a unit as wide
    assert drawn.area.iloc[0] == pytest.approx(wanted, rel=0.03)


def test_rows_times_columns_are_bounded_as_in_a_table() -> None:
    content = layer("GPKG")
    cells = read_layer(content).frame.drop(columns="geometry").size
    assert len(read_layer(content, bounds=limits().model_copy(update={"cells": cells})).frame) == 2
    with pytest.raises(Refused) as refused:
        read_layer(content, bounds=limits().model_copy(update={"cells": cells - 1}))
    assert (refused.value.kind, refused.value.values) == ("too_many_cells", {"count": cells, "most": cells - 1})


def test_a_layer_without_attributes_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_layer(layer("GeoJSON", units()[["geometry"]]))
    assert refused.value.said("en") == (
        "The boundaries cannot be used: the layer has no column that could name its units."
    )
