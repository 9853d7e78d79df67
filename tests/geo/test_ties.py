"""Ties: what every reading of the table must survive.

- a tie without a year is never projected backward;
- ended, suspended and unknown never mix;
- a possible double and a planned thing are not counted;
- the network equals what is worked out by hand.
"""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest

from geo import facts, ties, units
from geo.errors import UnknownCodeError
from geo.ties import Ties

COLUMNS = ["iso_3166_2", "country", "kind", "opened", "closed", "status", "status_year", "listed_from"]
SNAPSHOT = 2026

# A small table with one tie of each history; the comment says what is known.
HISTORIES = {
    "dated": ("RU-MUR", "NO", "twin_town", 1973, None, "unknown", None, None),
    "undated": ("RU-MUR", "FI", "twin_town", None, None, "unknown", None, "2016-09"),
    "closed": ("RU-MUR", "SE", "consulate", 1993, 2022, "ended", 2022, None),
    "reported as ended": ("RU-MUR", "NL", "twin_town", 1989, None, "ended", 2024, "2016-09"),
    "ended in an unknown year": ("RU-MUR", "LV", "twin_town", 1990, None, "ended", None, None),
    "suspended": ("RU-BEL", "UA", "euroregion", 2003, None, "suspended", 2014, None),
    "suspended in an unknown year": ("RU-BEL", "PL", "twin_town", 2000, None, "suspended", None, None),
    "undated, suspended": ("RU-KGD", "PL", "twin_town", None, None, "suspended", 2022, "2016-09"),
    "closed, opening unknown": ("RU-PSK", "EE", "consulate", None, 2022, "ended", 2022, None),
}


def small(rows: list[tuple[object, ...]]) -> Ties:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame.astype(dict.fromkeys(["opened", "closed", "status_year"], "Int64"))
    return Ties(frame.astype({"listed_from": "str"}).replace({"listed_from": {"None": pd.NA}}), SNAPSHOT)


@pytest.mark.parametrize(
    ("history", "states"),
    [
        # state at the end of 1972, 2013, 2014, 2022, 2024, 2026
        ("dated", "not_yet active active active active active"),
        ("undated", "unknown unknown unknown unknown unknown active"),
        ("closed", "not_yet active active ended ended ended"),
        ("reported as ended", "not_yet active active active ended ended"),
        ("ended in an unknown year", "not_yet unknown unknown unknown unknown ended"),
        ("suspended", "not_yet active suspended suspended suspended suspended"),
        ("suspended in an unknown year", "not_yet unknown unknown unknown unknown suspended"),
        ("undated, suspended", "unknown unknown unknown unknown unknown suspended"),
        ("closed, opening unknown", "unknown unknown unknown ended ended ended"),
    ],
)
def test_state_follows_the_written_rule(history: str, states: str) -> None:
    one = small([HISTORIES[history]])
    years = (1972, 2013, 2014, 2022, 2024, 2026)
    assert [one.state(year).item() for year in years] == states.split()


def test_alive_leaves_out_suspended_and_unknown_ties() -> None:
    assert set(small(list(HISTORIES.values())).alive(2022).frame["country"]) == {"NO", "NL"}


def test_by_year_says_how_many_are_dated_and_how_many_cannot_be_placed() -> None:
    table = ties.by_year(small(list(HISTORIES.values())), [2013, 2026])
    assert table.loc[2013].to_dict() == {"active": 4, "suspended": 0, "dated": 4, "unknown": 5}
    assert table.loc[2026].to_dict() == {"active": 2, "suspended": 3, "dated": 3, "unknown": 0}


def test_counts_by_pair_carry_the_number_of_dated_ties() -> None:
    doubled = small([HISTORIES["dated"], ("RU-MUR", "NO", "twin_town", None, None, "unknown", None, "2016-09")])
    assert ties.counts(doubled, ("iso_3166_2", "country")).loc[("RU-MUR", "NO")].to_dict() == {"ties": 2, "dated": 1}


def test_openings_and_endings_place_only_what_has_a_year() -> None:
    table = ties.openings_and_endings(small(list(HISTORIES.values())))
    assert table.loc[1973].to_dict() == {"opened": 1, "ended": 0, "suspended": 0}
    assert table.loc[2022].to_dict() == {"opened": 0, "ended": 2, "suspended": 1}
    assert int(table["ended"].sum()) == 3  # one of the four endings has no year


def test_survival_counts_only_known_fates() -> None:
    # Known in 2022: closed (lost), reported as ended in 2024 (lost), undated but listed and suspended (lost),
    # and one that a page of 2023 calls active (survived). Suspended in 2014 is at risk, its fate of 2022 unknown.
    survivor = ("RU-MUR", "BY", "twin_town", 1990, None, "active", 2023, None)
    table = ties.survival(small([*HISTORIES.values(), survivor]), 2022)
    assert table.loc["all", "known"] == 4
    assert table.loc["all", "survived"] == 1
    assert table.loc["all", "share"] == pytest.approx(0.25)


def test_survival_leaves_out_what_began_later() -> None:
    later = ("RU-MUR", "CN", "twin_town", 2023, None, "active", 2025, None)
    assert ties.survival(small([later]), 2022).loc["all", "at_risk"] == 0


def test_filters_refuse_words_outside_their_vocabulary() -> None:
    with pytest.raises(UnknownCodeError, match="embassy"):
        ties.load().where(kind="embassy")  # type: ignore[arg-type]
    with pytest.raises(UnknownCodeError, match="open"):
        ties.load().where(status="open")  # type: ignore[arg-type]


# The network worked out by hand: A has Finland (2 ties) and Norway (1), B Norway (1) and China (1), C China (4).
# On the projection A and B share Norway, B and C share China: every path from A to C runs through B.
EDGES = [("A", "FI")] * 2 + [("A", "NO"), ("B", "NO"), ("B", "CN")] + [("C", "CN")] * 4
HAND = small([(iso, country, "twin_town", None, None, "unknown", None, None) for iso, country in EDGES])


def test_centrality_equals_the_hand_calculation() -> None:
    table = ties.centrality(ties.graph(HAND))
    assert table["degree"].to_dict() == {"A": 2, "B": 2, "C": 1}
    assert table["weighted_degree"].to_dict() == {"A": 3, "B": 2, "C": 4}
    assert table["betweenness"].to_dict() == {"A": 0.0, "B": 1.0, "C": 0.0}
    # shares of A are 2/3 and 1/3: 4/9 + 1/9; of B 1/2 and 1/2; C has one partner
    assert table["herfindahl"].to_dict() == pytest.approx({"A": 5 / 9, "B": 0.5, "C": 1.0})


def test_graph_is_bipartite_with_the_ties_as_weights() -> None:
    network = ties.graph(HAND)
    assert nx.is_bipartite(network)
    assert nx.get_edge_attributes(network, "weight")["A", "FI"] == 2


def test_two_networks_without_a_tie_between_them_are_two_communities() -> None:
    # Two alike halves: all ties lie within, half of them would by chance, so the modularity is 1 - 1/2.
    halves = [("A", "FI"), ("A", "NO"), ("B", "FI"), ("B", "NO"), ("C", "CN"), ("C", "MN"), ("D", "CN"), ("D", "MN")]
    found = ties.communities(
        ties.graph(small([(a, b, "twin_town", None, None, "unknown", None, None) for a, b in halves]))
    )
    assert set(found.groups) == {frozenset({"A", "B", "FI", "NO"}), frozenset({"C", "D", "CN", "MN"})}
    assert found.modularity == pytest.approx(0.5)


def test_no_ties_make_no_communities() -> None:
    assert ties.communities(ties.graph(small([]))) == ((), 0.0)


def test_vector_gives_shares_of_the_directions() -> None:
    table = ties.vector(HAND)
    assert table.loc["A"].to_dict() == {"eu_nordic": 1, "post_soviet": 0, "east_asia": 0, "other": 0, "ties": 3}
    assert table.loc["B", ["eu_nordic", "east_asia"]].to_list() == [0.5, 0.5]


def test_profile_splits_instruments_by_the_recipe() -> None:
    mixed = small([HISTORIES["dated"], HISTORIES["closed"]])
    assert ties.profile(mixed).loc["RU-MUR"].to_dict() == {"state_type": 1, "non_state_type": 1, "infrastructure": 0}


def test_every_kind_has_one_type_of_instrument() -> None:
    kinds = [kind for one in ties.instruments().values() for kind in one.kinds]
    assert sorted(kinds) == sorted(ties.KINDS)


def test_country_groups_hold_the_27_member_states_and_the_former_republics() -> None:
    groups = ties.country_groups()
    # Member states of the European Union since 2020 (Treaty on European Union, article 52).
    union = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    union |= {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
    assert len(union) == 27
    assert union <= set(groups["eu_nordic"].countries)
    # Republics of the Soviet Union other than Russia and the Baltic three.
    assert set(groups["post_soviet"].countries) == {"AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "TJ", "TM", "UA", "UZ"}
    assert {ties.group_of(country) for country in ("US", "TR", "GB")} == {"other"}


def test_planned_things_and_possible_doubles_are_not_counted() -> None:
    raw = facts.table("ties")
    doubtful = raw["possible_duplicate_of"].notna() | (raw["status"] == "planned")
    assert doubtful.any()
    assert not set(raw.loc[doubtful, "tie_id"]) & set(ties.load().frame["tie_id"])


@pytest.mark.parametrize(
    ("subject", "place", "country", "partner"),
    [
        ("RU-MUR", "Murmansk", "NO", "Tromsø"),
        ("RU-KR", "Petrozavodsk", "SE", "Umeå"),
        ("RU-AMU", "Blagoveshchensk", "CN", "Heihe"),
        ("RU-VGG", "Volgograd", "GB", "Coventry"),  # the first twinning of all, 1944
    ],
)
def test_well_known_twin_towns_are_there(subject: str, place: str, country: str, partner: str) -> None:
    frame = ties.load().where(kind="twin_town", subject=subject, country=country).frame
    assert ((frame["subject_place"] == place) & (frame["partner_place"] == partner)).any()


def test_euroregion_baltic_is_suspended_for_kaliningrad_since_2022() -> None:
    baltic = ties.load().where(kind="euroregion", subject="RU-KGD", group="baltic")
    assert set(baltic.state(2021)) == {"active"}
    assert set(baltic.state(2022)) == {"suspended"}


def test_latvian_twin_towns_have_ended() -> None:
    # Collective statement of the Latvian association of local governments, 2022.
    latvian = ties.load().where(kind="twin_town", country="LV")
    assert len(latvian) > 20
    assert set(latvian.state(2026)) == {"ended"}


def test_programmes_suspended_in_2022_ran_until_then() -> None:
    # Financing agreements of the programmes 2014-2020 were suspended on 4 March 2022 (European Commission).
    kolarctic = ties.load().where(kind="cbc_programme", group="eni_kolarctic")
    assert set(kolarctic.state(2021)) == {"active"}
    assert set(kolarctic.state(2022)) == {"suspended"}
    before = ties.load().where(kind="cbc_programme", group="enpi_kolarctic")
    assert set(before.state(2013)) == {"ended"}


def test_members_of_the_barents_regional_council_until_2023() -> None:
    # Murmansk, Arkhangelsk, Karelia, Nenets and Komi; Russia announced its withdrawal on 18 September 2023.
    council = ties.load().where(kind="organisation", group="brc")
    assert set(council.frame["iso_3166_2"]) == {"RU-MUR", "RU-ARK", "RU-KR", "RU-NEN", "RU-KO"}
    assert set(council.state(2023)) == {"ended"}


@pytest.mark.parametrize(
    ("group", "subjects", "countries"),
    [
        # Core areas of the programmes 2014-2020 as their joint operational documents and EUR-Lex list them
        ("eni_kolarctic", "MUR ARK NEN", "FI NO SE"),
        ("eni_karelia", "KR", "FI"),
        ("eni_sefr", "LEN SPE", "FI"),
        ("eni_ee_ru", "PSK LEN SPE", "EE"),
        ("eni_lv_ru", "PSK", "LV"),
        ("eni_lt_ru", "KGD", "LT"),
        ("eni_pl_ru", "KGD", "PL"),
    ],
)
def test_core_areas_of_the_border_programmes(group: str, subjects: str, countries: str) -> None:
    frame = ties.load().where(kind="cbc_programme", group=group, form="core").frame
    assert set(frame["iso_3166_2"]) == {f"RU-{code}" for code in subjects.split()}
    assert set(frame["country"]) == set(countries.split())


@pytest.mark.parametrize(
    ("subject", "place", "country", "partner", "year"),
    [
        ("RU-MUR", "Murmansk", "FI", "Rovaniemi", 1962),
        ("RU-MUR", "Murmansk", "US", "Jacksonville", 1975),
        ("RU-SPE", "Saint Petersburg", "FI", "Turku", 1953),
        ("RU-MUR", "Murmansk", "NO", "Tromsø", 1972),
        ("RU-KR", "Petrozavodsk", "SE", "Umeå", 1976),
        ("RU-KHA", "Khabarovsk", "JP", "Niigata", 1965),
    ],
)
def test_years_of_twinnings_that_sources_give(subject: str, place: str, country: str, partner: str, year: int) -> None:
    frame = ties.load().where(kind="twin_town", subject=subject, country=country).frame
    found = frame[(frame["subject_place"] == place) & (frame["partner_place"] == partner)]
    assert found["opened"].to_list() == [year]
    assert found["source"].str.contains("web:").all()  # a year rests on a page that was read


def test_kaliningrad_touches_poland_and_lithuania_only() -> None:
    assert set(units.neighbours("RU-KGD")["country"]) == {"PL", "LT"}


def test_the_border_with_finland_is_that_of_three_subjects() -> None:
    pairs = facts.table("border_pairs").query("country == 'FI'")
    assert set(pairs["iso_3166_2"]) == {"RU-MUR", "RU-KR", "RU-LEN"}


def test_survival_by_kind_adds_up_to_all() -> None:
    """By hand: of a twin town lost in 2022, one alive in 2024 and a consulate closed in 2023, one of three is left."""
    columns = ["kind", "opened", "closed", "status", "status_year", "listed_from"]
    rows = [
        ("twin_town", 1990, None, "suspended", 2022, None),
        ("twin_town", 1991, None, "active", 2024, None),
        ("consulate", 1995, 2023, "ended", None, None),
    ]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(["opened", "closed", "status_year"], "Int64"))
    few = Ties(frame.astype({"listed_from": "str"}).replace({"listed_from": {"None": pd.NA}}), SNAPSHOT)
    table = ties.survival(few, 2022, by="kind")
    assert table.loc["twin_town", ["known", "survived", "share"]].tolist() == [2, 1, 0.5]
    assert table.loc["consulate", ["known", "survived", "share"]].tolist() == [1, 0, 0]
    assert ties.survival(few, 2022).loc["all", "survived"] == table["survived"].sum() == 1
