"""The reader's table joined: onto the subjects as an indicator is, or onto the reader's own boundaries."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from geo import boundaries, indicators, units
from geo.i18n import LANGUAGES
from geo.uploads.cells import Dash, number
from geo.uploads.layers import UploadedLayer
from geo.uploads.matching import Matching
from geo.uploads.refusals import Refused
from geo.uploads.tables import UploadedTable, column_values, number_columns

RESERVED = ("fid", "geometry", "geom", "ogc_fid")
"""Names of columns that formats of layers keep for themselves."""


def unit_keys(layer: UploadedLayer | None, column: str = "") -> list[str]:
    """Keys of the units: codes of the 83 subjects, or the values of a column of the reader's boundaries."""
    if layer is None:
        return [str(code) for code in sorted(units.subjects().index)]
    return [str(value) or f"({row})" for row, value in layer.frame[column].items()]


def values(table: UploadedTable, matching: Matching, column: str, keys: list[str], dash: Dash) -> pd.DataFrame:
    """Value and status of a column for each unit, as :func:`geo.indicators.join` gives those of an indicator.

    A unit without a row, or with several among which the reader has not chosen, has no data.

    Returns
    -------
    DataFrame indexed by `keys` with ``value``, ``status`` and ``year_used`` (missing: a table need not say its year).

    Raises
    ------
    Refused
        As :func:`geo.uploads.tables.column_values`, for the rows that are mapped.
    """
    known = set(keys)
    row_of_unit = {unit: row for unit, row in matching.row_of_unit().items() if unit in known}
    mapped = UploadedTable(**{**table.__dict__, "frame": table.frame.loc[list(row_of_unit.values())]})
    found = column_values(mapped, column, dash).set_axis(list(row_of_unit), axis=0).reindex(keys)
    found["status"] = found["status"].fillna("no_data")
    found["year_used"] = pd.array([pd.NA] * len(found), dtype="Int64")
    return found.rename_axis("iso_3166_2")


def divided(figures: pd.DataFrame, per: str) -> pd.DataFrame:
    """Divide totals of the subjects by the newest amount of a denominator of the atlas.

    A subject without a land border has nothing to divide by: not applicable. One whose amount is not known has no data.

    Parameters
    ----------
    figures
        Of :func:`values`, for the subjects.
    per
        As of :func:`geo.indicators.amount`; ``none`` gives the totals back.
    """
    if per == "none":
        return figures
    amount = indicators.amount(per)["value"].reindex(figures.index)
    lacking = amount.isna() & figures["value"].notna()
    status = figures["status"].mask(lacking, "not_applicable" if per == "land_border_100km" else "no_data")
    return figures.assign(value=figures["value"] / amount, status=status)


def joined(
    table: UploadedTable, matching: Matching, layer: UploadedLayer | None = None, column: str = ""
) -> gpd.GeoDataFrame:
    """Outlines of all units with the columns of the table, in EPSG:4326.

    Columns of numbers are numbers, empty where the table says nothing in whatever words; other columns are texts.

    Parameters
    ----------
    column
        Of the boundaries, by which the table was matched.
    """
    if layer is None:
        outlines = boundaries.load("subjects")
        ground = gpd.GeoDataFrame(
            {f"name_{lang}": [units.name(str(code), lang) for code in outlines.index] for lang in LANGUAGES},
            geometry=outlines.geometry.to_numpy(),
            index=outlines.index.rename("iso_3166_2"),
            crs=outlines.crs,
        )
    else:
        ground = layer.frame.set_index(pd.Index(unit_keys(layer, column), name=column), drop=True)
        ground = ground.drop(columns=column, errors="ignore")
    row_of_unit = matching.row_of_unit()
    rows = table.frame.loc[list(row_of_unit.values())].set_axis(list(row_of_unit), axis=0)
    rows = rows.drop(columns=matching.key) if matching.key == ground.index.name else rows
    figures = number_columns(table)
    typed = {name: _numbers(rows[name], table) if name in figures else rows[name] for name in rows.columns}
    beside = pd.DataFrame(typed, index=rows.index).reindex(ground.index)
    taken = {str(name).casefold() for name in [*ground.columns, ground.index.name, *RESERVED]}
    beside.columns = pd.Index(_free(list(map(str, beside.columns)), taken))
    whole = pd.concat([ground.drop(columns="geometry"), beside], axis=1).reset_index()
    return gpd.GeoDataFrame(whole, geometry=ground.geometry.to_numpy(), crs=ground.crs)


def _numbers(cells: pd.Series, table: UploadedTable) -> pd.Series:
    found = pd.Series([number(cell, table.decimal) for cell in cells], index=cells.index, dtype="float64")
    whole = bool((found.dropna() == found.dropna().round()).all()) and bool(found.abs().max() < 2**53)
    return found.astype("Int64") if whole else found


def _free(names: list[str], taken: set[str]) -> list[str]:
    """Names that are not taken yet, as databases compare them: without case."""
    found = []
    for name in names:
        free, again = name, 2
        while free.casefold() in taken:
            free, again = f"{name}_{again}", again + 1
        taken.add(free.casefold())
        found.append(free)
    return found


def refuse_open(matching: Matching, *, partial: bool = False) -> None:
    """Refuse a join that would leave rows behind, or not know which row counts.

    Parameters
    ----------
    partial
        Let rows be left behind; several rows of one unit are refused all the same.

    Raises
    ------
    Refused
        ``unit_twice`` or ``unmatched``.
    """
    for unit, rows in matching.repeated.items():
        raise Refused("unit_twice", unit=unit[:60], rows=", ".join(map(str, rows[:12])))
    if matching.open and not partial:
        names = ", ".join(answer.name[:40] for answer in matching.open[:12])
        raise Refused("unmatched", count=len(matching.open), names=names)
