"""Compensating function: ties as listed against what a model expects, beside how alike the states vote."""

from __future__ import annotations

import math
from html import escape
from itertools import product

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import ties, units
from geo.i18n import country_name, number
from geo.maps.palettes import palette
from geo.measures import relations
from geo.measures.relations import Compensation
from ui import cells, charts, html_table, relations_choices, theme
from ui.i18n import _, lang

CLAIMED = "warm_regions_cool_states"
LEAST_RATIO = 0.02
"""Left edge of the chart: a share of the expected ties below which marks stand at the edge."""
ENOUGH_CLUSTERS = 40
"""Groups from which clustered errors are trusted (Cameron, Gelbach and Miller 2008)."""


def draw(country: str) -> None:
    """Draw where the country stands, all countries, and its dyads."""
    made = relations_choices.model()
    st.html(_figures(made, country))
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        st.html(f"<h2>{escape(_('Warm regions, cool states'))}</h2>")
        _chart(made, country)
        _table(made)
    with right:
        st.html(f"<h2>{escape(_('What is model and what is fact'))}</h2>" + _model_and_fact(made))
    st.html(f"<h2>{escape(_('Subject by subject: {country}').format(country=country_name(country, lang())))}</h2>")
    _dyads(made, country)


def term_words() -> dict[str, str]:
    """Names of the terms of the model."""
    return {
        "population_subject": _("population of the subject"),
        "population_country": _("population of the country"),
        "grp_per_capita_subject": _("product per inhabitant of the subject"),
        "gdp_per_capita_country": _("product per inhabitant of the country"),
        "distance": _("distance of the capitals"),
        "contiguity": _("a land border"),
        "kin": _("kinship"),
    }


def verdict_words() -> dict[str, str]:
    """Names of the verdicts on a count of ties."""
    return {"more": _("more than expected"), "fewer": _("fewer than expected"), "as_expected": _("as expected")}


def _span(row: pd.Series) -> str:
    return f"{number(round(row['count_low']), lang())}–{number(round(row['count_high']), lang())}"


def _agreement(value: float) -> str:
    return "—" if pd.isna(value) else f"{100 * value:.0f} %"


def _figures(made: Compensation, country: str) -> str:
    name = country_name(country, lang())
    if country not in made.countries.index:
        lacks = made.left_out.get(country)
        why = (
            _("The model has no row for {country}: it lacks {term}.").format(country=name, term=term_words()[lacks])
            if lacks
            else _("The model has no row for {country}: the table of neighbours does not hold it.").format(country=name)
        )
        return f'<p role="note">{escape(why)}</p>'
    row, recipe = made.countries.loc[country], relations.shipped()
    parts = (
        (number(row["observed"], lang()), _("partnerships in force"), _("fact: as listed")),
        (
            _span(row),
            _("expected"),
            _("model: {share} % interval of the count").format(share=round(100 * recipe.gravity.interval)),
        ),
        (
            _agreement(row["un_agreement"]),
            _("agreement in UN votes"),
            _("fact: {first}–{last}; median of the countries {split}").format(
                first=recipe.votes[0], last=recipe.votes[1], split=_agreement(made.split)
            ),
        ),
    )
    cells = "".join(
        f"<div><b>{escape(value)}</b><span>{escape(label)}</span><small>{escape(note)}</small></div>"
        for value, label, note in parts
    )
    verdict = relations.quadrant_name(row["quadrant"], lang())
    return f'<div class="figures">{cells}</div><p><b>{escape(f"{name}: {verdict}.")}</b></p>'


def _ordered(made: Compensation) -> pd.DataFrame:
    return made.countries.sort_values("un_agreement", na_position="last", kind="stable")


def _chart(made: Compensation, country: str) -> None:
    found, look = _ordered(made), theme.look()
    teal = palette("teal", 5, look)
    cool = int((found["un_agreement"] < made.split).sum())
    # a row above each half is left to the names of its quarters
    rows = [place + 1 + (place >= cool) for place in range(len(found))]
    ratio = (found["observed"] / found["expected"]).clip(lower=LEAST_RATIO)
    low = (found["count_low"] / found["expected"]).clip(lower=LEAST_RATIO)
    high = found["count_high"] / found["expected"]
    figure = go.Figure(layout=charts.layout())
    x: list[float | None] = []
    y: list[float | None] = []
    for row, least, most in zip(rows, low, high, strict=True):
        x += [least, most, None]
        y += [row, row, None]
    model, fact = _("model: where 90 % of draws lie"), _("fact: ties as listed")
    figure.add_scatter(
        x=x, y=y, mode="lines", name=model, line={"color": teal[1], "width": 10}, opacity=0.8, hoverinfo="skip"
    )
    figure.add_scatter(
        x=ratio,
        y=rows,
        mode="markers",
        name=fact,
        marker={
            "size": [14 if code == country else 10 for code in found.index],
            "color": [look.accent if code == country else look.ink for code in found.index],
            "line": {"color": look.paper, "width": 1.5},
            "opacity": 1,
        },
        customdata=_hover(found),
        hovertemplate="%{customdata}<extra></extra>",
    )
    most = max(float(high.max()), float(ratio.max())) * 1.25
    _quarters(figure, cool, most)
    figure.update_xaxes(
        type="log",
        range=[math.log10(LEAST_RATIO) - 0.05, math.log10(most)],
        tickvals=[0.03, 0.1, 0.3, 1, 3, 10],
        ticktext=[
            number(tick, lang(), digits) for tick, digits in ((0.03, 2), (0.1, 1), (0.3, 1), (1, 0), (3, 0), (10, 0))
        ],
        title_text=_("ties as listed, in multiples of the expected number"),
    )
    figure.update_yaxes(
        range=[len(found) + 1.6, -0.6],
        tickvals=[*rows, 0, cool + 1],
        ticktext=[
            *(
                f"{country_name(str(code), lang())} {_agreement(value)}"
                for code, value in found["un_agreement"].items()
            ),
            f"<i>{_('cool states')}</i>",
            f"<i>{_('warm states')}</i>",
        ],
        tickfont={"color": look.ink, "size": 12},
        showgrid=False,
    )
    figure.update_layout(margin={"t": 36, "l": 4, "r": 8, "b": 8}, hovermode="closest")
    charts.draw(figure, "quadrants", title=_("Warm regions, cool states"), height=30 * (len(found) + 2) + 100)
    charts.twin(escape(_said(made)))


def _quarters(figure: go.Figure, cool: int, most: float) -> None:
    """Part warm from cool, name the quarters and tint the one in which the function is claimed."""
    look = theme.look()
    border = cool + 0.5
    figure.add_vline(1, line={"color": look.soft, "width": 1})
    figure.add_hline(border, line={"color": look.soft, "width": 1, "dash": "dash"})
    claimed = {"x0": 1, "x1": most, "y0": -0.6, "y1": border}
    figure.add_shape(type="rect", **claimed, fillcolor=look.accent, opacity=0.09, line_width=0, layer="below")
    sides = ((_("cool regions"), "left"), (_("warm regions"), "right"))
    for (words, anchor), row in product(sides, (0, cool + 1)):
        figure.add_annotation(
            text=words.replace(" ", "<br>"),
            align=anchor,
            x=0.005 if anchor == "left" else 0.995,
            xref="x domain",
            y=row,
            xanchor=anchor,
            showarrow=False,
            font={"color": look.soft, "size": 12},
        )


def _hover(found: pd.DataFrame) -> list[str]:
    pattern = _("{observed} ties as listed; expected {expected} ({span} in 90 % of draws)<br>UN agreement {votes}")
    return [
        f"<b>{country_name(str(code), lang())}</b><br>"
        + pattern.format(
            observed=number(row["observed"], lang()),
            expected=number(row["expected"], lang(), 0),
            span=_span(row),
            votes=_agreement(row["un_agreement"]),
        )
        for code, row in found.iterrows()
    ]


def _said(made: Compensation) -> str:
    claimed = made.countries.index[made.countries["quadrant"] == CLAIMED]
    names = ", ".join(country_name(str(code), lang()) for code in claimed)
    where = (
        _("The compensating function is claimed for no country here.")
        if claimed.empty
        else _("The compensating function is claimed for one country alone: {names}.").format(names=names)
        if len(claimed) == 1
        else _("The compensating function is claimed for: {names}.").format(names=names)
    )
    return (
        _(
            "Countries stand from the least to the greatest agreement of the states in UN votes; the broken line is "
            "their median, {split}. Bar: where the model lets the number of ties lie; dot: how many are listed."
        ).format(split=_agreement(made.split))
        + " "
        + where
    )


def _table(made: Compensation) -> None:
    heads = [
        _("Country"),
        *_meanings(),
        (
            _("UN agreement"),
            _("mean agreement with Russia in the UN General Assembly over the years of the recipe, from 0 to 1"),
        ),
        (_("What it says"), _("agreement against the median of the countries, ties against the interval of the model")),
    ]
    html_table.folded(
        _("The chart as a table"),
        "quadrants_table",
        heads,
        (
            (
                cells.country(code),
                *_counts(row, 0),
                cells.per_cent(row["un_agreement"]),
                relations.quadrant_name(row["quadrant"], lang()),
            )
            for code, row in _ordered(made).iterrows()
        ),
    )


def _meanings() -> list[tuple[str, str]]:
    """Heads of the figures that fact and model have in common, with what they are."""
    return [
        (_("Ties as listed"), _("partnerships in force: at least so many, as not every tie is recorded")),
        (_("Expected"), _("ties that the model lets expect")),
        (_("90 % interval"), _("between which the model lets the number of ties lie")),
    ]


def _counts(row: pd.Series, digits: int) -> tuple[cells.Cell, cells.Cell, cells.Parts]:
    low, high = float(row["count_low"]), float(row["count_high"])
    return (
        cells.figure(int(row["observed"])),
        cells.figure(row["expected"], digits),
        cells.span(low, high, _span(row)),
    )


def _model_and_fact(made: Compensation) -> str:
    recipe, fitted = relations.shipped(), made.model
    few = (
        _("That is fewer than some {enough}, so the errors come out too small: the true intervals are wider.").format(
            enough=ENOUGH_CLUSTERS
        )
        if fitted.clusters < ENOUGH_CLUSTERS
        else ""
    )
    told = _(
        "Poisson pseudo-maximum likelihood over {n} pairs of subject and country (Santos Silva and Tenreyro 2006); "
        "errors clustered in {clusters} countries. {few} The variance is {dispersion} times the mean. What is expected "
        "of a country is computed from the ties with all others. Population and product of {year}."
    ).format(
        n=number(fitted.n, lang()),
        clusters=fitted.clusters,
        few=few,
        dispersion=number(fitted.dispersion, lang(), 1),
        year=recipe.gravity.year,
    )
    kinds = ", ".join(ties.kind_name(kind, lang()).lower() for kind in recipe.gravity.kinds)
    counted = _("Counted: {kinds}, in force.").format(kinds=kinds)
    out = "; ".join(
        f"{country_name(unit, lang()) if len(unit) == 2 else units.name(unit, lang())} ({term_words()[term]})"
        for unit, term in made.left_out.items()
    )
    left_out = _("Left out for lack of a term: {names}.").format(names=out) if out else ""
    terms = fitted.terms.drop(index="intercept")
    rows = (
        (
            term_words()[str(term)],
            cells.figure(row["estimate"], 2),
            cells.span(
                *(float(row[end]) for end in ("low", "high")),
                _("{low} to {high}").format(low=_signed(row["low"]), high=_signed(row["high"])),
            ),
        )
        for term, row in terms.iterrows()
    )
    note = _("Estimates on the logarithm; of a logarithm the estimate is an elasticity.")
    of_estimate = _("of the estimate; errors clustered in countries")
    heads = [_("Term"), (_("Estimate"), note), (_("95 % interval"), of_estimate)]
    return (
        f'<p class="caption">{escape(counted)} {escape(told)} {escape(left_out)}</p>'
        + html_table.table(heads, rows, title=_("Terms of the model"))
        + f'<p class="caption">{escape(note)}</p>'
    )


def _signed(value: float) -> str:
    return number(float(value), lang(), 2)


def _dyads(made: Compensation, country: str) -> None:
    if country not in made.dyads.index.unique("country"):
        st.html(f'<p class="soft">{escape(_("The model has no row for this country: it lacks one of its terms."))}</p>')
        return
    own = made.dyads.xs(country, level="country")
    order = own["verdict"].map({"more": 0, "fewer": 1, "as_expected": 2})
    own = own.assign(order=order).sort_values(["order", "observed"], ascending=[True, False], kind="stable")
    words = verdict_words()
    heads = [
        _("Subject"),
        *_meanings(),
        (_("What it says"), _("ties as listed against the interval of the model")),
    ]
    with st.container(height=420, border=False, key="dyads"):
        st.html(
            html_table.table(
                heads,
                (
                    (
                        cells.subject(iso),
                        *_counts(row, 1),
                        words[row["verdict"]],
                    )
                    for iso, row in own.iterrows()
                ),
                title=_("Subject by subject: {country}").format(country=country_name(country, lang())),
            )
        )
    told = _(
        "{more} of {n} subjects have more ties than the model lets expect, {fewer} fewer. With so many rows some fall "
        "outside a 90 % interval by chance alone."
    ).format(more=int((order == 0).sum()), fewer=int((order == 1).sum()), n=len(own))
    st.html(f'<p class="caption">{escape(told)}</p>')
