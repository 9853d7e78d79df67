"""The menu by which maps, charts and tables are taken away: on every page; closed it is one element."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opened import APP, opened
from ui import html_table, rank_chart, take_away

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


@pytest.mark.parametrize(
    ("lang", "printed", "value"),
    [
        ("en", "1,234", 1234),
        ("en", "−1,234,567.5", -1234567.5),
        ("en", "0.125", 0.125),
        ("en", "2009, 2010", "2009, 2010"),
        ("en", "2009,2010", "2009,2010"),
        ("en", "209, 210", "209, 210"),
        ("en", "3–7", "3–7"),
        ("ru", "1\u00a0234,5", 1234.5),
        ("ru", "2009, 2010", "2009, 2010"),
        ("ru", "10 200", "10 200"),
    ],
)
def test_a_printed_figure_is_read_and_a_list_is_none(
    lang: str, printed: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_away, "lang", lambda: lang)
    frame = take_away.as_frame(["x"], [[printed]], [0])
    assert frame["x"].tolist() == [value]


def test_a_ranking_is_taken_away_with_all_its_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"rank": 1, "rank_low": 1, "rank_high": 3, "rank_median": 2, "p_top": 0.8437, "score": 0.123456789}
    given: list[object] = []
    monkeypatch.setattr(html_table, "folded", lambda _label, _key, *table: given.extend(table))
    uncertain = SimpleNamespace(units=pd.DataFrame([row], index=["RU-MUR"]), top=10)
    rank_chart.table(uncertain, "k")  # type: ignore[arg-type]
    heads, rows, numeric = given
    shown = html_table.table(heads, rows, numeric)  # type: ignore[arg-type]
    assert "84 %" in shown
    assert "0.123<" in shown
    taken = take_away.as_frame(heads, rows, numeric)  # type: ignore[arg-type]
    assert taken.iloc[0, 1:].tolist() == [1, "1–3", 2, 0.8437, 0.123456789]
