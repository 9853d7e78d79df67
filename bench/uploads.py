"""Does the server keep answering while somebody's file is read? Reruns of one session, alone and beside heavy uploads.

``python -m bench.uploads`` prints the median rerun of a reader of the Map page, alone and while another session brings
the largest and the most hostile files, and the memory of the server with the processes that read for it. It fails when
a rerun takes more than twice its usual time, or the memory passes a gigabyte.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from playwright.sync_api import Page

from bench import readers
from bench.chromium import chromium
from bench.serving import serving
from geo.uploads import limits
from geo.uploads.limits import MEGABYTE
from geo.uploads.matching import FOLDED_CELLS
from tests.geo.uploads.files import layer, workbook
from tests.geo.uploads.hostile import CORPUS

CHOICES, THINK_S = 40, (0.05, 0.15)
SLOWER, MOST_MB = 2.0, 1000
HOSTILE = ("comb.gpkg", "cells.csv", "far_row.xlsx", "overlapping.zip", "two_encodings.csv")
READ_MS = 120_000


def files() -> Iterator[tuple[str, str, bytes]]:
    """Task, name and content of each upload: the largest that are read, hostile ones, and names for many units."""
    bounds = limits()
    row = b";".join([b"%d,25" % n for n in range(20)]) + b"\n"
    rows = min(bounds.rows, bounds.megabytes * MEGABYTE // len(row)) - 1
    yield "table", "largest.csv", b";".join(b"c%d" % n for n in range(20)) + b"\n" + row * rows
    yield "table", "large.xlsx", workbook([[f"c{n}" for n in range(20)], *([[n + 0.5 for n in range(20)]] * 10_000)])
    for one in CORPUS:
        if one.name in HOSTILE:
            yield one.task, one.name, one.content()
    yield "layer", "many_units.gpkg", many_units()
    names = "".join(f"Раийон {n};{n}\n" for n in range(bounds.names))  # misspelt: each is compared with every unit
    yield "table", "many_names.csv", f"район;v\n{names}".encode()


def many_units() -> bytes:
    """As many units as are read, with as many columns as a column of names is guessed from."""
    count = limits().units
    places = np.arange(count)
    west, south = 30 + places % 100 / 10, 50 + places // 100 / 10
    names = {f"c{column}": [f"Район {n} {column}" for n in places] for column in range(FOLDED_CELLS // count)}
    outlines = shapely.box(west, south, west + 0.1, south + 0.1)
    return layer("GPKG", gpd.GeoDataFrame(names, geometry=outlines, crs="EPSG:4326"))


def bring(page: Page, task: str, name: str, content: bytes) -> None:
    """Upload a file and wait until it is read or refused."""
    place = page.locator("input[type=file]").nth(0 if task == "table" else 1)
    place.set_input_files([{"name": name, "mimeType": "application/octet-stream", "buffer": content}])
    page.get_by_text(name).first.wait_for(timeout=READ_MS)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=READ_MS)


def held_mb(pid: int) -> float:
    """Resident memory of a process and its children."""
    family, held = [pid], 0.0
    while family:
        one = family.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="utf-8")
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="utf-8").split()
        except OSError:  # it has ended meanwhile
            continue
        held += next((float(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
        family += map(int, children)
    return held


def main() -> int:
    """Measure and print; 1 when a bar is missed."""
    brought = list(files())
    beside: list[float] = []
    peak, done = 0.0, threading.Event()
    with serving("app.py") as server, chromium() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}/your_data?lang=en")
        page.locator("input[type=file]").first.wait_for(state="attached", timeout=READ_MS)

        def visited(choices: int) -> list[float]:
            return readers.visit(server.port, "indicator", readers=1, choices=choices, think_s=THINK_S)

        def read() -> None:
            while not done.is_set():
                beside.extend(visited(8))

        def watch() -> None:
            nonlocal peak
            while not done.is_set():
                peak = max(peak, held_mb(server.pid))
                time.sleep(0.1)

        with ThreadPoolExecutor(1) as other:  # the loop of this thread is Chromium's
            other.submit(visited, CHOICES).result()  # until everything is loaded
            alone = other.submit(visited, CHOICES).result()
        threads = [threading.Thread(target=read), threading.Thread(target=watch)]
        for thread in threads:
            thread.start()
        for task, name, content in brought:
            start = time.perf_counter()
            bring(page, task, name, content)
            print(f"{name:<24} {len(content) / MEGABYTE:>6.1f} MB  {time.perf_counter() - start:>6.1f} s")
        done.set()
        for thread in threads:
            thread.join()
    usual, slower = statistics.median(alone), statistics.median(beside)
    ratio = slower / usual
    print(f"rerun alone {1000 * usual:.0f} ms, beside uploads {1000 * slower:.0f} ms ({len(beside)} reruns): ", end="")
    print(f"{ratio:.2f} times, at most {SLOWER}  {'ok' if ratio <= SLOWER else 'MISSED'}")
    held = "ok" if peak <= MOST_MB else "MISSED"
    print(f"memory of the server and its readers {peak:.0f} MB, at most {MOST_MB}  {held}")
    return int(ratio > SLOWER or peak > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
