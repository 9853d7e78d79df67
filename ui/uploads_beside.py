"""The reader's column beside the atlas: against an indicator, rank by rank, and as a part of an index."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import escape

from geo import indicators, units
from geo.errors import DataError, LimitropheError
from geo.maps.addresses import DEFAULT_INDICATOR
from geo.measures.association import spearman
from geo.measures.uncertainty import rank_uncertainty
from geo.uploads.composing import OWN, inputs_with_own, with_own
from ui import charts, html_table, params, pickers, rank_chart, recipes, theme
from ui.captions import plain
from ui.i18n import _, lang
from ui.uploads_map import OwnMap, figure_of

VIEWS = ("scatter", "rank", "recipe")
SHARES = tuple(str(share) for share in range(10, 100, 10))
COUNTS = ("more", "less")
DEFAULTS: dict[str, str | None] = {
    "beside": "scatter",
    "indicator": DEFAULT_INDICATOR,
    "index": recipes.DEFAULT,
    "own_share": "20",
    "own_counts": "more",
}


def choices() -> None:
    """Read what of the comparison stands in the address; the controls need not be drawn yet."""
    params.take("beside", VIEWS, "scatter")
    params.take("indicator", list(indicators.mapped()), DEFAULT_INDICATOR)
    params.take("index", list(recipes.shipped()), recipes.DEFAULT)
    params.take("own_share", SHARES, "20")
    params.take("own_counts", COUNTS, "more")


def draw(own: OwnMap) -> None:
    """Draw the chosen comparison; units of the reader's own have nothing in the atlas to be compared with."""
    st.html(f"<h2>{_('Beside the atlas')}</h2>")
    if own.outlines is not None:
        st.info(
            _("The atlas knows the 83 subjects; units of your own boundaries have no figures in it to compare with.")
        )
        return
    words = {"scatter": _("Against an indicator"), "rank": _("Rank by rank"), "recipe": _("In an index")}
    st.segmented_control(
        _("Beside the atlas"),
        VIEWS,
        key="beside",
        required=True,
        format_func=words.__getitem__,
        on_change=params.touch,
        label_visibility="collapsed",
    )
    if st.session_state["beside"] == "recipe":
        _index(own)
        return
    pickers.indicator(_("Indicator of the atlas"))
    both = _both(own)
    if st.session_state["beside"] == "scatter":
        _scatter(own, both)
    else:
        _ranks(own, both)


def _both(own: OwnMap) -> pd.DataFrame:
    """Values of the reader (``own``) and of the indicator (``ours``) for the subjects of the scope."""
    scope = list(units.scope(st.session_state["scope"]))
    ours = indicators.join(st.session_state["indicator"])["value"]
    return pd.DataFrame({"own": own.figures["value"], "ours": ours}).loc[scope]


def _indicator_words() -> tuple[str, str]:
    """Short name of the indicator with its year, and its unit."""
    one = indicators.find(st.session_state["indicator"])
    frame = indicators.join(one)
    return f"{one.short.of(lang())}, {frame.attrs['year']}", indicators.unit_of(one, frame.attrs["per"]).of(lang())


def _scatter(own: OwnMap, both: pd.DataFrame) -> None:
    known = both.dropna()
    name, unit = _indicator_words()
    look = theme.look()
    figure = go.Figure(layout=charts.layout())
    figure.add_scatter(
        x=known["ours"],
        y=known["own"],
        mode="markers",
        marker={"size": 9, "color": look.accent, "line": {"color": look.paper, "width": 1}, "opacity": 0.85},
        text=[
            f"<b>{escape(units.name(str(code), lang()))}</b><br>{escape(own.column[:60])}: {figure_of(row['own'])}"
            f"<br>{escape(name)}: {figure_of(row['ours'])}"
            for code, row in known.iterrows()
        ],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_xaxes(title_text=f"{escape(name)}, {escape(unit)}")
    figure.update_yaxes(title_text=str(escape(own.column[:80])))
    charts.draw(figure, "own_scatter", title=f"{own.column[:60]} – {name}", height=440)
    charts.twin(str(escape(_said(both, name))))


def _said(both: pd.DataFrame, name: str) -> str:
    n = len(both.dropna())
    if n < 4:
        return _("{n} subjects have both figures: too few to say whether they go together.").format(n=n)
    try:
        found = spearman(both, "own", "ours", permutations=2000)
    except DataError:
        return _("One of the two has the same value everywhere, so that nothing goes with it.")
    return _(
        "Spearman's rank correlation with “{name}” over {n} subjects that have both: {rho} "
        "(p = {p} of {m} permutations). "
        "Going together is no proof of a cause."
    ).format(
        name=name, n=found.n, rho=figure_of(round(found.rho, 2)), p=figure_of(round(found.p, 4)), m=found.permutations
    )


def _ranks(own: OwnMap, both: pd.DataFrame) -> None:
    """Ranks in both, over the subjects that have both, widest apart first."""
    known = both.dropna()
    places = known.rank(method="min", ascending=False).astype(int)
    apart = (places["own"] - places["ours"]).sort_values(key=lambda steps: -steps.abs(), kind="stable")
    name, _unit = _indicator_words()
    heads = (
        _("Subject"),
        own.column[:60],
        _("Rank"),
        name,
        _("Rank in the atlas"),
        _("Places apart"),
    )
    rows = [
        (
            units.name(str(code), lang()),
            figure_of(known["own"][code]),
            int(places["own"][code]),
            figure_of(known["ours"][code]),
            int(places["ours"][code]),
            f"{int(steps):+d}".replace("-", "−") if steps else "0",
        )
        for code, steps in apart.items()
    ]
    st.html(html_table.table(heads, rows, {1, 2, 3, 4, 5}, title=_("Rank by rank")))


def _index(own: OwnMap) -> None:
    left, middle, right = st.columns([2, 1.4, 1.4], vertical_alignment="bottom")
    shipped = recipes.shipped()
    with left:
        pickers.select("index", _("Recipe"), list(shipped), recipes.DEFAULT, lambda key: recipes.title(shipped[key]))
    with middle:
        pickers.select("own_share", _("Weight of your column"), SHARES, "20", lambda share: f"{share} %")
    with right:
        words = {"more": _("raises the index"), "less": _("lowers the index")}
        pickers.select("own_counts", _("More of it"), COUNTS, "more", words.__getitem__)
    base = shipped[st.session_state["index"]]
    try:
        recipe = with_own(base, own.column, int(st.session_state["own_share"]) / 100, st.session_state["own_counts"])
        index = inputs_with_own(base, own.figures).score(recipe)
        uncertain = rank_uncertainty(index, draws=2000)
    except LimitropheError as error:
        st.error(plain(recipes.trouble(error)))
        return
    reference = str(uncertain.units.index[0])
    given = int(own.figures["value"].reindex(index.prepared.table.index).notna().sum())
    told = _("Your column is a pillar of its own; it has figures for {n} of {all} subjects.")
    method = _("Operationalised by this project; the page Sources tells the method.")
    said = told.format(n=given, all=len(index.prepared.table))
    st.html(f'<p class="caption">{escape(said)} {escape(method)}</p>')
    with st.container(height=470, border=False, key="ranking_frame"):
        rank_chart.intervals(uncertain, reference, "own_ranking")
    charts.twin(rank_chart.said(uncertain, reference))
    rank_chart.table(uncertain, "own_ranking_table")
    assert OWN in index.normalised.columns
