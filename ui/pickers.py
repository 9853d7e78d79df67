"""Controls that pages share. The key of a control is its parameter in the address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo import indicators, ties, units
from geo.i18n import country_name
from geo.maps import PALETTES, SCHEMES
from geo.maps.addresses import CLASS_COUNTS, DEFAULT_INDICATOR
from geo.maps.captions import scheme_name
from geo.maps.classes import Scheme
from geo.maps.drawings import LIMITS, Limits, MapChoice
from geo.maps.map_page import picker_options
from geo.ties import Kind, Ties
from ui import params
from ui.i18n import _, lang


def select(
    name: str, label: str, options: Sequence[str], default: str, said: Callable[[str], str], **more: object
) -> str:
    """Draw a select box whose choice stands in the address."""
    params.take(name, options, default)
    st.selectbox(label, options, key=name, format_func=said, on_change=params.touch, **more)  # type: ignore[call-overload]
    return str(st.session_state[name])


@dataclass(frozen=True)
class _Several:
    """Closed list of texts such as ``a,b``: codes of a closed list, joined by commas; the empty text too."""

    options: Collection[str]

    def __contains__(self, text: object) -> bool:
        return text == "" or all(code in self.options for code in str(text).split(","))


def several(name: str, options: Sequence[str]) -> tuple[str, ...]:
    """Codes that are chosen of a parameter with several, in the order of the options."""
    text = params.take(name, _Several(options), "")
    return tuple(code for code in options if code in text.split(","))


def several_pills(
    name: str, label: str, options: Sequence[str], said: Callable[[str], str], of: Collection[str] | None = None
) -> None:
    """Draw pills for a parameter with several codes; the address holds them joined by commas.

    Parameters
    ----------
    of
        Options that are offered, by default all.
    """
    key = f"{name}_pills"
    offered = [code for code in options if of is None or code in of]
    chosen = [code for code in several(name, options) if code in offered]
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen

    def choose() -> None:
        st.session_state[name] = ",".join(code for code in options if code in st.session_state[key])
        params.touch()

    st.pills(label, offered, selection_mode="multi", key=key, format_func=said, on_change=choose)


def indicator(label: str | None = None) -> str:
    """Indicator, by theme; typing searches."""
    named = picker_options(lang())
    return select("indicator", label or _("Indicator"), list(named), DEFAULT_INDICATOR, named.__getitem__)


def per(of: str) -> str:
    """Denominator of an indicator; where there is no choice, its unit stands there."""
    one = indicators.find(of)
    if len(one.per) == 1:
        params.take("per", one.per, one.default_per)
        _fixed(_("Per"), one.unit.of(lang()))
        return one.default_per
    titles = indicators.denominators()
    return select("per", _("Per"), one.per, one.default_per, lambda key: titles[key].title.of(lang()))


def year(of: str) -> int:
    """Year of a series; for a stock that is only listed, its year stands there unmoved."""
    return year_among(indicators.years(of))


def year_among(years: Sequence[int]) -> int:
    """Year of those that a map has, the last one by default; the only one stands there unmoved."""
    known = [str(one) for one in years]
    params.take("year", known, known[-1])
    if len(known) == 1:
        _fixed(_("Year"), known[-1])
        return int(known[-1])
    st.select_slider(_("Year"), known, key="year", on_change=params.touch)
    return int(st.session_state["year"])


def _fixed(label: str, said: str) -> None:
    """Say what cannot be chosen, where a control would stand: a text costs the browser less than a control does."""
    st.html(f'<p class="label">{escape(label)}</p><p class="fixed" title="{escape(said)}">{escape(said)}</p>')


def scope(default: units.Scope = "border") -> units.Scope:
    """Which subjects carry values."""
    words = {"border": _("Border subjects"), "all": _("All subjects")}
    return cast(units.Scope, select("scope", _("Regions"), units.SCOPES, default, words.__getitem__))


def classes(*, circles: bool, years: bool = True) -> None:
    """Scheme, number of classes, limits and palette, in a popover that is filled when it is opened.

    Parameters
    ----------
    years
        Whether the map has years, so that limits may be common to them.
    """
    words = {scheme: scheme_name(scheme, lang()) for scheme in SCHEMES}
    scheme = params.take("scheme", SCHEMES, "quantiles")
    k = params.take("k", CLASS_COUNTS, "5")
    params.take("palette", list(PALETTES), "teal")
    params.take("limits", LIMITS, "year")
    st.html(f'<p class="label">{_("Classes")}</p>')
    said = _("Circles") if circles else f"{_short(words[cast(Scheme, scheme)])}, {k}"
    with st.popover(said, key="classes", on_change="rerun", width="stretch") as fold:
        if not fold.open:
            return
        st.selectbox(
            _("Class limits"),
            SCHEMES,
            key="scheme",
            format_func=lambda key: words[key],
            on_change=params.touch,
            disabled=circles,
        )
        st.segmented_control(
            _("Number of classes"), CLASS_COUNTS, key="k", required=True, on_change=params.touch, disabled=circles
        )
        spans = {"year": _("of this year"), "all": _("common to all years")}
        if years:
            st.segmented_control(
                _("Limits"), LIMITS, key="limits", required=True, format_func=spans.__getitem__, on_change=params.touch
            )
        st.selectbox(
            _("Colours"),
            list(PALETTES),
            key="palette",
            format_func=lambda name: PALETTES[name].title.of(lang()),
            on_change=params.touch,
        )


def _short(scheme: str) -> str:
    return scheme[:1].upper() + scheme.split(" (")[0][1:]


def chosen_map() -> MapChoice:
    """Read what is chosen about a map now; the controls need not have been drawn."""
    one = indicators.find(params.peek("indicator", indicators.mapped(), DEFAULT_INDICATOR))
    years = [str(year) for year in indicators.years(one)]
    return MapChoice(
        one,
        int(params.peek("year", years, years[-1])),
        params.peek("per", one.per, one.default_per),
        cast(units.Scope, params.peek("scope", units.SCOPES, "border")),
        cast(Scheme, params.peek("scheme", SCHEMES, "quantiles")),
        int(params.peek("k", CLASS_COUNTS, "5")),
        params.peek("palette", list(PALETTES), "teal"),
        cast(Limits, params.peek("limits", LIMITS, "year")),
    )


def map_row(choice: MapChoice, follow: Callable[[MapChoice], None]) -> list[DeltaGenerator]:
    """Draw all that is chosen about a map in one row of controls; the two free places at the end of that row.

    Parameters
    ----------
    choice
        Of :func:`chosen_map`.
    follow
        Told what is chosen before a control is drawn, also when its fragment is drawn alone.
    """
    columns = st.columns([3.5, 1.75, 1.75, 2.1, 1.6, 1.5, 0.1], vertical_alignment="bottom")
    key = choice.indicator.id

    @st.fragment
    def swift(control: Callable[[], object]) -> None:
        follow(chosen_map())
        control()

    with columns[0]:
        swift(indicator)
    with columns[1]:
        swift(lambda: per(key))
    with columns[2]:
        swift(lambda: year(key))
    with columns[3]:
        swift(scope)
    with columns[4]:
        swift(lambda: classes(circles=choice.circles))
    return columns[5:]


def subject(name: str, label: str, default: str, *, optional: bool = False) -> str | None:
    """Subject by name; with `optional`, none may be chosen."""
    codes = list(units.subjects().sort_values(f"name_{lang()}").index)
    options = ["", *codes] if optional else codes
    chosen = select(name, label, options, default, lambda code: units.name(code, lang()) if code else "—")
    return chosen or None


def border(name: str, default: str) -> str:
    """Country with a border page; those across the sea say so."""

    def said(code: str) -> str:
        country = country_name(code, lang())
        return country if code in units.land_neighbours() else _("{country} (at sea)").format(country=country)

    codes = sorted(ties.border_countries(), key=lambda code: (code not in units.land_neighbours(), said(code)))
    return select(name, _("Border with"), codes, default, said)


def kinds(of: Ties) -> tuple[Kind, ...]:
    """Kinds of ties to show, of those there are; none chosen means all."""
    there = [kind for kind in ties.KINDS if (of.frame["kind"] == kind).any()]
    chosen = cast("tuple[Kind, ...]", several("kind", ties.KINDS))
    st.html(f'<p class="label">{_("Kinds of ties")}</p>')
    names = [ties.kind_name(kind, lang()) for kind in chosen]
    with st.popover(
        ", ".join(names) if 0 < len(names) < 3 else _("{n} kinds").format(n=len(names)) if names else _("All kinds"),
        width="stretch",
    ):
        several_pills(
            "kind",
            _("Shown on the map, in the timeline and in the table"),
            ties.KINDS,
            lambda kind: ties.kind_name(kind, lang()),
            of=there,
        )
    return chosen
