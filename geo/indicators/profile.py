"""All indicators of one subject: the newest value of each, with its place among the border subjects."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from geo.indicators.catalogue import catalogue, mapped, unit_of
from geo.indicators.join import Records, coverage, join, ranks, records


@lru_cache(maxsize=2)
def _profiles(_of: tuple[Records, ...]) -> pd.DataFrame:
    """Profile of every subject, indexed by ``iso_3166_2`` and ``indicator``."""
    frames = []
    for key, indicator in catalogue().items():
        frame = join(indicator)
        ranked = key in mapped() and indicator.kind != "yes_no"
        inside, applicable = coverage(frame, "border")
        frames.append(
            frame.assign(
                indicator=key,
                theme=indicator.theme,
                unit_en=unit_of(indicator, None).en,
                unit_ru=unit_of(indicator, None).ru,
                at_least=indicator.at_least(),
                rank=ranks(frame, "border").mask(frame["status"] == "zero")
                if ranked
                else pd.Series(pd.NA, index=frame.index, dtype="Int64"),
                ranked=int(frame["value"].notna().sum()) and inside,
                applicable=applicable,
            ).set_index("indicator", append=True)
        )
    return pd.concat(frames)


def profile(iso_3166_2: str) -> pd.DataFrame:
    """Newest value of each indicator of the catalogue for one subject.

    Returns
    -------
    DataFrame indexed by ``indicator`` in the order of the catalogue: ``value``, ``status``, ``year_used``, ``checked``
    as of :func:`geo.indicators.join` with the default denominator; ``theme``, ``unit_en``, ``unit_ru``, ``at_least``;
    ``rank`` by falling value among border subjects (missing outside them, for zero, for
    illustrations and for yes or no);
    ``ranked`` border subjects with a value, of ``applicable`` to which the question applies.
    """
    frame = _profiles(records_of_all())
    return frame[frame.index.get_level_values("iso_3166_2") == iso_3166_2].droplevel("iso_3166_2")


def records_of_all() -> tuple[Records, ...]:
    """Event records on which indicators of the catalogue rest, as they stand now."""
    found = (records(one) for one in catalogue().values())
    return tuple(dict.fromkeys(one for one in found if one is not None))
