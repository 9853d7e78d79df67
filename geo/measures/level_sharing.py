"""Changed rules of levels in the address of a page, as ``high.partners-12~medium.needs-50``; read strictly."""

from __future__ import annotations

import re
from functools import lru_cache

from geo import ties
from geo.errors import ArgumentError
from geo.i18n import Message
from geo.measures.levels import Levels, LevelsRecipe, levels, shipped, with_thresholds

LARGEST = 999
"""Thresholds of an address are whole numbers from 0 to this."""
NEEDS = "needs"
"""Stands for the share of rules that a class needs, in per cent from 1 to 100."""

_CHANGE = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)-(0|[1-9][0-9]{0,2})", re.ASCII)


def written(recipe: LevelsRecipe, changed: LevelsRecipe) -> str:
    """Write in what the rules differ from the recipe; empty when in nothing."""
    parts = []
    for before, after in zip(recipe.classes, changed.classes, strict=True):
        parts += [
            f"{after.id}.{name}-{value:g}"
            for name, value in after.thresholds.items()
            if value != before.thresholds[name]
        ]
        if after.needs != before.needs:
            parts.append(f"{after.id}.{NEEDS}-{round(100 * after.needs)}")
    return "~".join(parts)


def changed(recipe: LevelsRecipe, level: str, name: str, value: int) -> LevelsRecipe:
    """Change one threshold of a class, or with ``needs`` its share of rules in per cent.

    Raises
    ------
    ArgumentError
        If the changed rules contradict each other.
    """
    if name == NEEDS:
        return with_thresholds(recipe, {}, {level: value / 100})
    return with_thresholds(recipe, {level: {name: float(value)}})


def read(recipe: LevelsRecipe, text: str) -> LevelsRecipe:
    """Give the recipe the rules that :func:`written` wrote.

    Raises
    ------
    ArgumentError
        If a part does not name a class, a measure and a number, stands twice, or the rules contradict each other.
    """
    thresholds: dict[str, dict[str, float]] = {}
    needs: dict[str, float] = {}
    known = {c.id for c in recipe.classes}
    measures = {m.id for m in recipe.measures}
    for part in text.split("~") if text else []:
        match = _CHANGE.fullmatch(part)
        level, name, value = match.groups() if match else ("", "", "0")
        own = thresholds.setdefault(level, {})
        share = name == NEEDS and 1 <= int(value) <= 100 and level not in needs
        if level not in known or not (share or (name in measures and name not in own)):
            pattern = "{part!r} is no rule; write a class, a point, a measure, a hyphen and a whole number"
            raise ArgumentError(Message(pattern, part=part[:60]))
        if share:
            needs[level] = int(value) / 100
        else:
            own[name] = float(value)
    return with_thresholds(recipe, thresholds, needs)


@lru_cache(maxsize=64)
def classed(rules: str) -> Levels:
    """Classes under the rules of an address, for all who ask for the same ones."""
    return levels(read(shipped(), rules), ties.load())
