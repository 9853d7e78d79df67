"""A subject and each of its neighbours: what lies between them besides the ties."""

from __future__ import annotations

from geo import facts, ties, units
from geo.i18n import country_name, number
from geo.ties import Dyad
from ui import html_table
from ui.i18n import _, lang

VOTES_BEFORE = 10


def table(code: str) -> str:
    """One row a neighbour: border, kin, languages, confession, votes, crossings, capitals, number of ties."""
    countries = list(dict.fromkeys(units.borders(code)["country"]))
    if not countries:
        return ""
    heads = [
        _("Neighbour"),
        _("Border, km"),
        _("Share of the land border, %"),
        _("Kin there, % of the subject"),
        _("Languages on both sides"),
        _("Its confession in the subject, %"),
        _("Agreement in UN votes"),
        _("Crossings"),
        _("Between capitals, km"),
        _("Ties"),
    ]
    found = [ties.dyad(code, country) for country in countries]
    measured = sum(one.measured_km or 0 for one in found)
    title = f"{_('Neighbours')} ({units.name(code, lang())})"
    return html_table.table(heads, [_row(one, measured) for one in found], numeric={2, 8, 9}, title=title)


def _row(one: Dyad, measured: float) -> list[str]:
    share = "" if one.measured_km is None or not measured else _figure(100 * one.measured_km / measured)
    confession = (
        "" if one.confession is None else f"{_confessions()[one.confession]} {_figure(one.confession_share_pct)}"
    )
    return [
        country_name(one.country, lang()),
        _borders(one),
        share,
        _kin(one),
        ", ".join(facts.name_in(lang(), "language", language) for language in one.languages),
        confession,
        _votes(one),
        _crossings(one),
        _figure(one.capital_distance_km),
        str(len(ties.load().where(subject=one.iso_3166_2, country=one.country))),
    ]


def _figure(value: float | None) -> str:
    return "—" if value is None else number(float(value), lang())


def _borders(one: Dyad) -> str:
    kinds = {"land": _("land"), "sea": _("sea")}
    unknown = _("length unknown")
    return "; ".join(
        f"{kinds[row.border]} {unknown if row.length_km != row.length_km else number(round(row.length_km), lang())}"
        for row in one.borders.itertuples()
    )


def _kin(one: Dyad) -> str:
    if one.titular_share_pct is None:
        return _("no data")
    parts = [f"{_figure(one.titular_share_pct)} ({_peoples(one.titular_groups)})" if one.titular_groups else ""]
    if one.other_kin_groups:
        parts.append(
            _("others {share} ({groups})").format(
                share=_figure(one.other_kin_share_pct), groups=_peoples(one.other_kin_groups)
            )
        )
    return "; ".join(part for part in parts if part) or _("none found")


def _peoples(groups: str) -> str:
    return ", ".join(facts.name_in(lang(), "people", group) for group in groups.split(";"))


def _votes(one: Dyad) -> str:
    votes = one.un_agreement.dropna()
    if votes.empty:
        return _("no data")
    now = int(votes.index.max())
    shown = [year for year in (now, now - VOTES_BEFORE) if year in votes.index]
    return "; ".join(f"{year}: {round(100 * float(votes[year]))} %" for year in shown)


def _crossings(one: Dyad) -> str:
    totals = one.crossings.groupby("status")["ties"].sum()
    if totals.empty:
        return _("none found") if "land" in set(one.borders["border"]) else _("no land border")
    return ", ".join(
        f"{ties.status_name(status, lang(), 'crossing')} {totals[status]}"
        for status in ties.STATUSES
        if status in totals
    )


def _confessions() -> dict[str, str]:
    return {
        "orthodox": _("Orthodox"),
        "catholic": _("Catholic"),
        "protestant": _("Protestant"),
        "islam": _("Muslim"),
        "buddhism": _("Buddhist"),
        "native_religion": _("native religion"),
    }
