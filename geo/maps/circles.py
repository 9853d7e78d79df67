"""A map of totals as data: circles whose areas are proportional to values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import floor, log10

import numpy as np
import pandas as pd

from geo.errors import ArgumentError
from geo.i18n import Language, number
from geo.maps.choropleths import dressed, in_scope, status_counts
from geo.maps.classes import classify
from geo.maps.legends import Bar, LegendRow, histogram, nothing_rows, unchecked_rows
from geo.maps.palettes import palette
from geo.maps.themes import LIGHT, Theme

LARGEST_RADIUS = 30.0
"""Radius of the largest circle in CSS pixels, for a map of about 1,000 pixels."""

SPREAD_CLASSES = 2
"""Only the ends of these limits show, as those of the histogram: circles have one colour."""


@dataclass(frozen=True)
class SizeMark:
    """A circle of the nested legend."""

    value: float
    label: str
    radius: float


@dataclass(frozen=True)
class CircleMap:
    """Circles by value over quiet areas.

    Attributes
    ----------
    subjects
        As in :class:`geo.maps.choropleths.Choropleth`, with ``radius`` in CSS pixels (0 where there
        is no circle) instead of ``class_index``.
    largest
        Value of the largest circle.
    circle_fill
        Colour of the circles, those apart that nobody has checked.
    sizes
        Three circles of the nested legend, largest first, of round values.
    histogram
        Bars over the observed values, in the colour of the circles.
    legend
        Rows of circles (kinds ``circle`` and ``unchecked``) and of the kinds of nothing; counts add up to `total`.
    """

    subjects: pd.DataFrame
    largest: float
    circle_fill: str
    sizes: tuple[SizeMark, ...]
    histogram: tuple[Bar, ...]
    legend: tuple[LegendRow, ...]
    ranked: int
    applicable: int
    total: int
    at_least: bool
    theme: Theme
    lang: Language


def circle_map(
    frame: pd.DataFrame,
    scope: Collection[str],
    palette_name: str = "teal",
    theme: Theme = LIGHT,
    lang: Language = "en",
    *,
    largest: float | None = None,
    at_least: bool = False,
    label: str = "",
) -> CircleMap:
    """Draw totals of a scope as circles; area, not radius, is proportional to the value.

    No correction for how the eye judges circles (Flannery 1971) is made: areas can be measured.

    Parameters
    ----------
    largest
        Value of the largest circle, to share a legend over years; by default the highest value.
    label
        Words for the legend row of circles, such as the unit.

    Raises
    ------
    ArgumentError
        For negative values, which no circle can show, and for values above `largest`.
    """
    subjects = dressed(in_scope(frame, scope), theme)
    observed = subjects["in_scope"] & (subjects["status"] == "observed")
    values = subjects["value"].where(observed)
    if (values < 0).any():
        raise ArgumentError("circles cannot show negative values; draw a choropleth")
    highest = float(values.max()) if observed.any() else 0.0
    largest = highest if largest is None else largest
    if highest > largest:
        raise ArgumentError(f"the value {highest} exceeds that of the largest circle, {largest}")
    subjects["radius"] = [circle_radius(value, largest) for value in values.fillna(0.0)]
    # circles carry the value; areas stay quiet
    subjects["stroke"] = subjects["stroke"].mask(observed, theme.country_line)
    subjects["fill"] = subjects["fill"].mask(observed, theme.land)
    within = subjects.loc[subjects["in_scope"]]
    fill = palette(palette_name, 5, theme)[3]
    counts = status_counts(subjects)
    unchecked = int(subjects["unchecked"].sum())
    circles = counts.get("observed", 0) - unchecked
    rows = [LegendRow("circle", label, circles, fill, theme.swatch_line, dot=True)] if circles else []
    rows += unchecked_rows(unchecked, theme, lang, dot=True)
    observed_values = values.dropna().tolist()
    spread = classify(values, "equal_interval", SPREAD_CLASSES)
    return CircleMap(
        subjects=subjects,
        largest=largest,
        circle_fill=fill,
        sizes=tuple(
            SizeMark(value, number(value, lang), circle_radius(value, largest))
            for value in round_sizes(largest, whole=bool((values.dropna() % 1 == 0).all()))
        ),
        histogram=histogram(observed_values, spread, [fill] * spread.k),
        legend=(*rows, *nothing_rows(counts, theme, lang, at_least=at_least)),
        ranked=int(within["rank"].notna().sum()),
        applicable=int((within["status"] != "not_applicable").sum()),
        total=len(within),
        at_least=at_least,
        theme=theme,
        lang=lang,
    )


def circle_radius(value: float, largest: float) -> float:
    """Radius in CSS pixels of the circle for a value."""
    return LARGEST_RADIUS * float(np.sqrt(value / largest)) if largest > 0 else 0.0


def round_sizes(largest: float, *, whole: bool = False) -> tuple[float, ...]:
    """Round values (1, 2, 5 times a power of ten) near all, 1/4 and 1/20 of the largest.

    Parameters
    ----------
    whole
        Things are counted: no mark stands for less than one of them.
    """
    if largest <= 0:
        return ()
    rounds = [_round_down(value) for value in (largest, largest / 4, largest / 20)]
    return tuple(dict.fromkeys(max(value, 1.0) if whole else value for value in rounds))


def _round_down(value: float) -> float:
    power = floor(log10(value))
    lead = max(m for m in (1, 2, 5) if m <= value / 10.0**power * (1 + 1e-9))
    return float(f"{lead}e{power}")
