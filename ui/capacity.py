"""Capacity of the subjects to help normalise relations with a country: ranks with intervals, and the reasons."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from geo import indicators, ties, units
from geo.errors import LimitropheError
from geo.exports.definitions import of_indicator
from geo.i18n import country_name
from geo.measures import relations, sharing
from geo.measures.recipe import IndexRecipe
from geo.measures.relations import COUNTRY_INDICATORS, Capacity
from geo.measures.standing import said_rank
from geo.measures.uncertainty import RankUncertainty, rank_uncertainty
from ui import cells, charts, html_table, params, pickers, rank_chart, recipes, relations_choices
from ui.i18n import _, lang
from ui.recipes import RecipeChoice

PARAMETER = "capacity"

CHANNELS = ("partnerships_in_force", "bodies_in_force", "crossings_not_closed", "consular_posts")
"""Counts of what stands: a channel that is missing from them may be suspended or closed, not only not found."""


def _read(text: str) -> dict[str, int]:
    return sharing.read_weights(relations.shipped_capacity(), text)


def chosen() -> RecipeChoice:
    """Recipe with the weights of the address."""
    base = relations.shipped_capacity()
    weights = _read(params.take("capacity", params.Readable(_read), ""))
    return RecipeChoice(base, sharing.with_weights(base, weights), weights)


@lru_cache(maxsize=64)
def _ranked(recipe: IndexRecipe, country: str) -> tuple[Capacity, RankUncertainty]:
    able = relations.capacity(recipe, country, relations_choices.model().dyads, ties.load())
    return able, rank_uncertainty(able.index)


def draw(choice: RecipeChoice, country: str) -> None:
    """Draw sliders, ranking and reasons."""
    relations_choices.model()  # once, under its spinner
    try:
        able, uncertain = _ranked(choice.recipe, country)
    except LimitropheError:
        said = _(
            "With these weights nothing is left that says anything of this country: give another indicator weight."
        )
        st.error(said)
        recipes.weight_sliders(choice, indicator_name, PARAMETER)
        return
    st.html(_caveat(choice, able))
    ranked = uncertain.units
    selected = st.session_state["region"]
    reference = selected if selected in ranked.index else str(ranked.index[0])
    weights, middle, right = st.columns([1, 1.7, 1.5], gap="large")
    with weights:
        recipes.weight_sliders(choice, indicator_name, PARAMETER)
    with middle:
        st.html(f"<h2>{escape(_('Ranks and their intervals'))}</h2>")
        with st.container(height=560, border=False, key="ranking_frame"):
            rank_chart.intervals(uncertain, reference, "capacity_ranking")
    with right:
        pickers.subject("region", _("Reasons of one subject"), "", optional=True)
        st.html(_reasons(able, uncertain, reference))
    charts.twin(escape(rank_chart.said(uncertain, reference)))
    rank_chart.table(uncertain, "capacity_table")
    _all_reasons(able, uncertain)


def indicator_name(key: str) -> str:
    """Name of an indicator of the capacity: those of a country are not in the catalogue."""
    words = {
        "kin_titular_share": _("Titular group of the country, % of inhabitants"),
        "kin_other_share": _("Other kin groups, % of inhabitants"),
        "confession_share": _("Share of the country’s confession, %"),
        "languages_shared": _("Languages spoken on both sides"),
        "partnerships_in_force": _("Partnerships with the country in force"),
        "bodies_in_force": _("Euroregions and programmes in force"),
        "crossings_not_closed": _("Crossings not closed"),
        "consular_posts": _("Consular posts of the country"),
        "ties_beyond_expected": _("Ties beyond expected, logarithm"),
    }
    if key in COUNTRY_INDICATORS:
        return words[key]
    return indicators.find(key).short.of(lang())


def _caveat(choice: RecipeChoice, able: Capacity) -> str:
    """How much of the recipe says anything of this country."""
    known = {pillar.id: 0.0 for pillar in choice.recipe.pillars}
    about = 0.0
    for pillar in choice.recipe.pillars:
        for one in pillar.indicators:
            if one.id not in able.dropped:
                known[pillar.id] += one.weight
                about += pillar.weight * one.weight * (one.id in COUNTRY_INDICATORS)
    name = country_name(able.country, lang())
    parts = [
        _("{share} % of the weight lies on what is known of ties with this very country ({country}).").format(
            share=round(100 * about), country=name
        )
    ]
    if able.dropped:
        names = ", ".join(indicator_name(key) for key in able.dropped)
        parts.append(_("Unknown or the same everywhere, and left out: {names}.").format(names=names))
    gone = [recipes.pillar_title(p) for p in choice.recipe.pillars if not known[p.id]]
    if gone:
        parts.append(_("Whole pillars fall out: {names}.").format(names=", ".join(gone)))
    if not about:
        parts.append(
            _("The ranking therefore says nothing of this country in particular ({country}).").format(country=name)
        )
    return f'<p class="caption" role="note">{escape(" ".join(parts))}</p>'


def _value(key: str, value: float) -> cells.Cell:
    if key in CHANNELS:
        missing = _("none in force known")
    else:
        missing = _("no data") if key in ("confession_share", "ties_beyond_expected") else _("none found")
    return cells.figure(value, missing=missing)


def _meaning(key: str) -> str:
    """What an indicator is, where the catalogue knows it; the names of those of a country say it."""
    if key in CHANNELS:
        return _("Read “at least”: a lower bound, as not every tie is recorded.")
    if key in COUNTRY_INDICATORS:
        return ""
    return of_indicator(indicators.find(key), None, lang())


def _reasons(able: Capacity, uncertain: RankUncertainty, code: str) -> str:
    parts = able.index.indicator_contributions.loc[code].sort_values(ascending=False)
    pillar_of = {one.id: pillar for pillar in able.index.recipe.pillars for one in pillar.indicators}
    own = able.values.loc[code]
    rows = (
        (
            indicator_name(str(key)),
            recipes.pillar_title(pillar_of[str(key)]),
            _value(str(key), own[key]),
            cells.figure(part, 3),
        )
        for key, part in parts.items()
    )
    heads = [
        _("Reason"),
        _("Pillar"),
        (_("Value"), _("in the unit that the name of the reason says; empty where nothing is known")),
        (_("Part of the score"), _("what the reason adds to the score")),
    ]
    standing = said_rank(uncertain.units.loc[code], len(uncertain.units), lang())
    return (
        f'<div class="place"><h2>{escape(units.name(code, lang()))}</h2><p class="soft">{escape(standing)}</p></div>'
        + html_table.table(heads, rows, title=_("Reasons: {subject}").format(subject=units.name(code, lang())))
    )


def _all_reasons(able: Capacity, uncertain: RankUncertainty) -> None:
    table = able.values
    keys = [str(key) for key in table.columns if key not in able.dropped]
    html_table.folded(
        _("The reasons of all subjects as a table"),
        "reasons_table",
        [
            _("Subject"),
            (_("Rank and interval"), _("place under the recipe, and the ranks between which 90 % of the draws lie")),
            *((indicator_name(key), _meaning(key)) for key in keys),
        ],
        (
            [
                cells.subject(code),
                rank_chart.with_interval(row["rank"], row["rank_low"], row["rank_high"]),
                *(_value(key, table.loc[code, key]) for key in keys),
            ]
            for code, row in uncertain.units.iterrows()
        ),
    )
