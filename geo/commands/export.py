"""Write an indicator into a file: values (CSV, XLSX), a layer (GeoPackage, shapefile), a map (PNG, SVG, PDF, HTML).

The HTML file holds a live map and needs no network. A shapefile is written as a zip, with the full names of its fields.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ArgumentError
from geo.i18n import LANGUAGES
from geo.units import SCOPES

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

HOME = "http://localhost:8501/"
"""Where `make run` serves the atlas; begins the address that a file bears."""

SEPARATORS = {"comma": "csv", "semicolon": "csv_semicolon"}
RESOLUTIONS = {"1x": "png", "2x": "png_2x", "300dpi": "png_300dpi"}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from geo.maps import PALETTES, SCHEMES

    parser.add_argument("indicator", metavar="INDICATOR", help="as `python -m geo indicators` lists")
    parser.add_argument("--year", type=int, help="without it the newest one")
    parser.add_argument("--per", help="denominator; without it the default one of the indicator")
    parser.add_argument("--format", choices=list(FORMATS), required=True)
    parser.add_argument("--out", type=Path, required=True, help="file to write; .zip for a shapefile")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--scope", choices=SCOPES, default="border", help="subjects that are coloured and listed")
    parser.add_argument("--scheme", choices=SCHEMES, default="quantiles", help="of class limits")
    parser.add_argument("--k", type=int, default=5, help="number of classes, 2 to 9 (default: 5)")
    parser.add_argument("--palette", choices=list(PALETTES), default="teal")
    parser.add_argument(
        "--separator", choices=list(SEPARATORS), default="comma", help="of a CSV; semicolon goes with decimal commas"
    )
    parser.add_argument("--resolution", choices=list(RESOLUTIONS), default="2x", help="of a PNG")
    parser.add_argument("--address", default=HOME, help=f"of your atlas, for the link in the file (default: {HOME})")


def run(args: argparse.Namespace) -> int:
    """Write the file; nothing goes to standard output."""
    from geo.commands.map import choice
    from geo.exports import maps
    from geo.exports.exhibits import FILE_KINDS

    check_out(args.out, FORMATS[args.format])
    chosen = choice(args)
    address = maps.address(args.address, maps.parameters(chosen) | {"lang": args.lang})
    wanted = {"csv": SEPARATORS[args.separator], "png": RESOLUTIONS[args.resolution]}.get(args.format, args.format)
    kind: FileKind = next(one for one in FILE_KINDS if one == wanted)
    args.out.write_bytes(maps.of_choice(chosen, args.lang, address).file(kind))
    return 0


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
