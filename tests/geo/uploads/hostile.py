"""A corpus of files that nobody should be able to hurt the atlas with, each with the kind of its refusal.

``python -m tests.geo.uploads.hostile DIR`` writes them into a folder, to try them on the page by hand.
"""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd
from shapely.geometry import LineString, Point, Polygon, box

from geo.uploads import Kind, limits
from geo.uploads.limits import MEGABYTE
from geo.uploads.workbook import OLE
from tests.geo.uploads.files import (
    ROWS,
    changed,
    layer,
    members,
    overwritten,
    packed,
    shapefile,
    units,
    workbook,
    zipped,
)

Task = Literal["table", "layer"]

TEXT = "регион;связи\nМурманская область;12\nРеспублика Карелия;7,5\n"
SHEET = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Hostile:
    """A file, what it is brought as, and why it is refused."""

    name: str
    task: Task
    kind: Kind
    content: Callable[[], bytes]


def _cell(text: str) -> Callable[[], bytes]:
    return lambda: f"region;ties\nMurmansk Oblast;{text}\n".encode()


def _sheet(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: changed(workbook(), SHEET, change)


def _with(name: str, content: bytes = b"") -> Callable[[], bytes]:
    return lambda: packed({**members(workbook()), name: content})


def _beside(name: str, content: bytes = b"x") -> Callable[[], bytes]:
    return lambda: packed({**{f"units{s}": c for s, c in shapefile().items()}, name: content})


def _without(*suffixes: str) -> Callable[[], bytes]:
    return lambda: zipped(shapefile(), without=suffixes)


def _broken(suffix: str, change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    def build() -> bytes:
        files = shapefile()
        return zipped({**files, suffix: change(files[suffix])})

    return build


def _linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("units.shp")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def _locked() -> bytes:
    """Archive whose directory says that its files are encrypted."""
    content = bytearray(zipped(shapefile()))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def _liar() -> bytes:
    """Archive whose directory promises fewer bytes than a file unpacks to."""
    content = bytearray(packed({"units.shp": b"\0" * 5_000_000, "units.shx": b"", "units.dbf": b""}))
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    content[22:26] = struct.pack("<I", 100)
    return bytes(content)


def _overlapping() -> bytes:
    """Many entries of the directory that lead to the same packed bytes (D. Fifield 2019, A better zip bomb)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"\0" * 2_000_000)
        first = archive.infolist()[0]
        for number in range(200):
            again = zipfile.ZipInfo(f"a{number}.shp")
            for field in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
                setattr(again, field, getattr(first, field))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return out.getvalue()


def _geojson(**members_: object) -> Callable[[], bytes]:
    return lambda: json.dumps({"type": "FeatureCollection", "features": [], **members_}).encode()


def _feature(geometry: object) -> Callable[[], bytes]:
    feature = {"type": "Feature", "properties": {"code": "W"}, "geometry": geometry}
    return lambda: json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def _frame(*shapes: object, crs: str | None = "EPSG:4326") -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"code": [f"U{n}" for n in range(len(shapes))]}, geometry=list(shapes), crs=crs)


def _endless_view() -> bytes:
    """GeoPackage whose layer is a query that never ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.gpkg"
        path.write_bytes(layer("GPKG", layer="units"))
        base = sqlite3.connect(path)
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        base.execute("ALTER TABLE units RENAME TO held")
        base.execute(
            "CREATE VIEW units AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT held.* FROM held, n WHERE n.i < 0"
        )
        base.commit()
        base.close()
        return path.read_bytes()


def _several_layers() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units.gpkg"
        for name in ("roads", "units"):
            units().to_file(path, layer=name, driver="GPKG")
        return path.read_bytes()


def _comb() -> bytes:
    """Outlines that no simplification thins out: teeth wider than a pixel, in very many units."""
    teeth, shapes = 140, []
    for south in range(-7_000, 7_000, 7):
        top = [(-150 + 300 * t / teeth, (south + (6 if t % 2 else 1)) / 100) for t in range(teeth + 1)]
        shapes.append(Polygon([*top, (150, south / 100), (-150, south / 100)]))
    return layer("GPKG", _frame(*shapes))


WIDE = "a;" * 600 + "\n" + "1;" * 600
MILLION = "x," * 1_000_000
VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
    b"</OGRVRTDataSource>"
)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def _far(reference: bytes) -> Callable[[bytes], bytes]:
    row = reference.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return lambda sheet: sheet.replace(
        b"</sheetData>", b'<row r="%s"><c r="%s"><v>1</v></c></row></sheetData>' % (row, reference)
    )


CORPUS: tuple[Hostile, ...] = (
    # text
    Hostile("nothing.csv", "table", "empty", lambda: b""),
    Hostile("blank.csv", "table", "empty", lambda: b" \r\n\t\r\n"),
    Hostile("only_a_mark.csv", "table", "empty", lambda: b"\xef\xbb\xbf\n"),
    Hostile("too_big.csv", "table", "too_big", lambda: b"a;b\n" * (limits().megabytes * MEGABYTE // 4 + 1)),
    Hostile("zeros.csv", "table", "binary", lambda: b"a;b\n1;\0\0\0\n2;3\n"),
    Hostile("half_a_letter.csv", "table", "undecodable", lambda: b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00"),
    Hostile("two_encodings.csv", "table", "mixed_encodings", lambda: TEXT.encode() + TEXT.encode("cp1251")),
    Hostile("one_column.csv", "table", "one_column", lambda: b"region\nMurmansk\n"),
    Hostile("header_alone.csv", "table", "no_rows", lambda: b"region;ties\n"),
    Hostile("wide.csv", "table", "too_many_columns", WIDE.encode),
    Hostile("a_million_columns.csv", "table", "too_many_columns", MILLION.encode),
    Hostile("long.csv", "table", "too_many_rows", lambda: b"a;b\n" + b"1;2\n" * (limits().rows + 1)),
    Hostile(
        "cells.csv", "table", "too_many_cells", lambda: b"a" + b";b" * 99 + b"\n" + (b"1" + b";2" * 99 + b"\n") * 10_001
    ),
    Hostile("long_cell.csv", "table", "long_cell", lambda: b"a;b\n1;" + b"x" * 15_000),
    Hostile("endless_cell.csv", "table", "long_cell", lambda: b'a;b\n1;"' + b"x" * 200_000 + b'"\n'),
    Hostile("ragged.csv", "table", "ragged", lambda: b"a;b\n1;2\n1;2;3;4\n"),
    Hostile("open_quote.csv", "table", "broken_quotes", lambda: b'a;b\n"1;2\n3;4\n'),
    Hostile("formula.csv", "table", "formula", _cell("=1+2")),
    Hostile("hyperlink.csv", "table", "formula", _cell('"=HYPERLINK(""http://localhost/"",""x"")"')),
    Hostile("command.csv", "table", "formula", _cell("=cmd|'/C calc'!A0")),
    Hostile("plus_formula.csv", "table", "formula", _cell("+SUM(A1:A9)")),
    Hostile("minus_formula.csv", "table", "formula", _cell("-cmd|'/C calc'!A0")),
    Hostile("at_formula.csv", "table", "formula", _cell("@SUM(1)")),
    # other formats under the name of a table
    Hostile("page.pdf.csv", "table", "unknown_format", lambda: b"%PDF-1.7\n%\xe2\xe3"),
    Hostile("program.csv", "table", "unknown_format", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 50),
    Hostile("picture.csv", "table", "unknown_format", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
    Hostile("packed.csv.gz", "table", "unknown_format", lambda: b"\x1f\x8b\x08" + b"\0" * 50),
    Hostile("base.csv", "table", "unknown_format", lambda: layer("GPKG")),
    Hostile("zipped_table.zip", "table", "unknown_format", lambda: packed({"table.csv": TEXT.encode()})),
    # workbooks
    Hostile("old.xls", "table", "old_workbook", lambda: OLE + b"\0" * 600),
    Hostile("locked.xlsx", "table", "password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    Hostile("macros.xlsm", "table", "macros", _with("xl/vbaProject.bin", OLE)),
    Hostile(
        "macros_by_type.xlsx",
        "table",
        "macros",
        lambda: changed(workbook(), "[Content_Types].xml", lambda part: part.replace(PLAIN, MACROS)),
    ),
    Hostile("binary.xlsb", "table", "binary_workbook", _with("xl/workbook.bin")),
    Hostile("open.ods", "table", "open_document", lambda: packed({"mimetype": b"application/vnd.oasis.opendocument"})),
    Hostile(
        "letter.docx", "table", "unknown_format", lambda: packed({"[Content_Types].xml": b"<a/>", "word/x.xml": b""})
    ),
    Hostile("formula.xlsx", "table", "formula", lambda: workbook([*ROWS, ("Pskov Oblast", "=SUM(B2:B3)")])),
    Hostile("laughs.xlsx", "table", "document_type", _sheet(lambda _sheet: LAUGHS)),
    Hostile("outside.xlsx", "table", "document_type", _sheet(lambda _sheet: OUTSIDE)),
    Hostile("hidden_type.xlsx", "table", "document_type", _sheet(lambda _sheet: LAUGHS.decode().encode("utf-16"))),
    Hostile("cut.xlsx", "table", "damaged_archive", lambda: workbook()[:-200]),
    Hostile("cut_sheet.xlsx", "table", "damaged_workbook", _sheet(lambda sheet: sheet[:-40])),
    Hostile("no_sheet.xlsx", "table", "damaged_workbook", _sheet(lambda _sheet: b"")),
    Hostile("far_row.xlsx", "table", "damaged_workbook", _sheet(_far(b"A99999999999"))),
    Hostile("far_column.xlsx", "table", "too_many_columns", _sheet(_far(b"XFD9"))),
    Hostile("blank.xlsx", "table", "one_column", lambda: workbook([])),
    Hostile("bomb.xlsx", "table", "bomb", _with("xl/big.xml", b"<a>" + b" " * 30_000_000)),
    Hostile("climbing.xlsx", "table", "climbs", _with("../../x.xml")),
    Hostile("nested.xlsx", "table", "nested", _with("xl/more.zip", packed({"a": b""}))),
    # archives
    Hostile("cut.zip", "layer", "damaged_archive", lambda: zipped(shapefile())[:-30]),
    Hostile(
        "scrambled.zip", "layer", "damaged_archive", lambda: zipped(shapefile()).replace(b"x\x9c", b"x\x9d", 1)[:-1]
    ),
    Hostile("lying.zip", "layer", "damaged_archive", _liar),
    Hostile("overlapping.zip", "layer", "bomb", _overlapping),
    Hostile("bomb.zip", "layer", "bomb", lambda: packed({"units.shp": b"\0" * 60_000_000})),
    Hostile("crowd.zip", "layer", "members", lambda: packed({f"{n}.txt": b"" for n in range(limits().members + 1)})),
    Hostile("nested.zip", "layer", "nested", _beside("more.zip", packed({"a": b""}))),
    Hostile("disguised.zip", "layer", "nested", _broken(".dbf", lambda _dbf: packed({"a": b"b"}))),
    Hostile("climbing.zip", "layer", "climbs", _beside("../../etc/cron.d/x")),
    Hostile("rooted.zip", "layer", "climbs", _beside("/etc/x")),
    Hostile("drive.zip", "layer", "climbs", _beside("C:\\x")),
    Hostile("linked.zip", "layer", "linked", _linked),
    Hostile("locked.zip", "layer", "password", _locked),
    # shapefiles
    Hostile("no_layer.zip", "layer", "no_layer", lambda: packed({"readme.txt": b"x"})),
    Hostile("two.zip", "layer", "several_layers", _beside("more.shp")),
    Hostile("without_shp.zip", "layer", "lacks_shp", _without(".shp")),
    Hostile("without_shx.zip", "layer", "lacks_shx", _without(".shx")),
    Hostile("without_dbf.zip", "layer", "lacks_dbf", _without(".dbf")),
    Hostile("cut_shp.zip", "layer", "truncated_shp", _broken(".shp", lambda shp: shp[:-40])),
    Hostile("other.zip", "layer", "damaged_layer", _broken(".shp", lambda _shp: b"x" * 200)),
    Hostile("cut_shx.zip", "layer", "damaged_shx", _broken(".shx", lambda shx: shx[:-3])),
    Hostile("far_shx.zip", "layer", "damaged_shx", _broken(".shx", lambda shx: overwritten(shx, 100, ">i", 2**30))),
    Hostile("below_shx.zip", "layer", "damaged_shx", _broken(".shx", lambda shx: overwritten(shx, 100, ">i", -50))),
    Hostile("cut_dbf.zip", "layer", "damaged_dbf", _broken(".dbf", lambda dbf: dbf[:-60])),
    Hostile("boast_dbf.zip", "layer", "damaged_dbf", _broken(".dbf", lambda dbf: overwritten(dbf, 4, "<I", 2**31))),
    Hostile("no_system.zip", "layer", "unknown_crs", lambda: zipped(shapefile(units("EPSG:28407")), without=[".prj"])),
    Hostile("points.zip", "layer", "unsuitable_layer", lambda: zipped(shapefile(_frame(Point(30, 60))))),
    # layers of one file
    Hostile("leads_away.vrt", "layer", "unknown_format", lambda: VRT),
    Hostile("leads_away.json", "layer", "unknown_format", lambda: b"\n" + VRT),
    Hostile("words.geojson", "layer", "damaged_layer", lambda: b'{"type": "FeatureCollection", "features": ['),
    Hostile("no_features.geojson", "layer", "unsuitable_layer", _geojson()),
    Hostile("deep.geojson", "layer", "damaged_layer", lambda: b'{"a":' * 100_000),
    Hostile(
        "lines.geojson", "layer", "unsuitable_layer", lambda: layer("GeoJSON", _frame(LineString([(30, 60), (31, 61)])))
    ),
    Hostile("no_geometry.geojson", "layer", "unsuitable_layer", _feature(None)),
    Hostile(
        "no_area.geojson",
        "layer",
        "unsuitable_layer",
        _feature({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1], [1, 1]]]}),
    ),
    Hostile(
        "metres.geojson",
        "layer",
        "unsuitable_layer",
        _feature({"type": "Polygon", "coordinates": [[[7e6, 6e6], [8e6, 6e6], [8e6, 7e6], [7e6, 6e6]]]}),
    ),
    Hostile("cut.gpkg", "layer", "damaged_layer", lambda: layer("GPKG")[:5_000]),
    Hostile("two.gpkg", "layer", "several_layers", _several_layers),
    Hostile("endless.gpkg", "layer", "too_long", _endless_view),
    Hostile(
        "many.gpkg",
        "layer",
        "many_units",
        lambda: layer("GPKG", _frame(*[box(n / 100, 50, n / 100 + 0.01, 51) for n in range(limits().units + 1)])),
    ),
    Hostile("comb.gpkg", "layer", "vertices", _comb),
)


def main() -> None:
    """Write the corpus into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for one in CORPUS:
        (folder / one.name).write_bytes(one.content())


if __name__ == "__main__":
    main()
