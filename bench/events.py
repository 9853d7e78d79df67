"""Time and memory of counting events, against plain SQL, other engines and the disk; and of taking records in.

``python -m bench.events`` measures one million invented records, ``--records 10`` ten million, and so on; ``--only``
leaves the slower contenders out. Every
contender runs in a process of its own and must give the same rows: first cold (the parts are put out of the page
cache), then warm. Prints a table, writes ``bench/out/events-N.json``, and fails when a bar is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import psutil
import pyarrow.parquet as pq

from bench.synthetic import write_gdelt2
from geo.events import engines, guard, places
from geo.events import store as stores
from geo.events.aggregate import BY, aggregate

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "bench" / "out"
MILLION = 1_000_000
SLICE = 2_500_000
WARM, PAIRED = 3, 7
MEGABYTE = 2**20
# at most: ibis over plain SQL, warm; ibis, cold, over the disk; memory. At least: records taken a second
OVER_SQL, OVER_DISK, MEMORY_MB, TAKEN_PER_S = 1.3, 6.0, 500, 150_000
FROM_MILLIONS = 10
"""Millions of records from which ratios are a measure."""
READ = ["actor1_country", "actor2_country", "root_code", "quad_class", "goldstein_tenths", "mentions", "place"]
READ += ["source", "iso_3166_2", "report_id"]

OURS = "ibis + DuckDB"

Query = Callable[[], pd.DataFrame]


def believed_places(named: pd.DataFrame) -> pd.DataFrame:
    """Pairs of subject and place that the rule of the atlas keeps."""
    judged = places.judge(named, places.rule())
    return judged.loc[judged["kept"], ["iso_3166_2", "place"]]


def with_ibis(engine: engines.Engine) -> Callable[[Path, pd.DataFrame], Query]:
    def made(store: Path, named: pd.DataFrame) -> Query:
        @cache
        def question() -> Any:  # made once, as the text of plain SQL is; ibis writes its SQL at each asking
            table = engines.records(store, engine)
            return aggregate(table, believed=guard.believed(table, named, places.rule()))

        return lambda: question().execute()

    return made


def plain_sql(store: Path, named: pd.DataFrame) -> Query:
    files = [str(path) for path in stores.parts(store)]
    believed = " OR ".join(
        f"(iso_3166_2 = '{iso}' AND place IN ({', '.join(map(repr, own['place']))}))"
        for iso, own in believed_places(named).groupby("iso_3166_2")
    )
    sql = f"""
        WITH foreign_records AS (
            SELECT source, iso_3166_2, year, quad_class, root_code, report_id, mentions, goldstein_tenths,
                CASE WHEN coalesce(actor1_country, 'RU') = 'RU' THEN actor2_country ELSE actor1_country END AS country
            FROM read_parquet({files}, hive_partitioning = true, hive_types = {{'year': INTEGER}})
            WHERE ({believed})
                AND (coalesce(actor1_country, 'RU') = 'RU') <> (coalesce(actor2_country, 'RU') = 'RU')
                AND 'ZZ' NOT IN (coalesce(actor1_country, 'RU'), coalesce(actor2_country, 'RU'))
        ), once AS (
            SELECT source, iso_3166_2, country, year, quad_class,
                max(mentions * 256::BIGINT + coalesce(goldstein_tenths + 101, 0)) AS standing
            FROM foreign_records GROUP BY ALL, root_code, report_id
        )
        SELECT source, iso_3166_2, country, year, quad_class, count(*) AS events,
            sum(standing // 256)::BIGINT AS mentions, count(*) FILTER (standing % 256 > 0) AS scored,
            sum(CASE WHEN standing % 256 > 0 THEN standing % 256 - 101 ELSE 0 END)::BIGINT AS goldstein_tenths
        FROM once GROUP BY ALL ORDER BY ALL
    """.replace("GROUP BY ALL, root_code", "GROUP BY source, iso_3166_2, country, year, quad_class, root_code")

    @cache
    def opened() -> duckdb.DuckDBPyConnection:
        return duckdb.connect(config={"memory_limit": engines.MEMORY})

    return lambda: opened().sql(sql).df()


def plain_polars(store: Path, named: pd.DataFrame) -> Query:
    import polars as pl

    believed = pl.LazyFrame(believed_places(named).to_dict("list"))
    key = list(BY)

    def ask() -> pd.DataFrame:
        records = pl.scan_parquet(stores.parts(store), hive_partitioning=True, hive_schema={"year": pl.Int32})
        one, other = (pl.col(f"actor{n}_country").fill_null("RU") for n in (1, 2))
        return (
            records.filter((one == "RU") != (other == "RU"), one != "ZZ", other != "ZZ")
            .join(believed, on=["iso_3166_2", "place"], how="semi")
            .with_columns(country=pl.when(one == "RU").then(other).otherwise(one))
            .sort("mentions", "goldstein_tenths", nulls_last=False)
            .unique([*key, "root_code", "report_id"], keep="last", maintain_order=True)
            .group_by(key)
            .agg(
                events=pl.len(),
                mentions=pl.col("mentions").sum().cast(pl.Int64),
                scored=pl.col("goldstein_tenths").count(),
                goldstein_tenths=pl.col("goldstein_tenths").cast(pl.Int64).sum(),
            )
            .sort(key)
            .collect()
            .to_pandas()
        )

    return ask


def plain_pandas(store: Path, named: pd.DataFrame) -> Query:
    kept = believed_places(named)

    def ask() -> pd.DataFrame:
        read = [
            pq.read_table(path, columns=READ, partitioning=None).to_pandas().assign(year=int(path.parent.name[5:]))
            for path in stores.parts(store)
        ]
        held = pd.concat(read).merge(kept, on=["iso_3166_2", "place"])
        one, other = held["actor1_country"].fillna("RU"), held["actor2_country"].fillna("RU")
        held = held.assign(country=one.where(one != "RU", other))[
            ((one == "RU") != (other == "RU")) & (one != "ZZ") & (other != "ZZ")
        ]
        held = held.sort_values(["mentions", "goldstein_tenths"], na_position="first")
        once = held.drop_duplicates([*BY, "root_code", "report_id"], keep="last")
        counted = once.groupby(list(BY), as_index=False).agg(
            events=("mentions", "size"),
            mentions=("mentions", "sum"),
            scored=("goldstein_tenths", "count"),
            goldstein_tenths=("goldstein_tenths", "sum"),
        )
        return counted.astype({"goldstein_tenths": "int64"}).sort_values(list(BY), ignore_index=True)

    return ask


CONTENDERS: dict[str, Callable[[Path, pd.DataFrame], Query]] = {
    OURS: with_ibis("duckdb"),
    "DuckDB SQL": plain_sql,
    "polars": plain_polars,
    "pandas": plain_pandas,
    "ibis + PySpark": with_ibis("pyspark"),
}


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def put_out_of_cache(store: Path) -> None:
    """Ask the system to forget the parts, so that they are read from the disk."""
    for path in stores.parts(store):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def needed(store: Path) -> list[tuple[Path, int, int]]:
    """Stretches of the parts that hold the columns of the query: file, first byte, bytes."""
    found = []
    for path in stores.parts(store):
        metadata = pq.ParquetFile(path).metadata
        for group in range(metadata.num_row_groups):
            for number in range(metadata.num_columns):
                column = metadata.row_group(group).column(number)
                if column.path_in_schema in READ:
                    first = column.dictionary_page_offset or column.data_page_offset
                    found.append((path, first, column.total_compressed_size))
    return found


def read_from_disk(stretches: list[tuple[Path, int, int]]) -> None:
    """Read bytes and do nothing with them: what no engine can undercut."""
    for path, first, length in stretches:
        with path.open("rb", buffering=0) as file:
            os.pread(file.fileno(), length, first)


def peak_mb() -> float:
    """Highest resident memory of this process and of those it started, such as the Java of Spark.

    Not ``ru_maxrss``, which begins with what the process that started this one had.
    """
    processes = ["self", *(child.pid for child in psutil.Process().children(recursive=True))]
    states = [Path(f"/proc/{process}/status").read_text(encoding="utf-8") for process in processes]
    # a process that has ended has none
    peaks = [line for state in states for line in state.splitlines() if line.startswith("VmHWM")]
    return sum(int(line.split()[1]) / 1024 for line in peaks)


def measure(name: str, store: Path, named: pd.DataFrame) -> dict[str, Any]:
    """Measure one contender; run in a process of its own."""
    ask = CONTENDERS[name](store, named)
    put_out_of_cache(store)
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    before = sum(process.io_counters().read_bytes for process in processes)
    answer: list[pd.DataFrame] = []
    cold = seconds(lambda: answer.append(ask()))
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    read = sum(process.io_counters().read_bytes for process in processes) - before
    return {
        "cold_s": cold,
        "warm_s": statistics.median(seconds(ask) for _run in range(WARM)),
        "peak_mb": peak_mb(),
        "read_mb": read / MEGABYTE,
        "rows": len(answer[0]),
        "digest": hashlib.sha256(answer[0].to_csv(index=False).encode()).hexdigest(),
    }


def over_sql(store: Path, named: pd.DataFrame) -> dict[str, Any]:
    """Seconds of ibis over those of plain SQL, taking turns so that a busy machine slows both."""
    by_ibis, by_sql = CONTENDERS[OURS](store, named), CONTENDERS["DuckDB SQL"](store, named)
    by_ibis(), by_sql()
    pairs = [(seconds(by_ibis), seconds(by_sql)) for _turn in range(PAIRED)]
    return {"over_sql": statistics.median(one / other for one, other in pairs)}


def disk(store: Path, named: pd.DataFrame) -> dict[str, Any]:
    stretches = needed(store)
    put_out_of_cache(store)
    return {
        "floor_s": seconds(lambda: read_from_disk(stretches)),
        "floor_mb": sum(n for *_at, n in stretches) / MEGABYTE,
    }


def take(folder: Path, store: Path) -> dict[str, Any]:
    from geo.events.ingest import ingest

    before = time.process_time()
    took = seconds(lambda: ingest(folder, store))
    return {"seconds": took, "cpu_s": time.process_time() - before, "peak_mb": peak_mb()}


MEASURES = {"over_sql": over_sql, "disk": disk}


def apart(*words: str | Path) -> dict[str, Any]:
    """Run a measure in a process of its own."""
    run = [sys.executable, "-m", "bench.events", "--apart", *map(str, words)]
    ran = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def run_apart(what: str, first: Path, second: Path) -> dict[str, Any]:
    warnings.simplefilter("ignore")
    if what == "take":
        return take(first, second)
    named = pd.read_csv(second, keep_default_na=False)
    return MEASURES[what](first, named) if what in MEASURES else measure(what, first, named)


def fill(store: Path, records: int, folder: Path) -> dict[str, Any]:
    """Take invented records into a store, slice by slice, so that the texts need little room."""
    took, cpu, peak = 0.0, 0.0, 0.0
    for number, first in enumerate(range(0, records, SLICE)):
        files = folder / f"slice{number}"
        write_gdelt2(files, min(SLICE, records - first), start=first)
        found = apart("take", files, store)
        took, cpu, peak = took + found["seconds"], cpu + found["cpu_s"], max(peak, found["peak_mb"])
        shutil.rmtree(files)
    return {"records_per_s": records / took, "records_per_cpu_s": records / cpu, "peak_mb": peak}


def bars(found: dict[str, Any], records: int) -> list[tuple[str, float, float, bool]]:
    """Name, figure, limit, and whether it is kept.

    The ratios have a bar from ``FROM_MILLIONS`` on: below, ibis spends more time on making the SQL than the engine on
    running it.
    """
    ibis, disk_floor = found["contenders"][OURS], found["disk"]["floor_s"]
    taken = found["ingest"]
    kept = [
        ("memory of the query, MB", ibis["peak_mb"], MEMORY_MB, ibis["peak_mb"] <= MEMORY_MB),
        ("memory of the ingest, MB", taken["peak_mb"], MEMORY_MB, taken["peak_mb"] <= MEMORY_MB),
        ("records a second, at least", taken["records_per_s"], TAKEN_PER_S, taken["records_per_s"] >= TAKEN_PER_S),
    ]
    if records >= FROM_MILLIONS * MILLION:
        over = ibis["cold_s"] / disk_floor
        kept += [
            ("ibis over plain SQL, warm", found["over_sql"], OVER_SQL, found["over_sql"] <= OVER_SQL),
            ("ibis over the disk, cold", over, OVER_DISK, over <= OVER_DISK),
        ]
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=float, default=1, metavar="MILLIONS")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, default=[*CONTENDERS], help="measure these alone")
    parser.add_argument("--apart", nargs=3, metavar=("WHAT", "FIRST", "SECOND"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.apart:
        print(json.dumps(run_apart(args.apart[0], Path(args.apart[1]), Path(args.apart[2]))))
        return 0
    if OURS not in args.only:
        parser.error(f"--only must name {OURS!r}, which the bars are about")
    records = int(args.records * MILLION)
    with tempfile.TemporaryDirectory(prefix="limitrophe-events-") as temporary:
        folder = Path(temporary)
        store = folder / "store"
        taken = fill(store, records, folder)
        named = folder / "named.csv"  # found beforehand, as a server remembers them
        guard.named_places(engines.records(store)).to_csv(named, index=False)
        found: dict[str, Any] = {"records": records, "cores": os.cpu_count(), "ingest": taken}
        found["store_mb"] = sum(part.bytes for part in stores.manifest(store).parts) / MEGABYTE
        found["disk"] = apart("disk", store, named)
        found["contenders"] = {name: apart(name, store, named) for name in CONTENDERS if name in args.only}
        found |= apart("over_sql", store, named)
    told = bars(found, records)
    found["bars"] = [{"bar": name, "measured": figure, "limit": limit, "kept": ok} for name, figure, limit, ok in told]
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / f"events-{args.records:g}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    tell(found, told)
    same = len({one["digest"] for one in found["contenders"].values()}) == 1
    if not same:
        print("the contenders do not agree")
    return int(not same or not all(ok for *_bar, ok in told))


def tell(found: dict[str, Any], told: list[tuple[str, float, float, bool]]) -> None:
    print(f"{found['records']:,} records, {found['store_mb']:.0f} MB on {found['cores']} cores")
    print(f"{'':<16} {'cold s':>8} {'warm s':>8} {'memory MB':>10} {'read MB':>8}")
    print(f"{'the disk':<16} {found['disk']['floor_s']:>8.2f} {'':>8} {'':>10} {found['disk']['floor_mb']:>8.0f}")
    for name, one in found["contenders"].items():
        print(f"{name:<16} {one['cold_s']:>8.2f} {one['warm_s']:>8.2f} {one['peak_mb']:>10.0f} {one['read_mb']:>8.0f}")
    print(f"records taken a second of one processor: {found['ingest']['records_per_cpu_s']:,.0f}")
    print(f"ibis over plain SQL, warm: {found['over_sql']:.2f}")
    for name, figure, limit, ok in told:
        print(f"{name:<34} {figure:>12,.2f}  bar {limit:>10,.1f}  {'ok' if ok else 'MISSED'}")


if __name__ == "__main__":
    sys.exit(main())
