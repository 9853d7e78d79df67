"""How the tests read a page of the atlas and act on it. Conditions are waited for, never lengths of time."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, Page

ROOT = Path(__file__).resolve().parents[2]
MAP = ".st-key-map_frame iframe"
MAP_PLACE = ".st-key-map_frame"
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# A grid of Streamlit draws its cells on a canvas first and writes those for screen readers a moment later;
# one behind another tab is drawn when the tab is opened
READ_ALOUD = """() => [...document.querySelectorAll("[data-testid=stDataFrame]")].every(
  one => !one.checkVisibility() || one.querySelector("canvas th, canvas td"))"""
PAINTED = "before => (document.documentElement.dataset.painted || before) !== before"


def addresses() -> dict[str, str]:
    """Path of each page that app.py leads to, by the name of its file."""
    app = (ROOT / "app.py").read_text(encoding="utf-8")
    return {name: "/" if name == "map" else f"/{name}" for name in re.findall(r'"pages/(\w+)\.py"', app)}


def parameters() -> set[str]:
    """Names of all parameters that a page takes from its address, as the code calls them."""
    taken = re.compile(r"""(?:params\.take|select|pickers\.subject)\(\s*"(\w+)\"""")
    files = [*(ROOT / "pages").glob("*.py"), *(ROOT / "ui").glob("*.py")]
    return {name for path in files for name in taken.findall(path.read_text(encoding="utf-8"))}


def visit(page: Page, url: str) -> None:
    """Open an address and wait until the page stands."""
    page.goto(url)
    stands(page)


def stands(page: Page) -> None:
    """Wait until the page stands; a map is waited for as well."""
    broken = page.locator("[data-testid=stException]")
    page.locator("[data-testid=stMain] h1").or_(broken).first.wait_for()
    page.locator(READY).wait_for()
    assert broken.all_inner_texts() == []
    if page.locator(MAP_PLACE).count():
        painted(page)


def map_frame(page: Page) -> Frame:
    """The document of the map."""
    frame = page.locator(MAP).element_handle().content_frame()
    assert frame is not None
    return frame


def painted(page: Page, before: str = "") -> str:
    """Wait until the map is painted otherwise than `before`; give the stamp of what it shows."""
    page.locator(MAP).wait_for()
    frame = map_frame(page)
    frame.wait_for_load_state()
    frame.wait_for_function(PAINTED, arg=before, polling="raf")
    return str(frame.evaluate("document.documentElement.dataset.painted"))


def painted_as(page: Page, stamp: str) -> None:
    """Wait until the map shows what has this stamp."""
    map_frame(page).wait_for_function("stamp => document.documentElement.dataset.painted === stamp", arg=stamp)


def choices(page: Page) -> dict[str, str]:
    """The parameters of the address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def in_address(page: Page, **wanted: str | None) -> None:
    """Wait until the address says what is wanted; None for a parameter that shall be absent."""
    page.wait_for_function(
        "wanted => Object.entries(wanted).every(([k, v]) => new URL(location.href).searchParams.get(k) === v)",
        arg=wanted,
        polling="raf",
    )


def choose(page: Page, key: str, text: str) -> None:
    """Choose an option of a select box by typing it."""
    box = page.locator(f".st-key-{key} input[role=combobox]")
    box.click()
    box.fill(text)
    page.get_by_role("option", name=text).first.click()


def point(page: Page, subject: str) -> tuple[float, float]:
    """Where on the screen a subject lies."""
    x, y = map_frame(page).evaluate(
        """id => {
          const { map, points } = limitrophe.state, [x, y] = points[id];
          const at = map.latLngToContainerPoint([y, x]);
          return [at.x, at.y];
        }""",
        subject,
    )
    box = page.locator(MAP).bounding_box()
    assert box is not None
    return box["x"] + x, box["y"] + y


def point_at(page: Page, subject: str) -> None:
    """Move the pointer onto a subject."""
    x, y = point(page, subject)
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)


def click(page: Page, subject: str) -> None:
    """Click a subject on the map."""
    point_at(page, subject)
    page.mouse.click(*point(page, subject))


def visible_text(page: Page) -> str:
    """What a reader sees on the page and in its map; canvases of tables with the cells that they read aloud."""
    page.wait_for_function(READ_ALOUD, polling="raf")
    page.add_style_tag(content="[data-testid=stIconMaterial] { display: none !important }")  # ligatures, seen as icons
    text = page.inner_text("[data-testid=stApp]")
    tables = page.locator("canvas").evaluate_all(
        "all => all.flatMap(c => [...c.querySelectorAll('th,td')].map(x => x.textContent))"
    )
    inside = map_frame(page).evaluate("document.body.innerText") if page.locator(MAP).count() else ""
    return "\n".join([text, *tables, inside])
