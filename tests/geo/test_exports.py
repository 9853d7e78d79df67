"""Citations by their standards, tables that carry their terms with them."""

from datetime import date
from io import BytesIO

import pandas as pd
import pytest

from geo import units
from geo.exports import cite_map, csv_bytes, values_table
from geo.exports.citation import cite_key, tex
from geo.i18n import Text

TITLE = Text(en="Twin-town ties & 100% of_them", ru="Побратимские связи")
PATH = "https://atlas.example/?indicator=twin_ties&year=2026&lang=ru"
DAY = date(2026, 11, 21)


def cite(lang="en", sources=("Rosstat", "Wikidata")):
    return cite_map(TITLE, 2026, PATH, DAY, lang, list(sources), "0.1.0")


def test_gost_reference():
    # the order and the marks of GOST R 7.0.5-2008 for a part of an electronic resource
    assert cite().gost == (
        "Побратимские связи, 2026 [Электронный ресурс] : карта // Limitrophe: открытый атлас "
        "внешних связей приграничных регионов России. Версия 0.1.0. 2026. "
        f"URL: {PATH} (дата обращения: 21.11.2026)."
    )
    assert cite("ru").gost == cite("en").gost


def test_plain_reference_in_both_languages():
    assert cite().text == (
        "“Twin-town ties & 100% of_them, 2026” [map]. Limitrophe: an open atlas of the external "
        "relations of Russia's border regions, version 0.1.0. Data: Rosstat; Wikidata. "
        f"URL: {PATH} (accessed November 21, 2026)."
    )
    russian = cite("ru", sources=()).text
    assert russian.startswith("«Побратимские связи, 2026» [карта]. Limitrophe: открытый атлас")
    assert russian.endswith("(дата обращения: 21 ноября 2026\u202fг.).")
    assert "Данные" not in russian


def test_bibtex_entry():
    assert cite().bibtex == (
        "@misc{limitrophe-twin-town-ties-100-2026-f2b5,\n"
        "  author = {{Limitrophe contributors}},\n"
        "  title = {{Twin-town ties \\& 100\\% of\\_them, 2026}},\n"
        "  howpublished = {Limitrophe: an open atlas of the external relations of Russia's border"
        " regions, version 0.1.0},\n"
        "  year = {2026},\n"
        f"  url = {{{PATH}}},\n"
        "  urldate = {2026-11-21},\n"
        "  language = {english},\n"
        "  note = {Data: Rosstat; Wikidata.}\n"
        "}\n"
    )


def test_keys_are_ascii_distinct_and_the_same_wherever_the_atlas_is_served():
    chart = Text(en="Что когда произошло", ru="Что когда произошло")
    murmansk, karelia = (f"http://localhost:8501/region?region={code}&lang=ru" for code in ("RU-MUR", "RU-KR"))
    key = cite_key(chart, murmansk)
    assert key.startswith("limitrophe-chto-kogda-proizoshlo-")
    assert key.isascii()
    assert key == cite_key(chart, "https://atlas.example/sub/region?lang=en&region=RU-MUR")
    assert key != cite_key(chart, karelia)
    assert key != cite_key(Text(en="Связи", ru="Связи"), murmansk)
    cited = cite_map(chart, None, murmansk, DAY, "ru", [], "0.1.0")
    assert cited.bibtex.startswith(f"@misc{{{key},\n")
    assert f"ID  - {key}\r\n" in cited.ris


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("50 % & $5 #1 a_b", r"50 \% \& \$5 \#1 a\_b"),
        ("{x}~^", r"\{x\}\textasciitilde{}\textasciicircum{}"),
        ("a\\b", r"a\textbackslash{}b"),
        ("Ёлки — «так»", "Ёлки — «так»"),
    ],
)
def test_tex_escapes(text, escaped):
    assert tex(text) == escaped


def test_braces_of_bibtex_are_balanced_whatever_the_address():
    entry = cite_map(TITLE, 2026, "/?q={{a\\b c}", DAY, "en", ["{"], "0.1.0").bibtex
    bare = entry.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")
    assert "url = {/?q=%7B%7Ba%5Cb%20c%7D}" in entry


def test_table_carries_status_source_licence_and_note():
    table = values_table("unemployment_rate", scope="all")
    assert table["iso_3166_2"].tolist() == units.scope("all").tolist()
    assert len(table) == 83
    for column in ("unit_en", "unit_ru", "status", "source", "licence", "boundary_note"):
        assert (table[column].astype(str).str.len() > 0).all()
    known = {"observed", "zero", "no_data", "not_applicable", "suspended"}
    assert set(table["status"]) <= known
    missing = table["status"].isin(["no_data", "not_applicable"])
    assert table["value"].isna().tolist() == missing.tolist()
    assert table["rank"].min() == 1


def test_table_of_the_border_scope():
    assert len(values_table("barents_council", scope="border")) == 48


def test_answers_have_no_rank_and_lower_bounds_say_so():
    answers = values_table("barents_council")
    assert answers["rank"].isna().all()
    assert answers["value"].sum() == 5  # Arkhangelsk, Komi, Karelia, Murmansk, Nenets
    assert not answers["at_least"].any()
    assert values_table("twin_ties")["at_least"].all()


def test_csv_opens_in_excel_with_cyrillic():
    written = csv_bytes(values_table("barents_council"))
    assert written.startswith(b"\xef\xbb\xbfiso_3166_2,")
    assert written.count(b"\r\n") == 84
    back = pd.read_csv(BytesIO(written), encoding="utf-8-sig", keep_default_na=False)
    assert back.loc[back["iso_3166_2"] == "RU-MUR", "name_ru"].item() == "Мурманская область"
    # the five Russian members, from the council's page "about", source web:6f9f293b of the tables
    members = set(back.loc[back["status"] == "observed", "iso_3166_2"])
    assert members == {"RU-ARK", "RU-KO", "RU-KR", "RU-MUR", "RU-NEN"}


def test_the_atlas_is_cited_once_and_as_no_map() -> None:
    from datetime import date

    from geo.exports.citation import cite_atlas

    cited = cite_atlas("http://localhost:8501/?lang=ru", date(2026, 11, 21), "ru", "0.1.0")
    assert cited.gost == (
        "Limitrophe: открытый атлас внешних связей приграничных регионов России [Электронный ресурс]. Версия 0.1.0. "
        "2026. URL: http://localhost:8501/?lang=ru (дата обращения: 21.11.2026)."
    )
    assert cited.text.count("Limitrophe") == 1
    assert "[карта]" not in cited.text
    assert "  version = {0.1.0}," in cited.bibtex
