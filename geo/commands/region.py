"""Say who a subject is, whom it touches, and what the indicators say of it."""

from __future__ import annotations

import argparse
import json
from typing import Any

from geo import units
from geo.exports.records import records
from geo.i18n import LANGUAGES, Language, number, translator
from geo.indicators import catalogue
from geo.indicators.profile import profile
from geo.maps.painting import said_answer


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", metavar="CODE", help="ISO 3166-2 code, for example RU-MUR")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Print the facts of one subject; the old code of a merged okrug gives its successor, with a note."""
    iso = units.parse_subject(args.code)
    found = {
        "asked": args.code,
        **_identity(iso),
        "note": units.explain(units.match(args.code), args.lang),
        "borders": records(units.borders(iso)),
        "neighbours": records(units.neighbours(iso)),
        "indicators": _indicators(iso),
    }
    print(json.dumps(found, ensure_ascii=False, indent=2) if args.json else "\n".join(_lines(found, args.lang)))
    return 0


def _identity(iso: str) -> dict[str, Any]:
    """Row of the table of subjects, with the borders as true or false."""
    row = units.subjects().reset_index().query("iso_3166_2 == @iso")
    return records(row)[0]


def _indicators(iso: str) -> list[dict[str, Any]]:
    """Rows of the subject's profile with the titles and kinds of the indicators."""
    known = catalogue()
    return [
        {"title": known[row["indicator"]].title.model_dump(), "kind": known[row["indicator"]].kind, **row}
        for row in records(profile(iso).reset_index())
    ]


def _lines(found: dict[str, Any], lang: Language) -> list[str]:
    _ = translator(lang)
    kinds = {"official": _("official"), "derived": _("derived"), "unknown": _("length unknown")}
    sides = {"land": _("land border"), "sea": _("sea border")}

    def length(row: dict[str, Any]) -> str:
        kind = kinds[row["length_kind"]]
        return kind if row["length_km"] is None else f"{number(row['length_km'], lang)} {_('km')} ({kind})"

    lines = [f"{found['iso_3166_2']} {found[f'name_{lang}']}"]
    lines += [found["note"]] if found["note"] else []
    lines += [f"{_('Administrative centre')}: {found[f'capital_{lang}']}"] if found[f"capital_{lang}"] else []
    for row in found["borders"]:
        lines.append(f"{units.name(row['country'], lang)}: {sides[row['border']]}, {length(row)}")
        if row["border"] == "land":
            regions = [one for one in found["neighbours"] if one["country"] == row["country"]]
            lines += [f"    {one[f'name_{lang}']}: {length(one)}" for one in regions]
    for one in found["indicators"]:
        lines.append(f"{one['title'][lang]}: {_value(one, lang)}")
    return lines


def _value(one: dict[str, Any], lang: Language) -> str:
    _ = translator(lang)
    if one["kind"] == "yes_no":
        value = float("nan") if one["value"] is None else one["value"]
        said = said_answer(value, one["status"], lang, at_least=one["at_least"])
        return said if one["value"] is None else f"{said} ({one['year_used']})"
    if one["value"] is None:
        return {"no_data": _("no data"), "not_applicable": _("not applicable")}[one["status"]]
    at_least = f"{_('at least')} " if one["at_least"] else ""
    rank = f", {_('rank')} {one['rank']}" if one["rank"] is not None else ""
    suspended = f", {_('suspended')}" if one["status"] == "suspended" else ""
    return f"{at_least}{number(one['value'], lang)} {one[f'unit_{lang}']} ({one['year_used']}{rank}{suspended})"
