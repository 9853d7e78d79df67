"""Tables for others: every row carries its status, year, source, licence and the boundary note."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from geo import indicators, units
from geo.i18n import translator
from geo.indicators.catalogue import Events

Dialect = Literal["comma", "semicolon"]
DIALECTS: dict[Dialect, tuple[str, str]] = dict(zip(get_args(Dialect), [(",", "."), (";", ",")], strict=True))
"""Separator of cells and of decimals."""

FORMULA = re.compile(r"[=@\t\r]|[+\-](?![\d.,\s]*%?$)")
"""What a spreadsheet takes for the beginning of a formula; a figure with its sign is none."""


def values_table(
    indicator: str, year: int | None = None, per: str | None = None, scope: units.Scope = "all"
) -> pd.DataFrame:
    """Values of an indicator for the subjects of a scope, in code order.

    Source, licence and note stand in each row, so that they stay with figures that are cut out.

    Returns
    -------
    DataFrame with columns ``iso_3166_2``, ``name_en``, ``name_ru``, ``indicator``, ``year``,
    ``per``, ``value`` (empty for ``no_data`` and ``not_applicable``), ``unit_en``, ``unit_ru``,
    ``status``, ``at_least`` (the figure is a lower bound), ``rank`` (1 is the highest of the
    scope; empty for answers, which are 1 for yes and 0 for no), ``year_used``, of events ``places_checked``
    (whether readers checked enough places behind the value), ``source`` (ids of data/tables/sources.csv),
    ``licence``, ``boundary_note``.
    """
    one = indicators.find(indicator)
    frame = indicators.join(one, year, per)
    unit = indicators.unit_of(one, per)
    _ = translator("en")
    codes = units.scope(scope)
    inside = frame.loc[codes]
    return pd.DataFrame(
        {
            "iso_3166_2": codes,
            "name_en": [units.name(code, "en") for code in codes],
            "name_ru": [units.name(code, "ru") for code in codes],
            "indicator": one.id,
            "year": frame.attrs["year"],
            "per": frame.attrs["per"],
            "value": inside["value"].to_numpy(),
            "unit_en": unit.en,
            "unit_ru": unit.ru,
            "status": inside["status"].to_numpy(),
            "at_least": one.at_least(),
            "rank": (
                pd.array([pd.NA] * len(codes), dtype="Int64")
                if one.kind == "yes_no"
                else indicators.ranks(frame, scope).loc[codes].array
            ),
            "year_used": inside["year_used"].array,
            **({"places_checked": inside["checked"].array} if isinstance(one.rule, Events) else {}),
            "source": ";".join(str(source) for source in indicators.sources_of(one).index),
            "licence": indicators.licences()[one.licence].text.en,
            "boundary_note": _("Boundaries and names shown do not imply endorsement; units follow ISO 3166-2."),
        }
    )


def csv_bytes(table: pd.DataFrame, dialect: Dialect = "comma", *, bom: bool = True) -> bytes:
    """CSV (RFC 4180) in UTF-8; floats are written so that the same float is read back.

    A text that a spreadsheet would take for a formula has an apostrophe put before it; figures are left as they are.

    Parameters
    ----------
    dialect
        ``comma`` with decimal points, or ``semicolon`` with decimal commas, as Excel expects them on a Russian system.
    bom
        Begin with the byte order mark that Excel needs to read Cyrillic.
    """
    separator, decimal = DIALECTS[dialect]
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([unformulated(str(column)) for column in table.columns])
    writer.writerows([_written(cell, decimal) for cell in row] for row in table.astype(object).to_numpy())
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def unformulated(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def _written(cell: Any, decimal: str) -> str:
    if cell is None or cell is pd.NA or cell is pd.NaT or cell != cell:
        return ""
    if isinstance(cell, str):
        return unformulated(cell)
    if isinstance(cell, float | np.floating):
        return repr(float(cell)).replace(".", decimal)
    return str(cell)
