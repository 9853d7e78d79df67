"""What the Map page tells its map, and how the map of each indicator opens."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from geo import indicators
from geo.i18n import Language
from geo.indicators.catalogue import Events
from geo.maps.addresses import MapAddress, parameters
from geo.maps.captions import first_source
from geo.maps.drawings import MapChoice, draw, draw_years
from geo.maps.layers import stamped
from geo.maps.overlays import overlays
from geo.maps.painting import payload
from geo.maps.themes import Theme


def told(
    address: MapAddress,
    theme: Theme,
    lang: Language,
    *,
    plays: bool = True,
    autoplay: bool = False,
    highlight: Sequence[str] = (),
) -> dict[str, Any]:
    """Payload of the map that an address shows.

    Its ``choice`` names all that was chosen, so that the script of the map may remember what came of it.

    Parameters
    ----------
    plays
        Whether years may be asked for that are not told; those told can always be played.
    autoplay
        Start playing.
    highlight
        Codes of subjects and countries that are outlined.
    """
    choice = address.choice
    one = choice.indicator
    series = draw_years(choice, theme, lang) if choice.limits == "all" and len(choice.years) > 1 else None
    return payload(
        draw(choice, theme, lang),
        title=one.title.of(lang),
        unit=indicators.unit_of(one, choice.per).of(lang),
        year=choice.year,
        source=first_source(one),
        selected=address.region,
        years=choice.years if plays or series else (),
        series=series,
        autoplay=autoplay,
        overlay=overlays(address.overlay, choice.scope, lang, theme.name) if address.overlay else None,
        highlight=highlight,
        choice=_named(address, theme, lang),
    )


def _named(address: MapAddress, theme: Theme, lang: Language) -> str:
    chosen = (*parameters(address.choice, address.overlay).items(), address.region, theme.name, lang)
    return hashlib.sha256(repr(chosen).encode()).hexdigest()[:8]


def opening(key: str) -> MapAddress:
    """Address of an indicator whose map nobody has touched: newest year, first denominator, classes as they come."""
    one = indicators.find(key)
    return MapAddress(MapChoice(one, indicators.years(one)[-1], one.default_per))


def openings(theme: Theme, lang: Language) -> dict[str, dict[str, Any]]:
    """Payload of the opening map of each indicator, by the option of the picker that leads to it.

    Those that are counted in a reader's own records of events are left out: the payloads are made before the server
    starts.
    """
    return {
        option: stamped(told(opening(key), theme, lang))
        for key, option in picker_options(lang).items()
        if not isinstance(indicators.find(key).rule, Events)
    }


def picker_options(lang: Language) -> dict[str, str]:
    """Option of the picker of indicators by identifier: each name behind that of its theme."""
    return _picker_options(tuple(indicators.mapped()), lang)


@cache
def _picker_options(keys: tuple[str, ...], lang: Language) -> dict[str, str]:
    catalogue, themes = indicators.catalogue(), indicators.themes()
    return {key: f"{themes[catalogue[key].theme].title.of(lang)} › {catalogue[key].short.of(lang)}" for key in keys}
