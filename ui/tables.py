"""The table of all values: the accessible twin of a map."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo import indicators, units
from geo.events.standing import standing
from geo.indicators import Indicator
from geo.indicators.catalogue import Events
from geo.maps.drawings import Drawing, MapChoice
from geo.maps.legends import unchecked_label
from geo.maps.painting import answer
from ui import captions
from ui.i18n import _, lang


def values(choice: MapChoice, drawing: Drawing) -> pd.DataFrame:
    """Values of the scope with names, statuses, ranks and sources, highest first; answers have no rank.

    Of events it is said beside each value whether its places are checked.
    """
    frame = drawing.subjects[drawing.subjects["in_scope"]].sort_values("rank", na_position="last")
    answers = choice.indicator.kind == "yes_no"
    words = captions.status_words(at_least=drawing.at_least)
    if answers and not drawing.at_least:
        words["zero"] = words["observed"]  # a "no" that is known
    if answers and drawing.at_least:
        words["no_data"] = words["zero"]  # no tie was found
    return pd.DataFrame(
        {
            _("Subject"): [units.name(code, lang()) for code in frame.index],
            _("Code"): frame.index,
            _("Value"): _answers(frame["value"], at_least=drawing.at_least) if answers else frame["value"].to_numpy(),
            **_places(choice.indicator, frame),
            _("Status"): frame["status"].map(words).to_numpy(),
            **({} if answers else {_("Rank"): frame["rank"].to_numpy()}),
            _("Year"): frame["year_used"].to_numpy(),
            _("Source"): "; ".join(indicators.sources_of(choice.indicator)["title"].head(3)),
        }
    )


def _places(one: Indicator, frame: pd.DataFrame) -> dict[str, list[str]]:
    """How far the places behind each value can be trusted, of events alone."""
    store = standing()
    if store is None or not isinstance(one.rule, Events):
        return {}
    # of queries, which other indicators do not need
    from geo.events import checking, places
    from geo.indicators import reported
    from ui import events_trust

    source = reported.source(one.rule, store)

    def said(code: str) -> str:
        row = frame.loc[code]
        if pd.isna(row["value"]):
            return ""
        if row["unchecked"] or source is None:
            return unchecked_label(lang())
        return events_trust.said(checking.precision_alone(store, source, places.rule(), code))

    return {_("Places"): [said(str(code)) for code in frame.index]}


def _answers(values: pd.Series, *, at_least: bool) -> list[str | None]:
    return [None if pd.isna(value) else answer(value, lang(), at_least=at_least) for value in values]


def heading(choice: MapChoice) -> st.column_config.Column:
    """Head the values with their unit, and say that figures are a lower bound where they are."""
    one = choice.indicator
    unit = indicators.unit_of(one, choice.per).of(lang())
    if one.kind == "yes_no":
        return st.column_config.TextColumn(unit)
    return st.column_config.NumberColumn(f"{_('at least')}, {unit}" if one.at_least() else unit, format="localized")


def all_values(choice: MapChoice, drawing: Drawing) -> None:
    """Draw the table, folded until the reader wants it; nothing of it is sent before."""
    with st.expander(_("Table of all values"), key="table", bind="query-params") as fold:
        if fold.open:
            st.dataframe(
                values(choice, drawing),
                hide_index=True,
                placeholder="",
                width="stretch",
                column_config={_("Value"): heading(choice)},
            )
