"""What is measured: indicators declared in data/indicators/*.yml, read into typed models.

A file is a theme; a file that begins with an underscore is a closed vocabulary (themes, warnings,
denominators, licences). Those of the folder ``events`` join where a store of event records is configured.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo import facts
from geo.errors import ArgumentError, DataError, UnknownCodeError
from geo.events import places, review
from geo.events.schema import Source
from geo.events.standing import CODED, VIOLENCE, Standing, held, main_source, standing, verdicts_written
from geo.facts.declared import read_yaml
from geo.i18n import Text
from geo.ties import Kind as TieKind
from geo.ties import Status as TieStatus

_LOG = logging.getLogger(__name__)
FOLDER = Path(__file__).resolve().parents[2] / "data" / "indicators"

Theme = Literal[
    "border_position",
    "institutional_ties",
    "foreign_presence",
    "economy_trade",
    "people_mobility",
    "affinity",
    "soft_power",
    "security",
    "state_relations",
]
Kind = Literal["rate", "share", "total", "yes_no", "index"]
Completeness = Literal["census", "lower_bound", "illustration"]
Direction = Literal["more", "less", "neutral"]
Per = Literal[
    "none",
    "population_100k",
    "population_million",
    "land_border_100km",
    "grp_billion_rub",
    "students_1000",
]
Scope = Literal["all", "border", "land_border"]
Year = Annotated[int, Field(ge=1900, le=2100)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
THEMES: tuple[Theme, ...] = get_args(Theme)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Span(_Frozen):
    """A rule whose years are declared: one year of reference, or a span of years."""

    as_of: Year | None = None
    span: tuple[Year, Year] | None = None

    def declared_years(self) -> list[int]:
        """Years for which the rule gives a value."""
        if self.span is not None:
            return list(range(self.span[0], self.span[1] + 1))
        return [] if self.as_of is None else [self.as_of]


class Series(_Frozen):
    """A series of the panel, times a factor."""

    type: Literal["series"]
    series: str
    factor: float = 1


class Formula(_Frozen):
    """Sum of some series over the sum of others, times a factor."""

    type: Literal["formula"]
    numerator: Annotated[tuple[str, ...], Field(min_length=1)]
    denominator: Annotated[tuple[str, ...], Field(min_length=1)]
    factor: float = 1
    tolerance_years: Annotated[int, Field(ge=0, le=2)] = 1


class Count(_Span):
    """Number of ties of a subject that match the filters.

    Parameters
    ----------
    kinds, forms, statuses, countries, groups
        Filters on the table of ties; empty means all. ``countries`` may be ``own_neighbours``: the
        land neighbours of the subject itself.
    except_countries
        Partner countries that are left out.
    distinct
        What is counted: ties, or different countries, partner units or groups (euroregion,
        programme, organisation).
    time
        ``as_listed``: ties of the newest snapshot not known to have ended; ``ever``: all, whatever
        their status; ``alive``: those standing at the end of the year, by the rule of
        :meth:`geo.ties.Ties.state`, dated ones only before the snapshot; ``ended``: those ended
        from the first year of the span to the year asked for.
    share_of_at_least
        Give the per cent of the subject's ties (the same rule without its countries) instead of
        their number, where there are at least this many of them.
    """

    type: Literal["count"]
    kinds: Annotated[tuple[TieKind, ...], Field(min_length=1)]
    forms: tuple[str, ...] = ()
    statuses: tuple[TieStatus, ...] = ()
    countries: tuple[Country, ...] | Literal["own_neighbours"] = ()
    country_group: str | None = None
    except_countries: tuple[Country, ...] = ()
    groups: tuple[str, ...] = ()
    distinct: Literal["tie", "country", "partner_iso_3166_2", "group_id"] = "tie"
    time: Literal["as_listed", "ever", "alive", "ended"]
    share_of_at_least: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _years_fit_time(self) -> Count:
        spanning = self.time in ("alive", "ended")
        if spanning != (self.span is not None) or spanning == (self.as_of is not None):
            raise ValueError(f"time {self.time!r} needs {'span' if spanning else 'as_of'} and not the other")
        if self.countries and self.country_group:
            raise ValueError("give countries or country_group, not both")
        return self


class Table(_Span):
    """Aggregate over the rows of another table.

    Parameters
    ----------
    table
        Name of a table of the data package, or of :mod:`geo.indicators.derived`.
    subjects
        Column with the subject, or several joined by ``;``; None for a table by country, which is
        joined to a subject through its own land neighbours.
    own_neighbours
        Keep rows whose ``country`` is a land neighbour of the row's subject.
    where
        Values that rows must have, by column; ``*`` is any value.
    column, aggregate
        What is added up; ``count`` needs no column, ``share`` is the per cent of the sum over all
        subjects.
    year
        Column with the year of a row: values of one year, or with ``cumulative`` of the rows up to
        the year.
    missing
        What a census says of a subject that the table does not name.
    """

    type: Literal["table"]
    table: str
    subjects: str | None = "iso_3166_2"
    own_neighbours: bool = False
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    column: str | None = None
    aggregate: Literal["count", "distinct", "sum", "mean", "min", "max", "share"]
    year: str | None = None
    cumulative: bool = False
    missing: Literal["zero", "no_data"] = "zero"

    @model_validator(mode="after")
    def _complete(self) -> Table:
        if (self.aggregate == "count") != (self.column is None):
            raise ValueError(f"aggregate {self.aggregate!r} and column {self.column!r} do not fit each other")
        if self.year is None and self.as_of is None:
            raise ValueError("a table without a column of years needs as_of")
        if self.cumulative and (self.span is None or self.year is None):
            raise ValueError("cumulative needs year and span")
        return self


class Events(_Frozen):
    """Records of events in the store that is configured (:mod:`geo.indicators.reported`).

    Parameters
    ----------
    measure
        ``cooperation_share``, ``conflict_share``: believed events with a foreign actor in the subject in per cent of
        all events of the year that concern Russia; ``violence_nearby``: events of UCDP GED near the subject.
    within_km
        How near.
    """

    type: Literal["events"]
    measure: Literal["cooperation_share", "conflict_share", "violence_nearby"]
    within_km: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _near(self) -> Events:
        if (self.measure == "violence_nearby") != (self.within_km is not None):
            raise ValueError("within_km belongs to violence_nearby, and to it alone")
        return self

    def rests_on(self, held: Collection[Source]) -> tuple[Source, ...]:
        """Data sets among those held that the measure can be computed from."""
        return tuple(one for one in held if (one == VIOLENCE if self.measure == "violence_nearby" else one in CODED))


Rule = Annotated[Series | Formula | Count | Table | Events, Field(discriminator="type")]


class Indicator(_Frozen):
    """One indicator of the catalogue.

    Parameters
    ----------
    kind
        Rates, shares, indices and yes/no are drawn as choropleths, totals as circles.
    completeness
        ``census``: its zero is a zero; ``lower_bound``: "at least", and none found is no data;
        ``illustration``: shown on pages of regions and borders, never mapped or ranked.
    direction
        Whether more of it means more external relations; the sign in a composite index.
    applies_to
        Subjects for which the question makes sense: a scope, or those with a land border with one
        of the countries.
    tolerance_years
        How far the nearest-year rule may reach; of two years equally near the later one is taken.
    per, default_per
        Denominators that are allowed and the one a map starts with.
    sources
        Ids of data/tables/sources.csv; for ties and other tables whose rows name their sources they
        are read from the rows.
    """

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    theme: Theme
    title: Text
    short: Text
    definition: Text
    unit: Text
    kind: Kind
    completeness: Completeness
    direction: Direction
    applies_to: Scope | tuple[Country, ...] = "all"
    tolerance_years: Annotated[int, Field(ge=0, le=10)] = 0
    per: tuple[Per, ...] = ("none",)
    default_per: Per = "none"
    warnings: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    licence: str
    rule: Rule

    @model_validator(mode="after")
    def _denominators_fit(self) -> Indicator:
        if self.default_per not in self.per:
            raise ValueError(f"default_per {self.default_per!r} is not among per")
        if self.kind != "total" and self.per != ("none",):
            raise ValueError("only totals can be divided by a denominator")
        if isinstance(self.rule, Series | Formula) and not self.sources:
            raise ValueError("the panel needs its sources named")
        return self

    def __hash__(self) -> int:  # where-clauses of a rule are mappings, which have none
        return hash(self.id)

    def at_least(self) -> bool:
        """Whether figures are said with "at least"; a share of what is listed is not."""
        return self.completeness == "lower_bound" and not self.is_share_of_listed

    @property
    def is_share_of_listed(self) -> bool:
        """Whether the value is a share of the ties that are listed, so that its zero is a zero."""
        return isinstance(self.rule, Count) and self.rule.share_of_at_least is not None

    @property
    def is_count(self) -> bool:
        """Whether the value is a number of rows, so that a subject without any has none found."""
        rule = self.rule
        return isinstance(rule, Count) or (isinstance(rule, Table) and rule.aggregate in ("count", "distinct"))


class ThemeTitle(_Frozen):
    """A theme and its title."""

    id: Theme
    title: Text


class Caution(_Frozen):
    """A caution of the closed vocabulary, shown wherever the indicator stands."""

    id: str
    text: Text


class Licence(_Frozen):
    """Terms under which the figures of an indicator may be used."""

    id: str
    text: Text


class Denominator(_Frozen):
    """What a total may be divided by.

    Parameters
    ----------
    text
        Goes after the unit: "per million inhabitants".
    series
        Series of the panel, merged in this order (earlier ones win); or ``land_border`` for the
        length of the border with the countries of the indicator.
    amount
        How much of it is one unit of the denominator: 1,000,000 persons.
    sources
        Where the amount comes from.
    tolerance_years
        Reach of the nearest-year rule; of two years equally near the later one is taken.
    """

    id: Per
    title: Text
    text: Text
    series: tuple[str, ...] | Literal["land_border"] = ()
    amount: Annotated[float, Field(gt=0)] = 1
    tolerance_years: Annotated[int, Field(ge=0)] = 0
    sources: tuple[str, ...] = ()


Model = TypeVar("Model", bound=BaseModel)


def _file(path: Path) -> str:
    """Name of a file of the catalogue in messages."""
    return f"data/indicators/{'events/' if path.parent.name == 'events' else ''}{path.name}"


def _read(path: Path, model: type[Model], **common: str) -> list[Model]:
    """Read the rows of a YAML file as models; an error names the id and the key at fault."""
    name = _file(path)
    try:
        rows = read_yaml(path)
    except yaml.YAMLError as error:
        raise DataError(f"not readable as YAML: {error}", file=name) from error
    if not isinstance(rows, list):
        raise DataError("a list of entries, each beginning with '- id:', was expected", file=name)
    return [_parse(row, model, name, number, common) for number, row in enumerate(rows, start=1)]


def _parse(row: Any, model: type[Model], file: str, number: int, common: dict[str, str]) -> Model:
    if not isinstance(row, dict):
        raise DataError("a mapping of keys to values was expected", file=file, row=number, value=row)
    try:
        return model.model_validate({**row, **common})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or None
        reason = (
            "unknown key; remove it or correct its spelling" if first["type"] == "extra_forbidden" else first["msg"]
        )
        raise DataError(f"{row.get('id', 'entry')}: {reason}", file=file, row=number, column=key) from error


def _by_id(rows: list[Model], file: str) -> dict[str, Model]:
    found: dict[str, Model] = {}
    for number, row in enumerate(rows, start=1):
        key = str(getattr(row, "id"))  # noqa: B009  every model of a vocabulary has an id
        if key in found:
            raise DataError("this id stands twice", file=file, row=number, column="id", value=key)
        found[key] = row
    return found


@cache
def themes() -> dict[str, ThemeTitle]:
    """Themes in the order of the catalogue, with titles in both languages."""
    return _by_id(_read(FOLDER / "_themes.yml", ThemeTitle), "data/indicators/_themes.yml")


@cache
def warnings() -> dict[str, Caution]:
    """Return the closed vocabulary of cautions."""
    return _by_id(_read(FOLDER / "_warnings.yml", Caution), "data/indicators/_warnings.yml")


@cache
def licences() -> dict[str, Licence]:
    """Return the closed vocabulary of licence notes."""
    return _by_id(_read(FOLDER / "_licences.yml", Licence), "data/indicators/_licences.yml")


@cache
def denominators() -> dict[str, Denominator]:
    """Denominators by id, ``none`` first."""
    return _by_id(_read(FOLDER / "_denominators.yml", Denominator), "data/indicators/_denominators.yml")


def read(folder: Path) -> dict[str, Indicator]:
    """Read and check all indicators of a folder.

    Raises
    ------
    DataError
        Names file, entry and key: an unknown key or word of a vocabulary, an id that stands twice,
        an empty text, a source that data/tables/sources.csv does not have, a file that is not named
        as a theme.
    """
    files = {path.stem: path for path in sorted(folder.glob("[!_]*.yml"))}
    for name in files:
        if name not in THEMES:
            raise DataError(
                f"not named as a theme; themes: {', '.join(THEMES)}",
                file=_file(files[name]),
            )
    found: dict[str, Indicator] = {}
    for theme in themes():
        if theme not in files:
            continue
        name = _file(files[theme])
        for number, indicator in enumerate(_read(files[theme], Indicator, theme=theme), start=1):
            _check(indicator, name, number)
            if indicator.id in found:
                raise DataError("this id stands twice", file=name, row=number, column="id", value=indicator.id)
            found[indicator.id] = indicator
    return found


def _check(indicator: Indicator, file: str, number: int) -> None:
    def refuse(reason: str, column: str, value: object) -> DataError:
        return DataError(f"{indicator.id}: {reason}", file=file, row=number, column=column, value=value)

    for name in ("title", "short", "definition", "unit"):
        text: Text = getattr(indicator, name)
        for lang in ("en", "ru"):
            if not text.of(lang).strip():
                raise refuse("this text is empty", f"{name}.{lang}", "")
    for warning in indicator.warnings:
        if warning not in warnings():
            raise refuse("not in data/indicators/_warnings.yml", "warnings", warning)
    if indicator.licence not in licences():
        raise refuse("not in data/indicators/_licences.yml", "licence", indicator.licence)
    for source in indicator.sources:
        if source not in facts.sources().index:
            raise refuse("not in data/tables/sources.csv", "sources", source)


def catalogue() -> dict[str, Indicator]:
    """All indicators by id, by theme and then in the order of the files.

    Those of event records stand last in their themes, and only where a store is configured; a caution says whether the
    places of their records were checked in every subject that has some.

    Raises
    ------
    DataError
        If an entry of data/indicators is not sound; names file, entry and key.
    """
    store = standing()
    return _catalogue(store, verdicts_written(store) if store else 0)


@lru_cache(maxsize=4)
def _catalogue(store: Standing | None, _verdicts: int) -> dict[str, Indicator]:
    shipped = read(FOLDER)
    if store is None:
        return shipped
    try:
        added = _of_events(store)
    except DataError:
        # the page of events tells its reader; the rest of the atlas does not rest on the store
        _LOG.exception("the store of event records cannot be read, so it gives no indicators")
        return shipped
    order = {theme: place for place, theme in enumerate(themes())}
    return dict(sorted({**shipped, **added}.items(), key=lambda item: order[item[1].theme]))


def _of_events(store: Standing) -> dict[str, Indicator]:
    """Indicators that the records of a store give."""
    caution = "geocoding_checked" if _places_checked(store) else "geocoding_unchecked"
    return {
        key: one.model_copy(update={"warnings": (*one.warnings, caution)}) if "machine_coded" in one.warnings else one
        for key, one in read(FOLDER / "events").items()
        if isinstance(one.rule, Events) and one.rule.rests_on(held(store))
    }


def _places_checked(store: Standing) -> bool:
    """Whether readers checked enough places of every subject that has events; one subject says nothing of another."""
    found = main_source(store)
    if store.verdicts is None or found is None:
        return False
    if review.sayings(store.verdicts).empty:
        return False  # the records need not be counted
    from geo.events import opened  # of queries, which a catalogue without checked places does not need

    return set(opened.subjects(store, found, places.rule())) <= opened.well_checked(store, found)


def mapped() -> dict[str, Indicator]:
    """Return the indicators that may be mapped and ranked: all but the illustrations."""
    return {key: one for key, one in catalogue().items() if one.completeness != "illustration"}


def find(indicator: str | Indicator) -> Indicator:
    """Look an indicator up by its id.

    Raises
    ------
    UnknownCodeError
        If the catalogue has no such id.
    """
    if isinstance(indicator, Indicator):
        return indicator
    if indicator not in catalogue():
        raise UnknownCodeError("indicator", indicator, list(catalogue()))
    return catalogue()[indicator]


def find_per(indicator: Indicator, per: str | None) -> Denominator:
    """Denominator for an indicator; without a name the default one.

    Raises
    ------
    UnknownCodeError
        If there is no such denominator.
    ArgumentError
        If the indicator does not allow it.
    """
    name = indicator.default_per if per is None else per
    if name not in denominators():
        raise UnknownCodeError("denominator", name, list(denominators()))
    if name not in indicator.per:
        allowed = ", ".join(indicator.per)
        raise ArgumentError(f"indicator {indicator.id!r} cannot be shown per {name!r}; allowed: {allowed}")
    return denominators()[name]


def kind_of(indicator: Indicator, per: str | None = None) -> Kind:
    """Kind of the value after division: a total divided by anything is a rate."""
    return indicator.kind if find_per(indicator, per).id == "none" else "rate"


def unit_of(indicator: Indicator, per: str | None = None) -> Text:
    """Return the unit of the value after division, in both languages."""
    denominator = find_per(indicator, per)
    if denominator.id == "none":
        return indicator.unit
    return Text(
        en=f"{indicator.unit.en} {denominator.text.en}",
        ru=f"{indicator.unit.ru} {denominator.text.ru}",
    )
