"""Limitrophe: navigation, language, theme. Nothing else."""

import streamlit as st

from ui import i18n, params, shell, startup, theme
from ui.i18n import _

st.set_page_config(page_title="Limitrophe", layout="wide", initial_sidebar_state="collapsed")
params.begin()
theme.apply()
startup.check()
i18n.switch()
page = st.navigation(
    [
        st.Page("pages/map.py", title=_("Map"), default=True),
        st.Page("pages/region.py", title=_("Region"), url_path="region"),
        st.Page("pages/border.py", title=_("Border"), url_path="border"),
        st.Page("pages/network.py", title=_("Network"), url_path="network"),
        st.Page("pages/soft_power.py", title=_("Soft power"), url_path="soft_power"),
        st.Page("pages/index.py", title=_("Index"), url_path="index"),
        st.Page("pages/levels.py", title=_("Levels"), url_path="levels"),
        st.Page("pages/relations.py", title=_("Relations"), url_path="relations"),
        st.Page("pages/events.py", title=_("Events"), url_path="events"),
        st.Page("pages/seminar.py", title=_("Seminar"), url_path="seminar"),
        st.Page("pages/your_data.py", title=_("Your data"), url_path="your_data"),
        st.Page("pages/sources.py", title=_("Sources"), url_path="sources"),
    ],
    position="top",
)
shell.run(page)
