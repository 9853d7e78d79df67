"""Maps in one HTML file that asks no host for anything: opened by a double click, from a USB stick if need be.

A file holds the scripts and outlines once (:func:`engine`) and a place for each map (:func:`frame`), however many;
:func:`document` is the sheet round them, :func:`map_page` a whole file of one map.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from geo import boundaries
from geo.i18n import Language, translator
from geo.maps.layers import LAYERS, MAP, ground, script_literal, stamped
from geo.maps.publishing import publish
from geo.maps.themes import LIGHT, Theme

ASSETS = Path(__file__).parent / "assets"

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data:; font-src data:"
)
"""Content security policy: the browser itself refuses what is not in the file."""


def engine() -> str:
    """HTML that makes the maps of a document work, to stand once, after the last :func:`frame`.

    About 0.75 MB of Leaflet, outlines and script in the clear, and 0.65 MB of outlines for a close look, packed.
    """
    style = _unimaged(_published("leaflet.css")) + _published("atlas.css")
    options = {"map": MAP, "ground": ground()}
    return "\n".join(
        (
            f'<script type="text/plain" id="atlas-style">{_closed(style)}</script>',
            f'<script type="text/plain" id="atlas-engine">{_closed(_published("first.js"))}</script>',
            f'<script type="text/plain" id="atlas-fine">{_packed_outlines()}</script>',
            f'<script type="application/json" id="atlas-options">{script_literal(options)}</script>',
            f"<script>{_asset('offline.js')}</script>",
        )
    )


def frame(payload: Mapping[str, Any], css_class: str = "") -> str:
    """Place of one map: it is made when it first comes into sight, so a document may hold many.

    A click on a subject reaches the element as the event ``told``, whose ``detail.last_active_drawing.properties``
    has the code of the subject as ``id``.

    Parameters
    ----------
    payload
        Of :func:`geo.maps.painting.payload` or :func:`geo.maps.painting.locator`. Give it a series of drawings with
        its years, or no years: there is no server to ask for them.
    css_class
        More classes of the element; its height is that of ``.atlas-map``.
    """
    _ = translator(payload["lang"])
    sentence = escape(_("The map needs a browser that runs scripts."))
    return (
        f'<div class="{escape(f"atlas-map {css_class}".strip())}">'
        f'<script type="application/json">{script_literal(stamped(payload))}</script>'
        f"<noscript>{sentence}</noscript></div>"
    )


def document(title: str, body: str, lang: Language, *, theme: Theme = LIGHT, style: str = "") -> str:
    """Whole HTML document in the look of the atlas.

    Parameters
    ----------
    title
        Text, escaped here.
    body
        HTML, taken as it is; with maps it ends in :func:`engine`.
    style
        Style sheet of its own, after that of the atlas.
    """
    colours = "".join(f"--{name}:{value};" for name, value in theme.colours().items())
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>:root{{{colours}color-scheme:{theme.name}}}\n{_asset('offline.css')}{style}</style>\n"
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def map_page(
    payload: Mapping[str, Any],
    *,
    title: str,
    subtitle: str,
    legend: str,
    caption: str,
    foot: str,
    theme: Theme = LIGHT,
) -> str:
    """One map as a file.

    Parameters
    ----------
    payload
        As for :func:`frame`.
    title, subtitle
        Text, escaped here.
    legend, caption, foot
        HTML beside the map, under it and at the end of the page, taken as it is.
    """
    body = (
        f"<h1>{escape(title)} <small>{escape(subtitle)}</small></h1>\n"
        f'<div class="sheet"><main>{frame(payload)}<div class="caption">{caption}</div></main>'
        f"<aside>{legend}</aside></div>\n<footer>{foot}</footer>\n{engine()}"
    )
    return document(title, body, payload["lang"], theme=theme)


def _published(key: str) -> str:
    """Text of a file that the atlas serves; it is written first where the atlas has not been served yet."""
    manifest = boundaries.STATIC / "manifest.json"
    names = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}
    if not (key in names and (boundaries.STATIC / names[key]).is_file()):
        names = publish()
    return (boundaries.STATIC / names[key]).read_text(encoding="utf-8")


def _packed_outlines() -> str:
    """Scripts of the fine outlines as gzip in base64; no time of writing in it, so equal outlines give equal files."""
    script = ";".join(_published(f"{layer}-fine") for layer in LAYERS)
    return base64.b64encode(gzip.compress(script.encode(), mtime=0)).decode()


def _closed(text: str) -> str:
    """Script or style that cannot end the element it stands in; a backslash before / or ! means nothing in strings."""
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")


def _unimaged(style: str) -> str:
    """Style sheet without the pictures that lie beside it; the maps use none of them."""
    return re.sub(r"url\([^)]*\)", "none", style)


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
