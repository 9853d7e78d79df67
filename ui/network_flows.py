"""The flows of ties: subject, kind, country."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from geo import ties, units
from geo.i18n import country_name, number
from geo.maps.palettes import palette
from geo.ties.groups import OTHER
from ui import charts, theme
from ui.i18n import _, lang
from ui.network_choices import NetworkChoice

LARGEST: Final = 14
"""Subjects and countries that keep their names: as many as fit one above the other."""
COLUMNS: Final = (0.001, 0.5, 0.999)
"""Where the three sides stand from left to right; plotly takes 0 and 1 for no position."""
GAPS: Final = 0.25
"""Part of the height left between the nodes of a side."""


def table(choice: NetworkChoice) -> pd.DataFrame:
    """Flows of the ties shown; of one subject or one country where the reader opened one."""
    return ties.flows(choice.behind(), LARGEST)


def draw(flows: pd.DataFrame) -> go.Figure:
    """Draw the flows from left to right."""
    look = theme.look()
    inks = palette("teal", 5, look)
    sides = [
        [("iso_3166_2", code) for code in _by_size(flows, "iso_3166_2")],
        [("kind", code) for code in _by_size(flows, "kind")],
        [("country", code) for code in _by_size(flows, "country")],
    ]
    nodes = [node for side in sides for node in side]
    at = {node: i for i, node in enumerate(nodes)}
    steps = (("iso_3166_2", "kind"), ("kind", "country"))
    links = [
        (at[left, one], at[right, other], n)
        for left, right in steps
        for (one, other), n in flows.groupby([left, right])["ties"].sum().items()
    ]
    colours = {"iso_3166_2": inks[3], "kind": look.accent, "country": inks[1 if look.dark else 2]}
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [escape(name(*node)) for node in nodes],
                "color": [colours[column] for column, _code in nodes],
                "x": [x for x, side in zip(COLUMNS, sides, strict=True) for _node in side],
                "y": [y for side in sides for y in _centres(flows, side)],
                "pad": 9,
                "thickness": 13,
                "line": {"width": 0},
                "hovertemplate": "%{label}: %{value}<extra></extra>",
            },
            link={
                "source": [source for source, _target, _n in links],
                "target": [target for _source, target, _n in links],
                "value": [n for _source, _target, n in links],
                "color": "rgba(120,140,145,0.36)",
                "hovertemplate": "%{source.label} – %{target.label}: %{value}<extra></extra>",
            },
            textfont={"color": look.ink, "size": 12},
        ),
        charts.layout(margin={"l": 4, "r": 4, "t": 8, "b": 8}),
    )
    return figure


def _centres(flows: pd.DataFrame, side: list[tuple[str, str]]) -> list[float]:
    """Heights of the middles of the nodes of one side, from 0 (top) to 1, in their order and with equal gaps."""
    sizes = [float(flows.loc[flows[column] == code, "ties"].sum()) for column, code in side]
    share, gap = (1 - GAPS) / sum(sizes), GAPS / max(len(sizes) - 1, 1)
    tops = [sum(sizes[:i]) * share + i * gap for i in range(len(sizes))]
    return [min(max(top + size * share / 2, 0.001), 0.999) for top, size in zip(tops, sizes, strict=True)]


def _by_size(flows: pd.DataFrame, column: str) -> list[str]:
    sizes = flows.groupby(column)["ties"].sum()
    return sorted(sizes.index, key=lambda code: (code == OTHER, -sizes[code], code))


def name(column: str, code: str) -> str:
    """Name of an end or of a kind; gathered ends are the other ones."""
    if column == "kind":
        return ties.kind_name(code, lang())
    if code == OTHER:
        return _("Other subjects") if column == "iso_3166_2" else _("Other countries")
    return units.name(code, lang()) if column == "iso_3166_2" else country_name(code, lang())


def said(flows: pd.DataFrame) -> str:
    """The main findings in words."""
    total = int(flows["ties"].sum())
    kinds = flows.groupby("kind")["ties"].sum().sort_values(ascending=False, kind="stable")
    named = flows[(flows["iso_3166_2"] != OTHER) & (flows["country"] != OTHER)].nlargest(3, "ties")
    first = _("{kind} make {share} % of the {n} ties with a partner country.").format(
        kind=ties.kind_name(str(kinds.index[0]), lang()),
        share=number(round(100 * kinds.iloc[0] / total), lang()),
        n=number(total, lang()),
    )
    largest = "; ".join(
        f"{name('iso_3166_2', row.iso_3166_2)} – {name('kind', row.kind)} – {name('country', row.country)} ({row.ties})"
        for row in named.itertuples()
    )
    return escape(f"{first} " + _("The largest flows: {flows}.").format(flows=largest))


def twin(flows: pd.DataFrame) -> pd.DataFrame:
    """The flows as a table in words."""
    ordered = flows.sort_values("ties", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            _("Subject"): [name("iso_3166_2", code) for code in ordered["iso_3166_2"]],
            _("Kind"): [name("kind", code) for code in ordered["kind"]],
            _("Country"): [name("country", code) for code in ordered["country"]],
            _("Ties"): ordered["ties"].to_numpy(),
        }
    )
