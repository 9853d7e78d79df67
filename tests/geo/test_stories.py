"""Stories: what ships is sound in both languages, its figures are those of the tables, and nothing else gets in."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from geo import checks
from geo.errors import ArgumentError, DataError
from geo.exports.presenting import _body
from geo.i18n import LANGUAGES, Language
from geo.measures import relations
from geo.stories import ARTICLES, STORIES, Story, fill, functions, parse, source_title, stories, verify
from geo.stories.placeholders import sources

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "data" / "tables"
MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
DATE = re.compile(rf"(?<!\d)(?:[12]?\d|3[01])\s(?:{MONTHS})(?:\s(?:19|20)\d\d)?(?!\d)")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# figures in words; "third factor" and "third" of an article are ordinals
IN_WORDS = re.compile(
    r"\b(?:thirds?(?! factor)|quarters?|half|halves|dozens?|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|"
    r"треть|трети|третью|четвертью?|четверти|половин\w*|дюжин\w*|двадцат\w+|тридцат\w+|сорока?|пятьдесят|пятидесяти|"
    r"шестьдесят|семьдесят|восемьдесят|девяност\w+)\b",
    re.IGNORECASE,
)
ALL = [(story, slide) for story in stories().values() for slide in story.slides]
EACH_SLIDE = pytest.mark.parametrize(("story", "slide"), ALL, ids=[f"{one.id}-{slide.id}" for one, slide in ALL])

STORY = """---
id: small
order: 1
title: {en: Small, ru: Малая}
summary: {en: One slide., ru: Один слайд.}
---

# only

```yaml
view: /border?country=KZ
sources: ["federal:F06"]
```

## en: Length

{border_km(KZ)} km.

## ru: Длина

{border_km(KZ)} км.
"""


def rows(table: str) -> list[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_six_stories_ship_with_six_to_nine_slides_each() -> None:
    assert list(stories()) == [
        "active_border",
        "barents",
        "kaliningrad",
        "kazakh_border",
        "amur",
        "warm_regions",
    ]
    assert all(6 <= len(story.slides) <= 9 for story in stories().values())


@EACH_SLIDE
def test_a_slide_is_told_in_both_languages(story: object, slide: object) -> None:
    for lang in LANGUAGES:
        told = slide.told(lang)  # type: ignore[attr-defined]
        words = f"{told.title} {' '.join(told.text)}"
        assert not re.search(r"[{}|]", words)
        assert bool(re.search("[а-яё]{3}", told.title)) is (lang == "ru")
        assert len(words.split()) <= 60, "a projector shows some fifty words"
        assert not any(paragraph.startswith(("at least", "не менее")) for paragraph in told.text)


@EACH_SLIDE
def test_no_figure_but_a_year_is_written_by_hand(story: object, slide: object) -> None:
    for lang in LANGUAGES:
        for text in (slide.title.of(lang), slide.text.of(lang)):  # type: ignore[attr-defined]
            written = YEAR.sub("", DATE.sub("", re.sub(r"\{[^}]*\}", "", text)))
            assert not re.search(r"\d", written), written


@EACH_SLIDE
def test_no_figure_of_a_slide_is_written_in_words(story: object, slide: object) -> None:
    for lang in LANGUAGES:
        for text in (slide.title.of(lang), slide.text.of(lang)):  # type: ignore[attr-defined]
            assert not IN_WORDS.search(re.sub(r"\{[^}]*\}", "", text)), text


@pytest.mark.parametrize("story", stories().values(), ids=list(stories()))
def test_no_figure_of_a_summary_is_written_by_hand(story: Story) -> None:
    for lang in LANGUAGES:
        for text in (story.title.of(lang), story.summary.of(lang)):
            bare = re.sub(r"\{[^}]*\}", "", text)
            assert not re.search(r"\d", YEAR.sub("", bare)), text
            assert not IN_WORDS.search(bare), text
        assert not re.search(r"[{}|]", story.summed(lang))
        assert bool(re.search("[а-яё]{3}", story.summed(lang))) is (lang == "ru")


@pytest.mark.parametrize(
    "words", ["A third of the border", "a dozen subjects", "Thirty years", "half", "ТРЕТЬ", "дюжина"]
)
def test_figures_in_words_are_found(words: str) -> None:
    assert IN_WORDS.search(words)


def test_a_summary_is_told_with_its_figures() -> None:
    # twelve subjects lie on the border with Kazakhstan
    said = stories()["kazakh_border"].summed("en")
    assert said.startswith(f"{fill('{border_share(KZ)}', 'en')} % of Russia’s land border, 12\u00a0subjects,")


def test_a_summary_with_an_unknown_placeholder_is_refused() -> None:
    with pytest.raises(DataError, match=r"summary in 'en'.*no_such"):
        parse(STORY.replace("{en: One slide.,", "{en: '{no_such(KZ)}',"))


def test_what_was_expected_is_told_by_the_verdict_of_the_model() -> None:
    made = relations.shipped_compensation().countries
    for code, row in made.iterrows():
        low, high = row["count_low"], row["count_high"]
        verdict = "lower" if row["observed"] < low else "higher" if row["observed"] > high else "as expected"
        assert verdict in fill(f"{{against_expected({code})}}", "en")


@EACH_SLIDE
def test_a_slide_names_sources_that_exist(story: object, slide: object) -> None:
    assert all(source_title(source, "en") for source in slide.sources)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", list(stories()))
def test_all_sources_of_the_rows_that_a_slide_counts_stand_behind_its_foot(name: str) -> None:
    page = _body(name, "en")
    kept = json.loads(re.findall(r'id="all-sources">(.*?)</script>', page)[0])
    for slide, places in zip(stories()[name].slides, kept["slides"], strict=True):
        listed = {kept["sources"][place][0] for place in places}
        counted = {source for lang in LANGUAGES for source in sources(slide.text.of(lang), lang)}
        assert listed >= {*slide.sources, *counted}, slide.id
    assert len(re.findall('<p class="sources">', page)) == len(kept["slides"])
    shown = [set(re.findall(r'data-source="([^"]+)"', part)) for part in page.split("<section ")[1:]]
    assert all(set(slide.sources) <= at_foot for slide, at_foot in zip(stories()[name].slides, shown, strict=True))


def closed_finnish_crossings() -> list[dict[str, str]]:
    """Rows of the table of ties, read without the atlas."""
    return [
        one
        for one in rows("ties")
        if (one["kind"], one["country"], one["status"]) == ("crossing", "FI", "ended")
        and one["iso_3166_2"] in ("RU-MUR", "RU-KR", "RU-LEN", "RU-SPE")
        and not one["possible_duplicate_of"]
    ]


def test_the_sources_of_a_count_are_those_of_its_rows() -> None:
    closed = closed_finnish_crossings()
    named = {source for one in closed for source in one["source"].split(";")}
    assert set(sources("{listed(crossing, on=FI, status=ended)}", "en")) == named
    (vote,) = [one for one in rows("unga_agreement") if (one["country"], one["year"]) == ("CN", "1992")]
    assert sources("{un_agreement(CN, 1992)}", "ru") == [vote["source"]]
    (programme,) = [one for one in rows("cbc_programmes") if one["programme_id"] == "eni_kolarctic"]
    assert sources("{programme_eur(eni_kolarctic)}", "en") == programme["source"].split(";")


@pytest.mark.parametrize("function", list(functions()))
def test_every_figure_names_sources_that_exist(function: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in [*STORIES.glob("*.md"), Path(__file__)])
    used = re.findall(rf"{{{function}\([^)]*\)", told)
    found = sources(f"{used[0]}}}", "en")
    assert found
    assert set(found) <= {one["source_id"] for one in rows("sources")}


def test_the_articles_stand_with_their_doi() -> None:
    # as the journals print them
    assert ARTICLES["article:rustamova_2022"].doi == "10.24833/2071-8160-2022-1-82-177-206"
    assert ARTICLES["article:arteev_2021"].doi == "10.48015/2076-7404-2021-13-1-32-57"


@pytest.mark.parametrize(
    ("placeholder", "en", "ru"),
    [
        # Grandars.ru: 7512.8 km by land with Kazakhstan, 195.8 km with Norway, 4209.3 km with China
        ("{border_km(KZ)}", "7,513", "7\u00a0513"),
        ("{border_km(NO)}", "196", "196"),
        ("{border_km(CN)}", "4,209", "4\u00a0209"),
        ("{border_rank(KZ)}", "1", "1"),
        ("{border_rank(CN)}", "2", "2"),
        # Federation Council: 83 subjects of ISO 3166-2; five of them sat in the Barents Regional Council
        ("{subjects(all)}", "83", "83"),
        ("{subjects_with(barents_council, all)}", "5", "5"),
        # twelve subjects lie on the border with Kazakhstan, seven of its regions lie across (those of 2018)
        ("{border_subjects(KZ)}", "12", "12"),
        ("{foreign_regions(KZ)}", "7", "7"),
        # programme documents: 63,436,180 and 36,000,000 euros
        ("{programme_eur(eni_kolarctic)}", "63.4", "63,4"),
        ("{programme_eur(interreg2a_barents)}", "36", "36"),
        # census of 2021: 143,717 Kazakhs are 17.6 % of those who stated an ethnicity in Astrakhan Oblast
        ("{kin_share(RU-AST, KZ)}", "17.6", "17,6"),
        ("{highest(titular_kin_share)}", "Astrakhan Oblast", "Астраханская область"),
    ],
)
def test_a_figure_is_the_published_one(placeholder: str, en: str, ru: str) -> None:
    assert fill(placeholder, "en") == en
    assert fill(placeholder, "ru") == ru


def test_agreement_in_the_united_nations_is_read_from_the_table() -> None:
    (row,) = [one for one in rows("unga_agreement") if (one["country"], one["year"]) == ("CN", "1992")]
    assert fill("{un_agreement(CN, 1992)}", "en") == f"{100 * float(row['agreement']):.0f}"


def test_ties_on_a_border_are_counted_by_hand() -> None:
    closed = closed_finnish_crossings()
    assert len(closed) == 10
    assert fill("{listed(crossing, on=FI, status=ended)}", "en") == "at least\u00a010"


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("en", "{border_subjects(NO): subject|subjects}", "1\u00a0subject"),
        ("en", "{border_subjects(FI): subject|subjects}", "3\u00a0subjects"),
        ("ru", "{border_subjects(NO): субъект|субъекта|субъектов}", "1\u00a0субъект"),
        ("ru", "{border_subjects(FI): субъект|субъекта|субъектов}", "3\u00a0субъекта"),
        ("ru", "{border_subjects(KZ): субъект|субъекта|субъектов}", "12\u00a0субъектов"),
        ("ru", "{programme_eur(eni_kolarctic): миллион|миллиона|миллионов}", "63,4\u00a0миллиона"),
    ],
)
def test_a_noun_agrees_with_its_figure(lang: Language, text: str, said: str) -> None:
    assert fill(text, lang) == said


@pytest.mark.parametrize(
    "text",
    [
        "{exec(KZ)}",
        "{__import__(os)}",
        "{border_km}",
        "{border_km()}",
        "{border_km(KZ, CN)}",
        "{border_km(XX)}",
        "{border_km(country=KZ, colour=red)}",
        "{border_km('KZ')}",
        "{border_km(KZ).real}",
        "{border_km(border_km(KZ))}",
        "{border_km(KZ): km}",
        "{border_km(KZ): a|b|c}",
        "{highest(twin_ties): region|regions}",
        "{highest(joint_projects)}",
        "{value(twin_ties, RU-XXX)}",
        "{value(twin_ties, RU-MUR, 1850)}",
        "{value(twin_ties, RU-MUR, 18)}",
        "{listed(weather)}",
        "{listed(crossing, status=sunny)}",
        "{un_agreement(KZ, 19999)}",
        "{programme_eur(nobody)}",
        "a { brace",
        "{{border_km(KZ)}}",
    ],
)
def test_what_is_no_placeholder_is_refused_without_being_computed(text: str) -> None:
    with pytest.raises(ArgumentError):
        verify(text, "en")


def test_a_figure_that_the_data_lack_is_refused() -> None:
    for text in ("{value(land_border_share, RU-MOS)}", "{border_km(JP)}", "{programme_eur(eni_karelia)}"):
        verify(text, "en")
        with pytest.raises(ArgumentError, match="no "):
            fill(text, "en")


def test_every_function_is_used_or_tried_here() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in [*STORIES.glob("*.md"), Path(__file__)])
    assert [name for name in functions() if f"{{{name}(" not in told] == []


def test_a_total_is_the_sum_of_the_column() -> None:
    # Rosstat, exports of 2021 by customs: the border subjects together, million US dollars
    border = {one["iso_3166_2"] for one in rows("subjects") if "1" in (one["land_border"], one["sea_border"])}
    exports = sum(
        float(one["value"])
        for one in rows("trade_partners")
        if (one["year"], one["flow"], one["partner_group"]) == ("2021", "export", "ALL") and one["iso_3166_2"] in border
    )
    assert fill("{total(exports)}", "en") == f"{exports:,.0f}"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("order: 1\n", "", 1, "'order' is missing"),
        ("order: 1", "order: 1\ncolour: red", 4, "unknown key 'colour'"),
        ("title: {en: Small, ru: Малая}", "title: {en: Small}", 4, "'ru' is missing"),
        ("view: /border?country=KZ", "view: border", 11, "view"),
        ('sources: ["federal:F06"]', "sources: []", 12, "sources"),
        ("view:", "colour: red\nview:", 11, "unknown key 'colour'"),
        ("## ru: Длина", "", 8, "'ru' are missing"),
        ("## ru: Длина", "## en: Length", 19, "twice"),
        ("```yaml", "", 8, "one block"),
        ("# only", "words\n\n# only", 8, "before the first slide"),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(DataError, match=re.escape(reason)) as caught:
        parse(STORY.replace(old, new), "small.md")
    assert (caught.value.file or "").startswith("small.md")
    if line > 1:
        assert caught.value.file == f"small.md:{line}"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("{border_km(KZ)} km.", "{border_km(XX)} km.", 15, "unknown neighbouring country"),
        ("federal:F06", "federal:F9999", 8, "unknown source"),
        ("country=KZ\n", "country=XX\n", 8, "unknown country"),
        ("country=KZ\n", "country=KZ\nshow: compensation\n", 8, "has no compensation"),
        ("country=KZ\n", "country=KZ\nhighlight: [RU-XXX]\n", 8, "neither a subject"),
        ("view: /border?country=KZ", "view: /index?recipe=nobody", 8, "unknown recipe"),
    ],
)
def test_the_check_finds_a_fault_with_file_and_line(old: str, new: str, line: int, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "small.md").write_text(STORY.replace(old, new, 1), encoding="utf-8")
    (found,) = checks._stories(tmp_path)
    assert reason in str(found)
    assert found.file == f"{folder / 'small.md'}:{line}"


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        ("/sources", "unknown page for a slide '/sources'"),
        ("/events?country=FI", "unknown page"),
        ("/index\nshow: timeline", "/index has no timeline; it has: map, ranking"),
        ("/levels\nshow: matrix", "/levels has no matrix; it has: map"),
        ("/levels?rules=high.no-1", "is no rule"),
        ("/soft_power?pillar=magic", "unknown pillar 'magic'"),
        ("/network", "/network has no map; it has: matrix, ranking"),
        ("/network?view=flows\nshow: matrix", "unknown view 'flows'"),
        ("/network?view=ranking\nshow: matrix", "write view=matrix"),
    ],
)
def test_a_view_that_no_slide_can_show_is_refused_when_the_story_is_read(view: str, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        parse(STORY.replace("/border?country=KZ", view), "small.md")
    assert reason in str(caught.value)
    assert caught.value.file == "small.md:8"


def test_the_refusal_of_a_page_lists_those_that_slides_can_show() -> None:
    with pytest.raises(DataError) as caught:
        parse(STORY.replace("/border?country=KZ", "/seminar"))
    listed = "/, /border, /region, /relations, /index, /levels, /soft_power, /network"
    assert listed in str(caught.value)


def test_what_ships_passes_the_check() -> None:
    assert list(checks._stories(ROOT / "data")) == []
