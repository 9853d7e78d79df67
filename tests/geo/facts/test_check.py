"""The check: sound data pass, a damaged table is named to the cell."""

import json
import shutil
import time
from pathlib import Path

import pandas as pd
import pytest

from geo.commands import check as command
from geo.errors import DataError
from geo.facts import DATA_DIR, check


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the package that a test may damage."""
    folder = tmp_path / "data"
    shutil.copytree(DATA_DIR / "tables", folder / "tables")
    shutil.copy(DATA_DIR / "datapackage.json", folder)
    return folder


def damage(data: Path, table: str, row: int, column: str, value: str) -> str:
    """Change one cell; rows count from 1. Gives the path of the file."""
    path = data / "tables" / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[row - 1, column] = value
    frame.to_csv(path, index=False, lineterminator="\n")
    return str(path)


def found(data: Path) -> list[DataError]:
    return list(check.problems(data))


def test_the_data_are_sound_and_the_check_is_quick() -> None:
    start = time.perf_counter()
    assert found(DATA_DIR) == []
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "reason"),
    [
        ("ties", 7, "iso_3166_2", "RU-XX", "table subjects does not list it"),
        ("ties", 7, "country", "Finland", "not of the form"),
        ("ties", 7, "status", "dormant", "not one of"),
        ("ties", 7, "status", "", "a value is required"),
        ("ties", 7, "source", "", "a value is required"),
        ("ties", 7, "source", "web:00000000", "table sources does not list it"),
        ("ties", 7, "opened", "1066", "below 1850"),
        ("ties", 7, "subject_lat", "169.2", "above 90"),
        ("ties", 7, "possible_duplicate_of", "twin_town/RU-XX", "no tie has this id"),
        ("religion_major", 3, "share_pct", "140", "above 100"),
        ("euroregion_members", 3, "euroregion_id", "atlantis", "table euroregions does not list it"),
        ("panel", 5, "value", "many", "not of type number"),
        ("ties", 7, "country", "QQ", "no country has this code"),
        ("ties", 7, "country", "ZZ", "no country has this code"),  # CLDR: unknown region
        ("unga_agreement", 4, "country", "QQ", "no country has this code"),
        ("border_lengths", 4, "country", "QQ", "no country has this code"),
        ("security_country_year", 4, "country", "QQ", "no country has this code"),
        ("ethnic_affinity", 4, "country", "QQ", "no country has this code"),
        ("subjects", 44, "neighbours_land", "FI;QQ", "no country has this code"),
        ("euroregions", 2, "countries", "QQ;RU", "no country has this code"),
        ("border_pairs", 3, "partner_iso_3166_2", "FI-ZZ", "table foreign_regions does not list it"),
    ],
)
def test_a_damaged_cell_is_named(data: Path, table: str, row: int, column: str, value: str, reason: str) -> None:
    path = damage(data, table, row, column, value)
    errors = [error for error in found(data) if error.file == path and error.column == column]
    assert errors, "the damage was not seen"
    error = errors[0]
    assert error.row == row
    assert (
        error.value == pytest.approx(float(value))
        if isinstance(error.value, float)
        else str(error.value or "") == value
    )
    assert reason in error.reason


def test_a_key_that_stands_twice(data: Path) -> None:
    path = data / "tables" / "heritage.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    (error,) = found(data)
    assert (error.row, error.column) == (len(lines), "heritage_id")
    assert "stands twice" in error.reason


def test_a_missing_table(data: Path) -> None:
    (data / "tables" / "heritage.csv").unlink()
    assert any("the table is missing" in str(error) for error in found(data))


@pytest.mark.parametrize(
    ("series", "year", "total"),
    [
        ("grp", "2020", "93,810,284.5"),
        ("grp", "2021", "121,182,987.5"),
        ("exports_total", "2021", "493,096.1"),
        ("imports_total", "2021", "293,531.2"),
    ],
)
def test_a_sum_off_the_national_total(data: Path, series: str, year: str, total: str) -> None:
    """National rows of Rosstat's yearbooks."""
    path = data / "tables" / "panel.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    hit = (frame["series"] == series) & (frame["year"] == year) & (frame["iso_3166_2"] == "RU-MOW")
    frame.loc[hit, "value"] = frame.loc[hit, "value"] + "9"
    frame.loc[hit, "value"] = (frame.loc[hit, "value"].astype(float) * 1.01).astype(str)
    frame.to_csv(path, index=False, lineterminator="\n")
    (error,) = found(data)
    assert total in error.reason


def test_the_command_names_the_cell_and_returns_1(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    damage(data, "mfa_offices", 2, "iso_3166_2", "RU-XXX")
    parser = argparse.ArgumentParser()
    command.add(parser)
    assert command.run(parser.parse_args(["--data", str(data), "--json"])) == 1
    printed = capsys.readouterr()
    assert "mfa_offices.csv, row 2, column iso_3166_2, value 'RU-XXX'" in printed.err
    assert json.loads(printed.out)[0]["row"] == 2
