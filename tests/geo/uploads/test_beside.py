"""The reader's figures beside the atlas: which year of ours stands next to theirs."""

from __future__ import annotations

import pandas as pd
import pytest

from geo import indicators, units
from geo.uploads.beside import beside

CODES = sorted(units.subjects().index)
OWN = pd.DataFrame({"value": [float(n) for n in range(83)]}, index=pd.Index(CODES, name="iso_3166_2"))
ONE = indicators.find("unemployment_rate")
LAST = indicators.years(ONE)[-1]


def test_without_a_year_the_newest_is_taken() -> None:
    found = beside(OWN, ONE, ONE.default_per, None, CODES)
    assert found is not None
    assert found.year == LAST
    assert found.both["own"].to_dict() == OWN["value"].loc[found.both.index].to_dict()


def test_the_same_year_stands_beside_where_there_is_one() -> None:
    found = beside(OWN, ONE, ONE.default_per, 2015, CODES)
    assert found is not None
    assert found.years_used == [2015]
    # Rosstat: unemployment of Murmansk Oblast in 2015 was 7.8 %
    assert found.both.loc["RU-MUR", "ours"] == 7.8


def test_the_nearest_year_stands_in_as_the_catalogue_allows() -> None:
    tolerance = ONE.tolerance_years
    assert tolerance > 0
    near = beside(OWN, ONE, ONE.default_per, LAST + tolerance, CODES)
    assert near is not None
    assert near.years_used[-1] == LAST
    assert all(LAST + tolerance - year <= tolerance for year in near.years_used)
    assert beside(OWN, ONE, ONE.default_per, LAST + tolerance + 1, CODES) is None


def test_the_denominator_is_the_one_asked_for() -> None:
    ties = indicators.find("twin_ties")
    total, rate = (beside(OWN, ties, per, None, ["RU-MUR", "RU-KR"]) for per in ("none", "population_million"))
    assert total is not None
    assert rate is not None
    # 658,700 inhabitants, as in data/tables/panel.csv
    assert rate.both.loc["RU-MUR", "ours"] == pytest.approx(total.both.loc["RU-MUR", "ours"] / 0.6587, rel=1e-3)


def test_a_stock_that_is_only_listed_stands_there_as_it_is_listed() -> None:
    ties = indicators.find("twin_ties")
    (listed,) = indicators.years(ties)
    found = beside(OWN, ties, ties.default_per, 2015, CODES)
    assert found is not None
    assert (found.year, found.years_used) == (listed, [listed])
