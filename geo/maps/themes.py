"""Colours of the page and the map in light and dark, and the looks of the four kinds of nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from geo.errors import UnknownCodeError

ThemeName = Literal["light", "dark"]
PatternName = Literal["hatch", "bars", "weave"]
Nothing = Literal["zero", "no_data", "not_applicable", "suspended"]


@dataclass(frozen=True)
class Theme:
    """Colours of one mode.

    Attributes
    ----------
    paper, card
        Ground of the page and of what lies on it.
    ink, soft
        Text, and text of lesser rank.
    line
        Rules and borders of the page.
    sea, land, land_line
        Ground of the map: water, countries and subjects that carry no value, their outlines.
    country_line
        Borders of states, drawn stronger than those of foreign regions.
    subject_line
        Outline of a subject that carries a value.
    accent
        The one colour that calls.
    hatch
        Strokes of patterns on `land`.
    zero
        Subjects of which it is known that there is nothing.
    unchecked
        Subjects whose value rests on places that nobody has checked.
    """

    name: ThemeName
    paper: str
    card: str
    ink: str
    soft: str
    line: str
    sea: str
    land: str
    land_line: str
    country_line: str
    subject_line: str
    accent: str
    hatch: str
    zero: str
    unchecked: str

    @property
    def dark(self) -> bool:
        """Whether high values must be light."""
        return self.name == "dark"

    @property
    def swatch_line(self) -> str:
        """Outline of a class in a legend: it parts a pale class from the paper; on the map neighbours part classes."""
        return self.hatch if self.dark else self.subject_line

    def colours(self) -> dict[str, str]:
        """Colours by name, for style sheets and scripts."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "name"}


LIGHT = Theme(
    name="light",
    paper="#fbf9f4",
    card="#fffdf8",
    ink="#1f2a30",
    soft="#5d6871",
    line="#e3ddd0",
    sea="#e6edf2",
    land="#f3efe6",
    land_line="#d9d2c3",
    country_line="#bdb3a0",
    subject_line="#5f7378",
    accent="#b4532a",
    hatch="#918672",
    zero="#ffffff",
    unchecked="#c3c5c5",
)
DARK = Theme(
    name="dark",
    paper="#14191c",
    card="#1a2125",
    ink="#e9e5da",
    soft="#a3adb2",
    line="#2b3439",
    sea="#182126",
    land="#20292d",
    land_line="#36424a",
    country_line="#52616a",
    subject_line="#0f1619",
    accent="#e0895c",
    hatch="#7f8a8c",
    zero="#0c1012",
    unchecked="#4d5659",
)
THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}


def theme(name: str) -> Theme:
    """Theme by its name.

    Raises
    ------
    UnknownCodeError
        If there is none of that name.
    """
    for known in THEMES.values():
        if known.name == name:
            return known
    raise UnknownCodeError("theme", name, list(THEMES))


@dataclass(frozen=True)
class Pattern:
    """Parallel strokes over a fill.

    Attributes
    ----------
    angles
        Direction of each set of strokes in degrees, counter-clockwise from the x axis.
    spacing, width
        Distance and width of strokes in CSS pixels (1/96 inch).
    """

    angles: tuple[float, ...]
    spacing: float
    width: float


PATTERNS: dict[PatternName, Pattern] = {
    "hatch": Pattern(angles=(45.0,), spacing=6.0, width=1.3),
    "bars": Pattern(angles=(90.0,), spacing=4.5, width=1.6),
    "weave": Pattern(angles=(45.0, 135.0), spacing=5.0, width=0.8),
}


@dataclass(frozen=True)
class Style:
    """Look of an area, in names of :class:`Theme` colours.

    Attributes
    ----------
    fill, stroke, ink
        Names of theme colours for the area, its outline and its pattern.
    pattern
        Key of `PATTERNS`, or ``None`` for a plain area.
    dash
        Dashes of the outline in CSS pixels, as in SVG; empty for a solid line.
    """

    fill: str
    stroke: str = "subject_line"
    pattern: PatternName | None = None
    ink: str = "hatch"
    dash: str = ""


NOTHING_STYLE: dict[Nothing, Style] = {
    "zero": Style(fill="zero", stroke="hatch"),
    "no_data": Style(fill="land", stroke="hatch", pattern="hatch"),
    "not_applicable": Style(fill="land", stroke="hatch", dash="3 3"),
    "suspended": Style(fill="card", pattern="bars", ink="accent"),
}
UNCHECKED_STYLE = Style(fill="unchecked")
"""A value that is there but rests on places that nobody has checked: no kind of nothing, and no class either."""
GROUND_STYLE = Style(fill="land", stroke="land_line")
"""A subject outside the scope of the map."""
CONTESTED_STYLE = Style(fill="land", stroke="hatch", pattern="weave", dash="4 3")
"""A territory whose status is disputed: never coloured."""
