"""A store opened for queries, whatever it is: a folder of Parquet files or a database."""

from __future__ import annotations

from functools import lru_cache

import ibis
import ibis.expr.types as ir
import pandas as pd

from geo.errors import DataError
from geo.events import guard, store
from geo.events.places import Rule
from geo.events.schema import Source
from geo.events.standing import Standing


def records(of: Standing, source: Source | None = None) -> ir.Table:
    """Open the records of a store, of one data set or of all.

    Raises
    ------
    DataError
        If the store or the database cannot be opened.
    """
    table = _folder(of) if of.folder else _database(of)
    return table if source is None else table.filter(table["source"] == source)


def _folder(of: Standing) -> ir.Table:
    assert of.folder is not None
    paths = [str(path) for path in store.parts(of.folder)]
    if not paths:
        raise DataError("the store holds no records yet; add files with `python -m geo events ingest`", file=of.folder)
    return ibis.duckdb.connect().read_parquet(paths, hive_partitioning=True)


def _database(of: Standing) -> ir.Table:
    try:
        return ibis.connect(of.setting).table("records")
    except Exception as error:  # each engine has errors of its own
        raise DataError("the database of event records cannot be opened; see the log for the cause") from error


def counted(of: Standing) -> dict[str, int]:
    """Records of each data set, counted by the database that holds them."""
    table = records(of)
    frame: pd.DataFrame = table.group_by("source").aggregate(records=table.count()).execute()
    return {str(one): int(number) for one, number in zip(frame["source"], frame["records"], strict=True)}


@lru_cache(maxsize=16)
def named_places(of: Standing, source: Source) -> pd.DataFrame:
    """Places that a data set names; :func:`geo.events.guard.named_places`, remembered."""
    return guard.named_places(records(of, source))


def believed(of: Standing, source: Source, rule: Rule) -> ir.Table:
    """Open the records of a data set whose places are believed under a rule."""
    table = records(of, source)
    return table.filter(guard.believed(table, named_places(of, source), rule))
