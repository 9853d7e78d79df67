"""Values of indicators that rest on the store of event records: shares of what is reported, violence nearby."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import boundaries, units
from geo.events import opened, places, reports
from geo.events.reports import Side
from geo.events.schema import Source
from geo.events.standing import CITED, CODED, Standing, held
from geo.indicators.catalogue import Events

SIDE: Final[dict[str, Side]] = {"cooperation_share": "cooperation", "conflict_share": "conflict"}


def source(rule: Events, of: Standing) -> Source | None:
    """Data set that a rule rests on, of several the one with the most records; None where the store holds none."""
    usable = rule.rests_on(held(of))
    return sorted(usable, key=lambda one: -held(of)[one])[0] if usable else None


def sources(rule: Events, of: Standing) -> list[str]:
    """Ids of data/tables/sources.csv on which a rule rests."""
    found = source(rule, of)
    return [] if found is None else [CITED[found]]


def well_checked(rule: Events, of: Standing) -> frozenset[str]:
    """Subjects of which readers checked enough of the places that a rule believes."""
    found = source(rule, of)
    return frozenset() if found is None else opened.well_checked(of, found)


class Checked(NamedTuple):
    """Subjects of which enough places are checked, among those that have believed events."""

    subjects: int
    of: int


def checked(rule: Events, of: Standing) -> Checked | None:
    """How many subjects of a map readers checked the places of; None of data coded by people, or without records."""
    found = source(rule, of)
    if found not in CODED:
        return None
    mapped = set(opened.subjects(of, found, places.rule()))
    return Checked(len(mapped & well_checked(rule, of)), len(mapped))


@lru_cache(maxsize=8)
def values(rule: Events, of: Standing) -> pd.DataFrame:
    """Values by year and subject, 0 where nothing is believed or near; empty where the store holds no such data.

    The frame is shared: copy it before changing it.
    """
    found = source(rule, of)
    if found is None:
        return pd.DataFrame(columns=units.scope("all"), dtype="float64")
    if rule.measure == "violence_nearby":
        assert rule.within_km is not None
        return nearby(reports.points(opened.records(of, found)), rule.within_km)
    return shares(of, found, SIDE[rule.measure])


def shares(of: Standing, found: Source, side: Side) -> pd.DataFrame:
    """Per cent of the events of the year that concern Russia, years by subjects."""
    total, counted = opened.totals(of, found), opened.pairs(of, found, places.rule())
    own = counted[counted["quad_class"].isin(reports.SIDES[side])]
    events = _wide(own, total.index)
    return events.div(total, axis="index") * 100


def nearby(points: pd.DataFrame, within_km: float) -> pd.DataFrame:
    """Events within a distance of the outline of each subject, or inside it, years by subjects.

    Distances are measured in the Albers projection of the atlas (:data:`geo.boundaries.ALBERS`), whose lengths are some
    per cent off away from its two parallels, against outlines simplified to about 1.5 km.

    Parameters
    ----------
    points
        :func:`geo.events.reports.points`.
    """
    subjects = boundaries.projected("subjects", "fine")
    at = gpd.GeoSeries.from_xy(points["lon"], points["lat"], crs="EPSG:4326").to_crs(boundaries.ALBERS)
    usable = np.flatnonzero(shapely.is_valid(at.to_numpy()) & ~at.is_empty.to_numpy())
    unit, point = shapely.STRtree(at.to_numpy()[usable]).query(
        subjects.geometry.to_numpy(), predicate="dwithin", distance=within_km
    )
    hit = points.iloc[usable[point]].assign(iso_3166_2=subjects.index.to_numpy()[unit])
    return _wide(hit, pd.Index(sorted(points["year"].unique()), name="year"))


def _wide(counted: pd.DataFrame, years: pd.Index) -> pd.DataFrame:
    """Sum of events, years by subjects; 0 where there are none."""
    wide: pd.DataFrame = counted.pivot_table(index="year", columns="iso_3166_2", values="events", aggfunc="sum")
    return wide.reindex(index=years, columns=units.scope("all")).fillna(0).astype("float64")
