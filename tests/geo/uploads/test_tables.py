"""Tables in every encoding, separator and writing of numbers that Russian and English offices use.

Truths from outside: what Python's own codecs, csv module and openpyxl write must come back; figures are written by
Babel in both languages and must be read as the numbers they were.
"""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import date

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo import units
from geo.uploads import Refused, column_values, number_columns, read_table
from geo.uploads.cells import number
from tests.geo.uploads.files import workbook

# the bounds of a search by chance: a second or two for all of them
FEW = settings(max_examples=60, deadline=None, database=None, derandomize=True)

SUBJECTS = [units.name(code, "ru").replace("–", "-") for code in ("RU-MUR", "RU-KR", "RU-LEN", "RU-PSK", "RU-KGD")]
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("cp1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic"),
)


def written(rows: list[list[str]], separator: str = ";") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_table(content)
    return refused.value.kind


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_is_found_out(encoding: str) -> None:
    text = written([["Регион", "Связи"], *([name, f"{n},5"] for n, name in enumerate(SUBJECTS))])
    table = read_table(text.encode(encoding))
    assert table.frame["Регион"].tolist() == SUBJECTS
    assert column_values(table, "Связи")["value"].tolist() == [0.5, 1.5, 2.5, 3.5, 4.5]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-16-le"])
def test_one_name_is_enough_to_tell_the_encoding(encoding: str) -> None:
    table = read_table("Регион;Связи\nМурманская область;3\n".encode(encoding))
    assert table.frame.iloc[0].tolist() == ["Мурманская область", "3"]


@pytest.mark.parametrize("order", [("cp1251", "utf-8"), ("utf-8", "cp1251"), ("koi8-r", "utf-8")])
def test_an_encoding_that_changes_late_is_noticed(order: tuple[str, str]) -> None:
    first = "Регион;Связи\n" + "Мурманская область;12,5\n" * 14_000
    begun = first.encode(order[0])
    assert len(begun) > 300_000
    with pytest.raises(Refused) as refused:
        read_table(begun + "Псковская область;3\n".encode(order[1]))
    assert refused.value.kind == "mixed_encodings"
    # the line in the encoding of one byte a letter: the header where the file begins in it, else the last
    assert refused.value.values == {"line": 1 if order[1] == "utf-8" else 14_002}


def test_a_long_table_in_one_encoding_is_read() -> None:
    text = "Регион;Связи\n" + "Мурманская область;12,5\n" * 14_000
    assert read_table(text.encode("cp1251")).frame["Регион"].unique().tolist() == ["Мурманская область"]


def test_western_letters_are_not_taken_for_cyrillic() -> None:
    table = read_table("Region;Valeur\nRhône;12,5\nCôtes-d'Armor;3,4\n".encode("cp1252"))
    assert table.frame["Region"].tolist() == ["Rhône", "Côtes-d'Armor"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoted", [False, True])
def test_every_separator_is_found_out(separator: str, quoted: bool) -> None:
    name = f"Oblast{separator} Murmansk" if quoted else "Murmansk Oblast"
    table = read_table(
        written([["region", "ties", "note"], [name, "12.5", "a"], ["Karelia", "7.25", "b"]], separator).encode()
    )
    assert table.separator == separator
    assert table.frame["region"].tolist() == [name.replace("\t", " "), "Karelia"]
    assert column_values(table, "ties")["value"].tolist() == [12.5, 7.25]


def test_decimal_commas_do_not_make_columns() -> None:
    table = read_table("регион;доля;связи\nМурманск;12,5;1 234\nКарелия;7,25;2 345,5\n".encode("cp1251"))
    assert table.columns == ["регион", "доля", "связи"]
    assert column_values(table, "связи")["value"].tolist() == [1234.0, 2345.5]


def test_the_line_that_tells_excel_its_separator_is_no_row() -> None:
    assert read_table(b"sep=|\na|b\n1|2\n").columns == ["a", "b"]


def test_titles_above_and_empty_rows_are_passed_over() -> None:
    table = read_table("Связи регионов\n\nрегион;связи\nМурманск;1\n;\nКарелия;2\n".encode())
    assert table.frame["регион"].tolist() == ["Мурманск", "Карелия"]
    assert table.frame.index.tolist() == [1, 3]


def test_columns_of_one_name_stay_apart() -> None:
    assert read_table(b"a;a;;a\n1;2;3;4\n").columns == ["a", "a (2)", "C", "a (3)"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\N{NO-BREAK SPACE}234,5", 1234.5),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", 1234567.0),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567.0),
        ("12'345.6", 12345.6),
        ("\N{MINUS SIGN}0,5", -0.5),
        ("12,5 %", 12.5),
        ("1e3", 1000.0),
        (",5", 0.5),
        ("0,123", 0.123),
    ],
)
def test_a_figure_is_read_as_people_write_it(cell: str, value: float) -> None:
    assert number(cell, ".") == number(cell, ",") == value


@pytest.mark.parametrize(
    "cell", ["", "abc", "12 34", "1,23,4", "1.2.3", "1e999", "nan", "inf", "--1", "1 2345", "12 км"]
)
def test_what_is_no_figure_is_none(cell: str) -> None:
    assert number(cell) is None


@FEW
@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 2)), st.sampled_from(["en", "ru", "de", "fr"]))
@example(1234.0, "ru")
def test_figures_of_four_languages_come_back(value: float, language: str) -> None:
    said = str(format_decimal(value, format="#,##0.00", locale=language))
    assert number(said) == value


@FEW
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_writes_is_read_exactly(value: float) -> None:
    assert number(repr(value), ".") == value


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs", "Cc", "Cf")), max_size=12
)


@FEW
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from(";\t|,"))
def test_whatever_a_table_holds_comes_back_or_is_refused(rows: list[list[str]], separator: str) -> None:
    header = ["регион", "название", "связи"]
    content = written([header, *rows], separator).encode()
    if not any(any(cell.strip() for cell in row) for row in rows) or any(
        re.match("[=@+-]", c) for row in rows for c in row
    ):
        return
    table = read_table(content)
    kept = [[cell.strip() for cell in row] for row in rows]
    assert table.frame.to_numpy().tolist() == [row for row in kept if any(row)]


@FEW
@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00")
@example(b'\xef\xbb\xbf"')
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read_table(content)
    except Refused:
        return
    assert len(table.columns) >= 2


@pytest.mark.parametrize("word", ["", "…", "n/a", "нет данных", "-", "—"])
def test_words_for_no_data(word: str) -> None:
    table = read_table(f"r;v\na;1\nb;{word}\n".encode())
    assert column_values(table, "v")["status"].tolist() == ["observed", "no_data"]


def test_four_kinds_of_nothing_stay_apart() -> None:
    table = read_table("r;v\na;0\nb;…\nc;x\nd;приостановлено\ne;–\n".encode())
    assert column_values(table, "v", dash="zero")["status"].tolist() == [
        *("zero", "no_data", "not_applicable", "suspended", "zero")
    ]


def test_a_table_of_the_atlas_keeps_its_statuses() -> None:
    from geo.exports.tables import csv_bytes, values_table

    ours = values_table("twin_ties", scope="all")
    table = read_table(csv_bytes(ours))
    read = column_values(table, "value")
    assert read["status"].tolist() == ours["status"].tolist()
    assert read["value"].dropna().tolist() == ours["value"].dropna().tolist()


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("nan", "not_finite"),
        ("-inf", "not_finite"),
        ("1e999", "not_finite"),
        ("#DIV/0!", "not_finite"),
        ("#Н/Д", "not_finite"),
        ("twelve", "not_a_number"),
    ],
)
def test_what_is_no_finite_number_is_refused_by_its_row(cell: str, kind: str) -> None:
    table = read_table(f"r;v\na;1\nb;2\nc;{cell}\n".encode())
    assert number_columns(table, "r") == ["v"]
    with pytest.raises(Refused) as refused:
        column_values(table, "v")
    assert refused.value.kind == kind
    assert "3" in refused.value.said("en")
    assert cell in refused.value.said("ru")


def test_a_workbook_keeps_its_figures_exactly() -> None:
    figures = [0.3, 1.234, 1e-7, 12345678.9, 2**53 - 1]
    table = read_table(workbook([("регион", "связи"), *((name, f) for name, f in zip(SUBJECTS, figures, strict=True))]))
    assert table.format == "xlsx"
    assert column_values(table, "связи")["value"].tolist() == figures


def test_figures_as_texts_do_not_change_proper_ones() -> None:
    table = read_table(workbook([("r", "v"), ("a", 1.234), ("b", "12,5"), ("c", "7,25"), ("d", "1,234")]))
    assert column_values(table, "v")["value"].tolist() == [1.234, 12.5, 7.25, 1.234]


def test_dates_and_truths_of_a_workbook_are_texts() -> None:
    table = read_table(workbook([("r", "d", "t"), ("a", date(2024, 2, 1), True)]))
    assert table.frame.iloc[0].tolist() == ["a", "2024-02-01", "TRUE"]


def test_the_first_sheet_with_a_table_is_read() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "about this file"
    sheet = book.create_sheet("data")
    for row in (("r", "v"), ("a", 1)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue()).columns == ["r", "v"]


def test_html_is_a_text_like_any_other() -> None:
    name = "<img src=x onerror=alert(1)>"
    assert read_table(f"r;v\n{name};1\n".encode()).frame["r"].tolist() == [name]


def test_marks_that_turn_the_writing_round_are_taken_out() -> None:
    assert read_table("r;v\nМур\u202eманск;1\n".encode()).frame["r"].tolist() == ["Мур манск"]


def test_a_number_too_large_is_no_number() -> None:
    assert number("1e309") is None
    assert math.isfinite(number("1e308") or math.inf)
    assert refusal(b"a") == "one_column"


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("r;a;;b\n;x;y;\nm;1;2;3\n", ["r", "a x", "a y", "b"], [1]),
        ("r;a;;\n;2014;2015;2016\nm;1;2;3\n", ["r", "a 2014", "a 2015", "a 2016"], [1]),
        # a gap of the header that the next line does not fill is a column without a name
        ("r;a;;b\nm;1;2;3\n", ["r", "a", "C", "b"], [1]),
        # a first row without a name is a row
        ("r;a;b\n;1;2\nm;1;2\n", ["r", "a", "b"], [1, 2]),
        (";a;;b\n;x;y;\nm;1;2;3\n", ["A", "a x", "a y", "b"], [1]),
        ("r;a;b\n1;2;3\nm;1;2\n", ["r", "a", "b"], [2]),
        ("r;a;b\nА;1;2\nm;1;2\n", ["r", "a", "b"], [2]),
        ("r;a;b\n1;2;3\n", ["r", "a", "b"], [1]),
    ],
)
def test_a_header_in_two_lines_and_a_line_of_numbers(text: str, columns: list[str], rows: list[int]) -> None:
    table = read_table(text.encode())
    assert (table.columns, table.frame.index.tolist()) == (columns, rows)
