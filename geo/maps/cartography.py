"""Ground and subjects of a static map, drawn on matplotlib axes in kilometres."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import matplotlib.patheffects as effects
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path

from geo import boundaries
from geo.i18n import Language, country_name, number, translator
from geo.maps.choropleths import Choropleth
from geo.maps.circles import CircleMap
from geo.maps.colour import Floats
from geo.maps.legends import looks
from geo.maps.themes import CONTESTED_STYLE, PATTERNS, Pattern, Theme
from geo.maps.typesetting import font, width

POINTS_PER_PIXEL = 0.75
"""CSS pixels, in which styles are given, are 1/96 inch; points are 1/72."""
SCALE_BAR_KM = 500
REGIONAL_KM = 3000.0
"""Longer side below which a map of a reader's own units has a projection about its middle, so that north is up."""
LEAST_INSIDE = 0.6
"""Share of a subject that an inset must show to bear its circle."""
LABEL_SIZES = (8.5, 7.5, 6.5)
"""Sizes of country names in points; a country too small for the last one stays without."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sheet:
    """Layers of one map or inset in one projection in kilometres, cut to its bounds.

    Attributes
    ----------
    bounds
        West, south, east, north.
    places
        Points on which the circles of subjects stand.
    """

    bounds: Bounds
    places: gpd.GeoSeries
    subjects: gpd.GeoDataFrame
    foreign: gpd.GeoDataFrame
    countries: gpd.GeoDataFrame
    contested: gpd.GeoDataFrame
    claims: gpd.GeoDataFrame


@dataclass(frozen=True)
class Inset:
    """An enlarged part of the map, with north up.

    Attributes
    ----------
    degrees
        West, south, east and north in degrees.
    """

    name: str
    degrees: Bounds

    @property
    def projection(self) -> str:
        """Equal-area projection about the middle of the inset."""
        west, south, east, north = self.degrees
        return f"+proj=laea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +units=km"


INSETS = (
    Inset("north_caucasus", (36.9, 40.9, 49.0, 45.3)),
    Inset("kaliningrad", (18.9, 53.9, 23.6, 55.8)),
)


def main_sheet(bounds: Bounds, turn: boundaries.Turn | None = None) -> Sheet:
    """Layers of the whole map in the Albers projection of the atlas, at medium detail.

    Parameters
    ----------
    bounds
        After the turn.
    """
    layers = {layer: boundaries.projected(layer, "medium") for layer in boundaries.LAYERS}
    at = boundaries.label_points("subjects")
    places = gpd.GeoSeries(gpd.points_from_xy(at["x_km"], at["y_km"]), index=at.index)
    if turn is not None:
        layers = {name: layer.assign(geometry=_turned(layer.geometry, turn)) for name, layer in layers.items()}
        places = _turned(places, turn)
    return Sheet(bounds, places, **{name: _cut(layer, bounds) for name, layer in layers.items()})


def _turned(geometry: gpd.GeoSeries, turn: boundaries.Turn) -> gpd.GeoSeries:
    moved = shapely.transform(geometry.to_numpy(), lambda points: boundaries.turned(points, turn))
    return gpd.GeoSeries(moved, index=geometry.index)


def own_projection(outlines: gpd.GeoSeries) -> str:
    """Projection of a sheet of a reader's own units, about the middle of them; empty where they fill the usual map."""
    west, south, east, north = outlines.total_bounds
    if max(east - west, north - south) >= REGIONAL_KM:
        return ""
    middle = gpd.GeoSeries.from_xy([(west + east) / 2], [(south + north) / 2], crs=boundaries.ALBERS)
    lon, lat = shapely.get_coordinates(middle.to_crs("EPSG:4326").to_numpy())[0]
    return f"+proj=laea +lat_0={lat} +lon_0={lon} +units=km"


def own_sheet(outlines: gpd.GeoSeries, proportion: float) -> Sheet:
    """Units of a reader's own in place of the subjects, which are ground like the countries.

    Parameters
    ----------
    outlines
        In :data:`geo.boundaries.ALBERS`, indexed as the drawing is.
    proportion
        Width over height of the picture.
    """
    west, south, east, north = outlines.total_bounds
    around = (2 * west - east, 2 * south - north, 2 * east - west, 2 * north - south)
    layers = {layer: _cut(boundaries.projected(layer, "medium"), around) for layer in boundaries.LAYERS}
    if system := own_projection(outlines):
        outlines = outlines.to_crs(system)
        layers = {name: layer.to_crs(system) for name, layer in layers.items()}
        west, south, east, north = outlines.total_bounds
    x, y = (west + east) / 2, (south + north) / 2
    high = max(north - south, (east - west) / proportion) * 1.06
    bounds = (x - high * proportion / 2, y - high / 2, x + high * proportion / 2, y + high / 2)
    cut = {name: _cut(layer, bounds) for name, layer in layers.items()}
    cut["countries"] = pd.concat([cut["countries"], cut["subjects"]])
    cut["subjects"] = gpd.GeoDataFrame(geometry=outlines)
    return Sheet(bounds, outlines.representative_point(), **cut)


def inset_sheet(inset: Inset) -> Sheet:
    """Unsimplified layers of an inset in a projection of its own."""
    west, south, east, north = inset.degrees
    # parallels and meridians are bent: a margin keeps the corners of the window filled
    around = (west - 4, south - 3, east + 4, north + 3)
    corners = gpd.GeoSeries([shapely.box(*inset.degrees)], crs="EPSG:4326").segmentize(0.5)
    projected = corners.to_crs(inset.projection)
    bounds = tuple(float(edge) for edge in shapely.bounds(projected.iloc[0]))
    layers = {layer: _cut(boundaries.load(layer), around).to_crs(inset.projection) for layer in boundaries.LAYERS}
    window = (bounds[0], bounds[1], bounds[2], bounds[3])
    cut = {name: _cut(layer, window) for name, layer in layers.items()}
    whole = boundaries.load("subjects").loc[cut["subjects"].index].to_crs(inset.projection)
    inside = cut["subjects"].area / whole.area >= LEAST_INSIDE
    places = cut["subjects"].geometry[inside].representative_point()
    return Sheet(window, places, **cut)


def _cut(layer: gpd.GeoDataFrame, bounds: Bounds) -> gpd.GeoDataFrame:
    """Cut to bounds and a little more, so that edges of the cut lie outside the picture."""
    west, south, east, north = bounds
    more = (east - west) * 0.02
    cut = layer.geometry.clip_by_rect(west - more, south - more, east + more, north + more)
    return layer.assign(geometry=cut)[~(cut.is_empty | cut.isna())]


def draw(axes: Axes, sheet: Sheet, drawn: Choropleth | CircleMap) -> None:
    """Draw ground, subjects, contested territories and circles."""
    ground(axes, sheet, drawn.theme)
    areas(axes, sheet, drawn.subjects)
    disputed(axes, sheet, drawn.theme)
    if isinstance(drawn, CircleMap):
        _circles(axes, sheet, drawn)


def ground(axes: Axes, sheet: Sheet, theme: Theme) -> None:
    """Draw sea, land and the borders of countries and foreign regions."""
    west, south, east, north = sheet.bounds
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=theme.sea)
    axes.set_aspect("equal", adjustable="box")
    for spine in axes.spines.values():
        spine.set(edgecolor=theme.line, linewidth=0.8)
    for shape in sheet.countries.geometry:
        axes.add_patch(area(shape, facecolor=theme.land, edgecolor="none", zorder=1))
    for shape in sheet.foreign.geometry:
        axes.add_patch(area(shape, fill=False, edgecolor=theme.land_line, linewidth=0.4, zorder=2))
    for shape in sheet.countries.geometry:
        axes.add_patch(area(shape, fill=False, edgecolor=theme.country_line, linewidth=0.7, zorder=3))


def areas(axes: Axes, sheet: Sheet, subjects: pd.DataFrame) -> None:
    """Draw subjects, each in its look: the fields of a legend row, and ``in_scope``."""
    # subjects without a value first, so that their outlines do not cut into the others
    order = subjects.loc[sheet.subjects.index].sort_values("in_scope", kind="stable")
    for code, look in order.iterrows():
        patch = area(sheet.subjects.geometry[code], zorder=5 if look["in_scope"] else 4)
        patch.set_gid(str(code))
        axes.add_patch(patch)
        dress(axes, patch, look, linewidth=0.5)


def disputed(axes: Axes, sheet: Sheet, theme: Theme) -> None:
    """Draw contested territories and lines of claims in their neutral look."""
    contested = pd.Series(looks(CONTESTED_STYLE, theme))
    for code, shape in sheet.contested.geometry.items():
        patch = area(shape, zorder=6)
        patch.set_gid(str(code))
        axes.add_patch(patch)
        dress(axes, patch, contested, linewidth=0.6)
    for line in sheet.claims.geometry:
        for part in shapely.get_parts(line):
            x, y = shapely.get_coordinates(part).T
            axes.plot(x, y, color=theme.hatch, linewidth=0.6, linestyle=(0, (3, 2)), zorder=7)


def _circles(axes: Axes, sheet: Sheet, drawn: CircleMap) -> None:
    shown = drawn.subjects.loc[sheet.places.index].query("radius > 0")
    points = sheet.places
    order = shown.sort_values("radius", ascending=False, kind="stable").index
    axes.scatter(
        points.x[order],
        points.y[order],
        s=circle_areas(shown.loc[order, "radius"]),
        facecolor=np.where(shown.loc[order, "unchecked"], drawn.theme.unchecked, drawn.circle_fill),
        edgecolor=drawn.theme.card,
        linewidth=0.7,
        alpha=0.88,
        zorder=9,
    )


def circle_areas(radii: Iterable[float]) -> list[float]:
    """Sizes that matplotlib wants (squared diameters in points) of radii in CSS pixels."""
    return [(2 * radius * POINTS_PER_PIXEL) ** 2 for radius in radii]


def area(geometry: shapely.Geometry, **style: Any) -> PathPatch:
    """Patch of a polygon or multipolygon with its holes."""
    vertices, codes = [], []
    for polygon in shapely.get_parts(geometry):
        if shapely.get_type_id(polygon) != 3:
            continue
        for ring in shapely.get_rings(polygon):
            points = shapely.get_coordinates(ring)
            vertices.append(points)
            codes.append([Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY])
    if not vertices:
        return PathPatch(Path(np.empty((0, 2))), **style)
    path = Path(np.concatenate(vertices), np.concatenate(codes).astype(Path.code_type))
    return PathPatch(path, joinstyle="round", **style)


def dress(axes: Axes, patch: Patch, look: pd.Series, linewidth: float) -> None:
    """Give a patch the fill, outline, dashes and pattern of a legend row or a subject."""
    patch.set(facecolor=look["fill"], edgecolor=look["stroke"], linewidth=linewidth)
    if look["dash"]:
        dashes = [float(part) * POINTS_PER_PIXEL / linewidth for part in look["dash"].split()]
        patch.set_linestyle((0, [dash * 0.7 for dash in dashes]))
    if look["pattern"]:
        strokes(axes, patch, PATTERNS[look["pattern"]], look["ink"])


def strokes(axes: Axes, patch: Patch, pattern: Pattern, colour: str) -> None:
    """Fill a patch with the strokes of a pattern, cut at its outline."""
    box = patch.get_path().transformed(patch.get_patch_transform()).get_extents()
    centre = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
    reach = np.hypot(box.width, box.height) / 2
    spacing = pattern.spacing * POINTS_PER_PIXEL * units_per_point(axes)
    offsets = np.arange(-np.floor(reach / spacing), reach / spacing + 1) * spacing
    segments = []
    for angle in pattern.angles:
        along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        across = np.array([-along[1], along[0]])
        # strokes start from the origin of the axes, so that neighbours with one pattern join
        phase = -float(centre @ across) % spacing
        for offset in offsets:
            middle = centre + across * (offset + phase)
            segments.append([middle - along * reach, middle + along * reach])
    lines = LineCollection(
        segments,
        colors=colour,
        linewidths=pattern.width * POINTS_PER_PIXEL,
        zorder=patch.get_zorder(),
    )
    axes.add_collection(lines, autolim=False)
    lines.set_clip_path(patch)


def units_per_point(axes: Axes) -> float:
    """How many units of the x axis one point of the page spans."""
    page = axes.get_figure(root=True)
    assert page is not None, "axes stand on a page"
    west, east = axes.get_xlim()
    return float((east - west) / (axes.get_position().width * page.get_size_inches()[0] * 72))


def label_countries(
    axes: Axes, sheet: Sheet, theme: Theme, lang: Language, taken: Collection[shapely.Geometry]
) -> None:
    """Write names of countries inside their land, large countries first, never over one another.

    Parameters
    ----------
    taken
        What names must not cover, in kilometres.
    """
    scale = units_per_point(axes)
    west, south, east, north = sheet.bounds
    edge = 6 * scale
    window = shapely.box(west + edge, south + edge, east - edge, north - edge)
    blocked = shapely.union_all([*taken, *sheet.contested.geometry])
    land = sheet.countries.geometry.intersection(window)
    for code in land.area.sort_values(ascending=False, kind="stable").index:
        name = country_name(str(code), lang)
        free = shapely.difference(land[code], blocked)
        for size in LABEL_SIZES:
            properties = font("serif", size, italic=True)
            half = np.array([width(name, properties) * scale, size * scale * 0.9]) / 2
            centre = _room(free, half)
            if centre is None:
                continue
            axes.text(
                float(centre[0]),
                float(centre[1]),
                name,
                fontproperties=properties,
                color=theme.soft,
                ha="center",
                va="center",
                zorder=10,
                path_effects=[effects.withStroke(linewidth=2, foreground=theme.land)],
            )
            written = shapely.box(*(centre - half * 1.3), *(centre + half * 1.3))
            blocked = shapely.union(blocked, written)
            break


def _room(land: shapely.Geometry, half: Floats) -> Floats | None:
    """Middle of the place in a country where a box of this half size lies deepest inside."""
    if land.is_empty or land.area < 4 * half[0] * half[1]:
        return None
    # in units of the box a place for it is a place for a square: the pole of inaccessibility
    stretched = shapely.transform(land, lambda points: points / half)
    parts = shapely.get_parts(stretched)
    largest = parts[int(np.argmax(shapely.area(parts)))]
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.1)
    if shapely.length(circle) < 1.1:
        return None
    return np.asarray(shapely.get_coordinates(circle)[0] * half)


def scale_bar(axes: Axes, theme: Theme, lang: Language, inset: float = 0.025, km: int = SCALE_BAR_KM) -> None:
    """Bar in the lower right corner."""
    _ = translator(lang)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    margin = (east - west) * inset
    right, base = east - margin, south + margin
    left = right - km
    tick = (north - south) * 0.012
    axes.plot(
        [left, left, right, right],
        [base + tick, base, base, base + tick],
        color=theme.soft,
        linewidth=0.9,
        solid_joinstyle="miter",
        zorder=11,
    )
    axes.text(
        (left + right) / 2,
        base + tick * 0.6,
        _("{n} km").format(n=number(km, lang)),
        fontproperties=font("sans", 7.5),
        color=theme.soft,
        ha="center",
        va="bottom",
        zorder=11,
    )


def swatch(axes: Axes, x: float, y: float, w: float, h: float, look: pd.Series) -> None:
    """Small rectangle of a legend in the units of its axes."""
    patch = Rectangle((x, y), w, h, zorder=2)
    axes.add_patch(patch)
    dress(axes, patch, look, linewidth=0.6)
