"""Every file of the hostile corpus gets its sentence, in both languages, and takes no memory from others."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo import checks
from geo.uploads import KINDS, Refused, apart, limits, read_table
from geo.uploads.layers import read_layer
from geo.uploads.limits import SETTINGS, Limits
from tests.geo.uploads.hostile import CORPUS, Hostile

SLOW = ("endless.gpkg",)
"""Files that are only read apart, where their time is limited."""
QUICK = [one for one in CORPUS if one.name not in SLOW]
GIGABYTE_KB = 1_000_000
# kinds that need a table and its column, two layers or a choice, or the limits of a process
ELSEWHERE = {
    "too_much_memory",
    "not_finite",
    "not_a_number",
    "no_numbers",
    "negative_circles",
    "many_names",
    "no_key",
} | {
    *("unit_twice", "unit_twice_in_year", "undated", "unmatched", "feature_twice"),
}


def test_the_corpus_has_every_kind_and_sixty_files() -> None:
    assert len({one.name for one in CORPUS}) == len(CORPUS) >= 60
    assert set(KINDS) - {one.kind for one in CORPUS} == ELSEWHERE


def said_well(refusal: Refused, kind: str) -> None:
    """One sentence in each language, the Russian one in Russian, with its fields filled."""
    assert refusal.kind == kind
    english, russian = refusal.said("en"), refusal.said("ru")
    assert english != russian
    assert len(re.findall("[а-яё]", russian)) > 20
    for sentence in (english, russian):
        assert sentence[0].isupper() or not sentence[0].isalpha()
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert len(sentence) < 300


@pytest.mark.parametrize("one", QUICK, ids=lambda one: one.name)
def test_a_hostile_file_is_refused_with_its_sentence(one: Hostile) -> None:
    read = read_table if one.task == "table" else read_layer
    with pytest.raises(Refused) as refused:
        read(one.content(), one.name)
    said_well(refused.value, one.kind)


def test_a_layer_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "limits", lambda: limits().model_copy(update={"seconds": 3}))
    (endless,) = (one for one in CORPUS if one.name in SLOW)
    with pytest.raises(Refused) as refused:
        apart.read_layer(endless.content(), endless.name)
    said_well(refused.value, endless.kind)


def test_what_would_swell_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = limits().model_copy(update={"memory_megabytes": 150})
    monkeypatch.setattr(apart, "limits", lambda: narrow)
    wide = "a;b;c;d;e\n" + "мурманск;1;2;3;4\n" * 49_000
    with pytest.raises(Refused) as refused:
        apart.read_table(wide.encode(), "wide.csv")
    said_well(refused.value, "too_much_memory")


ASKING = """
import json, resource, sys
from geo.uploads import Refused, apart

read = {"table": apart.read_table, "layer": apart.read_layer}[sys.argv[1]]
try:
    answer = read(sys.stdin.buffer.read(), sys.argv[2])
    rows = len((answer[0] if isinstance(answer, tuple) else answer).frame)
    told = {"rows": rows}
except Refused as refusal:
    told = {"refused": refusal.kind}
print(json.dumps({**told, "peak_kb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}))
"""
"""Reads apart and tells the peak of the process that read. It is run from a small process of its own: the peak that
Linux counts for a child begins with the memory of its parent, and that of a test run may itself be a gigabyte."""


def peak_of(task: str, content: bytes, name: str) -> dict[str, int | str]:
    done = subprocess.run([sys.executable, "-c", ASKING, task, name], input=content, capture_output=True, check=True)
    told: dict[str, int | str] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("name", ["cells.csv", "bomb.xlsx", "comb.gpkg"])
def test_memory_stays_under_a_gigabyte(name: str) -> None:
    one = next(one for one in CORPUS if one.name == name)
    told = peak_of(one.task, one.content(), one.name)
    assert told["refused"] == one.kind
    assert int(told["peak_kb"]) < GIGABYTE_KB


def test_the_largest_table_that_is_read_stays_under_a_gigabyte() -> None:
    bounds = limits()
    row = b";".join(b"%d,5" % n for n in range(bounds.cells // bounds.rows))
    content = b";".join(b"c%d" % n for n in range(bounds.cells // bounds.rows)) + b"\n" + (row + b"\n") * bounds.rows
    told = peak_of("table", content[: bounds.megabytes * 1_000_000 - 100], "large.csv")
    assert int(told["rows"]) > bounds.rows / 2
    assert int(told["peak_kb"]) < GIGABYTE_KB


@pytest.mark.parametrize("line", ["megabytes: 0", "rows: many", "surprise: 1"])
def test_damaged_limits_stop_the_start(tmp_path: Path, line: str) -> None:
    name = line.partition(":")[0]
    told = "\n".join(one for one in SETTINGS.read_text(encoding="utf-8").splitlines() if not one.startswith(f"{name}:"))
    (tmp_path / SETTINGS.name).write_text(f"{told}\n{line}\n", encoding="utf-8")
    (found,) = checks._uploads(tmp_path)
    assert name in str(found)
    assert list(checks._uploads(SETTINGS.parent)) == []


def test_limits_are_positive_and_named_in_their_file() -> None:
    assert set(limits().model_dump()) == set(Limits.model_fields)
    assert limits().megabytes == 20
    assert limits().rows == 50_000
    assert limits().vertices == 200_000
