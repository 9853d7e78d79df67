"""Maps of ties as data: both sides of a state border, and the partners of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from geo import units
from geo.i18n import Language, country_name, translator
from geo.maps.describing import Span
from geo.maps.gathering import Scale
from geo.maps.overlays import Layers, layers
from geo.maps.painting import locator
from geo.maps.palettes import palette
from geo.maps.themes import Theme
from geo.maps.views import View, border_view, subjects_view
from geo.ties import Border, Ties

REACH_KM: Final = 900.0
"""How far round a subject its map of partners reaches."""


class TieMap(NamedTuple):
    """What the script of the map is told, and the layers of ties in it with their legend."""

    told: dict[str, Any]
    layers: Layers


def scales(view: View) -> tuple[Scale, ...]:
    """Near means a symbol's width on a map of usual size: a sixtieth of the view, less after zooming in."""
    return tuple(Scale(zoom, view.km_wide / part) for zoom, part in ((0.0, 55.0), (1.3, 140.0), (2.6, 360.0)))


def border_map(
    one: Border,
    chosen: Ties,
    span: Span,
    theme: Theme,
    lang: Language,
    *,
    highlight: Sequence[str] = (),
    brush_from: int | None = None,
) -> TieMap:
    """Both sides of a border with the ties chosen.

    Parameters
    ----------
    span, brush_from
        Years, as for :func:`geo.maps.overlays.layers`.
    """
    _ = translator(lang)
    view = border_view(one)
    drawn = layers(
        chosen,
        span,
        theme,
        lang,
        view.bounds,
        turn=view.turn,
        scales=scales(view),
        capitals=[*one.subjects, one.country],
        brush_from=brush_from,
    )
    told = locator(
        {code: _("on this border") for code in one.subjects},
        one.foreign_regions,
        view,
        theme,
        lang,
        title=_("Border with {country}").format(country=country_name(one.country, lang)),
        colors=[palette("teal", 5, theme)[1], theme.accent],
        overlay=drawn,
        highlight=highlight,
    )
    return TieMap(told, drawn)


def subject_map(
    code: str,
    chosen: Ties,
    span: Span,
    theme: Theme,
    lang: Language,
    view: View | None = None,
    *,
    highlight: Sequence[str] = (),
    brush_from: int | None = None,
) -> TieMap:
    """Partners of a subject.

    Parameters
    ----------
    span, brush_from
        Years, as for :func:`geo.maps.overlays.layers`.
    view
        By default :data:`REACH_KM` round the subject.
    """
    _ = translator(lang)
    view = view or subjects_view([code], REACH_KM)
    drawn = layers(
        chosen,
        span,
        theme,
        lang,
        view.bounds,
        turn=view.turn,
        scales=scales(view),
        capitals=[code],
        brush_from=brush_from,
    )
    name = units.name(code, lang)
    told = locator(
        {code: name},
        list(units.neighbours(code)["partner_iso_3166_2"]),
        view,
        theme,
        lang,
        title=_("Partners of {subject}").format(subject=name),
        colors=[palette("teal", 5, theme)[1]],
        overlay=drawn,
        highlight=highlight,
    )
    return TieMap(told, drawn)
