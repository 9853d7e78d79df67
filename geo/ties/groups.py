"""Groups that are a scholar's choice and so data: directions of ties, types of instruments."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DataError
from geo.facts.declared import read_yaml
from geo.i18n import Text
from geo.ties.table import Kind

RECIPES = Path(__file__).resolve().parents[2] / "data" / "recipes"
OTHER = "other"


class CountryGroup(BaseModel):
    """Partner countries that form one direction of external relations."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Text
    note: Text
    countries: tuple[str, ...]


class Instrument(BaseModel):
    """Kinds of ties that are instruments of one type of actor."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: Text
    note: Text
    kinds: tuple[Kind, ...]


def _read(name: str, key: str) -> list[dict[str, Any]]:
    rows = read_yaml(RECIPES / name)
    if not isinstance(rows, dict) or list(rows) != [key]:
        raise DataError(f"a file with the one key {key!r} was expected", file=f"data/recipes/{name}")
    return list(rows[key])


def _refuse_repeats(members: list[str], file: str) -> None:
    for member in members:
        if members.count(member) > 1:
            raise DataError("stands in two groups; leave it in one", file=file, value=member)


@cache
def country_groups() -> dict[str, CountryGroup]:
    """Read data/recipes/country_groups.yml, by id; countries in no group are ``"other"``.

    Raises
    ------
    DataError
        If the file has an unknown key or a country stands in two groups.
    """
    file = "data/recipes/country_groups.yml"
    try:
        groups = [CountryGroup(**row) for row in _read("country_groups.yml", "groups")]
    except ValidationError as error:
        raise DataError(str(error), file=file) from error
    _refuse_repeats([country for group in groups for country in group.countries], file)
    return {group.id: group for group in groups}


def group_of(country: str) -> str:
    """Id of the group of a country, ``"other"`` if it is in none."""
    return next((g.id for g in country_groups().values() if country in g.countries), OTHER)


@cache
def instruments() -> dict[str, Instrument]:
    """Read data/recipes/instruments.yml, by id.

    Raises
    ------
    DataError
        If the file has an unknown key or kind, or a kind stands in two types.
    """
    file = "data/recipes/instruments.yml"
    try:
        types = [Instrument(**row) for row in _read("instruments.yml", "instruments")]
    except ValidationError as error:
        raise DataError(str(error), file=file) from error
    _refuse_repeats([kind for instrument in types for kind in instrument.kinds], file)
    return {instrument.id: instrument for instrument in types}
