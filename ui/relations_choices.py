"""What the Relations page is about: the country, and the model of ties that its sections share."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from geo import ties, units
from geo.i18n import country_name
from geo.maps.addresses import DEFAULT_COUNTRY
from geo.measures import relations
from geo.measures.relations import Compensation, RelationsRecipe
from ui import pickers
from ui.i18n import _, lang


def countries() -> list[str]:
    """Countries of which any table of ties or neighbours knows: neighbours first, each part by name."""
    near = set(units.countries().index)
    known = near | set(ties.load().frame["country"].dropna())
    return sorted(known, key=lambda code: (code not in near, country_name(code, lang())))


def country() -> str:
    """Draw the picker of the country."""
    return pickers.select(
        "country", _("Country"), countries(), DEFAULT_COUNTRY, lambda code: country_name(code, lang())
    )


def list_of_countries() -> str:
    """All countries that may be asked for, as links."""
    link = '<a href="relations?{}" target="_self">{}</a>'
    links = " · ".join(
        link.format(escape(urlencode({"lang": lang(), "country": code})), escape(country_name(code, lang())))
        for code in countries()
    )
    return f'<p class="caption">{escape(_("Countries there are:"))} {links}</p>'


def model() -> Compensation:
    """Ties against what size, wealth and distance let expect; computed once a recipe for all readers."""
    with st.spinner(_("Fitting the model of ties, which takes some seconds the first time…")):
        return _compensation(relations.shipped())


@st.cache_resource(show_spinner=False, hash_funcs={RelationsRecipe: RelationsRecipe.model_dump_json})
def _compensation(recipe: RelationsRecipe) -> Compensation:
    return relations.compensation(recipe, ties.load())
