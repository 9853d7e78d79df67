"""Take files of event records into a store, in batches: each is in the store whole or not at all.

A batch is some files in the order of their names. Its parts are written aside, moved into their place, and named in the
manifest last; what a killed run left behind is cleared away by the next, which goes on with the batch that is missing.
Batches follow from the names and sizes of the files alone, so that a run that was killed and one that was not leave the
same bytes.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import queue
import shutil
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import ArgumentError, DataError
from geo.events import lines, opening, reading, writing
from geo.events import store as stores
from geo.events.codes import RUSSIA
from geo.events.lines import Reject
from geo.events.reading import Count, LeftOut, Place
from geo.events.records import Unknown
from geo.events.store import Manifest, Part, Taken
from geo.i18n import Message

BATCH: Final = 2**30
"""Bytes of text in a batch; what a killed run has to do again."""
PACKED: Final = 6
"""Bytes of text that are reckoned for a byte of an archive."""
LISTED: Final = 200
"""Unknown codes of a kind that are listed; the others are counted together."""
HELD: Final = 20_000
"""Different unknown codes that are held while a batch is counted."""
OTHERS: Final = "(others)"
AHEAD: Final = 1
"""Blocks that are read while others are written."""
WORKPLACE: Final = "unfinished"
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
IN_RUSSIA: Final = ("place_country", "actor1_country", "actor2_country")

T = TypeVar("T")


class Done(NamedTuple):
    """How far an ingest is: bytes of files on disk, and records read."""

    bytes: int
    all_bytes: int
    records: int


Watch = Callable[[Done], None]


@dataclass
class Summary:
    """What an ingest did.

    Parameters
    ----------
    taken
        Files taken into the store by this run.
    known
        Names of files, and of texts in archives, whose content was in the store before.
    left_out
        Files that could not be taken.
    unknown
        Codes that no table knows, in the records of this run.
    """

    taken: list[Taken] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unknown: Unknown = field(default_factory=Counter)


def ingest(
    folder: Path, store: Path, *, only_russia: bool = False, batch_bytes: int = BATCH, watch: Watch = lambda done: None
) -> Summary:
    """Take all files below a folder into a store.

    Parameters
    ----------
    folder
        Files as they were downloaded, zipped or not, in any folders below it; or one file.
    store
        Made if it is not there. A file whose content it holds is not taken again.
    only_russia
        Pass over records that name no Russian actor and no place in Russia.
    batch_bytes
        Text in a batch, about.
    watch
        Told now and then how far it is.

    Raises
    ------
    ArgumentError
        If there are no files, or the store was made with another choice of records.
    DataError
        If the disk is full, or another process writes into the store. What was done by then stays.
    """
    files = _files(folder, store)
    marks = (store / stores.LOCK, store / stores.MANIFEST)
    if store.is_dir() and any(store.iterdir()) and not any(mark.exists() for mark in marks):
        raise ArgumentError(f"{store} is a folder with other things in it; choose a new one for the store")
    with _disk(store):
        store.mkdir(parents=True, exist_ok=True)
        with stores.locked(store):
            return _ingest(files, folder, store, only_russia, batch_bytes, watch)


def _files(folder: Path, store: Path) -> list[Path]:
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    inside = store.resolve()
    files = [
        path
        for path in found
        if path.is_file() and not path.name.startswith(".") and inside not in path.resolve().parents
    ]
    if not files:
        raise ArgumentError(f"{folder}: there are no files here")
    return files


@contextmanager
def _disk(store: Path) -> Iterator[None]:
    """Turn a full disk into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DataError(
                "there is no space left for the store; what was taken so far is whole: free some space and run the "
                "same command again, it goes on where it stopped",
                file=store,
            ) from error
        raise DataError(f"the disk cannot be used ({error.strerror or error})", file=error.filename or store) from error


def _ingest(
    files: Sequence[Path], folder: Path, store: Path, only_russia: bool, batch_bytes: int, watch: Watch
) -> Summary:
    held = stores.manifest(store) if (store / stores.MANIFEST).exists() else Manifest(only_russia=only_russia)
    if held.files and held.only_russia != only_russia:
        choice = "only records that concern Russia" if held.only_russia else "all records"
        raise ArgumentError(f"{store} holds {choice}; choose the same again, or another store")
    held = replace(held, only_russia=only_russia)
    _clear(store, held)
    summary = Summary()
    count = _counting(sum(path.stat().st_size for path in files), watch)
    for batch in _batches(files, batch_bytes):
        new = _new(batch, folder, held, summary, count)
        repeated: frozenset[Place] = frozenset()
        while new:
            try:
                held = _take(new, repeated, folder, store, held, summary, count)
                break
            except reading.Repeated:
                repeated = reading.repeated_in(new, folder, held)
            except reading.Unreadable as unreadable:
                troubles = {unreadable.path: unreadable.cause.reason, **reading.troubles(new, folder)}
                summary.left_out += [
                    LeftOut(reading.name_of(path, folder), reason) for path, reason in troubles.items()
                ]
                new = {path: digest for path, digest in new.items() if path not in troubles}
                repeated = frozenset()  # what it repeats may have been in a file that is left out
    if not (store / stores.MANIFEST).exists():
        stores.write_manifest(store, held)
    return summary


def _counting(all_bytes: int, watch: Watch) -> Count:
    """Add up what is read and tell it."""
    now = Done(0, all_bytes, 0)

    def count(read: int, found: int) -> None:
        nonlocal now
        # a batch that is done again has its bytes read twice
        now = Done(min(now.bytes + read, all_bytes), all_bytes, now.records + found)
        watch(now)

    return count


def _clear(store: Path, held: Manifest) -> None:
    """Take away what a killed run left: work not finished, and parts that the manifest does not name."""
    shutil.rmtree(store / WORKPLACE, ignore_errors=True)
    parts = {store / part.path for part in held.parts}
    rejects = {store / stores.REJECTS / f"{taken.batch}.csv" for taken in held.files}
    for path in (store / stores.RECORDS).rglob("*.parquet"):
        if path not in parts:
            path.unlink()
    for path in (store / stores.REJECTS).glob("*.csv"):
        if path not in rejects:
            path.unlink()


def _batches(files: Iterable[Path], batch_bytes: int) -> Iterator[list[Path]]:
    batch: list[Path] = []
    size = 0
    for path in files:
        batch.append(path)
        size += path.stat().st_size * (PACKED if reading.packed(path) else 1)
        if size >= batch_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _new(batch: Iterable[Path], folder: Path, held: Manifest, summary: Summary, count: Count) -> dict[Path, str]:
    """Files of a batch whose content is not in the store, with their sha256."""
    known = set(held.contents)
    new: dict[Path, str] = {}
    for path in batch:
        try:
            digest = opening.sha256(path)
        except OSError as error:
            reason = Message("the file cannot be read ({cause})", cause=error.strerror or error)
            summary.left_out.append(LeftOut(reading.name_of(path, folder), reason))
            continue
        if digest in known:
            summary.known.append(reading.name_of(path, folder))
            count(path.stat().st_size, 0)
        else:
            known.add(digest)
            new[path] = digest
    return new


def _take(
    files: dict[Path, str],
    repeated: frozenset[Place],
    folder: Path,
    store: Path,
    held: Manifest,
    summary: Summary,
    count: Count,
) -> Manifest:
    """Take the files of one batch and return the manifest that holds them.

    Raises
    ------
    reading.Unreadable
        At the first file that cannot be read; the store is as it was.
    reading.Repeated
        At the first text that is in the store already and not among the repeated ones; the store is as it was.
    """
    batch = hashlib.sha256("".join(files.values()).encode()).hexdigest()[:16]
    workplace = store / WORKPLACE
    shutil.rmtree(workplace, ignore_errors=True)
    (workplace / stores.REJECTS).mkdir(parents=True)
    tallies = {path: reading.Tally() for path in files}
    contents = set(held.contents)
    unknown: Unknown = Counter()
    left_out: list[LeftOut] = []
    with (workplace / stores.REJECTS / f"{batch}.csv").open("w", encoding="utf-8", newline="") as rejects:
        listed = csv.writer(rejects, lineterminator="\n")
        listed.writerow(("file", *Reject._fields))

        def tables() -> Iterator[pa.Table]:
            for path in files:
                whole = None if reading.packed(path) else files[path]
                name_on_disk = reading.name_of(path, folder)
                file = reading.Reading(path, name_on_disk, whole, repeated, contents, tallies[path], left_out)
                for name, found in reading.read(file, count):
                    wanted = _concerning_russia(found.table) if held.only_russia else found.table
                    tally = tallies[path]
                    tally.records += wanted.num_rows
                    tally.passed_over += found.table.num_rows - wanted.num_rows
                    tally.rejected += found.rejected
                    tally.years |= set(pc.unique(wanted.column("year")).to_pylist())
                    _add(unknown, found.unknown)
                    shown = found.rejects[: lines.LISTED - tally.listed]
                    tally.listed += len(shown)
                    listed.writerows((name, *reject) for reject in shown)
                    count(0, found.table.num_rows)
                    yield wanted
                if more := tallies[path].rejected - tallies[path].listed:
                    listed.writerow((name_on_disk, "", f"{more:,} more lines, which are not listed", ""))

        parts = writing.write(_ahead(tables()), workplace, batch)
    taken = [_taken(path, digest, folder, batch, tallies[path]) for path, digest in files.items()]
    kept = replace(
        held,
        files=(*held.files, *taken),
        parts=(*held.parts, *parts),
        unknown=_with_unknown(held, unknown),
    )
    _put(store, workplace, batch, parts, any(one.rejected for one in taken))
    stores.write_manifest(store, kept)
    shutil.rmtree(workplace)
    summary.known += [name for tally in tallies.values() for name in tally.known]
    summary.taken += [one for one, tally in zip(taken, tallies.values(), strict=True) if tally.texts]
    summary.left_out += left_out
    _add(summary.unknown, unknown)
    return kept


def _concerning_russia(table: pa.Table) -> pa.Table:
    named = [pc.fill_null(pc.equal(table.column(name), RUSSIA), False) for name in IN_RUSSIA]
    return table.filter(pc.or_(pc.or_(named[0], named[1]), named[2]))


def _ahead(made: Iterator[T]) -> Iterator[T]:
    """Make things in another thread, a few ahead of their use; errors are raised here."""
    waiting: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(AHEAD)
    enough = threading.Event()

    def put(item: tuple[T | None, BaseException | None]) -> None:
        while not enough.is_set():
            try:
                return waiting.put(item, timeout=0.1)
            except queue.Full:
                continue

    def work() -> None:
        try:
            for one in made:
                put((one, None))
                if enough.is_set():
                    return
            put((None, StopIteration()))
        except BaseException as error:
            put((None, error))

    thread = threading.Thread(target=work, name="reading events", daemon=True)
    thread.start()
    try:
        while True:
            one, error = waiting.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            assert one is not None
            yield one
    finally:
        enough.set()
        thread.join()


def _taken(path: Path, digest: str, folder: Path, batch: str, tally: reading.Tally) -> Taken:
    assert tally.source is not None
    return Taken(
        sha256=digest,
        name=reading.name_of(path, folder),
        source=tally.source,
        batch=batch,
        records=tally.records,
        passed_over=tally.passed_over,
        rejected=tally.rejected,
        first_year=min(tally.years, default=None),
        last_year=max(tally.years, default=None),
        texts=tuple(text for text in tally.texts if text != digest),
    )


def _add(unknown: Unknown, found: Unknown) -> None:
    """Add unknown codes to others; of too many different ones the rarest are counted together, kind by kind."""
    unknown.update(found)
    if len(unknown) <= HELD:
        return
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for (kind, code), count in unknown.items():
        kinds[kind][code] = count
    unknown.clear()
    for kind, counted in kinds.items():
        unknown.update({(kind, code): count for code, count in _most_frequent(counted).items()})


def _with_unknown(held: Manifest, found: Unknown) -> dict[str, dict[str, int]]:
    """Add unknown codes to those of the manifest; the most frequent of each kind are listed."""
    kinds: dict[str, Counter[str]] = {kind: Counter(listed) for kind, listed in held.unknown.items()}
    for (kind, code), count in found.items():
        kinds.setdefault(kind, Counter())[code] += count
    return {kind: _most_frequent(kinds[kind]) for kind in sorted(kinds)}


def _most_frequent(counted: Counter[str]) -> dict[str, int]:
    others = counted.pop(OTHERS, 0)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    others += sum(count for _code, count in ranked[LISTED:])
    return dict(ranked[:LISTED]) | ({OTHERS: others} if others else {})


def _put(store: Path, workplace: Path, batch: str, parts: Sequence[Part], rejects: bool) -> None:
    """Move the parts of a batch, and its rejects if there are any, to their places."""
    for part in parts:
        (store / part.path).parent.mkdir(parents=True, exist_ok=True)
        (workplace / part.path).replace(store / part.path)
    if rejects:
        (store / stores.REJECTS).mkdir(exist_ok=True)
        (workplace / stores.REJECTS / f"{batch}.csv").replace(store / stores.REJECTS / f"{batch}.csv")
