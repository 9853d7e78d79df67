"""Index: build a composite index, see what its ranks are worth and what drives them."""

from ui import shell, theme

shell.enter()

import streamlit as st

from geo.errors import LimitropheError
from geo.maps.score_maps import index_map
from geo.measures import standing
from ui import captions, charts, index_charts, index_facts, params, place, rank_chart, recipes, score_map, take_away
from ui.i18n import _, lang

place.follow_map()
choice = recipes.choose()
take_away.rests_on(lambda: take_away.sources_of(choice.recipe), recipes.title(choice.base))
views = {
    "contributions": _("Contributions"),
    "drivers": _("What drives this"),
    "compare": _("Compare two recipes"),
    "left_out": _("Left out"),
    "provenance": _("Where it comes from"),
}
params.take("view", list(views), "contributions")
params.take("against", [index_charts.AS_WRITTEN, *recipes.shipped()], index_charts.AS_WRITTEN)
captions.refused()
index_facts.trouble()
try:
    found = standing.ranked(choice.recipe)
except LimitropheError as error:
    st.error(recipes.trouble(error))
    recipes.write(choice)
    st.stop()

ranked = found.uncertain.units
selected = place.selected()
reference = selected if selected in ranked.index else str(ranked.index[0])
drawing = index_map(found, theme.look(), lang())

st.html(index_facts.title(choice))
weights, middle, right = st.columns([1, 2.2, 1.35], gap="medium")
with middle:
    with st.container(key="index_map"):
        score_map.draw(found, drawing, recipes.title(choice.base), _("Score, quantiles"), height=560)
    st.html(index_facts.caption(found))
with weights:
    recipes.weight_sliders(choice)
    index_facts.files(choice)
with right:
    if selected:
        score_map.card(found, selected)
    st.html(f"<h2>{_('Ranks and their intervals')}</h2>")
    with st.container(height=470 if selected else 560, border=False, key="ranking_frame"):
        rank_chart.intervals(found.uncertain, reference, "ranking")
charts.twin(rank_chart.said(found.uncertain, reference))
rank_chart.table(found.uncertain, "ranking_table")

st.segmented_control(
    _("Look into"), list(views), key="view", required=True, format_func=views.__getitem__, on_change=params.touch
)
if st.session_state["view"] == "contributions":
    index_charts.contributions(found)
elif st.session_state["view"] == "drivers":
    index_charts.drivers(found)
elif st.session_state["view"] == "compare":
    index_charts.compare(choice, found)
elif st.session_state["view"] == "left_out":
    index_facts.left_out(found)
else:
    index_facts.provenance(found)
recipes.write(choice)
params.write({"view": "contributions", "against": index_charts.AS_WRITTEN, "region": ""})
take_away.menu()
