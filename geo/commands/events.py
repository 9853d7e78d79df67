"""Take event records into a store, count them by subject, country, year and quad class, and check their places."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from geo import facts, units
from geo.commands import _events_review
from geo.errors import ArgumentError, UnknownCodeError
from geo.events import aggregate, engines, guard, ingest, places, progress
from geo.events import store as stores
from geo.events.formats import by_source, formats
from geo.events.records import COORDINATE, RECODED, SEVERAL
from geo.exports.records import records
from geo.i18n import LANGUAGES, Language, Message, number, translator

SHOWN: Final = 20
"""Unknown codes that are printed."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    taking = actions.add_parser("ingest", help="take files of GDELT, POLECAT, ICEWS, UCDP GED or ACLED into a store")
    taking.add_argument("directory", type=Path, metavar="DIR", help="folder with the files, zipped or not; or one file")
    taking.add_argument("--out", type=Path, required=True, metavar="STORE", help="folder of the store")
    taking.add_argument("--only-russia", action="store_true", help="pass over what has no actor and no place in Russia")
    taking.add_argument("--lang", choices=LANGUAGES, default="en")
    counting = actions.add_parser("aggregate", help="count events of subjects with foreign countries")
    counting.add_argument(
        "--store", metavar="STORE", help=f"folder or connection string (default: {stores.CONFIGURED_BY})"
    )
    counting.add_argument("--engine", choices=engines.ENGINES, default="duckdb", help="for a folder (default: duckdb)")
    counting.add_argument("--places", metavar="RULE", help="which places are believed (default: that of the atlas)")
    counting.add_argument("--subject", metavar="CODE", help="ISO 3166-2 code, for example RU-MUR")
    counting.add_argument("--country", metavar="CODE", help="ISO 3166-1 alpha-2 code of the partner, for example FI")
    counting.add_argument("--first-year", type=int, metavar="YEAR")
    counting.add_argument("--last-year", type=int, metavar="YEAR")
    form = counting.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print CSV")
    checking = actions.add_parser("review", help="check places: precision and recall of a subject, a sample to mark")
    _events_review.add(checking)
    counting.add_argument("--with-acled", action="store_true", help="count ACLED too; its terms forbid to publish that")
    counting.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Run one action."""
    actions = {"ingest": _ingest, "aggregate": _aggregate, "review": _events_review.run}
    return actions[args.action](args)


def _ingest(args: argparse.Namespace) -> int:
    """Take files; 1 when some could not be taken."""
    if not args.directory.exists():
        raise ArgumentError(f"{args.directory}: there is no such folder")
    watch, end = progress.watch(sys.stderr, args.lang)
    try:
        summary = ingest.ingest(args.directory, args.out, only_russia=args.only_russia, watch=watch)
    finally:
        end()
    print("\n".join(_told(summary, args.lang)))
    for left_out in summary.left_out:
        reason = left_out.reason
        said = reason.of(args.lang) if isinstance(reason, Message) else reason
        print(f"{left_out.name}: {said}", file=sys.stderr)
    return int(bool(summary.left_out))


def _told(summary: ingest.Summary, lang: Language) -> list[str]:
    _ = translator(lang)
    taken = summary.taken
    told = [
        _("Files taken: {files}; records: {records}; passed over: {passed}; lines rejected: {rejected}.").format(
            files=number(len(taken), lang, 0),
            records=number(sum(one.records for one in taken), lang, 0),
            passed=number(sum(one.passed_over for one in taken), lang, 0),
            rejected=number(sum(one.rejected for one in taken), lang, 0),
        )
    ]
    if summary.known:
        told.append(_("Files that the store held before: {files}.").format(files=number(len(summary.known), lang, 0)))
    if summary.left_out:
        told.append(_("Files left out: {files}.").format(files=number(len(summary.left_out), lang, 0)))
    if summary.unknown:
        told.append(_("Codes that no table knows; the records are kept without them:"))
        kinds = _kinds(lang)
        told += [
            f"  {kinds.get(kind, kind)}: {_('(others)') if code == ingest.OTHERS else code} ({number(count, lang, 0)})"
            for (kind, code), count in summary.unknown.most_common(SHOWN)
        ]
        more = len(summary.unknown) - SHOWN
        if more > 0:
            told.append("  " + _("others: {more}; the manifest lists them").format(more=number(more, lang, 0)))
    for source in dict.fromkeys(one.source for one in taken):
        declared = by_source(source)
        told.append(f"{declared.title.of(lang)}: {declared.terms.of(lang)} {declared.terms_url}")
    return told


def _kinds(lang: Language) -> dict[str, str]:
    """Kinds of codes that tables may not know, as :mod:`geo.events` calls them, in one language."""
    _ = translator(lang)
    return {
        "CAMEO country": _("CAMEO country"),
        "CAMEO event": _("CAMEO event"),
        "FIPS country": _("FIPS country"),
        "FIPS unit": _("FIPS unit"),
        "Russian unit": _("Russian unit"),
        "country name": _("country name"),
        "day of a report": _("day of a report"),
        "type of event": _("type of event"),
        "type of place": _("type of place"),
        COORDINATE: _("coordinate (left empty)"),
        RECODED: _("encoding (read as Windows-1252)"),
        SEVERAL: _("several countries (the first was taken)"),
    }


def _aggregate(args: argparse.Namespace) -> int:
    """Print counts; that there are none is an answer, not an error."""
    setting = args.store or stores.configured()
    if setting is None:
        raise ArgumentError(f"give --store or set {stores.CONFIGURED_BY}")
    table = engines.records(setting, args.engine)
    if not args.with_acled:
        table = table.filter(table["source"].isin([one.source for one in formats() if one.publish]))
    believed = guard.believed(table, guard.named_places(table), places.rule(args.places))
    counted = aggregate.aggregate(
        table,
        believed=believed,
        subject=units.parse_subject(args.subject) if args.subject else None,
        country=_country(args.country) if args.country else None,
        first_year=args.first_year,
        last_year=args.last_year,
    ).execute()
    if args.json:
        print(json.dumps(records(counted), ensure_ascii=False, indent=2))
    elif args.csv:
        counted.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        _ = translator(args.lang)
        print(counted.to_string(index=False) if len(counted) else _("No events."))
    return 0


def _country(code: str) -> str:
    known = sorted({*facts.table("event_country_codes")["country"].dropna()})
    if code.upper() not in known:
        raise UnknownCodeError("country", code, known)
    return code.upper()
