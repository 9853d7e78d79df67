"""A served atlas and a Chromium for the tests of this folder.

Each worker of pytest-xdist serves and drives its own, so that tests never wait for one another's reruns.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from bench.chromium import chromium
from bench.serving import ROOT, serving

HOST = "127.0.0.1"
HERE = (*(f"{scheme}://{HOST}:" for scheme in ("http", "https", "ws", "wss")), "data:", "blob:", "about:")
PARTS = (
    "app.py",
    "pages",
    "ui",
    "geo",
    "data",
    "docs",
    "locale",
    "static",
    ".streamlit",
    "LICENSE",
    "NOTICE",
    "CITATION.cff",
)
# Errors in the console that are not ours: text, part of the address, why it stands there.
EXPECTED_ERRORS = (
    # Streamlit looks for its server below the path of a page first, then at the root
    ("404 (", "/_stcore/health"),
    ("404 (", "/_stcore/host-config"),
)


@pytest.fixture(scope="session")
def atlas_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy of the atlas with static/ published: what is edited during the tests does not disturb them."""
    root = tmp_path_factory.mktemp("atlas")
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    done = subprocess.run([sys.executable, "-m", "geo", "publish"], cwd=root, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"python -m geo publish ended with {done.returncode}:\n{done.stderr}")
    return root


@pytest.fixture(scope="session")
def address(atlas_copy: Path) -> Iterator[str]:
    """Address of an atlas that the tests of this worker share."""
    with serving("app.py", atlas_copy) as server:
        yield f"http://{HOST}:{server.port}"


@pytest.fixture
def fresh_address(atlas_copy: Path) -> Iterator[str]:
    """Address of an atlas that nobody has opened yet."""
    with serving("app.py", atlas_copy) as server:
        yield f"http://{HOST}:{server.port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def expected(message: ConsoleMessage) -> bool:
    return any(text in message.text and part in message.location["url"] for text, part in EXPECTED_ERRORS)


@pytest.fixture
def seen() -> SimpleNamespace:
    """What the pages of a test asked for and complained about."""
    return SimpleNamespace(requests=[], errors=[], dialogs=[])


@pytest.fixture(scope="session")
def context_with(browser: Browser) -> Callable[..., BrowserContext]:
    """Context with settings, one for all tests: what it has fetched and compiled need not be so again for each page.

    Readers who must not share their cookies have numbers.
    """

    @cache
    def made(reader: int, **settings: Any) -> BrowserContext:
        context = browser.new_context(locale="en-US", reduced_motion="reduce", **settings)
        context.set_default_timeout(30_000)
        return context

    return made


@pytest.fixture
def new_page(context_with: Callable[..., BrowserContext], seen: SimpleNamespace) -> Iterator[Callable[..., Page]]:
    """Open pages that are watched: each test fails that leaves localhost, errs in the console or opens a dialog."""
    pages: list[Page] = []

    def open_page(
        width: int = 1440, height: int = 900, color_scheme: str = "light", reader: int = 0, **more: Any
    ) -> Page:
        page = context_with(reader, color_scheme=color_scheme, **more).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("websocket", lambda socket: seen.requests.append(socket.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda one: one.type == "error" and not expected(one) and seen.errors.append(one.text))
        page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        return page

    yield open_page
    for one in pages:
        one.close()
    elsewhere = [url for url in seen.requests if not url.startswith(HERE)]
    assert elsewhere == []
    assert seen.errors == []
    assert seen.dialogs == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()
