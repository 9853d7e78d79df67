"""Write an indicator into a file: values (CSV, XLSX), a layer (GeoPackage, shapefile), a map (PNG, SVG, PDF, HTML).

The HTML file holds a live map and needs no network. A shapefile is written as a zip, with the full names of its fields.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geo.commands import _map_choice
from geo.commands._map_choice import HOME
from geo.errors import ArgumentError

if TYPE_CHECKING:
    from geo.exports.exhibits import FileKind

FORMATS: dict[str, tuple[str, ...]] = {
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "gpkg": (".gpkg",),
    "shp": (".zip",),
    "png": (".png",),
    "svg": (".svg",),
    "pdf": (".pdf",),
    "html": (".html", ".htm"),
}
"""Endings that the name of a file of each format may have."""

MEANINGS = {
    "csv": "values, see --separator",
    "xlsx": "values, definitions and sources",
    "gpkg": "GeoPackage of the joined layer",
    "shp": "zipped shapefile of the joined layer",
    "png": "map, see --resolution",
    "svg": "map",
    "pdf": "map",
    "html": "live map that needs no network",
}
DRAWN = ("png", "svg", "pdf", "html")
"""Formats that show the map, so that ties can be drawn over it."""

SEPARATORS = {"comma": "csv", "semicolon": "csv_semicolon"}
RESOLUTIONS = {"1x": "png", "2x": "png_2x", "300dpi": "png_300dpi"}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    _map_choice.add(parser)
    said = "; ".join(f"{kind}: {meaning}" for kind, meaning in MEANINGS.items())
    parser.add_argument("--format", choices=list(FORMATS), required=True, help=said)
    parser.add_argument("--out", type=Path, required=True, help="file to write; .zip for a shapefile")
    parser.add_argument(
        "--separator", choices=list(SEPARATORS), default="comma", help="of a CSV; semicolon goes with decimal commas"
    )
    parser.add_argument("--resolution", choices=list(RESOLUTIONS), default="2x", help="of a PNG")
    parser.add_argument("--address", default=HOME, help=f"of your atlas, for the link in the file (default: {HOME})")


def run(args: argparse.Namespace) -> int:
    """Write the file; nothing goes to standard output."""
    from geo.exports import maps
    from geo.exports.exhibits import FILE_KINDS
    from geo.maps import LIGHT
    from geo.maps.addresses import parameters
    from geo.maps.overlays import overlays

    _map_choice.check_out(args.out, FORMATS[args.format])
    chosen = _map_choice.choice(args)
    ties = _map_choice.overlay(args)
    if ties and args.format not in DRAWN:
        raise ArgumentError(f"--overlay goes with {', '.join(DRAWN)}: the other formats hold no drawing")
    address = maps.address(args.address, parameters(chosen, ties) | {"lang": args.lang})
    over = overlays(ties, chosen.scope, args.lang, LIGHT.name) if ties else None
    wanted = {"csv": SEPARATORS[args.separator], "png": RESOLUTIONS[args.resolution]}.get(args.format, args.format)
    kind: FileKind = next(one for one in FILE_KINDS if one == wanted)
    args.out.write_bytes(maps.of_choice(chosen, args.lang, address, LIGHT, over).file(kind))
    return 0
