"""The table of ties, narrowed by typed filters and read at the end of a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

import numpy as np
import pandas as pd

from geo import facts
from geo.errors import UnknownCodeError

Kind = Literal[
    "twin_town",
    "sister_region",
    "agreement",
    "euroregion",
    "cbc_programme",
    "organisation",
    "consulate",
    "office_abroad",
    "joint_project",
    "crossing",
]
Status = Literal["active", "suspended", "ended", "unknown"]
State = Literal["not_yet", "active", "suspended", "ended", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Ties:
    """Ties of subjects with partners abroad, one row a dyad.

    Parameters
    ----------
    frame
        Columns of data/tables/ties.csv; years are ``Int64``.
    snapshot
        Year of the newest list in the whole table: the only year in which an undated tie counts.
    """

    frame: pd.DataFrame
    snapshot: int

    def __len__(self) -> int:
        return len(self.frame)

    def where(
        self,
        *,
        kind: Kind | Collection[Kind] | None = None,
        subject: str | Collection[str] | None = None,
        country: str | Collection[str] | None = None,
        partner: str | Collection[str] | None = None,
        status: Status | Collection[Status] | None = None,
        form: str | Collection[str] | None = None,
        group: str | Collection[str] | None = None,
    ) -> Ties:
        """Keep the ties that match all filters given.

        Parameters
        ----------
        kind, status
            Of the closed vocabularies :data:`KINDS` and :data:`STATUSES`.
        subject, country
            ``RU-MUR``; ``FI``. A code that no tie carries gives an empty table: it may well exist.
        partner
            ISO 3166-2 code of the partner's first-level unit.
        form, group
            Values of the columns ``form`` and ``group_id``; unknown ones are refused.

        Raises
        ------
        UnknownCodeError
            If a kind, status, form or group is none of those there are.
        """
        keep = pd.Series(True, index=self.frame.index)
        for column, wanted, known in (
            ("kind", kind, KINDS),
            ("status", status, STATUSES),
            ("iso_3166_2", subject, None),
            ("country", country, None),
            ("partner_iso_3166_2", partner, None),
            ("form", form, _all_values("form")),
            ("group_id", group, _all_values("group_id")),
        ):
            if wanted is None:
                continue
            values = [wanted] if isinstance(wanted, str) else list(wanted)
            _refuse_unknown(column, values, known)
            keep &= self.frame[column].isin(values)
        return self.only(keep)

    def only(self, keep: pd.Series) -> Ties:
        """Keep the ties for which a series of booleans, aligned with the frame, is true."""
        return replace(self, frame=self.frame[keep])

    @property
    def dated(self) -> pd.Series:
        """Whether the year of opening is known, tie by tie."""
        return self.frame["opened"].notna()

    @property
    def end(self) -> pd.Series:
        """Year of the ending: ``closed``, or the year for which an ended tie is reported."""
        reported = self.frame["status_year"].where(self.frame["status"] == "ended")
        return self.frame["closed"].fillna(reported)

    def state(self, year: int) -> pd.Series:
        """State of each tie on 31 December of a year.

        The rule, in this order:

        1. opened later than the year: ``not_yet``;
        2. closed, or reported as ended, in the year or before: ``ended``;
        3. undated and the year is before the newest snapshot: ``unknown``. An undated tie is
           counted only "as listed" in the newest snapshot and never projected backward;
        4. ended in an unknown year: ``unknown`` before the snapshot, ``ended`` from then on;
        5. suspended in the year or before: ``suspended``. Where the year of the suspension is not
           known it holds from the snapshot on and the state before is ``unknown``;
        6. else ``active``: opened and not known to have ended.
        """
        frame, past = self.frame, year < self.snapshot
        opened, end, told = (
            column.to_numpy(dtype="float64", na_value=np.nan)
            for column in (frame["opened"], self.end, frame["status_year"])
        )
        status = frame["status"].to_numpy()
        undated, suspended = np.isnan(opened), status == "suspended"
        state = np.select(
            [
                opened > year,
                end <= year,
                undated & past,
                (status == "ended") & np.isnan(end),
                suspended & np.isnan(told),
                suspended & (told <= year),
            ],
            [
                "not_yet",
                "ended",
                "unknown",
                "unknown" if past else "ended",
                "unknown" if past else "suspended",
                "suspended",
            ],
            default="active",
        )
        return pd.Series(state, index=frame.index, dtype="str")

    def alive(self, year: int) -> Ties:
        """Ties whose :meth:`state` at the end of the year is ``active``."""
        return self.only(self.state(year) == "active")

    @property
    def lifetime(self) -> pd.DataFrame:
        """Years in which each tie is known: columns ``since`` and ``until``, both included; NA where it stands still.

        An undated tie is known since the newest snapshot, or since the year in which it is known to have ended.
        """
        end = self.end
        began = self.frame["opened"].fillna(self.snapshot)
        return pd.DataFrame({"since": began.mask((end < began).fillna(False), end), "until": end})

    def within(self, first: int, last: int) -> Ties:
        """Ties whose :attr:`lifetime` touches a span of years, both ends included."""
        known = self.lifetime
        return self.only((known["since"] <= last) & ~(known["until"] < first).fillna(False))

    def as_listed(self) -> Ties:
        """Ties of the newest snapshot that are not known to have ended, suspended ones included."""
        return self.only(self.state(self.snapshot).isin(["active", "suspended"]))


def _refuse_unknown(column: str, values: Iterable[str], known: Collection[str] | None) -> None:
    if known is None:
        return
    for value in values:
        if value not in known:
            raise UnknownCodeError(f"{column} of ties", value, sorted(known))


@cache
def _all_values(column: str) -> frozenset[str]:
    return frozenset(facts.table("ties")[column].dropna())


@cache
def load() -> Ties:
    """All ties of data/tables/ties.csv that may be counted.

    Planned things are no ties, and a row that may repeat another (``possible_duplicate_of``) is
    left out, so that no fact counts twice.
    """
    frame = facts.table("ties")
    countable = (frame["status"] != "planned") & frame["possible_duplicate_of"].isna()
    newest = int(listed_year(frame["listed_to"]).max())
    return Ties(frame[countable].reset_index(drop=True), newest)


def listed_year(month: pd.Series) -> pd.Series:
    """Year of a list snapshot given as year and month."""
    return pd.to_numeric(month.str[:4]).astype("Int64")
