"""Figures in the text of a story: `{border_km(KZ)}` is computed from the data, so it cannot go stale.

A placeholder calls one of a closed set of functions with codes as arguments, by place or by name, and may give the
forms of the noun that goes with the figure: ``{listed(twin_town, country=FI): tie|ties}``, in Russian three of them.
Nothing is evaluated: names and codes are looked up in closed lists.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType, NoneType
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

import pandas as pd
from babel import Locale

from geo import facts, indicators, ties, units
from geo.errors import ArgumentError, LimitropheError, UnknownCodeError
from geo.i18n import Language, Text, country_name, number, translator
from geo.measures import relations

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CALL = re.compile(r"^(?P<name>[a-z_]+)\((?P<arguments>[\w,= -]*)\)(?:: (?P<forms>[^|]+(?:\|[^|]+)+))?$")
_FORMS: dict[Language, tuple[str, ...]] = {"en": ("one", "other"), "ru": ("one", "few", "many")}
_AGAINST: Mapping[str, Text] = MappingProxyType(
    {
        "more": Text(en="higher than expected", ru="больше ожидаемого"),
        "as_expected": Text(en="as expected", ru="столько, сколько и следовало ожидать"),
        "fewer": Text(en="lower than expected", ru="меньше ожидаемого"),
    }
)
"""Verdicts of the model of compensation as a sentence about a number has them."""
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Figure:
    """A figure of the data.

    Attributes
    ----------
    digits
        After the point; by default as :func:`geo.i18n.number` has it.
    at_least
        Not everything is recorded: the figure is said with "at least".
    """

    value: float
    digits: int | None = None
    at_least: bool = False


def fill(text: str, lang: Language) -> str:
    """Replace every placeholder of a text.

    Raises
    ------
    ArgumentError
        For an unknown function, a wrong argument, or a figure that the data do not have; quotes the placeholder.
    """
    return _replaced(text, lambda placeholder: _said(placeholder, lang))


def verify(text: str, lang: Language) -> None:
    """Look at every placeholder of a text without computing it: a model of ties takes seconds.

    Raises
    ------
    ArgumentError
        As :func:`fill`, but for figures that the data do not have.
    """
    _replaced(text, lambda placeholder: _verified(placeholder, lang))


def _replaced(text: str, said: Callable[[str], str]) -> str:
    def replace(found: re.Match[str]) -> str:
        try:
            return said(found[1])
        except LimitropheError as error:
            raise ArgumentError(f"{{{found[1]}}}: {error}") from None

    filled = PLACEHOLDER.sub(replace, text)
    if "{" in filled or "}" in filled:
        raise ArgumentError("a brace without its twin; placeholders look like {border_km(KZ)}")
    return filled


def _said(placeholder: str, lang: Language) -> str:
    call, forms = _read(placeholder, lang)
    found = call()
    if isinstance(found, Text):
        return found.of(lang)
    parts = [translator(lang)("at least")] if found.at_least else []
    parts.append(number(found.value, lang, found.digits))
    if forms:
        parts.append(_form(found.value, forms, lang))
    return _NO_BREAK.join(parts)


def _verified(placeholder: str, lang: Language) -> str:
    _read(placeholder, lang)
    return ""


def _read(placeholder: str, lang: Language) -> tuple[Callable[[], Figure | Text], list[str]]:
    """Call that a placeholder makes, ready to be made, and the forms of its noun."""
    call = _CALL.match(placeholder)
    if call is None:
        raise ArgumentError("write {function(code, name=code)} or {function(code): noun|nouns}")
    known = functions()
    if call["name"] not in known:
        raise UnknownCodeError("function", call["name"], sorted(known))
    function = known[call["name"]]
    forms = [form.strip() for form in call["forms"].split("|")] if call["forms"] else []
    if forms and get_type_hints(function)["return"] is Text:
        raise ArgumentError("a name takes no forms of a noun")
    if forms and len(forms) != len(_FORMS[lang]):
        raise ArgumentError(f"give {len(_FORMS[lang])} forms of the noun in {lang!r}, not {len(forms)}")
    return partial(function, **_arguments(function, call["arguments"])), forms


def _form(value: float, forms: list[str], lang: Language) -> str:
    """Form of the noun; a fraction goes with the second one: ‘2 километра’, ‘1,5 километра’."""
    asked = str(Locale(lang).plural_form(value if value != int(value) else int(value)))
    return forms[_FORMS[lang].index(asked) if asked in _FORMS[lang] else 1]


def _arguments(function: Callable[..., Figure | Text], written: str) -> dict[str, Any]:
    """Arguments by name, each read by the reader in its annotation."""
    by_place: list[str] = []
    by_name: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        key, equals, code = (word.strip() for word in part.partition("="))
        if equals:
            by_name[key] = code
        else:
            by_place.append(key)
    signature = inspect.signature(function)
    try:
        bound = signature.bind(*by_place, **by_name)
    except TypeError as error:
        raise ArgumentError(f"{error}; it takes {', '.join(signature.parameters) or 'nothing'}") from None
    readers = _readers(function)
    return {key: readers[key](str(code)) for key, code in bound.arguments.items()}


@cache
def _readers(function: Callable[..., Figure | Text]) -> dict[str, Callable[[str], Any]]:
    """Reader of each argument: the one in its annotation."""
    hints = get_type_hints(function, include_extras=True)
    return {name: _reader(hint) for name, hint in hints.items() if name != "return"}


def _reader(hint: Any) -> Callable[[str], Any]:
    """Function in an annotation, which may also allow None."""
    if get_origin(hint) is Annotated:
        return cast("Callable[[str], Any]", hint.__metadata__[0])
    return next(_reader(part) for part in get_args(hint) if part is not NoneType)


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


def functions() -> dict[str, Callable[..., Figure | Text]]:
    """Functions that a placeholder may call, by name."""
    return {one.__name__: one for one in _FUNCTIONS}


def value(indicator: Indicator, subject: Subject, year: Year | None = None, digits: Place | None = None) -> Figure:
    """Value of an indicator in its own unit; the newest without a year."""
    one = indicators.find(indicator)
    row = _joined(indicator, year).loc[subject]
    if row["status"] not in ("observed", "zero"):
        raise ArgumentError(f"{subject} has no value: {row['status']}")
    return Figure(float(row.to_dict()["value"]), digits, one.at_least())


def rank(indicator: Indicator, subject: Subject, year: Year | None = None) -> Figure:
    """Place of a subject among the border subjects, by falling value."""
    found = indicators.ranks(_joined(indicator, year), "border").dropna()
    if subject not in found.index:
        raise ArgumentError(f"{subject} has no rank")
    return Figure(int(found.loc[subject]), 0)


def highest(indicator: Indicator, place: Place = 1, year: Year | None = None) -> Text:
    """Name of the border subject at a place of the ranking."""
    frame = _joined(indicator, year)
    frame = frame[frame.index.isin(units.scope("border"))].dropna(subset=["value"])
    code = str(frame.sort_values("value", ascending=False, kind="stable").index[place - 1])
    return _name(code)


def subjects_with(indicator: Indicator, scope: Scope = "border", year: Year | None = None) -> Figure:
    """Number of subjects with more than nothing of it."""
    frame = _joined(indicator, year)
    inside = frame.index.isin(units.scope(scope))  # type: ignore[arg-type]
    return Figure(float((frame["value"] > 0)[inside].sum()), 0, indicators.find(indicator).at_least())


def total(indicator: Indicator, scope: Scope = "border", year: Year | None = None) -> Figure:
    """Sum over the subjects of a scope."""
    one = indicators.find(indicator)
    if indicators.kind_of(one, "none" if "none" in one.per else one.default_per) != "total":
        raise ArgumentError("only totals can be added up")
    frame = indicators.join(one, _known_year(indicator, year), "none")
    inside = frame.index.isin(units.scope(scope))  # type: ignore[arg-type]
    return Figure(float(frame["value"][inside].sum()), None, one.at_least())


def subjects(scope: Scope) -> Figure:
    """Number of subjects in a scope."""
    return Figure(len(units.scope(scope)), 0)  # type: ignore[arg-type]


def border_subjects(country: Neighbour) -> Figure:
    """Number of subjects on a land border."""
    return Figure(len(ties.border(country).land_subjects), 0)


def foreign_regions(country: Neighbour) -> Figure:
    """Number of foreign regions along a land border."""
    return Figure(len(ties.border(country).foreign_regions), 0)


def border_km(country: Neighbour) -> Figure:
    """Published length of a land border in km."""
    return Figure(_land_km(country), 0)


def border_rank(country: Neighbour) -> Figure:
    """Place of a land border among all of Russia by published length."""
    lengths = [_land_km(one) for one in units.land_neighbours()]
    return Figure(1 + sum(length > _land_km(country) for length in lengths), 0)


def border_share(country: Neighbour) -> Figure:
    """Per cent that a land border is of the published lengths of all."""
    return Figure(100 * _land_km(country) / sum(map(_land_km, units.land_neighbours())), 0)


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
    return Figure(len(found if status else found.as_listed()), 0, at_least=True)


def opened(on: Neighbour, first: Year, last: Year, kind: Kind | None = None) -> Figure:
    """Number of ties on a border known to have been opened in a span of years."""
    return Figure(_happened(on, ("opened",), first, last, kind), 0, at_least=True)


def lost(on: Neighbour, first: Year, last: Year, kind: Kind | None = None) -> Figure:
    """Number of ties on a border known to have ended or been suspended in a span of years."""
    return Figure(_happened(on, ("ended", "suspended"), first, last, kind), 0, at_least=True)


def un_agreement(country: Country, year: Year) -> Figure:
    """Per cent of the votes in the UN General Assembly in which a country agreed with Russia."""
    votes = facts.table("unga_agreement").set_index(["country", "year"])["agreement"]
    if (country, year) not in votes.index:
        raise ArgumentError(f"no votes of {country} in {year}")
    return Figure(100 * float(votes[country, year]), 0)


def un_agreement_mean(country: Country) -> Figure:
    """The same, mean of the years in the recipe of relations."""
    return Figure(100 * float(relations.un_agreement(relations.shipped())[country]), 0)


def un_agreement_median() -> Figure:
    """Median of the means of all countries in the model: below it states count as cool."""
    return Figure(100 * relations.shipped_compensation().split, 0)


def partnerships(country: Country) -> Figure:
    """Number of partnerships with a country that the model of compensation counts."""
    return Figure(_modelled(country)["observed"], 0, at_least=True)


def expected_low(country: Country) -> Figure:
    """Lower end of the interval in which the model lets that number lie."""
    return Figure(round(_modelled(country)["count_low"]), 0)


def expected_high(country: Country) -> Figure:
    """Upper end of that interval."""
    return Figure(round(_modelled(country)["count_high"]), 0)


def against_expected(country: Country) -> Text:
    """Whether that number lies within the interval, below it or above it, in words."""
    verdicts = relations.shipped_compensation().countries["verdict"]
    if country not in verdicts.index:
        raise ArgumentError(f"the model has no row for {country}")
    return _AGAINST[str(verdicts[country])]


def compensated() -> Text:
    """Countries for which the compensating function is claimed, by name."""
    return _countries("warm_regions_cool_states")


def warm_on_both_sides() -> Text:
    """Countries with more ties than expected whose state votes with Russia more than the median."""
    return _countries("warm_regions_warm_states")


def countries_compared() -> Figure:
    """Number of countries in the model of compensation."""
    return Figure(len(relations.shipped_compensation().countries), 0)


def kin_share(subject: Subject, country: Country) -> Figure:
    """Per cent of those who stated an ethnicity who belong to the titular people of a country."""
    share = ties.dyad(subject, country).titular_share_pct
    if share is None:
        raise ArgumentError(f"no share of the people of {country} in {subject}")
    return Figure(share, 1)


def programme_eur(programme: Programme) -> Figure:
    """Budget of a border programme in million euros."""
    budget = _programmes()["budget_total_eur"][programme]
    if pd.isna(budget):
        raise ArgumentError(f"no budget of {programme} is known")
    return Figure(float(budget) / 1e6, 1 if float(budget) % 1e6 else 0)


_FUNCTIONS: tuple[Callable[..., Figure | Text], ...] = (
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


def _name(code: str) -> Text:
    return Text(en=units.name(code, "en"), ru=units.name(code, "ru"))


def _land_km(country: str) -> float:
    length = ties.border(country).land_km
    if length is None:
        raise ArgumentError(f"no land border with {country}")
    return length


def _happened(on: str, what: tuple[str, ...], first: int, last: int, kind: str | None) -> int:
    counted = ties.openings_and_endings(ties.border(on).ties.where(kind=kind))  # type: ignore[arg-type]
    return int(counted.loc[first:last, list(what)].to_numpy().sum())


def _modelled(country: str) -> dict[str, float]:
    made = relations.shipped_compensation().countries[["observed", "count_low", "count_high"]]
    if country not in made.index:
        raise ArgumentError(f"the model has no row for {country}")
    return {str(name): float(figure) for name, figure in zip(made, made.loc[country], strict=True)}


def _countries(quadrant: str) -> Text:
    made = relations.shipped_compensation().countries
    codes = made.index[made["quadrant"] == quadrant]
    if codes.empty:
        raise ArgumentError("there is no such country now; rewrite the sentence")
    return Text(**{lang: ", ".join(country_name(str(code), lang) for code in codes) for lang in ("en", "ru")})


def _programmes() -> pd.DataFrame:
    return facts.table("cbc_programmes").set_index("programme_id")
