"""Controls of a composite index: which recipe, and what of it the reader changes. All of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import get_args

import streamlit as st

from geo import indicators, units
from geo.errors import ArgumentError, DataError, LimitropheError, UnknownCodeError
from geo.i18n import Message
from geo.maps.addresses import DEFAULT_RECIPE as DEFAULT
from geo.measures import inputs, sharing
from geo.measures.inputs import shipped
from geo.measures.recipe import IndexRecipe, Mean, NullRule, Pillar, Uniform
from ui import params, pickers
from ui.i18n import _, lang

OWN = "own"
NEWEST = "newest"
HIGHEST_SEED = 999_999
SHARES = tuple(f"{tenths / 10:g}" for tenths in range(3, 11))
NO_SHARE = "none"
CHANGES = ("weights", "scope", "year", "normalisation", "within", "across", "nulls", "share", "seed")
"""Parameters of the address that change a recipe."""


@dataclass(frozen=True)
class RecipeChoice:
    """A recipe as the reader wants it.

    Attributes
    ----------
    base
        As it ships, or as it stands in the reader's file.
    recipe
        With the reader's changes.
    weights
        Of all pillars and indicators on the scale of the sliders; 0 leaves out.
    """

    base: IndexRecipe
    recipe: IndexRecipe
    weights: dict[str, int]


def title(one: IndexRecipe) -> str:
    """Title of a recipe in the language of the reader, or its id."""
    return one.title.of(lang()) if one.title else one.id


def pillar_title(pillar: Pillar) -> str:
    """Title of a pillar in the language of the reader, or its id."""
    return pillar.title.of(lang()) if pillar.title else pillar.id


def trouble(error: LimitropheError) -> str:
    """Say an error in the language of the reader: where, what, and what to do."""
    if isinstance(error, UnknownCodeError):
        known = ", ".join(error.known[:12])
        pattern = _("“{value}” is not known ({kind}). Known: {known}")
        return pattern.format(value=error.value, kind=error.kind, known=known)
    reason = error.reason if isinstance(error, DataError) else error.args[0]
    said = reason.of(lang()) if isinstance(reason, Message) else str(reason)
    place = ""
    if isinstance(error, DataError):
        named, _colon, line = (error.file or "").rpartition(":")
        place = _("{file}, line {line}").format(file=named, line=line) if line.isdecimal() else (error.file or "")
        place = ", ".join(part for part in (place, error.column or "") if part)
    return f"{place}: {said}" if place else said


def _own(text: str) -> IndexRecipe:
    return sharing.unpacked(text, indicators.catalogue())


def _base(key: str) -> IndexRecipe:
    return _own(st.session_state[OWN]) if key == OWN else shipped()[key]


def _defaults(one: IndexRecipe) -> dict[str, str]:
    """What the address need not say, as the recipe says it."""
    return {
        "weights": "",
        "scope": one.scope,
        "year": NEWEST if one.year is None else str(one.year),
        "normalisation": one.normalisation,
        "within": one.within,
        "across": one.across,
        "nulls": one.null_rule,
        "share": _default_share(one, one.null_rule),
        "seed": str(one.seed),
    }


def _default_share(one: IndexRecipe, rule: str) -> str:
    if rule == "mean_of_available":
        return NO_SHARE
    if one.min_data_share is not None:
        return f"{one.min_data_share:g}"
    return "0.6" if rule == "drop_units" else NO_SHARE


def _as_it_is() -> None:
    """Callback: begin with the recipe as it is written."""
    st.session_state.update(_defaults(_base(st.session_state["recipe"])))
    params.touch()


def _enter() -> None:
    """Forget changes of an earlier visit where the address names a recipe; take them up again where it does not."""
    if "recipe" in st.session_state:
        return
    if "recipe" in st.query_params:
        params.forget((OWN, *CHANGES))
    else:
        for name in (OWN, "weights"):  # no widget holds them, so that they outlive their page
            st.session_state.pop(name, None)


def choose() -> RecipeChoice:
    """Draw the row of controls."""
    _enter()
    own = params.take(OWN, params.Readable(lambda text: text and _own(text)), "")
    options = [*shipped(), *([OWN] if own else [])]
    columns = st.columns([2.15, 1.9, 1.9, 1.4, 1.4, 2.1, 0.8], vertical_alignment="bottom")
    with columns[0]:
        params.take("recipe", options, DEFAULT)
        titles = {key: title(_base(key)) for key in options}
        st.selectbox(_("Recipe"), options, key="recipe", format_func=titles.__getitem__, on_change=_as_it_is)
    one = _base(st.session_state["recipe"])
    own_choices = _defaults(one)
    with columns[1]:
        words = {"border": _("Border subjects"), "all": _("All subjects")}
        pickers.select("scope", _("Regions"), units.SCOPES, own_choices["scope"], words.__getitem__)
    with columns[2]:
        options = list(dict.fromkeys([one.normalisation, *get_args(Uniform)]))
        said = normalisation_words()
        pickers.select("normalisation", _("Normalisation"), options, own_choices["normalisation"], said.__getitem__)
    for column, name, label in (
        (columns[3], "within", _("Within pillars")),
        (columns[4], "across", _("Across pillars")),
    ):
        with column:
            pickers.select(name, label, get_args(Mean), own_choices[name], mean_words().__getitem__)
    with columns[5]:
        pickers.select("nulls", _("What a gap means"), get_args(NullRule), one.null_rule, null_words().__getitem__)
    with columns[6]:
        _more(one, own_choices)
    return _changed(one)


def _more(one: IndexRecipe, own_choices: dict[str, str]) -> None:
    """Year, least share of data and seed, which most readers leave as they are."""
    state = st.session_state
    known = [NEWEST, *map(str, inputs.years(one))]
    shares = {"drop_units": SHARES, "mean_of_available": (NO_SHARE,)}.get(state["nulls"], (NO_SHARE, *SHARES))
    default_share = _default_share(one, state["nulls"])
    if default_share not in shares:
        shares = (*shares, default_share)
    params.take("year", known, own_choices["year"])
    params.take("share", shares, default_share)
    params.take("seed", params.Readable(_seed), own_choices["seed"])

    years = {key: _("newest of each indicator") if key == NEWEST else key for key in known}
    least = {key: _("none is asked") if key == NO_SHARE else f"{round(100 * float(key))} %" for key in shares}
    with st.popover(_("More"), width="stretch"):
        st.selectbox(
            _("Year"),
            known,
            key="year",
            format_func=years.__getitem__,
            on_change=params.touch,
            disabled=len(known) == 1,
        )
        st.selectbox(
            _("Least share of data"),
            shares,
            key="share",
            format_func=least.__getitem__,
            on_change=params.touch,
        )
        st.text_input(_("Seed of the draws"), key="seed", on_change=params.touch)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= HIGHEST_SEED and text[0] != "0"):
        raise ArgumentError(Message("a seed is a whole number from 1 to {most}", most=HIGHEST_SEED))
    return int(text)


def _changed(one: IndexRecipe) -> RecipeChoice:
    """Recipe with all that the controls say."""
    state = st.session_state
    text = params.take("weights", params.Readable(lambda text: sharing.read_weights(one, text)), "")
    weights = sharing.read_weights(one, text)
    changed = one.model_copy(
        update={
            "scope": state["scope"],
            "year": None if state["year"] == NEWEST else int(state["year"]),
            "normalisation": state["normalisation"],
            "within": state["within"],
            "across": state["across"],
            "null_rule": state["nulls"],
            "min_data_share": None if state["share"] == NO_SHARE else float(state["share"]),
            "seed": _seed(state["seed"]),
        }
    )
    return RecipeChoice(one, sharing.with_weights(changed, weights), weights)


def write(choice: RecipeChoice) -> None:
    """Write the choices into the address; what the recipe says itself is left out."""
    state = st.session_state
    unsaid = {
        "recipe": DEFAULT,
        OWN: "" if state["recipe"] == OWN else state[OWN],
        **_defaults(choice.base),
        "share": _default_share(choice.base, state["nulls"]),
    }
    params.write(unsaid)


def open_own(one: IndexRecipe) -> None:
    """Take a reader's own recipe as the one to begin with; only in a callback."""
    st.session_state[OWN] = sharing.packed(one)
    st.session_state["recipe"] = OWN
    _as_it_is()


def short_name(indicator: str) -> str:
    """Short name of an indicator of the catalogue."""
    return indicators.find(indicator).short.of(lang())


def weight_sliders(choice: RecipeChoice, said: Callable[[str], str] = short_name, parameter: str = "weights") -> None:
    """A slider for each pillar and each of its indicators; its label says what it comes to in the whole index.

    Parameters
    ----------
    said
        Name of an indicator by its id.
    parameter
        Of the address, in which the changed weights stand.
    """
    own_weights = choice.weights == sharing.weights_of(choice.base)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f"<h2>{escape(_('Weights'))}</h2>")
        st.button(
            _("As in the recipe"),
            key="reset",
            type="tertiary",
            disabled=own_weights,
            on_click=_reset,
            args=(parameter,),
        )
    inside = {p.id: {i.id: i.weight for i in p.indicators} for p in choice.recipe.pillars}
    share = {p.id: p.weight for p in choice.recipe.pillars}
    with st.container(height=560, border=False, key="weight_sliders"):
        for pillar in choice.base.pillars:
            part = share.get(pillar.id, 0.0)
            _slider(choice, parameter, pillar.id, f"**{_plain(pillar_title(pillar))}** · {part:.0%}")
            if len(pillar.indicators) == 1:
                continue
            with st.container(key=f"inside_{pillar.id}"):
                for indicator in pillar.indicators:
                    whole = part * inside.get(pillar.id, {}).get(indicator.id, 0.0)
                    _slider(choice, parameter, indicator.id, f"{_plain(said(indicator.id))} · {whole:.0%}")


def _plain(text: str) -> str:
    """Keep a reader's own title from being read as Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+!|$:~" else sign for sign in text)


def _slider(choice: RecipeChoice, parameter: str, name: str, label: str) -> None:
    key = f"weight_{name}"
    st.session_state[key] = choice.weights[name]
    st.slider(label, 0, sharing.LARGEST, step=1, key=key, on_change=_weigh, args=(choice, parameter, name))


def _weigh(choice: RecipeChoice, parameter: str, name: str) -> None:
    weights = {**choice.weights, name: int(st.session_state[f"weight_{name}"])}
    text = sharing.written(choice.base, weights)
    try:
        sharing.read_weights(choice.base, text)
    except ArgumentError as error:
        st.toast(trouble(error))
    else:
        st.session_state[parameter] = text
    params.touch()


def _reset(parameter: str) -> None:
    st.session_state[parameter] = ""
    params.touch()


def normalisation_words() -> dict[str, str]:
    """Names of the ways to bring indicators to one scale."""
    return {
        "min_max": _("least to greatest"),
        "z_score": _("standard scores"),
        "rank": _("ranks"),
        "percentile": _("percentiles"),
        "goalposts": _("goalposts"),
    }


def mean_words() -> dict[str, str]:
    """Names of the means."""
    return {"arithmetic": _("arithmetic mean"), "geometric": _("geometric mean"), "harmonic": _("harmonic mean")}


def null_words() -> dict[str, str]:
    """What a gap may mean."""
    return {
        "drop_units": _("leave the subject out"),
        "mean_of_available": _("mean of what is there"),
        "zero_where_census": _("zero in a census"),
        "none_found_is_zero": _("none found is zero"),
    }
