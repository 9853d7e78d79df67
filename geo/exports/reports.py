"""The profile of one subject on two to four pages: who it is, whom it touches, its ties, what is measured of it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml

import pandas as pd

from geo import facts, indicators, ties, units
from geo.exports import maps, offline
from geo.exports.exhibits import provenance
from geo.i18n import Language, country_name, number, translator
from geo.indicators.profile import profile
from geo.maps.captions import boundary_note
from geo.maps.legends import nothing_label, with_check
from geo.maps.overlays import Layers
from geo.maps.painting import locator, said_answer
from geo.maps.themes import LIGHT
from geo.maps.tie_maps import TieMap
from geo.maps.views import subjects_view
from geo.measures import actorness, levels
from geo.ties import Kind, Ties

WHITE = replace(LIGHT, paper="#ffffff")
"""Pictures stand on the white of printing paper."""

MARGIN_KM = 260.0
"""Round the subject on its small map."""

MOST_ROWS = 12
"""Institutions of a kind that are listed before "and n more"."""

MOST_TIE_SOURCES = 5

SHELVES: tuple[tuple[Kind, ...], ...] = (
    ("organisation", "euroregion", "cbc_programme"),
    ("consulate",),
    ("office_abroad",),
    ("joint_project",),
)
"""Institutions in the order in which they are listed."""


@dataclass(frozen=True)
class Table:
    """Rows under heads; `wide` are the shares of the columns in the width of the page."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[float, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picture:
    """PNG with the words for those who do not see it; sizes in inches on paper."""

    png: bytes
    said: str
    size: tuple[float, float]


@dataclass(frozen=True)
class Section:
    """Part of the profile; parts stand in this order: text, picture, table, notes in small type."""

    title: str
    text: tuple[str, ...] = ()
    picture: Picture | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """Profile of a subject in one language."""

    title: str
    detail: str
    lang: Language
    sections: tuple[Section, ...]
    foot: str


def report(iso_3166_2: str, lang: Language, address: str) -> Report:
    """Gather the profile of a subject.

    Parameters
    ----------
    address
        Of the atlas; the profile names that of the subject's page in it.
    """
    _ = translator(lang)
    own = ties.load().where(subject=iso_3166_2)
    cited = _Cited()
    measured = _indicators(iso_3166_2, lang, cited)
    sections = [
        _touches(iso_3166_2, lang),
        _standing(iso_3166_2, lang),
        _ties(own, iso_3166_2, lang),
        *_institutions(own, lang),
        *measured,
        _sources(cited, own, lang),
    ]
    page = f"{address.split('?')[0].rstrip('/')}/region"
    return Report(
        title=units.name(iso_3166_2, lang),
        detail=_identity(iso_3166_2, lang),
        lang=lang,
        sections=tuple(one for one in sections if one.text or one.table or one.picture or one.notes),
        foot=provenance(maps.address(page, {"region": iso_3166_2, "lang": lang}), lang),
    )


class _Cited:
    """Sources in the order in which they are first cited."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def number(self, source: str) -> int:
        if source not in self.ids:
            self.ids.append(source)
        return self.ids.index(source) + 1


def _identity(iso: str, lang: Language) -> str:
    _ = translator(lang)
    row = units.subjects().loc[iso]
    said = [iso, str(row[f"federal_district_{lang}"])]
    if isinstance(row[f"capital_{lang}"], str) and row[f"capital_{lang}"]:
        said.append(f"{_('administrative centre')}: {row[f'capital_{lang}']}")
    said.append(f"{number(float(str(row['area_km2'])), lang)} {_('km²')}")
    if isinstance(row["part_of"], str) and row["part_of"]:
        said.append(_("within {name}").format(name=units.name(row["part_of"], lang)))
    return " · ".join(said)


def _touches(iso: str, lang: Language) -> Section:
    _ = translator(lang)
    kinds = {
        "official": _("published for this subject"),
        "derived": _("derived: official length of the country shared out by measured length"),
        "unknown": _("no length found"),
    }
    sides = {"land": _("land"), "sea": _("sea")}
    touched, rows = units.neighbours(iso), []
    for row in units.borders(iso).to_dict("records"):
        length = "—" if pd.isna(row["length_km"]) else number(round(row["length_km"]), lang)
        across = touched[touched["country"] == row["country"]] if row["border"] == "land" else touched.head(0)
        rows.append(
            (
                country_name(row["country"], lang),
                sides[row["border"]],
                length,
                kinds[row["length_kind"]],
                ", ".join(
                    f"{one[f'name_{lang}']} ({round(100 * one['share'])} %)" for one in across.to_dict("records")
                ),
            )
        )
    heads = (_("Country"), _("Border"), _("Length, km"), _("How known"), _("Foreign regions, share of this border"))
    return Section(
        _("Whom it touches"),
        () if rows else (_("No state border, neither on land nor at sea."),),
        _where(iso, lang),
        Table(heads, tuple(rows), (0.16, 0.09, 0.11, 0.3, 0.34), (2,)) if rows else None,
    )


def _where(iso: str, lang: Language) -> Picture:
    from geo.maps.plates import tie_plate

    _ = translator(lang)
    view = subjects_view([iso], MARGIN_KM)
    touched = list(units.neighbours(iso)["partner_iso_3166_2"])
    blank: dict[str, list[Any]] = {"looks": [], "scales": [], "outlines": []}
    told = locator({iso: units.name(iso, lang)}, touched, view, WHITE, lang) | {"overlay": blank}
    size = (7.2, 2.5)
    page = tie_plate(TieMap(told, Layers({})), view, WHITE, "", size=size)
    said = _("Where the subject lies, with the foreign regions that it touches")
    return Picture(_png(page), said, size)


def _png(page: Any) -> bytes:
    from geo.maps.figures import save

    out = BytesIO()
    save(page, out, "png", 170)
    return out.getvalue()


def _standing(iso: str, lang: Language) -> Section:
    """Class of international activity and features of an actor, by the shipped rules."""
    _ = translator(lang)
    recipe = levels.shipped()
    titles = {level.id: level.title.of(lang) for level in recipe.classes} | {recipe.rest.id: recipe.rest.title.of(lang)}
    row = levels.levels(recipe, ties.load()).subjects.loc[iso]
    known = not pd.isna(row["level"])
    level = titles[str(row["level"])] if known else _("too little is known")
    text = [f"{recipe.title.of(lang)}: {level}."]
    if known:
        said = _("At worst {worst}, at best {best}, if what is unknown failed or held.")
        worst, best = (titles[str(row[name])].lower() for name in ("level_at_worst", "level_at_best"))
        text.append(said.format(worst=worst, best=best))
    grades = {"strong": _("strong"), "some": _("some"), "none_shown": _("none shown")}
    found = actorness.actorness(actorness.shipped())
    features = (
        f"{feature.title.of(lang).lower()}: {grades[str(found.panels.loc[(iso, feature.id), 'grade'])]}"
        for feature in found.recipe.features
    )
    text.append(f"{found.recipe.title.of(lang)}: {'; '.join(features)}.")
    text.append(
        _("Operationalised by this project after Arteev (2021) and Rustamova (2022); the atlas shows the rules.")
    )
    return Section(_("Level and actorness"), (" ".join(text),))


def _ties(own: Ties, iso: str, lang: Language) -> Section:
    from geo.maps import charts

    _ = translator(lang)
    counted = ties.counts(own, "kind")
    rows = tuple(
        (ties.kind_name(kind, lang), *(number(int(n), lang) for n in counted.loc[[kind]].to_numpy()[0]))
        for kind in ties.KINDS
        if kind in counted.index
    )
    size = (10.0, 3.6)
    drawn = Picture(
        _png(charts.timeline(own, ties.milestones([iso]), WHITE, lang, size)),
        _("Ties opened, ended and suspended by year, with the legal acts"),
        (7.2, 2.59),
    )
    heads = (_("Kind"), _("Ties"), _("Year of opening known"))
    return Section(
        _("Ties"),
        (ties.coverage_statement(own, lang),),
        drawn if own.dated.any() else None,
        Table(heads, rows, (0.4, 0.12, 0.24), (1, 2)) if rows else None,
    )


def _institutions(own: Ties, lang: Language) -> list[Section]:
    _ = translator(lang)
    titles = (_("Sits in"), _("Consulates hosted"), _("Offices abroad"), _("Joint projects"))
    heads = (_("Institution"), _("Country"), _("Since"), _("State"))
    sections = []
    for title, kinds in zip(titles, SHELVES, strict=True):
        rows = list(_bodies(own.where(kind=kinds), lang))
        more = len(rows) - MOST_ROWS
        text = (_("and {n} more").format(n=more),) if more > 0 else ()
        if rows:
            table = Table(heads, tuple(rows[:MOST_ROWS]), (0.46, 0.22, 0.1, 0.22))
            sections.append(Section(title, text, None, table))
    return sections


def _bodies(own: Ties, lang: Language) -> Iterable[tuple[str, ...]]:
    """One row an institution, whatever the number of its countries; those in force first, newest first."""
    frame = ties.in_language(own.frame, lang).assign(gone=own.frame["status"] != "active")
    frame = frame.sort_values(["gone", "opened"], ascending=[True, False], kind="stable")
    for _key, same in frame.groupby(frame["group_id"].fillna(frame["name"]).fillna(frame["tie_id"]), sort=False):
        row = same.iloc[0]
        name = row["name"]
        place = next((row[key] for key in ("partner_place", "subject_place") if pd.notna(row[key])), "")
        countries = [country_name(code, lang) for code in dict.fromkeys(same["country"].dropna())]
        yield (
            str(name if pd.notna(name) else place),
            ", ".join(countries[:4]) + (" …" if len(countries) > 4 else ""),
            "" if pd.isna(row["opened"]) else str(row["opened"]),
            ties.status_name(row["status"], lang, row["kind"]),
        )


def _indicators(iso: str, lang: Language, cited: _Cited) -> list[Section]:
    """One table a theme, of the indicators that say anything of the subject."""
    _ = translator(lang)
    own, catalogue = profile(iso), indicators.catalogue()
    heads = (_("Indicator"), _("Value"), _("Unit"), _("Rank"), _("Year"), _("Source"))
    sections = []
    for key, theme in indicators.themes().items():
        rows = []
        for name, row in own[(own["theme"] == key) & (own["status"] != "not_applicable")].iterrows():
            one = catalogue[str(name)]
            sources = indicators.sources_of(one).index
            first = f"[{cited.number(str(sources[0]))}]" if len(sources) else ""
            more = f" +{len(sources) - 1}" if len(sources) > 1 else ""
            rank = "" if pd.isna(row["rank"]) else f"{int(row['rank'])} / {int(row['ranked'])}"
            year = "" if pd.isna(row["year_used"]) else str(int(row["year_used"]))
            unit = "" if one.kind == "yes_no" else str(row[f"unit_{lang}"])
            rows.append((one.short.of(lang), _value(one, row, lang), unit, rank, year, first + more))
        if rows:
            table = Table(heads, tuple(rows), (0.31, 0.13, 0.33, 0.08, 0.06, 0.09), (1,))
            sections.append(Section(theme.title.of(lang), (), None, table))
    return sections


def _value(one: indicators.Indicator, row: pd.Series, lang: Language) -> str:
    _ = translator(lang)
    if one.kind == "yes_no":
        return said_answer(row["value"], row["status"], lang, at_least=bool(row["at_least"]))
    if row["status"] in ("no_data", "not_applicable", "suspended"):
        return nothing_label(row["status"], lang)
    if row["status"] == "zero":
        return nothing_label("zero", lang, at_least=bool(row["at_least"]))
    figure = number(float(row["value"]), lang)
    return with_check(f"{_('at least')} {figure}" if row["at_least"] else figure, row["checked"], lang)


def _sources(cited: _Cited, own: Ties, lang: Language) -> Section:
    _ = translator(lang)
    known = facts.sources()
    lines = [f"[{place}] {_reference(known, one)}" for place, one in enumerate(cited.ids, start=1)]
    used = facts.named_sources(own.frame) if len(own) else []
    named = "; ".join(str(known.loc[one, "title"]) for one in used[:MOST_TIE_SOURCES])
    if named:
        more = len(used) - MOST_TIE_SOURCES
        lines.append(
            _("Ties: {sources}").format(sources=named) + (_(" and {n} more").format(n=more) if more > 0 else "")
        )
    said = (
        _("A figure after + says how many more sources an indicator has; the atlas lists them all."),
        _("Indicators whose question does not arise for this subject are left out."),
        f"{boundary_note(lang)} {_('Natural Earth 1:10m, Albers equal-area.')}",
    )
    return Section(_("Sources"), (" ".join(said),), notes=tuple(lines))


def _reference(known: pd.DataFrame, source: str) -> str:
    row = known.loc[[source]].iloc[0]
    said = [str(row[key]) for key in ("title", "publisher", "year", "licence") if pd.notna(row[key]) and str(row[key])]
    return ". ".join(part.rstrip(".") for part in said) + "."


def as_html(made: Report) -> str:
    """One HTML file with its pictures in it, ready to print."""
    body = [f"<h1>{escape(made.title)}</h1><p class='soft'>{escape(made.detail)}</p>"]
    for one in made.sections:
        body.append(f"<section><h2>{escape(one.title)}</h2>")
        body += [f"<p>{escape(text)}</p>" for text in one.text]
        if one.picture:
            data = base64.b64encode(one.picture.png).decode()
            body.append(f'<img alt="{escape(one.picture.said, quote=True)}" src="data:image/png;base64,{data}">')
        if one.table:
            body.append(_html_table(one.table))
        if one.notes:
            body.append(f'<div class="notes">{"".join(f"<p>{escape(note)}</p>" for note in one.notes)}</div>')
        body.append("</section>")
    body.append(f"<footer>{escape(made.foot)}</footer>")
    return offline.document(made.title, "\n".join(body), made.lang, style=STYLE)


STYLE = """
body { max-width: 62rem; font-size: 15px; }
section { margin: 1.2rem 0; }
img { width: 100%; height: auto; display: block; margin: .4rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); }
th, td { padding: .22rem .6rem .22rem 0; vertical-align: top; }
td { border-bottom: 1px solid var(--line); }
.num { text-align: right; white-space: nowrap; }
.soft { color: var(--soft); }
.notes { columns: 2; column-gap: 1.6rem; font-size: .8rem; color: var(--soft); }
.notes p { margin: 0 0 .25rem; break-inside: avoid; overflow-wrap: anywhere; }
@page { size: A4; margin: 15mm 14mm; }
@media print {
  html { background: none; font-size: 12px; }
  body { max-width: none; font-size: 10.5px; }
  tr, img { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""


def _html_table(table: Table) -> str:
    css = ["num" if place in table.numeric else "" for place in range(len(table.heads))]
    whole = sum(table.wide)
    columns = "".join(f'<col style="width:{100 * share / whole:.0f}%">' for share in table.wide)

    def line(tag: str, cells: Sequence[str]) -> str:
        return "".join(f'<{tag} class="{one}">{escape(cell)}</{tag}>' for one, cell in zip(css, cells, strict=True))

    rows = "".join(f"<tr>{line('td', row)}</tr>" for row in table.rows)
    top = f"<colgroup>{columns}</colgroup><tr>{line('th', table.heads)}</tr>"
    return f'<table style="width:{100 * whole:.0f}%">{top}{rows}</table>'


def as_pdf(made: Report) -> bytes:
    """A4 pages with an embedded font that has Cyrillic; equal profiles give equal files."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import inch, mm
    from reportlab.platypus import Image, KeepTogether, Paragraph, SimpleDocTemplate, Spacer

    serif, sans, bold = _fonts()
    ink, soft = LIGHT.ink, LIGHT.soft
    plain = ParagraphStyle("plain", fontName=sans, fontSize=8, leading=10.6, textColor=ink, spaceAfter=3)
    head = ParagraphStyle("head", fontName=serif, fontSize=19, leading=23, textColor=ink)
    under = ParagraphStyle("under", parent=plain, textColor=soft, spaceAfter=4)
    heading = ParagraphStyle(
        "heading", fontName=bold, fontSize=9.5, leading=12, textColor=ink, spaceBefore=7, spaceAfter=3
    )
    story: list[Any] = [Paragraph(xml(made.title), head), Paragraph(xml(made.detail), under)]
    wide = A4[0] - 2 * 14 * mm - 12  # a frame has 6 points of padding on each side
    for one in made.sections:
        part: list[Any] = [Paragraph(xml(one.title), heading), *(Paragraph(xml(text), plain) for text in one.text)]
        if one.picture:
            width = min(one.picture.size[0] * inch, wide)
            high = width * one.picture.size[1] / one.picture.size[0]
            part += [Image(BytesIO(one.picture.png), width, high, hAlign="LEFT"), Spacer(1, 3)]
        story.append(KeepTogether(part))
        if one.table:
            story.append(_pdf_table(one.table, wide, sans, bold))
        if one.notes:
            story.append(_pdf_notes(one.notes, sans))

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(sans, 6.5)
        canvas.setFillColor(soft)
        canvas.drawString(14 * mm, 8 * mm, made.foot)
        canvas.drawRightString(A4[0] - 14 * mm, 8 * mm, str(page.page))
        canvas.restoreState()

    out = BytesIO()
    sheets = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=14 * mm,
        rightMargin=14 * mm,
        topMargin=13 * mm,
        bottomMargin=14 * mm,
        title=made.title,
        author="Limitrophe",
        lang=made.lang,
        invariant=1,
    )
    sheets.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _pdf_table(table: Table, wide: float, sans: str, bold: str) -> Any:
    from reportlab.lib.enums import TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, TableStyle
    from reportlab.platypus import Table as Sheet

    cell = ParagraphStyle("cell", fontName=sans, fontSize=6.6, leading=7.9, textColor=LIGHT.ink)
    right = ParagraphStyle("right", parent=cell, alignment=TA_RIGHT)
    top = ParagraphStyle("top", parent=cell, fontName=bold, textColor=LIGHT.soft)
    top_right = ParagraphStyle("top_right", parent=top, alignment=TA_RIGHT)

    def line(cells: Sequence[str], left: Any, figure: Any) -> list[Any]:
        return [Paragraph(xml(text), figure if place in table.numeric else left) for place, text in enumerate(cells)]

    rows = [line(table.heads, top, top_right), *(line(row, cell, right) for row in table.rows)]
    sheet = Sheet(rows, [share * wide for share in table.wide], repeatRows=1, hAlign="LEFT")
    sheet.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.3, LIGHT.line),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 0.9),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.3),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ]
        )
    )
    return sheet


def _pdf_notes(notes: Sequence[str], sans: str) -> Any:
    """Notes in two columns of about the same length, in small type."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BalancedColumns, Paragraph

    small = ParagraphStyle("small", fontName=sans, fontSize=6, leading=7.4, textColor=LIGHT.soft, spaceAfter=1.5)
    return BalancedColumns([Paragraph(xml(note), small) for note in notes], nCols=2, innerPadding=10)


def _fonts() -> tuple[str, str, str]:
    """Names of the fonts of titles, of text and of strong text: DejaVu, which matplotlib brings along."""
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    names = ("DejaVuSerif-Bold", "DejaVuSans", "DejaVuSans-Bold")
    for name in names:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    return names
