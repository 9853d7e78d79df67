"""What a reader waits for, in a real browser, against an empty page and against the usual way to draw a map.

``python -m bench.interaction`` prints a table, writes ``bench/out/interaction.json`` and fails when a bar is missed.
All figures of one run come from the same minutes of the same machine, and what is compared takes turns, so the ratios
hold on a busy machine too. docs/performance.md tells what each figure means.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import signal
import statistics
import sys
from collections.abc import Callable
from datetime import date
from operator import ge, le
from typing import Any, NamedTuple

import numpy as np
import psutil
from playwright.sync_api import Browser, Page

from bench.chromium import chromium
from bench.readers import visit
from bench.serving import ROOT, serving
from bench.wire import Wire, counted

ROUNDS = 4
INDICATORS = ("Exports per inhabitant", "Unemployment", "Twin-town ties", "GRP per inhabitant")
NOT_SEEN = ("Imports per inhabitant", "Life expectancy", "Poverty", "Net migration", "Internet users")
FIRST_LOADS = 4
SWITCHES = 6
PLAYS = 5
BRUSHES = 3
BRUSHED = ((1999, 2013), (2003, 2021), (1996, 2008))
READERS = 20
READERS_PACE_S = (2.0, 4.0)
SETTLED_MS = 400
WAIT_MS = 60_000
LIMIT_S = 480
"""A run that hangs is ended; one on a quiet machine takes about two minutes."""

# `until` looks once a frame, so what it reports has been drawn; one frame is its error, for all pages alike.
# The click on an option is made in the page, so the time of the driver is not in the figure.
PROBES = """
window.bench = {
  inside: () => [...document.querySelectorAll("iframe")]
    .map((frame) => frame.contentDocument)
    .find((inner) => inner && inner.querySelector("path.leaflet-interactive")),
  answer: () => document.querySelector("#answer")?.textContent,
  painted: () => bench.inside()?.documentElement.dataset.painted,
  filled: () => {
    const paths = bench.inside()?.querySelectorAll("path.leaflet-interactive") || [];
    return paths.length >= 83 ? [...paths].map((path) => path.getAttribute("fill")).join() : "";
  },
  map: () => !location.pathname.includes("region") && document.querySelector(".legend") && bench.painted(),
  region: () => location.pathname.includes("region") && document.querySelector(".st-key-locator") && bench.painted(),
  heading: () => [...document.querySelectorAll("h2")].find((one) => /^Ties, /.test(one.textContent))?.textContent,
  // all that a brush of years concerns has to show those years: the map, and the table under its heading
  brushed: (years) =>
    bench.inside()?.documentElement.dataset.years === years.join("-") && bench.heading() === `Ties, ${years.join("–")}`,
  // the clock starts before anybody hears of the move, and stops a frame after map and table were changed
  brush: (years) => new Promise((done, fail) => {
    window.addEventListener("pointermove", () => {
      const start = performance.now();
      const look = () => {
        if (bench.brushed(years)) requestAnimationFrame(() => done(performance.now() - start));
        else if (performance.now() - start > 60000) fail(new Error("map and table did not show the years in 60 s"));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  }),
  until: (probe, before) => new Promise((done, fail) => {
    const start = performance.now();
    const look = () => {
      const now = bench[probe]();
      if (now && now !== before) done(performance.now());
      else if (performance.now() - start > 60000) fail(new Error(probe + " did not change in 60 s"));
      else requestAnimationFrame(look);
    };
    look();
  }),
  click: (target, probe) => {
    const before = bench[probe]();
    const start = performance.now();
    target.click();
    return bench.until(probe, before).then((end) => end - start);
  },
};
"""


class Stage(NamedTuple):
    """A page under measurement: how it is reached and how one sees that it has answered."""

    page: Page
    wire: Wire
    probe: str


class Bar(NamedTuple):
    """One figure and the bar it has to pass."""

    name: str
    value: float
    holds: Callable[[float, float], bool]
    bar: float
    unit: str = ""

    @property
    def passed(self) -> bool:
        """Whether the figure is on the right side."""
        return self.holds(self.value, self.bar)


def opened(browser: Browser, wire: Wire, probe: str, path: str = "/") -> tuple[Page, float]:
    """Open an address with an empty cache; milliseconds from the start of the navigation to the drawn page."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(WAIT_MS)
    page.add_init_script(PROBES)
    page.goto(f"http://localhost:{wire.port}{path}", wait_until="commit")
    return page, float(page.evaluate(f"bench.until('{probe}')"))


def first_loads(browser: Browser, wires: dict[str, tuple[Wire, str]]) -> dict[str, list[float]]:
    """Time first loads, the pages taking turns; the very first turn warms the servers and does not count."""
    times: dict[str, list[float]] = {name: [] for name in wires}
    for turn in range(FIRST_LOADS + 1):
        for name, (wire, probe) in wires.items():
            page, ms = opened(browser, wire, probe)
            page.context.close()
            if turn:
                times[name].append(ms)
    return times


def load_bytes(browser: Browser, wire: Wire, probe: str) -> int:
    """Count all that one first load moves, with what is fetched in the quiet after it."""
    before = wire.both
    page, _ = opened(browser, wire, probe)
    page.wait_for_timeout(4000)
    page.context.close()
    return wire.both - before


def change(stage: Stage, label: str) -> tuple[float, int]:
    """Choose an indicator: milliseconds from the choice to the new colours, and bytes."""
    page = stage.page
    before = stage.wire.both
    page.locator(".st-key-indicator input").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(label)
    option = page.get_by_role("option").filter(has_text=label).first
    ms = float(option.evaluate(f"(option) => bench.click(option, '{stage.probe}')"))
    page.wait_for_timeout(SETTLED_MS)
    return ms, stage.wire.both - before


def changes(stages: dict[str, Stage]) -> dict[str, tuple[list[float], list[int]]]:
    """Time changes of the indicator, the pages taking turns; the first round fetches code and does not count."""
    found: dict[str, tuple[list[float], list[int]]] = {name: ([], []) for name in stages}
    for turn in range(ROUNDS + 1):
        for label in INDICATORS:
            for name, stage in stages.items():
                ms, size = change(stage, label)
                if turn:
                    found[name][0].append(ms)
                    found[name][1].append(size)
    return found


def first_sights(stages: dict[str, Stage]) -> dict[str, list[float]]:
    """Time choices of indicators that this reader has not seen yet, the pages taking turns.

    Where nothing else has been chosen (``atlas``) the map knows how they open; where something has (``asked``) the
    server has to answer.
    """
    found: dict[str, list[float]] = {"atlas": [], "asked": [], "empty": []}
    for label, other in zip(NOT_SEEN, itertools.cycle(INDICATORS)):
        for name, chosen in (("atlas", label), ("asked", label), ("empty", other)):
            found[name].append(change(stages[name], chosen)[0])
    return found


def switches(stage: Stage) -> dict[str, tuple[list[float], list[int]]]:
    """Time the way from Map to Region and back by the links of the header."""
    found: dict[str, tuple[list[float], list[int]]] = {"region": ([], []), "map": ([], [])}
    for turn in range(SWITCHES + 1):
        for probe, title in (("region", "Region"), ("map", "Map")):
            before = stage.wire.both
            link = stage.page.get_by_role("link", name=title, exact=True).first
            ms = float(link.evaluate(f"(link) => bench.click(link, '{probe}')"))
            stage.page.wait_for_timeout(SETTLED_MS)
            if turn:
                found[probe][0].append(ms)
                found[probe][1].append(stage.wire.both - before)
    return found


def brushes(browser: Browser, wire: Wire) -> list[float]:
    """Time brushes over the timeline of a border, from a move of the mouse to the map and the table of its years."""
    page, _ = opened(browser, wire, "painted", "/border?country=FI")
    area = page.locator(".st-key-border_timeline .nsewdrag").first
    area.scroll_into_view_if_needed()
    page.wait_for_timeout(3000)
    times = []
    for first, last in BRUSHED * BRUSHES:
        area.wait_for()
        box = area.bounding_box()
        assert box is not None
        left, right = (box["x"] + box["width"] * (year - 1990.4) / 36.2 for year in (first, last))
        middle = box["y"] + box["height"] / 2
        page.mouse.move(left, middle)
        page.mouse.down()
        page.mouse.move((left + right) / 2, middle, steps=3)
        page.evaluate(f"window.brushing = bench.brush([{first}, {last}]); null")
        page.mouse.move(right, middle)
        times.append(float(page.evaluate("window.brushing")))
        page.mouse.up()
        page.wait_for_timeout(3 * SETTLED_MS)
    page.context.close()
    return times[len(BRUSHED) :]


def plays(browser: Browser, wire: Wire) -> list[float]:
    """Frames a second of the years played as fast as the screen allows."""
    page, _ = opened(browser, wire, "painted", "/?indicator=grp_per_capita&limits=all")
    page.wait_for_timeout(3000)  # fine outlines arrive: the frames then cost most
    frame = next(one for one in page.frames if one.evaluate("Boolean(window.limitrophe)"))
    rates = [
        float(
            frame.evaluate(
                """() => new Promise((done) => {
                    const state = limitrophe.state, before = state.frames || 0, start = performance.now();
                    const rate = () => 1000 * (state.frames - before) / (performance.now() - start);
                    const look = () => state.player.timer ? requestAnimationFrame(look) : done(rate());
                    limitrophe.play(0);
                    look();
                })"""
            )
        )
        for _ in range(PLAYS)
    ]
    page.context.close()
    return rates


def crowd() -> dict[str, float]:
    """Let twenty readers read at their own pace; times of a rerun and memory of the server, against one reader.

    The one reader reads before and after the twenty, so that a busy minute of the machine tells on both.
    """
    say("twenty readers")
    with serving("app.py") as server:
        first = visit(server.port, "indicator", readers=1, choices=None, think_s=(0.0, 0.0))
        alone = visit(server.port, "indicator", readers=1, choices=60, think_s=(0.05, 0.15))
        process = psutil.Process(server.pid)
        before = process.memory_info().rss
        many = visit(server.port, "indicator", readers=READERS, choices=6, think_s=READERS_PACE_S)
        grown = process.memory_info().rss - before
        alone += visit(server.port, "indicator", readers=1, choices=60, think_s=(0.05, 0.15))
    return {
        "first_look_p50_ms": 1000 * float(np.percentile(first, 50)),
        "first_look_p95_ms": 1000 * float(np.percentile(first, 95)),
        "one_p50_ms": 1000 * float(np.percentile(alone, 50)),
        "one_p95_ms": 1000 * float(np.percentile(alone, 95)),
        "twenty_p50_ms": 1000 * float(np.percentile(many, 50)),
        "twenty_p95_ms": 1000 * float(np.percentile(many, 95)),
        "server_mb": before / 2**20,
        "session_mb": grown / READERS / 2**20,
    }


def say(stage: str) -> None:
    """Tell on the terminal what is being measured."""
    print(f"{stage} ...", file=sys.stderr, flush=True)


def measure() -> dict[str, Any]:
    """All figures of one run, times in milliseconds (medians), sizes in bytes."""
    with (
        serving("app.py") as atlas,
        serving("bench/apps/empty.py") as empty,
        serving("bench/apps/usual.py") as usual,
        counted(atlas.port) as atlas_wire,
        counted(empty.port) as empty_wire,
        counted(usual.port) as usual_wire,
        chromium() as browser,
    ):
        wires = {"atlas": (atlas_wire, "painted"), "empty": (empty_wire, "answer"), "usual": (usual_wire, "filled")}
        say("first loads")
        loads = first_loads(browser, wires)
        load_sizes = {name: load_bytes(browser, wire, probe) for name, (wire, probe) in wires.items()}
        stages = {name: Stage(opened(browser, wire, probe)[0], wire, probe) for name, (wire, probe) in wires.items()}
        stages["atlas"].page.wait_for_timeout(3000)  # fine outlines arrive, so that they are not counted as a change
        say("changes of the indicator")
        changed = changes(stages)
        say("first sights")
        asked = Stage(opened(browser, atlas_wire, "painted", "/?k=4")[0], atlas_wire, "painted")
        asked.page.wait_for_timeout(3000)
        sights = first_sights(stages | {"asked": asked})
        say("switches of the page")
        switched = switches(stages["atlas"])
        say("brushes of years")
        brushed = brushes(browser, atlas_wire)
        say("play")
        played = plays(browser, atlas_wire)
    return {
        "change_ms": {name: statistics.median(times) for name, (times, _) in changed.items()},
        "first_sight_ms": {name: statistics.median(times) for name, times in sights.items()},
        "change_bytes": {name: statistics.median(sizes) for name, (_, sizes) in changed.items()},
        "first_load_ms": {name: statistics.median(times) for name, times in loads.items()},
        "first_load_bytes": load_sizes,
        "switch_ms": {f"to_{name}": statistics.median(times) for name, (times, _) in switched.items()},
        "switch_bytes": {f"to_{name}": statistics.median(sizes) for name, (_, sizes) in switched.items()},
        "brush_ms": statistics.median(brushed),
        "play_frames_s": statistics.median(played),
        "readers": crowd(),
    }


def bars(found: dict[str, Any]) -> list[Bar]:
    """Judge the figures of :func:`measure`."""
    change, load, readers = found["change_ms"], found["first_load_ms"], found["readers"]
    sight = found["first_sight_ms"]
    return [
        Bar("indicator change / rerun of the empty page", change["atlas"] / change["empty"], le, 1.5),
        Bar("first sight / rerun of the empty page", sight["atlas"] / sight["empty"], le, 1.5),
        Bar("indicator change / the usual way", change["atlas"] / change["usual"], le, 0.25),
        Bar("bytes of an indicator change", found["change_bytes"]["atlas"] / 1024, le, 8, "KB"),
        Bar("brush of years / rerun of the empty page", found["brush_ms"] / change["empty"], le, 2),
        Bar("first load / first load of the empty page", load["atlas"] / load["empty"], le, 1.5),
        Bar("20 sessions, p95 rerun / one session's p95", readers["twenty_p95_ms"] / readers["one_p95_ms"], le, 3),
        Bar("memory of the server a session", readers["session_mb"], le, 2, "MB"),
        Bar("frames of the play function", found["play_frames_s"], ge, 20, "a second"),
    ]


def table(found: dict[str, Any], judged: list[Bar]) -> str:
    """Say the figures and the bars as a table."""
    flat = {
        f"{group} {name}".strip(): value
        for group, values in found.items()
        for name, value in (values.items() if isinstance(values, dict) else [("", values)])
    }
    lines = [f"{name:<44} {value:>12,.1f}" for name, value in flat.items()]
    signs = {le: "at most", ge: "at least"}
    verdicts = [
        f"{bar.name:<44} {bar.value:>8.2f} {bar.unit:<8} {signs[bar.holds]:>8} {bar.bar:<5g} "
        f"{'ok' if bar.passed else 'MISSED'}"
        for bar in judged
    ]
    return "\n".join([*lines, "", *verdicts])


def main() -> int:
    """Measure, print, write, judge."""
    for ending in (signal.SIGTERM, signal.SIGALRM):  # so that servers are stopped on the way out
        signal.signal(ending, lambda *_: sys.exit(1))
    signal.alarm(LIMIT_S)
    found = measure()
    judged = bars(found)
    print(table(found, judged))
    out = ROOT / "bench" / "out" / "interaction.json"
    out.parent.mkdir(exist_ok=True)
    report = {
        "date": date.today().isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "memory_gb": round(psutil.virtual_memory().total / 2**30),
            "load": os.getloadavg()[0],
            "python": platform.python_version(),
        },
        "figures": found,
        "bars": [{"name": b.name, "value": b.value, "bar": b.bar, "unit": b.unit, "passed": b.passed} for b in judged],
    }
    out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return int(not all(bar.passed for bar in judged))


if __name__ == "__main__":
    sys.exit(main())
