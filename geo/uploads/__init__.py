"""Tables and boundaries that a reader brings: read with suspicion, matched to units, joined.

- :mod:`geo.uploads.limits` how much is read, :mod:`geo.uploads.refusals` why a file is refused;
- :mod:`geo.uploads.text`, :mod:`~geo.uploads.delimited`, :mod:`~geo.uploads.archives`, :mod:`~geo.uploads.workbook`,
  :mod:`~geo.uploads.layers` from bytes to :class:`UploadedTable` and ``UploadedLayer``;
- :mod:`geo.uploads.apart` the same in a process of its own, as the page does it;
- :mod:`geo.uploads.matching` whom the rows speak of, :mod:`geo.uploads.years` and of which year,
  :mod:`geo.uploads.joining` what follows.

Nothing of a file is written to a disk, run, or kept by the process.
"""

from geo.uploads.limits import Limits, limits
from geo.uploads.reading import read_table
from geo.uploads.refusals import KINDS, Kind, Refused
from geo.uploads.tables import UploadedTable, column_values, number_columns

__all__ = [
    "KINDS",
    "Kind",
    "Limits",
    "Refused",
    "UploadedTable",
    "column_values",
    "limits",
    "number_columns",
    "read_table",
]
