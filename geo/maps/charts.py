"""Charts for slides and files, in the look of the maps: what happened when, ties against a model, ranks, matrix."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from numpy.typing import NDArray

from geo import ties, units
from geo.i18n import Language, country_name, number, translator
from geo.maps.colour import legible
from geo.maps.figures import save
from geo.maps.palettes import palette
from geo.maps.themes import Theme
from geo.maps.typesetting import font
from geo.measures.relations import Compensation
from geo.ties import Ties

Size = tuple[float, float]
Floats = NDArray[Any]
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
    _legend(axes, theme)
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
    _dots(axes, ratio, rows, colours, _("fact: ties as listed"), theme)
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
    _legend(axes, theme)
    return page


def ranking(
    found: pd.DataFrame, of: int, theme: Theme, lang: Language, size: Size = SIZE, highlight: tuple[str, ...] = ()
) -> Figure:
    """Subjects as dots at their ranks, on the lines that hold 90 % of the draws.

    Parameters
    ----------
    found
        Rows of :attr:`geo.measures.uncertainty.RankUncertainty.units` in their order.
    of
        Subjects that are ranked, those included that are not drawn.
    """
    _ = translator(lang)
    page, axes = _page(size, theme)
    rows = np.arange(len(found))
    tones = [theme.accent if code in highlight else theme.ink for code in found.index]
    low, high = found["rank_low"].to_numpy(), found["rank_high"].to_numpy()
    tone = palette("teal", 5, theme)[1]
    axes.hlines(rows, low, high, color=tone, linewidth=9, label=_("ranks in 90 % of draws"))
    _dots(axes, found["rank"].to_numpy(), rows, tones, _("rank by the recipe"), theme)
    axes.set_xlim(0, max(float(high.max()), float(found["rank"].max())) + 1)
    _named_rows(axes, [_short_name(str(code), lang) for code in found.index], theme)
    axes.set_xlabel(
        _("rank among {n} subjects").format(n=of),
        fontproperties=font("sans", TEXT * 0.85),
        color=theme.soft,
    )
    _legend(axes, theme)
    return page


def bars(
    shown: pd.Series, label: str, theme: Theme, lang: Language, size: Size = SIZE, highlight: tuple[str, ...] = ()
) -> Figure:
    """Subjects in their order, one bar each with its figure."""
    page, axes = _page(size, theme)
    rows, tone = np.arange(len(shown)), palette("teal", 5, theme)[3]
    digits = 0 if pd.api.types.is_integer_dtype(shown) else 2
    axes.barh(rows, shown, color=[theme.accent if code in highlight else tone for code in shown.index], height=0.72)
    for row, value in zip(rows, shown, strict=True):
        words = axes.text(
            float(value), int(row), f" {number(float(value), lang, digits)}", va="center", color=theme.ink
        )
        words.set_fontproperties(font("sans", TEXT * 0.8))
    axes.set_xlim(0, 1.12 * float(shown.max()))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda tick, _place: number(tick, lang, min(digits, 1))))
    _named_rows(axes, [_short_name(str(code), lang) for code in shown.index], theme)
    axes.set_xlabel(label, fontproperties=font("sans", TEXT * 0.85), color=theme.soft)
    return page


def matrix(
    cells: pd.DataFrame, theme: Theme, lang: Language, size: Size = SIZE, highlight: tuple[str, ...] = ()
) -> Figure:
    """Ties of subjects and countries as cells with their number, deeper where there are more."""
    page, axes = _page(size, theme)
    axes.grid(visible=False)
    colours = palette("teal", 9, theme)
    high = max(float(np.log2(cells.to_numpy().max() + 1)), 1.0)
    for (row, column), value in np.ndenumerate(cells.to_numpy()):
        if value:
            colour = colours[round(float(np.log2(value + 1)) / high * (len(colours) - 1))]
            axes.add_patch(Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, facecolor=colour, linewidth=0))
            words = axes.text(column, row, number(int(value), lang), ha="center", va="center", color=legible(colour))
            words.set_fontproperties(font("sans", TEXT * 0.72))
        else:
            axes.scatter(column, row, s=4, color=theme.line, linewidth=0)
    axes.set_xlim(-0.5, cells.shape[1] - 0.5)
    _named_rows(axes, [_short_name(str(code), lang) for code in cells.index], theme)
    axes.xaxis.tick_top()
    axes.set_xticks(np.arange(cells.shape[1]), [country_name(str(code), lang) for code in cells.columns], rotation=90)
    for label in axes.get_xticklabels():
        label.set(fontproperties=font("sans", TEXT * 0.8), color=theme.ink)
    marked = [(axes.get_yticklabels(), cells.index), (axes.get_xticklabels(), cells.columns)]
    for labels, codes in marked:
        for label, code in zip(labels, codes, strict=True):
            if code in highlight:
                label.set(color=theme.accent, fontproperties=font("sans", TEXT * 0.8, "bold"))
    return page


def _dots(axes: Axes, x: Floats, y: Floats, colours: Sequence[str], label: str, theme: Theme) -> None:
    axes.scatter(x, y, s=95, c=colours, zorder=3, edgecolor=theme.paper, linewidth=1)
    axes.scatter([], [], s=95, c=theme.ink, linewidth=0, label=label)  # the legend has the colour of most dots


def _named_rows(axes: Axes, names: Sequence[str], theme: Theme) -> None:
    axes.set_yticks(np.arange(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    for label in axes.get_yticklabels():
        label.set(fontproperties=font("sans", TEXT * 0.8), color=theme.ink)


def _short_name(code: str, lang: Language) -> str:
    return str(units.subjects().loc[code, f"name_short_{lang}"])


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


def _legend(axes: Axes, theme: Theme) -> None:
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        borderaxespad=0.2,
        ncols=2,
        frameon=False,
        prop=font("sans", TEXT * 0.8),
        labelcolor=theme.ink,
        handlelength=1.2,
        columnspacing=1.4,
    )
