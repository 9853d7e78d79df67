"""The reader's figures on the map: areas or circles, years, legend, card, table, and what may be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo import indicators, units
from geo.i18n import number
from geo.maps import PALETTES, SCHEMES, Choropleth, own_units
from geo.maps.captions import Caption, boundary_note, scheme_name
from geo.maps.classes import Scheme
from geo.maps.drawings import LIMITS, Drawing
from geo.maps.overlays import OVERLAYS, Layers, Overlay
from geo.maps.own_units import OwnChoice
from geo.maps.painting import payload
from geo.maps.themes import Theme
from geo.uploads import Refused
from geo.uploads.joining import divided, unit_keys, values
from geo.uploads.layers import on_map
from geo.uploads.matching import Matching
from geo.uploads.years import Measure, year_of
from ui import captions, map_widget, overlays, params, pickers, place, theme
from ui.i18n import _, lang
from ui.legend import draw_ranking, legend
from ui.uploads import Brought
from ui.uploads_matching import unit_name

SHAPES = ("areas", "circles")
PER = tuple(indicators.denominators())
DEFAULTS: dict[str, str | None] = {
    "drawn": "areas",
    "own_per": "none",
    "year": "",
    "scope": "all",
    "scheme": "quantiles",
    "k": "5",
    "palette": "teal",
    "limits": "year",
    "region": "",
    "overlay": "",
}


@dataclass(frozen=True)
class Asked:
    """What the reader wants on the map.

    Attributes
    ----------
    theirs
        Column of their boundaries by which the names were matched.
    per
        Denominator of totals.
    ties
        Kinds that are drawn over it.
    autoplay
        Play the years.
    """

    brought: Brought
    matching: Matching
    theirs: str
    measure: Measure
    per: str = "none"
    ties: tuple[Overlay, ...] = ()
    autoplay: bool = False

    @property
    def years(self) -> list[int]:
        """Years that the table has figures of."""
        return self.measure.years(self.matching)

    @property
    def year(self) -> int | None:
        """Year that is shown; None for a table that says none."""
        return int(st.session_state["year"]) if self.years else None

    @property
    def name(self) -> str:
        """Name of what is mapped, with what it is divided by."""
        text = indicators.denominators()[self.per].text.of(lang()) if self.per != "none" else ""
        return f"{self.measure.name}, {text}" if text else self.measure.name

    def figures(self, year: int | None) -> pd.DataFrame:
        """Value and status of all units in a year, as :func:`geo.uploads.joining.values` gives them."""
        keys, dash = unit_keys(self.brought.layer, self.theirs), st.session_state["dash"]
        found = values(self.brought.table, self.matching, self.measure.column(year), keys, dash, year)
        return divided(found, self.per, year)


@dataclass(frozen=True)
class OwnMap:
    """What the reader sees: figures of theirs, drawn.

    Attributes
    ----------
    column
        Name of what is mapped.
    frames
        Figures by year: of all years where limits are common to them, else of the year that is shown.
    drawings
        Of these, on limits in common.
    outlines
        Of the reader's own boundaries; None for the subjects.
    over
        Ties over the map.
    """

    asked: Asked
    column: str
    frames: dict[int | None, pd.DataFrame]
    drawings: dict[int | None, Drawing]
    outlines: gpd.GeoSeries | None
    over: Layers | None

    @property
    def brought(self) -> Brought:
        """Files of the reader."""
        return self.asked.brought

    @property
    def year(self) -> int | None:
        """Year that is shown."""
        return self.asked.year

    @property
    def figures(self) -> pd.DataFrame:
        """Figures of the year that is shown."""
        return self.frames[self.year]

    @property
    def drawing(self) -> Drawing:
        """What is shown."""
        return self.drawings[self.year]


def choices() -> None:
    """Read what of the map stands in the address; the controls need not be drawn yet."""
    params.take("drawn", SHAPES, "areas")
    params.take("own_per", PER, "none")
    params.take("year", _Years(), "")
    params.take("scope", units.SCOPES, "all")
    params.take("scheme", SCHEMES, "quantiles")
    params.take("k", pickers.CLASS_COUNTS, "5")
    params.take("palette", list(PALETTES), "teal")
    params.take("limits", LIMITS, "year")
    params.take("region", ["", *units.subjects().index], "")
    pickers.several("overlay", OVERLAYS)


def scope() -> units.Scope:
    """Which subjects carry values."""
    return cast(units.Scope, st.session_state["scope"])


class _Years:
    """All texts that are a year: which of them the table has is known when it has been read."""

    def __contains__(self, text: object) -> bool:
        return text == "" or str(year_of(str(text))) == text


def follow() -> bool:
    """Take over what the reader did on the map, before the controls are drawn; True when the years shall play."""
    answer = map_widget.answered() or {}
    at = own_units.place(answer.get("id"))
    if at is not None:
        st.session_state["_own_place"] = at
    return place.follow(answer)


def controls(brought: Brought, matching: Matching, theirs: str, measure: Measure, *, autoplay: bool) -> Asked:
    """Draw the controls of the map, as the Map page has them."""
    years = measure.years(matching)
    circles = st.session_state["drawn"] == "circles"
    divides, is_timed, scoped = circles and not theirs, bool(years), not theirs
    widths = [1.5, *[1.5] * divides, *[1.7] * is_timed, *[1.8] * scoped, 1.5, 1.3]
    free = iter(st.columns(widths, vertical_alignment="bottom"))
    per = "none"
    with next(free):
        _shape()
    if divides:
        with next(free):
            per = _per()
    if is_timed:
        with next(free):
            pickers.year_among(years)
    if scoped:
        with next(free):
            pickers.scope("all")
    with next(free):
        pickers.classes(circles=circles and per == "none", years=len(years) > 1)
    with next(free):
        ties = overlays.picker()
    return Asked(brought, matching, theirs, measure, per, ties, autoplay)


def _shape() -> str:
    """Choose areas or circles: rates and shares are read from areas, totals from circles."""
    words = {"areas": _("Rate: areas"), "circles": _("Total: circles")}
    return pickers.select("drawn", _("Drawn as"), SHAPES, "areas", words.__getitem__)


def _per() -> str:
    """Choose what totals of the subjects are divided by; a rate is divided already."""
    titles = indicators.denominators()
    return pickers.select("own_per", _("Per"), PER, "none", lambda key: titles[key].title.of(lang()))


def own_map(asked: Asked) -> OwnMap:
    """Make the map with the choices of the address; totals that are divided become areas.

    Raises
    ------
    Refused
        For a cell that cannot be mapped, and for negative figures as circles.
    """
    plays = st.session_state["limits"] == "all" and len(asked.years) > 1
    frames = {year: asked.figures(year) for year in (asked.years if plays else [asked.year])}
    outlines = _outlines(asked.brought)
    drawn = drawings(asked, frames, theme.look())
    return OwnMap(asked, asked.name, frames, drawn, outlines, _over(asked, outlines))


def drawings(asked: Asked, frames: dict[int | None, pd.DataFrame], look: Theme) -> dict[int | None, Drawing]:
    """Draw the frames of :class:`OwnMap` in a theme, on limits in common."""
    state = st.session_state
    circles = state["drawn"] == "circles" and asked.per == "none"
    codes = unit_keys(asked.brought.layer, asked.theirs) if asked.theirs else list(units.scope(scope()))
    choice = OwnChoice(circles, cast(Scheme, state["scheme"]), int(state["k"]), state["palette"])
    if circles and any((frame["value"] < 0).any() for frame in frames.values()):
        raise Refused("negative_circles")
    return own_units.drawings(frames, codes, choice, look, lang(), _("your figures"))


def _outlines(brought: Brought) -> gpd.GeoSeries | None:
    """Outlines of the reader's boundaries for the map, made once a session."""
    if brought.layer is None:
        return None
    if "_drawn_layer" not in st.session_state:
        st.session_state["_drawn_layer"] = on_map(brought.layer)
    return st.session_state["_drawn_layer"]


def _over(asked: Asked, outlines: gpd.GeoSeries | None) -> Layers | None:
    """Ties that are drawn over the map; those over the reader's units are kept, as they take a while."""
    if not asked.ties or outlines is None:
        return overlays.layers(asked.ties, scope())
    wanted = (asked.ties, lang(), theme.look().name)
    if st.session_state.get("_ties_over", (None,))[0] != wanted:
        drawn = own_units.ties_over(outlines, asked.ties, theme.look(), lang())
        st.session_state["_ties_over"] = (wanted, drawn)
    kept: Layers = st.session_state["_ties_over"][1]
    return kept


def told(own: OwnMap, drawings: dict[int | None, Drawing], over: Layers | None, *, autoplay: bool) -> dict[str, Any]:
    """Payload of the map."""
    theirs = own.outlines is not None
    told = payload(
        drawings[own.year],
        title=own.column,
        unit=own.column[:60],
        year=own.year,
        source=own.brought.table.name[:60],
        selected=None if theirs else place.selected(),
        years=own.asked.years,
        series={int(year): one for year, one in drawings.items() if year is not None} if len(drawings) > 1 else None,
        autoplay=autoplay,
        overlay=over,
    )
    if own.outlines is None:
        return told
    return own_units.told(told, own.outlines, list(own.figures.index), lang(), _own_place(own))


def _own_place(own: OwnMap) -> int | None:
    """Place of the unit of the reader's own with an open card."""
    at = st.session_state.get("_own_place")
    return at if at is not None and at < len(own.figures) else None


def draw(own: OwnMap) -> None:
    """Draw the map with its caption, and the legend with the card beside it."""
    left, right = st.columns([3.35, 1], gap="medium")
    words = caption(own)
    with left:
        st.html(f"<h1>{escape(own.column)} <small>{escape(words.subtitle)}</small></h1>")
        map_widget.draw(told(own, own.drawings, own.over, autoplay=own.asked.autoplay))
        said = "<br>".join(f"<b>{escape(lead)}</b> {escape(text)}" for lead, text in words.paragraphs)
        st.html(f'<div class="caption">{said}</div>')
    with right:
        _card(own)
        st.html(legend(own.drawing, words.legend_title, words.note))
        if explained := overlays.legend(own.over):
            st.html(explained)
        draw_ranking(own.drawing)


def boundaries_note(own: OwnMap) -> str:
    """Note on boundaries and names, which stands under every map and on every export."""
    if own.outlines is None:
        return boundary_note(lang())
    return _("Boundaries and names shown do not imply endorsement; the units are the reader's own.")


def sources(own: OwnMap) -> str:
    """Files of the reader: name, rows, the column that is shown."""
    table, layer = own.brought.table, own.brought.layer
    said = _("{name}, a table of the reader's own ({rows} rows, column “{column}”)").format(
        name=table.name, rows=len(table.frame), column=own.asked.measure.column(own.year)[:80]
    )
    return said if layer is None else said + _("; boundaries of the reader's own, {name}").format(name=layer.name)


def caption(own: OwnMap, foot: str = "") -> Caption:
    """Words of the map: what it shows, how much of the table, whence, on what ground."""
    drawing = own.drawing
    by_classes = isinstance(drawing, Choropleth)
    heading = f"{own.column}, {scheme_name(drawing.classes.scheme, lang())}" if by_classes else own.column
    coverage = _("Data for {n} of {all} units.").format(n=drawing.ranked, all=drawing.total)
    open_rows = len(own.asked.matching.open)
    wholes = len(own.asked.matching.wholes)
    left = " ".join(
        said.format(n=n)
        for said, n in (
            (_("{n} names of the table are not on the map."), open_rows),
            (_("Totals and districts of the table are left out: {n}."), wholes),
        )
        if n
    )
    ours = own.outlines is None
    ground = (
        _("Natural Earth 1:10m, Albers equal-area.") if ours else _("Boundaries: {name}, in an equal-area projection.")
    )
    layer = own.brought.layer.name if own.brought.layer else ""
    return Caption(
        title=own.column,
        subtitle=", ".join([own.brought.table.name, *([] if own.year is None else [str(own.year)])]),
        legend_title=heading,
        paragraphs=(
            (coverage, left),
            (
                _("Source:"),
                _("{source}. The atlas has not checked it.").format(source=sources(own)),
            ),
            ("", f"{boundaries_note(own)} {ground.format(name=layer)}"),
        ),
        note=drawing.classes.note(lang()) if by_classes else "",
        foot=foot,
    )


def _card(own: OwnMap) -> None:
    """Card of the unit that was clicked."""
    at = _own_place(own)
    code = place.selected() if own.outlines is None else None if at is None else own.figures.index[at]
    if code is None:
        return
    row = own.drawing.subjects.loc[code]
    value = (
        captions.said_value(row["value"], row["status"], at_least=False)
        if row["in_scope"]
        else _("not a border subject")
    )
    rank = "" if pd.isna(row["rank"]) else _("rank {r} of {n}").format(r=row["rank"], n=own.drawing.ranked)
    if own.outlines is None:
        place.show(code, value, own.column[:60], (rank, "" if own.year is None else str(own.year)))
        return
    with st.container(key="place"):
        st.html(
            f'<div class="place"><h2>{escape(str(code))}</h2><p><b>{escape(value)}</b> '
            f'<span class="soft">{escape(own.column[:60])}</span></p><p class="soft">{escape(rank)}</p></div>'
        )
        st.button(
            _("Close"), key="close_own", type="tertiary", on_click=lambda: st.session_state.pop("_own_place", None)
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
            **({} if own.year is None else {_("Year"): shown["year_used"].to_numpy()}),
        }
    )
    frame = frame.drop(columns=_("Code")) if own.outlines is not None else frame
    with st.expander(_("Table of all values"), key="own_table", on_change="rerun") as fold:
        if fold.open:
            st.dataframe(frame, hide_index=True, placeholder="", width="stretch")


def figure_of(value: float) -> str:
    """Figure as the language writes it; a dash for none."""
    return "–" if pd.isna(value) else number(float(value), lang())
