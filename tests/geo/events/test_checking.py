"""Precision and recall are those of one data set and one rule: verdicts on another say nothing of it."""

from __future__ import annotations

from pathlib import Path

from geo.events import checking, places, review
from geo.events.schema import Source
from geo.events.standing import Standing, at
from tests.geo.events.records import records, write_store


def _store(folder: Path) -> Standing:
    rows = [{"report_id": n, "source": source} for source in ("gdelt2", "icews") for n in range(40)]
    found = at(str(write_store(folder, records(*rows))))
    assert found is not None
    return found


def _said(source: Source, right: int, wrong: int = 0) -> list[review.Saying]:
    verdicts: list[review.Verdict] = [*["right"] * right, *["wrong"] * wrong]  # type: ignore[list-item]
    return [
        review.Saying(
            review.mention_id(source, "RU-MUR", "Murmansk", n),
            source,
            places.shipped().default,
            "RU-MUR",
            "Murmansk",
            "",
            verdict,
            "Ada",
            f"2026-01-{n + 1:02d}",
        )
        for n, verdict in enumerate(verdicts)
    ]


def test_verdicts_on_one_data_set_say_nothing_of_another(tmp_path: Path) -> None:
    of = _store(tmp_path)
    review.save(tmp_path, _said("gdelt2", 30))
    gdelt = checking.quality(of, "gdelt2", places.rule(), "RU-MUR").precision
    assert gdelt is not None
    assert (gdelt.right, gdelt.checked) == (30, 30)
    icews = checking.quality(of, "icews", places.rule(), "RU-MUR")
    assert (icews.precision, icews.recall, icews.checked, icews.unclear) == (None, None, 0, 0)


def test_one_report_in_two_data_sets_has_two_verdicts(tmp_path: Path) -> None:
    of = _store(tmp_path)
    review.save(tmp_path, [*_said("gdelt2", 4), *_said("icews", 1, wrong=3)])
    found = {
        source: checking.precision_alone(of, source, places.rule(), "RU-MUR").precision
        for source in ("gdelt2", "icews")
    }
    assert [(share.right, share.checked) for share in found.values() if share] == [(4, 4), (1, 4)]


def test_a_sample_of_one_rule_is_none_of_another(tmp_path: Path) -> None:
    of = _store(tmp_path)
    review.save(tmp_path, _said("gdelt2", 30))
    assert checking.quality(of, "gdelt2", places.rule("everything"), "RU-MUR").precision is None


def test_the_same_draw_gives_each_data_set_mentions_of_its_own(tmp_path: Path) -> None:
    of = _store(tmp_path)
    drawn = [set(checking.sample(of, one, places.rule(), "RU-MUR", 40, 1)["mention"]) for one in ("gdelt2", "icews")]
    assert [len(one) for one in drawn] == [40, 40]
    assert not drawn[0] & drawn[1]
