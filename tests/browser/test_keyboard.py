"""The atlas by keyboard alone, and a map for those who do not see it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser import atlas_page as atlas

pytestmark = pytest.mark.browser

SERIES = "indicator=grp_per_capita&year=2021"
# what the keyboard is in, also within the frame of the map
FOCUS = """() => {
  let at = document.activeElement;
  if (at.tagName === 'IFRAME') at = at.contentDocument.activeElement;
  return at.id || at.textContent.trim();
}"""
OUTLINED = (
    "id => limitrophe.state.subjects[id].every(layer => layer.options.color === limitrophe.state.paint.theme.accent)"
)


def tab_to(page: Page, wanted: str) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if re.match(wanted, page.evaluate(FOCUS)):
            return
    pytest.fail(f"the Tab key does not reach {wanted}")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator(atlas.MAP)


def test_the_keyboard_leads_from_the_list_to_the_region(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?{SERIES}")
    before = atlas.painted(page)
    tab_to(page, "subjects")
    card = frame(page).locator(".card")
    # Rosstat, product per inhabitant in 2021: Nenets, Yamal-Nenets and Chukotka are the first three
    for name in ("Nenets Autonomous Okrug", "Yamal-Nenets", "Chukotka"):
        expect(card).to_contain_text(name)
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert atlas.map_frame(page).evaluate(OUTLINED, "RU-CHU")
    assert not atlas.map_frame(page).evaluate(OUTLINED, "RU-NEN")
    page.keyboard.type("Murm")
    expect(card).to_contain_text("Murmansk Oblast")
    page.keyboard.press("Enter")
    atlas.in_address(page, region="RU-MUR")
    atlas.painted(page, before)
    expect(page.get_by_role("status").filter(has_text="Murmansk Oblast")).to_be_visible()
    expect(frame(page).locator("#subjects")).to_be_focused()
    tab_to(page, "Open region")
    expect(frame(page).locator(".subject-list")).not_to_be_in_viewport(ratio=0.01)
    page.keyboard.press("Enter")
    expect(page.locator("h1", has_text="Murmansk Oblast")).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            r"Gross regional product per inhabitant, .*, 2021\. Highest: Nenets Autonomous Okrug 9,8\d\d; .*"
            r"Lowest: Republic of Ingushetia 15\d\.?\d*; .*Data for 48 of 48 subjects\.",
        ),
        (
            "ru",
            r"Валовой региональный продукт на душу населения, .*, 2021\. Наибольшие: "
            r"Ненецкий автономный округ 9.8\d\d; .*"
            r"Наименьшие: Республика Ингушетия 15\d,?\d*; .*Данные по 48 из 48 субъектов\.",
        ),
    ],
)
def test_a_map_is_told_in_words(page: Page, address: str, lang: str, words: str) -> None:
    atlas.visit(page, f"{address}/?{SERIES}&lang={lang}")
    shown = frame(page).get_by_role("application")
    expect(shown).to_have_accessible_description(re.compile(words))
    title = shown.get_attribute("aria-label")
    assert title
    expect(page.locator(atlas.MAP)).to_have_attribute("title", title)
