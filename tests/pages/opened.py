"""A page opened by its address, as a reader's first visit."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"


def opened(page: str, **address: str) -> AppTest:
    """Open a page of pages/ with parameters in the address."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{page}.py")
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def address(app: AppTest) -> dict[str, str]:
    """What stands in the address after the run; the language aside."""
    asked = {key: app.query_params[key] for key in app.query_params if key != "lang"}
    return {key: value if isinstance(value, str) else value[0] for key, value in asked.items()}


def html(app: AppTest) -> str:
    """All HTML of the page, one after the other; the style sheet aside."""
    return "\n".join(element.proto.body for element in app.html if not element.proto.body.startswith("<style>"))
