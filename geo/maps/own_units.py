"""A reader's own figures and units on the map.

Outlines of units of their own go to the browser with the colours, as no file has them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import boundaries, units
from geo.i18n import Language, translator
from geo.maps.choropleths import choropleth
from geo.maps.circles import circle_map
from geo.maps.classes import Scheme, classify
from geo.maps.drawings import Drawing
from geo.maps.overlays import Layers, Overlay, layers
from geo.maps.painting import OUTSIDE
from geo.maps.themes import LIGHT, Theme
from geo.maps.tie_maps import scales
from geo.maps.views import LANDSCAPE, View, view
from geo.ties import Kind, load

MARGIN_SHARE = 0.06
GRAINS = 4000
"""Steps of the grid of coordinates along the longer side of the layer: finer than the pixels of a usual map."""


def identity(place: int) -> str:
    """Name of the unit with this place, from 0, as the map answers a click."""
    return f"own-{place}"


def place(identity: object) -> int | None:
    """Place of the unit that the map names, or None if it is none of the reader's."""
    text = str(identity)
    digits = text.removeprefix("own-")
    return int(digits) if text.startswith("own-") and digits.isdecimal() and digits.isascii() else None


@dataclass(frozen=True)
class OwnChoice:
    """How figures of the reader's own are drawn; as of :class:`geo.maps.drawings.MapChoice`."""

    circles: bool = False
    scheme: Scheme = "quantiles"
    k: int = 5
    palette: str = "teal"


def drawings(
    frames: Mapping[int | None, pd.DataFrame],
    codes: Collection[str],
    choice: OwnChoice,
    theme: Theme = LIGHT,
    lang: Language = "en",
    label: str = "",
) -> dict[int | None, Drawing]:
    """Draw one map a year on limits common to all that are given; of one year those are its own.

    Parameters
    ----------
    frames
        Of :func:`geo.uploads.joining.values` by year.
    codes
        Of the units that carry values.
    label
        Words for the legend row of circles.

    Raises
    ------
    ArgumentError
        If circles should show negative values.
    """
    inside = [
        frame[frame.index.isin(list(codes)) & (frame["status"] == "observed")]["value"] for frame in frames.values()
    ]
    pooled = pd.concat(inside)
    if choice.circles:
        largest = float(pooled.max()) if len(pooled) else None
        return {
            year: circle_map(frame, codes, choice.palette, theme, lang, largest=largest, label=label)
            for year, frame in frames.items()
        }
    classes = classify(pooled, choice.scheme, choice.k)
    return {
        year: choropleth(frame, codes, choice.scheme, choice.k, choice.palette, theme, lang, classes=classes)
        for year, frame in frames.items()
    }


def ties_over(
    outlines: gpd.GeoSeries, chosen: Collection[Overlay], theme: Theme, lang: Language, *, turned: bool = True
) -> Layers:
    """Ties of the subjects in which the reader's units lie, or which they touch, over these units.

    Parameters
    ----------
    turned
        For the map of the page, which has north up; a figure for paper projects by itself.
    """
    shown = of_layer(outlines)
    subjects = boundaries.projected("subjects", "medium").geometry
    met = subjects.index[subjects.sindex.query(outlines.to_numpy(), predicate="intersects")[1]]
    ties = load().where(kind=cast("tuple[Kind, ...]", tuple(chosen)), subject=set(map(str, met)))
    span = (0, ties.snapshot)
    if turned:
        return layers(ties, span, theme, lang, shown.bounds, turn=shown.turn, scales=scales(shown))
    west, south, east, north = outlines.total_bounds
    around = (2 * west - east, 2 * south - north, 2 * east - west, 2 * north - south)
    return layers(ties, span, theme, lang, around, scales=scales(shown))


def told(
    payload: Mapping[str, Any],
    outlines: gpd.GeoSeries,
    names: Sequence[str],
    lang: Language,
    selected: int | None = None,
) -> dict[str, Any]:
    """Payload for a map of the reader's units, over the subjects as quiet ground.

    Parameters
    ----------
    payload
        Of :func:`geo.maps.painting.payload`, of a drawing whose rows are the reader's units.
    outlines
        In :data:`geo.boundaries.ALBERS`, in the order of those rows.
    names
        For the hover card; they reach the page as text.
    selected
        Place of the unit with an open card.
    """
    _ = translator(lang)
    ground = len(units.subjects())
    shown = of_layer(outlines)
    grain = shown.km_wide / GRAINS
    points = shapely.get_point(shapely.maximum_inscribed_circle(outlines.to_numpy()), 0)
    own: dict[str, Any] = {
        "grain": grain,
        "outlines": [_polygons(outline, grain) for outline in outlines],
        "names": list(names),
        "outside": _("not among your units"),
        "points": [[round(x, 1), round(y, 1)] for x, y in shapely.get_coordinates(points).tolist()],
    }
    play = dict(payload.get("play") or {})
    if "marks" in play:
        play["marks"] = [OUTSIDE * ground + marks for marks in play["marks"]]
    if "values" in play:
        play["values"] = [[None] * ground + values for values in play["values"]]
    own["key"] = hashlib.sha256(json.dumps(own).encode()).hexdigest()[:12]
    return {
        **payload,
        "marks": OUTSIDE * ground + payload["marks"],
        "values": [None] * ground + payload["values"],
        "ranks": [None] * ground + payload["ranks"],
        "selected": None if selected is None else identity(selected),
        "own": own,
        **({"play": play} if play else {}),
        **shown.told(),
    }


def of_layer(outlines: gpd.GeoSeries) -> View:
    """View of all units, north up in the middle of them."""
    whole = view(outlines, margin_km=0.0)
    low_x, low_y, high_x, high_y = whole.bounds
    wide, high = high_x - low_x, high_y - low_y
    margin = MARGIN_SHARE * max(wide, LANDSCAPE * high)
    return View(whole.turn, (low_x - margin, low_y - margin, high_x + margin, high_y + margin))


def _polygons(outline: shapely.Geometry, grain: float) -> list[list[list[int]]]:
    """Rings of each polygon as a first point and steps, in grains; what falls within one is left out."""
    found: list[list[list[int]]] = []
    for part in shapely.get_parts(outline):
        rings = [_ring(ring, grain) for ring in (part.exterior, *part.interiors)]
        if len(rings[0]) >= 6 or not found:
            found.append([rings[0], *(ring for ring in rings[1:] if len(ring) >= 6)])
    return found


def _ring(ring: shapely.LinearRing, grain: float) -> list[int]:
    points = np.round(shapely.get_coordinates(ring) / grain).astype(np.int64)[:-1]
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    moved = steps.any(axis=1)
    moved[0] = True
    return [int(step) for step in steps[moved].ravel()]
