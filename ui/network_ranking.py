"""The ranking of subjects by centrality and concentration."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from geo import ties, units
from geo.i18n import number
from geo.maps.palettes import palette
from geo.ties import Ties
from ui import charts, theme
from ui.i18n import _, lang
from ui.network_choices import NetworkChoice, measure_words

ROW_PX: Final = 21


def table(choice: NetworkChoice) -> pd.DataFrame:
    """Measures of each subject, highest first; for a change those before and now, side by side."""
    if choice.time != "change":
        return _measures(choice.shown()).sort_values(
            [choice.measure, "weighted_degree"], ascending=False, kind="stable"
        )
    parts = ties.before_and_after(choice.ties, choice.since)
    before, after = (_measures(parts[side]) for side in ("before", "after"))
    both = after.join(before.add_suffix("_before"), how="outer")
    counts = ["degree", "weighted_degree", "degree_before", "weighted_degree_before"]
    both[counts] = both[counts].fillna(0).astype("int64")  # no tie at all on one side of the year is a zero
    return both.sort_values([choice.measure, "weighted_degree"], ascending=False, kind="stable")


def _measures(chosen: Ties) -> pd.DataFrame:
    return ties.centrality(ties.graph(chosen))


def drawn(choice: NetworkChoice, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the chart: concentration is not drawn for subjects with few ties."""
    return frame[frame["weighted_degree"] >= ties.LEAST_TIES] if choice.measure == "herfindahl" else frame


def draw(choice: NetworkChoice, frame: pd.DataFrame) -> go.Figure:
    """Draw bars, or for a change the two ends of each subject's way."""
    look, measure = theme.look(), choice.measure
    names = [escape(units.name(str(iso), lang())) for iso in frame.index]
    codes = [[iso, ""] for iso in frame.index]
    values = frame[measure]
    colour = palette("teal", 5, look)[3]
    accent = [look.accent if iso == choice.region else colour for iso in frame.index]
    written = [number(value, lang()) if pd.notna(value) else "" for value in values]
    plain = {"opacity": 1}
    kept = {"selected": {"marker": plain}, "unselected": {"marker": plain}}
    now = {"x": values, "y": names, "customdata": codes, **kept}
    if choice.time != "change":
        marks: list[go.Bar | go.Scatter] = [
            go.Bar(
                **now,
                orientation="h",
                marker={"color": accent},
                text=written,
                textposition="outside",
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra></extra>",
            )
        ]
    else:
        before = frame[f"{measure}_before"]
        way = {
            "x": [x for pair in zip(before, values, strict=True) for x in (*pair, None)],
            "y": [y for name in names for y in (name, name, None)],
        }
        ring = {"color": look.card, "size": 10, "line": {"color": colour, "width": 2}}
        then, today = (
            _("end of {year}").format(year=choice.since - 1),
            _("now ({year})").format(year=choice.ties.snapshot),
        )
        line = {"color": look.hatch, "width": 2}
        marks = [
            go.Scatter(**way, mode="lines", line=line, hoverinfo="skip", showlegend=False),
            go.Scatter(**{**now, "x": before}, mode="markers", name=then, marker=ring, cliponaxis=False),
            go.Scatter(**now, mode="markers", name=today, marker={"color": accent, "size": 10}, cliponaxis=False),
        ]
    room = {"l": 8, "r": 48, "t": 36 if choice.time == "change" else 4, "b": 36}
    figure = go.Figure(marks, charts.layout(margin=room))
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"color": look.ink, "size": 12})
    figure.update_xaxes(title_text=measure_words()[measure], rangemode="tozero", side="bottom")
    return figure


def height(frame: pd.DataFrame) -> int:
    """Height of the chart in pixels."""
    return 90 + ROW_PX * max(len(frame), 4)


def said(choice: NetworkChoice, frame: pd.DataFrame) -> str:
    """The main findings in words."""
    measure, values = choice.measure, frame[choice.measure].dropna()
    top = "; ".join(
        f"{units.name(str(iso), lang())} ({number(value, lang())})" for iso, value in values.head(3).items()
    )
    parts = [
        _("{measure}, highest: {top}; the median of {n} subjects is {median}.").format(
            measure=measure_words()[measure], top=top, n=len(values), median=number(float(values.median()), lang())
        )
    ]
    if choice.time == "change":
        before = frame[f"{measure}_before"]
        fell, rose = int((frame[measure] < before).sum()), int((frame[measure] > before).sum())
        compared = _("It is lower than at the end of {year} for {fell} subjects and higher for {rose}.")
        parts.append(compared.format(year=choice.since - 1, fell=fell, rose=rose))
    if measure == "herfindahl":
        rule = _("1 means that all ties go to one country. Subjects with fewer than {n} ties are not drawn.")
        parts.append(rule.format(n=ties.LEAST_TIES))
    if measure == "betweenness":
        parts.append(
            _(
                "Betweenness: share of the shortest paths between other subjects that run through this one, "
                "two subjects being the nearer the more partner countries they share."
            )
        )
    return escape(" ".join(parts))


def twin(choice: NetworkChoice, frame: pd.DataFrame) -> pd.DataFrame:
    """All measures as a table in words, with the ties by type of instrument: the synthetic profile of an actor."""
    words = measure_words()
    columns = {words[column]: frame[column].to_numpy() for column in words}
    if "degree_before" in frame:
        columns |= {f"{words[column]} ({_('before')})": frame[f"{column}_before"].to_numpy() for column in words}
    profile = ties.profile(choice.shown()).reindex(frame.index, fill_value=0)
    columns |= {one.title.of(lang()): profile[key].to_numpy() for key, one in ties.instruments().items()}
    names = [units.name(str(iso), lang()) for iso in frame.index]
    return pd.DataFrame({"iso_3166_2": frame.index, _("Subject"): names, **columns})
