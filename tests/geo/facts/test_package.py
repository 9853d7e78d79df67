"""Tables as they are read."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.errors import DataError, UnknownCodeError
from geo.facts import DATA_DIR, package, sources, table
from geo.facts.package import descriptor, read_text, typed


def test_namibia_is_a_country_and_an_empty_cell_is_missing() -> None:
    """Cheboksary and Rundu (Namibia) are twin towns; pandas reads NA as missing by default."""
    ties = table("ties").set_index("tie_id")
    assert ties.loc["twin_town/RU-CU/cheboksary/NA/rundu", "country"] == "NA"
    members = table("ties").query("kind == 'organisation'")
    assert members["country"].isna().all()


def test_columns_have_the_types_of_the_schema() -> None:
    ties = table("ties")
    assert str(ties["opened"].dtype) == "Int64"
    assert ties["subject_lat"].dtype == "float64"
    assert table("subject_codes").query("scheme == 'okato' and iso_3166_2 == 'RU-ALT'")["code"].tolist() == [
        "01000000000"
    ]


def test_an_unknown_table_names_the_known_ones() -> None:
    with pytest.raises(UnknownCodeError, match="unknown table 'tie'"):
        table("tie")


def test_sources_are_indexed_by_their_id() -> None:
    assert sources().loc["softpower:geonames", "licence"].startswith("CC BY 4.0")


def test_every_file_of_tables_is_a_resource_and_the_other_way_round() -> None:
    files = {path.name for path in (DATA_DIR / "tables").glob("*.csv")}
    assert files == {Path(resource["path"]).name for resource in package()["resources"]}


def test_ties_are_share_alike_and_the_rest_is_not() -> None:
    licences = {one["name"]: one["licenses"][0]["name"] for one in package()["resources"]}
    assert licences.pop("ties") == "CC-BY-SA-4.0"
    assert set(licences.values()) == {"CC-BY-4.0"}


def test_a_cell_of_the_wrong_type_is_named(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("series,year\ngrp,2020\ngrp,2020.5\n", encoding="utf-8")
    fields = [{"name": "series", "type": "string"}, {"name": "year", "type": "integer"}]
    with pytest.raises(DataError) as caught:
        typed(read_text(path), fields, path)
    error = caught.value
    assert (error.file, error.row, error.column, error.value) == (str(path), 2, "year", "2020.5")


@pytest.mark.parametrize("content", ["", "{"])
def test_a_broken_descriptor_is_an_error_of_the_data(tmp_path: Path, content: str) -> None:
    if content:
        (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"datapackage\.json"):
        descriptor(tmp_path)


def test_frictionless_finds_the_package_valid() -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(command, cwd=DATA_DIR, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["valid"], [task["errors"][:1] for task in report["tasks"] if not task["valid"]]


def test_subjects_are_those_of_iso_3166_2() -> None:
    """83 codes (ISO 3166-2:RU): 21 republics, 9 krais, 46 oblasts, 2 cities, 1 + 4 autonomous units."""
    subjects = table("subjects")
    assert len(subjects) == 83
    kinds = pd.Series(
        {
            "republic": subjects["name_ru"].str.contains("Республика").sum(),
            "krai": subjects["name_ru"].str.endswith(" край").sum(),
            "oblast": (
                subjects["name_ru"].str.contains(" область") & ~subjects["name_ru"].str.contains("автономная")
            ).sum(),
            "okrug": subjects["name_ru"].str.contains("автономный округ").sum(),
        }
    )
    assert kinds.to_dict() == {"republic": 21, "krai": 9, "oblast": 46, "okrug": 4}
    assert subjects["name_en"].is_unique
    assert subjects["name_ru"].is_unique


def test_border_subjects_are_37_by_land_and_48_in_all() -> None:
    subjects = table("subjects").set_index("iso_3166_2")
    assert subjects["land_border"].sum() == 37
    assert (subjects[["land_border", "sea_border"]].max(axis=1)).sum() == 48
    assert subjects.loc["RU-SAM", "neighbours_land"] == "KZ"


def test_fourteen_land_neighbours() -> None:
    countries = table("countries").query("land_neighbour == 1")["country"]
    assert sorted(countries) == ["AZ", "BY", "CN", "EE", "FI", "GE", "KP", "KZ", "LT", "LV", "MN", "NO", "PL", "UA"]


def test_merged_subjects_lead_to_their_successors() -> None:
    """Perm and Kamchatka Oblasts, Koryak, Taymyr and Evenk okrugs, Chita Oblast (2005-2008)."""
    fips = table("subject_codes").query("scheme == 'fips'").set_index("code")["iso_3166_2"]
    old = {"RS58": "RU-PER", "RS26": "RU-KAM", "RS36": "RU-KAM", "RS74": "RU-KYA", "RS18": "RU-KYA", "RS14": "RU-ZAB"}
    assert fips[list(old)].to_dict() == old


@pytest.mark.parametrize("resource", package()["resources"], ids=lambda resource: resource["name"])
def test_every_table_is_told_in_both_languages(resource: dict[str, Any]) -> None:
    assert re.search("[а-яё]", resource["title_ru"])
    assert re.search("[A-Za-z]", resource["title"])
    assert ("description" in resource) == ("description_ru" in resource)
    assert re.search("[а-яё]", resource.get("description_ru", "есть не всегда"))
