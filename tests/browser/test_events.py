"""The page of events and its maps over a small store: a server of its own, as a store is a setting of the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bench.serving import serving
from geo.events import places, review
from geo.events.store import CONFIGURED_BY
from tests.browser import atlas_page as atlas
from tests.browser.conftest import HOST
from tests.browser.test_every_page import FRAMEWORK, axe, english_words, titles
from tests.geo.events.records import records, write_store

pytestmark = pytest.mark.browser

TALKS = "https://example.org/world/talks-on-fishing-in-murmansk"
ROWS = [
    *({"report_id": n, "event_id": str(n), "year": 2019 + n % 2, "link": f"{TALKS}-{n}"} for n in range(6)),
    {"report_id": 10, "year": 2020, "quad_class": 3, "root_code": "11", "code": "111"},
    {"report_id": 11, "year": 2020, "place": "Apatity"},
    {"report_id": 12, "year": 2020, "iso_3166_2": "RU-KR", "place": "Karelia", "actor2_country": "FI"},
    {"report_id": 13, "year": 2020, "iso_3166_2": None, "place": "Geneva", "place_country": "CH"},
]
# what records and their addresses say stays in their language
OF_RECORDS = (
    *("Murmansk", "Murmanskaya Oblast', Russia", "example.org", "fishing talks in murmansk"),
    *(f"talks on fishing in murmansk {n}" for n in range(6)),
)


@pytest.fixture(scope="module")
def with_events(atlas_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = write_store(tmp_path_factory.mktemp("events"), records(*ROWS), rejected=2)
    rule, enough = places.shipped().default, places.shipped().enough_checked
    said = [
        review.Saying(f"m{n}", "gdelt2", rule, "RU-KR", "Karelia", "", "right", "Ada", f"2026-{n:02d}")
        for n in range(enough)
    ]
    review.save(store, said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CONFIGURED_BY, str(store))
        with serving("app.py", atlas_copy) as server:
            yield f"http://{HOST}:{server.port}"


def test_a_click_on_a_year_shows_the_records_behind_it(new_page: Callable[..., Page], with_events: str) -> None:
    page = new_page()
    atlas.visit(page, f"{with_events}/events?country=NO")
    # ten records, two lines that are none; seven believed mentions of Murmansk, one place is too small
    expect(page.locator(".figures b")).to_have_text([str(len(ROWS)), "1", "7", "—"])
    expect(page.locator("h1")).to_contain_text("places not checked")
    assert axe(page.main_frame) == []
    bars = page.locator(".st-key-events_shares .bars path")
    expect(bars.first).to_be_visible()
    box = bars.nth(1).bounding_box()  # verbal cooperation in 2020
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    atlas.in_address(page, point="2020", side="cooperation")
    links = page.locator(f'a[href^="{TALKS}"]')
    expect(links).to_have_count(3)
    expect(links.first).to_have_attribute("target", "_blank")
    expect(links.first).to_contain_text("talks on fishing in murmansk")


def test_the_page_is_russian_with_records_too(new_page: Callable[..., Page], with_events: str) -> None:
    page = new_page()
    for view in ("reported", "places"):
        atlas.visit(page, f"{with_events}/events?lang=ru&country=NO&point=2020&view={view}")
        left = english_words(atlas.visible_text(page), (*FRAMEWORK, *titles(), *OF_RECORDS))
        assert not left, "\n".join(left)


def test_the_map_shows_what_nobody_checked_in_grey(new_page: Callable[..., Page], with_events: str) -> None:
    page = new_page()
    atlas.visit(page, f"{with_events}/?indicator=events_cooperation_share&year=2020&table=true")
    frame = page.frame_locator(atlas.MAP)
    atlas.point_at(page, "RU-MUR")
    expect(frame.locator(".card")).to_contain_text("not checked")
    atlas.point_at(page, "RU-KR")
    expect(frame.locator(".card strong")).to_have_text("Republic of Karelia")
    expect(frame.locator(".card")).not_to_contain_text("not checked")
    expect(frame.locator("#said")).to_contain_text("Subjects whose places are not checked: 1.")
    expect(page.locator(".legend tr", has_text="not checked")).to_contain_text("1")
    # of each value the table says how far its places can be trusted
    values = page.locator("[data-testid=stDataFrame] td")
    expect(values.filter(has_text="100 % right in 30 checked")).to_have_count(1)
    expect(values.filter(has_text="not checked")).to_have_count(1)
    assert axe(page.main_frame) == []
