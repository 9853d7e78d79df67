"""Rows of a legend and its histogram: what stands beside the map, on the page and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import numpy as np
import pandas as pd

from geo.i18n import Language, translator
from geo.maps.classes import Classes
from geo.maps.themes import NOTHING_STYLE, UNCHECKED_STYLE, Nothing, Style, Theme

HISTOGRAM_BINS = 24


@dataclass(frozen=True)
class LegendRow:
    """One look on the map, what it means and how many subjects have it.

    Attributes
    ----------
    kind
        ``class`` or ``circle``, ``unchecked``, or one of the kinds of nothing.
    label
        Printed limits, or the name of the kind.
    count
        Subjects in the scope that look like this.
    fill, stroke, ink
        Colours ``#rrggbb`` of the area, its outline and its pattern.
    pattern
        Key of `geo.maps.themes.PATTERNS`; empty for a plain area.
    dash
        Dashes of the outline as in SVG; empty for a solid line.
    dot
        Whether it is a circle and not an area.
    """

    kind: str
    label: str
    count: int
    fill: str
    stroke: str
    ink: str = ""
    pattern: str = ""
    dash: str = ""
    dot: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram: subjects with a value from `low` to `high`.

    Attributes
    ----------
    fill
        Colour of the class that most of them are in.
    parts
        Colour and number of subjects of each class in the bar, lowest first.
    """

    low: float
    high: float
    count: int
    fill: str
    parts: tuple[tuple[str, int], ...]


class Looks(TypedDict):
    """Colours, pattern and dashes of an area, as the fields of a legend row."""

    fill: str
    stroke: str
    ink: str
    pattern: str
    dash: str


def looks(style: Style, theme: Theme) -> Looks:
    """Colours, pattern and dashes of a style under a theme, as the fields of a legend row."""
    return {
        "fill": getattr(theme, style.fill),
        "stroke": getattr(theme, style.stroke),
        "ink": getattr(theme, style.ink) if style.pattern else "",
        "pattern": style.pattern or "",
        "dash": style.dash,
    }


def nothing_label(kind: Nothing, lang: Language, *, at_least: bool = False) -> str:
    """Name of a kind of nothing; in a lower bound, zero only says that none was found."""
    _ = translator(lang)
    labels: dict[Nothing, str] = {
        "zero": _("none found") if at_least else _("zero"),
        "no_data": _("no data"),
        "not_applicable": _("not applicable"),
        "suspended": _("suspended"),
    }
    return labels[kind]


def nothing_rows(counts: Mapping[str, int], theme: Theme, lang: Language, *, at_least: bool = False) -> list[LegendRow]:
    """Rows for the kinds of nothing that the map holds, in a fixed order."""
    return [
        LegendRow(
            kind=kind,
            label=nothing_label(kind, lang, at_least=at_least),
            count=counts[kind],
            **looks(style, theme),
        )
        for kind, style in NOTHING_STYLE.items()
        if counts.get(kind)
    ]


def with_every_nothing(
    rows: Sequence[LegendRow], theme: Theme, lang: Language, *, answers: bool = False
) -> list[LegendRow]:
    """Rows of a legend with all kinds of nothing: on paper one that the map has not says so, with 0 subjects.

    Parameters
    ----------
    answers
        The map says yes and no.
    """
    there = {row.kind: row for row in rows}
    blank = [
        LegendRow(kind, nothing_label(kind, lang), 0, **looks(style, theme)) for kind, style in NOTHING_STYLE.items()
    ]
    blank = said_as_answers(blank, lang) if answers else blank
    return [
        *(row for row in rows if row.kind not in NOTHING_STYLE),
        *(there.get(row.kind, row) for row in blank),
    ]


def unchecked_label(lang: Language) -> str:
    """What is said beside a value that rests on places that nobody has checked."""
    _ = translator(lang)
    return _("not checked")


def with_check(figure: str, checked: object, lang: Language) -> str:
    """Figure, and behind it that its places are not checked where ``checked`` is false; missing, it says nothing."""
    unchecked = checked is not None and checked is not pd.NA and not checked
    return f"{figure} ({unchecked_label(lang)})" if unchecked else figure


def unchecked_rows(count: int, theme: Theme, lang: Language, *, dot: bool = False) -> list[LegendRow]:
    """Row for the values that nobody has checked; none where all are checked, or need not be."""
    if not count:
        return []
    return [LegendRow("unchecked", unchecked_label(lang), count, dot=dot, **looks(UNCHECKED_STYLE, theme))]


def class_rows(
    classes: Classes, colours: Sequence[str], counts: Sequence[int], theme: Theme, lang: Language
) -> list[LegendRow]:
    """Rows for the classes, lowest first; classes without a subject keep their row."""
    return [
        LegendRow("class", label, count, fill, theme.swatch_line)
        for label, count, fill in zip(classes.labels(lang), counts, colours, strict=True)
    ]


def said_as_answers(rows: Sequence[LegendRow], lang: Language, *, at_least: bool = False) -> list[LegendRow]:
    """Rows of a yes-or-no indicator: its one class is yes, its zero is no; in a lower bound no tie was found."""
    _ = translator(lang)
    answers = {"class": _("yes"), "zero": _("no")}
    if at_least:
        answers["no_data"] = nothing_label("zero", lang, at_least=True)
    return [replace(row, label=answers.get(row.kind, row.label)) for row in rows]


def histogram(
    values: Sequence[float], classes: Classes, colours: Sequence[str], bins: int = HISTOGRAM_BINS
) -> tuple[Bar, ...]:
    """Count values in bars of equal width over the limits.

    Empty when the limits leave no width to divide.
    """
    if classes.k < 1 or classes.limits[0] == classes.limits[-1]:
        return ()
    shown = np.round(np.asarray(values, dtype=float), classes.digits)
    index = classes.index(shown)
    span = (classes.limits[0], classes.limits[-1])
    edges = np.histogram_bin_edges([], bins=bins, range=span)
    sizes = np.array([np.histogram(shown[index == place], bins=bins, range=span)[0] for place in range(classes.k)])
    return tuple(
        Bar(
            float(low),
            float(high),
            int(column.sum()),
            colours[int(column.argmax())],
            tuple((colours[place], int(n)) for place, n in enumerate(column) if n),
        )
        for low, high, column in zip(edges[:-1], edges[1:], sizes.T, strict=True)
    )
