"""Charts of the page of events: shares by year and class, mean scores, partners, and what else is known of the pair."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from plotly.subplots import make_subplots

from geo import facts, ties, units
from geo.events import opened, reports
from geo.events.precision import Quality
from geo.events.reports import SIDES
from geo.i18n import country_name, number
from geo.maps.palettes import palette
from ui import cells, charts, events_trust, html_table, params, theme
from ui.events_choices import EventsChoice
from ui.i18n import _, lang

SEED: Final = 1
MOST_PARTNERS: Final = 12


def class_words() -> dict[int, str]:
    """Names of the four quad classes."""
    return {
        1: _("verbal cooperation"),
        2: _("material cooperation"),
        3: _("verbal conflict"),
        4: _("material conflict"),
    }


def _class_colours(*, checked: bool) -> dict[int, str]:
    look = theme.look()
    if not checked:
        return {1: look.line, 2: look.soft, 3: look.line, 4: look.soft}
    teal, umber = palette("teal", 5, look), palette("umber", 5, look)
    return {1: teal[1], 2: teal[3], 3: umber[1], 4: look.accent}


def own_pairs(choice: EventsChoice) -> pd.DataFrame:
    """Counts of the subject chosen, with the country chosen or with all."""
    found = opened.pairs(choice.of, choice.source, choice.rule)
    own = found[found["iso_3166_2"] == choice.subject]
    return own if choice.country is None else own[own["country"] == choice.country]


def shares(choice: EventsChoice) -> pd.DataFrame:
    """Shares of the subject chosen by year (:func:`geo.events.reports.shares`)."""
    return reports.shares(own_pairs(choice), opened.totals(choice.of, choice.source))


def draw_shares(choice: EventsChoice, trust: Quality) -> None:
    """Draw cooperation up and conflict down, each verbal and material; a click looks into a year."""
    found, words = shares(choice), class_words()
    colours = _class_colours(checked=events_trust.is_checked(trust))
    look = theme.look()
    top = max(float(found[["cooperation", "conflict"]].to_numpy().max(initial=0)) * 1.12, 1e-6)
    figure = go.Figure(
        layout=charts.layout(
            barmode="relative",
            bargap=0.25,
            yaxis={
                "range": [-top, top],
                "title": {"text": _("% of events that concern Russia")},
                **_mirrored(top),
            },
            xaxis=_years_axis(found.index),
            shapes=[
                {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": {"color": look.soft}}
            ],
        )
    )
    for side, sign in (("cooperation", 1), ("conflict", -1)):
        for quad in SIDES[side]:  # type: ignore[index]
            figure.add_bar(
                x=list(found.index),
                y=sign * found[quad],
                name=words[quad],
                marker={"color": colours[quad]},
                customdata=[[int(year), side] for year in found.index],
                hovertext=[
                    f"{year}: {escape(words[quad])} {escape(_('at least'))} {number(value, lang())} %"
                    for year, value in found[quad].items()
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
    charts.draw(figure, "events_shares", title=_("Reported cooperation and conflict"), height=330, on_select=_look_into)
    charts.twin(escape(_said_shares(found, trust)))


def _look_into(codes: list[object]) -> None:
    year, side = (str(codes[0]), str(codes[1])) if len(codes) > 1 else ("", "")
    st.session_state["point"], st.session_state["side"] = year, side


def _mirrored(top: float) -> dict[str, object]:
    """Ticks of an axis whose lower half is no negative: conflict is drawn downward."""
    power = 10 ** np.floor(np.log10(top))
    step = next(power * digit for digit in (0.5, 1, 2, 5) if top <= 4 * power * digit)
    digits = max(0, -int(np.floor(np.log10(step))))
    ticks = np.arange(-np.floor(top / step), np.floor(top / step) + 1) * step
    return {"tickvals": ticks.tolist(), "ticktext": [number(abs(float(tick)), lang(), digits) for tick in ticks]}


def _years_axis(years: pd.Index) -> dict[str, object]:
    if not len(years):
        return {}
    first, last = int(years.min()), int(years.max())
    return {"range": [first - 0.7, last + 0.7], "dtick": 1 if last - first < 12 else 5, "tickformat": "d"}


def _said_shares(found: pd.DataFrame, trust: Quality) -> str:
    """Shares of the newest year with events, and how far they can be trusted; counts of years do not compare."""
    whole = found["cooperation"] + found["conflict"]
    if not whole.any():
        return _("No believed record speaks of this. That none was found does not show that nothing happened.")
    newest = whole[whole > 0].index.max()
    return _(
        "In {year}, the newest year with such events, at least {cooperation} % of the events that concern Russia are "
        "cooperation here and {conflict} % conflict ({trust}); the largest share is that of {busiest}. A report counts "
        "once for a pair of countries and a root code."
    ).format(
        year=newest,
        cooperation=number(found.loc[newest, "cooperation"], lang()),
        conflict=number(found.loc[newest, "conflict"], lang()),
        trust=events_trust.said(trust),
        busiest=whole.idxmax(),
    )


def draw_table(choice: EventsChoice, trust: Quality) -> None:
    """Draw the shares as a table, folded; counts stand beside the share of their year alone, and are not added up."""
    found, words = shares(choice), class_words()
    counts = own_pairs(choice).groupby("year")["events"].sum()
    of = opened.totals(choice.of, choice.source)
    heads = (
        _("Year"),
        *(words[quad].capitalize() for quad in words),
        _("Events of the year, at least ({trust})").format(trust=events_trust.said(trust)),
        _("Events of the year that concern Russia"),
    )
    rows = [
        (
            cells.year(year),
            *(cells.Cell(f"{number(row[quad], lang())} %", float(row[quad])) for quad in words),
            cells.figure(int(counts.get(year, 0))),
            cells.figure(int(of[year])),
        )
        for year, row in found.iterrows()
    ]
    html_table.folded(_("Shares by year as a table"), "events_table", heads, rows)


def draw_scores(choice: EventsChoice, *, checked: bool) -> None:
    """Draw the mean Goldstein score by year with its bootstrap interval."""
    scored = opened.scores(choice.of, choice.source, choice.rule, choice.subject, choice.country)
    found = reports.mean_scores(scored, SEED)
    if found.empty:
        charts.nothing()
        return
    look = theme.look()
    tone = palette("teal", 5, look)[3] if checked else look.soft
    figure = go.Figure(
        layout=charts.layout(
            showlegend=False,
            yaxis={"range": [-10.5, 10.5], "tickvals": [-10, -5, 0, 5, 10], "title": {"text": _("Goldstein score")}},
            xaxis=_years_axis(found.index),
        )
    )
    figure.add_scatter(
        x=list(found.index),
        y=found["mean"],
        mode="markers",
        marker={"color": tone, "size": 7},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": found["high"] - found["mean"],
            "arrayminus": found["mean"] - found["low"],
            "color": tone,
            "thickness": 1.4,
            "width": 0,
        },
        hovertext=[
            _("{year}: mean {mean} ({low} to {high}), {n} events").format(
                year=year,
                mean=number(row["mean"], lang(), 1),
                low=number(row["low"], lang(), 1),
                high=number(row["high"], lang(), 1),
                n=number(row["events"], lang()),
            )
            for year, row in found.iterrows()
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    charts.draw(figure, "events_scores", title=_("Mean Goldstein score"), height=260)
    last = found.index[-1]
    charts.twin(
        escape(
            _(
                "From −10 (conflict) to 10 (cooperation). {year}: {mean}, interval {low} to {high}, from {n} events. "
                "The line is the 95 % interval of 2,000 bootstrap draws: chance among the reported events, not errors "
                "of coding."
            ).format(
                year=last,
                mean=number(found.loc[last, "mean"], lang(), 1),
                low=number(found.loc[last, "low"], lang(), 1),
                high=number(found.loc[last, "high"], lang(), 1),
                n=number(int(found.loc[last, "events"]), lang()),
            )
        )
    )


def partners(choice: EventsChoice) -> pd.DataFrame:
    """Partners of the subject with their shares of all events that concern Russia, over all years, largest first."""
    found = opened.pairs(choice.of, choice.source, choice.rule)
    own = found[found["iso_3166_2"] == choice.subject]
    wide = own.pivot_table(index="country", columns="quad_class", values="events", aggfunc="sum")
    wide = wide.reindex(columns=[1, 2, 3, 4]).fillna(0)
    per_cent = wide * 100 / max(int(opened.totals(choice.of, choice.source).sum()), 1)
    ordered = per_cent.loc[wide.sum(axis="columns").sort_values(ascending=False, kind="stable").index]
    return ordered


def draw_partners(choice: EventsChoice, *, checked: bool) -> None:
    """Draw the largest partners, cooperation to the right and conflict to the left."""
    found = partners(choice).head(MOST_PARTNERS)
    if found.empty:
        charts.nothing()
        return
    words, colours, look = class_words(), _class_colours(checked=checked), theme.look()
    names = [country_name(str(code), lang()) for code in found.index]
    top = max(float(found[[1, 2]].sum(axis=1).max()), float(found[[3, 4]].sum(axis=1).max())) * 1.1
    figure = go.Figure(
        layout=charts.layout(
            barmode="relative",
            bargap=0.3,
            showlegend=False,
            xaxis={"range": [-top, top], "title": {"text": _("% of events that concern Russia")}, **_mirrored(top)},
            yaxis={"autorange": "reversed", "tickfont": {"color": look.ink}, "showgrid": False},
            shapes=[
                {"type": "line", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "line": {"color": look.soft}}
            ],
        )
    )
    for quad in words:
        figure.add_bar(
            y=names,
            x=found[quad] if quad in SIDES["cooperation"] else -found[quad],
            orientation="h",
            name=words[quad],
            marker={"color": colours[quad]},
            hovertext=[
                f"{escape(name)}: {escape(words[quad])} {escape(_('at least'))} {number(value, lang())} %"
                for name, value in zip(names, found[quad], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    charts.draw(figure, "events_partners", title=_("Largest partners"), height=70 + 24 * len(found))
    charts.twin(
        escape(
            _("Conflict to the left, cooperation to the right; all years together. Countries: {names}.").format(
                names=", ".join(names)
            )
        )
    )


def draw_comparison(choice: EventsChoice, *, checked: bool) -> None:
    """Draw the shares above agreement in the UN and above the ties in force, year by year."""
    if choice.country is None:
        st.html(
            f'<p class="soft">{escape(_("Choose a country to set what is reported beside ties and UN votes."))}</p>'
        )
        return
    found, look, colours = shares(choice), theme.look(), _class_colours(checked=checked)
    votes = (
        facts.table("unga_agreement").query("country == @choice.country").set_index("year")["agreement"].sort_index()
    )
    known = ties.load().where(subject=choice.subject, country=choice.country)
    first = int(min(found.index.min(), votes.index.min() if len(votes) else found.index.min()))
    span = range(first, int(max(found.index.max(), votes.index.max() if len(votes) else first)) + 1)
    dated = pd.Series({year: len(known.alive(year)) for year in span if year <= known.snapshot}, dtype="float64")
    titles = (
        _("Reported, % of events that concern Russia"),
        _("Agreement with Russia in the UN, %"),
        _("Ties in force whose year is known"),
    )
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=titles)
    figure.update_layout(charts.layout(margin={"t": 26}, legend={"y": -0.12, "yanchor": "top"}))
    told = found.reindex(span).replace(0, np.nan)  # none found is no zero
    for side, quad, name in (("cooperation", 2, _("cooperation")), ("conflict", 4, _("conflict"))):
        figure.add_scatter(
            x=list(span),
            y=told[side],
            name=name,
            mode="lines+markers",
            line={"color": colours[quad], "dash": "solid" if side == "cooperation" else "dot"},
            row=1,
            col=1,
        )
    figure.add_scatter(
        x=list(votes.index), y=100 * votes, mode="lines", line={"color": look.ink}, showlegend=False, row=2, col=1
    )
    figure.add_scatter(
        x=list(dated.index),
        y=dated,
        mode="lines",
        line={"color": look.ink, "shape": "hv"},
        showlegend=False,
        row=3,
        col=1,
    )
    ours = charts.layout()
    figure.update_xaxes({**ours.xaxis.to_plotly_json(), **_years_axis(pd.Index(span))})
    figure.update_yaxes({**ours.yaxis.to_plotly_json(), "rangemode": "tozero", "nticks": 4})
    figure.update_yaxes(range=[0, 100], row=2, col=1)
    figure.update_annotations(x=0, xanchor="left", font={"size": 12.5, "color": look.soft})
    charts.draw(figure, "events_comparison", title=_("Beside ties and UN votes"), height=430)
    charts.twin(escape(_said_comparison(choice, votes, known)))


def _said_comparison(choice: EventsChoice, votes: pd.Series, known: ties.Ties) -> str:
    country = country_name(choice.country or "", lang())
    voted = (
        _("Agreement in the UN is known to {year}.").format(year=int(votes.index.max()))
        if len(votes)
        else _("No UN votes are in the tables for this country.")
    )
    return " ".join(
        (
            _("{subject} and {country}: {n} ties are listed, the year of opening known of {dated}.").format(
                subject=units.name(choice.subject, lang()),
                country=country,
                n=len(known),
                dated=int(known.dated.sum()),
            ),
            voted,
            _("Lines that move together are not for that reason cause and effect."),
        )
    )


def point(choice: EventsChoice) -> int | None:
    """Year looked into: the one asked for, else the newest with events; None where there are none."""
    asked = st.session_state.get("point")
    own = own_pairs(choice)
    if asked:
        return int(asked)
    return None if own.empty else int(own["year"].max())


def pick_point(choice: EventsChoice) -> None:
    """Draw the choice of the year and the side looked into."""
    years = ["", *(str(year) for year in sorted(opened.totals(choice.of, choice.source).index, reverse=True))]
    asked = str(st.session_state.get("point") or "")
    words = {"": _("both"), "cooperation": _("cooperation"), "conflict": _("conflict")}
    left, right, _free = st.columns([1, 2, 3], vertical_alignment="bottom")
    with left:
        st.selectbox(
            _("Year"),
            years if asked in years else [*years, asked],
            key="point",
            format_func=lambda year: year or _("newest"),
            on_change=params.touch,
        )
    with right:
        st.segmented_control(
            _("Side"), list(words), key="side", required=True, format_func=words.__getitem__, on_change=params.touch
        )
