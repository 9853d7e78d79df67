"""Tables joined to the outlines of their units, for a geographic information system: GeoPackage and shapefile."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar, get_args

import geopandas as gpd
import pandas as pd
import pyogrio

from geo import boundaries
from geo.errors import DataError
from geo.exports.tables import csv_bytes
from geo.i18n import Message

Units = Literal["subjects", "foreign", "countries"]
UNITS: tuple[Units, ...] = get_args(Units)

KEYS: dict[Units, str] = {"subjects": "iso_3166_2", "foreign": "foreign_iso_3166_2", "countries": "country"}
"""Column of a table that names the unit."""

NAME_LETTERS = 10
TEXT_BYTES = 254
"""What a .dbf holds in the name of a field and in a text."""

MEMORY = Path("/dev/shm")
LEAST_FREE = 32_000_000
"""Bytes that must be free there; a layer at the limits of data/uploads.yml takes about half."""
NO_MEMORY = Message(
    "The server has no room in memory (/dev/shm) in which a layer could be made, and what you brought is not written "
    "to a disk; take the figures as a table."
)
Made = TypeVar("Made", bytes, dict[str, bytes])

STAMP = "2000-01-01T00:00:00.000Z"
"""Time of writing that GeoPackages carry, so that equal layers give equal files."""


def units_of(table: pd.DataFrame) -> Units | None:
    """Layer whose outlines the rows of a table have: each row is about one unit of it, and no other row about the same.

    Examples
    --------
    >>> units_of(pd.DataFrame({"iso_3166_2": ["RU-MUR", "RU-KR"]}))
    'subjects'
    >>> units_of(pd.DataFrame({"iso_3166_2": ["RU-MUR", "RU-MUR"]})) is None
    True
    """
    return next((units for units, key in KEYS.items() if key in table and _outlined(table[key], units)), None)


def _outlined(codes: pd.Series, units: Units) -> bool:
    return len(codes) > 0 and codes.is_unique and bool(codes.isin(boundaries.load(units).index).all())


def joined(table: pd.DataFrame, units: Units) -> gpd.GeoDataFrame:
    """Join a table to the outlines of its units, in EPSG:4326; Chukotka is whole, with longitudes to 191.

    Raises
    ------
    DataError
        If the table names a unit twice, or one that has no outline.
    """
    key = KEYS[units]
    outlines = boundaries.load(units).geometry
    codes = table[key].astype(str)
    for code in codes[codes.duplicated()]:
        raise DataError("a unit stands twice, so that no layer can be made of the table", column=key, value=code)
    for code in codes[~codes.isin(outlines.index)]:
        raise DataError(f"the layer {units} has no such unit", column=key, value=code)
    return gpd.GeoDataFrame(table.reset_index(drop=True), geometry=outlines[codes].to_numpy(), crs=4326)


def memory_folder() -> Path | None:
    """Folder that lies in memory and has room for a layer; None where the system has none."""
    try:
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return None
    return MEMORY if free >= LEAST_FREE and os.access(MEMORY, os.W_OK) else None


def _made(write: Callable[[Path], Made], *, private: bool) -> Made:
    """Write files into a folder that is gone afterwards, in memory where there is room.

    Raises
    ------
    DataError
        Where there is none and the files are private: what a reader brought is not written to a disk.
    """
    memory = memory_folder()
    if memory is not None:
        try:
            with tempfile.TemporaryDirectory(dir=memory) as folder:
                return write(Path(folder))
        except (OSError, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            if private:
                raise DataError(NO_MEMORY) from error
    if private:
        raise DataError(NO_MEMORY)
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder))


def geopackage(
    name: str, layer: gpd.GeoDataFrame, tables: Mapping[str, pd.DataFrame], *, private: bool = False
) -> bytes:
    """GeoPackage with one layer of outlines and tables without any beside it.

    Parameters
    ----------
    name
        Of the layer.
    tables
        By the name that they get in the file.
    private
        Refuse rather than write to a disk on the way.

    Raises
    ------
    DataError
        If it is private and there is no memory to write it in.
    """

    def write(folder: Path) -> bytes:
        path = folder / "layer.gpkg"
        earlier = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STAMP})
        try:
            pyogrio.write_dataframe(layer, path, layer=name, driver="GPKG")
            for title, table in tables.items():
                pyogrio.write_dataframe(table, path, layer=title, driver="GPKG", append=False)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": earlier})
        return path.read_bytes()

    return _made(write, private=private)


def shapefile(name: str, layer: gpd.GeoDataFrame, *, private: bool = False) -> bytes:
    """Zipped shapefile in UTF-8 with .cpg and .prj, the full names of its fields, and the whole table.

    A .dbf cuts names to 10 letters, texts to 254 bytes and figures to 15 decimals: ``NAME-fields.csv`` tells the full
    name of each field, ``NAME-table.csv`` holds texts and figures as they are.

    Parameters
    ----------
    private
        As of :func:`geopackage`.
    """
    names = field_names(column for column in layer.columns if column != "geometry")
    table = pd.DataFrame(layer.drop(columns="geometry"))
    cut = layer.assign(**{column: _fitting(layer[column]) for column in names}).rename(columns=names)

    def write(folder: Path) -> dict[str, bytes]:
        dated = {"DBF_DATE_LAST_UPDATE": STAMP[:10]}
        path = folder / f"{name}.shp"
        pyogrio.write_dataframe(cut, path, driver="ESRI Shapefile", encoding="UTF-8", layer_options=dated)
        return {one.name: one.read_bytes() for one in sorted(folder.iterdir())}

    files = _made(write, private=private)
    files[f"{name}-fields.csv"] = csv_bytes(pd.DataFrame({"field": names.values(), "column": names.keys()}))
    files[f"{name}-table.csv"] = csv_bytes(table)
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Zip files, with no time of writing in it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def field_names(columns: Iterable[str]) -> dict[str, str]:
    """Names for the fields of a .dbf: ten letters of ASCII at most, none twice whatever their case.

    Examples
    --------
    >>> field_names(["iso_3166_2", "indicator_en", "indicator_ru"])
    {'iso_3166_2': 'iso_3166_2', 'indicator_en': 'indicator', 'indicator_ru': 'indicato_2'}
    """
    given: dict[str, str] = {}
    for column in columns:
        plain = re.sub(r"\W+", "_", str(column), flags=re.ASCII).strip("_") or "field"
        given[column] = _free(plain, {name.lower() for name in given.values()})
    return given


def _free(name: str, taken: Collection[str]) -> str:
    short = name[:NAME_LETTERS].rstrip("_")
    number = 1
    while short.lower() in taken:
        number += 1
        ending = f"_{number}"
        short = name[: NAME_LETTERS - len(ending)].rstrip("_") + ending
    return short


def _fitting(column: pd.Series) -> pd.Series:
    """Texts cut to what a field holds, at the end of a letter; truth values as 0 and 1, which a .dbf knows."""
    if column.dtype == bool:
        return column.astype("int64")
    if not pd.api.types.is_object_dtype(column) and not pd.api.types.is_string_dtype(column):
        return column
    return column.map(lambda cell: str(cell).encode()[:TEXT_BYTES].decode(errors="ignore"), na_action="ignore")
