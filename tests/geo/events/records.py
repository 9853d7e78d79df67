"""Records made by hand, and stores of them, as the schema lays them out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.events import store
from geo.events.schema import SCHEMA, STORED, Source

DEFAULTS: dict[str, Any] = {
    "source": "gdelt2",
    "event_date": 20200715,
    "year": 2020,
    "report_year": 2020,
    "actor1_country": "RU",
    "actor2_country": "NO",
    "code": "040",
    "root_code": "04",
    "quad_class": 1,
    "goldstein_tenths": 10,
    "mentions": 1,
    "place": "Murmansk",
    "place_name": "Murmansk, Murmanskaya Oblast', Russia",
    "place_type": "city",
    "place_adm1": "RS49",
    "place_country": "RU",
    "iso_3166_2": "RU-MUR",
    "lat": 68.97,
    "lon": 33.09,
    "link": "https://example.org/fishing-talks-in-murmansk",
    "deaths": None,
}


def records(*rows: dict[str, Any]) -> pd.DataFrame:
    """Frame of the schema; what a row does not say is as in DEFAULTS, and each row is a report of its own."""
    made = []
    for number, row in enumerate(rows, start=1):
        one = {**DEFAULTS, "event_id": str(number), "report_id": number, **row}
        if "year" in row and "event_date" not in row:
            one["event_date"] = row["year"] * 10000 + 715
        made.append(one)
    return pd.DataFrame(made, columns=SCHEMA.names)


def table(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, schema=SCHEMA, preserve_index=False)


def write_store(folder: Path, frame: pd.DataFrame, rejected: int = 0) -> Path:
    """Write a store: a part a year, and a manifest that names them."""
    parts = []
    for year, of_year in frame.groupby("year"):
        path = folder / store.RECORDS / f"year={year}" / "part-1.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table(of_year.sort_values("iso_3166_2")).select(STORED.names), path)
        content = path.read_bytes()
        parts.append(
            store.Part(
                str(path.relative_to(folder)),
                int(str(year)),
                len(of_year),
                len(content),
                hashlib.sha256(content).hexdigest(),
            )
        )
    files = [
        store.Taken(
            sha256=f"{n:064x}",
            name=f"{source}.csv",
            source=_source(source),
            batch="part-1",
            records=len(own),
            passed_over=0,
            rejected=rejected if n == 0 else 0,
            first_year=int(own["year"].min()),
            last_year=int(own["year"].max()),
        )
        for n, (source, own) in enumerate(frame.groupby("source"))
    ]
    store.write_manifest(folder, store.Manifest(files=tuple(files), parts=tuple(parts)))
    return folder


def _source(name: object) -> Source:
    return str(name)  # type: ignore[return-value]
