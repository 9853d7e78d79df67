"""One state border in figures: how long, who lies on it, what crosses it, how the states vote."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from geo import ties, units
from geo.i18n import country_name, number
from geo.ties import Border
from ui import cells, html_table
from ui.i18n import _, lang

STATUSES = ("active", "suspended", "ended", "unknown")
VOTES_BEFORE = 10
"""Years between the two figures of agreement in the UN."""


def figures(one: Border) -> str:
    """Small figures in a row."""
    return (
        '<div class="figures">'
        + "".join(
            f"<div><b>{value}</b><span>{escape(label)}</span><small>{escape(detail)}</small></div>"
            for value, label, detail in (_lengths(one), _subjects(one), _foreign(one), *_crossings(one), *_votes(one))
        )
        + "</div>"
        + _kinds(one)
    )


def _lengths(one: Border) -> tuple[str, str, str]:
    sea = "" if one.sea_km is None else _("at sea {km} km").format(km=number(one.sea_km, lang()))
    if one.land_km is None:
        value = "—" if one.sea_km is None else f"{number(one.sea_km, lang())} {_('km')}"
        label = _("no land border") if one.sea_km is None and not one.sea_subjects else _("at sea; no land border")
        return value, label, ""
    others = one.other_lengths.query("segment == 'land_total'")["length_km"].drop_duplicates()
    also = ", ".join(number(float(km), lang()) for km in others if km != one.land_km)
    said = _("other sources {km} km").format(km=also) if also else ""
    return f"{number(one.land_km, lang())} {_('km')}", _("of border on land"), "; ".join(filter(None, (sea, said)))


def _subjects(one: Border) -> tuple[str, str, str]:
    at_sea = [code for code in one.sea_subjects if code not in one.land_subjects]
    detail = _("{n} of them at sea only").format(n=len(at_sea)) if at_sea and one.land_subjects else ""
    return str(len(one.subjects)) if one.subjects else "—", _("subjects of Russia on it"), detail


def _foreign(one: Border) -> tuple[str, str, str]:
    return (
        str(len(one.foreign_regions)) if one.foreign_regions else "—",
        _("foreign regions that touch it"),
        "" if one.foreign_regions else _("no land border"),
    )


def _crossings(one: Border) -> list[tuple[str, str, str]]:
    table = one.crossings()
    if one.land_km is None:
        return [("—", _("crossings on land"), _("no land border"))]
    totals = table.sum()
    said = [
        f"{ties.status_name(status, lang(), 'crossing')} {totals[status]}" for status in STATUSES[1:] if totals[status]
    ]
    return [(str(totals["active"]), _("crossings known to be open"), "; ".join(said))]


def _votes(one: Border) -> list[tuple[str, str, str]]:
    votes = one.un_agreement.dropna()
    if votes.empty:
        return [("—", _("agreement in UN votes"), _("no data"))]
    now = int(votes.index.max())
    before = votes.get(now - VOTES_BEFORE)
    detail = "" if before is None else _("{year}: {value} %").format(year=now - VOTES_BEFORE, value=_percent(before))
    return [(f"{_percent(votes[now])} %", _("agreement in UN votes, {year}").format(year=now), detail)]


def _percent(share: float) -> str:
    return number(round(100 * float(share)), lang())


def _kinds(one: Border) -> str:
    kinds = one.kinds()
    parts = [
        f"<span>{escape(ties.kind_name(str(kind), lang()))} <b>{row['ties']}</b> "
        f'<small class="soft">{escape(_("{dated} dated").format(dated=row["dated"]))}</small></span>'
        for kind, row in kinds.iterrows()
    ]
    whose = (
        _("of the subjects on this border")
        if one.subjects
        else _("of all border subjects, as no border is shared with this country")
    )
    elsewhere = _("Other subjects have {n} more ties with this country.").format(n=one.ties_elsewhere)
    return (
        f'<p class="kinds"><b>{escape(_("Ties"))}</b> <span class="soft">{escape(whose)}</span>{"".join(parts)} '
        f'<span class="soft">{escape(elsewhere)}</span></p>'
    )


def sides(one: Border) -> str:
    """Subjects on the border with the length of it and the foreign regions that they touch."""
    if not one.subjects:
        return f'<p class="soft">{escape(_("No subject of Russia shares a border with this country."))}</p>'
    heads = [_("Subject"), (_("km"), _("land border of the subject with the country")), _("Across the border")]
    own = pd.concat([units.borders(code) for code in one.subjects]).query("country == @one.country")
    cited = own["source"].str.split(";").explode().tolist()
    return html_table.table(heads, (_side(one, code) for code in one.subjects), title=_("Both sides"), sources=cited)


def _side(one: Border, code: str) -> tuple[object, ...]:
    own = units.borders(code)
    land = own[(own["country"] == one.country) & (own["border"] == "land")]["length_km"]
    touched = units.neighbours(code)
    across = touched[touched["country"] == one.country][f"name_{lang()}"]
    km = cells.figure(land.iloc[0] if len(land) else None, 0)
    regions = ", ".join(across) or (_("in one point") if code in one.land_subjects else _("at sea"))
    link = Markup('<a href="region?{}" target="_self">{}</a>')
    named = link.format(urlencode({"lang": lang(), "region": code}), units.name(code, lang()))
    return cells.subject(code, named), km, Markup('<span class="soft">{}</span>').format(regions)


def list_of_borders() -> str:
    """All countries that have a border page, as links."""
    codes = sorted(ties.border_countries(), key=lambda code: country_name(code, lang()))
    address = {code: f"border?{urlencode({'lang': lang(), 'country': code})}" for code in codes}
    links = " · ".join(
        f'<a href="{escape(address[code])}" target="_self">{escape(country_name(code, lang()))}</a>' for code in codes
    )
    return f'<p class="caption">{escape(_("Borders there are:"))} {links}</p>'
