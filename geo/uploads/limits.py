"""How much of a reader's file is read: settings of the one who runs the atlas, in data/uploads.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from geo.errors import DataError
from geo.facts.declared import read_yaml

SETTINGS = Path(__file__).resolve().parents[2] / "data" / "uploads.yml"
MEGABYTE = 1_000_000


class Limits(BaseModel):
    """Limits of one file; data/uploads.yml says what each means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    megabytes: PositiveInt
    unpacked_megabytes: PositiveInt
    times_packed: PositiveInt
    members: PositiveInt
    rows: PositiveInt
    columns: PositiveInt
    cells: PositiveInt
    cell_characters: PositiveInt
    names: PositiveInt
    units: PositiveInt
    vertices: PositiveInt
    seconds: PositiveInt
    memory_megabytes: PositiveInt


@cache
def limits() -> Limits:
    """Limits that are in force."""
    return read(SETTINGS)


def read(path: Path) -> Limits:
    """Read limits from their file.

    Raises
    ------
    DataError
        If a limit is missing, unknown or not a positive whole number.
    """
    try:
        return Limits.model_validate(read_yaml(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise DataError(f"the limits of uploads cannot be read ({error})", file=path) from error
