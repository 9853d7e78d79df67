"""What a slide shows: the map or the chart of an address, on the screen as data and on paper as a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo import indicators, ties, units
from geo.errors import ArgumentError
from geo.i18n import Language, country_name, translator
from geo.indicators import Indicator
from geo.maps.addresses import Address, BorderAddress, MapAddress, RegionAddress, RelationsAddress, parse
from geo.maps.captions import coverage, highest, legend_title, years_used
from geo.maps.drawings import Drawing, draw, draw_years
from geo.maps.legends import unchecked_label
from geo.maps.overlays import Layers, overlays
from geo.maps.painting import payload
from geo.maps.themes import Theme
from geo.maps.tie_maps import REACH_KM, TieMap, border_map, subject_map
from geo.maps.views import border_view, subjects_view
from geo.measures import relations
from geo.stories import Show
from geo.ties import Kind, Ties
from geo.units import name

if TYPE_CHECKING:
    # a page that only shows maps does not wait for matplotlib
    from matplotlib.figure import Figure

HIGHEST_SAID = 3
_PICTURES: Mapping[type[Address], tuple[Show, ...]] = MappingProxyType(
    {
        MapAddress: ("map",),
        BorderAddress: ("map", "timeline"),
        RegionAddress: ("map", "timeline"),
        RelationsAddress: ("compensation",),
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
    raise AssertionError("pictured() lets nothing else through")


def figure(one: Scene) -> Figure:
    """Draw a scene for a slide on paper."""
    from geo.maps import charts, plates

    match one.address:
        case MapAddress():
            assert one.drawing is not None, "a map of an indicator has its drawing"
            return plates.plate(one.drawing, one.heading, one.highlight, over=one.layers)
        case RelationsAddress():
            return charts.compensation(relations.shipped_compensation(), one.theme, one.lang, highlight=one.highlight)
        case _ if one.show == "timeline":
            chosen, milestones = _chosen(one.address), _border_or_subject_acts(one.address)
            return charts.timeline(chosen, milestones, one.theme, one.lang)
        case _:
            assert one.told is not None, "a map of ties has its layers"
            assert one.layers is not None, "a map of ties has its layers"
            view = (
                border_view(ties.border(one.address.country))
                if isinstance(one.address, BorderAddress)
                else subjects_view([one.address.region], REACH_KM)
            )
            return plates.tie_plate(TieMap(one.told, one.layers), view, one.theme, "", one.highlight)


def _map(address: MapAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]) -> Scene:
    _ = translator(lang)
    choice = address.choice
    one = choice.indicator
    drawing = draw(choice, theme, lang)
    played = choice.limits == "all" and len(choice.years) > 1
    layers = overlays(address.overlay, choice.scope, lang, theme.name) if address.overlay else None
    unit = indicators.unit_of(one, choice.per).of(lang)
    told = payload(
        drawing,
        title=one.title.of(lang),
        unit=unit,
        year=choice.year,
        source=_first_source(one),
        selected=address.region,
        years=choice.years if played else (),
        series=draw_years(choice, theme, lang) if played else None,
        overlay=layers,
        highlight=highlight,
    )
    parts = [_("at least") if drawing.at_least else "", unit, years_used(drawing) or str(choice.year)]
    aside = f" ({unchecked_label(lang)})"
    top = "; ".join(
        f"{place.name} {place.value}{aside if place.unchecked else ''}" for place in highest(drawing, HIGHEST_SAID)
    )
    said = [f"{one.title.of(lang)}, {choice.year}.", coverage(drawing, choice.scope)]
    if top and one.kind != "yes_no":
        said.append(_("Highest: {places}.").format(places=top))
    return Scene(
        address=address,
        show="map",
        theme=theme,
        lang=lang,
        title=one.title.of(lang),
        detail=", ".join(part for part in parts if part),
        said=" ".join(said),
        told=told,
        drawing=drawing,
        heading=legend_title(choice, drawing),
        layers=layers,
        highlight=highlight,
    )


def _first_source(one: Indicator) -> str:
    titles = indicators.sources_of(one)["title"]
    return str(titles.iloc[0]) if len(titles) else ""


def _ties_map(
    address: BorderAddress | RegionAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]
) -> Scene:
    _ = translator(lang)
    chosen, span = _chosen(address), (address.first, address.last)
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
    chosen = _chosen(address)
    counts = ties.openings_and_endings(chosen).loc[address.first : address.last]
    place = (
        _("Border with {country}").format(country=country_name(address.country, lang))
        if isinstance(address, BorderAddress)
        else name(address.region, lang)
    )
    undated = len(chosen) - int(chosen.dated.sum())
    said = _("{place}: ties opened {opened}, ended {ended}, suspended {suspended}; {undated} without a known year.")
    return Scene(
        address=address,
        show="timeline",
        theme=theme,
        lang=lang,
        title=_("What happened when"),
        detail=", ".join([place, *(ties.kind_name(kind, lang).lower() for kind in address.kinds)]),
        said=said.format(place=place, undated=undated, **{str(key): int(n) for key, n in counts.sum().items()}),
    )


def _compensated(address: RelationsAddress, theme: Theme, lang: Language, highlight: tuple[str, ...]) -> Scene:
    _ = translator(lang)
    made = relations.shipped_compensation()
    names = ", ".join(
        country_name(str(code), lang)
        for code in made.countries.index[made.countries["quadrant"] == "warm_regions_cool_states"]
    )
    said = _("Countries by agreement of the states in UN votes and by ties against the number expected.")
    return Scene(
        address=address,
        show="compensation",
        theme=theme,
        lang=lang,
        title=_("Warm regions, cool states"),
        detail=_("operationalised by this project"),
        said=" ".join([said, _("More ties than expected with a cool state: {names}.").format(names=names or "—")]),
        highlight=highlight,
    )


def _chosen(address: BorderAddress | RegionAddress) -> Ties:
    kinds: tuple[Kind, ...] | None = address.kinds or None
    if isinstance(address, BorderAddress):
        return ties.border(address.country).ties.where(kind=kinds)
    return ties.load().where(subject=address.region, kind=kinds)


def _border_or_subject_acts(address: BorderAddress | RegionAddress) -> Any:
    if isinstance(address, BorderAddress):
        return ties.border(address.country).milestones
    return ties.milestones([address.region])
