"""What a subject sits in, hosts and builds with others: organisations, euroregions, consulates, offices, projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from geo import ties
from geo.i18n import country_name, number
from geo.ties import Kind, Ties
from ui import cells, html_table
from ui.i18n import _, lang


class _Shelf(NamedTuple):
    """Kinds of ties that are listed together, and the columns that say something of them."""

    title: str
    kinds: tuple[Kind, ...]
    columns: dict[str, Callable[[dict[str, Any]], object]]


def lists(of: Ties) -> str:
    """Lists of institutions, each as a table; what a subject has none of is said in one line."""
    parts, none = [], []
    for shelf in _shelves():
        rows = _rows(of.where(kind=shelf.kinds), shelf)
        if rows:
            parts.append(
                f"<h3>{escape(shelf.title)}</h3>{html_table.table(list(shelf.columns), rows, title=shelf.title)}"
            )
        else:
            none.append(shelf.title)
    if none:
        parts.append(f'<p class="soft">{escape(_("None found: {kinds}.").format(kinds=", ".join(none).lower()))}</p>')
    return "".join(parts)


def _shelves() -> list[_Shelf]:
    since, until, state = _("Since"), _("Until"), _("State")
    when = {since: _year("opened"), until: _until, state: _state}
    return [
        _Shelf(
            _("Sits in"),
            ("organisation", "euroregion", "cbc_programme"),
            {_("Institution"): _name, _("Role"): _form, _("With"): _country, **when},
        ),
        _Shelf(
            _("Consulates hosted"),
            ("consulate",),
            {_("Country"): _country, _("Rank of the post"): _form, _("Town"): _text("subject_place"), **when},
        ),
        _Shelf(
            _("Offices abroad"), ("office_abroad",), {_("Country"): _country, _("Town"): _text("partner_place"), **when}
        ),
        _Shelf(
            _("Joint projects"),
            ("joint_project",),
            {_("Project"): _name, _("Field"): _form, _("With"): _partner, _("Value"): _value, **when},
        ),
    ]


def _rows(of: Ties, shelf: _Shelf) -> list[list[object]]:
    """Rows of a shelf; one institution with several countries is one row."""
    frame = ties.in_language(of.frame, lang())
    group = frame["group_id"].fillna(frame["name"]).fillna(frame["tie_id"])
    rows = []
    for _key, same in frame.groupby(group, sort=False):
        first = {str(key): value for key, value in same.iloc[0].items()}
        first["countries"] = list(dict.fromkeys(same["country"].dropna()))
        rows.append(
            [
                Markup(f"<b>{escape(said(first))}</b>") if not i else said(first)
                for i, said in enumerate(shelf.columns.values())
            ]
        )
    return rows


def _name(row: dict[str, Any]) -> str:
    return str(row["name"])


def _form(row: dict[str, Any]) -> str:
    return "" if pd.isna(row["form"]) else ties.form_name(row["form"], lang())


def _country(row: dict[str, Any]) -> str:
    return ", ".join(country_name(code, lang()) for code in row["countries"])


def _partner(row: dict[str, Any]) -> str:
    place = "" if pd.isna(row["partner_place"]) else f" ({row['partner_place']})"
    return _country(row) + place


def _text(column: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: "" if pd.isna(row[column]) else str(row[column])


def _year(column: str) -> Callable[[dict[str, Any]], cells.Cell]:
    return lambda row: cells.year(row[column], missing=_("unknown"))


def _until(row: dict[str, Any]) -> cells.Cell:
    missing = "" if row["status"] == "active" else _("unknown") if row["status"] == "ended" else cells.MISSING
    return cells.year(row["closed"], missing=missing)


def _state(row: dict[str, Any]) -> str:
    said = ties.status_name(row["status"], lang(), row["kind"])
    return said if pd.isna(row["status_year"]) else f"{said} ({row['status_year']})"


def _value(row: dict[str, Any]) -> str | cells.Parts:
    if pd.isna(row["value"]):
        return ""
    value = float(row["value"])
    printed = f"{number(value / 1e6, lang())} {_('million')} {row['value_currency']}"
    return cells.Parts(printed, {_("amount"): value, _("currency"): row["value_currency"]})
