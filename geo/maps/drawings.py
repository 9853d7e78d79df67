"""From an indicator of the catalogue to a map as data: one year, or all years on common class limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

import pandas as pd

from geo import indicators, units
from geo.i18n import Language
from geo.indicators import Indicator
from geo.indicators.join import Records
from geo.maps.choropleths import Choropleth, choropleth
from geo.maps.circles import CircleMap, circle_map
from geo.maps.classes import Scheme, classify
from geo.maps.themes import LIGHT, Theme

Drawing = Choropleth | CircleMap


Limits = Literal["year", "all"]
LIMITS: tuple[Limits, ...] = get_args(Limits)
REMEMBERED = 256
"""Drawings kept for the next reader; about 30 KB each."""


@dataclass(frozen=True)
class MapChoice:
    """What a reader may choose about a map; every field stands in the address of the page.

    Attributes
    ----------
    indicator
        Of the catalogue.
    year
        One of :func:`geo.indicators.years`.
    per
        One of the denominators of the indicator.
    limits
        Whether class limits (or the largest circle) are those of the year, or common to all years of the series.
    """

    indicator: Indicator
    year: int
    per: str
    scope: units.Scope = "border"
    scheme: Scheme = "quantiles"
    k: int = 5
    palette: str = "teal"
    limits: Limits = "year"

    @property
    def circles(self) -> bool:
        """Totals are drawn as proportional circles, everything else as a choropleth (Eurostat's rule)."""
        return indicators.kind_of(self.indicator, self.per) == "total"

    @property
    def years(self) -> list[int]:
        """Years of the series; one for a stock that is only listed."""
        return indicators.years(self.indicator)


def draw(choice: MapChoice, theme: Theme = LIGHT, lang: Language = "en") -> Drawing:
    """Draw the year of the choice, on limits of its own or on those common to all years.

    What was drawn lately is remembered; each caller gets a frame of its own.
    """
    drawn = _drawn(choice, theme, lang, indicators.records(choice.indicator))
    return replace(drawn, subjects=drawn.subjects.copy())


@lru_cache(maxsize=REMEMBERED)
def _drawn(choice: MapChoice, theme: Theme, lang: Language, _of: Records | None) -> Drawing:
    return _draw(choice, choice.year, _values(choice), theme, lang)


def draw_years(choice: MapChoice, theme: Theme = LIGHT, lang: Language = "en") -> dict[int, Drawing]:
    """One drawing a year on common limits, for the play function."""
    common = _values(replace(choice, limits="all"))
    return {year: _draw(choice, year, common, theme, lang) for year in choice.years}


def _draw(choice: MapChoice, year: int, limiting: pd.Series, theme: Theme, lang: Language) -> Drawing:
    frame = indicators.join(choice.indicator, year, choice.per)
    scope = units.scope(choice.scope)
    at_least = choice.indicator.at_least()
    if choice.circles:
        return circle_map(
            frame,
            scope,
            choice.palette,
            theme,
            lang,
            largest=float(limiting.max()) if len(limiting) else None,
            at_least=at_least,
            label=indicators.unit_of(choice.indicator, choice.per).of(lang),
        )
    return choropleth(
        frame,
        scope,
        choice.scheme,
        choice.k,
        choice.palette,
        theme,
        lang,
        classes=classify(limiting, choice.scheme, choice.k),
        at_least=at_least,
        yes_no=choice.indicator.kind == "yes_no",
    )


def _values(choice: MapChoice) -> pd.Series:
    """Values in the scope that set the limits: of the year, or pooled over the years of the series.

    Of a choropleth those that nobody has checked set none, as they are in no class.
    """
    if choice.limits == "all":
        found = indicators.series(choice.indicator, choice.per)
    else:
        found = indicators.join(choice.indicator, choice.year, choice.per).reset_index()
    inside = found["iso_3166_2"].isin(units.scope(choice.scope)) & (found["status"] == "observed")
    if not choice.circles:
        inside &= found["checked"].fillna(True).astype(bool)
    values: pd.Series = found.loc[inside, "value"]
    return values
