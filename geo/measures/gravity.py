"""How many ties a subject and a country would have if size, wealth and distance were all: a gravity model of dyads.

Estimated by Poisson pseudo-maximum likelihood, which takes dyads without ties and needs no more than the right mean
(Santos Silva and Tenreyro 2006, doi:10.1162/rest.88.4.641). What is expected of a country is computed from the ties
with all *other* countries, so that its own ties do not explain themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import ArgumentError, DataError

Floats = NDArray[np.float64]

DRAWS = 2_000
SEED = 1991
LEAST_CLUSTERS = 5


@dataclass(frozen=True)
class Gravity:
    """A fitted gravity model.

    Attributes
    ----------
    terms
        One row a term (``intercept`` first): ``estimate``, ``error`` (clustered), ``low`` and ``high`` (95 %), ``p``;
        for a logarithm the estimate is an elasticity.
    covariance
        Of the estimates.
    dispersion
        Pearson's chi-square over its degrees of freedom: variance of a count over its mean.
    n, clusters
        Dyads, and groups in which their errors may hang together. Fewer than some forty groups make errors too small
        (Cameron, Gelbach and Miller 2008, doi:10.1162/rest.90.3.414), so intervals are at least as wide as given.
    """

    terms: pd.DataFrame
    covariance: Floats
    dispersion: float
    n: int
    clusters: int


def fit(dyads: pd.DataFrame, outcome: str, terms: Sequence[str], cluster: str) -> Gravity:
    """Fit a gravity model.

    Parameters
    ----------
    dyads
        One row a dyad: the outcome (a count), the terms as they enter (logarithms taken), complete.
    cluster
        Column or level of the index by which errors are clustered.

    Raises
    ------
    DataError
        If a cell is missing, the terms are collinear, there are too few clusters or the fit fails.
    """
    _refuse(dyads, outcome, terms)
    ground = _ground(dyads, terms)
    groups, names = pd.factorize(dyads.reset_index()[cluster])
    if len(names) < LEAST_CLUSTERS:
        raise DataError(f"{len(names)} groups are too few to cluster errors; give more", column=cluster)
    if np.linalg.matrix_rank(ground) < ground.shape[1]:
        raise DataError("a term is a combination of the others or constant; take it out", column=", ".join(terms))
    counts = dyads[outcome].to_numpy(dtype=float)
    from scipy.stats import norm  # a second of imports with the next, for those who fit a model alone
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    model = GLM(counts, ground, family=Poisson())
    result: Any = model.fit(cov_type="cluster", cov_kwds={"groups": groups}, maxiter=200)
    if not result.converged:
        raise DataError("the gravity model does not converge; take fewer terms", column=outcome)
    mean = np.asarray(result.fittedvalues)
    estimates, errors = np.asarray(result.params), np.asarray(result.bse)
    half = norm.ppf(0.975) * errors
    table = pd.DataFrame(
        {
            "estimate": estimates,
            "error": errors,
            "low": estimates - half,
            "high": estimates + half,
            "p": 2 * norm.sf(np.abs(estimates / errors)),
        },
        index=pd.Index(["intercept", *terms], name="term"),
    )
    return Gravity(
        terms=table,
        covariance=np.asarray(result.cov_params()),
        dispersion=float(((counts - mean) ** 2 / mean).sum() / (len(counts) - ground.shape[1])),
        n=len(counts),
        clusters=len(names),
    )


def expected(
    model: Gravity,
    dyads: pd.DataFrame,
    outcome: str,
    by: Sequence[str],
    *,
    interval: float = 0.9,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Expected and observed counts, summed over the dyads of each group.

    Parameters
    ----------
    by
        Levels of the index to sum over: both levels keep single dyads.
    interval
        Share of the draws that an interval holds. The mean varies with the estimates; the count varies round it with
        the variance ``dispersion * mean`` (a negative binomial).

    Returns
    -------
    DataFrame indexed by ``by``: ``observed``, ``expected``, ``mean_low``, ``mean_high`` (of the expected count),
    ``count_low``, ``count_high`` (where the count would lie), ``ratio`` (observed over expected), ``ratio_low``,
    ``ratio_high`` (by the interval of the mean) and ``verdict``: ``more``, ``fewer`` or ``as_expected``, by the
    interval of the count
    """
    if not 0 < interval < 1:
        raise ArgumentError("interval must lie between 0 and 1")
    terms = list(model.terms.index[1:])
    _refuse(dyads, outcome, terms)
    ground = _ground(dyads, terms)
    estimates = model.terms["estimate"].to_numpy()
    rng = np.random.default_rng(seed)
    drawn = rng.multivariate_normal(estimates, model.covariance, size=draws, method="eigh")
    means = np.exp(drawn @ ground.T)
    excess = max(model.dispersion - 1, 1e-6)
    counts = rng.poisson(rng.gamma(means / excess, excess)).astype(float)
    keys = [dyads.index.get_level_values(level) for level in by]
    tails = [(1 - interval) / 2, (1 + interval) / 2]
    table = pd.DataFrame({"observed": dyads[outcome].astype(float), "expected": np.exp(ground @ estimates)})
    table = table.groupby(keys).sum()
    for name, simulated in (("mean", means), ("count", counts)):
        summed = pd.DataFrame(simulated.T, index=dyads.index).groupby(keys).sum().loc[table.index]
        table[f"{name}_low"], table[f"{name}_high"] = np.quantile(summed.to_numpy(), tails, axis=1)
    table["ratio"] = table["observed"] / table["expected"]
    table["ratio_low"] = table["observed"] / table["mean_high"]
    table["ratio_high"] = table["observed"] / table["mean_low"]
    table["verdict"] = pd.Series("as_expected", index=table.index, dtype="str")
    table.loc[table["observed"] > table["count_high"], "verdict"] = "more"
    table.loc[table["observed"] < table["count_low"], "verdict"] = "fewer"
    return table


def _ground(dyads: pd.DataFrame, terms: Sequence[str]) -> Floats:
    return np.column_stack([np.ones(len(dyads)), dyads[list(terms)].to_numpy(dtype=float)])


def _refuse(dyads: pd.DataFrame, outcome: str, terms: Sequence[str]) -> None:
    for column in (outcome, *terms):
        if column not in dyads.columns:
            raise ArgumentError(f"there is no column {column!r}; known: {', '.join(map(str, dyads.columns))}")
        if dyads[column].isna().any():
            first = dyads.index[dyads[column].isna()][0]
            raise DataError("is missing; leave the dyad out or fill it", column=column, value=first)
    if (dyads[outcome] < 0).any():
        raise DataError("is not a count; choose numbers from 0", column=outcome)
