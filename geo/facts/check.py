"""Is what stands in ``data/tables`` possible: keys, codes, ranges, sources, sums.

Frictionless says whether a table fits its schema; this says it in under a second for all tables, and knows what
a schema cannot: that a list lists sources, that a sum over the subjects comes near the national total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from geo.errors import DataError
from geo.facts.kinds import known_countries
from geo.facts.package import DATA_DIR, descriptor, read_text, typed

# Kinds of columns with codes, the pattern of one code, and the table that lists them.
LISTED: Final = {"subject": "subjects", "subjects": "subjects", "sources": "sources"}
COUNTRIES: Final = ("country", "countries")
"""Kinds of columns with codes of countries."""


class NationalTotal(NamedTuple):
    """A published total of Russia and the part of it that the 83 subjects cannot make up."""

    table: str
    series: str
    year: int
    total: float
    lacking: float
    tolerance: float


# Rosstat's national rows, as quoted in the compilation; what the 83 subjects lack of them is Crimea and Sevastopol.
# Tolerances are those of rounding, in the unit of the series.
NATIONAL_TOTALS: Final = (
    NationalTotal("panel", "grp", 2020, 93_810_284.5, 657_228.7, 1.0),
    NationalTotal("panel", "grp", 2021, 121_182_987.5, 801_006.0, 1.0),
    NationalTotal("panel", "exports_total", 2021, 493_096.1, 42.0, 1.0),
    NationalTotal("panel", "imports_total", 2021, 293_531.2, 36.7, 1.0),
    NationalTotal("panel", "accommodated_guests", 2021, 66_539.8, 2_697.3, 1.0),
    NationalTotal("panel", "area_km2", 2023, 17_125_200, 27_000, 500),
)


def problems(data_dir: Path = DATA_DIR) -> Iterator[DataError]:
    """Find what is wrong with a data package, the first case of each kind of error in each table.

    Yields
    ------
    DataError
        With file, row (the first below the header is 1), column, value and reason.
    """
    package = descriptor(data_dir)
    tables: dict[str, pd.DataFrame] = {}
    paths = {one["name"]: data_dir / one["path"] for one in package["resources"]}
    for resource in package["resources"]:
        name, fields = resource["name"], resource["schema"]["fields"]
        try:
            tables[name] = typed(read_text(paths[name]), fields, paths[name])
        except DataError as error:
            yield error
    for resource in package["resources"]:
        name = resource["name"]
        if name in tables:
            yield from _cells(tables[name], resource["schema"]["fields"], paths[name])
            yield from _keys(tables[name], resource["schema"].get("primaryKey", []), paths[name])
            yield from _references(tables, resource, paths[name])
            yield from _countries(tables[name], resource["schema"]["fields"], paths[name])
    yield from _unused_sources(tables, paths)
    yield from _ties(tables, paths)
    yield from _shares(tables, paths)
    yield from _totals(tables, paths)


def _first(wrong: pd.Series, frame: pd.DataFrame, column: str, path: Path, reason: str) -> Iterator[DataError]:
    """Yield the first row at which ``wrong`` holds."""
    if wrong.any():
        row = int(wrong.to_numpy(dtype=bool).argmax())
        value = frame[column].iloc[row]
        yield DataError(
            reason,
            file=path,
            row=row + 1,
            column=column,
            value=None if pd.isna(value) else value,
        )


def _cells(frame: pd.DataFrame, fields: list[dict[str, Any]], path: Path) -> Iterator[DataError]:
    """Compare each column with the limits of its field."""
    for field in fields:
        column, name = frame[field["name"]], field["name"]
        limits = field.get("constraints", {})
        given = column.notna()
        if limits.get("required"):
            yield from _first(~given, frame, name, path, "a value is required")
        if "pattern" in limits:
            fits = column.astype("str").str.fullmatch(limits["pattern"])
            yield from _first(given & ~fits, frame, name, path, f"not of the form {limits['pattern']}")
        if "enum" in limits:
            allowed = column.isin(limits["enum"])
            known = ", ".join(map(str, limits["enum"]))
            yield from _first(given & ~allowed, frame, name, path, f"not one of {known}")
        for limit, text in (("minimum", "below"), ("maximum", "above")):
            if limit in limits:
                numbers = column.astype("float64")
                out = numbers < limits[limit] if limit == "minimum" else numbers > limits[limit]
                yield from _first(out, frame, name, path, f"{text} {limits[limit]}, the {limit}")


def _keys(frame: pd.DataFrame, key: list[str], path: Path) -> Iterator[DataError]:
    if key:
        twice = frame.duplicated(key)
        yield from _first(twice, frame, key[0], path, f"the key ({', '.join(key)}) stands twice")


def _references(tables: dict[str, pd.DataFrame], resource: dict[str, Any], path: Path) -> Iterator[DataError]:
    """Look up codes of subjects, ids of sources and foreign keys in the tables that list them."""
    frame = tables[resource["name"]]
    wanted = {
        field["name"]: (LISTED[field["kind"]], None)
        for field in resource["schema"]["fields"]
        if field.get("kind") in LISTED
    }
    for foreign in resource["schema"].get("foreignKeys", []):
        other = foreign["reference"]["resource"] or resource["name"]
        wanted[foreign["fields"][0]] = (other, foreign["reference"]["fields"][0])
    for column, (other, key) in wanted.items():
        if other not in tables:
            continue
        wrong = _names_others(frame[column], tables[other][key or tables[other].columns[0]])
        yield from _first(wrong, frame, column, path, f"table {other} does not list it")


def _countries(frame: pd.DataFrame, fields: list[dict[str, Any]], path: Path) -> Iterator[DataError]:
    """Look up codes of countries, which no table lists."""
    for field in fields:
        if field.get("kind") in COUNTRIES:
            wrong = _names_others(frame[field["name"]], known_countries())
            yield from _first(wrong, frame, field["name"], path, "no country has this code (ISO 3166-1, XK for Kosovo)")


def _names_others(cells: pd.Series, known: Collection[str]) -> pd.Series:
    """Tell which cells, of one code or several joined by ``;``, name a code that is not among those known."""
    # few cells of a column differ: looking up the distinct ones keeps the check quick
    codes = frozenset(known)
    return cells.isin([cell for cell in cells.dropna().unique() if not codes.issuperset(cell.split(";"))])


def _unused_sources(tables: dict[str, pd.DataFrame], paths: dict[str, Path]) -> Iterator[DataError]:
    if "sources" not in tables:
        return
    used: set[str] = set()
    for frame in tables.values():
        if "source" in frame:
            for cell in frame["source"].dropna().unique():
                used.update(cell.split(";"))
    listed = tables["sources"]
    unused = ~listed["source_id"].isin(used)
    reason = "no row of any table cites this source"
    yield from _first(unused, listed, "source_id", paths["sources"], reason)


def _ties(tables: dict[str, pd.DataFrame], paths: dict[str, Path]) -> Iterator[DataError]:
    """Dates in order, points in pairs, duplicates that exist."""
    if "ties" not in tables:
        return
    frame, path = tables["ties"], paths["ties"]
    reversed_years = (frame["closed"] < frame["opened"]).fillna(False)
    yield from _first(reversed_years, frame, "closed", path, "ends before it begins")
    yield from _first(frame["listed_to"] < frame["listed_from"], frame, "listed_to", path, "ends before it begins")
    for side in ("subject", "partner"):
        half = frame[f"{side}_lat"].isna() != frame[f"{side}_lon"].isna()
        yield from _first(half, frame, f"{side}_lat", path, "a point needs latitude and longitude")
    other = frame["possible_duplicate_of"]
    lost = other.notna() & ~other.isin(frame["tie_id"])
    yield from _first(lost, frame, "possible_duplicate_of", path, "no tie has this id")
    foreign = frame["partner_iso_3166_2"].str[:2]
    elsewhere = foreign.notna() & frame["country"].notna() & (foreign != frame["country"])
    special = frame["country"].isin(["XK", "AX"])
    reason = "the unit lies in another country"
    yield from _first(elsewhere & ~special, frame, "partner_iso_3166_2", path, reason)


def _shares(tables: dict[str, pd.DataFrame], paths: dict[str, Path]) -> Iterator[DataError]:
    """Shares of one whole do not exceed 100 per cent (rounding of up to 18 answers allowed)."""
    wholes = {"religion_major": ["iso_3166_2", "year"], "ethnic_composition": ["iso_3166_2", "census_year"]}
    for name, keys in wholes.items():
        if name in tables:
            frame = tables[name]
            total = frame.groupby(keys)["share_pct"].transform("sum")
            reason = "the shares of this subject add up to more than 100 per cent"
            yield from _first(total > 101, frame, "share_pct", paths[name], reason)


def _totals(tables: dict[str, pd.DataFrame], paths: dict[str, Path]) -> Iterator[DataError]:
    """Compare sums over the 83 subjects with national totals."""
    for one in NATIONAL_TOTALS:
        if one.table not in tables:
            continue
        frame = tables[one.table]
        rows = frame[(frame["series"] == one.series) & (frame["year"] == one.year)]
        gap = one.total - one.lacking - rows["value"].sum()
        if abs(gap) > one.tolerance:
            yield DataError(
                f"the subjects of {one.series} {one.year} add up to {rows['value'].sum():,.1f}, "
                f"{gap:,.1f} off the national total of {one.total:,.1f} less {one.lacking:,.1f} "
                "for Crimea and Sevastopol",
                file=paths[one.table],
                column="value",
            )
