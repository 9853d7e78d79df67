"""Colours: distance for every reader, contrast of patterns, order from the ground."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArgumentError, UnknownCodeError
from geo.maps.classes import classify
from geo.maps.colour import along, ciede2000, cielab, contrast, difference, legible, seen_with
from geo.maps.palettes import LEAST_STEP, PALETTES, class_colours, least_step, palette
from geo.maps.themes import NOTHING_STYLE, PATTERNS, THEMES, theme

READERS = (None, "protanopia", "deuteranopia", "tritanopia")
MODES = list(THEMES.values())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Sharma, Wu and Dalal 2005, table 1: pairs 1, 4, 7, 10, 17, 20, 25 and 34
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0000),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_as_published(one, other, expected):
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=5e-5)


def test_colour_spaces_of_known_colours():
    assert cielab("#ffffff") == pytest.approx([100, 0, 0], abs=0.02)
    assert cielab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    # the example of WCAG: #767676 is the lightest grey of 4.5 to 1 on white
    assert 4.5 < contrast("#767676", "#ffffff") < 4.6


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_a_figure_can_be_read_on_any_colour(ground):
    assert contrast(legible(ground), ground) >= 4.58


def test_dichromats_lose_red_and_green_but_no_grey():
    for deficiency in ("protanopia", "deuteranopia"):
        assert difference("#808080", seen_with("#808080", deficiency)) < 1
        red, green = (seen_with(colour, deficiency) for colour in ("#b05050", "#507030"))
        assert difference(red, green) < difference("#b05050", "#507030") / 2


def test_mixing_passes_through_its_anchors():
    anchors = ("#e0efe9", "#b2d5cc", "#76b2ab", "#38868a", "#0d515c")
    assert along(anchors, [0, 0.25, 0.5, 0.75, 1]) == anchors
    assert palette("teal", 5) == anchors


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("reader", READERS)
def test_neighbouring_classes_differ_for_every_reader(mode, name, reader):
    for k in range(2, 10):
        assert least_step(palette(name, k, mode), reader) >= LEAST_STEP
    assert least_step(palette(name, 5, mode), reader) >= 6


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("name", PALETTES)
def test_high_is_farthest_from_the_ground(mode, name):
    colours = palette(name, 7, mode)
    far = [difference(colour, mode.land) for colour in colours]
    if PALETTES[name].order == "sequential":
        assert far == sorted(far)
    else:
        assert far[:4] == sorted(far[:4], reverse=True)
        assert far[3:] == sorted(far[3:])


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("name", PALETTES)
def test_no_class_looks_like_zero_land_or_sea(mode, name):
    for colour in palette(name, 5, mode):
        for ground in (mode.zero, mode.land, mode.sea):
            assert difference(colour, ground) >= 5


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_patterns_and_words_stand_out(mode):
    for style in NOTHING_STYLE.values():
        if style.pattern:
            assert style.pattern in PATTERNS
            # WCAG 2.2, 1.4.11: graphics need 3 to 1
            assert contrast(getattr(mode, style.ink), getattr(mode, style.fill)) >= 3
    for ground in (mode.paper, mode.card):
        # WCAG 2.2, 1.4.3: text needs 4.5 to 1
        assert contrast(mode.ink, ground) >= 4.5
        assert contrast(mode.soft, ground) >= 4.5
        assert contrast(mode.accent, ground) >= 4.5


def test_the_four_kinds_of_nothing_look_different():
    looks = {(s.fill, s.stroke, s.pattern, s.ink, s.dash) for s in NOTHING_STYLE.values()}
    assert set(NOTHING_STYLE) == {"zero", "no_data", "not_applicable", "suspended"}
    assert len(looks) == 4
    for mode in MODES:
        assert difference(mode.zero, mode.land) >= 5


def test_unknown_names_are_refused():
    with pytest.raises(UnknownCodeError, match="teal"):
        palette("rainbow")
    with pytest.raises(ArgumentError):
        palette("teal", 10)
    with pytest.raises(UnknownCodeError, match="light"):
        theme("sepia")


def test_a_diverging_palette_turns_at_zero():
    # three classes below zero, one above: the one above is as deep as the first below
    classes = classify([-30.0, -20.0, -10.0, 5.0], bounds=[-30, -20, -10, 0, 10])
    colours = class_colours(classes, "brown_teal")
    seven = palette("brown_teal", 7)
    assert colours == (*seven[:3], seven[4])
    across = classify([-30.0, 4.0, 25.0], bounds=[-30, -10, 10, 30])
    assert class_colours(across, "brown_teal") == palette("brown_teal", 3)
    positive = classify([1.0, 2.0, 3.0], bounds=[0, 1, 2, 3])
    assert class_colours(positive, "brown_teal") == palette("brown_teal", 3)
