"""Check the catalogue against the tables: every rule finds its table, its columns and a value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geo.errors import DataError, LimitropheError
from geo.indicators.catalogue import read
from geo.indicators.values import values, years_of


def problems(data_dir: Path) -> Iterator[DataError]:
    """Yield what is wrong with the indicators of a data package; the values are those of the atlas's own tables."""
    try:
        catalogue = read(data_dir / "indicators")
        read(data_dir / "indicators" / "events")  # their values rest on a store that a reader brings
    except DataError as error:
        yield error
        return
    for one in catalogue.values():
        file = f"data/indicators/{one.theme}.yml"
        try:
            years = years_of(one)
            if not years or values(one, years[-1])["value"].isna().all():
                yield DataError(f"{one.id}: the rule finds no value; check its filters", file=file)
        except LimitropheError as error:
            yield DataError(f"{one.id}: {error}", file=file)
        except KeyError as error:
            yield DataError(
                f"{one.id}: the rule names a column that the table lacks", file=file, column=str(error.args[0])
            )
