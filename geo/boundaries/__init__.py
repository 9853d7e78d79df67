"""Where the units are and who touches whom: read, build, project and publish the boundary layers.

The names below are the whole face of the package. They are imported when first asked for, so that
``python -m geo publish`` can say "current" without loading GDAL.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.boundaries._build import build, write
    from geo.boundaries._layers import DIRECTORY, LAYERS, Layer, load
    from geo.boundaries._project import (
        ALBERS,
        DETAILS,
        Detail,
        frame_bounds,
        label_points,
        projected,
    )
    from geo.boundaries._publish import ROOT, STATIC, Folder, content_hash, publish
    from geo.boundaries._read import read
    from geo.boundaries._touch import shared_border, touching
    from geo.boundaries._turn import Cone, Turn, cone, parameter, radius_km, turn_to, turned

_HOMES = {
    "build": "_build",
    "write": "_build",
    "DIRECTORY": "_layers",
    "LAYERS": "_layers",
    "Layer": "_layers",
    "load": "_layers",
    "ALBERS": "_project",
    "DETAILS": "_project",
    "Detail": "_project",
    "frame_bounds": "_project",
    "label_points": "_project",
    "projected": "_project",
    "Folder": "_publish",
    "ROOT": "_publish",
    "STATIC": "_publish",
    "content_hash": "_publish",
    "publish": "_publish",
    "read": "_read",
    "shared_border": "_touch",
    "touching": "_touch",
    "Cone": "_turn",
    "Turn": "_turn",
    "cone": "_turn",
    "parameter": "_turn",
    "radius_km": "_turn",
    "turn_to": "_turn",
    "turned": "_turn",
}

__all__ = [
    "ALBERS",
    "DETAILS",
    "DIRECTORY",
    "LAYERS",
    "ROOT",
    "STATIC",
    "Cone",
    "Detail",
    "Folder",
    "Layer",
    "Turn",
    "build",
    "cone",
    "content_hash",
    "frame_bounds",
    "label_points",
    "load",
    "parameter",
    "projected",
    "publish",
    "radius_km",
    "read",
    "shared_border",
    "touching",
    "turn_to",
    "turned",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
