"""A story as slides for others: PowerPoint with real text, pictures that say what they show, and notes with sources."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from geo import facts, stories
from geo.exports.citation import ATLAS
from geo.exports.exhibits import provenance, view_address
from geo.i18n import Language, translator
from geo.maps import LIGHT
from geo.maps.captions import boundary_note
from geo.maps.figures import save
from geo.maps.plates import SIZE
from geo.maps.typesetting import font, largest_that_fits, wrapped
from geo.stories import ARTICLES, Slide, Story, behind
from geo.stories.scenes import Scene, figure, scene

WIDE: Final = (13.333, 7.5)
"""Inches of a slide of 16 : 9."""

MARGIN: Final = 0.5
PICTURE: Final = (WIDE[0] - MARGIN - SIZE[0], 1.35)
"""Left and top of a picture of :data:`geo.maps.plates.SIZE`."""

PROVENANCE: Final = (MARGIN, 7.27, WIDE[0] - 2 * MARGIN, 0.17)
"""Left, top, width and height of the line under the sources."""

SERIF: Final = "Georgia"
SANS: Final = "Segoe UI"
LEADING: Final = 1.25
SOURCES_ROOM: Final = 300
"""Letters that two lines at the foot of a slide hold."""

BLANK: Final = 6
"""Layout of the template that has no placeholder, so that none stays empty."""


def presentation(story: Story, lang: Language, home: str = "/") -> bytes:
    """Write a story as a PPTX file of 16 : 9: a title, its slides, and the sources.

    Every slide has its text in text boxes, the map or chart as a picture with an alternative text, and notes with the
    full sources and the address that shows the view in the atlas; under the picture stand the same address, the
    version of the data and, under a map, the note on boundaries.

    Parameters
    ----------
    home
        Address of the atlas, with which the addresses begin; without it they hold for any host.
    """
    _ = translator(lang)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE[0]), Inches(WIDE[1])
    deck.core_properties.title = story.title.of(lang)
    deck.core_properties.subject = story.summed(lang)
    deck.core_properties.author = "Limitrophe"
    deck.core_properties.language = lang
    _opening(deck, story, lang)
    for number, slide in enumerate(story.slides, start=1):
        _slide(deck, story, slide, number, lang, view_address(home, slide.view, lang))
    _closing(deck, story, lang)
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _opening(deck: Any, story: Story, lang: Language) -> None:
    page = _page(deck)
    _text(page, (0.9, 2.2, 11.5, 1.9), [story.title.of(lang)], size=44, face=SERIF, bold=True, colour=LIGHT.ink)
    _text(page, (0.9, 4.1, 10.5, 1.3), [story.summed(lang)], size=22, colour=LIGHT.soft)
    _text(page, (0.9, 6.6, 11.5, 0.5), [_credit(lang)], size=12, colour=LIGHT.soft)
    page.notes_slide.notes_text_frame.text = boundary_note(lang)


def _slide(deck: Any, story: Story, slide: Slide, number: int, lang: Language, address: str) -> None:
    _ = translator(lang)
    told = slide.told(lang)
    one = scene(slide.view, slide.show, LIGHT, lang, slide.highlight)
    page = _page(deck)
    width = PICTURE[0] - MARGIN - 0.35
    _text(page, (MARGIN, 0.4, width, 1.6), [told.title], size=28, face=SERIF, bold=True, colour=LIGHT.ink)
    _text(page, (MARGIN, 2.0, width, 4.7), list(told.text), size=17, colour=LIGHT.ink)
    heading = f"{one.title}, {one.detail}"
    _text(page, (PICTURE[0], 0.72, SIZE[0], 0.5), [heading], size=14, colour=LIGHT.soft)
    _picture(page, one)
    rest = [source for source in behind.rests_on(slide) if source not in slide.sources]
    _text(page, (MARGIN, 6.95, 11.6, 0.42), [_foot(slide, len(rest), lang)], size=9, colour=LIGHT.soft)
    _text(page, (12.1, 6.95, 0.8, 0.4), [f"{number} / {len(story.slides)}"], size=10, colour=LIGHT.soft)
    _provenance(page, one, address)
    page.notes_slide.notes_text_frame.text = "\n".join(_notes(slide, rest, one, lang, address))


def _foot(slide: Slide, more: int, lang: Language) -> str:
    """Names of the sources of what the slide claims, and how many more stand behind its figures."""
    _ = translator(lang)
    said = _("and {n} more, in the notes").format(n=more) if more else ""
    longest = (SOURCES_ROOM - len(said)) // len(slide.sources)
    named = "; ".join(stories.source_title(source, lang, longest) for source in slide.sources)
    return f"{_('Sources:')} {named} {said}".rstrip()


def _provenance(page: Any, one: Scene, address: str) -> None:
    """Last line of the slide, in the largest size at which it is one line."""
    left, top, width, height = PROVENANCE
    said = " ".join(([boundary_note(one.lang)] if one.is_map else []) + [provenance(address, one.lang)])
    face = largest_that_fits(said, "sans", (8.0, 7.5, 7.0, 6.5, 6.0), width * 72, 1)
    _text(page, (left, top, width, height), [said], size=face.get_size_in_points(), colour=LIGHT.soft, gap=0)


def _closing(deck: Any, story: Story, lang: Language) -> None:
    _ = translator(lang)
    page = _page(deck)
    _text(page, (MARGIN, 0.4, 12.3, 0.8), [_("Sources")], size=28, face=SERIF, bold=True, colour=LIGHT.ink)
    lines = [_full(source, lang) for source in story.sources]
    lines.append(_("Sources of figures and pictures stand in the notes of each slide."))
    _text(page, (MARGIN, 1.3, 12.3, 5.4), lines, size=_largest(lines, 12.3, 5.4), colour=LIGHT.ink, gap=3)
    _text(page, (MARGIN, 6.85, 12.3, 0.45), [f"{_credit(lang)} {boundary_note(lang)}"], size=10, colour=LIGHT.soft)


def _notes(slide: Slide, rest: list[str], one: Scene, lang: Language, address: str) -> list[str]:
    _ = translator(lang)
    counted = [_("Sources of the figures and of the picture:"), *(f"- {_full(source, lang)}" for source in rest)]
    return [
        one.said,
        "",
        _("In the atlas: {address}").format(address=address),
        _("Sources:"),
        *(f"- {_full(source, lang)}" for source in slide.sources),
        *(counted if rest else []),
        "",
        boundary_note(lang),
    ]


def _full(source: str, lang: Language) -> str:
    """Title, publisher and address of a source."""
    if source in ARTICLES:
        return f"{ARTICLES[source].title.of(lang)}. {ARTICLES[source].url}"
    row = facts.sources().loc[source]
    parts = [unquote(str(row[column])) for column in ("title", "publisher", "url") if isinstance(row[column], str)]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _largest(lines: list[str], width: float, height: float) -> float:
    """Largest size in points at which lines fill no more than a box in inches."""

    def tall(size: float) -> float:
        face = font("sans", size)
        return sum(len(wrapped(line, face, width * 72)) * size * LEADING + 3 for line in lines) / 72

    return next((size for size in (12.0, 11.0, 10.0, 9.0, 8.0, 7.0) if tall(size) <= height), 6.0)


def _credit(lang: Language) -> str:
    _ = translator(lang)
    version = _("data {version}").format(version=facts.package()["version"])
    return f"{ATLAS.of(lang)}; {version}."


def _page(deck: Any) -> Any:
    page = deck.slides.add_slide(deck.slide_layouts[BLANK])
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = _rgb(LIGHT.paper)
    return page


def _picture(page: Any, one: Scene) -> None:
    out = BytesIO()
    drawn = figure(one)
    save(drawn, out, "png")
    out.seek(0)
    across, up = drawn.get_size_inches()
    scale = min(SIZE[0] / across, SIZE[1] / up)
    shape = page.shapes.add_picture(
        out, Inches(PICTURE[0]), Inches(PICTURE[1]), Inches(across * scale), Inches(up * scale)
    )
    shape.name = one.title
    # what a screen reader says of the picture
    shape._element.nvPicPr.cNvPr.set("descr", one.said)


def _text(
    page: Any,
    box: tuple[float, float, float, float],
    paragraphs: list[str],
    *,
    size: float,
    colour: str,
    face: str = SANS,
    bold: bool = False,
    gap: float = 9,
) -> None:
    left, top, width, height = (Inches(edge) for edge in box)
    frame = page.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for number, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.name, run.font.bold = Pt(size), face, bold
        run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#").upper())
