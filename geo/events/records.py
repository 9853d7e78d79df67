"""Make records of the store out of blocks of lines, column by column."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from geo.errors import UnknownCodeError
from geo.events import codes
from geo.events.formats import BYTE_ORDER_MARK, Format, Layout
from geo.events.lines import LISTED, Block, Reject, shown
from geo.events.schema import SCHEMA

Unknown = Counter[tuple[str, str]]
"""How many records bear a code that no table knows: (kind of code, code) -> records."""

SEVERAL: Final = "several countries (the first was taken)"
COORDINATE: Final = "coordinate (left empty)"
RECODED: Final = "encoding (read as Windows-1252)"
CODE: Final = 80
"""Characters of an unknown code that are kept: a torn cell may be as long as a line."""
HIGHEST_SCORE: Final = 10.0

_ACTORS: Final[dict[str, Callable[[str], str | None]]] = {
    "cameo": codes.cameo_actor,
    "name": codes.named_country,
    "government": codes.government,
}
_COUNTRIES: Final[dict[str, Callable[[str], str | None]]] = {
    "cameo": codes.cameo_country,
    "fips": codes.fips_country,
    "name": codes.named_country,
}
_DAYS: Final[dict[str, Callable[[str], int]]] = {
    "digits": codes.day,
    "iso": codes.day,
    "iso_or_words": codes.day_in_words,
}


_REPORTED: Final[dict[str, Callable[[str], int]]] = {
    "day": codes.report_year,
    "days": codes.first_report_year,
    "seconds": codes.report_year_of_seconds,
}

_Faults = list[tuple[pa.Array, str]]
"""Which rows are no records, and why."""


class Records(NamedTuple):
    """Records of a block, the lines of it that are none, and the codes that no table knows.

    Parameters
    ----------
    rejects
        The first ``LISTED`` of the lines that are no records.
    rejected
        How many there are.
    """

    table: pa.Table
    rejects: tuple[Reject, ...]
    unknown: Unknown
    rejected: int


class _Rejects(NamedTuple):
    """The first lines of a block that are no records, and how many there are."""

    first: tuple[Reject, ...] = ()
    number: int = 0


class _Columns(NamedTuple):
    """Columns of a block as text, null where empty, and the line of each row."""

    table: pa.Table
    lines: np.ndarray[Any, np.dtype[np.int64]]
    format: Format

    def get(self, name: str | None) -> pa.Array:
        """Return a column, nulls where the file has none of the name."""
        if name is None or name not in self.table.column_names:
            return pa.nulls(self.table.num_rows, pa.string())
        return self.table.column(name).combine_chunks()


def read(blocks: Iterable[Block], layout: Layout) -> Iterator[Records]:
    """Read the blocks of one text.

    Returns
    -------
    For each block a table of :data:`geo.events.schema.SCHEMA` and what was wrong in it.
    """
    header = layout.header
    for block in blocks:
        data = block.data.removeprefix(BYTE_ORDER_MARK) if block.first == 1 else block.data
        if header and data:
            # a header names columns; no name holds the end of a line
            data = data[data.index(b"\n") + 1 :]
            block = block._replace(first=block.first + 1)
            header = False
        table, rejects, unknown = _records(data, block, layout) if data else (_NOTHING, _Rejects(), Counter())
        if block.recoded:
            unknown[RECODED, layout.format.source] += block.recoded
        first = sorted((*block.rejects, *rejects.first))[:LISTED]
        yield Records(table, tuple(first), unknown, len(block.rejects) + rejects.number)


_NOTHING: Final = SCHEMA.empty_table()


def _records(data: bytes, block: Block, layout: Layout) -> tuple[pa.Table, _Rejects, Unknown]:
    columns, torn = _columns(data, block, layout)
    unknown: Unknown = Counter()
    faults: _Faults = []
    record = _record(columns, faults, unknown)
    table = pa.table([record[name] for name in SCHEMA.names], schema=_nullable(SCHEMA))
    faults = [(bad, reason) for bad, reason in faults if pc.any(bad).as_py()]
    if not faults:
        return table.cast(SCHEMA), torn, unknown
    good, rejects = _rejects(faults, columns)
    both = _Rejects((*torn.first, *rejects.first), torn.number + rejects.number)
    return table.filter(good).cast(SCHEMA), both, unknown


def _nullable(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in schema])


def _columns(data: bytes, block: Block, layout: Layout) -> tuple[_Columns, _Rejects]:
    """Split lines into columns; lines with another number of columns are rejected."""
    names = layout.columns
    beyond = [name for name in names if name.startswith("+")]
    wanted = [name for name in layout.format.reads.columns() if name in names] + beyond
    torn = array("q")
    first: list[Reject] = []

    def reject(row: csv.InvalidRow) -> str:
        if len(torn) < LISTED:
            what = f"{row.actual_columns} columns where there should be {row.expected_columns}"
            first.append(Reject(0, what, shown(row.text)))
        torn.append(row.number - 1)
        return "skip"

    table = csv.read_csv(
        pa.BufferReader(data),
        read_options=csv.ReadOptions(use_threads=False, column_names=names, block_size=len(data) + 1),
        parse_options=csv.ParseOptions(
            delimiter=layout.separator,
            quote_char='"' if layout.format.quoted else False,
            newlines_in_values=layout.format.quoted,
            ignore_empty_lines=False,
            invalid_row_handler=reject,
        ),
        convert_options=csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(wanted, pa.string()),
            include_columns=wanted,
            null_values=["", *layout.format.missing],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    lines = np.arange(block.first, block.first + table.num_rows + len(torn) + len(block.rejects))
    lines = lines[~np.isin(lines, [reject.line for reject in block.rejects])]
    rejects = tuple(one._replace(line=int(lines[row])) for row, one in zip(torn, first, strict=False))
    kept = np.delete(lines, np.array(torn, np.int64))
    return _Columns(table, kept, layout.format), _Rejects(rejects, len(torn))


def _rejects(faults: _Faults, columns: _Columns) -> tuple[pa.Array, _Rejects]:
    """Mask of the rows that stay, and the others as rejects, each with the first reason found, in their order."""
    wrong = [(bad.to_numpy(zero_copy_only=False).astype(bool), reason) for bad, reason in faults]
    bad = np.logical_or.reduce([rows for rows, _reason in wrong])
    rows = np.flatnonzero(bad)
    rejects = []
    for row in rows[:LISTED]:
        cells = [str(column[int(row)].as_py() or "") for column in columns.table.columns]
        reason = next(why for of_reason, why in wrong if of_reason[row])
        rejects.append(Reject(int(columns.lines[row]), reason, shown(" | ".join(cells))))
    return pa.array(~bad), _Rejects(tuple(rejects), len(rows))


def _record(columns: _Columns, faults: _Faults, unknown: Unknown) -> dict[str, pa.Array]:
    """All columns of the schema; what is wrong goes into ``faults`` and ``unknown``."""
    reads, coded, get = columns.format.reads, columns.format.coded, columns.get
    rows = columns.table.num_rows
    country = _decoded(get(reads.place_country), _COUNTRIES[coded.country], unknown, columns.format.several)
    actor = partial(
        _decoded, decode=_ACTORS[coded.actor], unknown=unknown, several=columns.format.several, instead=codes.NEITHER
    )
    event_id = get(reads.event_id)
    faults.append((event_id.is_null(), "the line has no id of an event"))
    event_date = _days(columns, faults)
    if coded.dated_id:
        event_id = pc.binary_join_element_wise(event_id, event_date.cast(pa.string()), "-")
    place, place_name = _place(columns)
    code, root, quad = _event(columns, faults, unknown)
    link = _links(get(reads.link))
    for name in [column for column in columns.table.column_names if column.startswith("+")]:
        faults.append((get(name).is_valid(), f"more than {len(columns.format.columns)} columns"))
    source = pa.array([columns.format.source], pa.string()).take(pa.array(np.zeros(rows, np.int32)))
    return {
        "source": source,
        "event_id": event_id,
        "event_date": event_date,
        "year": pc.divide(event_date, pa.scalar(10_000, pa.int32())),
        "report_year": _decoded(get(reads.reported), _REPORTED[coded.reported], unknown, kind=pa.int32()),
        "actor1_country": actor(get(reads.actor1)),
        "actor2_country": actor(get(reads.actor2)),
        "code": code,
        "root_code": root,
        "quad_class": quad,
        "goldstein_tenths": _tenths(get(reads.score), faults),
        "mentions": _mentions(columns, faults),
        "place": place,
        "place_name": place_name,
        "place_type": _decoded(get(reads.place_type), codes.place_type(coded.place_type), unknown),
        "place_adm1": get(reads.place_adm1),
        "place_country": country,
        "iso_3166_2": _subjects(get(reads.place_adm1), country, coded.adm1, unknown),
        "lat": _degrees(get(reads.lat), 90, unknown),
        "lon": _degrees(get(reads.lon), 180, unknown),
        "link": link,
        "report_id": _report_ids(columns.format.source, link, get(reads.story), event_id),
        "deaths": _whole(get(reads.deaths), faults, "deaths"),
    }


def _decoded(
    column: pa.Array,
    decode: Callable[[str], Any],
    unknown: Unknown | None,
    several: str | None = None,
    kind: pa.DataType | None = None,
    instead: Any = None,
) -> pa.Array:
    """Decode a column, each different text once.

    Parameters
    ----------
    unknown
        Counts texts that no table knows; None where such a text is no code.
    several
        What separates several codes in one cell; the first is taken, and that is counted.
    instead
        What a text that no table knows becomes.
    """
    different = column.dictionary_encode()
    values: list[Any] = []
    remarks: dict[int, tuple[str, str]] = {}
    for number, text in enumerate(different.dictionary.to_pylist()):
        first = text.split(several)[0] if several else text
        try:
            values.append(decode(first.strip()))
        except UnknownCodeError as error:
            values.append(instead)
            remarks[number] = (error.kind, first.strip()[:CODE])
        except ValueError:
            values.append(None)
        if several and first != text:
            remarks.setdefault(number, (SEVERAL, text[:CODE]))
    if remarks and unknown is not None:
        for counted in pc.value_counts(different.indices).to_pylist():
            if counted["values"] in remarks:
                unknown[remarks[counted["values"]]] += counted["counts"]
    return pa.array(values, kind or pa.string()).take(different.indices)


def _days(columns: _Columns, faults: _Faults) -> pa.Array:
    column = columns.get(columns.format.reads.event_date)
    days = _decoded(column, _DAYS[columns.format.coded.date], None, kind=pa.int32())
    faults.append((days.is_null(), f"no day of the years {codes.FIRST_YEAR} to {codes.LAST_YEAR}"))
    return days


def _place(columns: _Columns) -> tuple[pa.Array, pa.Array]:
    """Give the place named and its name in full; where a format has the first alone, what it lies in is added."""
    reads = columns.format.reads
    if reads.place_name:
        full = columns.get(reads.place_name)
        return _decoded(full, lambda text: text.split(",")[0].strip() or None, None), full
    parts = [columns.get(name) for name in (reads.place, *reads.within)]
    # the smallest unit that is named is the place; a country alone is none
    place = pc.coalesce(*parts[:-1]) if len(parts) > 1 else parts[0]
    # Arrow drops a row of which all parts are null
    first = pc.if_else(pc.coalesce(*parts).is_null(), "", parts[0])
    joined = pc.binary_join_element_wise(first, *parts[1:], ", ", null_handling="skip")
    return place, pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _event(columns: _Columns, faults: _Faults, unknown: Unknown) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Code, root code and quad class of what was done."""
    reads, coded = columns.format.reads, columns.format.coded
    given = columns.get(reads.code)
    if coded.event == "cameo":
        code = _decoded(given, codes.cameo_code, unknown)
        code = pc.coalesce(code, given)
        known = codes.cameo_events()
        by_code = _decoded(code, lambda text: known[text][0] if text in known else text[:2], None)
        root = pc.coalesce(columns.get(reads.root), by_code)
        quad = partial(_decoded, code, lambda text: known[text][1] if text in known else None, None, kind=pa.int8())
    else:
        root = columns.get(reads.root)
        code = pc.coalesce(pc.binary_join_element_wise(root, given, "/"), root)
        quad = partial(_decoded, root, coded.quad_of_root.get, None, kind=pa.int8())
    faults.append((root.is_null(), "the line has no code of an event"))
    if reads.root:  # counted alone; the type stays as it is written
        _decoded(columns.get(reads.root), codes.event_type((*coded.quad_of_root, *coded.roots)), unknown)
    if reads.quad is None:
        return code, root, quad()
    written = columns.get(reads.quad)
    classes = _decoded(pc.utf8_upper(written), coded.quad.get, None, kind=pa.int8())
    faults.append((pc.and_(written.is_valid(), classes.is_null()), "the quad class is none of the four"))
    return code, root, classes


def _subjects(adm1: pa.Array, country: pa.Array, scheme: str, unknown: Unknown) -> pa.Array:
    if scheme == "fips":
        return _decoded(adm1, codes.fips_subject, unknown)
    in_russia = pc.fill_null(pc.equal(country, codes.RUSSIA), False)
    return _decoded(pc.if_else(in_russia, adm1, pa.scalar(None, pa.string())), codes.named_subject, unknown)


def _numbers(column: pa.Array) -> pa.Array:
    """Figures of a column of text, null where there is none."""
    try:
        return pc.cast(column, pa.float64())
    except pa.ArrowInvalid:
        return pa.array(pd.to_numeric(column.to_pandas(), errors="coerce"), pa.float64(), from_pandas=True)


def _tenths(column: pa.Array, faults: _Faults) -> pa.Array:
    """Scores from -10 to 10 in tenths."""
    score = _numbers(column)
    fits = pc.fill_null(pc.less_equal(pc.abs(score), HIGHEST_SCORE), False)
    faults.append((pc.and_(column.is_valid(), pc.invert(fits)), "the Goldstein score is no figure from -10 to 10"))
    return pc.if_else(fits, pc.round(pc.multiply(score, 10.0)), pa.scalar(None, pa.float64())).cast(pa.int16())


def _whole(column: pa.Array, faults: _Faults, what: str) -> pa.Array:
    """Whole numbers from 0 on."""
    figure = _numbers(column)
    sound = pc.and_(pc.greater_equal(figure, 0.0), pc.less(figure, float(2**31)))
    sound = pc.fill_null(pc.and_(sound, pc.equal(pc.floor(figure), figure)), False)
    faults.append((pc.and_(column.is_valid(), pc.invert(sound)), f"{what}: no whole number"))
    return pc.if_else(sound, figure, pa.scalar(None, pa.float64())).cast(pa.int32())


def _mentions(columns: _Columns, faults: _Faults) -> pa.Array:
    """Mentions; 1 where the data set counts none or, as UCDP with -1, does not know."""
    column = columns.get(columns.format.reads.mentions)
    known = pc.if_else(pc.equal(column, "-1"), pa.scalar(None, pa.string()), column)
    return pc.fill_null(_whole(known, faults, "mentions"), 1)


def _degrees(column: pa.Array, most: int, unknown: Unknown) -> pa.Array:
    degrees = _numbers(column)
    fits = pc.fill_null(pc.less_equal(pc.abs(degrees), float(most)), False)
    wrong = pc.and_(column.is_valid(), pc.invert(fits))
    if pc.any(wrong).as_py():
        for text in column.filter(wrong).to_pylist():
            unknown[COORDINATE, text[:20]] += 1
    return pc.if_else(fits, degrees, pa.scalar(None, pa.float64()))


def _links(column: pa.Array) -> pa.Array:
    """Addresses of reports; GDELT also writes the name of a broadcast or a catalogue there."""
    return pc.if_else(pc.match_substring_regex(column, "^https?://"), column, pa.scalar(None, pa.string()))


def _report_ids(source: str, link: pa.Array, story: pa.Array, event_id: pa.Array) -> pa.Array:
    """Identity of a report: SipHash of its link, else of its story, else of the event."""
    own = pc.binary_join_element_wise(f"{source}:", pc.coalesce(story, event_id), "")
    different = pc.coalesce(link, own).dictionary_encode()
    texts = pd.Series(different.dictionary.to_pylist(), dtype=object).fillna("").to_numpy()
    hashed = pd.util.hash_array(texts, categorize=False).view(np.int64)
    return pa.array(hashed, pa.int64()).take(different.indices)
