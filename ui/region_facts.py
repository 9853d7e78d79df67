"""What the page of a region says in tables: who it is, whom it touches, what is measured of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd
from markupsafe import Markup

from geo import indicators, units
from geo.exports.definitions import of_indicator
from geo.i18n import country_name, number
from geo.indicators.join import Records
from geo.indicators.profile import profile, records_of_all
from geo.maps.legends import with_check
from geo.maps.painting import said_answer
from ui import captions, cells, html_table, take_away
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
    rows: list[tuple[object, ...]] = []
    for row in borders.itertuples():
        side = _("land") if row.border == "land" else _("sea")
        known = _soft(_kind(row.length_kind))
        rows.append((_place(row.country), side, cells.figure(row.length_km, 0), known))
        if row.border == "land":
            rows += [
                (_place(row.country, region), "", cells.figure(region["length_km"], 0), _share(region["share"]))
                for region in touched[touched["country"] == row.country].to_dict("records")
            ]
    heads = [
        _("Country, foreign region"),
        _("Border"),
        _("Length, km"),
        (_("How known"), _("where the length comes from; of a foreign region its share of the border, from 0 to 1")),
    ]
    cited = borders["source"].str.split(";").explode().tolist()
    return html_table.table(heads, rows, title=_("Whom it touches"), sources=cited)


def _place(country: str, region: Mapping[Hashable, Any] | None = None) -> cells.Parts:
    """A country, or a foreign region of it, set in; apart and with their codes when they are taken away."""
    own = country_name(country, lang())
    name = "" if region is None else str(region[f"name_{lang()}"])
    printed = Markup("&emsp;{}").format(name) if name else Markup("<b>{}</b>").format(own)
    code = country if region is None else region["partner_iso_3166_2"]
    return cells.Parts(printed, {_("country"): own, _("foreign region"): name or None, _("code"): code})


def _share(share: float) -> cells.Parts:
    said = _("{share} % of the border with this country, measured").format(share=round(100 * share))
    return cells.Parts(_soft(said), {_("share"): float(share)})


def _soft(text: str) -> Markup:
    return Markup('<span class="soft">{}</span>').format(text)


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
            take_away.offer_table(title, lambda one=one: _profile(one), _profile_means)
    return _indicators_table(code, other, lang(), records_of_all())


def _profile(code: str) -> pd.DataFrame:
    """Indicators of a subject with their names in the language of the page."""
    frame, themes = profile(code).reset_index(), indicators.themes()
    names = [indicators.find(key).title.of(lang()) for key in frame["indicator"]]
    frame["theme"] = [themes[theme].title.of(lang()) for theme in frame["theme"]]
    frame.insert(1, "title", names)
    frame["source"] = [
        ";".join(map(str, indicators.sources_of(indicators.find(key)).index)) for key in frame["indicator"]
    ]
    return frame.rename(columns={f"unit_{lang()}": "unit"}).drop(columns=f"unit_{'en' if lang() == 'ru' else 'ru'}")


def _profile_means() -> list[tuple[str, str]]:
    from geo.exports.exhibits import status_definitions

    return [
        ("indicator", _("id of the indicator in the catalogue")),
        ("value", _("newest value; 1 is yes and 0 is no where the unit says so")),
        *status_definitions(lang()),
        ("year_used", _("year of the figure")),
        ("at_least", _("the figure is a lower bound, as not every tie is recorded")),
        ("rank", _("by falling value among the border subjects")),
        ("ranked", _("border subjects with a value")),
        ("applicable", _("border subjects to which the question applies")),
        *((one.title.of(lang()), of_indicator(one, None, lang())) for one in indicators.catalogue().values()),
    ]


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
    if one.kind == "yes_no":
        return said_answer(value, status, lang(), at_least=one.at_least())
    return with_check(captions.said_value(value, status, at_least=one.at_least()), checked, lang())


def _rank(row: pd.Series) -> str:
    return "" if pd.isna(row["rank"]) else escape(_("{r} of {n}").format(r=int(row["rank"]), n=int(row["ranked"])))
