"""What the reader chooses on the Network page; every choice stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final, Literal, cast, get_args

import streamlit as st

from geo import ties, units
from geo.i18n import country_name
from geo.ties import Measure, Order, Ties
from geo.units import Scope
from ui import params, pickers
from ui.i18n import _, lang

View = Literal["matrix", "flows", "ranking", "directions"]
Time = Literal["listed", "before", "after", "change"]
ALL: Final = "all"
FIRST_BREAK, LAST_BREAK = 1992, 2025
DEFAULTS: Final[dict[str, str | None]] = {
    "view": "matrix",
    "order": "similarity",
    "measure": "weighted_degree",
    "scope": "border",
    "instruments": ALL,
    "kind": ALL,
    "time": "listed",
    "since": "2022",
    "columns": "largest",
    "region": "",
    "country": "",
}


@dataclass(frozen=True)
class NetworkChoice:
    """Which ties are drawn, and how.

    Parameters
    ----------
    ties
        Those of the scope, the instruments and the kind, at any time.
    time, since
        ``listed``: all ties found; ``before`` / ``after``: dated ties active at the end of the year before `since` /
        in the newest snapshot; ``change``: both.
    largest_only
        Leave the countries with few ties out of the matrix.
    region, country
        Whose ties are listed below the chart; empty for any.
    """

    view: View
    order: Order
    measure: Measure
    ties: Ties
    time: Time
    since: int
    largest_only: bool
    region: str
    country: str

    def shown(self) -> Ties:
        """Ties that the chart counts; for a change all that stood on either side of the year."""
        if self.time == "listed":
            return self.ties
        parts = ties.before_and_after(self.ties, self.since)
        if self.time != "change":
            return parts[self.time]
        either = {*parts["before"].frame["tie_id"], *parts["after"].frame["tie_id"]}
        return self.ties.only(self.ties.frame["tie_id"].isin(either))

    def behind(self) -> Ties:
        """Ties of the cell, row or column that the reader opened."""
        return self.shown().where(subject=self.region or None, country=self.country or None)


def view_words() -> dict[str, str]:
    """Names of the charts."""
    return {
        "matrix": _("Matrix"),
        "flows": _("Flows"),
        "ranking": _("Ranking"),
        "directions": _("Directions"),
    }


def measure_words() -> dict[str, str]:
    """Names of the measures of the ranking."""
    return {measure: ties.measure_name(measure, lang()) for measure in ties.MEASURES}


def choose() -> NetworkChoice:
    """Draw the controls above the chart."""
    view = _segments("view", _("Chart"), get_args(View), view_words())
    columns = st.columns([2.0, 2.2, 1.9, 1.9, 2.0], vertical_alignment="bottom")
    with columns[0]:
        group = _instruments()
    with columns[1]:
        kind = _kind(group)
    with columns[2]:
        scope = pickers.scope()
    with columns[3]:
        order, measure, largest_only = _of_view(view)
    with columns[4]:
        time, since = _time()
    return NetworkChoice(
        view=cast(View, view),
        order=order,
        measure=measure,
        ties=_filtered(group, kind, scope),
        time=time,
        since=since,
        largest_only=largest_only,
        region=params.take("region", ["", *units.subjects().index], ""),
        country=params.take("country", ["", *partner_countries()], ""),
    )


def instruments_note() -> None:
    """Say what the chosen type of instruments holds, and that the grouping is a choice that can be changed."""
    group = st.session_state["instruments"]
    if group != ALL:
        one = ties.instruments()[group]
        kinds = ", ".join(ties.kind_name(kind, lang()) for kind in one.kinds)
        rule = _("Operationalised by this project; change the grouping in {file}.").format(
            file="data/recipes/instruments.yml"
        )
        st.html(f'<p class="caption">{escape(f"{one.note.of(lang())} ({kinds}) {rule}")}</p>')


def partner_countries() -> list[str]:
    """Countries with which any subject has a tie, by name."""
    return sorted(set(ties.load().frame["country"].dropna()), key=lambda code: country_name(code, lang()))


def pick_pair() -> None:
    """Draw the two boxes that open the ties behind a cell without a click on the chart."""
    left, right, _rest = st.columns([2, 2, 3])
    with left:
        pickers.subject("region", _("Subject"), "", optional=True)
    with right:
        pickers.select(
            "country",
            _("Country"),
            ["", *partner_countries()],
            "",
            lambda code: country_name(code, lang()) if code else "—",
        )


def _segments(name: str, label: str, options: tuple[str, ...], words: dict[str, str]) -> str:
    params.take(name, options, str(DEFAULTS[name]))
    st.segmented_control(
        label,
        options,
        key=name,
        required=True,
        format_func=words.__getitem__,
        on_change=params.touch,
        label_visibility="collapsed",
    )
    return str(st.session_state[name])


def _instruments() -> str:
    types = ties.instruments()
    return pickers.select(
        "instruments",
        _("Instruments"),
        [ALL, *types],
        ALL,
        lambda key: _("All instruments") if key == ALL else types[key].title.of(lang()),
    )


def _kind(group: str) -> str:
    kinds = ties.KINDS if group == ALL else ties.instruments()[group].kinds
    return pickers.select(
        "kind",
        _("Kind of tie"),
        [ALL, *kinds],
        ALL,
        lambda key: _("All kinds") if key == ALL else ties.kind_name(key, lang()),
    )


def _of_view(view: str) -> tuple[Order, Measure, bool]:
    orders = {"similarity": _("by similarity"), "geography": _("by geography"), "name": _("by name")}
    measures = ties.MEASURES
    columns = params.take("columns", ("largest", ALL), "largest")
    if view == "matrix":
        order = pickers.select("order", _("Order"), ties.ORDERS, "similarity", orders.__getitem__)
    else:
        order = params.take("order", ties.ORDERS, "similarity")
    if view == "ranking":
        measure = pickers.select("measure", _("Measure"), measures, "weighted_degree", measure_words().__getitem__)
    else:
        measure = params.take("measure", measures, "weighted_degree")
    return cast(Order, order), cast(Measure, measure), columns == "largest"


def _time() -> tuple[Time, int]:
    words = {
        "listed": _("All ties found"),
        "before": _("Before the year"),
        "after": _("Now, dated ties only"),
        "change": _("Before and now"),
    }
    time = pickers.select("time", _("Time"), get_args(Time), "listed", words.__getitem__)
    years = [str(year) for year in range(FIRST_BREAK, LAST_BREAK + 1)]
    since = params.take("since", years, str(DEFAULTS["since"]))
    return cast(Time, time), int(since)


def break_year(choice: NetworkChoice) -> None:
    """Draw the slider of the year that divides before from after; drawn only where it matters."""
    if choice.time != "listed":
        years = [str(year) for year in range(FIRST_BREAK, LAST_BREAK + 1)]
        st.select_slider(_("Year of the break"), years, key="since", on_change=params.touch)


def columns_switch() -> None:
    """Draw the switch between the countries with the most ties and all of them."""
    words = {"largest": _("Countries with the most ties"), ALL: _("All countries")}
    _segments("columns", _("Countries"), ("largest", ALL), words)


def _filtered(group: str, kind: str, scope: Scope) -> Ties:
    kinds = ties.KINDS if group == ALL else ties.instruments()[group].kinds
    return ties.load().where(kind=list(kinds) if kind == ALL else [kind], subject=list(units.scope(scope)))  # type: ignore[list-item]
