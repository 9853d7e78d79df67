"""How long a slide takes to change, against a rerun of an empty page; both in one browser, taking turns.

``python -m bench.seminar`` prints the figures and fails when a change of slide takes twice the empty rerun or longer.
The time is that from the key to the slide on the screen with its map painted, once its map was made behind another.
"""

from __future__ import annotations

import signal
import statistics
import sys
from operator import lt

from playwright.sync_api import Browser

from bench.chromium import chromium
from bench.interaction import INDICATORS, Bar, Stage, change, opened, say
from bench.serving import serving
from bench.wire import counted
from geo.stories import stories

STORIES = ("barents", "warm_regions")
LIMIT_S = 300
MOST = 2.0

INSIDE = "document.querySelector('.st-key-presenter iframe')?.contentDocument"
READY = f"""() => {{
  const inside = {INSIDE};
  const made = (slide) => {{
    const place = slide.querySelector('.atlas-map');
    return !place || place.querySelector('iframe')?.contentDocument?.documentElement?.dataset.painted;
  }};
  return inside?.documentElement?.dataset.slide && [...inside.querySelectorAll('.slide')].every(made);
}}"""
TURN = f"""(key) => new Promise((done) => {{
  const root = {INSIDE}.documentElement, before = root.dataset.slide, start = performance.now();
  window.dispatchEvent(new KeyboardEvent('keydown', {{ key, bubbles: true }}));
  const look = () => root.dataset.slide && root.dataset.slide !== before
    ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look);
  look();
}})"""


Times = dict[str, list[float]]
"""Milliseconds of changes by what the slide shows that is turned to."""


def turns(browser: Browser, port: int, story: str) -> Times:
    """Time each change of slide, to the end of the story and back."""
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    page.set_default_timeout(120_000)
    page.goto(f"http://localhost:{port}/seminar?story={story}")
    page.wait_for_function(READY)
    shown = ["map" if slide.show == "map" else "chart" for slide in stories()[story].slides]
    times: Times = {"map": [], "chart": []}
    for key, to in (("PageDown", shown[1:]), ("PageUp", shown[-2::-1])):
        for kind in to:
            times[kind].append(float(page.evaluate(TURN, key)))
            page.wait_for_timeout(150)
    page.context.close()
    return times


def measure() -> tuple[dict[str, float], float]:
    """Median of the changes to a map and to a chart in each story, and of reruns of the empty page before and after."""
    with (
        serving("app.py") as atlas,
        serving("bench/apps/empty.py") as empty,
        counted(empty.port) as wire,
        chromium() as browser,
    ):
        stage = Stage(opened(browser, wire, "answer")[0], wire, "answer")
        reruns: list[float] = []
        found: dict[str, float] = {}
        for story in STORIES:
            say(f"slides of {story}")
            reruns += [change(stage, label)[0] for label in INDICATORS]
            for kind, times in turns(browser, atlas.port, story).items():
                found[f"{kind}, {story}"] = statistics.median(times)
            reruns += [change(stage, label)[0] for label in INDICATORS]
    return found, statistics.median(reruns)


def main() -> int:
    """Measure, print, judge."""
    for ending in (signal.SIGTERM, signal.SIGALRM):  # so that servers are stopped on the way out
        signal.signal(ending, lambda *_: sys.exit(1))
    signal.alarm(LIMIT_S)
    found, rerun = measure()
    print(f"rerun of the empty page {rerun:.0f} ms")
    bars = [
        Bar(f"to a slide with a {what} ({ms:.0f} ms) / empty rerun", ms / rerun, lt, MOST) for what, ms in found.items()
    ]
    for bar in bars:
        print(f"{bar.name:<60} {bar.value:>6.2f}  under {bar.bar:g}  {'ok' if bar.passed else 'MISSED'}")
    return int(not all(bar.passed for bar in bars))


if __name__ == "__main__":
    sys.exit(main())
