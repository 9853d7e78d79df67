"""Tables as text: comma, semicolon, tab or vertical bar between the cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from geo.uploads.cells import decimal_mark
from geo.uploads.limits import Limits
from geo.uploads.refusals import Refused
from geo.uploads.tables import UploadedTable, assemble
from geo.uploads.text import decode

SEPARATORS = (";", "\t", "|", ",")
"""In the order of preference: a comma may also be a decimal mark."""
SAMPLED = 60
SAMPLE_CHARACTERS = 100_000


def read(content: bytes, name: str, limits: Limits) -> UploadedTable:
    """Read a table from text, whatever its encoding and separator.

    Raises
    ------
    Refused
        As :func:`geo.uploads.text.decode` and :func:`geo.uploads.tables.assemble`, and ``broken_quotes``.
    """
    text, encoding = decode(content)
    told, text = _told_separator(text)
    separator = told or separator_of(text, limits)
    frame = assemble(_rows(text, separator, limits), limits)
    likely = "," if separator != "," else "."
    cells = chain.from_iterable(frame[column].head(SAMPLED) for column in frame)
    decimal = decimal_mark(cells, "," if likely == "," else ".")
    return UploadedTable(name, frame, "csv", encoding, separator, decimal)


def _told_separator(text: str) -> tuple[str, str]:
    """Separator that a first line ``sep=;`` tells to Excel, and the text without that line."""
    first, _, rest = text.partition("\n")
    told = first.strip().removeprefix("sep=")
    return (told, rest) if first.startswith("sep=") and told in SEPARATORS else ("", text)


def separator_of(text: str, limits: Limits) -> str:
    """Separator that cuts most rows, the header among them, into equally many cells; of two, that with more cells."""
    sample = text[:SAMPLE_CHARACTERS]
    best, most = ",", (0, 1)
    for separator in SEPARATORS:
        rows = islice(_sampled(sample, separator, limits), SAMPLED)
        widths = Counter(len(row) for row in rows if sum(map(bool, row)) > 1)
        if widths:
            width, often = widths.most_common(1)[0]
            if width > 1 and (often, width) > most:
                best, most = separator, (often, width)
    return best


def _sampled(text: str, separator: str, limits: Limits) -> Iterator[list[str]]:
    try:
        yield from _rows(text, separator, limits, whole=False)
    except Refused:
        return


def _rows(text: str, separator: str, limits: Limits, *, whole: bool = True) -> Iterator[list[str]]:
    csv.field_size_limit(4 * limits.cell_characters)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=whole)
    except csv.Error as error:
        if "limit" in str(error):
            raise Refused("long_cell", row="?", most=limits.cell_characters) from error
        raise Refused("broken_quotes") from error
