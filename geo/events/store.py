"""The store on disk: what its manifest says, and how it is changed so that no reader ever sees half of it."""

from __future__ import annotations

import csv
import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from geo.errors import DataError
from geo.events.schema import SOURCES, Source

MANIFEST: Final = "manifest.json"
RECORDS: Final = "records"
REJECTS: Final = "rejects"
LOCK: Final = ".lock"
VERDICTS: Final = "verdicts.csv"
VERSION: Final = 1
CONFIGURED_BY: Final = "LIMITROPHE_EVENTS"
"""Environment variable: folder of a store, or the connection string of a database that holds the records."""
VERDICTS_IN: Final = "LIMITROPHE_VERDICTS"
"""Environment variable: folder for what readers say of places, where it shall not be that of the store."""
SPARK: Final = "spark://"


@dataclass(frozen=True)
class Taken:
    """A file whose records are in the store.

    Parameters
    ----------
    sha256
        Of the file as it lay on disk, zipped or not.
    name
        Path below the folder it was read from.
    source
        Data set it belongs to.
    batch
        Name of the parts and of the list of rejects that hold what came of it.
    records
        Records that it gave; those that were not asked for (``--only-russia``) are not among them.
    passed_over
        Records read but not asked for.
    rejected
        Lines that could not be read; they stand in ``rejects/``.
    first_year, last_year
        Years of the events, None without records.
    texts
        SHA-256 of each text that was unpacked from it and taken; empty for a file that is no archive. A file whose
        texts the store held before gives no records.
    """

    sha256: str
    name: str
    source: Source
    batch: str
    records: int
    passed_over: int
    rejected: int
    first_year: int | None
    last_year: int | None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A Parquet file of the store: path below the store, year of its events, records, bytes, sha256."""

    path: str
    year: int
    records: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is in a store.

    Parameters
    ----------
    only_russia
        Whether records without any Russian actor or place were passed over.
    files, parts
        In the order they were taken.
    unknown
        Codes that no table knows: kind of code -> code -> records that bear it.
    """

    only_russia: bool = False
    files: tuple[Taken, ...] = ()
    parts: tuple[Part, ...] = ()
    unknown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """Records in the store."""
        return sum(part.records for part in self.parts)

    @property
    def rejected(self) -> int:
        """Lines that could not be read."""
        return sum(taken.rejected for taken in self.files)

    @property
    def contents(self) -> frozenset[str]:
        """SHA-256 of all files and texts whose records are in the store."""
        return frozenset(digest for taken in self.files for digest in (taken.sha256, *taken.texts))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Data sets in the store, in the order of SOURCES."""
        held = {taken.source for taken in self.files}
        return tuple(source for source in SOURCES if source in held)

    @property
    def years(self) -> tuple[int, ...]:
        """Years that have records, ascending."""
        return tuple(sorted({part.year for part in self.parts}))


def is_database(setting: str) -> bool:
    """Whether a setting is a connection string rather than a folder."""
    return "://" in setting


def configured() -> str | None:
    """Store or database that the atlas was told to use (``LIMITROPHE_EVENTS``), None without one."""
    return os.environ.get(CONFIGURED_BY, "").strip() or None


def spark(setting: str) -> tuple[str, Path]:
    """Master and folder of ``spark://host:7077/folder``: a folder that all workers of a cluster see."""
    host, _slash, path = setting.removeprefix(SPARK).partition("/")
    return f"{SPARK}{host}", Path("/") / path


def verdicts_folder(setting: str) -> Path | None:
    """Folder for verdicts on places: the one that is set, else that of the store; None for a database without one."""
    if named := os.environ.get(VERDICTS_IN, "").strip():
        return Path(named)
    if setting.startswith(SPARK):
        return spark(setting)[1]
    return None if is_database(setting) else Path(setting)


def manifest(store: Path) -> Manifest:
    """Read what is in a store.

    Raises
    ------
    DataError
        If there is no store, or its manifest cannot be read.
    """
    path = store / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            "there is no store of events here; make one with `python -m geo events ingest`", file=store
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(f"the manifest of the store cannot be read ({error})", file=path) from error
    try:
        return _manifest(content)
    except (KeyError, TypeError) as error:
        raise DataError("this is not a manifest of a store of events", file=path) from error


def _manifest(content: dict[str, Any]) -> Manifest:
    if content["version"] != VERSION:
        raise DataError(f"the store has version {content['version']!r}, this program reads version {VERSION}")
    return Manifest(
        only_russia=content["only_russia"],
        files=tuple(Taken(**{**one, "texts": tuple(one.get("texts", ()))}) for one in content["files"]),
        parts=tuple(Part(**one) for one in content["parts"]),
        unknown=content["unknown"],
    )


def parts(store: Path) -> list[Path]:
    """Parquet files that make up the store, by year and name.

    Raises
    ------
    DataError
        If there is no store, or a part that the manifest names is missing.
    """
    paths = sorted(store / part.path for part in manifest(store).parts)
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise DataError(
            f"{len(missing)} of the {len(paths)} parts of the store are missing: ingest the files anew", file=missing[0]
        )
    return paths


def rejected(store: Path) -> Iterator[dict[str, str]]:
    """Lines that could not be read: ``file``, ``line``, ``reason``, ``text`` (its beginning).

    Of a file with very many bad lines the first are listed (:data:`geo.events.lines.LISTED`); a last row, whose
    ``line`` is empty, says how many more there are.
    """
    for path in sorted((store / REJECTS).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def write_manifest(store: Path, content: Manifest) -> None:
    """Put a manifest in place of the one before, whole or not at all."""
    text = json.dumps({"version": VERSION, **asdict(content)}, ensure_ascii=False, indent=1)
    temporary = store / f"{MANIFEST}.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(store / MANIFEST)


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Hold the store for writing; it is free again when the process ends, however it ends.

    Raises
    ------
    DataError
        If another process holds it.
    """
    with (store / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataError("another process writes into this store; wait until it is done", file=store) from None
        yield
