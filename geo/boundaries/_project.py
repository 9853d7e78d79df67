"""Project the layers to equal-area kilometres and simplify them so that shared borders stay shared."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.boundaries._layers import LAYERS, Layer, load
from geo.errors import UnknownCodeError

ALBERS = "+proj=aea +lat_1=52 +lat_2=64 +lat_0=56 +lon_0=100 +units=km"
"""Albers equal-area conic that suits Russia, in kilometres: Web Mercator would inflate the Arctic."""

Detail = Literal["coarse", "medium", "fine"]
DETAILS: tuple[Detail, ...] = get_args(Detail)

# Visvalingam-Whyatt removes corners whose triangle is smaller than the square of the tolerance.
TOLERANCE_KM: dict[Detail, float] = {"coarse": 15.0, "medium": 6.0, "fine": 1.5}
CONTEXT_MARGIN_KM = 1000.0
"""Countries within this distance of the frame are in the layer."""
PUBLISHED_MARGIN_KM = 2000.0
"""How much of them the browser gets, so that no cut edge shows on a wide screen."""
LABEL_MARGIN_KM = 250.0


def projected(layer: Layer, detail: Detail) -> gpd.GeoDataFrame:
    """One layer in Albers equal-area kilometres (:data:`ALBERS`), simplified.

    Subjects, foreign regions, countries and contested territories are simplified as one coverage, so their
    shared borders coincide at every detail. Islands smaller than the detail are left out, but never a whole unit.

    Parameters
    ----------
    layer
        As for :func:`geo.boundaries.load`.
    detail
        ``coarse`` (about 15 km), ``medium`` (6 km) or ``fine`` (1.5 km).

    Returns
    -------
    GeoDataFrame indexed by ``iso`` with the columns of the layer.

    Raises
    ------
    UnknownCodeError
        If there is no such layer or detail.
    """
    if layer not in LAYERS:
        raise UnknownCodeError("boundary layer", layer, list(LAYERS))
    if detail not in DETAILS:
        raise UnknownCodeError("detail", detail, list(DETAILS))
    return _projected(layer, detail).copy()


def frame_bounds(margin_km: float = 0.0) -> tuple[float, float, float, float]:
    """West, south, east and north of subjects and contested territories in Albers kilometres, with a margin."""
    west, south, east, north = _outline_bounds()
    return west - margin_km, south - margin_km, east + margin_km, north + margin_km


def label_points(layer: Layer) -> pd.DataFrame:
    """Where a label or a proportional circle of each unit stands.

    The point is the centre of the largest circle inside the largest part of the unit; of countries, inside what the
    map shows of them.

    Returns
    -------
    DataFrame indexed by ``iso`` with ``x_km`` and ``y_km`` in :data:`ALBERS`. Countries of which the map shows
    next to nothing have no row.
    """
    return _label_points(layer).copy()


@cache
def _label_points(layer: Layer) -> pd.DataFrame:
    polygons = _projected(layer, "medium").geometry
    if layer == "countries":
        polygons = polygons.clip_by_rect(*frame_bounds(LABEL_MARGIN_KM))
        polygons = polygons[polygons.area > LABEL_MARGIN_KM**2 / 10]
    parts = polygons.explode()
    largest = parts[parts.area == parts.area.groupby(level=0).transform("max")]
    centre = shapely.get_point(shapely.maximum_inscribed_circle(largest.geometry.to_numpy()), 0)
    return pd.DataFrame(
        {"x_km": shapely.get_x(centre), "y_km": shapely.get_y(centre)}, index=largest.index
    ).sort_index()


@cache
def _outline_bounds() -> tuple[float, float, float, float]:
    shown = pd.concat([load("subjects"), load("contested")])
    west, south, east, north = shown.to_crs(ALBERS).total_bounds
    return float(west), float(south), float(east), float(north)


@cache
def _projected(layer: Layer, detail: Detail) -> gpd.GeoDataFrame:
    if layer == "claims":
        lines = load("claims").to_crs(ALBERS)
        return lines.assign(geometry=lines.geometry.simplify(TOLERANCE_KM[detail] / 4))
    cells = _simplified_cells(detail)
    members = cells[cells[layer] != ""]
    whole = members.groupby(layer)["geometry"].agg(lambda part: shapely.coverage_union_all(part.to_numpy()))
    attributes = load(layer).drop(columns="geometry")
    geometry = gpd.GeoSeries(whole, crs=ALBERS).reindex(attributes.index)
    return gpd.GeoDataFrame(attributes, geometry=geometry)


@cache
def _simplified_cells(detail: Detail) -> gpd.GeoDataFrame:
    tolerance = TOLERANCE_KM[detail]
    cells = _cells()
    simple = shapely.coverage_simplify(cells.geometry.to_numpy(), tolerance)
    return _without_small_islands(cells.assign(geometry=simple), tolerance**2)


@cache
def _cells() -> gpd.GeoDataFrame:
    """Cut the polygon layers into the finest coverage: each cell names the unit of each layer that holds it.

    Returns
    -------
    GeoDataFrame in :data:`ALBERS` with a column for each polygon layer, empty where the layer lacks the cell.
    """
    contested, foreign = load("contested"), load("foreign")
    abroad = _overlay(_overlay(_named("countries"), foreign, "foreign"), contested, "contested")
    kurils = contested[contested["country"] == ""]
    cells = pd.concat(
        [
            _named("subjects"),
            abroad,
            gpd.GeoDataFrame({"contested": kurils.index}, geometry=kurils.geometry.to_numpy(), crs=kurils.crs),
        ],
        ignore_index=True,
    )
    names = [layer for layer in LAYERS if layer != "claims"]
    return cells.assign(**cells[names].fillna("")).to_crs(ALBERS)


def _named(layer: Layer) -> gpd.GeoDataFrame:
    frame = load(layer)
    return gpd.GeoDataFrame({layer: frame.index}, geometry=frame.geometry.to_numpy(), crs=frame.crs)


def _overlay(cells: gpd.GeoDataFrame, units: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    """Split cells by the units that lie within them. Edges coincide, so no new vertex arises."""
    cell, unit = cells.sindex.query(units.geometry, predicate="intersects")[::-1]
    inner = _polygons(shapely.intersection(cells.geometry.to_numpy()[cell], units.geometry.to_numpy()[unit]))
    held = shapely.area(inner) > 0
    inside = cells.iloc[cell[held]].assign(geometry=inner[held], **{layer: units.index[unit[held]]})
    outer = cells.geometry.to_numpy().copy()
    for row, geometry in zip(cell[held], units.geometry.to_numpy()[unit[held]], strict=True):
        outer[row] = shapely.difference(outer[row], geometry)
    rest = cells.assign(geometry=_polygons(np.asarray(outer)))
    return pd.concat([rest[~rest.geometry.is_empty], inside], ignore_index=True)


def _polygons(geometries: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Keep the areal parts of each geometry; points and lines of mere contact go."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    areal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    empty = np.full(len(geometries), shapely.MultiPolygon(), dtype=object)
    return np.asarray(shapely.multipolygons(parts[areal], indices=owner[areal], out=empty))


def _without_small_islands(cells: gpd.GeoDataFrame, least_km2: float) -> gpd.GeoDataFrame:
    """Drop parts below an area that touch nothing, unless they are the largest of a unit."""
    parts = cells.explode(ignore_index=True)
    unit = parts["subjects"] + parts["countries"] + parts["foreign"] + parts["contested"]
    largest = parts.area == parts.area.groupby(unit).transform("max")
    row, other = parts.sindex.query(parts.geometry, predicate="intersects")
    lonely = ~np.isin(np.arange(len(parts)), row[row != other])
    return parts[largest | ~lonely | (parts.area >= least_km2)].reset_index(drop=True)
