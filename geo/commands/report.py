"""Write the profile of one subject, two to four pages ready to print: PDF, or one HTML file that needs no network."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.commands._map_choice import HOME, check_out
from geo.i18n import LANGUAGES

ENDINGS = (".pdf", ".html", ".htm")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", metavar="CODE", help="ISO 3166-2 code, for example RU-MUR")
    parser.add_argument("--out", type=Path, required=True, help="file that ends in .pdf or .html")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--address", default=HOME, help=f"of your atlas, for the link in the file (default: {HOME})")


def run(args: argparse.Namespace) -> int:
    """Write the file; nothing goes to standard output."""
    from geo import units
    from geo.exports.reports import as_html, as_pdf, report

    check_out(args.out, ENDINGS)
    made = report(units.parse_subject(args.code), args.lang, args.address)
    args.out.write_bytes(as_pdf(made) if args.out.suffix.lower() == ".pdf" else as_html(made).encode())
    return 0
