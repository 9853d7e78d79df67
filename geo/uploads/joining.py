"""The reader's table joined: onto the subjects as an indicator is, or onto the reader's own boundaries."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geo import boundaries, indicators, units
from geo.i18n import LANGUAGES
from geo.uploads.cells import Dash, number
from geo.uploads.layers import UploadedLayer
from geo.uploads.limits import limits
from geo.uploads.matching import Matching
from geo.uploads.refusals import Refused
from geo.uploads.tables import UploadedTable, column_values, number_columns
from geo.uploads.years import families, year_of

RESERVED = ("fid", "geometry", "geom", "ogc_fid")
"""Names of columns that formats of layers keep for themselves."""


def unit_keys(layer: UploadedLayer | None, column: str = "") -> list[str]:
    """Keys of the units: codes of the 83 subjects, or the values of a column of the reader's boundaries."""
    if layer is None:
        return [str(code) for code in sorted(units.subjects().index)]
    return [str(value) or f"({row})" for row, value in layer.frame[column].items()]


def values(
    table: UploadedTable, matching: Matching, column: str, keys: list[str], dash: Dash, year: int | None = None
) -> pd.DataFrame:
    """Value and status of a column for each unit, as :func:`geo.indicators.join` gives those of an indicator.

    A unit without a row, or with several among which the reader has not chosen, has no data.

    Parameters
    ----------
    year
        Of the rows, or of the column where the years stand in the names of columns; None for a table without years.

    Returns
    -------
    DataFrame indexed by `keys` with ``value``, ``status`` and ``year_used`` (missing where there is no value or year).

    Raises
    ------
    Refused
        As :func:`geo.uploads.tables.column_values`, for the rows that are mapped.
    """
    known = set(keys)
    row_of_unit = {unit: row for unit, row in matching.row_of_unit(year).items() if unit in known}
    mapped = replace(table, frame=table.frame.loc[list(row_of_unit.values())])
    found = column_values(mapped, column, dash).set_axis(list(row_of_unit), axis=0).reindex(keys)
    found["status"] = found["status"].fillna("no_data")
    used = pd.Series(pd.NA if year is None else year, index=found.index, dtype="Int64")
    found["year_used"] = used.where(found["value"].notna())
    return found.rename_axis("iso_3166_2")


def divided(figures: pd.DataFrame, per: str, year: int | None = None) -> pd.DataFrame:
    """Divide totals of the subjects by the amount of a denominator of the atlas, the newest or that of a year.

    A subject without a land border has nothing to divide by: not applicable. One whose amount is not known has no data.

    Parameters
    ----------
    figures
        Of :func:`values`, for the subjects.
    per
        As of :func:`geo.indicators.amount`; ``none`` gives the totals back.
    year
        Of the figures; the amount of the nearest year is taken, within the tolerance of the catalogue.
    """
    if per == "none":
        return figures
    amount = indicators.amount(per, year)["value"].reindex(figures.index)
    lacking = amount.isna() & figures["value"].notna()
    status = figures["status"].mask(lacking, "not_applicable" if per == "land_border_100km" else "no_data")
    return figures.assign(value=figures["value"] / amount, status=status)


def joined(
    table: UploadedTable,
    matching: Matching,
    layer: UploadedLayer | None = None,
    column: str = "",
    year: int | None = None,
) -> gpd.GeoDataFrame:
    """Outlines of all units with the columns of the table, in EPSG:4326.

    Columns of numbers are numbers, empty where the table says nothing in whatever words; other columns are texts. Of a
    table with a row for each unit and year, each column of figures becomes one a year, such as ``exports_2015``, and so
    do texts that change over the years: a layer has a unit once.

    Parameters
    ----------
    column
        Of the boundaries, by which the table was matched.
    year
        Take the rows of this year alone, and leave out columns that are named after another one.

    Raises
    ------
    Refused
        ``too_many_columns`` where years make more of them than are read.
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
    beside = _beside(table, matching, year)
    beside = beside.drop(columns=matching.key) if matching.key == ground.index.name else beside
    beside = beside.reindex(ground.index)
    taken = {str(name).casefold() for name in [*ground.columns, ground.index.name, *RESERVED]}
    beside.columns = pd.Index(_free(list(map(str, beside.columns)), taken))
    whole = pd.concat([ground.drop(columns="geometry"), beside], axis=1).reset_index()
    return gpd.GeoDataFrame(whole, geometry=ground.geometry.to_numpy(), crs=ground.crs)


def _beside(table: UploadedTable, matching: Matching, year: int | None) -> pd.DataFrame:
    """Columns of the table, typed, with one row for each unit that is matched."""
    figures, others = number_columns(table), _of_other_years(table, year)
    kept = table.frame.drop(columns=others)
    typed = pd.DataFrame({name: _numbers(kept[name], table) if name in figures else kept[name] for name in kept})
    if matching.years is None or year is not None:
        rows = matching.row_of_unit(year)
        return typed.loc[list(rows.values())].set_axis(list(rows), axis=0)
    places = matching.row_of_place()
    years = [place.year for place in places]
    index = pd.MultiIndex.from_arrays([[place.unit for place in places], years], names=["unit", "year"])
    rows_of_all = typed.loc[list(places.values())].set_axis(index, axis=0)
    spread: dict[str, pd.Series] = {}
    for name, cells in rows_of_all.items():
        by_unit = cells.groupby("unit")
        if name == matching.key or (name not in figures and by_unit.nunique().le(1).all()):
            spread[str(name)] = by_unit.first()
        elif [year_of(str(cell)) for cell in cells] != years:  # the column of years itself
            spread |= {f"{name}_{one}": of_year for one, of_year in cells.unstack("year").items()}  # noqa: PD010
    if len(spread) > limits().columns:
        raise Refused("too_many_columns", count=len(spread), most=limits().columns)
    return pd.DataFrame(spread)


def _of_other_years(table: UploadedTable, year: int | None) -> list[str]:
    if year is None:
        return []
    return [name for of in families(table.columns).values() for other, name in of.items() if other != year]


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
    """Refuse a join that would leave rows behind, or not know which row counts for a unit (and year).

    Parameters
    ----------
    partial
        Let rows be left behind; several rows of one unit are refused all the same.

    Raises
    ------
    Refused
        ``unit_twice``, ``unit_twice_in_year``, ``undated`` or ``unmatched``.
    """
    for (unit, year), rows in matching.repeated.items():
        told = ", ".join(map(str, rows[:12]))
        if year is None:
            raise Refused("unit_twice", unit=unit[:60], rows=told)
        raise Refused("unit_twice_in_year", unit=unit[:60], year=year, rows=told)
    if matching.undated and not partial:
        rows = matching.undated
        raise Refused("undated", count=len(rows), rows=", ".join(map(str, rows[:12])))
    if matching.open and not partial:
        names = ", ".join(answer.name[:40] for answer in matching.open[:12])
        raise Refused("unmatched", count=len(matching.open), names=names)
