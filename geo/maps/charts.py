"""Charts for slides and files, in the look of the maps: what happened when, and ties against what a model expects."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from geo import ties
from geo.i18n import Language, country_name, number, translator
from geo.maps.figures import save
from geo.maps.palettes import palette
from geo.maps.themes import Theme
from geo.maps.typesetting import font
from geo.measures.relations import Compensation
from geo.ties import Ties

Size = tuple[float, float]
FIRST_YEAR: Final = 1991
SIZE: Final[Size] = (8.6, 6.2)
TEXT: Final = 15.0
"""Points on a chart of this width: readable from the last row."""
LEAST_RATIO: Final = 0.02
SHAPES: Final = {"enabling": "^", "restricting": "v", "mixed": "D"}
CLAIMED: Final = "warm_regions_cool_states"


def timeline(chosen: Ties, milestones: pd.DataFrame, theme: Theme, lang: Language, size: Size = SIZE) -> Figure:
    """Bars up for ties opened, down for those ended and suspended, by year; legal acts above them."""
    _ = translator(lang)
    years = np.arange(FIRST_YEAR, ties.load().snapshot + 1)
    counts = ties.openings_and_endings(chosen).reindex(years, fill_value=0)
    page, axes = _page(size, theme)
    tone = palette("teal", 5, theme)[3]
    axes.bar(years, counts["opened"], color=tone, width=0.76, label=_("opened"))
    axes.bar(years, -counts["ended"], color=theme.soft, width=0.76, label=_("ended"))
    below = -counts["ended"]
    axes.bar(years, -counts["suspended"], bottom=below, color=theme.accent, width=0.76, label=_("suspended"))
    top = max(int(counts["opened"].max()), int((counts["ended"] + counts["suspended"]).max()), 1)
    colours = {"enabling": tone, "restricting": theme.accent, "mixed": theme.soft}
    shown = milestones[milestones["year"] >= FIRST_YEAR]
    place = shown.groupby("year").cumcount()
    for effect, marker in SHAPES.items():
        acts = shown[shown["effect"] == effect]
        if len(acts):
            heights = top * (1.22 + 0.11 * place.loc[acts.index])
            said = _("legal act, {effect}").format(effect=ties.effect_name(effect, lang))
            axes.scatter(acts["year"], heights, marker=marker, s=85, color=colours[effect], label=said, linewidth=0)
    axes.axhline(0, color=theme.soft, linewidth=1)
    highest = 1.3 + 0.11 * (int(place.max()) if len(place) else 0)
    axes.set_xlim(FIRST_YEAR - 0.7, years[-1] + 0.7)
    axes.set_ylim(-1.12 * top, highest * top)
    step = max(1, round(top / 3))
    axes.yaxis.set_major_locator(FixedLocator(list(range(-(top // step) * step, top + 1, step))))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda tick, _place: number(abs(tick), lang, 0)))
    axes.xaxis.set_major_locator(FixedLocator(list(range(1995, int(years[-1]) + 1, 5))))
    axes.set_ylabel(_("ties a year"), fontproperties=font("sans", TEXT * 0.85), color=theme.soft)
    _legend(page, axes, theme)
    return page


def compensation(
    made: Compensation, theme: Theme, lang: Language, size: Size = SIZE, highlight: tuple[str, ...] = ()
) -> Figure:
    """Ties as listed over the number expected, countries from the least to the greatest agreement of the states."""
    _ = translator(lang)
    found = made.countries.dropna(subset=["un_agreement"]).sort_values("un_agreement", kind="stable")
    page, axes = _page(size, theme)
    rows = np.arange(len(found))
    ratio = (found["observed"] / found["expected"]).clip(lower=LEAST_RATIO).to_numpy()
    low = (found["count_low"] / found["expected"]).clip(lower=LEAST_RATIO).to_numpy()
    high = (found["count_high"] / found["expected"]).to_numpy()
    tone = palette("teal", 5, theme)[1]
    axes.hlines(rows, low, high, color=tone, linewidth=9, label=_("model: where 90 % of draws lie"))
    claimed = [code in highlight or quadrant == CLAIMED for code, quadrant in found["quadrant"].items()]
    colours = [theme.accent if one else theme.ink for one in claimed]
    axes.scatter(
        ratio, rows, s=95, c=colours, zorder=3, edgecolor=theme.paper, linewidth=1, label=_("fact: ties as listed")
    )
    cool = int((found["un_agreement"] < made.split).sum())
    most = float(max(high.max(), ratio.max())) * 1.25
    axes.axvline(1, color=theme.soft, linewidth=1)
    axes.axhline(cool - 0.5, color=theme.soft, linewidth=1, linestyle=(0, (5, 4)))
    axes.fill_between([1, most], -0.8, cool - 0.5, color=theme.accent, alpha=0.1, linewidth=0)
    axes.set_xscale("log")
    axes.set_xlim(LEAST_RATIO * 0.9, most)
    axes.set_ylim(len(found) - 0.3, -0.8)
    ticks = ((0.03, 2), (0.1, 1), (0.3, 1), (1, 0), (3, 0), (10, 0))
    axes.xaxis.set_major_locator(FixedLocator([tick for tick, _digits in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())
    digits = dict(ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda tick, _place: number(tick, lang, digits.get(tick, 1))))
    axes.set_xlabel(
        _("ties as listed, in multiples of the expected number"),
        fontproperties=font("sans", TEXT * 0.85),
        color=theme.soft,
    )
    names = [
        f"{country_name(str(code), lang)}  {number(100 * votes, lang, 0)} %"
        for code, votes in found["un_agreement"].items()
    ]
    axes.set_yticks(rows, names)
    for label in axes.get_yticklabels():
        label.set(fontproperties=font("sans", TEXT * 0.8), color=theme.ink)
    for middle, words in (((cool - 1) / 2, _("cool states")), ((cool + len(found) - 1) / 2, _("warm states"))):
        axes.text(
            1.012,
            middle,
            words.replace(" ", "\n"),
            transform=axes.get_yaxis_transform(),
            fontproperties=font("serif", TEXT, italic=True),
            color=theme.soft,
            rotation=-90,
            multialignment="center",
            ha="left",
            va="center",
        )
    _legend(page, axes, theme)
    return page


def svg(page: Figure) -> str:
    """Drawing of a chart; letters are outlines, so it looks alike everywhere."""
    out = BytesIO()
    save(page, out, "svg")
    text = out.getvalue().decode()
    return text[text.index("<svg") :]


def _page(size: Size, theme: Theme) -> tuple[Figure, Axes]:
    page = Figure(figsize=size, facecolor=theme.paper, layout="constrained")
    FigureCanvasAgg(page)
    axes = page.add_subplot()
    axes.set_facecolor(theme.paper)
    axes.grid(color=theme.line, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=theme.soft)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font("sans", TEXT * 0.85))
    axes.tick_params(labelsize=TEXT * 0.85)
    return page, axes


def _legend(page: Figure, axes: Axes, theme: Theme) -> None:
    page.legend(
        *axes.get_legend_handles_labels(),
        loc="outside upper left",
        ncols=2,
        frameon=False,
        prop=font("sans", TEXT * 0.8),
        labelcolor=theme.ink,
        handlelength=1.2,
        columnspacing=1.4,
    )
