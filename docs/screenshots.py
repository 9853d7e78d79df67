"""Pictures of the pages for docs/, taken from the running atlas: ``python -m docs.screenshots [PAGE ...]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser

from bench.chromium import chromium
from bench.serving import serving
from tests.browser.atlas_page import READY, addresses, visit

FOLDER = Path(__file__).parent / "screenshots"
SIZE = {"width": 1440, "height": 900}
MOST_BYTES = 250_000
COLOURS = (256, 128, 64)

# Charts, tables and typefaces come after the page stands.
DRAWN = """
    document.fonts.status === "loaded"
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every(chart => chart.querySelector(".main-svg"))
    && [...document.querySelectorAll("[data-testid=stDataFrame]")].every(table =>
        table.getBoundingClientRect().top > innerHeight || table.querySelector("canvas"))
    && !document.querySelector("[data-testid=stSkeleton]")
"""

# What is shown of each page, as parameters of its address.
SHOWN: dict[str, dict[str, str]] = {
    "map": {},
    "region": {"region": "RU-MUR"},
    "border": {"country": "FI"},
    "network": {},
    "soft_power": {"region": "RU-KGD"},
    "index": {},
    "levels": {"region": "RU-PRI"},
    "relations": {"country": "FI"},
    "seminar": {},
    "your_data": {},
    "events": {},
    "sources": {},
}


def main(asked: Sequence[str]) -> int:
    """Take the pages that are asked for, or all, in both languages, light and dark."""
    paths = addresses()
    unknown = [name for name in asked if name not in SHOWN]
    if unknown:
        print(f"error: no picture of {', '.join(unknown)} is declared; known: {', '.join(SHOWN)}", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with serving("app.py") as server, chromium() as browser:
        for name, scheme, lang in product(asked or SHOWN, ("light", "dark"), ("en", "ru")):
            url = f"http://localhost:{server.port}{paths[name]}?{urlencode({'lang': lang, **SHOWN[name]})}"
            picture = small(taken(browser, url, scheme))
            path = FOLDER / f"{name}-{scheme}-{lang}.png"
            path.write_bytes(picture)
            print(f"{path.relative_to(FOLDER.parent)}: {len(picture) / 1000:.0f} KB")
    return 0


def taken(browser: Browser, url: str, scheme: str) -> bytes:
    """Picture of a page that stands, its map painted."""
    context = browser.new_context(
        viewport=SIZE,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        visit(page, url)
        page.wait_for_function(DRAWN)
        page.locator(READY).wait_for()
        if page.locator("[data-testid=stException]").count():
            raise RuntimeError(f"{url} shows an error; mend the page first")
        return page.screenshot(animations="disabled")
    finally:
        context.close()


def small(png: bytes) -> bytes:
    """Reduce the colours of a picture to a palette, to as few as bring it under the limit.

    Raises
    ------
    ValueError
        If the smallest palette does not bring it there.
    """
    image = Image.open(BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise ValueError(f"a picture has {out.tell()} bytes with {COLOURS[-1]} colours; {MOST_BYTES} are allowed")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
