"""Maps of subjects as exhibits: the figure for paper, the values behind it, the file that needs no network."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import geopandas as gpd
import pandas as pd

from geo import facts, indicators, units
from geo.exports import offline
from geo.exports.exhibits import Exhibit, Picture, provenance, status_definitions
from geo.exports.legends import legend, ranking, ties_legend
from geo.exports.tables import values_table
from geo.i18n import LANGUAGES, Language, Text, translator
from geo.indicators.catalogue import Events
from geo.maps.captions import MOST_SOURCES, Caption, boundary_note, caption, cautions
from geo.maps.drawings import Drawing, MapChoice, draw, draw_years
from geo.maps.overlays import Layers
from geo.maps.painting import payload
from geo.maps.themes import LIGHT, Theme
from geo.maps.tie_maps import TieMap
from geo.maps.views import View
from geo.ties import Ties, coverage_statement


def of_choice(
    choice: MapChoice, lang: Language, address: str, theme: Theme = LIGHT, overlay: Layers | None = None
) -> Exhibit:
    """Exhibit of the map of an indicator.

    Parameters
    ----------
    address
        That brings the map back.
    overlay
        Ties drawn over the map.
    """
    one = choice.indicator

    def told() -> tuple[Drawing, Caption]:
        drawing = draw(choice, theme, lang)
        return drawing, caption(choice, drawing, provenance(address, lang))

    return Exhibit(
        name=f"{one.id}-{choice.year}",
        kind="map",
        title=one.title,
        lang=lang,
        address=address,
        frame=lambda: values_table(one.id, choice.year, choice.per, choice.scope),
        sources=[str(key) for key in indicators.sources_of(one).index],
        definitions=definitions(choice, lang),
        year=choice.year,
        picture=lambda kind, dpi: picture(*told(), kind, dpi, over=overlay),
        page=lambda: _choice_page(choice, *told(), overlay),
    )


def of_ties(
    made: TieMap,
    view: View,
    chosen: Ties,
    lang: Language,
    address: str,
    theme: Theme,
    legend: str = "",
    year: int | None = None,
) -> Exhibit:
    """Exhibit of a map of ties, or of a map that only says where subjects lie.

    Parameters
    ----------
    made
        In the language and theme wanted.
    chosen
        Ties on the map.
    legend
        HTML that stands beside the map in the file that needs no network.
    year
        At whose end the map shows the ties.
    """
    _ = translator(lang)
    title = str(made.told["title"])
    sources = facts.named_sources(chosen.frame)
    titles = [str(one) for one in facts.sources()["title"].reindex(sources).dropna()]
    more = _(" and {n} more").format(n=len(titles) - MOST_SOURCES) if len(titles) > MOST_SOURCES else ""
    words = Caption(
        title=title,
        subtitle="" if year is None else _("ties as they stood at the end of {year}").format(year=year),
        legend_title="",
        paragraphs=(
            ("", coverage_statement(chosen, lang) if len(chosen) else ""),
            (_("Sources:"), f"{'; '.join(titles[:MOST_SOURCES])}{more}.") if titles else ("", ""),
            ("", boundary_note(lang) + " " + _("Natural Earth 1:10m, Albers equal-area.")),
        ),
        foot=provenance(address, lang),
    )
    blank: dict[str, list[Any]] = {"looks": [], "scales": [], "outlines": []}
    told = {"overlay": blank, **made.told}

    def drawn(kind: Picture, dpi: int) -> bytes:
        from geo.maps.figures import PLATE, mounted, save
        from geo.maps.plates import tie_plate

        out = BytesIO()
        save(mounted(tie_plate(TieMap(told, made.layers), view, theme, "", size=PLATE), words, theme), out, kind, dpi)
        return out.getvalue()

    return Exhibit(
        name=title,
        kind="map",
        title=Text(en=title, ru=title),
        lang=lang,
        address=address,
        frame=lambda: _ties_table(made, chosen),
        sources=sources,
        definitions=(
            (_("What it shows."), coverage_statement(chosen, lang)) if len(chosen) else (_("Title"), title),
            (_("Boundaries"), boundary_note(lang)),
        ),
        year=year,
        picture=drawn,
        page=lambda: offline.map_page(
            told,
            title=words.title,
            subtitle=words.subtitle,
            legend=legend,
            caption=paragraphs(words),
            foot=escape(words.foot),
            theme=theme,
        ),
    )


def _ties_table(made: TieMap, chosen: Ties) -> pd.DataFrame:
    """Subjects that a map of ties tints, with the number of ties of each kind."""
    marks = zip(units.subjects().index, made.told["marks"], strict=True)
    codes = [str(code) for code, mark in marks if mark.isdigit()]
    counted = chosen.frame.groupby(["iso_3166_2", "kind"]).size().unstack(fill_value=0).reindex(codes, fill_value=0)  # noqa: PD010
    names = {f"name_{lang}": [units.name(code, lang) for code in codes] for lang in LANGUAGES}
    frame = pd.DataFrame({"iso_3166_2": codes, **names, "ties": counted.sum(axis=1).to_numpy()})
    return pd.concat([frame, counted.reset_index(drop=True)], axis="columns")


def picture(
    drawing: Drawing,
    words: Caption,
    kind: Picture,
    dpi: int,
    own: gpd.GeoSeries | None = None,
    over: Layers | None = None,
) -> bytes:
    """Draw the figure of a map for paper; `own` are outlines of a reader's own units, `over` ties over the map."""
    # matplotlib is loaded only by those who take a picture away
    from geo.maps.figures import figure, save

    out = BytesIO()
    save(figure(drawing, words, own, over), out, kind, dpi)
    return out.getvalue()


def page(
    drawing: Drawing,
    words: Caption,
    told: Mapping[str, Any],
    *,
    ranked: bool = True,
    over: Layers | None = None,
) -> str:
    """Give a map as one HTML file.

    Parameters
    ----------
    told
        Payload of the map.
    ranked
        Write the highest and lowest values beside it.
    over
        Ties over the map, whose looks the legend tells.
    """
    return offline.map_page(
        told,
        title=words.title,
        subtitle=words.subtitle,
        legend=legend(drawing, words.legend_title, words.note)
        + ("" if over is None else ties_legend(over))
        + (ranking(drawing) if ranked else ""),
        caption=paragraphs(words),
        foot=escape(words.foot),
        theme=drawing.theme,
    )


def paragraphs(words: Caption) -> str:
    """Caption as HTML."""
    lines = (f"<b>{escape(lead)}</b> {escape(text)}" if lead else escape(text) for lead, text in words.paragraphs)
    return "<br>".join(line.strip() for line in lines if line.strip())


def definitions(choice: MapChoice, lang: Language) -> list[tuple[str, str]]:
    """What the columns of the values mean, how much to believe them, on what terms they may be used."""
    _ = translator(lang)
    one = choice.indicator
    said = [
        (_("Definition"), one.definition.of(lang)),
        ("value", indicators.unit_of(one, choice.per).of(lang)),
        *status_definitions(lang),
        ("at_least", _("the figure is a lower bound, as not every tie is recorded") if one.at_least() else ""),
        ("rank", _("1 is the highest of the subjects in the table")),
        ("year_used", _("year of the figure; the nearest one within the tolerance of the indicator")),
        (
            "places_checked",
            _("whether readers checked enough of the places of events behind the value")
            if isinstance(one.rule, Events)
            else "",
        ),
        (_("Cautions"), cautions(one, lang)),
        (_("Licence"), indicators.licences()[one.licence].text.of(lang)),
        (_("Boundaries"), boundary_note(lang)),
    ]
    return [(term, meaning) for term, meaning in said if meaning]


def address(base: str, named: Mapping[str, str]) -> str:
    """Address of a page with its parameters in the order of the alphabet."""
    return f"{base.split('?')[0]}?{urlencode(sorted(named.items()))}"


def _choice_page(choice: MapChoice, drawing: Drawing, words: Caption, overlay: Layers | None) -> str:
    one, lang = choice.indicator, drawing.lang
    plays = choice.limits == "all" and len(choice.years) > 1
    told = payload(
        drawing,
        title=one.title.of(lang),
        unit=indicators.unit_of(one, choice.per).of(lang),
        year=choice.year,
        source=str(indicators.sources_of(one)["title"].iloc[0]),
        years=choice.years if plays else (),
        series=draw_years(choice, drawing.theme, lang) if plays else None,
        overlay=overlay,
    )
    return page(drawing, words, told, ranked=one.kind != "yes_no", over=overlay)
