"""All ties of a timeline for the script of the map, so that it can gather those of any span of years by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from geo.i18n import Language, country_name, translator
from geo.maps.describing import MOST_TOLD, STATUSES, standing, told
from geo.maps.gathering import AreaGroup, Gathered, Row, said
from geo.maps.symbols import AREAS, LINES, POINTS, Looks
from geo.ties import Ties, kind_name

DRAWN: Final = (*LINES, *AREAS, *POINTS)
Step = list[Any]
"""Year from which a state holds, looks of the tie alone and among other forms (None: not drawn), state, words of it."""


def brush(
    ties: Ties,
    rows: Sequence[Row],
    gathered: Sequence[Gathered],
    areas: Sequence[AreaGroup],
    looks: Looks,
    lang: Language,
    first: int,
) -> dict[str, Any]:
    """Tell all ties with the states they go through, and the groups they are gathered in.

    Parameters
    ----------
    rows
        Of all `ties`, in their order, then capitals.
    gathered, areas
        Groups of the rows.
    first
        First year that may be brushed.
    """
    _ = translator(lang)
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    countries = list(dict.fromkeys(row["country"] for row in rows if said(row["country"])))
    return {
        "ties": [
            [
                int(row["since"]),
                int(row["until"]) if said(row["until"]) else None,
                row["title"],
                kinds.index(row["kind"]),
                str(row["form"]),
                countries.index(row["country"]) if said(row["country"]) else None,
                steps,
            ]
            for row, steps in zip(rows, _steps(ties, rows, looks, lang, first), strict=True)
        ],
        "kinds": ["" if kind == "capital" else kind_name(kind, lang) for kind in kinds],
        "countries": [country_name(country, lang) for country in countries],
        "scales": [
            {
                "zoom": one.scale.zoom,
                "symbols": [[group.x, group.y, group.members] for group in one.symbols],
                "lines": [[group.heading, group.steps, group.members] for group in one.lines],
                "edges": [[group.x, group.y, group.members] for group in one.edges],
            }
            for one in gathered
        ],
        "outlines": [[one.unit, one.name, one.groupings] for one in areas],
        "edge": looks.edge,
        "most": MOST_TOLD,
        "more": _("and {n} more"),
        "beyond": _("Partners beyond the frame: {n}"),
    }


def _steps(ties: Ties, rows: Sequence[Row], looks: Looks, lang: Language, first: int) -> list[list[Step]]:
    """Write the states of each row, with the year from which each holds."""
    changes = ties.frame[["opened", "closed", "status_year"]].to_numpy(dtype="float64", na_value=np.nan)
    years = {first, ties.snapshot, *(int(year) for year in np.unique(changes) if first < year < ties.snapshot)}
    found: list[list[Step]] = [[] for _row in rows]
    for year in sorted(years):
        for row, steps, state in zip(rows, found, standing(ties, year), strict=False):  # capitals stand last
            if not steps or steps[-1][3] != state:
                steps.append([year, *_looks(row, state, looks), state, told({**row, "state": state}, lang)])
    for row, steps in zip(rows[len(ties) :], found[len(ties) :], strict=True):
        steps.append([first, *_looks(row, row["state"], looks), row["state"], row["told"]])
    return found


def _looks(row: Row, state: str, looks: Looks) -> list[int | None]:
    """Looks of a tie alone, and of several with different forms."""
    if state not in STATUSES or row["kind"] not in DRAWN:
        return [None, None]
    return [looks.of(row["kind"], state, str(row["form"])), looks.of(row["kind"], state)]
