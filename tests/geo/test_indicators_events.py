"""Indicators of event records: there only with a store, and then with the figures of a sum done by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geo import boundaries, indicators, units
from geo.errors import UnknownCodeError
from geo.events import checking, places, review, standing
from geo.events.schema import Source
from geo.events.store import CONFIGURED_BY, MANIFEST
from geo.exports.legends import ranking
from geo.exports.maps import definitions
from geo.exports.tables import values_table
from geo.i18n import Language, translator
from geo.indicators import reported
from geo.indicators.catalogue import FOLDER, read
from geo.indicators.profile import profile
from geo.maps import LIGHT, Choropleth, captions, circle_map
from geo.maps.drawings import MapChoice, draw
from geo.maps.painting import look, marks
from tests.geo.events.records import records, write_store

SHARES = {"events_cooperation_share", "events_conflict_share"}
VIOLENCE = "security_events_100km"

CODED = [
    {"report_id": 1},
    {"report_id": 2, "quad_class": 3, "root_code": "11"},
    {"report_id": 3, "place": "Apatity"},  # too small to be believed
    {"report_id": 4, "iso_3166_2": "RU-DA", "place": "Karabakh"},
    {"report_id": 5, "iso_3166_2": "RU-DA", "place": "Dagestan", "actor2_country": "AZ"},
]
KILLED = {"source": "ucdp_ged", "year": 2022, "quad_class": 4, "root_code": "1", "iso_3166_2": None}
VIOLENT = [
    {**KILLED, "lat": 49.99, "lon": 36.23, "place": "Kharkiv"},  # some 30 km from the border of Belgorod Oblast
    {**KILLED, "lat": 49.99, "lon": 36.23, "place": "Kharkiv"},
    {**KILLED, "lat": 69.727, "lon": 30.045, "place": "Kirkenes"},  # 7 km from Murmansk Oblast
    {**KILLED, "lat": 50.45, "lon": 30.52, "place": "Kyiv"},  # more than 200 km from any subject
    {**KILLED, "lat": 55.16, "lon": 61.40, "place": "Chelyabinsk oblast", "place_type": "adm1"},
    {**KILLED, "lat": None, "lon": None},
]


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CONFIGURED_BY, str(tmp_path))
    return tmp_path


def test_without_a_store_the_catalogue_is_that_of_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONFIGURED_BY, raising=False)
    assert list(indicators.catalogue().items()) == list(read(FOLDER).items())
    assert len(indicators.catalogue()) == 85
    with pytest.raises(UnknownCodeError):
        indicators.find(VIOLENCE)


def test_a_folder_that_holds_no_store_adds_nothing_and_is_told(configured: Path) -> None:
    assert len(indicators.catalogue()) == 85
    assert "no store of events here" in str(standing.problems()[0])


def test_a_store_that_cannot_be_read_takes_nothing_from_the_atlas(
    configured: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_store(configured, records(*CODED))
    (configured / MANIFEST).write_text("{", encoding="utf-8")
    assert len(indicators.catalogue()) == 85
    assert "store of event records cannot be read" in caplog.text
    assert "manifest" in str(standing.problems()[0])


def test_with_a_store_three_join_last_in_their_themes(configured: Path) -> None:
    write_store(configured, records(*CODED, *VIOLENT))
    catalogue = indicators.catalogue()
    assert set(catalogue) - set(read(FOLDER)) == {*SHARES, VIOLENCE}
    themes = [one.theme for one in catalogue.values()]
    assert [theme for theme in indicators.themes() if theme in themes] == list(dict.fromkeys(themes))
    assert {catalogue[key].completeness for key in (*SHARES, VIOLENCE)} == {"lower_bound"}
    assert standing.problems() == []


def test_only_what_the_store_can_tell_joins(configured: Path) -> None:
    write_store(configured, records(*VIOLENT))
    assert set(indicators.catalogue()) - set(read(FOLDER)) == {VIOLENCE}


def test_shares_are_those_of_believed_places(configured: Path) -> None:
    """Five events concern Russia; in Murmansk one cooperates and one conflicts, in Dagestan one cooperates."""
    write_store(configured, records(*CODED))
    cooperation = indicators.join("events_cooperation_share")
    assert cooperation.attrs["year"] == 2020
    assert cooperation["value"].dropna().to_dict() == {"RU-DA": 20.0, "RU-MUR": 20.0}
    assert indicators.join("events_conflict_share")["value"].dropna().to_dict() == {"RU-MUR": 20.0}
    # media write little of most subjects: none found is not none
    assert set(cooperation.loc[["RU-KGD", "RU-MOW"], "status"]) == {"no_data"}
    assert list(indicators.sources_of("events_cooperation_share").index) == ["events:gdelt"]


def test_violence_counts_within_100_km_of_the_outline(configured: Path) -> None:
    write_store(configured, records(*VIOLENT))
    found = indicators.join(VIOLENCE, 2022)["value"].dropna()
    assert found.to_dict() == {"RU-BEL": 2.0, "RU-MUR": 1.0}
    assert list(indicators.sources_of(VIOLENCE).index) == ["events:ucdp"]


def test_distances_agree_with_the_geodesic() -> None:
    """On a grid round Kharkiv nothing within 95 km on the ellipsoid is missed, nothing beyond 105 km counted."""
    belgorod = boundaries.load("subjects").geometry["RU-BEL"]
    edge = shapely.get_coordinates(shapely.segmentize(belgorod.boundary, 0.02))
    grid = [(lat / 10, lon / 10) for lat in range(478, 504, 2) for lon in range(340, 390, 5)]
    earth = Geod(ellps="WGS84")
    for number, (lat, lon) in enumerate(grid):
        inside = belgorod.contains(shapely.Point(lon, lat))
        away = 0 if inside else min(earth.inv([lon] * len(edge), [lat] * len(edge), edge[:, 0], edge[:, 1])[2]) / 1000
        point = pd.DataFrame({"year": [2000 + number % 20], "lat": lat, "lon": lon, "events": 1})
        counted = bool(reported.nearby(point, 100)["RU-BEL"].sum())
        assert counted == (away < 100) or 95 < away < 105, (lat, lon, away)


def checked(subject: str, source: Source, number: int) -> list[review.Saying]:
    """As many right places of a subject."""
    rule = places.shipped().default
    place = str(units.subjects()["name_en"][subject])
    return [
        review.Saying(f"{subject}{source}{n}", source, rule, subject, place, "", "right", "Ada", f"2026-01-{n + 1:02d}")
        for n in range(number)
    ]


def test_the_caution_stands_until_every_subject_with_events_is_checked(configured: Path) -> None:
    """Murmansk and Dagestan have events; the villages of CODED are not believed, so no other subject is mapped."""
    write_store(configured, records(*CODED, *VIOLENT))
    one, enough = indicators.find("events_cooperation_share"), places.shipped().enough_checked
    assert {"machine_coded", "geocoding_unchecked"} <= set(one.warnings)
    assert "0 of 2;" in captions.places_checked(one, "en")
    steps = [
        (checked("RU-MUR", "gdelt2", enough), "1 of 2;", "geocoding_unchecked"),  # one subject says nothing of another
        (checked("RU-DA", "icews", enough), "1 of 2;", "geocoding_unchecked"),  # nor one data set of another
        (checked("RU-DA", "gdelt2", enough - 1), "1 of 2;", "geocoding_unchecked"),
        (checked("RU-DA", "gdelt2", enough), "2 of 2;", "geocoding_checked"),
    ]
    for said, told, caution in steps:
        review.save(configured, said)
        for key in SHARES:
            one = indicators.find(key)
            assert [warning for warning in one.warnings if warning.startswith("geocoding")] == [caution]
            assert told in captions.places_checked(one, "en")
            assert told in captions.cautions(one, "en")
    assert "coded by people" in captions.places_checked(indicators.find(VIOLENCE), "en")
    assert not [warning for warning in indicators.find(VIOLENCE).warnings if warning.startswith("geocoding")]


def test_a_subject_of_few_mentions_is_checked_when_all_of_them_are(configured: Path) -> None:
    """Dagestan has one believed mention, Murmansk two: a reader marks what the page would draw."""
    write_store(configured, records(*CODED, *VIOLENT))
    store, rule = standing.standing(), places.rule()
    assert store is not None
    for subject, number, told in (("RU-MUR", 1, "0 of 2;"), ("RU-DA", 1, "1 of 2;"), ("RU-MUR", 2, "2 of 2;")):
        drawn = checking.sample(store, "gdelt2", rule, subject, 30, seed=1)
        believed = drawn[drawn["kept"]].head(number)
        said = [
            review.Saying(row.mention, "gdelt2", rule.id, subject, row.place, "", "right", "Ada", "2026-01-01")
            for row in believed.itertuples()
        ]
        assert len(said) == number
        review.save(configured, said)
        assert told in captions.places_checked(indicators.find("events_cooperation_share"), "en")
    # places that people code are not held back
    assert indicators.join(VIOLENCE, 2022)["checked"].isna().all()


@pytest.mark.parametrize(("lang", "words"), [("en", "not checked"), ("ru", "не проверено")])
def test_what_nobody_checked_is_grey_and_says_so(configured: Path, lang: Language, words: str) -> None:
    """Murmansk and Dagestan have a fifth of five events each; only the places of Murmansk are checked."""
    write_store(configured, records(*CODED))
    review.save(configured, checked("RU-MUR", "gdelt2", places.shipped().enough_checked))
    choice = MapChoice(indicators.find("events_cooperation_share"), 2020, "none", scope="all")
    drawing = draw(choice, LIGHT, lang)
    assert isinstance(drawing, Choropleth)
    assert drawing.subjects["value"].dropna().to_dict() == {"RU-DA": 20.0, "RU-MUR": 20.0}
    assert drawing.subjects["unchecked"].sum() == 1
    grey = drawing.subjects.loc["RU-DA"]
    assert (grey["fill"], grey["class_index"], grey["status"]) == (LIGHT.unchecked, -1, "observed")
    assert drawing.subjects.loc["RU-MUR", "class_index"] == 0
    assert [(row.label, row.count) for row in drawing.legend if row.kind == "unchecked"] == [(words, 1)]
    assert sum(row.count for row in drawing.legend) == 83
    told = marks(drawing)
    assert (told.count("u"), told.count("0"), told.count("n")) == (1, 1, 81)
    assert look(LIGHT, lang)["words"]["unchecked"] == words
    assert [place.unchecked for place in captions.highest(drawing)] == [True, False]
    assert ranking(drawing).count("<small>") == 1
    values = values_table("events_cooperation_share").set_index("iso_3166_2")
    assert values["places_checked"].dropna().to_dict() == {"RU-DA": False, "RU-MUR": True}
    assert set(values["status"]) == {"observed", "no_data"}
    assert "1" in dict(definitions(choice, lang))[translator(lang)("Cautions")]
    assert profile("RU-DA").loc["events_cooperation_share", "checked"] == False  # noqa: E712


def test_a_map_follows_the_verdicts(configured: Path) -> None:
    write_store(configured, records(*CODED))
    choice = MapChoice(indicators.find("events_cooperation_share"), 2020, "none", scope="all")
    before = draw(choice)
    assert [row.kind for row in before.legend] == ["unchecked", "no_data"]
    assert marks(before).count("u") == 2
    for subject in ("RU-MUR", "RU-DA"):
        review.save(configured, checked(subject, "gdelt2", places.shipped().enough_checked))
    assert "u" not in marks(draw(choice))


def test_circles_that_nobody_checked_are_grey_and_places_that_people_code_are_not(configured: Path) -> None:
    write_store(configured, records(*VIOLENT))
    found = indicators.join(VIOLENCE, 2022)
    by_people = circle_map(found, units.scope("all"))
    assert [(row.kind, row.count) for row in by_people.legend] == [("circle", 2), ("no_data", 81)]
    found["checked"] = found["checked"].mask(found["value"].notna(), False)
    drawing = circle_map(found, units.scope("all"))
    assert marks(drawing).count("u") == 2
    rows = [(row.kind, row.count, row.dot) for row in drawing.legend]
    assert rows == [("unchecked", 2, True), ("no_data", 81, False)]
    assert drawing.subjects.loc["RU-BEL", "fill"] == LIGHT.land


def test_other_indicators_say_nothing_of_places(configured: Path) -> None:
    write_store(configured, records(*CODED))
    assert captions.places_checked(next(iter(indicators.catalogue().values())), "en") == ""


def test_values_follow_the_store_when_it_grows(configured: Path) -> None:
    write_store(configured, records(*CODED))
    before = indicators.join("events_cooperation_share").loc["RU-MUR", "value"]
    write_store(configured, records(*CODED, {"report_id": 6}, {"report_id": 7}, {"report_id": 8}))
    after = indicators.join("events_cooperation_share").loc["RU-MUR", "value"]
    assert (before, after) == (100 * 1 / 5, 100 * 4 / 8)
