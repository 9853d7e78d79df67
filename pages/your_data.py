"""Your data: bring a table, and boundaries if need be; match, map, compare, take away."""

from ui import shell

shell.enter()

import streamlit as st

from geo.uploads import Refused
from geo.uploads.cells import DASHES
from geo.uploads.joining import unit_keys, values
from geo.uploads.layers import SYSTEMS
from ui import captions, params, pickers, take_away, uploads, uploads_beside, uploads_map, uploads_matching
from ui.i18n import _, lang

uploads_map.choices()
uploads_beside.choices()
params.take("dash", DASHES, "no_data")
params.take("crs", ["", *SYSTEMS], "")
captions.refused()


def show(brought: uploads.Brought) -> None:
    st.html(uploads.how_read(brought))
    columns = st.columns([2, 2, 1.5, 1.5, 1.5, 1.4], vertical_alignment="bottom")
    with columns[0]:
        key = uploads_matching.key_column(brought)
    with columns[1]:
        column = uploads_matching.value_column(brought, key)
    with columns[2]:
        shape = uploads_map.shape()
    with columns[5]:
        per = uploads_map.per(brought)
    with columns[3]:
        theirs = uploads_matching.layer_column(brought)
        if not theirs:
            pickers.scope("all")
    with columns[4]:
        pickers.classes(circles=shape == "circles" and per == "none", years=False)
    try:
        if column is None:
            raise Refused("no_numbers")
        uploads_matching.dash(brought, column)
        found = uploads_matching.matching(brought, key, theirs)
        st.html(uploads_matching.summary(found))
        uploads_matching.settle(brought, found, theirs)
        figures = values(brought.table, found, column, unit_keys(brought.layer, theirs), st.session_state["dash"])
        own = uploads_map.own_map(brought, found, theirs, column, figures, per)
    except Refused as refusal:
        st.error(captions.plain(refusal.said(lang())))
    else:
        uploads_map.draw(own)
        uploads_beside.draw(own)
        uploads_map.table(own)
        take_away.menu()


st.html(f"<h1>{_('Your data')}</h1>")
if brought := uploads.bring():
    show(brought)
else:
    uploads.empty()
params.write(uploads_map.DEFAULTS | uploads_beside.DEFAULTS | {"dash": "no_data", "crs": ""})
