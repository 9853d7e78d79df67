"""What a reader brought does not touch a disk on its way out; where there is no memory for it, a sentence says so."""

from __future__ import annotations

import errno
import io
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import openpyxl
import pandas as pd
import pyogrio
import pytest

from geo.errors import DataError
from geo.exports import layers
from geo.exports.exhibits import Exhibit, OwnSource
from geo.exports.workbooks import workbook
from geo.i18n import Text
from tests.geo.uploads.files import members, units

LAYER = units()
OWN = OwnSource("t.csv", "t.csv. Unchecked.", "Boundaries.", "No data in it.")
FILES = {
    "gpkg": lambda private: layers.geopackage("data", LAYER, {}, private=private),
    "shp": lambda private: layers.shapefile("own", LAYER, private=private),
}


def refused(*_words: Any, **_named: Any) -> NoReturn:
    raise AssertionError("a file was opened on a disk")


def test_a_workbook_is_written_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "_get_default_tempdir", refused)
    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", refused)
    content = workbook({"data": pd.DataFrame({"a": [0.1, 2], "b": ["=1", "x"]}), "more": pd.DataFrame({"c": [True]})})
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert rows == [("a", "b"), (0.1, "=1"), (2, "x"), ("c",), (True,)]
    assert "xl/worksheets/sheet2.xml" in members(content)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("there", [False, True])
def test_without_memory_a_private_layer_is_refused(
    kind: str, there: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder is missing, or has less room than a layer may take."""
    monkeypatch.setattr(layers, "MEMORY", tmp_path if there else tmp_path / "missing")
    monkeypatch.setattr(layers, "LEAST_FREE", 10**18)
    with pytest.raises(DataError, match="not written to a disk"):
        FILES[kind](True)
    assert FILES[kind](False)


@pytest.mark.parametrize("kind", FILES)
def test_memory_that_runs_full_refuses_what_is_private_alone(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write = pyogrio.write_dataframe

    def full(frame: Any, path: Path, **options: Any) -> None:
        if tmp_path in path.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(frame, path, **options)

    monkeypatch.setattr(layers, "MEMORY", tmp_path)
    monkeypatch.setattr(layers, "LEAST_FREE", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path.parent))
    monkeypatch.setattr(pyogrio, "write_dataframe", full)
    with pytest.raises(DataError, match="not written to a disk"):
        FILES[kind](True)
    assert FILES[kind](False)
    assert list(tmp_path.iterdir()) == []


def test_layers_that_cannot_be_made_are_not_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    table = pd.DataFrame(LAYER.drop(columns="geometry"))
    shared: dict[str, Any] = {"name": "x", "kind": "map", "title": Text(en="x", ru="x"), "lang": "en", "address": "/"}
    own = Exhibit(**shared, frame=lambda: table, layer=lambda: LAYER, own=OWN)
    codes = pd.DataFrame({"iso_3166_2": ["RU-MUR", "RU-KR"]})
    ours = Exhibit(**shared, frame=lambda: codes)
    assert {"gpkg", "shp"} <= {*own.kinds()}
    monkeypatch.setattr(layers, "MEMORY", tmp_path / "missing")
    assert not {"gpkg", "shp"} & {*own.kinds()}
    assert {"gpkg", "shp"} <= {*ours.kinds()}
