"""Legend and ranking beside a map, as HTML that reads aloud in order: on a page and in a file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

import pandas as pd

from geo import units
from geo.i18n import number, translator
from geo.maps import Choropleth, CircleMap
from geo.maps.legends import LegendRow, unchecked_label
from geo.maps.overlays import Layers
from geo.maps.symbols import svg
from geo.maps.themes import PATTERNS

RANKED_ROWS = 7
NO_BREAK = "\u00a0"


def legend(drawing: Choropleth | CircleMap, heading: str, note: str = "") -> str:
    """Legend of a map: histogram, classes or circles, kinds of nothing, with the number of subjects in each."""
    _ = translator(drawing.lang)
    bars = _histogram(drawing) + (_circles(drawing) if isinstance(drawing, CircleMap) else "")
    rows = "".join(
        f"<tr><td>{_swatch(row)}</td><td>{escape(row.label)}</td><td>{row.count}</td></tr>"
        for row in drawing.legend
        if row.label
    )
    notes = [note] if note else []
    if drawing.at_least:
        notes.append(_("Figures read “at least”: not every tie is recorded."))
    outside = len(drawing.subjects) - drawing.total
    if outside:
        notes.append(_("Plain ground: {n} subjects without a state border.").format(n=outside))
    said = "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    return (
        f'<div class="legend"><h2>{escape(heading)}</h2>{bars}'
        f'<table aria-label="{escape(_("Legend"))}">{rows}</table>{said}</div>'
    )


def _histogram(drawing: Choropleth | CircleMap) -> str:
    bars = drawing.histogram
    if not bars:
        return ""
    tallest = max(bar.count for bar in bars)
    _ = translator(drawing.lang)
    columns = "".join(f'<i style="height:{100 * bar.count / tallest:.0f}%;background:{bar.fill}"></i>' for bar in bars)
    return f'<div class="histogram" role="img" aria-label="{escape(_("How the values are spread"))}">{columns}</div>'


def _circles(drawing: CircleMap) -> str:
    _ = translator(drawing.lang)
    rows = "".join(
        f'<span><i style="width:{2 * mark.radius:.0f}px;height:{2 * mark.radius:.0f}px"></i>{escape(mark.label)}</span>'
        for mark in drawing.sizes
    )
    return f'<div class="sizes" role="img" aria-label="{escape(_("Sizes of circles"))}">{rows}</div>'


def _swatch(row: LegendRow) -> str:
    """The look of a row as a small box; strokes as on the map."""
    ground = row.fill
    if row.pattern:
        pattern = PATTERNS[row.pattern]  # type: ignore[index]
        strokes = [
            f"repeating-linear-gradient({180 - angle}deg,"
            f"{row.ink} 0 {pattern.width}px,transparent 0 {pattern.spacing}px)"
            for angle in pattern.angles
        ]
        ground = f"{','.join(strokes)},{row.fill}"
    if row.dot:
        return f'<i class="swatch dot" style="background:{ground}"></i>'
    line = "dashed" if row.dash else "solid"
    return f'<i class="swatch" style="background:{ground};border:1px {line} {row.stroke}"></i>'


def ties_legend(layers: Layers) -> str:
    """Legend of ties, whose symbols are in the document itself, with the number of ties of each look."""

    def picture(text: str) -> str:
        return f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}">'

    groups = (
        f"<p><b>{escape(title)}</b> "
        + " ".join(
            f"<span>{picture(svg(entry.look))} {escape(entry.label)} <i>{entry.count}</i></span>" for entry in entries
        )
        + "</p>"
        for title, entries in layers.legend
    )
    return f'<div class="legend ties">{"".join(groups)}</div>'


def ranking(drawing: Choropleth | CircleMap) -> str:
    """Highest and lowest subjects of the scope with bars from zero."""
    _ = translator(drawing.lang)
    columns = (drawing.subjects[name].tolist() for name in ("rank", "value", "unchecked"))
    ranked = sorted(row for row in zip(*columns, drawing.subjects.index, strict=True) if not pd.isna(row[0]))
    if not ranked:
        return ""
    largest = max(abs(value) for _rank, value, *_ in ranked) or 1.0
    color = next((row.fill for row in drawing.legend[::-1] if row.kind in ("class", "circle")), "currentColor")
    digits = drawing.classes.digits if isinstance(drawing, Choropleth) else None
    top, rest = ranked[:RANKED_ROWS], ranked[RANKED_ROWS:]
    bottom = rest[-(RANKED_ROWS - 2) :]
    return "".join(
        f"<h2>{escape(heading)}</h2>" + _ranked_rows(part, largest, color, digits, drawing)
        for heading, part in ((_("Highest"), top), (_("Lowest"), bottom))
        if part
    )


def _ranked_rows(
    part: Sequence[tuple[int, float, bool, str]],
    largest: float,
    color: str,
    digits: int | None,
    drawing: Choropleth | CircleMap,
) -> str:
    lang = drawing.lang
    grey, aside = drawing.theme.unchecked, f" <small>{escape(unchecked_label(lang)).replace(' ', NO_BREAK)}</small>"
    short = units.subjects()[f"name_short_{lang}"]
    rows = "".join(
        f'<tr><td class="rank">{rank}</td><td>{escape(str(short.get(code, code)))}{aside if unchecked else ""}</td>'
        f'<td class="bar"><span>'
        f'<i style="width:{100 * abs(value) / largest:.0f}%;background:{grey if unchecked else color}"></i></span></td>'
        f'<td class="value">{escape(number(value, lang, digits))}</td></tr>'
        for rank, value, unchecked, code in part
    )
    return f'<table class="ranking">{rows}</table>'
