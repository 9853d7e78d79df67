"""Print the values of an indicator: one row a subject, with its status, rank and year."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo import indicators, units
from geo.i18n import LANGUAGES, Language, number, translator
from geo.indicators.catalogue import Events
from geo.maps.legends import with_check

COLUMNS = ["iso_3166_2", "name", "value", "status", "rank", "year_used"]


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("indicator", metavar="INDICATOR", help="id of the catalogue, see the command indicators")
    parser.add_argument("--year", type=int, help="newest by default")
    parser.add_argument("--per", help="denominator; by default the one that the catalogue names")
    parser.add_argument("--scope", choices=units.SCOPES, default="all", help="rows and ranks (default: all)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON: a list of rows")
    form.add_argument("--csv", action="store_true", help="print CSV")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Print the rows of a scope in code order; what has no value has an empty cell, or null in JSON."""
    one = indicators.find(args.indicator)
    rows = table(one, args.year, args.per, args.scope, args.lang)
    if args.json:
        records = rows.astype(object).where(rows.notna(), None).to_dict("records")
        print(json.dumps(records, ensure_ascii=False, indent=2))
    elif args.csv:
        rows.to_csv(sys.stdout, index=False, lineterminator="\n")
    else:
        at_least = f" ({translator(args.lang)('at least')})" if one.at_least() else ""
        print(f"{one.title.of(args.lang)}, {indicators.unit_of(one, args.per).of(args.lang)}{at_least}")
        print("\n".join(_line(row, args.lang) for row in rows.to_dict("records")))
    return 0


def table(
    one: indicators.Indicator, year: int | None, per: str | None, scope: units.Scope, lang: Language
) -> pd.DataFrame:
    """Values of a scope as a table with the columns :data:`COLUMNS`; ranks are those within the scope.

    Of events ``checked`` follows: whether the places behind a value are.
    """
    joined = indicators.join(one, year, per)
    joined["rank"] = indicators.ranks(joined, scope)
    joined["name"] = [units.name(str(iso), lang) for iso in joined.index]
    columns = [*COLUMNS, "checked"] if isinstance(one.rule, Events) else COLUMNS
    return joined.loc[units.scope(scope)].reset_index()[columns]


def _line(row: Mapping[Any, Any], lang: Language) -> str:
    shown = "-" if pd.isna(row["value"]) else number(row["value"], lang)
    rank, year = ("-" if pd.isna(cell) else str(cell) for cell in (row["rank"], row["year_used"]))
    line = f"{row['iso_3166_2']:<7} {row['name']:<40} {shown:>12} {row['status']:<15} {rank:>3} {year:>5}"
    return with_check(line, row.get("checked"), lang)
