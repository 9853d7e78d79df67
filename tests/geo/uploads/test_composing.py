"""The reader's column in an index: weights by hand, and a column that decides alone where it has all the weight."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo import units
from geo.measures import recipe
from geo.uploads.composing import OWN, inputs_with_own, with_own

BASE = recipe.read(recipe.shipped()["international_activity"])


def column(values: list[float]) -> pd.DataFrame:
    codes = sorted(units.subjects().index)
    return pd.DataFrame({"value": values, "status": "observed"}, index=pd.Index(codes, name="iso_3166_2"))


def test_the_other_pillars_share_the_rest() -> None:
    one = with_own(BASE, "v", 0.2, "more")
    assert sum(p.weight for p in one.pillars) == pytest.approx(1)
    assert one.pillars[-1].weight == 0.2
    for new, old in zip(one.pillars, BASE.pillars, strict=False):
        assert new.weight == pytest.approx(0.8 * old.weight)


@pytest.mark.parametrize(("direction", "first"), [("more", -1), ("less", 0)])
def test_a_column_of_nearly_all_the_weight_decides(direction: str, first: int) -> None:
    values = column(list(np.linspace(0, 1, 83)))
    one = with_own(BASE, "v", 0.999, direction)
    index = inputs_with_own(BASE, values).score(one)
    inside = sorted(units.scope(BASE.scope))
    assert index.units.index[0] == inside[first]


def test_the_score_is_the_weighted_mean_where_means_are_arithmetic() -> None:
    base = BASE.model_copy(update={"across": "arithmetic", "within": "arithmetic", "null_rule": "mean_of_available"})
    base = base.model_copy(update={"min_data_share": None})
    values = column([float(n % 7) for n in range(83)])
    before = inputs_with_own(base, values)
    with_it = before.score(with_own(base, "v", 0.25, "more"))
    code = str(with_it.units.index[0])
    inside = values["value"].loc[list(units.scope(base.scope))]
    scaled = (inside[code] - inside.min()) / (inside.max() - inside.min())
    others = with_it.pillars.loc[code].drop("own")
    weights = pd.Series({p.id: p.weight for p in base.pillars})[others.index]
    if base.normalisation == "min_max" and others.notna().all():
        assert with_it.normalised.loc[code, OWN] == pytest.approx(scaled)
        assert with_it.units.loc[code, "score"] == pytest.approx(0.25 * scaled + 0.75 * (others * weights).sum())
