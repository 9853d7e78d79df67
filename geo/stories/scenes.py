"""What a slide shows: the map or the chart of an address, on the screen as data and on paper as a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo import indicators, ties, units
from geo.errors import ArgumentError
from geo.i18n import Language, country_name, number, translator
from geo.maps import map_page
from geo.maps.addresses import (
    Address,
    BorderAddress,
    IndexAddress,
    LevelsAddress,
    MapAddress,
    NetworkAddress,
    RegionAddress,
    RelationsAddress,
    SoftPowerAddress,
    parse,
)
from geo.maps.captions import coverage, highest, legend_title, years_used
from geo.maps.drawings import Drawing, draw
from geo.maps.legends import unchecked_label
from geo.maps.overlays import Layers, overlays
from geo.maps.painting import payload
from geo.maps.score_maps import class_spans, index_map, levels_map, pillar_map
from geo.maps.themes import Theme
from geo.maps.tie_maps import REACH_KM, TieMap, border_map, subject_map
from geo.maps.views import View, border_view, subjects_view
from geo.measures import level_sharing, relations, soft_power, standing
from geo.stories import behind
from geo.stories.slides import Show
from geo.units import name

if TYPE_CHECKING:
    # a page that only shows maps does not wait for matplotlib
    from matplotlib.figure import Figure

Size = tuple[float, float]
EXTREMES_SAID = 3
"""Highest and lowest that the words of a map name."""
ROWS = 16
"""Subjects of a ranking or a matrix that can be read from the last row."""
COLUMNS = 14
"""Countries of a matrix that can be read from there."""
_PICTURES: Mapping[type[Address], tuple[Show, ...]] = MappingProxyType(
    {
        MapAddress: ("map",),
        BorderAddress: ("map", "timeline"),
        RegionAddress: ("map", "timeline"),
        RelationsAddress: ("compensation",),
        IndexAddress: ("map", "ranking"),
        SoftPowerAddress: ("map", "ranking"),
        LevelsAddress: ("map",),
        NetworkAddress: ("matrix", "ranking"),
    }
)
"""What a slide can show of each page."""


@dataclass(frozen=True)
class Scene:
    """One map or chart in one language and theme.

    Attributes
    ----------
    title, detail
        Heading of the picture, and its unit and year.
    said
        What it shows in words, for those who do not see it.
    told
        For the script of the map; None for a chart.
    drawing, heading
        Map of an indicator and the heading of its legend; None and empty otherwise.
    layers
        Ties on the map; None where there are none.
    """

    address: Address
    show: Show
    theme: Theme
    lang: Language
    title: str
    detail: str
    said: str
    told: dict[str, Any] | None = None
    drawing: Drawing | None = None
    heading: str = ""
    layers: Layers | None = None
    highlight: tuple[str, ...] = ()

    @property
    def is_map(self) -> bool:
        """Whether boundaries are seen on it."""
        return self.told is not None


def pictured(view: str, show: Show, highlight: Sequence[str] = ()) -> Address:
    """Address of a picture that can be drawn; see :func:`scene` for what is refused."""
    address = parse(view)
    known = {*units.subjects().index, *units.countries().index}
    for code in highlight:
        if code not in known:
            raise ArgumentError(f"highlight {code!r} is neither a subject nor a neighbouring country")
    if show not in _PICTURES[type(address)]:
        raise ArgumentError(f"{view} has no {show}; it has: {', '.join(_PICTURES[type(address)])}")
    if isinstance(address, NetworkAddress) and address.view != show:
        raise ArgumentError(f"{view} opens the {address.view}, not the {show}; write view={show} into the address")
    return address


def scene(view: str, show: Show, theme: Theme, lang: Language, highlight: Sequence[str] = ()) -> Scene:
    """Draw what an address shows.

    Raises
    ------
    ArgumentError
        For an address that :func:`geo.maps.addresses.parse` refuses, a picture that its page does not have, and a
        highlight that is neither a subject nor a country.
    """
    address = pictured(view, show, highlight)
    match address, show:
        case MapAddress(), "map":
            return _map(address, theme, lang, tuple(highlight))
        case ((BorderAddress() | RegionAddress()), "map"):
            return _ties_map(address, theme, lang, tuple(highlight))
        case ((BorderAddress() | RegionAddress()), "timeline"):
            return _timeline(address, theme, lang)
        case RelationsAddress(), "compensation":
            return _compensated(address, theme, lang, tuple(highlight))
        case ((IndexAddress() | SoftPowerAddress()), _):
            return _scored(address, show, theme, lang, tuple(highlight))
        case LevelsAddress(), "map":
            return _levels(address, theme, lang, tuple(highlight))
        case NetworkAddress(), _:
            return _network(address, theme, lang, tuple(highlight))
    raise AssertionError("pictured() lets nothing else through")


def figure(one: Scene, size: Size | None = None) -> Figure:
    """Draw a scene on paper.

    Parameters
    ----------
    size
        In inches; by default what the picture of a slide has.
    """
    from geo.maps import charts, plates

    if one.drawing is not None:
        return plates.plate(one.drawing, one.heading, one.highlight, size or plates.SIZE, one.layers)
    if one.is_map:
        return _ties_plate(one, size or plates.SIZE)
    look = (one.theme, one.lang, size or charts.SIZE, one.highlight)
    match one.address:
        case IndexAddress() | SoftPowerAddress():
            ranks = behind.ranked(one.address).uncertain.units
            return charts.ranking(ranks.loc[_first(ranks.index, ROWS, one.highlight)], len(ranks), *look)
        case NetworkAddress(view="matrix"):
            return charts.matrix(_cells(one.address, one.highlight), *look)
        case NetworkAddress():
            values, label = behind.measured(one.address), ties.measure_name(one.address.measure, one.lang)
            return charts.bars(values.loc[_first(values.index, ROWS, one.highlight)], label, *look)
        case RelationsAddress():
            return charts.compensation(relations.shipped_compensation(), *look)
        case BorderAddress() | RegionAddress():
            return charts.timeline(behind.ties_of(one.address), behind.acts_of(one.address), *look[:3])
    raise AssertionError("pictured() lets nothing else through")


def _ties_plate(one: Scene, size: Size) -> Figure:
    from geo.maps import plates

    assert one.told is not None, "a map of ties has its layers"
    assert one.layers is not None, "a map of ties has its layers"
    assert isinstance(one.address, BorderAddress | RegionAddress), "other maps have their drawing"
    return plates.tie_plate(TieMap(one.told, one.layers), view_of(one.address), one.theme, "", one.highlight, size)


def view_of(address: BorderAddress | RegionAddress) -> View:
    """Part of the world that a map of ties shows."""
    if isinstance(address, BorderAddress):
        return border_view(ties.border(address.country))
    return subjects_view([address.region], REACH_KM)


def _map(address: MapAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]) -> Scene:
    _ = translator(lang)
    choice = address.choice
    one = choice.indicator
    drawing = draw(choice, theme, lang)
    layers = overlays(address.overlay, choice.scope, lang, theme.name) if address.overlay else None
    unit = indicators.unit_of(one, choice.per).of(lang)
    parts = [_("at least") if drawing.at_least else "", unit, years_used(drawing) or str(choice.year)]
    said = [f"{one.title.of(lang)}, {choice.year}.", coverage(drawing, choice.scope)]
    if one.kind != "yes_no":
        said += _extremes(drawing)
    return Scene(
        address=address,
        show="map",
        theme=theme,
        lang=lang,
        title=one.title.of(lang),
        detail=", ".join(part for part in parts if part),
        said=" ".join(said),
        told=map_page.told(address, theme, lang, plays=False, highlight=highlight),
        drawing=drawing,
        heading=legend_title(choice, drawing),
        layers=layers,
        highlight=highlight,
    )


def _extremes(drawing: Drawing) -> list[str]:
    """Sentences that name the highest subjects of a map and the lowest."""
    _ = translator(drawing.lang)
    ranked = highest(drawing, drawing.ranked)
    if not ranked:
        return []
    aside = f" ({unchecked_label(drawing.lang)})"
    named = [f"{place.name} {place.value}{aside if place.unchecked else ''}" for place in ranked]
    return [
        _("Highest: {places}.").format(places="; ".join(named[:EXTREMES_SAID])),
        _("Lowest: {names}.").format(names="; ".join(named[: -EXTREMES_SAID - 1 : -1])),
    ]


def _ties_map(
    address: BorderAddress | RegionAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]
) -> Scene:
    _ = translator(lang)
    chosen, span = behind.ties_of(address), (address.first, address.last)
    if isinstance(address, BorderAddress):
        made = border_map(ties.border(address.country), chosen, span, theme, lang, highlight=highlight)
    else:
        made = subject_map(address.region, chosen, span, theme, lang, highlight=highlight)
    entries = "; ".join(
        f"{title}: " + ", ".join(f"{entry.label} {entry.count}" for entry in group)
        for title, group in made.layers.legend
    )
    return Scene(
        address=address,
        show="map",
        theme=theme,
        lang=lang,
        title=str(made.told["title"]),
        detail=_("as of {year}").format(year=address.last),
        said=f"{made.told['title']}. {entries}.",
        told=made.told,
        layers=made.layers,
        highlight=highlight,
    )


def _timeline(address: BorderAddress | RegionAddress, theme: Theme, lang: Language) -> Scene:
    _ = translator(lang)
    chosen = behind.ties_of(address)
    counts = ties.openings_and_endings(chosen).loc[address.first : address.last]
    place = (
        _("Border with {country}").format(country=country_name(address.country, lang))
        if isinstance(address, BorderAddress)
        else name(address.region, lang)
    )
    undated, title = len(chosen) - int(chosen.dated.sum()), _("What happened when")
    said = _("{place}: ties opened {opened}, ended {ended}, suspended {suspended}; {undated} without a known year.")
    return Scene(
        address=address,
        show="timeline",
        theme=theme,
        lang=lang,
        title=title,
        detail=", ".join([place, *(ties.kind_name(kind, lang).lower() for kind in address.kinds)]),
        said=f"{title}. "
        + said.format(place=place, undated=undated, **{str(key): int(n) for key, n in counts.sum().items()}),
    )


def _compensated(address: RelationsAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]) -> Scene:
    _ = translator(lang)
    made = relations.shipped_compensation()
    names = ", ".join(
        country_name(str(code), lang)
        for code in made.countries.index[made.countries["quadrant"] == "warm_regions_cool_states"]
    )
    said = _("Countries by agreement of the states in UN votes and by ties against the number expected.")
    ratio = (made.countries["observed"] / made.countries["expected"]).sort_values(ascending=False, kind="stable")
    ends = [
        "; ".join(f"{country_name(str(code), lang)} {number(times, lang, 2)}" for code, times in end.items())
        for end in (ratio.head(EXTREMES_SAID), ratio.tail(EXTREMES_SAID)[::-1])
    ]
    title = _("Warm regions, cool states")
    return Scene(
        address=address,
        show="compensation",
        theme=theme,
        lang=lang,
        title=title,
        detail=_("operationalised by this project"),
        said=" ".join(
            [
                f"{title}.",
                said,
                _("Countries compared: {n}.").format(n=len(ratio)),
                _("Highest: {places}.").format(places=ends[0]),
                _("Lowest: {names}.").format(names=ends[1]),
                _("More ties than expected with a cool state: {names}.").format(names=names or "—"),
            ]
        ),
        highlight=highlight,
    )


def _scored(
    address: IndexAddress | SoftPowerAddress, show: Show, theme: Theme, lang: Language, highlight: tuple[str, ...]
) -> Scene:
    _ = translator(lang)
    found = behind.ranked(address)
    if isinstance(address, IndexAddress):
        recipe = address.recipe
        drawing, heading = index_map(found, theme, lang), _("Score, quantiles")
        title = recipe.title.of(lang) if recipe.title else recipe.id
        scope = recipe.scope
    else:
        (group,) = (one for one in soft_power.framework().pillars if one.id == address.pillar)
        drawing, heading = pillar_map(found, theme, lang), _("Score, one scale for all pillars")
        title = _("Soft power: {pillar}").format(pillar=group.title.of(lang))
        scope = "border"
    ours = _("operationalised by this project")
    is_map = show == "map"
    said = [f"{title}, {ours}.", coverage(drawing, scope), *_extremes(drawing)]
    return Scene(
        address=address,
        show=show,
        theme=theme,
        lang=lang,
        title=title,
        detail=f"{_('score') if is_map else _('Ranks and their intervals')}, {ours}",
        said=" ".join(said),
        told=payload(
            drawing,
            title=title,
            unit=_("score"),
            year=None,
            source=ours,
            rank_texts=standing.said_ranks(found.uncertain, lang),
            highlight=highlight,
        )
        if is_map
        else None,
        drawing=drawing if is_map else None,
        heading=heading if is_map else "",
        highlight=highlight,
    )


def _levels(address: LevelsAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]) -> Scene:
    _ = translator(lang)
    found = level_sharing.classed(address.rules)
    drawing, title = levels_map(found, theme, lang), found.recipe.title.of(lang)
    ours = _("changed by the reader") if address.rules else _("operationalised by this project")
    classes = "; ".join(f"{row.label} {row.count}" for row in drawing.legend if row.label)
    return Scene(
        address=address,
        show="map",
        theme=theme,
        lang=lang,
        title=title,
        detail=f"{ours}, {_('as of {year}').format(year=found.year)}",
        said=f"{title}. {coverage(drawing, 'all')} {classes}.",
        told=payload(
            drawing,
            title=title,
            unit=_("% of draws in which the class holds"),
            year=None,
            source=ours,
            rank_texts=class_spans(found, lang),
            highlight=highlight,
        ),
        drawing=drawing,
        heading=title,
        highlight=highlight,
    )


def _network(address: NetworkAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]) -> Scene:
    _ = translator(lang)
    chosen = behind.ties_in_network(address)
    if address.view == "matrix":
        whole, cells = ties.matrix(chosen), _cells(address, highlight)
        title = _("Ties of subjects and countries")
        detail = _("{rows} of {subjects} subjects and {columns} of {countries} countries, those with the most ties")
        detail = detail.format(rows=len(cells), subjects=len(whole), columns=cells.shape[1], countries=whole.shape[1])
        pairs = [(cells.loc[iso, country], iso, country) for iso in cells.index for country in cells.columns]
        pairs.sort(key=lambda pair: -int(pair[0]))
        most = "; ".join(
            f"{name(str(iso), lang)} – {country_name(str(country), lang)} {n}"
            for n, iso, country in pairs[:EXTREMES_SAID]
        )
    else:
        values = behind.measured(address)
        title = _("Ranking of subjects: {measure}").format(measure=ties.measure_name(address.measure, lang))
        shown = len(_first(values.index, ROWS, highlight))
        detail = _("the first {n} of {all} subjects").format(n=shown, all=len(values))
        most = "; ".join(
            f"{name(str(iso), lang)} {number(float(value), lang)}" for iso, value in values.head(EXTREMES_SAID).items()
        )
    kinds = [] if len(address.kinds) == len(ties.KINDS) else [ties.kind_name(kind, lang) for kind in address.kinds]
    named = ", ".join([_("All ties found").lower(), *(kind.lower() for kind in kinds), detail])
    return Scene(
        address=address,
        show=address.view,
        theme=theme,
        lang=lang,
        title=title,
        detail=named,
        said=f"{title}, {named}. {_('Highest: {places}.').format(places=most)}",
        highlight=highlight,
    )


def _cells(address: NetworkAddress, highlight: Sequence[str]) -> pd.DataFrame:
    """Subjects and countries with the most ties, as many as can be read on a wall, and those highlighted."""
    whole = ties.matrix(behind.ties_in_network(address))
    rows, columns = (
        whole.sum(axis=axis).sort_values(ascending=False, kind="stable").index for axis in ("columns", "index")
    )
    return ties.ordered(whole.loc[_first(rows, ROWS, highlight), _first(columns, COLUMNS, highlight)], address.order)


def _first(codes: pd.Index, room: int, highlight: Sequence[str]) -> list[str]:
    """Codes for which a chart has room: the first ones, and below them those that are highlighted."""
    return [str(code) for place, code in enumerate(codes) if place < room or code in highlight]
