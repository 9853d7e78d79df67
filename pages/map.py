"""Map: one indicator over the subjects, and what stands behind it."""

from ui import shell, theme

shell.enter()

from typing import Any

import streamlit as st

from geo import indicators
from geo.exports.maps import parameters
from geo.maps.addresses import DEFAULT_INDICATOR
from geo.maps.captions import class_note, legend_title
from geo.maps.drawings import MapChoice, draw, draw_years
from geo.maps.painting import payload
from ui import captions, map_widget, overlays, params, pickers, place, take_away, tables
from ui.i18n import lang
from ui.legend import draw_ranking, legend

look = theme.look()
autoplay = place.follow_map()


def painted(choice: MapChoice) -> dict[str, Any]:
    series = draw_years(choice, look, lang()) if choice.limits == "all" and len(choice.years) > 1 else None
    return payload(
        draw(choice, look, lang()),
        title=choice.indicator.title.of(lang()),
        unit=indicators.unit_of(choice.indicator, choice.per).of(lang()),
        year=choice.year,
        source=captions.first_source(choice.indicator),
        selected=place.selected(),
        years=choice.years,
        series=series,
        autoplay=autoplay,
        overlay=overlays.layers(overlays.chosen(), choice.scope),
        choice=map_widget.named(parameters(choice), overlays.chosen(), place.selected(), look.name, lang()),
    )


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
