"""The commands export and report: files that others can read, exit codes as scripts rely on them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest

from geo import ties
from geo.__main__ import main
from geo.exports import reports
from geo.exports.charts import captioned, drawn_values, no_browser


def export(path: Path, *words: str) -> bytes:
    assert main(["export", "barents_council", "--format", *words, "--out", str(path)]) == 0
    return path.read_bytes()


def test_export_writes_each_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = export(tmp_path / "a.csv", "csv", "--scope", "all", "--separator", "semicolon")
    assert len(list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))) == 84
    export(tmp_path / "a.xlsx", "xlsx", "--lang", "ru")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["data", "definitions", "sources"]
    export(tmp_path / "a.gpkg", "gpkg")
    assert len(gpd.read_file(tmp_path / "a.gpkg", layer="data")) == 48
    names = zipfile.ZipFile(io.BytesIO(export(tmp_path / "a.zip", "shp"))).namelist()
    assert {Path(name).suffix for name in names} == {".shp", ".shx", ".dbf", ".prj", ".cpg", ".csv"}
    page = export(tmp_path / "a.html", "html", "--lang", "ru", "--address", "https://atlas.example/").decode()
    assert "https://atlas.example/?indicator=barents_council&amp;" in page
    assert '<html lang="ru">' in page
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["export", "twin_ties", "--format", "csv", "--out", "a.xlsx"], "must end in .csv"),
        (["export", "twin_ties", "--format", "csv", "--out", "no/such/a.csv"], "directory does not exist"),
        (["export", "twin_ties", "--format", "csv", "--year", "1066", "--out", "a.csv"], "unknown year"),
        (["export", "twin_ties", "--format", "csv", "--per", "moon", "--out", "a.csv"], "unknown denominator"),
        (["export", "twin_ties", "--format", "svg", "--overlay", "moon", "--out", "a.svg"], "twin_town"),
        (["export", "twin_ties", "--format", "csv", "--overlay", "crossing", "--out", "a.csv"], "png, svg, pdf, html"),
        (["export", "no_such", "--format", "csv", "--out", "a.csv"], "unknown indicator"),
        (["report", "RU-XXX", "--out", "a.pdf"], "RU-XXX"),
        (["report", "RU-MUR", "--out", "a.docx"], "must end in .pdf"),
    ],
)
def test_bad_arguments_are_told(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert list(tmp_path.iterdir()) == []


def test_export_draws_the_ties_that_it_names_in_the_address(tmp_path: Path) -> None:
    page = export(tmp_path / "a.html", "html", "--lang", "ru", "--overlay", "crossing,twin_town").decode()
    assert "overlay=twin_town%2Ccrossing" in page
    assert "<b>Пункты пропуска</b>" in page, "the legend tells the looks of the ties"


def test_the_help_of_export_says_what_each_format_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for words in ("gpkg: GeoPackage of the joined layer", "html: live map that needs no network", "euroregion"):
        assert words in said


@pytest.fixture(scope="module")
def murmansk() -> reports.Report:
    return reports.report("RU-MUR", "ru", "http://localhost:8501/")


def test_the_profile_of_murmansk_says_what_is_known_of_it(murmansk: reports.Report) -> None:
    assert murmansk.title == "Мурманская область"
    assert "144 900" in murmansk.detail.replace("\N{NO-BREAK SPACE}", " ")  # Rosstat: 144.9 thousand km²
    touches = murmansk.sections[0].table
    assert touches is not None
    # 195.7 km with Norway, as the atlas of the border has it; 351.8 km are derived
    assert [(row[0], row[1], row[2]) for row in touches.rows] == [
        ("Финляндия", "суша", "352"),
        ("Норвегия", "суша", "196"),
        ("Норвегия", "море", "23"),
    ]
    counted = next(one.table for one in murmansk.sections if one.title == "Связи")
    assert counted is not None
    assert sum(int(row[1]) for row in counted.rows) == len(ties.load().where(subject="RU-MUR"))
    assert "http://localhost:8501/region?lang=ru&region=RU-MUR" in murmansk.foot


def letters(pdf: bytes) -> set[str]:
    """Letters that a reader of a PDF can search for and copy: what its fonts map to Unicode."""
    found: set[str] = set()
    for stream in re.findall(rb"/FlateDecode \][^>]*>>\s*stream\r?\n(x.*?)endstream", pdf, re.DOTALL):
        text = zlib.decompressobj().decompress(stream)
        if b"beginbfchar" in text:
            found |= {chr(int(code, 16)) for code in re.findall(rb"<[0-9A-F]{2}> <([0-9A-F]{4})>", text)}
    return found


def test_a_printed_profile_has_two_to_four_pages_and_cyrillic(murmansk: reports.Report, tmp_path: Path) -> None:
    written = reports.as_pdf(murmansk)
    pages = len(re.findall(rb"/Type\s*/Page\b", written))
    assert 2 <= pages <= 4
    assert b"/FontFile2" in written  # the font is embedded
    assert letters(written) >= set("Мурманская область, Финляндия 2026")
    assert written == reports.as_pdf(murmansk)


def test_a_profile_as_html_needs_nothing_else(murmansk: reports.Report) -> None:
    page = reports.as_html(murmansk)
    assert "Мурманская область" in page
    assert "@page { size: A4" in page
    assert set(re.findall(r'src="(\w+:)', page)) == {"data:"}
    assert not re.search(r"<(script|link|iframe)\b", page)


def test_a_subject_without_border_has_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    assert main(["report", "RU-MOS", "--out", str(path)]) == 0
    assert "No state border" in path.read_text(encoding="utf-8")


# --- charts


def test_a_chart_taken_away_bears_title_sources_version_and_address() -> None:
    import plotly.graph_objects as go

    figure = go.Figure(go.Bar(x=[1, 2], y=["a", "b"]), {"margin": {"t": 8, "b": 8}})
    sheet = captioned(figure, "Ties <of> a & b", ["Sources: x.", "Limitrophe, data version 1: http://a/?b=c&d=e"])
    assert sheet.layout.title.text == "<b>Ties &lt;of&gt; a &amp; b</b>"
    words = sheet.layout.annotations[-1].text
    assert words == "Sources: x.<br>Limitrophe, data version 1: http://a/?b=c&amp;d=e"
    assert sheet.layout.margin.b > 60
    assert figure.layout.title.text is None


def test_the_figures_of_a_chart_are_those_it_draws() -> None:
    import plotly.graph_objects as go

    bars = go.Figure([go.Bar(x=[3, 5], y=[0, 1], name="ties"), go.Scatter(x=[1, None, 2], y=[0, None, 1], name="line")])
    bars.update_yaxes(tickvals=[0, 1], ticktext=["Karelia", "Pskov"])
    table = drawn_values(bars)
    assert table.to_dict("records") == [
        {"series": "ties", "x": 3, "y": "Karelia"},
        {"series": "ties", "x": 5, "y": "Pskov"},
        {"series": "line", "x": 1, "y": "Karelia"},
        {"series": "line", "x": 2, "y": "Pskov"},
    ]
    link = {"source": [0], "target": [1], "value": [7]}
    flows = drawn_values(go.Figure(go.Sankey(node={"label": ["a", "b"]}, link=link)))
    assert flows.to_dict("records") == [{"from": "a", "to": "b", "value": 7}]
    heat = drawn_values(go.Figure(go.Heatmap(x=["p", "q"], y=["r"], z=[[1, None]])))
    assert heat.to_dict("records") == [{"x": "p", "y": "r", "z": 1}]


def test_without_a_browser_one_sentence_says_what_to_do() -> None:
    assert no_browser("en").count(".") == 1
    assert "chromium" in no_browser("ru")
