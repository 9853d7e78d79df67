"""Draw the map of an indicator into a file: PNG, SVG or PDF.

Rates and shares are drawn as a choropleth, totals as proportional circles; `--per` divides a total.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.commands import _map_choice


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.maps import THEMES

    _map_choice.add(parser)
    parser.add_argument("--out", type=Path, required=True, help="file that ends in .png, .svg or .pdf")
    parser.add_argument("--theme", choices=list(THEMES), default="light")


def run(args: argparse.Namespace) -> int:
    """Write the file; nothing goes to standard output."""
    from geo.exports import maps
    from geo.exports.exhibits import provenance
    from geo.maps import THEMES
    from geo.maps.addresses import parameters
    from geo.maps.captions import caption
    from geo.maps.drawings import draw
    from geo.maps.figures import FORMATS, figure, save
    from geo.maps.overlays import overlays

    _map_choice.check_out(args.out, tuple(f".{kind}" for kind in FORMATS))
    chosen = _map_choice.choice(args)
    drawing = draw(chosen, THEMES[args.theme], args.lang)
    ties = _map_choice.overlay(args)
    over = overlays(ties, chosen.scope, args.lang, args.theme) if ties else None
    foot = provenance(maps.address(_map_choice.HOME, parameters(chosen, ties) | {"lang": args.lang}), args.lang)
    save(
        figure(drawing, caption(chosen, drawing, foot), over=over), args.out, args.out.suffix.removeprefix(".").lower()
    )
    return 0
