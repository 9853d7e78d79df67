"""The seminar: a calm list of the stories, and one of them presented over the whole window."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from geo import stories
from geo.exports import presenting
from geo.stories import Story
from ui import map_widget, params, pickers, take_away, way_back
from ui.i18n import _, lang

if TYPE_CHECKING:
    from geo.exports.exhibits import Exhibit

STATIC = "app/static/"
"""Static files as a page sees them; relative, so that a base path holds."""

MOST_SLIDES = 9
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_OVER_ALL = """<style>
[data-testid="stHeader"], .st-key-lang, .st-key-departures, .st-key-leave { display: none !important; }
.stApp, .stMain { overflow: hidden !important; background: #14191c; }
.stApp h1, .stSpinner p { color: #e9e5da !important; }
.st-key-presenter iframe {
  position: fixed; inset: 0; width: 100vw !important; height: 100vh !important; border: 0;
  z-index: 1000001; background: #14191c;
}
</style>"""


def home() -> str:
    """Address of the atlas as the reader has it: that of the list of stories without its last word."""
    return re.sub(r"/seminar/?$", "/", (st.context.url or "/").split("?")[0])


def numbers() -> list[str]:
    """Slides that an address may name."""
    return [str(number) for number in range(1, MOST_SLIDES + 1)]


def listing() -> None:
    """List the stories with what each offers."""
    lead = _("Stories told in slides of live maps, for a seminar room with or without a network.")
    st.html(f"<h1>{escape(_('Seminar'))} <small>{escape(lead)}</small></h1>")
    for one in stories.stories().values():
        with st.container(key=f"story_{one.id}"):
            words, actions = st.columns([3, 2], gap="large", vertical_alignment="center")
            with words:
                slides = _("{n} slides").format(n=len(one.slides))
                st.html(
                    f'<div class="tale"><h2>{escape(one.title.of(lang()))} <small>{escape(slides)}</small></h2>'
                    f"<p>{escape(one.summed(lang()))}</p></div>"
                )
            with actions:
                _actions(one)
    st.html(f'<p class="caption">{escape(_keys())}</p>')


def slides() -> dict[str, tuple[Story, int]]:
    """All slides of all stories, each by its story and number, as ``barents.4``."""
    return {
        f"{one.id}.{number}": (one, number)
        for one in stories.stories().values()
        for number in range(1, len(one.slides) + 1)
    }


def picture() -> None:
    """Let the reader choose a slide whose map or chart is taken away; after a talk it is the one where it was left."""
    known = slides()

    def said(code: str) -> str:
        one, number = known[code]
        return f"{one.title.of(lang())} · {number}. {one.slides[number - 1].titled(lang())}"

    with st.container(key="slide_picture", horizontal=True, vertical_alignment="bottom"):
        chosen = pickers.select("picture", _("Map or chart of a slide"), list(known), first(), said)
        one, number = known[chosen]
        language, at = lang(), home()

        def make() -> Exhibit:
            # matplotlib and the workbooks are loaded by those who open the menu
            from geo.exports.slide_exhibits import of_slide

            return of_slide(one, one.slides[number - 1], "ru" if language == "ru" else "en", at)

        take_away.offer(make)
        take_away.menu()


def first() -> str:
    """First slide of the first story."""
    return next(iter(slides()))


def _actions(one: Story) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        st.page_link(
            "pages/seminar.py",
            label=_("Present"),
            icon=":material/play_arrow:",
            query_params={"story": one.id, "lang": lang()},
        )
        language, at = lang(), home()  # files are made outside the run, where both are not known
        st.download_button(
            "PPTX",
            data=lambda: _slides_file(one.id, language, at),
            file_name=f"limitrophe-{one.id}-{language}.pptx",
            mime=PPTX,
            key=f"pptx_{one.id}",
            help=_("Slides with text, maps as pictures and notes with sources"),
        )
        st.download_button(
            "HTML",
            data=lambda: presenting.offline_page(one.id, language, at),
            file_name=f"limitrophe-{one.id}-{language}.html",
            mime="text/html",
            key=f"html_{one.id}",
            help=_("One file with live maps that needs no network"),
        )


def _slides_file(name: str, language: str, at: str) -> bytes:
    # python-pptx and matplotlib are loaded only by those who take slides away
    from geo.exports.slides import presentation

    return presentation(stories.story(name), "ru" if language == "ru" else "en", at)


def _keys() -> str:
    return _(
        "While presenting: arrows, space or a clicker turn slides; F full screen, P pointer, L light room, B black "
        "screen, O opens the view in the atlas, H lists the keys, Esc leaves."
    )


def present(name: str) -> None:
    """Show a story over the whole window; its slides turn in the browser, without a run of the page."""
    way_back.presented()
    one = stories.story(name)
    st.html(_OVER_ALL + f"<h1>{escape(one.title.of(lang()))}</h1>")
    with st.spinner(_("Preparing the slides…")):
        page = presenting.live_page(name, lang(), map_widget.manifest(), STATIC, home())
    with st.container(key="presenter"):
        st.iframe(page, height=600, alt=one.title.of(lang()))
    with st.container(key="departures"):
        for number, slide in enumerate(one.slides, start=1):
            with st.container(key=f"depart_{number}"):
                _departure(one, number, slide.view)
    with st.container(key="leave"):
        for number in range(1, len(one.slides) + 1):
            # the browser turns the slides, so it alone knows where the talk stands: a button for each
            st.button(_("Leave"), key=f"leave_{number}", on_click=_leave, args=(f"{one.id}.{number}",))


def _departure(one: Story, number: int, view: str) -> None:
    parts = urlsplit(view)
    st.page_link(
        Path("pages", f"{parts.path.strip('/') or 'map'}.py"),
        label=_("Slide {n} of {all}").format(n=number, all=len(one.slides)),
        query_params={**dict(parse_qsl(parts.query)), "back": f"{one.id}.{number}", "lang": lang()},
    )


def _leave(slide: str) -> None:
    st.session_state["story"], st.session_state["slide"], st.session_state["picture"] = "", "1", slide
    params.touch()
