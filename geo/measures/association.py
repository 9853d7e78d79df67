"""How an activity goes with a factor: rank correlation, spatial autocorrelation, models of counts.

Nothing here shows a cause: the subjects are few, neighbours resemble each other and the figures are of different
years. So every result carries its n and coverage, inference is by permutation with a seed or by robust errors, and
:func:`without_each` says whether one subject alone makes it.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from esda import Moran, Moran_Local, fdr
from libpysal.weights import W
from numpy.typing import NDArray
from scipy.stats import norm, rankdata
from statsmodels.discrete.discrete_model import NegativeBinomial
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools import add_constant

from geo.errors import ArgumentError, DataError

Floats = NDArray[np.float64]
Family = Literal["poisson", "negative_binomial"]

PERMUTATIONS = 9_999
SEED = 1991
FDR_ALPHA = 0.05

ISLAND_LINKS = (("RU-KGD", "RU-PSK"), ("RU-SAK", "RU-KHA"))
"""Links for the two subjects that touch no other: Kaliningrad with Pskov, the subject nearest to it, and Sakhalin with
Khabarovsk across the Tatar Strait. Declared, so that a map of clusters can say so; other links may be given."""

QUADRANTS = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's correlation and its permutation p.

    Attributes
    ----------
    rho, p, n
        ``p`` is two-sided; ``n`` counts the complete pairs.
    coverage
        Complete pairs as a share of all rows.
    permutations, seed
        How ``p`` was computed.
    """

    rho: float
    p: float
    n: int
    coverage: float
    permutations: int
    seed: int


@dataclass(frozen=True)
class Clustering:
    """Moran's I of a variable, and the local ones.

    Attributes
    ----------
    i, expected, p
        Global I, its expectation -1 / (n - 1) without autocorrelation, and the two-sided permutation p.
    local
        One row a unit: ``i``, ``p`` (two-sided: twice esda's, which looks to the side of the result), ``quadrant``
        (``high_high``, ``low_low``, ``high_low``, ``low_high``; the unit's own value first), ``cluster`` (the quadrant
        where p passes the false discovery rate, else missing).
    threshold
        The p that the false discovery rate lets through.
    n, coverage, permutations, seed
        As in :class:`RankCorrelation`.
    """

    i: float
    expected: float
    p: float
    local: pd.DataFrame
    threshold: float
    n: int
    coverage: float
    permutations: int
    seed: int


@dataclass(frozen=True)
class CountModel:
    """A regression of counts with robust errors.

    Attributes
    ----------
    terms
        One row a term (``intercept`` first): ``estimate`` (log scale), ``error`` (robust), ``low`` and ``high`` (95 %),
        ``p``, ``ratio`` (what one unit more multiplies the expected count by).
    dispersion
        Pearson's chi-square over its degrees of freedom; far above 1 a Poisson model is too sure of itself.
    alpha
        Of the negative binomial, variance ``m + alpha m^2``; 0 for Poisson.
    n, coverage
        Complete rows, and their share of all.
    """

    family: Family
    outcome: str
    terms: pd.DataFrame
    dispersion: float
    alpha: float
    n: int
    coverage: float


def spearman(
    frame: pd.DataFrame, x: str, y: str, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> RankCorrelation:
    """Rank correlation of two columns over the rows that have both.

    The p is that of a permutation test, ``(1 + as extreme) / (1 + permutations)``, never 0 (Phipson and Smyth 2010,
    "Permutation p-values should never be zero", Statistical Applications in Genetics and Molecular Biology 9(1), 39).
    """
    table = _complete(frame, [x, y])
    ranks = [rankdata(table[column]) for column in (x, y)]
    if any(np.ptp(column) == 0 for column in ranks):
        raise DataError("has the same value everywhere, so nothing goes with it; choose another", column=f"{x} or {y}")
    first, second = ((r - r.mean()) / np.linalg.norm(r - r.mean()) for r in ranks)
    rho = float(first @ second)
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(second, (permutations, 1)), axis=1) @ first
    extreme = int((np.abs(shuffled) >= abs(rho) - 1e-12).sum())
    return RankCorrelation(
        rho=rho,
        p=(1 + extreme) / (1 + permutations),
        n=len(table),
        coverage=len(table) / len(frame),
        permutations=permutations,
        seed=seed,
    )


def partial(frame: pd.DataFrame, x: str, y: str, controls: Sequence[str]) -> pd.DataFrame:
    """Residuals of two columns on the controls, for a partial plot.

    The slope of a line through them is the coefficient of ``x`` in the full regression of ``y`` (the theorem of Frisch,
    Waugh and Lovell).

    Returns
    -------
    DataFrame with columns ``x`` and ``y``, the complete rows of ``frame``
    """
    table = _complete(frame, [x, y, *controls])
    ground = add_constant(table[list(controls)].to_numpy(dtype=float), has_constant="add")
    if not controls:
        ground = np.ones((len(table), 1))
    sides = table[[x, y]].to_numpy(dtype=float)
    residuals = sides - ground @ np.linalg.lstsq(ground, sides, rcond=None)[0]
    return pd.DataFrame(residuals, index=table.index, columns=["x", "y"])


def contiguity(
    pairs: pd.DataFrame,
    units: Sequence[str],
    links: Collection[tuple[str, str]] = ISLAND_LINKS,
) -> W:
    """Weights of contiguity, one row-standardised neighbourhood a unit.

    Neighbours abroad are not units, so the neighbourhood of a border subject is cut off at the state border; say so
    beside every result.

    Parameters
    ----------
    pairs
        Columns ``iso_3166_2`` and ``neighbour``, each pair in one direction or both.
    units
        Those to keep, in this order.
    links
        Further pairs, for units that touch no other.

    Raises
    ------
    DataError
        If a unit has no neighbour; names it.
    """
    kept = set(units)
    near: dict[str, set[str]] = {unit: set() for unit in units}
    for one, other in [*zip(pairs["iso_3166_2"], pairs["neighbour"], strict=True), *links]:
        if one in kept and other in kept and one != other:
            near[one].add(other)
            near[other].add(one)
    for unit, others in near.items():
        if not others:
            raise DataError("touches no other unit; give it a link or leave it out", value=unit)
    weights = W({unit: sorted(others) for unit, others in near.items()}, id_order=list(units), silence_warnings=True)
    weights.transform = "r"
    return weights


def clustering(
    values: pd.Series,
    pairs: pd.DataFrame,
    *,
    links: Collection[tuple[str, str]] = ISLAND_LINKS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Clustering:
    """Moran's I and its local decomposition (Anselin 1995, "Local indicators of spatial association").

    Local p are held to the false discovery rate, as many tests are made at once (de Castro and Singer 2006,
    "Controlling the false discovery rate: a new application to account for multiple and dependent tests in local
    statistics of spatial association", Geographical Analysis).

    Parameters
    ----------
    values
        Of a variable by unit; units without a value are left out.
    pairs, links
        As in :func:`contiguity`.
    """
    present = values.dropna().astype(float)
    if len(present) < 4 or np.ptp(present.to_numpy()) == 0:
        raise DataError("needs four units with different values; choose another variable", column=str(values.name))
    weights = contiguity(pairs, [str(unit) for unit in present.index], links)
    column = np.asarray(present, dtype=np.float64)
    index = Moran(column, weights, permutations=0)
    with warnings.catch_warnings():
        # esda announces two-sided p for its next release; they are doubled here
        warnings.simplefilter("ignore", DeprecationWarning)
        local = Moran_Local(column, weights, permutations=permutations, seed=seed)
    local_p = np.minimum(2 * local.p_sim, 1.0)
    threshold = float(fdr(local_p, FDR_ALPHA))
    quadrant = pd.Series([QUADRANTS[int(q)] for q in local.q], index=present.index, dtype="string")
    shuffled = _shuffled_moran(column, weights, permutations, seed)
    extreme = int((np.abs(shuffled - index.EI) >= abs(index.I - index.EI) - 1e-12).sum())
    return Clustering(
        i=float(index.I),
        expected=float(index.EI),
        p=(1 + extreme) / (1 + permutations),
        local=pd.DataFrame(
            {
                "i": local.Is,
                "p": local_p,
                "quadrant": quadrant,
                "cluster": quadrant.where(local_p <= threshold),
            },
            index=present.index,
        ),
        threshold=threshold,
        n=len(present),
        coverage=len(present) / len(values),
        permutations=permutations,
        seed=seed,
    )


def count_model(
    frame: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    *,
    family: Family = "poisson",
    exposure: str | None = None,
) -> CountModel:
    """Regress a count on factors, with heteroscedasticity-robust errors (HC1).

    A Poisson model needs no more than the right mean when its errors are robust (Gourieroux, Monfort and Trognon 1984,
    "Pseudo maximum likelihood methods: applications to Poisson models", Econometrica 52(3), 701-720); the negative
    binomial (NB2) estimates the overdispersion too.

    Parameters
    ----------
    outcome
        Whole numbers from 0.
    predictors
        Numeric columns, as they are: scale them beforehand to compare them.
    exposure
        Column that the count is proportional to, such as population; above 0.

    Raises
    ------
    DataError
        If the outcome is not a count, rows are too few for the terms, predictors are collinear or the fit fails.
    """
    columns = [outcome, *predictors, *([exposure] if exposure else [])]
    table = _complete(frame, columns)
    counts = table[outcome].to_numpy(dtype=float)
    if (counts < 0).any() or (counts != np.round(counts)).any():
        raise DataError("is not a count; choose whole numbers from 0", column=outcome)
    if exposure and (table[exposure] <= 0).any():
        raise DataError("must be above 0 to be an exposure; choose another", column=exposure)
    ground = np.column_stack([np.ones(len(table)), table[list(predictors)].to_numpy(dtype=float)])
    if len(table) <= ground.shape[1] + 1:
        raise DataError(f"{len(table)} complete rows are too few for {len(predictors)} factors; take fewer")
    if np.linalg.matrix_rank(ground) < ground.shape[1]:
        raise DataError(
            "a factor is a combination of the others or constant; take it out", column=", ".join(predictors)
        )
    offset = None if exposure is None else np.log(table[exposure].to_numpy(dtype=float))
    estimates, errors, fitted, alpha = _fit(counts, ground, offset, family)
    half = norm.ppf(0.975) * errors
    terms = pd.DataFrame(
        {
            "estimate": estimates,
            "error": errors,
            "low": estimates - half,
            "high": estimates + half,
            "p": 2 * norm.sf(np.abs(estimates / errors)),
            "ratio": np.exp(estimates),
        },
        index=pd.Index(["intercept", *predictors], name="term"),
    )
    chi_square = float(((counts - fitted) ** 2 / (fitted + alpha * fitted**2)).sum())
    return CountModel(
        family=family,
        outcome=outcome,
        terms=terms,
        dispersion=chi_square / (len(table) - ground.shape[1]),
        alpha=alpha,
        n=len(table),
        coverage=len(table) / len(frame),
    )


def without_each(
    frame: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    *,
    family: Family = "poisson",
    exposure: str | None = None,
) -> pd.DataFrame:
    """Estimates of :func:`count_model` with each unit left out in turn.

    Returns
    -------
    DataFrame indexed by factor: ``estimate``, ``lowest``, ``highest``, ``most_influential`` (the unit whose absence
    changes the estimate most), ``keeps_sign`` (in all fits)
    """
    whole = count_model(frame, outcome, predictors, family=family, exposure=exposure).terms["estimate"]
    columns = [outcome, *predictors, *([exposure] if exposure else [])]
    table = _complete(frame, columns)
    fits = pd.DataFrame(
        {
            unit: count_model(table.drop(index=unit), outcome, predictors, family=family, exposure=exposure).terms[
                "estimate"
            ]
            for unit in table.index
        }
    ).loc[list(predictors)]
    estimate = whole.loc[list(predictors)]
    same_sign = fits.gt(0).eq(estimate.gt(0), axis=0).all(axis=1)
    return pd.DataFrame(
        {
            "estimate": estimate,
            "lowest": fits.min(axis=1),
            "highest": fits.max(axis=1),
            "most_influential": fits.sub(estimate, axis=0).abs().idxmax(axis=1),
            "keeps_sign": same_sign,
        }
    ).rename_axis("factor")


def _complete(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    for column in columns:
        if column not in frame.columns:
            raise ArgumentError(f"there is no column {column!r}; known: {', '.join(map(str, frame.columns))}")
    table = frame[list(columns)].astype(float).dropna()
    if len(table) < 3:
        raise DataError(
            f"only {len(table)} rows are complete; choose columns with more data", column=", ".join(columns)
        )
    return table


def _shuffled_moran(column: Floats, weights: W, permutations: int, seed: int) -> Floats:
    """Moran's I of shuffled values; esda's own shuffles draw from numpy's global state."""
    deviation = column - column.mean()
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(deviation, (permutations, 1)), axis=1)
    lagged = np.asarray((weights.sparse @ shuffled.T).T)
    # rows are standardised, so that the sum of the weights is n
    return np.asarray((shuffled * lagged).sum(axis=1) / (deviation @ deviation))


def _fit(counts: Floats, ground: Floats, offset: Floats | None, family: Family) -> tuple[Floats, Floats, Floats, float]:
    """Estimates, robust errors, fitted means and overdispersion.

    statsmodels gives these models HC0 under either name, so the correction that makes it HC1 is applied here.
    """
    result: Any
    if family == "poisson":
        model = GLM(counts, ground, family=Poisson(), offset=offset)
        result = model.fit(cov_type="HC0", maxiter=200)
        converged, alpha = bool(result.converged), 0.0
    else:
        model = NegativeBinomial(counts, ground, loglike_method="nb2", offset=offset)
        result = model.fit(cov_type="HC0", maxiter=500, disp=0, method="bfgs")
        converged, alpha = bool(result.mle_retvals["converged"]), float(result.params[-1])
    if not converged:
        raise DataError(f"the {family} model does not converge; take fewer factors or scale them")
    terms = ground.shape[1]
    fitted = np.asarray(result.predict(), dtype=float)
    errors = np.asarray(result.bse[:terms]) * np.sqrt(len(counts) / (len(counts) - terms))
    return np.asarray(result.params[:terms]), errors, fitted, alpha
