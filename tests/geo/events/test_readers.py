"""Readers of the six data sets: real rows of GDELT where they are at hand, rows made by hand for every known trap."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo import facts
from geo.errors import DataError
from geo.events import formats, lines, opening, records
from geo.events.schema import PLACE_TYPES, SCHEMA, SOURCES, Source
from geo.events.standing import CITED
from tests.geo.events.lines import GDELT, ROWS, text

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "data" / "events" / "gdelt_russia_sample.csv"


def read(content: bytes) -> tuple[list[dict[str, Any]], list[lines.Reject], dict[tuple[str, str], int]]:
    """Records, rejects and unknown codes of a text."""
    layout = formats.recognise(content[: formats.START], "file")
    found = list(records.read(lines.blocks([content], layout.format.quoted), layout))
    rows = [row for one in found for row in one.table.to_pylist()]
    return (
        rows,
        [reject for one in found for reject in one.rejects],
        dict(sum((one.unknown for one in found), start=records.Unknown())),
    )


def only(content: bytes) -> dict[str, Any]:
    """The one record of a text that has nothing wrong."""
    rows, rejects, unknown = read(content)
    assert (len(rows), rejects, unknown) == (1, [], {})
    return rows[0]


def has(record: Mapping[str, Any], **values: object) -> None:
    assert {name: record[name] for name in values} == values


def test_the_numbers_of_columns_are_those_of_the_codebooks() -> None:
    counts = {one.source: one.counts for one in formats.formats()}
    assert counts == {
        "gdelt1": (57, 58),
        "gdelt2": (61,),
        "polecat": (40,),
        "icews": (20,),
        "ucdp_ged": (49,),
        "acled": (31,),
    }
    assert tuple(counts) == SOURCES


@pytest.mark.parametrize("source", SOURCES)
def test_a_format_is_recognised_by_its_content(source: Source) -> None:
    assert formats.recognise(text(source), "misleading_name.xls").format.source == source


@pytest.mark.parametrize("source", SOURCES)
def test_every_record_is_of_the_schema(source: Source) -> None:
    content = text(source)
    layout = formats.recognise(content, "file")
    (found,) = records.read(lines.blocks([content], layout.format.quoted), layout)
    assert found.table.schema == SCHEMA
    row = found.table.to_pylist()[0]
    assert row["source"] == source
    assert row["place_type"] in (*PLACE_TYPES, None)


@pytest.mark.parametrize(("source", "width"), [("gdelt1", 58), ("gdelt2", 61)])
def test_gdelt(source: Source, width: int) -> None:
    has(
        only(text(source)),
        event_id="1001",
        event_date=20200715,
        year=2020,
        report_year=2020,
        actor1_country="RU",
        actor2_country="NO",
        code="042",
        root_code="04",
        quad_class=1,
        goldstein_tenths=19,
        mentions=6,
        place="Murmansk",
        place_name="Murmansk, Murmanskaya Oblast', Russia",
        place_type="city",
        place_adm1="RS49",
        place_country="RU",
        iso_3166_2="RU-MUR",
        lat=68.9792,
        lon=33.0925,
        link="https://example.org/talks-in-murmansk",
        deaths=None,
    )
    assert len(formats.by_source(source).columns) == width


def test_gdelt_of_before_april_2013_has_no_links_and_each_record_is_a_report() -> None:
    rows, rejects, _unknown = read(text("gdelt1", {}, {"GLOBALEVENTID": "1002"}, width=57))
    assert rejects == []
    assert [row["link"] for row in rows] == [None, None]
    assert rows[0]["report_id"] != rows[1]["report_id"]


def test_records_of_one_link_are_of_one_report() -> None:
    rows, _rejects, _unknown = read(
        text("gdelt2", {}, {"GLOBALEVENTID": "1002", "EventCode": "036", "EventRootCode": "03"})
    )
    assert rows[0]["report_id"] == rows[1]["report_id"]


@pytest.mark.parametrize(
    ("adm1", "country", "subject"),
    [
        ("RS02", "RS", "RU-ZAB"),  # Aga Buryatia, merged in 2008
        ("RS14", "RS", "RU-ZAB"),  # Chita Oblast, merged in 2008
        ("RS93", "RS", "RU-ZAB"),
        ("RS74", "RS", "RU-KYA"),  # Taymyr, merged in 2007
        ("RS48", "RS", "RU-MOW"),
        ("RS", "RS", None),  # the country alone
        ("RS00", "RS", None),
        ("UP11", "UP", None),  # Crimea is coded under Ukraine
        ("UP20", "UP", None),  # Sevastopol
        ("RI00", "RI", None),  # Serbia, whose ISO code is RS
        ("", "", None),
    ],
)
def test_retired_units_lead_to_their_successors(adm1: str, country: str, subject: str | None) -> None:
    record = only(text("gdelt2", {"ActionGeo_ADM1Code": adm1, "ActionGeo_CountryCode": country}))
    assert record["iso_3166_2"] == subject


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("ROM", "RO"),
        ("ROU", "RO"),
        ("MTN", "ME"),
        ("MNE", "ME"),
        ("SRB", "RS"),
        ("NAM", "NA"),
        ("EUR", "ZZ"),  # the European Union is nobody's Russian side
        ("", None),
    ],
)
def test_country_codes_of_actors(code: str, country: str | None) -> None:
    assert only(text("gdelt2", {"Actor2CountryCode": code}))["actor2_country"] == country


@pytest.mark.parametrize(("code", "country"), [("RS", "RU"), ("RI", "RS"), ("UP", "UA"), ("WA", "NA"), ("PS", "PW")])
def test_country_codes_of_places(code: str, country: str) -> None:
    assert only(text("gdelt2", {"ActionGeo_CountryCode": code, "ActionGeo_ADM1Code": ""}))["place_country"] == country


def test_codes_that_no_table_knows_are_counted_and_the_record_stays() -> None:
    change = {"Actor2CountryCode": "QQQ", "ActionGeo_ADM1Code": "RS99", "EventCode": "999", "ActionGeo_Lat": "55#.1"}
    rows, rejects, unknown = read(text("gdelt2", change, {**change, "GLOBALEVENTID": "2"}))
    assert rejects == []
    assert unknown == {
        ("CAMEO country", "QQQ"): 2,
        ("FIPS unit", "RS99"): 2,
        ("CAMEO event", "999"): 2,
        (records.COORDINATE, "55#.1"): 2,
    }
    has(
        rows[0],
        actor2_country="ZZ",
        iso_3166_2=None,
        place_adm1="RS99",
        code="999",
        root_code="04",
        lat=None,
        lon=33.0925,
    )


@pytest.mark.parametrize(
    ("source", "change", "kind"),
    [
        ("gdelt1", {"EventRootCode": "99"}, "type of event"),
        ("gdelt1", {"ActionGeo_Type": "9"}, "type of place"),
        ("gdelt1", {"DATEADDED": "20209999"}, "day of a report"),
        ("gdelt2", {"ActionGeo_Type": "city"}, "type of place"),
        ("gdelt2", {"DATEADDED": "yesterday"}, "day of a report"),
        ("polecat", {"Event Type": "GOSSIP"}, "type of event"),
        ("polecat", {"Feature Type": "XYZ"}, "type of place"),
        ("polecat", {"Publication Date": "2022-13-40"}, "day of a report"),
        ("ucdp_ged", {"type_of_violence": "4"}, "type of event"),
        ("ucdp_ged", {"where_prec": "8"}, "type of place"),
        ("ucdp_ged", {"source_date": "unknown"}, "day of a report"),
        ("ucdp_ged", {"source_date": "2022-13-40; 22-04-01"}, "day of a report"),
        ("acled", {"event_type": "Rumours"}, "type of event"),
        ("acled", {"timestamp": "18 July 2023"}, "day of a report"),
        ("acled", {"timestamp": "9" * 30}, "day of a report"),
        ("acled", {"timestamp": "99999999999"}, "day of a report"),
    ],
)
def test_types_and_days_that_nobody_declared_are_counted_and_the_record_stays(
    source: Source, change: dict[str, str], kind: str
) -> None:
    rows, rejects, unknown = read(text(source, change, change, {}))
    (value,) = change.values()
    assert (len(rows), rejects, unknown) == (3, [], {(kind, value): 2})


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("gdelt2", {"ActionGeo_Type": "0"}),
        ("gdelt2", {"ActionGeo_Type": "", "DATEADDED": ""}),
        ("polecat", {"Feature Type": "ADM2"}),
        ("acled", {"event_type": "Strategic developments"}),
        ("ucdp_ged", {"where_prec": "7"}),
        ("ucdp_ged", {"source_date": ""}),
        ("acled", {"timestamp": ""}),
    ],
)
def test_what_has_no_class_here_or_is_empty_is_not_unknown(source: Source, change: dict[str, str]) -> None:
    only(text(source, change))


def test_years_of_the_event_and_of_the_report_are_two() -> None:
    has(only(text("gdelt1", {"SQLDATE": "20100715"})), year=2010, report_year=2020)
    has(only(text("gdelt2", {"DATEADDED": "20210101001500"})), year=2020, report_year=2021)
    # of several reports of UCDP the first; 18 July 2023, 20:00 UTC, and the last and first second of two years
    has(only(text("ucdp_ged")), year=2022, report_year=2022)
    has(only(text("ucdp_ged", {"source_date": "2023-01-01 00:00:00.000;2022-13-40"})), year=2022, report_year=2023)
    has(only(text("ucdp_ged", {"source_date": ""})), report_year=None)
    has(only(text("acled")), year=2023, report_year=2023)
    has(only(text("acled", {"timestamp": "1704067199"})), year=2023, report_year=2023)
    has(only(text("acled", {"timestamp": "1704067200"})), year=2023, report_year=2024)


@pytest.mark.parametrize("intensity", ["Event Intensity", "Intensity"])
def test_polecat(intensity: str) -> None:
    names = [intensity if name == "Event Intensity" else name for name in formats.by_source("polecat").columns]
    record = only(text("polecat", {"Actor Country": "RUS", "Quad Code": "VERBAL COOPERATION"}, header=names))
    has(
        record,
        event_date=20221101,
        report_year=2022,
        actor1_country="RU",
        actor2_country="KZ",
        code="CONSULT/visit",
        root_code="CONSULT",
        quad_class=1,
        goldstein_tenths=35,
        mentions=1,
        place="Orenburg",
        place_name="Orenburg, Orenburg Oblast, RUS",
        place_type="city",
        iso_3166_2="RU-ORE",
        link=None,
    )


def test_polecat_none_is_nothing_and_of_several_countries_the_first_is_taken_and_counted() -> None:
    change = {"Actor Country": "RUS;BLR", "Recipient Country": "None", "Event Intensity": "None", "Event Mode": "None"}
    rows, rejects, unknown = read(text("polecat", change))
    assert (rejects, unknown) == ([], {(records.SEVERAL, "RUS;BLR"): 1})
    has(rows[0], actor1_country="RU", actor2_country=None, goldstein_tenths=None, code="CONSULT")


def test_polecat_headers_that_name_columns_which_are_not_there() -> None:
    names = [*formats.by_source("polecat").columns, "Headline", "Story ID"]
    has(only(text("polecat", header=names)), iso_3166_2="RU-ORE", lat=51.7727)


def test_polecat_lines_with_empty_columns_in_excess_are_records_and_others_are_not() -> None:
    sound = text("polecat", {}, {"Event ID": "2"}).replace(b"\n", b"\t\t\n")
    rows, rejects, _unknown = read(sound)
    assert (len(rows), rejects) == (2, [])
    torn = sound.replace(b"NGEC_coder-v1\t\t\n", b"NGEC_coder-v1\tmore\t\n", 1)
    rows, rejects, _unknown = read(torn)
    assert [(reject.line, reject.reason) for reject in rejects] == [(2, "more than 40 columns")]
    assert len(rows) == 1


def test_iso_8859_1_is_read_and_counted() -> None:
    content = text("polecat", {"Placename": "Kölns Dorf"}).decode().encode("iso-8859-1")
    rows, rejects, unknown = read(content)
    assert (rejects, unknown) == ([], {(records.RECODED, "polecat"): 1})
    assert rows[0]["place"] == "Kölns Dorf"


def test_icews() -> None:
    has(
        only(text("icews")),
        event_id="20718170-20120304",
        event_date=20120304,
        report_year=None,
        actor1_country="RU",
        actor2_country="FI",
        code="042",
        root_code="04",
        quad_class=1,
        goldstein_tenths=19,
        place="Petrozavodsk",
        place_name="Petrozavodsk, Kareliya, Russian Federation",
        iso_3166_2="RU-KR",
        link=None,
    )


def test_icews_ids_stand_twice_with_different_days() -> None:
    rows, _rejects, _unknown = read(text("icews", {}, {"Event Date": "2012-03-05"}))
    assert len({row["event_id"] for row in rows}) == 2
    assert rows[0]["report_id"] == rows[1]["report_id"], "both are of one story"


def test_icews_leading_zeros_that_a_spreadsheet_dropped_are_restored() -> None:
    has(only(text("icews", {"CAMEO Code": "42"})), code="042", root_code="04")
    has(only(text("icews", {"CAMEO Code": "841"})), code="0841", root_code="08", quad_class=2)
    has(only(text("icews", {"CAMEO Code": "190"})), code="190", root_code="19", quad_class=4)


def test_icews_country_alone_is_no_place() -> None:
    record = only(text("icews", {"City": "", "Province": ""}))
    has(record, place=None, place_name="Russian Federation", iso_3166_2=None)


def test_ucdp() -> None:
    has(
        only(text("ucdp_ged")),
        event_date=20220401,
        actor1_country="RU",
        actor2_country="UA",
        quad_class=4,
        goldstein_tenths=None,
        mentions=1,
        place="Belgorod town",
        place_type="city",
        iso_3166_2="RU-BEL",
        place_country="RU",
        deaths=2,
    )


def test_ucdp_without_a_header() -> None:
    content = text("ucdp_ged")
    has(only(content[content.index(b"\n") + 1 :]), event_id="450001", iso_3166_2="RU-BEL")


def test_ucdp_actors_that_are_no_state_have_no_country() -> None:
    has(only(text("ucdp_ged", {"side_b": "Wagner (Russia)"})), actor2_country=None)


@pytest.mark.parametrize("day", ["15 July 2023", "2023-07-15"])
def test_acled(day: str) -> None:
    has(
        only(text("acled", {"event_date": day})),
        event_date=20230715,
        actor1_country="UA",
        actor2_country="RU",
        code="Explosions/Remote violence/Air/drone strike",
        root_code="Explosions/Remote violence",
        quad_class=4,
        iso_3166_2="RU-BEL",
        deaths=1,
    )


def test_acled_protest_is_of_the_class_that_gdelt_gives_protest() -> None:
    assert only(text("acled", {"event_type": "Protests"}))["quad_class"] == 3
    assert only(text("acled", {"event_type": "Strategic developments"}))["quad_class"] is None


def test_acled_is_not_to_be_published_and_says_so() -> None:
    assert [one.source for one in formats.formats() if not one.publish] == ["acled"]
    assert "nothing derived" in formats.by_source("acled").terms.en


@pytest.mark.parametrize(
    ("source", "word"),
    [("gdelt1", "open"), ("gdelt2", "open"), ("polecat", "leidos"), ("icews", "dataverse"), ("ucdp_ged", "cc by 4.0")],
)
def test_terms_of_a_format_are_those_of_the_table_of_sources(source: Source, word: str) -> None:
    assert word in formats.by_source(source).terms.en.casefold()
    assert word in facts.sources().loc[CITED[source], "licence"].casefold()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"SQLDATE": "20200732"}, "no day of the years 1900 to 2100"),
        ({"SQLDATE": "00010101"}, "no day of the years 1900 to 2100"),
        ({"GLOBALEVENTID": ""}, "the line has no id of an event"),
        ({"EventRootCode": "", "EventCode": ""}, "the line has no code of an event"),
        ({"QuadClass": "5"}, "the quad class is none of the four"),
        ({"GoldsteinScale": "11"}, "the Goldstein score is no figure from -10 to 10"),
        ({"GoldsteinScale": "high"}, "the Goldstein score is no figure from -10 to 10"),
        ({"NumMentions": "2.5"}, "mentions: no whole number"),
    ],
)
def test_bad_lines_are_rejected_with_line_and_reason(change: dict[str, str], reason: str) -> None:
    rows, rejects, _unknown = read(text("gdelt2", {}, change, {"GLOBALEVENTID": "1003"}))
    assert [(reject.line, reject.reason) for reject in rejects] == [(2, reason)]
    assert [row["event_id"] for row in rows] == ["1001", "1003"]


def test_lines_are_numbered_as_the_file_has_them() -> None:
    good = text("gdelt2")
    content = good + b"one\ttwo\n" + good + b"\0" * 5 + b"\n" + b"\n" + good + text("gdelt2", {"SQLDATE": "x"})
    rows, rejects, _unknown = read(content)
    assert len(rows) == 3
    assert [(reject.line, reject.reason) for reject in rejects] == [
        (2, "2 columns where there should be 61"),
        (4, "the line holds bytes of value zero"),
        (5, "the line has no id of an event"),
        (7, "no day of the years 1900 to 2100"),
    ]


def test_blocks_are_cut_anywhere_without_a_difference() -> None:
    content = text("ucdp_ged", *({"id": str(n)} for n in range(40)))
    layout = formats.recognise(content, "file")
    for size in (7, 100, 3333):
        pieces = (content[at : at + size] for at in range(0, len(content), size))
        found = list(records.read(lines.blocks(pieces, quoted=True), layout))
        assert [row["event_id"] for one in found for row in one.table.to_pylist()] == [str(n) for n in range(40)]


def test_blocks_hold_so_many_lines_and_no_cut_is_within_a_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row has three lines, as a headline of it has two more; a torn line stands after the fourth."""
    rows = text("ucdp_ged", *({"id": str(n), "source_headline": "a\nb\nc"} for n in range(9))).splitlines(True)
    content = b"".join([*rows[: 1 + 4 * 3], b"torn\n", *rows[1 + 4 * 3 :]])
    whole = read(content)
    assert [row["event_id"] for row in whole[0]] == [str(n) for n in range(9)]
    assert len(whole[1]) == 1
    for most in (4, 5, 7, 12):
        monkeypatch.setattr(lines, "MOST", most)
        blocks = list(lines.blocks([content], quoted=True))
        assert len(blocks) > 2
        assert max(block.data.count(b"\n") for block in blocks) < 2 * most
        assert b"".join(block.data for block in blocks) == content
        assert read(content)[0] == whole[0]
        assert [reject.reason for reject in read(content)[1]] == ["1 columns where there should be 49"]


@pytest.mark.parametrize("start", [b'"', b'x"'])
def test_a_quote_that_is_never_closed_does_not_take_the_rest_with_it(start: bytes) -> None:
    """A hundred thousand lines after it are read as they are, and the record after them is one."""
    good = text("ucdp_ged")
    layout = formats.recognise(good, "file")
    content = good + start + b"\n" * 100_000 + good[good.index(b"\n") + 1 :]
    blocks = list(lines.blocks([content], quoted=True))
    assert max(block.data.count(b"\n") for block in blocks) <= lines.MOST
    found = list(records.read(iter(blocks), layout))
    assert sum(one.table.num_rows for one in found) == 2
    assert sum(len(one.rejects) for one in found) <= 2 * lines.LISTED


@pytest.mark.parametrize("source", SOURCES)
def test_empty_lines_are_rejected_one_by_one_in_every_format(source: Source) -> None:
    rows, rejects, _unknown = read(text(source) + b"\n\n")
    assert len(rows) == 1
    assert [reject.reason for reject in rejects] == ["the line has no id of an event"] * 2


def test_of_many_bad_lines_the_first_are_listed_and_all_are_counted() -> None:
    """Torn lines, lines of zeros and empty ones by turns: the first thousand of 6,000."""
    content = text("gdelt2") + b"x\n\0\n\n" * 2_000
    layout = formats.recognise(content[: formats.START], "file")
    (found,) = records.read(lines.blocks([content], quoted=False), layout)
    assert (found.table.num_rows, found.rejected) == (1, 6_000)
    assert [reject.line for reject in found.rejects] == list(range(2, 2 + lines.LISTED))
    assert [reject.reason for reject in found.rejects[:3]] == [
        "1 columns where there should be 61",
        "the line holds bytes of value zero",
        "the line has no id of an event",
    ]


@pytest.mark.parametrize("source", SOURCES)
def test_lines_may_end_as_on_windows_and_begin_with_a_mark(source: Source) -> None:
    content = text(source)
    if source != "ucdp_ged":  # a cell of that row holds an end of a line
        assert only(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")) == only(content)
    assert only(content.rstrip(b"\n")) == only(content), "nor need the last line have an end"


def test_archives_are_read_without_being_unpacked(tmp_path: Path) -> None:
    content = text("gdelt2")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("20200715.export.CSV", content)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(content))
    (tmp_path / "a.csv").write_bytes(content)
    for name in ("a.zip", "a.csv.gz", "a.csv"):
        told: list[int] = []
        texts = [b"".join(member.pieces) for member in opening.members(tmp_path / name, name, told.append)]
        assert texts == [content]
        assert sum(told) > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv.gz", "a.zip"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        ("Event ID\tEvent Date".encode("utf-16"), "the text is UTF-16; save it as UTF-8"),
        (b"a,b,c\n1,2,3\n", "is none of the formats of event data: its first line has 3 columns"),
        (bytes(range(256)) * 4, "this is not text"),
        (text("polecat").replace(b"\n", b"\r"), "its lines end with carriage returns alone"),
        (b"x" * formats.START, "its first line is longer than 65,536 bytes"),
        (text("gdelt2").replace(b"\t", b","), "is none of the formats"),
    ],
)
def test_what_is_no_event_file_ends_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        formats.recognise(content[: formats.START], "file.csv")


# real rows

needs_sample = pytest.mark.skipif(not SAMPLE.exists(), reason=f"the sample of GDELT is not at {SAMPLE}")


def sample() -> pd.DataFrame:
    return pd.read_csv(SAMPLE, dtype=str, keep_default_na=False)


@needs_sample
@pytest.mark.parametrize("source", ["gdelt1", "gdelt2"])
def test_real_records_give_what_the_sample_says(source: Source) -> None:
    """Every real row, put back into the columns of its format; subjects and roots as the sample found them."""
    rows = sample()
    rows = rows[rows["gdelt_version"].str.startswith("1.0") == (source == "gdelt1")]
    real = rows.to_dict("records")
    given = [{name: row.get(name, "") for name in GDELT} | {"MonthYear": row["SQLDATE"][:6]} for row in real]
    read_back, rejects, unknown = read(text(source, *given))
    # GDELT writes OS for oceans, which no list with a source has
    assert (rejects, unknown) == ([], {} if source == "gdelt1" else {("FIPS country", "OS"): 4})
    assert len(read_back) == len(real) > 0
    for found, row in zip(read_back, real, strict=True):
        assert (found["iso_3166_2"] or "") == row["iso_3166_2_action"]
        assert found["event_id"] == row["GLOBALEVENTID"]
        assert found["code"] == row["EventCode"]
        assert found["root_code"] == row["EventRootCode"]
        assert found["goldstein_tenths"] == round(float(row["GoldsteinScale"]) * 10)
        assert (found["link"] or "") == row["SOURCEURL"]


@needs_sample
def test_the_sample_is_not_in_the_repository() -> None:
    assert not list(Path(__file__).resolve().parents[3].rglob("gdelt_russia_sample*"))


def test_every_source_has_a_row_made_by_hand() -> None:
    assert set(ROWS) == set(SOURCES)
