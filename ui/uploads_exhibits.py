"""What of the reader's own figures may be taken away: with their file as the source, and what a link leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.i18n import Text
from geo.maps import own_units
from geo.maps.overlays import Layers, overlays
from geo.maps.themes import LIGHT
from geo.uploads.joining import joined
from ui import take_away, uploads_map
from ui.i18n import _, lang
from ui.uploads_map import OwnMap

if TYPE_CHECKING:
    from geo.exports.exhibits import OwnSource


def source(own: OwnMap) -> OwnSource:
    """Files of the reader as the source of what is taken away."""
    from geo.exports.exhibits import OwnSource

    title = uploads_map.sources(own)
    return OwnSource(
        title=title,
        note=_("{source}. The atlas has not checked it.").format(source=title),
        boundaries=uploads_map.boundaries_note(own),
        link_note=_(
            "The address brings back the page and its choices; the data are not in it: bring the file again there."
        ),
    )


def offer_map(own: OwnMap) -> None:
    """Put the map with its joined layer into the menu of what may be taken away."""

    def make() -> Any:
        from geo.exports import maps
        from geo.exports.exhibits import Exhibit, provenance, status_definitions

        language, here, theirs = lang(), take_away.address(), source(own)
        drawings = uploads_map.drawings(own.asked, own.frames, LIGHT)
        drawing, words = drawings[own.year], uploads_map.caption(own, provenance(here, language))
        words = replace(words, paragraphs=(*words.paragraphs, ("", theirs.link_note)))
        layer = _layer(own)
        outlines = None if own.outlines is None else own.outlines.set_axis(own.figures.index)
        over, printed = _ties(own)
        told = uploads_map.told(own, drawings, over, autoplay=False)
        return Exhibit(
            name=own.column,
            kind="map",
            title=Text(en=own.column, ru=own.column),
            lang=language,
            address=here,
            frame=lambda: pd.DataFrame(layer.drop(columns="geometry")),
            definitions=[
                ("mapped_value", own.column),
                *status_definitions(language),
                *((lead or _("What it shows."), text) for lead, text in words.paragraphs[:1]),
            ],
            year=own.year,
            picture=lambda kind, dpi: maps.picture(drawing, words, kind, dpi, outlines, printed),
            page=lambda: maps.page(drawing, words, told),
            layer=lambda: layer,
            own=theirs,
        )

    take_away.offer(make)


def _ties(own: OwnMap) -> tuple[Layers | None, Layers | None]:
    """Ties over a map that is taken away, in light colours: for a page without a network, and for a figure."""
    kinds = own.asked.ties
    if not kinds:
        return None, None
    if own.outlines is None:
        light = overlays(kinds, uploads_map.scope(), lang(), LIGHT.name)
        return light, light
    on_page, on_paper = (
        own_units.ties_over(own.outlines, kinds, LIGHT, lang(), turned=turned) for turned in (True, False)
    )
    return on_page, on_paper


def _layer(own: OwnMap) -> gpd.GeoDataFrame:
    """Joined layer with what is mapped: value, status and rank, and the year where the table has years."""
    layer = joined(own.brought.table, own.asked.matching, own.brought.layer, own.asked.theirs)
    shown = ["value", "status", "rank", *([] if own.year is None else ["year_used"])]
    mapped = own.drawing.subjects.loc[layer[layer.columns[0]], shown].add_prefix("mapped_")
    layer = layer.join(mapped.reset_index(drop=True).set_index(layer.index))
    return gpd.GeoDataFrame(layer.drop(columns="geometry"), geometry=layer.geometry, crs=layer.crs)
