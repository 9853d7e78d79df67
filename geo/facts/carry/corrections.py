"""Known errors of the compilation, mended where a reader can see it (``data/corrections.yml``)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DataError
from geo.facts.declared import read_yaml


class Correction(BaseModel):
    """One cell to change or one row to drop.

    ``expect`` is the wrong value; once the compilation is mended the correction fails and can go.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str
    key: dict[str, str]
    column: str
    expect: str
    value: str | None = None
    drop: bool = False
    reason: str
    source: str


def read(data_dir: Path) -> list[Correction]:
    """Read the corrections.

    Raises
    ------
    DataError
        If an entry lacks a property or has one that is not known.
    """
    path = data_dir / "corrections.yml"
    try:
        entries = read_yaml(path) or []
        found = [Correction.model_validate(entry) for entry in entries]
    except (ValidationError, yaml.YAMLError) as error:
        raise DataError(str(error), file=path) from error
    for row, one in enumerate(found, start=1):
        if one.drop == (one.value is not None):
            raise DataError("give either `value` or `drop: true`", file=path, row=row)
    return found


def apply(tables: dict[str, pd.DataFrame], data_dir: Path) -> dict[str, pd.DataFrame]:
    """Apply every correction to tables of text.

    Raises
    ------
    DataError
        If a key finds no row or several, or the cell is not what ``expect`` says.
    """
    corrected = dict(tables)
    for row, one in enumerate(read(data_dir), start=1):
        corrected[one.table] = _applied(corrected[one.table], one, data_dir / "corrections.yml", row)
    return corrected


def _applied(frame: pd.DataFrame, one: Correction, path: Path, row: int) -> pd.DataFrame:
    found = pd.Series(True, index=frame.index)
    for column, value in one.key.items():
        found &= frame[column] == value
    if found.sum() != 1:
        raise DataError(
            f"the key finds {int(found.sum())} rows of {one.table}, not one",
            file=path,
            row=row,
            column="key",
            value=one.key,
        )
    found_value = frame.loc[found, one.column].iloc[0]
    if found_value != one.expect:
        raise DataError(
            f"{one.table} now says {found_value!r} in {one.column}: "
            "if the compilation was mended, take this correction out",
            file=path,
            row=row,
            column="expect",
            value=one.expect,
        )
    if one.drop:
        return frame[~found].reset_index(drop=True)
    return frame.assign(**{one.column: frame[one.column].mask(found, one.value)})
