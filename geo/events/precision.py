"""How far places of event records can be trusted: precision and recall of a place rule from checked mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

CONFIDENCE: Final = 0.95


@dataclass(frozen=True)
class Share:
    """A share with its Wilson interval of 95 per cent, all between 0 and 1.

    Parameters
    ----------
    right, checked
        What the share is counted from; those marked unclear are in neither.
    """

    value: float
    low: float
    high: float
    right: int
    checked: int


@dataclass(frozen=True)
class Quality:
    """What checks tell of the places of one subject, or of all, under one rule.

    Parameters
    ----------
    precision
        Share of right places among those kept; None while none is checked.
    recall
        Share of kept places among the right ones; None while kept or dropped places are unchecked, or none is right.
    unclear
        Mentions on which reviewers could not decide, or disagree.
    """

    precision: Share | None
    recall: Share | None
    unclear: int

    @property
    def checked(self) -> int:
        """Kept mentions with a clear verdict."""
        return self.precision.checked if self.precision else 0


def wilson(right: int, checked: int) -> Share:
    """Share with its score interval (E. B. Wilson, 1927, doi:10.1080/01621459.1927.10502953).

    Examples
    --------
    >>> share = wilson(90, 110)
    >>> round(share.value, 3), round(share.low, 3), round(share.high, 3)
    (0.818, 0.736, 0.879)
    """
    from statsmodels.stats.proportion import proportion_confint  # loads scipy, which the catalogue need not wait for

    low, high = proportion_confint(right, checked, alpha=1 - CONFIDENCE, method="wilson")
    return Share(right / checked, float(low), float(high), right, checked)


def quality(checked: pd.DataFrame, kept: int | None = None, dropped: int | None = None) -> Quality:
    """Precision and recall of a rule.

    Kept and dropped mentions are sampled apart, so recall weighs the two shares of right ones, p and q, by how many
    mentions there are: K p / (K p + D q). Its interval takes the ends of the two Wilson intervals that are worst and
    best for it, which is wider than 95 per cent. Operationalised by this project.

    Parameters
    ----------
    checked
        One row a mention that somebody looked at: ``verdict``, and the flag ``kept`` of the rule
        (:func:`geo.events.review.checked`).
    kept, dropped
        How many mentions the rule keeps and drops in all; recall needs both.
    """
    flags = checked["kept"].astype(bool)
    found = _share(checked.loc[flags, "verdict"])
    missed = _share(checked.loc[~flags, "verdict"])
    recall = None if kept is None or dropped is None else _recall(found, missed, kept, dropped)
    return Quality(found, recall, int((checked["verdict"] == "unclear").sum()))


def _share(verdict: pd.Series) -> Share | None:
    right, wrong = int((verdict == "right").sum()), int((verdict == "wrong").sum())
    return wilson(right, right + wrong) if right + wrong else None


def _recall(kept: Share | None, dropped: Share | None, k: int, d: int) -> Share | None:
    if kept is None or (dropped is None and d):
        return None
    missed = dropped or Share(0.0, 0.0, 0.0, 0, 0)

    def of(p: float, q: float) -> float:
        found = k * p
        return found / (found + d * q) if found + d * q else 0.0

    right = kept.right + missed.right
    if not right:
        return None
    return Share(of(kept.value, missed.value), of(kept.low, missed.high), of(kept.high, missed.low), kept.right, right)
