"""`geo events review` on a store made by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.events import review
from geo.events.places import shipped
from tests.geo.events.records import records, write_store

ROWS = [
    {"report_id": 1},
    {"report_id": 2, "link": "https://example.org/%1b%5b2J-cleared-screen"},
    {"report_id": 3, "place": "Apatity", "place_name": "Apatity\x1b[2J, Russia", "link": "javascript:alert(1)"},
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return write_store(tmp_path, records(*ROWS))


def test_it_tells_precision_and_draws_a_sample(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = review.mention_id("gdelt2", "RU-MUR", "Murmansk", 1)
    said = review.Saying(one, "gdelt2", shipped().default, "RU-MUR", "Murmansk", "", "right", "Ada", review.now())
    review.save(store, [said])
    assert main(["events", "review", "--store", str(store), "--subject", "RU-MUR"]) == 0
    told = capsys.readouterr().out
    assert "Mentions believed: 2; dropped: 1; unclear: 0." in told
    assert "Precision: 100% (21%-100%), 1/1" in told  # Wilson of 1 of 1: 1 / (1 + 1.96^2) = 0.207
    assert "Recall: places not checked" in told
    assert "\x1b" not in told
    assert len(told.splitlines()) == 3 + 3


def test_its_table_has_no_dangerous_address(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "review", "--store", str(store), "--subject", "RU-MUR", "--csv"]) == 0
    rows = {row["place"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert (rows["Apatity"]["kept"], rows["Apatity"]["link"]) == ("False", "")
    assert rows["Murmansk"]["kept"] == "True"
    assert (rows["Murmansk"]["source"], rows["Murmansk"]["rule"]) == ("gdelt2", shipped().default)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--subject", "RU-XXX"], 2, "RU-XXX"),
        (["--subject", "RU-MUR", "--places", "all"], 2, "cities_100k"),
        (["--subject", "RU-MUR", "--source", "icews"], 2, "no records of icews"),
        (["--subject", "RU-MUR", "--store", "/nowhere"], 1, "no store of events"),
    ],
)
def test_wrong_arguments_are_told(
    store: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = arguments if "--store" in arguments else [*arguments, "--store", str(store)]
    assert main(["events", "review", *given]) == code
    assert said in capsys.readouterr().err
