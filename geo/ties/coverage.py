"""How much of what is counted is known: the statement that stands with every count of ties."""

from __future__ import annotations

from typing import NamedTuple

from geo.i18n import Language, number, translator
from geo.ties.table import Ties


class Coverage(NamedTuple):
    """Numbers behind a count of ties.

    Attributes
    ----------
    ties
        Ties counted.
    dated
        Of them, those whose year of opening is known; the others are known only "as listed".
    active, suspended, ended, unknown
        The same ties by what the newest source that was read says of them.
    without_country
        Ties of no one country: seats in organisations, crossings at airports and sea ports.
    snapshot
        Year of the newest list.
    """

    ties: int
    dated: int
    active: int
    suspended: int
    ended: int
    unknown: int
    without_country: int
    snapshot: int


def coverage(ties: Ties) -> Coverage:
    """Count what is known of ties; the statuses are those of the table and add up to all ties."""
    status = ties.frame["status"].value_counts()
    return Coverage(
        ties=len(ties),
        dated=int(ties.dated.sum()),
        active=int(status.get("active", 0)),
        suspended=int(status.get("suspended", 0)),
        ended=int(status.get("ended", 0)),
        unknown=int(status.get("unknown", 0)),
        without_country=int(ties.frame["country"].isna().sum()),
        snapshot=ties.snapshot,
    )


def coverage_words(snapshot: int, lang: Language) -> str:
    """Two sentences on how many ties are counted, as listed when; the figures of :class:`Coverage` stand in braces."""
    _ = translator(lang)
    listed = _("Ties found in lists up to {year}: {ties}, of them {dated} with a known year of opening.")
    statuses = _(
        "Known to be active {active}, suspended {suspended}, ended {ended}, status unknown {unknown}; "
        "a tie that no source lists is missing, so read every count as “at least”."
    )
    return f"{listed} {statuses}".replace("{year}", str(snapshot))


def coverage_statement(ties: Ties, lang: Language) -> str:
    """Say in two sentences how many ties are counted, as listed when, and how many of them are dated."""
    figures = coverage(ties)._asdict()
    return coverage_words(ties.snapshot, lang).format(**{name: number(n, lang) for name, n in figures.items()})
