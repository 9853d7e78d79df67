"""Open the records of a store on an engine. What an engine needs is said here, so that a query need not know it.

A folder is read by DuckDB, polars or PySpark. A database that ibis can connect to (Trino, ClickHouse, BigQuery,
PostgreSQL and others) is named by a connection string and holds the records in a table called ``records``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, get_args

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from geo.errors import ArgumentError, DataError
from geo.events import store
from geo.events.schema import PARTITION, SCHEMA

Engine = Literal["duckdb", "polars", "pyspark"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
TABLE: Final = "records"
MEMORY: Final = "300MB"
"""What DuckDB may hold in memory before it writes to the disk."""
LOCAL: Final = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
UTC: Final = {"spark.sql.session.timeZone": "UTC"}

_LOG = logging.getLogger(__name__)
_IBIS: Final = {pa.string(): "string", pa.float64(): "float64", pa.int8(): "int8", pa.int16(): "int16"} | {
    pa.int32(): "int32",
    pa.int64(): "int64",
}


def schema() -> ibis.Schema:
    """Schema of the records in ibis' terms."""
    return ibis.schema({column.name: _IBIS[column.type] for column in SCHEMA})


def records(setting: str | Path, engine: Engine = "duckdb", spark: Any = None) -> ir.Table:
    """Open the records of a store.

    Parameters
    ----------
    setting
        Folder of a store, or a connection string: ``trino://user@host:8080/catalog/schema``,
        ``clickhouse://user@host:8123/database``, ``bigquery://project/dataset``, ``postgres://user@host/database``,
        ``spark://host:7077/folder/of/the/store``. Passwords belong into the engine's own configuration.
    engine
        What reads a folder.
    spark
        Session of Spark to use; without one, one is made on this machine.

    Raises
    ------
    ArgumentError
        If the packages of the engine are not installed.
    DataError
        If the store or the database cannot be opened.
    """
    if store.is_database(str(setting)):
        return _declared(_connected(str(setting)))
    folder = Path(setting)
    paths = [str(path) for path in store.parts(folder)]
    if not paths:
        raise DataError("the store holds no records yet; add files with `python -m geo events ingest`", file=folder)
    readers: dict[Engine, Callable[[], ir.Table]] = {
        "duckdb": lambda: _duckdb(paths),
        "polars": lambda: _polars(paths),
        "pyspark": lambda: _pyspark(paths, folder, spark),
    }
    try:
        return _declared(readers[engine]())
    except ImportError as error:
        raise ArgumentError(
            f"{engine} is not installed; install the extra: pip install 'limitrophe[engines]'"
        ) from error


def counted(setting: str | Path) -> dict[str, int]:
    """Records of each data set, counted by the engine that holds them."""
    table = records(setting)
    frame: pd.DataFrame = table.group_by("source").aggregate(records=table.count()).execute()
    return {str(one): int(number) for one, number in zip(frame["source"], frame["records"], strict=True)}


def _declared(table: ir.Table) -> ir.Table:
    """Columns of the schema alone, in its types; BigQuery adds the time at which a partition was loaded.

    The year is left in whatever whole numbers the engine holds it: a cast would hide the partition from it.
    """
    missing = [name for name in SCHEMA.names if name not in table.columns]
    if missing:
        raise DataError(f"the table of records lacks columns: {', '.join(missing)}")
    given = table.schema()
    kinds = schema()

    def fits(name: str) -> bool:
        return given[name].copy(nullable=True) == kinds[name] or (name == PARTITION and given[name].is_integer())

    columns = [table[name] if fits(name) else table[name].cast(kinds[name]).name(name) for name in SCHEMA.names]
    return table.select(*columns)


def _duckdb(paths: list[str]) -> ir.Table:
    backend = ibis.duckdb.connect(memory_limit=MEMORY)
    files = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    # the type of the partition is said here: a cast in the query would have every file opened
    backend.raw_sql(
        f"CREATE VIEW {TABLE} AS SELECT * FROM "
        f"read_parquet([{files}], hive_partitioning = true, hive_types = {{'{PARTITION}': INTEGER}})"
    )
    return backend.table(TABLE)


def _polars(paths: list[str]) -> ir.Table:
    import polars

    lazy = polars.scan_parquet(paths, hive_partitioning=True, hive_schema={PARTITION: polars.Int32})
    backend = ibis.polars.connect()
    backend.create_table(TABLE, lazy)
    return backend.table(TABLE)


def _pyspark(paths: list[str], folder: Path, session: Any) -> ir.Table:
    return _spark_table(session or spark_session("local[*]", LOCAL), paths, folder)


def spark_session(master: str, settings: Mapping[str, str] = {}) -> Any:
    """Start Spark, or take the session that runs.

    Raises
    ------
    DataError
        If it does not start: no Java, or no cluster there.
    """
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("limitrophe")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise DataError(
            f"Spark does not start on {master}: it needs Java 17 or newer (package default-jre-headless), and where "
            "a cluster is named, one that runs"
        ) from error


def _spark_table(session: Any, paths: list[str], folder: Path) -> ir.Table:
    for name, value in UTC.items():
        session.conf.set(name, value)
    # without the base path Spark would not see the years in the names of the folders
    frame = session.read.option("basePath", str(folder / store.RECORDS)).parquet(*paths)
    frame.createOrReplaceTempView(TABLE)
    return ibis.pyspark.connect(session).table(TABLE)


def _connected(setting: str) -> ir.Table:
    if setting.startswith(store.SPARK):
        return _spark_cluster(setting)
    try:
        return ibis.connect(setting).table(TABLE)
    except Exception as error:  # each engine has errors of its own; they may quote the connection string
        _LOG.warning("the database of event records cannot be opened: %s", type(error).__name__)
        raise DataError(
            f"the database of event records cannot be opened ({type(error).__name__}); is it running, is its ibis "
            f"extra installed, and does it hold a table called {TABLE}?"
        ) from error


def _spark_cluster(setting: str) -> ir.Table:
    """Records of a folder that all workers of a cluster see: ``spark://host:7077/folder``."""
    master, folder = store.spark(setting)
    session = spark_session(master)
    return _spark_table(session, [str(one) for one in store.parts(folder)], folder)
