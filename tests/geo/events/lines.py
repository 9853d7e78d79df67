"""Lines of event files made by hand, in the form that each data set gives them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from geo.events.formats import by_source
from geo.events.schema import Source

GDELT = {
    "GLOBALEVENTID": "1001",
    "SQLDATE": "20200715",
    "MonthYear": "202007",
    "Year": "2020",
    "FractionDate": "2020.5342",
    "Actor1CountryCode": "RUS",
    "Actor2CountryCode": "NOR",
    "IsRootEvent": "1",
    "EventCode": "042",
    "EventBaseCode": "042",
    "EventRootCode": "04",
    "QuadClass": "1",
    "GoldsteinScale": "1.9",
    "NumMentions": "6",
    "NumSources": "1",
    "NumArticles": "6",
    "AvgTone": "1.5",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Murmansk, Murmanskaya Oblast', Russia",
    "ActionGeo_CountryCode": "RS",
    "ActionGeo_ADM1Code": "RS49",
    "ActionGeo_Lat": "68.9792",
    "ActionGeo_Long": "33.0925",
    "DATEADDED": "20200716",
    "SOURCEURL": "https://example.org/talks-in-murmansk",
}
POLECAT = {
    "Event ID": "20221101-1-abc",
    "Event Date": "2022-11-01",
    "Event Type": "CONSULT",
    "Event Mode": "visit",
    "Event Intensity": "3.5",
    "Quad Code": "VERBAL COOPERATION",
    "Actor Country": "RUS",
    "Recipient Country": "KAZ",
    "Placename": "Orenburg",
    "City": "Orenburg",
    "Province": "Orenburg Oblast",
    "Country": "RUS",
    "Latitude": "51.7727",
    "Longitude": "55.0988",
    "Feature Type": "PPLA",
    "Publication Date": "2022-11-02",
    "Language": "en",
    "Version": "NGEC_coder-v1",
}
ICEWS = {
    "Event ID": "20718170",
    "Event Date": "2012-03-04",
    "Source Country": "Russian Federation",
    "CAMEO Code": "042",
    "Intensity": "1.9",
    "Target Country": "Finland",
    "Story ID": "9876543",
    "Sentence Number": "3",
    "City": "Petrozavodsk",
    "Province": "Kareliya",
    "Country": "Russian Federation",
    "Latitude": "61.7849",
    "Longitude": "34.3469",
}
UCDP = {
    "id": "450001",
    "year": "2022",
    "type_of_violence": "1",
    "side_a": "Government of Russia (Soviet Union)",
    "side_b": "Government of Ukraine",
    "number_of_sources": "-1",
    "source_date": "2022-04-02;2022-04-01;2023-01-05",
    "source_headline": 'A headline, "quoted",\nwith the end of a line',
    "where_prec": "1",
    "where_coordinates": "Belgorod town",
    "adm_1": "Belgorod oblast",
    "latitude": "50.61",
    "longitude": "36.58",
    "country": "Russia (Soviet Union)",
    "date_start": "2022-04-01 00:00:00.000",
    "date_end": "2022-04-01 00:00:00.000",
    "best": "2",
    "high": "3",
    "low": "2",
}
ACLED = {
    "event_id_cnty": "RUS123",
    "event_date": "15 July 2023",
    "year": "2023",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of Ukraine (2019-)",
    "actor2": "Civilians (Russia)",
    "country": "Russia",
    "admin1": "Belgorod",
    "location": "Shebekino",
    "latitude": "50.4140",
    "longitude": "36.8944",
    "fatalities": "1",
    "timestamp": "1689710400",
}
ROWS: dict[Source, dict[str, str]] = {
    "gdelt1": GDELT,
    "gdelt2": GDELT,
    "polecat": POLECAT,
    "icews": ICEWS,
    "ucdp_ged": UCDP,
    "acled": ACLED,
}
WITH_HEADER: tuple[Source, ...] = ("polecat", "icews", "ucdp_ged", "acled")


def text(source: Source, *changes: Mapping[str, str], width: int | None = None, header: Iterable[str] = ()) -> bytes:
    """Text of a file with a row for each of the changes to the row above, or with that row alone."""
    columns = by_source(source).columns[:width]
    rows = [{**ROWS[source], **change} for change in changes or ({},)]
    cells = [[row.get(name, "") for name in columns] for row in rows]
    above = [list(header) or list(columns)] if source in WITH_HEADER else []
    if not by_source(source).quoted:
        return "".join("\t".join(row) + "\n" for row in (*above, *cells)).encode()
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([*above, *cells])
    return made.getvalue().encode()
