"""Say how long the border with a country is, who lies on it, what crosses it and which acts concern it."""

from __future__ import annotations

import argparse
import json
from typing import Any

from geo import ties, units
from geo.exports.records import records
from geo.i18n import LANGUAGES, Language, number, translator
from geo.ties.milestones import acts_in_language

MILESTONE_COLUMNS = ["event_id", "date", "title", "effect", "scope", "source"]


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("country", metavar="CODE", help="ISO 3166-1 alpha-2 code of a neighbour, for example FI")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Print the figures of one state border; a length that no source gives is null, not zero."""
    one = ties.border(args.country.strip().upper())
    found = answer(one, args.lang)
    print(json.dumps(found, ensure_ascii=False, indent=2) if args.json else "\n".join(_lines(found, args.lang)))
    return 0


def answer(one: ties.Border, lang: Language) -> dict[str, Any]:
    """Figures of a border as JSON has them; crossings by mode, then by status; titles of acts in one language."""
    votes = one.un_agreement.dropna()
    return {
        "country": one.country,
        "land_km": one.land_km,
        "sea_km": one.sea_km,
        "length_source": one.length_source,
        "subjects": {"land": list(one.land_subjects), "sea": list(one.sea_subjects)},
        "foreign_regions": list(one.foreign_regions),
        "crossings": one.crossings().to_dict("index"),
        "ties_by_kind": one.kinds().to_dict("index"),
        "ties_elsewhere": one.ties_elsewhere,
        "coverage": ties.coverage(one.ties)._asdict(),
        "un_agreement": {str(year): float(value) for year, value in votes.items()},
        "events": records(acts_in_language(one.milestones, lang)[MILESTONE_COLUMNS]),
    }


def _lines(found: dict[str, Any], lang: Language) -> list[str]:
    _ = translator(lang)

    def length(km: float | None) -> str:
        return _("length unknown") if km is None else f"{number(km, lang)} {_('km')}"

    def named(codes: list[str]) -> str:
        return ", ".join(units.name(code, lang) for code in codes)

    lines = [units.name(found["country"], lang)]
    for side, label, none in (
        ("land", _("land border"), _("no land border")),
        ("sea", _("sea border"), _("no sea border")),
    ):
        subjects = found["subjects"][side]
        lines.append(f"{label}: {length(found[f'{side}_km'])}: {named(subjects)}" if subjects else none)
    if found["foreign_regions"]:
        lines.append(f"{_('Foreign regions')}: {named(found['foreign_regions'])}")
    for form, by_status in found["crossings"].items():
        said = ", ".join(f"{n} {ties.status_name(key, lang, 'crossing')}" for key, n in by_status.items() if n)
        lines.append(f"{ties.kind_name('crossing', lang)}, {ties.form_name(form, lang)}: {said}")
    for kind, row in found["ties_by_kind"].items():
        dated = _("{n} dated").format(n=row["dated"])
        lines.append(f"{ties.kind_name(kind, lang)}: {row['ties']} ({dated})")
    return lines + [
        f"{event['date']} {ties.effect_name(event['effect'], lang)}: {event['title']} [{event['source']}]"
        for event in found["events"]
    ]
