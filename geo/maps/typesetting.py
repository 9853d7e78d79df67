"""Fonts and lines of text on a figure, measured so that Russian and English both fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

Face = Literal["serif", "sans"]
Weight = Literal["normal", "bold"]

# both families of DejaVu come with matplotlib and have Cyrillic
_FAMILIES: dict[Face, tuple[str, ...]] = {
    "serif": ("Noto Serif", "PT Serif", "DejaVu Serif"),
    "sans": ("Noto Sans", "PT Sans", "DejaVu Sans"),
}


@cache
def _families(face: Face) -> list[str]:
    """Installed families, best first; a letter that one lacks is taken from the next."""
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return [family for family in _FAMILIES[face] if family in installed]


def font(face: Face, size: float, weight: Weight = "normal", *, italic: bool = False) -> FontProperties:
    """Font with Cyrillic: Noto or PT where installed, else the DejaVu that matplotlib brings.

    Parameters
    ----------
    size
        In points.
    """
    return FontProperties(
        family=_families(face),
        size=size,
        weight=weight,
        style="italic" if italic else "normal",
    )


def width(text: str, properties: FontProperties) -> float:
    """Width of one line in points: the sum of the advances of its letters."""
    files = _files(properties)
    return properties.get_size_in_points() * sum(_advance(files, letter) for letter in text)


@cache
def _files(properties: FontProperties) -> tuple[str, ...]:
    files = []
    for family in properties.get_family():
        single = properties.copy()
        single.set_family(family)
        files.append(font_manager.findfont(single))
    return tuple(files)


@cache
def _face(file: str) -> FT2Font:
    face = FT2Font(file)
    face.set_size(1000, 72)
    return face


@cache
def _advance(files: tuple[str, ...], letter: str) -> float:
    """Advance of a letter at size 1, in the first of the fonts that has it."""
    faces = [_face(file) for file in files]
    face = next((face for face in faces if face.get_char_index(ord(letter))), None)
    if face is None:
        return 1.0
    # a 16.16 fixed-point number of FreeType
    return face.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 1000


def wrapped(text: str, properties: FontProperties, measure: float, first: float = 0.0) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    measure
        Length of a line in points.
    first
        What a lead already takes of the first line, in points.
    """
    lines: list[str] = []
    line, room = "", measure - first
    for word in text.split(" "):
        longer = f"{line} {word}".strip() if line else word
        if line and width(longer, properties) > room:
            lines.append(line)
            line, room = word, measure
        else:
            line = longer
    return [*lines, line]


def broken(text: str, properties: FontProperties, measure: float) -> list[str]:
    """Break a text wherever a line is full, as in an address, which has no spaces."""
    lines = [""]
    for letter in text:
        if width(lines[-1] + letter, properties) > measure:
            lines.append("")
        lines[-1] += letter
    return lines


def shortened(text: str, properties: FontProperties, measure: float) -> str:
    """Text cut to a length in points, with an ellipsis where something is lost."""
    if width(text, properties) <= measure:
        return text
    cut = len(text)
    while cut > 1 and width(text[:cut].rstrip() + "…", properties) > measure:
        cut -= 1
    return text[:cut].rstrip() + "…"


def largest_that_fits(text: str, face: Face, sizes: Sequence[float], measure: float, lines: int) -> FontProperties:
    """Bold font in the first of falling sizes in which a title takes no more than `lines`."""
    for size in sizes:
        properties = font(face, size, "bold")
        if len(wrapped(text, properties, measure)) <= lines:
            return properties
    return font(face, sizes[-1], "bold")


def largest_that_breaks(text: str, sizes: Sequence[float], measure: float, lines: int) -> FontProperties:
    """Font in the first of falling sizes in which a text, broken anywhere, takes no more than `lines`."""
    for size in sizes:
        properties = font("sans", size)
        if len(broken(text, properties, measure)) <= lines:
            return properties
    return font("sans", sizes[-1])
