"""Read files of the compilation; an unknown code stops the import here, where file and row are known."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import DataError
from geo.facts.kinds import UNIT, known_countries

DECLARED: Final = Path(__file__).parent / "declared"

SUBJECT_COLUMNS: Final = (
    "iso_3166_2",
    "subject_iso",
    "host_subject_iso",
    "subjects_all",
    "subjects_covered",
)
UNIT_COLUMNS: Final = (
    "partner_iso_3166_2",
    "partner_adm1_iso_3166_2",
    "neighbour_adm1_iso_3166_2",
)
COUNTRY_COLUMNS: Final = (
    "country",
    "country_iso2",
    "countries",
    "glottolog_countries",
    "host_country",
    "iso2",
    "kin_iso2",
    "nearest_official_neighbour",
    "neighbour_iso2",
    "neighbours_land",
    "neighbours_sea",
    "participant_countries",
    "partner_countries",
    "partner_country",
    "partner_country_iso2",
    "sending_country",
    "spoken_in_neighbours",
)
# Files whose columns of subjects or countries also hold something else.
FOREIGN_UNITS: Final = (
    "institutions/euroregion_members.csv",
    "institutions/cbc_programme_regions.csv",
    "boundaries/foreign_adm1_codes.csv",
)
ALSO_ALLOWED: Final = {
    "federal/border_lengths.csv": frozenset({"RU"}),  # the whole country
    "boundaries/border_pairs.csv": frozenset({"UA-43"}),  # Crimea
    "boundaries/sea_candidates.csv": frozenset({"UA-40", "UA-43"}),
    "events/country_codes.csv": frozenset({"AN", "CS"}),  # Netherlands Antilles, Serbia and Montenegro
}


def declared(name: str) -> pd.DataFrame:
    """Read a list that this project declares itself, every cell as text."""
    return pd.read_csv(DECLARED / name, dtype=str, keep_default_na=False)


@cache
def known_subjects() -> frozenset[str]:
    """Codes of the 83 subjects of ISO 3166-2:RU."""
    return frozenset(declared("subjects.csv")["iso_3166_2"])


class Origin:
    """The folder of the compilation.

    Parameters
    ----------
    directory
        Folder with one folder a theme.
    """

    def __init__(self, directory: Path) -> None:
        if not directory.is_dir():
            raise DataError("the folder of the compilation is missing", file=directory)
        self.directory = directory
        self._read: dict[str, pd.DataFrame] = {}

    def read(self, file: str) -> pd.DataFrame:
        """Read a file as text, an empty cell as ``""``, and check its codes.

        Raises
        ------
        DataError
            If the file is missing or holds an unknown code.
        """
        if file not in self._read:
            path = self.directory / file
            try:
                frame = pd.read_csv(path, dtype=str, keep_default_na=False)
            except FileNotFoundError:
                raise DataError("the file is missing in the compilation", file=path) from None
            _check_codes(frame, file, path)
            self._read[file] = frame
        return self._read[file].copy()


def _check_codes(frame: pd.DataFrame, file: str, path: Path) -> None:
    """Refuse a code that no list knows."""
    also = ALSO_ALLOWED.get(file, frozenset())
    subjects, countries = known_subjects() | also, known_countries() | also
    for column in frame.columns.intersection([*SUBJECT_COLUMNS, *COUNTRY_COLUMNS, *UNIT_COLUMNS]):
        codes = frame[column].str.split(";").explode()
        codes = codes[codes != ""]
        if column in COUNTRY_COLUMNS:
            wrong, what = ~codes.isin(countries), "country"
        elif column in UNIT_COLUMNS or file in FOREIGN_UNITS:
            wrong, what = ~codes.str.fullmatch(UNIT), "first-level unit (ISO 3166-2)"
        else:
            wrong, what = ~codes.isin(subjects), "subject (ISO 3166-2:RU)"
        if wrong.any():
            row = codes.index[wrong][0]
            raise DataError(
                f"not the code of a {what}",
                file=path,
                row=int(row) + 1,
                column=column,
                value=codes[wrong].iloc[0],
            )
