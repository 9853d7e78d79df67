"""The static figure: a map for print, slides and walls, with everything a reader must know on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, Literal, get_args

import geopandas as gpd
import matplotlib
import matplotlib.patheffects as effects
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text as Words

from geo.errors import ArgumentError
from geo.i18n import translator
from geo.maps import tie_marks
from geo.maps.captions import Caption
from geo.maps.cartography import (
    INSETS,
    circle_areas,
    draw,
    inset_sheet,
    label_countries,
    main_sheet,
    own_projection,
    own_sheet,
    scale_bar,
    swatch,
)
from geo.maps.choropleths import Choropleth
from geo.maps.circles import CircleMap, SizeMark
from geo.maps.colour import contrast
from geo.maps.legends import Bar, LegendRow, with_every_nothing
from geo.maps.overlays import Layers
from geo.maps.painting import says_answers
from geo.maps.themes import Theme
from geo.maps.typesetting import broken, font, largest_that_breaks, largest_that_fits, shortened, width, wrapped

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
DPI = 200

# inches; the page has the proportion of A4 and A3, so that it prints without a margin cut off
PAGE = (11.69, 8.27)
MARGIN = 0.42
LEGEND_WIDTH = 2.4
GUTTER = 0.28
MAP_TOP = 1.06
FOOT = 0.45
MAP_BOUNDS = (-4750.0, -2200.0, 3850.0, 3560.0)
"""West, south, east and north of the map in Albers kilometres: the 83 and their neighbours."""
PLATE = (PAGE[0] - 2 * MARGIN, 5.75)
"""Size of a picture between title and caption."""
TIE_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5)
"""Points of the legend of ties over a map, of which as many as six kinds share what the classes leave of the column."""
PICTURE = 28.0
"""Points that the picture of an entry takes in the largest of them."""
INSET_WIDTHS = {"north_caucasus": 2.5, "kaliningrad": 1.5}

# matplotlib's settings are global, and pages are drawn in threads
_settings = Lock()


def figure(
    drawn: Choropleth | CircleMap, words: Caption, own: gpd.GeoSeries | None = None, over: Layers | None = None
) -> Figure:
    """Draw a map with title, legend, histogram, insets, scale and caption.

    Parameters
    ----------
    own
        Outlines of a reader's own units (:func:`geo.maps.cartography.own_sheet`); without them those of the subjects.
    over
        Ties drawn over the subjects or over the reader's units, with their own rows in the legend.

    Returns
    -------
    matplotlib.figure.Figure
        A landscape page of the proportion of A4, 11.69 by 8.27 inches; write it with :func:`save`.
    """
    theme = drawn.theme
    page = Figure(figsize=PAGE, facecolor=theme.paper)
    FigureCanvasAgg(page)
    _title(page, words, theme)
    bottom = _map(page, drawn, over) if own is None else _own_map(page, drawn, own, over)
    _legend(page, drawn, words, bottom, over)
    _paragraphs(page, words.paragraphs, theme, bottom - 0.1)
    _foot(page, words.foot, theme)
    return page


def mounted(plate: Figure, words: Caption, theme: Theme) -> Figure:
    """Put a picture that has no page round it (:mod:`geo.maps.plates`) on a page with title and caption.

    Parameters
    ----------
    plate
        Of the size :data:`PLATE`; it becomes the page.
    """
    for axes in plate.axes:
        box = axes.get_position()
        left, bottom = MARGIN + box.x0 * PLATE[0], PAGE[1] - MAP_TOP - PLATE[1] + box.y0 * PLATE[1]
        w, h = box.width * PLATE[0], box.height * PLATE[1]
        axes.set_position((left / PAGE[0], bottom / PAGE[1], w / PAGE[0], h / PAGE[1]))
    plate.set_size_inches(PAGE)
    _title(plate, words, theme)
    _paragraphs(plate, words.paragraphs, theme, PAGE[1] - MAP_TOP - PLATE[1] - 0.1)
    _foot(plate, words.foot, theme)
    return plate


def save(page: Figure, out: Path | BytesIO, kind: Format, dpi: int = DPI) -> None:
    """Write a figure; equal figures give equal files, as no date and no random name goes in.

    Parameters
    ----------
    dpi
        Dots an inch of a PNG, and of pictures within the other formats.

    Raises
    ------
    ArgumentError
        For an unknown format.
    """
    if kind not in FORMATS:
        raise ArgumentError(f"unknown format {kind!r}; known: {', '.join(FORMATS)}")
    metadata: dict[Format, dict[str, None]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    settings: dict[Any, Any] = {"svg.hashsalt": "limitrophe", "pdf.fonttype": 42}
    with _settings, matplotlib.rc_context(settings):
        page.savefig(out, format=kind, dpi=dpi, facecolor=page.get_facecolor(), metadata=metadata[kind])


def _foot(page: Figure, text: str, theme: Theme) -> None:
    """Write the brand, and left of it where the figure comes from; a long address goes on in a second line."""
    brand, right = font("serif", 11, "bold"), PAGE[0] - MARGIN
    _write(page, right, 0.3, "Limitrophe", fontproperties=brand, color=theme.soft, ha="right")
    measure = (right - MARGIN) * 72 - width("Limitrophe", brand) - 12
    small = largest_that_breaks(text, (7.0, 6.0, 5.0), measure, 2)
    lines = broken(text, small, measure)
    for number, line in enumerate(lines):
        y = 0.3 + 0.12 * (len(lines) - 1 - number)
        _write(page, MARGIN, y, line, fontproperties=small, color=theme.soft)


def _axes(page: Figure, left: float, bottom: float, w: float, h: float) -> Axes:
    """Axes at a place of the page in inches."""
    return page.add_axes((left / PAGE[0], bottom / PAGE[1], w / PAGE[0], h / PAGE[1]))


def _write(page: Figure, x: float, y: float, text: str, **style: Any) -> Words:
    return page.text(x / PAGE[0], y / PAGE[1], text, **style)


def _title(page: Figure, words: Caption, theme: Theme) -> None:
    measure = (PAGE[0] - 2 * MARGIN) * 72
    face = largest_that_fits(words.title, "serif", (22, 20, 18, 16), measure, 1)
    title = shortened(words.title, face, measure)
    _write(page, MARGIN, PAGE[1] - 0.62, title, fontproperties=face, color=theme.ink)
    face = font("sans", 10.5)
    subtitle = shortened(words.subtitle, face, measure)
    _write(page, MARGIN, PAGE[1] - 0.88, subtitle, fontproperties=face, color=theme.soft)


def _own_map(page: Figure, drawn: Choropleth | CircleMap, own: gpd.GeoSeries, over: Layers | None) -> float:
    """Draw a reader's own units; return where the map ends, in inches from the foot of the page."""
    w = PAGE[0] - 2 * MARGIN - LEGEND_WIDTH - GUTTER
    h = w * (MAP_BOUNDS[3] - MAP_BOUNDS[1]) / (MAP_BOUNDS[2] - MAP_BOUNDS[0])
    bottom = PAGE[1] - MAP_TOP - h
    axes = _axes(page, MARGIN, bottom, w, h)
    sheet = own_sheet(own, w / h)
    draw(axes, sheet, drawn)
    if over is not None:
        tie_marks.ties(axes, sheet, over.told, drawn.theme, own_projection(own))
    return bottom


def _map(page: Figure, drawn: Choropleth | CircleMap, over: Layers | None) -> float:
    """Draw the map and its insets; return where it ends, in inches from the foot of the page."""
    theme, lang = drawn.theme, drawn.lang
    west, south, east, north = MAP_BOUNDS
    w = PAGE[0] - 2 * MARGIN - LEGEND_WIDTH - GUTTER
    scale = w / (east - west)
    h = (north - south) * scale
    bottom = PAGE[1] - MAP_TOP - h
    axes = _axes(page, MARGIN, bottom, w, h)
    sheet = main_sheet(MAP_BOUNDS)
    draw(axes, sheet, drawn)
    if over is not None:
        tie_marks.ties(axes, sheet, over.told, theme)
    titles = _inset_titles(drawn)
    left, taken = 0.1, []
    for inset in INSETS:
        part = inset_sheet(inset)
        across, up = part.bounds[2] - part.bounds[0], part.bounds[3] - part.bounds[1]
        size = INSET_WIDTHS[inset.name], INSET_WIDTHS[inset.name] * up / across
        box = _axes(page, MARGIN + left, bottom + 0.1, *size)
        box.set_zorder(5)
        draw(box, part, drawn)
        if over is not None:
            tie_marks.ties(box, part, over.told, theme, inset.projection)
        for spine in box.spines.values():
            spine.set(edgecolor=theme.country_line, linewidth=0.8)
        title = box.text(
            0.025,
            0.965,
            titles[inset.name],
            fontproperties=font("sans", 7.5, "bold"),
            color=theme.ink,
            va="top",
            transform=box.transAxes,
            zorder=12,
        )
        title.set_path_effects([effects.withStroke(linewidth=2.5, foreground=theme.card)])
        label_countries(box, part, theme, lang, [])
        covered = [left / scale + west, south, (left + size[0]) / scale + west]
        taken.append(shapely.box(*covered, south + (size[1] + 0.15) / scale))
        left += size[0] + 0.1
    bar = shapely.box(east - 800, south, east, south + 350)
    label_countries(axes, sheet, theme, lang, [*taken, bar])
    scale_bar(axes, theme, lang)
    return bottom


def _inset_titles(drawn: Choropleth | CircleMap) -> dict[str, str]:
    _ = translator(drawn.lang)
    return {"north_caucasus": _("North Caucasus"), "kaliningrad": _("Kaliningrad")}


def _legend(page: Figure, drawn: Choropleth | CircleMap, words: Caption, bottom: float, over: Layers | None) -> None:
    """Column beside the map in units of points, from the top down."""
    theme = drawn.theme
    top = PAGE[1] - MAP_TOP
    measure, height = LEGEND_WIDTH * 72, (top - bottom) * 72
    axes = _axes(page, PAGE[0] - MARGIN - LEGEND_WIDTH, bottom, LEGEND_WIDTH, top - bottom)
    axes.set(xlim=(0, measure), ylim=(0, height))
    axes.axis("off")
    y = height - 10
    bold, plain, small = font("sans", 9.5, "bold"), font("sans", 9.5), font("sans", 7.5)
    for line in wrapped(words.legend_title, bold, measure):
        axes.text(0, y, line, fontproperties=bold, color=theme.ink)
        y -= 13
    if len(drawn.histogram) > 1:
        y = _histogram(axes, drawn.histogram, theme, y - 34, measure, 36)
    if isinstance(drawn, CircleMap) and drawn.sizes:
        y = _nested(axes, drawn.sizes, drawn, y - (6 if drawn.histogram else 0))
    y -= 8
    for row in _rows(drawn):
        y -= 17.5
        if row.dot:
            axes.scatter(12, y + 5, s=70, facecolor=row.fill, edgecolor=theme.card, linewidth=0.7)
        else:
            swatch(axes, 0.5, y, 23, 11.5, pd.Series(asdict(row)))
        label = shortened(row.label or words.legend_title, plain, measure - 60)
        axes.text(31, y + 2, label, fontproperties=plain, color=theme.ink)
        axes.text(measure, y + 2, str(row.count), fontproperties=plain, color=theme.soft, ha="right")
    y -= 14
    for line in wrapped(words.note, small, measure) if words.note else []:
        axes.text(0, y, line, fontproperties=small, color=theme.soft)
        y -= 10
    if over is not None:
        y = _ties_legend(axes, over, theme, y, measure)
    _ranking(axes, drawn, words, y - 6, measure)


def _rows(drawn: Choropleth | CircleMap) -> Sequence[LegendRow]:
    """Rows of the legend with all kinds of nothing; categories have a word of their own for those that lack one."""
    classes = any(row.kind == "class" for row in drawn.legend)
    if isinstance(drawn, Choropleth) and drawn.classes.k == 0 and classes:
        return drawn.legend
    return with_every_nothing(drawn.legend, drawn.theme, drawn.lang, answers=says_answers(drawn))


def _ties_legend(axes: Axes, over: Layers, theme: Theme, top: float, measure: float) -> float:
    """Kinds of ties, each with its looks one after another, in the largest size that fits; return where they end."""
    for size in TIE_SIZES:
        bold, plain, step = font("sans", size, "bold"), font("sans", size), 1.5 * size
        picture = PICTURE * size / TIE_SIZES[0]
        rows = [
            (title, _flowing([width(f"{one.label} {one.count}", plain) + picture + size for one in entries], measure))
            for title, entries in over.legend
        ]
        if sum((1 + flow[-1][0] + 1) * step + 0.4 * size if flow else step for _title, flow in rows) <= top:
            break
    y = top
    for (title, flow), (_title, entries) in zip(rows, over.legend, strict=True):
        y -= step
        axes.text(0, y, shortened(title, bold, measure), fontproperties=bold, color=theme.ink)
        for (row, x), entry in zip(flow, entries, strict=True):
            at = y - (row + 1) * step
            tie_marks.symbol(entry.look, axes, x, at - 1, size / TIE_SIZES[0])
            said = shortened(f"{entry.label} {entry.count}", plain, measure - picture)
            axes.text(x + picture, at, said, fontproperties=plain, color=theme.ink)
        y -= (flow[-1][0] + 1) * step + 0.4 * size if flow else 0
    return y


def _flowing(widths: Sequence[float], measure: float) -> list[tuple[int, float]]:
    """Row and place of each of some pieces that follow one another in lines of a measure."""
    placed: list[tuple[int, float]] = []
    row, x = 0, 0.0
    for wide in widths:
        if x and x + wide > measure:
            row, x = row + 1, 0.0
        placed.append((row, x))
        x += wide
    return placed


def _histogram(axes: Axes, bars: Sequence[Bar], theme: Theme, base: float, w: float, h: float) -> float:
    """Bars over the legend, each stacked of the classes it holds."""
    step, most = w / len(bars), max(bar.count for bar in bars)
    for place, bar in enumerate(bars):
        foot = base
        for fill, count in bar.parts:
            tall = h * count / most
            corner = (place * step, foot)
            axes.add_patch(Rectangle(corner, step, tall, facecolor=fill, edgecolor=theme.paper, linewidth=0.6))
            foot += tall
    axes.add_line(Line2D([0, w], [base, base], color=theme.soft, linewidth=0.5))
    return base


def _nested(axes: Axes, sizes: Iterable[SizeMark], drawn: CircleMap, y: float) -> float:
    """Circles of round values, one inside the other, that stand on one line."""
    theme = drawn.theme
    sizes = list(sizes)
    radii = [0.75 * mark.radius for mark in sizes]
    base, centre = y - 2 * radii[0], radii[0] + 1
    labels = font("sans", 8.5)
    place = y + 2
    for mark, radius in zip(sizes, radii, strict=True):
        axes.scatter(
            centre,
            base + radius,
            s=circle_areas([mark.radius]),
            facecolor="none",
            edgecolor=drawn.circle_fill,
            linewidth=1.1,
        )
        top = base + 2 * radius
        place = min(place - 11, top)
        end = 2 * radii[0] + 14
        axes.plot([centre, end - 6, end], [top, top, place], color=theme.soft, linewidth=0.5)
        axes.text(end + 4, place, mark.label, fontproperties=labels, color=theme.ink, va="center_baseline")
    return base - 4


def _ranking(axes: Axes, drawn: Choropleth | CircleMap, words: Caption, y: float, measure: float) -> None:
    """Highest values with bars, as many as there is room for."""
    theme = drawn.theme
    _ = translator(drawn.lang)
    bold, plain = font("sans", 9.5, "bold"), font("sans", 8.5)
    row = 18.5
    lines = min(len(words.highest), int((y - 22) // row))
    if lines < 3:
        return
    axes.add_line(Line2D([0, measure], [y, y], color=theme.line, linewidth=0.8))
    y -= 18
    axes.text(0, y, _("Highest"), fontproperties=bold, color=theme.ink)
    places = words.highest[:lines]
    room = measure - 16 - max(width(place.value, plain) for place in places) - 6
    classes = [look.fill for look in drawn.legend if look.kind in ("class", "circle")]
    strong = max(classes[-2:] or [theme.soft], key=lambda fill: contrast(fill, theme.paper))
    for place in places:
        y -= row
        axes.text(10, y, str(place.rank), fontproperties=plain, color=theme.soft, ha="right")
        name = shortened(place.name, plain, room)
        axes.text(16, y, name, fontproperties=plain, color=theme.ink)
        axes.text(measure, y, place.value, fontproperties=plain, color=theme.ink, ha="right")
        for share, colour in ((1.0, theme.line), (place.share, theme.unchecked if place.unchecked else strong)):
            axes.add_line(
                Line2D(
                    [16, 16 + (measure - 16) * share],
                    [y - 5, y - 5],
                    color=colour,
                    linewidth=1.8,
                    solid_capstyle="butt",
                )
            )


def _paragraphs(page: Figure, paragraphs: Iterable[tuple[str, str]], theme: Theme, top: float) -> None:
    """Caption under the map, in the largest size that leaves the foot of the page free."""
    measure = (PAGE[0] - 2 * MARGIN) * 72
    paragraphs = list(paragraphs)
    for size in (8.5, 8.0, 7.5, 7.0, 6.5, 6.0):
        bold, plain = font("sans", size, "bold"), font("sans", size)
        gap = 0.45 * size
        leads = [width(lead, bold) + (gap if lead and text else 0) for lead, text in paragraphs]
        blocks = [wrapped(text, plain, measure, first) for (_, text), first in zip(paragraphs, leads, strict=True)]
        step = 1.42 * size / 72
        if sum(map(len, blocks)) * step <= top - FOOT:
            break
    y = top
    for (lead, _), first, block in zip(paragraphs, leads, blocks, strict=True):
        _write_block(page, y, step, lead, first, block, size, theme)
        y -= step * len(block)


def _write_block(
    page: Figure,
    y: float,
    step: float,
    lead: str,
    first: float,
    block: list[str],
    size: float,
    theme: Theme,
) -> None:
    y -= step
    if lead:
        bold = font("sans", size, "bold")
        _write(page, MARGIN, y, lead, fontproperties=bold, color=theme.ink)
    for number, line in enumerate(block):
        x = MARGIN + (first / 72 if number == 0 else 0)
        _write(page, x, y - number * step, line, fontproperties=font("sans", size), color=theme.soft)
