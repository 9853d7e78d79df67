"""A page opened by its address, as a reader's first visit."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"


def opened(page: str, **address: str) -> AppTest:
    """Open a page of pages/ with parameters in the address."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{page}.py")
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def sound(app: AppTest) -> None:
    """Hold that the page was drawn: a fault in it is answered with an error, not with an exception."""
    assert [one.message for one in app.exception] == []
    assert [one.value for one in app.error] == []


def address(app: AppTest) -> dict[str, str]:
    """What stands in the address after the run; the language aside."""
    asked = {key: app.query_params[key] for key in app.query_params if key != "lang"}
    return {key: value if isinstance(value, str) else value[0] for key, value in asked.items()}


def html(app: AppTest) -> str:
    """All HTML of the page, one after the other; the style sheet aside."""
    return "\n".join(element.proto.body for element in app.html if not element.proto.body.startswith("<style>"))


def ties_table(app: AppTest) -> pd.DataFrame:
    """Ties of the page that its script shows for the years chosen; empty where there are none."""
    (found,) = app.get("bidi_component")
    told = json.loads(found.proto.json)
    first, last = told["span"] or (0, 9999)
    inside = [
        cells for cells, (since, until), *_ in told["rows"] if since <= last and (until is None or until >= first)
    ]
    table = pd.DataFrame(inside, columns=[column["title"] for column in told["columns"]])
    return table.assign(**{table.columns[at]: table.iloc[:, at].str.join(";") for at in _sources(told)})


def _sources(told: dict[str, list[dict[str, bool]]]) -> list[int]:
    return [at for at, column in enumerate(told["columns"]) if column["sources"]]
