"""Intervals against published values; precision and recall against sums done by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.events import precision


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    [
        # R. G. Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
        # 857-872, table I, method 3 (score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_those_published(right: int, checked: int, low: float, high: float) -> None:
    share = precision.wilson(right, checked)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def checked(**verdicts: str) -> pd.DataFrame:
    """Checked mentions; those whose name begins with k are kept by the rule."""
    index = list(verdicts)
    return pd.DataFrame({"kept": [name[0] == "k" for name in index], "verdict": list(verdicts.values())}, index=index)


def test_precision_counts_the_kept_and_leaves_the_unclear_aside() -> None:
    found = precision.quality(checked(k0="right", k1="right", k2="wrong", k3="unclear", d0="wrong"), 6, 4)
    assert found.precision is not None
    assert (found.precision.right, found.precision.checked) == (2, 3)
    assert found.unclear == 1
    assert found.recall is not None
    assert found.recall.value == 1  # no dropped one was right


def test_recall_weighs_kept_and_dropped_by_how_many_there_are() -> None:
    """Of 10 kept half are right, of 90 dropped one in ten: 5 of 5 + 9 right ones are kept."""
    verdicts = {f"k{n}": "right" if n < 2 else "wrong" for n in range(4)}
    verdicts |= {f"d{n}": "right" if n < 1 else "wrong" for n in range(10)}
    recall = precision.quality(checked(**verdicts), 10, 90).recall
    assert recall is not None
    assert recall.value == pytest.approx(5 / 14)
    assert recall.low < recall.value < recall.high


def test_nothing_is_said_while_nothing_is_checked() -> None:
    found = precision.quality(checked(), 3, 3)
    assert (found.precision, found.recall, found.checked) == (None, None, 0)
    assert precision.quality(checked(k0="right"), 3, 3).recall is None  # no dropped one was looked at
    assert precision.quality(checked(k0="right", d0="right")).recall is None  # how many there are is not known
    whole = precision.quality(checked(k0="right"), 3, 0).recall
    assert whole is not None
    assert whole.value == 1  # nothing is dropped, so nothing is lost
