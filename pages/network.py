"""Network: subjects and countries as matrix, flows, ranking and triangle of directions; the ties behind each mark."""

from ui import shell

shell.enter()

import streamlit as st

from ui import captions, charts, network, network_choices, params, survival, take_away, ties_table
from ui.i18n import _

st.html(f"<h1>{_('Network')} <small>{_('subjects of Russia and the countries with which they have ties')}</small></h1>")
choice = network_choices.choose()
captions.refused()
take_away.rests_on_ties(choice.shown(), _("Network"))
network_choices.instruments_note()
network_choices.break_year(choice)
if len(choice.shown().frame.dropna(subset=["country"])):
    network.draw(choice)
else:
    charts.nothing()
if choice.time == "change" and (left_over := survival.table(choice.ties, "country")):
    st.html(left_over)
st.html(f"<h2>{_('The ties behind it')}</h2>")
network_choices.pick_pair()
ties_table.draw(choice.behind(), "network")
params.write(network_choices.DEFAULTS)
take_away.menu()
