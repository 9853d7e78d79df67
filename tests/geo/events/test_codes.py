"""Codes and names of event data lead to the countries and subjects they mean, or to nothing, and never to a guess."""

from __future__ import annotations

import pytest

from geo import facts, units
from geo.errors import UnknownCodeError
from geo.events import codes

SUBJECTS = set(units.subjects().index)


def test_fips_codes_reach_all_subjects_but_those_it_never_split() -> None:
    """FIPS 10-4 numbers RS01 to RS93; every one leads to a subject, and together they reach all 83."""
    reached = {
        code: codes.fips_subject(code) for code in facts.table("subject_codes").query("scheme == 'fips'")["code"]
    }
    assert len(reached) == 93
    assert set(reached.values()) == SUBJECTS
    assert all(code.startswith("RS") for code in reached)


FIPS_NAMES = "fips (GDELT full name, ICEWS Province)"
GEONAMES = "geonames admin1 (POLECAT Province)"
SAME_IN_BOTH = {"RU-CE", "RU-DA", "RU-KO", "RU-LEN"}  # listed once


@pytest.mark.parametrize(("scheme", "elsewhere"), [(FIPS_NAMES, set()), (GEONAMES, SAME_IN_BOTH)])
def test_names_of_provinces_reach_all_subjects(scheme: str, elsewhere: set[str]) -> None:
    aliases = facts.table("aliases").query("scheme == @scheme")
    found = {alias: codes.named_subject(alias) for alias in aliases["alias"]}
    assert found == dict(zip(aliases["alias"], aliases["iso_3166_2"], strict=True))
    assert set(found.values()) | elsewhere == SUBJECTS


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Belgorod oblast", "RU-BEL"),  # UCDP
        ("Kursk region", "RU-KRS"),
        ("Chechnya", "RU-CE"),
        ("Taymyrskiy (Dolgano-Nenetskiy) Avtonomnyy Okrug", "RU-KYA"),  # merged in 2007
        ("Republic of Crimea", None),  # none of the 83
        ("Krym", None),
    ],
)
def test_names_as_other_data_sets_write_them(name: str, subject: str | None) -> None:
    assert codes.named_subject(name) == subject


@pytest.mark.parametrize("name", ["Atlantis", "Nowhere Oblast", "x"])
def test_names_that_nobody_bears_are_unknown(name: str) -> None:
    with pytest.raises(UnknownCodeError):
        codes.named_subject(name)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Russian Federation", "RU"),  # ICEWS
        ("Russia (Soviet Union)", "RU"),  # UCDP
        ("DR Congo (Zaire)", "CD"),
        ("Congo", "CG"),
        ("Vietnam (North Vietnam)", "VN"),
        ("Yemen (North Yemen)", "YE"),
        ("Serbia (Yugoslavia)", "RS"),
        ("Kingdom of eSwatini (Swaziland)", "SZ"),
        ("Myanmar (Burma)", "MM"),
        ("Bosnia-Herzegovina", "BA"),
        ("Ivory Coast", "CI"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("United States of America", "US"),
        ("North Korea", "KP"),
    ],
)
def test_names_of_countries(name: str, country: str) -> None:
    assert codes.named_country(name) == country


@pytest.mark.parametrize(
    ("actor", "country"),
    [
        ("Government of Russia (Soviet Union)", "RU"),
        ("Military Forces of Ukraine (2019-)", "UA"),
        ("Police Forces of Russia (2000-) National Guard", "RU"),
        ("Civilians (Ukraine)", "UA"),
        ("Protesters (Russia)", "RU"),
        ("DPR", None),
        ("Jaish al-Islam", None),
    ],
)
def test_actors_that_are_a_state_or_its_people(actor: str, country: str | None) -> None:
    assert codes.government(actor) == country


@pytest.mark.parametrize("text", ["", "yesterday", "20200732", "20211301", "18991231", "99999999", "2020", "2020-7-1x"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        codes.day(text)


def test_every_cameo_code_has_a_root_that_it_begins_with_and_one_of_four_classes() -> None:
    events = codes.cameo_events()
    assert len(events) == 286
    assert all(code.startswith(root) and len(root) == 2 for code, (root, _quad) in events.items())
    assert {quad for _root, quad in events.values()} == {1, 2, 3, 4}
    assert len({root for root, _quad in events.values()}) == 20
