"""Charts as pictures: plotly's own drawing with title, sources, version and address on it.

A chart is drawn for paper by the same plotly.js that draws it on the page, in a Chrome or Chromium of this machine.
Where there is none, the reader's own browser saves the captioned chart (:func:`captioned` on the page).
"""

from __future__ import annotations

import html
import os
import re
import textwrap
from collections.abc import Sequence
from threading import Lock
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from geo.errors import LimitropheError
from geo.i18n import Language, translator
from geo.maps.themes import LIGHT, Theme

Picture = Literal["png", "svg", "pdf"]

WIDTH = 1122
"""Width of a sheet in pixels: A4 across, at 96 dots an inch."""

SIDE, HEAD, FOOT = 24, 88, 20
AXIS_ROOM = 58
"""Pixels under the plot for the labels and the title of its axis."""

LINE = 16
LETTERS = 176
"""Letters of the small type in a line of the caption."""

USUAL_HEIGHT = 450
LETTER = 7.5
"""Pixels that a letter of a label takes at most on average."""

NOWHERE = "http://127.0.0.1:9"
"""Proxy of the browser that draws: no request of it leaves this machine, as nothing listens there."""

# each drawing starts a browser: one at a time, so that a class does not start twenty
_browser = Lock()


class NoBrowserError(LimitropheError):
    """There is no Chrome or Chromium on the machine that could draw a chart."""


def captioned(figure: go.Figure, title: str, caption: Sequence[str], theme: Theme = LIGHT) -> go.Figure:
    """Put a title over a chart and lines of small type under it.

    Parameters
    ----------
    figure
        In the look of the atlas; it is not changed.
    caption
        Paragraphs: what it shows, sources, version and address.
    """
    sheet = go.Figure(figure)
    lines = [line for part in caption for line in textwrap.wrap(part, LETTERS, break_on_hyphens=False)]
    foot = LINE * len(lines) + FOOT + AXIS_ROOM
    margin = figure.layout.margin.to_plotly_json()
    head, right = max(margin.get("t") or 0, _labels_above(figure)) + HEAD, max(margin.get("r") or 0, SIDE) + SIDE
    height = (figure.layout.height or USUAL_HEIGHT) + HEAD + foot
    if figure.layout.legend.yref == "container":  # it stood at the top edge, where the title stands now
        sheet.update_layout(legend={"y": 1 - HEAD / height})
    # a scale beside the plot would move the caption, and the cells bear their figures
    sheet.update_traces(showscale=False, selector={"type": "heatmap"})
    sheet.update_layout(
        width=WIDTH,
        height=height,
        paper_bgcolor=theme.paper,
        margin={"t": head, "b": foot, "l": max(margin.get("l") or 0, SIDE), "r": right},
        title={
            "text": "<br>".join(f"<b>{_plain(line)}</b>" for line in textwrap.wrap(title, 88)[:2]),
            "font": {"family": "'Noto Serif', 'PT Serif', Georgia, serif", "size": 22, "color": theme.ink},
            **{"x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"},
            "pad": {"l": SIDE, "t": SIDE},
        },
    )
    sheet.add_annotation(
        text="<br>".join(map(_plain, lines)),
        **{"xref": "paper", "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top"},
        xshift=right - SIDE,
        yshift=-AXIS_ROOM,
        width=WIDTH - 2 * SIDE,
        align="left",
        showarrow=False,
        font={"size": 11, "color": theme.soft},
    )
    return sheet


def _labels_above(figure: go.Figure) -> float:
    """Pixels that the labels of an axis over the plot take; upright ones as long as they are."""
    axis = figure.layout.xaxis
    if axis.side != "top":
        return 0
    longest = max((len(str(text)) for text in _list(axis.ticktext) or [""]), default=0)
    return 44 if not axis.tickangle else longest * LETTER


def _plain(text: str) -> str:
    """Text in which plotly sees no markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def picture(sheet: go.Figure, kind: Picture, dpi: int, lang: Language) -> bytes:
    """Draw a captioned chart.

    Parameters
    ----------
    dpi
        Dots an inch of a PNG; 96 is one pixel of the page.

    Raises
    ------
    NoBrowserError
        If no Chrome or Chromium is found here; says what to do instead.
    """
    from choreographer.errors import BrowserFailedError, ChromeNotFoundError
    from kaleido import calc_fig_sync

    _ = translator(lang)
    options: dict[str, Any] = {
        "format": kind,
        "width": sheet.layout.width,
        "height": sheet.layout.height,
        "scale": dpi / 96,
    }
    try:
        with _browser:
            drawn: bytes = calc_fig_sync(
                sheet.to_plotly_json(), opts=options, kopts={"mathjax": False, "proxy_server": NOWHERE}
            )
    except (ChromeNotFoundError, BrowserFailedError) as error:
        raise NoBrowserError(no_browser(lang)) from error
    return drawn


def browser_found() -> bool:
    """Whether this machine has a Chrome or Chromium that can draw charts."""
    from choreographer.browsers.chromium import Chromium

    return bool(os.environ.get("BROWSER_PATH") or Chromium.find_browser(skip_local=False))


def no_browser(lang: Language) -> str:
    """What to do where no browser can draw charts."""
    _ = translator(lang)
    return _(
        "No Chrome or Chromium on the server can draw this chart: save it with the camera above the chart in this "
        "menu, or install the package chromium."
    )


def meanings(figure: go.Figure, lang: Language) -> list[tuple[str, str]]:
    """What the columns of :func:`drawn_values` are: the titles of the axes, or what they list."""
    _ = translator(lang)
    kinds = {trace.type for trace in figure.data}
    if kinds == {"sankey"}:
        return [("from", _("where the flow begins")), ("to", _("where it ends")), ("value", _("ties"))]
    names = dict.fromkeys(str(_value(trace.name)) for trace in figure.data if trace.name)
    said = [
        ("series", "; ".join(names)),
        *((letter, _axes(figure, letter, lang)) for letter in "xy"),
        ("text", _("label of the mark")),
        ("z", _("figure of the cell") if "heatmap" in kinds else ""),
    ]
    columns = drawn_values(figure).columns
    return [(column, meaning) for column, meaning in said if meaning and column in columns]


def _axes(figure: go.Figure, letter: str, lang: Language) -> str:
    """Titles of all horizontal or vertical axes, and that a share is kept from 0 to 1."""
    _ = translator(lang)
    axes = [axis for name, axis in figure.layout.to_plotly_json().items() if name.startswith(f"{letter}axis")]
    titles = dict.fromkeys(str(_value(axis.get("title", {}).get("text")) or "") for axis in axes)
    share = _("from 0 to 1") if any("%" in axis.get("tickformat", "") for axis in axes) else ""
    said = "; ".join(title for title in titles if title)
    return ", ".join(part for part in (said, share) if part) or _("as the chart labels this axis")


def drawn_values(figure: go.Figure) -> pd.DataFrame:
    """Figures that a chart draws, one row a mark: its series and its place on each axis, or its flow."""
    rows: list[dict[str, Any]] = []
    for trace in figure.data:
        if trace.type == "sankey":
            rows += _flows(trace)
        elif trace.type == "scatter" and trace.hoverinfo == "skip" and not trace.name:
            continue  # a line that leads the eye from mark to mark
        elif trace.type == "heatmap":
            rows += _heat(trace, _named(figure.layout.xaxis), _named(figure.layout.yaxis))
        else:
            rows += _marks(trace, _named(figure.layout.yaxis))
    return pd.DataFrame(rows).dropna(axis="columns", how="all")


def _marks(trace: Any, names: dict[Any, str]) -> list[dict[str, Any]]:
    axes = {name: _list(trace[name]) for name in ("x", "y", "a", "b", "c", "text") if name in trace}
    long = max(map(len, axes.values()), default=0)
    rows = [{name: _value(each[place]) for name, each in axes.items() if place < len(each)} for place in range(long)]
    # lines are broken by empty points
    shown = [row for row in rows if row.get("x", row.get("a")) is not None]
    return [
        {"series": trace.name, **row, **({"y": names.get(row["y"], row["y"])} if "y" in row else {})} for row in shown
    ]


def _heat(trace: Any, columns: dict[Any, str], rows: dict[Any, str]) -> list[dict[str, Any]]:
    z = _list(trace.z)
    x = _list(trace.x) or list(range(len(z[0]) if z else 0))
    y = _list(trace.y) or list(range(len(z)))
    return [
        {"x": columns.get(x[column], x[column]), "y": rows.get(y[row], y[row]), "z": _value(value)}
        for row, values in enumerate(z)
        for column, value in enumerate(values)
        if _value(value) is not None
    ]


def _named(axis: Any) -> dict[Any, str]:
    """What places on an axis are called, where they have names and not figures."""
    texts = [str(_value(text)) for text in _list(axis.ticktext)]
    if not texts or all(re.fullmatch(r"[-−]?[\d.,\s]+%?", text) for text in texts):
        return {}
    return dict(zip(_list(axis.tickvals), texts, strict=False))


def _flows(trace: Any) -> list[dict[str, Any]]:
    labels = _list(trace.node.label)
    ends = zip(_list(trace.link.source), _list(trace.link.target), _list(trace.link.value), strict=True)
    return [{"from": labels[start], "to": labels[end], "value": value} for start, end, value in ends]


def _list(values: Any) -> Any:
    if values is None or isinstance(values, str):
        return []
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _value(value: Any) -> Any:
    if value is None or value != value:
        return None
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", value)).split()) if isinstance(value, str) else value
