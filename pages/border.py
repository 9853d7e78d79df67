"""Border: both sides of one state border, what ties them, and what became of it."""

from ui import shell

shell.enter()

import streamlit as st

from geo import ties
from geo.i18n import country_name
from geo.maps.addresses import DEFAULT_COUNTRY
from geo.maps.captions import boundary_note
from ui import border_figures, captions, overlays, params, pickers, survival, take_away, ties_map, ties_table, timeline
from ui import years
from ui.i18n import _, lang

if code := ties_map.open_region():
    st.switch_page("pages/region.py", query_params={"region": code, "lang": lang()})

left, middle, right = st.columns([2, 3, 2.6], gap="medium", vertical_alignment="bottom")
with left:
    country = pickers.border("country", DEFAULT_COUNTRY)
one = ties.border(country)
heading = _("Border with {country}").format(country=country_name(country, lang()))
take_away.rests_on_ties(one.ties, heading)
with middle:
    span = years.slider()
with right:
    kinds = pickers.kinds(one.ties)
captions.refused()
if any(name == "country" for name, _value in params.refused()):
    st.html(border_figures.list_of_borders())

of_kind = one.ties.where(kind=kinds or None)
st.html(f"<h1>{heading}</h1>")
st.html(border_figures.figures(one))
left, right = st.columns([2.1, 1], gap="large")
with left:
    drawn = ties_map.border(one, of_kind, span)
with right:
    overlays.explain(drawn)
    st.html(f"<h2>{_('Both sides')}</h2>" + border_figures.sides(one))
st.html(f"<h2>{_('What happened when')}</h2>")
timeline.draw(of_kind, one.milestones, span, "border_timeline")
if left_over := survival.table(of_kind, "kind"):
    st.html(left_over)
ties_table.draw(of_kind, "border", span=span, charts=["border_timeline"])
timeline.acts(one.milestones)
st.html(f'<div class="caption">{boundary_note(lang())}</div>')
params.write({"country": DEFAULT_COUNTRY, "kind": "", **years.defaults()})
take_away.menu()
