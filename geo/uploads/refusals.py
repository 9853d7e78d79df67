"""Why a reader's file is refused: a closed list, each kind with its sentence and what to do about it."""

from __future__ import annotations

from typing import Literal, get_args

from geo.errors import DataError
from geo.i18n import Language, Message

Kind = Literal[
    "empty",
    "too_big",
    "unknown_format",
    "binary",
    "undecodable",
    "mixed_encodings",
    "one_column",
    "no_rows",
    "too_many_columns",
    "too_many_rows",
    "too_many_cells",
    "long_cell",
    "ragged",
    "broken_quotes",
    "formula",
    "macros",
    "old_workbook",
    "password",
    "binary_workbook",
    "open_document",
    "damaged_workbook",
    "document_type",
    "damaged_archive",
    "bomb",
    "nested",
    "climbs",
    "linked",
    "members",
    "no_layer",
    "several_layers",
    "lacks_shp",
    "lacks_shx",
    "lacks_dbf",
    "truncated_shp",
    "damaged_shx",
    "damaged_dbf",
    "damaged_layer",
    "unknown_crs",
    "unsuitable_layer",
    "many_units",
    "vertices",
    "too_long",
    "too_much_memory",
    "not_finite",
    "not_a_number",
    "no_numbers",
    "negative_circles",
    "many_names",
    "no_key",
    "unit_twice",
    "unit_twice_in_year",
    "undated",
    "unmatched",
    "feature_twice",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Refused(DataError):
    """A file that a reader brought, or a part of it, cannot be taken.

    Parameters
    ----------
    kind
        Why.
    values
        What the sentence of the kind names: a row, a limit.
    file
        Name that the reader's file bears.
    """

    def __init__(self, kind: Kind, *, file: str | None = None, **values: object) -> None:
        super().__init__(sentence(kind, **values), file=file)
        self.kind = kind
        self.values = values

    def said(self, lang: Language) -> str:
        """Say why, in the language of the reader; the name of the file is left to the place that shows it."""
        reason = self.reason
        return reason.of(lang) if isinstance(reason, Message) else str(reason)


def sentence(kind: Kind, **values: object) -> Message:
    """Sentence of a kind of refusal, in English and ready to be said in Russian."""
    match kind:
        case "empty":
            pattern = "The file is empty; choose one that holds a table or boundaries."
        case "too_big":
            pattern = "The file has {size} MB and at most {most} MB are read; leave out what the map does not need."
        case "unknown_format":
            pattern = (
                "This is no format that is read here; save tables as CSV or XLSX, boundaries as a zipped shapefile, "
                "GeoPackage or GeoJSON."
            )
        case "binary":
            pattern = "The file holds zero bytes, which no text has; save the table as CSV or XLSX."
        case "undecodable":
            pattern = "The encoding of the file cannot be told; save it as UTF-8."
        case "mixed_encodings":
            pattern = (
                "Line {line} is in another encoding than the rest, which is UTF-8; save the whole file in one encoding."
            )
        case "one_column":
            pattern = "Only one column was found; separate columns by comma, semicolon, tab or vertical bar."
        case "no_rows":
            pattern = "There is no row below the header; give each unit a row."
        case "too_many_columns":
            pattern = (
                "The table has {count} columns or more and at most {most} are read; keep those that the map needs."
            )
        case "too_many_rows":
            pattern = "The table has more than {most} rows, which is as many as are read; keep one row a unit."
        case "too_many_cells":
            pattern = "Rows times columns are {count} cells and at most {most} are read; keep what the map needs."
        case "long_cell":
            pattern = "A cell in row {row} holds more than {most} characters; shorten it."
        case "ragged":
            pattern = (
                "Row {row} has {cells} cells but the header names {columns}; put cells that hold the separator in "
                "quotes."
            )
        case "broken_quotes":
            pattern = "A quotation mark is opened and never closed; double the quotation marks inside a cell."
        case "formula":
            pattern = (
                "Cell {cell} holds a formula, and nothing is computed here; copy the table and paste it as values."
            )
        case "macros":
            pattern = "The workbook holds macros; save it as an XLSX workbook without them."
        case "old_workbook":
            pattern = "This is a workbook of the old format XLS; save it as XLSX."
        case "password":
            pattern = "The file is protected by a password; save it without one."
        case "binary_workbook":
            pattern = "This is a binary workbook (XLSB); save it as XLSX."
        case "open_document":
            pattern = "This is an OpenDocument file; save the table as XLSX or CSV."
        case "damaged_workbook":
            pattern = (
                "The workbook is damaged and cannot be read; open it in a spreadsheet program and save it anew as XLSX."
            )
        case "document_type":
            pattern = "The workbook declares XML entities, which no spreadsheet program writes; save it anew as XLSX."
        case "damaged_archive":
            pattern = "The archive is damaged or cut short; pack the files anew."
        case "bomb":
            pattern = (
                "The archive unpacks to far more than its size or than {most} MB; pack only the files of one layer or"
                " table."
            )
        case "nested":
            pattern = "The archive holds another archive, {name}; pack the files themselves."
        case "climbs":
            pattern = "The archive names a file outside itself, {name}; pack the files without their folders."
        case "linked":
            pattern = "The archive holds a link instead of a file, {name}; pack the file itself."
        case "members":
            pattern = (
                "The archive holds {count} files and at most {most} are read; pack the files of one layer or table."
            )
        case "no_layer":
            pattern = "The archive holds no shapefile; pack the .shp, .shx, .dbf and .prj of one layer."
        case "several_layers":
            pattern = "The file holds several layers ({names}); save the one with your units by itself."
        case "lacks_shp":
            pattern = "The shapefile lacks its .shp, which holds the outlines; pack .shp, .shx, .dbf and .prj together."
        case "lacks_shx":
            pattern = (
                "The shapefile lacks its .shx, the index of the outlines; pack .shp, .shx, .dbf and .prj together."
            )
        case "lacks_dbf":
            pattern = "The shapefile lacks its .dbf, which holds the names; pack .shp, .shx, .dbf and .prj together."
        case "truncated_shp":
            pattern = (
                "The .shp is cut short: it announces {announced} bytes and holds {there}; copy it anew from its source."
            )
        case "damaged_shx":
            pattern = "The .shx does not belong to the .shp; take both from one copy of the layer."
        case "damaged_dbf":
            pattern = "The .dbf does not have a row for each outline; take .shp and .dbf from one copy of the layer."
        case "damaged_layer":
            pattern = "The boundaries are damaged and cannot be read; open them in a GIS and save them anew."
        case "unknown_crs":
            pattern = (
                "The boundaries do not say their reference system and are not in degrees; choose the system below or "
                "add the .prj."
            )
        case "unsuitable_layer":
            pattern = "The boundaries cannot be used: {reason}."
        case "many_units":
            pattern = "The layer has {count} features and at most {most} are read; keep those of your units."
        case "vertices":
            pattern = (
                "Simplified, the outlines still have {count} vertices and at most {most} are drawn; simplify the layer."
            )
        case "too_long":
            pattern = "Reading the file takes longer than {most} seconds; simplify it."
        case "too_much_memory":
            pattern = "Reading the file takes more memory than there is for one file; make it smaller."
        case "not_finite":
            pattern = (
                "Row {row} of “{column}” holds “{cell}”, which is no finite number; leave the cell empty where there "
                "are no data."
            )
        case "not_a_number":
            pattern = (
                "Row {row} of “{column}” holds “{cell}”, which is not a number; mend it, or leave it empty where "
                "there are no data."
            )
        case "no_numbers":
            pattern = "No column of the table holds numbers; the map needs one."
        case "negative_circles":
            pattern = "Circles cannot show negative figures; draw them as areas."
        case "many_names":
            pattern = (
                "Column “{column}” holds {count} different names and at most {most} are matched; choose the column "
                "that names the units."
            )
        case "no_key":
            pattern = "No column “{column}”; the table has {known}."
        case "unit_twice":
            pattern = "{unit} stands in several rows ({rows}); keep one row a unit."
        case "unit_twice_in_year":
            pattern = "{unit} stands in several rows of {year} ({rows}); keep one row a unit and year."
        case "undated":
            pattern = "{count} rows of units say no year ({rows}); mend the column of years, or take them out."
        case "unmatched":
            pattern = "{count} names are not matched ({names}); mend them, or take them out."
        case "feature_twice":
            pattern = "“{unit}” names several features of the boundaries; choose a column whose values differ."
    return Message(pattern, **values)
