"""Draw the map of an indicator into a file: PNG, SVG or PDF.

Rates and shares are drawn as a choropleth, totals as proportional circles; `--per` divides a total.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ArgumentError, UnknownCodeError
from geo.i18n import LANGUAGES
from geo.units import SCOPES

if TYPE_CHECKING:
    from geo.maps.drawings import MapChoice


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.maps import PALETTES, SCHEMES, THEMES

    parser.add_argument("indicator", metavar="INDICATOR", help="as `python -m geo indicators` lists")
    parser.add_argument("--year", type=int, help="without it the newest one")
    parser.add_argument("--per", help="denominator; without it the default one of the indicator")
    parser.add_argument("--out", type=Path, required=True, help="file that ends in .png, .svg or .pdf")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--scope", choices=SCOPES, default="border", help="subjects that are coloured")
    parser.add_argument("--scheme", choices=SCHEMES, default="quantiles", help="of class limits")
    parser.add_argument("--k", type=int, default=5, help="number of classes, 2 to 9 (default: 5)")
    parser.add_argument("--palette", choices=list(PALETTES), default="teal")
    parser.add_argument("--theme", choices=list(THEMES), default="light")


def run(args: argparse.Namespace) -> int:
    """Write the file; nothing goes to standard output."""
    from geo.commands.export import HOME
    from geo.exports import maps
    from geo.exports.exhibits import provenance
    from geo.maps import THEMES
    from geo.maps.captions import caption
    from geo.maps.drawings import draw
    from geo.maps.figures import FORMATS, figure, save

    kind = args.out.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise ArgumentError(f"--out {args.out}: the name must end in .{', .'.join(FORMATS)}")
    if not args.out.absolute().parent.is_dir():
        raise ArgumentError(f"--out {args.out}: the directory does not exist; make it first")
    chosen = choice(args)
    drawing = draw(chosen, THEMES[args.theme], args.lang)
    foot = provenance(maps.address(HOME, maps.parameters(chosen) | {"lang": args.lang}), args.lang)
    save(figure(drawing, caption(chosen, drawing, foot)), args.out, kind)
    return 0


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
    return MapChoice(one, year, per, args.scope, args.scheme, args.k, args.palette)
