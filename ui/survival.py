"""What is left of ties after 2014 and after 2022, as far as their fate is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pandas as pd

from geo import ties
from geo.i18n import country_name, number
from geo.ties import Ties
from ui import cells, html_table
from ui.i18n import _, lang

By = Literal["kind", "country"]


def table(of: Ties, by: By) -> str:
    """Table of survivors among the ties whose fate is known, by kind or by country; empty where no fate is known."""
    found = {year: ties.survival(of, year, by) for year in ties.BREAKS}
    whole = {year: ties.survival(of, year) for year in ties.BREAKS}
    known = [key for key in _order(of, by) if any(key in one.index and one.loc[key, "known"] for one in found.values())]
    if not known:
        return ""
    named: dict[By, tuple[str, Callable[[str], str]]] = {
        "kind": (_("Kind"), lambda key: ties.kind_name(key, lang())),
        "country": (_("Country"), lambda key: country_name(key, lang())),
    }
    heading, name = named[by]
    rows = [(name(key), *(_told(one, key) for one in found.values())) for key in known]
    if len(rows) > 1:
        rows.append((_("all"), *(_told(one, "all") for one in whole.values())))
    said = _(
        "Of the ties known before the year whose fate is known, those that a source of the year or later calls active. "
        "Ties of which nothing newer is known are not among them, so this is no share of all ties."
    )
    heads = [heading, *((_("left after {year}").format(year=year), said) for year in ties.BREAKS)]
    title = _("What is left")
    return f'<h2>{title}</h2>{html_table.table(heads, rows, title=title)}<p class="caption">{said}</p>'


def _order(of: Ties, by: By) -> list[str]:
    if by == "kind":
        return [kind for kind in ties.KINDS if (of.frame["kind"] == kind).any()]
    return list(of.frame["country"].value_counts().index)


def _told(found: pd.DataFrame, key: str) -> str | cells.Parts:
    """Survivors of those whose fate is known, with the share."""
    if key not in found.index or not found.loc[key, "known"]:
        return cells.MISSING
    row = found.loc[key]
    share = number(round(100 * float(row["share"])), lang())
    survived, known = int(row["survived"]), int(row["known"])
    printed = _("{survived} of {known} ({share} %)").format(survived=survived, known=known, share=share)
    return cells.Parts(printed, {_("left"): survived, _("fate known"): known, _("share"): float(row["share"])})
