"""Soft power: resources and activity by pillar, and what one subject has of them; never attraction."""

from ui import shell

shell.enter()

from html import escape

import streamlit as st

from geo import indicators, units
from geo.measures import soft_power
from ui import captions, params, pickers, place, take_away
from ui import soft_power as shown
from ui import soft_power_maps as maps
from ui.i18n import _, lang

SCORE = "score"

place.follow_map()
framework = soft_power.framework()
take_away.rests_on(lambda: take_away.sources_of(soft_power.whole()), _("Soft power"))
groups = {group.id: group for group in framework.pillars}
columns = st.columns([4, 1.6, 1.8], vertical_alignment="bottom")
with columns[0]:
    params.take("pillar", list(groups), "culture")
    titles = {key: group.title.of(lang()) for key, group in groups.items()}
    st.segmented_control(
        _("Pillar"), list(groups), key="pillar", required=True, format_func=titles.__getitem__, on_change=params.touch
    )
group = groups[st.session_state["pillar"]]
with columns[1]:
    metrics = {SCORE: _("score of the pillar"), **{key: indicators.find(key).short.of(lang()) for key in group.mapped}}
    metric = pickers.select("metric", _("On the map"), list(metrics), SCORE, metrics.__getitem__)
with columns[2]:
    pickers.subject("region", _("Region"), "", optional=True)
captions.refused()
selected = place.selected()

st.html(
    f"<h1>{escape(_('Soft power: resources and activity'))} "
    f"<small>{escape(_('not attraction: no poll of opinion stands behind it'))}</small></h1>"
    f'<p class="soft">{escape(framework.note.of(lang()))}</p>'
)
st.html(f"<h2>{escape(_('The pillars on one scale'))}</h2>")
maps.small_multiples(group.id)

if metric == SCORE:
    maps.score(group)
else:
    maps.metric(metric)
maps.pillars_table()
st.html(shown.gaps(group))

if selected:
    st.html(f"<h1>{escape(units.name(selected, lang()))}</h1>")
    own, others = st.columns([1.25, 1], gap="large")
    with own:
        st.html(f"<h2>{escape(_('Its own resources and activity'))}</h2>")
        shown.profile(selected)
        shown.counted(selected)
    with others:
        shown.inside(selected)
else:
    st.info(_("Choose a region, or click one on the map, to see its profile and the things that are counted in it."))
params.write({"pillar": "culture", "metric": SCORE, "region": ""})
take_away.menu()
