"""The count, against sums done by hand."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest

from geo.events.aggregate import BY, SUMS, aggregate
from tests.geo.events.records import records, table


def counted(*rows: dict[str, Any], **choice: Any) -> pd.DataFrame:
    """Counts of records made by hand, on DuckDB."""
    return aggregate(ibis.memtable(table(records(*rows))), **choice).execute()


def numbers(frame: pd.DataFrame) -> list[tuple[int, ...]]:
    return [tuple(int(number) for number in row) for row in frame[list(SUMS)].itertuples(index=False)]


def test_columns_are_those_that_are_told() -> None:
    assert list(counted({}).columns) == [*BY, *SUMS]


def test_events_mentions_and_scores_are_summed() -> None:
    frame = counted(
        {"mentions": 3, "goldstein_tenths": 19},
        {"mentions": 5, "goldstein_tenths": -20},
        {"mentions": 1, "goldstein_tenths": None},
    )
    assert frame[list(BY)].to_numpy().tolist() == [["gdelt2", "RU-MUR", "NO", 2020, 1]]
    # 3 events; 3 + 5 + 1 mentions; 2 of them scored, 1.9 - 2.0 = -0.1
    assert numbers(frame) == [(3, 9, 2, -1)]


def test_a_report_counts_once_for_a_pair_and_a_root_code() -> None:
    one = {"report_id": 77}
    frame = counted(
        {**one, "mentions": 2, "goldstein_tenths": 10},
        {**one, "mentions": 6, "goldstein_tenths": 19},  # the most mentions: this one counts
        {**one, "mentions": 6, "goldstein_tenths": 15},
        {**one, "actor1_country": "NO", "actor2_country": "RU"},  # the same pair, the other way round
        {**one, "root_code": "05", "mentions": 1, "goldstein_tenths": 34},  # another root code
    )
    assert numbers(frame) == [(2, 7, 2, 53)]


@pytest.mark.parametrize("source", ["gdelt2", "polecat", "icews", "ucdp_ged"])
def test_a_record_that_was_taken_with_two_files_counts_once(source: str) -> None:
    rows = ({"source": source}, {"source": source, "mentions": 4, "goldstein_tenths": -20})
    twice = tuple({**row, "event_id": str(n), "report_id": n} for row in rows for n in (1, 2))[:3]
    assert numbers(counted(*twice, *twice)) == numbers(counted(*twice))


def test_reports_of_two_data_sets_or_years_or_subjects_are_not_one() -> None:
    one = {"report_id": 77}
    frame = counted(one, {**one, "source": "icews"}, {**one, "year": 2021}, {**one, "iso_3166_2": "RU-KR"})
    assert len(frame) == 4
    assert set(frame["events"]) == {1}


@pytest.mark.parametrize(
    ("actor1", "actor2", "partner"),
    [
        ("RU", "NO", "NO"),
        ("NO", "RU", "NO"),
        ("NO", None, "NO"),
        (None, "NO", "NO"),
        ("RU", "RU", None),
        (None, None, None),
        ("RU", None, None),
        ("CN", "KW", None),  # a meeting of others in Moscow is no tie of Moscow
        ("NO", "NO", None),
        ("ZZ", "NO", None),  # whose side the unknown is on is not known
        ("RU", "ZZ", None),
        (None, "ZZ", None),
        ("ZZ", "ZZ", None),
    ],
)
def test_the_partner_is_the_one_foreign_country(actor1: str | None, actor2: str | None, partner: str | None) -> None:
    frame = counted({"actor1_country": actor1, "actor2_country": actor2})
    assert frame["country"].tolist() == ([partner] if partner else [])


def test_records_without_a_subject_do_not_count() -> None:
    assert counted({"iso_3166_2": None}).empty


def test_the_extremes_of_scores_survive_the_packing() -> None:
    most = 2**31 - 1
    frame = counted({"goldstein_tenths": -100}, {"goldstein_tenths": 100, "mentions": most}, {"goldstein_tenths": 0})
    assert numbers(frame) == [(3, most + 2, 3, 0)]


def test_what_is_asked_for_alone_is_counted() -> None:
    rows = ({}, {"year": 2021}, {"iso_3166_2": "RU-KR"}, {"actor2_country": "FI"})
    assert len(counted(*rows)) == 4
    assert counted(*rows, subject="RU-KR")["iso_3166_2"].tolist() == ["RU-KR"]
    assert counted(*rows, country="FI")["country"].tolist() == ["FI"]
    assert counted(*rows, first_year=2021)["year"].tolist() == [2021]
    assert set(counted(*rows, last_year=2020)["year"]) == {2020}


def test_places_that_are_not_believed_are_left_out() -> None:
    given = ibis.memtable(table(records({"place": "Murmansk"}, {"place": "Karabakh"})))
    assert aggregate(given, believed=given["place"] == "Murmansk").execute()["events"].tolist() == [1]


def test_a_class_that_is_none_of_the_four_is_kept_apart() -> None:
    frame = counted({"quad_class": None}, {"quad_class": 3})
    assert len(frame) == 2
    assert frame["quad_class"].isna().sum() == 1
