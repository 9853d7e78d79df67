"""A class behind nginx: below a path, over TLS, with two processes of which one is lost in the middle of a lesson."""

from __future__ import annotations

import asyncio
import gzip
import re
import ssl
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.readers import rerun, session
from geo import indicators
from tests.browser import atlas_page as atlas
from tests.browser.deployment import HOST, Deployment, deployed

pytestmark = pytest.mark.browser

READERS = 38
"""Sessions without a browser, beside two with one."""
SEAT = "limitrophe_seat"
COUNT_RUNS = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const ended = () => { window.runs += app.dataset.testScriptState === 'notRunning' };
  window.runs = 0;
  new MutationObserver(ended).observe(app, { attributeFilter: ['data-test-script-state'] });
}"""


@pytest.fixture(scope="module")
def served(atlas_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployed(atlas_copy, tmp_path_factory.mktemp("deploy")) as one:
        yield one


def trust(served: Deployment) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(served.certificate))


def seat(set_cookie: str | None) -> str | None:
    """Port of the process that a reader is seated at, of a Set-Cookie header."""
    found = re.search(rf"{SEAT}=(\d+);", set_cookie or "")
    return found[1] if found else None


def test_everything_works_below_a_path(
    new_page: Callable[..., Page], seen: SimpleNamespace, served: Deployment
) -> None:
    page = new_page(ignore_https_errors=True)
    page.goto(f"{served.address}?region=RU-MUR&lang=ru")  # without the slash after the path
    atlas.stands(page)
    assert urlsplit(page.url).path == "/atlas/"
    page.locator(".st-key-take_away button").click()
    expect(page.locator("[data-testid=stCode]").first).to_contain_text(f"{served.address}?")
    page.keyboard.press("Escape")
    page.locator(".st-key-place").get_by_role("link").click()
    page.wait_for_url(f"{served.address}/region?**")
    expect(page.locator("h1", has_text="Мурманская область")).to_be_visible()
    page.locator("a[href^='sources?']:visible").first.click()
    page.wait_for_url(f"{served.address}/sources?**")
    atlas.stands(page)
    page.locator("[data-testid=stTopNavLink]", has_text="Граница").click()
    page.wait_for_url(f"{served.address}/border**")
    atlas.stands(page)
    atlas.in_address(page, lang="ru")
    asked = [urlsplit(url).path for url in seen.requests if url.startswith(("https", "wss"))]
    assert [path for path in asked if not path.startswith("/atlas")] == []


def test_plain_http_is_sent_to_tls(served: Deployment) -> None:
    plain = HTTPConnection(HOST, served.http_port)
    plain.request("GET", "/atlas/?region=RU-MUR")
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/atlas/?region=RU-MUR")
    plain.close()


def test_published_files_are_kept_and_compressed(served: Deployment, atlas_copy: Path) -> None:
    published = next((atlas_copy / "static").glob("first-*.js"))
    asked = urllib.request.Request(f"{served.address}/app/static/{published.name}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, context=trust(served)) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert gzip.decompress(answer.read()) == published.read_bytes()


class View(NamedTuple):
    """What one reader sees, and where."""

    query: str
    words: tuple[str, ...]


def view(query: str, heard: list[ForwardMsg]) -> View:
    for message in heard:
        if message.WhichOneof("type") == "page_info_changed":
            query = message.page_info_changed.query_string
    bodies = [one.delta.new_element.html.body for one in heard if one.delta.new_element.WhichOneof("type") == "html"]
    return View(query, tuple(body for body in bodies if "<style>" not in body))


def asked(query: str) -> BackMsg:
    """What a front end says when it connects."""
    message = BackMsg()
    message.rerun_script.query_string = query
    return message


class Attendance(NamedTuple):
    """One reader through the lesson."""

    before: View
    after: View
    seats: tuple[str | None, str | None]
    cut: bool


async def attend(
    served: Deployment, query: str, arrived: asyncio.Semaphore, lost: asyncio.Event, doomed: str
) -> Attendance:
    """Read, meet the loss of a process, go on; a reader who is cut off comes back as a front end does."""
    tls, url = trust(served), served.address.replace("https", "wss") + "/_stcore/stream"
    with await asyncio.to_thread(urllib.request.urlopen, f"{served.address}/?{query}", context=tls) as answer:
        first = seat(answer.headers["Set-Cookie"])
    cookie = {"Cookie": f"{SEAT}={first}"}
    async with session(url, ssl=tls, additional_headers=cookie) as socket:
        assert seat(socket.response.headers.get("Set-Cookie")) is None, "the cookie holds"
        before = view(query, await rerun(socket, asked(query)))
        arrived.release()
        await lost.wait()
        if first != doomed:
            after = view(before.query, await rerun(socket, asked(before.query)))
            return Attendance(before, after, (first, first), cut=False)
        await socket.wait_closed()
    async with session(url, ssl=tls, additional_headers=cookie) as socket:
        second = seat(socket.response.headers.get("Set-Cookie"))
        after = view(before.query, await rerun(socket, asked(before.query)))
        return Attendance(before, after, (first, second), cut=True)


async def lesson(served: Deployment, doomed: str) -> list[Attendance]:
    """Let all readers come in, kill one process, see what becomes of them."""
    catalogue = sorted(indicators.mapped())[::5]
    queries = [f"indicator={catalogue[n % len(catalogue)]}&lang={'ru' if n % 2 else 'en'}" for n in range(READERS)]
    arrived, lost = asyncio.Semaphore(0), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(attend(served, query, arrived, lost, doomed)) for query in queries]
        for _reader in queries:
            await arrived.acquire()
        served.processes[doomed].kill()
        served.processes[doomed].wait()
        lost.set()
    return [task.result() for task in tasks]


def test_a_class_outlives_the_loss_of_a_process(new_page: Callable[..., Page], served: Deployment) -> None:
    pages = [new_page(ignore_https_errors=True, reader=reader) for reader in range(2)]
    stamps, seats = [], []
    for page, indicator in zip(pages, ("grp_per_capita", "unemployment_rate"), strict=True):
        atlas.visit(page, f"{served.address}/?indicator={indicator}&year=2015&lang=ru")
        stamps.append(atlas.painted(page))
        seats.append(next(one["value"] for one in page.context.cookies() if one["name"] == SEAT))
    assert set(seats) == set(served.processes), "readers are shared out"
    addresses = [page.url for page in pages]
    pages[0].evaluate(COUNT_RUNS)

    with ThreadPoolExecutor(1) as pool:  # Playwright's own loop runs in this thread
        attendances = pool.submit(asyncio.run, lesson(served, doomed=seats[0])).result()

    assert {one.cut for one in attendances} == {True, False}
    assert [one.seats for one in attendances if one.cut] == [(seats[0], seats[1])] * sum(a.cut for a in attendances)
    assert abs(sum(one.cut for one in attendances) - READERS / 2) <= 2
    for one in attendances:
        assert len(one.before.words) > 2
        assert one.after == one.before

    pages[0].wait_for_function("window.runs > 0", polling="raf")  # come back by itself
    for page, stamp, address in zip(pages, stamps, addresses, strict=True):
        assert page.url == address
        assert atlas.painted(page) == stamp
        atlas.choose(page, "scope", "Все субъекты")
        atlas.painted(page, stamp)
        atlas.in_address(page, scope="all", year="2015", lang="ru")
