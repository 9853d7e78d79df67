"""Files as readers bring them, made in memory: workbooks, archives and shapefiles, sound or with one fault."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyogrio
from shapely.geometry import box

Rows = Sequence[Sequence[Any]]

ROWS: Rows = (("region", "ties"), ("Murmansk Oblast", 12), ("Republic of Karelia", 7.5))


def workbook(rows: Rows = ROWS) -> bytes:
    """XLSX with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def members(archive: bytes) -> dict[str, bytes]:
    """Files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return {name: files.read(name) for name in files.namelist()}


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files into an archive, in a fixed moment of time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def changed(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Archive with one file changed."""
    files = members(archive)
    return packed({**files, name: change(files[name])})


def units(crs: str | None = "EPSG:4326") -> gpd.GeoDataFrame:
    """Two units side by side, west and east of the 37th meridian."""
    frame = gpd.GeoDataFrame(
        {"code": ["W", "E"], "name": ["Западный край", "Восточный край"]},
        geometry=[box(30, 60, 37, 66), box(37, 60, 41, 66)],
        crs="EPSG:4326",
    )
    return frame if crs == "EPSG:4326" else frame.to_crs(crs) if crs else frame.set_crs(None, allow_override=True)


def shapefile(frame: gpd.GeoDataFrame | None = None, **options: Any) -> dict[str, bytes]:
    """Files of a shapefile by suffix."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.shp"
        pyogrio.write_dataframe(units() if frame is None else frame, path, driver="ESRI Shapefile", **options)
        return {one.suffix: one.read_bytes() for one in sorted(Path(folder).iterdir())}


def zipped(files: Mapping[str, bytes], stem: str = "units", without: Sequence[str] = ()) -> bytes:
    """Shapefile in an archive."""
    return packed({f"{stem}{suffix}": content for suffix, content in files.items() if suffix not in without})


def layer(driver: str, frame: gpd.GeoDataFrame | None = None, **options: Any) -> bytes:
    """Layer in a format of one file."""
    out = io.BytesIO()
    pyogrio.write_dataframe(units() if frame is None else frame, out, driver=driver, **options)
    return out.getvalue()


def overwritten(content: bytes, at: int, form: str, *values: Any) -> bytes:
    """Bytes with some of them replaced, as :mod:`struct` packs the values."""
    patch = struct.pack(form, *values)
    return content[:at] + patch + content[at + len(patch) :]
