"""The reader's column beside the atlas: against an indicator, rank by rank, and as a part of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import escape

from geo import indicators, units
from geo.errors import DataError, LimitropheError
from geo.indicators import Indicator
from geo.maps.addresses import DEFAULT_INDICATOR
from geo.measures.association import spearman
from geo.measures.uncertainty import rank_uncertainty
from geo.uploads.beside import Beside, beside
from geo.uploads.composing import OWN, inputs_with_own, with_own
from ui import cells, charts, html_table, params, pickers, rank_chart, recipes, take_away, theme, uploads_exhibits
from ui.captions import plain
from ui.i18n import _, lang
from ui.uploads_map import OwnMap, figure_of

VIEWS = ("scatter", "rank", "recipe")
SHARES = tuple(str(share) for share in range(10, 100, 10))
COUNTS = ("more", "less")
_DEFAULTS: dict[str, str | None] = {
    "beside": "scatter",
    "indicator": DEFAULT_INDICATOR,
    "beside_year": "",
    "index": recipes.DEFAULT,
    "own_share": "20",
    "own_counts": "more",
}


def choices() -> None:
    """Read what of the comparison stands in the address; the controls need not be drawn yet."""
    params.take("beside", VIEWS, "scatter")
    one = indicators.find(params.take("indicator", list(indicators.mapped()), DEFAULT_INDICATOR))
    params.take("per", one.per, one.default_per)
    params.take("beside_year", _years(one), "")
    params.take("index", list(recipes.shipped()), recipes.DEFAULT)
    params.take("own_share", SHARES, "20")
    params.take("own_counts", COUNTS, "more")


def defaults() -> dict[str, str | None]:
    """Default of each parameter; that of the denominator hangs on the indicator."""
    return _DEFAULTS | {"per": indicators.find(st.session_state["indicator"]).default_per}


def _years(one: Indicator) -> list[str]:
    """Years of an indicator, newest first, behind the choice that leaves it to the table."""
    return ["", *(str(year) for year in reversed(indicators.years(one)))]


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
    found = _found(own)
    if found is None:
        return
    _rests_on(own, lambda: map(str, indicators.sources_of(found.indicator, found.per).index))
    if st.session_state["beside"] == "scatter":
        _scatter(own, found)
    else:
        _ranks(own, found)


def _found(own: OwnMap) -> Beside | None:
    """Draw the choice of our figures, and put them beside the reader's; None after a sentence where none is near."""
    left, middle, right = st.columns([3, 1.6, 1.6], vertical_alignment="bottom")
    with left:
        one = indicators.find(pickers.indicator(_("Indicator of the atlas")))
    with middle:
        per = pickers.per(one.id)
    newest = _("newest") if own.year is None else _("nearest to {year}").format(year=own.year)
    with right:
        asked = pickers.select("beside_year", _("Year of the indicator"), _years(one), "", lambda year: year or newest)
    year = int(asked) if asked else own.year
    found = beside(own.figures, one, per, year, units.scope(st.session_state["scope"]))
    if found is None:
        known = indicators.years(one)
        st.info(
            _(
                "“{name}” has figures of {first} to {last} and none within {n} years of {year}; choose another year."
            ).format(name=one.short.of(lang()), first=known[0], last=known[-1], n=one.tolerance_years, year=year)
        )
    return found


def _rests_on(own: OwnMap, ours: Callable[[], Iterable[str]]) -> None:
    """Name the sources of both, ours and the reader's file, for what is taken away."""
    take_away.rests_on(ours, "", uploads_exhibits.source(own))


def _name(found: Beside) -> str:
    """Short name of the indicator with the years of its figures."""
    used = found.years_used
    years = "" if not used else str(used[0]) if len(used) == 1 else f"{used[0]}–{used[-1]}"
    return ", ".join(part for part in (found.indicator.short.of(lang()), years) if part)


def _unit(found: Beside) -> str:
    at_least = [_("at least")] if found.indicator.at_least() else []
    return ", ".join([*at_least, indicators.unit_of(found.indicator, found.per).of(lang())])


def _own_name(own: OwnMap, most: int) -> str:
    """Name of what is mapped with its year."""
    return own.column[:most] if own.year is None else f"{own.column[:most]}, {own.year}"


def _scatter(own: OwnMap, found: Beside) -> None:
    name, look = _name(found), theme.look()
    ours_said = f"{_('at least')} " if found.indicator.at_least() else ""
    figure = go.Figure(layout=charts.layout())
    figure.add_scatter(
        x=found.both["ours"],
        y=found.both["own"],
        mode="markers",
        marker={"size": 9, "color": look.accent, "line": {"color": look.paper, "width": 1}, "opacity": 0.85},
        text=[
            f"<b>{escape(units.name(str(code), lang()))}</b><br>{escape(_own_name(own, 60))}: {figure_of(row['own'])}"
            f"<br>{escape(found.indicator.short.of(lang()))}, {_used(row)}: {ours_said}{figure_of(row['ours'])}"
            for code, row in found.both.iterrows()
        ],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_xaxes(title_text=f"{escape(name)}, {escape(_unit(found))}")
    figure.update_yaxes(title_text=str(escape(_own_name(own, 80))))
    charts.draw(figure, "own_scatter", title=f"{_own_name(own, 60)} – {name}", height=440)
    charts.twin(str(escape(" ".join(part for part in (_said(found, name), _years_said(found, own.year)) if part))))


def _used(row: pd.Series) -> str:
    return "" if pd.isna(row["year_used"]) else str(int(row["year_used"]))


def _years_said(found: Beside, wanted: int | None) -> str:
    """Which years of our figures stand in for the one that was asked for; empty where none does."""
    if not st.session_state["beside_year"] and wanted not in (None, found.year):
        return _("The atlas lists these figures for {listed} alone; yours are of {year}.").format(
            listed=found.year, year=wanted
        )
    if found.years_used in ([], [found.year]):
        return ""
    return _("Figures of the atlas are of {years}, the nearest to {year} within {n} years.").format(
        years=", ".join(map(str, found.years_used)), year=found.year, n=found.indicator.tolerance_years
    )


def _said(found: Beside, name: str) -> str:
    n = len(found.both)
    if n < 4:
        return _("{n} subjects have both figures: too few to say whether they go together.").format(n=n)
    try:
        rho = spearman(found.both, "own", "ours", permutations=2000)
    except DataError:
        return _("One of the two has the same value everywhere, so that nothing goes with it.")
    return _(
        "Spearman's rank correlation with “{name}” over {n} subjects that have both: {rho} "
        "(p = {p} of {m} permutations). "
        "Going together is no proof of a cause."
    ).format(name=name, n=rho.n, rho=figure_of(round(rho.rho, 2)), p=figure_of(round(rho.p, 4)), m=rho.permutations)


def _ranks(own: OwnMap, found: Beside) -> None:
    """Ranks in both, over the subjects that have both, widest apart first."""
    both = found.both
    places = both[["own", "ours"]].rank(method="min", ascending=False).astype(int)
    apart = (places["own"] - places["ours"]).sort_values(key=lambda steps: -steps.abs(), kind="stable")
    heads = (
        _("Subject"),
        _own_name(own, 60),
        _("Rank"),
        f"{found.indicator.short.of(lang())}, {_unit(found)}",
        _("Year"),
        _("Rank in the atlas"),
        _("Places apart"),
    )
    rows = [
        (
            cells.subject(code),
            cells.Cell(figure_of(both["own"][code]), float(both["own"][code])),
            int(places["own"][code]),
            cells.Cell(figure_of(both["ours"][code]), float(both["ours"][code])),
            cells.year(both["year_used"][code]),
            int(places["ours"][code]),
            cells.Cell(f"{int(steps):+d}".replace("-", "−") if steps else "0", int(steps)),
        )
        for code, steps in apart.items()
    ]
    st.html(html_table.table(heads, rows, title=_("Rank by rank")))
    if said := _years_said(found, own.year):
        st.html(f'<p class="caption">{escape(said)}</p>')


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
    _rests_on(own, lambda: take_away.sources_of(base))
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
