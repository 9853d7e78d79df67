"""A Spark cluster of two workers on loopback, asked by a connection string, gives the rows that DuckDB gives."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyspark
import pytest

from bench.synthetic import write_gdelt2
from geo.events import engines, guard, places
from geo.events.aggregate import aggregate
from geo.events.ingest import ingest

ROOT = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
WORKERS = 2
STARTS_WITHIN_S = 120.0
# short runs on few cores: no time spent on compiling what runs once
BRIEF = {"SPARK_LOCAL_IP": HOST, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


class Cluster(NamedTuple):
    """Address of a master, and the folders in which its workers keep what they run."""

    master: str
    work: list[Path]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master and two workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        **BRIEF,
        "SPARK_HOME": str(home),
        "SPARK_LOG_DIR": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
    }
    port = free_port()
    log = folder / "master.log"
    commands = [["master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0"]]
    work = [folder / f"worker{n}" for n in range(WORKERS)]
    for own in work:
        options = ["--host", HOST, "--webui-port", "0", "--cores", "1", "--memory", "1g", "--work-dir", str(own)]
        commands.append(["worker.Worker", *options, f"spark://{HOST}:{port}"])
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for (program, *options), to in zip(commands, [log, *(own.with_suffix(".log") for own in work)], strict=True):
            run = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{program}", *options]
            with to.open("wb") as output:
                processes.append(subprocess.Popen(run, stdout=output, stderr=subprocess.STDOUT, env=environment))
        until = time.monotonic() + STARTS_WITHIN_S
        while log.read_text(errors="replace").count("Registering worker") < WORKERS:
            assert time.monotonic() < until, log.read_text(errors="replace")
            assert all(process.poll() is None for process in processes), log.read_text(errors="replace")
            time.sleep(0.2)
        yield Cluster(f"{HOST}:{port}", work)
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(timeout=60)


@pytest.mark.cluster
def test_two_workers_give_the_same_rows(cluster: Cluster, tmp_path: Path) -> None:
    write_gdelt2(tmp_path / "files", 60_000)
    store = tmp_path / "store"
    ingest(tmp_path / "files", store)
    command = [
        sys.executable,
        "-m",
        "geo",
        "events",
        "aggregate",
        "--csv",
        "--store",
        f"spark://{cluster.master}{store}",
    ]
    environment = {**os.environ, **BRIEF}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    table = engines.records(store)
    expected = aggregate(table, believed=guard.believed(table, guard.named_places(table), places.rule())).execute()
    found = pd.read_csv(io.StringIO(ran.stdout), keep_default_na=False)
    assert found.to_csv(index=False) == expected.to_csv(index=False)
    assert len(found) > 100
    # each worker made an executor for the query
    assert [len(list(own.glob("app-*/*"))) for own in cluster.work] == [1] * WORKERS
