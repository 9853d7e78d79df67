"""Figures of the data that the text of a story may call for, each with the sources of the rows that it counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

import pandas as pd

from geo import facts, indicators, ties, units
from geo.errors import ArgumentError, UnknownCodeError
from geo.i18n import LANGUAGES, Text, country_name
from geo.measures import relations
from geo.ties import Ties

_AGAINST: Mapping[str, Text] = MappingProxyType(
    {
        "more": Text(en="higher than expected", ru="больше ожидаемого"),
        "as_expected": Text(en="as expected", ru="столько, сколько и следовало ожидать"),
        "fewer": Text(en="lower than expected", ru="меньше ожидаемого"),
    }
)
"""Verdicts of the model of compensation as a sentence about a number has them."""


@dataclass(frozen=True)
class Figure:
    """A figure of the data.

    Attributes
    ----------
    digits
        After the point; by default as :func:`geo.i18n.number` has it.
    at_least
        Not everything is recorded: the figure is said with "at least".
    sources
        Ids of the sources of the rows that it counts, the most frequent first.
    """

    value: float
    digits: int | None = None
    at_least: bool = False
    sources: Sequence[str] = ()


@dataclass(frozen=True)
class Name:
    """A name or some words that the data choose; `sources` as those of a :class:`Figure`."""

    text: Text
    sources: Sequence[str] = ()


def _one_of(kind: str, known: Callable[[], Any]) -> Callable[[str], str]:
    def read(code: str) -> str:
        if code not in known():
            raise UnknownCodeError(kind, code, [str(one) for one in known()])
        return code

    return read


def _year(code: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", code):
        raise ArgumentError(f"{code!r} is no year")
    return int(code)


def _place(code: str) -> int:
    if not re.fullmatch(r"[1-9]\d?", code):
        raise ArgumentError(f"{code!r} is no place in a ranking")
    return int(code)


Indicator = Annotated[str, _one_of("indicator", indicators.mapped)]
Subject = Annotated[str, _one_of("subject", lambda: units.subjects().index)]
Country = Annotated[str, ties.parse_country]
Neighbour = Annotated[str, _one_of("neighbouring country", ties.border_countries)]
Year = Annotated[int, _year]
Place = Annotated[int, _place]
Kind = Annotated[str, _one_of("kind of ties", lambda: ties.KINDS)]
Status = Annotated[str, _one_of("status", lambda: ties.STATUSES)]
Scope = Annotated[str, _one_of("scope", lambda: units.SCOPES)]
Code = Annotated[str, str]
Programme = Annotated[str, _one_of("programme", lambda: _programmes().index)]


def functions() -> dict[str, Callable[..., Figure | Name]]:
    """Functions that a placeholder may call, by name."""
    return {one.__name__: one for one in _FUNCTIONS}


def value(indicator: Indicator, subject: Subject, year: Year | None = None, digits: Place | None = None) -> Figure:
    """Value of an indicator in its own unit; the newest without a year."""
    one = indicators.find(indicator)
    row = _joined(indicator, year).loc[subject]
    if row["status"] not in ("observed", "zero"):
        raise ArgumentError(f"{subject} has no value: {row['status']}")
    return Figure(float(row.to_dict()["value"]), digits, one.at_least(), _behind(indicator))


def rank(indicator: Indicator, subject: Subject, year: Year | None = None) -> Figure:
    """Place of a subject among the border subjects, by falling value."""
    found = indicators.ranks(_joined(indicator, year), "border").dropna()
    if subject not in found.index:
        raise ArgumentError(f"{subject} has no rank")
    return Figure(int(found.loc[subject]), 0, sources=_behind(indicator))


def highest(indicator: Indicator, place: Place = 1, year: Year | None = None) -> Name:
    """Name of the border subject at a place of the ranking."""
    frame = _joined(indicator, year)
    frame = frame[frame.index.isin(units.scope("border"))].dropna(subset=["value"])
    code = str(frame.sort_values("value", ascending=False, kind="stable").index[place - 1])
    return Name(Text(en=units.name(code, "en"), ru=units.name(code, "ru")), _behind(indicator))


def subjects_with(indicator: Indicator, scope: Scope = "border", year: Year | None = None) -> Figure:
    """Number of subjects with more than nothing of it."""
    frame = _joined(indicator, year)
    inside = frame.index.isin(units.scope(scope))  # type: ignore[arg-type]
    least = indicators.find(indicator).at_least()
    return Figure(float((frame["value"] > 0)[inside].sum()), 0, least, _behind(indicator))


def total(indicator: Indicator, scope: Scope = "border", year: Year | None = None) -> Figure:
    """Sum over the subjects of a scope."""
    one = indicators.find(indicator)
    if indicators.kind_of(one, "none" if "none" in one.per else one.default_per) != "total":
        raise ArgumentError("only totals can be added up")
    frame = indicators.join(one, _known_year(indicator, year), "none")
    inside = frame.index.isin(units.scope(scope))  # type: ignore[arg-type]
    return Figure(float(frame["value"][inside].sum()), None, one.at_least(), _behind(indicator, "none"))


def subjects(scope: Scope) -> Figure:
    """Number of subjects in a scope."""
    codes = units.scope(scope)  # type: ignore[arg-type]
    return Figure(len(codes), 0, sources=_of_subjects(codes))


def border_subjects(country: Neighbour) -> Figure:
    """Number of subjects on a land border."""
    codes = ties.border(country).land_subjects
    return Figure(len(codes), 0, sources=_of_subjects(codes))


def foreign_regions(country: Neighbour) -> Figure:
    """Number of foreign regions along a land border."""
    pairs = facts.table("border_pairs").query("country == @country")
    return Figure(len(ties.border(country).foreign_regions), 0, sources=facts.named_sources(pairs))


def border_km(country: Neighbour) -> Figure:
    """Published length of a land border in km."""
    return Figure(_land_km(country), 0, sources=_of_lengths([country]))


def border_rank(country: Neighbour) -> Figure:
    """Place of a land border among all of Russia by published length."""
    all_of_them = units.land_neighbours()
    longer = sum(_land_km(one) > _land_km(country) for one in all_of_them)
    return Figure(1 + longer, 0, sources=_of_lengths(all_of_them))


def border_share(country: Neighbour) -> Figure:
    """Per cent that a land border is of the published lengths of all."""
    all_of_them = units.land_neighbours()
    share = _land_km(country) / sum(map(_land_km, all_of_them))
    return Figure(100 * share, 0, sources=_of_lengths(all_of_them))


def listed(
    kind: Kind,
    country: Country | None = None,
    subject: Subject | None = None,
    status: Status | None = None,
    form: Code | None = None,
    group: Code | None = None,
    on: Neighbour | None = None,
) -> Figure:
    """Number of ties; without a status those not known to have ended, with ``on`` those of the subjects on a border."""
    found = ties.border(on).ties if on else ties.load().where(country=country)
    found = found.where(kind=kind, subject=subject, status=status, form=form, group=group)  # type: ignore[arg-type]
    return _count(found if status else found.as_listed())


def opened(on: Neighbour, first: Year, last: Year, kind: Kind | None = None) -> Figure:
    """Number of ties on a border known to have been opened in a span of years."""
    found = _on_border(on, kind)
    return _count(found.only(found.frame["opened"].between(first, last)))


def lost(on: Neighbour, first: Year, last: Year, kind: Kind | None = None) -> Figure:
    """Number of ties on a border known to have ended or been suspended in a span of years."""
    found = _on_border(on, kind)
    suspended = found.frame["status_year"].where(found.frame["status"] == "suspended").between(first, last)
    return _count(found.only(found.end.between(first, last) | suspended))


def un_agreement(country: Country, year: Year) -> Figure:
    """Per cent of the votes in the UN General Assembly in which a country agreed with Russia."""
    votes = facts.table("unga_agreement").query("country == @country and year == @year")
    if votes.empty:
        raise ArgumentError(f"no votes of {country} in {year}")
    return Figure(100 * float(votes["agreement"].iloc[0]), 0, sources=facts.named_sources(votes))


def un_agreement_mean(country: Country) -> Figure:
    """The same, mean of the years in the recipe of relations."""
    mean = relations.un_agreement(relations.shipped())[country]
    return Figure(100 * float(mean), 0, sources=_of_votes())


def un_agreement_median() -> Figure:
    """Median of the means of all countries in the model: below it states count as cool."""
    return Figure(100 * relations.shipped_compensation().split, 0, sources=_of_votes())


def partnerships(country: Country) -> Figure:
    """Number of partnerships with a country that the model of compensation counts."""
    rows = relations.partnerships(ties.load(), relations.shipped().gravity.kinds)
    counted = facts.named_sources(rows[rows["country"] == country])
    return Figure(_modelled(country)["observed"], 0, at_least=True, sources=counted)


def expected_low(country: Country) -> Figure:
    """Lower end of the interval in which the model lets that number lie."""
    return Figure(round(_modelled(country)["count_low"]), 0, sources=_of_model())


def expected_high(country: Country) -> Figure:
    """Upper end of that interval."""
    return Figure(round(_modelled(country)["count_high"]), 0, sources=_of_model())


def against_expected(country: Country) -> Name:
    """Whether that number lies within the interval, below it or above it, in words."""
    verdicts = relations.shipped_compensation().countries["verdict"]
    if country not in verdicts.index:
        raise ArgumentError(f"the model has no row for {country}")
    return Name(_AGAINST[str(verdicts[country])], _of_model())


def compensated() -> Name:
    """Countries for which the compensating function is claimed, by name."""
    return _countries("warm_regions_cool_states")


def warm_on_both_sides() -> Name:
    """Countries with more ties than expected whose state votes with Russia more than the median."""
    return _countries("warm_regions_warm_states")


def countries_compared() -> Figure:
    """Number of countries in the model of compensation."""
    return Figure(len(relations.shipped_compensation().countries), 0, sources=_of_model())


def kin_share(subject: Subject, country: Country) -> Figure:
    """Per cent of those who stated an ethnicity who belong to the titular people of a country."""
    share = ties.dyad(subject, country).titular_share_pct
    if share is None:
        raise ArgumentError(f"no share of the people of {country} in {subject}")
    rows = facts.table("ethnic_affinity").query("iso_3166_2 == @subject and country == @country")
    return Figure(share, 1, sources=facts.named_sources(rows))


def programme_eur(programme: Programme) -> Figure:
    """Budget of a border programme in million euros."""
    budget = _programmes()["budget_total_eur"][programme]
    if pd.isna(budget):
        raise ArgumentError(f"no budget of {programme} is known")
    rows = _programmes().loc[[programme]]
    return Figure(float(budget) / 1e6, 1 if float(budget) % 1e6 else 0, sources=facts.named_sources(rows))


_FUNCTIONS: tuple[Callable[..., Figure | Name], ...] = (
    value,
    rank,
    highest,
    subjects_with,
    total,
    subjects,
    border_subjects,
    foreign_regions,
    border_km,
    border_rank,
    border_share,
    listed,
    opened,
    lost,
    un_agreement,
    un_agreement_mean,
    un_agreement_median,
    partnerships,
    against_expected,
    expected_low,
    expected_high,
    compensated,
    warm_on_both_sides,
    countries_compared,
    kin_share,
    programme_eur,
)


def _known_year(indicator: str, year: int | None) -> int:
    years = indicators.years(indicator)
    if year is not None and year not in years:
        raise UnknownCodeError(f"year of {indicator}", year, [str(one) for one in years])
    return years[-1] if year is None else year


def _joined(indicator: str, year: int | None) -> pd.DataFrame:
    return indicators.join(indicator, _known_year(indicator, year), indicators.find(indicator).default_per)


def _behind(indicator: str, per: str | None = None) -> list[str]:
    return [str(source) for source in indicators.sources_of(indicator, per).index]


def _of_subjects(codes: Sequence[str] | pd.Index) -> list[str]:
    table = facts.table("subjects")
    return facts.named_sources(table[table["iso_3166_2"].isin(codes)])


def _of_lengths(countries: Sequence[str]) -> list[str]:
    named = (source for country in countries for source in ties.border(country).length_source.split(";"))
    return list(dict.fromkeys(source for source in named if source))


def _of_votes() -> list[str]:
    votes = facts.table("unga_agreement")
    return facts.named_sources(votes[votes["year"].between(*relations.shipped().votes)])


def _of_model() -> list[str]:
    return relations.sources(relations.shipped(), ties.load())


def _count(found: Ties) -> Figure:
    return Figure(len(found), 0, at_least=True, sources=facts.named_sources(found.frame))


def _on_border(on: str, kind: str | None) -> Ties:
    return ties.border(on).ties.where(kind=kind)  # type: ignore[arg-type]


def _land_km(country: str) -> float:
    length = ties.border(country).land_km
    if length is None:
        raise ArgumentError(f"no land border with {country}")
    return length


def _modelled(country: str) -> dict[str, float]:
    made = relations.shipped_compensation().countries[["observed", "count_low", "count_high"]]
    if country not in made.index:
        raise ArgumentError(f"the model has no row for {country}")
    return {str(name): float(figure) for name, figure in zip(made, made.loc[country], strict=True)}


def _countries(quadrant: str) -> Name:
    made = relations.shipped_compensation().countries
    codes = made.index[made["quadrant"] == quadrant]
    if codes.empty:
        raise ArgumentError("there is no such country now; rewrite the sentence")
    names = {lang: ", ".join(country_name(str(code), lang) for code in codes) for lang in LANGUAGES}
    return Name(Text(**names), _of_model())


def _programmes() -> pd.DataFrame:
    return facts.table("cbc_programmes").set_index("programme_id")
