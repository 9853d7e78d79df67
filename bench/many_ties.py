"""Do 5,000 ties stay fluid? What a page computes when the reader brushes its years, on made-up ties.

``python -m bench.many_ties`` prints the median of several brushes and fails when one takes longer than 0.1 s;
to draw all of them over the whole map, once, may take 2 s.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from geo import ties
from geo.maps import LIGHT
from geo.maps.overlays import frame_km, layers
from geo.ties import Ties

TIES, BRUSHES, FELT_S, DRAWN_S = 5_000, 7, 0.1, 2.0


def made_up() -> Ties:
    """The real ties drawn again and again, each under an id of its own."""
    real = ties.load()
    frame = real.frame.sample(TIES, replace=True, random_state=1991, ignore_index=True)
    return Ties(frame.assign(tie_id=[f"{one}#{n}" for n, one in enumerate(frame["tie_id"])]), real.snapshot)


def median_s(brush: Callable[[int], object]) -> float:
    times = []
    for step in range(BRUSHES + 1):
        start = time.perf_counter()
        brush(2005 + step)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> int:
    many = made_up()
    found = {
        "years brushed": (median_s(lambda year: many.within(1991, year)), FELT_S),
        "counts by subject and kind": (median_s(lambda year: ties.counts(many.within(1991, year), "kind")), FELT_S),
        "openings and endings": (median_s(lambda _year: ties.openings_and_endings(many)), FELT_S),
        "matrix of subjects and countries": (median_s(lambda year: ties.matrix(many.within(1991, year))), FELT_S),
        "all of them over the whole map": (
            median_s(lambda year: layers(many, (1991, year), LIGHT, "en", frame_km())),
            DRAWN_S,
        ),
    }
    for name, (seconds, bar) in found.items():
        print(
            f"{name:<36} {1000 * seconds:>8.1f} ms  at most {1000 * bar:>6.0f}  {'ok' if seconds <= bar else 'MISSED'}"
        )
    return int(any(seconds > bar for seconds, bar in found.values()))


if __name__ == "__main__":
    sys.exit(main())
