"""Maps as pictures for slides: no page round them, a legend in large type under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Final, NamedTuple

import matplotlib.patheffects as effects
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from geo import units
from geo.i18n import translator
from geo.maps import tie_marks
from geo.maps.cartography import (
    INSETS,
    POINTS_PER_PIXEL,
    Bounds,
    Sheet,
    area,
    areas,
    circle_areas,
    disputed,
    draw,
    ground,
    inset_sheet,
    label_countries,
    main_sheet,
    scale_bar,
    swatch,
)
from geo.maps.circles import CircleMap, SizeMark
from geo.maps.drawings import Drawing
from geo.maps.figures import INSET_WIDTHS, MAP_BOUNDS
from geo.maps.legends import looks
from geo.maps.overlays import Layers
from geo.maps.themes import GROUND_STYLE, Theme
from geo.maps.tie_maps import TieMap
from geo.maps.typesetting import font, shortened, width
from geo.maps.views import View

Size = tuple[float, float]
SIZE: Final[Size] = (8.2, 5.6)
"""Inches: the right part of a slide of 13.3 by 7.5."""
TEXT: Final = 11.0
ROW: Final = 0.27
PICTURE: Final = 28.0
"""Points that the picture of a legend entry takes."""
INSET_SHARE: Final = 0.72
"""Width of an inset against the one on a printed page."""


def plate(
    drawn: Drawing, heading: str, highlight: Sequence[str] = (), size: Size = SIZE, over: Layers | None = None
) -> Figure:
    """Map of an indicator with its insets, and its legend below.

    Parameters
    ----------
    heading
        Of the legend.
    highlight
        Codes of subjects and countries that are outlined.
    over
        Ties drawn over the map.
    """
    theme = drawn.theme
    entries = [_Entry(_class_picture(asdict(row)), f"{row.label} ({row.count})") for row in drawn.legend if row.label]
    if isinstance(drawn, CircleMap):
        entries = [*(_size(mark, drawn) for mark in drawn.sizes), *entries[1:]]
    if over is not None:
        entries += _tie_entries(over)
    page, bottom = _sheet_of_paper(size, theme, heading, entries)
    across, up = size[0], size[1] - bottom
    window = _window(MAP_BOUNDS, across / up)
    axes = _axes(page, size, (0.0, bottom, across, up))
    sheet = main_sheet(window)
    draw(axes, sheet, drawn)
    _outlined(axes, sheet, highlight, theme)
    if over is not None:
        tie_marks.ties(axes, sheet, over.told, theme)
    left, taken, scale = 0.08, [], (window[2] - window[0]) / across
    titles = _inset_titles(drawn)
    for inset in INSETS:
        part = inset_sheet(inset)
        wide = INSET_WIDTHS[inset.name] * INSET_SHARE
        high = wide * (part.bounds[3] - part.bounds[1]) / (part.bounds[2] - part.bounds[0])
        box = _axes(page, size, (left, bottom + 0.08, wide, high))
        box.set_zorder(5)
        draw(box, part, drawn)
        _outlined(box, part, highlight, theme)
        if over is not None:
            tie_marks.ties(box, part, over.told, theme, inset.projection)
        for spine in box.spines.values():
            spine.set(edgecolor=theme.country_line, linewidth=0.8)
        title = box.text(0.03, 0.955, titles[inset.name], transform=box.transAxes, va="top", zorder=12)
        title.set(fontproperties=font("sans", 8, "bold"), color=theme.ink)
        title.set_path_effects([effects.withStroke(linewidth=2.5, foreground=theme.card)])
        taken.append(
            shapely.box(
                window[0] + left * scale,
                window[1],
                window[0] + (left + wide) * scale,
                window[1] + (high + 0.15) * scale,
            )
        )
        left += wide + 0.08
    label_countries(axes, sheet, theme, drawn.lang, taken)
    scale_bar(axes, theme, drawn.lang)
    return page


def tie_plate(
    made: TieMap, view: View, theme: Theme, heading: str, highlight: Sequence[str] = (), size: Size = SIZE
) -> Figure:
    """Map of ties, north up, in the state and with the gathering that the first view on the screen has."""
    told = made.told
    entries = _tie_entries(made.layers)
    page, bottom = _sheet_of_paper(size, theme, heading, entries)
    across, up = size[0], size[1] - bottom
    window = _window(view.bounds, across / up)
    axes = _axes(page, size, (0.0, bottom, across, up))
    sheet = main_sheet(window, view.turn)
    ground(axes, sheet, theme)
    for code in sheet.foreign.index.intersection(list(told["touched"])):
        shape = sheet.foreign.geometry[code]
        axes.add_patch(
            area(shape, facecolor=told["touched"][code], alpha=0.4, edgecolor=theme.country_line, zorder=2.5)
        )
    areas(axes, sheet, _roles(told, theme))
    disputed(axes, sheet, theme)
    _outlined(axes, sheet, highlight, theme)
    tie_marks.ties(axes, sheet, told["overlay"], theme)
    label_countries(axes, sheet, theme, told["lang"], [])
    scale_bar(axes, theme, told["lang"], km=_round_km((window[2] - window[0]) / 6))
    return page


def _roles(told: dict[str, Any], theme: Theme) -> pd.DataFrame:
    """Looks of the subjects of a locator, as a choropleth has them."""
    plain = looks(GROUND_STYLE, theme) | {"in_scope": False}
    tinted = plain | {"stroke": theme.subject_line, "in_scope": True}
    codes = units.subjects().index
    return pd.DataFrame(
        [{**tinted, "fill": told["colors"][int(mark)]} if mark.isdigit() else plain for mark in told["marks"]],
        index=codes,
    )


class _Entry(NamedTuple):
    """Entry of a legend: what draws its picture at a place, its label, and the points that the picture takes."""

    picture: Callable[[Axes, float, float], None]
    label: str
    wide: float = PICTURE
    high: float = 0.0


def _tie_entries(layers: Layers) -> list[_Entry]:
    return [
        _Entry(partial(tie_marks.symbol, entry.look), f"{f'{title}: ' if first else ''}{entry.label} ({entry.count})")
        for title, group in layers.legend
        for entry, first in zip(group, [True, *[False] * len(group)], strict=False)
    ]


def _sheet_of_paper(size: Size, theme: Theme, heading: str, entries: Sequence[_Entry]) -> tuple[Figure, float]:
    """Page with the legend at its foot; and where that ends, in inches from the foot."""
    page = Figure(figsize=size, facecolor=theme.paper)
    FigureCanvasAgg(page)
    bold, plain = font("sans", TEXT, "bold"), font("sans", TEXT)
    measure = size[0] * 72
    rows: list[list[tuple[float, _Entry]]] = [[]]
    at = width(heading, bold) + 16 if heading else 0.0
    for one in entries:
        entry = one._replace(label=shortened(one.label, plain, measure - one.wide))
        needed = entry.wide + width(entry.label, plain) + 18
        if at + needed > measure:
            rows.append([])
            at = 0.0
        rows[-1].append((at, entry))
        at += needed
    heights = [max([ROW * 72, *(entry.high + 6 for _at, entry in row)]) for row in rows]
    bottom = sum(heights) / 72 + 0.12
    axes = _axes(page, size, (0.0, 0.0, size[0], bottom))
    axes.set(xlim=(0, measure), ylim=(0, bottom * 72))
    axes.axis("off")
    top = bottom * 72
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        base = top - height / 2 - 4
        top -= height
        if number == 0 and heading:
            axes.text(0, base, heading, fontproperties=bold, color=theme.ink, va="baseline")
        for place, entry in row:
            entry.picture(axes, place, base - 1)
            axes.text(place + entry.wide, base, entry.label, fontproperties=plain, color=theme.ink, va="baseline")
    return page, bottom


def _class_picture(row: dict[str, Any]) -> Callable[[Axes, float, float], None]:
    def picture(axes: Axes, x: float, y: float) -> None:
        if row["dot"]:
            axes.scatter(x + 12, y + 5, s=80, facecolor=row["fill"], edgecolor=row["stroke"], linewidth=0.7)
        else:
            swatch(axes, x, y, 23, 11, pd.Series(row))

    return picture


def _size(mark: SizeMark, drawn: CircleMap) -> _Entry:
    """Circle of a round value as large as on the map."""
    radius = mark.radius * POINTS_PER_PIXEL

    def picture(axes: Axes, x: float, y: float) -> None:
        axes.scatter(
            x + radius + 1, y + 5, s=circle_areas([mark.radius]), facecolor="none", edgecolor=drawn.circle_fill
        )

    return _Entry(picture, mark.label, 2 * radius + 7, 2 * radius)


def _outlined(axes: Axes, sheet: Sheet, highlight: Sequence[str], theme: Theme) -> None:
    for layer in (sheet.countries, sheet.subjects):
        for code in layer.index.intersection(list(highlight)):
            shape = layer.geometry[code]
            axes.add_patch(area(shape, fill=False, edgecolor=theme.accent, linewidth=1.8, zorder=8))


def _window(bounds: Bounds, proportion: float) -> Bounds:
    """Bounds widened or heightened about their middle to a proportion of width to height."""
    west, south, east, north = bounds
    more_x = max(proportion * (north - south) - (east - west), 0.0) / 2
    more_y = max((east - west) / proportion - (north - south), 0.0) / 2
    return west - more_x, south - more_y, east + more_x, north + more_y


def _round_km(about: float) -> int:
    return max((km for km in (5, 10, 20, 50, 100, 200, 500, 1000) if km <= about), default=5)


def _axes(page: Figure, size: Size, box: Bounds) -> Axes:
    left, bottom, across, up = box
    return page.add_axes((left / size[0], bottom / size[1], across / size[0], up / size[1]))


def _inset_titles(drawn: Drawing) -> dict[str, str]:
    _ = translator(drawn.lang)
    return {"north_caucasus": _("North Caucasus"), "kaliningrad": _("Kaliningrad")}
