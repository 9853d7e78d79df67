"""Whom rows speak of: guessed over both languages, codes and misspellings, and never guessed where in doubt."""

from __future__ import annotations

import csv
import io

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest

from geo import units
from geo.uploads import Refused, UploadedTable, apart, matching, read_table
from geo.uploads.joining import divided, joined, refuse_open, unit_keys, values
from geo.uploads.layers import UploadedLayer, read_layer
from geo.uploads.matching import (
    Matching,
    guess_key,
    guess_layer_key,
    match_names,
    match_to_keys,
    match_to_layer,
    names_of,
    spelled,
)
from geo.uploads.template import csv_template, xlsx_template
from tests.geo.uploads.files import layer
from tests.geo.uploads.files import units as two_units

TABLE = """N;Субъект;Связи;Год
1;Мурманская обл.;12;2024
2;Republic of Karelia;7;2024
3;Ленинградскаая область;5;2024
4;Алтай;3;2024
5;Российская Федерация;27;2024
6;RU-PSK;4,5;2024
"""


def matched(table: UploadedTable, key: str = "", **settled: str) -> Matching:
    key = key or guess_key(table)
    return Matching(key, names_of(table, key), match_names(names_of(table, key)), settled, {})


def test_names_of_both_languages_codes_and_slips_are_matched() -> None:
    table = read_table(TABLE.encode("cp1251"))
    found = matched(table)
    assert found.key == "Субъект"
    assert found.unit_of_name == {
        "Мурманская обл.": "RU-MUR",
        "Republic of Karelia": "RU-KR",
        "Ленинградскаая область": "RU-LEN",
        "RU-PSK": "RU-PSK",
    }
    assert found.wholes == ("Российская Федерация",)
    (altai,) = found.open
    assert (altai.name, altai.status) == ("Алтай", "ambiguous")
    assert set(altai.candidates) == {"RU-AL", "RU-ALT"}  # the Republic and the Krai


def test_what_the_reader_settles_is_kept() -> None:
    found = matched(read_table(TABLE.encode()), Алтай="RU-ALT")
    assert (found.open, found.left_out) == ((), ())
    settled = Matching(found.key, found.rows, found.answers, {**found.settled, "Российская Федерация": ""}, {})
    assert (settled.left_out, settled.wholes) == (("Российская Федерация",), ())
    assert settled.row_of_unit()["RU-ALT"] == 4
    refuse_open(settled)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_codes_are_taken_before_names(lang: str) -> None:
    assert (
        guess_key(read_table(csv_template(lang)[:-2].replace(b",\r\n", b",1\r\n").replace(b";\r\n", b";1\r\n")))
        == "iso_3166_2"
    )


def test_a_unit_in_two_rows_waits_for_a_choice() -> None:
    table = read_table("region;ties\nMurmansk Oblast;1\nМурманская область;2\nKarelia;3\n".encode())
    found = matched(table)
    assert found.repeated == {("RU-MUR", None): (1, 2)}
    assert found.row_of_unit() == {"RU-KR": 3}
    with pytest.raises(Refused) as refused:
        refuse_open(found, partial=True)
    assert refused.value.kind == "unit_twice"
    assert "1, 2" in refused.value.said("ru")
    chosen = Matching(found.key, found.rows, found.answers, {}, {2})
    frame = values(table, chosen, "ties", unit_keys(None), "no_data")
    assert frame.loc["RU-MUR", "value"] == 2


def test_a_chosen_row_that_went_to_another_unit_counts_no_more() -> None:
    table = read_table("region;ties\nMurmansk Oblast;1\nМурманская область;2\nMurmansk;3\n".encode())
    found = matched(table, "region", Murmansk="RU-KR")
    stale = Matching(found.key, found.rows, found.answers, found.settled, {3})
    assert stale.repeated == {("RU-MUR", None): (1, 2)}
    assert stale.row_of_unit() == {"RU-KR": 3}
    alone = Matching(found.key, found.rows, found.answers, {**found.settled, "Мурманская область": ""}, {2})
    assert alone.row_of_unit() == {"RU-MUR": 1, "RU-KR": 3}


def test_open_names_are_refused_unless_partial() -> None:
    found = matched(read_table(TABLE.encode()))
    with pytest.raises(Refused) as refused:
        refuse_open(found)
    assert refused.value.kind == "unmatched"
    assert refused.value.said("en").startswith("1 names are not matched (Алтай)")
    refuse_open(found, partial=True)


def test_every_subject_has_a_row_and_nothing_is_invented() -> None:
    table = read_table(TABLE.encode())
    frame = values(table, matched(table), "Связи", unit_keys(None), "no_data")
    assert len(frame) == 83
    assert frame["value"].dropna().to_dict() == {"RU-KR": 7.0, "RU-LEN": 5.0, "RU-MUR": 12.0, "RU-PSK": 4.5}
    assert (frame["status"] == "no_data").sum() == 79


def test_too_many_names_and_no_such_column_are_refused() -> None:
    table = read_table(("region;v\n" + "".join(f"name{n};1\n" for n in range(501))).encode())
    for key, kind in (("region", "many_names"), ("<b>", "no_key")):
        with pytest.raises(Refused) as refused:
            names_of(table, key)
        assert refused.value.kind == kind


def test_apart_matches_as_here() -> None:
    table, key, answers = apart.read_table(TABLE.encode("koi8-r"), "a.csv")
    assert (key, answers) == ("Субъект", match_names(names_of(table, "Субъект")))
    assert apart.match(table, "Субъект") == (key, answers)


def test_the_joined_layer_is_read_by_gdal_with_its_types(tmp_path) -> None:  # type: ignore[no-untyped-def]
    table = read_table("name_ru;fid;ties;share\nМурманская область;a;12;1,5\nКарелия;b;7;2,5\n".encode())
    path = tmp_path / "joined.gpkg"
    pyogrio.write_dataframe(joined(table, matched(table)), path, driver="GPKG")
    back = gpd.read_file(path).set_index("iso_3166_2")
    assert len(back) == 83
    assert back.loc["RU-MUR", ["ties", "share", "name_ru_2", "fid_2"]].tolist() == [12, 1.5, "Мурманская область", "a"]
    assert back["ties"].isna().sum() == 81
    assert back.crs == "EPSG:4326"


def test_own_boundaries_are_joined_on_a_key_of_theirs() -> None:
    own = read_layer(layer("GPKG"))
    table = read_table("край;v\nЗападный  край;1\nvostochny krai;2\n".encode())
    assert guess_layer_key(table, own) == ("край", "name")
    answers = match_to_layer(names_of(table, "край"), own, "name")
    found = Matching("край", names_of(table, "край"), answers, {}, {})
    keys = unit_keys(own, "name")
    assert values(table, found, "v", keys, "no_data")["value"].to_dict() == {
        "Западный край": 1.0,
        "Восточный край": 2.0,
    }
    whole = joined(table, found, own, "name")
    assert whole["v"].tolist() == [1, 2]
    assert whole.geometry.geom_equals(own.frame.geometry.reset_index(drop=True)).all()


def test_each_cell_is_folded_once_for_the_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, columns = 40, 12
    values = {f"c{c}": [f"unit {100 * c + r}" for r in range(rows)] for c in range(columns)}
    frame = gpd.GeoDataFrame(values, geometry=gpd.points_from_xy(range(rows), range(rows)), crs="EPSG:4326")
    own = UploadedLayer("own", frame)
    text = "\n".join(";".join(f"Unit {100 * c + r}" for c in range(5, 15)) for r in range(rows))
    table = read_table((";".join(f"t{c}" for c in range(10)) + "\n" + text).encode())
    folded: list[str] = []
    monkeypatch.setattr(matching, "spelled", lambda name: folded.append(name) or spelled(name))  # type: ignore[func-returns-value]
    assert guess_layer_key(table, own) == ("t0", "c5")
    assert len(folded) == rows * columns + matching.SAMPLED_NAMES * 10
    folded.clear()
    monkeypatch.setattr(matching, "FOLDED_CELLS", 3 * rows)
    assert guess_layer_key(table, own) == ("t0", "c0")  # none of the three columns that are looked at agrees
    assert len(folded) == 3 * rows + matching.SAMPLED_NAMES * 10


def test_apart_matches_to_own_boundaries_as_here() -> None:
    own = read_layer(layer("GPKG", two_units().assign(kind="k")))
    table = read_table("v;край\n1;Западный  край\n2;vostochny krai\n3;Луна\n".encode())
    names = names_of(table, "край")
    assert apart.guess_layer_key(table, own) == guess_layer_key(table, own) == ("край", "name")
    assert apart.match_to_layer(names, own, "name") == match_to_layer(names, own, "name")
    with pytest.raises(Refused) as refused:
        apart.match_to_layer(names, own, "kind")
    assert refused.value.kind == "feature_twice"


def test_a_key_that_names_two_features_is_refused() -> None:
    own = read_layer(layer("GPKG", two_units().assign(kind="k")))
    with pytest.raises(Refused) as refused:
        match_to_layer(["k"], own, "kind")
    assert refused.value.kind == "feature_twice"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_template_holds_the_83_in_both_languages(lang: str) -> None:
    text = csv_template(lang).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if lang == "ru" else ","))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_template(lang))).active
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    assert len(rows) == 84
    assert ["RU-MUR", "Murmansk Oblast", "Мурманская область", ""] in rows
    assert {row[0] for row in rows[1:]} == set(units.subjects().index)


def test_totals_are_divided_by_the_population_and_the_border() -> None:
    table = read_table(b"iso,n\nRU-MUR,10\nRU-MOS,10\nRU-KR,0\n")
    figures = values(table, matched(table), "n", unit_keys(None), "no_data")
    people = divided(figures, "population_million")
    # Rosstat: Murmansk Oblast had 658,700 inhabitants on 1 January 2023, as data/tables/panel.csv carries it
    assert people.loc["RU-MUR", "value"] == pytest.approx(10 / 0.6587)
    assert people.loc["RU-KR", ["value", "status"]].tolist() == [0, "zero"]
    border = divided(figures, "land_border_100km")
    assert border.loc["RU-MOS", "status"] == "not_applicable"
    assert figures is divided(figures, "none")


@pytest.mark.parametrize(
    "name",
    [
        *("Российская Федерация", "РФ", "Russia", "Всего", "ИТОГО:", "Итого по России", "в целом по РФ", "Total"),
        *("Центральный федеральный округ", "Северо-Западный ФО", "ЦФО", "Южный федеральный округ2)"),
        *("Уральский федеральный округ (без автономных округов)", "North Caucasus Federal District"),
        *("Волго-Вятский район", "Западно-Сибирский экономический район", "из них:", "в среднем по субъектам"),
    ],
)
def test_totals_and_districts_are_no_units(name: str) -> None:
    (found,) = match_names([name])
    assert (found.status, found.unit) == ("whole", "")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        *(("Мурманская область1)", "RU-MUR"), ("Мурманская область 1, 2)", "RU-MUR"), ("Псковская область¹", "RU-PSK")),
        *(("Алтайский край1,2)", "RU-ALT"), ("Калининградская область^1", "RU-KGD"), ("Тверская область**", "RU-TVE")),
        *(("в том числе Ненецкий автономный округ", "RU-NEN"), ("в т.ч. Ненецкий АО", "RU-NEN")),
        *(("Читинская область", "RU-ZAB"), ("Куйбышевская область", "RU-SAM"), ("г. Москва 3)", "RU-MOW")),
    ],
)
def test_marks_of_footnotes_and_words_before_a_name_do_not_count(name: str, unit: str) -> None:
    (found,) = match_names([name])
    assert (found.name, found.status, found.unit) == (name, "matched", unit)
    assert found.score == 100


@pytest.mark.parametrize("name", ["Севастополь 2)", "Республика Крым", "Уральск", "Южная область", "всё", "Россошь"])
def test_what_is_no_whole_is_not_taken_for_one(name: str) -> None:
    assert match_names([name])[0].status in ("unknown", "ambiguous")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Архангельская область без автономного округа", "RU-ARK"),
        ("Тюменская область (без автономных округов)", "RU-TYU"),
    ],
)
def test_a_subject_without_its_okrugs_is_the_readers_to_settle(name: str, unit: str) -> None:
    (found,) = match_names([name])
    assert (found.status, found.candidates, found.reason) == ("ambiguous", (unit,), "without_okrugs")


def test_units_of_ones_own_may_be_districts() -> None:
    keys = pd.Series(["Центральный федеральный округ", "Южный федеральный округ"])
    found = match_to_keys(["Центральный федеральный округ1)", "Российская Федерация", "Сибирь"], keys)
    assert [(one.status, one.unit) for one in found] == [
        ("matched", "Центральный федеральный округ"),
        ("whole", ""),
        ("unknown", ""),
    ]


ROSSTAT = """Валовой региональный продукт;;;
(миллионов рублей);;;
;Всего;;Темп роста;
;2014;2015;2014;2015
А;1;2;3;4
Российская Федерация;59 188 270,3;65 750 633,6;101,3;98,7
Северо-Западный федеральный округ;5 927 000,1;6 600 000,2;99,5;100,1
Республика Карелия;185 600,5;210 700,4;100,1;99,0
Архангельская область;540 000;610 000;...;...
в том числе:;;;;
Ненецкий автономный округ1);183 700;230 000;107,0;110,1
Архангельская область без автономного округа;356 300;380 000;-;-
Мурманская область;320 300;390 400;101,0;100,7
1) Данные уточнены.;;;;
"""


def test_a_table_as_rosstat_writes_it() -> None:
    """Titles, a header in two lines, numbered columns, totals, a subject with and without its okrug, a footnote."""
    table = read_table(ROSSTAT.encode("cp1251"))
    assert table.columns == ["A", "Всего 2014", "Всего 2015", "Темп роста 2014", "Темп роста 2015"]
    found = matched(table)
    assert found.wholes == ("Российская Федерация", "Северо-Западный федеральный округ")
    assert [one.name for one in found.open] == ["Архангельская область без автономного округа"]
    frame = values(table, found, "Всего 2015", unit_keys(None), "no_data", 2015)
    assert frame["value"].dropna().to_dict() == {
        "RU-KR": 210_700.4,
        "RU-ARK": 610_000.0,
        "RU-NEN": 230_000.0,
        "RU-MUR": 390_400.0,
    }
