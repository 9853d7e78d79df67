"""Errors of the package: each says what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path

SHOWN = 24
"""Known values that a message names: enough for all countries along the border."""


class LimitropheError(Exception):
    """Base of all errors that a reader of the atlas may meet."""


class ArgumentError(LimitropheError):
    """An argument of a function, a command or an address is not among the allowed values.

    The command line answers it with exit code 2.
    """


class UnknownCodeError(ArgumentError):
    """A code or an identifier that no table knows.

    Parameters
    ----------
    kind
        What was looked up, for example ``"indicator"``.
    value
        The value that was given.
    known
        Values that exist; the first few are named in the message.
    """

    def __init__(self, kind: str, value: object, known: list[str] | None = None) -> None:
        self.kind = kind
        self.value = value
        self.known = known or []
        shown = ", ".join(self.known[:SHOWN]) + (", ..." if len(self.known) > SHOWN else "")
        super().__init__(f"unknown {kind} {value!r}" + (f"; known: {shown}" if shown else ""))


class DataError(LimitropheError):
    """A data file says something that cannot be right.

    Parameters
    ----------
    reason
        What is wrong and what to do about it.
    file, row, column, value
        Where it stands; ``row`` counts from 1 for the first line below the header.
    """

    def __init__(
        self,
        reason: str,
        *,
        file: str | Path | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        self.reason = reason
        self.file = None if file is None else str(file)
        self.row = row
        self.column = column
        self.value = value
        place = [
            part
            for part in (
                self.file,
                None if row is None else f"row {row}",
                None if column is None else f"column {column}",
                None if value is None else f"value {value!r}",
            )
            if part
        ]
        super().__init__(f"{', '.join(place)}: {reason}" if place else reason)


class CoverageError(DataError):
    """A polygon layer has overlaps, gaps or invalid rings."""


class BoundaryFileError(DataError):
    """A vector file cannot be read as a boundary layer; names the feature at fault."""


class UnplacedError(BoundaryFileError):
    """A vector file does not say its reference system, and its coordinates are not degrees."""
