"""Ties as layers over the map: symbols, lines and outlines with their legend, gathered for each scale beforehand.

What a span of years shows is worked out here and, while a reader brushes the years, by ``gathered`` in the script of
the map from the same groups; a browser test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, cast, get_args

from geo import boundaries, units
from geo.i18n import Language, country_name, translator
from geo.maps.arcs import Bounds
from geo.maps.brushing import brush
from geo.maps.describing import MOST_TOLD, STATUSES, Span, described, marked
from geo.maps.gathering import (
    AreaGroup,
    EdgeGroup,
    Gathered,
    LineGroup,
    Row,
    Scale,
    SymbolGroup,
    area_groups,
    gather,
    grouped,
    said,
    without_outline,
)
from geo.maps.layers import BOUNDS_KM
from geo.maps.symbols import AREAS, LINES, POINTS, Look, Looks, line, outline, symbol
from geo.maps.themes import THEMES, Theme, ThemeName
from geo.ties import Kind, Ties, form_name, kind_name, load, status_name

Overlay = Literal["twin_town", "crossing", "consulate", "euroregion", "cbc_programme", "joint_project"]
OVERLAYS: tuple[Overlay, ...] = get_args(Overlay)
SCALES = (Scale(0.0, 110.0, by_country=True), Scale(1.6, 34.0))
"""For a map of the whole country."""

_MODES = ("road", "rail", "air", "sea", "river", "mixed", "pedestrian")


@dataclass(frozen=True)
class LegendEntry:
    """One look with its meaning and number of ties."""

    look: Look
    label: str
    count: int


@dataclass(frozen=True)
class Layers:
    """What is drawn over a map, and the legend of it.

    Attributes
    ----------
    told
        For the script of the map: looks, symbols and lines by scale, outlines; coordinates in turned map kilometres.
    legend
        Heading and entries of each kind.
    beyond
        Number of partners outside the frame by country.
    unplaced
        Number of ties of each kind that have no point in the sources and are only listed.
    inland
        Codes of the units of each kind of grouping that lie further inland than there are outlines.
    """

    told: dict[str, Any]
    legend: tuple[tuple[str, tuple[LegendEntry, ...]], ...] = ()
    beyond: dict[str, int] = field(default_factory=dict)
    unplaced: dict[str, int] = field(default_factory=dict)
    inland: dict[str, list[str]] = field(default_factory=dict)


def frame_km() -> Bounds:
    """Frame of the whole map: least x and y, greatest x and y."""
    (low_y, low_x), (high_y, high_x) = BOUNDS_KM
    return low_x, low_y, high_x, high_y


@cache
def overlays(chosen: tuple[Overlay, ...], scope: units.Scope, lang: Language, theme: ThemeName) -> Layers:
    """Layers of ties of the subjects of a scope as the newest lists know them, for a map of the whole country."""
    ties = load().where(kind=cast("tuple[Kind, ...]", chosen), subject=list(units.scope(scope)))
    return layers(ties, (0, ties.snapshot), THEMES[theme], lang, frame_km())


def layers(
    ties: Ties,
    span: Span,
    theme: Theme,
    lang: Language,
    frame: Bounds,
    *,
    turn: boundaries.Turn | None = None,
    scales: Sequence[Scale] = SCALES,
    capitals: Collection[str] = (),
    brush_from: int | None = None,
) -> Layers:
    """Turn ties into layers.

    Parameters
    ----------
    ties
        Of all years.
    span
        Ties known in these years are drawn, in the state that they have at the end of the last.
    frame
        What the map shows, after the turn; lines are cut there and their ends gathered by country.
    scales
        From the smallest zoom on.
    capitals
        Codes of subjects and countries whose capitals are marked.
    brush_from
        First year of a timeline that the reader may brush: the script is told of all ties then, and can gather those of
        another span by itself.
    """
    rows = described(ties, span, lang)
    if brush_from is None:
        rows = [row for row in rows if row["shown"]]
    shown = [row for row in rows if row["shown"]]
    rows += marked(capitals, lang)
    looks = Looks(theme)
    gathered, areas = [*gather(rows, scales, frame, turn, lang)], [*area_groups(rows, lang)]
    told: dict[str, Any] = {"span": [*span]}
    if brush_from is not None:  # before all, so that its looks have the same numbers whatever the span
        told["brush"] = brush(ties, rows, gathered, areas, looks, lang, brush_from)
    told |= {
        "scales": [_scale(one, rows, looks, lang) for one in gathered],
        "outlines": [*_outlines(areas, rows, looks)],
    }
    edges = gathered[-1].edges if gathered else []
    beyond = Counter(row["country"] for one in edges for row in _shown(one.members, rows))
    return Layers(
        told={**told, "looks": looks.told()},
        legend=_legend(shown, theme, lang),
        beyond=dict(beyond.most_common()),
        unplaced=_unplaced(shown),
        inland=without_outline(shown),
    )


def _shown(members: Sequence[int], rows: Sequence[Row]) -> list[Row]:
    return [rows[i] for i in members if rows[i]["shown"]]


def _scale(one: Gathered, rows: Sequence[Row], looks: Looks, lang: Language) -> dict[str, Any]:
    return {
        "zoom": one.scale.zoom,
        "symbols": [*_symbols(one.symbols, rows, looks, lang), *_edges(one.edges, rows, looks, lang)],
        "lines": [*_lines(one.lines, rows, looks, lang)],
    }


def _symbols(groups: Sequence[SymbolGroup], rows: Sequence[Row], looks: Looks, lang: Language) -> Iterator[list[Any]]:
    """Symbols of one scale: place, look, number of ties and their words."""
    for kind, x, y, members in groups:
        if shown := _shown(members, rows):
            told = [_join(row["title"], row["told"]) for row in shown]
            words = (
                [shown[0]["title"], shown[0]["told"]]
                if len(shown) == 1
                else [f"{kind_name(kind, lang)}: {len(shown)}", *_list(told, lang)]
            )
            yield [x, y, looks.of(kind, _main_state(shown), _only(shown)), len(shown), words]


def _edges(groups: Sequence[EdgeGroup], rows: Sequence[Row], looks: Looks, lang: Language) -> Iterator[list[Any]]:
    """Symbols at the edge of the frame with the number of partners beyond it."""
    _ = translator(lang)
    for x, y, members in groups:
        partners = Counter(row["country"] for row in _shown(members, rows))
        if partners:
            told = [f"{country_name(country, lang)}: {n}" for country, n in partners.most_common()]
            words = [_("Partners beyond the frame: {n}").format(n=partners.total()), *_list(told, lang)]
            yield [x, y, looks.edge, partners.total(), words]


def _lines(groups: Sequence[LineGroup], rows: Sequence[Row], looks: Looks, lang: Language) -> Iterator[list[Any]]:
    """Lines of one scale: look, number of ties, their words, and the way."""
    for one in groups:
        if shown := _shown(one.members, rows):
            kind, title = shown[0]["kind"], shown[0]["title"]
            words = (
                [title, _join(kind_name(kind, lang), shown[0]["told"])]
                if len(shown) == 1
                else [f"{one.heading}: {len(shown)}", *_list([row["title"] for row in shown], lang)]
            )
            yield [looks.of(kind, _main_state(shown)), len(shown), words, one.steps]


def _outlines(groups: Sequence[AreaGroup], rows: Sequence[Row], looks: Looks) -> Iterator[list[Any]]:
    """Units of each euroregion and programme: code of the unit, look, what it belongs to."""
    for unit, name, kind, groupings in groups:
        # of the ties of several subjects with one grouping, the last speaks for it
        shown = [of[-1] for members in groupings if (of := _shown(members, rows))]
        if shown:
            words = [name, *(_join(row["title"], row["told"]) for row in shown)]
            yield [unit, looks.of(kind, _main_state(shown)), words]


def _main_state(rows: Sequence[Row]) -> str:
    """State that a symbol for several ties shows: that of most of them."""
    return str(Counter(row["state"] for row in rows).most_common(1)[0][0])


def _only(rows: Sequence[Row]) -> str | None:
    forms = {row["form"] for row in rows}
    return str(forms.pop()) if len(forms) == 1 else None


def _list(told: Sequence[str], lang: Language) -> list[str]:
    _ = translator(lang)
    if len(told) <= MOST_TOLD + 1:
        return list(told)
    return [*told[:MOST_TOLD], _("and {n} more").format(n=len(told) - MOST_TOLD)]


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _legend(rows: Sequence[Row], theme: Theme, lang: Language) -> tuple[tuple[str, tuple[LegendEntry, ...]], ...]:
    """Headings and entries: modes of crossings by their shapes, in grey, then states of everything by their colours."""
    found = []
    for kind, of_kind in grouped([row["kind"] for row in rows], rows).items():
        if kind not in (*LINES, *AREAS, *POINTS):
            continue
        draw = line if kind in LINES else outline if kind in AREAS else symbol
        once = list({row["group_id"]: row for row in of_kind}.values()) if kind in AREAS else of_kind
        modes = Counter(row["form"] for row in once if kind == "crossing")
        states = Counter(row["state"] for row in once)
        entries = [
            *(
                LegendEntry(
                    replace(symbol(kind, "active", theme, mode), fill=theme.soft), form_name(mode, lang), modes[mode]
                )
                for mode in _MODES
                if modes[mode]
            ),
            *(
                LegendEntry(draw(kind, state, theme), status_name(state, lang, kind), states[state])
                for state in STATUSES
                if states[state]
            ),
        ]
        found.append((kind_name(kind, lang), tuple(entries)))
    return tuple(found)


def _unplaced(rows: Sequence[Row]) -> dict[str, int]:
    """Number of ties of each kind without the points that their look needs."""
    needed = dict.fromkeys(LINES, ("subject_lon", "partner_lon")) | dict.fromkeys(POINTS[:2], ("subject_lon",))
    missing = (row["kind"] for row in rows if not all(said(row[key]) for key in needed.get(row["kind"], ())))
    return dict(Counter(missing))
