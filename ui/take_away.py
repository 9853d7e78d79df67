"""The one menu by which maps, charts and tables are taken away: files, citations, the link to this state.

What a page draws it offers (:func:`offer` and its kin); :func:`menu` lists what was offered. Nothing is computed
until the reader opens the menu, and no file is made until it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from geo import facts, indicators
from geo.exports.citation import Citation, cite_atlas
from geo.i18n import Text
from geo.maps import LIGHT
from geo.maps.addresses import parameters
from geo.maps.captions import boundary_note
from geo.maps.drawings import Drawing, MapChoice
from geo.maps.overlays import Overlay, overlays
from ui import params, theme
from ui.i18n import _, lang

if TYPE_CHECKING:
    # the libraries behind files are loaded by those who open the menu
    import plotly.graph_objects as go

    from geo.exports.exhibits import Exhibit, FileKind, OwnSource
    from geo.maps.themes import Theme
    from geo.maps.tie_maps import TieMap
    from geo.maps.views import View
    from geo.measures.recipe import IndexRecipe
    from geo.ties import Ties

_OFFERED: Final = "_offered"
_SOURCES: Final = "_sources"
_ABOUT: Final = "_about"
_UNTOLD: Final = "_untold"
_OWN: Final = "_own_source"
GOST: Final = "ГОСТ Р 7.0.5"
PICTURES: Final = ("png", "png_2x", "png_300dpi", "svg", "pdf")


def begin() -> None:
    """Forget what the last run offered; first thing of a page."""
    st.session_state[_OFFERED] = []
    st.session_state[_SOURCES] = tuple
    st.session_state[_ABOUT] = ""
    st.session_state[_UNTOLD] = []
    st.session_state[_OWN] = None


def rests_on(sources: Callable[[], Iterable[str]], about: str, own: OwnSource | None = None) -> None:
    """Name the sources (ids) of the charts and tables that are offered from here on, and what they are about.

    Parameters
    ----------
    own
        Files of the reader's own, where they rest on them too.
    """
    st.session_state[_SOURCES] = sources
    st.session_state[_ABOUT] = about
    st.session_state[_OWN] = own


def rests_on_ties(chosen: Ties, about: str) -> None:
    """Name the sources of ties as those of the charts and tables that are offered from here on."""
    rests_on(lambda: facts.named_sources(chosen.frame), about)


def sources_of(recipe: IndexRecipe) -> list[str]:
    """Sources of the indicators of an index."""
    keys = (one.id for pillar in recipe.pillars for one in pillar.indicators)
    return [str(source) for key in keys for source in indicators.sources_of(indicators.find(key)).index]


def offer(make: Callable[[], Exhibit]) -> None:
    """Offer one thing; `make` is called when the reader opens the menu."""
    st.session_state.setdefault(_OFFERED, []).append(make)


def offer_map(choice: MapChoice, ties: tuple[Overlay, ...] = ()) -> None:
    """Offer the map of an indicator, with the ties that are drawn over it."""

    def make() -> Exhibit:
        from geo.exports import maps

        here = address(parameters(choice) | {"lang": lang()})
        over = overlays(ties, choice.scope, lang(), LIGHT.name) if ties else None
        return maps.of_choice(choice, lang(), here, LIGHT, over)

    offer(make)


def offer_scores(
    drawing: Drawing,
    told: dict[str, Any],
    heading: str,
    unit: str,
    means: Callable[[], Sequence[tuple[str, str]]] = tuple,
) -> None:
    """Offer a map of what is computed here, not in the catalogue.

    Parameters
    ----------
    told
        Payload of the map.
    heading
        Of its legend.
    unit
        Of its values, in the language of the page.
    means
        Gives the terms that its classes and values rest on, with what they mean.
    """
    sources = _sources()

    def make() -> Exhibit:
        from geo.exports.scores import of_scores

        return of_scores(
            drawing, told, heading=heading, unit=unit, address=address(), sources=tuple(sources()), means=means()
        )

    offer(make)


def offer_ties(
    made: TieMap, view: View, chosen: Ties, look: Theme, legend: Callable[[], str], year: int | None = None
) -> None:
    """Offer a map of ties; `legend` gives the HTML beside it."""

    def make() -> Exhibit:
        from geo.exports import maps

        return maps.of_ties(made, view, chosen, lang(), address(), look, legend(), year)

    offer(make)


def offer_chart(figure: go.Figure, title: str) -> None:
    """Offer a chart; what :func:`tell` says next is said of it."""
    sources, title, own = _sources(), _headed(title), st.session_state.get(_OWN)
    said: list[str] = []
    st.session_state.setdefault(_UNTOLD, []).append(said)

    def make() -> Exhibit:
        from geo.exports import charts
        from geo.exports.exhibits import Exhibit, provenance

        used, here = tuple(sources()), address()
        boundaries = [boundary_note(lang())] if own is None else [own.note, own.boundaries, own.link_note]
        caption = [*said, *_said_sources(used), *boundaries, provenance(here, lang())]
        sheet, language = charts.captioned(figure, title, caption, theme.look()), lang()
        return Exhibit(
            name=title,
            kind="chart",
            title=_both(title),
            lang=language,
            address=here,
            frame=lambda: charts.drawn_values(figure),
            sources=used,
            definitions=[*((_("What it shows."), one) for one in said), *charts.meanings(figure, language)],
            picture=lambda kind, dpi: charts.picture(sheet, kind, dpi, language),
            sheet=lambda: sheet,
            own=own,
        )

    offer(make)


def tell(sentence: str) -> None:
    """Say what the charts show that were offered since the last sentence."""
    for said in st.session_state.get(_UNTOLD, ()):
        said.append(Markup(sentence).striptags())
    st.session_state[_UNTOLD] = []


def offer_table(
    title: str,
    frame: Callable[[], pd.DataFrame],
    means: Callable[[], Sequence[tuple[str, str]]] = tuple,
    sources: Sequence[str] = (),
) -> None:
    """Offer a table.

    Parameters
    ----------
    means
        Gives its columns, and what else stands in it, with what they mean.
    sources
        Ids of its own sources, where they are not those of the rest of the page.
    """
    cited, title, own = _sources(), _headed(title), st.session_state.get(_OWN)

    def make() -> Exhibit:
        from geo.exports.exhibits import Exhibit

        return Exhibit(
            name=title,
            kind="table",
            title=_both(title),
            lang=lang(),
            address=address(),
            frame=frame,
            sources=sources or tuple(cited()),
            definitions=[(name, meaning) for name, meaning in means() if meaning],
            own=own,
        )

    offer(make)


def menu() -> None:
    """Draw the menu; closed, it is one element."""
    with st.popover(_("Take away"), key="take_away", on_change="rerun", type="tertiary") as fold:
        if not fold.open:
            return
        order: dict[str, int] = {"map": 0, "chart": 1, "table": 2}
        exhibits = sorted((make() for make in st.session_state.get(_OFFERED, ())), key=lambda one: order[one.kind])
        if not exhibits:
            _link(address())
            return
        one = _chosen(exhibits)
        _files(one)
        _link(one.address, one.own.link_note if one.own else "")
        _cite(one)


def popover(choice: MapChoice, ties: tuple[Overlay, ...]) -> None:
    """Draw the menu of the Map page."""
    offer_map(choice, ties)
    menu()


def address(named: dict[str, str] | None = None) -> str:
    """Address that brings the same view back.

    Parameters
    ----------
    named
        What is also named there although it is now the default, which may change.
    """
    from geo.exports import maps

    return maps.address(st.context.url or "", dict(st.query_params.items()) | params.whole() | (named or {}))


def how_to_cite() -> None:
    """How to cite the atlas itself, and the two articles it stands on."""
    st.html(f"<h2>{_('The atlas')}</h2>")
    _cited(cite_atlas(address(), date.today(), lang(), str(facts.package()["version"])))
    st.html(f"<h2>{_('The articles whose notions it uses')}</h2>")
    for reference in (
        "Rustamova L. R. External Relations of Russian Border Regions // MGIMO Review of International Relations. "
        "2022. Vol. 15, no. 1. P. 177–206. doi:10.24833/2071-8160-2022-1-82-177-206",
        "Arteev S. P. Foreign Policy of Russia: “Soft Power” of the Regions // Moscow University Bulletin of World "
        "Politics. 2021. Vol. 13, no. 1. P. 32–57. doi:10.48015/2076-7404-2021-13-1-32-57",
    ):
        st.code(reference, language=None, wrap_lines=True)
    st.html(
        f'<p class="soft">{_("Tables carry their own licences and sources; name them when you use the figures.")}</p>'
    )


def _chosen(exhibits: Sequence[Exhibit]) -> Exhibit:
    """The thing that the reader wants; with one there is nothing to ask."""
    kinds = {"map": _("Map"), "chart": _("Chart"), "table": _("Table")}
    place = 0
    if len(exhibits) > 1:
        said = [f"{kinds[one.kind]}: {one.title.of(lang())}" for one in exhibits]
        if st.session_state.get("take_what", 0) not in range(len(said)):
            st.session_state["take_what"] = 0
        place = st.selectbox(_("What to take away"), range(len(said)), key="take_what", format_func=said.__getitem__)
    one = exhibits[place]
    # files are made outside the run, where the language of the reader is not known
    table = one.frame()
    return replace(one, frame=lambda: table)


def _files(one: Exhibit) -> None:
    kinds = one.kinds()
    if one.sheet is not None:
        from geo.exports import charts

        if not charts.browser_found():
            kinds = [kind for kind in kinds if kind not in PICTURES]
            _drawn_by_the_reader(one, one.sheet())
    if one.lacks_memory():
        from geo.exports.layers import NO_MEMORY

        st.info(NO_MEMORY.of(lang()))
    rows: dict[str, dict[FileKind, str]] = {
        _("Picture"): {"png": "PNG", "png_2x": "PNG 2×", "png_300dpi": "PNG 300 dpi", "svg": "SVG", "pdf": "PDF"},
        _("Figures"): {"csv": "CSV", "csv_semicolon": _("CSV for Excel (;)"), "xlsx": "XLSX"},
        _("Layer"): {"gpkg": "GeoPackage", "shp": "Shapefile"},
        _("Without a network"): {"html": "HTML"},
    }
    for heading, row in rows.items():
        there = {kind: label for kind, label in row.items() if kind in kinds}
        if there:
            _row(one, heading, there)
    if "gpkg" not in kinds:
        said = _("A layer for a geographic information system is made where each row is one subject or one country.")
        st.caption(said)


def _link(here: str, note: str = "") -> None:
    st.html(f'<p class="label">{_("Link to this view")}</p>')
    st.code(here, language=None, wrap_lines=True)
    if note:
        st.html(f'<p class="soft">{escape(note)}</p>')


def _cite(one: Exhibit) -> None:
    cited = one.citation(date.today())
    forms = {_("Text"): cited.text, GOST: cited.gost, "BibTeX": cited.bibtex}
    st.session_state.setdefault("cite_as", next(iter(forms)))
    if st.session_state["cite_as"] not in forms:
        st.session_state["cite_as"] = next(iter(forms))
    form = st.segmented_control(_("Cite this"), list(forms), key="cite_as", required=True)
    st.code(forms[form], language=None, wrap_lines=True)
    _row(one, _("For reference managers"), {"bib": "BibTeX", "ris": "RIS"})


def _drawn_by_the_reader(one: Exhibit, sheet: go.Figure) -> None:
    """Draw the captioned chart with a camera over it: the browser of the reader saves it."""
    from geo.exports import charts

    st.info(charts.no_browser(lang()))
    size = {"width": sheet.layout.width, "height": sheet.layout.height, "scale": 2}
    camera = {"filename": one.file_name("png").removesuffix(".png"), "format": "png", **size}
    config = {"displayModeBar": True, "displaylogo": False, "toImageButtonOptions": camera}
    st.plotly_chart(sheet, key="take_chart", theme=None, config=config, width="content")


def _row(one: Exhibit, heading: str, kinds: dict[FileKind, str]) -> None:
    from geo.exports.exhibits import FORMS

    st.html(f'<p class="label">{heading}</p>')
    with st.container(horizontal=True, gap="small", key=f"take_row_{next(iter(kinds))}"):
        for kind, label in kinds.items():
            st.download_button(
                label,
                data=lambda kind=kind: one.file(kind),
                file_name=one.file_name(kind),
                mime=FORMS[kind].mime,
                key=f"take_{kind}",
                on_click="ignore",
                width="content",
            )


def _cited(citation: Citation) -> None:
    for heading, text in ((_("Text"), citation.text), (GOST, citation.gost), ("BibTeX", citation.bibtex)):
        st.caption(heading)
        st.code(text, language=None, wrap_lines=True)


def _sources() -> Callable[[], Iterable[str]]:
    """Sources named for this part of the page; not yet asked for them."""
    named: Callable[[], Iterable[str]] = st.session_state.get(_SOURCES, tuple)
    return named


def _headed(title: str) -> str:
    about = st.session_state.get(_ABOUT, "")
    return f"{about}: {title}" if about else title


def _both(text: str) -> Text:
    """Title that the page has in its own language only."""
    return Text(en=text, ru=text)


def _said_sources(ids: Sequence[str]) -> list[str]:
    titles = [str(title) for title in facts.sources()["title"].reindex(list(ids)).dropna()]
    more = _(" and {n} more").format(n=len(titles) - 3) if len(titles) > 3 else ""
    return [f"{_('Sources:')} {'; '.join(titles[:3])}{more}."] if titles else []
