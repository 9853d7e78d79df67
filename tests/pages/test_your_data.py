"""Your data: from a file to the map, with names to settle, units of one's own, and refusals in both languages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from geo import units
from geo.exports import exhibits
from geo.exports.exhibits import Exhibit
from geo.uploads import Refused, UploadedTable, apart, limits, matching, read_table
from geo.uploads.layers import read_layer
from geo.uploads.matching import Answer, guess_key, guess_layer_key, match_names, match_to_layer, names_of
from tests.geo.uploads.files import layer, shapefile, workbook, zipped
from tests.geo.uploads.files import units as two_units
from tests.pages.opened import address, html, opened
from ui import take_away


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process, which saves a start of Python a file; tests/geo/uploads holds both to the same answers."""

    def read_and_match(content: bytes, name: str) -> tuple[UploadedTable, str, tuple[Answer, ...]]:
        table = read_table(content, name)
        key = guess_key(table)
        return table, key, match_names(names_of(table, key))

    monkeypatch.setattr(apart, "read_table", read_and_match)
    monkeypatch.setattr(apart, "read_layer", read_layer)
    monkeypatch.setattr(apart, "match", lambda table, key: (key, match_names(names_of(table, key))))
    monkeypatch.setattr(apart, "guess_layer_key", guess_layer_key)
    monkeypatch.setattr(apart, "match_to_layer", match_to_layer)


EVIL = "<img src=x onerror=alert(1)>"
TABLE = f"""Субъект;Связи;Год
Мурманская область;12;2024
Республика Карелия;7,5;2024
Алтай;3;2024
Псковскаяя область;-;2024
{EVIL};4;2024
"""


def brought(
    *, table: bytes = TABLE.encode("cp1251"), name: str = "t.csv", own: bytes | None = None, **asked: str
) -> AppTest:
    """Page with files on it."""
    app = opened("your_data", **asked)
    app.file_uploader(key="table_file").upload(name, table, "text/csv")
    if own is not None:
        app.file_uploader(key="layer_file").upload("own.zip", own, "application/zip")
    return app.run()


def sound(app: AppTest) -> AppTest:
    assert [one.message for one in app.exception] == []
    assert [one.value for one in app.error] == []
    return app


def counted(app: AppTest) -> dict[str, int]:
    """How many names are matched, guessed, ambiguous and so on."""
    (line,) = re.findall(r'<p class="matching".*?</p>', html(app), re.DOTALL)
    return {word.strip(): int(n) for n, word in re.findall(r"<b>(\d+)</b> ([^<]+)", line)}


def test_a_table_is_mapped_and_what_is_in_doubt_is_asked() -> None:
    app = sound(brought())
    assert counted(app) == {"matched": 2, "guessed": 1, "ambiguous": 1, "not matched": 1}
    assert app.selectbox(key="own_key").value == "Субъект"
    assert app.selectbox(key="own_value").value == "Связи"
    page = html(app)
    assert "Data for 2 of 83 units." in page
    assert "2 names of the table are not on the map." in page
    assert EVIL not in page


def test_the_reader_settles_a_name_and_leaves_one_out() -> None:
    app = brought()
    app.selectbox(key="settle_Субъект_Алтай").select("RU-ALT").run()
    app.selectbox(key=f"settle_Субъект_{EVIL}").select("").run()
    sound(app)
    assert counted(app) == {"matched": 2, "guessed": 1, "settled by you": 1, "left out": 1}
    assert "Data for 3 of 83 units." in html(app)


def test_a_dash_is_what_the_reader_says() -> None:
    app = sound(brought(dash="zero"))
    assert app.selectbox(key="dash").value == "zero"
    assert "Data for 3 of 83 units." in html(app)
    assert address(app)["dash"] == "zero"


def test_a_unit_in_two_rows_waits_for_a_choice() -> None:
    app = brought(table="region,ties\nMurmansk Oblast,1\nМурманская область,2\nKarelia,3\n".encode())
    assert counted(app)["in several rows"] == 1
    app.selectbox(key="row_region_RU-MUR").select(2).run()
    sound(app)
    assert "in several rows" not in counted(app)


def all_twice(rows: int = 2) -> bytes:
    """Table of all 83 subjects, each in several rows."""
    lines = [f"{code};{n},5" for n in range(rows) for code in sorted(units.subjects().index)]
    return "\n".join(["iso;v", *lines]).encode()


def rows_asked(app: AppTest) -> list[str]:
    """Units whose rows are asked about, in the order of the page."""
    return [str(one.key).removeprefix("row_iso_") for one in app.selectbox if str(one.key).startswith("row_iso_")]


def test_every_unit_in_several_rows_comes_to_be_asked_about() -> None:
    app = brought(table=all_twice())
    assert counted(app)["in several rows"] == 83
    codes = sorted(units.subjects().index)
    assert rows_asked(app) == codes[:30]
    assert "53 more come when these are settled." in [one.value for one in app.caption]
    app.selectbox(key=f"row_iso_{codes[0]}").select(1).run()
    assert rows_asked(sound(app)) == codes[1:31]
    assert "52 more come when these are settled." in [one.value for one in app.caption]


@pytest.mark.parametrize(("choice", "row"), [("first", 1), ("last", 84)])
def test_one_choice_settles_all_units_in_several_rows(choice: str, row: int) -> None:
    app = sound(brought(table=all_twice()))
    app.selectbox(key="rows_iso").select(choice).run()
    assert counted(sound(app)) == {"matched": 83}
    assert "Data for 83 of 83 units." in html(app)
    assert "more come when these are settled" not in " ".join(one.value for one in app.caption)
    first = min(units.subjects().index)
    assert app.selectbox(key=f"row_iso_{first}").value == row
    app.selectbox(key=f"row_iso_{first}").select(85 - row).run()  # one of them otherwise: the others stay
    assert (counted(app), app.selectbox(key="rows_iso").value) == ({"matched": 83}, "")


def test_of_very_many_rows_of_a_unit_the_first_and_the_last_are_offered() -> None:
    app = sound(brought(table=b"iso;v\n" + b"RU-MUR;1\n" * 500 + b"RU-KR;2\n"))
    asked = app.selectbox(key="row_iso_RU-MUR")
    assert [one.partition(":")[0] for one in asked.options][:2] == ["not settled", "row 1"]
    assert (len(asked.options), asked.options[-1].partition(":")[0]) == (41, "row 500")


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("beside", ["scatter", "rank", "recipe"])
def test_the_column_stands_beside_the_atlas(beside: str, lang: str) -> None:
    rows = "\n".join(f"{code};{n},5" for n, code in enumerate(sorted(units.subjects().index)))
    app = sound(brought(table=f"iso;v\n{rows}\n".encode(), beside=beside, lang=lang, own_share="40"))
    assert ("Рядом с атласом" in html(app)) is (lang == "ru")
    if beside == "recipe":
        assert app.selectbox(key="own_share").value == "40"


def test_circles_of_a_workbook() -> None:
    table = workbook([("code", "people"), ("RU-MUR", 5), ("RU-KR", 0), ("RU-LEN", None)])
    app = sound(brought(table=table, name="t.xlsx", drawn="circles", palette="umber"))
    assert address(app)["drawn"] == "circles"
    assert "Data for 2 of 83 units." in html(app)


def test_own_boundaries_are_mapped_on_their_own_key() -> None:
    table = f"край;v\nЗападный край;1\n{EVIL};2\n".encode()
    own = zipped(shapefile(two_units().assign(name=["Западный край", EVIL])))
    app = sound(brought(table=table, own=own))
    assert app.selectbox(key="own_layer_key").value == "name"
    assert counted(app) == {"matched": 2}
    assert "Data for 2 of 2 units." in html(app)
    assert EVIL not in html(app)
    assert "own boundaries" in app.info[0].value


def test_own_boundaries_are_guessed_and_matched_apart_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refused(*_words: object) -> NoReturn:
        asked.append("match")
        raise Refused("too_long", most=40)

    def guessed(*words: Any) -> tuple[str, str]:
        asked.append("guess")
        return guess_layer_key(*words)

    def here(*_words: object) -> NoReturn:
        raise AssertionError("the work of a reader's file was done in the process of the page")

    monkeypatch.setattr(apart, "guess_layer_key", guessed)
    monkeypatch.setattr(apart, "match_to_layer", refused)
    monkeypatch.setattr(matching, "match_to_keys", here)
    app = brought(table="край;v\nЗападный край;1\n".encode(), own=zipped(shapefile())).run()
    assert [one.message for one in app.exception] == []
    assert ["longer than 40 seconds" in one.value for one in app.error] == [True]
    assert asked == ["guess", "match"]


def test_a_guess_that_is_refused_leaves_the_choice_to_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_words: object) -> NoReturn:
        raise Refused("too_long", most=40)

    monkeypatch.setattr(apart, "guess_layer_key", refused)
    app = brought(table="край;v\nЗападный край;1\n".encode(), own=zipped(shapefile()))
    assert (app.selectbox(key="own_key").value, app.selectbox(key="own_layer_key").value) == ("край", "code")
    app.selectbox(key="own_layer_key").select("name").run()
    assert counted(sound(app)) == {"matched": 1}


def test_a_reference_system_is_asked_for() -> None:
    own = zipped(shapefile(two_units("EPSG:28407")), without=[".prj"])
    app = brought(table="край;v\nЗападный край;1\n".encode(), own=own)
    assert "reference system" in app.error[0].value
    app.selectbox(key="crs").select("EPSG:28407").run()
    sound(app)
    assert address(app)["crs"] == "EPSG:28407"
    assert "own.zip" in html(app)


@pytest.mark.parametrize(("lang", "said"), [("en", "holds a formula"), ("ru", "формула")])
def test_a_refused_file_gets_its_sentence(lang: str, said: str) -> None:
    app = brought(table=b"region;v\nMurmansk;=1+2\n", lang=lang)
    assert [said in one.value for one in app.error] == [True]
    assert [one.message for one in app.exception] == []
    assert app.selectbox == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"region;v\nMurmansk;nan\nKarelia;1\n", "no finite number"),
        (b"region;note\nMurmansk;a\n", "No column of the table holds numbers"),
    ],
)
def test_a_column_that_cannot_be_mapped_is_said(table: bytes, said: str) -> None:
    app = brought(table=table)
    assert [said in one.value for one in app.error] == [True]


def test_what_was_brought_can_be_forgotten() -> None:
    app = brought(own=layer("GPKG"))
    kept = {name for name in ("_brought_table", "_brought_layer") if name in app.session_state}
    assert kept == {"_brought_table", "_brought_layer"}
    app.button(key="forget_files").click().run()
    sound(app)
    assert not any(name in app.session_state for name in (*kept, "_answers", "_drawn_layer"))


def test_a_file_does_not_touch_a_disk_on_its_way() -> None:
    from starlette.formparsers import MultiPartParser

    brought()
    assert MultiPartParser.spool_max_size > limits().megabytes * 1_000_000


@pytest.mark.parametrize(("beside", "kind"), [("scatter", "chart"), ("rank", "table")])
def test_what_is_taken_away_names_the_file_and_what_the_link_lacks(
    beside: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Exhibit] = []
    chosen = take_away._chosen
    monkeypatch.setattr(take_away, "_chosen", lambda offered: made.extend(offered) or chosen(offered))
    rows = "\n".join(f"{code};{n},5" for n, code in enumerate(sorted(units.subjects().index)))
    app = opened("your_data", beside=beside, indicator="unemployment_rate")
    app.session_state["take_away"] = True
    app.file_uploader(key="table_file").upload("t.csv", f"iso;v\n{rows}\n".encode(), "text/csv")
    sound(app.run())
    assert [one.kind for one in made] == ["map", kind]
    for one in made:
        definitions = [f"{term}: {said}" for term, said in exhibits.sheets(one)["definitions"].to_numpy()]
        for said in (
            "t.csv, a table of the reader's own (83 rows, column “v”). The atlas has not checked it.",
            "Boundaries and names shown do not imply endorsement",
            f"Version of the data: {exhibits.data_version()}",
            "the data are not in it",
        ):
            assert any(said in line for line in definitions)
        assert "t.csv" in one.citation(date(2025, 1, 1)).text
        titles = exhibits.sheets(one)["sources"]["title"]
        # the atlas's own source stands beside the file where its figures do
        assert (titles.iloc[0].startswith("t.csv"), len(titles) > 1) == (True, one.kind != "map")
        assert "indicator=unemployment_rate" in one.address
    assert "the data are not in it" in html(app)
    if one.sheet is not None:
        caption = one.sheet().layout.annotations[-1].text.replace("<br>", " ")
        assert all(said in caption for said in ("t.csv", "do not imply", "data version", "not in it"))


LONG = "Субъект;Год;Связи\n" + "".join(
    f"{name};{year};{ties}\n"
    for name, of in (("Мурманская область", (1, 9)), ("Карелия", (2, 0)), ("Псковская область", (3, 10)))
    for year, ties in zip((2014, 2015), of, strict=True)
)


def test_years_of_the_table_are_chosen_and_share_their_limits() -> None:
    asked = {"year": "2014", "scheme": "equal_interval", "k": "3", "overlay": "crossing"}
    app = sound(brought(table=LONG.encode(), **asked, beside="rank", indicator="unemployment_rate"))
    assert counted(app) == {"matched": 3}
    assert (app.selectbox(key="own_years").value, address(app)["year"]) == ("Год", "2014")
    assert "t.csv, 2014" in html(app)
    assert "Data for 3 of 83 units." in html(app)
    # beside them stand figures of the same year: 6.7 % in Murmansk Oblast (Rosstat)
    assert '<td class="num">6.70</td><td class="num">2014</td>' in html(app)
    app.query_params["limits"] = "all"
    app.run()
    # the values of both years, 1 to 10, in three equal intervals: all of 2014 are in the first
    assert "<td>1 – 4</td><td>3</td>" in html(sound(app))
    app.selectbox(key="own_years").select("").run()
    assert counted(app) == {"matched": 3, "in several rows": 3}
