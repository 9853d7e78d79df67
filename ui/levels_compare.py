"""The declared classes beside classes from the data alone, and beside lists that others published."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from geo import ties
from geo.i18n import number
from geo.maps.palettes import palette
from geo.measures import level_sharing, levels
from geo.measures.activity import instrument_counts
from geo.measures.benchmarks import LEAST_RANKED, Comparison, compare
from geo.measures.clusters import METHODS, SUBSTANTIAL, Clusters, agreement, clusters
from geo.measures.levels import Levels
from ui import cells, charts, html_table, levels_choices, theme
from ui.i18n import _, lang


@lru_cache(maxsize=1)
def _clusters() -> tuple[Clusters, ...]:
    counts = instrument_counts(ties.load(), levels.shipped().kinds)
    return tuple(clusters(counts, method) for method in METHODS)


@lru_cache(maxsize=64)
def _benchmarks(rules: str) -> list[Comparison]:
    return compare(levels.height(level_sharing.classed(rules)))


def draw(rules: str) -> None:
    """Draw both comparisons."""
    found = level_sharing.classed(rules)
    st.html(f"<h2>{escape(_('Classes from the data alone'))}</h2>")
    left, right = st.columns([1, 1.2], gap="large")
    with left:
        _silhouettes(_clusters())
    with right:
        for one in _clusters():
            st.html(_told(one, found) + (_crossed(one, found) if one.claimed else ""))
        said = _("Subjects by cluster and declared class; cluster 1 has the most ties.")
        st.html(f'<p class="caption">{escape(said)}</p>')
    st.html(f"<h2>{escape(_('Beside what others published'))}</h2>")
    _published(_benchmarks(rules))


def method_words() -> dict[str, str]:
    """Names of the methods of clustering."""
    return {"ward": _("Ward’s method"), "k_means": _("k-means")}


def _silhouettes(found: tuple[Clusters, ...]) -> None:
    look = theme.look()
    figure = go.Figure(layout=charts.layout(barmode="group", bargap=0.3))
    for one, colour in zip(found, (palette("teal", 5, look)[3], look.soft), strict=True):
        name = method_words()[one.method]
        figure.add_bar(
            x=one.silhouettes.index.astype(str),
            y=one.silhouettes,
            name=name,
            marker={"color": colour},
            hovertemplate="k = %{x}: %{y:.2f}<extra>" + escape(name) + "</extra>",
        )
    figure.add_hline(SUBSTANTIAL, line={"color": look.accent, "width": 1.5, "dash": "dash"})
    figure.update_xaxes(title_text=_("number of clusters k"), type="category", showgrid=False)
    figure.update_yaxes(title_text=_("mean silhouette"), rangemode="tozero")
    charts.draw(figure, "silhouettes", title=_("Classes from the data alone"), height=300)
    charts.twin(
        escape(
            _(
                "Clusters of the counts of ties by kind (logarithms, standardised). Below the broken line, at {least}, "
                "no clusters are claimed: no substantial structure is found (Kaufman and Rousseeuw 1990)."
            ).format(least=number(SUBSTANTIAL, lang(), 2))
        )
    )
    html_table.folded(
        _("The silhouettes as a table"),
        "silhouettes_table",
        [
            ("k", _("number of clusters k")),
            *((method_words()[one.method], _("mean silhouette")) for one in found),
        ],
        ((int(k), *(cells.figure(one.silhouettes[k], 2) for one in found)) for k in found[0].silhouettes.index),
    )


def _told(one: Clusters, found: Levels) -> str:
    name, best = method_words()[one.method], number(float(one.silhouettes[one.k]), lang(), 2)
    if not one.claimed:
        said = _("Best silhouette {best} at k = {k}: no clusters are claimed, so nothing is compared.")
        text = said.format(best=best, k=one.k)
    else:
        both = agreement(one.labels, found.subjects["level"])
        said = _(
            "Best silhouette {best} at k = {k}. Adjusted Rand index with the declared classes: {rand} over {n} "
            "subjects (1 means the same classes, about 0 is chance)."
        )
        text = said.format(best=best, k=one.k, rand=number(both.adjusted_rand, lang(), 2), n=both.n)
    return f"<p><b>{escape(name)}.</b> {escape(text)}</p>"


def _crossed(one: Clusters, found: Levels) -> str:
    titles = levels_choices.titles(found.recipe)
    level = found.subjects["level"].astype("object").map(titles).fillna(_("too little is known"))
    table = pd.crosstab(one.labels, level).reindex(columns=[*titles.values(), _("too little is known")], fill_value=0)
    heads = [_("Cluster"), *((str(title), _("subjects")) for title in table.columns)]
    return html_table.table(
        heads,
        ([str(cluster), *map(int, row)] for cluster, row in zip(table.index, table.to_numpy(), strict=True)),
        title=_("Subjects by cluster and declared class: {method}").format(method=method_words()[one.method]),
    )


def _published(found: list[Comparison]) -> None:
    rows = [
        (
            Markup('{}<br><span class="soft">{}</span>').format(one.study, one.measure),
            int(one.year),
            int(one.named),
            cells.per_cent(one.above),
            _order(one),
            html_table.entries(one.source),
        )
        for one in found
    ]
    heads = [
        _("Study and what it lists"),
        _("Year"),
        _("Subjects it names"),
        (_("Named above others"), _("share of pairs in which the subject that is named has the higher class, 0 to 1")),
        (_("Order against the level"), _("Spearman’s rank correlation of the list and the class")),
        _("Source"),
    ]
    st.html(html_table.table(heads, rows, title=_("Beside what others published")))
    charts.twin(
        escape(
            _(
                "Named above others: share of the pairs of a subject that is named and one that is not in which the "
                "named one has the higher class; ties count half, 50 % is chance (Mann and Whitney 1947). The order is "
                "compared (Spearman) from {n} subjects on. The lists measure other things than ours, in other years, "
                "and the rules were not fitted to them. Names stand as the sources give them."
            ).format(n=LEAST_RANKED)
        )
    )


def _order(one: Comparison) -> str | cells.Parts:
    if pd.isna(one.rho):
        return _("too few in an order, or all of one class")
    text = _("rho = {rho}, p = {p}, n = {n}").format(
        rho=number(one.rho, lang(), 2), p=number(one.p, lang(), 3), n=one.ranked
    )
    said = text if one.order_is_rank else f"{text}; {_('order as listed, not stated to be the rank')}"
    return cells.Parts(said, {"rho": float(one.rho), "p": float(one.p), "n": int(one.ranked)})
