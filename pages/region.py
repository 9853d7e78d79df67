"""Region: who a subject is, whom it touches, its ties, what is measured of it; a second one beside it."""

from ui import shell

shell.enter()

import streamlit as st

from geo.maps.addresses import DEFAULT_SUBJECT
from geo import ties, units
from geo.maps.captions import boundary_note
from ui import captions, locator, params, pickers, region_facts, region_ties, take_away, years
from ui.i18n import _, lang

locator.follow_map()
first, second, _rest = st.columns([2, 2, 3])
with first:
    code = pickers.subject("region", _("Region"), DEFAULT_SUBJECT)
with second:
    other = pickers.subject("compare", _("Compare with"), "", optional=True)
region_ties.read_address()
captions.refused()
take_away.rests_on_ties(ties.load().where(subject=[code, other or code]), units.name(code, lang()))

left, right = st.columns([1.25, 1], gap="large")
with left:
    st.html(region_facts.identity(code))
    st.html(f"<h2>{_('Whom it touches')}</h2>" + region_facts.neighbours(code))
with right:
    locator.draw(code, other)
region_ties.draw(code, other)
st.html(region_facts.indicators_table(code, other))
st.html(f'<div class="caption">{boundary_note(lang())}</div>')
params.write({"region": DEFAULT_SUBJECT, "compare": "", "kind": "", **years.defaults()})
take_away.menu()
