"""What a record of an event is, and how the store is laid out.

A store is a folder::

    STORE/records/year=YYYY/BATCH.parquet   records by the year of the event, SCHEMA without ``year``
    STORE/rejects/BATCH.csv                 lines that could not be read: file, line, reason, text
    STORE/verdicts.csv                      what readers said of places (geo.events.review)
    STORE/manifest.json                     files taken (sha256, counts) and the parts that hold their records

Only the parts that the manifest names belong to the store: a part is put in its place first, the manifest last, so
that a reader never sees half a batch. :func:`geo.events.store.parts` lists them; do not read the folder by a pattern.
Records are sorted by subject within a part, so that the statistics of row groups (``ROW_GROUP`` records)
tell which to skip.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import pyarrow as pa

Source = Literal["gdelt1", "gdelt2", "polecat", "icews", "ucdp_ged", "acled"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)

PlaceType = Literal["country", "adm1", "city", "other"]
PLACE_TYPES: Final[tuple[PlaceType, ...]] = get_args(PlaceType)

QuadClass = Literal[1, 2, 3, 4]
VERBAL_COOPERATION: Final = 1
MATERIAL_COOPERATION: Final = 2
VERBAL_CONFLICT: Final = 3
MATERIAL_CONFLICT: Final = 4
COOPERATION: Final = (VERBAL_COOPERATION, MATERIAL_COOPERATION)
CONFLICT: Final = (VERBAL_CONFLICT, MATERIAL_CONFLICT)

ROW_GROUP: Final = 32_768
"""Records in a row group: those of one subject in a year of GDELT fill some, and a scan skips the others."""


def _column(name: str, kind: pa.DataType, meaning: str, *, required: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=not required, metadata={"meaning": meaning})


SCHEMA: Final = pa.schema(
    [
        _column("source", pa.string(), "Data set, one of SOURCES", required=True),
        _column(
            "event_id",
            pa.string(),
            "Id in the data set; of ICEWS id and date, as its ids alone stand twice",
            required=True,
        ),
        _column("event_date", pa.int32(), "Day of the event, YYYYMMDD; of UCDP the first day", required=True),
        _column("year", pa.int32(), "Year of the event; name of the folder, not in the files", required=True),
        _column(
            "report_year",
            pa.int32(),
            "Year of the report, of several the first (ACLED: of its last change); null: not told",
        ),
        _column("actor1_country", pa.string(), "ISO 3166-1 alpha-2 of who acts; ZZ: a code of no country; null: none"),
        _column("actor2_country", pa.string(), "ISO 3166-1 alpha-2 of whom it is done to; ZZ and null as above"),
        _column(
            "code",
            pa.string(),
            "CAMEO code with its leading zeros; of other data sets their own type and subtype, TYPE/subtype",
        ),
        _column("root_code", pa.string(), "CAMEO root, two digits; of other data sets their own type", required=True),
        _column(
            "quad_class",
            pa.int8(),
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; null: none of them",
        ),
        _column("goldstein_tenths", pa.int16(), "Goldstein score or intensity in tenths, -100 to 100; null: no score"),
        _column(
            "mentions",
            pa.int32(),
            "Mentions or sources as the data set counts them; 1 where a record is coded from one report",
            required=True,
        ),
        _column("place", pa.string(), "The place named, without what it lies in: `Karabakh`; null: no place"),
        _column("place_name", pa.string(), "The place as the data set writes it: `Karabakh, Dagestan, Russia`"),
        _column("place_type", pa.string(), "One of PLACE_TYPES; null where the data set does not tell"),
        _column("place_adm1", pa.string(), "First-level unit in the data set's own code (`RS17`) or name"),
        _column("place_country", pa.string(), "ISO 3166-1 alpha-2 of the place"),
        _column(
            "iso_3166_2",
            pa.string(),
            "One of the 83 subjects, retired units resolved to their successors; null: not in one, or country level",
        ),
        _column("lat", pa.float64(), "Degrees north, WGS 84, as the data set gives them"),
        _column("lon", pa.float64(), "Degrees east, WGS 84"),
        _column("link", pa.string(), "Address of the report, http or https; null where the data set gives none"),
        _column(
            "report_id",
            pa.int64(),
            "Identity of the report: hash of its link (ICEWS: its story number); without one, of the event",
            required=True,
        ),
        _column("deaths", pa.int32(), "Deaths, best estimate (UCDP) or reported (ACLED); null where not counted"),
    ]
)

PARTITION: Final = "year"
STORED: Final = pa.schema([column for column in SCHEMA if column.name != PARTITION])
"""Columns in the files of a store; ``year`` is in the name of their folder."""
