"""Say how central each subject is among all ties, how concentrated its partners are, and whither they lie."""

from __future__ import annotations

import argparse
import json
import math
from typing import Any

from geo import ties, units
from geo.i18n import LANGUAGES, number, translator
from geo.ties.network import LEVELS


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--kind", choices=ties.KINDS, action="append", help="may be given several times; default: all")
    parser.add_argument("--scope", choices=units.SCOPES, default="all", help="subjects in the network (default: all)")
    parser.add_argument("--alive", type=int, metavar="YEAR", help="ties active at the end of the year")
    parser.add_argument(
        "--level", choices=LEVELS, default="country", help="country: subjects and countries; place: towns on both sides"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Print one row a subject that has a tie with a country, the most central first."""
    chosen = ties.load().where(kind=args.kind, subject=list(units.scope(args.scope)))
    chosen = chosen if args.alive is None else chosen.alive(ties.parse_year(args.alive))
    if args.level == "place":
        return _places(chosen, args)
    rows = subjects(chosen)
    if args.json:
        groups, modularity = ties.communities(ties.graph(chosen))
        found = {
            "coverage": ties.coverage(chosen)._asdict(),
            "subjects": rows,
            "pairs": pairs(chosen),
            "communities": [sorted(group) for group in groups],
            "modularity": round(modularity, 6),
            "survival": survival(chosen),
        }
        print(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
        return 0
    _ = translator(args.lang)
    print(f"{'':<48} {_('partners'):>9} {_('ties'):>7} {_('betweenness'):>14} {_('concentration'):>14}")
    for row in rows:
        figures = [number(row[name], args.lang) for name in ("degree", "weighted_degree", "betweenness", "herfindahl")]
        name = units.name(row["iso_3166_2"], args.lang)
        print(f"{row['iso_3166_2']:<7} {name:<40} {figures[0]:>9} {figures[1]:>7} {figures[2]:>14} {figures[3]:>14}")
    print(ties.coverage_statement(chosen, args.lang))
    return 0


def _places(chosen: ties.Ties, args: argparse.Namespace) -> int:
    """Print one row a town that has a tie with a town abroad, the one with most ties first."""
    table = ties.centrality(ties.graph(chosen, "place"))
    table = table.sort_values(["weighted_degree", "betweenness"], ascending=False, kind="stable")
    if args.json:
        rows = [
            {"place": place, **{str(name): _plain(value) for name, value in row.items()}}
            for place, row in zip(table.index, table.to_dict("records"), strict=True)
        ]
        print(json.dumps({"coverage": ties.coverage(chosen)._asdict(), "places": rows}, ensure_ascii=False, indent=2))
        return 0
    for place, row in zip(table.index, table.to_dict("records"), strict=True):
        print(f"{place:<48} {number(row['degree'], args.lang):>6} {number(row['betweenness'], args.lang):>10}")
    print(ties.coverage_statement(chosen, args.lang))
    return 0


def subjects(chosen: ties.Ties) -> list[dict[str, Any]]:
    """Centrality, concentration, direction and profile of each subject, by falling betweenness."""
    table = ties.centrality(ties.graph(chosen)).sort_values(
        ["betweenness", "weighted_degree"], ascending=False, kind="stable"
    )
    vector, profile = ties.vector(chosen).drop(columns="ties"), ties.profile(chosen)
    return [
        {
            "iso_3166_2": iso,
            **{str(name): _plain(value) for name, value in row.items()},
            "vector": {name: _plain(value) for name, value in vector.loc[iso].items()},
            "instruments": {name: int(value) for name, value in profile.loc[iso].items()},
        }
        for iso, row in zip(table.index, table.to_dict("records"), strict=True)
    ]


def pairs(chosen: ties.Ties) -> list[dict[str, Any]]:
    """Ties of each pair of subject and country, with the number of dated ones."""
    table = ties.counts(chosen, ("iso_3166_2", "country")).reset_index()
    return [
        {"iso_3166_2": iso, "country": country, "ties": int(n), "dated": int(dated)}
        for iso, country, n, dated in table.itertuples(index=False, name=None)
    ]


def survival(chosen: ties.Ties) -> dict[str, list[dict[str, Any]]]:
    """Ties known to have outlived 2014 and 2022, by kind, with the number whose fate is known."""
    return {
        str(year): [
            {"kind": kind, "known": int(row["known"]), "survived": int(row["survived"]), "share": _plain(row["share"])}
            for kind, row in ties.survival(chosen, year, by="kind").iterrows()
        ]
        for year in ties.BREAKS
    }


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
