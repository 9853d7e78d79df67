"""Addresses of reports: shown to the reader who may open them, never fetched by the atlas."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

LONGEST: Final = 2000
"""Characters of an address; longer ones are not shown as links."""

_NOT_IN_AN_ADDRESS: Final = re.compile(r"[\s\x00-\x1f\x7f\"'<>\\^`{|}\u200b-\u200f\u2028-\u202e]")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_BETWEEN: Final = re.compile(r"[-_+.\s]+")
_FILE: Final = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|amp|htm)$", re.IGNORECASE)


def safe(link: object) -> str | None:
    """Return an address that may stand in a page as a link, or None.

    Only ``http`` and ``https`` with a host are let through, without spaces, quotes, brackets, control characters and
    marks that turn the direction of writing; the atlas itself never opens it.

    Examples
    --------
    >>> safe("https://example.org/a-b")
    'https://example.org/a-b'
    >>> safe("javascript:alert(1)") is None
    True
    """
    if not isinstance(link, str) or not 0 < len(link) <= LONGEST or _NOT_IN_AN_ADDRESS.search(link):
        return None
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return None
    return link if parts.scheme in ("http", "https") and host and not parts.username else None


def host(link: str) -> str:
    """Return the host of an address without ``www.``."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


def title(link: str) -> str:
    """Title of a report as its address gives it: the words of the part of the path with most of them.

    Event data sets carry addresses, not titles, and addresses are never opened here.

    Examples
    --------
    >>> title("https://belsat.eu/en/news/10-years-of-belarus-participating-in-eastern-partnership-what-is-to-come/")
    '10 years of belarus participating in eastern partnership what is to come'
    """
    path = printable(unquote(urlsplit(link).path, errors="replace"))
    said = [_BETWEEN.sub(" ", _FILE.sub("", part)).strip() for part in path.split("/")]
    best = max(said, key=lambda part: len(_WORD.findall(part)), default="")
    return best if len(_WORD.findall(best)) > 1 else host(link)


def printable(text: str) -> str:
    """Leave out signs that move the cursor of a terminal or turn the direction of writing."""
    return "".join(sign for sign in text if sign.isprintable())
