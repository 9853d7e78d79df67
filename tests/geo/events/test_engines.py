"""One expression, the same rows on every engine; and what each engine leaves unread."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ibis
import pandas as pd
import pyarrow.parquet as pq
import pytest
import sqlglot

from bench.synthetic import write_gdelt2
from geo.__main__ import main
from geo.errors import DataError
from geo.events import engines, guard, places
from geo.events import store as stores
from geo.events.aggregate import aggregate, concerning_russia
from geo.events.ingest import ingest
from geo.events.schema import SCHEMA
from tests.geo.events.lines import text

MILLION = 1_000_000
READ = [
    "source",
    "event_id",
    "actor1_country",
    "actor2_country",
    "root_code",
    "quad_class",
    "goldstein_tenths",
    "mentions",
    "place",
    "iso_3166_2",
    "report_id",
]
DATABASES = ("trino", "clickhouse", "bigquery", "postgres", "duckdb", "databricks")


def filled(folder: Path, number: int) -> Path:
    """A store of so many invented records."""
    write_gdelt2(folder / "files", number)
    ingest(folder / "files", folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 100,000 invented records of 2015, 2014 and 2005."""
    return filled(tmp_path_factory.mktemp("small"), MILLION // 10)


@pytest.fixture
def spark() -> Iterator[Any]:
    """Spark on this machine; starting it takes as long as a test may, so one test has it."""
    with pytest.MonkeyPatch.context() as environment:
        # a short run: no time spent on compiling what runs once
        environment.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        session = engines.spark_session("local[2]", {**engines.LOCAL, "spark.sql.shuffle.partitions": "2"})
        yield session
        session.stop()


def digest(frame: pd.DataFrame) -> str:
    """Hash of all rows, whatever types the engine gave them."""
    return hashlib.sha256(frame.to_csv(index=False).encode()).hexdigest()


@pytest.fixture(scope="module")
def named(store: Path) -> pd.DataFrame:
    """Places that the records name."""
    return guard.named_places(engines.records(store))


def rows(table: ibis.Table, named: pd.DataFrame, **choice: Any) -> pd.DataFrame:
    believed = guard.believed(table, named, places.rule())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of PySpark, about pandas 3
        return aggregate(table, believed=believed, **choice).execute()


def test_a_million_records_give_the_same_rows_on_every_engine(tmp_path: Path, spark: Any) -> None:
    store = filled(tmp_path, MILLION)
    assert stores.manifest(store).records == MILLION
    named = guard.named_places(engines.records(store))
    expected = by_hand(store)
    found = {engine: digest(rows(engines.records(store, engine, spark), named)) for engine in engines.ENGINES}
    assert found == dict.fromkeys(engines.ENGINES, digest(expected))
    assert len(expected) > 500
    spark_opens_the_years_asked_for_alone(store, spark)


def spark_opens_the_years_asked_for_alone(store: Path, spark: Any) -> None:
    table = engines.records(store, "pyspark", spark)
    asked = aggregate(table, first_year=2016, last_year=2016)
    plan = spark.sql(table.get_backend().compile(asked))._jdf.queryExecution().toString()
    filters = re.search(r"PartitionFilters: \[([^\]]*)\]", plan)[1]
    assert "year" in filters
    assert "2016" in filters
    assert spark.conf.get("spark.sql.session.timeZone") == "UTC"


def by_hand(store: Path) -> pd.DataFrame:
    """The same count in pandas, record by record as the words of the expression say it."""
    held = pd.concat(_in_subjects(path) for path in stores.parts(store))
    judged = places.judge(held[["iso_3166_2", "place"]].drop_duplicates(), places.rule())
    held = held.merge(judged[judged["kept"]], on=["iso_3166_2", "place"])
    one, other = held["actor1_country"].fillna("RU"), held["actor2_country"].fillna("RU")
    held["country"] = one.where(one != "RU", other)
    held = held[((one == "RU") != (other == "RU")) & (one != "ZZ") & (other != "ZZ")]
    key = ["source", "iso_3166_2", "country", "year", "quad_class"]
    held = held.sort_values(["mentions", "goldstein_tenths"], na_position="first")
    once = held.drop_duplicates([*key, "root_code", "report_id"], keep="last")
    summed = once.groupby(key, as_index=False).agg(
        events=("event_id", "size"),
        mentions=("mentions", "sum"),
        scored=("goldstein_tenths", "count"),
        goldstein_tenths=("goldstein_tenths", "sum"),
    )
    return summed.astype({"quad_class": "int8", "goldstein_tenths": "int64"}).sort_values(key, ignore_index=True)


def _in_subjects(path: Path) -> pd.DataFrame:
    wanted = pq.read_table(path, columns=READ, partitioning=None).to_pandas()
    return wanted[wanted["iso_3166_2"].notna()].assign(year=int(path.parent.name.removeprefix("year=")))


def test_duckdb_opens_the_years_asked_for_alone_and_skips_row_groups(store: Path) -> None:
    table = engines.records(store)
    asked = aggregate(table, subject="RU-MUR", first_year=2015, last_year=2015)
    plan = table.get_backend().raw_sql("EXPLAIN ANALYZE " + ibis.to_sql(asked)).fetchall()[0][1]
    files = {path for path in stores.parts(store) if path.parent.name == "year=2015"}
    assert 0 < len(files) < len(stores.parts(store))
    assert int(re.search(r"Total Files Read: (\d+)", plan)[1]) == len(files)
    scanned, there = map(int, re.search(r"Row Groups Scanned: (\d+) / (\d+)", plan).groups())
    assert scanned < there


def test_polars_opens_the_years_asked_for_alone(store: Path) -> None:
    table = engines.records(store, "polars")
    plan = table.get_backend().compile(aggregate(table, first_year=2014, last_year=2014)).explain()
    assert {int(year) for year in re.findall(r"year=(\d{4})", plan)} == {2014}


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_the_partition_has_the_type_of_the_schema(store: Path, engine: engines.Engine) -> None:
    assert engines.records(store, engine).schema() == engines.schema()


def test_columns_are_read_as_declared_whatever_a_database_adds_or_widens() -> None:
    """BigQuery tells when a partition was loaded; some engines hold a year in 64 bits."""
    wide = {**engines.schema(), "quad_class": "int64", "PARTITIONTIME": "timestamp"}
    given = ibis.table(wide, name=engines.TABLE)
    declared = engines._declared(given)
    assert declared.schema() == engines.schema()
    assert "PARTITIONTIME" not in ibis.to_sql(declared, dialect="bigquery")
    with pytest.raises(DataError, match="lacks columns: report_id"):
        engines._declared(given.drop("report_id"))
    assert engines._declared(ibis.table({**wide, "year": "string"}, name=engines.TABLE)).schema() == engines.schema()


@pytest.mark.parametrize("scheme", ["bigquery", "trino", "clickhouse", "postgres"])
def test_a_year_of_64_bits_is_compared_as_it_is(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the loader gives for a database; with a cast about the year no engine would skip a partition."""
    wide = {name: "int64" if kind.is_integer() else kind for name, kind in engines.schema().items()}
    held = {engines.TABLE: ibis.table(wide, name=engines.TABLE)}
    monkeypatch.setattr(engines.ibis, "connect", lambda setting: SimpleNamespace(table=held.__getitem__))
    table = engines.records(f"{scheme}://host/database")
    asked = {
        "counted": aggregate(table, subject="RU-MUR", first_year=2016, last_year=2018),
        "linked": table.filter(table["year"] == 2016),
    }
    for query in asked.values():
        sql = str(ibis.to_sql(query, dialect=scheme))
        parsed = sqlglot.parse_one(sql, dialect=scheme)
        (condition, *_more) = parsed.find_all(sqlglot.exp.Where)
        compared = [one for one in condition.find_all(sqlglot.exp.Column) if one.name == "year"]
        assert compared, sql
        assert not any(one.find_ancestor(sqlglot.exp.Cast, sqlglot.exp.TryCast) for one in compared), sql
        assert not any(cast.this.name == "year" for cast in parsed.find_all(sqlglot.exp.Cast)), sql
    assert table.schema()["year"].is_integer()
    assert table.schema()["quad_class"] == engines.schema()["quad_class"]


@pytest.mark.parametrize("dialect", [*DATABASES, "pyspark"])
def test_the_total_compiles_for_databases(dialect: str) -> None:
    sql = str(ibis.to_sql(concerning_russia(ibis.table(engines.schema(), name=engines.TABLE)), dialect=dialect))
    assert "DISTINCT" in sql
    assert sql.count("GROUP BY") == 1


@pytest.mark.parametrize("dialect", DATABASES)
def test_the_expression_compiles_for_databases(dialect: str) -> None:
    table = ibis.table(engines.schema(), name=engines.TABLE)
    asked = aggregate(
        table, believed=table["place"].isin(["Murmansk"]), subject="RU-MUR", country="NO", first_year=2016
    )
    sql = ibis.to_sql(asked, dialect=dialect)
    assert sql.count("GROUP BY") == 2
    for word in ("RU-MUR", "NO", "2016", "Murmansk", engines.TABLE):
        assert word in sql


def test_the_schema_in_words_of_ibis_is_that_of_the_store() -> None:
    assert tuple(engines.schema()) == tuple(SCHEMA.names)


@pytest.mark.parametrize("setting", ["postgres://nobody@127.0.0.1:9/none", "no-such-engine://host/x"])
def test_a_database_that_does_not_answer_is_told_without_its_string(setting: str) -> None:
    with pytest.raises(DataError, match="cannot be opened") as told:
        engines.records(setting)
    assert "nobody" not in str(told.value)


def test_a_database_of_ibis_holds_the_same_rows(store: Path, named: pd.DataFrame, tmp_path: Path) -> None:
    """A connection string leads to a table called ``records``: here a file of DuckDB."""
    database = ibis.duckdb.connect(tmp_path / "events.duckdb")
    years = "', '".join(map(str, stores.parts(store)))
    # without a word on types DuckDB holds the year of a folder in 64 bits
    database.raw_sql(f"CREATE TABLE records AS SELECT * FROM read_parquet(['{years}'], hive_partitioning = true)")
    database.disconnect()
    table = engines.records(f"duckdb://{tmp_path}/events.duckdb")
    assert dict(table.schema()) == {**engines.schema(), "year": ibis.dtype("int64")}, "a cast would hide the partition"
    assert digest(rows(table, named)) == digest(rows(engines.records(store), named))


def test_the_command_counts(
    store: Path, named: pd.DataFrame, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(stores.CONFIGURED_BY, str(store))
    words = ["events", "aggregate", "--subject", "RU-SPE", "--country", "us", "--first-year", "2015", "--csv"]
    assert main(words) == 0
    printed = pd.read_csv(io.StringIO(capsys.readouterr().out), keep_default_na=False)
    expected = rows(engines.records(store), named, subject="RU-SPE", country="US", first_year=2015)
    assert printed.to_dict("records") == expected.to_dict("records")
    assert len(printed) > 0
    assert main([*words[:-1], "--engine", "polars", "--json"]) == 0


def test_the_command_counts_acled_only_when_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(text("acled"))
    ingest(tmp_path / "a.csv", tmp_path / "store")
    words = ["events", "aggregate", "--store", str(tmp_path / "store"), "--places", "everything", "--csv"]
    assert main(words) == 0
    assert "acled" not in capsys.readouterr().out
    assert main([*words, "--with-acled"]) == 0
    assert "acled,RU-BEL,UA,2023,4,1," in capsys.readouterr().out
