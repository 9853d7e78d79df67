"""Write records into parts: one Parquet file a batch and year, sorted so that a query may skip most of it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.events.opening import sha256
from geo.events.schema import PARTITION, ROW_GROUP, STORED
from geo.events.store import RECORDS, Part

BUFFERED: Final = 4 * ROW_GROUP
"""Records held in memory before some are sorted and written."""
ORDER: Final = [("iso_3166_2", "ascending"), ("event_date", "ascending")]
REPEATING: Final = [
    name for name in STORED.names if name not in ("event_id", "link", "report_id", "lat", "lon", "mentions")
]
TOLD: Final = ["source", "event_date", "actor1_country", "actor2_country", "place_country", "iso_3166_2"]
"""Columns whose smallest and largest value stand with each row group."""


def write(tables: Iterable[pa.Table], folder: Path, batch: str) -> list[Part]:
    """Write records to ``folder/records/year=YYYY/BATCH.parquet``.

    The same records in the same order give the same bytes.

    Parameters
    ----------
    tables
        Records in :data:`geo.events.schema.SCHEMA`.

    Returns
    -------
    The parts, by year; their paths are below ``folder``.
    """
    held: dict[int, list[pa.Table]] = defaultdict(list)
    written: dict[int, int] = defaultdict(int)
    with ExitStack() as stack:
        writers: dict[int, pq.ParquetWriter] = {}

        def flush(year: int) -> None:
            records = pa.concat_tables(held.pop(year)).sort_by(ORDER)
            if year not in writers:
                writers[year] = stack.enter_context(_writer(folder / _path(batch, year)))
            writers[year].write_table(records, row_group_size=ROW_GROUP)
            written[year] += records.num_rows

        for table in tables:
            for year, records in _by_year(table):
                held[year].append(records)
            while sum(map(_rows, held.values())) >= BUFFERED:
                flush(max(held, key=lambda year: (_rows(held[year]), year)))
        for year in sorted(held):
            flush(year)
    return [_part(folder, _path(batch, year), year, written[year]) for year in sorted(written)]


def _path(batch: str, year: int) -> str:
    return f"{RECORDS}/{PARTITION}={year}/{batch}.parquet"


def _rows(tables: Iterable[pa.Table]) -> int:
    return sum(table.num_rows for table in tables)


def _by_year(table: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    years = table.column(PARTITION)
    records = table.drop_columns(PARTITION).cast(STORED)
    different = sorted(pc.unique(years).to_pylist())
    for year in different:
        yield year, records if len(different) == 1 else records.filter(pc.equal(years, year))


def _writer(path: Path) -> pq.ParquetWriter:
    path.parent.mkdir(parents=True, exist_ok=True)
    return pq.ParquetWriter(
        path, STORED, compression="zstd", compression_level=1, use_dictionary=REPEATING, write_statistics=TOLD
    )


def _part(folder: Path, path: str, year: int, records: int) -> Part:
    file = folder / path
    with file.open("rb+") as written:
        os.fsync(written.fileno())
    return Part(path, year, records, file.stat().st_size, sha256(file))
