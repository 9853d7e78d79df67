"""Where the names of points stand in a chart, so that no name covers another name or a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

Side = Literal["middle right", "middle left", "top center", "bottom center"]

LETTER_PX: Final = 6.4
LINE_PX: Final = 13.0
"""Mean width of a letter and height of a line of names at 11 pixels."""
GAP_PX: Final = 3.0


class Box(NamedTuple):
    """Rectangle in pixels, y downward."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def sides(points: Sequence[tuple[float, float]], radii: Sequence[float], names: Sequence[str]) -> list[Side | None]:
    """Side of its point on which each name stands.

    Parameters
    ----------
    points
        x and y of each point in pixels, y downward; earlier ones choose first.
    radii
        Of the points, in pixels.
    names
        Empty where a point has none.

    Returns
    -------
    None where a point has no name, or where it finds no free place.
    """
    taken = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radii, strict=True)]
    chosen: list[Side | None] = []
    for own, ((x, y), r, name) in enumerate(zip(points, radii, names, strict=True)):
        free = None
        for side, box in _places(x, y, r + GAP_PX, name).items() if name else ():
            if not any(box.meets(other) for i, other in enumerate(taken) if i != own):
                free = side
                taken.append(box)
                break
        chosen.append(free)
    return chosen


def _places(x: float, y: float, away: float, name: str) -> dict[Side, Box]:
    width, half = len(name) * LETTER_PX, LINE_PX / 2
    return {
        "middle right": Box(x + away, y - half, x + away + width, y + half),
        "middle left": Box(x - away - width, y - half, x - away, y + half),
        "top center": Box(x - width / 2, y - away - LINE_PX, x + width / 2, y - away),
        "bottom center": Box(x - width / 2, y + away, x + width / 2, y + away + LINE_PX),
    }
