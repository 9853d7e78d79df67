"""Saving and merging of verdicts."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from geo.errors import ArgumentError, DataError
from geo.events import places, review
from geo.events.store import VERDICTS

RULE = places.shipped().default


def saying(mention: str = "a1", verdict: str = "right", reviewer: str = "Ada", at: str = "2026-01-01") -> review.Saying:
    said = review.parse_verdict(verdict)
    return review.Saying(mention, "gdelt2", RULE, "RU-MUR", "Murmansk", "https://example.org/a", said, reviewer, at)


def test_a_mention_is_known_by_data_set_subject_place_and_report() -> None:
    one = review.mention_id("gdelt2", "RU-MUR", "Murmansk", 7)
    assert one == review.mention_id("gdelt2", "RU-MUR", "Murmansk", 7)
    others = [("RU-MUR", "Murmansk", 8), ("RU-MUR", "Kola", 7), ("RU-KR", "Murmansk", 7)]
    assert one not in {review.mention_id("gdelt2", *other) for other in others}
    assert one != review.mention_id("gdelt1", "RU-MUR", "Murmansk", 7)  # which reads the place in its own way


def test_the_latest_of_a_reviewer_counts_and_disagreement_is_unclear(tmp_path: Path) -> None:
    review.save(tmp_path, [saying("a1", "wrong", at="2026-01-01"), saying("a1", "right", at="2026-01-02")])
    review.save(tmp_path, [saying("b2", "right", "Ada"), saying("b2", "wrong", "Bo")])
    review.save(tmp_path, [saying("c3", "wrong", "Ada"), saying("c3", "wrong", "Bo")])
    assert review.merged(review.sayings(tmp_path)).to_dict() == {"a1": "right", "b2": "unclear", "c3": "wrong"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".verdicts.lock", "verdicts.csv"]


def test_checked_mentions_say_what_the_rule_does_with_them(tmp_path: Path) -> None:
    one = saying("a1", "right")
    review.save(tmp_path, [one, replace(one, mention="b2", place="Apatity", verdict="wrong")])
    said = review.sayings(tmp_path)
    found = review.checked(said, "gdelt2", places.rule(), "RU-MUR")
    assert found[["kept", "verdict"]].to_numpy().tolist() == [[True, "right"], [False, "wrong"]]
    assert review.checked(said.assign(rule="everything"), "gdelt2", places.rule("everything"))["kept"].all()
    assert review.checked(said, "gdelt2", places.rule("everything")).empty  # drawn under another rule
    assert review.checked(said, "gdelt2", places.rule(), "RU-KGD").empty
    assert review.checked(said, "icews", places.rule()).empty


def test_what_was_said_under_another_rule_counts_for_a_mention_drawn_under_both(tmp_path: Path) -> None:
    review.save(tmp_path, [saying("a1", "right"), replace(saying("a1", "wrong", at="2026-02-01"), rule="everything")])
    assert review.checked(review.sayings(tmp_path), "gdelt2", places.rule())["verdict"].to_dict() == {"a1": "wrong"}


def test_a_subject_is_well_checked_by_clear_verdicts_on_believed_places_of_one_data_set(tmp_path: Path) -> None:
    dropped = replace(saying("d1"), place="Apatity")
    unclear = saying("u1", "unclear")
    other = replace(saying("o1"), source="icews")
    review.save(tmp_path, [saying("a1"), saying("b2", "wrong"), dropped, unclear, other])
    said = review.sayings(tmp_path)
    assert review.well_checked(said, "gdelt2", places.rule(), 2) == {"RU-MUR"}
    assert review.well_checked(said, "gdelt2", places.rule(), 3) == frozenset()
    assert review.well_checked(said, "icews", places.rule(), 1) == {"RU-MUR"}


def test_nothing_said_is_an_empty_verdict(tmp_path: Path) -> None:
    assert review.merged(review.sayings(tmp_path)).empty


def test_no_saying_is_lost_between_writers(tmp_path: Path) -> None:
    writers = [
        threading.Thread(target=review.save, args=(tmp_path, [saying(f"m{n}", reviewer=f"R{n}")])) for n in range(12)
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert len(review.sayings(tmp_path)) == 12


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    review.save(tmp_path, [saying()])
    before = (tmp_path / VERDICTS).read_bytes()
    (tmp_path / f".{VERDICTS}.half").mkdir()
    with pytest.raises(DataError, match="nothing was changed"):
        review.save(tmp_path, [saying("b2")])
    assert (tmp_path / VERDICTS).read_bytes() == before


def test_a_damaged_file_is_told_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / VERDICTS
    path.write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="columns"):
        review.save(tmp_path, [saying()])
    assert path.read_text() == "a,b\n1,2\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,gdelt2,subject,RU-MUR,p,l,maybe,Ada,2026", "row 1, column verdict, value 'maybe'"),
        ("a,gdelt3,subject,RU-MUR,p,l,right,Ada,2026", "row 1, column source, value 'gdelt3'"),
        ("a,,subject,RU-MUR,p,l,right,Ada,2026", "row 1, column source, value ''"),
        ("a,gdelt2,,RU-MUR,p,l,right,Ada,2026", "row 1, column rule, value ''"),
    ],
)
def test_a_cell_that_cannot_be_is_told(row: str, told: str, tmp_path: Path) -> None:
    (tmp_path / VERDICTS).write_text(",".join(review.COLUMNS) + "\n" + row + "\n")
    with pytest.raises(DataError, match=told):
        review.sayings(tmp_path)


def test_verdicts_without_a_data_set_are_refused(tmp_path: Path) -> None:
    """A file of before verdicts bore their data set: it cannot be known of which they speak."""
    (tmp_path / VERDICTS).write_text("mention,iso_3166_2,place,link,verdict,reviewer,at\n")
    with pytest.raises(DataError, match="columns must be mention, source, rule"):
        review.sayings(tmp_path)


@pytest.mark.parametrize("name", ["", "  ", "=HYPERLINK(1)", "<b>", "a" * 41, "a, b"])
def test_names_of_reviewers_are_plain(name: str) -> None:
    with pytest.raises(ArgumentError, match="40 letters"):
        review.parse_reviewer(name)


def test_a_name_may_be_russian() -> None:
    assert review.parse_reviewer("  Лейла   Р. ") == "Лейла Р."
