"""The atlas does not start on damaged data, missing geometry or settings it was not measured with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("app.py", "pages", "ui", "geo", "data", "docs", "locale", ".streamlit", "NOTICE", "CITATION.cff")
OPEN = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60).run()
print("ERRORS", [one.value for one in app.error])
print("DETAILS", [one.value for one in app.code])
print("EXCEPTIONS", [one.message for one in app.exception])
print("MAPS", len([one for one in app.selectbox if one.key == "indicator"]))
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    """Copy of the atlas that may be damaged."""
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "manifest.json").write_text("{}", encoding="utf-8")
    return tmp_path


def started(atlas: Path) -> str:
    """What a first reader of this atlas is shown."""
    done = subprocess.run([sys.executable, "-c", OPEN], cwd=atlas, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def refused(atlas: Path, *words: str) -> None:
    """The first reader sees what is wrong, and no page."""
    said = started(atlas)
    assert "The atlas does not start" in said
    for word in words:
        assert word in said
    assert "EXCEPTIONS []" in said
    assert "MAPS 0" in said


def table_with_a_stranger(atlas: Path) -> None:
    path = atlas / "data" / "tables" / "panel.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[5] = "RU-XYZ" + lines[5][6:]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table_cut_off(atlas: Path) -> None:
    path = atlas / "data" / "tables" / "ties.csv"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b'\n"')


def table_missing(atlas: Path) -> None:
    (atlas / "data" / "tables" / "subjects.csv").unlink()


def shapefile_cut_off(atlas: Path) -> None:
    path = atlas / "data" / "boundaries" / "subjects.shp"
    path.write_bytes(path.read_bytes()[:2000])


def shapefile_missing(atlas: Path) -> None:
    (atlas / "data" / "boundaries" / "foreign.shp").unlink()


def catalogue_misspelt(atlas: Path) -> None:
    path = sorted((atlas / "data" / "indicators").glob("[a-z]*.yml"))[0]
    path.write_text(path.read_text(encoding="utf-8").replace("completeness:", "completness:", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "file"),
    [
        (table_with_a_stranger, "panel.csv"),
        (table_missing, "subjects.csv"),
        (shapefile_cut_off, "subjects.shp"),
        (shapefile_missing, "foreign.shp"),
        (catalogue_misspelt, ".yml"),
    ],
)
def test_damaged_data_stop_the_start(atlas: Path, damage: Callable[[Path], None], file: str) -> None:
    damage(atlas)
    refused(atlas, file)


def test_the_words_are_those_of_the_check(atlas: Path) -> None:
    table_cut_off(atlas)
    check = subprocess.run([sys.executable, "-m", "geo", "check"], cwd=atlas, capture_output=True, text=True)
    assert check.returncode == 1
    said = next(line for line in check.stderr.splitlines() if "ties.csv" in line)
    refused(atlas, "ties.csv", said.partition("ties.csv")[2][:40])


def test_geometry_that_was_not_published_stops_the_start(atlas: Path) -> None:
    (atlas / "static" / "manifest.json").unlink()
    refused(atlas, "python -m geo publish")


@pytest.mark.parametrize(("name", "wanted"), [("postScriptGC", "false"), ("enableStaticServing", "true")])
def test_a_setting_that_was_changed_stops_the_start(atlas: Path, name: str, wanted: str) -> None:
    path = atlas / ".streamlit" / "config.toml"
    other = {"true": "false", "false": "true"}[wanted]
    path.write_text(
        path.read_text(encoding="utf-8").replace(f"{name} = {wanted}", f"{name} = {other}"), encoding="utf-8"
    )
    refused(atlas, name, f"must be {wanted}")


def reading_s() -> float:
    """Seconds of processor that it takes to read all tables and do nothing with them."""
    start = time.process_time()
    for path in sorted((ROOT / "data" / "tables").glob("*.csv")):
        pd.read_csv(path, dtype=str, keep_default_na=False)
    return time.process_time() - start


def test_the_check_is_quick() -> None:
    """At most 2.5 s where nothing else runs, which are 28 readings of the tables."""
    from geo import checks

    reading = min(reading_s() for _time in range(3))
    start = time.process_time()
    assert list(checks.problems()) == []
    assert time.process_time() - start < 28 * reading  # seconds would count the other tests too; once a process
