"""Whom does each row of a table speak of? Guessed, shown, and settled by the reader.

Names are answered once each, however many rows bear them, and an answer is a proposal: what is ambiguous or unknown
stays open until the reader settles it, or leaves the rows out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import pandas as pd
from rapidfuzz.distance import OSA

from geo import units
from geo.i18n import Language, translator
from geo.units.matching import Reason, tolerance
from geo.units.spelling import Spelling, spelling
from geo.uploads.layers import UploadedLayer
from geo.uploads.limits import limits
from geo.uploads.refusals import Refused
from geo.uploads.tables import UploadedTable
from geo.uploads.wholes import included, is_whole, plain, without_exception

Status = Literal["matched", "ambiguous", "unknown", "whole"]
"""A whole is no unit but holds several (a total, a federal district): left out unless the reader says otherwise."""
Why = Reason | Literal["without_okrugs"]

CANDIDATES = 5
LONGEST_NAME = 120
"""Characters beyond which a cell is no name of a unit; they are not compared."""
SAMPLED_NAMES = 20
LEAST_SHARE = 0.3
"""Share of its names that a column must have matched to be taken for the key."""
LEAST_LIKE = 0.6
"""Share of letters in common from which a unit of the reader's own boundaries is suggested."""
FOLDED_CELLS = 50_000
"""Cells of the boundaries that are folded to guess a column: some ten seconds on a busy machine."""
LEAVE_OUT = ""
_FIGURE = re.compile(r"[-+]?[\d\s]{1,7}([.,]\d*)?|[\d\s]+[.,]\d+")
"""Figures that are no code: those of OKATO have eight digits or more."""


@dataclass(frozen=True)
class Answer:
    """What one name means.

    Attributes
    ----------
    name
        As it stands in the table.
    unit
        Code of the subject, or key of the unit of the reader's boundaries; empty unless matched.
    candidates
        Units it may mean, likeliest first.
    reason
        As of :class:`geo.units.Match`; ``without_okrugs`` where a part of the unit is named.
    """

    name: str
    status: Status
    unit: str = ""
    score: float = 0.0
    candidates: tuple[str, ...] = ()
    reason: Why = ""


class Place(NamedTuple):
    """What a row gives figures of: a unit, in a year if the table has a column of years."""

    unit: str
    year: int | None = None


@dataclass(frozen=True)
class Matching:
    """Answers to all names of the key column, and what the reader settled.

    Attributes
    ----------
    rows
        Row of the table to its name; rows without a name are not among them.
    settled
        Unit, or :data:`LEAVE_OUT`, by name, where the reader decided otherwise than the answer.
    kept_rows
        Rows that count where the reader chose among several.
    years
        Year by row where a column says it (:func:`geo.uploads.years.of_rows`), else None.
    """

    key: str
    rows: pd.Series
    answers: tuple[Answer, ...]
    settled: Mapping[str, str]
    kept_rows: Collection[int] = ()
    years: Mapping[int, int] | None = None

    @cached_property
    def unit_of_name(self) -> dict[str, str]:
        """Unit by name, of the names that have one."""
        found = {answer.name: answer.unit for answer in self.answers} | dict(self.settled)
        return {name: unit for name, unit in found.items() if unit}

    @property
    def open(self) -> tuple[Answer, ...]:
        """Names without a unit that the reader has neither settled nor left out."""
        unmatched = ("ambiguous", "unknown")
        return tuple(a for a in self.answers if a.status in unmatched and a.name not in self.settled)

    @property
    def wholes(self) -> tuple[str, ...]:
        """Names of totals and districts, whose rows are left out as the reader has not settled them otherwise."""
        return tuple(a.name for a in self.answers if a.status == "whole" and a.name not in self.settled)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names whose rows the reader leaves out."""
        return tuple(name for name, unit in self.settled.items() if unit == LEAVE_OUT)

    @property
    def repeated(self) -> dict[Place, tuple[int, ...]]:
        """Rows of each place that stands in several, as the reader has not chosen one of them."""
        return {place: rows for place, rows in self.rows_of_places.items() if self._row(rows) is None}

    @property
    def undated(self) -> tuple[int, ...]:
        """Rows of units that say no year although the table has a column of years."""
        unit_of, years = self.unit_of_name, self.years
        if years is None:
            return ()
        return tuple(row for row, name in self._named_rows() if name in unit_of and row not in years)

    @property
    def known_years(self) -> list[int]:
        """Years that units have rows for."""
        return sorted({place.year for place in self.rows_of_places if place.year is not None})

    @cached_property
    def rows_of_places(self) -> dict[Place, tuple[int, ...]]:
        """All rows of each place; those without a year are none's where the table has a column of years."""
        unit_of, years = self.unit_of_name, self.years
        found: dict[Place, list[int]] = {}
        for row, name in self._named_rows():
            if name in unit_of and (years is None or row in years):
                found.setdefault(Place(unit_of[name], None if years is None else years[row]), []).append(row)
        return {place: tuple(rows) for place, rows in found.items()}

    def row_of_place(self) -> dict[Place, int]:
        """Row of each place that is mapped; one with several rows has none until the reader has chosen."""
        found = {place: self._row(rows) for place, rows in self.rows_of_places.items()}
        return {place: row for place, row in found.items() if row is not None}

    def row_of_unit(self, year: int | None = None) -> dict[str, int]:
        """Row of each unit that is mapped, in a year if the table has a column of years."""
        asked = None if self.years is None else year
        return {place.unit: row for place, row in self.row_of_place().items() if place.year == asked}

    def _row(self, rows: Sequence[int]) -> int | None:
        # a row that was chosen may have gone to another unit since, as its name was settled
        kept = rows if len(rows) == 1 else [row for row in rows if row in self.kept_rows]
        return kept[0] if len(kept) == 1 else None

    def _named_rows(self) -> Iterator[tuple[int, str]]:
        return ((int(str(row)), str(name)) for row, name in self.rows.items())


def names_of(table: UploadedTable, key: str) -> pd.Series:
    """Names that the key column holds, by row; rows without one, and those that hold nothing else, are left out.

    Raises
    ------
    Refused
        ``no_key``, or ``many_names`` beyond the limit.
    """
    if key not in table.frame.columns:
        raise Refused("no_key", column=key[:60], known=", ".join(table.columns[:20]))
    names: pd.Series = table.frame[key]
    # a footnote or a heading fills one cell; a unit without figures has no data, with or without its row
    filled = (table.frame.drop(columns=key) != "").any(axis=1)
    names = names[(names != "") & filled]
    count, most = names.nunique(), limits().names
    if count > most:
        raise Refused("many_names", column=key[:60], count=count, most=most)
    return names


def match_names(names: Iterable[str]) -> tuple[Answer, ...]:
    """Match names to the 83 subjects, each once, in their order."""
    return tuple(_subject(name) for name in dict.fromkeys(names))


def _subject(name: str) -> Answer:
    if len(name) > LONGEST_NAME:
        return Answer(name, "unknown", reason="nothing_like_it")
    bare = plain(name)
    found = units.match(bare, CANDIDATES)
    if found.status != "matched" and (behind := included(bare)) != bare:
        found = units.match(behind, CANDIDATES)
    candidates = tuple(candidate.iso_3166_2 for candidate in found.candidates)
    if found.status == "matched":
        return Answer(name, "matched", found.iso_3166_2 or "", found.score, candidates, found.reason)
    if is_whole(name):
        return Answer(name, "whole")
    if (before := without_exception(bare)) != bare and (whole := units.match(before, 1)).iso_3166_2:
        return Answer(name, "ambiguous", "", whole.score, (whole.iso_3166_2,), "without_okrugs")
    return Answer(name, found.status, "", found.score, candidates, found.reason)


def without_okrugs(lang: Language) -> str:
    """Why a subject without its autonomous okrugs is not simply matched."""
    _ = translator(lang)
    return _(
        "The subject without its autonomous okrugs. Take it for the subject only if that is what you mean; the table "
        "may have a row for the whole."
    )


def guess_key(table: UploadedTable) -> str:
    """Column that names subjects: of which most names are matched, codes before names; else the first."""
    return _best(table.columns, lambda column: _share(_sample(table, column), _is_subject)) or table.columns[0]


def _is_subject(name: str) -> float:
    if len(name) > LONGEST_NAME or _FIGURE.fullmatch(name):
        return 0.0
    found = units.match(plain(name), 1)
    return float(found.status == "matched") * (1.01 if name.upper() in units.subjects().index else 1.0)


def _sample(table: UploadedTable, column: str) -> list[str]:
    filled = table.frame[column]
    return list(dict.fromkeys(filled[filled != ""].head(4 * SAMPLED_NAMES)))[:SAMPLED_NAMES]


def _share(names: Sequence[str], worth: Callable[[str], float]) -> float:
    return sum(map(worth, names)) / len(names) if names else 0.0


def _best(columns: Sequence[str], share: Callable[[str], float]) -> str | None:
    shares = {column: share(column) for column in columns}
    best = max(shares, key=lambda column: shares[column], default="")
    return best if best and shares[best] >= LEAST_SHARE else None


def guess_layer_key(table: UploadedTable, layer: UploadedLayer) -> tuple[str, str]:
    """Column of the table and column of the boundaries whose values agree most; the first ones if none do."""
    return likeliest_pair(samples(table), layer.frame[layer.columns])


def samples(table: UploadedTable) -> dict[str, list[str]]:
    """A few different names of each column, no longer than they are compared."""
    return {column: [name[:LONGEST_NAME] for name in _sample(table, column)] for column in table.columns}


def likeliest_pair(sampled: Mapping[str, Sequence[str]], attributes: pd.DataFrame) -> tuple[str, str]:
    """Pair of columns whose values agree most, as :func:`guess_layer_key`; of columns that tell the units apart.

    Parameters
    ----------
    sampled
        Of :func:`samples`.
    attributes
        Of the boundaries, as texts. Only as many columns are looked at as hold :data:`FOLDED_CELLS`.
    """
    most = max(1, FOLDED_CELLS // max(1, len(attributes)))
    # texts that are the same fold to the same, so that only columns without a repeated text need folding
    unrepeated = [str(column) for column in attributes if attributes[column].is_unique][:most]
    words = {column: _words(attributes[column]) for column in unrepeated}
    tried = [column for column in unrepeated if len(words[column]) == len(attributes)]
    if not tried:
        tried = [str(column) for column in attributes][:most]
        words |= {column: _words(attributes[column]) for column in tried if column not in words}
    asked = {column: [_folded(name) for name in names] for column, names in sampled.items()}
    shares = {
        (column, other): sum(name in words[other] for name in names) / max(1, len(names))
        for column, names in asked.items()
        for other in tried
    }
    return max(shares, key=lambda pair: shares[pair])


def _words(values: pd.Series) -> set[str]:
    return {_folded(str(value)) for value in values} - {""}


def match_to_layer(names: Iterable[str], layer: UploadedLayer, column: str) -> tuple[Answer, ...]:
    """Match names to the units of the reader's own boundaries by one of their columns.

    The same name is matched, then the same spelling (case, marks, romanisation and words of type aside), then one that
    is nearer than all others and within the tolerance of :func:`geo.units.matching.tolerance`.

    Raises
    ------
    Refused
        ``feature_twice`` if the column does not tell the units apart.
    """
    return match_to_keys(names, layer.frame[column])


def match_to_keys(names: Iterable[str], values: pd.Series) -> tuple[Answer, ...]:
    """Match names to the values of a column of the boundaries, as :func:`match_to_layer`."""
    twice = values[(values != "") & values.duplicated()]
    if len(twice):
        raise Refused("feature_twice", unit=str(twice.iloc[0])[:60])
    known = {str(value): spelled(str(value)) for value in values if value}
    cores = Counter(one.core for one in known.values())
    return tuple(_unit(name, known, cores) for name in dict.fromkeys(names))


def _unit(name: str, known: Mapping[str, Spelling], cores: Counter[str]) -> Answer:
    for said in (name, plain(name)):
        if said in known:
            return Answer(name, "matched", said, 100.0, (said,))
    if len(name) > LONGEST_NAME:
        return Answer(name, "unknown", reason="nothing_like_it")
    found = _near_unit(name, known, cores)
    return Answer(name, "whole") if found.status == "unknown" and is_whole(name) else found


def _near_unit(name: str, known: Mapping[str, Spelling], cores: Counter[str]) -> Answer:
    asked = spelled(plain(name))
    near = sorted((OSA.distance(asked.core, one.core), unit) for unit, one in known.items() if one.core)
    letters = max(len(asked.core), 1)
    alike = tuple(unit for away, unit in near if 1 - away / letters >= LEAST_LIKE)[:CANDIDATES]
    another_code = asked.core.isdecimal() and near and near[0][0] > 0
    if not near or not asked.core or another_code:
        return Answer(name, "unknown", reason="nothing_like_it")
    away, best = near[0]
    score = round(100 * max(0.0, 1 - away / letters), 1)
    if away > tolerance(len(known[best].core)):
        return Answer(name, "unknown", candidates=alike, reason="near_miss" if alike else "nothing_like_it")
    if (len(near) > 1 and near[1][0] - away < max(min(away, 2), 1)) or cores[known[best].core] > 1:
        return Answer(name, "ambiguous", score=score, candidates=alike, reason="several")
    return Answer(name, "matched", best, score, alike)


def _folded(text: str) -> str:
    return spelled(text).full


def spelled(text: str) -> Spelling:
    """Spelling of a name of the reader's, which no cache of the process keeps."""
    return spelling.__wrapped__(text[:LONGEST_NAME])
