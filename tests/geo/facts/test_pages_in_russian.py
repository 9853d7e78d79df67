"""Words of the data package on Russian pages: acts of a border, the shelf of tables."""

from __future__ import annotations

import json
import re

from streamlit.testing.v1 import AppTest

from geo import facts
from tests.pages.opened import APP, html, sound


def in_russian(page: str, state: dict[str, object], **address: str) -> AppTest:
    """Open a page in Russian with a fold or a shelf opened before; AppTest cannot answer in Russian a second time."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{page}.py")
    for name, value in {"lang": "ru", **address}.items():
        app.query_params[name] = value
    for name, held in state.items():
        app.session_state[name] = held
    app.run()
    sound(app)
    return app


def test_acts_of_a_border_are_said_in_russian() -> None:
    """Over the timeline, and in the table below it with their summaries."""
    app = in_russian("border", {"acts": True}, country="PL")
    (timeline,) = (json.loads(one.proto.spec) for one in app.get("plotly_chart"))
    (restricting,) = (trace for trace in timeline["data"] if trace.get("marker", {}).get("symbol") == "triangle-down")
    hovers = [text.replace("<br>", " ") for _date, text in restricting["customdata"]]
    assert "Польша приостанавливает местное приграничное передвижение, Россия отвечает" in hovers
    assert "<b>Польша приостанавливает местное приграничное передвижение, Россия отвечает</b>" in html(app)
    assert "Всемирного дня молодёжи" in html(app)
    assert "Poland suspends" not in html(app)


def test_the_shelf_of_tables_is_in_russian() -> None:
    (shelf,) = in_russian("sources", {}, shelf="tables").dataframe
    words = shelf.value.set_index(shelf.value.columns[0]).select_dtypes(exclude="number")
    titles, notices = words.iloc[:, 0], words.iloc[:, -1]
    assert len(titles) == len(facts.package()["resources"]) == 50
    assert titles["legal_timeline"] == "Правовые и политические вехи"
    assert [said for said in (*titles, *notices[notices != ""]) if not re.search("[а-яё]", said)] == []
