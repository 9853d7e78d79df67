"""Tables of facts as HTML: read aloud in order, and the words behind a chart for those who do not see it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from geo import facts, indicators
from ui import captions, cells, take_away
from ui.i18n import _, lang

Heads = Sequence[str | tuple[str, str]]
"""Heads of columns; with a second word what the column is, which the table says when it is taken away."""


def table(
    heads: Heads,
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    sources: Sequence[str] = (),
) -> str:
    """Table in the look of the atlas.

    Parameters
    ----------
    rows
        Cells, of :mod:`ui.cells` where they hold figures or name the unit of the row; what is not
        :class:`markupsafe.Markup` is escaped.
    title
        That it bears when it is taken away; without one it is not offered.
    sources
        Ids of its sources, where they are not those of the rest of the page.
    """
    rows = list(rows)
    if title:
        _offer(title, heads, lambda: rows, sources)
    right = {place for place, column in enumerate(zip(*rows, strict=True)) if cells.to_the_right(column)}
    titles = [head for head, _meaning in _paired(heads)]
    style = ['class="num"' if column in right else "" for column in range(len(heads))]
    head = "".join(f"<th {css}>{escape(text)}</th>" for css, text in zip(style, titles, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td {css}>{escape(cell)}</td>" for css, cell in zip(style, row, strict=True)) + "</tr>"
        for row in rows
    )
    return f'<div class="scroll"><table class="facts"><tr>{head}</tr>{body}</table></div>'


def folded(label: str, key: str, heads: Heads, rows: Iterable[Sequence[object]]) -> None:
    """Draw a table folded until the reader wants it, and offer it; nothing of it is computed or sent before."""

    @cache
    def listed() -> list[Sequence[object]]:
        return list(rows)  # a generator gives its rows once

    _offer(label, heads, listed)
    with st.expander(label, key=key, on_change="rerun") as fold:
        if fold.open:
            st.html(table(heads, listed()))


def _offer(
    title: str,
    heads: Heads,
    rows: Callable[[], list[Sequence[object]]],
    sources: Sequence[str] = (),
) -> None:
    paired = _paired(heads)
    titles = [head for head, _meaning in paired]
    take_away.offer_table(title, lambda: cells.as_frame(titles, rows()), lambda: paired, sources)


def _paired(heads: Heads) -> list[tuple[str, str]]:
    return [head if isinstance(head, tuple) else (head, "") for head in heads]


def entries(joined: object, *, short: bool = False) -> Markup:
    """Ids of sources joined by ``;`` as links to their entries.

    Parameters
    ----------
    short
        Say "source" rather than the titles.
    """
    ids = [] if pd.isna(joined) else str(joined).split(";")
    titles = facts.sources()["title"]
    link = Markup('<a href="sources?lang={}&amp;source={}" target="_self">{}</a>')
    said = {one: _("source") if short else textwrap.shorten(str(titles[one]), 64, placeholder="…") for one in ids}
    return Markup(", " if short else "; ").join(link.format(lang(), quote(one), text) for one, text in said.items())


def map_link(key: str, per: str | None = None) -> Markup:
    """Short name of an indicator as a link to its map."""
    one = indicators.find(key)
    asked = f"&amp;per={per}" if per and per != one.default_per else ""
    link = f'<a href="./?lang={lang()}&amp;indicator={key}{asked}" target="_self">{escape(one.short.of(lang()))}</a>'
    return Markup(link) if key in indicators.mapped() else escape(one.short.of(lang()))


def sources_link(key: str, most: int = 2) -> Markup:
    """First sources of an indicator as links to the Sources page, and how many more there are."""
    return Markup(captions.sources(indicators.find(key), most))
