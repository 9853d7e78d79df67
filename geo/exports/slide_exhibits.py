"""The map or chart of one slide as an exhibit: what a lecturer takes from a story for a paper or another lecture."""

from __future__ import annotations

from html import escape
from io import BytesIO

import pandas as pd

from geo import facts, stories, units
from geo.exports import maps, offline
from geo.exports.exhibits import Exhibit, Picture, provenance, view_address
from geo.exports.legends import ties_legend
from geo.exports.tables import values_table
from geo.i18n import Language, Text, country_name, translator
from geo.maps import LIGHT
from geo.maps.addresses import BorderAddress, MapAddress, RegionAddress
from geo.maps.captions import MOST_SOURCES, Caption, boundary_note
from geo.stories import Slide, Story, behind
from geo.stories.scenes import Scene, figure, scene


def of_slide(story: Story, slide: Slide, lang: Language, home: str) -> Exhibit:
    """Exhibit of the map or chart of a slide, on light ground.

    Parameters
    ----------
    home
        Address of the atlas, with which the address of the view begins.
    """
    _ = translator(lang)
    address = view_address(home, slide.view, lang)
    one, other = (scene(slide.view, slide.show, LIGHT, of, slide.highlight) for of in (lang, _other(lang)))
    sources = [source for source in behind.rests_on(slide) if source not in stories.ARTICLES]
    words = _words(one, sources, address)
    definitions = [(_("What it shows."), one.said), (_("Story"), story.title.of(lang))]
    if isinstance(one.address, MapAddress):
        definitions += maps.definitions(one.address.choice, lang)
    elif one.is_map:
        definitions.append((_("Boundaries"), boundary_note(lang)))

    def picture(kind: Picture, dpi: int) -> bytes:
        from geo.maps import figures

        drawn = figure(scene(slide.view, slide.show, LIGHT, lang, slide.highlight), figures.PLATE)
        # a chart lays itself out; where its parts stand then is kept while it becomes the page
        drawn.draw_without_rendering()
        drawn.set_layout_engine("none")
        out = BytesIO()
        figures.save(figures.mounted(drawn, words, LIGHT), out, kind, dpi)
        return out.getvalue()

    return Exhibit(
        name=f"{story.id}-{slide.id}",
        kind="map" if one.is_map else "chart",
        title=Text(**{lang: one.title, _other(lang): other.title}),
        lang=lang,
        address=address,
        frame=lambda: _table(one),
        sources=sources,
        definitions=definitions,
        year=_year(one),
        picture=picture,
        page=(lambda: _page(one, words)) if one.is_map else None,
    )


def _other(lang: Language) -> Language:
    return "en" if lang == "ru" else "ru"


def _year(one: Scene) -> int | None:
    match one.address:
        case MapAddress():
            return one.address.choice.year
        case BorderAddress() | RegionAddress():
            return one.address.last
        case _:
            return None


def _words(one: Scene, sources: list[str], address: str) -> Caption:
    _ = translator(one.lang)
    titles = [str(title).rstrip(".") for title in facts.sources()["title"].reindex(sources).dropna()]
    more = _(" and {n} more").format(n=len(titles) - MOST_SOURCES) if len(titles) > MOST_SOURCES else ""
    boundaries = f"{boundary_note(one.lang)} {_('Natural Earth 1:10m, Albers equal-area.')}" if one.is_map else ""
    return Caption(
        title=one.title,
        subtitle=one.detail,
        legend_title=one.heading,
        paragraphs=(
            ("", one.said),
            (_("Sources:"), f"{'; '.join(titles[:MOST_SOURCES])}{more}."),
            ("", boundaries),
        ),
        foot=provenance(address, one.lang),
    )


def _table(one: Scene) -> pd.DataFrame:
    """Figures behind a picture, with the names of subjects and countries beside their codes."""
    if isinstance(one.address, MapAddress):
        choice = one.address.choice
        return values_table(choice.indicator.id, choice.year, choice.per, choice.scope)
    if isinstance(one.address, BorderAddress | RegionAddress) and one.is_map:
        found = behind.ties_of(one.address).within(one.address.first, one.address.last).frame
        counted = found.groupby(["iso_3166_2", "kind"]).size().unstack(fill_value=0)  # noqa: PD010
        return _named(counted.reset_index(), one.lang)
    return _named(behind.table(one.address, one.show), one.lang)


def _named(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    if "iso_3166_2" in frame:
        frame.insert(1, "name", [units.name(str(code), lang) for code in frame["iso_3166_2"]])
    if "country" in frame:
        frame.insert(1, "country_name", [country_name(str(code), lang) for code in frame["country"]])
    return frame


def _page(one: Scene, words: Caption) -> str:
    assert one.told is not None, "a chart has no file without a network"
    if one.drawing is not None:
        return maps.page(one.drawing, words, one.told, ranked=False)
    assert one.layers is not None, "a map of ties has its layers"
    return offline.map_page(
        one.told,
        title=words.title,
        subtitle=words.subtitle,
        legend=ties_legend(one.layers),
        caption=maps.paragraphs(words),
        foot=escape(words.foot),
        theme=LIGHT,
    )
