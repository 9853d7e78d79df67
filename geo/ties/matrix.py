"""The table subjects x countries: its cells, the order of its rows and columns, its flows and its change."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd

from geo import units
from geo.errors import ArgumentError
from geo.i18n import Language
from geo.ties.groups import OTHER, country_groups, group_of
from geo.ties.table import Ties, load

Order = Literal["similarity", "geography", "name"]
ORDERS: tuple[Order, ...] = get_args(Order)


def matrix(ties: Ties) -> pd.DataFrame:
    """Count ties by subject and country.

    Returns
    -------
    DataFrame of integers, ``iso_3166_2`` x ``country``, both in code order and without empty rows and columns; ties of
    no one country are left out.
    """
    frame = ties.frame.dropna(subset=["country"])
    return pd.crosstab(frame["iso_3166_2"], frame["country"]).astype("int64")


def ordered(cells: pd.DataFrame, by: Order, lang: Language = "en") -> pd.DataFrame:
    """Order rows and columns of :func:`matrix`.

    Parameters
    ----------
    by
        ``"similarity"``: neighbours in the order have alike partners (:func:`by_similarity`); ``"geography"``:
        subjects from west to east by their administrative centre, countries by group of
        data/recipes/country_groups.yml and within it from west to east by the median of the partner places that the
        ties name; ``"name"``: by name in the language.
    """
    if by not in ORDERS:
        raise ArgumentError(f"unknown order {by!r}; known: {', '.join(ORDERS)}")
    if by == "similarity":
        return cells.loc[by_similarity(cells), by_similarity(cells.T)]
    if by == "name":
        return cells.loc[_by_name(cells.index, lang), _by_name(cells.columns, lang)]
    return cells.loc[_west_to_east(cells.index), _by_group(cells.columns)]


def by_similarity(cells: pd.DataFrame) -> list[str]:
    """Order of rows in which neighbours are alike.

    Hierarchical clustering with average linkage on the cosine distance of the rows, the leaves in the order that
    makes neighbours most alike (Bar-Joseph, Gifford and Jaakkola, "Fast Optimal Leaf Ordering for Hierarchical
    Clustering", Bioinformatics 17, 2001, S22-S29). Nothing in it is random: the same table gives the same order.
    """
    rows = cells[cells.ne(0).any(axis="columns")]
    if len(rows) < 3:
        return list(cells.index)
    from scipy.cluster.hierarchy import leaves_list, linkage  # half a second of imports, which few need
    from scipy.spatial.distance import pdist

    tree = linkage(pdist(rows.to_numpy(dtype=float), "cosine").clip(min=0), "average", optimal_ordering=True)
    empty = cells.index.difference(rows.index, sort=False)
    return [*rows.index[leaves_list(tree)], *empty]


def _by_name(codes: pd.Index, lang: Language) -> list[str]:
    return sorted(codes, key=lambda code: units.name(code, lang).replace("Ё", "Е"))


def _west_to_east(codes: pd.Index) -> list[str]:
    # Anadyr lies west of 180 degrees, so plain longitudes do
    return list(units.centres().loc[codes, "lon"].sort_values(kind="stable").index)


def _by_group(codes: pd.Index) -> list[str]:
    groups = [*country_groups(), OTHER]
    longitude = load().frame.groupby("country")["partner_lon"].median().to_dict()
    return sorted(codes, key=lambda code: (groups.index(group_of(code)), longitude.get(code, 0.0), code))


def flows(ties: Ties, largest: int) -> pd.DataFrame:
    """Count ties from subject by kind to country, the small ends gathered.

    Parameters
    ----------
    largest
        Subjects and countries with the most ties that keep their names; all others become ``"other"``.

    Returns
    -------
    DataFrame with columns ``iso_3166_2``, ``kind``, ``country`` and ``ties``; ties of no one country are left out.
    """
    frame = ties.frame.dropna(subset=["country"])
    gathered = pd.DataFrame(
        {
            "iso_3166_2": _gather(frame["iso_3166_2"], largest),
            "kind": frame["kind"],
            "country": _gather(frame["country"], largest),
        }
    )
    return gathered.value_counts(sort=False).sort_index().reset_index(name="ties")


def _gather(codes: pd.Series, largest: int) -> pd.Series:
    sizes = codes.value_counts()
    if len(sizes) <= largest + 1:  # a single other one keeps its name
        return codes
    kept = sorted(sizes.index, key=lambda code: (-sizes[code], code))[:largest]
    return codes.where(codes.isin(kept), OTHER)


def before_and_after(ties: Ties, year: int) -> dict[str, Ties]:
    """Ties on the two sides of a year, by one rule on both: only dated ties can be placed in time.

    Returns
    -------
    ``before``: active at the end of the year before; of these ``kept``, ``suspended`` and ``ended`` by the newest
    snapshot; ``opened`` since; and ``after``: active in the newest snapshot (``kept`` and what of ``opened`` is
    active still).
    """
    dated = ties.only(ties.dated)
    before, now = dated.state(year - 1) == "active", dated.state(ties.snapshot)
    opened = (dated.frame["opened"] >= year).fillna(False)
    return {
        "before": dated.only(before),
        "kept": dated.only(before & (now == "active")),
        "suspended": dated.only(before & (now == "suspended")),
        "ended": dated.only(before & (now == "ended")),
        "opened": dated.only(opened),
        "after": dated.only(now == "active"),
    }
