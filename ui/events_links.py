"""Links of the records behind a point. They are text of others: escaped, opened in a new tab, never fetched here."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import facts
from geo.events import links, opened, reports
from geo.i18n import country_name
from ui import cells, charts, events_charts, events_choices, html_table
from ui.events_choices import EventsChoice
from ui.i18n import _, lang

SHOWN = 60
LINK = Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a> <span class="soft">{}</span>')


def draw(choice: EventsChoice) -> None:
    """Draw the choice of a point and the records behind it."""
    st.html(f"<h2>{escape(_('Records behind a point'))}</h2>")
    events_charts.pick_point(choice)
    year = events_charts.point(choice)
    if year is None:
        charts.nothing()
        return
    believed = opened.believed(choice.of, choice.source, choice.rule)
    found = reports.links(believed, choice.subject, year, choice.country, events_choices.side(), SHOWN)
    if found.empty:
        charts.nothing()
        return
    title = _("Records of {year}").format(year=year)
    said = _said(year, len(found))
    st.html(f'<p class="caption">{escape(said)}</p>' + html_table.table(_heads(), _rows(found), title=title))


def _said(year: int, shown: int) -> str:
    if shown < SHOWN:
        return _("{year}: {n} records. Titles are read from the addresses; no address was opened.").format(
            year=year, n=shown
        )
    return _(
        "{year}: the {n} most mentioned records. Titles are read from the addresses; no address was opened."
    ).format(year=year, n=shown)


def _heads() -> tuple[str, ...]:
    return _("Date"), _("Place"), _("Country"), _("Class"), _("Report"), _("Mentions")


def _rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    words = events_charts.class_words()
    labels = facts.table("cameo_events").set_index("code")["label"]
    return [
        (
            Markup('<span class="when">{}</span>').format(date(int(row["event_date"]))),
            row["place"],
            country_name(str(row["country"]), lang()),
            Markup('{}<br><span class="soft">{}</span>').format(
                words[int(row["quad_class"])], _code(row["code"], labels)
            ),
            cells.Parts(report(row["link"]), _taken(row["link"])),
            int(row["mentions"]),
        )
        for row in found.to_dict("records")
    ]


def _code(code: object, labels: pd.Series) -> str:
    """CAMEO code with its label, which exists in English only."""
    if pd.isna(code):
        return ""
    label = labels.get(str(code))
    return str(code) if lang() == "ru" or pd.isna(label) else f"{code} {str(label).lower()}"


def date(digits: int) -> str:
    """Write a day given as YYYYMMDD."""
    return f"{digits // 10000:04d}-{digits // 100 % 100:02d}-{digits % 100:02d}"


def _taken(link: object) -> dict[str, object]:
    """What of a report goes along with the table."""
    address = links.safe(link)
    return {} if address is None else {_("title"): links.title(address), _("address"): address}


def report(link: object) -> Markup:
    """Title of a report as a link, or what can be said of one that has no usable address."""
    address = links.safe(link)
    if address is None:
        return Markup('<span class="soft">{}</span>').format(_("no usable address"))
    return LINK.format(address, links.title(address), links.host(address))
