"""Looks of ties on the map: a shape for what it is, a fill for how it stands, so that no look rests on colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.maps.themes import Theme

LINES = ("twin_town", "sister_region")
AREAS = ("euroregion", "cbc_programme")
POINTS = ("crossing", "consulate", "joint_project", "capital")
"""Kinds by how they are drawn; a kind that is none of these is only listed."""

SIZE = 16
"""Side in pixels of the square that shapes are drawn in."""

SHAPES = {
    "circle": "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
    "square": "M2.5 2.5h11v11h-11z",
    "triangle": "M8 1.5l6.6 12H1.4z",
    "wedge": "M8 14.5l-6.6-12h13.2z",
    "diamond": "M8 1l7 7-7 7-7-7z",
    "bar": "M5.2 1.5h5.6v13H5.2z",
    "hexagon": "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
    "flag": "M3 1.5h11l-3 4 3 4H5V15H3z",
    "star": "M8 .8l2.1 4.7 5.1.5-3.8 3.4 1.1 5L8 11.8 3.5 14.4l1.1-5L.8 6l5.1-.5z",
    "cap": "M8 1.2l6.8 5v8.6H1.2V6.2z",
}
CROSS = "M4.5 4.5l7 7m0-7l-7 7"

MODE_SHAPE = {
    "road": "circle",
    "pedestrian": "bar",
    "rail": "square",
    "air": "triangle",
    "sea": "diamond",
    "river": "wedge",
    "mixed": "hexagon",
}
KIND_SHAPE = {"consulate": "flag", "joint_project": "star", "capital": "cap"}

KIND_SHIFT = {"consulate": (9, -9), "joint_project": (-9, -9), "capital": (0, 9)}

# Tones that keep apart from each other and from the palettes of areas, in light and in dark.
KIND_COLOUR = {
    "crossing": ("#3b3f8f", "#b3b8ff"),
    "consulate": ("#2f6b3c", "#8fd6a0"),
    "joint_project": ("#8a3b7a", "#e6a3d8"),
    "twin_town": ("#b4532a", "#e0895c"),
    "sister_region": ("#275d9c", "#8dbcf0"),
    "euroregion": ("#6a3fa0", "#c5a6f2"),
    "cbc_programme": ("#8a6414", "#e3bd62"),
    "capital": ("#1f2a30", "#e9e5da"),
}


@dataclass(frozen=True)
class Look:
    """One look, as SVG says it.

    Attributes
    ----------
    path
        Outline of a symbol in a square of :data:`SIZE` pixels; empty for lines and areas.
    shift
        Pixels to the right and down, so that kinds that share a place do not cover each other.
    """

    path: str
    fill: str
    stroke: str
    width: float
    dash: str = ""
    opacity: float = 1.0
    crossed: bool = False
    shift: tuple[int, int] = (0, 0)

    def told(self) -> dict[str, Any]:
        """Fields that the script of the map needs."""
        said: dict[str, Any] = {"d": self.path, "fill": self.fill, "stroke": self.stroke, "width": self.width}
        more: dict[str, Any] = {
            "dash": self.dash,
            "opacity": self.opacity if self.opacity < 1 else 0,
            "crossed": self.crossed,
        }
        more |= {"shift": list(self.shift) if any(self.shift) else None}
        return {**said, **{key: value for key, value in more.items() if value}}


def colour(kind: str, theme: Theme) -> str:
    """Colour of a kind of ties."""
    return KIND_COLOUR[kind][theme.dark]


def symbol(kind: str, status: str, theme: Theme, form: str | None = None) -> Look:
    """Look of a tie that stands at a point: full if active, hollow if suspended, crossed if ended, pale if unknown."""
    path = SHAPES[MODE_SHAPE.get(form or "", "circle") if kind == "crossing" else KIND_SHAPE[kind]]
    tone, shift = colour(kind, theme), KIND_SHIFT.get(kind, (0, 0))
    if status == "suspended":
        return Look(path, theme.card, tone, 2.0, shift=shift)
    if status == "ended":
        return Look(path, theme.card, theme.soft, 1.2, crossed=True, shift=shift)
    if status == "unknown":
        return Look(path, tone, theme.card, 1.0, opacity=0.55, shift=shift)
    return Look(path, tone, theme.card, 1.0, shift=shift)


def line(kind: str, status: str, theme: Theme) -> Look:
    """Look of a tie that joins two places: drawn through if active, broken if suspended, dotted if ended."""
    tone = colour(kind, theme)
    if status == "suspended":
        return Look("", "none", tone, 1.2, dash="6 4", opacity=0.85)
    if status == "ended":
        return Look("", "none", theme.soft, 1.2, dash="1.5 4", opacity=0.9)
    return Look("", "none", tone, 1.2, opacity=0.35 if status == "unknown" else 0.85)


def outline(kind: str, status: str, theme: Theme) -> Look:
    """Look of the area of a euroregion or programme."""
    dash = {"suspended": "7 4", "ended": "1.5 5"}.get(status, "")
    opacity = 0.5 if status == "unknown" else 1.0
    return Look("", "none", colour(kind, theme), 2.2 if kind == "euroregion" else 1.4, dash=dash, opacity=opacity)


class Looks:
    """Looks in use, each told once; drawing refers to them by number."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.used: dict[Look, int] = {}

    def number(self, look: Look) -> int:
        """Number of a look; a new one gets the next."""
        return self.used.setdefault(look, len(self.used))

    def of(self, kind: str, state: str, form: str | None = None) -> int:
        """Look of a tie, or of several in the same state; `form` where all have the same."""
        if kind in LINES:
            return self.number(line(kind, state, self.theme))
        if kind in AREAS:
            return self.number(outline(kind, state, self.theme))
        return self.number(symbol(kind, state, self.theme, form))

    @property
    def edge(self) -> int:
        """Look of partners beyond the frame."""
        return self.number(Look("", self.theme.card, self.theme.soft, 1.0))

    def told(self) -> list[dict[str, Any]]:
        """Looks in the order of their numbers, for the script of the map."""
        return [look.told() for look in self.used]


def svg(look: Look) -> str:
    """Draw a look as a small picture for a legend."""
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    paint = f'fill="{look.fill}" stroke="{look.stroke}" stroke-width="{look.width}" opacity="{look.opacity}"{dash}'
    if look.path:
        width, body = SIZE, f'<path d="{look.path}" {paint}/>'
    else:
        width, body = 28, f'<path d="M1 8h26" {paint}/>'
    cross = f'<path d="{CROSS}" stroke="{look.stroke}" stroke-width="1.4"/>' if look.crossed else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{SIZE}">{body}{cross}</svg>'
