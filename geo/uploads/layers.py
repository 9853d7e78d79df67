"""The boundaries that a reader brought: checked by their bytes before GDAL sees them, then bounded.

GDAL understands formats that lead to other files and hosts (VRT, for one), so it is only given what is beyond doubt
a GeoPackage, GeoJSON, or a shapefile whose four files were taken out of their archive and packed anew. All of it stays
in memory.
"""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
import shapely

from geo import boundaries
from geo.errors import BoundaryFileError, LimitropheError, UnplacedError
from geo.i18n import Message
from geo.uploads import archives
from geo.uploads.limits import Limits, limits
from geo.uploads.reading import refuse_size
from geo.uploads.refusals import Refused
from geo.uploads.tables import clean

Outlines = npt.NDArray[Any]

SIDECARS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
SHP_MAGIC = 9994
SYSTEMS = {
    "EPSG:4326": Message("degrees on WGS 84"),
    "EPSG:4284": Message("degrees on Pulkovo 1942"),
    "EPSG:4200": Message("degrees on Pulkovo 1995"),
    "EPSG:7683": Message("degrees on GSK-2011"),
    "EPSG:3857": Message("Web Mercator, metres"),
    "EPSG:3576": Message("North Pole LAEA Russia, metres"),
    "EPSG:3035": Message("ETRS89 LAEA Europe, metres"),
    **{f"EPSG:{28400 + zone}": Message("Pulkovo 1942, Gauss-Krüger zone {zone}", zone=zone) for zone in range(4, 33)},
    **{f"EPSG:{32600 + zone}": Message("UTM zone {zone}N on WGS 84", zone=zone) for zone in range(34, 61)},
}
"""Reference systems that a reader may choose from for a layer that does not say its own."""

TOLERANCE_SHARE = 1 / 1500
"""Tolerance of outlines for the screen, as a share of the longer side of the layer: below a pixel of a usual map."""
NO_COLUMN = Message("the layer has no column that could name its units")
COORDINATES = Message("the outlines lie where the projection of the map has no place for them")


@dataclass(frozen=True)
class UploadedLayer:
    """Boundaries as they were brought.

    Attributes
    ----------
    name
        Name of the file.
    frame
        One row a unit in EPSG:4326: the attributes as texts, and the outlines.
    mended
        What was mended in reading, in words.
    simplified
        Whether the outlines had more vertices than are kept, and lost some.
    """

    name: str
    frame: gpd.GeoDataFrame
    mended: tuple[Message, ...] = ()
    simplified: bool = False

    @property
    def columns(self) -> list[str]:
        """Names of the attributes."""
        return [str(column) for column in self.frame.columns if column != "geometry"]

    @property
    def vertices(self) -> int:
        """Vertices of all outlines."""
        return int(shapely.get_num_coordinates(self.frame.geometry.to_numpy()).sum())


def read_layer(content: bytes, name: str = "", crs: str | None = None, bounds: Limits | None = None) -> UploadedLayer:
    """Read boundaries: a zipped shapefile, a GeoPackage or GeoJSON.

    Parameters
    ----------
    name
        Name that the file bears; only repeated in messages.
    crs
        One of :data:`SYSTEMS`, for a file that does not say its own.
    bounds
        By default those of data/uploads.yml.

    Raises
    ------
    Refused
        With the kind of what is wrong; ``unknown_crs`` asks for `crs`.
    """
    bounds = bounds or limits()
    refuse_size(content, bounds)
    path, content = _of_known_format(content, bounds)
    try:
        with warnings.catch_warnings():
            # GDAL complains that a GeoPackage in memory has no name
            warnings.filterwarnings("ignore", message=".*non conformant file extension", category=RuntimeWarning)
            _refuse_several(content)
            frame = boundaries.read(path, content=content, crs=crs)
    except UnplacedError as error:
        raise Refused("unknown_crs") from error
    except BoundaryFileError as error:
        raise _unsuitable(error) from error
    except (MemoryError, LimitropheError):
        raise
    except Exception as error:  # pyogrio answers damage with whatever it stumbles over
        raise Refused("damaged_layer") from error
    if len(frame) > bounds.units:
        raise Refused("many_units", count=len(frame), most=bounds.units)
    mended = tuple(frame.attrs["mended"])
    whole = frame.geometry.to_numpy()
    outlines = _bounded(whole, bounds)
    return UploadedLayer(name, _texts(frame, outlines, bounds), mended, outlines is not whole)


def _unsuitable(error: BoundaryFileError) -> Refused:
    """Pass on what the reader of boundaries found, without the name of a file that is none; its cause is logged."""
    reason = error.reason if isinstance(error.reason, Message) else Message("{reason}", reason=error.reason)
    if "cannot be read" in reason.pattern:
        return Refused("damaged_layer")
    if error.row is not None:
        feature = str(error.value)[:60] if error.value else ""
        reason = Message("feature {row} ({feature}): {reason}", row=error.row, feature=feature, reason=reason)
    return Refused("unsuitable_layer", reason=reason)


def _refuse_several(content: bytes) -> None:
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(content) if kind is not None]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise Refused("damaged_layer") from error
    if len(names) > 1:
        raise Refused("several_layers", names=", ".join(names)[:120])


def _of_known_format(content: bytes, bounds: Limits) -> tuple[Path, bytes]:
    if content.startswith(archives.MAGIC):
        return Path("layer.zip"), _repacked(content, bounds)
    if content.startswith(b"SQLite format 3\0"):
        return Path("layer.gpkg"), content
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        return Path("layer.geojson"), content.removeprefix(b"\xef\xbb\xbf")
    raise Refused("unknown_format")


def _repacked(content: bytes, bounds: Limits) -> bytes:
    """Take the files of one shapefile out of an archive, look at them, and pack them under plain names."""
    archive = archives.opened(content, bounds)
    names = [
        n for n in archive.namelist() if not n.startswith("__MACOSX/") and not PurePosixPath(n).name.startswith(".")
    ]
    stems = {PurePosixPath(n).with_suffix("") for n in names if n.lower().endswith((".shp", ".shx", ".dbf"))}
    if not stems:
        raise Refused("no_layer")
    outlined = {PurePosixPath(n).with_suffix("") for n in names if n.lower().endswith(".shp")}
    if len(outlined or stems) > 1:
        raise Refused("several_layers", names=", ".join(sorted(stem.name for stem in outlined or stems))[:120])
    (stem,) = outlined or stems
    files: dict[str, bytes] = {}
    for name in names:
        path = PurePosixPath(name)
        if path.suffix.lower() in SIDECARS and path.with_suffix("") == stem:
            files[path.suffix.lower()] = archives.unpacked(archive, name, bounds)
    _refuse_broken(files)
    if ".prj" in files and not files[".prj"].isascii():  # names in it, in whatever encoding; pyogrio stumbles over them
        files[".prj"] = files[".prj"].decode("ascii", "replace").replace("\N{REPLACEMENT CHARACTER}", "?").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as clean_archive:
        for suffix, file in files.items():
            clean_archive.writestr(f"layer{suffix}", file)
    return packed.getvalue()


def _refuse_broken(files: dict[str, bytes]) -> None:
    """Hold the sizes that the files of a shapefile announce against what is there.

    Sizes and offsets are in words of two bytes (ESRI 1998, Shapefile Technical Description).
    """
    if ".shp" not in files:
        raise Refused("lacks_shp")
    if ".shx" not in files:
        raise Refused("lacks_shx")
    if ".dbf" not in files:
        raise Refused("lacks_dbf")
    shp, shx, dbf = files[".shp"], files[".shx"], files[".dbf"]
    if len(shp) < 100 or struct.unpack(">i", shp[:4])[0] != SHP_MAGIC:
        raise Refused("damaged_layer")
    announced = 2 * struct.unpack(">i", shp[24:28])[0]
    if announced > len(shp):
        raise Refused("truncated_shp", announced=announced, there=len(shp))
    records, rest = divmod(len(shx) - 100, 8)
    if len(shx) < 100 or rest or struct.unpack(">i", shx[:4])[0] != SHP_MAGIC:
        raise Refused("damaged_shx")
    places = np.frombuffer(shx, dtype=">i4", offset=100).reshape(-1, 2).astype(np.int64) * 2
    if records and ((places < 0).any() or (places.sum(axis=1) + 8 > len(shp)).any()):
        raise Refused("damaged_shx")
    if len(dbf) < 32:
        raise Refused("damaged_dbf")
    rows, header, width = struct.unpack("<IHH", dbf[4:12])
    if rows != records or len(dbf) < header + rows * width or (rows and width < 1):
        raise Refused("damaged_dbf")


def _bounded(whole: Outlines, bounds: Limits) -> Outlines:
    """Outlines of no more vertices than are drawn; the same array where they have no more."""
    if shapely.get_num_coordinates(whole).sum() <= bounds.vertices:
        return whole
    west, south, east, north = shapely.total_bounds(whole)
    simple = simplified(whole, max(east - west, north - south) * TOLERANCE_SHARE)
    count = int(shapely.get_num_coordinates(simple).sum())
    if count > bounds.vertices:
        raise Refused("vertices", count=count, most=bounds.vertices)
    return simple


def simplified(outlines: Outlines, tolerance: float) -> Outlines:
    """Simplify outlines so that borders that coincide stay together; none vanishes."""
    if shapely.coverage_is_valid(outlines):
        simple = shapely.coverage_simplify(outlines, tolerance)
    else:
        simple = shapely.simplify(outlines, tolerance)
    return np.where(shapely.is_empty(simple), outlines, simple)


def _texts(frame: gpd.GeoDataFrame, outlines: Outlines, bounds: Limits) -> gpd.GeoDataFrame:
    """Attributes as texts, the code that the reader found among them, and the outlines."""
    attributes = frame.drop(columns="geometry")
    if frame.index.name != "row":
        attributes.insert(0, str(frame.index.name), frame.index)
    if attributes.columns.empty:
        raise Refused("unsuitable_layer", reason=NO_COLUMN)
    if len(attributes.columns) > bounds.columns:
        raise Refused("too_many_columns", count=len(attributes.columns), most=bounds.columns)
    if attributes.size > bounds.cells:
        raise Refused("too_many_cells", count=attributes.size, most=bounds.cells)
    texts = {
        clean(str(column))[:200] or "?": [_text(value)[: bounds.cell_characters] for value in attributes[column]]
        for column in attributes.columns
    }
    index = pd.RangeIndex(1, len(frame) + 1, name="row")
    return gpd.GeoDataFrame(pd.DataFrame(texts, index=index, dtype="str"), geometry=outlines, crs=frame.crs)


def _text(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return clean(str(value))


def on_map(layer: UploadedLayer) -> gpd.GeoSeries:
    """Outlines in the projection of the map (:data:`geo.boundaries.ALBERS`), as coarse as a screen shows them.

    Raises
    ------
    Refused
        ``unsuitable_layer`` where the projection has no place for them.
    """
    placed = layer.frame.geometry.to_crs(boundaries.ALBERS).to_numpy()
    west, south, east, north = shapely.total_bounds(placed)
    if not np.isfinite([west, south, east, north]).all():
        raise Refused("unsuitable_layer", reason=COORDINATES)
    simple = simplified(placed, max(east - west, north - south) * TOLERANCE_SHARE)
    return gpd.GeoSeries(simple, index=layer.frame.index, crs=boundaries.ALBERS)
