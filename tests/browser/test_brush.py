"""A brush over the timeline of ties: map and table answer in the browser, and the server then says the same."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo import ties
from tests.browser import atlas_page as atlas

pytestmark = pytest.mark.browser

TABLE = ".ties-table"
DRAWN = "({ scales: limitrophe.state.ties.scales, outlines: limitrophe.state.ties.outlines })"
YEARS = "wanted => document.documentElement.dataset.years === wanted"


def drag(page: Page, chart: str, first: int, last: int) -> None:
    """Press on a year of a timeline and move to another; the button stays down."""
    area = page.locator(f".st-key-{chart} .nsewdrag").first
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    low, high = 1991 - 0.6, ties.load().snapshot + 0.6
    left, right = (box["x"] + box["width"] * (year - low) / (high - low) for year in (first - 0.2, last + 0.2))
    page.mouse.move(left, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(right, box["y"] + box["height"] / 2, steps=6)


def partners(page: Page) -> set[str]:
    heads = page.locator(f"{TABLE} th").all_inner_texts()
    return set(page.locator(f"{TABLE} tbody td:nth-child({heads.index('Partner') + 1})").all_inner_texts())


@pytest.mark.parametrize("country", ["FI", "NO", "CN"])
def test_the_map_gathers_the_ties_of_a_brush_as_the_server_does(page: Page, address: str, country: str) -> None:
    atlas.visit(page, f"{address}/border?country={country}")
    frame = atlas.map_frame(page)
    drag(page, "border_timeline", 2000, 2016)
    frame.wait_for_function(YEARS, arg="2000-2016", polling="raf")
    expect(page.locator(f"{TABLE} h2")).to_have_text("Ties, 2000–2016")
    assert "from" not in atlas.choices(page)  # the server has not been asked yet
    shown: Any = frame.evaluate(DRAWN)
    page.mouse.up()
    atlas.in_address(page, **{"from": "2000", "to": "2016"})
    page.locator(atlas.READY).wait_for()
    frame.wait_for_function(YEARS, arg="2000-2016", polling="raf")
    assert frame.evaluate(DRAWN) == shown


def test_a_brush_narrows_the_table_to_ties_of_its_years(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/border?country=NO")
    assert "Kolarctic CBC" in partners(page)
    drag(page, "border_timeline", 1996, 1999)
    expect(page.locator(f"{TABLE} h2")).to_have_text("Ties, 1996–1999")
    # the programme of 2014-2020 was not there yet; Tromsø is a twin town of Murmansk since 1972
    early = partners(page)
    assert "Kolarctic CBC" not in early
    assert "Tromsø" in early
    page.mouse.up()


def test_two_maps_follow_one_brush(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/region?region=RU-MUR&compare=RU-KR")
    drag(page, "timeline0", 1995, 2005)
    for number in (0, 1):
        frame = page.locator(f".st-key-ties{number}_frame iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function(YEARS, arg="1995-2005", polling="raf")
    page.mouse.up()


def test_the_table_is_sorted_and_searched(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/border?country=NO&kind=twin_town")
    head = page.get_by_role("button", name="Opened", exact=True)
    column = page.locator(f"{TABLE} th").all_inner_texts().index("Opened") + 1
    years = page.locator(f"{TABLE} tbody td:nth-child({column})")
    head.click()
    rising = [int(year) for year in years.all_inner_texts() if year]
    assert rising == sorted(rising)
    assert rising[0] == 1972  # Murmansk and Tromsø
    head.click()
    assert [int(year) for year in years.all_inner_texts() if year] == rising[::-1]
    assert years.last.inner_text() == "" or len(rising) == years.count()  # what is unknown stands last either way
    page.get_by_placeholder("Find in the table").fill("tromsø")
    expect(page.locator(f"{TABLE} tbody tr")).to_have_count(1)
    expect(page.locator(f"{TABLE} [role=status]")).to_contain_text("1 of")
    link = page.locator(f"{TABLE} tbody a").first
    assert "sources?lang=en&source=" in str(link.get_attribute("href"))
