"""Read any vector file as a layer of polygons: mend what can be mended for certain, refuse the rest.

Nothing is mended in silence: ``frame.attrs["mended"]`` lists what was done, in words a reader understands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.boundaries._encoding import encoding_of
from geo.boundaries._seam import SEAM_REACH, join_at_seam
from geo.errors import BoundaryFileError, UnplacedError
from geo.i18n import Message

CODE_COLUMNS = ("iso", "iso_3166_2", "iso3166_2", "iso_code", "shapeiso", "hasc_1", "gid_1", "code", "id")
"""Columns taken for the code of a unit, compared without case, the first that is filled in every row."""

NAME_COLUMNS = ("name_en", "name", "name_1", "shapename", "name_ru", "nl_name_1", "наименование", "название")
POLYGONS = (3, 6)


def read(
    path: str | Path,
    layer: str | None = None,
    *,
    key: str | None = None,
    content: bytes | None = None,
    crs: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a vector file of polygons as a boundary layer.

    Parameters
    ----------
    path
        Any file that OGR reads (shapefile, zipped shapefile, GeoPackage, GeoJSON, KML, ...).
    content
        Content of the file, where it is in memory only; `path` then is its name.
    crs
        Reference system of coordinates for which the file gives none, such as ``EPSG:28407``.
    layer
        Name of the layer; needed where the file holds several.
    key
        Column whose values name the units; rows of one value become one unit. By default a well-known column
        (:data:`CODE_COLUMNS`), or none, in which case each row is a unit, numbered from 1.

    Returns
    -------
    GeoDataFrame of valid two-dimensional polygons in EPSG:4326, indexed by the key; units that the file cuts at
    180 degrees are whole, with longitudes above 180. ``attrs["mended"]`` lists what was mended: encoding of the
    attributes, reference system, rings, heights, united rows.

    Raises
    ------
    BoundaryFileError
        If there is no such file or layer, coordinates cannot be placed on the earth, or a feature is no polygon,
        empty or beyond mending; the message names the feature and the remedy.
    """
    path = Path(path)
    mended: list[Message] = []
    source = path if content is None else content
    frame = _open(path, source, _layer_of(path, source, layer), mended)
    if crs is not None and frame.crs is None:
        frame = frame.set_crs(crs)
    frame = frame.set_index(_keys(frame, path, key), drop=False)
    _require_polygons(frame, path)
    frame = _flat(frame, mended)
    frame = _on_earth(frame, path, mended)
    frame = _valid(frame, path, mended)
    whole = _one_row_a_unit(frame, mended)
    whole.attrs["mended"] = mended
    return whole


def _layer_of(path: Path, source: Path | bytes, layer: str | None) -> str | None:
    """Resolve the layer to read; None lets OGR take the only one."""
    if isinstance(source, Path) and not source.exists():
        raise BoundaryFileError(Message("there is no such file"), file=path)
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _unreadable(path, error) from error
    if layer is None and len(layers) > 1:
        reason = Message("the file holds several layers; name one of {names}", names=", ".join(layers))
        raise BoundaryFileError(reason, file=path)
    if layer is not None and layer not in layers:
        reason = Message("no layer {layer!r}; the file holds {names}", layer=layer, names=", ".join(layers))
        raise BoundaryFileError(reason, file=path)
    return layer


def _open(path: Path, source: Path | bytes, layer: str | None, mended: list[Message]) -> gpd.GeoDataFrame:
    encoding = encoding_of(path, mended, source if isinstance(source, bytes) else None)
    try:
        frame = pyogrio.read_dataframe(source, layer=layer, encoding=encoding)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        CRSError,
        UnicodeDecodeError,
        shapely.errors.GEOSException,
    ) as error:
        raise _unreadable(path, error) from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.empty:
        raise BoundaryFileError(Message("the file holds no features with a geometry"), file=path)
    return frame


def _unreadable(path: Path, error: Exception) -> BoundaryFileError:
    reason = Message("the file cannot be read ({error})", error=error)
    if path.suffix in (".shp", ".zip"):
        reason = Message("{reason}; a shapefile needs its .shp, .shx and .dbf together", reason=reason)
    return BoundaryFileError(reason, file=path)


def _keys(frame: gpd.GeoDataFrame, path: Path, key: str | None) -> pd.Index[Any]:
    """Index of the units: the column asked for, a well-known one, or numbers from 1."""
    columns = {str(column).lower(): column for column in frame.columns if column != frame.geometry.name}
    if key is not None and key not in frame.columns:
        reason = Message("no column {key!r}; there are {known}", key=key, known=", ".join(columns.values()))
        raise BoundaryFileError(reason, file=path)
    filled = (columns[name] for name in CODE_COLUMNS if name in columns and _filled(frame[columns[name]]))
    column = key if key is not None else next(filled, None)
    if column is None:
        return pd.RangeIndex(1, len(frame) + 1, name="row")
    if not _filled(frame[column]):
        row = int(np.argmax(frame[column].isna() | (frame[column].astype(str) == ""))) + 1
        raise BoundaryFileError(Message("the unit has no code"), file=path, row=row, column=column)
    codes: pd.Index[Any] = pd.Index(frame[column].to_numpy(), name=column)
    return codes


def _filled(column: pd.Series[Any]) -> bool:
    return bool((column.notna() & (column.astype(str) != "")).all())


def _refuse(frame: gpd.GeoDataFrame, bad: Any, path: Path, reason: Message) -> None:
    """Raise for the first bad feature, with its row, code and name."""
    bad = np.asarray(bad)
    if not bad.any():
        return
    row = int(bad.argmax())
    label = str(frame.index[row])
    names = {str(column).lower(): column for column in frame.columns}
    name = next((str(frame[names[n]].iloc[row]) for n in NAME_COLUMNS if n in names), "")
    if bad.sum() > 1:
        reason = Message("{reason} ({n} more like it)", reason=reason, n=bad.sum() - 1)
    raise BoundaryFileError(
        reason,
        file=path,
        row=row + 1,
        column="geometry",
        value=f"{label} {name}" if name and name != label else label,
    )


def _require_polygons(frame: gpd.GeoDataFrame, path: Path) -> None:
    shapes = frame.geometry
    _refuse(frame, shapes.isna() | shapes.is_empty, path, Message("the feature has no geometry; drop or redraw it"))
    kinds = shapely.get_type_id(shapes.to_numpy())
    _refuse(frame, ~np.isin(kinds, POLYGONS), path, Message("the feature is no polygon; units are areas"))
    with np.errstate(invalid="ignore"):
        finite = np.isfinite(shapely.bounds(shapes.to_numpy())).all(axis=1)
    _refuse(frame, ~finite, path, Message("a coordinate of the feature is not a number; redraw it"))


def _flat(frame: gpd.GeoDataFrame, mended: list[Message]) -> gpd.GeoDataFrame:
    if not frame.geometry.has_z.any():
        return frame
    mended.append(Message("heights (z) were dropped"))
    return frame.set_geometry(frame.geometry.force_2d())


def _on_earth(frame: gpd.GeoDataFrame, path: Path, mended: list[Message]) -> gpd.GeoDataFrame:
    """Bring the layer to longitude and latitude on WGS 84.

    A declared system is believed unless the coordinates contradict it. A whole layer of units within a few hundred
    metres of the origin of a projection is in truth in degrees; degrees beyond the globe are in truth metres of
    an unknown projection, which nobody can guess.
    """
    declared = frame.crs
    degrees = _look_like_degrees(frame)
    remedy = Message("save the layer with its reference system (.prj), or reproject it to EPSG:4326")
    if declared is None:
        if not degrees:
            pattern = "no reference system is given and the coordinates are not degrees ({extent}); {remedy}"
            raise UnplacedError(Message(pattern, extent=_extent(frame), remedy=remedy), file=path)
        mended.append(Message("no reference system was given; coordinates were taken for degrees on WGS 84"))
        return frame.set_crs("EPSG:4326")
    if CRS(declared).is_geographic and not degrees:
        pattern = "the reference system {system} is in degrees, but the coordinates are not ({extent}); {remedy}"
        reason = Message(pattern, system=CRS(declared).name, extent=_extent(frame), remedy=remedy)
        raise BoundaryFileError(reason, file=path)
    if CRS(declared).is_projected and degrees:
        pattern = (
            "the reference system {system} contradicts the coordinates, which are degrees; they were taken for WGS 84"
        )
        mended.append(Message(pattern, system=CRS(declared).name))
        return frame.set_crs("EPSG:4326", allow_override=True)
    placed = frame.to_crs("EPSG:4326")
    if not _look_like_degrees(placed):
        pattern = "the coordinates ({extent}) lie outside the reference system {system}; {remedy}"
        reason = Message(pattern, extent=_extent(frame), system=CRS(declared).name, remedy=remedy)
        raise BoundaryFileError(reason, file=path)
    return placed


def _look_like_degrees(frame: gpd.GeoDataFrame) -> bool:
    west, south, east, north = frame.total_bounds
    return bool(west >= -180.001 and east <= 360.001 and south >= -90.001 and north <= 90.001)


def _extent(frame: gpd.GeoDataFrame) -> str:
    west, south, east, north = frame.total_bounds
    return f"x {west:.6g} to {east:.6g}, y {south:.6g} to {north:.6g}"


def _valid(frame: gpd.GeoDataFrame, path: Path, mended: list[Message]) -> gpd.GeoDataFrame:
    """Mend crossing rings; what is left of a unit must still be an area."""
    broken = ~frame.geometry.is_valid.to_numpy()
    if not broken.any():
        return frame
    shapes = frame.geometry.to_numpy().copy()
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    flat = shapely.is_empty(shapes) | ~np.isin(shapely.get_type_id(shapes), POLYGONS)
    _refuse(frame, flat, path, Message("the rings of the feature enclose no area; redraw it"))
    mended.append(Message("crossing rings were mended: {units}", units=", ".join(map(str, frame.index[broken]))))
    return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def _one_row_a_unit(frame: gpd.GeoDataFrame, mended: list[Message]) -> gpd.GeoDataFrame:
    """Unite rows of one code and units cut at 180 degrees."""
    code = frame.index.name
    doubled = frame.index[frame.index.duplicated()].unique()
    if len(doubled):
        mended.append(Message("rows of one code were united: {units}", units=", ".join(map(str, doubled))))
    united = {unit: _united(part.to_numpy()) for unit, part in frame.geometry.groupby(level=0, sort=False)}
    first = frame[~frame.index.duplicated()]
    whole = first.set_geometry(gpd.GeoSeries(united, crs=frame.crs).reindex(first.index))
    whole = whole.rename_geometry("geometry") if whole.geometry.name != "geometry" else whole
    return whole.drop(columns=code) if code in whole.columns else whole


def _united(shapes: npt.NDArray[Any]) -> Any:
    """Unite polygons that need not match vertex by vertex; a unit cut at 180 degrees becomes whole."""
    merged = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    west, _, east, _ = shapely.bounds(merged)
    return join_at_seam(shapely.get_parts(merged)) if min(-west, east) >= SEAM_REACH else merged
