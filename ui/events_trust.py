"""What is loaded, and how far its places can be trusted: words that stand with every figure of the page of events."""

from __future__ import annotations

from html import escape

import streamlit as st
from markupsafe import Markup

from geo import units
from geo.events import checking, opened, places, store
from geo.events.formats import by_source
from geo.events.opened import Holding
from geo.events.places import Rule
from geo.events.precision import Quality, Share
from geo.events.standing import CODED, Standing, held
from geo.i18n import number
from ui import cells, html_table
from ui.events_choices import EventsChoice
from ui.i18n import _, lang


def quality(choice: EventsChoice) -> Quality:
    """Precision and recall of the rule for the subject chosen."""
    return checking.quality(choice.of, choice.source, choice.rule, choice.subject)


def is_checked(found: Quality) -> bool:
    """Whether enough places are checked for figures to lose their grey."""
    return found.checked >= places.shipped().enough_checked


def said(found: Quality) -> str:
    """Precision in words: "82 % right in 120 checked", or that nothing is checked."""
    if found.precision is None:
        return _("places not checked")
    words = _("{share} % right in {n} checked").format(
        share=_percent(found.precision.value), n=number(found.checked, lang())
    )
    if is_checked(found):
        return words
    return _("{words}, too few to rely on").format(words=words)


def interval(share: Share | None) -> str:
    """Share with its interval in words."""
    if share is None:
        return "—"
    return _("{share} % ({low}–{high} %)").format(
        share=_percent(share.value), low=_percent(share.low), high=_percent(share.high)
    )


def _percent(share: float) -> str:
    return number(round(100 * share), lang())


def in_figures(choice: EventsChoice, found: Quality) -> str:
    """What is loaded of the data set chosen, as small figures in a row."""
    kept, dropped = checking.kept_and_dropped(choice.of, choice.source, choice.rule, choice.subject)
    years = opened.totals(choice.of, choice.source).index
    figures = (
        (
            number(held(choice.of)[choice.source], lang()),
            _("records of {source}").format(source=by_source(choice.source).title.of(lang())),
            f"{years.min()}–{years.max()}" if len(years) else "",
        ),
        *_files(choice),
        (
            number(kept, lang()),
            _("mentions of believed places in the subject"),
            _("{n} more are dropped by the rule").format(n=number(dropped, lang())),
        ),
        (
            "—" if found.precision is None else f"{_percent(found.precision.value)} %",
            _("of the believed places checked are right"),
            _("places not checked")
            if found.precision is None
            else _("{n} checked, interval {low}–{high} %").format(
                n=number(found.checked, lang()),
                low=_percent(found.precision.low),
                high=_percent(found.precision.high),
            ),
        ),
    )
    cells = "".join(
        f"<div><b>{escape(value)}</b><span>{escape(label)}</span><small>{escape(detail)}</small></div>"
        for value, label, detail in figures
    )
    return f'<div class="figures">{cells}</div>'


def _files(choice: EventsChoice) -> list[tuple[str, str, str]]:
    """Files taken and lines rejected; a database does not tell."""
    if choice.of.folder is None:
        return []
    own = [one for one in store.manifest(choice.of.folder).files if one.source == choice.source]
    rejected = sum(one.rejected for one in own)
    return [
        (
            number(len(own), lang()),
            _("files read"),
            _("lines that could not be read: {n}").format(n=number(rejected, lang())),
        )
    ]


def draw_holdings(of: Standing, rule: Rule, subject: str) -> None:
    """Draw what the store holds of every data set, on what terms, and how far places of the subject are checked."""
    heads = (
        _("Data set"),
        _("Years"),
        _("Records"),
        _("Rejected lines"),
        _("Terms"),
        _("Places in {subject}").format(subject=units.name(subject, lang())),
    )
    rows = [_holding_row(one, of, rule, subject) for one in opened.holdings(of)]
    st.html(html_table.table(heads, rows, title=_("What is loaded")) + _unknown_codes(of))


def _holding_row(one: Holding, of: Standing, rule: Rule, subject: str) -> tuple[object, ...]:
    declared = by_source(one.source)
    link = Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>')
    return (
        declared.title.of(lang()),
        "—" if one.first_year is None else f"{one.first_year}–{one.last_year}",
        cells.figure(one.records),
        cells.figure(one.rejected),
        link.format(declared.terms_url, declared.terms.of(lang())),
        _places_said(one, of, rule, subject),
    )


def _places_said(one: Holding, of: Standing, rule: Rule, subject: str) -> str:
    """Precision of a data set for the subject; those coded by people have no places to check here."""
    if one.source in CODED:
        return said(checking.precision_alone(of, one.source, rule, subject))
    return _("coded by people; places not checked")


def _unknown_codes(of: Standing) -> str:
    """How many codes no table knows, of all data sets together; a database does not tell."""
    if of.folder is None:
        return ""
    unknown = store.manifest(of.folder).unknown
    if not unknown:
        return f'<p class="soft">{escape(_("The tables knew every code of the records."))}</p>'
    words = _("Codes and marks that were not understood: {kinds}, in {records} places; the records stay without them.")
    told = words.format(
        kinds=number(sum(len(codes) for codes in unknown.values()), lang()),
        records=number(sum(sum(codes.values()) for codes in unknown.values()), lang()),
    )
    return f'<p class="soft">{escape(told)}</p>'
