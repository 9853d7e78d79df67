"""What the Sources page shows: catalogue, coverage, tables with licences, sources, policy, glossary."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from geo import facts, indicators, units
from geo.facts.declared import read_yaml
from geo.i18n import Text
from geo.indicators.join import Records
from geo.indicators.profile import records_of_all
from geo.maps.captions import cautions
from ui import take_away
from ui.i18n import _, lang

MOST_TITLES = 4
ROOT = Path(__file__).resolve().parents[1]
READING_WIDTH = 780
"""Pixels: about 100 letters a line."""


def completeness_words() -> dict[str, str]:
    """Names of the degrees of completeness."""
    return {"census": _("census"), "lower_bound": _("lower bound"), "illustration": _("illustration")}


def catalogue() -> None:
    """All indicators as a table that can be searched and sorted."""
    words, themes = completeness_words(), indicators.themes()
    licences, denominators = indicators.licences(), indicators.denominators()
    rows = [
        {
            _("Theme"): themes[one.theme].title.of(lang()),
            _("Indicator"): one.title.of(lang()),
            _("Definition"): one.definition.of(lang()),
            _("Unit"): one.unit.of(lang()),
            _("Completeness"): words[one.completeness],
            _("Years"): _span(indicators.years(one)),
            _("Denominators"): "; ".join(denominators[per].title.of(lang()) for per in one.per),
            _("Cautions"): cautions(one, lang()),
            _("Sources"): _titles(one),
            _("Licence"): licences[one.licence].text.of(lang()),
            _("Identifier"): key,
        }
        for key, one in indicators.catalogue().items()
    ]
    _shown(_("Indicators"), pd.DataFrame(rows))


def _shown(title: str, frame: pd.DataFrame) -> None:
    take_away.offer_table(title, lambda: frame)
    st.dataframe(frame, hide_index=True, placeholder="", width="stretch", height=620)


def _titles(one: indicators.Indicator) -> str:
    """First titles of the sources of an indicator; the rest stand on the shelf of sources."""
    titles = indicators.sources_of(one)["title"].astype(str)
    more = len(titles) - MOST_TITLES
    return "; ".join(titles.head(MOST_TITLES)) + (_(" and {n} more").format(n=more) if more > 0 else "")


def _span(years: list[int]) -> str:
    return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


@lru_cache(maxsize=2)
def _coverage(_of: tuple[Records, ...]) -> pd.DataFrame:
    """Border subjects with a value, by indicator and year."""
    found = {
        key: {year: indicators.coverage(indicators.join(key, year), "border")[0] for year in indicators.years(key)}
        for key in indicators.catalogue()
    }
    frame = pd.DataFrame.from_dict(found, orient="index")
    return frame.reindex(columns=sorted(frame.columns, reverse=True))


def coverage() -> None:
    """Matrix indicator x year: in how many of the 48 border subjects there is a value."""
    said = _("Border subjects (of 48) with a value, by year. Blank: no value in that year.")
    st.html(f'<p class="soft">{escape(said)}</p>')
    frame = _coverage(records_of_all()).copy()
    borders = len(units.scope("border"))
    frame.index = [indicators.find(key).short.of(lang()) for key in frame.index]
    take_away.offer_table(
        _("Coverage"), lambda: frame.rename_axis(_("Indicator")).reset_index(), lambda: [(_("What it shows."), said)]
    )
    head = "".join(f"<th>{year}</th>" for year in frame.columns)
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th>"
        + "".join(
            "<td></td>"
            if pd.isna(count)
            else f'<td style="background:color-mix(in srgb,'
            f'var(--accent-cool) {100 * count / borders:.0f}%,transparent)">'
            f"{int(count)}</td>"
            for count in row
        )
        + "</tr>"
        for name, row in zip(frame.index, frame.to_numpy(), strict=True)
    )
    st.html(f'<div class="scroll"><table class="matrix"><tr><th></th>{head}</tr>{rows}</table></div>')


def tables() -> None:
    """Tables of the data package with their licences."""
    package = facts.package()
    rows = [
        {
            _("Table"): resource["name"],
            _("What it holds"): _described(resource, "title"),
            _("Rows"): len(facts.table(resource["name"])),
            _("Licence"): "; ".join(one["name"] for one in resource["licenses"]),
            _("Notice"): _described(resource, "description"),
        }
        for resource in package["resources"]
    ]
    st.html(
        f'<p class="soft">{escape(_("Version of the data: {version}.").format(version=package["version"]))} '
        f"{escape(_('The code is under the MIT licence; tables carry the licences named here.'))}</p>"
    )
    _shown(_("Tables and licences"), pd.DataFrame(rows))


def _described(resource: dict[str, Any], what: str) -> str:
    """Title or description of a table in the language of the reader; not every table needs a description."""
    return str(resource.get(f"{what}_ru" if lang() == "ru" else what, ""))


def sources(asked: str) -> None:
    """All sources; the one that a caption led to stands on top."""
    frame = facts.sources()
    if asked:
        row = frame.loc[asked]
        link = str(row["url"])
        shown = (
            f'<a href="{escape(link, quote=True)}" rel="noreferrer" target="_blank">{escape(link)}</a>'
            if link.startswith(("http://", "https://"))
            else escape(link)
        )
        said = [str(row[key]) for key in ("publisher", "year", "licence") if not pd.isna(row[key]) and str(row[key])]
        st.html(
            f'<div class="place"><h2>{escape(str(row["title"]))}</h2><p>{escape(" · ".join(said))}</p>'
            f'<p class="soft">{shown} · {escape(asked)}</p></div>'
        )
    shown_frame = frame.reset_index()
    shown_frame.columns = [_source_word(column) for column in shown_frame.columns]
    take_away.offer_table(_("Sources"), lambda: shown_frame)
    st.dataframe(
        shown_frame,
        hide_index=True,
        placeholder="",
        width="stretch",
        height=560,
        column_config={_("Address"): st.column_config.LinkColumn()},
    )


def _source_word(column: str) -> str:
    words = {
        "source_id": _("Identifier"),
        "title": _("Title"),
        "publisher": _("Publisher"),
        "url": _("Address"),
        "licence": _("Licence"),
        "year": _("Year"),
        "note": _("Note"),
    }
    return words.get(column, column)


def document(name: str) -> None:
    """A page of docs/ in the language of the reader, its headings below that of the page."""
    path = ROOT / "docs" / (f"{name}.ru.md" if lang() == "ru" else f"{name}.md")
    lowered = re.sub(r"^#", "##", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    # other files of docs/ have no address here
    unlinked = re.sub(r"\[([^\]]+)\]\([\w.-]+\.md\)", r"\1", lowered)
    with st.container(width=READING_WIDTH):
        st.markdown(unlinked)


@cache
def _glossary() -> list[tuple[Text, Text]]:
    rows = read_yaml(ROOT / "data" / "glossary.yml")
    return [(Text.model_validate(row["term"]), Text.model_validate(row["means"])) for row in rows]


def glossary() -> None:
    """Terms in both languages with what they mean."""
    other = "en" if lang() == "ru" else "ru"
    rows = "".join(
        f"<tr><td><b>{escape(term.of(lang()))}</b></td><td class='soft'>{escape(term.of(other))}</td>"
        f"<td>{escape(means.of(lang()))}</td></tr>"
        for term, means in _glossary()
    )
    terms = [(term.of(lang()), term.of(other), means.of(lang())) for term, means in _glossary()]
    heads = (_("Term"), _("In the other language"), _("What it means"))
    take_away.offer_table(_("Glossary"), lambda: pd.DataFrame(terms, columns=heads))
    st.html(f'<div class="scroll"><table class="facts">{rows}</table></div>')
