"""Readers check places: what they said of them, and how sayings of several are merged.

What is checked is a *mention*: a place that one data set reads for a subject in one report
(:func:`geo.events.reports.sample`). Verdicts lie in ``verdicts.csv`` beside the store or in the folder set for them,
one row a saying, never overwritten: :func:`merged` makes one verdict a mention of them. Each data set reads places in
its own way, so a verdict on one says nothing of another; a saying bears its data set, and the place rule under which
the mention was drawn.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Final, Literal, get_args

import pandas as pd

from geo.errors import ArgumentError, DataError
from geo.events.places import Rule, judge
from geo.events.schema import SOURCES, Source
from geo.events.store import VERDICTS as FILE

Verdict = Literal["right", "wrong", "unclear"]
ANSWERS: Final[tuple[Verdict, ...]] = get_args(Verdict)

_RULE: Final = r"[a-z][a-z0-9_]*"
_REVIEWER: Final = re.compile(r"\w[\w .-]{0,39}")
_SAVING: Final = Lock()


@dataclass(frozen=True)
class Saying:
    """What one reviewer said of one mention, and when (UTC, ISO 8601).

    Parameters
    ----------
    source
        Data set that reads the place in the report.
    rule
        Id of the place rule under which the mention was drawn.
    """

    mention: str
    source: Source
    rule: str
    iso_3166_2: str
    place: str
    link: str
    verdict: Verdict
    reviewer: str
    at: str


COLUMNS: Final = [field.name for field in fields(Saying)]


def mention_id(source: Source, iso_3166_2: str, place: str, report_id: int) -> str:
    """Id of a mention: twelve hexadecimal digits of the SHA-1 of data set, subject, place and report."""
    text = f"{source}\x1f{iso_3166_2}\x1f{place}\x1f{report_id}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]


def parse_reviewer(name: str) -> str:
    """Read the name that a reviewer gives: letters, digits, spaces, points and hyphens, up to 40.

    Raises
    ------
    ArgumentError
        If it is empty or holds other signs.
    """
    plain = " ".join(name.split())
    if not _REVIEWER.fullmatch(plain):
        raise ArgumentError("a reviewer is named by up to 40 letters, digits, spaces, points and hyphens")
    return plain


def parse_verdict(text: str) -> Verdict:
    """Read a verdict.

    Raises
    ------
    ArgumentError
        If it is none of right, wrong and unclear.
    """
    for verdict in ANSWERS:
        if text == verdict:
            return verdict
    raise ArgumentError(f"unknown verdict {text!r}; known: {', '.join(ANSWERS)}")


def now() -> str:
    """Moment of a saying: UTC to the microsecond, so that the later of two is always known."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def sayings(store: Path) -> pd.DataFrame:
    """Read what reviewers said; empty where nobody said anything.

    Raises
    ------
    DataError
        If the file has other columns, or a verdict, data set or rule that cannot be one; names file and row.
    """
    path = store / FILE
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS})
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DataError(f"not a readable CSV file: {error}", file=path) from error
    if list(frame.columns) != COLUMNS:
        raise DataError(f"the columns must be {', '.join(COLUMNS)}; restore the file or move it away", file=path)
    _strictly(frame, "verdict", frame["verdict"].isin(ANSWERS), f"must be one of {', '.join(ANSWERS)}", path)
    _strictly(frame, "source", frame["source"].isin(SOURCES), f"must be one of {', '.join(SOURCES)}", path)
    # a rule may have left the file of rules since, so only its form is known
    _strictly(frame, "rule", frame["rule"].str.fullmatch(_RULE), "must be the id of a place rule", path)
    return frame


def _strictly(frame: pd.DataFrame, column: str, right: pd.Series, reason: str, path: Path) -> None:
    """Refuse a file for the first cell of a column that is not right."""
    wrong = ~right.to_numpy(dtype=bool)
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(reason, file=path, row=row + 1, column=column, value=frame[column].iloc[row])


def save(store: Path, new: Iterable[Saying]) -> None:
    """Add sayings to the file of a store; a reader never finds half of it, and none gets lost between two writers.

    Raises
    ------
    DataError
        If the file cannot be read or written.
    """
    with _alone(store):
        frame = pd.concat([sayings(store), pd.DataFrame([astuple(one) for one in new], columns=COLUMNS)])
        path, half = store / FILE, store / f".{FILE}.half"
        try:
            with half.open("w", encoding="utf-8", newline="") as file:
                frame.to_csv(file, index=False, lineterminator="\n")
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except OSError as error:
            raise DataError(f"verdicts cannot be saved ({error.strerror}); nothing was changed", file=path) from error


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Let no other thread or process of this machine write at the same time."""
    with _SAVING:
        try:
            store.mkdir(parents=True, exist_ok=True)
            lock = (store / ".verdicts.lock").open("a")
        except OSError as error:
            raise DataError(f"verdicts cannot be saved ({error.strerror})", file=store / FILE) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def merged(said: pd.DataFrame) -> pd.Series:
    """Merge sayings into one verdict a mention.

    Of each reviewer the latest saying on a mention counts; where reviewers differ the verdict is ``unclear``.

    Returns
    -------
    Series of verdicts indexed by mention.
    """
    latest = said.sort_values("at", kind="stable").groupby(["mention", "reviewer"], sort=True)["verdict"].last()
    by_mention = latest.groupby(level="mention")
    first = by_mention.min()
    return first.where(first == by_mention.max(), "unclear").rename("verdict")


def checked(said: pd.DataFrame, source: Source, rule: Rule, subject: str | None = None) -> pd.DataFrame:
    """Merged verdicts on places of one data set, with what a rule does with them.

    Only mentions drawn under the rule are taken: kept and dropped ones are drawn in equal numbers, so a sample of one
    rule is no sample of what another keeps. What was said of such a mention under another rule counts nevertheless.

    Parameters
    ----------
    said
        :func:`sayings`.
    subject
        Mentions of one subject only.

    Returns
    -------
    DataFrame indexed by mention with ``iso_3166_2``, ``place``, ``kept`` and ``verdict``.
    """
    own = said[said["source"] == source]
    if subject is not None:
        own = own[own["iso_3166_2"] == subject]
    drawn = own[own["rule"] == rule.id].drop_duplicates("mention").set_index("mention")
    return judge(drawn[["iso_3166_2", "place"]], rule).drop(columns="why").join(merged(own))


def well_checked(
    said: pd.DataFrame,
    source: Source,
    rule: Rule,
    enough: int,
    rare: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> frozenset[str]:
    """Subjects of which so many believed places of a data set have a clear verdict, or all of fewer have one.

    Parameters
    ----------
    said
        :func:`sayings`.
    enough
        ``enough_checked`` of data/recipes/event_places.yml.
    rare
        Believed mentions, by subject, of those that have fewer than `enough`: :func:`geo.events.opened.rare`.
    """
    found = checked(said, source, rule)
    clear = found[found["kept"].astype(bool) & (found["verdict"] != "unclear")]
    number = clear.groupby("iso_3166_2").size()
    whole = {subject for subject, mentions in rare.items() if mentions and set(mentions) <= {*clear.index}}
    return frozenset({*map(str, number.index[number >= enough]), *whole})
