"""Names of points: where they stand, by hand."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ui.point_names import GAP_PX, Box, _places, sides


def test_a_lonely_name_stands_to_the_right():
    assert sides([(0, 0)], [5], ["Pskov"]) == ["middle right"]


def test_a_name_gives_way_to_a_point():
    # the second point lies where the first name would stand, and its own name where the first point is not
    assert sides([(0, 0), (20, 0)], [5, 5], ["Pskov", "Karelia"]) == ["middle left", "middle right"]


def test_a_name_without_a_place_is_left_out():
    ring = [(15.0, 0.0), (-15.0, 0.0), (0.0, 12.0), (0.0, -12.0)]
    assert sides([(0, 0), *ring], [3] * 5, ["Pskov", "", "", "", ""]) == [None] * 5


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=25))
def test_no_name_covers_a_name_or_a_point(points):
    names = [f"Subject {i}" for i in range(len(points))]
    boxes = {
        i: _places(*points[i], 4 + GAP_PX, names[i])[side]
        for i, side in enumerate(sides(points, [4] * len(points), names))
        if side
    }
    assert not any(one.meets(other) for one, other in combinations(boxes.values(), 2))
    for i, box in boxes.items():
        dots = [Box(x - 4, y - 4, x + 4, y + 4) for j, (x, y) in enumerate(points) if j != i]
        assert not any(box.meets(dot) for dot in dots)
