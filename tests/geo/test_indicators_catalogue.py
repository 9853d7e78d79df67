"""The catalogue: complete in both languages, closed in its words, strict about completeness."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo import indicators
from geo.errors import ArgumentError, DataError, UnknownCodeError
from geo.i18n import Text
from geo.indicators.catalogue import FOLDER, read
from geo.indicators.check import problems

# What the audit of the facts says may not be drawn on a map, whatever it is called.
NEVER_MAPPED = {
    "agreements",
    "crossings_belarus",
    "confucius_institutes",
    "foreign_institutions",
    "foreign_students",
    "international_events",
    "joint_projects",
    "mfa_offices",
    "offices_abroad",
    "special_regimes",
    "twin_ties_active",
    "twin_ties_ended_suspended",
    "unesco_other",
    "universities",
    "violent_events_100km",
}
# What it says is known in full, so that a zero is a zero.
CENSUS = {
    "arctic_zone",
    "barents_council",
    "belarus_missions",
    "cbc_core_2014_2020",
    "china_formats",
    "crossings_caucasus",
    "crossings_mongolia",
    "crossings_road_eu_norway",
    "euroregion_member",
    "evisa_checkpoints",
    "exports_per_capita",
    "federal_universities",
    "northern_forum",
    "ukraine_consulates",
    "un_agreement",
    "unesco_world_heritage",
}
LOWER_BOUND = {
    "cbc_core_2007_2013",
    "cbc_running",
    "consulates_career",
    "consulates_closed_since_2018",
    "crossings_china",
    "crossings_kazakhstan",
    "crossings_land",
    "euroregion_memberships",
    "near",
    "organisation_memberships",
    "region_ties",
    "titular_kin_share",
    "twin_partner_countries",
    "twin_ties",
    "twin_ties_own_neighbour",
}


def test_at_least_45_indicators_over_all_nine_themes() -> None:
    assert len(indicators.mapped()) >= 45
    assert {one.theme for one in indicators.mapped().values()} == set(indicators.themes())
    assert len(indicators.themes()) == 9


def test_completeness_is_that_of_the_audit() -> None:
    catalogue = indicators.catalogue()
    assert {key for key, one in catalogue.items() if one.completeness == "illustration"} == NEVER_MAPPED
    assert {catalogue[key].completeness for key in CENSUS} == {"census"}
    assert {catalogue[key].completeness for key in LOWER_BOUND} == {"lower_bound"}
    assert not NEVER_MAPPED & set(indicators.mapped())


@pytest.mark.parametrize("key", indicators.catalogue())
def test_texts_are_in_their_language(key: str) -> None:
    one = indicators.catalogue()[key]
    for text in (one.title, one.short, one.definition, one.unit):
        assert any("а" <= letter <= "я" for letter in text.ru.lower()) or text.ru.startswith("%"), text.ru
        assert not any("а" <= letter <= "я" for letter in text.en.lower()), text.en
    assert len(one.short.en) <= 40
    assert len(one.short.ru) <= 40


@pytest.mark.parametrize("key", indicators.catalogue())
def test_every_indicator_has_years_and_sources(key: str) -> None:
    known = indicators.years(key)
    assert known == sorted(set(known))
    assert known
    assert len(indicators.sources_of(key))


def test_sources_of_a_rate_name_those_of_the_population_too() -> None:
    assert "economy:S05" not in indicators.sources_of("twin_ties", "none").index
    assert "economy:S05" in indicators.sources_of("twin_ties", "population_million").index


def test_unit_and_kind_follow_the_denominator() -> None:
    one = indicators.find("twin_ties")
    assert indicators.unit_of(one) == Text(en="ties per million inhabitants", ru="связей на 1 млн жителей")
    assert indicators.unit_of(one, "none").en == "ties"
    assert (indicators.kind_of(one), indicators.kind_of(one, "none")) == ("rate", "total")


def test_every_denominator_is_allowed_somewhere() -> None:
    allowed = {per for one in indicators.mapped().values() for per in one.per}
    assert allowed == set(indicators.denominators())


def test_trade_per_product_names_both_currencies() -> None:
    unit = indicators.unit_of(indicators.find("exports"), "grp_billion_rub")
    assert unit == Text(en="USD million per billion RUB of GRP", ru="млн долл. США на 1 млрд руб. ВРП")


def test_unknown_words_are_refused() -> None:
    with pytest.raises(UnknownCodeError, match="twin_tows"):
        indicators.find("twin_tows")
    with pytest.raises(UnknownCodeError, match="per_head"):
        indicators.join("twin_ties", per="per_head")
    with pytest.raises(ArgumentError, match="grp_per_capita"):
        indicators.join("grp_per_capita", per="population_million")


ENTRY = """
- id: one
  title: {en: One, ru: Один}
  short: {en: One, ru: Один}
  definition: {en: One., ru: Один.}
  unit: {en: ties, ru: связей}
  kind: total
  completeness: census
  direction: more
  licence: cc_by_4
  rule: {type: count, kinds: [twin_town], time: ever, as_of: 2026}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.glob("_*.yml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def test_a_sound_entry_is_read(folder: Path) -> None:
    (folder / "security.yml").write_text(ENTRY, encoding="utf-8")
    assert read(folder)["one"].theme == "security"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("licence:", "colour: red\n  licence:", "colour"),
        ("kinds: [twin_town]", "kinds: [embassy]", "rule.count.kinds.0"),
        ("time: ever, as_of: 2026", "time: ever", "rule.count"),
        ("time: ever", "time: sometimes", "rule.count.time"),
        ("ru: Один.}", 'ru: " "}', "definition.ru"),
        ("licence: cc_by_4", "licence: gpl", "licence"),
        ("licence: cc_by_4", "licence: cc_by_4\n  warnings: [beware]", "warnings"),
        ("licence: cc_by_4", 'licence: cc_by_4\n  sources: ["economy:S99"]', "sources"),
        ("kind: total", "kind: share\n  per: [population_million]\n  default_per: population_million", None),
        ("completeness: census", "completeness: sample", "completeness"),
    ],
)
def test_an_unsound_entry_is_refused_with_file_and_key(folder: Path, old: str, new: str, column: str | None) -> None:
    (folder / "security.yml").write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(folder)
    assert caught.value.file == "data/indicators/security.yml"
    assert caught.value.row == 1
    assert caught.value.column == column


def test_an_id_may_stand_once_only(folder: Path) -> None:
    (folder / "security.yml").write_text(ENTRY, encoding="utf-8")
    (folder / "affinity.yml").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(DataError, match="twice"):
        read(folder)


def test_a_file_must_be_named_as_a_theme(folder: Path) -> None:
    (folder / "weather.yml").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(DataError, match="theme"):
        read(folder)


def test_the_catalogue_fits_the_tables() -> None:
    assert list(problems(FOLDER.parent)) == []


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("{type: table, table: weather, aggregate: count, as_of: 2020}", "weather"),
        ("{type: table, table: heritage, where: {colour: [red]}, aggregate: count, as_of: 2020}", "column"),
        ("{type: table, table: heritage, where: {list: [Michelin]}, aggregate: count, as_of: 2020}", "no value"),
        ("{type: count, kinds: [organisation], groups: [nato], time: ever, as_of: 2020}", "nato"),
    ],
)
def test_a_rule_that_does_not_fit_the_tables_is_named(folder: Path, rule: str, reason: str) -> None:
    entry = ENTRY.replace("rule: {type: count, kinds: [twin_town], time: ever, as_of: 2026}", f"rule: {rule}")
    (folder / "indicators").mkdir()
    (folder / "indicators" / "security.yml").write_text(entry, encoding="utf-8")
    found = list(problems(folder))
    assert len(found) == 1
    assert found[0].file == "data/indicators/security.yml"
    assert reason in str(found[0])


def test_a_series_that_the_panel_lacks_is_named(folder: Path) -> None:
    rule = "{type: series, series: happiness}"
    entry = ENTRY.replace("rule: {type: count, kinds: [twin_town], time: ever, as_of: 2026}", f"rule: {rule}")
    (folder / "indicators").mkdir()
    text = entry.replace("licence:", 'sources: ["economy:S05"]\n  licence:')
    (folder / "indicators" / "security.yml").write_text(text, encoding="utf-8")
    assert "happiness" in str(next(problems(folder)))
