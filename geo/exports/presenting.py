"""A story as one HTML document that presents itself: slides of live maps, keys, a pointer, a dark room.

The atlas frames it (:func:`live_page`) with scripts and outlines that it serves; :func:`offline_page` is the same
document with all of them inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from geo import stories
from geo.exports import offline
from geo.exports.legends import legend, ties_legend
from geo.i18n import Language, translator
from geo.maps import DARK, LIGHT, Theme
from geo.maps.captions import boundary_note
from geo.maps.layers import LAYERS, MAP, ground, script_literal, stamped
from geo.maps.thumbnails import as_address
from geo.stories import Slide, Story, behind
from geo.stories.scenes import Scene, figure, scene

ROOMS: tuple[Theme, ...] = (DARK, LIGHT)
"""A dark room first: that is how a document opens."""

_HOME = "[address of the atlas]"
"""Stands in the slides that are kept where each reader is told the address of his atlas."""

SOURCES_ROOM = 200
"""Letters that the lines of the foot hold at any size of the window."""

NAMED = 4
"""Sources that stand at the foot; where the slide itself names more, all of these."""


def live_page(name: str, lang: Language, manifest: Mapping[str, str], static: str, home: str = "/") -> str:
    """Document that the atlas shows in a frame.

    Parameters
    ----------
    manifest
        Names of published files, ``static/manifest.json``.
    static
        Address of the static files as the page that holds the frame sees it.
    home
        Address of the atlas, which begins the addresses on the slides; without it they hold for any host.
    """
    served = {
        "style": [static + manifest["leaflet.css"], static + manifest["atlas.css"]],
        "engine": static + manifest["first.js"],
        "fine": [static + manifest[f"{layer}-fine"] for layer in LAYERS],
        "offline": _asset("offline.js"),
    }
    options = {"map": MAP, "ground": ground()}
    body = (
        _addressed(name, lang, home)
        + '<script type="text/plain" id="atlas-style"></script><script type="text/plain" id="atlas-engine"></script>'
        f'<script type="application/json" id="atlas-options">{script_literal(options)}</script>'
        f'<script type="application/json" id="served">{script_literal(served)}</script>'
        f"<script>{_asset('presenter.js')}</script>"
    )
    title = escape(stories.story(name).title.of(lang))
    return (
        f'<!doctype html>\n<html lang="{lang}" data-room="dark">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_style()}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def offline_page(name: str, lang: Language, home: str = "/") -> str:
    """Document as a file for a USB stick: it asks no host for anything; `home` as for :func:`live_page`."""
    body = f"{_addressed(name, lang, home)}{offline.engine()}<script>{_asset('presenter.js')}</script>"
    title = stories.story(name).title.of(lang)
    return offline.document(title, body, lang, theme=DARK, style=_style())


def _addressed(name: str, lang: Language, home: str) -> str:
    # maps do not depend on the host, so they are drawn and kept once for all of them
    return _body(name, lang).replace(_HOME, escape(home.rstrip("/")))


@cache
def _body(name: str, lang: Language) -> str:
    """Slides and controls of a story; drawing all maps takes some seconds, so they are kept."""
    _ = translator(lang)
    story = stories.story(name)
    slides = "".join(_slide(story, slide, number, lang) for number, slide in enumerate(story.slides, start=1))
    sources = [behind.rests_on(slide) for slide in story.slides]
    known = list(dict.fromkeys(source for each in sources for source in each))
    places = {source: place for place, source in enumerate(known)}
    all_of_them = {
        "sources": [[source, stories.source_title(source, lang)] for source in known],
        "slides": [[places[source] for source in each] for each in sources],
    }
    keys = "".join(f"<dt>{escape(key)}</dt><dd>{escape(said)}</dd>" for key, said in _keys(lang))
    words = {
        "previous": _("Previous slide"),
        "next": _("Next slide"),
        "help": _("Keys"),
        "atlas": _("Open in the atlas"),
        "full": _("Full screen"),
    }
    buttons = "".join(
        f'<button type="button" data-do="{do}" aria-label="{escape(words[do])}">{sign}</button>'
        for do, sign in (("previous", "‹"), ("next", "›"), ("help", "?"))
    )
    return (
        f'<main id="slides" aria-roledescription="{escape(_("slides"))}">{slides}</main>'
        f'<nav class="bar"><button type="button" class="depart" data-do="open">{escape(words["atlas"])}</button>'
        f'<button type="button" class="depart" data-do="full">{escape(words["full"])}</button>'
        f'<span class="counter" role="status" aria-live="polite"></span>{buttons}</nav>'
        f'<div class="progress"><i></i></div>'
        f'<dialog class="keys"><h2>{escape(words["help"])}</h2><dl>{keys}</dl></dialog>'
        f'<dialog class="all"><h2>{escape(_("Sources of this slide"))}</h2><ul></ul></dialog>'
        f'<script type="application/json" id="all-sources">{script_literal(all_of_them)}</script>'
        '<div class="spot" hidden></div><div class="black" hidden></div>'
    )


def _keys(lang: Language) -> tuple[tuple[str, str], ...]:
    _ = translator(lang)
    return (
        ("→ ↓ PgDn Space", _("next slide")),
        ("← ↑ PgUp", _("previous slide")),
        ("Home, End", _("first slide, last slide")),
        ("F", _("full screen")),
        ("P", _("pointer on, off")),
        ("L", _("light room, dark room")),
        ("B", _("black screen")),
        ("O", _("open this view in the atlas")),
        ("S", _("all sources of the slide")),
        ("H", _("these keys")),
        ("Esc", _("leave")),
    )


def _slide(story: Story, slide: Slide, number: int, lang: Language) -> str:
    # exhibits bring the libraries of charts and workbooks, for which the list of stories does not wait
    from geo.exports.exhibits import provenance, view_address

    _ = translator(lang)
    told = slide.told(lang)
    rooms = [scene(slide.view, slide.show, theme, lang, slide.highlight) for theme in ROOMS]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in told.text)
    label = _("Slide {n} of {all}").format(n=number, all=len(story.slides))
    return (
        f'<section class="slide" id="slide-{number}" aria-label="{escape(label)}">'
        f'<div class="words"><p class="story">{escape(story.title.of(lang))}</p><h1>{escape(told.title)}</h1>'
        f"{paragraphs}</div>{_picture(rooms, provenance(view_address(_HOME, slide.view, lang), lang))}"
        f"{_sources(slide, lang)}</section>"
    )


def _picture(rooms: list[Scene], origin: str) -> str:
    """Map or chart with heading, legend and provenance; of what differs between the rooms, one for each."""
    one = rooms[0]
    heading = f"<b>{escape(one.title)}</b> <span>{escape(one.detail)}</span>"
    if one.told is None:
        shown = "".join(
            f'<img class="chart in-{room.theme.name}" alt="{escape(room.said)}" src="{_chart(room)}">' for room in rooms
        )
    else:
        light = stamped(_plain(rooms[1]))
        shown = (
            offline.frame(_plain(one))
            + f'<script type="application/json" class="light">{script_literal(light)}</script>'
        )
    legends = "".join(f'<div class="flat in-{room.theme.name}">{_legend(room)}</div>' for room in rooms)
    said = " ".join(([boundary_note(one.lang)] if one.is_map else []) + [origin])
    foot = f'<p class="provenance">{escape(said)}</p>'
    return f'<figure class="picture"><figcaption>{heading}</figcaption>{shown}{legends}{foot}</figure>'


def _plain(one: Scene) -> Mapping[str, Any]:
    assert one.told is not None, "a chart has no script"
    return one.told


def _chart(one: Scene) -> str:
    # matplotlib is loaded only for stories with a chart
    from geo.maps import charts

    return as_address(charts.svg(figure(one)))


def _legend(one: Scene) -> str:
    parts = [legend(one.drawing, one.heading)] if one.drawing is not None else []
    if one.layers is not None:
        parts.append(ties_legend(one.layers))
    return "".join(parts)


def _sources(slide: Slide, lang: Language) -> str:
    """Names of the sources that the foot holds, short; behind a button all of them, whole."""
    _ = translator(lang)
    all_of_them = behind.rests_on(slide)
    named = all_of_them[: max(NAMED, len(slide.sources))]
    rest = len(all_of_them) - len(named)
    more = _("and {n} more").format(n=rest)
    longest = (SOURCES_ROOM - (len(more) if rest else 0)) // len(named)
    short = "; ".join(_source(source, stories.source_title(source, lang, longest), lang) for source in named)
    button = f' <button type="button" data-do="sources">{escape(more)}</button>' if rest else ""
    return f'<p class="sources"><b>{escape(_("Sources:"))}</b> {short}{button}</p>'


def _source(source: str, said: str, lang: Language) -> str:
    whole = stories.source_title(source, lang)
    title = f' title="{escape(whole)}"' if said != whole else ""
    return f'<a data-source="{escape(source)}"{title}>{escape(said)}</a>'


def _style() -> str:
    rooms = "".join(
        f':root[data-room="{theme.name}"]{{{"".join(f"--{key}:{value};" for key, value in theme.colours().items())}'
        f"color-scheme:{theme.name}}}"
        for theme in ROOMS
    )
    return rooms + _asset("presenter.css")


def _asset(name: str) -> str:
    return (offline.ASSETS / name).read_text(encoding="utf-8")
