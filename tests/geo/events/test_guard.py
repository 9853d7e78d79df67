"""The place rule as a condition of a query, on DuckDB and as SQL of other engines."""

from __future__ import annotations

import ibis
import pandas as pd
import pytest

from geo.events import guard, places
from tests.geo.events.records import records, table

PLACES = [
    {"place": "Murmansk"},
    {"place": "Murmansk", "actor2_country": "FI"},
    {"place": "Murmanskaya Oblast'", "place_type": "adm1"},
    {"place": "Apatity"},
    {"place": "Karabakh", "iso_3166_2": "RU-DA"},
    {"place": "Dagestan", "iso_3166_2": "RU-DA"},
    {"place": "Russia", "iso_3166_2": None, "place_type": "country"},
    {"place": None, "iso_3166_2": "RU-DA"},
    {"place": "Murmansk", "iso_3166_2": None},
    {"place": 'O\'Neill, "x"; --', "iso_3166_2": "RU-DA"},
]


@pytest.fixture(scope="module")
def events() -> ibis.Table:
    return ibis.duckdb.connect().create_table("records", ibis.memtable(table(records(*PLACES))))


def test_places_are_counted_by_subject(events: ibis.Table) -> None:
    found = guard.named_places(events)
    assert found.set_index(["iso_3166_2", "place"])["records"].to_dict() == {
        ("RU-MUR", "Murmansk"): 2,
        ("RU-MUR", "Murmanskaya Oblast'"): 1,
        ("RU-MUR", "Apatity"): 1,
        ("RU-DA", "Karabakh"): 1,
        ("RU-DA", "Dagestan"): 1,
        ("RU-DA", 'O\'Neill, "x"; --'): 1,
    }


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("cities_100k", {"1", "2", "3", "6"}),
        ("cities_500k", {"3", "6"}),
        ("subject", {"3", "6"}),
        ("not_blocked", {"1", "2", "3", "4", "6", "10"}),
        ("everything", {"1", "2", "3", "4", "5", "6", "10"}),
    ],
)
def test_a_rule_keeps_the_records_whose_place_it_believes(events: ibis.Table, rule: str, kept: set[str]) -> None:
    condition = guard.believed(events, guard.named_places(events), places.rule(rule))
    found: pd.DataFrame = events.filter(condition).execute()
    assert set(found["event_id"]) == kept


def test_the_condition_is_plain_sql_for_other_engines() -> None:
    """No table of ours has to be put on a server that may not be written to."""
    events = ibis.table(dict(ibis.memtable(table(records(*PLACES))).schema().items()), name="records")
    known = pd.DataFrame({"iso_3166_2": ["RU-MUR", "RU-DA"], "place": ["Murmansk", "O'Neill"]})
    for dialect in ("duckdb", "trino", "clickhouse", "bigquery", "postgres"):
        sql = ibis.to_sql(events.filter(guard.believed(events, known, places.rule())), dialect=dialect)
        assert "Murmansk" in sql
        assert "memtable" not in sql


def test_nothing_is_believed_of_no_places(events: ibis.Table) -> None:
    none = pd.DataFrame({"iso_3166_2": [], "place": []})
    assert events.filter(guard.believed(events, none, places.rule())).count().execute() == 0
