"""Relations: ties with one country against a model, diplomatic agents, capacity to help, and what followed crises."""

from ui import shell

shell.enter()

from html import escape

import streamlit as st

from geo import ties, units
from geo.i18n import country_name
from geo.maps.addresses import DEFAULT_COUNTRY
from geo.measures import relations
from ui import capacity, captions, compensation, crises, diplomatic_agents, params, relations_choices, take_away
from ui.i18n import _, lang

views = {
    "compensation": _("Compensating function"),
    "agents": _("Diplomatic agents"),
    "capacity": _("Capacity to help"),
    "crises": _("After a crisis"),
}
left, right = st.columns([1, 3], vertical_alignment="bottom")
with left:
    country = relations_choices.country()
with right:
    params.take("view", list(views), "compensation")
    st.segmented_control(
        _("Look into"), list(views), key="view", required=True, format_func=views.__getitem__, on_change=params.touch
    )
params.take("region", ["", *units.subjects().index], "")
choice = capacity.chosen()
captions.refused()
if any(name == "country" for name, _value in params.refused()):
    st.html(relations_choices.list_of_countries())

view = st.session_state["view"]
titles = {
    "compensation": _("Compensating function: {country}"),
    "agents": _("Diplomatic agents"),
    "capacity": _("Capacity to help normalise relations: {country}"),
    "crises": _("After a crisis: {country}"),
}
changed = _("changed by the reader") if view == "capacity" and choice.recipe != choice.base else ""
origin = _("After Arteev (2021) and Rustamova (2022), whose abstracts alone could be read.")
notes = {
    "compensation": relations.shipped().note.of(lang()),
    "agents": _(
        "That a seat in an organisation of regions makes its holder an agent of the centre is Rustamova’s thesis; "
        "which forms count as a seat is operationalised by this project. Seats are those of all subjects, whatever "
        "the country."
    ),
    "capacity": choice.base.note.of(lang()) if choice.base.note else "",
    "crises": _(
        "Which years count as a crisis, and how many before and after are set side by side, is operationalised by this "
        "project. Only ties with a known year can be placed."
    ),
}
st.html(
    f"<h1>{escape(titles[view].format(country=country_name(country, lang())))} "
    f"<small>{escape(changed or _('operationalised by this project'))}</small></h1>"
    f'<p class="soft">{escape(origin)} {escape(notes[view])}</p>'
)
take_away.rests_on_ties(ties.load(), titles[view].format(country=country_name(country, lang())))
draw = {
    "compensation": lambda: compensation.draw(country),
    "agents": diplomatic_agents.draw,
    "capacity": lambda: capacity.draw(choice, country),
    "crises": lambda: crises.draw(country),
}
draw[view]()
params.write({"country": DEFAULT_COUNTRY, "view": "compensation", "region": "", "capacity": ""})
take_away.menu()
