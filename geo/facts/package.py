"""Read the data package: its descriptor and its tables."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.errors import DataError, UnknownCodeError

DATA_DIR: Final = Path(__file__).resolve().parents[2] / "data"
DESCRIPTOR: Final = "datapackage.json"
_DTYPES: Final = {"integer": "Int64", "number": "float64"}


def descriptor(data_dir: Path = DATA_DIR) -> dict[str, Any]:
    """Read the Frictionless descriptor of a data package.

    Raises
    ------
    DataError
        If the descriptor is missing or is not JSON.
    """
    path = data_dir / DESCRIPTOR
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError("the descriptor of the data package is missing", file=path) from None
    except json.JSONDecodeError as error:
        raise DataError(f"not JSON: {error}", file=path) from error
    return content


def read_text(path: Path) -> pd.DataFrame:
    """Read a CSV file as text: an empty cell is missing, ``NA`` is Namibia.

    Raises
    ------
    DataError
        If the file is missing, not UTF-8, or a row has too many cells.
    """
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except FileNotFoundError:
        raise DataError("the table is missing", file=path) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise DataError(f"not a readable CSV file: {error}", file=path) from error


def typed(text: pd.DataFrame, fields: list[dict[str, Any]], path: Path) -> pd.DataFrame:
    """Give the columns of a table read as text the types of its schema.

    Raises
    ------
    DataError
        At the first cell that is not of its type, or when the columns differ from the schema.
    """
    names = [field["name"] for field in fields]
    if list(text.columns) != names:
        raise DataError(f"columns are {list(text.columns)}, the schema says {names}", file=path)
    columns = {}
    for field in fields:
        column = text[field["name"]]
        if field["type"] not in _DTYPES:
            columns[field["name"]] = column
            continue
        numbers = pd.to_numeric(column, errors="coerce")
        wrong = column.notna() & numbers.isna()
        if field["type"] == "integer":
            wrong |= numbers.notna() & (numbers % 1 != 0)
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            raise DataError(
                f"not of type {field['type']}",
                file=path,
                row=row + 1,
                column=field["name"],
                value=column.iloc[row],
            )
        columns[field["name"]] = numbers.astype(_DTYPES[field["type"]])
    return pd.DataFrame(columns)


@cache
def package() -> dict[str, Any]:
    """Give the descriptor of the data package of the atlas; read once, not to be changed."""
    return descriptor()


@cache
def table(name: str) -> pd.DataFrame:
    """One table of the data package.

    The frame is read once and shared: copy it before changing it.

    Parameters
    ----------
    name
        Name of the resource, for example ``"ties"``; ``package()["resources"]`` lists them.

    Returns
    -------
    DataFrame with the columns of the schema: text as ``str``, whole numbers as ``Int64``, others as ``float64``;
    empty cells are missing.

    Raises
    ------
    UnknownCodeError
        If the package has no such table.
    DataError
        If the file is missing or a cell is not of its type.
    """
    resources = {resource["name"]: resource for resource in package()["resources"]}
    if name not in resources:
        raise UnknownCodeError("table", name, sorted(resources))
    path = DATA_DIR / resources[name]["path"]
    return typed(read_text(path), resources[name]["schema"]["fields"], path)


@cache
def sources() -> pd.DataFrame:
    """Give the sources of all tables, indexed by ``source_id``; shared, as a :func:`table` is."""
    return table("sources").set_index("source_id")


def named_sources(*tables: pd.DataFrame) -> list[str]:
    """Give the sources that rows name in the column ``source``, the most frequent first."""
    named = pd.concat([rows["source"].dropna().astype(str) for rows in tables])
    return [str(source) for source in named.str.split(";").explode().value_counts().index]
