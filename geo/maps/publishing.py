"""Files for the browser: what the boundaries publish, with the looks of all paintings and the maps that open first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import get_args

from geo import boundaries
from geo.boundaries import ROOT, Folder, content_hash
from geo.i18n import Language
from geo.maps.layers import script_literal
from geo.maps.painting import look, look_name
from geo.maps.themes import DARK, LIGHT

LOOKS = tuple(product((LIGHT, DARK), get_args(Language)))


def publish(static_dir: str | Path = boundaries.STATIC) -> dict[str, str]:
    """Write geometry, Leaflet, our scripts, the looks and opening maps of each theme and language; the manifest of all.

    See Also
    --------
    geo.boundaries.publish : says what lies in the folder.
    """
    openings = Folder(_inputs_hash(), _opening_scripts)
    return boundaries.publish(static_dir, {"looks.js": looks_script()}, {"openings": openings})


def looks_script() -> str:
    """Script that sets ``limitrophe.looks``: colours, patterns and words by the name that a payload gives as ``look``.

    They are the same for every reader of one theme and language, so they travel with the geometry and not with
    each choice.
    """
    looks = {look_name(theme, lang): look(theme, lang) for theme, lang in LOOKS}
    return f"(window.limitrophe=window.limitrophe||{{}}).looks={script_literal(looks)};\n"


def _opening_scripts() -> Iterable[tuple[str, bytes]]:
    """Scripts that set ``limitrophe.openings[LOOK]``; one look is asked for when its map stands (some 20 KB packed)."""
    from geo.maps.map_page import openings  # the tables are read only when there is something to write

    for theme, lang in LOOKS:
        name = look_name(theme, lang)
        told = script_literal(openings(theme, lang))
        script = f'((window.limitrophe=window.limitrophe||{{}}).openings||={{}})["{name}"]={told};\n'
        yield f"opening-{name}", script.encode()


def _inputs_hash() -> str:
    """Of all that an opening map may hang on: facts and catalogue, code, words."""
    places = {"data": ("csv", "yml", "shp", "dbf"), "geo": ("py",), "locale": ("po",)}
    files = [path for place, ends in places.items() for end in ends for path in (ROOT / place).rglob(f"*.{end}")]
    return content_hash(*(path.read_bytes() for path in sorted(files)))
