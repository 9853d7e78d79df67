"""Files for the browser: what the boundaries publish, with the looks that every painting refers to."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from geo import boundaries
from geo.i18n import Language
from geo.maps.layers import script_literal
from geo.maps.painting import look, look_name
from geo.maps.themes import DARK, LIGHT


def publish(static_dir: str | Path = boundaries.STATIC) -> dict[str, str]:
    """Write geometry, Leaflet, our scripts and the looks of each theme in each language; the manifest of all.

    See Also
    --------
    geo.boundaries.publish : says what lies in the folder.
    """
    return boundaries.publish(static_dir, {"looks.js": looks_script()})


def looks_script() -> str:
    """Script that sets ``limitrophe.looks``: colours, patterns and words by the name that a payload gives as ``look``.

    They are the same for every reader of one theme and language, so they travel with the geometry and not with
    each choice.
    """
    looks = {look_name(theme, lang): look(theme, lang) for theme in (LIGHT, DARK) for lang in get_args(Language)}
    return f"(window.limitrophe=window.limitrophe||{{}}).looks={script_literal(looks)};\n"
