"""The check of places: a seeded sample of kept and dropped ones, marked right, wrong or unclear by a reader."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import units
from geo.errors import ArgumentError
from geo.events import checking, places, review
from geo.events.review import Saying
from geo.events.store import VERDICTS_IN
from ui import captions, charts, events_links, events_trust, html_table, params
from ui.events_choices import DRAWS, EventsChoice
from ui.i18n import _, lang

EACH: Final = 10
"""Kept places, and dropped ones, that are shown at once."""


def draw(choice: EventsChoice) -> None:
    """Draw what the rule does, what checks say of it, and a sample to check."""
    st.html(f'<p class="soft">{escape(places.shipped().note.of(lang()))}</p>' + _standing(choice))
    if choice.of.verdicts is None:
        st.info(
            _(
                "Verdicts are saved in a folder, and a database has none. Who runs this server can name one: set "
                "{name} to the path of a folder and start the server anew."
            ).format(name=f"`{VERDICTS_IN}`")
        )
        return
    st.html(f"<h2>{escape(_('A sample to check'))}</h2><p class='soft'>{escape(_how())}</p>")
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        st.selectbox(_("Draw"), DRAWS, key="draw", on_change=params.touch)
    with right:
        reviewer = st.text_input(_("Your name, as it shall stand with your verdicts"), key="reviewer", max_chars=40)
    drawn = checking.sample(choice.of, choice.source, choice.rule, choice.subject, EACH, int(st.session_state["draw"]))
    if drawn.empty:
        charts.nothing()
        return
    with st.form("events_check", border=False):
        for row in drawn.to_dict("records"):
            _question(row)
        saved = st.form_submit_button(_("Save the verdicts"), type="primary")
    if saved:
        _save(choice, drawn, reviewer)


def _how() -> str:
    return _(
        "Ten believed and ten dropped places, mixed. Read the name of the place and the title, open the link if you "
        "need, and say whether the event happened there. The same number draws the same places for everybody."
    )


def _standing(choice: EventsChoice) -> str:
    found = events_trust.quality(choice)
    kept, dropped = checking.kept_and_dropped(choice.of, choice.source, choice.rule, choice.subject)
    rows = [
        (_("Mentions believed"), kept),
        (_("Mentions dropped"), dropped),
        (_("Precision: of the believed ones checked, right"), events_trust.interval(found.precision)),
        (_("Recall: of the right ones, believed"), events_trust.interval(found.recall)),
        (_("Marked unclear, or judged differently by two readers"), found.unclear),
    ]
    heads = (units.name(choice.subject, lang()), _("Wilson interval of 95 %"))
    return html_table.table(heads, rows, title=_("How well places are read"))


def _question(row: dict[str, object]) -> None:
    words = {"right": _("right"), "wrong": _("wrong"), "unclear": _("unclear")}
    left, right = st.columns([3, 1.3], vertical_alignment="center")
    with left:
        st.html(
            Markup("<p><b>{}</b><br>{}</p>").format(row["place_name"] or row["place"], events_links.report(row["link"]))
        )
    with right:
        st.segmented_control(
            _("Verdict on {place}").format(place=captions.plain(str(row["place"]))),
            list(words),
            key=f"verdict_{row['mention']}",
            format_func=words.__getitem__,
            label_visibility="collapsed",
        )


def _save(choice: EventsChoice, drawn: pd.DataFrame, reviewer: str) -> None:
    assert choice.of.verdicts is not None
    given = {one: st.session_state.get(f"verdict_{one}") for one in drawn["mention"]}
    if not any(given.values()):
        st.warning(_("Mark at least one place before saving."))
        return
    try:
        name = review.parse_reviewer(reviewer)
    except ArgumentError:
        st.warning(_("Give your name first: up to 40 letters, digits, spaces, points and hyphens."))
        return
    said = [
        Saying(
            mention=str(row["mention"]),
            source=choice.source,
            rule=choice.rule.id,
            iso_3166_2=str(row["iso_3166_2"]),
            place=str(row["place"]),
            link=str(row["link"] or ""),
            verdict=review.parse_verdict(str(given[str(row["mention"])])),
            reviewer=name,
            at=review.now(),
        )
        for row in drawn.to_dict("records")
        if given[str(row["mention"])]
    ]
    review.save(choice.of.verdicts, said)
    st.success(_("Saved: {n} verdicts. Thank you.").format(n=len(said)))
