"""Addresses of reports: which may be links, and what they tell."""

from __future__ import annotations

import pytest

from geo.events import links


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/a",
        "http://",
        "https://user:secret@example.org/",
        'https://example.org/"onmouseover="alert(1)',
        "https://example.org/<script>",
        "https://example.org/a b",
        "https://example.org/\njavascript:alert(1)",
        "https://example.org/\u202egpj.exe",
        "https://[::1",
        "https://example.org/" + "a" * 3000,
        "",
        None,
        7,
    ],
)
def test_what_is_no_plain_address_is_no_link(link: object) -> None:
    assert links.safe(link) is None


@pytest.mark.parametrize("link", ["http://example.org", "https://example.org/a?b=c&d=%20#e", "https://пример.рф/а"])
def test_plain_addresses_are_links(link: str) -> None:
    assert links.safe(link) == link


@pytest.mark.parametrize(
    ("link", "title"),
    [
        (
            "http://www.mmaweekly.com/islam-makhachev-cleared-in-testing-positive-for-meldonium-prior-to-ufc-on-fox-19",
            "islam makhachev cleared in testing positive for meldonium prior to ufc on fox 19",
        ),
        ("https://news.yahoo.com/planning-post-war-world-141034921.html", "planning post war world 141034921"),
        ("https://www.example.org/12345.html", "example.org"),
        ("https://example.org/red-%1b%5b31m-%e2%80%aeletters", "red [31m letters"),
        ("https://example.org/%3Cscript%3Ealert(1)%3C/script%3E-of-the-day", "script> of the day"),
    ],
)
def test_a_title_is_read_from_the_address(link: str, title: str) -> None:
    assert links.title(link) == title
