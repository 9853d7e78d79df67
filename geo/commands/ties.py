"""List ties with their dates, states and sources."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from geo import ties, units
from geo.exports.records import records
from geo.i18n import LANGUAGES


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--subject", metavar="CODE", help="ISO 3166-2 code, for example RU-MUR")
    parser.add_argument("--country", metavar="CODE", help="ISO 3166-1 alpha-2 code of the partner, for example FI")
    parser.add_argument("--partner", metavar="CODE", help="ISO 3166-2 code of the partner's first-level unit")
    parser.add_argument("--kind", choices=ties.KINDS)
    parser.add_argument("--status", choices=ties.STATUSES, help="what the newest source says")
    parser.add_argument(
        "--alive", type=int, metavar="YEAR", help="active at the end of the year; undated ties only now"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON: coverage and a list of ties")
    form.add_argument("--csv", action="store_true", help="print CSV with all columns")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Print the ties that match; that there are none is an answer, not an error."""
    found = ties.load().where(
        kind=args.kind,
        subject=units.parse_subject(args.subject) if args.subject else None,
        country=ties.parse_country(args.country) if args.country else None,
        partner=ties.parse_partner(args.partner) if args.partner else None,
        status=args.status,
    )
    found = found if args.alive is None else found.alive(ties.parse_year(args.alive))
    if args.json:
        answer = {"coverage": ties.coverage(found)._asdict(), "ties": records(found.frame)}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    elif args.csv:
        found.frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        print("\n".join(_line(row) for row in records(found.frame)))
        print(ties.coverage_statement(found, args.lang))
    return 0


def _line(row: Mapping[str, Any]) -> str:
    partner = row["partner_place"] or row["name"] or ""
    years = f"{row['opened'] or '?'}-{row['closed'] or ''}"
    return (
        f"{row['iso_3166_2']:<7} {row['country'] or '-':<2} {row['kind']:<14} {row['subject_place'] or '-':<28} "
        f"{partner:<34} {years:<10} {row['status']:<9} {row['source']}"
    )
