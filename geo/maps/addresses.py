"""An address of the atlas as what it shows: the page and its choices, each read against a closed list.

The pages themselves write these addresses (docs/guide.md names their parameters); here they are read outside the
pages, for slides and files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, cast, get_args
from urllib.parse import parse_qsl, urlsplit

from geo import indicators, ties, units
from geo.errors import ArgumentError, UnknownCodeError
from geo.maps.classes import SCHEMES, Scheme
from geo.maps.drawings import LIMITS, Limits, MapChoice
from geo.maps.overlays import OVERLAYS, Overlay
from geo.maps.palettes import PALETTES
from geo.measures import inputs, level_sharing, levels, soft_power
from geo.measures.recipe import IndexRecipe
from geo.ties import Kind, Measure, Order

FIRST_YEAR: Final = 1991
"""The subjects of Russia have relations of their own since then."""

CLASS_COUNTS = ("3", "4", "5", "6", "7")
DEFAULT_INDICATOR: Final = "twin_ties"
DEFAULT_COUNTRY: Final = "FI"
DEFAULT_SUBJECT: Final = "RU-MUR"
DEFAULT_RECIPE: Final = "international_activity"
DEFAULT_PILLAR: Final = "culture"
ALL: Final = "all"

NetworkView = Literal["matrix", "ranking"]
"""Charts of the Network page that a slide can show."""


@dataclass(frozen=True)
class MapAddress:
    """The Map page: an indicator, ties drawn over it, the subject whose card is open."""

    choice: MapChoice
    overlay: tuple[Overlay, ...] = ()
    region: str | None = None


@dataclass(frozen=True)
class BorderAddress:
    """The Border page: ties of some kinds (none named: all) over a span of years."""

    country: str
    kinds: tuple[Kind, ...]
    first: int
    last: int


@dataclass(frozen=True)
class RegionAddress:
    """The Region page: ties of one subject."""

    region: str
    kinds: tuple[Kind, ...]
    first: int
    last: int


@dataclass(frozen=True)
class RelationsAddress:
    """The Relations page in its view of the compensating function."""

    country: str


@dataclass(frozen=True)
class IndexAddress:
    """The Index page: a recipe that ships, with the weights that it ships with."""

    recipe: IndexRecipe


@dataclass(frozen=True)
class LevelsAddress:
    """The Levels page in its view of the classes, by the rules that ship or as changed."""

    rules: str


@dataclass(frozen=True)
class SoftPowerAddress:
    """The Soft power page: the score of one pillar."""

    pillar: str


@dataclass(frozen=True)
class NetworkAddress:
    """The Network page: all ties found of some kinds, subjects by countries or ranked."""

    view: NetworkView
    kinds: tuple[Kind, ...]
    scope: units.Scope
    order: Order
    measure: Measure


Address = (
    MapAddress
    | BorderAddress
    | RegionAddress
    | RelationsAddress
    | IndexAddress
    | LevelsAddress
    | SoftPowerAddress
    | NetworkAddress
)
Named = Mapping[str, str]


def parse(address: str) -> Address:
    """Read an address within the atlas, such as ``/border?country=FI&kind=crossing``.

    Raises
    ------
    ArgumentError
        For an address of another host, a page without a map or chart for slides, a parameter that the page does not
        have or that stands twice, and a value outside its list; names them and what is allowed.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.fragment:
        raise ArgumentError(f"{address!r} leads out of the atlas; write it from its first slash, as /border?country=FI")
    if parts.path not in _PAGES:
        raise UnknownCodeError("page for a slide", parts.path, pages())
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query), max_num_fields=20)
    except ValueError as error:
        raise ArgumentError(f"{address!r} is no address: {error}") from None
    named = dict(pairs)
    if len(named) != len(pairs):
        raise ArgumentError(f"a parameter stands twice in {address!r}; keep one")
    page = _PAGES[parts.path]
    if unknown := [name for name in named if name not in page.parameters]:
        raise UnknownCodeError(f"parameter of {parts.path}", unknown[0], list(page.parameters))
    return page.read(named)


def pages() -> list[str]:
    """Paths of the pages whose map or chart a slide can show."""
    return list(_PAGES)


def _one(named: Named, name: str, allowed: Collection[str], default: str) -> str:
    value = named.get(name, default)
    if value != default and value not in allowed:
        raise UnknownCodeError(name, value, list(allowed))
    return value


def _several(named: Named, name: str, allowed: Collection[str]) -> tuple[str, ...]:
    codes = named[name].split(",") if named.get(name) else []
    for code in codes:
        if code not in allowed:
            raise UnknownCodeError(name, code, list(allowed))
    return tuple(code for code in allowed if code in codes)


def _map(named: Named) -> MapAddress:
    one = indicators.find(_one(named, "indicator", indicators.mapped(), DEFAULT_INDICATOR))
    years = [str(year) for year in indicators.years(one)]
    choice = MapChoice(
        one,
        int(_one(named, "year", years, years[-1])),
        _one(named, "per", one.per, one.default_per),
        cast(units.Scope, _one(named, "scope", units.SCOPES, "border")),
        cast(Scheme, _one(named, "scheme", SCHEMES, "quantiles")),
        int(_one(named, "k", CLASS_COUNTS, "5")),
        _one(named, "palette", list(PALETTES), "teal"),
        cast(Limits, _one(named, "limits", LIMITS, "year")),
    )
    overlay = cast("tuple[Overlay, ...]", _several(named, "overlay", OVERLAYS))
    return MapAddress(choice, overlay, _one(named, "region", units.subjects().index, "") or None)


def parameters(choice: MapChoice, ties: Sequence[Overlay] = ()) -> dict[str, str]:
    """Parameters of the address of a map, those included that are now the default, which may change."""
    over = {"overlay": ",".join(ties)} if ties else {}
    return over | {
        "indicator": choice.indicator.id,
        "year": str(choice.year),
        "per": choice.per,
        "scope": choice.scope,
        "scheme": choice.scheme,
        "k": str(choice.k),
        "palette": choice.palette,
        "limits": choice.limits,
    }


def _span(named: Named) -> tuple[int, int]:
    known = [str(year) for year in range(FIRST_YEAR, ties.load().snapshot + 1)]
    ends = sorted(int(_one(named, name, known, default)) for name, default in (("from", known[0]), ("to", known[-1])))
    return ends[0], ends[1]


def _border(named: Named) -> BorderAddress:
    country = _one(named, "country", ties.border_countries(), DEFAULT_COUNTRY)
    return BorderAddress(country, cast("tuple[Kind, ...]", _several(named, "kind", ties.KINDS)), *_span(named))


def _region(named: Named) -> RegionAddress:
    region = _one(named, "region", units.subjects().index, DEFAULT_SUBJECT)
    return RegionAddress(region, cast("tuple[Kind, ...]", _several(named, "kind", ties.KINDS)), *_span(named))


def _relations(named: Named) -> RelationsAddress:
    _one(named, "view", ["compensation"], "compensation")
    return RelationsAddress(_one(named, "country", units.countries().index, DEFAULT_COUNTRY))


def _index(named: Named) -> IndexAddress:
    recipe = inputs.shipped()[_one(named, "recipe", list(inputs.shipped()), DEFAULT_RECIPE)]
    scope = cast(units.Scope, _one(named, "scope", units.SCOPES, recipe.scope))
    return IndexAddress(recipe.model_copy(update={"scope": scope}))


def _levels(named: Named) -> LevelsAddress:
    rules = named.get("rules", "")
    level_sharing.read(levels.shipped(), rules)  # refuses what is no rule
    return LevelsAddress(rules)


def _soft_power(named: Named) -> SoftPowerAddress:
    pillars = [group.id for group in soft_power.framework().pillars]
    return SoftPowerAddress(_one(named, "pillar", pillars, DEFAULT_PILLAR))


def _network(named: Named) -> NetworkAddress:
    types = ties.instruments()
    group = _one(named, "instruments", list(types), ALL)
    kinds = ties.KINDS if group == ALL else types[group].kinds
    kind = _one(named, "kind", kinds, ALL)
    return NetworkAddress(
        cast(NetworkView, _one(named, "view", get_args(NetworkView), "matrix")),
        tuple(kinds) if kind == ALL else (cast(Kind, kind),),
        cast(units.Scope, _one(named, "scope", units.SCOPES, "border")),
        cast(Order, _one(named, "order", ties.ORDERS, "similarity")),
        cast(Measure, _one(named, "measure", ties.MEASURES, "weighted_degree")),
    )


class _Page(NamedTuple):
    read: Callable[[Named], Address]
    parameters: tuple[str, ...]


_MAP = ("indicator", "per", "year", "scope", "scheme", "k", "palette", "limits", "region", "overlay")
_PAGES = MappingProxyType(
    {
        "/": _Page(_map, _MAP),
        "/border": _Page(_border, ("country", "kind", "from", "to")),
        "/region": _Page(_region, ("region", "kind", "from", "to")),
        "/relations": _Page(_relations, ("country", "view")),
        "/index": _Page(_index, ("recipe", "scope")),
        "/levels": _Page(_levels, ("rules",)),
        "/soft_power": _Page(_soft_power, ("pillar",)),
        "/network": _Page(_network, ("view", "instruments", "kind", "scope", "order", "measure")),
    }
)
