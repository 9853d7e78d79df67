"""The declaration of the tables (``data/tables.yml``) and the descriptor written from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import DataError
from geo.facts.declared import read_yaml
from geo.facts.kinds import KINDS
from geo.facts.package import DESCRIPTOR
from geo.i18n import Text

SOURCE = {"kind": "sources", "required": True, "about": "Ids of table sources, separated by `;`"}


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Declared):
    """A column: its kind, its name in the file it comes from, what it means."""

    kind: str
    origin: str | None = Field(None, alias="from")
    about: str = ""
    required: bool = False
    enum: list[str] | None = None

    def schema_of(self, name: str) -> dict[str, Any]:
        """Field of Frictionless Table Schema; ``kind`` stays as a property of its own."""
        kind = KINDS[self.kind]
        limits = dict(kind["constraints"])
        if self.enum:
            limits["enum"] = self.enum
        if self.required:
            limits["required"] = True
        field = {"name": name, "type": kind["type"], "description": self.about, "kind": self.kind}
        if limits:
            field["constraints"] = limits
        return {key: value for key, value in field.items() if value}


class Table(_Declared):
    """A table: where it comes from, its key, licence and columns."""

    title: Text
    about: Text | None = None
    origin: str = Field(alias="from")
    cites: str | None = None
    where: dict[str, list[str]] = {}
    build: str | None = None
    licence: str = "CC-BY-4.0"
    notice: str | None = None
    key: list[str] = []
    foreign: dict[str, str] = {}
    fields: dict[str, Column]

    def columns(self) -> list[str]:
        """Names of the columns as carried; every table but that of the sources ends with ``source``."""
        return list(self.fields) + ([] if self.origin == "<sources>" else ["source"])


class Licence(_Declared):
    """A licence of the package."""

    title: str
    path: str


class Source(_Declared):
    """A source that the compilation does not list itself."""

    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    year: int | str = ""
    note: str = ""


class Declaration(_Declared):
    """All of ``data/tables.yml``."""

    version: str
    title: str
    description: str
    licences: dict[str, Licence]
    sources: dict[str, Source]
    withheld: dict[str, str]
    tables: dict[str, Table]


def declaration(data_dir: Path) -> Declaration:
    """Read ``tables.yml``.

    Raises
    ------
    DataError
        If a property is not known or a value is not of its type.
    """
    path = data_dir / "tables.yml"
    try:
        return Declaration.model_validate(read_yaml(path))
    except (ValidationError, yaml.YAMLError) as error:
        raise DataError(str(error), file=path) from error


def resource(name: str, spec: Table, declared: Declaration) -> dict[str, Any]:
    """Describe one table in terms of a Frictionless Tabular Data Resource.

    Frictionless has one title and one description, which are the English ones; the Russian stand beside them.
    """
    fields = [column.schema_of(column_name) for column_name, column in spec.fields.items()]
    if "source" in spec.columns():
        fields.append(Column.model_validate(SOURCE).schema_of("source"))
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if spec.key:
        schema["primaryKey"] = spec.key
    foreign = {
        column: ("subjects", "iso_3166_2")
        for column, declared_column in spec.fields.items()
        if declared_column.kind == "subject"
    } | {column: (other, declared.tables[other].key[0]) for column, other in spec.foreign.items()}
    if foreign:
        schema["foreignKeys"] = [
            {
                "fields": [column],
                "reference": {"resource": "" if other == name else other, "fields": [key]},
            }
            for column, (other, key) in foreign.items()
        ]
    licence = declared.licences[spec.licence]
    described = {
        "name": name,
        "type": "table",
        "path": f"tables/{name}.csv",
        "title": spec.title.en,
        "title_ru": spec.title.ru,
        "description": spec.about and spec.about.en,
        "description_ru": spec.about and spec.about.ru,
        "notice": spec.notice,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": [{"name": spec.licence, "title": licence.title, "path": licence.path}],
        "schema": schema,
    }
    return {key: value for key, value in described.items() if value}


def descriptor(declared: Declaration) -> dict[str, Any]:
    """Describe the whole package."""
    return {
        "name": "limitrophe",
        "title": declared.title,
        "description": declared.description,
        "version": declared.version,
        "profile": "data-package",
        "licenses": [
            {"name": name, "title": licence.title, "path": licence.path} for name, licence in declared.licences.items()
        ],
        "sources": [{"title": "Each row names its sources; see the table sources", "path": "tables/sources.csv"}],
        "resources": [resource(name, spec, declared) for name, spec in declared.tables.items()],
    }


def write_descriptor(declared: Declaration, data_dir: Path) -> None:
    """Write ``datapackage.json``."""
    text = json.dumps(descriptor(declared), ensure_ascii=False, indent=1)
    (data_dir / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
