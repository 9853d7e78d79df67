"""What a reader brings stays text in a real browser: in the map, its card, the legend, tables, labels and refusals."""

from __future__ import annotations

import geopandas as gpd
import pyogrio
from playwright.sync_api import Page

from tests.browser.atlas_page import READY, in_address, map_frame, painted, visit
from tests.geo.uploads.files import shapefile, units, zipped

EVIL = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
# the script of a page that is drawn into another frame would run before any test could look
TABLE = f'"{EVIL}";"{SCRIPT} *v* [x](javascript:alert(3))"\n"{EVIL}";1\n"Восточный край";2\n"{SCRIPT}";3\n'


def bring(page: Page, place: int, name: str, content: bytes) -> None:
    """Choose a file in one of the two places for files."""
    files = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").nth(place).set_input_files([files])
    page.get_by_text(name, exact=True).first.wait_for()


def test_names_of_units_and_columns_stay_text(page: Page, address: str) -> None:
    visit(page, f"{address}/your_data?lang=en")
    own = zipped(shapefile(units().assign(name=[EVIL, "Восточный край"])))
    bring(page, 1, "own.zip", own)
    page.locator(".st-key-forget_files").wait_for()
    bring(page, 0, f"{EVIL}.csv".replace("/", ""), TABLE.encode())
    page.locator(".matching").wait_for(timeout=60_000)
    painted(page)
    frame = map_frame(page)
    frame.wait_for_function("document.querySelectorAll('path.own').length === 2")
    names = frame.evaluate("Object.values(limitrophe.state.names).map((name) => name.en)")
    assert EVIL in names
    frame.evaluate("limitrophe.state.subjects['own-0'][0].fire('mousemove', {originalEvent: {clientX: 9, clientY: 9}})")
    assert frame.inner_text(".card").startswith(EVIL)
    frame.evaluate("limitrophe.state.subjects['own-0'][0].fire('click', {originalEvent: new Event('click')})")
    page.locator(".place h2").wait_for()
    assert page.inner_text(".place h2") == EVIL
    assert EVIL in page.inner_text(".ranking")
    page.locator(".st-key-take_away button").click()
    with page.expect_download() as taken:
        page.locator(".st-key-take_gpkg button").click()
    layer = gpd.read_file(taken.value.path(), layer="data")
    assert dict(zip(layer["name"], layer["mapped_value"], strict=True)) == {EVIL: 1.0, "Восточный край": 2.0}
    for document in (page, frame):
        assert document.locator("img[onerror]").count() == 0
        assert document.locator("a[href^=javascript]").count() == 0
    # that no dialog opened and nothing failed is asserted for every page of these tests


def test_a_refusal_names_cells_as_text_in_russian(page: Page, address: str) -> None:
    visit(page, f"{address}/your_data?lang=ru")
    bring(page, 0, "t.csv", f'регион;"{EVIL} **v**"\nМурманск;1\nКарелия;"1{EVIL}"\nПсков;2\n'.encode())
    alert = page.locator("[data-testid=stAlert]")
    alert.first.wait_for(timeout=60_000)
    said = alert.first.inner_text()
    assert f"В строке 2 столбца «{EVIL} **v**» стоит «1{EVIL}"[:60] in said
    assert page.locator("img[onerror]").count() == 0


SERIES = {"Мурманская область": (1, 9), "Республика Карелия": (2, 0), "Псковская область": (3, 10)}
LONG = "Субъект;Год;Связи\n" + "".join(
    f"{name};{year};{ties}\n" for name, of in SERIES.items() for year, ties in zip((2014, 2015), of, strict=True)
)


def test_years_of_a_table_are_played_and_the_map_is_taken_away(page: Page, address: str) -> None:
    visit(page, f"{address}/your_data?lang=en&year=2014&scheme=equal_interval&k=3")
    bring(page, 0, "ties.csv", LONG.encode("cp1251"))
    page.locator(".matching").wait_for(timeout=60_000)
    before = painted(page)
    marks = "['RU-MUR', 'RU-KR', 'RU-PSK'].map((id) => limitrophe.state.marks[limitrophe.state.index[id]]).join('')"
    assert map_frame(page).evaluate(marks) == "012"  # 1, 2 and 3 in three classes of their own year
    map_frame(page).locator(".player button").click()
    painted(page, before)
    in_address(page, limits="all")
    frame = map_frame(page)
    # it starts from the first year where it stands at the last, and plays to the end on the limits of both: 4 and 7
    frame.wait_for_function("limitrophe.state.frames > 0 && limitrophe.state.year === 2015", polling="raf")
    assert frame.evaluate(marks) == "2z2"
    in_address(page, year="2015")
    page.locator("h1 small", has_text="ties.csv, 2015").wait_for()
    page.locator(READY).wait_for()
    page.locator(".st-key-take_away button").click()
    with page.expect_download() as taken:
        page.locator(".st-key-take_gpkg button").click()
    layer = gpd.read_file(taken.value.path(), layer="data").set_index("iso_3166_2")
    assert layer["mapped_value"].dropna().to_dict() == {"RU-MUR": 9.0, "RU-KR": 0.0, "RU-PSK": 10.0}
    assert layer.loc["RU-MUR", ["Связи_2014", "Связи_2015", "mapped_year_used"]].tolist() == [1, 9, 2015]
    notes = pyogrio.read_dataframe(taken.value.path(), layer="definitions")["definition"]
    assert any("ties.csv, a table of the reader's own (6 rows, column “Связи”)" in note for note in notes)
