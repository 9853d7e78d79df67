"""``python -m geo join``: the layer it writes, the report, and the codes by which a script knows how it went."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest

from geo.__main__ import main
from geo.units import subjects
from geo.uploads import apart, limits
from tests.geo.uploads.files import layer, shapefile, units, zipped
from tests.geo.uploads.hostile import CORPUS

GOOD = "Субъект;Связи\nМурманская область;12\nRepublic of Karelia;7,5\n"
OPEN = GOOD + "Алтай;3\n"


def joined(tmp_path: Path, text: str, *more: str) -> tuple[int, Path]:
    table, out = tmp_path / "t.csv", tmp_path / "o.gpkg"
    table.write_bytes(text.encode("cp1251"))
    return main(["join", str(table), "--out", str(out), *more]), out


def test_the_layer_has_all_subjects_and_the_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = joined(tmp_path, GOOD)
    assert (code, capsys.readouterr()) == (0, ("", ""))
    frame = gpd.read_file(out).set_index("iso_3166_2")
    assert len(frame) == 83
    assert frame["Связи"].dropna().to_dict() == {"RU-MUR": 12.0, "RU-KR": 7.5}


def test_open_names_end_with_1_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = joined(tmp_path, OPEN, "--report", "json", "--lang", "ru")
    told, error = capsys.readouterr()
    assert code == 1
    assert not out.exists()
    report = json.loads(told)
    assert (report["key"], report["matched"], report["ambiguous"], report["unknown"]) == ("Субъект", 2, 1, 0)
    (altai,) = (one for one in report["names"] if one["status"] == "ambiguous")
    assert set(altai["candidates"]) == {"RU-AL", "RU-ALT"}
    assert altai["rows"] == [3]
    assert "Не сопоставлено названий: 1 (Алтай)" in error


def test_partial_writes_what_is_matched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = joined(tmp_path, OPEN, "--partial", "--report")
    assert code == 0
    assert gpd.read_file(out)["Связи"].notna().sum() == 2
    assert "Алтай: ambiguous" in capsys.readouterr().out


def test_a_unit_in_two_rows_is_refused_even_in_part(tmp_path: Path) -> None:
    code, out = joined(tmp_path, GOOD + "Карелия;1\n", "--partial")
    assert code == 1
    assert not out.exists()


def test_own_boundaries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.gpkg"
    own.write_bytes(layer("GPKG"))
    code, out = joined(tmp_path, "край;v\nЗападный край;1\nВосточный край;2\n", "--boundaries", str(own))
    assert (code, capsys.readouterr().err) == (0, "")
    assert gpd.read_file(out).set_index("name")["v"].to_dict() == {"Западный край": 1, "Восточный край": 2}


def test_boundaries_without_a_system_need_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.zip"
    own.write_bytes(zipped(shapefile(units("EPSG:28407")), without=[".prj"]))
    text = "край;v\nЗападный край;1\nВосточный край;2\n"
    assert joined(tmp_path, text, "--boundaries", str(own))[0] == 1
    assert "own.zip: The boundaries do not say their reference system" in capsys.readouterr().err
    code, out = joined(tmp_path, text, "--boundaries", str(own), "--crs", "EPSG:28407")
    assert code == 0
    assert gpd.read_file(out).total_bounds == pytest.approx(units().total_bounds, abs=1e-6)


@pytest.mark.parametrize(
    "more",
    [
        ["--key", "<script>"],
        ["--boundaries", "no_such.gpkg"],
        ["--boundaries-key", "name"],
        ["--report", "xml"],
        ["--lang", "de"],
    ],
)
def test_bad_arguments_end_with_2(tmp_path: Path, more: list[str]) -> None:
    try:
        code, _out = joined(tmp_path, GOOD, *more)
    except SystemExit as leaving:  # argparse leaves by itself
        code = int(leaving.code or 0)
    assert code == 2


@pytest.mark.parametrize("words", [["no_such.csv", "--out", "o.gpkg"], ["{table}", "--out", "o.csv"], ["{table}"]])
def test_files_that_cannot_be_end_with_2(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "t.csv").write_text(GOOD, encoding="utf-8")
    try:
        code = main(["join", *(word.format(table=tmp_path / "t.csv") for word in words)])
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    assert code == 2


def test_a_damaged_table_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert joined(tmp_path, "a;b\n=1;2\n")[0] == 1
    assert "t.csv: Cell A2 holds a formula" in capsys.readouterr().err


def test_boundaries_that_never_end_are_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = limits().model_copy(update={"seconds": 3})
    monkeypatch.setattr(apart, "limits", lambda: narrow)
    own = tmp_path / "endless.gpkg"
    own.write_bytes(next(one for one in CORPUS if one.name == own.name).content())
    code, out = joined(tmp_path, GOOD, "--boundaries", str(own))
    assert code == 1
    assert not out.exists()
    assert "endless.gpkg: Reading the file takes longer than 3 seconds" in capsys.readouterr().err


@pytest.mark.parametrize("big", ["t.csv", "own.gpkg"])
def test_a_file_beyond_the_limit_is_refused_by_its_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], big: str
) -> None:
    own = tmp_path / "own.gpkg"
    own.write_bytes(layer("GPKG"))
    with (tmp_path / big).open("ab") as file:
        file.truncate(3_000_000_000)  # sparse: no disk is filled, but reading it would fill the memory
    words = [str(tmp_path / "t.csv"), "--boundaries", str(own), "--out", str(tmp_path / "o.gpkg")]
    if big == "own.gpkg":
        (tmp_path / "t.csv").write_text(GOOD, encoding="utf-8")
    assert main(["join", *words]) == 1
    assert f"{big}: The file has 3000 MB and at most 20 MB are read" in capsys.readouterr().err


def test_another_key_than_the_guessed_one_is_matched(tmp_path: Path) -> None:
    text = "iso;Субъект;Связи\nRU-KR;Мурманская область;12\nRU-MUR;Republic of Karelia;7\n"
    code, out = joined(tmp_path, text, "--key", "Субъект")
    assert code == 0
    assert gpd.read_file(out).set_index("iso_3166_2")["Связи"].dropna().to_dict() == {"RU-MUR": 12, "RU-KR": 7}


def test_too_many_names_in_the_guessed_column_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = [f"a;{code};1" for code in sorted(subjects().index)[:30]]
    rows = ["вид;Субъект;Связи", *known, *(f"a;нечто {n};1" for n in range(500))]
    table, out = tmp_path / "t.csv", tmp_path / "o.gpkg"
    table.write_text("\n".join(rows), encoding="utf-8")
    assert (main(["join", str(table), "--out", str(out)]), out.exists()) == (1, False)
    assert "Column “Субъект” holds 530 different names" in capsys.readouterr().err


LONG = "Субъект;Год;Связи\nМурманская область;2014;12\nМурманская область;2015;13\nКарелия;2015;7\n"
WIDE = "Субъект;Связи 2014;Связи 2015\nМурманская область;12;13\nКарелия;;7\n"


@pytest.mark.parametrize(("text", "names"), [(LONG, "Связи_{}"), (WIDE, "Связи {}")])
def test_a_table_with_years_becomes_a_wide_layer(tmp_path: Path, text: str, names: str) -> None:
    code, out = joined(tmp_path, text)
    assert code == 0
    frame = gpd.read_file(out).set_index("iso_3166_2")
    assert (len(frame), frame.loc["RU-MUR", [names.format(2014), names.format(2015)]].tolist()) == (83, [12, 13])
    assert frame[names.format(2015)].dropna().to_dict() == {"RU-MUR": 13, "RU-KR": 7}


def test_one_year_is_taken_and_the_report_knows_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = joined(tmp_path, LONG, "--year", "2014", "--report", "json")
    assert code == 0
    assert gpd.read_file(out).set_index("iso_3166_2")["Связи"].dropna().to_dict() == {"RU-MUR": 12}
    told = json.loads(capsys.readouterr().out)
    assert (told["years"], told["rows_without_year"], told["in_several_rows"]) == ([2014, 2015], [], {})


def test_a_unit_twice_in_a_year_and_a_denied_column_of_years_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert joined(tmp_path, LONG + "Карелия;2015;8\n", "--partial")[0] == 1
    assert "RU-KR stands in several rows of 2015 (3, 4)" in capsys.readouterr().err
    assert joined(tmp_path, LONG, "--year-column", "")[0] == 1
    assert "RU-MUR stands in several rows (1, 2)" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--year", "1999"], ["--year-column", "Связи"], ["--year-column", "нет"]])
def test_years_that_are_not_there_end_with_2(tmp_path: Path, more: list[str]) -> None:
    assert joined(tmp_path, LONG, *more)[0] == 2
