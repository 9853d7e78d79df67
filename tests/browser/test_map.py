"""The map in a browser: what it paints, how it answers, and that a change only repaints it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.browser import atlas_page as atlas

pytestmark = pytest.mark.browser

SERIES = "indicator=grp_per_capita"
SUBJECTS = "#map_div > .leaflet-map-pane path.subject"  # without those of the insets
FILLS = f"() => [...document.querySelectorAll('{SUBJECTS}')].map(path => path.getAttribute('fill'))"
YEAR = "document.querySelector('.player output').textContent"
VERTICES = "limitrophe.state.subjects['RU-MUR'][0].getLatLngs().flat(3).length"
VIEW = "() => { const c = limitrophe.state.map.getCenter(); return [c.lat, c.lng, limitrophe.state.map.getZoom()]; }"


def rgb(color: str) -> tuple[int, ...]:
    """Channels of #rrggbb or rgb(r, g, b)."""
    if color.startswith("#"):
        return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))
    return tuple(int(part) for part in re.findall(r"\d+", color)[:3])


def test_each_of_the_83_subjects_has_the_colour_of_its_class(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?{SERIES}&scope=all")
    fills = atlas.map_frame(page).evaluate(FILLS)
    assert len(fills) == 83  # ISO 3166-2:RU
    legend = page.locator(".legend table tr").evaluate_all(
        "rows => rows.map(r => [getComputedStyle(r.querySelector('.swatch')).backgroundColor, +r.cells[2].textContent,"
        " getComputedStyle(r.querySelector('.swatch')).backgroundImage])"
    )
    promised = Counter({rgb(color): count for color, count, image in legend if image == "none"})
    drawn = Counter(rgb(fill) for fill in fills if not fill.startswith("url"))
    assert len(promised) >= 5
    assert drawn == +promised
    assert sum(count for _color, count, _image in legend) == 83


def test_nothing_has_a_pattern_that_the_map_defines(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?indicator=land_border_share&scope=all")
    frame = atlas.map_frame(page)
    patterns = {fill for fill in frame.evaluate(FILLS) if fill.startswith("url")}
    assert patterns, "46 subjects have no land border: the share does not apply to them"
    for fill in patterns:
        assert frame.locator(f"pattern#{fill[5:-1]}").count() >= 1


def test_hovering_shows_name_value_and_rank(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?{SERIES}&year=2021")
    atlas.point_at(page, "RU-NEN")
    card = page.frame_locator(atlas.MAP).locator(".card")
    expect(card).to_be_visible()
    # Nenets AO has had the highest product per inhabitant of all subjects for years (Rosstat)
    expect(card).to_contain_text("Nenets Autonomous Okrug")
    expect(card).to_contain_text(re.compile(r"rank 1 of 4\d"))
    expect(card).to_contain_text(re.compile(r"\d,\d{3}.*2021", re.DOTALL))


def test_hovering_an_answer_says_yes_or_no_without_unit_and_rank(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?indicator=barents_council")
    frame = page.frame_locator(atlas.MAP)
    card = frame.locator(".card")
    # Murmansk Oblast is a member of the Barents Regional Council, Sakha is not
    for code, said in (("RU-MUR", "yes"), ("RU-SA", "no")):
        atlas.point_at(page, code)
        expect(card.locator("span")).to_have_text([said])
        expect(card.locator("small")).to_have_count(1)  # year and source
    heard = frame.locator("#said")
    expect(heard).to_contain_text(re.compile(r"Yes: .*Murmansk Oblast.*\. No: \d+\. Data for 48 of 48 subjects\."))
    expect(heard).not_to_contain_text("yes / no")


def test_hovering_shows_the_year_of_the_value(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?indicator=students&year=2001")
    card = page.frame_locator(atlas.MAP).locator(".card")
    # the yearbook has no students of Amur Oblast for 2001, those of 2002 stand in
    for code, year in (("RU-AMU", "2002"), ("RU-SA", "2001")):
        atlas.point_at(page, code)
        expect(card.locator("small").last).to_contain_text(year)


def test_a_click_opens_the_card_and_leads_to_the_region(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    atlas.click(page, "RU-SA")
    card = page.locator(".st-key-place")
    expect(card).to_contain_text("Republic of Sakha")
    atlas.in_address(page, region="RU-SA")
    link = card.get_by_role("link", name="Open region")
    expect(link).to_have_attribute("href", re.compile(r"region\?.*region=RU-SA"))
    link.click()
    expect(page.locator("h1", has_text="Republic of Sakha")).to_be_visible()
    assert "/region?" in page.url
    atlas.in_address(page, region="RU-SA")


def test_closing_the_card_clears_the_address(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?region=RU-MUR")
    expect(page.locator(".st-key-place")).to_contain_text("Murmansk Oblast")
    page.locator(".st-key-close_place button").click()
    expect(page.locator(".st-key-place")).to_have_count(0)
    atlas.in_address(page, region=None)


def test_an_indicator_opens_as_published_and_the_server_says_the_same(page: Page, address: str) -> None:
    """Of two choices the map shows one painting each; where more has been chosen, it waits for the server."""
    openings = "limitrophe.openings && limitrophe.openings['light-en']"
    for asked, published in (("", True), ("?scope=all", False)):
        atlas.visit(page, f"{address}/{asked}")
        frame = atlas.map_frame(page)
        frame.wait_for_function(openings)
        frame.evaluate(
            "() => { window.stamps = []; const root = document.documentElement;"
            " new MutationObserver(() => stamps.push(root.dataset.painted))"
            ".observe(root, { attributeFilter: ['data-painted'] }); }"
        )
        for name, key in (("GRP per inhabitant", "grp_per_capita"), ("Consulates of Ukraine", "ukraine_consulates")):
            before = frame.evaluate("limitrophe.state.given.choice")
            atlas.choose(page, "indicator", name)
            atlas.in_address(page, indicator=key)
            option = page.locator(".st-key-indicator input[role=combobox]").input_value()
            frame.wait_for_function(
                "before => limitrophe.state.given.choice !== before && limitrophe.state.given.values.length", arg=before
            )
            stamp = frame.evaluate(f"option => {openings}[option].stamp", option)
            assert (set(frame.evaluate("stamps.splice(0)")) == {stamp}) is published


def test_another_indicator_repaints_the_same_document_in_the_same_view(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    frame = atlas.map_frame(page)
    before, view, fills = atlas.painted(page), frame.evaluate(VIEW), frame.evaluate(FILLS)
    frame.evaluate("window.survivor = true")
    atlas.choose(page, "indicator", "GRP per inhabitant")
    atlas.painted(page, before)
    frame = atlas.map_frame(page)
    assert frame.evaluate("window.survivor === true"), "the frame was loaded anew"
    assert frame.evaluate(VIEW) == pytest.approx(view)
    assert frame.evaluate(FILLS) != fills
    atlas.in_address(page, indicator="grp_per_capita")


def test_the_page_follows_the_colours(page: Page, address: str) -> None:
    """The map answers first, from the fragment of the control; then legend, caption and card say the same."""
    atlas.visit(page, f"{address}/?indicator=unemployment_rate")
    fills = atlas.map_frame(page).evaluate(FILLS)
    atlas.choose(page, "indicator", "GRP per inhabitant")
    expect(page.locator("h1")).to_contain_text("Gross regional product")
    expect(page.locator("data.repaint")).to_have_count(0)
    atlas.point_at(page, "RU-NEN")
    card = page.frame_locator(atlas.MAP).locator(".card")
    expect(card).to_contain_text(re.compile(r"rank 1 of 4\d"))
    atlas.choose(page, "indicator", "Twin-town ties")
    atlas.choose(page, "indicator", "Unemployment")
    expect(page.locator("h1")).to_contain_text("nemployment")
    atlas.in_address(page, indicator="unemployment_rate")
    # the subject under the pointer was brought to the front, so the order of the paths has changed
    atlas.map_frame(page).wait_for_function(f"fills => ({FILLS})().sort().join() === fills.sort().join()", arg=fills)


def test_a_view_that_the_reader_chose_stays(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    frame = atlas.map_frame(page)
    frame.evaluate("limitrophe.state.map.setView([1000, 1500], -2, { animate: false })")
    view, before = frame.evaluate(VIEW), atlas.painted(page)
    atlas.choose(page, "indicator", "GRP per inhabitant")
    atlas.painted(page, before)
    assert frame.evaluate(VIEW) == pytest.approx(view)


def test_language_repaints_the_same_document(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    frame, before = atlas.map_frame(page), atlas.painted(page)
    frame.evaluate("window.survivor = true")
    page.locator(".st-key-lang button", has_text="RU").click()
    atlas.painted(page, before)
    assert atlas.map_frame(page).evaluate("window.survivor === true")
    expect(page.frame_locator(atlas.MAP).locator(".country-label", has_text="Финляндия")).to_be_visible()
    expect(page.frame_locator(atlas.MAP).locator("html")).to_have_attribute("lang", "ru")


def test_the_dark_theme_repaints(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    before, light = atlas.painted(page), atlas.map_frame(page).evaluate(FILLS)
    page.emulate_media(color_scheme="dark")
    atlas.painted(page, before)
    assert atlas.map_frame(page).evaluate(FILLS) != light


def test_fine_outlines_come_when_the_reader_zooms_in(page: Page, address: str) -> None:
    # without this the fine outlines are fetched when the browser has nothing to do
    page.add_init_script("window.requestIdleCallback = () => 0")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    atlas.visit(page, f"{address}/")
    assert not [url for url in asked if "-fine-" in url]
    assert [url for url in asked if "/first-" in url]
    frame = atlas.map_frame(page)
    vertices = frame.evaluate(VERTICES)
    with page.expect_request(re.compile(r"subjects-fine-\w+\.js")):
        x, y = atlas.point(page, "RU-MUR")
        page.mouse.move(x, y)
        for _step in range(12):
            page.mouse.wheel(0, -120)
    frame.wait_for_function(f"before => {VERTICES} > 2 * before", arg=vertices, polling="raf")


def test_play_moves_through_the_years_and_the_address_keeps_the_last(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?{SERIES}&year=2017")
    frame, before = page.frame_locator(atlas.MAP), atlas.painted(page)
    frame.locator(".player button").click()
    atlas.painted(page, before)  # all years come on common limits, and play
    atlas.in_address(page, limits="all")
    inside = atlas.map_frame(page)
    first = inside.evaluate(FILLS)
    for year in ("2018", "2019"):
        inside.wait_for_function(
            "year => document.querySelector('.player output').textContent >= year", arg=year, polling="raf"
        )
    assert inside.evaluate(FILLS) != first
    frame.locator(".player button").click()
    shown = frame.locator(".player output").inner_text()
    assert 2019 <= int(shown) <= 2021
    atlas.in_address(page, year=None if shown == "2021" else shown, limits="all")
    expect(page.locator(".st-key-year [data-testid=stSliderThumbValue]")).to_have_text(shown)


def test_the_insets_show_what_is_small(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/")
    insets = page.frame_locator(atlas.MAP).locator(".inset")
    expect(insets).to_have_count(2)
    expect(insets.nth(0)).to_contain_text("North Caucasus")
    # seven republics and Stavropol Krai make up the North Caucasian district; its neighbours reach into the frame
    assert insets.nth(0).locator("path.subject").count() >= 7
    assert insets.nth(1).locator("path.subject").count() == 1


PICKED = """(option) => {
  const map = document.querySelector(".st-key-map_frame iframe").contentDocument.documentElement.dataset;
  const before = map.painted;
  option.click();
  return map.painted !== before;
}"""
"""Choose an option; whether the map was painted before anybody was asked."""


def pick_at_once(page: Page, text: str) -> bool:
    page.locator(".st-key-indicator input[role=combobox]").click()
    page.locator(".st-key-indicator input[role=combobox]").fill(text)
    return bool(page.get_by_role("option").filter(has_text=text).first.evaluate(PICKED))


def settled(page: Page, key: str) -> list[str]:
    """Fills of the map when the page stands with an indicator."""
    atlas.in_address(page, indicator=key)
    page.locator(atlas.READY).wait_for()
    fills: list[str] = atlas.map_frame(page).evaluate(FILLS)
    return fills


def test_a_choice_seen_before_is_painted_at_once_and_as_the_server_paints_it(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/?indicator=life_expectancy&k=4")  # the map as it opens needs no server
    assert not pick_at_once(page, "Monthly wage")
    wages = settled(page, "monthly_wage")
    assert not pick_at_once(page, "Life expectancy")
    life = settled(page, "life_expectancy")
    assert wages != life
    assert pick_at_once(page, "Monthly wage")
    assert atlas.map_frame(page).evaluate(FILLS) == wages
    assert settled(page, "monthly_wage") == wages
    atlas.choose(page, "scope", "All subjects")
    atlas.in_address(page, scope="all")
    page.locator(atlas.READY).wait_for()
    assert not pick_at_once(page, "Life expectancy"), "seen of border subjects, not of all"
    assert settled(page, "life_expectancy") != life
