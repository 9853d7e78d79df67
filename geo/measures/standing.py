"""Where a unit stands: its rank never without its interval, and the units that it cannot be told from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from geo import units
from geo.i18n import Language, translator
from geo.measures.composite import CompositeIndex
from geo.measures.inputs import Inputs, from_catalogue
from geo.measures.recipe import IndexRecipe
from geo.measures.uncertainty import INTERVAL, RankUncertainty, rank_uncertainty


@dataclass(frozen=True)
class Ranked:
    """An index with what its ranks are worth, and what it was computed from."""

    index: CompositeIndex
    uncertain: RankUncertainty
    inputs: Inputs


@lru_cache(maxsize=64)
def ranked(one: IndexRecipe) -> Ranked:
    """Compute the index of a recipe, for all who ask for the same one."""
    table = from_catalogue(one)
    index = table.score(one)
    return Ranked(index, rank_uncertainty(index), table)


def tied_with(uncertain: RankUncertainty, unit: str) -> pd.Index:
    """Units that the draws do not tell apart from one: neither stands above the other in more than 95 % of them.

    Equal ranks count for half (:func:`share_above`); the unit itself is among them.
    """
    share = share_above(uncertain, unit)
    return share.index[share.between(*INTERVAL) | (share.index == unit)]


def share_above(uncertain: RankUncertainty, unit: str) -> pd.Series:
    """Share of draws in which one unit stands above each; equal ranks count for half."""
    above = uncertain.above.loc[unit].to_numpy()
    below = uncertain.above[unit].to_numpy()
    return pd.Series(above + (1 - above - below) / 2, index=uncertain.above.index)


def said_rank(row: pd.Series, count: int, lang: Language) -> str:
    """Rank with its interval, as "rank 7 of 48 (4 to 12 in 90 % of draws)".

    Parameters
    ----------
    row
        Of :attr:`geo.measures.uncertainty.RankUncertainty.units`.
    count
        Units that are ranked.
    """
    _ = translator(lang)
    low, high = int(row["rank_low"]), int(row["rank_high"])
    pattern = (
        _("rank {r} of {n} ({low} in 90 % of draws)")
        if low == high
        else _("rank {r} of {n} ({low} to {high} in 90 % of draws)")
    )
    return pattern.format(r=int(row["rank"]), n=count, low=low, high=high)


def said_ranks(uncertain: RankUncertainty, lang: Language) -> list[str | None]:
    """Ranks with their intervals for all 83 subjects in code order; None where there is no rank."""
    ranked, codes = uncertain.units, units.scope("all")
    return [said_rank(ranked.loc[code], len(ranked), lang) if code in ranked.index else None for code in codes]


def score_frame(index: CompositeIndex, inputs: Inputs, values: pd.Series | None = None) -> pd.DataFrame:
    """Scores of an index of the atlas as a frame that the maps draw.

    Parameters
    ----------
    values
        Drawn in place of the scores, such as those of one pillar.

    Returns
    -------
    DataFrame as of :func:`geo.indicators.join`: one row for each of the 83 subjects with ``value``, ``status``
    (``observed``; ``not_applicable`` for a subject that lacks only what does not apply to it; else ``no_data``) and
    ``year_used``, which is missing, as the indicators have years of their own.
    """
    codes = units.scope("all")
    value = (index.units["score"] if values is None else values).reindex(codes)
    status = pd.Series("no_data", index=codes, dtype="str")
    if inputs.statuses is not None:
        lacking = (inputs.statuses == "no_data").any(axis=1)
        status[inputs.statuses.index[~lacking]] = "not_applicable"
    status[value.notna()] = "observed"
    return pd.DataFrame(
        {"value": value, "status": status, "year_used": pd.array([pd.NA] * len(codes), dtype="Int64")}, index=codes
    )
