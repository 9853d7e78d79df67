"""Write a story as slides (PPTX) or as one HTML file that needs no network; without a name list the stories.

The HTML file has live maps and turns with the arrow keys; the slides have text boxes, pictures with alternative texts
and notes with the sources.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.commands._map_choice import HOME
from geo.errors import ArgumentError
from geo.i18n import LANGUAGES

FORMATS = ("pptx", "html")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="of the story; without it all are listed")
    parser.add_argument("--out", type=Path, help="file that ends in .pptx or .html")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--address", default=HOME, help=f"of your atlas, for the links in the file (default: {HOME})")


def run(args: argparse.Namespace) -> int:
    """Write the file, or list the stories with their number of slides."""
    from geo import stories

    if args.name is None:
        if args.out is not None:
            raise ArgumentError("name the story that is to be written; `python -m geo story` lists them")
        for one in stories.stories().values():
            print(f"{one.id:<16} {len(one.slides)}  {one.title.of(args.lang)}. {one.summed(args.lang)}")
        return 0
    one = stories.story(args.name)
    if args.out is None:
        for number, slide in enumerate(one.slides, start=1):
            print(f"{number}. {slide.titled(args.lang)}")
        return 0
    kind = args.out.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise ArgumentError(f"--out {args.out}: the name must end in .{' or .'.join(FORMATS)}")
    if not args.out.absolute().parent.is_dir():
        raise ArgumentError(f"--out {args.out}: the directory does not exist; make it first")
    if kind == "pptx":
        from geo.exports.slides import presentation

        args.out.write_bytes(presentation(one, args.lang, args.address))
    else:
        from geo.exports.presenting import offline_page

        args.out.write_text(offline_page(one.id, args.lang, args.address), encoding="utf-8")
    return 0
