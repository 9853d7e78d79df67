"""The interactive map as folium layers: geometry from static files once, colours with every change.

`base_map` is the same for every reader and every choice, so the browser builds it once; `Painting` carries
what a choice changes (one mark a subject, colours, words) and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

STATIC = "../../app/static/"
"""From the frame of a Streamlit component to the static files of the app; relative, so that a base path holds."""

LAYERS = ("subjects", "foreign", "countries", "contested", "claims")

BOUNDS_KM = ((-1120.0, -4950.0), (3560.0, 3950.0))
"""South-west and north-east corner (y, x) of the first view in Albers kilometres: all subjects."""


LABELS = (
    *("NO", "FI", "EE", "LV", "LT", "PL", "BY", "UA", "GE", "AZ", "KZ", "MN", "CN", "KP"),
    *("JP", "US", "TR", "RO", "BG", "SE", "IR", "TM", "UZ", "AM", "KR", "KG", "MD", "DE", "DK", "SK"),
)
"""Countries that are named on the map: land neighbours, then others round them; earlier ones win a collision."""


MAP = {
    "center": [600, -500],
    "zoom": -4,
    "minZoom": -6,
    "maxZoom": 2,
    "zoomSnap": 0.1,
    "zoomDelta": 0.5,
    "wheelPxPerZoomLevel": 90,
    "attributionControl": False,
}
"""Options of Leaflet's map, in CRS ``Simple``: latitude and longitude are y and x of the Albers projection in km."""


def ground(fine: Sequence[str] = (), openings: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Options of what never changes, for the script of the map.

    Parameters
    ----------
    fine
        Addresses of outlines for a close look.
    openings
        Addresses of the maps that open first, by their look.
    """
    return {"bounds": BOUNDS_KM, "labels": LABELS, "fine": list(fine), "openings": dict(openings)}


def script_literal(told: Mapping[str, Any]) -> str:
    """JSON that may stand in an inline script: nothing in it can end the script."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def stamped(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Payload with ``stamp``, a hash of it: the document of the map carries it once it is painted."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return {**payload, "stamp": hashlib.sha256(text.encode()).hexdigest()[:12]}


class AtlasMap(folium.Map):  # type: ignore[misc]
    """A folium map in kilometres of the Albers projection, without tiles and without foreign hosts."""

    default_js: list[tuple[str, str]]
    default_css: list[tuple[str, str]]


class Ground(MacroElement):  # type: ignore[misc]
    """Everything that never changes: outlines, insets, scale, player. Colours come with a `Painting`."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.limitrophe.open({{ this._parent.get_name() }}, {{ this.options_json }});"
        "{% endmacro %}"
    )

    def __init__(self, options: Mapping[str, Any]) -> None:
        super().__init__()
        self._name = "Ground"
        self.options_json = json.dumps(options, separators=(",", ":"))


class Painting(folium.FeatureGroup):  # type: ignore[misc]
    """What one choice of the reader looks like, given to `st_folium` as ``feature_group_to_add``.

    Parameters
    ----------
    payload
        JSON-like; written by :func:`geo.maps.painting.payload`. ``stamp`` is added: a hash that the
        tests and the bench wait for.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = window.limitrophe.paint({{ this._parent.get_name() }}, {{ this.payload_json }});"
        "{% endmacro %}"
    )

    def __init__(self, payload: Mapping[str, Any]) -> None:
        super().__init__()
        self.payload_json = script_literal(stamped(payload))


def base_map(manifest: Mapping[str, str]) -> folium.Map:
    """Build the map that all choices share.

    Parameters
    ----------
    manifest
        Names of published files, ``static/manifest.json`` as :func:`geo.boundaries.publish` writes it.

    Returns
    -------
    folium.Map
        In CRS ``Simple``: latitude and longitude are y and x of the Albers projection in kilometres.
    """
    atlas = AtlasMap(
        location=MAP["center"],
        crs="Simple",
        tiles=None,
        zoom_control="bottomright",
    )
    atlas.options.update(MAP)
    atlas.default_js = [("atlas", STATIC + manifest["first.js"])]
    atlas.default_css = [("leaflet", STATIC + "leaflet/leaflet.css"), ("atlas", STATIC + manifest["atlas.css"])]
    fine = [STATIC + manifest[f"{name}-fine"] for name in LAYERS]
    begin = "opening-"
    openings = {key.removeprefix(begin): STATIC + name for key, name in manifest.items() if key.startswith(begin)}
    Ground(ground(fine, openings)).add_to(atlas)
    return atlas
