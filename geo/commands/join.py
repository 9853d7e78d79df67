"""Join a table of your own onto the subjects, or onto boundaries of your own, and write a GeoPackage.

The column that names the units is guessed where it is not given. What is matched, ambiguous and unmatched stands in
the report; without `--partial` nothing is written while a name is open. A unit in several rows is always refused, in a
table with a column of years a unit in several rows of one year. Such a long table, with a row for each unit and year,
becomes a wide layer: a unit once, and a column for each figure and year, such as exports_2015. `--year` takes one year.
Files are read within the limits of data/uploads.yml, in a process of their own.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import ArgumentError, DataError
from geo.i18n import LANGUAGES, Language

if TYPE_CHECKING:
    from geo.uploads import UploadedTable
    from geo.uploads.layers import UploadedLayer
    from geo.uploads.matching import Answer, Matching


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("table", type=Path, metavar="TABLE", help="CSV in any usual encoding and separator, or XLSX")
    parser.add_argument("--boundaries", type=Path, metavar="FILE", help="zipped shapefile, GeoPackage or GeoJSON")
    parser.add_argument("--key", metavar="COLUMN", help="column of the table that names the units; guessed if left out")
    parser.add_argument("--boundaries-key", metavar="COLUMN", help="column of the boundaries; guessed if left out")
    parser.add_argument("--crs", help="reference system of boundaries that do not say theirs, such as EPSG:28407")
    parser.add_argument(
        "--year-column", metavar="COLUMN", help="column of years; guessed if left out, an empty text for none"
    )
    parser.add_argument(
        "--year", type=int, metavar="YEAR", help="take this year alone; else columns become one a year (wide layer)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.gpkg", help="GeoPackage to write")
    parser.add_argument(
        "--report", nargs="?", const="text", choices=("text", "json"), help="print what was matched, as text or JSON"
    )
    parser.add_argument("--partial", action="store_true", help="write what is matched although names are open")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Write the joined layer; 1 where it was not written because a name is open or a unit stands in several rows."""
    from geo.exports.layers import geopackage
    from geo.uploads import Refused, apart
    from geo.uploads.joining import joined, refuse_open
    from geo.uploads.matching import Matching, names_of

    _refuse_arguments(args)
    try:
        table, key, answers = apart.read_table(apart.content_of(args.table), args.table.name)
        layer, theirs = None, ""
        if args.boundaries:
            layer = _layer(args)
            key, theirs = _layer_key(args, table, layer)
            _refuse_column("--boundaries-key", theirs, layer.columns)
        if args.key:
            _refuse_column("--key", args.key, table.columns)
        if layer is not None:
            answers = apart.match_to_layer(names_of(table, key), layer, theirs)
        elif not answers or (args.key or key) != key:  # no answers: the guessed column may hold too many names
            key, answers = apart.match(table, args.key or "")
        found = Matching(key, names_of(table, key), answers, {}, years=_years(args, table, key))
        _refuse_year(args, table, found)
        if args.report:
            told = report(found, args.lang)
            print(json.dumps(told, ensure_ascii=False, indent=1) if args.report == "json" else _text(told, args.lang))
        refuse_open(found, partial=args.partial)
        whole = joined(table, found, layer, theirs, args.year)
    except Refused as refusal:
        raise DataError(refusal.said(args.lang), file=refusal.file or args.table.name) from refusal
    args.out.write_bytes(geopackage("joined", whole, {}))
    return 0


def _years(args: argparse.Namespace, table: UploadedTable, key: str) -> dict[int, int] | None:
    """Year of each row where the table has a column of years."""
    from geo.uploads.years import NOWHERE, guess, of_rows, year_columns

    column = guess(table, key) if args.year_column is None else args.year_column
    if args.year_column and column not in year_columns(table, key):
        _refuse_column("--year-column", column, table.columns)
        raise ArgumentError(f"--year-column {column!r}: its cells are not years, such as 2015 or 31.12.2015")
    return of_rows(table, column or NOWHERE)


def _refuse_year(args: argparse.Namespace, table: UploadedTable, found: Matching) -> None:
    """Refuse a year that the table has neither rows nor columns of."""
    from geo.uploads.years import families

    if args.year is None:
        return
    in_names = {year for columns in families(table.columns).values() for year in columns}
    known = found.known_years if found.years is not None else sorted(in_names)
    if args.year not in known:
        there = f"there are {', '.join(map(str, known[:40]))}" if known else "the table says no years"
        raise ArgumentError(f"--year {args.year}: no such year; {there}")


def _layer(args: argparse.Namespace) -> UploadedLayer:
    from geo.uploads import Refused, apart

    try:
        return apart.read_layer(apart.content_of(args.boundaries), args.boundaries.name, args.crs)
    except Refused as refusal:
        raise DataError(refusal.said(args.lang), file=args.boundaries.name) from refusal


def _layer_key(args: argparse.Namespace, table: UploadedTable, layer: UploadedLayer) -> tuple[str, str]:
    """Columns of table and boundaries as they are given, guessed where they are not."""
    from geo.uploads import apart

    if args.key and args.boundaries_key:
        return args.key, args.boundaries_key
    key, theirs = apart.guess_layer_key(table, layer)
    return args.key or key, args.boundaries_key or theirs


def _refuse_arguments(args: argparse.Namespace) -> None:
    for path in (args.table, args.boundaries):
        if path is not None and not path.is_file():
            raise ArgumentError(f"{path}: there is no such file")
    if args.out.suffix.lower() != ".gpkg":
        raise ArgumentError(f"--out {args.out}: the name must end in .gpkg")
    if not args.out.absolute().parent.is_dir():
        raise ArgumentError(f"--out {args.out}: the directory does not exist; make it first")
    if args.boundaries is None and (args.boundaries_key or args.crs):
        raise ArgumentError("--boundaries-key and --crs belong to --boundaries; name that file too")
    if args.crs is not None:
        from pyproj import CRS
        from pyproj.exceptions import CRSError

        try:
            CRS.from_user_input(args.crs)
        except CRSError as error:
            raise ArgumentError(f"--crs {args.crs}: no such reference system; write it as EPSG:28407") from error


def _refuse_column(option: str, column: str, known: list[str]) -> None:
    if column not in known:
        raise ArgumentError(f"{option} {column!r}: no such column; there are {', '.join(known[:20])}")


def report(found: Matching, lang: Language) -> dict[str, Any]:
    """What each name was taken for: counts, and a row for each name with its status, unit, score and candidates."""
    statuses = ("matched", "ambiguous", "unknown", "whole")
    counts = {status: sum(a.status == status for a in found.answers) for status in statuses}
    rows = [
        {
            "name": answer.name,
            "status": answer.status,
            "unit": answer.unit or None,
            "score": answer.score,
            "candidates": list(answer.candidates),
            "rows": [int(row) for row in found.rows.index[found.rows == answer.name]],
            "note": _note(answer, lang),
        }
        for answer in found.answers
    ]
    several = {
        unit if year is None else f"{unit} {year}": list(places) for (unit, year), places in found.repeated.items()
    }
    dated = {"years": found.known_years, "rows_without_year": list(found.undated)} if found.years is not None else {}
    return {"key": found.key, **counts, **dated, "in_several_rows": several, "names": rows}


def _note(answer: Answer, lang: Language) -> str:
    """Why a name is not simply matched."""
    from geo.units import Match, explain
    from geo.uploads.matching import without_okrugs

    if answer.reason == "without_okrugs":
        return without_okrugs(lang)
    if answer.status == "matched" or not answer.reason:
        return ""
    return explain(Match(answer.name, "unknown", None, 0.0, (), answer.reason), lang)


def _text(told: dict[str, Any], lang: Language) -> str:
    """Report for people: the counts, then whatever is not simply matched."""
    from geo.i18n import translator

    _ = translator(lang)
    words = {
        "matched": _("matched"),
        "ambiguous": _("ambiguous"),
        "unknown": _("not matched"),
        "whole": _("totals and districts, left out"),
    }
    lines = [f"{told['key']}: " + ", ".join(f"{told[status]} {word}" for status, word in words.items())]
    if told.get("years"):
        lines.append(f"{_('Years')}: {told['years'][0]}–{told['years'][-1]} ({len(told['years'])})")
    if told.get("rows_without_year"):
        lines.append(f"{_('rows without a year')}: {told['rows_without_year']}")
    for one in told["names"]:
        if one["status"] != "matched":
            lines.append(
                f"{one['name']}: {words[one['status']]}; {one['note']} {', '.join(one['candidates'])}".rstrip()
            )
        elif one["score"] < 100:
            lines.append(f"{one['name']}: {one['unit']} ({one['score']:g})")
    lines += [f"{unit}: {_('in several rows')} {rows}" for unit, rows in told["in_several_rows"].items()]
    return "\n".join(lines)
