"""A map, a chart or a table as it is taken away: one type that every page hands over, and the files made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

import geopandas as gpd
import pandas as pd
import plotly.graph_objects as go

from geo import facts
from geo.errors import UnknownCodeError
from geo.exports.citation import Citation, Kind, cite_map
from geo.exports.definitions import of_columns
from geo.exports.layers import geopackage, joined, memory_folder, shapefile, units_of
from geo.exports.tables import csv_bytes
from geo.exports.workbooks import workbook
from geo.i18n import Language, Text, translator
from geo.maps.captions import boundary_note
from geo.maps.legends import nothing_label

FileKind = Literal[
    "png", "png_2x", "png_300dpi", "svg", "pdf", "csv", "csv_semicolon", "xlsx", "gpkg", "shp", "html", "bib", "ris"
]
FILE_KINDS: tuple[FileKind, ...] = get_args(FileKind)
Picture = Literal["png", "svg", "pdf"]

SLUG = 80
"""Letters of a title that go into the name of a file."""

CITED_SOURCES = 3
"""Sources that a citation names; the workbook has them all."""


class FileForm(NamedTuple):
    """What follows the name of a file, and its media type."""

    ending: str
    mime: str


FORMS: dict[FileKind, FileForm] = {
    "png": FileForm(".png", "image/png"),
    "png_2x": FileForm("@2x.png", "image/png"),
    "png_300dpi": FileForm("-300dpi.png", "image/png"),
    "svg": FileForm(".svg", "image/svg+xml"),
    "pdf": FileForm(".pdf", "application/pdf"),
    "csv": FileForm(".csv", "text/csv"),
    "csv_semicolon": FileForm("-semicolon.csv", "text/csv"),
    "xlsx": FileForm(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "gpkg": FileForm(".gpkg", "application/geopackage+sqlite3"),
    "shp": FileForm("-shp.zip", "application/zip"),
    "html": FileForm(".html", "text/html"),
    "bib": FileForm(".bib", "application/x-bibtex"),
    "ris": FileForm(".ris", "application/x-research-info-systems"),
}
PICTURES: dict[FileKind, tuple[Picture, int]] = {
    "png": ("png", 96),
    "png_2x": ("png", 192),
    "png_300dpi": ("png", 300),
    "svg": ("svg", 96),
    "pdf": ("pdf", 96),
}
"""Format and resolution of each kind of picture in dots an inch; 96 is the pixel of the web."""


class OwnSource(NamedTuple):
    """Files of a reader's own on which an exhibit rests.

    Attributes
    ----------
    title
        As they are cited.
    note
        Whose they are, and that nobody here has checked them.
    boundaries
        Note on boundaries and names.
    link_note
        What the address leaves out.
    """

    title: str
    note: str
    boundaries: str
    link_note: str


@dataclass(frozen=True)
class Exhibit:
    """A map, a chart or a table, with all that goes along when it is taken away.

    Attributes
    ----------
    name
        Begins the names of its files: letters, digits, hyphens.
    title
        In both languages; where only the language of the page has one, the same in both.
    address
        That brings exactly this state back.
    frame
        Gives the figures behind it as a table.
    sources
        Ids of ``data/tables/sources.csv``.
    definitions
        Terms and what they mean: columns, units, rules, notes.
    year
        That it shows; None for what is of no one year.
    picture
        Draws it in a format and a resolution (dots an inch); None for what is a table only.
    page
        Gives it as an HTML file that needs no network.
    sheet
        Gives a chart with its title and caption, for a browser to draw.
    layer
        Gives the frame with outlines of its own; without it those of the atlas are joined where each row is one unit.
    own
        Files of the reader's own that it rests on, beside the sources.
    """

    name: str
    kind: Kind
    title: Text
    lang: Language
    address: str
    frame: Callable[[], pd.DataFrame]
    sources: Sequence[str] = ()
    definitions: Sequence[tuple[str, str]] = ()
    year: int | None = None
    picture: Callable[[Picture, int], bytes] | None = None
    page: Callable[[], str] | None = None
    layer: Callable[[], gpd.GeoDataFrame] | None = None
    sheet: Callable[[], go.Figure] | None = None
    own: OwnSource | None = None

    def citation(self, day: date) -> Citation:
        """How to cite it as it was seen on a day."""
        titles = [str(title) for title in _sources(self.sources)["title"].head(CITED_SOURCES)]
        titles = titles if self.own is None else [self.own.title, *titles]
        return cite_map(self.title, self.year, self.address, day, self.lang, titles, data_version(), self.kind)

    def kinds(self) -> list[FileKind]:
        """Files that can be made of it."""
        lacking: set[FileKind] = set()
        if self.picture is None:
            lacking.update(PICTURES)
        if self.page is None:
            lacking.add("html")
        if (self.layer is None and units_of(self.frame()) is None) or self.lacks_memory():
            lacking.update(("gpkg", "shp"))
        return [kind for kind in FILE_KINDS if kind not in lacking]

    def lacks_memory(self) -> bool:
        """Whether its layers cannot be made, as a reader's own would have to go over a disk."""
        return self.own is not None and self.layer is not None and memory_folder() is None

    def file_name(self, kind: FileKind) -> str:
        """Name of a file; it says the language, as the words in it do."""
        return f"limitrophe-{slug(self.name)}-{self.lang}{FORMS[kind].ending}"

    def file(self, kind: FileKind) -> bytes:
        """Make a file.

        Raises
        ------
        UnknownCodeError
            For a kind that this exhibit has not.
        """
        if kind not in self.kinds():
            raise UnknownCodeError(f"file of {self.name}", kind, list(self.kinds()))
        if kind in PICTURES:
            assert self.picture is not None, "kinds() lists pictures only where they can be drawn"
            return self.picture(*PICTURES[kind])
        return _MAKERS[kind](self)


def data_version() -> str:
    """Version of the data of the atlas."""
    return str(facts.package()["version"])


def provenance(address: str, lang: Language) -> str:
    """Last line of every picture: the atlas, the version of its data, the address that brings the view back."""
    _ = translator(lang)
    return _("Limitrophe, data version {version}: {address}").format(version=data_version(), address=address)


def view_address(home: str, view: str, lang: Language) -> str:
    """Whole address of a view such as ``/border?country=NO``, in the language of its reader.

    Parameters
    ----------
    home
        Address of the atlas, such as ``http://localhost:8501/``.
    """
    return f"{home.rstrip('/')}{view}{'&' if '?' in view else '?'}lang={lang}"


def slug(text: str) -> str:
    """Text as a part of a file name, in the letters of its language."""
    return re.sub(r"[\W_]+", "-", text).strip("-").lower()[:SLUG] or "table"


def sheets(exhibit: Exhibit) -> dict[str, pd.DataFrame]:
    """Tables of a workbook or a GeoPackage: data, definitions, sources."""
    data = exhibit.frame()
    return {
        "data": data,
        "definitions": pd.DataFrame(_definitions(exhibit, data.columns), columns=["term", "definition"]),
        "sources": _all_sources(exhibit, data),
    }


def status_definitions(lang: Language) -> list[tuple[str, str]]:
    """What the codes of the column ``status`` mean: a value, and four kinds of nothing."""
    _ = translator(lang)
    meanings = {
        "zero": _("known to be nothing; its value is 0"),
        "no_data": _("not known; there is no value"),
        "not_applicable": _("the question does not arise for this subject; there is no value"),
        "suspended": _("there was something, and it is suspended"),
    }
    return [("status = observed", _("there is a value"))] + [
        (f"status = {kind}", f"{nothing_label(kind, lang)}: {said}")  # type: ignore[arg-type]
        for kind, said in meanings.items()
    ]


def _definitions(exhibit: Exhibit, columns: Iterable[object]) -> list[tuple[str, str]]:
    _ = translator(exhibit.lang)
    told = {term for term, _meaning in exhibit.definitions}
    usual = of_columns([str(column) for column in columns if str(column) not in told], exhibit.lang)
    return [
        (_("Title"), exhibit.title.of(exhibit.lang)),
        *exhibit.definitions,
        *usual,
        *_places(exhibit, told),
        (_("Version of the data"), data_version()),
        (_("Address"), exhibit.address),
        *([] if exhibit.own is None else [(_("Address"), exhibit.own.link_note)]),
    ]


def _places(exhibit: Exhibit, told: Collection[str]) -> list[tuple[str, str]]:
    """What is said of the source and the boundaries, where the definitions do not tell them already."""
    _ = translator(exhibit.lang)
    if exhibit.own is not None:
        return [(_("Source"), exhibit.own.note), (_("Boundaries"), exhibit.own.boundaries)]
    return [] if _("Boundaries") in told else [(_("Boundaries"), boundary_note(exhibit.lang))]


def _all_sources(exhibit: Exhibit, data: pd.DataFrame) -> pd.DataFrame:
    in_rows = facts.named_sources(data) if "source" in data else []
    known = _sources([*exhibit.sources, *in_rows]).reset_index()
    if exhibit.own is None:
        return known
    own = pd.DataFrame({"source": ["own"], "title": [exhibit.own.title]}, columns=known.columns)
    return pd.concat([own, known], ignore_index=True) if len(known) else own


def _sources(ids: Sequence[str]) -> pd.DataFrame:
    known = facts.sources()
    return known.loc[[one for one in dict.fromkeys(ids) if one in known.index]]


def _outlined(exhibit: Exhibit, frame: pd.DataFrame) -> gpd.GeoDataFrame:
    if exhibit.layer is not None:
        return exhibit.layer()
    units = units_of(frame)
    assert units is not None, "kinds() lists layers only where there are outlines"
    return joined(frame, units)


def _geopackage(exhibit: Exhibit) -> bytes:
    tables = sheets(exhibit)
    return geopackage("data", _outlined(exhibit, tables.pop("data")), tables, private=exhibit.own is not None)


def _shapefile(exhibit: Exhibit) -> bytes:
    # not every geographic information system opens a file with a Cyrillic name
    name = slug(exhibit.name.encode("ascii", "ignore").decode())
    return shapefile(f"limitrophe-{name}", _outlined(exhibit, exhibit.frame()), private=exhibit.own is not None)


def _page(exhibit: Exhibit) -> bytes:
    assert exhibit.page is not None, "kinds() lists a page only where there is one"
    return exhibit.page().encode()


_MAKERS: dict[FileKind, Callable[[Exhibit], bytes]] = {
    "csv": lambda one: csv_bytes(one.frame()),
    "csv_semicolon": lambda one: csv_bytes(one.frame(), "semicolon"),
    "xlsx": lambda one: workbook(sheets(one)),
    "gpkg": _geopackage,
    "shp": _shapefile,
    "html": _page,
    "bib": lambda one: one.citation(date.today()).bibtex.encode(),
    "ris": lambda one: one.citation(date.today()).ris.encode(),
}
