"""Figures of the page of events against sums done by hand on records made by hand."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest

from geo.events import reports
from tests.geo.events.records import records, table

NORWAY = {"actor2_country": "NO"}
ROWS = [
    # 2020, Murmansk: talks with Norway told twice by one report, and by another
    {**NORWAY, "report_id": 1, "goldstein_tenths": 10, "mentions": 3},
    {**NORWAY, "report_id": 1, "goldstein_tenths": 30, "mentions": 5},
    {**NORWAY, "report_id": 2, "goldstein_tenths": 34},
    # the same report on aid: another root code, another event
    {**NORWAY, "report_id": 1, "root_code": "07", "quad_class": 2, "goldstein_tenths": 70},
    # Norway accuses Russia, in Murmansk
    {
        "actor1_country": "NO",
        "actor2_country": "RU",
        "report_id": 3,
        "root_code": "11",
        "quad_class": 3,
        "goldstein_tenths": -20,
    },
    # talks of Finland and Sweden in Murmansk; talks of Russians alone; an actor without country
    {"actor1_country": "FI", "actor2_country": "SE", "report_id": 4},
    {"actor2_country": "RU", "report_id": 5},
    {"actor1_country": None, "actor2_country": None, "report_id": 6},
    # elsewhere: Russia and the United States in Geneva, and two countries that do not concern Russia
    {"actor2_country": "US", "report_id": 7, "iso_3166_2": None, "place": "Geneva", "place_country": "CH"},
    {"actor1_country": "FI", "actor2_country": "US", "report_id": 8, "iso_3166_2": None, "place_country": "FI"},
    # 2021: one event in Murmansk of two that concern Russia; one record has no class
    {**NORWAY, "report_id": 9, "year": 2021},
    {"actor2_country": "US", "report_id": 10, "year": 2021, "iso_3166_2": None, "place_country": "CH"},
    {**NORWAY, "report_id": 11, "year": 2021, "quad_class": None, "goldstein_tenths": None},
]


@pytest.fixture(scope="module")
def events() -> ibis.Table:
    return ibis.duckdb.connect().create_table("records", ibis.memtable(table(records(*ROWS))))


def test_shares_are_of_all_events_that_concern_russia(events: ibis.Table) -> None:
    """2020: reports 1 (talks, aid), 2, 3, 4, 5, 6 in Murmansk and 7 in Geneva make 8 events; 2021: 9 and 10."""
    assert reports.totals(events).to_dict() == {2020: 8, 2021: 2}


@pytest.mark.parametrize("engine", [ibis.duckdb, ibis.polars])
def test_an_event_is_one_in_a_share_and_in_what_it_is_a_share_of(engine: Any) -> None:
    """One report, coded RU-NO, NO-RU and null-NO, is 1 event of 1; with one of Finns and Swedes it is 1 of 2."""
    one = {"report_id": 1, "root_code": "04"}
    thrice = [
        {**one, "actor1_country": "RU", "actor2_country": "NO"},
        {**one, "actor1_country": "NO", "actor2_country": "RU"},
        {**one, "actor1_country": None, "actor2_country": "NO"},
        # 2021: the same three ways, and Finns and Swedes, either first: 1 of 2
        {**one, "year": 2021, "actor1_country": "NO", "actor2_country": None},
        {**one, "year": 2021, "actor1_country": "RU", "actor2_country": "NO"},
        {**one, "year": 2021, "actor1_country": "FI", "actor2_country": "SE"},
        {**one, "year": 2021, "actor1_country": "SE", "actor2_country": "FI"},
    ]
    held = engine.connect().create_table("records", ibis.memtable(table(records(*thrice))))
    total = reports.totals(held)
    assert total.to_dict() == {2020: 1, 2021: 2}
    assert reports.shares(pairs(held), total)["cooperation"].to_dict() == {2020: 100, 2021: 50}


def counts(frame: pd.DataFrame, *by: str) -> dict[tuple[object, ...], int]:
    return {tuple(row[:-1]): row[-1] for row in frame[[*by, "events"]].to_numpy().tolist()}


def pairs(events: ibis.Table) -> pd.DataFrame:
    return reports.of_pairs(events, events["place"] == "Murmansk")


def test_events_are_counted_by_their_one_foreign_partner(events: ibis.Table) -> None:
    """Talks of Finns and Swedes in Murmansk are no tie of the subject, nor is what names no country."""
    found = pairs(events)
    assert counts(found, "country", "year", "quad_class") == {
        ("NO", 2020, 1): 2,
        ("NO", 2020, 2): 1,
        ("NO", 2020, 3): 1,
        ("NO", 2021, 1): 1,
    }
    assert found.query("year == 2020 and quad_class == 1")["mentions"].tolist() == [5 + 1]


def test_shares_of_cooperation_and_conflict(events: ibis.Table) -> None:
    found = reports.shares(pairs(events), reports.totals(events))
    assert found.loc[2020, ["cooperation", "conflict"]].tolist() == [100 * 3 / 8, 100 * 1 / 8]
    assert found.loc[2020, [1, 2, 3, 4]].tolist() == [25, 12.5, 12.5, 0]
    assert found.loc[2021, ["cooperation", "conflict"]].tolist() == [50, 0]


def test_mean_scores_with_their_interval(events: ibis.Table) -> None:
    """Scores with Norway in 2020: 3.0 (most mentioned of report 1), 3.4, 7.0 and -2.0; the mean is 2.85."""
    scored = reports.scores(events.filter(events["place"] == "Murmansk"), "RU-MUR", "NO")
    assert sorted(scored.query("year == 2020")["goldstein_tenths"]) == [-20, 30, 34, 70]
    found = reports.mean_scores(scored, seed=1)
    assert found.loc[2020, "mean"] == pytest.approx(2.85)
    assert found.loc[2020, "low"] < 2.85 < found.loc[2020, "high"]
    assert found.loc[2021].tolist() == [1.0, 1.0, 1.0, 1]  # one event: nothing can vary
    assert found.equals(reports.mean_scores(scored, seed=1))


def test_the_bootstrap_agrees_with_the_normal_interval_where_that_holds() -> None:
    """10,000 events, half of them +1 and half -1: the mean has a standard error of 0.01."""
    scored = pd.DataFrame({"year": 2020, "goldstein_tenths": [-10, 10], "events": [5000, 5000]})
    found = reports.mean_scores(scored, seed=3).loc[2020]
    assert found["low"] == pytest.approx(-0.0196, abs=0.0015)
    assert found["high"] == pytest.approx(0.0196, abs=0.0015)


def test_links_behind_a_point_are_those_of_the_point(events: ibis.Table) -> None:
    murmansk = events.filter(events["iso_3166_2"] == "RU-MUR")
    assert len(reports.links(murmansk, "RU-MUR", 2020, "NO")) == 5
    conflict = reports.links(murmansk, "RU-MUR", 2020, "NO", "conflict")
    assert conflict[["country", "quad_class"]].to_numpy().tolist() == [["NO", 3]]
    assert reports.links(murmansk, "RU-MUR", 2020)["mentions"].tolist()[:2] == [5, 3]
    assert len(reports.links(murmansk, "RU-MUR", 2020, most=2)) == 2


def test_what_readers_check_is_a_place_in_a_report(events: ibis.Table) -> None:
    mentioned = reports.mentions(events, "RU-MUR")
    assert sorted(mentioned.execute()["report_id"]) == [1, 2, 3, 9]
    assert reports.sizes(mentioned)["mentions"].tolist() == [4]


def many(number: int) -> ibis.Table:
    rows = [{"report_id": 10**17 * n - 5 * 10**18, "place": "Kola" if n % 2 else "Murmansk"} for n in range(number)]
    return ibis.duckdb.connect().create_table("records", ibis.memtable(table(records(*rows))))


def drawn(number: int, seed: int, of: int = 100) -> pd.DataFrame:
    mentioned = reports.mentions(many(of), "RU-MUR")
    return reports.sample(mentioned, mentioned["place"] == "Murmansk", number, seed)


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    one = drawn(10, seed=7)
    assert one.equals(drawn(10, seed=7))
    assert one["kept"].value_counts().to_dict() == {True: 10, False: 10}
    assert one["report_id"].is_unique
    assert set(drawn(10, seed=8)["report_id"]) != set(one["report_id"])
    assert one["kept"].nunique() == 2
    assert not one["kept"].is_monotonic_decreasing  # kept and dropped ones are mixed


def test_a_sample_takes_all_where_there_are_few_and_most_of_it_stays_when_the_store_grows() -> None:
    assert len(drawn(80, seed=1)) == 100
    before, after = (set(drawn(20, seed=1, of=number)["report_id"]) for number in (90, 100))
    assert len(before & after) >= 30


def test_every_mention_is_drawn_as_often_as_another() -> None:
    """Ten of fifty over 80 seeds: each 16 times on average, with a standard deviation of 3.6."""
    mentioned = reports.mentions(many(100), "RU-MUR")
    whole = mentioned.execute()
    fixed = ibis.duckdb.connect().create_table("mentions", ibis.memtable(whole))  # sixteen hundred draws of it
    taken = pd.concat([reports.sample(fixed, fixed["place"] == "Murmansk", 10, seed) for seed in range(80)])
    times = taken["report_id"].value_counts().reindex(whole["report_id"], fill_value=0)
    assert times.sum() == 1600
    assert times.between(16 - 4 * 3.6, 16 + 4 * 3.6).all()


def test_an_event_in_two_versions_of_a_data_set_is_located_once() -> None:
    """GED 1 lies in both versions alike, GED 2 was moved to 2021, GED 3 is new."""
    ucdp = {"source": "ucdp_ged", "lat": 43.3, "lon": 45.7}
    first = [{**ucdp, "event_id": "1"}, {**ucdp, "event_id": "2"}]
    second = [{**ucdp, "event_id": "1"}, {**ucdp, "event_id": "2", "year": 2021}, {**ucdp, "event_id": "3"}]
    for rows in (first + second, second + first):
        found = reports.points(ibis.memtable(table(records(*rows))))
        assert found.to_numpy().tolist() == [[2020, 43.3, 45.7, 2], [2021, 43.3, 45.7, 1]]


def test_the_links_behind_a_point_stand_once() -> None:
    rows = [{**NORWAY, "event_id": "1", "report_id": 1}] * 2
    assert len(reports.links(ibis.memtable(table(records(*rows))), "RU-MUR", 2020)) == 1
