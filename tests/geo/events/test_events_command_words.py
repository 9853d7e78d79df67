"""What `geo events` says in Russian: kinds of unknown codes, reasons why files are left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.commands import events
from geo.events import ingest
from geo.i18n import Message
from tests.geo.events.lines import text

HOSTILE = {
    "empty.csv": b"",
    "other.csv": b"a,b,c\n1,2,3\n",
    "utf16.csv": "a,b".encode("utf-16"),
    "noise.csv": b"a\0b\n",
    "long.csv": b"x" * 70_000,
    "old_mac.csv": b"a\rb\rc",
    "cut.zip": b"PK\x03\x04 and no more",
}
ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(r"UTF-(8|16)|docs/events\.md|CSV|GDELT|CAMEO|FIPS|Windows-1252")


@pytest.mark.parametrize("name", HOSTILE)
def test_why_a_file_is_left_out_is_said_in_russian(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(HOSTILE[name])
    assert main(["events", "ingest", str(folder), "--out", str(tmp_path / "store"), "--lang", "ru"]) == 1
    told = next(line for line in capsys.readouterr().err.splitlines() if line.startswith(name))
    said = told.removeprefix(f"{name}: ")
    assert re.search("[а-яё]{3}", said)
    assert not ENGLISH.search(NAMES.sub("", said)), said


def test_every_reason_is_told_in_both_languages(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    left_out = {one.name: one.reason for one in ingest.ingest(folder, tmp_path / "store").left_out}
    assert all(isinstance(reason, Message) for reason in left_out.values())
    assert left_out["utf16.csv"] == "the text is UTF-16; save it as UTF-8"
    assert set(left_out) == set(HOSTILE)


def test_kinds_of_unknown_codes_are_said_in_russian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(text("acled") + text("acled", {"country": "Utopia"}).splitlines(True)[1])
    assert main(["events", "ingest", str(tmp_path), "--out", str(tmp_path / "store"), "--lang", "ru"]) == 0
    told = capsys.readouterr().out
    assert "название страны: Utopia (1)" in told
    assert "country name" not in told


def test_codes_that_are_counted_together_are_named_in_russian() -> None:
    summary = ingest.Summary()
    summary.unknown["CAMEO country", ingest.OTHERS] = 7
    assert "  страна в CAMEO: (прочие) (7)" in events._told(summary, "ru")
    assert "  CAMEO country: (others) (7)" in events._told(summary, "en")
