"""The reader's figures beside an indicator of the atlas: of the same year, or the nearest that the catalogue allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from geo import indicators
from geo.indicators import Indicator


@dataclass(frozen=True)
class Beside:
    """Figures of both, subject by subject.

    Attributes
    ----------
    both
        ``own``, ``ours`` and ``year_used`` (of ours) for the subjects of the scope that have both.
    year
        For which ours were asked.
    """

    both: pd.DataFrame
    indicator: Indicator
    per: str
    year: int

    @property
    def years_used(self) -> list[int]:
        """Years of our figures, in order."""
        return sorted(int(year) for year in self.both["year_used"].dropna().unique())


def beside(
    figures: pd.DataFrame, indicator: Indicator, per: str, year: int | None, scope: Collection[str]
) -> Beside | None:
    """Put figures beside an indicator; None where it has no year near enough.

    Parameters
    ----------
    figures
        Of :func:`geo.uploads.joining.values`, for the subjects.
    year
        Wanted of the indicator: a subject takes the nearest year that has a value within the tolerance of the
        catalogue (of two equally near the later one). None for the newest. A stock that is only listed stands there as
        it is listed, whatever the year.
    """
    known = indicators.years(indicator)
    year = known[0] if len(known) == 1 else year  # a stock that is only listed has no other year to choose
    if year is not None and not any(abs(year - one) <= indicator.tolerance_years for one in known):
        return None
    ours = indicators.join(indicator, year, per)
    table = pd.DataFrame({"own": figures["value"], "ours": ours["value"], "year_used": ours["year_used"]})
    both = table.loc[list(scope)].dropna(subset=["own", "ours"])
    return Beside(both, indicator, per, int(ours.attrs["year"]))
