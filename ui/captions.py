"""Words that stand with every figure on a page, as HTML with links; most are those of geo.maps.captions."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st

from geo import indicators
from geo.i18n import number
from geo.indicators import Indicator
from geo.maps import NOTHING_STYLE
from geo.maps import captions as said
from geo.maps.drawings import Drawing, MapChoice
from geo.maps.legends import nothing_label
from ui import params
from ui.i18n import _, lang


def plain(text: str) -> str:
    """Foreign text for a message of Streamlit, which reads Markdown: every sign stands for itself."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$:<>])", r"\\\1", text)


def refused() -> None:
    """Say which parameters of the address were not understood, and what is shown instead."""
    for name, value in params.refused():
        st.warning(
            _("The address asks for {name} = “{value}”, which is not known; the default is shown.").format(
                name=name, value=plain(value[:60])
            )
        )


def title(choice: MapChoice) -> str:
    """Title of a map: what, per what, when."""
    one = choice.indicator
    unit = indicators.unit_of(one, choice.per).of(lang())
    details = [_("at least") if one.at_least() else "", unit, when(choice)]
    shown = ", ".join(part for part in details if part)
    return f"<h1>{escape(one.title.of(lang()))} <small>{escape(shown)}</small></h1>"


def when(choice: MapChoice) -> str:
    """The year, or the date of the list."""
    one = choice.indicator
    if getattr(one.rule, "time", None) == "as_listed":
        return _("as listed in {year}").format(year=choice.year)
    return str(choice.year)


def caption(drawing: Drawing, choice: MapChoice) -> str:
    """Definition, coverage, years, sources, licence, cautions and the note on boundaries, as HTML."""
    one = choice.indicator
    years_used = sorted(drawing.subjects.loc[drawing.subjects["in_scope"], "year_used"].dropna().astype(int).unique())
    parts = [
        f"<b>{escape(_('What it shows.'))}</b> {escape(one.definition.of(lang()))} "
        f"<b>{escape(said.coverage(drawing, choice.scope))}</b>"
    ]
    if years_used and years_used != [choice.year]:
        parts.append(
            escape(_("Years used: {years} (the nearest within {n} years).")).format(
                years=_span(years_used), n=one.tolerance_years
            )
        )
    if one.rule.type == "count":
        dated, ties = indicators.dated(one)
        parts.append(escape(_("Counted from {ties} ties, {dated} of them dated.").format(ties=ties, dated=dated)))
    if cautions := said.cautions(one, lang()):
        parts.append(f'<span class="warn">{escape(cautions)}</span>')
    parts.append(
        f"{escape(_('Sources:'))} {sources(one)}. {escape(indicators.licences()[one.licence].text.of(lang()))}."
    )
    parts.append(f"{escape(said.boundary_note(lang()))} {escape(_('Natural Earth 1:10m, Albers equal-area.'))}")
    return f'<div class="caption">{"<br>".join(parts)}</div>'


def _span(years: list[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def sources(one: Indicator, most: int = 4) -> str:
    """First sources of an indicator as links to their rows on the Sources page, and how many more there are."""
    rows = indicators.sources_of(one)
    shown = rows.head(most)
    links = "; ".join(
        f'<a href="sources?lang={lang()}&amp;source={escape(str(key), quote=True)}" target="_self">'
        f"{escape(said.shortened(str(row.title)))}</a>"
        for key, row in zip(shown.index, shown.itertuples(), strict=True)
    )
    more = len(rows) - len(shown)
    return links + (escape(_(" and {n} more").format(n=more)) if more else "")


def status_words(*, at_least: bool = False) -> dict[str, str]:
    """Names of the statuses of a value."""
    nothing = {kind: nothing_label(kind, lang(), at_least=at_least) for kind in NOTHING_STYLE}
    return {"observed": _("value"), **nothing}


def said_value(value: float, status: str, *, at_least: bool) -> str:
    """Figure without its unit (which would have to agree with it in Russian), or the kind of nothing it is."""
    if pd.isna(value) or status in ("no_data", "not_applicable", "suspended"):
        return status_words(at_least=at_least)[status]
    figure = number(float(value), lang())
    return f"{_('at least')} {figure}" if at_least and value else figure
