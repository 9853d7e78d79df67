"""What is told while records are taken in."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from geo.events import progress
from geo.events.ingest import Done, ingest
from tests.geo.events.lines import text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_share_rate_and_time_that_remains() -> None:
    # a quarter in 10 s: 30 s are left; 2,000,000 records in 10 s are 200,000 a second
    told = progress.line(Done(25, 100, 2_000_000), 10.0, "en")
    assert told == "[########......................]  25 % · 2,000,000 records · 200,000 a second · 0:30 left"


def test_in_russian() -> None:
    told = progress.line(Done(100, 100, 5), 65.0, "ru")
    assert told.endswith("100 % · записей: 5 · в секунду: 0 · осталось 0:00")


def test_before_anything_is_read_nothing_is_promised() -> None:
    assert progress.line(Done(0, 100, 0), 0.0, "en").endswith("? left")
    assert progress.line(Done(0, 0, 0), 0.0, "en").startswith("[##############################] 100 %")


def test_a_terminal_has_one_line_that_is_written_over() -> None:
    stream = Terminal()
    times = iter([0.0, 0.1, 1.0, 2.0])
    watch, end = progress.watch(stream, "en", lambda: next(times))
    for share in (1, 50, 100):
        watch(Done(share, 100, share))
    end()
    shown = stream.getvalue()
    assert shown.count("\r") == 2, "the first was too early"
    assert shown.endswith("\n")
    assert shown.count("\n") == 1


def test_a_file_has_a_line_now_and_then() -> None:
    stream = io.StringIO()
    times = iter([0.0, 5.0, 11.0])
    watch, end = progress.watch(stream, "en", lambda: next(times))
    watch(Done(50, 100, 1))
    watch(Done(100, 100, 2))
    end()
    assert stream.getvalue().count("\n") == 1
    assert "\r" not in stream.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_bytes_and_records_add_up(tmp_path: Path, packed: bool) -> None:
    content = text("gdelt2", *({"GLOBALEVENTID": str(n)} for n in range(50)))
    (tmp_path / "a.csv").write_bytes(gzip.compress(content) if packed else content)
    told: list[Done] = []
    ingest(tmp_path / "a.csv", tmp_path / "store", watch=told.append)
    size = (tmp_path / "a.csv").stat().st_size
    assert told[-1] == Done(size, size, 50)
    assert [done.bytes for done in told] == sorted(done.bytes for done in told)
