"""The triangle of directions: whither a subject's ties lie."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from geo import ties, units
from geo.maps.palettes import palette
from geo.ties import Ties
from geo.ties.groups import OTHER
from ui import charts, point_names, theme
from ui.i18n import _, lang
from ui.network_choices import NetworkChoice

CORNERS: Final = ("eu_nordic", "post_soviet", "east_asia")
LEAST_TIES: Final = 5
"""Below this a point says little of a direction: with one tie it lies in a corner."""
NAMED: Final = 24
"""Subjects with the most ties, which are named in the chart where their names find a place."""
HEIGHT: Final = 640
ROOM: Final = {"l": 60, "r": 60, "t": 40, "b": 50}
"""Height of the chart in pixels and what stands round the triangle."""


def table(choice: NetworkChoice) -> pd.DataFrame:
    """Shares of the three directions, and of all others aside; for a change with a row index of (side, subject)."""
    if choice.time != "change":
        return _shares(choice.shown())
    parts = ties.before_and_after(choice.ties, choice.since)
    return pd.concat({side: _shares(parts[side]) for side in ("before", "after")})


def _shares(chosen: Ties) -> pd.DataFrame:
    """Shares of :func:`geo.ties.vector` with ``inside``, the number of ties with the three directions."""
    shares = ties.vector(chosen)
    return shares.assign(inside=((1 - shares[OTHER]) * shares["ties"]).round().astype("int64"))


def draw(choice: NetworkChoice, shares: pd.DataFrame) -> go.Figure:
    """Draw one point a subject with at least :data:`LEAST_TIES` ties in the three directions."""
    look = theme.look()
    inks = palette("teal", 5, look)
    if choice.time == "change":
        before, after = (_drawn(side) for side in _sides(shares))
        then, today = (
            _("end of {year}").format(year=choice.since - 1),
            _("now ({year})").format(year=choice.ties.snapshot),
        )
        marks = [
            _ways(before, after),
            _points(choice, before, then, look.card, inks[3], labels=False),
            _points(choice, after, today, inks[3], inks[3], labels=True),
        ]
    else:
        marks = [_points(choice, _drawn(shares), "", inks[2], look.subject_line, labels=True)]
    figure = go.Figure(marks, charts.layout(showlegend=choice.time == "change", margin=ROOM, height=HEIGHT))
    axis = {
        "gridcolor": look.line,
        "linecolor": look.hatch,
        "tickformat": ".0%",
        "tickfont": {"color": look.soft, "size": 11},
        "tickvals": [0.25, 0.5, 0.75],
        "ticks": "",
    }
    corners = {
        name: {**axis, "title": {"text": escape(ties.direction_name(group, lang())), "font": {"size": 13}}}
        for name, group in zip(("aaxis", "baxis", "caxis"), CORNERS, strict=True)
    }
    figure.update_layout(ternary={"sum": 1, "bgcolor": "rgba(0,0,0,0)", **corners})
    return figure


def _sides(shares: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Shares before and after; a side on which no tie stood has no rows."""
    sides = shares.index.get_level_values(0)
    before, after = (shares[sides == side].droplevel(0) for side in ("before", "after"))
    return before, after


def _drawn(shares: pd.DataFrame) -> pd.DataFrame:
    kept = shares[shares["inside"] >= LEAST_TIES].sort_values("ties", ascending=False, kind="stable")
    inside = kept[list(CORNERS)].div(kept[list(CORNERS)].sum(axis="columns"), axis="index")
    return inside.assign(ties=kept["ties"], inside=kept["inside"], other=kept[OTHER])


def _points(
    choice: NetworkChoice, frame: pd.DataFrame, name: str, fill: str, edge: str, *, labels: bool
) -> go.Scatterternary:
    look = theme.look()
    short = units.subjects()[f"name_short_{lang()}"]
    names = [
        str(short[iso]) if labels and (i < NAMED or iso == choice.region) else "" for i, iso in enumerate(frame.index)
    ]
    sizes = (frame["inside"] ** 0.5 * 2.6).clip(7, 34)
    places = point_names.sides(_pixels(frame), list(sizes / 2), names)
    shares = "<br>".join(
        f"{escape(ties.direction_name(group, lang()))}: %{{{axis}:.0%}}"
        for group, axis in zip(CORNERS, "abc", strict=True)
    )
    aside = f"{_('ties')}: %{{customdata[3]}}, {_('with other countries')}: %{{customdata[4]}} %"
    opaque = {"marker": {"opacity": 0.9}}
    return go.Scatterternary(
        a=frame["eu_nordic"],
        b=frame["post_soviet"],
        c=frame["east_asia"],
        mode="markers+text",
        text=[escape(name) if place else "" for name, place in zip(names, places, strict=True)],
        textposition=[place or "middle right" for place in places],
        textfont={"size": 11, "color": look.ink},
        name=name,
        cliponaxis=False,
        marker={
            "size": sizes,
            "opacity": 0.9,
            "color": [look.accent if iso == choice.region else fill for iso in frame.index],
            "line": {"color": edge, "width": 1.4},
        },
        selected=opaque,
        unselected=opaque,
        customdata=[
            [iso, "", units.name(str(iso), lang()), int(row["ties"]), f"{100 * row['other']:.0f}"]
            for iso, row in frame.iterrows()
        ],
        hovertemplate=f"<b>%{{customdata[2]}}</b><br>{shares}<br>{aside}<extra></extra>",
    )


def _pixels(frame: pd.DataFrame) -> list[tuple[float, float]]:
    """Where the points lie in a window wide enough for the whole height: x and y downward, from the left corner."""
    tall = HEIGHT - ROOM["t"] - ROOM["b"]
    side = tall * 2 / 3**0.5
    x = (frame["east_asia"] + frame["eu_nordic"] / 2) * side
    return list(zip(x, (1 - frame["eu_nordic"]) * tall, strict=True))


def _ways(before: pd.DataFrame, after: pd.DataFrame) -> go.Scatterternary:
    both = before.index.intersection(after.index)
    ends = {
        group: [x for iso in both for x in (before.loc[iso, group], after.loc[iso, group], None)] for group in CORNERS
    }
    return go.Scatterternary(
        a=ends["eu_nordic"],
        b=ends["post_soviet"],
        c=ends["east_asia"],
        mode="lines",
        line={"color": theme.look().accent, "width": 1.5},
        hoverinfo="skip",
        showlegend=False,
    )


def said(choice: NetworkChoice, shares: pd.DataFrame) -> str:
    """The main findings in words."""
    if choice.time != "change":
        return _said_of(shares, "")
    before, after = _sides(shares)
    return f"{_said_of(before, _('At the end of {year}:').format(year=choice.since - 1))} {_said_of(after, _('Now:'))}"


def _said_of(shares: pd.DataFrame, intro: str) -> str:
    drawn = _drawn(shares)
    mostly = "; ".join(f"{ties.direction_name(group, lang())} – {int((drawn[group] > 0.5).sum())}" for group in CORNERS)
    aside = float((shares[OTHER] * shares["ties"]).sum() / shares["ties"].sum()) if len(shares) else 0.0
    sentence = _(
        "Subjects drawn: {n}; more than half of their ties lie in one direction: {mostly}. Not drawn: {few} with fewer "
        "than {least} ties in the three directions. Ties with other countries, {other} % of all, stand aside."
    )
    figures = {"n": len(drawn), "few": len(shares) - len(drawn), "least": LEAST_TIES, "other": round(100 * aside)}
    return escape(f"{intro} {sentence.format(mostly=mostly, **figures)}".strip())


def twin(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares as a table in words, in per cent of all ties."""
    sides = shares.index.nlevels == 2
    frame = shares.reset_index(names=["side", "iso_3166_2"] if sides else "iso_3166_2")
    groups = {f"{ties.direction_name(group, lang())}, %": 100 * frame[group] for group in (*CORNERS, OTHER)}
    when = {_("When"): frame["side"].map({"before": _("before"), "after": _("now")})} if sides else {}
    names = [units.name(code, lang()) for code in frame["iso_3166_2"]]
    return pd.DataFrame(
        {"iso_3166_2": frame["iso_3166_2"], _("Subject"): names, **when, **groups, _("Ties"): frame["ties"]}
    )
