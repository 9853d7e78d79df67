"""Ties as layers over the map: symbols, lines and outlines with their legend, gathered for each scale beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, cast, get_args

import numpy as np
import pandas as pd

from geo import boundaries, facts, units
from geo.errors import UnknownCodeError
from geo.i18n import Language, country_name, translator
from geo.maps.arcs import Bounds, Points, arc, on_map
from geo.maps.clusters import clusters
from geo.maps.layers import BOUNDS_KM
from geo.maps.symbols import Look, line, outline, symbol
from geo.maps.themes import THEMES, Theme, ThemeName
from geo.ties import Kind, Ties, form_name, kind_name, load, status_name

Overlay = Literal["twin_town", "crossing", "consulate", "euroregion", "cbc_programme", "joint_project"]
OVERLAYS: tuple[Overlay, ...] = get_args(Overlay)
LINES = ("twin_town", "sister_region")
AREAS = ("euroregion", "cbc_programme")
POINTS = ("crossing", "consulate", "joint_project")
"""Joint projects last: their sources name no place."""


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


SCALES = (Scale(0.0, 110.0, by_country=True), Scale(1.6, 34.0))
"""For a map of the whole country."""

MOST_TOLD = 7
"""Names in a hover card before "and n more"."""

_MODES = ("road", "rail", "air", "sea", "river", "mixed", "pedestrian")
_STATUSES = ("active", "suspended", "ended", "unknown")
_COLUMNS = [
    *("kind", "iso_3166_2", "country", "subject_place", "subject_lat", "subject_lon", "partner_place", "partner_lat"),
    *("partner_lon", "name", "name_ru", "group_id", "form", "opened", "closed", "status_year", "listed_to"),
]


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
    """

    told: dict[str, Any]
    legend: tuple[tuple[str, tuple[LegendEntry, ...]], ...] = ()
    beyond: dict[str, int] = field(default_factory=dict)
    unplaced: dict[str, int] = field(default_factory=dict)


def standing(ties: Ties, year: int) -> pd.Series:
    """State of each tie at the end of a year as the map shows it.

    As :meth:`geo.ties.Ties.state`, but in the year of the newest list a tie of which nothing newer is known is
    ``unknown``, not active.
    """
    state = ties.state(year)
    silent = (ties.frame["status"] == "unknown") & (year >= ties.snapshot)
    return state.mask((state == "active") & silent, "unknown")


def frame_km() -> Bounds:
    """Frame of the whole map: least x and y, greatest x and y."""
    (low_y, low_x), (high_y, high_x) = BOUNDS_KM
    return low_x, low_y, high_x, high_y


@cache
def overlays(chosen: tuple[Overlay, ...], scope: units.Scope, lang: Language, theme: ThemeName) -> Layers:
    """Layers of ties of the subjects of a scope as the newest lists know them, for a map of the whole country."""
    ties = load().where(kind=cast("tuple[Kind, ...]", chosen), subject=list(units.scope(scope)))
    return layers(ties, ties.snapshot, THEMES[theme], lang, frame_km())


def layers(
    ties: Ties,
    year: int,
    theme: Theme,
    lang: Language,
    frame: Bounds,
    *,
    turn: boundaries.Turn | None = None,
    scales: Sequence[Scale] = SCALES,
    capitals: Collection[str] = (),
) -> Layers:
    """Turn ties into layers.

    Parameters
    ----------
    year
        Ties are drawn in the state that they have at its end.
    frame
        What the map shows, after the turn; lines are cut there and their ends gathered by country.
    scales
        From the smallest zoom on.
    capitals
        Codes of subjects and countries whose capitals are marked.
    """
    rows = _described(ties, year, lang)
    points = [*_points(rows), *_capitals(capitals, lang)]
    at = np.array([row["at"] for row in points]).reshape(-1, 2)
    at = at if turn is None else boundaries.turned(at, turn)
    links = [row for row in rows if row["kind"] in LINES and _is(row["subject_lon"]) and _is(row["partner_lon"])]
    looks = _Looks(theme)
    told = []
    beyond: Counter[str] = Counter()
    for scale in scales:
        drawn = _lines(links, scale, frame, turn, looks, lang)
        beyond = Counter(tie["country"] for one in drawn if one.leaves for tie in one.ties)
        symbols = [*_symbols(points, at, scale.reach_km, looks, lang), *_edge(drawn, scale.reach_km, looks, lang)]
        told.append({"zoom": scale.zoom, "symbols": symbols, "lines": [one.told for one in drawn]})
    outlines = _outlines(rows, looks, lang)
    return Layers(
        told={"looks": looks.told(), "scales": told, "outlines": outlines},
        legend=_legend(rows, theme, lang),
        beyond=dict(beyond.most_common()),
        unplaced=_unplaced(rows),
    )


Row = dict[str, Any]
_T = TypeVar("_T")


class _Line(NamedTuple):
    """One line with what the script is told of it, whether it leaves the frame, where it ends there, its ties."""

    told: list[Any]
    leaves: bool
    end: Points
    ties: list[Row]


class _Looks:
    """Looks in use, each told once; drawing refers to them by number."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.used: dict[Look, int] = {}

    def number(self, look: Look) -> int:
        return self.used.setdefault(look, len(self.used))

    def told(self) -> list[dict[str, Any]]:
        return [look.told() for look in self.used]


def _described(ties: Ties, year: int, lang: Language) -> list[Row]:
    """Ties with the state they are drawn in and the words of their hover card."""
    frame = ties.frame[_COLUMNS].assign(state=standing(ties, year))
    rows = [row for row in _records(frame) if row["state"] in _STATUSES]
    return [row | {"title": _title(row, lang), "told": _told(row, lang)} for row in rows]


def _title(row: dict[str, Any], lang: Language) -> str:
    name = row["name_ru"] if lang == "ru" and _is(row["name_ru"]) else row["name"]
    if _is(name):
        return str(name)
    ours = row["subject_place"] if _is(row["subject_place"]) else units.name(row["iso_3166_2"], lang)
    if row["kind"] == "consulate":
        return f"{ours}: {country_name(row['country'], lang)}"
    theirs = row["partner_place"] if _is(row["partner_place"]) else country_name(row["country"], lang)
    return _join_names(str(ours), str(theirs))


def _told(row: dict[str, Any], lang: Language) -> str:
    kind = row["kind"]
    form = form_name(row["form"], lang) if kind in POINTS and _is(row["form"]) else ""
    state = "" if row["state"] == "unknown" and kind in LINES else status_name(row["state"], lang, kind)
    return " · ".join(part for part in (form, state, said_years(row, lang)) if part)


def said_years(row: dict[str, Any], lang: Language) -> str:
    """Years of a tie in words: since when, until when, or the year for which its state is reported."""
    _ = translator(lang)
    opened, closed, reported = row["opened"], row["closed"], row["status_year"]
    if _is(opened) and _is(closed):
        return f"{opened}–{closed}"
    if _is(opened):
        return _("since {year}").format(year=opened)
    if _is(closed):
        return _("until {year}").format(year=closed)
    if _is(reported):
        return _("as of {year}").format(year=reported)
    listed = row["listed_to"]
    return _("as listed in {year}").format(year=str(listed)[:4]) if _is(listed) else ""


def _is(value: Any) -> bool:
    """Whether a cell says something; missing numbers and texts differ from themselves or are pandas' NA."""
    return value is not None and value is not pd.NA and value == value and value != ""


def _points(rows: Sequence[Row]) -> Iterator[Row]:
    """Ties that stand at a point, with it; joint projects, whose sources name no place, at their subject."""
    placed = [row for row in rows if row["kind"] in POINTS and _is(row["subject_lon"])]
    lon_lat = np.array([[row["subject_lon"], row["subject_lat"]] for row in placed], dtype="float64").reshape(-1, 2)
    for row, at in zip(placed, on_map(lon_lat), strict=True):
        yield row | {"at": at}
    projects = [row for row in rows if row["kind"] == "joint_project"]
    if projects:
        centres = boundaries.label_points("subjects")
        for row in projects:
            yield row | {"at": centres.loc[row["iso_3166_2"]].to_numpy(dtype="float64")}


def _capitals(codes: Collection[str], lang: Language) -> Iterator[Row]:
    subjects = units.subjects().rename(columns={"capital_lat": "lat", "capital_lon": "lon"})
    subjects = subjects.rename(columns={f"capital_{lang}": "title"})[["title", "lat", "lon"]]
    states = facts.table("capitals").set_index("country").rename(columns={f"name_{lang}": "title"})
    found = pd.concat([subjects, states[["title", "lat", "lon"]]])
    for row in found.loc[[code for code in codes if code in found.index]].dropna().itertuples():
        at = on_map(np.array([[row.lon, row.lat]], dtype="float64"))[0]
        words = {"title": str(row.title), "told": _named(str(row.Index), lang)}
        yield {"kind": "capital", "form": None, "state": "active", "at": at, **words}


def _named(code: str, lang: Language) -> str:
    return units.name(code, lang)


def _symbols(points: Sequence[Row], at: Points, reach: float, looks: _Looks, lang: Language) -> Iterator[list[Any]]:
    """Symbols of one scale; ties of one kind that are near each other become one with their number."""
    kinds = [row["kind"] for row in points]
    for kind, members in _grouped(kinds, range(len(points))).items():
        leader = clusters(at[members], 0.0 if kind == "capital" else reach)
        for place, near in _grouped(leader.tolist(), members).items():
            group = [points[i] for i in near]
            x, y = at[members[place]]
            look = symbol(kind, _main_state(group), looks.theme, _only(group))
            told = [_join(row["title"], row["told"]) for row in group]
            words = (
                [group[0]["title"], group[0]["told"]]
                if len(group) == 1
                else [f"{kind_name(kind, lang)}: {len(group)}", *_list(told, lang)]
            )
            yield [round(x), round(y), looks.number(look), len(group), words]


def _grouped(keys: Sequence[Any], rows: Sequence[_T]) -> dict[Any, list[_T]]:
    found: dict[Any, list[_T]] = {}
    for key, row in zip(keys, rows, strict=True):
        found.setdefault(key, []).append(row)
    return found


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


def _lines(
    links: Sequence[Row], scale: Scale, frame: Bounds, turn: boundaries.Turn | None, looks: _Looks, lang: Language
) -> list[_Line]:
    """Lines of one scale: ties between the same two neighbourhoods are one line, as are those with a far country."""
    if not links:
        return []
    here, there = (
        on_map(np.array([[row[f"{side}_lon"], row[f"{side}_lat"]] for row in links], dtype="float64"))
        for side in ("subject", "partner")
    )
    starts: list[Any] = [row["iso_3166_2"] for row in links]
    ends: list[Any] = [row["country"] for row in links]
    if not scale.by_country:
        inside = _within(there if turn is None else boundaries.turned(there, turn), frame)
        starts, near = clusters(here, scale.reach_km).tolist(), clusters(there, scale.reach_km).tolist()
        ends = [at if is_in else country for at, is_in, country in zip(near, inside, ends, strict=True)]
    keys = list(zip(starts, ends, [row["kind"] for row in links], strict=True))
    drawn = []
    for (_start, _end, kind), at in _grouped(keys, range(len(links))).items():
        group = [links[i] for i in at]
        first, last = links[at[_middle(here[at])]], links[at[_middle(there[at])]]
        way = arc(
            (first["subject_lon"], first["subject_lat"]),
            (last["partner_lon"], last["partner_lat"]),
            frame,
            turn,
            tolerance_km=max(scale.reach_km / 8, 0.5),
        )
        if len(way.points) < 2:
            continue
        if len(group) == 1:
            words = [group[0]["title"], _join(kind_name(kind, lang), group[0]["told"])]
        else:
            between = _join_names(units.name(first["iso_3166_2"], lang), country_name(last["country"], lang))
            heading = between if scale.by_country else kind_name(kind, lang)
            words = [f"{heading}: {len(group)}", *_list([row["title"] for row in group], lang)]
        look = looks.number(line(kind, _main_state(group), looks.theme))
        drawn.append(_Line([look, len(group), words, _steps(way.points)], way.leaves, way.points[-1], group))
    return drawn


def _middle(points: Points) -> int:
    """Position of the point nearest to the mean of all."""
    return int(np.argmin(np.linalg.norm(points - points.mean(axis=0), axis=1)))


def _join_names(ours: str, theirs: str) -> str:
    return f"{ours} – {theirs}"


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _within(points: Points, frame: Bounds) -> list[bool]:
    x, y = points[:, 0], points[:, 1]
    found = (x >= frame[0]) & (x <= frame[2]) & (y >= frame[1]) & (y <= frame[3])
    return [bool(one) for one in found]


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _steps(points: Points) -> list[int]:
    """Write a way as its first point and the steps from there, in kilometres: short numbers travel light."""
    rounded = np.round(points).astype(int)
    return [int(value) for value in np.vstack([rounded[:1], np.diff(rounded, axis=0)]).ravel()]


def _edge(drawn: Sequence[_Line], reach: float, looks: _Looks, lang: Language) -> list[list[Any]]:
    """Symbols at the edge of the frame with the number of partners beyond it."""
    _ = translator(lang)
    leaving = [one for one in drawn if one.leaves]
    at = np.array([one.end for one in leaving]).reshape(-1, 2)
    leader = clusters(at, 2.2 * reach, np.array([len(one.ties) for one in leaving]))
    look = looks.number(Look("", looks.theme.card, looks.theme.soft, 1.0))
    found = []
    for place, lines in _grouped(leader.tolist(), leaving).items():
        partners = Counter(tie["country"] for one in lines for tie in one.ties)
        said = [f"{country_name(country, lang)}: {n}" for country, n in partners.most_common()]
        words = [_("Partners beyond the frame: {n}").format(n=partners.total()), *_list(said, lang)]
        found.append([round(at[place][0]), round(at[place][1]), look, partners.total(), words])
    return found


def _outlines(rows: Sequence[Row], looks: _Looks, lang: Language) -> list[list[Any]]:
    """Units of each euroregion and programme: code of the unit, look, what it belongs to."""
    found = []
    for kind in AREAS:
        of_kind = {row["group_id"]: row for row in rows if row["kind"] == kind}
        members = [(unit, of_kind[group]) for group, unit in _members(kind) if group in of_kind]
        for unit, groups in _grouped([unit for unit, _row in members], [row for _unit, row in members]).items():
            look = looks.number(outline(kind, _main_state(groups), looks.theme))
            found.append([unit, look, [_unit_name(unit, lang), *(_join(row["title"], row["told"]) for row in groups)]])
    return found


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


def _legend(rows: Sequence[Row], theme: Theme, lang: Language) -> tuple[tuple[str, tuple[LegendEntry, ...]], ...]:
    """Headings and entries: modes of crossings by their shapes, in grey, then states of everything by their colours."""
    found = []
    for kind, of_kind in _grouped([row["kind"] for row in rows], rows).items():
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
                for state in _STATUSES
                if states[state]
            ),
        ]
        found.append((kind_name(kind, lang), tuple(entries)))
    return tuple(found)


def _unplaced(rows: Sequence[Row]) -> dict[str, int]:
    """Number of ties of each kind without the points that their look needs."""
    needed = dict.fromkeys(LINES, ("subject_lon", "partner_lon")) | dict.fromkeys(POINTS[:2], ("subject_lon",))
    missing = (row["kind"] for row in rows if not all(_is(row[key]) for key in needed.get(row["kind"], ())))
    return dict(Counter(missing))
