"""What holds on every page: no other host, no errors, both languages, both grounds, narrow screens, accessible."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame, Page, expect

from geo import facts
from tests.browser import atlas_page as atlas
from tests.browser.conftest import HOST

pytestmark = pytest.mark.browser

PAGES = atlas.addresses()
# Of the Sources page. The catalogue stands there at first; the glossary gives English terms, the citations English
# entries, and the documents name programs and commands.
SHELVES = {1: "coverage", 2: "tables", 3: "sources"}
# Parts of Streamlit's own frame round our pages, and why they are not judged with ours.
NOT_OURS = (
    "[data-testid=stToolbar]",  # top navigation and menu: Streamlit writes the markup
    "[data-testid=stDataFrame]",  # a canvas with a hidden grid inside; the cells are also in our CSV
    "[data-testid=stSkipToContent]",
    ".js-plotly-plot",  # charts carry their words in the table beside them
)
# Rules that Streamlit's markup breaks round every widget, whatever stands in it.
NOT_OUR_RULES = {
    # the <p> of a label is hidden from screen readers and the input is named by aria-label; nothing to mend from Python
    "label-title-only": {"enabled": False},
    # st.container(height=...) cannot be given a tabindex; Chromium and Firefox let the keyboard into any scroller
    "scrollable-region-focusable": {"enabled": False},
}
AXE = """(options) => axe.run({ exclude: options.exclude.map(one => [one]) },
  { resultTypes: ['violations'], iframes: false, ...options.rules })"""
SPILLED, STOPS = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("spilled.js", "stops.js"))
# Latin letters that belong into a Russian page: names, formats, codes
LATIN = re.compile(
    r"python -m geo [^\n]+|LIMITROPHE_EVENTS=[^\n]+|GDELT Project|gdeltproject\.org|Leidos|"  # commands, owners of data
    r"Limitrophe|Natural Earth|Leaflet|OpenStreetMap|Wikipedia|Wikidata|"
    r"GeoNames|UNESCO|BibTeX|GeoPackage|GeoJSON|Shapefile|"
    r"(?:RU|UA|ISO)[- ][\w:-]+|CC[ -]BY(?:-\w+)*(?: \d\.\d)?|CC0|MIT|CSV|XLSX|JSON|PNG|SVG|PDF|PPTX|YAML|EN|RU|Esc|"
    r"\([A-Z][A-Za-z ,.-]+ \d{4}\)|"  # the literature is cited in its own language
    r"`\w+`|\b_\w+_(?!\w)|"  # names of fields and marks in data
    r"https?://\S+|[\w./-]+\.(?:csv|yml|md|shp|json)\b|\bdoi\S*"
)
ADDRESS = re.compile(r"https?://\S+|\b(?:[a-z][\w-]*\.){2,}\w+/\S+")
WORD = re.compile(r"[A-Za-z][a-z]{2,}")


# Words of Streamlit itself, which has them in English only: one is hidden until the keyboard reaches it, the other
# stands behind ours on the button of the uploader
FRAMEWORK = ("Skip to main content", "Upload")


def english_words(text: str, allowed: tuple[str, ...]) -> list[str]:
    """Words in Latin letters that are left when titles of sources and international names are taken out."""
    whole = "|".join(re.escape(one) for one in sorted(allowed, key=len, reverse=True))
    text = re.sub(rf"(?<!\w)(?:{whole})(?!\w)", " ", re.sub(ADDRESS, " ", text))
    return [line.strip() for line in LATIN.sub(" ", text).splitlines() if WORD.search(line)]


@cache
def titles() -> tuple[str, ...]:
    """Titles and publishers of sources, also cut short as captions cut them."""
    sources = facts.sources()
    known = {str(one) for column in ("title", "publisher", "url", "licence") for one in sources[column].dropna()}
    cut = {one[:67].rstrip() for one in known if len(one) > 70}
    return (*known, *cut, *sources.index)


@cache
def tables() -> tuple[str, ...]:
    """Names of the tables of the package: like those of their fields, they are the same in each language."""
    return tuple(str(one["name"]) for one in facts.package()["resources"])


def axe(frame: Frame, scheme: str = "light") -> list[str]:
    """Serious and critical violations in one document; the dark theme differs from the light one in colours alone."""
    frame.evaluate(AXE_SCRIPT)
    rules = {"rules": NOT_OUR_RULES} if scheme == "light" else {"runOnly": ["color-contrast"]}
    found = frame.evaluate(AXE, {"exclude": list(NOT_OURS), "rules": rules})
    return [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def unreached(page: Page) -> list[str]:
    """Controls and links of a page that the Tab key does not lead to."""
    stops = dict(enumerate(page.evaluate(STOPS)))
    page.evaluate(
        "() => { window.reached = []; addEventListener('focusin', ({ target }) => reached.push(target.dataset.stop)); }"
    )
    # the header, the frame of a map and the grid of a table have stops of their own
    for _step in range(0, len(stops) + 60, 20):
        for _press in range(20):
            page.keyboard.press("Tab")
        for stop in page.evaluate("reached.splice(0)"):
            stops.pop(int(stop or -1), None)
        if not stops:
            break
    return list(stops.values())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(new_page: Callable[..., Page], address: str, name: str, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    atlas.visit(page, f"{address}{PAGES[name]}")
    found = axe(page.main_frame, scheme)
    if page.locator(atlas.MAP).count():
        found += axe(atlas.map_frame(page), scheme)
        described = page.frame_locator(atlas.MAP).first.get_by_role("application")
        expect(described).to_have_accessible_description(re.compile(r"^\S.{20,}\.$"))
    assert not found, "\n".join(found)
    if scheme == "light":
        assert unreached(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_or_zoomed_page_holds_together_and_a_russian_one_is_russian(
    new_page: Callable[..., Page], address: str, name: str
) -> None:
    page = new_page(width=390, height=800)
    atlas.visit(page, f"{address}{PAGES[name]}?lang=ru")  # Russian words are the longer ones
    assert page.evaluate(SPILLED) == []
    page.set_viewport_size({"width": 720, "height": 450})  # what 200 % leaves of 1440 x 900
    page.wait_for_function("document.querySelector('[data-testid=stMain]').clientWidth === 720", polling="raf")
    assert page.evaluate(SPILLED) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("[data-testid=stTopNavLink]").nth(len(PAGES) - 1).wait_for()  # until then Streamlit says "12 more"
    assert left_in_english(page) == []


def test_further_shelves_of_sources_are_russian(page: Page, address: str) -> None:
    atlas.visit(page, f"{address}/sources?lang=ru")
    for place, shelf in SHELVES.items():
        page.locator(".st-key-shelf button").nth(place).click()
        atlas.in_address(page, shelf=shelf)
        page.locator(atlas.READY).wait_for()
        assert left_in_english(page) == [], shelf


def left_in_english(page: Page) -> list[str]:
    """Lines of a Russian page that hold English words of ours."""
    return english_words(atlas.visible_text(page), (*FRAMEWORK, *titles(), *tables()))


def test_no_request_leaves_the_machine(page: Page, address: str, seen: SimpleNamespace) -> None:
    atlas.visit(page, f"{address}/")
    links = page.locator("[data-testid=stTopNavLink]")
    assert links.count() == len(PAGES)
    # each page is watched in the tests above; here are the links of the header, a map and a page of charts among them
    for path, link in [*zip(PAGES.values(), links.all(), strict=True)][1::3]:
        link.click()
        page.wait_for_url(lambda url, path=path: urlsplit(url).path == path)
        atlas.stands(page)
    hosts = {re.split(r"[/:?]+", url)[1] for url in seen.requests if not url.startswith(("data:", "blob:", "about:"))}
    assert hosts == {HOST}
    assert any(url.startswith("ws://") for url in seen.requests), "the websocket is watched as well"
