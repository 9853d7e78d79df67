"""The menu by which maps, charts and tables are taken away: on every page; closed it is one element."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opened import APP, opened

ROOT = Path(__file__).resolve().parents[2]
# what stands on a page, in the order of the menu
OFFERS = {
    "border": ["Map", "Chart", "Table"],
    "region": ["Map", "Chart", "Table"],
    "network": ["Chart", "Table"],
    "soft_power": ["Map", "Chart", "Table"],
    "index": ["Map", "Chart", "Table"],
    "levels": ["Map", "Chart", "Table"],
    "relations": ["Chart", "Table"],
    "sources": [],  # one table, so there is nothing to choose
}
PICTURES = {"take_png", "take_png_2x", "take_png_300dpi", "take_svg", "take_pdf"}
FIGURES = {"take_csv", "take_csv_semicolon", "take_xlsx", "take_bib", "take_ris"}
LAYERS = {"take_gpkg", "take_shp", "take_html"}


def with_menu(page: str, **address: str) -> AppTest:
    app = opened(page, **address)
    app.session_state["take_away"] = True
    app.run()
    assert [one.message for one in app.exception] == []
    assert [one.value for one in app.error] == []
    return app


def buttons(app: AppTest) -> set[str]:
    return {one.key for one in app.get("download_button") if one.key in PICTURES | FIGURES | LAYERS}


def kinds(app: AppTest) -> list[str]:
    listed = [box.options for box in app.selectbox if box.key == "take_what"]
    return list(dict.fromkeys(option.split(":")[0] for options in listed for option in options))


def link(app: AppTest) -> str:
    return app.code[0].value


@pytest.mark.parametrize("page", OFFERS)
def test_every_page_offers_what_stands_on_it(page: str) -> None:
    app = with_menu(page)
    assert kinds(app) == OFFERS[page]
    expected = FIGURES | (PICTURES if "Chart" in OFFERS[page] else set()) | (LAYERS if "Map" in OFFERS[page] else set())
    assert buttons(app) == expected


def test_the_map_page_offers_its_map_with_all_choices_in_the_link() -> None:
    app = with_menu("map", indicator="unemployment_rate", scope="all")
    assert buttons(app) == FIGURES | PICTURES | LAYERS
    for part in ("indicator=unemployment_rate", "scope=all", "scheme=quantiles", "k=5", "palette=teal", "limits=year"):
        assert part in link(app)


def test_a_table_of_subjects_is_offered_as_a_layer_and_another_says_why_not() -> None:
    app = with_menu("index")
    box = next(box for box in app.selectbox if box.key == "take_what")
    said = "A layer for a geographic information system"
    assert any(said in one.value for one in app.caption) == (not buttons(app) >= {"take_gpkg", "take_shp"})
    table = next(option for option in box.options if option.startswith("Table:"))
    box.select(table).run()
    assert buttons(app) == FIGURES | {"take_gpkg", "take_shp"}


def test_a_link_names_what_is_the_default_today() -> None:
    assert "country=FI" in link(with_menu("border"))


@pytest.mark.parametrize("view", ["compare", "factors"])
def test_views_of_the_levels_offer_what_stands_in_them(view: str) -> None:
    assert buttons(with_menu("levels", view=view)) >= FIGURES


@pytest.mark.parametrize("view", ["drivers", "compare"])
def test_views_of_the_index_offer_what_stands_in_them(view: str) -> None:
    assert kinds(with_menu("index", view=view)) == ["Map", "Chart", "Table"]


@pytest.mark.parametrize("view", ["flows", "directions"])
def test_views_of_the_network_offer_their_chart(view: str) -> None:
    assert buttons(with_menu("network", view=view)) >= PICTURES


@pytest.mark.parametrize("view", ["capacity", "crises"])
def test_views_of_the_relations_offer_their_chart(view: str) -> None:
    assert buttons(with_menu("relations", view=view)) >= PICTURES


@pytest.mark.parametrize("page", ["border", "sources"])
def test_a_closed_menu_is_one_element(page: str) -> None:
    app = opened(page)
    assert buttons(app) == set()
    assert kinds(app) == []


def test_every_chart_of_the_code_bears_a_title_and_every_page_the_menu() -> None:
    """A chart without a title is not offered; a page without the menu offers nothing."""
    for path in (ROOT / "ui").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "charts.draw":
                assert "title" in {word.arg for word in node.keywords}, f"{path.name}:{node.lineno}"
    menu = re.compile(r"take_away\.(menu|popover)\(")
    shown = re.findall(r'"pages/(\w+)\.py"', APP.read_text(encoding="utf-8"))
    lacking = [name for name in shown if not menu.search((ROOT / "pages" / f"{name}.py").read_text(encoding="utf-8"))]
    assert lacking in ([], ["seminar"])  # a story is taken away whole, from its own list
