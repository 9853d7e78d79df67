"""The reader's column on the map: areas or circles, legend, card, table, and what may be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import indicators, units
from geo.i18n import Text, number
from geo.maps import PALETTES, SCHEMES, Choropleth, choropleth, circle_map, own_units
from geo.maps.captions import Caption, boundary_note, scheme_name
from geo.maps.classes import Scheme
from geo.maps.drawings import Drawing
from geo.maps.painting import payload
from geo.uploads.joining import divided, joined, unit_keys
from geo.uploads.layers import on_map
from geo.uploads.matching import Matching
from ui import captions, map_widget, params, pickers, place, take_away, theme
from ui.i18n import _, lang
from ui.legend import draw_ranking, legend
from ui.uploads import Brought
from ui.uploads_matching import unit_name

SHAPES = ("areas", "circles")
PER = tuple(indicators.denominators())
DEFAULTS: dict[str, str | None] = {
    "drawn": "areas",
    "own_per": "none",
    "scope": "all",
    "scheme": "quantiles",
    "k": "5",
    "palette": "teal",
    "region": "",
}


@dataclass(frozen=True)
class OwnMap:
    """What the reader sees: a column of theirs, drawn.

    Attributes
    ----------
    figures
        Of :func:`geo.uploads.joining.values`.
    outlines
        Of the reader's own boundaries; None for the subjects.
    """

    brought: Brought
    matching: Matching
    theirs: str
    column: str
    figures: pd.DataFrame
    drawing: Drawing
    outlines: gpd.GeoSeries | None


def choices() -> None:
    """Read what of the map stands in the address; the controls need not be drawn yet."""
    params.take("drawn", SHAPES, "areas")
    params.take("own_per", PER, "none")
    params.take("scope", units.SCOPES, "all")
    params.take("scheme", SCHEMES, "quantiles")
    params.take("k", pickers.CLASS_COUNTS, "5")
    params.take("palette", list(PALETTES), "teal")
    params.take("region", ["", *units.subjects().index], "")


def shape() -> str:
    """Choose areas or circles: rates and shares are read from areas, totals from circles."""
    words = {"areas": _("Rate: areas"), "circles": _("Total: circles")}
    return pickers.select("drawn", _("Drawn as"), SHAPES, "areas", words.__getitem__)


def per(brought: Brought) -> str:
    """Choose what totals of the subjects are divided by; a rate is divided already."""
    if brought.layer is not None or st.session_state["drawn"] != "circles":
        return "none"
    titles = indicators.denominators()
    return pickers.select("own_per", _("Per"), PER, "none", lambda key: titles[key].title.of(lang()))


def own_map(brought: Brought, matching: Matching, theirs: str, column: str, values: pd.DataFrame, per: str) -> OwnMap:
    """Make the map of a column with the choices of the address; totals that are divided become areas."""
    _follow(brought, theirs)
    figures = divided(values, per)
    circles = st.session_state["drawn"] == "circles" and per == "none"
    text = indicators.denominators()[per].text.of(lang()) if per != "none" else ""
    said = f"{column}, {text}" if text else column
    drawing = _drawing(figures, brought, circles=circles)
    return OwnMap(brought, matching, theirs, said, figures, drawing, _outlines(brought))


def _drawing(values: pd.DataFrame, brought: Brought, *, circles: bool) -> Drawing:
    state = st.session_state
    codes = list(values.index) if brought.layer is not None else list(units.scope(state["scope"]))
    if circles:
        return circle_map(values, codes, state["palette"], theme.look(), lang(), label=_("your figures"))
    scheme = cast(Scheme, state["scheme"])
    return choropleth(values, codes, scheme, int(state["k"]), state["palette"], theme.look(), lang())


def _outlines(brought: Brought) -> gpd.GeoSeries | None:
    """Outlines of the reader's boundaries for the map, made once a session."""
    if brought.layer is None:
        return None
    if "_drawn_layer" not in st.session_state:
        st.session_state["_drawn_layer"] = on_map(brought.layer)
    return st.session_state["_drawn_layer"]


def _told(own: OwnMap) -> dict[str, Any]:
    """Payload of the map."""
    theirs = own.outlines is not None
    told = payload(
        own.drawing,
        title=own.column,
        unit=own.column[:60],
        year=None,
        source=own.brought.table.name[:60],
        selected=None if theirs else place.selected(),
    )
    if own.outlines is None:
        return told
    keys = list(own.figures.index)
    chosen = st.session_state.get("_own_unit")
    return own_units.told(told, own.outlines, keys, lang(), keys.index(chosen) if chosen in keys else None)


def _follow(brought: Brought, theirs: str) -> None:
    """Take over the click on the map, before it is drawn."""
    answer = (map_widget.answered() or {}).get("id")
    if answer in units.subjects().index:
        st.session_state["region"] = answer
    at = own_units.place(answer)
    if at is not None and brought.layer is not None and at < len(brought.layer.frame):
        st.session_state["_own_unit"] = unit_keys(brought.layer, theirs)[at]


def draw(own: OwnMap) -> None:
    """Draw the map with its caption, and the legend with the card beside it."""
    left, right = st.columns([3.35, 1], gap="medium")
    words = _words(own)
    with left:
        st.html(f"<h1>{escape(own.column)} <small>{escape(own.brought.table.name)}</small></h1>")
        told = _told(own)
        map_widget.draw(told)
        said = "<br>".join(f"<b>{escape(lead)}</b> {escape(text)}" for lead, text in words.paragraphs)
        st.html(f'<div class="caption">{said}</div>')
    with right:
        _card(own)
        st.html(legend(own.drawing, words.legend_title, words.note))
        draw_ranking(own.drawing)
    _offer(own, words, told)


def _words(own: OwnMap) -> Caption:
    drawing = own.drawing
    by_classes = isinstance(drawing, Choropleth)
    heading = f"{own.column}, {scheme_name(drawing.classes.scheme, lang())}" if by_classes else own.column
    coverage = _("Data for {n} of {all} units.").format(n=drawing.ranked, all=drawing.total)
    open_rows = len(own.matching.open)
    left = _("{n} names of the table are not on the map.").format(n=open_rows) if open_rows else ""
    ours = own.outlines is None
    ground = (
        _("Natural Earth 1:10m, Albers equal-area.") if ours else _("Boundaries: {name}, in an equal-area projection.")
    )
    layer = own.brought.layer.name if own.brought.layer else ""
    return Caption(
        title=own.column,
        subtitle=own.brought.table.name,
        legend_title=heading,
        paragraphs=(
            (coverage, left),
            (
                _("Source:"),
                _("a table of the reader's own, {name}; the atlas has not checked it.").format(
                    name=own.brought.table.name
                ),
            ),
            ("", f"{boundary_note(lang())} {ground.format(name=layer)}" if ours else ground.format(name=layer)),
        ),
        note=drawing.classes.note(lang()) if by_classes else "",
    )


def _card(own: OwnMap) -> None:
    """Card of the unit that was clicked."""
    code = place.selected() if own.outlines is None else st.session_state.get("_own_unit")
    if not code or code not in own.figures.index:
        return
    row = own.drawing.subjects.loc[code]
    value = (
        captions.said_value(row["value"], row["status"], at_least=False)
        if row["in_scope"]
        else _("not a border subject")
    )
    rank = "" if pd.isna(row["rank"]) else _("rank {r} of {n}").format(r=row["rank"], n=own.drawing.ranked)
    if own.outlines is None:
        place.show(code, value, own.column[:60], (rank,))
        return
    with st.container(key="place"):
        st.html(
            f'<div class="place"><h2>{escape(str(code))}</h2><p><b>{escape(value)}</b> '
            f'<span class="soft">{escape(own.column[:60])}</span></p><p class="soft">{escape(rank)}</p></div>'
        )
        st.button(
            _("Close"), key="close_own", type="tertiary", on_click=lambda: st.session_state.pop("_own_unit", None)
        )


def table(own: OwnMap) -> None:
    """All values: the accessible twin of the map."""
    subjects = own.drawing.subjects
    shown = subjects[subjects["in_scope"]].sort_values("rank", na_position="last")
    words = captions.status_words()
    frame = pd.DataFrame(
        {
            _("Unit"): [unit_name(own.brought, str(code)) for code in shown.index],
            _("Code"): shown.index,
            own.column: shown["value"].to_numpy(),
            _("Status"): shown["status"].map(words).to_numpy(),
            _("Rank"): shown["rank"].to_numpy(),
        }
    )
    frame = frame.drop(columns=_("Code")) if own.outlines is not None else frame
    with st.expander(_("Table of all values"), key="own_table", on_change="rerun") as fold:
        if fold.open:
            st.dataframe(frame, hide_index=True, placeholder="", width="stretch")


def _offer(own: OwnMap, words: Caption, told: dict[str, Any]) -> None:
    """Put the map with its joined layer into the menu of what may be taken away."""

    def make() -> Any:
        from geo.exports import maps
        from geo.exports.exhibits import Exhibit, status_definitions

        language, here = lang(), take_away.address()
        layer = joined(own.brought.table, own.matching, own.brought.layer, own.theirs)
        key = layer.columns[0]
        mapped = own.drawing.subjects.loc[layer[key], ["value", "status", "rank"]].add_prefix("mapped_")
        layer = layer.join(mapped.reset_index(drop=True).set_index(layer.index))
        layer = gpd.GeoDataFrame(layer.drop(columns="geometry"), geometry=layer.geometry, crs=layer.crs)
        theirs = None if own.outlines is None else own.outlines.set_axis(own.figures.index)
        return Exhibit(
            name=own.column,
            kind="map",
            title=Text(en=own.column, ru=own.column),
            lang=language,
            address=here,
            frame=lambda: pd.DataFrame(layer.drop(columns="geometry")),
            definitions=[("mapped_value", own.column), *status_definitions(language), *words.paragraphs],
            picture=lambda kind, dpi: maps.picture(own.drawing, words, kind, dpi, theirs),
            page=lambda: maps.page(own.drawing, words, told),
            layer=lambda: layer,
        )

    take_away.offer(make)


def figure_of(value: float) -> str:
    """Figure as the language writes it; a dash for none."""
    return "–" if pd.isna(value) else number(float(value), lang())
