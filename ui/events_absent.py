"""The page of events without what it draws: what is loaded all the same, how to get records, and what is read.

Nothing is shown that did not happen.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from html import escape

import streamlit as st
from markupsafe import Markup

from geo import indicators
from geo.events import formats, opened, places
from geo.events.formats import Format
from geo.events.schema import Source
from geo.events.standing import CODED, VIOLENCE, Standing, problems
from geo.events.store import CONFIGURED_BY
from ui import events_trust, html_table
from ui.events_choices import SUBJECT
from ui.i18n import _, lang

INGEST = "python -m geo events ingest DOWNLOADS --out STORE"
NEARBY = "security_events_100km"
"""Indicator that rests on UCDP GED."""


def draw(of: Standing | None) -> None:
    """Tell what is loaded and why nothing of it is drawn, how to get records, and the formats that are read."""
    for problem in problems():
        # the path of a store is for who runs the server, not for its readers
        logging.getLogger("limitrophe").error("%s: %s", CONFIGURED_BY, problem)
        st.error(_("The store that this server was told to use cannot be read; the cause is in the log of the server."))
    held = () if of is None else opened.holdings(of)
    if of is None or not held:
        st.html(
            f"<p>{escape(_('No event records are loaded. The atlas ships none: they are millions, and most of their places are wrong until somebody checks them.'))}</p>"  # noqa: E501
        )
    else:
        _draw_undrawn(of, {one.source for one in held})
    st.html(f"<h2>{escape(_('How to get records'))}</h2>")
    steps = (
        _("Download files of one of the data sets below into a folder; leave them zipped."),
        _("Read them into a store, once, or again when there are new files:"),
        _("Tell the server where the store is, and start it again:"),
    )
    commands = ("", INGEST, f"{CONFIGURED_BY}=STORE make run")
    for number, (step, command) in enumerate(zip(steps, commands, strict=True), start=1):
        st.html(f"<p><b>{number}.</b> {escape(step)}</p>")
        if command:
            st.code(command, language=None)
    st.html(
        f'<p class="soft">{escape(_("Only whoever runs the server chooses the store; an address cannot. Addresses in the records are shown as links and never opened by the atlas."))}</p>'  # noqa: E501
        f"<h2>{escape(_('Formats that are read'))}</h2>" + table()
    )


def _draw_undrawn(of: Standing, held: Collection[Source]) -> None:
    """Tell what a store without a data set of cooperation and conflict holds, and why nothing of it is drawn."""
    said = [
        _(
            "Records are loaded, but of no data set that codes cooperation and conflict by class, so this page has "
            "nothing to draw."
        )
    ]
    if VIOLENCE in held:
        said.append(
            _("UCDP GED knows deadly violence alone: it stands in the indicator “{name}”.").format(
                name=indicators.catalogue()[NEARBY].short.of(lang()) if NEARBY in indicators.catalogue() else NEARBY
            )
        )
    if "acled" in held:
        said.append(
            _(
                "ACLED's terms do not allow to publish anything derived: its records stay on this machine, and are "
                "counted on the command line alone."
            )
        )
    coded = [one for one in CODED if one in held]
    if coded:
        said.append(_("Of the data sets that code it, no line could be taken as a record."))
    st.html("".join(f"<p>{escape(one)}</p>" for one in said) + f"<h2>{escape(_('What is loaded'))}</h2>")
    events_trust.draw_holdings(of, places.rule(), str(st.session_state.get("region") or SUBJECT))


def table() -> str:
    """Data sets with what their files look like, their terms and where they are."""
    heads = (_("Data set"), _("What it is"), _("Columns"), _("Terms"))
    rows = [(_name(one), one.about.of(lang()), _columns(one), one.terms.of(lang())) for one in formats.formats()]
    return html_table.table(heads, rows, title=_("Formats that are read"))


def _name(one: Format) -> Markup:
    link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
    return link.format(one.url, one.title.of(lang()))


def _columns(one: Format) -> str:
    return " / ".join(str(count) for count in one.counts)
