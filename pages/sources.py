"""Sources: catalogue, coverage, licences, boundary policy, glossary, how to cite."""

from ui import shell

shell.enter()

import streamlit as st

from geo import facts
from ui import captions, library, params, take_away
from ui.i18n import _

asked = params.take("source", ["", *facts.sources().index], "")
words = {
    "catalogue": _("Indicators"),
    "coverage": _("Coverage"),
    "tables": _("Tables and licences"),
    "sources": _("Sources"),
    "guide": _("Guide"),
    "methods": _("Methods"),
    "boundaries": _("Boundary policy"),
    "glossary": _("Glossary"),
    "cite": _("How to cite"),
}
first = "sources" if asked else "catalogue"
params.take("shelf", list(words), first)
st.html(f"<h1>{_('Sources')} <small>{_('what the atlas rests on')}</small></h1>")
st.segmented_control(
    _("Shelf"),
    list(words),
    key="shelf",
    required=True,
    format_func=words.__getitem__,
    on_change=params.touch,
    label_visibility="collapsed",
)
captions.refused()
draw = {
    "catalogue": library.catalogue,
    "coverage": library.coverage,
    "tables": library.tables,
    "sources": lambda: library.sources(asked),
    "guide": lambda: library.document("guide"),
    "methods": lambda: library.document("methods"),
    "boundaries": lambda: library.document("boundary-policy"),
    "glossary": library.glossary,
    "cite": take_away.how_to_cite,
}
params.write({"shelf": first, "source": ""})  # first, as the shelf of citations gives this address
draw[st.session_state["shelf"]]()
take_away.menu()
