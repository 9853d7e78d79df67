"""What the page of a region says in tables: who it is, whom it touches, what is measured of it."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import pandas as pd

from geo import indicators, units
from geo.i18n import country_name, number
from geo.indicators.join import Records
from geo.indicators.profile import profile, records_of_all
from geo.maps.legends import with_check
from geo.maps.painting import answer
from ui import captions, take_away
from ui.i18n import _, lang


def identity(code: str) -> str:
    """Name, federal district, administrative centre, borders, nesting."""
    row = units.subjects().loc[code]
    name = str(row[f"name_{lang()}"])
    said = [str(row[f"federal_district_{lang()}"])]
    if isinstance(row[f"capital_{lang()}"], str) and row[f"capital_{lang()}"]:
        said.append(f"{_('administrative centre')}: {row[f'capital_{lang()}']}")
    said.append(f"{number(row['area_km2'], lang())} {_('km²')}")
    if isinstance(row["part_of"], str) and row["part_of"]:
        said.append(_("within {name}").format(name=units.name(row["part_of"], lang())))
    return f'<h1>{escape(name)}</h1><p class="soft">{escape(code)} · {escape(" · ".join(said))}</p>'


def neighbours(code: str) -> str:
    """State borders by country with lengths, and the foreign regions on them."""
    borders = units.borders(code)
    if borders.empty:
        return f'<p class="soft">{escape(_("No state border, neither on land nor at sea."))}</p>'
    touched = units.neighbours(code)
    rows = []
    for row in borders.itertuples():
        side = _("land") if row.border == "land" else _("sea")
        rows.append(
            f"<tr><td><b>{escape(country_name(row.country, lang()))}</b></td><td>{escape(side)}</td>"
            f'<td class="num">{_length(row.length_km)}</td><td class="soft">{escape(_kind(row.length_kind))}</td></tr>'
        )
        if row.border == "land":
            rows += [
                f"<tr><td>&emsp;{escape(str(region[f'name_{lang()}']))}</td><td></td>"
                f'<td class="num">{_length(region["length_km"])}</td>'
                f'<td class="soft">{escape(_share(region["share"]))}</td></tr>'
                for region in touched[touched["country"] == row.country].to_dict("records")
            ]
    head = "".join(
        f"<th{css}>{escape(text)}</th>"
        for text, css in (
            (_("Country, foreign region"), ""),
            (_("Border"), ""),
            (_("Length, km"), ' class="num"'),
            (_("How known"), ""),
        )
    )
    table = f'<table class="facts"><tr>{head}</tr>{"".join(rows)}</table>'
    take_away.offer_html(_("Whom it touches"), table)
    return f'<div class="scroll">{table}</div>'


def _share(share: float) -> str:
    return _("{share} % of the border with this country, measured").format(share=round(100 * share))


def _length(km: float) -> str:
    return "—" if pd.isna(km) else escape(number(round(km), lang()))


def _kind(kind: str) -> str:
    words = {
        "official": _("published for this subject"),
        "derived": _("derived: official length of the country shared out by measured length"),
        "unknown": _("no length found"),
    }
    return words[kind]


def indicators_table(code: str, other: str | None) -> str:
    """Indicators by theme with value, rank among border subjects, year and sources; a second subject beside it."""
    for one in (code, other):
        if one:
            title = f"{_('Indicators')} ({units.name(one, lang())})"
            take_away.offer_table(title, lambda one=one: profile(one).reset_index())
    return _indicators_table(code, other, lang(), records_of_all())


@lru_cache(maxsize=512)
def _indicators_table(code: str, other: str | None, _language: str, _of: tuple[Records, ...]) -> str:
    # the tables do not change while the server runs, records of events may; a brush over years need not write this anew
    frames = [profile(one) for one in (code, other) if one]
    catalogue, themes = indicators.catalogue(), indicators.themes()
    names = [units.name(one, lang()) for one in (code, other) if one]
    heads = "".join(f'<th class="num">{escape(name)}</th><th class="num">{escape(_("rank"))}</th>' for name in names)
    wide = "".join('<col style="width:13%"><col style="width:8%">' for _name in names)
    columns = f'<colgroup><col style="width:31%">{wide}<col style="width:6%"><col></colgroup>'
    parts = []
    for theme in themes:
        keys = [key for key, one in catalogue.items() if one.theme == theme]
        if not keys:
            continue
        rows = "".join(_row(key, [frame.loc[key] for frame in frames]) for key in keys)
        parts.append(
            f"<h2>{escape(themes[theme].title.of(lang()))}</h2>"
            f"<div class='scroll'><table class='facts wide'>{columns}<tr>"
            f"<th>{escape(_('Indicator'))}</th>{heads}<th>{escape(_('Year'))}</th><th>{escape(_('Sources'))}</th></tr>"
            f"{rows}</table></div>"
        )
    return "".join(parts)


def _row(key: str, found: list[pd.Series]) -> str:
    one = indicators.find(key)
    figures = [said(one, row["value"], row["status"], row["checked"]) for row in found]
    cells = "".join(
        f'<td class="num">{escape(figure)}</td><td class="num soft">{_rank(row)}</td>'
        for figure, row in zip(figures, found, strict=True)
    )
    year = found[0]["year_used"]
    return (
        f'<tr><td><a href="./?lang={lang()}&amp;indicator={key}" target="_self">{escape(one.short.of(lang()))}</a>, '
        f'<span class="soft">{escape(str(found[0][f"unit_{lang()}"]))}</span></td>'
        f'{cells}<td class="soft">{"" if pd.isna(year) else int(year)}</td>'
        f'<td class="soft">{captions.sources(one, 1)}</td></tr>'
    )


def said(one: indicators.Indicator, value: float, status: str, checked: object = None) -> str:
    """Value of an indicator without its unit: a figure, an answer, or the kind of nothing it is."""
    if one.kind == "yes_no" and status in ("observed", "zero"):
        return answer(value, lang(), at_least=one.at_least())
    return with_check(captions.said_value(value, status, at_least=one.at_least()), checked, lang())


def _rank(row: pd.Series) -> str:
    return "" if pd.isna(row["rank"]) else escape(_("{r} of {n}").format(r=int(row["rank"]), n=int(row["ranked"])))
