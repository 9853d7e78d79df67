"""Where a table has its years, long and wide, and the same figures out of both; counted by hand."""

from __future__ import annotations

import pytest

from geo.uploads import Refused, read_table
from geo.uploads.joining import joined, refuse_open, unit_keys, values
from geo.uploads.matching import Matching, Place, guess_key, match_names, names_of
from geo.uploads.tables import UploadedTable
from geo.uploads.years import COLUMNS, NOWHERE, families, guess, measures, of_rows, places, year_of

LONG = """Субъект;Год;Экспорт;Столица
Мурманская область;2014 г.;5,5;Мурманск
Мурманская область;2015 г.;7;Мурманск
Республика Карелия;2014 г.;1;Петрозаводск
Республика Карелия;2015 г.;-;Петрозаводск
"""
WIDE = """Субъект;Столица;Экспорт, 2014 год;Экспорт, 2015 год;Площадь
Мурманская область;Мурманск;5,5;7;144,9
Республика Карелия;Петрозаводск;1;-;180,5
"""
ANNUAL = {2014: {"RU-MUR": 5.5, "RU-KR": 1.0}, 2015: {"RU-MUR": 7.0}}


def read(text: str) -> UploadedTable:
    return read_table(text.encode("cp1251"))


def matched(table: UploadedTable, where: str | None = None, *kept: int) -> Matching:
    key = guess_key(table)
    where = guess(table, key) if where is None else where
    return Matching(key, names_of(table, key), match_names(names_of(table, key)), {}, kept, of_rows(table, where))


@pytest.mark.parametrize(("text", "where"), [(LONG, "Год"), (WIDE, COLUMNS)])
def test_long_and_wide_give_the_same_figures(text: str, where: str) -> None:
    table = read(text)
    found = matched(table)
    assert guess(table, found.key) == where
    one = measures(table, found.key, where)["Экспорт"]
    assert one.years(found) == [2014, 2015]
    for year, figures in ANNUAL.items():
        frame = values(table, found, one.column(year), unit_keys(None), "no_data", year)
        assert frame["value"].dropna().to_dict() == figures
        assert frame["year_used"].dropna().unique().tolist() == [year]
        assert frame.loc["RU-SPE", "status"] == "no_data"


def test_what_stands_beside_the_years_is_mapped_too() -> None:
    table = read(WIDE)
    assert {name: list(one.columns) for name, one in measures(table, "Субъект", COLUMNS).items()} == {
        "Экспорт": [2014, 2015],
        "Площадь": [],
    }
    assert [*measures(table, "Субъект", NOWHERE)] == ["Экспорт, 2014 год", "Экспорт, 2015 год", "Площадь"]


@pytest.mark.parametrize(
    ("text", "where", "offered"),
    [
        # the year in which something began is an attribute of a unit
        ("iso;Год основания;v\nRU-MUR;1938;1\nRU-KR;1991;2\n", NOWHERE, ["Год основания"]),
        # one year for all: that of the table
        ("iso;Год;v\nRU-MUR;2024;1\nRU-KR;2024;2\n", "Год", ["Год"]),
        # dates of a panel, not called a year
        ("iso;на;v\nRU-MUR;31.12.2023;1\nRU-MUR;31.12.2024;2\n", "на", ["на"]),
        ("iso;2010;2011;2012\nRU-MUR;1;2;3\nRU-KR;2;3;4\n", COLUMNS, [COLUMNS]),
        ("iso;v\nRU-MUR;1\nRU-MUR;2\n", NOWHERE, []),
        # a figure like a year that does not tell the rows of a unit apart
        ("iso;v\nRU-MUR;1990\nRU-MUR;1990\nRU-KR;1991\n", NOWHERE, ["v"]),
    ],
)
def test_where_the_years_stand_is_guessed(text: str, where: str, offered: list[str]) -> None:
    table = read(text)
    assert guess(table, "iso") == where
    assert places(table, "iso") == [NOWHERE, *offered]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        *[(cell, 2015) for cell in ("2015", " 2015.0", "2015 год", "2015г.", "2015-12-31", "1.1.2015", "2015 1)")],
        *[(cell, None) for cell in ("", "1066", "12015", "2015-2016", "2015,5", "15", "2015 km")],
    ],
)
def test_a_year_is_read_as_people_write_it(cell: str, year: int | None) -> None:
    assert year_of(cell) == year


def test_spans_and_single_years_are_no_family() -> None:
    assert families(["plan 2010-2011", "census 2010", "12010", "a 2015"]) == {}
    # names without case and marks; the column that bears the name of the family stays itself
    assert families(["v", "V 2001", "v_2002"]) == {"V": {2001: "V 2001", 2002: "v_2002"}}
    assert families(["v", "v 2001", "v 2002"]) == {"v, 2001–2002": {2001: "v 2001", 2002: "v 2002"}}


def test_a_unit_stands_twice_only_within_a_year() -> None:
    table = read(LONG + "Карелия;2015;3;Петрозаводск\n")
    found = matched(table)
    assert found.repeated == {Place("RU-KR", 2015): (4, 5)}
    with pytest.raises(Refused) as refused:
        refuse_open(found, partial=True)
    assert refused.value.kind == "unit_twice_in_year"
    assert "2015 (4, 5)" in refused.value.said("en")
    chosen = matched(table, None, 5)
    assert chosen.repeated == {}
    assert values(table, chosen, "Экспорт", unit_keys(None), "no_data", 2015).loc["RU-KR", "value"] == 3


def test_rows_without_a_year_are_none_of_any_year() -> None:
    # a long tail of proper rows, so that the column is still one of years
    more = "".join(f"Псковская область;{year};1;Псков\n" for year in range(2000, 2014))
    found = matched(read(LONG + more + "Карелия;;3;Петрозаводск\n"))
    assert (found.undated, found.repeated) == ((19,), {})
    with pytest.raises(Refused) as refused:
        refuse_open(found)
    assert refused.value.kind == "undated"
    refuse_open(found, partial=True)


def test_the_layer_of_a_long_table_has_a_unit_once() -> None:
    table = read(LONG)
    layer = joined(table, matched(table)).set_index("iso_3166_2")
    assert [*layer.columns[2:]] == ["Субъект", "Экспорт_2014", "Экспорт_2015", "Столица", "geometry"]
    assert layer.loc["RU-MUR", ["Экспорт_2014", "Экспорт_2015", "Столица"]].tolist() == [5.5, 7.0, "Мурманск"]
    assert layer["Экспорт_2015"].notna().sum() == 1
    assert len(layer) == 83


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_one_year_of_a_table_is_a_layer_too(text: str) -> None:
    table = read(text)
    layer = joined(table, matched(table), year=2014).set_index("iso_3166_2")
    (column,) = [name for name in layer.columns if "Экспорт" in name]
    assert layer[column].dropna().to_dict() == ANNUAL[2014]


def test_years_do_not_make_more_columns_than_are_read() -> None:
    names = [f"c{n}" for n in range(60)]
    rows = [";".join(["RU-MUR", str(year), *["1"] * 60]) for year in range(2000, 2010)]
    table = read("\n".join([";".join(["iso", "year", *names]), *rows]))
    with pytest.raises(Refused) as refused:
        joined(table, matched(table))
    assert (refused.value.kind, refused.value.values["count"]) == ("too_many_columns", 601)
