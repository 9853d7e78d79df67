"""The page of events without a store: how to get records, and what is read. Nothing is shown that did not happen."""

from __future__ import annotations

import logging
from html import escape

import streamlit as st
from markupsafe import Markup

from geo.events import formats
from geo.events.formats import Format
from geo.events.standing import problems
from geo.events.store import CONFIGURED_BY
from ui import html_table, take_away
from ui.i18n import _, lang

INGEST = "python -m geo events ingest DOWNLOADS --out STORE"


def draw() -> None:
    """Tell how to get records, and the formats that are read."""
    for problem in problems():
        # the path of a store is for who runs the server, not for its readers
        logging.getLogger("limitrophe").error("%s: %s", CONFIGURED_BY, problem)
        st.error(_("The store that this server was told to use cannot be read; the cause is in the log of the server."))
    st.html(
        f"<p>{escape(_('No event records are loaded. The atlas ships none: they are millions, and most of their places are wrong until somebody checks them.'))}</p>"  # noqa: E501
        f"<h2>{escape(_('How to get records'))}</h2>"
    )
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
    take_away.offer_html(_("Formats that are read"), table())


def table() -> str:
    """Data sets with what their files look like, their terms and where they are."""
    heads = (_("Data set"), _("What it is"), _("Columns"), _("Terms"))
    rows = [(_name(one), one.about.of(lang()), _columns(one), one.terms.of(lang())) for one in formats.formats()]
    return html_table.table(heads, rows)


def _name(one: Format) -> Markup:
    link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
    return link.format(one.url, one.title.of(lang()))


def _columns(one: Format) -> str:
    return " / ".join(str(count) for count in one.counts)
