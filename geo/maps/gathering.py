"""Ties near each other as one symbol, one line, one outline, so that a map with many of them stays readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from geo import boundaries, facts, units
from geo.errors import UnknownCodeError
from geo.i18n import Language, country_name
from geo.maps.arcs import Bounds, Points, arc, on_map
from geo.maps.clusters import clusters
from geo.maps.symbols import AREAS, LINES
from geo.ties import kind_name

PLACED = ("crossing", "consulate", "capital")
"""Kinds whose sources name a place in the subject; capitals are no ties, but are drawn like them."""

Row = dict[str, Any]
_T = TypeVar("_T")


class Scale(NamedTuple):
    """How ties are gathered from a zoom on.

    Attributes
    ----------
    zoom
        Steps of zoom above the first view.
    reach_km
        How far a symbol gathers its neighbours.
    by_country
        One line for all ties of a subject with a country, instead of one a pair of neighbourhoods.
    """

    zoom: float
    reach_km: float
    by_country: bool = False


class SymbolGroup(NamedTuple):
    """Ties of one kind at one place; `members` are positions among the rows, as in all groups."""

    kind: str
    x: int
    y: int
    members: list[int]


class LineGroup(NamedTuple):
    """Ties between the same two neighbourhoods: what they are called together, and their way over the map."""

    heading: str
    steps: list[int]
    leaves: bool
    end: Points
    members: list[int]


class EdgeGroup(NamedTuple):
    """Ties whose lines leave the frame near each other."""

    x: int
    y: int
    members: list[int]


class AreaGroup(NamedTuple):
    """One unit with the groupings of one kind that it belongs to, each with its ties."""

    unit: str
    name: str
    kind: str
    groupings: list[list[int]]


class Gathered(NamedTuple):
    """All that is drawn at one scale."""

    scale: Scale
    symbols: list[SymbolGroup]
    lines: list[LineGroup]
    edges: list[EdgeGroup]


def gather(
    rows: Sequence[Row],
    scales: Sequence[Scale],
    frame: Bounds,
    turn: boundaries.Turn | None,
    lang: Language,
) -> Iterator[Gathered]:
    """Gather ties for each scale.

    Parameters
    ----------
    rows
        :func:`geo.maps.describing.described`.
    frame
        What the map shows, after the turn; lines are cut there.
    """
    at = points(rows, turn)
    for scale in scales:
        lines = line_groups(rows, scale, frame, turn, lang)
        symbols, edges = symbol_groups(rows, at, scale.reach_km), edge_groups(lines, scale.reach_km)
        yield Gathered(scale, [*symbols], lines, [*edges])


def points(rows: Sequence[Row], turn: boundaries.Turn | None) -> dict[int, Points]:
    """Where ties stand that stand at a point, by position; joint projects, which have no place, stand at their subject.

    Returns
    -------
    Kilometres of the turned map, shape (2,) each.
    """
    placed = [i for i, row in enumerate(rows) if row["kind"] in PLACED and said(row["subject_lon"])]
    lon_lat = np.array([[rows[i]["subject_lon"], rows[i]["subject_lat"]] for i in placed], dtype="float64")
    found = dict(zip(placed, on_map(lon_lat.reshape(-1, 2)), strict=True))
    projects = [i for i, row in enumerate(rows) if row["kind"] == "joint_project"]
    if projects:
        centres = boundaries.label_points("subjects")
        found |= {i: centres.loc[rows[i]["iso_3166_2"]].to_numpy(dtype="float64") for i in projects}
    if turn is None or not found:
        return found
    return dict(zip(found, boundaries.turned(np.array([*found.values()]), turn), strict=True))


def symbol_groups(rows: Sequence[Row], at: dict[int, Points], reach_km: float) -> Iterator[SymbolGroup]:
    """Gather ties of one kind that are near each other; capitals are never gathered."""
    kinds = [rows[i]["kind"] for i in at]
    for kind, members in grouped(kinds, [*at]).items():
        places = np.array([at[i] for i in members])
        leader = clusters(places, 0.0 if kind == "capital" else reach_km)
        for place, near in grouped(leader.tolist(), members).items():
            x, y = places[place]
            yield SymbolGroup(kind, round(x), round(y), near)


def line_groups(
    rows: Sequence[Row], scale: Scale, frame: Bounds, turn: boundaries.Turn | None, lang: Language
) -> list[LineGroup]:
    """Gather ties between the same two neighbourhoods, and those of a subject with a country beyond the frame."""
    links = [
        i
        for i, row in enumerate(rows)
        if row["kind"] in LINES and said(row["subject_lon"]) and said(row["partner_lon"])
    ]
    if not links:
        return []
    here, there = (
        on_map(np.array([[rows[i][f"{side}_lon"], rows[i][f"{side}_lat"]] for i in links], dtype="float64"))
        for side in ("subject", "partner")
    )
    starts: list[Any] = [rows[i]["iso_3166_2"] for i in links]
    ends: list[Any] = [rows[i]["country"] for i in links]
    if not scale.by_country:
        inside = _within(there if turn is None else boundaries.turned(there, turn), frame)
        starts, near = clusters(here, scale.reach_km).tolist(), clusters(there, scale.reach_km).tolist()
        ends = [at if is_in else country for at, is_in, country in zip(near, inside, ends, strict=True)]
    keys = list(zip(starts, ends, [rows[i]["kind"] for i in links], strict=True))
    found = []
    for (_start, _end, kind), at in grouped(keys, range(len(links))).items():
        first, last = rows[links[at[_middle(here[at])]]], rows[links[at[_middle(there[at])]]]
        way = arc(
            (first["subject_lon"], first["subject_lat"]),
            (last["partner_lon"], last["partner_lat"]),
            frame,
            turn,
            tolerance_km=max(scale.reach_km / 8, 0.5),
        )
        if len(way.points) < 2:
            continue
        between = join_names(units.name(first["iso_3166_2"], lang), country_name(last["country"], lang))
        heading = between if scale.by_country else kind_name(kind, lang)
        found.append(LineGroup(heading, _steps(way.points), way.leaves, way.points[-1], [links[i] for i in at]))
    return found


def edge_groups(lines: Sequence[LineGroup], reach_km: float) -> Iterator[EdgeGroup]:
    """Gather the lines that leave the frame, by where they do."""
    leaving = [one for one in lines if one.leaves]
    at = np.array([one.end for one in leaving]).reshape(-1, 2)
    leader = clusters(at, 2.2 * reach_km, np.array([len(one.members) for one in leaving]))
    for place, near in grouped(leader.tolist(), leaving).items():
        yield EdgeGroup(round(at[place][0]), round(at[place][1]), [i for one in near for i in one.members])


def area_groups(rows: Sequence[Row], lang: Language) -> Iterator[AreaGroup]:
    """Units of euroregions and programmes that the map has outlines of."""
    for kind in AREAS:
        for unit, groupings in _units(rows, kind).items():
            if unit in _outlined():
                yield AreaGroup(unit, _unit_name(unit, lang), kind, groupings)


def without_outline(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Units of each kind, by code, that lie further inland than the map has outlines."""
    found = {kind: sorted(_units(rows, kind).keys() - _outlined()) for kind in AREAS}
    return {kind: units for kind, units in found.items() if units}


def _units(rows: Sequence[Row], kind: str) -> dict[str, list[list[int]]]:
    """Units of a kind, each with its groupings as positions of their ties."""
    of_kind = [i for i, row in enumerate(rows) if row["kind"] == kind]
    ties = grouped([rows[i]["group_id"] for i in of_kind], of_kind)
    members = [(unit, ties[group]) for group, unit in _members(kind) if group in ties]
    return grouped([unit for unit, _ties in members], [of for _unit, of in members])


def grouped(keys: Sequence[Any], rows: Sequence[_T]) -> dict[Any, list[_T]]:
    """Rows by their keys, in the order in which the keys first come."""
    found: dict[Any, list[_T]] = {}
    for key, row in zip(keys, rows, strict=True):
        found.setdefault(key, []).append(row)
    return found


def said(value: Any) -> bool:
    """Whether a cell says something; missing numbers and texts differ from themselves or are pandas' NA."""
    return value is not None and value is not pd.NA and value == value and value != ""


def join_names(ours: str, theirs: str) -> str:
    """Two partners in one line."""
    return f"{ours} – {theirs}"


def _middle(points: Points) -> int:
    """Position of the point nearest to the mean of all."""
    return int(np.argmin(np.linalg.norm(points - points.mean(axis=0), axis=1)))


def _within(points: Points, frame: Bounds) -> list[bool]:
    x, y = points[:, 0], points[:, 1]
    found = (x >= frame[0]) & (x <= frame[2]) & (y >= frame[1]) & (y <= frame[3])
    return [bool(one) for one in found]


def _steps(points: Points) -> list[int]:
    """Write a way as its first point and the steps from there, in kilometres: short numbers travel light."""
    rounded = np.round(points).astype(int)
    return [int(value) for value in np.vstack([rounded[:1], np.diff(rounded, axis=0)]).ravel()]


@cache
def _outlined() -> frozenset[str]:
    return frozenset([*boundaries.load("subjects").index, *boundaries.load("foreign").index])


@cache
def _members(kind: str) -> list[tuple[str, str]]:
    """Groups of a kind and the units in them, each pair once; members without a code are not drawn."""
    table, columns = {
        "euroregion": ("euroregion_members", ["euroregion_id", "member_iso_3166_2"]),
        "cbc_programme": ("cbc_programme_regions", ["programme_id", "unit_iso_3166_2"]),
    }[kind]
    pairs = facts.table(table)[columns].dropna().drop_duplicates()
    return [(str(group), str(unit)) for group, unit in pairs.itertuples(index=False, name=None)]


def _unit_name(code: str, lang: Language) -> str:
    """Name of a unit; of those further inland the tables know the code alone."""
    try:
        return units.name(code, lang)
    except UnknownCodeError:
        return code
