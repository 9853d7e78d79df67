"""The look: one set of colours for pages, maps and Streamlit's own widgets, and words that stand out from every ground.

Bars: WCAG 2.2, 1.4.3 (text, 4.5 to 1) and 1.4.11 (graphics, 3 to 1), level AA.
"""

from __future__ import annotations

import re
import tomllib
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest

from geo.maps.colour import contrast, difference, seen_with
from geo.maps.palettes import PALETTES, palette
from geo.maps.symbols import KIND_COLOUR
from geo.maps.themes import THEMES
from ui import index_charts

ROOT = Path(__file__).resolve().parents[2]
TEXT, GRAPHIC = 4.5, 3.0
MODES = list(THEMES)
READERS = (None, "protanopia", "deuteranopia")


def tokens(mode: str) -> dict[str, str]:
    """Colours of theme.css by name, as one mode has them."""
    css = (ROOT / "ui" / "theme.css").read_text(encoding="utf-8")
    declared = re.findall(r"--([\w-]+): (?:(#[0-9a-f]{6})|light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\));", css)
    return {name: both or (light if mode == "light" else dark) for name, both, light, dark in declared}


@pytest.mark.parametrize("mode", MODES)
def test_page_and_map_share_their_colours(mode):
    page, chart = tokens(mode), THEMES[mode].colours()
    shared = page.keys() & chart.keys()
    assert shared >= {"ink", "soft", "line", "paper", "card", "land", "accent"}
    assert {name: page[name] for name in shared} == {name: chart[name] for name in shared}


@pytest.mark.parametrize("mode", MODES)
def test_widgets_have_the_colours_of_the_page(mode):
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][mode]
    names = {
        "primaryColor": "accent",
        "linkColor": "accent",
        "backgroundColor": "paper",
        "secondaryBackgroundColor": "card",
        "textColor": "ink",
        "borderColor": "line",
    }
    assert settings == {setting: tokens(mode)[name] for setting, name in names.items()}


@pytest.mark.parametrize("mode", MODES)
def test_words_stand_out_on_pages_and_in_legends(mode):
    look = tokens(mode)
    for words, ground in product(("ink", "soft", "accent"), ("paper", "card")):
        assert contrast(look[words], look[ground]) >= TEXT, (words, ground)
    for words in ("ink", "soft"):
        assert contrast(look[words], look["land"]) >= TEXT, words


@pytest.mark.parametrize("mode", MODES)
def test_names_and_scale_stand_out_on_the_map(mode):
    look = THEMES[mode]
    for words, ground in product((look.ink, look.soft), (look.land, look.sea, look.card)):
        assert contrast(words, ground) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_bars_and_symbols_stand_out(mode):
    look, page = THEMES[mode], tokens(mode)
    assert contrast(page["accent-cool"], page["paper"]) >= GRAPHIC
    for colours in KIND_COLOUR.values():
        for ground in (look.land, look.sea, look.paper):
            assert contrast(colours[look.dark], ground) >= GRAPHIC
    for colour in index_charts.PILLARS:
        assert contrast(colour, look.paper) >= GRAPHIC


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PALETTES)
def test_an_outline_parts_the_palest_class_from_the_paper(mode, name):
    # a swatch as pale as the paper is seen by its outline or by itself
    look = THEMES[mode]
    for colour in palette(name, 5, look):
        assert max(contrast(colour, look.paper), contrast(look.swatch_line, look.paper)) >= GRAPHIC


@pytest.mark.parametrize("reader", READERS)
def test_what_only_colour_tells_apart_differs_for_every_reader(reader):
    def seen(colour: str) -> str:
        return colour if reader is None else seen_with(colour, reader)

    # lines of two kinds and outlines of two kinds; points differ by their shape
    for kinds in (("twin_town", "sister_region"), ("euroregion", "cbc_programme")):
        for one, other in combinations((KIND_COLOUR[kind] for kind in kinds), 2):
            for light_or_dark in range(2):
                assert difference(seen(one[light_or_dark]), seen(other[light_or_dark])) >= 15
    # pillars lie side by side in a bar
    for one, other in pairwise(index_charts.PILLARS):
        assert difference(seen(one), seen(other)) >= 6
