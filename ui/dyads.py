"""A subject and each of its neighbours: what lies between them besides the ties."""

from __future__ import annotations

import pandas as pd

from geo import facts, ties, units
from geo.i18n import number
from geo.ties import Dyad
from ui import cells, html_table
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
        (_("Share of the land border, %"), _("of the land border of the subject, as measured on its outlines")),
        (_("Kin there, % of the subject"), _("per cent of those who stated an ethnicity in 2021")),
        _("Languages on both sides"),
        (
            _("Its confession in the subject, %"),
            _("dominant confession of the country, and its per cent of adults in the subject"),
        ),
        (_("Agreement in UN votes"), _("agreement of both states in the UN General Assembly by year, from 0 to 1")),
        (_("Crossings"), _("crossings of the subject on this border, by state")),
        (_("Between capitals, km"), _("from the capital of the subject to that of the country")),
        (_("Ties"), _("ties as listed with the country: at least so many, as not every tie is recorded")),
    ]
    found = [ties.dyad(code, country) for country in countries]
    measured = sum(one.measured_km or 0 for one in found)
    title = f"{_('Neighbours')} ({units.name(code, lang())})"
    return html_table.table(heads, [_row(one, measured) for one in found], title=title)


def _row(one: Dyad, measured: float) -> list[object]:
    share = None if one.measured_km is None or not measured else 100 * one.measured_km / measured
    return [
        cells.country(one.country),
        _borders(one),
        cells.figure(share, missing=""),
        _kin(one),
        ", ".join(facts.name_in(lang(), "language", language) for language in one.languages),
        _confession(one),
        _votes(one),
        _crossings(one),
        cells.figure(one.capital_distance_km),
        len(ties.load().where(subject=one.iso_3166_2, country=one.country)),
    ]


def _figure(value: float | None) -> str:
    return "—" if value is None else number(float(value), lang())


def _borders(one: Dyad) -> cells.Parts:
    kinds = {"land": _("land"), "sea": _("sea")}
    lengths = {kinds[row.border]: row.length_km for row in one.borders.itertuples()}
    unknown = _("length unknown")
    printed = "; ".join(
        f"{kind} {unknown if pd.isna(km) else number(round(km), lang())}" for kind, km in lengths.items()
    )
    return cells.Parts(printed, lengths)


def _confession(one: Dyad) -> str | cells.Parts:
    if one.confession is None:
        return ""
    name = _confessions()[one.confession]
    parts = {_("confession"): name, "%": one.confession_share_pct}
    return cells.Parts(f"{name} {_figure(one.confession_share_pct)}", parts)


def _kin(one: Dyad) -> str | cells.Parts:
    if one.titular_share_pct is None:
        return _("no data")
    printed = _said_kin(one)
    if not printed:
        return _("none found")
    parts = {
        _("titular group, %"): one.titular_share_pct if one.titular_groups else None,
        _("others, %"): one.other_kin_share_pct if one.other_kin_groups else None,
        _("peoples"): ", ".join(map(_peoples, filter(None, (one.titular_groups, one.other_kin_groups)))),
    }
    return cells.Parts(printed, parts)


def _said_kin(one: Dyad) -> str:
    parts = [f"{_figure(one.titular_share_pct)} ({_peoples(one.titular_groups)})" if one.titular_groups else ""]
    if one.other_kin_groups:
        parts.append(
            _("others {share} ({groups})").format(
                share=_figure(one.other_kin_share_pct), groups=_peoples(one.other_kin_groups)
            )
        )
    return "; ".join(part for part in parts if part)


def _peoples(groups: str) -> str:
    return ", ".join(facts.name_in(lang(), "people", group) for group in groups.split(";"))


def _votes(one: Dyad) -> str | cells.Parts:
    votes = one.un_agreement.dropna()
    if votes.empty:
        return _("no data")
    now = int(votes.index.max())
    shown = [year for year in (now, now - VOTES_BEFORE) if year in votes.index]
    printed = "; ".join(f"{year}: {round(100 * float(votes[year]))} %" for year in shown)
    return cells.Parts(printed, {str(year): float(votes[year]) for year in shown})


def _crossings(one: Dyad) -> str | cells.Parts:
    totals = one.crossings.groupby("status")["ties"].sum()
    if totals.empty:
        return _("none found") if "land" in set(one.borders["border"]) else _("no land border")
    counted = {
        ties.status_name(status, lang(), "crossing"): int(totals[status])
        for status in ties.STATUSES
        if status in totals
    }
    return cells.Parts(", ".join(f"{status} {count}" for status, count in counted.items()), counted)


def _confessions() -> dict[str, str]:
    return {
        "orthodox": _("Orthodox"),
        "catholic": _("Catholic"),
        "protestant": _("Protestant"),
        "islam": _("Muslim"),
        "buddhism": _("Buddhist"),
        "native_religion": _("native religion"),
    }
