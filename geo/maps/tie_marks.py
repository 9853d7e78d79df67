"""Ties on a map for paper: the symbols, lines and outlines that the script of the map draws on the screen."""

from __future__ import annotations

import re
from typing import Any

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from geo import boundaries
from geo.maps.cartography import POINTS_PER_PIXEL, Sheet, area
from geo.maps.symbols import SHAPES, Look
from geo.maps.themes import Theme
from geo.maps.typesetting import font

Points = NDArray[np.float64]
"""Rows of x and y in map kilometres."""
RIM = 0.017
"""Share of the height of a map: numbers at the edge stand so far inside it, so that they are not cut in half."""


def symbol(look: Look, axes: Axes, x: float, y: float, grown: float = 1.0) -> None:
    """Draw a look as the picture of a legend entry, 23 by 11 points from its lower left corner, times `grown`."""
    if look.path:
        _mark(axes, x + 12 * grown, y + 5.5 * grown, look.told() | {"shift": [0, 0]}, 1.15 * grown)
    else:
        axes.add_line(Line2D([x, x + 23 * grown], [y + 5 * grown, y + 5 * grown], **_stroke(look.told(), 1)))


def ties(axes: Axes, sheet: Sheet, told: dict[str, Any], theme: Theme, projection: str = "") -> None:
    """Draw outlines, lines and symbols as the script of the map does at its first zoom.

    Parameters
    ----------
    told
        Of :class:`geo.maps.overlays.Layers`.
    projection
        Of the sheet where it is not that of the layers: an inset, which is as near as the next zoom.
    """
    kinds = told["looks"]
    for code, look, _words in told["outlines"]:
        for layer in (sheet.subjects, sheet.foreign):
            if code in layer.index:
                stroke = _stroke(kinds[look], 1)
                axes.add_patch(
                    area(
                        layer.geometry[code],
                        fill=False,
                        edgecolor=stroke["color"],
                        linewidth=stroke["linewidth"],
                        alpha=stroke["alpha"],
                        zorder=7,
                    )
                )
    if not told["scales"]:
        return
    scale = told["scales"][-1 if projection else 0]
    lines = [np.cumsum(np.array(steps, dtype="float64").reshape(-1, 2), axis=0) for *_rest, steps in scale["lines"]]
    for points, (look, count, *_rest) in zip(_placed(lines, projection), scale["lines"], strict=True):
        axes.add_line(Line2D(points[:, 0], points[:, 1], zorder=8, **_stroke(kinds[look], count)))
    places = np.array([one[:2] for one in scale["symbols"]], dtype="float64").reshape(-1, 2)
    (there,) = _placed([places], projection)
    west, south, east, north = sheet.bounds
    rim = RIM * (north - south)
    for (x, y), (_x, _y, look, count, _words) in zip(there, scale["symbols"], strict=True):
        if not kinds[look]["d"] and not projection:  # partners beyond the frame, told at its edge
            x, y = np.clip([x, y], [west + rim, south + rim], [east - rim, north - rim])
        if not (west <= x <= east and south <= y <= north):
            continue  # the number of a symbol would be written beside the map
        if kinds[look]["d"] and count == 1:
            _mark(axes, x, y, kinds[look], 1.0)
        else:
            _bubble(axes, x, y, kinds[look], count, theme)


def _placed(parts: list[Points], projection: str) -> list[Points]:
    """Points in another projection than that of the layers, all in one go; as they are without one."""
    if not projection or not parts:
        return parts
    points = np.concatenate(parts)
    there = gpd.GeoSeries.from_xy(points[:, 0], points[:, 1], crs=boundaries.ALBERS).to_crs(projection)
    return np.split(np.column_stack([there.x, there.y]), np.cumsum([len(part) for part in parts])[:-1])


def _stroke(look: dict[str, Any], count: int) -> dict[str, Any]:
    thick = (look["width"] + (np.log2(count) * 0.5 if count > 1 else 0)) * POINTS_PER_PIXEL
    dashes = [float(part) * POINTS_PER_PIXEL / thick for part in look.get("dash", "").split()]
    style: Any = (0, dashes) if dashes else "-"
    return {"color": look["stroke"], "linewidth": thick, "alpha": look.get("opacity", 1.0), "linestyle": style}


def _mark(axes: Axes, x: float, y: float, look: dict[str, Any], grown: float) -> None:
    pixels = look.get("shift", [0, 0])
    shift = (pixels[0] * POINTS_PER_PIXEL, -pixels[1] * POINTS_PER_PIXEL)
    transform = axes.transData + _offset(axes, shift)
    size = (12 * POINTS_PER_PIXEL * grown) ** 2
    axes.scatter(
        [x],
        [y],
        s=size,
        marker=_marker(look["d"]),
        facecolor=look["fill"],
        edgecolor=look["stroke"],
        linewidth=look["width"] * POINTS_PER_PIXEL,
        alpha=look.get("opacity", 1.0),
        transform=transform,
        zorder=11,
    )
    if look.get("crossed"):
        axes.scatter(
            [x], [y], s=size * 0.3, marker="x", color=look["stroke"], linewidth=1.0, transform=transform, zorder=12
        )


def _offset(axes: Axes, points: tuple[float, float]) -> Any:
    page = axes.get_figure(root=True)
    assert page is not None, "axes stand on a page"
    return ScaledTranslation(points[0] / 72, points[1] / 72, page.dpi_scale_trans)


def _bubble(axes: Axes, x: float, y: float, look: dict[str, Any], count: int, theme: Theme) -> None:
    tone = look["stroke"] if look["fill"] == theme.card else look["fill"]
    edge = not look["d"]
    size = (18 + min(round(np.log2(count) * 2), 14)) * POINTS_PER_PIXEL
    axes.scatter(
        [x],
        [y],
        s=size**2,
        marker="s" if edge else "o",
        facecolor=theme.card,
        edgecolor=theme.soft if edge else tone,
        linewidth=0.8 if edge else 1.5,
        zorder=11,
    )
    axes.text(
        x,
        y,
        str(count),
        fontproperties=font("sans", 7.5, "bold"),
        color=theme.soft if edge else theme.ink,
        ha="center",
        va="center_baseline",
        zorder=12,
    )


def _marker(path: str) -> Any:
    """Marker of matplotlib for the outline of a symbol; all but the circle are of straight lines."""
    if path == SHAPES["circle"]:
        return "o"
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, numbers in re.findall(r"([MLHVlhv])([^MLHVlhvz]*)", path):
        values = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        for step in range(0, len(values), 1 if command in "HVhv" else 2):
            first = values[step]
            if command in "Hh":
                x = first if command == "H" else x + first
            elif command in "Vv":
                y = first if command == "V" else y + first
            else:
                second = values[step + 1]
                x, y = (first, second) if command in "ML" else (x + first, y + second)
            points.append((x - 8, 8 - y))
    return Path([*points, points[0]], closed=True)
