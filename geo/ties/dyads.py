"""What stands between one subject and one country: border, kinship, languages, faith, votes, crossings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

import pandas as pd
from pyproj import Geod

from geo import facts, units
from geo.errors import ArgumentError, UnknownCodeError
from geo.ties.counts import counts
from geo.ties.table import load

EARTH: Final = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Dyad:
    """Context of the ties of a subject with a country; None or an empty frame where nothing is known.

    Parameters
    ----------
    borders
        Rows of :func:`geo.units.borders` for the country: kind, length in km and how it is known.
    measured_km
        Length of the land border measured at 1:10 million: use it as a share only.
    titular_share_pct, other_kin_share_pct
        Per cent of those who stated an ethnicity in 2021 who belong to the group that names the country, and to
        other groups at home there; 0 may mean that a small group was not read.
    titular_groups, other_kin_groups
        The groups, joined by ``;``.
    languages
        Languages of the subject that Glottolog places in the country too.
    confession, confession_share_pct
        Dominant confession of the country, see :func:`confessions`, and its per cent of adults in the subject.
    un_agreement
        Agreement of the country with Russia in the UN General Assembly (0-1) by year.
    crossings
        Number of crossings by ``form`` (mode) and ``status``.
    capital_distance_km
        Geodesic distance (WGS 84) between the administrative centre of the subject and the capital of the country;
        the bodies of Leningrad and Moscow Oblasts sit in the federal cities.
    """

    iso_3166_2: str
    country: str
    borders: pd.DataFrame
    measured_km: float | None
    titular_share_pct: float | None
    titular_groups: str | None
    other_kin_share_pct: float | None
    other_kin_groups: str | None
    languages: tuple[str, ...]
    confession: str | None
    confession_share_pct: float | None
    un_agreement: pd.Series
    crossings: pd.DataFrame
    capital_distance_km: float | None


@cache
def dyad(iso_3166_2: str, country: str) -> Dyad:
    """Gather what the tables say of a subject and a country, neighbour or not.

    Raises
    ------
    UnknownCodeError
        If the code is none of the 83 subjects, or no table speaks of the country.
    """
    borders = units.borders(iso_3166_2)
    country = parse_country(country)
    pairs = _rows("border_pairs", iso_3166_2, country)
    kin = _first(_rows("ethnic_affinity", iso_3166_2, country))
    faith = _first(confessions().query("iso_3166_2 == @iso_3166_2 and country == @country"))
    votes = facts.table("unga_agreement").query("country == @country").set_index("year")["agreement"].sort_index()
    languages = facts.table("languages").query("iso_3166_2 == @iso_3166_2")
    spoken = languages["spoken_in_neighbours"].fillna("").str.split(";").map(lambda found: country in found)
    crossings = load().where(kind="crossing", subject=iso_3166_2, country=country)
    return Dyad(
        iso_3166_2=iso_3166_2,
        country=country,
        borders=borders[borders["country"] == country].reset_index(drop=True),
        measured_km=None if pairs.empty else float(pairs["measured_km"].sum()),
        titular_share_pct=kin.get("titular_share_pct"),
        titular_groups=kin.get("titular_groups"),
        other_kin_share_pct=kin.get("other_kin_share_pct"),
        other_kin_groups=kin.get("other_kin_groups"),
        languages=tuple(languages.loc[spoken, "language"].drop_duplicates()),
        confession=faith.get("major_group"),
        confession_share_pct=faith.get("share_pct"),
        un_agreement=votes,
        crossings=counts(crossings, ("form", "status")).reset_index()[["form", "status", "ties"]],
        capital_distance_km=_capital_distance_km(iso_3166_2, country),
    )


def parse_country(code: str) -> str:
    """Code of a country, in capitals, that some tie or table of neighbours knows.

    Raises
    ------
    UnknownCodeError
        If none does; names those there are.
    """
    return _one_of("country", code, _codes("country"))


def parse_partner(code: str) -> str:
    """Code of a foreign first-level unit, in capitals, that some tie or the list of foreign regions knows.

    Raises
    ------
    UnknownCodeError
        If none does; names those there are.
    """
    return _one_of("foreign region", code, _codes("partner_iso_3166_2"))


@cache
def _codes(column: Literal["country", "partner_iso_3166_2"]) -> frozenset[str]:
    """Codes of partners that the ties or the units know."""
    named = units.countries() if column == "country" else units.foreign_regions()
    return frozenset([*named.index, *load().frame[column].dropna()])


def _one_of(what: str, code: str, known: frozenset[str]) -> str:
    if code.strip().upper() not in known:
        raise UnknownCodeError(what, code, sorted(known))
    return code.strip().upper()


def parse_year(year: int) -> int:
    """Year of which the table of ties may say what stood: from the oldest tie to the newest list.

    Raises
    ------
    ArgumentError
        If it lies outside.
    """
    first, last = int(load().frame["opened"].min()), load().snapshot
    if not first <= year <= last:
        raise ArgumentError(f"year {year}: the ties are known from {first} to {last}")
    return year


def dominant_confessions() -> pd.Series:
    """Dominant confession of each neighbouring country, as a major group indexed by ``country``.

    It is the major group with the greatest share of the population. A country in which those without a religion
    outnumber every confession (China, Estonia) has none, and one for which the source has no exact share (North
    Korea, Ukraine) is left out. Operationalised by this project.
    """
    table = facts.table("neighbour_religion")
    table = table[~table["major_group"].isin(["no_answer", "other"])]
    shares = table.groupby(["country", "major_group"])["share_pct"].sum(min_count=1).dropna()
    largest = shares.loc[shares.groupby("country").idxmax()].reset_index().set_index("country")["major_group"]
    return largest[largest != "unaffiliated"]


def confessions() -> pd.DataFrame:
    """Share of each country's dominant confession in each subject.

    Returns
    -------
    DataFrame with ``iso_3166_2``, ``country``, ``major_group``, ``share_pct`` (per cent of respondents aged 18 and
    over, 2012) and ``source``, one row a surveyed subject and country of :func:`dominant_confessions`.
    """
    at_home = facts.table("religion_major")[["iso_3166_2", "major_group", "share_pct", "source"]]
    return dominant_confessions().reset_index().merge(at_home, on="major_group")


def _capital_distance_km(iso_3166_2: str, country: str) -> float | None:
    capitals = units.capitals()
    if country not in capitals.index:
        return None
    centre, capital = units.centres().loc[iso_3166_2], capitals.loc[country]
    metres = EARTH.inv(centre["lon"], centre["lat"], capital["lon"], capital["lat"])[2]
    return float(metres) / 1000


def _rows(table: str, iso_3166_2: str, country: str) -> pd.DataFrame:
    return facts.table(table).query("iso_3166_2 == @iso_3166_2 and country == @country")


def _first(frame: pd.DataFrame) -> dict[str, Any]:
    """First row without its empty cells."""
    return {} if frame.empty else dict(frame.iloc[0].dropna())
