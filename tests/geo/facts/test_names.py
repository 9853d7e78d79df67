"""Russian names of what the sources name in English only."""

import re

import pytest
from babel import Locale

from geo.facts import name_in, table
from geo.i18n import translator
from geo.ties import form_name

LANGUAGES = Locale("ru").languages
ACTS = {"act": "title", "act_summary": "summary"}
PLACES = {"place": "subject_place", "place_abroad": "partner_place", "tie_note": "note"}
# several places in one cell, or one of several that nobody tells apart
UNNAMED = {"Association of municipalities of Kaliningrad Oblast", "Municipal units of Kaliningrad Oblast"}


def in_english(of: str) -> set[str]:
    """Names that need Russian, of one kind, gathered from the tables that show them."""
    if of == "people":
        lists = table("ethnic_affinity")[["titular_groups", "other_kin_groups"]].stack().str.split(";").explode()
        return {*lists.dropna(), *table("kin_groups")["ethnic_group"], *table("ethnic_composition")["ethnic_group"]}
    if of == "language":
        return set(table("languages")["language"])
    if of == "organisation":
        return set(table("organisations")["name"])
    if of == "cbc_programme":
        return set(table("cbc_programmes")["name"])
    if of in ACTS:
        return set(table("legal_timeline")[ACTS[of]].dropna())
    if of in PLACES:
        return set(table("ties")[PLACES[of]].dropna())
    return set(table("ties").query("kind == @of")["name"])


@pytest.mark.parametrize("of", ["people", "language", "organisation", "cbc_programme", "joint_project", *ACTS, *PLACES])
def test_every_name_has_its_russian(of: str) -> None:
    names = in_english(of) - UNNAMED
    assert names
    left = [name for name in names if not re.search("[а-яё]", name_in("ru", of, name))]
    assert left == []
    assert all(name_in("en", of, name) == name for name in names)


@pytest.mark.parametrize("name", ["ties", "evisa_checkpoints", "organisations", "cbc_programmes"])
def test_what_has_a_name_has_a_russian_name(name: str) -> None:
    frame = table(name)
    assert frame.loc[frame["name"].notna() & frame["name_ru"].isna(), "name"].to_list() == []


def test_every_form_of_a_tie_is_said_in_russian() -> None:
    forms = table("ties")["form"].dropna().unique()
    assert [form for form in forms if re.search("[A-Za-z]", form_name(form, "ru"))] == []


def test_no_translation_is_idle() -> None:
    """A translation of a name that no table has any more hides that the name changed."""
    ties = table("ties")
    shown = {"form": set(ties["form"].dropna())}
    for of, found in table("translations").groupby("of"):
        names = shown.get(of) or in_english(of)
        assert set(found["name_en"]) <= names, of


def test_forms_are_translated_in_one_place() -> None:
    """A form is a word of the program or a text of the sources, not both."""
    forms = table("translations").query("of == 'form'")["name_en"]
    assert [form for form in forms if translator("ru")(form) != form] == []


@pytest.mark.parametrize(
    ("language", "code"),
    [("Karelian", "krl"), ("Buryat", "bua"), ("Kazakh", "kk"), ("Ossetic", "os"), ("Komi-Permyak", "koi")],
)
def test_languages_are_called_as_in_the_cldr(language: str, code: str) -> None:
    assert name_in("ru", "language", language) == LANGUAGES[code]


def test_names_that_cite_the_cldr_are_in_it() -> None:
    cited = table("translations").query("source == 'unicode:cldr'")
    assert set(cited["of"]) == {"language"}
    assert set(cited["name_ru"]) <= set(LANGUAGES.values())


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("(4-FZ)", "О координации международных и внешнеэкономических связей субъектов Российской Федерации"),
        ("(179-FZ)", "Об основах приграничного сотрудничества"),
    ],
)
def test_laws_are_called_as_they_were_published(number: str, title: str) -> None:
    """Titles of the collection of laws, 1999 no. 2 and 2017 no. 31."""
    (english,) = (act for act in in_english("act") if act.endswith(number))
    assert f"«{title}»" in name_in("ru", "act", english)


@pytest.mark.parametrize(("people", "russian"), [("Sami", "саамы"), ("Crimean Tatar", "крымские татары")])
def test_peoples_are_called_as_in_the_list_of_the_census(people: str, russian: str) -> None:
    assert name_in("ru", "people", people) == russian


@pytest.mark.parametrize("city", table("cities")["name_ru"])
def test_cities_are_called_as_in_the_census(city: str) -> None:
    """Towns of ties that are cities of 100,000 inhabitants have the name of the census."""
    ours = table("translations").query("of == 'place'")["name_ru"]
    near = [name for name in ours if name.replace("ё", "е") == city.replace("ё", "е")]
    assert all(name == city for name in near)


def test_an_unknown_name_stays_as_it_is() -> None:
    assert name_in("ru", "people", "Atlantean") == "Atlantean"
