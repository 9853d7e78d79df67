"""Map: one indicator over the subjects, and what stands behind it."""

from ui import shell, theme

shell.enter()

from typing import Any

import streamlit as st

from geo.maps import map_page
from geo.maps.addresses import DEFAULT_INDICATOR, MapAddress
from geo.maps.captions import class_note, legend_title
from geo.maps.drawings import MapChoice, draw
from ui import captions, map_widget, overlays, params, pickers, place, take_away, tables
from ui.i18n import lang
from ui.legend import draw_ranking, legend

look = theme.look()
autoplay = place.follow_map()


def painted(choice: MapChoice) -> dict[str, Any]:
    here = MapAddress(choice, overlays.chosen(), place.selected())
    return map_page.told(here, look, lang(), autoplay=autoplay)


choice = pickers.chosen_map()
told = painted(choice)
over, end = pickers.map_row(choice, map_widget.follower(painted, choice, told))
with over:
    layers = overlays.layers(overlays.picker(), choice.scope)
captions.refused()
drawing = draw(choice, look, lang())

left, right = st.columns([3.35, 1], gap="medium")
with left:
    st.html(captions.title(choice))
    map_widget.draw(told)
    st.html(captions.caption(drawing, choice))
with right:
    place.card(choice, drawing)
    st.html(legend(drawing, legend_title(choice, drawing), class_note(choice, drawing)))
    if explained := overlays.legend(layers):
        st.html(explained)
    if choice.indicator.kind != "yes_no":
        draw_ranking(drawing)
tables.all_values(choice, drawing)
params.write(
    {
        "indicator": DEFAULT_INDICATOR,
        "per": choice.indicator.default_per,
        "year": str(choice.years[-1]),
        "scope": "border",
        "scheme": "quantiles",
        "k": "5",
        "palette": "teal",
        "limits": "year",
        "region": "",
        "overlay": "",
    }
)
with end:
    take_away.popover(choice, overlays.chosen())
