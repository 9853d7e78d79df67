"""The frame round every page: see that a page is only ever drawn inside app.py.

Until the first reader of a server has opened app.py, Streamlit runs a file of ``pages/`` by itself when its
address is asked for, without header, language and theme. Each page therefore enters through here.
"""

from __future__ import annotations

import logging
import runpy
from contextvars import ContextVar
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from geo.errors import LimitropheError
from ui import params, take_away, way_back
from ui.captions import plain
from ui.i18n import _

_log = logging.getLogger("limitrophe")
APP = Path(__file__).resolve().parents[1] / "app.py"
_inside: ContextVar[bool] = ContextVar("inside", default=False)


def run(page: Page) -> None:
    """Run a page; what goes wrong in it is one sentence to the reader and the cause in the log."""
    _inside.set(True)
    _come_back()
    take_away.begin()
    try:
        if page.url_path == "seminar":
            params.forget(["back"])
            page.run()
        else:
            way_back.draw()
            page.run()
            way_back.keep()
    except LimitropheError as error:
        _log.exception("page %r", page.url_path)
        st.error(_("This view cannot be drawn: {reason}").format(reason=plain(str(error))))
    except Exception:  # the reader shall not meet a traceback, whatever broke
        _log.exception("page %r", page.url_path)
        st.error(
            _(
                "This view cannot be drawn because of a fault in the atlas. Reload the page; if the fault stays, "
                "report the address of this page. The cause is in the log of the server."
            )
        )


@st.fragment(run_every="1h")
def _come_back() -> None:
    """Draw nothing, at intervals: only a page that has an interval asks for a run when its connection is back.

    Without that run the session of a restarted server, of another process or of a laptop that slept would first hear
    of the page with the reader's next choice, and take the address, which knows nothing of that choice, for the truth.
    """


def enter() -> None:
    """First line of every page."""
    if not _inside.get():
        runpy.run_path(str(APP))
        st.stop()
