"""Decode what data sets write: days, countries, first-level units, classes. One text in, one value out.

A decoder returns None for what is known to mean nothing here (a region of the world, a place abroad) and raises
:class:`UnknownCodeError` for what no table knows, so that it can be counted and listed. They are called once for each
different text of a block of records (:mod:`geo.events.records`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from typing import Final, TypeVar

from babel import Locale

from geo import facts, units
from geo.errors import UnknownCodeError
from geo.events.formats import country_names
from geo.events.schema import PlaceType
from geo.i18n import country_name

RUSSIA: Final = "RU"
NEITHER: Final = "ZZ"
"""Country of an actor whose code is that of no country: a region of the world, or one that no table knows.

Such an actor is neither of the Russian side nor a partner. ISO 3166-1 leaves the code to its users."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

T = TypeVar("T")

# some, not all: what a hostile file has in these columns is different in every line
_remembered: Final = lru_cache(maxsize=2**14)

_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}")
_IN_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
# who acts for a state: UCDP "Government of Russia (Soviet Union)", ACLED "Military Forces of Ukraine (2019-)"
_GOVERNMENT: Final = re.compile(
    r"(?:Government|(?:Military|Police|Government) Forces) of (?P<country>[^(]+).*", re.IGNORECASE
)
# ACLED "Civilians (Ukraine)", "Protesters (Russia)"
_PEOPLE: Final = re.compile(r"(?:Civilians|Protesters|Rioters) \((?P<country>[^()]+)\)", re.IGNORECASE)
_COUNTRY_ALONE: Final = frozenset({"RS", "RS00"})


@_remembered
def day(text: str) -> int:
    """Day as YYYYMMDD, from ``20201115`` or ``2020-11-15`` (what follows, a time, is left aside).

    Raises
    ------
    ValueError
        If it is no day of the years ``FIRST_YEAR`` to ``LAST_YEAR``.
    """
    plain = text if text.isdigit() else text[:10].replace("-", "")
    return _number(datetime.datetime.strptime(plain[:8], "%Y%m%d").date())


@_remembered
def day_in_words(text: str) -> int:
    """Day as YYYYMMDD, also from ``15 November 2020``."""
    try:
        return day(text)
    except ValueError:
        return _number(datetime.datetime.strptime(text, "%d %B %Y").date())


def _number(date: datetime.date) -> int:
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise ValueError(f"no day of the years {FIRST_YEAR} to {LAST_YEAR}")
    return date.year * 10_000 + date.month * 100 + date.day


@cache
def _country_codes(scheme: str) -> Mapping[str, str | None]:
    table = facts.table("event_country_codes").query("scheme == @scheme")
    return {
        str(code): country if isinstance(country, str) else None
        for code, country in zip(table["code"], table["country"], strict=True)
    }


def cameo_country(code: str) -> str | None:
    """Country of a CAMEO code of three letters (``ROM`` and ``ROU`` are Romania); None for a region of the world."""
    return _known("CAMEO country", code, _country_codes("cameo"))


def cameo_actor(code: str) -> str:
    """Country of an actor's CAMEO code; :data:`NEITHER` for a region of the world (``EUR``)."""
    return cameo_country(code) or NEITHER


def fips_country(code: str) -> str | None:
    """Country of a FIPS 10-4 code: ``RS`` is Russia, ``RI`` Serbia."""
    return _known("FIPS country", code, _country_codes("fips"))


def _known(kind: str, code: str, table: Mapping[str, T]) -> T:
    if code not in table:
        raise UnknownCodeError(kind, code)
    return table[code]


@cache
def _countries_by_name() -> Mapping[str, str]:
    table = facts.table("event_country_codes").dropna(subset="country")
    listed = dict(zip(table["name"], table["country"], strict=True))
    codes = [code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code)]
    cldr = {country_name(code, "en"): code for code in codes}
    return {name.casefold(): code for name, code in {**listed, **cldr, **country_names()}.items()}


def named_country(name: str) -> str:
    """Country of an English name; former names in brackets are left aside: ``Russia (Soviet Union)``."""
    plain = " ".join(_IN_BRACKETS.sub("", name).split()).casefold()
    if plain not in _countries_by_name():
        raise UnknownCodeError("country name", name)
    return _countries_by_name()[plain]


@_remembered
def government(actor: str) -> str | None:
    """Country of a government, its forces or its people as UCDP and ACLED name them; None for other actors."""
    found = _PEOPLE.fullmatch(actor) or _GOVERNMENT.fullmatch(actor)
    return named_country(found["country"]) if found else None


@cache
def _fips_units() -> Mapping[str, str]:
    table = facts.table("subject_codes").query("scheme == 'fips'")
    return dict(zip(table["code"], table["iso_3166_2"], strict=True))


def fips_subject(code: str) -> str | None:
    """Subject of a FIPS 10-4 code of a first-level unit, retired ones resolved; None abroad and for all of Russia."""
    if not code.startswith("RS") or code in _COUNTRY_ALONE:
        return None
    return _known("FIPS unit", code, _fips_units())


@cache
def _aliases() -> Mapping[str, str]:
    table = facts.table("aliases").query("~scheme.str.startswith('polygon')")
    return dict(zip(table["alias"], table["iso_3166_2"], strict=True))


@_remembered
def named_subject(name: str) -> str | None:
    """Subject of a name of a Russian first-level unit; None for territories that are none of the 83."""
    if name in _aliases():
        return _aliases()[name]
    found = units.match(name)
    if found.iso_3166_2 is None and found.reason not in ("contested", "abroad"):
        raise UnknownCodeError("Russian unit", name)
    return found.iso_3166_2


@cache
def cameo_events() -> Mapping[str, tuple[str, int]]:
    """Root and quad class of each CAMEO code."""
    table = facts.table("cameo_events")
    return {
        str(code): (str(root), int(quad))
        for code, root, quad in zip(table["code"], table["root_code"], table["quad_class"], strict=True)
    }


def cameo_code(code: str) -> str:
    """CAMEO code with the leading zero that spreadsheets drop: ``42`` is ``042``, ``10`` is ``10``.

    Raises
    ------
    UnknownCodeError
        If the table has neither.
    """
    for spelling in (code, f"0{code}"):
        if spelling in cameo_events():
            return spelling
    raise UnknownCodeError("CAMEO event", code)


@cache
def _cameo_roots() -> frozenset[str]:
    return frozenset(root for root, _quad in cameo_events().values())


def event_type(own: Collection[str]) -> Callable[[str], str]:
    """Decoder that knows the types of events a format declares, the roots of CAMEO where it declares none."""
    known = own or _cameo_roots()

    def decode(text: str) -> str:
        if text not in known:
            raise UnknownCodeError("type of event", text)
        return text

    return decode


def report_year(text: str) -> int:
    """Year of the day on which a report was read.

    Raises
    ------
    UnknownCodeError
        If it is no day of the years ``FIRST_YEAR`` to ``LAST_YEAR``.
    """
    try:
        return day(text) // 10_000
    except ValueError as error:
        raise UnknownCodeError("day of a report", text) from error


def first_report_year(text: str) -> int:
    """Year of the first of several days: ``2022-12-31;2023-01-02``.

    Raises
    ------
    UnknownCodeError
        If there is no day of the years ``FIRST_YEAR`` to ``LAST_YEAR`` among them.
    """
    found = []
    for written in _DAY.findall(text):
        with suppress(ValueError):
            found.append(day(written))
    if not found:
        raise UnknownCodeError("day of a report", text)
    return min(found) // 10_000


def report_year_of_seconds(text: str) -> int:
    """Year, in UTC, of a moment in seconds since 1970.

    Raises
    ------
    UnknownCodeError
        If it is no such moment of the years ``FIRST_YEAR`` to ``LAST_YEAR``.
    """
    try:
        year = datetime.datetime.fromtimestamp(int(text), datetime.UTC).year
    except (ValueError, OverflowError, OSError) as error:
        raise UnknownCodeError("day of a report", text) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownCodeError("day of a report", text)
    return year


def place_type(classes: Mapping[str, PlaceType | None]) -> Callable[[str], PlaceType | None]:
    """Decoder of the types of places that a format declares: ``PPL*`` stands for all that begin so."""

    def decode(text: str) -> PlaceType | None:
        for pattern, kind in classes.items():
            if text == pattern or (pattern.endswith("*") and text.startswith(pattern[:-1])):
                return kind
        raise UnknownCodeError("type of place", text)

    return decode
