"""The page of events without a store, and with one made by hand, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.events import review
from geo.events.formats import formats
from geo.events.places import shipped
from geo.events.store import CONFIGURED_BY
from tests.geo.events.records import records, write_store
from tests.pages.opened import address, html, opened, sound

HOSTILE = [
    "https://example.org/<script>alert(1)</script>",
    "javascript:alert(1)",
    "https://example.org/%3Cscript%3Ealert(1)%3C%2Fscript%3E-and-more-words",
    "https://example.org/a-title-with-%22quotes%22-%26-marks",
]
NORWAY = [{"report_id": n, "year": 2019 + n % 2, "quad_class": 1 + n % 4, "root_code": f"0{n % 4}"} for n in range(8)]
ROWS = [
    *NORWAY,
    *({"report_id": 100 + n, "year": 2021, "link": link} for n, link in enumerate(HOSTILE)),
    {"report_id": 200, "place": "<b>Apatity</b>", "place_name": "<b>Apatity</b>, <img src=x onerror=alert(1)>"},
    {"report_id": 201, "iso_3166_2": None, "place": "Geneva", "place_country": "CH", "year": 2021},
]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CONFIGURED_BY, str(tmp_path))
    return write_store(tmp_path, records(*ROWS), rejected=3)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_without_a_store_the_page_tells_how_to_get_records(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONFIGURED_BY, raising=False)
    app = opened("events", lang=lang)
    sound(app)
    for one in formats():
        assert one.title.of("ru" if lang == "ru" else "en") in html(app)
        assert f'href="{one.url}"' in html(app)
    assert any("geo events ingest" in code.value for code in app.code)
    assert any(CONFIGURED_BY in code.value for code in app.code)
    assert not app.get("plotly_chart")  # nothing pretends to be data


def test_a_folder_without_a_store_is_told_and_its_path_is_for_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(CONFIGURED_BY, str(tmp_path / "nowhere"))
    app = opened("events")
    assert not app.exception
    assert ["cannot be read" in error.value for error in app.error] == [True]
    assert str(tmp_path) not in html(app) + app.error[0].value
    assert str(tmp_path) in caplog.text
    assert len(app.code) == 2


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_with_a_store_the_page_says_what_is_loaded(lang: str, store: Path) -> None:
    app = opened("events", lang=lang, country="NO")
    sound(app)
    said = html(app)
    assert bool(re.search("[а-яё]{3}", re.findall(r"<h1>(.*?)</h1>", said, re.DOTALL)[0])) is (lang == "ru")
    figures = re.findall(r"<b>(.*?)</b><span>", said)
    assert figures[:3] == [str(len(ROWS)), "1", "12"]
    assert ("lines that could not be read: 3" in said) or ("нечитаемых строк: 3" in said)
    assert ("places not checked" in said) or ("места не проверены" in said)
    assert len(app.get("plotly_chart")) == 4


def test_the_words_under_the_chart_say_at_least(store: Path) -> None:
    """With Norway 8 events of NORWAY, two a class, and four of hostile links, which are verbal cooperation."""
    assert "At least 8 events of cooperation and 4 of conflict" in html(opened("events", country="NO"))
    assert "No believed record" in html(opened("events", country="FI"))


def test_links_of_records_are_escaped_and_open_apart(store: Path) -> None:
    said = html(opened("events", country="NO", point="2021"))
    assert "<script" not in said
    assert "javascript:" not in said
    assert said.count("no usable address") == 2
    anchors = re.findall(r'<a href="https?://example.org[^>]*>', said)
    assert len(anchors) == 2
    assert all('target="_blank"' in one and "noopener noreferrer" in one for one in anchors)


def test_a_link_sets_the_controls(store: Path) -> None:
    asked = {"region": "RU-KGD", "country": "PL", "places": "subject", "point": "2020", "side": "conflict"}
    app = opened("events", **asked)
    assert address(app) == asked
    assert app.selectbox(key="places").value == "subject"


def test_the_store_is_not_taken_from_the_address(store: Path) -> None:
    app = opened("events", store="/etc", events="/etc", LIMITROPHE_EVENTS="/etc")
    sound(app)
    assert "places not checked" in html(app)


def test_a_reader_checks_places_and_the_figures_lose_their_grey(store: Path) -> None:
    app = opened("events", view="places")
    sound(app)
    said = html(app)
    assert "<img" not in said
    assert "&lt;b&gt;Apatity&lt;/b&gt;" in said
    app.button(key="FormSubmitter:events_check-Save the verdicts").click().run()
    assert "at least one place" in app.warning[0].value
    questions = [one for one in app.button_group if str(one.key).startswith("verdict_")]
    assert len(questions) == 11  # ten of twelve believed, and the one that is dropped
    for one in questions:
        one.set_value("right")
    app.button(key="FormSubmitter:events_check-Save the verdicts").click().run()
    assert "Give your name" in app.warning[0].value
    app.text_input(key="reviewer").set_value("Ada")
    app.button(key="FormSubmitter:events_check-Save the verdicts").click().run()
    sound(app)
    assert "11 verdicts" in app.success[0].value
    kept = review.sayings(store)
    assert set(kept["verdict"]) == {"right"}
    assert set(kept["reviewer"]) == {"Ada"}
    again = html(opened("events", view="places"))
    assert "100 % right in 10 checked, too few to rely on" in again
    # all ten checked of twelve believed are right, and so is the one dropped: 12 of 13
    assert "92 % (" in again


def test_figures_are_grey_until_enough_places_are_checked(store: Path) -> None:
    enough = shipped().enough_checked
    grey = opened("events", country="NO").get("plotly_chart")[0].proto.spec
    review.save(
        store,
        [
            review.Saying(f"m{n}", "RU-MUR", "Murmansk", "", "right" if n % 5 else "wrong", "Ada", f"2026-{n:02d}")
            for n in range(enough)
        ],
    )
    app = opened("events", country="NO")
    assert f"80 % right in {enough} checked" in html(app)
    assert app.get("plotly_chart")[0].proto.spec != grey
