"""Levels: classes by level of international activity, features of an actor, instruments, factors; rules beside each."""

from ui import shell

shell.enter()

from html import escape

import streamlit as st

from geo import ties, units
from geo.measures import level_sharing
from geo.measures.actorness import shipped as actorness_rules
from geo.measures.factors import shipped as factor_rules
from geo.measures.frameworks import shipped as framework_rules
from ui import (
    actorness,
    captions,
    factors,
    instruments,
    levels_choices,
    levels_classes,
    levels_compare,
    params,
    place,
    take_away,
)
from ui.i18n import _, lang

place.follow_map()
views = {
    "classes": _("Classes and rules"),
    "compare": _("Compared"),
    "actorness": _("Actorness"),
    "instruments": _("Instruments"),
    "factors": _("Factors"),
}
params.take("view", list(views), "classes")
params.take("summed", actorness.SUMMED, "no")
params.take("scope", units.SCOPES, "border")
params.take("outcome", factors.outcomes(), factors.outcomes()[0])
rules, (types, frameworks) = levels_choices.chosen(), instruments.chosen()
classes = level_sharing.classed(rules).recipe
captions.refused()
view = st.session_state["view"]
recipe = {"actorness": actorness_rules(), "instruments": framework_rules(), "factors": factor_rules()}.get(
    view, classes
)
changed = _("changed by the reader") if recipe is classes and rules else _("operationalised by this project")
origin = _("After Arteev (2021) and Rustamova (2022), whose abstracts alone could be read.")
title = views[view] if view == "instruments" else recipe.title.of(lang())
st.html(
    f"<h1>{escape(title)} <small>{escape(changed)}</small></h1>"
    f'<p class="soft">{escape(origin)} {escape(recipe.note.of(lang()))}</p>'
)
st.segmented_control(
    _("Look into"),
    list(views),
    key="view",
    required=True,
    format_func=views.__getitem__,
    on_change=params.touch,
    label_visibility="collapsed",
)

take_away.rests_on_ties(ties.load(), title)
draw = {
    "classes": lambda: levels_classes.draw(rules),
    "compare": lambda: levels_compare.draw(rules),
    "actorness": actorness.draw,
    "instruments": lambda: instruments.draw(types, frameworks),
    "factors": factors.draw,
}
draw[view]()
params.write(
    {
        "view": "classes",
        "region": "",
        "rules": "",
        "summed": "no",
        "types": "",
        "frameworks": "",
        "scope": "border",
        "outcome": factors.outcomes()[0],
    }
)
take_away.menu()
