"""The address of a page: a public contract, and the place where strangers may write what they like."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser import atlas_page as atlas

pytestmark = pytest.mark.browser

ATTACK = '"><img src=x onerror=broken=1><script>broken=1</script>'


def picked(page: Page, key: str) -> str:
    """What a select box shows."""
    return page.locator(f".st-key-{key} input[role=combobox]").input_value()


def test_back_returns_to_the_indicator_before(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    first, before = picked(page, "indicator"), atlas.painted(page)
    atlas.choose(page, "indicator", "GRP per inhabitant")
    atlas.painted(page, before)
    atlas.in_address(page, indicator="grp_per_capita")
    page.go_back()
    atlas.in_address(page, indicator=None)
    atlas.painted_as(page, before)
    expect(page.locator(".st-key-indicator input[role=combobox]")).to_have_value(first)


def test_a_pasted_link_gives_the_same_choices(new_page: Callable[..., Page], address: str) -> None:
    link = f"{address}/?" + urlencode(
        {
            "indicator": "unemployment_rate",
            "year": "2010",
            "scope": "all",
            "scheme": "equal_interval",
            "k": "4",
            "region": "RU-PSK",
            "lang": "ru",
        }
    )
    stamps, addresses = set(), []
    for _reader in range(2):
        page = new_page()
        atlas.visit(page, link)
        assert picked(page, "indicator").endswith("Безработица")
        assert picked(page, "scope") == "Все субъекты"
        expect(page.locator(".st-key-year [data-testid=stSliderThumbValue]")).to_have_text("2010")
        expect(page.locator(".st-key-place")).to_contain_text("Псковская область")
        stamps.add(atlas.painted(page))
        addresses.append(atlas.choices(page))
        link = page.url  # the second reader gets the address that the first one sees
    assert len(stamps) == 1
    assert addresses[0] == addresses[1]


def test_a_region_may_be_the_first_page_of_a_fresh_server(fresh_address: str, page: Page) -> None:
    atlas.visit(page, f"{fresh_address}/region?region=RU-KGD&lang=ru")
    expect(page.locator("h1", has_text="Калининградская область")).to_be_visible()
    expect(page.locator("[data-testid=stTopNavLink]")).not_to_have_count(0)
    expect(page.locator(".st-key-lang")).to_be_visible()


def test_the_language_goes_along_from_page_to_page(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?lang=ru")
    page.locator("[data-testid=stTopNavLink]", has_text="Источники").click()
    page.wait_for_url(re.compile("/sources"))
    expect(page.locator("h1", has_text="Источники")).to_be_visible()
    atlas.in_address(page, lang="ru")


@pytest.mark.parametrize("name", atlas.addresses())
def test_a_script_in_the_address_is_text(page: Page, address: str, name: str) -> None:
    asked = dict.fromkeys(atlas.parameters(), ATTACK)
    atlas.visit(page, f"{address}{atlas.addresses()[name]}?{urlencode(asked)}")
    complaints = page.get_by_text(re.compile("The address asks for .* which is not known; the default is shown"))
    expect(complaints.first).to_be_visible()
    for said in complaints.all_inner_texts():
        refused = said.split(" = ")[0].split()[-1]
        assert refused in asked
        atlas.in_address(page, **{refused: "en" if refused == "lang" else None})
    for frame in page.frames:
        assert frame.evaluate("window.broken === undefined")
        assert frame.locator("img[src=x]").count() == 0
        assert "broken=1" not in frame.locator("script").all_text_contents()
    assert page.locator("[data-testid=stException]").count() == 0
