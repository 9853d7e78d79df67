"""Rules of the levels: what the reader changes of them stands in the address, and only that."""

from __future__ import annotations

from html import escape

import streamlit as st

from geo.errors import ArgumentError
from geo.measures import level_sharing, levels
from geo.measures.level_sharing import NEEDS
from geo.measures.levels import LevelClass, LevelsRecipe
from ui import params
from ui.i18n import _, lang


def _read(text: str) -> LevelsRecipe:
    return level_sharing.read(levels.shipped(), text)


def chosen() -> str:
    """Changed rules, as the address writes them."""
    return params.take("rules", params.Readable(_read), "")


def titles(recipe: LevelsRecipe) -> dict[str, str]:
    """Titles of the classes by id, the highest first."""
    return {one.id: one.title.of(lang()) for one in (*recipe.classes, recipe.rest)}


def editor(rules: str) -> None:
    """Draw the rules as fields: one row a measure, one column a class."""
    recipe = _read(rules)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"<h2>{escape(_('Rules and thresholds'))}</h2>", width="content")
        st.button(_("As in the recipe"), key="reset_rules", type="tertiary", disabled=not rules, on_click=_reset)
    intro = _(
        "A subject belongs to the highest class of whose rules enough hold. A rule without data neither holds nor "
        "fails. Change a threshold, and map, table and address follow."
    )
    st.html(f'<p class="soft">{escape(intro)}</p>')
    with st.container(key="level_rules"):
        for measure in recipe.measures:
            title, definition = escape(measure.title.of(lang())), escape(measure.definition.of(lang()))
            fields = _row(f'<b>{title}</b><br><span class="soft">{definition}</span>', len(recipe.classes))
            for place, (field, level) in enumerate(zip(fields, recipe.classes, strict=True)):
                label = _("{level}: at least").format(level=level.title.of(lang()))
                _field(field, rules, level, measure.id, label, (0, level_sharing.LARGEST), place)
        share = _("Share of the rules with data that must hold, %")
        fields = _row(f"<b>{escape(share)}</b>", len(recipe.classes))
        for place, (field, level) in enumerate(zip(fields, recipe.classes, strict=True)):
            label = f"{level.title.of(lang())}, %"
            _field(field, rules, level, NEEDS, label, (1, 100), place)
    rest = _("Everything else is {rest}. At least {n} rules must have data, else too little is known for a class.")
    st.html(
        f'<p class="caption">{escape(rest.format(rest=recipe.rest.title.of(lang()).lower(), n=recipe.min_known))}</p>'
    )


def _row(words: str, classes: int) -> list[st.delta_generator.DeltaGenerator]:
    columns = st.columns([3.4, *([1] * classes)], vertical_alignment="center")
    with columns[0]:
        st.html(f'<p class="rule">{words}</p>')
    return columns[1:]


def _field(
    column: st.delta_generator.DeltaGenerator,
    rules: str,
    level: LevelClass,
    name: str,
    label: str,
    span: tuple[int, int],
    place: int,
) -> None:
    key = f"rule_{place}_{name}"
    value = 100 * level.needs if name == NEEDS else level.thresholds[name]
    st.session_state[key] = round(value)
    with column:
        st.number_input(label, *span, step=1, key=key, on_change=_change, args=(rules, level.id, name, key))


def _change(rules: str, level: str, name: str, key: str) -> None:
    try:
        changed = level_sharing.changed(_read(rules), level, name, int(st.session_state[key]))
    except ArgumentError:
        st.toast(_("A lower class cannot ask for more than a higher one: the threshold stays as it was."))
    else:
        st.session_state["rules"] = level_sharing.written(levels.shipped(), changed)
    params.touch()


def _reset() -> None:
    st.session_state["rules"] = ""
    params.touch()
