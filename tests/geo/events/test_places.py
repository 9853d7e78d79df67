"""The place rule against the reviewed sample of GDELT, and against names as gazetteers write them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geo.errors import DataError, UnknownCodeError
from geo.events import places

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "data" / "events"
needs_sample = pytest.mark.skipif(
    not (SAMPLE / "gdelt_russia_sample.csv").exists(), reason=f"the sample of GDELT is not at {SAMPLE}"
)


def reviewed() -> pd.DataFrame:
    """Places of the sample outside Moscow, each with its records and what the review says of it."""
    frame = pd.read_csv(SAMPLE / "gdelt_geocode_review.csv", keep_default_na=False)
    return frame.rename(columns={"action_geo_fullname": "place"})


def records() -> pd.DataFrame:
    frame = pd.read_csv(SAMPLE / "gdelt_russia_sample.csv", dtype=str, keep_default_na=False, na_values=[""])
    return frame.rename(columns={"iso_3166_2_action": "iso_3166_2", "ActionGeo_FullName": "place"})


@needs_sample
def test_outside_moscow_82_per_cent_of_the_places_of_gdelt_are_wrong() -> None:
    """90 of 110, as the review of the sample says: counted here from the records themselves."""
    sample = records()
    outside = sample[sample["iso_3166_2"].notna() & (sample["iso_3166_2"] != "RU-MOW")]
    judged = outside.merge(reviewed()[["place", "verdict"]], on="place", how="left", validate="many_to_one")
    assert judged["verdict"].value_counts().to_dict() == {"wrong": 90, "plausible": 18, "unclear": 2}
    assert len(judged) == 110
    assert round(100 * 90 / 110) == 82


@needs_sample
def test_the_rule_drops_every_wrong_place_of_the_review_and_keeps_the_cities() -> None:
    judged = places.judge(reviewed(), places.rule())
    events = judged.groupby(["verdict", "kept"])["events"].sum()
    assert events["wrong"].to_dict() == {False: 90}
    # Dikson (a settlement) and Sarov (93,357 inhabitants in 2021) are the two plausible records that are lost
    assert events["plausible"].to_dict() == {False: 2, True: 16}
    assert events["unclear"].to_dict() == {False: 2}


@needs_sample
def test_without_the_guard_every_place_is_kept_and_the_block_list_alone_drops_what_was_read() -> None:
    kept = {name: places.judge(reviewed(), places.rule(name)) for name in ("everything", "not_blocked")}
    assert kept["everything"]["kept"].all()
    dropped = kept["not_blocked"].query("not kept")
    assert set(dropped["verdict"]) == {"wrong"}
    assert dropped["events"].sum() == 90


@needs_sample
def test_the_block_list_is_what_the_review_found_wrong() -> None:
    wrong = reviewed().query("verdict == 'wrong'")
    expected = {(place.split(",")[0], iso) for place, iso in zip(wrong["place"], wrong["iso_3166_2"], strict=True)}
    assert {(one.place, one.subject) for one in places.shipped().blocked} == expected


@pytest.mark.parametrize(
    ("place", "subject", "why"),
    [
        ("Moscow, Moskva, Russia", "RU-MOW", "subject"),
        ("St. Petersburg", "RU-SPE", "subject"),
        ("Republic of Karelia", "RU-KR", "subject"),
        ("Murmanskaya Oblast', Murmanskaya Oblast', Russia", "RU-MUR", "subject"),
        ("Rostov-na-Donu, Rostovskaya Oblast', Russia", "RU-ROS", "city"),
        ("Petropavlovsk-Kamchatskiy", "RU-KAM", "city"),
        ("Oryol", "RU-ORL", "city"),
        # English of the press, no romanisation
        ("Komsomolsk-on-Amur", "RU-KHA", "city"),
        ("Rostov-on-Don", "RU-ROS", "city"),
        ("Rostov-on-Don", "RU-YAR", "elsewhere"),
        ("Togliatti", "RU-SAM", "city"),
        ("Tol'yatti, Samarskaya Oblast', Russia", "RU-SAM", "city"),
        ("Tolyatti", "RU-SAM", "city"),
        ("Nizhniy Novgorod, Nizhegorodskaya Oblast', Russia", "RU-NIZ", "city"),
        ("Nizhny Novgorod", "RU-NIZ", "city"),
        ("City of Kaliningrad", "RU-KGD", "city"),
        ("City of Saint Petersburg", "RU-SPE", "subject"),
        ("Pskov Region", "RU-PSK", "subject"),
        ("Murmansk Oblast'", "RU-MUR", "subject"),
        ("Oblast' Kaliningrad", "RU-KGD", "subject"),
        ("Krasnodar Territory", "RU-KDA", "subject"),
        ("Moscow Region", "RU-MOS", "subject"),
        ("Moscow Region", "RU-MOW", "elsewhere"),  # another subject
        ("Pskov District", "RU-PSK", "elsewhere"),  # a district round the city
        ("Novosibirsky District", "RU-NVS", "elsewhere"),
        ("Pskow Regoin", "RU-PSK", "elsewhere"),  # no guessing
        ("Magadan", "RU-MAG", "elsewhere"),  # 90,757 inhabitants in 2021
        ("Amur, Amurskaya Oblast', Russia", "RU-AMU", "elsewhere"),  # the river
        ("Kremlin, Moskva, Russia", "RU-MOW", "elsewhere"),
        ("Pskov, Moskva, Russia", "RU-MOW", "elsewhere"),  # a city, but of another subject
        ("Russia", None, "country_only"),
    ],
)
def test_a_place_is_known_by_its_name(place: str, subject: str | None, why: str) -> None:
    found, kept = places.why(place, subject, places.rule())
    assert found == why
    assert kept == (why in ("subject", "city"))


def test_a_code_of_the_country_alone_belongs_to_no_subject_under_any_rule() -> None:
    for rule in places.shipped().rules:
        assert places.why("Russia", None, rule) == ("country_only", False)


def test_smaller_cities_are_left_out_where_the_rule_says_so() -> None:
    """Pskov had 193,082 inhabitants at the census of 2021, Yaroslavl 577,279."""
    rule = places.rule("cities_500k")
    assert places.why("Pskov", "RU-PSK", rule) == ("city", False)
    assert places.why("Yaroslavl'", "RU-YAR", rule) == ("city", True)
    assert places.why("Yaroslavl'", "RU-YAR", places.rule("subject")) == ("city", False)


def test_there_are_168_cities() -> None:
    """172 cities had 100,000 inhabitants in 2021 by the count of Rosstat, four of them in Crimea and Sevastopol."""
    table = places.cities()
    assert len(table) == 172 - 4
    assert table["population"].min() >= 100_000
    # 16 cities of a million, Rosstat on the census of 2021
    assert (table["population"] >= 1_000_000).sum() == 16
    assert table.set_index("name_ru").loc["Казань", "iso_3166_2"] == "RU-TA"


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="cities_100k"):
        places.rule("all_of_them")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default: cities_100k", "default: none_such", "none_such"),
        ("subject: RU-DA,", "subject: RU-XX,", "RU-XX"),
        ("smallest_city: 500000", "smallest_city: 5000", "100000"),
        ("elsewhere: true", "elsewere: true", "elsewere"),
    ],
)
def test_a_file_of_rules_that_is_not_sound_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = places.FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "event_places.yml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        places.read(path)
