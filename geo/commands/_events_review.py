"""Check places: precision and recall of a subject, and a sample to be marked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from geo import units
from geo.errors import ArgumentError
from geo.events import checking, links, places, store
from geo.events.precision import Share
from geo.events.schema import Source
from geo.events.standing import CODED, Standing, at, held, main_source, standing
from geo.events.store import CONFIGURED_BY
from geo.i18n import LANGUAGES, translator

COLUMNS = ["mention", "source", "rule", "kept", "place", "place_name", "title", "link"]


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--store", metavar="STORE", help=f"folder or connection string (default: {CONFIGURED_BY})")
    parser.add_argument("--subject", required=True, metavar="CODE", help="ISO 3166-2 code, for example RU-MUR")
    parser.add_argument("--source", choices=CODED, help="data set (default: that with the most records)")
    parser.add_argument("--places", metavar="RULE", help="which places are believed (default: that of the atlas)")
    parser.add_argument("--each", type=int, default=10, metavar="N", help="believed and dropped places (default: 10)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="number of the draw (default: 1)")
    parser.add_argument("--csv", action="store_true", help="print the sample as CSV")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")


def run(args: argparse.Namespace) -> int:
    """Print what checks say of the places of a subject, and a sample."""
    of = at(args.store) if args.store else standing()
    if of is None and args.store:
        store.manifest(Path(args.store))  # tells why there is none
    if of is None:
        raise ArgumentError(f"give --store or set {CONFIGURED_BY} to a store of events")
    source = _source(of, args.source)
    subject, rule = units.parse_subject(args.subject), places.rule(args.places)
    sample = checking.sample(of, source, rule, subject, max(args.each, 0), max(args.seed, 0))
    drawn = _titled(sample.assign(source=source, rule=rule.id))
    if args.csv:
        drawn.to_csv(sys.stdout, index=False, lineterminator="\n")
        return 0
    _ = translator(args.lang)
    found = checking.quality(of, source, rule, subject)
    kept, dropped = checking.kept_and_dropped(of, source, rule, subject)
    print(
        _("Mentions believed: {kept}; dropped: {dropped}; unclear: {unclear}.").format(
            kept=kept, dropped=dropped, unclear=found.unclear
        )
    )
    print(_("Precision: {share}").format(share=_said(found.precision) or _("places not checked")))
    print(_("Recall: {share}").format(share=_said(found.recall) or _("places not checked")))
    for row in drawn.to_dict("records"):
        print(f"{row['mention']}  {links.printable(row['place_name'] or row['place'])}  {row['title']}")
    return 0


def _source(of: Standing, asked: Source | None) -> Source:
    """Data set that is checked: the one asked for, else that with the most records."""
    found = asked or main_source(of)
    if found is None:
        raise ArgumentError("the store holds no data set that codes cooperation and conflict")
    if found not in held(of):
        raise ArgumentError(f"the store holds no records of {found}")
    return found


def _said(share: Share | None) -> str:
    if share is None:
        return ""
    return f"{share.value:.0%} ({share.low:.0%}-{share.high:.0%}), {share.right}/{share.checked}"


def _titled(drawn: pd.DataFrame) -> pd.DataFrame:
    """Sample with the titles that addresses give; an address that is no plain one is left out."""
    safe = [links.safe(link) or "" for link in drawn["link"]]
    titles = [links.title(link) if link else "" for link in safe]
    return drawn.assign(link=safe, title=titles)[COLUMNS]
