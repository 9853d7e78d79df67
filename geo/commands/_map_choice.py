"""What is chosen about a map on the command line, and where it is written: shared by the commands that draw one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ArgumentError, UnknownCodeError
from geo.i18n import LANGUAGES
from geo.units import SCOPES

if TYPE_CHECKING:
    from geo.maps.drawings import MapChoice
    from geo.maps.overlays import Overlay

HOME = "http://localhost:8501/"
"""Where `make run` serves the atlas; begins the address that a file bears."""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare indicator, year, denominator, language, scope, classes and colours."""
    from geo.maps import PALETTES, SCHEMES
    from geo.maps.drawings import LIMITS
    from geo.maps.overlays import OVERLAYS

    parser.add_argument("indicator", metavar="INDICATOR", help="as `python -m geo indicators` lists")
    parser.add_argument("--year", type=int, help="without it the newest one")
    parser.add_argument("--per", help="denominator; without it the default one of the indicator")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--scope", choices=SCOPES, default="border", help="subjects that are coloured and listed")
    parser.add_argument("--scheme", choices=SCHEMES, default="quantiles", help="of class limits")
    parser.add_argument("--k", type=int, default=5, help="number of classes, 2 to 9 (default: 5)")
    parser.add_argument("--palette", choices=list(PALETTES), default="teal")
    parser.add_argument("--limits", choices=LIMITS, default="year", help="class limits of the year, or of all years")
    parser.add_argument(
        "--overlay", default="", metavar="KIND,KIND", help=f"ties drawn over the map, of {', '.join(OVERLAYS)}"
    )


def choice(args: argparse.Namespace) -> MapChoice:
    """Read what is chosen about a map.

    Raises
    ------
    ArgumentError
        For an indicator that is never mapped, or a year that its series lacks.
    """
    from geo import indicators
    from geo.maps.drawings import MapChoice

    one = indicators.find(args.indicator)
    if one.id not in indicators.mapped():
        raise ArgumentError(f"indicator {one.id!r} is an illustration: it is listed, never mapped")
    years = indicators.years(one)
    year = years[-1] if args.year is None else args.year
    if year not in years:
        raise UnknownCodeError(f"year of indicator {one.id!r}", year, [str(known) for known in years])
    per = one.default_per if args.per is None else args.per
    if per not in one.per:
        raise UnknownCodeError(f"denominator of indicator {one.id!r}", per, list(one.per))
    return MapChoice(one, year, per, args.scope, args.scheme, args.k, args.palette, args.limits)


def overlay(args: argparse.Namespace) -> tuple[Overlay, ...]:
    """Kinds of ties that are drawn over the map, in the order of the Map page.

    Raises
    ------
    UnknownCodeError
        For a kind that no map draws.
    """
    from geo.maps.overlays import OVERLAYS

    asked = [kind.strip() for kind in args.overlay.split(",") if kind.strip()]
    for kind in asked:
        if kind not in OVERLAYS:
            raise UnknownCodeError("kind of ties over a map", kind, list(OVERLAYS))
    return tuple(kind for kind in OVERLAYS if kind in asked)


def check_out(out: Path, endings: tuple[str, ...]) -> None:
    """Refuse a file of another kind, or in a directory that is not there.

    Raises
    ------
    ArgumentError
        With what to do instead.
    """
    if out.suffix.lower() not in endings:
        raise ArgumentError(f"--out {out}: the name must end in {' or '.join(endings)}")
    if not out.absolute().parent.is_dir():
        raise ArgumentError(f"--out {out}: the directory does not exist; make it first")
