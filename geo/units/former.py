"""What units were called before, what they became, and which territories are no subject: data/former_units.yml."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DataError
from geo.facts.declared import read_yaml

FORMER_UNITS = Path(__file__).resolve().parents[2] / "data" / "former_units.yml"


class _Named(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    ru: str
    source: list[str]


class MergedUnit(_Named):
    """An okrug or oblast that became part of another subject in 2005-2008, under its old ISO 3166-2 code."""

    code: str
    successor: str
    date: datetime.date


class FormerName(_Named):
    """A name that one or more subjects, or their capitals, bore before."""

    subjects: list[str]


class ContestedUnit(_Named):
    """A territory coded under another state or disputed: no subject here."""

    code: str | None


class FormerUnits(BaseModel):
    """The whole file; ``sources`` says what the ids in ``source`` stand for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, str]
    merged: list[MergedUnit]
    renamed: list[FormerName]
    contested: list[ContestedUnit]


@cache
def former_units() -> FormerUnits:
    """Read data/former_units.yml.

    Raises
    ------
    DataError
        If the file has another form or names a source that it does not explain.
    """
    try:
        former = FormerUnits.model_validate(read_yaml(FORMER_UNITS))
    except (OSError, ValidationError, yaml.YAMLError) as error:
        raise DataError(str(error), file=FORMER_UNITS) from error
    named = {source for unit in (*former.merged, *former.renamed, *former.contested) for source in unit.source}
    if unexplained := named - former.sources.keys():
        raise DataError("explain the source under `sources`", file=FORMER_UNITS, value=sorted(unexplained))
    return former
