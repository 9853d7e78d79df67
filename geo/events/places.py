"""Which place names are believed: rules declared in data/recipes/event_places.yml.

Machine geocoding finds a village for nearly every word (a surname, a company, another country's region), and gives it
the coordinates of that village. Whether a record belongs to a subject is therefore judged by the name of the place.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal, Self, get_args

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo import facts, units
from geo.errors import DataError, UnknownCodeError
from geo.facts.declared import read_yaml
from geo.i18n import Text
from geo.units.spelling import CITY, fold, spelling

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "recipes" / "event_places.yml"

EXACT: Final = 100.0
"""Score of a name that has all its letters in common with one of the tables."""

Why = Literal["subject", "city", "elsewhere", "blocked", "country_only"]
"""What a place is: the subject itself, a city of :func:`cities`, another place, one of the block list, none."""
WHYS: Final[tuple[Why, ...]] = get_args(Why)


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Declared):
    """What is believed.

    Parameters
    ----------
    subject
        A place named as the subject itself.
    smallest_city
        Cities of the subject of at least so many inhabitants; None for no city. The table begins at 100,000.
    elsewhere
        Any other place that the source puts into the subject.
    blocked
        Whether places of the block list are dropped.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    subject: bool
    smallest_city: int | None = Field(default=None, ge=100_000)
    elsewhere: bool = False
    blocked: bool = True


class Blocked(_Declared):
    """A place of a subject that was read and found wrong."""

    place: str = Field(min_length=1)
    subject: str
    reason: Text


class PlaceRules(_Declared):
    """The whole file."""

    note: Text
    default: str
    enough_checked: int = Field(ge=1)
    rules: tuple[Rule, ...] = Field(min_length=1)
    other_names: dict[str, tuple[str, ...]]
    other_city_names: dict[str, dict[str, tuple[str, ...]]]
    blocked: tuple[Blocked, ...]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if len(set(ids)) < len(ids):
            raise ValueError("two rules have one id; rename one")
        if self.default not in ids:
            raise ValueError(f"default {self.default!r} is none of the rules: {', '.join(ids)}")
        named = {*self.other_names, *self.other_city_names, *(entry.subject for entry in self.blocked)}
        if unknown := named - set(units.subjects().index):
            raise ValueError(f"not among the 83 subjects: {', '.join(sorted(unknown))}")
        asked = [(iso, city) for iso, names in self.other_city_names.items() for city in names]
        if missing := [city for iso, city in asked if (iso, fold(city)) not in _city_sizes()]:
            raise ValueError(f"not in the table of cities under that subject: {', '.join(missing)}")
        return self


def read(path: Path = FILE) -> PlaceRules:
    """Read a file of place rules.

    Raises
    ------
    DataError
        Names the file and what is wrong in it.
    """
    try:
        return PlaceRules.model_validate(read_yaml(path))
    except (OSError, UnicodeDecodeError, ValidationError, yaml.YAMLError) as error:
        raise DataError(f"the place rules cannot be used: {error}", file=path) from error


@cache
def shipped() -> PlaceRules:
    """Read the rules that come with the atlas."""
    return read()


def rule(name: str | None = None, of: PlaceRules | None = None) -> Rule:
    """Find a rule by its id; without one the default.

    Raises
    ------
    UnknownCodeError
        If there is no such rule.
    """
    declared = of or shipped()
    known = {one.id: one for one in declared.rules}
    wanted = declared.default if name is None else name
    if wanted not in known:
        raise UnknownCodeError("rule of places", wanted, list(known))
    return known[wanted]


def cities() -> pd.DataFrame:
    """Cities of 100,000 inhabitants and more: ``iso_3166_2``, ``name_ru``, ``population`` (census of 2021)."""
    return facts.table("cities")[["iso_3166_2", "name_ru", "population"]]


@cache
def _official_names() -> frozenset[tuple[str, str]]:
    table = units.subjects()
    return frozenset((str(iso), fold(name)) for column in ("name_en", "name_ru") for iso, name in table[column].items())


@cache
def _aliases() -> frozenset[tuple[str, str]]:
    table = facts.table("aliases")
    return frozenset((iso, fold(name)) for iso, name in zip(table["iso_3166_2"], table["alias"], strict=True))


@cache
def _city_sizes() -> dict[tuple[str, str], int]:
    table = cities()
    return {
        (iso, fold(name)): int(size)
        for iso, name, size in zip(table["iso_3166_2"], table["name_ru"], table["population"], strict=True)
    }


def _city(name: str, subject: str, of: PlaceRules) -> int | None:
    """Inhabitants of the city of a subject that has a name, also one that says it is a city ("City of Kaliningrad")."""
    core = spelling(name).core if spelling(name).types == CITY else fold(name)
    also = of.other_city_names.get(subject, {})
    meant = next((fold(city) for city, names in also.items() if core in map(fold, names)), core)
    return _city_sizes().get((subject, meant))


@cache
def _named_with_its_type(name: str, subject: str) -> bool:
    """Whether a name with a word of type is exactly that of the subject ("Pskov Region", not "Pskov District")."""
    if not spelling(name).types:
        return False
    found = units.match(name)
    return found.iso_3166_2 == subject and found.score == EXACT


def why(place: str | None, subject: str | None, believed: Rule, of: PlaceRules | None = None) -> tuple[Why, bool]:
    """Tell what a place is, and whether a rule keeps it for the subject.

    Parameters
    ----------
    place
        As the source writes it; what follows a comma is left aside.
    subject
        ISO 3166-2 code that the source gives the place; None for a code of the country alone.

    Examples
    --------
    >>> why("Karabakh, Dagestan, Russia", "RU-DA", rule())
    ('blocked', False)
    >>> why("Pskov, Pskovskaya Oblast', Russia", "RU-PSK", rule())
    ('city', True)
    """
    declared = of or shipped()
    if subject is None:
        return "country_only", False
    written = (place or "").split(",")[0]
    name = fold(written)
    if believed.blocked and any(name == fold(one.place) and subject == one.subject for one in declared.blocked):
        return "blocked", False
    if (subject, name) in _official_names() or name in map(fold, declared.other_names.get(subject, ())):
        return "subject", believed.subject
    # some sources call the oblast Murmansk as they call the city, so cities come before other names of subjects
    size = _city(written, subject, declared)
    if size is not None:
        return "city", believed.smallest_city is not None and size >= believed.smallest_city
    if (subject, name) in _aliases() or _named_with_its_type(written, subject):
        return "subject", believed.subject
    return "elsewhere", believed.elsewhere


def judge(places: pd.DataFrame, believed: Rule, of: PlaceRules | None = None) -> pd.DataFrame:
    """Judge places of subjects, each pair once.

    Parameters
    ----------
    places
        Columns ``iso_3166_2`` and ``place``; missing codes are places of the country alone.

    Returns
    -------
    The frame with ``why`` and ``kept`` added.
    """
    found = [
        why(None if pd.isna(place) else str(place), None if pd.isna(iso) else str(iso), believed, of)
        for iso, place in zip(places["iso_3166_2"], places["place"], strict=True)
    ]
    why_kept = pd.DataFrame(found, columns=["why", "kept"], index=places.index).astype({"why": object, "kept": bool})
    return places.join(why_kept)
