"""Files in the format of GDELT 2.0 with invented records: a seed and a number give the same bytes on every machine.

Nothing in them happened. What is like the real thing is the form: 61 columns, about 400 bytes a record, some records a
report, four in a hundred placed in a Russian subject, most of those in Moscow.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv

from geo import facts
from geo.events.formats import by_source

SEED = 20_220_224
FIRST_YEAR, YEARS, PER_DAY = 2015, 10, 2_500
IN_RUSSIA = 0.04
ACTORS = ["", "RUS", "USA", "CHN", "UKR", "FIN", "NOR", "KAZ", "TUR", "DEU", "JPN", "POL", "BLR", "EUR", "ROM", "ROU"]
ACTOR_SHARES = [0.28, 0.12, 0.2, 0.07, 0.06, 0.03, 0.03, 0.03, 0.04, 0.04, 0.03, 0.02, 0.02, 0.01, 0.01, 0.01]
RUSSIAN_PLACES = [  # full name, ADM1, latitude, longitude, share
    ("Moscow, Moskva, Russia", "RS48", 55.7522, 37.6156, 0.7),
    ("Saint Petersburg, Sankt-Peterburg, Russia", "RS66", 59.8944, 30.2642, 0.08),
    ("Murmansk, Murmanskaya Oblast', Russia", "RS49", 68.9792, 33.0925, 0.03),
    ("Vladivostok, Primorskiy Kray, Russia", "RS59", 43.1333, 131.9, 0.03),
    ("Kaliningrad, Kaliningradskaya Oblast', Russia", "RS23", 54.71, 20.5, 0.03),
    ("Belgorod, Belgorodskaya Oblast', Russia", "RS09", 50.6107, 36.5802, 0.03),
    ("Karabakh, Dagestan, Russia", "RS17", 42.4333, 47.45, 0.06),
    ("Chita, Chitinskaya Oblast', Russia", "RS14", 52.0333, 113.55, 0.02),
    ("Russia", "RS", 60.0, 100.0, 0.02),
]
FOREIGN_PLACES = [
    ("Washington, District of Columbia, United States", "US", "USDC", 38.8951, -77.0364),
    ("Beijing, Beijing, China", "CH", "CH22", 39.9289, 116.388),
    ("Kiev, Kyyiv, Misto, Ukraine", "UP", "UP12", 50.4333, 30.5167),
    ("Helsinki, Southern Finland, Finland", "FI", "FI13", 60.1756, 24.9342),
    ("Belgrade, Serbia (General), Serbia", "RI", "RI00", 44.8186, 20.4681),
    ("Paris, France (General), France", "FR", "FR00", 48.8667, 2.33333),
]


def gdelt2_table(records: int, seed: int = SEED, first_id: int = 1) -> pa.Table:
    """Invent records.

    Returns
    -------
    Table of the 61 columns of GDELT 2.0, all text.
    """
    random = np.random.default_rng([seed, first_id])
    columns = dict.fromkeys(by_source("gdelt2").columns, _constant("", records))
    reported = np.datetime64(f"{FIRST_YEAR}-01-01") + first_id // PER_DAY % (YEARS * 365)
    added = reported + np.arange(records) // PER_DAY
    # as in real files, some reports speak of a day one or ten years ago
    back = random.choice([0, 365, 3650], records, p=[0.94, 0.04, 0.02])
    date, day_added = _digits(added - back), _digits(added)
    report = np.sort(random.integers(0, max(records * 2 // 3, 1), records))
    events = facts.table("cameo_events")
    event = random.integers(0, len(events), records)
    actors = [random.choice(len(ACTORS), records, p=ACTOR_SHARES) for _actor in range(2)]
    columns |= {
        "GLOBALEVENTID": pa.array(np.arange(first_id, first_id + records)).cast(pa.string()),
        "SQLDATE": date,
        "MonthYear": pa.compute.utf8_slice_codeunits(date, 0, 6),
        "Year": pa.compute.utf8_slice_codeunits(date, 0, 4),
        "FractionDate": _constant("2020.5479", records),
        "IsRootEvent": _constant("1", records),
        "EventCode": _chosen(events["code"], event),
        "EventBaseCode": _chosen(events["code"].str[:3], event),
        "EventRootCode": _chosen(events["root_code"], event),
        "QuadClass": _chosen(events["quad_class"].astype(str), event),
        "GoldsteinScale": _chosen(events["goldstein"].astype(str), event),
        "NumMentions": pa.array(random.geometric(0.2, records)).cast(pa.string()),
        "NumSources": _constant("1", records),
        "NumArticles": _constant("4", records),
        "AvgTone": pa.array(np.round(random.normal(-2, 4, records), 4)).cast(pa.string()),
        "DATEADDED": pa.compute.binary_join_element_wise(day_added, _constant("114500", records), ""),
        "SOURCEURL": _links(report, first_id, random),
    }
    for number, actor in enumerate(actors, start=1):
        code = _chosen(ACTORS, actor)
        columns |= {f"Actor{number}Code": code, f"Actor{number}Name": code, f"Actor{number}CountryCode": code}
    columns |= _places(records, random)
    return pa.table(columns)


def write_gdelt2(
    folder: Path, records: int, seed: int = SEED, per_file: int = 250_000, zipped: bool = False, start: int = 0
) -> None:
    """Write invented records into files of at most so many, tab-separated, no header, no quotes.

    The first has the number ``start + 1``; numbers, days and links go on from there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(start, start + records, per_file):
        table = gdelt2_table(min(per_file, start + records - first), seed, first + 1)
        name = f"{first:012}.export.CSV"
        options = csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
        if not zipped:
            csv.write_csv(table, folder / name, options)
            continue
        text = pa.BufferOutputStream()
        csv.write_csv(table, text, options)
        with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            # the time of an entry would make the archive another one every time
            archive.writestr(zipfile.ZipInfo(name), text.getvalue().to_pybytes(), zipfile.ZIP_DEFLATED)


def _digits(days: np.ndarray) -> pa.Array:
    different, at = np.unique(days, return_inverse=True)
    return _chosen([str(day).replace("-", "") for day in different], at)


def _constant(text: str, records: int) -> pa.Array:
    return pa.array([text]).take(pa.array(np.zeros(records, np.int32)))


def _chosen(texts: object, at: np.ndarray) -> pa.Array:
    return pa.array(list(texts), pa.string()).take(pa.array(at))  # type: ignore[call-overload]


def _links(report: np.ndarray, first_id: int, random: np.random.Generator) -> pa.Array:
    hosts = pa.array([f"https://www.news{n}.example/world/" for n in range(200)])
    words = pa.array(["border-talks", "trade-delegation-visits", "sanctions-announced", "joint-drill", "ferry-line"])
    per_report = random.integers(0, 1000, int(report.max()) + 1)
    number = pa.array(report.astype(np.int64) + first_id * 1_000_003).cast(pa.string())
    host, word = (words_of.take(pa.array(per_report[report] % len(words_of))) for words_of in (hosts, words))
    return pa.compute.binary_join_element_wise(host, number, word, "-")


def _places(records: int, random: np.random.Generator) -> dict[str, pa.Array]:
    abroad = len(FOREIGN_PLACES)
    shares = [(1 - IN_RUSSIA) / abroad] * abroad + [IN_RUSSIA * share for *_place, share in RUSSIAN_PLACES]
    at = random.choice(len(shares), records, p=np.array(shares) / sum(shares))
    places = [*FOREIGN_PLACES, *((name, "RS", adm1, lat, lon) for name, adm1, lat, lon, _share in RUSSIAN_PLACES)]
    kinds = ["1" if "," not in name else "4" for name, *_rest in places]
    name, country, adm1, lat, lon = (_chosen(map(str, cells), at) for cells in zip(*places, strict=True))
    kind = _chosen(kinds, at)
    cells = {"Type": kind, "FullName": name, "CountryCode": country, "ADM1Code": adm1, "Lat": lat, "Long": lon}
    return {f"{of}Geo_{part}": cell for of in ("Actor1", "Action") for part, cell in cells.items()}
