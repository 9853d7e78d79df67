"""How activity goes with the three factors: correlations, partial plots, models of counts, clusters on the map."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from geo import indicators, ties, units
from geo.errors import DataError
from geo.i18n import number
from geo.maps.captions import boundary_note
from geo.maps.categories import Category, category_map
from geo.maps.painting import payload
from geo.maps.palettes import palette
from geo.measures import factors
from geo.measures.activity import activity
from geo.measures.association import ISLAND_LINKS, Clustering
from geo.measures.factors import Model
from ui import cells, charts, html_table, map_widget, pickers, place, take_away, theme
from ui.i18n import _, lang
from ui.legend import legend

NOTABLE = 0.05
"""False discovery rate below which an association is marked."""
NO_CLUSTER = "none"


@lru_cache(maxsize=1)
def _values() -> pd.DataFrame:
    return factors.table(factors.shipped(), ties.load())


@lru_cache(maxsize=1)
def _associations() -> pd.DataFrame:
    return factors.associations(factors.shipped(), _values())


@lru_cache(maxsize=8)
def _models(outcome: str) -> list[Model]:
    return factors.models(factors.shipped(), _values(), outcome)


@lru_cache(maxsize=8)
def _clustering(outcome: str) -> Clustering:
    recipe = factors.shipped()
    return factors.spatial(recipe, activity(ties.load(), recipe.outcomes)[outcome])


def outcomes() -> list[str]:
    """Ids of the measures of activity."""
    return [one.id for one in factors.shipped().outcomes]


def draw() -> None:
    """Draw the block for the chosen outcome."""
    recipe = factors.shipped()
    titles = {one.id: one.title.of(lang()) for one in recipe.outcomes}
    first = next(iter(titles))
    with st.container(width=420):
        outcome = pickers.select("outcome", _("Activity, measured as"), list(titles), first, titles.__getitem__)
    definition = next(one.definition.of(lang()) for one in recipe.outcomes if one.id == outcome)
    st.html(f'<p class="caption">{escape(definition)}</p>')
    _association(outcome)
    st.html(f"<h2>{escape(_('Each factor with the others held constant'))}</h2>")
    try:
        fitted = _models(outcome)
        _partial(outcome, titles[outcome])
        _model_table(fitted)
    except DataError as error:
        st.warning(_("The model cannot be fitted to these counts.") + f" {error.reason}")
    st.html(f"<h2>{escape(_('Do active subjects lie beside each other'))}</h2>")
    _spatial(outcome, titles[outcome])


def _short(key: str) -> str:
    return indicators.find(key).short.of(lang())


def _decimals(value: float, digits: int = 2) -> str:
    return "—" if pd.isna(value) else number(float(value), lang(), digits)


def _p(value: float) -> str:
    return f"< {_decimals(0.0001, 4)}" if value < 0.0001 else _decimals(value, 4)


def _exact_p(value: float) -> cells.Cell:
    return cells.Cell(_p(value), None if pd.isna(value) else float(value))


def reason_words() -> dict[str, str]:
    """Why a correlation is not computed."""
    return {
        "illustration": _("the list is too incomplete"),
        "too_few": _("too few pairs"),
        "constant": _("the same everywhere"),
    }


def _association(outcome: str) -> None:
    recipe = factors.shipped()
    own = _associations().query("outcome == @outcome")
    st.html(f"<h2>{escape(_('Rank correlation with each indicator'))}</h2>")
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        _dots(own)
    with right:
        heads = [
            _("Factor"),
            _("Indicator"),
            ("rho", _("Spearman’s rank correlation of the indicator and the activity, from −1 to 1")),
            ("p", _("probability of so strong a correlation by chance, by permutations")),
            ("q", _("p held to the false discovery rate over all tests")),
            ("n", _("subjects with both")),
            (_("Coverage"), _("share of the border subjects with both, from 0 to 1")),
            _("Note"),
        ]
        blocks = {block.id: block.title.of(lang()) for block in recipe.blocks}
        rows = [
            (
                blocks[row["block"]],
                html_table.map_link(row["factor"]),
                cells.figure(row["rho"], 2),
                _exact_p(row["p"]),
                cells.figure(row["q"], 3),
                row["n"],
                cells.per_cent(row["coverage"]),
                f"{_('not computed')}: {reason_words()[row['not_computed']]}" if row["not_computed"] else "",
            )
            for row in own.to_dict("records")
        ]
        st.html(html_table.table(heads, rows, title=_("Rank correlation with each indicator")))
    computed = _associations()["p"].notna().sum()
    strong = own[own["q"] < NOTABLE]
    named = "; ".join(f"{_short(row.factor)} ({_decimals(row.rho)})" for row in strong.itertuples())
    charts.twin(
        escape(
            _(
                "Spearman’s rank correlation over {n} border subjects; p by {permutations} permutations (seed {seed}), "
                "q holds the false discovery rate over {tests} tests (Benjamini and Hochberg 1995). Filled dots: q "
                "below {notable}."
            ).format(
                n=len(_values()),
                permutations=number(recipe.permutations, lang()),
                seed=recipe.seed,
                tests=computed,
                notable=_decimals(NOTABLE),
            )
            + " "
            + (_("They are: {named}.").format(named=named) if named else _("No indicator passes."))
            + " "
            + _("An association is not a cause: ties are counted as listed, and years differ.")
        )
    )


def _dots(own: pd.DataFrame) -> None:
    look = theme.look()
    known = own[own["rho"].notna()]
    blocks = {block.id: block.title.of(lang()) for block in factors.shipped().blocks}
    tones = dict(zip(blocks, (look.accent, palette("teal", 5, look)[3], look.soft), strict=False))
    figure = go.Figure(layout=charts.layout())
    rows = {factor: place for place, factor in enumerate(known["factor"])}
    for block, title in blocks.items():
        part = known[known["block"] == block]
        strong = part["q"] < NOTABLE
        figure.add_scatter(
            x=part["rho"],
            y=part["factor"].map(rows),
            mode="markers",
            name=title,
            marker={
                "size": 12,
                "color": [tones[block] if filled else look.paper for filled in strong],
                "line": {"color": tones[block], "width": 2.5},
            },
            customdata=[[_short(row.factor), _p(row.p), row.n] for row in part.itertuples()],
            hovertemplate="<b>%{customdata[0]}</b><br>rho = %{x:.2f}, p = %{customdata[1]}, n = %{customdata[2]}"
            "<extra></extra>",
        )
    figure.add_vline(0, line={"color": look.soft, "width": 1})
    figure.update_xaxes(range=[-1, 1], title_text="rho")
    figure.update_yaxes(
        range=[len(rows) - 0.4, -0.6],
        tickvals=list(rows.values()),
        ticktext=[_short(factor) for factor in rows],
        tickfont={"color": look.ink, "size": 12},
    )
    figure.update_layout(margin={"t": 48}, legend={"y": 1, "yref": "container", "yanchor": "top"})
    charts.draw(figure, "associations", title=_("Rank correlation with each indicator"), height=30 * len(rows) + 110)


def _partial(outcome: str, title: str) -> None:
    recipe, look = factors.shipped(), theme.look()
    predictors = recipe.model.predictors
    figure = make_subplots(rows=1, cols=len(predictors), shared_yaxes=True, horizontal_spacing=0.03)
    figure.update_layout(charts.layout(showlegend=False))
    slopes, n = [], 0
    for column, factor in enumerate(predictors, start=1):
        points = factors.partial_plot(recipe, _values(), outcome, factor)
        slope = float(np.polyfit(points["x"], points["y"], 1)[0])
        ends = np.array([points["x"].min(), points["x"].max()])
        slopes.append(f"{_short(factor)}: {_decimals(slope, 1)}")
        n = len(points)
        figure.add_scatter(
            x=points["x"],
            y=points["y"],
            name=_short(factor),
            text=[units.name(str(code), lang()) for code in points.index],
            mode="markers",
            marker={"size": 8, "color": palette("teal", 5, look)[3], "opacity": 0.85},
            hovertemplate="<b>%{text}</b><br>%{x:.2f}; %{y:.1f}<extra></extra>",
            row=1,
            col=column,
        )
        figure.add_scatter(
            x=ends,
            y=slope * ends,
            mode="lines",
            line={"color": look.accent, "width": 2},
            hoverinfo="skip",
            row=1,
            col=column,
        )
        figure.update_xaxes(title_text=_short(factor), row=1, col=column)
    quiet = {"gridcolor": look.line, "zeroline": False, "fixedrange": True, "tickfont": {"color": look.soft}}
    quiet["title"] = {"font": {"color": look.soft, "size": 13}}
    figure.update_xaxes(**quiet)
    figure.update_yaxes(**quiet)
    figure.update_yaxes(title_text=title, row=1, col=1)
    charts.draw(figure, "partial", title=_("Each factor with the others held constant"), height=330)
    others = ", ".join(_short(key) for key in (*predictors, *(c.id for c in recipe.model.controls)))
    charts.twin(
        escape(
            _(
                "Partial plots: what is left of activity and of a factor when the others ({others}) are taken out, in "
                "standard deviations of the factor; n = {n} subjects with all of them. Slope, ties more for one "
                "standard deviation more: {slopes}."
            ).format(others=others, n=n, slopes="; ".join(slopes))
        )
    )
    html_table.folded(
        _("The partial plots as a table"),
        "partial_table",
        [
            _("Subject"),
            *(
                (f"{_short(f)}: {axis}", meaning.format(factor=_short(f), activity=title))
                for f in predictors
                for axis, meaning in (
                    ("x", _("what is left of {factor} when the others are taken out, in its standard deviations")),
                    ("y", _("what is left of {activity} when the others are taken out")),
                )
            ),
        ],
        _partial_rows(outcome),
    )


def _partial_rows(outcome: str) -> list[list[object]]:
    recipe = factors.shipped()
    parts = [factors.partial_plot(recipe, _values(), outcome, factor) for factor in recipe.model.predictors]
    return [
        [
            cells.subject(code),
            *(cells.figure(part.loc[code, axis], 2) for part in parts for axis in ("x", "y")),
        ]
        for code in parts[0].index
    ]


def family_words() -> dict[str, str]:
    """Names of the families of models."""
    return {"poisson": _("Poisson"), "negative_binomial": _("Negative binomial")}


def _model_table(fitted: list[Model]) -> None:
    heads = [
        _("Model"),
        _("Factor"),
        (_("Times as many ties"), _("for one standard deviation more of the factor")),
        (_("95 % interval"), _("of the times as many, from robust errors")),
        "p",
        (_("Without one subject"), _("least and greatest of the times as many when each subject is left out in turn")),
        (_("Most depends on"), _("subject that moves the estimate furthest")),
        (_("Sign holds"), _("whether the sign stays whichever subject is left out")),
    ]
    rows = []
    for one in fitted:
        for factor, left_out in one.without_each.iterrows():
            term = one.fit.terms.loc[factor]
            low, high, least, most = (
                float(np.exp(value)) for value in (term["low"], term["high"], left_out["lowest"], left_out["highest"])
            )
            rows.append(
                (
                    family_words()[one.fit.family],
                    html_table.map_link(str(factor)),
                    cells.figure(term["ratio"], 2),
                    cells.span(low, high, f"{_decimals(low)} – {_decimals(high)}"),
                    _exact_p(term["p"]),
                    cells.span(least, most, f"{_decimals(least)} – {_decimals(most)}"),
                    units.name(str(left_out["most_influential"]), lang()),
                    _("yes") if left_out["keeps_sign"] else _("no"),
                )
            )
    st.html(html_table.table(heads, rows, title=_("Each factor with the others held constant")))
    first = fitted[0].fit
    spread = "; ".join(f"{family_words()[one.fit.family]}: {_decimals(one.fit.dispersion, 1)}" for one in fitted)
    charts.twin(
        escape(
            _(
                "Models of counts with robust errors, n = {n} ({coverage} % of the border subjects: those with all "
                "factors). Times as many ties: what one standard deviation more of a factor multiplies the expected "
                "count by. Without one subject: least and greatest of that figure when each subject is left out in "
                "turn. Dispersion – {spread}; far above 1 the model is too sure of itself, and the errors are kept "
                "robust for that."
            ).format(n=first.n, coverage=round(100 * first.coverage), spread=spread)
        )
    )


def cluster_words() -> dict[str, str]:
    """Names of the local clusters."""
    return {
        "high_high": _("many ties among many"),
        "low_low": _("few ties among few"),
        "high_low": _("many ties among few"),
        "low_high": _("few ties among many"),
        NO_CLUSTER: _("no cluster shown"),
    }


def _spatial(outcome: str, title: str) -> None:
    try:
        found = _clustering(outcome)
    except DataError as error:
        st.warning(str(error.reason))
        return
    look, words = theme.look(), cluster_words()
    fills = {
        "high_high": look.accent,
        "low_low": palette("teal", 5, look)[3],
        "high_low": palette("umber", 5, look)[1],
        "low_high": palette("teal", 5, look)[1],
        NO_CLUSTER: look.line,
    }
    belongs = found.local["cluster"].fillna(NO_CLUSTER).astype("object")
    drawing = category_map(
        belongs,
        {name: Category(words[name], fill) for name, fill in fills.items()},
        found.local["i"],
        none_label=_("no data"),
        theme=look,
        lang=lang(),
    )
    left, right = st.columns([2.3, 1], gap="medium")
    with left, st.container(key="lisa_map"):
        told = payload(
            drawing,
            title=f"{title}: {_('local Moran’s I')}",
            unit=_("local Moran’s I"),
            year=None,
            source=_("operationalised by this project"),
            selected=place.selected(),
            rank_texts=[f"{words[str(name)]}, p = {_p(p)}" for name, p in zip(belongs, found.local["p"], strict=True)]
            if len(belongs) == len(units.scope("all"))
            else None,
        )
        take_away.offer_scores(drawing, told, _("Local clusters"), _("local Moran’s I"), lambda: _means(outcome, found))
        map_widget.draw(told, height=460)
    with right:
        st.html(legend(drawing, _("Local clusters")))
        st.html(f"<p>{escape(_moran(found))}</p><p class='caption'>{escape(_cut_off())}</p>")
    clustered = belongs[belongs != NO_CLUSTER]
    named = "; ".join(f"{units.name(str(code), lang())} ({words[str(kind)]})" for code, kind in clustered.items())
    charts.twin(
        escape(
            (_("Clusters on the map: {named}.").format(named=named) if named else _("No subject lies in a cluster."))
            + f" {boundary_note(lang())}"
        )
    )
    html_table.folded(
        _("Local clusters as a table"),
        "lisa_table",
        [
            _("Subject"),
            (_("local Moran’s I"), _("above 0 where a subject is like those that it touches")),
            ("p", _("by {n} permutations").format(n=number(found.permutations, lang()))),
            (_("Cluster"), _("p up to {threshold}").format(threshold=_decimals(found.threshold, 4))),
        ],
        (
            [cells.subject(code), cells.figure(row["i"], 2), _exact_p(row["p"]), words[str(belongs[code])]]
            for code, row in found.local.sort_values("p").iterrows()
        ),
    )


def _means(outcome: str, found: Clustering) -> list[tuple[str, str]]:
    """What is clustered, and how: for the sheet of definitions."""
    measured = next(one for one in factors.shipped().outcomes if one.id == outcome)
    return [(measured.title.of(lang()), measured.definition.of(lang())), (_("Method"), f"{_moran(found)} {_cut_off()}")]


def _moran(found: Clustering) -> str:
    return _(
        "Moran’s I = {i} (expected without clustering {expected}), p = {p} by {permutations} permutations (seed "
        "{seed}), n = {n} subjects. Local clusters are held to the false discovery rate: p up to {threshold}."
    ).format(
        i=_decimals(found.i),
        expected=_decimals(found.expected, 3),
        p=_p(found.p),
        permutations=number(found.permutations, lang()),
        seed=found.seed,
        n=found.n,
        threshold=_decimals(found.threshold, 4),
    )


def _cut_off() -> str:
    links = "; ".join(f"{units.name(one, lang())} – {units.name(other, lang())}" for one, other in ISLAND_LINKS)
    return _(
        "Neighbours are subjects that touch. Two touch no other and get a declared link: {links}. Regions abroad are "
        "no units here, so the neighbourhood of a border subject is cut off at the state border."
    ).format(links=links)
