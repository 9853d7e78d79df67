"""A story presented: keys from wherever the focus is, live maps, the counter, departing and coming back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from geo.exports.presenting import offline_page
from geo.stories import stories
from tests.browser import atlas_page as atlas
from tests.browser.test_every_page import axe, english_words, titles

pytestmark = pytest.mark.browser

FRAME = ".st-key-presenter iframe"
# What is cut off on a slide, or runs under the bar of buttons
CUT = """() => {
  const slide = document.querySelector(".slide.now"), picture = slide.querySelector(".picture");
  const room = document.documentElement.dataset.room, found = [];
  for (const one of [slide, ...slide.querySelectorAll(".words, .sources, figcaption, .provenance, .legend")])
    if (one.checkVisibility() && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1))
      found.push(one.className + " is cut off");
  const edge = picture.getBoundingClientRect();
  for (const one of picture.children) {
    const box = one.getBoundingClientRect();
    const out = box.right > edge.right + 1 || box.bottom > edge.bottom + 1;
    if (box.width && out) found.push(one.className + " is out");
  }
  const bar = document.querySelector(".bar").getBoundingClientRect(), words = document.createRange();
  words.selectNodeContents(slide.querySelector(".sources"));
  const under = [...words.getClientRects()].some(one => one.right > bar.left && one.bottom > bar.top);
  if (under) found.push("under the bar");
  const seen = slide.querySelector(".atlas-map, .chart.in-" + room).getBoundingClientRect();
  if (seen.height < 0.4 * innerHeight || seen.width < 0.5 * innerWidth) found.push("the picture is small");
  if (document.documentElement.scrollHeight > innerHeight) found.push("the page scrolls");
  return found;
}"""
READ = """() => {
  const slide = document.querySelector(".slide.now");
  const shown = slide.querySelectorAll(".words, figcaption, .in-dark .legend, .provenance");
  return [...[...shown].map(one => one.innerText), ...[...slide.querySelectorAll("img.chart")].map(one => one.alt),
    document.querySelector(".bar").innerText, slide.ariaLabel].join("\\n");
}"""
STANDS = "number => document.documentElement.dataset.slide === String(number)"


def presented(page: Page, url: str, slide: int = 1) -> Frame:
    """Open a story and wait for a slide with its map."""
    page.goto(url)
    page.locator(FRAME).wait_for(timeout=90_000)  # the first reader of a story waits until it is drawn
    return on_slide(page, slide)


def on_slide(page: Page, slide: int) -> Frame:
    frame = page.locator(FRAME).element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function(STANDS, arg=slide, polling="raf", timeout=60_000)
    return frame


def map_of(frame: Frame) -> Frame:
    """Document of the map on the slide in sight."""
    inside = frame.locator(".slide.now .atlas-map iframe").element_handle().content_frame()
    assert inside is not None
    return inside


def test_keys_turn_slides_and_the_address_keeps_step(page: Page, address: str) -> None:
    frame = presented(page, f"{address}/seminar?story=amur")
    counter = frame.locator(".counter")
    expect(counter).to_have_text("1 / 7")
    for key, slide in (("PageDown", 2), ("ArrowRight", 3), ("Space", 4), ("PageUp", 3), ("End", 7), ("Home", 1)):
        page.keyboard.press(key)
        on_slide(page, slide)
        expect(counter).to_have_text(f"{slide} / 7")
        atlas.in_address(page, story="amur", slide=None if slide == 1 else str(slide))
    page.keyboard.press("ArrowLeft")  # there is nothing before the first
    expect(counter).to_have_text("1 / 7")
    frame.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()


def test_keys_are_heard_with_the_focus_on_the_map_and_on_the_page(page: Page, address: str) -> None:
    frame = presented(page, f"{address}/seminar?story=amur&slide=2", 2)
    box = frame.locator(".slide.now .atlas-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    before = map_of(frame).evaluate("limitrophe.state.map.getCenter().lng")
    page.keyboard.press("ArrowRight")
    on_slide(page, 3)
    slide_2 = frame.locator("#slide-2 .atlas-map iframe").element_handle().content_frame()
    assert slide_2 is not None
    assert slide_2.evaluate("limitrophe.state.map.getCenter().lng") == pytest.approx(before)
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    page.keyboard.press("PageDown")
    on_slide(page, 4)


def test_the_map_of_a_slide_is_painted_and_live(page: Page, address: str) -> None:
    frame = presented(page, f"{address}/seminar?story=amur&slide=2", 2)
    inside = map_of(frame)
    # fourteen border subjects sit in a format with China: one colour; others are known to have none
    legend = frame.locator(".slide.now .in-dark .legend")
    expect(legend).to_contain_text("14")
    x, y = inside.evaluate(
        "() => { const { map, points } = limitrophe.state, [x, y] = points['RU-SA'];"
        " const at = map.latLngToContainerPoint([y, x]); return [at.x, at.y]; }"
    )
    box = frame.locator(".slide.now .atlas-map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + x - 3, box["y"] + y)
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(inside.locator(".card").first).to_contain_text("Sakha")
    zoom = inside.evaluate("limitrophe.state.map.getZoom()")
    page.mouse.wheel(0, -400)
    inside.wait_for_function("zoom => limitrophe.state.map.getZoom() > zoom", arg=zoom, polling="raf")


def test_rooms_pointer_and_black_screen(page: Page, address: str) -> None:
    frame = presented(page, f"{address}/seminar?story=amur&slide=2&lang=ru", 2)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert frame.evaluate(ground) == "rgb(20, 25, 28)"
    assert axe(frame) == []
    page.keyboard.press("l")
    expect(frame.locator(":root")).to_have_attribute("data-room", "light")
    assert frame.evaluate(ground) == "rgb(251, 249, 244)"
    assert axe(frame) == []
    assert map_of(frame).evaluate("getComputedStyle(document.documentElement).getPropertyValue('--land')") == "#f3efe6"
    page.keyboard.press("p")
    page.mouse.move(300, 300)
    page.mouse.move(320, 320)
    spot = frame.locator(".spot")
    expect(spot).to_be_visible()
    page.keyboard.press("p")
    expect(spot).to_be_hidden()
    page.keyboard.press("b")
    expect(frame.locator(".black")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("h")
    expect(frame.locator("dialog.keys")).to_contain_text("следующий слайд")
    page.keyboard.press("Escape")
    expect(frame.locator("dialog.keys")).to_be_hidden()
    expect(frame.locator(".counter")).to_have_text("2 / 7")


def test_departing_coming_back_to_the_same_slide_and_leaving(page: Page, address: str) -> None:
    frame = presented(page, f"{address}/seminar?story=amur&slide=3", 3)
    frame.get_by_role("button", name="Open in the atlas").click()
    page.wait_for_url("**/border?**")
    atlas.stands(page)
    atlas.in_address(page, country="CN", back="amur.3")
    assert page.locator(FRAME).count() == 0
    page.keyboard.press("PageDown")  # the presenter is gone and hears nothing
    page.get_by_role("link", name="Levels", exact=True).click()  # further on, the way back stays
    page.wait_for_url("**/levels**")
    atlas.stands(page)
    page.get_by_role("link", name="Back to slide 3").click()
    on_slide(page, 3)
    atlas.in_address(page, story="amur", slide="3", back=None)
    page.keyboard.press("PageDown")
    on_slide(page, 4)
    page.keyboard.press("Escape")
    expect(page.locator(".tale")).to_have_count(6)
    atlas.in_address(page, story=None, slide=None, picture="amur.4")
    page.locator(".st-key-take_away button").click()
    expect(page.locator(".st-key-take_png")).to_be_visible()
    assert page.locator(FRAME).count() == 0


def see(frame: Frame, slide: int) -> None:
    """Turn to a slide and wait for its picture."""
    frame.evaluate(f"presenter.show({slide})")
    frame.wait_for_function(STANDS, arg=slide, polling="raf", timeout=60_000)


def test_every_story_fits_the_smallest_projector(new_page: Callable[..., Page], address: str) -> None:
    page = new_page(width=1024, height=768)
    for number, story in enumerate(stories().values()):
        lang = ("ru", "en")[number % 2]
        page.goto(f"{address}/seminar?story={story.id}&lang={lang}")
        page.locator(FRAME).wait_for(timeout=90_000)
        frame = page.locator(FRAME).element_handle().content_frame()
        assert frame is not None
        frame.wait_for_function("window.presenter", polling="raf")
        for place, slide in enumerate(story.slides, start=1):
            # what stands round a map does not wait for it
            assert frame.evaluate(f"() => {{ presenter.show({place}); return ({CUT})(); }}") == [], (story.id, place)
            if lang == "ru":
                assert english_words(frame.evaluate(READ), titles()) == [], (story.id, place)
            if slide.show != "map":
                chart = frame.locator(".slide.now img.chart.in-dark")
                assert chart.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    assert frame.locator(".slide.now h1").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 20


def test_nothing_is_cut_off_on_the_largest(new_page: Callable[..., Page], address: str) -> None:
    frame = presented(new_page(width=3840, height=2160), f"{address}/seminar?story=amur&lang=ru")
    for place in range(1, frame.locator(".slide").count() + 1):
        see(frame, place)
        assert frame.evaluate(CUT) == [], place


def test_all_sources_of_a_slide_are_listed_and_presenting_is_accessible(page: Page, address: str) -> None:
    frame = presented(page, f"{address}/seminar?story=warm_regions&slide=5&lang=ru", 5)
    assert axe(page.main_frame) == []
    assert axe(frame) == []
    frame.get_by_role("button", name="и ещё").first.click()
    listed = frame.get_by_role("dialog").get_by_role("link")
    assert listed.count() > 100, "ties, votes and all terms of the model"
    assert str(listed.first.get_attribute("href")).startswith(f"{address}/sources?source=diplomacy%3Aunvotes&lang=ru")
    assert axe(frame) == []
    page.keyboard.press("Escape")
    expect(frame.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("s")
    expect(frame.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("PageUp")
    on_slide(page, 4)
    expect(frame.get_by_role("dialog")).to_have_count(0)


def test_the_offline_file_turns_its_slides_and_paints_its_maps(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "amur.html"
    path.write_text(offline_page("amur", "en"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    for key, slide in ((None, 1), ("ArrowRight", 2), ("End", 7), ("PageUp", 6)):
        if key:
            page.keyboard.press(key)
        page.locator(f'html[data-slide="{slide}"]').wait_for(timeout=60_000)
        inside = page.locator(".slide.now .atlas-map iframe").element_handle().content_frame()
        assert inside is not None
        assert inside.locator("path.subject").count() >= 83
    assert errors == []
    assert [url for url in asked if not url.startswith(("blob:", "data:", "about:"))] == [path.as_uri()]
    page.close()
