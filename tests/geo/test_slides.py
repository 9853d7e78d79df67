"""Stories as files: slides read back by python-pptx, and one HTML file that asks no host for anything."""

from __future__ import annotations

import csv
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from geo import facts
from geo.__main__ import main
from geo.exports.presenting import offline_page
from geo.exports.slides import presentation
from geo.i18n import Language
from geo.maps import LIGHT
from geo.maps.addresses import IndexAddress, MapAddress, SoftPowerAddress
from geo.maps.captions import boundary_note
from geo.maps.typesetting import font, wrapped
from geo.stories import ARTICLES, Show, Story, behind, source_title, stories
from geo.stories.scenes import ROWS, figure, scene

ROOT = Path(__file__).resolve().parents[2]
KAZAKH = stories()["kazakh_border"]
HOME = "https://atlas.example/limitrophe/"


@pytest.fixture(scope="module", params=["en", "ru"])
def lang(request: pytest.FixtureRequest) -> Language:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def deck(lang: Language) -> object:
    return Presentation(BytesIO(presentation(KAZAKH, lang, HOME)))


def texts(page: object) -> str:
    return "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)  # type: ignore[attr-defined]


def test_a_slide_for_each_and_one_before_and_after(deck: object) -> None:
    assert len(deck.slides) == len(KAZAKH.slides) + 2  # type: ignore[attr-defined]
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=1e-3)  # type: ignore[attr-defined]


def test_text_stands_in_text_boxes(deck: object, lang: Language) -> None:
    for page, slide in zip(list(deck.slides)[1:-1], KAZAKH.slides, strict=True):  # type: ignore[attr-defined, call-overload]
        told = slide.told(lang)
        assert told.title in texts(page)
        assert all(paragraph in texts(page) for paragraph in told.text)
        assert not list(page.placeholders), "no placeholder of the template stays empty"
        assert {shape.shape_type for shape in page.shapes} == {MSO_SHAPE_TYPE.TEXT_BOX, MSO_SHAPE_TYPE.PICTURE}


def test_pictures_say_what_they_show_and_lie_on_the_slide(deck: object, lang: Language) -> None:
    for page in list(deck.slides)[1:-1]:  # type: ignore[attr-defined, call-overload]
        (picture,) = [shape for shape in page.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        said = picture._element.nvPicPr.cNvPr.get("descr")
        assert len(said) > 20
        assert bool(re.search("[а-яё]{3}", said)) is (lang == "ru")
        assert picture.left + picture.width <= deck.slide_width  # type: ignore[attr-defined]
        assert picture.top + picture.height <= deck.slide_height  # type: ignore[attr-defined]
        image = Image.open(BytesIO(picture.image.blob))
        assert image.width >= 1600
        assert len(image.convert("P").getcolors() or []) > 8, "the picture is not blank"


def test_notes_carry_the_sources_and_the_whole_address(deck: object, lang: Language) -> None:
    for page, slide in zip(list(deck.slides)[1:-1], KAZAKH.slides, strict=True):  # type: ignore[attr-defined, call-overload]
        notes = page.notes_slide.notes_text_frame.text
        assert f"https://atlas.example/limitrophe{slide.view}&lang={lang}\n" in notes
        assert notes.count("\n- ") == len(behind.rests_on(slide))
        for source in behind.rests_on(slide):
            full = ARTICLES[source].title.of(lang) if source in ARTICLES else unquote(source_title(source, lang))
            assert full.rstrip(".") in notes
    everything = "\n".join(page.notes_slide.notes_text_frame.text for page in deck.slides)  # type: ignore[attr-defined]
    assert "https://doi.org/10.24833/2071-8160-2022-1-82-177-206" in everything
    assert "grandars.ru" in everything


def test_a_slide_bears_boundary_note_version_and_address_in_one_line(deck: object, lang: Language) -> None:
    version = facts.package()["version"]
    for page, slide in zip(list(deck.slides)[1:-1], KAZAKH.slides, strict=True):  # type: ignore[attr-defined, call-overload]
        (line,) = [one for one in page.shapes if one.has_text_frame and "https://" in one.text_frame.text]
        said = line.text_frame.text
        assert said.endswith(f"{version}: https://atlas.example/limitrophe{slide.view}&lang={lang}")
        assert (boundary_note(lang) in said) is (slide.show == "map")
        size = line.text_frame.paragraphs[0].runs[0].font.size.pt
        assert len(wrapped(said, font("sans", size), line.width / 12700)) == 1
        assert line.top + line.height <= deck.slide_height  # type: ignore[attr-defined]


@pytest.mark.parametrize("story", stories().values(), ids=list(stories()))
def test_words_fit_their_text_boxes(story: Story, lang: Language) -> None:
    # boxes of presentation(): 4.28 inches wide; 1.6 inches for a title of 28 points, 4.7 for words of 17
    measure = 4.28 * 72
    for slide in story.slides:
        told = slide.told(lang)
        assert len(wrapped(told.title, font("serif", 28, "bold"), measure)) <= 3, told.title
        lines = [len(wrapped(paragraph, font("sans", 17), measure)) for paragraph in told.text]
        assert sum(lines) * 17 * 1.25 + 9 * len(lines) <= 4.7 * 72, told.title


@pytest.mark.parametrize("name", ["warm_regions"])
def test_the_offline_file_holds_all_and_asks_for_nothing(name: str, lang: Language) -> None:
    page = offline_page(name, lang, HOME)
    assert page.count('class="slide"') == len(stories()[name].slides)
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"'](?!data:)", page)
    assert "default-src 'none'" in page
    for slide in stories()[name].slides:
        assert slide.told(lang).title in unescape(page)
        address = f"https://atlas.example/limitrophe{slide.view}{'&' if '?' in slide.view else '?'}lang={lang}"
        assert f"{facts.package()['version']}: {address}<" in unescape(page)
    maps = sum(slide.show == "map" for slide in stories()[name].slides)
    assert page.count(boundary_note(lang)) == maps
    assert page.count('<img class="chart in-dark"') == len(stories()[name].slides) - maps
    assert len(page.encode()) < 2_500_000


def test_the_command_lists_stories_and_writes_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story"]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()] == list(stories())
    out = tmp_path / "amur.html"
    assert main(["story", "amur", "--out", str(out), "--lang", "ru", "--address", HOME]) == 0
    assert capsys.readouterr().out == ""
    written = unescape(out.read_text(encoding="utf-8"))
    assert "Амур и Хэйлунцзян" in written
    assert f"https://atlas.example/limitrophe{stories()['amur'].slides[0].view}&lang=ru" in written


@pytest.mark.parametrize(
    "words",
    [["no_such"], ["amur", "--out", "x.docx"], ["amur", "--out", "no/such/folder/x.html"], ["--out", "x.pptx"]],
)
def test_the_command_refuses_what_it_cannot_write(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["story", *words]) == 2
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_picture_says_its_title_its_ends_and_how_much_is_known(lang: Language) -> None:
    high, low, data = (
        ("Highest:", "Lowest:", "Data for") if lang == "en" else ("Выше всего:", "Наименьшие:", "Данные по")
    )
    for story in stories().values():
        for slide in story.slides:
            one = scene(slide.view, slide.show, LIGHT, lang, slide.highlight)
            assert one.title in one.said, (story.id, slide.id)
            if isinstance(one.address, MapAddress | IndexAddress | SoftPowerAddress):
                assert data in one.said, (story.id, slide.id)
                if not (isinstance(one.address, MapAddress) and one.address.choice.indicator.kind == "yes_no"):
                    assert one.said.index(high) < one.said.index(low), (story.id, slide.id)
            assert re.search(r"\d", one.said), (story.id, slide.id)


def words_of(view: str, show: Show, lang: Language, highlight: tuple[str, ...] = ()) -> set[str]:
    """Words that stand on the picture of a slide, names on its axes among them."""
    page = figure(scene(view, show, LIGHT, lang, highlight))
    texts = [text for axes in page.axes for text in (*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels())]
    return {text.get_text().strip() for text in texts}


def test_the_matrix_of_a_slide_counts_pairs_as_the_table_does() -> None:
    with (ROOT / "data/tables/ties.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["possible_duplicate_of"]]
    polish = sum((row["iso_3166_2"], row["country"]) == ("RU-KGD", "PL") for row in rows)
    one = scene("/network", "matrix", LIGHT, "en")
    assert f"Kaliningrad Oblast – Poland {polish};" in one.said
    words = words_of("/network", "matrix", "ru", ("RU-TY",))
    assert {str(polish), "Калининградская", "Польша", "Тува"} <= words


def test_a_ranking_shows_the_first_and_whoever_is_highlighted() -> None:
    # Saint Petersburg has the most twin towns of all subjects; Ingushetia is far from the first places
    words = words_of("/network?view=ranking&kind=twin_town", "ranking", "en", ("RU-PSK",))
    assert "Saint Petersburg" in words
    assert len([word for word in words if word[:1].isalpha()]) == ROWS
    assert "Ingushetia" in words_of("/index", "ranking", "en", ("RU-IN",))
    assert "Ingushetia" not in words_of("/index", "ranking", "en")


@pytest.mark.parametrize(
    ("view", "lang", "title", "entry"),
    [
        ("/levels", "en", "Level of international activity", "High"),
        ("/index?recipe=openness", "ru", "Открытость", "Балл"),
        ("/soft_power?pillar=engagement", "ru", "Мягкая сила: Вовлечённость", "Балл"),
    ],
)
def test_maps_of_what_is_computed_bear_their_title_and_legend(
    view: str, lang: Language, title: str, entry: str
) -> None:
    one = scene(view, "map", LIGHT, lang, ("RU-KGD",))
    assert one.title.startswith(title)
    assert one.told is not None
    assert one.told["title"] == one.title
    assert any(words.startswith(entry) for words in words_of(view, "map", lang))


def test_the_picture_of_a_slide_has_the_ties_that_its_address_names() -> None:
    bare, full = (
        figure(scene(f"/?indicator=twin_ties{more}", "map", LIGHT, "en")) for more in ("", "&overlay=crossing")
    )
    said = [" ".join(text.get_text() for axes in page.axes for text in axes.texts) for page in (bare, full)]
    assert ["Border crossings: " in one for one in said] == [False, True]
