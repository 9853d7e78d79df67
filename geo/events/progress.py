"""Tell on standard error how far an ingest is: share, rate, time that remains."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TextIO

from geo.events.ingest import Done, Watch
from geo.i18n import Language, number, translator

WIDTH: Final = 30
EVERY_S: Final = 0.5
EVERY_S_IN_A_FILE: Final = 10.0
"""Where standard error is no terminal, a line now and then."""


def line(done: Done, seconds: float, lang: Language) -> str:
    """Say how far an ingest is after so many seconds."""
    _ = translator(lang)
    share = done.bytes / done.all_bytes if done.all_bytes else 1.0
    bar = "#" * round(WIDTH * share) + "." * (WIDTH - round(WIDTH * share))
    rate = done.records / seconds if seconds > 0 else 0.0
    left = seconds * (1 - share) / share if share > 0 else None
    return _("[{bar}] {percent} % · {records} records · {rate} a second · {left} left").format(
        bar=bar,
        percent=f"{100 * share:3.0f}",
        records=number(done.records, lang, 0),
        rate=number(rate, lang, 0),
        left="?" if left is None else f"{int(left) // 60}:{int(left) % 60:02}",
    )


def watch(
    stream: TextIO, lang: Language, clock: Callable[[], float] = time.monotonic
) -> tuple[Watch, Callable[[], None]]:
    """Make the watch of an ingest, and the function to call after it, which ends the line."""
    terminal = stream.isatty()
    start = last = clock()
    shown = ""

    def tell(done: Done) -> None:
        nonlocal last, shown
        now = clock()
        if now - last < (EVERY_S if terminal else EVERY_S_IN_A_FILE):
            return
        last, before, shown = now, shown, line(done, now - start, lang)
        print(f"\r{shown:<{len(before)}}" if terminal else shown, end="" if terminal else "\n", file=stream, flush=True)

    def end() -> None:
        if terminal and shown:
            print(file=stream)

    return tell, end
