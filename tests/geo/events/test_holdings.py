"""What a store holds of each data set is the same whether its manifest or its records are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.events import opened
from geo.events.standing import Standing, at
from geo.events.store import VERDICTS_IN
from tests.geo.events.records import records, write_store

ROWS = [
    {"source": "icews", "year": 1999},
    {"source": "icews", "year": 2003},
    {"source": "gdelt2", "year": 2020},
    {"source": "acled", "year": 2022},
]


def test_holdings_by_data_set(tmp_path: Path) -> None:
    of = at(str(write_store(tmp_path, records(*ROWS), rejected=3)))
    assert of is not None
    held = opened.holdings(of)
    assert [tuple(one)[:4] for one in held] == [
        ("gdelt2", 1, 2020, 2020),
        ("icews", 2, 1999, 2003),
        ("acled", 1, 2022, 2022),
    ]
    assert sum(one.rejected or 0 for one in held) == 3
    # a database is asked for its records: it has no files and no rejects
    asked = opened._counted(of)
    assert [tuple(one)[:4] for one in asked] == [tuple(one)[:4] for one in held]
    assert {(one.files, one.rejected) for one in asked} == {(None, None)}


@pytest.mark.parametrize(
    ("setting", "folder"),
    [
        ("/srv/store", "/srv/store"),
        ("spark://head:7077/srv/store", "/srv/store"),
        ("trino://reader@head:8080/catalog/schema", None),
    ],
)
def test_verdicts_lie_where_the_store_has_a_folder_or_where_they_are_told(
    setting: str, folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VERDICTS_IN, raising=False)
    assert Standing(setting, 0).verdicts == (None if folder is None else Path(folder))
    monkeypatch.setenv(VERDICTS_IN, "/srv/verdicts")
    assert Standing(setting, 0).verdicts == Path("/srv/verdicts")
