"""The commands ties, border and network against facts from outside."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from geo import ties
from geo.__main__ import main


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    assert main([*argv, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    return found


def test_ties_of_murmansk_with_norway(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "ties", "--subject", "ru-mur", "--country", "no", "--kind", "twin_town")
    tromso = next(row for row in found["ties"] if row["partner_place"] == "Tromsø")
    assert (tromso["subject_place"], tromso["opened"]) == ("Murmansk", 1972)
    assert all(row["source"] for row in found["ties"])
    assert found["coverage"]["ties"] == len(found["ties"])
    assert found["coverage"]["dated"] == sum(row["opened"] is not None for row in found["ties"])


def test_undated_ties_are_not_alive_in_the_past(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "ties", "--alive", "2000")
    assert found["ties"]
    assert all(row["opened"] is not None and row["opened"] <= 2000 for row in found["ties"])


def test_no_tie_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "ties", "--subject", "RU-KLU", "--kind", "cbc_programme")  # Kaluga lies on no border
    assert (found["ties"], found["coverage"]["ties"]) == ([], 0)


def test_csv_holds_names_with_commas_and_other_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ties", "--subject", "RU-KGD", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert all(None not in row and row["iso_3166_2"] == "RU-KGD" for row in rows)
    assert {"Łódź", "Toruń"} <= {row["partner_place"] for row in rows}


@pytest.mark.parametrize(("lang", "words"), [("en", "with a known year"), ("ru", "с известным годом")])
def test_text_ends_with_the_coverage(lang: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ties", "--subject", "RU-MUR", "--lang", lang]) == 0
    assert words in capsys.readouterr().out.splitlines()[-1]


def test_border_with_finland(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "border", "FI")
    assert found["land_km"] == pytest.approx(1271.8)  # Rosgranitsa; the Finnish Border Guard gives 1,340 in all
    assert found["subjects"]["land"] == ["RU-KR", "RU-LEN", "RU-MUR"]
    # All road crossings have been closed by Finland since December 2023; Vainikkala takes goods trains only.
    assert found["crossings"]["road"]["active"] == 0
    assert found["crossings"]["road"]["ended"] == 9
    assert found["crossings"]["rail"]["active"] == 1
    assert {"twin_town", "cbc_programme", "euroregion"} <= set(found["ties_by_kind"])
    assert any(event["effect"] == "restricting" for event in found["events"])


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_acts_of_a_border_are_said_in_russian(form: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["border", "FI", "--lang", "ru", *form]) == 0
    out = capsys.readouterr().out
    assert "Прекращение соглашения России и Финляндии о приграничном сотрудничестве" in out
    assert "End of the Russia-Finland" not in out


def test_a_sea_neighbour_has_no_land_border(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "border", "JP")
    assert found["land_km"] is None
    assert found["subjects"]["land"] == []
    assert "RU-SAK" in found["subjects"]["sea"]
    assert main(["border", "JP"]) == 0
    assert "no land border" in capsys.readouterr().out


def test_an_unknown_border_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["border", "DE"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    land = ["AZ", "BY", "CN", "EE", "FI", "GE", "KP", "KZ", "LT", "LV", "MN", "NO", "PL", "UA"]
    assert all(f" {country}" in err for country in [*land, "JP", "US"])


def test_network_rows_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "network", "--kind", "twin_town", "--scope", "border")
    by_subject = {row["iso_3166_2"]: row for row in found["subjects"]}
    for iso, row in by_subject.items():
        mine = [pair for pair in found["pairs"] if pair["iso_3166_2"] == iso]
        assert (row["degree"], row["weighted_degree"]) == (len(mine), sum(pair["ties"] for pair in mine))
        assert sum(row["vector"].values()) == pytest.approx(1, abs=1e-5)
        shares = [pair["ties"] / row["weighted_degree"] for pair in mine]
        assert row["herfindahl"] == pytest.approx(sum(share**2 for share in shares), abs=1e-5)
    # Saint Petersburg has the most twin towns of all border subjects (Wikipedia list of twin towns in Russia)
    assert max(by_subject, key=lambda iso: by_subject[iso]["degree"]) == "RU-SPE"


def test_every_node_of_the_network_is_in_one_community(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "network", "--scope", "border")
    nodes = [node for group in found["communities"] for node in group]
    ends = {pair["iso_3166_2"] for pair in found["pairs"]} | {pair["country"] for pair in found["pairs"]}
    assert len(nodes) == len(set(nodes))
    assert set(nodes) == ends
    together = next(group for group in found["communities"] if "FI" in group)
    assert {"RU-MUR", "RU-KR", "RU-LEN"} <= set(together)  # the three subjects on the border with Finland


@pytest.mark.parametrize("words", [("--kind", "organisation"), ("--kind", "joint_project", "--alive", "1990")])
def test_a_network_without_pairs_is_an_answer(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """Seats in organisations are ties with no one country."""
    found = answer(capsys, "network", *words)
    assert (found["subjects"], found["pairs"], found["communities"]) == ([], [], [])
    assert main(["network", *words]) == 0


def test_survival_stands_beside_the_number_whose_fate_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "network")["survival"]["2022"]
    whole = ties.survival(ties.load(), 2022).loc["all"]
    assert sum(row["known"] for row in found) == whole["known"]
    assert sum(row["survived"] for row in found) == whole["survived"]


@pytest.mark.parametrize(
    "words", [("ties", "--partner", "XX-99"), ("ties", "--alive", "-5"), ("network", "--alive", "1800")]
)
def test_what_no_tie_can_answer_is_a_wrong_argument(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert main([*words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")


def test_towns_and_their_partners_are_a_network_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "network", "--kind", "twin_town", "--level", "place")
    places = {row["place"]: row for row in found["places"]}
    murmansk = ties.load().where(kind="twin_town", subject="RU-MUR").frame.query("subject_place == 'Murmansk'")
    assert places["RU-MUR Murmansk"]["weighted_degree"] == len(murmansk.dropna(subset=["country", "partner_place"]))
    assert "NO Tromsø" in ties.graph(ties.load().where(kind="twin_town"), "place")["RU-MUR Murmansk"]
    # Saint Petersburg has the longest list of twin towns in Russia (Wikipedia)
    assert found["places"][0]["place"] == "RU-SPE Saint Petersburg"
