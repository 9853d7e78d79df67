"""What the page of events is about: the data set, the place rule, the subject, the country, the point looked into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import streamlit as st

from geo import units
from geo.events import opened, places
from geo.events.formats import by_source
from geo.events.places import Rule
from geo.events.reports import SIDES, Side
from geo.events.schema import Source
from geo.events.standing import CODED, Standing, held, main_source
from geo.i18n import country_name
from ui import params, pickers, relations_choices
from ui.i18n import _, lang

SUBJECT: Final = "RU-MUR"
DRAWS: Final = tuple(str(number) for number in range(1, 1000))
YEARS: Final = tuple(str(year) for year in range(1900, 2101))
VIEWS: Final = ("reported", "places")


@dataclass(frozen=True)
class EventsChoice:
    """What is chosen; no data set where no store that codes cooperation and conflict is configured."""

    of: Standing
    source: Source
    rule: Rule
    subject: str
    country: str | None


def defaults(of: Standing | None) -> dict[str, str | None]:
    """Parameters of the page and their defaults."""
    return {
        "region": SUBJECT,
        "country": "",
        "places": places.shipped().default,
        "dataset": _default_source(of),
        "view": VIEWS[0],
        "point": "",
        "side": "",
        "draw": DRAWS[0],
    }


def _sources(of: Standing | None) -> tuple[Source, ...]:
    return CODED if of is None else tuple(one for one in CODED if one in held(of)) or CODED


def _default_source(of: Standing | None) -> Source:
    return (main_source(of) if of else None) or _sources(of)[0]


def take(of: Standing | None) -> None:
    """Read all parameters of the page, also those that no control draws in this run, so that a link keeps them."""
    params.take("region", list(units.subjects().index), SUBJECT)
    params.take("country", ["", *countries(of)], "")
    params.take("places", _rules(), places.shipped().default)
    params.take("dataset", _sources(of), _default_source(of))
    params.take("view", VIEWS, VIEWS[0])
    params.take("point", ["", *YEARS], "")
    params.take("side", ["", *SIDES], "")
    params.take("draw", DRAWS, DRAWS[0])


def _rules() -> list[str]:
    return [rule.id for rule in places.shipped().rules]


def countries(of: Standing | None) -> list[str]:
    """Countries that may be asked for: those of the tables, and partners in the records."""
    known = relations_choices.countries()
    main = main_source(of) if of else None
    if of is None or main is None:
        return known
    with st.spinner(_("Counting events; with many records this takes some seconds the first time…")):
        found = set(opened.pairs(of, main, places.rule())["country"]) - set(known)
    return known + sorted(found, key=lambda code: country_name(code, lang()))


def controls(of: Standing) -> EventsChoice:
    """Draw the controls."""
    left, middle, right, last = st.columns([2, 2, 2.6, 1.8], vertical_alignment="bottom")
    titles = {rule.id: rule.title.of(lang()) for rule in places.shipped().rules}
    with left:
        subject = pickers.subject("region", _("Subject"), SUBJECT) or SUBJECT
    with middle:
        country = pickers.select(
            "country",
            _("Country"),
            ["", *countries(of)],
            "",
            lambda code: country_name(code, lang()) if code else _("all countries"),
        )
    with right:
        rule = pickers.select(
            "places", _("Places believed"), list(titles), places.shipped().default, titles.__getitem__
        )
    with last:
        source = pickers.select(
            "dataset",
            _("Data set"),
            _sources(of),
            _default_source(of),
            lambda code: by_source(cast(Source, code)).title.of(lang()),
        )
    return EventsChoice(of, cast(Source, source), places.rule(rule), subject, country or None)


def view() -> str:
    """Draw the switch between what is reported and the check of places."""
    words = {"reported": _("What is reported"), "places": _("Check the places")}
    st.segmented_control(
        _("Look into"), VIEWS, key="view", required=True, format_func=words.__getitem__, on_change=params.touch
    )
    return str(st.session_state["view"])


def side() -> Side | None:
    """Side of the point looked into; None for both."""
    return cast("Side | None", st.session_state.get("side") or None)
