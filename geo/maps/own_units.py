"""Units of a reader's own on the map: their outlines go to the browser with the colours, as no file has them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo import units
from geo.i18n import Language, translator
from geo.maps.painting import OUTSIDE
from geo.maps.views import LANDSCAPE, View, view

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
    own["key"] = hashlib.sha256(json.dumps(own).encode()).hexdigest()[:12]
    return {
        **payload,
        "marks": OUTSIDE * ground + payload["marks"],
        "values": [None] * ground + payload["values"],
        "ranks": [None] * ground + payload["ranks"],
        "selected": None if selected is None else identity(selected),
        "own": own,
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
