"""What is taken away, in a browser: the file of a map opened by a double click, and charts drawn by the server."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import plotly.graph_objects as go
import pytest
from playwright.sync_api import Browser, Page

from bench.chromium import NAMES
from geo.exports import charts, offline
from tests.browser import atlas_page as atlas
from tests.geo.test_exports_offline import EVIL, painting

pytestmark = pytest.mark.browser

# the policy of the file forbids the evaluation of texts, which waiting for an expression would need
UNTIL_FINE = """() => new Promise(done => {
  const look = () => limitrophe.state.drawn === "fine" ? done() : requestAnimationFrame(look);
  look();
})"""


@pytest.fixture
def open_file(browser: Browser) -> Callable[[Path], tuple[Page, SimpleNamespace]]:
    def open_it(path: Path) -> tuple[Page, SimpleNamespace]:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        seen = SimpleNamespace(requests=[], errors=[])
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda one: one.type == "error" and seen.errors.append(one.text))
        page.goto(path.as_uri())
        return page, seen

    return open_it


def test_two_maps_of_a_file_are_painted_zoomed_and_read(
    tmp_path: Path, open_file: Callable[[Path], tuple[Page, SimpleNamespace]]
) -> None:
    path = tmp_path / "карта.html"
    maps = (
        offline.frame(painting(unit=EVIL))
        + '<p style="height:3000px"></p>'
        + offline.frame(painting(selected="RU-MUR"))
    )
    path.write_text(offline.document("t", maps + offline.engine(), "en"), encoding="utf-8")
    page, seen = open_file(path)
    assert page.locator(".atlas-map iframe").count() == 1, "the second map waits until it is seen"
    first = page.frames[1]
    first.locator("html[data-painted]").wait_for()
    assert first.evaluate("Object.keys(limitrophe.state.subjects).length") == 83
    x, y = first.evaluate(
        "() => { const { map, points } = limitrophe.state, [x, y] = points['RU-MUR'];"
        " const at = map.latLngToContainerPoint([y, x]); return [at.x, at.y]; }"
    )
    box = page.locator(".atlas-map").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + x - 2, box["y"] + y)
    page.mouse.move(box["x"] + x, box["y"] + y)
    card = first.locator(".card")
    assert "Murmansk Oblast" in card.inner_text()
    assert EVIL.split("<!--")[0].strip() in card.inner_text()
    for _step in range(5):
        page.mouse.wheel(0, -400)
    first.evaluate(UNTIL_FINE)
    page.locator(".atlas-map").nth(1).scroll_into_view_if_needed()
    page.locator(".atlas-map iframe").nth(1).wait_for()
    page.frames[2].locator("html[data-painted]").wait_for()
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith(("blob:", "data:", "about:"))] == [path.as_uri()]
    page.close()


def test_a_chart_is_drawn_for_paper(monkeypatch: pytest.MonkeyPatch, browser: Browser) -> None:
    here = next(filter(None, map(shutil.which, NAMES)), browser.browser_type.executable_path)
    monkeypatch.setenv("BROWSER_PATH", here)
    bars = go.Figure(go.Bar(x=[1, 2], y=["Псковская область", "Республика Карелия"], orientation="h"))
    sheet = charts.captioned(
        bars, "Связи по субъектам", ["Источники: Росстат.", "Limitrophe: http://localhost/?a=1&b=2"]
    )
    drawn = charts.picture(sheet, "svg", 96, "ru").decode()
    for words in ("Связи по субъектам", "Республика Карелия", "Источники: Росстат.", "http://localhost/?a=1&amp;b=2"):
        assert words in drawn


def test_the_menu_hands_over_a_workbook_and_a_map(new_page: Callable[..., Page], address: str, tmp_path: Path) -> None:
    page = new_page()
    atlas.visit(page, f"{address}/border?country=FI&lang=ru")
    page.locator(".st-key-take_away button").click()
    taken = {}
    for kind in ("xlsx", "html"):
        with page.expect_download() as download:
            page.locator(f".st-key-take_{kind} button").click()
        assert download.value.suggested_filename == f"limitrophe-граница-финляндия-ru.{kind}"
        taken[kind] = tmp_path / f"a.{kind}"
        download.value.save_as(taken[kind])
    data = openpyxl.load_workbook(taken["xlsx"])["data"]
    # who has a border with Finland on land or at sea, as any map shows
    assert {row[0] for row in data.iter_rows(min_row=2, values_only=True)} == {"RU-MUR", "RU-KR", "RU-LEN", "RU-SPE"}
    html = taken["html"].read_text(encoding="utf-8")
    assert "<title>Граница: Финляндия</title>" in html
    assert f"{address}/border?country=FI&amp;from=1991&amp;lang=ru&amp;to=2026" in html
