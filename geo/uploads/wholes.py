"""What tables of statistics hold beside units: the country, its districts, totals, and marks of footnotes."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from geo import units
from geo.facts.declared import read_yaml
from geo.units.spelling import fold

DECLARED = Path(__file__).resolve().parents[2] / "data" / "wholes.yml"
_MARKS = re.compile(r"\s*(?:(?<![(\d])\^?\d{1,2}(?:\s*[,;]\s*\d{1,2})*\s*\)|\^\d{1,2}|[*†‡]+|[¹²³⁰⁴-⁹]+⁾?)\s*$")
_WITHOUT = re.compile(r"\s*\(?\s*\b(?:без|excluding|excl\.?|without)\b.*", re.IGNORECASE)
_INCLUDED = re.compile(r"^\s*(?:в\s+том\s+числе|в\s*т\.?\s*ч\.?|of which|including)\s*:?\s*", re.IGNORECASE)


class Wholes(BaseModel):
    """Names of wholes; data/wholes.yml says what each list is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, str]
    country: list[str]
    totals: list[str]
    districts: list[str]
    districts_short: list[str]
    regions_of: list[str]
    regions: list[str]


@cache
def _declared() -> tuple[frozenset[str], frozenset[str]]:
    """Names of wholes, and words of totals, folded."""
    told = Wholes.model_validate(read_yaml(DECLARED))
    table = units.subjects()
    named = [*told.districts, *table["federal_district_ru"].unique(), *table["federal_district_en"].unique()]
    named += [name.replace("федеральный округ", "ФО") for name in named]
    named += [f"{name} {kind}" for name, kind in product(told.regions, told.regions_of)]
    wholes = frozenset(_folded(name.split()) for name in [*told.country, *told.districts_short, *named])
    return wholes, frozenset(map(fold, told.totals))


def _folded(words: list[str]) -> str:
    return fold("".join(words))


def is_whole(name: str) -> bool:
    """Whether a name is that of the country, a district or a region of several subjects, or of a total.

    Examples
    --------
    >>> [is_whole(name) for name in ("Российская Федерация", "ЦФО", "Итого по России", "в том числе:", "Тверь")]
    [True, True, True, True, False]
    """
    wholes, totals = _declared()
    words = re.findall(r"[^\W\d_]+", without_exception(plain(name)))
    rest = [word for word in words if fold(word) not in totals]
    return bool(words) and (not rest or _folded(rest) in wholes or _folded(words) in wholes)


def plain(name: str) -> str:
    """Name without the marks of footnotes behind it.

    Examples
    --------
    >>> [plain(name) for name in ("Псковская область1)", "Псковская область 1, 2)", "Псковская область*", "Тверь (1)")]
    ['Псковская область', 'Псковская область', 'Псковская область', 'Тверь (1)']
    """
    before = ""
    while name != before:
        before, name = name, _MARKS.sub("", name)
    return name


def included(name: str) -> str:
    """Name behind words such as "of which"; the name itself where there is nothing else."""
    return _INCLUDED.sub("", name) or name


def without_exception(name: str) -> str:
    """Name before words such as "without the autonomous okrug"; the same text where there are none."""
    return _WITHOUT.sub("", name)
