"""Kinds of columns: what a cell of each kind may hold, in the terms of Frictionless Table Schema.

A column names its kind in ``data/tables.yml``; the descriptor repeats it, so that :mod:`geo.facts.check`
knows more than the type: that a code is a subject, that a list lists sources.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from babel import Locale

SUBJECT: Final = r"RU-[A-Z]{2,3}"
UNIT: Final = r"[A-Z]{2}-[A-Z0-9]{1,3}"
COUNTRY: Final = r"[A-Z]{2}"
NO_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two-letter territories of the CLDR that are unions, outlying oceans, test locales or nothing known."""


@cache
def known_countries() -> frozenset[str]:
    """Two-letter codes of countries (Unicode CLDR: ISO 3166-1 with the codes it reserves, and Kosovo)."""
    return frozenset(code for code in Locale("en").territories if re.fullmatch(COUNTRY, code)) - NO_COUNTRIES


def _text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "constraints": {"pattern": pattern}}


def _list(pattern: str) -> dict[str, Any]:
    return _text(f"{pattern}(;{pattern})*")


def _number(kind: str, low: float | None, high: float | None = None) -> dict[str, Any]:
    limits = {"minimum": low, "maximum": high}
    return {"type": kind, "constraints": {k: v for k, v in limits.items() if v is not None}}


KINDS: Final[dict[str, dict[str, Any]]] = {
    "subject": _text(SUBJECT),
    "subjects": _list(SUBJECT),
    "unit": _text(UNIT),
    "region": _text(r"(?!RU-)" + UNIT),
    "country": _text(COUNTRY),
    "countries": _list(COUNTRY),
    "sources": _list(r"[a-z]+:[A-Za-z0-9_]+"),
    "confidence": {"type": "string", "constraints": {"enum": ["high", "medium", "low"]}},
    "code": {"type": "string", "constraints": {}},
    "text": {"type": "string", "constraints": {}},
    "date": _text(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "month": _text(r"\d{4}-\d{2}"),
    "year": _number("integer", 1850, 2100),
    "flag": {"type": "integer", "constraints": {"enum": [0, 1]}},
    "count": _number("integer", 0),
    "number": _number("number", None),
    "amount": _number("number", 0),
    "share_pct": _number("number", 0, 100),
    "unit_interval": _number("number", 0, 1),
    "lat": _number("number", -90, 90),
    "lon": _number("number", -180, 180),
}
