"""The matrix of subjects and countries: each cell the ties of a pair."""

from __future__ import annotations

from html import escape
from math import log2
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from geo import ties, units
from geo.i18n import country_name, number
from geo.maps.colour import legible
from geo.maps.palettes import palette
from ui import charts, theme
from ui.i18n import _, lang
from ui.network_choices import NetworkChoice

LARGEST: Final = 40
"""Countries shown unless the reader asks for all: as many as can be read side by side."""
ROW_PX: Final = 19
CELL_PX: Final = 15
TICKS: Final = (1, 2, 5, 10, 20, 50, 100)


def cells(choice: NetworkChoice) -> tuple[pd.DataFrame, pd.Series]:
    """Cells in their order, and the ties by country of the columns left out."""
    table = _counted(choice)
    size = ties.matrix(choice.shown()).sum().sort_values(ascending=False, kind="stable")
    kept = list(size.index[:LARGEST]) if choice.largest_only else list(size.index)
    shown = table[kept]
    shown = shown.loc[shown.ne(0).any(axis="columns"), shown.ne(0).any()]
    return ties.ordered(shown, choice.order, lang()), size.drop(kept)


def _counted(choice: NetworkChoice) -> pd.DataFrame:
    if choice.time != "change":
        return ties.matrix(choice.shown())
    parts = ties.before_and_after(choice.ties, choice.since)
    before, after = (ties.matrix(parts[side]) for side in ("before", "after"))
    return after.sub(before, fill_value=0).fillna(0).astype("int64")


def draw(choice: NetworkChoice, table: pd.DataFrame) -> go.Figure:
    """Draw the cells; marks that cannot be seen lie over those with ties, as a heatmap hears no click."""
    look, change = theme.look(), choice.time == "change"
    colours = palette("brown_teal" if change else "teal", 9, look)
    values = table.to_numpy()
    found = values != 0
    logs = np.sign(values) * np.log2(np.abs(values) + 1)
    high = max(float(np.abs(logs).max()), 1.0)
    ticks = [tick for tick in TICKS if log2(tick + 1) <= high + 0.01]
    signed = [-tick for tick in reversed(ticks)] + ticks if change else ticks
    ground = go.Heatmap(
        z=np.where(found, logs, np.nan),
        zmin=-high if change else 0,
        zmax=high,
        colorscale=[[i / (len(colours) - 1), colour] for i, colour in enumerate(colours)],
        hoverinfo="skip",
        xgap=1,
        ygap=1,
        colorbar={
            "title": {"text": _("Change") if change else _("Ties"), "font": {"size": 12, "color": look.soft}},
            "tickvals": [(1 if tick > 0 else -1) * log2(abs(tick) + 1) for tick in signed],
            "ticktext": [f"{tick:+d}" if change else str(tick) for tick in signed],
            "thickness": 10,
            "len": 0.4,
            "y": 1,
            "yanchor": "top",
            "outlinewidth": 0,
        },
    )
    at_row, at_column = np.nonzero(found)
    depths = (logs[found] / high + 1) / 2 if change else logs[found] / high
    grounds = [colours[round(depth * (len(colours) - 1))] for depth in depths]
    pairs = [(table.index[i], table.columns[j]) for i, j in zip(at_row, at_column, strict=True)]
    names = [(units.name(iso, lang()), country_name(country, lang())) for iso, country in pairs]
    dated = ties.counts(choice.shown(), ("iso_3166_2", "country"))["dated"].to_dict()
    marks = go.Scatter(
        x=at_column,
        y=at_row,
        mode="markers+text" if len(table.columns) <= LARGEST else "markers",
        text=values[found],
        textfont={"size": 10, "color": [legible(ground) for ground in grounds]},
        marker={"symbol": "square", "size": CELL_PX, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[
            [*pair, *name, int(values[i, j]), int(dated.get(pair, 0))]
            for pair, name, i, j in zip(pairs, names, at_row, at_column, strict=True)
        ],
        hovertemplate="<b>%{customdata[2]}</b> – %{customdata[3]}<br>"
        + (_("change") if change else _("ties"))
        + ": %{customdata[4]}, "
        + _("dated")
        + ": %{customdata[5]}<extra></extra>",
        showlegend=False,
    )
    room = {"l": 8, "r": 8, "t": 4, "b": 4}
    figure = go.Figure(
        [ground, marks], charts.layout(shapes=_frame(choice, table), margin=room, plot_bgcolor=look.card)
    )
    figure.update_xaxes(
        tickvals=list(range(len(table.columns))),
        ticktext=[escape(country_name(code, lang())) for code in table.columns],
        side="top",
        tickangle=-90,
        showgrid=False,
        ticks="",
        range=[-0.5, len(table.columns) - 0.5],
        tickfont={"size": 11},
    )
    figure.update_yaxes(
        tickvals=list(range(len(table))),
        ticktext=[escape(str(units.subjects().loc[code, f"name_short_{lang()}"])) for code in table.index],
        range=[len(table) - 0.5, -0.5],
        showgrid=False,
        ticks="",
        tickfont={"size": 11},
    )
    return figure


def height(table: pd.DataFrame) -> int:
    """Height of the chart in pixels: rows that can be read, and the names of countries over them."""
    return 150 + ROW_PX * max(len(table), 6)


def _frame(choice: NetworkChoice, table: pd.DataFrame) -> list[dict[str, object]]:
    """A frame round the row, the column or the cell whose ties are open."""
    rows, columns = list(table.index), list(table.columns)
    if choice.region not in rows and choice.country not in columns:
        return []
    top, bottom = (rows.index(choice.region),) * 2 if choice.region in rows else (0, len(rows) - 1)
    left, right = (columns.index(choice.country),) * 2 if choice.country in columns else (0, len(columns) - 1)
    line = {"color": theme.look().accent, "width": 2}
    box = {"x0": left - 0.5, "x1": right + 0.5, "y0": top - 0.5, "y1": bottom + 0.5}
    return [{"type": "rect", "line": line, **box}]


def said(choice: NetworkChoice, table: pd.DataFrame, left_out: pd.Series) -> str:
    """The main findings in words."""
    if choice.time == "change":
        return _said_change(choice)
    pairs = ties.counts(choice.shown(), ("iso_3166_2", "country"))["ties"].sort_values(ascending=False, kind="stable")
    whole = ties.matrix(choice.shown()).ne(0)
    partners, reach = whole.sum(axis="columns"), whole.sum()
    parts = [
        _("{n} of {all} pairs shown have a tie; the most ties: {pairs}.").format(
            n=number(int(table.ne(0).to_numpy().sum()), lang()),
            all=number(table.size, lang()),
            pairs="; ".join(
                f"{units.name(str(iso), lang())} – {country_name(str(country), lang())} ({n})"
                for (iso, country), n in pairs.head(3).items()
            ),
        ),
        _("Most partner countries: {subject} ({n}); country with ties to the most subjects: {country} ({m}).").format(
            subject=units.name(str(partners.idxmax()), lang()),
            n=partners.max(),
            country=country_name(str(reach.idxmax()), lang()),
            m=reach.max(),
        ),
    ]
    found = ties.communities(ties.graph(choice.shown()))
    if found.groups:
        parts.append(
            _("Groups of subjects and countries tied among themselves: {n} (modularity {q}).").format(
                n=len(found.groups), q=number(found.modularity, lang(), 2)
            )
        )
    if len(left_out):
        parts.append(
            _("Left out: {n} countries with {ties} ties in all.").format(n=len(left_out), ties=int(left_out.sum()))
        )
    return escape(" ".join(parts))


def _said_change(choice: NetworkChoice) -> str:
    parts = ties.before_and_after(choice.ties, choice.since)
    sizes = {name: number(len(part), lang()) for name, part in parts.items()}
    counted = _counted(choice)
    by_country = counted.sum().sort_values(kind="stable")
    sentences = [
        _(
            "Of {before} dated ties that stood at the end of {year}, {kept} are not known to have ended, "
            "{suspended} are suspended, {ended} have ended; {opened} were opened since."
        ).format(year=choice.since - 1, **sizes)
    ]
    if len(by_country) and by_country.iloc[0] < 0:
        sentences.append(_extreme(_("The greatest loss: {country} ({n})."), by_country.index[0], by_country.iloc[0]))
    if len(by_country) and by_country.iloc[-1] > 0:
        sentences.append(_extreme(_("The greatest gain: {country} ({n})."), by_country.index[-1], by_country.iloc[-1]))
    return escape(" ".join([*sentences, _survival(choice)]).strip())


def _survival(choice: NetworkChoice) -> str:
    fate = ties.survival(choice.ties, choice.since).loc["all"]
    if not fate["known"]:
        return ""
    return _("Of {known} ties, dated or listed before, whose fate since {year} is known, {share} % survived.").format(
        known=int(fate["known"]), year=choice.since, share=round(100 * fate["share"])
    )


def _extreme(sentence: str, country: object, n: int) -> str:
    return sentence.format(country=country_name(str(country), lang()), n=f"{n:+d}".replace("-", "−"))
