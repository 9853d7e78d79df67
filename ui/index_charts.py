"""Charts of a composite index: what scores are made of, what drives them, how two recipes differ."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import indicators, units
from geo.measures import standing
from geo.measures.coherence import correlation_flags, effective_weights, leave_one_out
from geo.measures.recipe import IndexRecipe
from geo.measures.sensitivity import rank_sensitivity
from ui import cells, charts, html_table, pickers, rank_chart, recipes, theme
from ui.i18n import _, lang
from ui.recipes import RecipeChoice

PILLARS = ("#3f8d8f", "#b4532a", "#7d6bb0", "#b4862c", "#5f8a4a", "#a5527a", "#4f77b0", "#8a7060")
"""Colours of pillars, of one lightness; the order of the parts and the hover card say the pillar too."""
FAINTEST = 0.45


def contributions(found: standing.Ranked) -> None:
    """Scores as bars, each made of the parts of its indicators, coloured by pillar."""
    index = found.index
    parts = index.indicator_contributions
    rows = list(range(len(parts)))
    names = [units.name(code, lang()) for code in parts.index]
    figure = go.Figure(layout=charts.layout(barmode="stack"))
    for place, pillar in enumerate(index.recipe.pillars):
        colour = PILLARS[place % len(PILLARS)]
        title = recipes.pillar_title(pillar)
        for turn, indicator in enumerate(pillar.indicators):
            figure.add_bar(
                x=parts[indicator.id],
                y=rows,
                orientation="h",
                name=title,
                legendgroup=pillar.id,
                showlegend=turn == 0,
                marker={
                    "color": colour,
                    "opacity": 1 - (1 - FAINTEST) * turn / max(len(pillar.indicators) - 1, 1),
                    "line": {"color": theme.look().paper, "width": 1},
                },
                text=[_short(indicator.id)] * len(parts),  # not drawn: for the figures that are taken away
                textposition="none",
                customdata=names,
                hovertemplate="<b>%{customdata}</b><br>"
                + f"{title}: {_short(indicator.id)}<br>%{{x:.3f}}<extra></extra>",
            )
    _rows_of_subjects(figure, parts.index)
    figure.update_xaxes(side="top", title=_("Score"))
    figure.update_layout(
        margin={"t": 70, "l": 4, "r": 6, "b": 4}, legend={"y": 1, "yref": "container", "yanchor": "top"}
    )
    charts.draw(figure, "contributions", title=_("Contributions"), height=rank_chart.ROW * len(parts) + 90)
    charts.twin(
        _(
            "A bar is a score; its parts are weight times value on the common scale, and sum to it. With other means "
            "than the arithmetic the loss is spread over the parts in proportion."
        )
    )
    by_pillar = index.pillar_contributions
    html_table.folded(
        _("The contributions as a table"),
        "contributions_table",
        [
            _("Subject"),
            (_("Score"), _("score under the recipe")),
            *((recipes.pillar_title(p), _("part of the score that the pillar makes")) for p in index.recipe.pillars),
            (_("Share of data"), _("share of the indicators with data, from 0 to 1")),
        ],
        (
            [cells.subject(code), cells.figure(index.units["score"][code], 3)]
            + [cells.figure(by_pillar[p.id][code], 3) for p in index.recipe.pillars]
            + [cells.per_cent(index.units["data_share"][code])]
            for code in by_pillar.index
        ),
    )


@lru_cache(maxsize=64)
def _sensitivity(recipe: IndexRecipe) -> pd.DataFrame:
    return rank_sensitivity(standing.ranked(recipe).index)


@lru_cache(maxsize=64)
def _coherence(recipe: IndexRecipe) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    index = standing.ranked(recipe).index
    return effective_weights(index), correlation_flags(index), leave_one_out(index)


def drivers(found: standing.Ranked) -> None:
    """What drives the index: real weights, choices that move ranks, indicators that double or cancel each other."""
    weights, flags, without = _coherence(found.index.recipe)
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f"<h2>{_('Weight given and weight in effect')}</h2>")
        _weights(weights)
    with right:
        st.html(f"<h2>{_('Which choice moves the ranks')}</h2>")
        _choices(_sensitivity(found.index.recipe))
        st.html(f"<h2>{_('Indicators that double or cancel each other')}</h2>")
        _flags(flags)
    st.html(f"<h2>{_('Without one indicator')}</h2>")
    _without(without)


def _weights(weights: pd.DataFrame) -> None:
    look = theme.look()
    rows = list(range(len(weights)))
    x: list[float | None] = []
    y: list[float | None] = []
    for row, (given, real) in enumerate(zip(weights["nominal"], weights["effective"], strict=True)):
        x += [given, real, None]
        y += [row, row, None]
    figure = go.Figure(layout=charts.layout())
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": look.soft, "width": 1.5}, hoverinfo="skip", showlegend=False
    )
    for column, name, marker in (
        ("nominal", _("given"), {"symbol": "line-ns", "size": 15, "line": {"color": look.ink, "width": 2.5}}),
        ("effective", _("in effect"), {"symbol": "circle", "size": 10, "color": look.accent}),
    ):
        figure.add_scatter(
            x=weights[column],
            y=rows,
            mode="markers",
            name=name,
            marker=marker,
            hovertemplate="%{x:.1%} " + name + "<extra></extra>",
        )
    figure.update_xaxes(tickformat=".0%", rangemode="tozero")
    figure.update_yaxes(
        range=[len(weights) - 0.5, -0.5],
        tickvals=rows,
        ticktext=[_short(key) for key in weights.index],
        tickfont={"color": look.ink},
        showgrid=False,
    )
    charts.draw(figure, "weights_chart", title=_("Weight given and weight in effect"), height=26 * len(weights) + 90)
    charts.twin(
        _(
            "In effect: the share of the variance of the scores that would go if the indicator were fixed (correlation "
            "ratio; Paruolo, Saisana and Saltelli 2013), rescaled to sum to 100 %. An indicator weighs more than it is "
            "given where it varies more, or goes with others."
        )
    )
    html_table.folded(
        _("The weights as a table"),
        "weights_table",
        [
            _("Indicator"),
            (_("given"), _("weight in the recipe, from 0 to 1")),
            (_("in effect"), _("share of the variance of the scores, rescaled to sum to 1")),
        ],
        (
            (_short(str(key)), cells.per_cent(row["nominal"]), cells.per_cent(row["effective"]))
            for key, row in weights.iterrows()
        ),
    )


def _choices(found: pd.DataFrame) -> None:
    look = theme.look()
    words = {
        "normalisation": _("Normalisation"),
        "aggregation": _("Aggregation"),
        "weights": _("Weights"),
        "left_out": _("Indicator left out"),
    }
    names = [words[str(choice)] for choice in found.index]
    figure = go.Figure(layout=charts.layout(barmode="group", bargap=0.35))
    for column, name, colour in (("total", _("with interactions"), look.soft), ("first", _("alone"), look.accent)):
        figure.add_bar(
            x=found[column].clip(lower=0),
            y=names,
            orientation="h",
            name=name,
            marker={"color": colour},
            error_x={"array": found[f"{column}_ci"], "color": look.ink, "thickness": 1, "width": 3},
            hovertemplate="%{y}: %{x:.0%} " + name + "<extra></extra>",
        )
    figure.update_xaxes(tickformat=".0%", rangemode="tozero")
    figure.update_yaxes(autorange="reversed", tickfont={"color": look.ink}, showgrid=False)
    figure.update_layout(legend={"traceorder": "reversed"})
    charts.draw(figure, "choices_chart", title=_("Which choice moves the ranks"), height=230)
    charts.twin(
        _(
            "Share of the variance of the mean shift in rank (Saisana, Saltelli and Tarantola 2005) that a choice "
            "explains alone and with its interactions; lines are 95 % intervals of the estimate."
        )
    )
    html_table.folded(
        _("The choices as a table"),
        "choices_table",
        [
            _("Choice"),
            (_("alone"), _("share of the variance of the mean shift in rank, from 0 to 1")),
            (_("with interactions"), _("the same with what the choice does together with the others")),
        ],
        (
            (name, *(_give_or_take(row[part], row[f"{part}_ci"]) for part in ("first", "total")))
            for name, (_choice, row) in zip(names, found.iterrows(), strict=True)
        ),
    )


def _give_or_take(share: float, interval: float) -> cells.Parts:
    parts = {_("estimate"): float(share), _("half of the 95 % interval"): float(interval)}
    return cells.Parts(f"{share:.0%} ± {interval:.0%}", parts)


def _flags(flags: pd.DataFrame) -> None:
    if flags.empty:
        st.html(f'<p class="soft">{_("No pair of indicators correlates above 0.9 or below −0.4.")}</p>')
        return
    words = {"collinear": _("counts the same twice"), "negative": _("pull against each other")}
    st.html(
        html_table.table(
            [
                _("Indicators"),
                (_("Correlation"), _("of the two indicators over the subjects, from −1 to 1")),
                _("What it does"),
                _("Pillar"),
            ],
            (
                (
                    f"{_short(row.a)} × {_short(row.b)}",
                    cells.figure(row.correlation, 2),
                    words[row.flag],
                    _("same pillar") if row.same_pillar else _("two pillars"),
                )
                for row in flags.itertuples()
            ),
            title=_("Indicators that double or cancel each other"),
        )
    )


def _without(found: pd.DataFrame) -> None:
    if found.empty:
        st.html(f'<p class="soft">{_("The recipe has one indicator, which cannot be left out.")}</p>')
        return
    ordered = found.sort_values("mean_shift", ascending=False)
    st.html(
        html_table.table(
            [
                _("Left out"),
                (_("Mean shift, places"), _("mean over the subjects of how far their ranks move")),
                _("Greatest shift, places"),
                (_("Most moved"), _("subject whose rank moves furthest")),
                (_("Rank correlation with the whole"), _("Spearman’s, of the ranks with and without the indicator")),
            ],
            (
                (
                    _short(str(key)),
                    cells.figure(row["mean_shift"], 1),
                    int(row["largest_shift"]),
                    units.name(str(row["most_moved"]), lang()),
                    cells.figure(row["spearman"], 2),
                )
                for key, row in ordered.iterrows()
            ),
            title=_("Without one indicator"),
        )
    )


AS_WRITTEN = "as_written"


def compare(choice: RecipeChoice, found: standing.Ranked) -> None:
    """Choose the other recipe and set the two side by side."""
    others = {key: one for key, one in recipes.shipped().items() if one.id != choice.base.id}
    words = {AS_WRITTEN: _("this recipe as it is written"), **{key: recipes.title(one) for key, one in others.items()}}
    with st.container(width=420):
        other = pickers.select("against", _("Compare with"), list(words), AS_WRITTEN, words.__getitem__)
    if other == AS_WRITTEN and choice.recipe == choice.base:
        st.info(_("Nothing of the recipe is changed yet: change a weight or a choice, or compare with another recipe."))
        return
    against = others.get(other, choice.base).model_copy(update={"scope": choice.recipe.scope})
    compared(standing.ranked(against), found, (words[other], _("as set here")))


def compared(one: standing.Ranked, other: standing.Ranked, names: tuple[str, str]) -> None:
    """Ranks under two recipes: a line a subject, strong where its two intervals do not meet."""
    look = theme.look()
    both = one.uncertain.units.join(other.uncertain.units, how="inner", suffixes=("_a", "_b"))
    apart = (both["rank_low_a"] > both["rank_high_b"]) | (both["rank_low_b"] > both["rank_high_a"])
    figure = go.Figure(layout=charts.layout())
    for strong, colour, width in ((False, look.soft, 1), (True, look.accent, 2.5)):
        x: list[float | None] = []
        y: list[float | None] = []
        for row in both[apart == strong].itertuples():
            x += [0, 1, None]
            y += [row.rank_a, row.rank_b, None]
        figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")
    hover = [
        f"<b>{units.name(str(code), lang())}</b><br>{names[0]}: {_ranked(row, 'a')}<br>{names[1]}: {_ranked(row, 'b')}"
        for code, row in both.iterrows()
    ]
    for side, column, position in ((0, "rank_a", "middle left"), (1, "rank_b", "middle right")):
        figure.add_scatter(
            x=[side] * len(both),
            y=both[column],
            name=names[side],
            mode="markers+text",
            marker={"size": 7, "color": [look.accent if far else look.ink for far in apart]},
            text=_labels(both[column]),
            textposition=position,
            textfont={"size": 12},
            customdata=hover,
            hovertemplate="%{customdata}<extra></extra>",
        )
    most = int(max(both["rank_a"].max(), both["rank_b"].max()))
    figure.update_xaxes(range=[-0.75, 1.75], tickvals=[0, 1], ticktext=list(names), side="top", showgrid=False)
    figure.update_yaxes(range=[most + 0.8, 0.2], visible=False)
    figure.update_layout(showlegend=False)
    charts.draw(figure, "compare_chart", title=_("Compare two recipes"), height=rank_chart.ROW * most + 60)
    charts.twin(
        _(
            "{n} subjects are ranked by both. Strong lines: {far} whose intervals of 90 % of the draws do not meet, so "
            "that the change is more than the recipes' own uncertainty."
        ).format(n=len(both), far=int(apart.sum()))
    )
    ordered = both.assign(change=both["rank_a"] - both["rank_b"]).sort_values("change", key=abs, ascending=False)
    html_table.folded(
        _("The comparison as a table"),
        "compare_table",
        [
            _("Subject"),
            *((name, _("rank, and the ranks between which 90 % of the draws lie")) for name in names),
            (_("Places gained"), _("places nearer to the first under the second recipe")),
            (_("Intervals"), _("whether the intervals of the two ranks meet")),
        ],
        (
            (
                cells.subject(code),
                _ranked(row, "a"),
                _ranked(row, "b"),
                cells.Cell(f"{int(row['change']):+d}", int(row["change"])),
                _("apart") if apart[code] else _("meet"),
            )
            for code, row in ordered.iterrows()
        ),
    )


def _labels(places: pd.Series) -> list[str]:
    """Name at each place; subjects that share one share the label, told at the first."""
    names = pd.Series(rank_chart.short_names(places.index), index=places.index)
    shared = names.groupby(places).agg(", ".join)
    first = ~places.duplicated()
    return [shared[place] if is_first else "" for place, is_first in zip(places, first, strict=True)]


def _ranked(row: pd.Series, side: str) -> cells.Parts:
    return rank_chart.with_interval(*(row[f"{name}_{side}"] for name in ("rank", "rank_low", "rank_high")))


def _rows_of_subjects(figure: go.Figure, codes: pd.Index) -> None:
    figure.update_yaxes(
        range=[len(codes) - 0.4, -0.6],
        tickvals=list(range(len(codes))),
        ticktext=rank_chart.short_names(codes),
        tickfont={"color": theme.look().ink, "size": 12},
        showgrid=False,
    )


def _short(key: str) -> str:
    return indicators.find(key).short.of(lang())
