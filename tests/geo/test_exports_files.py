"""Files that are taken away, read back with the libraries that others would read them with."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import zipfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import indicators, units
from geo.errors import DataError, UnknownCodeError
from geo.exports import layers, maps
from geo.exports.exhibits import Exhibit
from geo.exports.layers import field_names
from geo.exports.tables import csv_bytes
from geo.exports.workbooks import workbook
from geo.i18n import Text
from geo.maps.drawings import MapChoice
from geo.maps.overlays import overlays

ADDRESS = "http://localhost:8501/?indicator=twin_ties&lang=ru"
# what OWASP lists under "CSV Injection"
FORMULAS = ("=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", '=HYPERLINK("http://x","y")', "\t=1")
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def exhibit(indicator: str = "twin_ties", lang: str = "ru", **more) -> Exhibit:
    one = indicators.find(indicator)
    return maps.of_choice(MapChoice(one, indicators.years(one)[-1], one.default_per, **more), lang, ADDRESS)


def rows(written: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=separator))


# --- CSV


@settings(max_examples=60, deadline=None)
@given(st.lists(FLOATS, min_size=1, max_size=20), st.sampled_from([("comma", ",", "."), ("semicolon", ";", ",")]))
def test_numbers_come_back_from_csv_exactly(numbers, dialect) -> None:
    name, separator, decimal = dialect
    back = rows(csv_bytes(pd.DataFrame({"x": numbers}), name), separator)
    assert [float(cell.replace(decimal, ".")) for (cell,) in back[1:]] == numbers


def test_a_russian_excel_gets_semicolons_and_decimal_commas() -> None:
    written = csv_bytes(pd.DataFrame({"имя": ["Тыва", None], "x": [0.5, math.nan]}), "semicolon")
    assert written.decode("utf-8-sig") == "имя;x\r\nТыва;0,5\r\n;\r\n"
    assert written.startswith(b"\xef\xbb\xbf")
    assert csv_bytes(pd.DataFrame({"x": [1]}), bom=False) == b"x\r\n1\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_is_a_formula(text: str) -> None:
    assert rows(csv_bytes(pd.DataFrame({"x": [text]})))[1] == ["'" + text]


@pytest.mark.parametrize("text", ["-5", "+7 921", "−3", "- 1,5 %", "обычный"])
def test_figures_and_words_are_left_as_they_are(text: str) -> None:
    assert rows(csv_bytes(pd.DataFrame({"x": [text]})))[1] == [text]


# --- XLSX


@settings(max_examples=25, deadline=None)
@given(st.lists(FLOATS, min_size=1, max_size=10), st.lists(st.integers(-(2**53), 2**53), min_size=1, max_size=10))
def test_numbers_come_back_from_xlsx_exactly(floats, integers) -> None:
    data = {"f": pd.Series(floats), "i": pd.Series(integers, dtype="Int64")}
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"data": pd.DataFrame(data)})))["data"]
    assert [sheet.cell(row, 1).value for row in range(2, 2 + len(floats))] == floats
    assert [sheet.cell(row, 2).value for row in range(2, 2 + len(integers))] == integers


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_workbook_is_a_formula(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"data": pd.DataFrame({text: [text]})})))["data"]
    for row in (1, 2):
        assert (sheet.cell(row, 1).data_type, sheet.cell(row, 1).value) == ("s", text)
    assert sheet.cell(2, 1).quotePrefix is (text[0] in "=+-@")


def test_cells_have_types() -> None:
    frame = pd.DataFrame(
        {"a": [1, 2], "b": [0.5, None], "c": [True, False], "d": ["x", None], "e": [date(2026, 1, 2)] * 2}
    )
    frame["g"] = pd.array([2026, None], dtype="Int64")
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"data": frame})))["data"]
    assert [cell.data_type for cell in sheet[2]] == ["n", "n", "b", "s", "d", "n"]
    assert [cell.value for cell in sheet[3]][:4] == [2, None, False, None]
    assert sheet["F2"].value == 2026
    assert isinstance(sheet["F2"].value, int)


def test_what_a_workbook_cannot_hold_is_refused() -> None:
    with pytest.raises(DataError, match="not finite"):
        workbook({"data": pd.DataFrame({"x": [math.inf]})})
    with pytest.raises(DataError, match="too long"):
        workbook({"data": pd.DataFrame({"x": ["ы" * 32_768]})})
    book = openpyxl.load_workbook(io.BytesIO(workbook({"data": pd.DataFrame({"x": ["a\x00b"]})})))
    assert book["data"]["A2"].value == "a\N{REPLACEMENT CHARACTER}b"


def test_the_workbook_of_a_map_has_data_definitions_and_sources() -> None:
    one = exhibit("barents_council", scope="all")
    book = openpyxl.load_workbook(io.BytesIO(one.file("xlsx")))
    assert book.sheetnames == ["data", "definitions", "sources"]
    data = pd.DataFrame(book["data"].values).pipe(lambda t: t[1:].set_axis(t.iloc[0], axis=1))
    assert len(data) == 83
    # the five Russian members of the Barents Regional Council
    members = data.loc[data["status"] == "observed", "iso_3166_2"]
    assert set(members) == {"RU-ARK", "RU-KO", "RU-KR", "RU-MUR", "RU-NEN"}
    terms = {row[0]: row[1] for row in book["definitions"].iter_rows(values_only=True)}
    for status in ("zero", "no_data", "not_applicable", "suspended", "observed"):
        assert terms[f"status = {status}"]
    assert terms["Адрес"] == ADDRESS
    used = {source for joined in data["source"] for source in joined.split(";")}
    assert {row[0] for row in book["sources"].iter_rows(min_row=2, values_only=True)} == used


# --- layers


def test_names_of_ten_letters_stay_apart() -> None:
    columns = [f"indicator_value_{n}" for n in range(120)] + ["Имя субъекта", "Имя", "a-b", "a b", "VALUE", "value"]
    given = field_names(columns)
    assert list(given) == columns
    assert len({name.lower() for name in given.values()}) == len(columns)
    assert all(len(name) <= 10 and name.isascii() for name in given.values())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=30), unique=True, max_size=60))
def test_any_names_stay_apart(columns) -> None:
    given = field_names(columns)
    assert len({name.lower() for name in given.values()}) == len(columns)
    assert all(0 < len(name.encode()) <= 10 for name in given.values())


def test_a_geopackage_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    one = exhibit(scope="all")
    path = tmp_path / "a.gpkg"
    path.write_bytes(one.file("gpkg"))
    assert [name for name, _kind in pyogrio.list_layers(path)] == ["data", "definitions", "sources"]
    back = gpd.read_file(path, layer="data").set_index("iso_3166_2")
    frame = one.frame().set_index("iso_3166_2")
    assert back.crs.to_epsg() == 4326
    assert back["value"].equals(frame["value"])
    assert back["status"].tolist() == frame["status"].tolist()
    assert back.loc["RU-CHU", "name_ru"] == "Чукотский автономный округ"
    # Chukotka is whole: one part of the world, beyond 180 degrees east
    assert back.loc["RU-CHU"].geometry.bounds[0] > 150
    assert 190 < back.loc["RU-CHU"].geometry.bounds[2] < 192
    assert len(gpd.read_file(path, layer="sources")) > 10
    assert one.file("gpkg") == path.read_bytes()


def test_a_shapefile_comes_with_encoding_projection_and_legend(tmp_path: Path) -> None:
    one = exhibit(scope="border")
    with zipfile.ZipFile(io.BytesIO(one.file("shp"))) as archive:
        archive.extractall(tmp_path)
    files = {path.suffix: path for path in tmp_path.iterdir() if path.suffix != ".csv"}
    assert set(files) == {".shp", ".shx", ".dbf", ".prj", ".cpg"}
    assert files[".cpg"].read_text().strip() == "UTF-8"
    assert 'GEOGCS["GCS_WGS_1984"' in files[".prj"].read_text()
    back = gpd.read_file(files[".shp"])
    frame = one.frame()
    assert len(back) == 48
    assert back["name_ru"].tolist() == frame["name_ru"].tolist()
    assert back["value"].tolist() == pytest.approx(frame["value"].tolist(), abs=1e-15, nan_ok=True)
    legend = rows(next(tmp_path.glob("*-fields.csv")).read_bytes())
    assert dict(legend[1:]) == {field: column for column, field in field_names(frame.columns).items()}
    assert set(dict(legend[1:])) == set(back.columns) - {"geometry"}
    whole = rows(next(tmp_path.glob("*-table.csv")).read_bytes())
    assert whole == rows(one.file("csv"))


def test_a_layer_needs_each_unit_once_and_known() -> None:
    with pytest.raises(DataError, match="twice"):
        layers.joined(pd.DataFrame({"iso_3166_2": ["RU-MUR", "RU-MUR"]}), "subjects")
    with pytest.raises(DataError, match="no such unit"):
        layers.joined(pd.DataFrame({"iso_3166_2": ["UA-43"]}), "subjects")
    assert len(layers.joined(pd.DataFrame({"country": ["FI", "NO"]}), "countries")) == 2


# --- citations


def test_ris_of_a_map() -> None:
    # tags and their order as in the RIS format: TY first, ER last, two spaces, hyphen, space
    cited = exhibit("barents_council", "en").citation(date(2026, 11, 21))
    lines = cited.ris.split("\r\n")
    assert lines[0] == "TY  - MAP"
    assert lines[1] == "AU  - Limitrophe contributors"
    assert lines[-2:] == ["ER  - ", ""]
    tags = dict(line.split("  - ", 1) for line in lines[:-2])
    assert tags["UR"] == ADDRESS
    assert tags["Y2"] == "2026/11/21"
    assert tags["T2"].startswith("Limitrophe: an open atlas")


def test_charts_and_tables_are_cited_as_what_they_are() -> None:
    table = Exhibit("ties", "table", Text(en="Ties", ru="Связи"), "ru", ADDRESS, pd.DataFrame)
    cited = table.citation(date(2026, 11, 21))
    assert cited.text.startswith("«Связи» [таблица]. Limitrophe: ")
    assert cited.gost.startswith("Связи [Электронный ресурс] : таблица // Limitrophe: ")
    assert cited.bibtex.startswith("@misc{limitrophe-ties-")
    assert cited.ris.startswith("TY  - DATA\r\n")


# --- exhibits


def test_an_exhibit_makes_what_it_lists_and_nothing_else() -> None:
    table = Exhibit("Ties: <all>", "table", Text(en="t", ru="t"), "en", ADDRESS, lambda: pd.DataFrame({"x": [1]}))
    assert table.kinds() == ["csv", "csv_semicolon", "xlsx", "bib", "ris"]
    assert table.file_name("csv_semicolon") == "limitrophe-ties-all-en-semicolon.csv"
    assert table.file("csv").decode("utf-8-sig") == "x\r\n1\r\n"
    with pytest.raises(UnknownCodeError):
        table.file("png")


def test_pictures_of_a_map_have_their_size_and_their_words() -> None:
    one = exhibit("barents_council", "ru")
    written = one.file("png_300dpi")
    assert written[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(written[16:20]), int.from_bytes(written[20:24])  # as the header of a PNG tells them
    assert size == (3507, 2481)  # 11.69 by 8.27 inches, as A4 lies, at 300 dots an inch
    assert one.file("svg").decode().startswith("<?xml")


def test_values_of_all_subjects_have_a_row() -> None:
    assert exhibit(scope="all").frame()["iso_3166_2"].tolist() == units.scope("all").tolist()


def test_a_picture_shows_the_ties_that_its_address_names() -> None:
    one = indicators.find("twin_ties")
    choice = MapChoice(one, indicators.years(one)[-1], one.default_per)
    over = overlays(("crossing",), "border", "ru", "light")
    bare, full = (maps.of_choice(choice, "ru", ADDRESS, overlay=ties).file("svg").decode() for ties in (None, over))
    # letters are outlines in the file, with the text in a comment
    assert "<!-- Пункты пропуска -->" in full
    assert "<!-- Пункты пропуска -->" not in bare
    assert full.count("<use ") > bare.count("<use ") + 50, "symbols on the map"


def test_a_table_has_a_layer_where_each_row_is_one_unit() -> None:
    def kinds(**columns: list[str]) -> set[str]:
        frame = pd.DataFrame(columns)
        return {*Exhibit("t", "table", Text(en="t", ru="t"), "en", ADDRESS, lambda: frame).kinds()}

    assert kinds(iso_3166_2=["RU-MUR", "RU-KR"]) >= {"gpkg", "shp"}
    assert kinds(country=["FI", "NO"]) >= {"gpkg", "shp"}
    for rows in (
        {"iso_3166_2": ["RU-MUR", "RU-MUR"]},
        {"country": ["FI", "BR"]},
        {"x": ["RU-MUR"]},
        {"iso_3166_2": []},
    ):
        assert not kinds(**rows) & {"gpkg", "shp", "png"}


def test_the_layer_of_a_russian_table_keeps_its_words_and_figures(tmp_path: Path) -> None:
    frame = pd.DataFrame({"iso_3166_2": ["RU-MUR", "RU-KR"], "Субъект": ["Мурманская область", "Карелия"]})
    frame["Протяжённость, км"] = [195.7, None]
    frame["Связи"] = pd.array([12, None], dtype="Int64")
    one = Exhibit("Связи", "table", Text(en="t", ru="т"), "ru", ADDRESS, lambda: frame)
    (tmp_path / "a.gpkg").write_bytes(one.file("gpkg"))
    back = gpd.read_file(tmp_path / "a.gpkg", layer="data")
    assert back["Субъект"].tolist() == frame["Субъект"].tolist()
    assert back["Протяжённость, км"].iloc[0] == 195.7
    with zipfile.ZipFile(io.BytesIO(one.file("shp"))) as archive:
        fields = next(name for name in archive.namelist() if name.endswith("-fields.csv"))
        assert [row[1] for row in rows(archive.read(fields))[1:]] == frame.columns.tolist()


def words_of(picture: str) -> str:
    """Texts of an SVG, whose letters are outlines: each stands in a comment beside them."""
    found = re.findall(r"<!-- (.*?) -->", picture, re.DOTALL)
    return re.sub(r"\s+", " ", " ".join(found))


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("indicator", ["unemployment_rate", "twin_ties", "barents_council", "consulates_career"])
def test_a_figure_carries_all_that_a_reader_of_paper_needs(indicator: str, lang: str) -> None:
    one = indicators.find(indicator)
    year = indicators.years(one)[-1]
    made = exhibit(indicator, lang)
    said = words_of(made.file("svg").decode())
    for part in (one.title.of(lang), indicators.unit_of(one, one.default_per).of(lang), str(year)):
        assert part in said
    # all kinds of nothing, also those that this map has not
    zero = {"en": "no", "ru": "нет"} if one.kind == "yes_no" else {"en": "zero", "ru": "ноль"}
    nothing = {"en": ["no data", "not applicable", "suspended"], "ru": ["нет данных", "неприменимо", "приостановлено"]}
    for kind in (*nothing[lang], zero[lang]):
        assert kind in said, f"the legend lacks {kind}"
    first = str(indicators.sources_of(one)["title"].iloc[0]).rstrip(".")
    assert first[:40] in said
    assert {"en": "do not imply endorsement; units follow ISO 3166-2", "ru": "не означают их признания"}[lang] in said
    package = Path(__file__).parents[2] / "data" / "datapackage.json"
    version = json.loads(package.read_text(encoding="utf-8"))["version"]
    assert {"en": f"data version {version}", "ru": f"версия данных {version}"}[lang] in said
    assert ADDRESS in said.replace("&amp;", "&")
