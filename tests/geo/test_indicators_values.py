"""Values of indicators against figures from outside: yearbooks, published lists, hand calculations.

What every join must survive: 83 rows in code order; the four kinds of nothing kept apart; a row of a table that fits
no subject refused, never dropped; the nearest-year rule as written.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from geo import facts, indicators, units
from geo.errors import ArgumentError, DataError, UnknownCodeError
from geo.indicators import values
from geo.indicators.values import nearest_year
from tests.geo.iso_3166_2_ru import NAMES


@pytest.mark.parametrize("key", indicators.catalogue())
def test_every_join_has_83_rows_and_a_status_that_fits_the_value(key: str) -> None:
    one = indicators.find(key)
    for year in {indicators.years(key)[0], indicators.years(key)[-1]}:
        for per in one.per:
            frame = indicators.join(key, year, per)
            assert list(frame.index) == sorted(NAMES)
            assert set(frame["status"]) <= set(indicators.STATUSES)
            empty = frame["status"].isin(["no_data", "not_applicable"])
            assert (frame["value"].isna() == empty).all()
            assert (frame["year_used"].isna() == empty).all()
            assert (frame.loc[frame["status"] == "zero", "value"] == 0).all()
            assert (frame.loc[frame["status"] == "observed", "value"] != 0).all()
            distance = (frame["year_used"] - year).abs().dropna()
            assert (distance <= one.tolerance_years).all()


def members(key: str) -> set[str]:
    frame = indicators.join(key)
    return {str(code).removeprefix("RU-") for code in frame.index[frame["value"] > 0]}


@pytest.mark.parametrize(
    ("key", "published"),
    [
        # barents-council.org, 2021: the five Russian members
        ("barents_council", "MUR ARK KR NEN KO"),
        # northernforum.org, February 2024: ten members in Russia
        ("northern_forum", "YEV KAM KYA MAG NEN SA KHA KHM CHU YAN"),
        # Embassy and consulates of Belarus, January 2026
        ("belarus_missions", "SPE PRI SVE KGD NIZ ROS KDA KYA NVS SMO TA BA TYU"),
        ("ukraine_consulates", "SPE ROS NVS SVE"),
        # core regions named in the joint operational programmes of 2014-2020 (EUR-Lex)
        ("cbc_core_2014_2020", "MUR ARK NEN KR SPE LEN PSK KGD"),
        # presidential decrees 2006-2014: nine federal universities outside Crimea
        ("federal_universities", "ARK KGD KYA PRI ROS SA STA SVE TA"),
        ("nordic_offices", "SPE KGD KR ARK MUR"),
        ("japan_centres", "MOW SPE NIZ KHA PRI SAK"),
        # decrees of 2 May 2014 and 27 June 2017 on the land territories of the Arctic zone
        ("arctic_zone", "MUR NEN CHU YAN KO SA KYA ARK KR"),
        ("free_port", "PRI KHA SAK KAM CHU"),
        # subjects on the border with Finland, Norway, Estonia, Latvia, Lithuania, Poland
        ("crossings_road_eu_norway", "MUR KR LEN PSK KGD"),
        ("crossings_mongolia", "AL TY BU ZAB"),
    ],
)
def test_members_are_those_of_the_published_list(key: str, published: str) -> None:
    assert members(key) == set(published.split())
    assert indicators.coverage(indicators.join(key))[0] == indicators.coverage(indicators.join(key))[1]


@pytest.mark.parametrize(
    ("key", "year", "total", "tolerance"),
    [
        # Russian Statistical Yearbook 2023: national totals less Crimea and Sevastopol
        ("exports", 2021, 493_096.1 - 42.0, 1),
        ("imports", 2021, 293_531.2 - 36.7, 1),
        ("grp", 2020, 93_153.0558, 0.001),
        ("grp", 2021, 120_381.9815, 0.001),
    ],
)
def test_sums_equal_the_national_totals(key: str, year: int, total: float, tolerance: float) -> None:
    assert indicators.join(key, year, "none")["value"].sum() == pytest.approx(total, abs=tolerance)


def test_published_grp_per_inhabitant_is_grp_over_average_population() -> None:
    # Two editions of the yearbook: per inhabitant of 2019, product and population of 2021.
    for year in (2005, 2010, 2015):
        product = indicators.join("grp", year)["value"] * 1e9
        people = indicators.join("population", year)["value"] * 1e3
        published = indicators.join("grp_per_capita", year)["value"] * 1e3
        assert (product / people / published - 1).abs().max() < 0.002


def test_exports_and_product_per_inhabitant_worked_out_by_hand() -> None:
    # Murmansk Oblast in the yearbooks of 2022 and 2023: USD 4,668.8 million in 2021, 724.5 thousand inhabitants on
    # 1 January 2022; gross regional product of 2019 RUB 616,909.0 million, 744.7 thousand inhabitants on average
    exports = indicators.join("exports_per_capita").loc["RU-MUR"]
    assert exports["value"] == pytest.approx(4668.8e6 / 724_500)
    assert exports["year_used"] == 2021
    product = indicators.join("grp_per_capita", 2019).loc["RU-MUR", "value"]
    assert product == pytest.approx(616_909.0e6 / 744_700 / 1000, rel=1e-5)


@pytest.mark.parametrize(
    ("key", "year", "total", "product_rub_mln", "product_year"),
    [
        # Murmansk Oblast: the Ministry of Internal Affairs issued 163 visas in 2016
        ("visas_issued", 2016, 163, 467_006.5, 2016),
        # 359.7 thousand guests in 2022; the newest product is that of 2021
        ("accommodated_guests", 2022, 359_700, 1_083_779.4, 2021),
        # exports of USD 4,668.8 million
        ("exports", 2021, 4668.8, 1_083_779.4, 2021),
    ],
)
def test_totals_per_product_worked_out_by_hand(
    key: str, year: int, total: float, product_rub_mln: float, product_year: int
) -> None:
    frame = indicators.join(key, year, "grp_billion_rub")
    assert frame.attrs["denominator_years"] == (product_year,)
    assert frame.loc["RU-MUR", "value"] == pytest.approx(total / (product_rub_mln / 1000))
    sources = indicators.sources_of(key, "grp_billion_rub").index
    assert "economy:S05" in sources, "the yearbook that has the product"


def test_33_world_heritage_properties_and_the_first_three_of_1990() -> None:
    heritage = facts.table("heritage")
    assert (heritage["list"] == "UNESCO World Heritage").sum() == 33
    # 1990: Kizhi, historic centre of St Petersburg (and Leningrad Oblast), Kremlin and Red Square
    first = indicators.join("unesco_world_heritage", 1990)["value"]
    assert first[["RU-KR", "RU-SPE", "RU-MOW"]].to_list() == [1, 1, 1]
    newest = indicators.join("unesco_world_heritage")
    # Kazan Kremlin 2000, Bolgar 2014, Sviyazhsk 2017, observatories of Kazan 2023
    assert newest.loc["RU-TA", "value"] == 4
    # Virgin forests of Komi 1995; Volcanoes of Kamchatka 1996; Uvs Nuur in Tuva 2003; Dauria 2017
    assert newest.loc[["RU-KO", "RU-KAM", "RU-ZAB"], "value"].to_list() == [1, 1, 1]
    assert newest.loc["RU-TY", "status"] == "observed"
    assert newest.loc["RU-OMS", "status"] == "zero"


def test_neighbours_are_those_of_the_map() -> None:
    frame = indicators.join("land_neighbours")["value"]
    # Kaliningrad: Poland, Lithuania; Pskov: Belarus, Estonia, Latvia; Altai: China, Kazakhstan, Mongolia
    assert frame[["RU-KGD", "RU-PSK", "RU-AL", "RU-SAM"]].to_list() == [2, 3, 3, 1]
    assert indicators.coverage(indicators.join("land_neighbours"), "border") == (37, 37)


def test_allocated_lengths_add_up_to_the_official_land_border() -> None:
    # Official lengths by land of 2017, km (Grandars; Georgia with Abkhazia and South Ossetia)
    official = {"FI": 1271.8, "NO": 195.8, "EE": 294.0, "LV": 270.5, "LT": 266.0, "PL": 204.1, "BY": 1239.0}
    official |= {"UA": 1925.8, "GE": 875.5, "AZ": 372.6, "KZ": 7512.8, "CN": 4209.3, "MN": 3485.0, "KP": 17.3}
    total = indicators.join("land_border_length")["value"].sum()
    assert total == pytest.approx(sum(official.values()), rel=0.002)
    assert indicators.join("land_border_share")["value"].sum() == pytest.approx(100)


def test_crossings_per_100_km_worked_out_by_hand() -> None:
    lengths = facts.table("border_lengths_allocated").set_index(["iso_3166_2", "country"])["allocated_km"]
    # Tashanta is the only crossing of the Altai Republic to Mongolia.
    frame = indicators.join("crossings_mongolia")
    assert frame.loc["RU-AL", "value"] == pytest.approx(100 / lengths["RU-AL", "MN"])
    assert indicators.join("crossings_mongolia", per="none")["value"].sum() == 10


def test_ties_per_million_name_the_year_of_the_population() -> None:
    frame = indicators.join("twin_ties", per="population_million")
    count = indicators.join("twin_ties", per="none").loc["RU-MUR", "value"]
    assert frame.attrs["denominator_years"] == (2023,)
    # 658.7 thousand inhabitants of Murmansk Oblast on 1 January 2023
    assert frame.loc["RU-MUR", "value"] == pytest.approx(count / 0.6587)


def test_shares_of_directions_add_up_to_at_most_100() -> None:
    keys = ("twin_share_eu_nordic", "twin_share_post_soviet", "twin_share_east_asia")
    shares = pd.DataFrame({key: indicators.join(key)["value"] for key in keys})
    assert (shares.sum(axis=1) <= 100 + 1e-9).all()
    # Sakhalin looks to Japan, China and Korea, Kaliningrad to the European Union
    assert shares.loc["RU-SAK"].idxmax() == "twin_share_east_asia"
    assert shares.loc["RU-KGD"].idxmax() == "twin_share_eu_nordic"


def test_nothing_has_four_kinds() -> None:
    # St Petersburg has no land border; the Jewish Autonomous Oblast no World Heritage; no twin town of Khakassia is
    # listed; the only euroregion of Belgorod stands still since 2014.
    assert indicators.join("land_border_length").loc["RU-SPE", "status"] == "not_applicable"
    assert indicators.join("unesco_world_heritage").loc["RU-YEV", "status"] == "zero"
    assert indicators.join("twin_ties").loc["RU-KK", "status"] == "no_data"
    assert indicators.join("euroregion_memberships", 2020).loc["RU-BEL", "status"] == "suspended"
    assert indicators.join("euroregion_memberships", 2010).loc["RU-BEL", "status"] == "observed"


def test_none_found_in_a_lower_bound_is_no_zero() -> None:
    for key, one in indicators.catalogue().items():
        if one.completeness != "census" and not one.is_share_of_listed:
            assert not (indicators.join(key)["status"] == "zero").any(), key


def test_euroregions_of_kaliningrad_by_year() -> None:
    # Baltic 1998, Saule 1999, Neman 2002, Sesupe 2003; Neman broken off and Baltic suspended in 2022
    numbers = [
        indicators.join("euroregion_memberships", year).loc["RU-KGD", "value"] for year in (1998, 1999, 2002, 2003)
    ]
    assert numbers == [1, 2, 3, 4]
    assert indicators.join("euroregion_memberships", 2022).loc["RU-KGD", "value"] == 3


def test_programmes_and_formats_with_china_by_year() -> None:
    """ENPI: Lithuania-Poland-Russia. ENI: two of Kaliningrad's own, Estonia-Russia and Latvia-Russia in Pskov Oblast,
    suspended by the European Commission in March 2022 (programme documents). Volga-Yangtze 2013, Far East 2016."""
    by_year = {year: indicators.join("cbc_running", year).loc[["RU-KGD", "RU-PSK"]] for year in (2010, 2018, 2023)}
    assert [found["value"].tolist() for found in by_year.values()] == [[1, 1], [2, 2], [2, 2]]
    assert [set(found["status"]) for found in by_year.values()] == [{"observed"}, {"observed"}, {"suspended"}]
    china = {year: indicators.join("china_formats", year)["value"] for year in (2013, 2015, 2016)}
    assert [found.sum() for found in china.values()] == [14, 14, 26]
    assert [found["RU-AMU"] for found in china.values()] == [0, 0, 1]


def test_consulates_closed_since_2018_grow_with_the_year() -> None:
    # The British consulate-general in St Petersburg closed in 2018, the Polish one in Kaliningrad in 2025.
    assert indicators.join("consulates_closed_since_2018", 2018).loc["RU-SPE", "value"] >= 1
    before, after = (indicators.join("consulates_closed_since_2018", year)["value"].sum() for year in (2021, 2025))
    assert before < after


def test_agreement_in_the_un_is_the_mean_of_the_land_neighbours() -> None:
    votes = facts.table("unga_agreement").set_index(["country", "year"])["agreement"]
    frame = indicators.join("un_agreement", 2019)["value"]
    assert frame["RU-SMO"] == votes["BY", 2019]
    assert frame["RU-MUR"] == pytest.approx((votes["FI", 2019] + votes["NO", 2019]) / 2)
    assert indicators.join("un_agreement_lowest", 2019)["value"]["RU-PSK"] == min(
        votes[country, 2019] for country in ("BY", "EE", "LV")
    )


def test_violence_in_neighbours_is_that_of_ucdp() -> None:
    # UCDP 25.1, Ukraine: 4,946 deaths in 2014; Finland none
    frame = indicators.join("violence_in_neighbours", 2014)
    assert frame.loc["RU-BEL", "value"] == 4946
    assert frame.loc["RU-KR", "status"] == "zero"


def test_kazakhs_of_orenburg_and_the_confession_of_neighbours() -> None:
    # Census of 2021: 107,734 Kazakhs in Orenburg Oblast, 6.2 per cent of those who stated an ethnicity
    assert indicators.join("titular_kin_share").loc["RU-ORE", "value"] == pytest.approx(6.188)
    frame = indicators.join("confession_affinity")
    # Dagestan borders on Azerbaijan (Islam) and Georgia (Orthodoxy): both count, once each
    religion = facts.table("religion_major").set_index(["iso_3166_2", "major_group"])["share_pct"]
    both = religion["RU-DA", "islam"] + religion["RU-DA", "orthodox"]
    assert frame.loc["RU-DA", "value"] == pytest.approx(both)
    # Amur borders on China, where those without a religion are the most numerous: no dominant confession
    assert frame.loc["RU-AMU", "status"] == "no_data"


def test_nearest_year_takes_the_later_of_two_and_stays_within_its_reach() -> None:
    wide = pd.DataFrame({"A": [1.0, math.nan, 3.0], "B": [math.nan, 2.0, math.nan]}, index=[2010, 2011, 2012])
    found = nearest_year(wide, 2011, 1)
    assert found["value"].to_list() == [3.0, 2.0]
    assert found["year_used"].to_list() == [2012, 2011]
    assert nearest_year(wide, 2014, 1)["value"].isna().all()
    assert pd.isna(nearest_year(wide, 2013, 1).loc["B", "year_used"])


def test_a_year_that_was_never_measured_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="1980"):
        indicators.join("grp_per_capita", 1980)
    assert indicators.join("grp_per_capita", 2022).attrs["year"] == 2022
    assert (indicators.join("grp_per_capita", 2022)["year_used"].dropna() == 2021).all()


def test_series_holds_every_subject_in_every_year() -> None:
    frame = indicators.series("un_agreement")
    assert len(frame) == 83 * 28
    assert not frame.duplicated(["iso_3166_2", "year"]).any()


def test_a_joined_frame_belongs_to_the_caller() -> None:
    frame = indicators.join("grp")
    frame["value"] = 0.0
    assert indicators.join("grp")["value"].sum() > 0


def test_a_row_of_no_subject_is_refused() -> None:
    codes = pd.Series(["RU-MUR", "UA-43"])
    with pytest.raises(DataError) as caught:
        values.refuse_unknown_subjects(codes, "ties")
    assert (caught.value.row, caught.value.value) == (2, "UA-43")


def test_a_row_without_its_year_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = facts.table("heritage").assign(year=pd.NA)
    monkeypatch.setattr(values.facts, "table", lambda name: rows)
    rule = indicators.find("unesco_world_heritage").rule
    assert isinstance(rule, indicators.Table)
    with pytest.raises(DataError, match="no year"):
        values.tabulated(rule, 2020)


def test_dated_ties_stand_beside_their_number() -> None:
    dated, all_ties = indicators.dated("twin_ties")
    assert 0 < dated < all_ties / 5  # the compilers know the year of few
    with pytest.raises(ArgumentError):
        indicators.dated("grp")


def test_ranks_are_those_of_the_scope() -> None:
    frame = indicators.join("grp_per_capita")
    assert indicators.ranks(frame, "all").max() == 83
    border = indicators.ranks(frame, "border")
    assert border.notna().sum() == 48
    assert border["RU-NEN"] == 1
    assert set(border.index[border.isna()]) == set(frame.index) - set(units.scope("border"))
