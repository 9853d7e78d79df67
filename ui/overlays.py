"""Ties over a map: which of them to draw, and the legend of their looks."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import cast

import streamlit as st

from geo import ties
from geo.i18n import country_name
from geo.maps.overlays import OVERLAYS, Layers, Overlay, overlays
from geo.maps.symbols import Look, svg
from geo.units import Scope
from ui import charts, pickers, theme
from ui.i18n import _, lang

MOST_COUNTRIES = 8


def chosen() -> tuple[Overlay, ...]:
    """Layers that the address names."""
    return cast("tuple[Overlay, ...]", pickers.several("overlay", OVERLAYS))


def picker() -> tuple[Overlay, ...]:
    """Draw the choice of layers in a popover; it stands in the address as ``overlay=twin_town,crossing``."""
    st.html(f'<p class="label">{_("Layers")}</p>')
    kinds = chosen()
    said = _("None") if not kinds else ties.kind_name(kinds[0], lang()) if len(kinds) == 1 else _("{n} layers")
    with st.popover(said.format(n=len(kinds)), key="layers", on_change="rerun", width="stretch") as fold:
        if fold.open:
            pickers.several_pills(
                "overlay", _("Ties drawn over the map"), OVERLAYS, lambda kind: ties.kind_name(kind, lang())
            )
    return kinds


def layers(chosen: tuple[Overlay, ...], scope: Scope) -> Layers | None:
    """Layers for the map of the whole country."""
    return overlays(chosen, scope, lang(), theme.mode()) if chosen else None


def legend(drawn: Layers | None, *, most_countries: int | None = MOST_COUNTRIES) -> str:
    """Say what symbols, lines and outlines mean, how many ties each look stands for, and what could not be drawn."""
    if drawn is None or not drawn.legend:
        return ""
    kinds = "".join(
        f"<h3>{escape(title)}</h3><p>"
        + "".join(f"<span>{_picture(one.look)} {escape(one.label)} <b>{one.count}</b></span>" for one in entries)
        + "</p>"
        for title, entries in drawn.legend
    )
    notes = [
        _("{kind}: {n} without a point in the sources, in the table only.").format(
            kind=ties.kind_name(kind, lang()), n=n
        )
        for kind, n in drawn.unplaced.items()
    ]
    notes += [
        _("{kind}: {n} members further inland are not outlined: {units}.").format(
            kind=ties.kind_name(kind, lang()), n=len(units), units=", ".join(units)
        )
        for kind, units in drawn.inland.items()
    ]
    if drawn.beyond:
        countries = list(drawn.beyond.items())
        said = ", ".join(f"{country_name(country, lang())} {n}" for country, n in countries[:most_countries])
        more = 0 if most_countries is None else len(countries) - most_countries
        said += _(" and {n} more").format(n=more) if more > 0 else ""
        notes.append(_("Beyond the frame: {countries}.").format(countries=said))
    told = "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    return f'<div class="legend ties">{kinds}{told}</div>'


def explain(drawn: Layers, *, most_countries: int | None = MOST_COUNTRIES) -> None:
    """Draw the legend of a map of ties, or say that no tie answers the choice."""
    if explained := legend(drawn, most_countries=most_countries):
        st.html(explained)
    else:
        charts.nothing()


def _picture(look: Look) -> str:
    data = b64encode(svg(look).encode()).decode()
    return f'<img alt="" src="data:image/svg+xml;base64,{data}">'
