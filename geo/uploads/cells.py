"""What a cell says: a number in any usual writing, a kind of nothing, or a text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:  # the catalogue of indicators is not loaded for the sake of a name
    from geo.indicators.join import Status

Mark = Literal[".", ","]
Dash = Literal["no_data", "zero", "not_applicable"]
DASHES: tuple[Dash, ...] = get_args(Dash)
"""What a dash may mean: offices of statistics use it for each of these."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | {"\u2212": "-", "\u2019": "'"})
_NUMBER = re.compile(r"([+-]?)\s*(\d[\d '.,]*|[.,]\d+)([eE][+-]?\d{1,4})?\s*%?")
_ONE_MARK = re.compile(r"(\d[\d ']*)?([.,])(\d*)")
_ROUND_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
DASHED = frozenset("-–—‒")
NOT_FINITE = re.compile(r"[+-]?(nan|inf(inity)?|∞)|#[\w/!?]+[!?]?", re.IGNORECASE)
"""Infinities, "not a number", and what spreadsheets put where a formula failed (#DIV/0!, #Н/Д)."""

WORDS: dict[str, Status] = {
    **dict.fromkeys(
        ("", "…", "...", "..", "n/a", "na", "n.a.", "no data", "no_data", "н/д", "н.д.", "нет данных", "данных нет"),
        "no_data",
    ),
    **dict.fromkeys(
        ("x", "х", "not applicable", "not_applicable", "не применимо", "неприменимо"),
        "not_applicable",
    ),
    **dict.fromkeys(("suspended", "приостановлено"), "suspended"),
    **dict.fromkeys(("zero", "ноль", "нуль"), "zero"),
}


def number(text: str, decimal: Mark = ".") -> float | None:
    """Read a number as English or Russian tables write it; None for what is no number.

    Spaces and apostrophes group digits by three, as the other mark does. A single mark before three digits may be
    either ("1,234"); only then `decimal` decides.

    Examples
    --------
    >>> number("1 234,5"), number("1,234.5"), number("−0,5 %")
    (1234.5, 1234.5, -0.5)
    >>> number("1,234", "."), number("1,234", ",")
    (1234.0, 1.234)
    """
    found = _NUMBER.fullmatch(text.translate(_SPACES).strip())
    if not found:
        return None
    sign, body, power = found.groups()
    plain = _plain(body.rstrip(), decimal)
    if plain is None:
        return None
    value = float(f"{sign}{plain}{power or ''}")
    return value if math.isfinite(value) else None


def _plain(body: str, decimal: Mark) -> str | None:
    """Digits with a point, without groups; None if the groups are not of three digits."""
    last = max(body.rfind("."), body.rfind(","))
    if last < 0:
        return _ungrouped(body, " '")
    mark = body[last]
    other = "," if mark == "." else "."
    if body.count(mark) > 1 or (_ROUND_GROUP.fullmatch(body) and mark != decimal):
        return _ungrouped(body, mark) if other not in body else None
    whole = _ungrouped(body[:last], " '" + other) if last else "0"
    fraction = body[last + 1 :]
    return f"{whole}.{fraction}" if whole is not None and (fraction.isdecimal() or not fraction) else None


def _ungrouped(digits: str, marks: str) -> str | None:
    used = {character for character in digits if not character.isdecimal()}
    if not used:
        return digits
    if len(used) > 1 or not used <= set(marks):
        return None
    first, *groups = digits.split(used.pop())
    fits = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    return first + "".join(groups) if fits else None


def nothing(text: str, dash: Dash = "no_data") -> Status | None:
    """Kind of nothing that a cell says in words or by a sign; None where it says something else."""
    plain = text.strip().casefold()
    return dash if plain in DASHED else WORDS.get(plain)


def decimal_mark(cells: Iterable[str], otherwise: Mark) -> Mark:
    """Mark of the decimals in a table: the one that more cells use beyond doubt."""
    counts = {".": 0, ",": 0}
    for cell in cells:
        found = _ONE_MARK.fullmatch(cell.translate(_SPACES).strip())
        if found and not _ROUND_GROUP.fullmatch(cell.strip()) and found[3]:
            counts[found[2]] += 1
    if counts["."] == counts[","]:
        return otherwise
    return "." if counts["."] > counts[","] else ","
