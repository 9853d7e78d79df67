"""Carry a release of the compiled facts into ``data/``: one key vocabulary, one table of sources, one of ties.

The compilation stays what it is, a folder a theme with names of columns that grew apart. ``data/tables.yml``
declares what becomes of each file; tables that are built from several files have a module here.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geo.facts.carry import borders, corrections, names, shaping, ties, units
from geo.facts.carry.citations import Citations
from geo.facts.carry.declaration import Declaration, declaration, write_descriptor
from geo.facts.carry.origin import Origin
from geo.facts.package import DATA_DIR

BUILT = {
    "<subjects>": units.subjects,
    "<subject_codes>": units.subject_codes,
    "<capitals>": units.capitals,
    "<cities>": units.cities,
    "<event_sources>": units.event_sources,
    "<foreign_regions>": units.foreign_regions,
    "<border_pairs>": borders.pairs,
    "<sea_candidates>": borders.sea_candidates,
    "<panel>": shaping.panel,
    "<panel_rosstat>": shaping.panel_rosstat,
    "<evisa_checkpoints>": shaping.evisa_checkpoints,
    "<ties>": ties.ties,
    "<translations>": names.translations,
}


def from_directory(origin_dir: Path, data_dir: Path = DATA_DIR) -> dict[str, pd.DataFrame]:
    """Carry every declared table and write the tables and the descriptor.

    Parameters
    ----------
    origin_dir
        Folder of the compilation, with ``economy/panel.csv`` and so on.
    data_dir
        Folder of the data package; ``tables.yml`` and ``corrections.yml`` are read from it.

    Returns
    -------
    Tables by name, every cell as text.

    Raises
    ------
    DataError
        At a code or a source that is not known, a key that stands twice, or a correction whose ``expect`` no longer
        holds; names file, row, column and value. Nothing is written then.
    """
    declared = declaration(data_dir)
    origin = Origin(origin_dir)
    citations = Citations(origin, declared)
    tables = {name: table(name, origin, citations, declared) for name in declared.tables if name != "sources"}
    tables = corrections.apply(tables, data_dir)
    tables["sources"] = citations.used_by(tables)
    tables = {name: tables[name] for name in declared.tables}
    for name, frame in tables.items():
        write_table(frame, data_dir / "tables" / f"{name}.csv")
    write_descriptor(declared, data_dir)
    return tables


def table(name: str, origin: Origin, citations: Citations, declared: Declaration) -> pd.DataFrame:
    """Carry one table; see ``data/tables.yml`` for what becomes of it."""
    spec = declared.tables[name]
    built = BUILT.get(spec.origin)
    frame = built(origin, citations) if built else shaping.plain(spec, origin, citations)
    frame = citations.without_withheld(frame)
    columns = spec.columns()
    missing = [column for column in columns if column not in frame]
    frame = frame.assign(**dict.fromkeys(missing, ""))[columns]
    order = spec.key or columns
    return frame.sort_values(order, kind="stable").reset_index(drop=True)


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table so that the next release is a readable diff: UTF-8, LF, keys in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
