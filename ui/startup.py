"""What must hold before the atlas serves anybody: sound data, published geometry, the settings it was measured with."""

from __future__ import annotations

import gc
import logging

import streamlit as st

from geo import checks
from geo.uploads.limits import limits
from ui import map_widget
from ui.i18n import _

SETTINGS: dict[str, bool | int] = {"runner.postScriptGC": False, "server.enableStaticServing": True}
"""Settings of .streamlit/config.toml that speed (the first) and the map (the second) depend on."""


@st.cache_resource(show_spinner=False)
def _problems() -> list[str]:
    """Look once a process; developers find the same words in the log."""
    found = [str(problem) for problem in checks.problems()]
    # where the limits of uploads are damaged, that stands among the problems already
    uploads = {} if found else {"server.maxUploadSize": limits().megabytes}
    found += [
        f".streamlit/config.toml: {name} must be {str(wanted).lower()}; start the atlas with `make run`"
        for name, wanted in (SETTINGS | uploads).items()
        if st.get_option(name) != wanted
    ]
    if not map_widget.MANIFEST.exists():
        found.append("static/manifest.json: missing; run `python -m geo publish`")
    for problem in found:
        logging.getLogger("limitrophe").error(problem)
    # libraries and tables stay for good: a collection that walks them halts a rerun for tens of milliseconds
    gc.collect()
    gc.freeze()
    return found


def check() -> None:
    """Stop with the error of `python -m geo check` where the atlas cannot be trusted."""
    found = _problems()
    if found:
        st.error(_("The atlas does not start: its data or settings are damaged. Run “python -m geo check”."))
        st.code("\n".join(found), language=None, wrap_lines=True)
        st.stop()
