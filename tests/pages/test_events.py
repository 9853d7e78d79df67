"""The page of events without a store, and with one made by hand, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import ibis
import pytest

from geo.events import review
from geo.events.formats import by_source, formats
from geo.events.places import shipped
from geo.events.store import CONFIGURED_BY, VERDICTS_IN, write_manifest
from geo.events.store import manifest as manifest_of
from tests.geo.events.records import records, table, write_store
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

PLACE = ("RU-MUR", "Murmansk", "")


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


def test_the_words_under_the_chart_give_shares_of_a_year_and_their_precision(store: Path) -> None:
    """In 2021 nothing but the four hostile links, which are verbal cooperation, and one event in Geneva."""
    said = html(opened("events", country="NO"))
    words = re.findall(r"In \d{4}, the newest year.*?root code\.", said, re.DOTALL)
    assert len(words) == 1
    # one of the events of 2021 in five is that of Geneva
    assert "In 2021" in words[0]
    assert "at least 80 % of the events that concern Russia are cooperation here and 0 % conflict" in words[0]
    assert "(places not checked)" in words[0]
    assert "in all years" not in said
    assert "No believed record" in html(opened("events", country="FI"))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_data_set_of_the_store_is_told(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIGURED_BY, str(tmp_path))
    others = [
        {"report_id": 300, "source": "icews", "year": 1999},
        {"report_id": 301, "source": "icews", "year": 2003},
        {"report_id": 302, "source": "acled", "year": 2022},
    ]
    write_store(tmp_path, records(*ROWS, *others), rejected=3)
    unknown = {"FIPS country": {"XX": 4, "YY": 2}, "CAMEO country": {"QQ": 1}}
    write_manifest(tmp_path, replace(manifest_of(tmp_path), unknown=unknown))
    review.save(tmp_path, [review.Saying("m1", "icews", shipped().default, *PLACE, "right", "Ada", "2026-01-01")])
    app = opened("events", lang=lang)
    sound(app)
    rows = {cells[0]: cells[1:] for cells in table_rows(html(app), "ICEWS")}
    language = "ru" if lang == "ru" else "en"
    icews, gdelt, acled = (by_source(one).title.of(language) for one in ("icews", "gdelt2", "acled"))  # type: ignore[arg-type]
    assert list(rows) == [gdelt, icews, acled]
    assert rows[icews][:2] == ["1999–2003", "2"]
    assert rows[gdelt][1] == str(len(ROWS))
    assert by_source("acled").terms.of(language) in rows[acled][3]
    if lang == "en":
        assert rows[icews][4] == "100 % right in 1 checked, too few to rely on"
        assert rows[gdelt][4] == "places not checked"  # what was said of ICEWS says nothing of GDELT
        assert "not understood: 3, in 7 places" in html(app)


@pytest.mark.parametrize("source", ["ucdp_ged", "acled"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_store_of_violence_alone_is_not_called_empty(
    source: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CONFIGURED_BY, str(tmp_path))
    write_store(tmp_path, records({"source": source, "year": 2021}, {"source": source, "year": 2022}))
    app = opened("events", lang=lang)
    sound(app)
    said = html(app)
    assert "No event records are loaded" not in said
    assert "Записи о событиях не загружены" not in said
    assert "2021–2022" in said
    assert not app.get("plotly_chart")
    if lang == "en":
        why = {"ucdp_ged": "Deadly violence within 100 km", "acled": "do not allow to publish anything derived"}
        assert [key for key, words in why.items() if words in said] == [source]


def table_rows(said: str, holds: str) -> list[list[str]]:
    """Cells of the table that holds a word, as plain text, without its head."""
    table = next(one for one in re.findall(r"<table.*?</table>", said, re.DOTALL) if holds in one)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub("<[^>]*>", "", cell)) for cell in row] for row in cells if row]


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
    assert set(zip(kept["source"], kept["rule"], strict=True)) == {("gdelt2", shipped().default)}
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
            review.Saying(
                mention=f"m{n}",
                source="gdelt2",
                rule=shipped().default,
                iso_3166_2="RU-MUR",
                place="Murmansk",
                link="",
                verdict="right" if n % 5 else "wrong",
                reviewer="Ada",
                at=f"2026-{n:02d}",
            )
            for n in range(enough)
        ],
    )
    app = opened("events", country="NO")
    assert f"80 % right in {enough} checked" in html(app)
    assert app.get("plotly_chart")[0].proto.spec != grey


def test_verdicts_on_the_places_of_a_database_need_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = f"duckdb://{tmp_path / 'records.duckdb'}"
    ibis.connect(database).create_table("records", ibis.memtable(table(records(*NORWAY))))
    monkeypatch.setenv(CONFIGURED_BY, database)
    monkeypatch.delenv(VERDICTS_IN, raising=False)
    app = opened("events", view="places")
    sound(app)
    assert [VERDICTS_IN in info.value for info in app.info] == [True]
    assert not app.get("form")
    monkeypatch.setenv(VERDICTS_IN, str(tmp_path / "verdicts"))
    app = opened("events", view="places")
    sound(app)
    assert not app.info
    questions = [one for one in app.button_group if str(one.key).startswith("verdict_")]
    questions[0].set_value("right")
    app.text_input(key="reviewer").set_value("Ada")
    app.button(key="FormSubmitter:events_check-Save the verdicts").click().run()
    assert "1 verdicts" in app.success[0].value
    assert review.sayings(tmp_path / "verdicts")["verdict"].tolist() == ["right"]
    assert "100 % right in 1 checked" in html(opened("events", view="places"))
