"""Your data: bring a table, and boundaries if need be; match, map, compare, take away."""

from ui import shell

shell.enter()

import streamlit as st

from geo.uploads import Refused
from geo.uploads.cells import DASHES
from geo.uploads.layers import SYSTEMS
from ui import captions, params, take_away, uploads, uploads_beside, uploads_exhibits, uploads_map, uploads_matching
from ui.i18n import _, lang

uploads_map.choices()
uploads_beside.choices()
params.take("dash", DASHES, "no_data")
params.take("crs", ["", *SYSTEMS], "")
captions.refused()
autoplay = uploads_map.follow()


def show(brought: uploads.Brought, *, autoplay: bool) -> None:
    st.html(uploads.how_read(brought))
    columns = st.columns([2, 2, 2, 2, 1.5] if brought.layer else [2, 2, 2, 1.5], vertical_alignment="bottom")
    with columns[0]:
        key = uploads_matching.key_column(brought)
    with columns[1]:
        theirs = uploads_matching.layer_column(brought)
    with columns[-3]:
        where = uploads_matching.year_place(brought, key)
    with columns[-2]:
        measure = uploads_matching.measure(brought, key, where)
    try:
        if measure is None:
            raise Refused("no_numbers")
        with columns[-1]:
            uploads_matching.dash(brought, measure)
        found = uploads_matching.matching(brought, key, theirs, where)
        st.html(uploads_matching.summary(found))
        uploads_matching.settle(brought, found, theirs)
        asked = uploads_map.controls(brought, found, theirs, measure, autoplay=autoplay)
        own = uploads_map.own_map(asked)
    except Refused as refusal:
        st.error(captions.plain(refusal.said(lang())))
    else:
        uploads_map.draw(own)
        uploads_exhibits.offer_map(own)
        uploads_beside.draw(own)
        uploads_map.table(own)
        take_away.menu()


st.html(f"<h1>{_('Your data')}</h1>")
if brought := uploads.bring():
    show(brought, autoplay=autoplay)
else:
    uploads.empty()
params.write(uploads_map.DEFAULTS | uploads_beside.defaults() | {"dash": "no_data", "crs": ""})
