"""Write static/ (geometry, Leaflet, scripts) where it is not current."""

from __future__ import annotations

import argparse
from pathlib import Path


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--out", type=Path, help="folder to write to (default: static/)")


def run(args: argparse.Namespace) -> int:
    """Publish and say how many files the manifest lists."""
    from geo.boundaries import STATIC
    from geo.maps.publishing import publish

    static = args.out or STATIC
    print(f"{static}: {len(publish(static))} files current")
    return 0
