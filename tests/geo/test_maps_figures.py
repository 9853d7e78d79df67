"""Figures: written whole in both languages and modes, the same bytes each time, sound in layout."""

import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.image
import numpy as np
import pandas as pd
import pytest

from geo import indicators, units
from geo.__main__ import main
from geo.errors import ArgumentError
from geo.maps import DARK, LIGHT, choropleth, circle_map
from geo.maps.captions import boundary_note, caption
from geo.maps.drawings import MapChoice, draw
from geo.maps.figures import DPI, PAGE, figure, save
from geo.maps.overlays import OVERLAYS, overlays
from geo.maps.plates import plate
from geo.maps.typesetting import font, shortened, width, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def choice(name="unemployment_rate", scope="border"):
    one = indicators.find(name)
    return MapChoice(one, indicators.years(one)[-1], one.default_per, scope)


def drawn(name="unemployment_rate", theme=LIGHT, lang="ru"):
    made = choice(name)
    drawing = draw(made, theme, lang)
    return figure(drawing, caption(made, drawing))


def texts(page):
    pieces = [*page.texts, *(text for axes in page.axes for text in axes.texts)]
    return [piece.get_text() for piece in pieces]


@pytest.fixture(scope="module")
def russian():
    return drawn()


@pytest.fixture(scope="module")
def russian_again():
    return drawn()


def test_png_has_its_size_and_its_ground(russian, tmp_path):
    out = tmp_path / "map.png"
    save(russian, out, "png")
    pixels = matplotlib.image.imread(out)
    assert pixels.shape[:2] == (round(PAGE[1] * DPI), round(PAGE[0] * DPI))
    assert np.round(pixels[0, 0, :3] * 255).tolist() == [0xFB, 0xF9, 0xF4]
    assert len(np.unique(pixels[::7, ::7].reshape(-1, pixels.shape[2]), axis=0)) > 500


def test_page_says_what_a_reader_must_know(russian):
    said = texts(russian)
    joined = " ".join(said)
    one = indicators.find("unemployment_rate")
    assert one.title.ru in said
    assert boundary_note("ru") in joined
    assert "500 км" in said
    assert "Казахстан" in said
    assert "Монголия" in said
    assert re.search(r"Данные по \d+ из 48 приграничных субъектов", joined)
    assert "Источники:" in said
    assert "Калининград" in said
    assert "Северный Кавказ" in said


def test_every_subject_is_an_element_of_the_svg(russian, tmp_path):
    out = tmp_path / "map.svg"
    save(russian, out, "svg")
    ids = {element.get("id") for element in ElementTree.parse(out).iter(f"{SVG}g")}
    assert set(units.scope("all")) <= ids
    assert {"UA-43", "UA-40"} <= ids


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_equal_maps_are_equal_files(kind, russian, russian_again):
    files = []
    for page in (russian, russian_again):
        out = BytesIO()
        save(page, out, kind)
        files.append(out.getvalue())
    assert files[0] == files[1]
    assert re.search(rb"20\d\d-\d\d-\d\dT|D:20\d\d", files[0]) is None


@pytest.mark.parametrize(
    ("name", "theme", "lang"),
    [
        ("consulates_career", LIGHT, "ru"),
        ("barents_council", DARK, "ru"),
        ("twin_ties", DARK, "en"),
    ],
)
def test_nothing_runs_off_the_page(name, theme, lang):
    page = drawn(name, theme, lang)
    page.canvas.draw()
    for text in page.texts:
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= page.bbox.x1
    # the column of the legend ends above the foot of the map
    legend = next(axes for axes in page.axes if not axes.axison)
    assert min(text.get_window_extent().y0 for text in legend.texts) >= legend.bbox.y0


def test_a_map_of_zeros_alone_is_drawn():
    codes = units.scope("all")
    frame = pd.DataFrame({"value": 0.0, "status": "zero", "year_used": 2020}, index=codes)
    made = choice("net_migration_rate")
    for drawing in (choropleth(frame, codes), circle_map(frame, codes)):
        assert "zero" in texts(figure(drawing, caption(made, drawing)))


def test_unknown_format_is_refused(russian):
    with pytest.raises(ArgumentError, match="png, svg, pdf"):
        save(russian, BytesIO(), "gif")


def test_lines_hold_their_measure():
    face = font("sans", 9)
    text = "Связи города или района субъекта с зарубежным городом, найденные в открытых списках"
    lines = wrapped(text, face, 150)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(width(line, face) <= 150 for line in lines)
    assert width(shortened(text, face, 100), face) <= 100
    assert shortened(text, face, 100).endswith("…")
    assert shortened("да", face, 100) == "да"


def test_every_letter_has_a_width():
    # U+2212 is lacking in some builds of Noto Sans
    assert width("−12,5 — Ёж", font("sans", 10)) > width("12,5", font("sans", 10))


def test_command_writes_the_file(tmp_path, capsys):
    out = tmp_path / "map.svg"
    assert main(["map", "barents_council", "--year", "2023", "--out", str(out)]) == 0
    assert out.stat().st_size > 100_000
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no_such", "--out", "x.png"], "unknown indicator"),
        (["barents_council", "--out", "x.gif"], "must end in"),
        (["barents_council", "--out", "/no/such/place/x.png"], "directory does not exist"),
        (["barents_council", "--year", "1812", "--out", "x.png"], "unknown year"),
        (["barents_council", "--per", "people", "--out", "x.png"], "unknown denominator"),
        (["barents_council", "--k", "40", "--out", "x.png"], "2 to 9 classes"),
    ],
)
def test_command_refuses_and_says_why(arguments, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["map", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert list(Path(tmp_path).iterdir()) == []


def test_ties_over_a_map_are_drawn_and_named_in_its_legend():
    made = choice()
    drawing = draw(made, LIGHT, "en")
    words = caption(made, drawing)
    over = overlays(("crossing",), "border", "en", "light")
    ((title, entries),) = over.legend
    for bare, full in (
        (figure(drawing, words), figure(drawing, words, over=over)),
        (plate(drawing, "h"), plate(drawing, "h", over=over)),
    ):
        marks = [sum(len(axes.collections) for axes in page.axes) for page in (bare, full)]
        assert marks[1] > marks[0] + len(entries) + 50, "more than the pictures of the legend"
        said, before = " ".join(texts(full)), " ".join(texts(bare))
        assert title in said
        assert title not in before
        assert all(entry.label in said and str(entry.count) in said for entry in entries)


@pytest.mark.parametrize("name", ["twin_ties", "population"])
def test_the_legend_of_all_kinds_of_ties_stays_beside_the_map(name):
    made = choice(name)
    drawing = draw(made, LIGHT, "ru")
    page = figure(drawing, caption(made, drawing), over=overlays(OVERLAYS, "border", "ru", "light"))
    page.canvas.draw()
    legend = next(axes for axes in page.axes if not axes.axison)
    boxes = [text.get_window_extent() for text in legend.texts]
    assert min(box.y0 for box in boxes) >= legend.bbox.y0
    assert max(box.x1 for box in boxes) <= page.bbox.x1
