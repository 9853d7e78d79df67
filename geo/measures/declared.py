"""Choices of a method as a file: read as YAML into a frozen model, refused with the line at fault and the remedy."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DataError
from geo.facts.declared import LOADER
from geo.i18n import Message

RECIPES = Path(__file__).resolve().parents[2] / "data" / "recipes"

DEEPEST = 20
"""Levels of brackets that are read; a recipe needs five."""

_OPENING = (
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
)
_CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken, yaml.BlockEndToken)


class Declared(BaseModel):
    """A part of a recipe: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Fault(ValueError):
    """What contradicts itself in a part of a recipe; ``path`` leads from the part to the key at fault."""

    def __init__(self, reason: str, *path: int | str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


Model = TypeVar("Model", bound=BaseModel)


def read(path: str | Path, model: type[Model]) -> Model:
    """Read a recipe from a YAML file.

    Raises
    ------
    DataError
        Names file and line, the key at fault and the remedy.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read ({error}); give the path of a YAML file in UTF-8", file=path) from error
    return parse(text, model, path)


def parse(text: str, model: type[Model], file: str | Path = "recipe") -> Model:
    """Parse a recipe from YAML; ``file`` is named in errors. See :func:`read`."""
    node = compose(text, file)
    try:
        return model.model_validate(yaml.load(text, Loader=LOADER))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        reason, path = _told(faults[0], model)
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise DataError(reason + more, file=f"{file}:{line_of(node, path)}") from None


def compose(text: str, file: str | Path) -> yaml.Node:
    """Read the tree with its line marks; aliases are refused, as they can be cyclic or explode."""
    depth = 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > DEEPEST:
                line = token.start_mark.line + 1
                raise DataError(Message("is nested too deeply for a recipe"), file=f"{file}:{line}")
            if isinstance(token, yaml.AliasToken):
                line = token.start_mark.line + 1
                reason = Message("an alias (*name) can be cyclic and is not read; write it out")
                raise DataError(reason, file=f"{file}:{line}")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if isinstance(node, yaml.MappingNode):
            _refuse_double_keys(node, file)
            return node
    except yaml.MarkedYAMLError as error:
        line = 1 if error.problem_mark is None else error.problem_mark.line + 1
        reason = Message("is not YAML: {problem}; mend this line", problem=error.problem)
        raise DataError(reason, file=f"{file}:{line}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise DataError(Message("is not YAML: {problem}", problem=error), file=file) from None
    raise DataError(Message("is not a recipe; write keys such as 'id:', 'pillars:' and 'null_rule:'"), file=file)


def _refuse_double_keys(node: yaml.Node, file: str | Path) -> None:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_double_keys(child, file)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise DataError(Message("key {key!r} stands twice; remove one", key=key.value), file=f"{file}:{line}")
            seen.add(key.value)
            _refuse_double_keys(child, file)


def line_of(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """Line (from 1) of the deepest part of the path that exists."""
    line = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [(key, child) for key, child in node.value if key.value == step]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _told(fault: Any, model: type[BaseModel]) -> tuple[str, tuple[int | str, ...]]:
    path = tuple(fault["loc"])
    place = ".".join(str(step) for step in path)
    match fault["type"]:
        case "extra_forbidden":
            known = ", ".join(model_at(model, path[:-1]).model_fields)
            return f"unknown key {path[-1]!r} at {place}; known here: {known}", path
        case "missing":
            return f"key {path[-1]!r} is missing at {place}; add it", path
        case "value_error":
            cause = fault["ctx"]["error"]
            return str(cause), (*path, *getattr(cause, "path", ()))
        case _:
            return f"{place}: {fault['msg']}, not {fault['input']!r}", path


def model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """Model of the part that a path leads to; the last one known where it leads through a mapping."""
    for step in path:
        field = model.model_fields.get(str(step))
        found = next(_models_in(field.annotation), None) if field else None
        model = found or model
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models_in(inner)
