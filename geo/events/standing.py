"""The store that this server was told to use, and whether what was computed from it is still good.

It is a setting of the server (:data:`geo.events.store.CONFIGURED_BY`), never taken from an address.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from geo.errors import DataError
from geo.events import store
from geo.events.schema import SOURCES, Source

CODED: Final[tuple[Source, ...]] = ("gdelt1", "gdelt2", "polecat", "icews")
"""Data sets that code cooperation and conflict; of ACLED nothing derived may be published, UCDP is violence alone."""
VIOLENCE: Final[Source] = "ucdp_ged"
CITED: Final[dict[Source, str]] = {
    "gdelt1": "events:gdelt",
    "gdelt2": "events:gdelt",
    "polecat": "events:polecat",
    "icews": "events:icews",
    "ucdp_ged": "events:ucdp",
}
"""Ids of data/tables/sources.csv."""


class Standing(NamedTuple):
    """A store as it stands now: two that are equal hold the same records, so what is computed of one may be remembered.

    Parameters
    ----------
    setting
        Folder or connection string.
    manifest
        When the manifest was last written, in nanoseconds; 0 for a database.
    """

    setting: str
    manifest: int

    @property
    def folder(self) -> Path | None:
        """Folder of the store; None for a database."""
        return None if store.is_database(self.setting) else Path(self.setting)

    @property
    def verdicts(self) -> Path | None:
        """Folder of what readers say of its places; None for a database while no folder is set."""
        return store.verdicts_folder(self.setting)


def standing() -> Standing | None:
    """Return the store as it stands now; None where none is configured, or its folder holds none."""
    setting = store.configured()
    return None if setting is None else at(setting)


def at(setting: str) -> Standing | None:
    """Return a store as it stands now; None where its folder holds none."""
    if store.is_database(setting):
        return Standing(setting, 0)
    written = _written(Path(setting) / store.MANIFEST)
    return Standing(setting, written) if written else None


def verdicts_written(of: Standing) -> int:
    """When the file of verdicts was last written, in nanoseconds; 0 where there is none."""
    return _written(of.verdicts / store.VERDICTS) if of.verdicts else 0


@lru_cache(maxsize=4)
def held(of: Standing) -> dict[Source, int]:
    """Records of each data set in a store, those without records left out."""
    if of.folder is None:
        from geo.events import engines  # of queries, which a folder of files does not need here

        number = engines.counted(of.setting)
    else:
        taken = store.manifest(of.folder).files
        number = {one: sum(file.records for file in taken if file.source == one) for one in SOURCES}
    return {one: number[one] for one in SOURCES if number.get(one)}


def main_source(of: Standing) -> Source | None:
    """Data set that codes cooperation and conflict with the most records; None where there is none."""
    coded = {one: number for one, number in held(of).items() if one in CODED}
    return sorted(coded, key=lambda one: -coded[one])[0] if coded else None


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def problems() -> list[DataError]:
    """Tell what is wrong with the setting of the server: a folder that holds no store, or one that cannot be read."""
    setting = store.configured()
    if setting is None or store.is_database(setting):
        return []
    try:
        store.parts(Path(setting))
    except DataError as error:
        return [error]
    return []
