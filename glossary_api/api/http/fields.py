"""Trim answers to the `fields` that the caller names.

    /terms/三名工程?fields=name,senses.definitions.text
    /terms?fields=name,definition          # of each item; `total` and `next` stay

Which fields there are is known from the schema of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from flask import Response
from marshmallow import Schema, fields

from glossary_api.api.http.media_types import JSON, LINES
from glossary_api.errors import BadParameter, BadQuery

FIELDS = "fields"
Shape = dict[str, "Shape"]
"""Names of fields, each with what is below it; nothing is below a plain value."""
_ANYTHING: Shape = {"*": {}}
"""Below a mapping, whose keys the schema does not know."""


def shape_of(schema: Schema) -> Shape:
    """Return the fields that an answer of this schema, or each of its `items`, can be trimmed to."""
    items = schema.fields.get("items")
    return _below(items) if isinstance(items, fields.List) else _inside(schema)


def paths(shape: Shape) -> Iterator[str]:
    """Yield every field of a shape by its dotted path; below mappings, only those that are known."""
    for name, below in shape.items():
        if name != "*":
            yield name
            yield from (f"{name}.{path}" for path in paths(below))


def wanted(values: Sequence[str], shape: Shape) -> Shape:
    """Return the part of a shape that the values of `fields` name, which stand behind commas or are given each alone.

    Raises BadQuery with each that is not there.
    """
    named = [path for value in values for path in value.split(",")]
    if unknown := [path for path in named if not _has(shape, path)]:
        raise BadQuery([BadParameter(FIELDS, "unknown-path", path=path) for path in unknown])
    tree: Shape = {}
    for path in named:
        _add(tree, path.split("."))
    return tree


def trim(answer: Response, tree: Shape) -> None:
    """Leave only the fields of the tree in an answer, or in each line of one; another representation stays whole."""
    if answer.mimetype == LINES:
        lines = answer.iter_encoded()
        answer.response = (orjson.dumps(_trimmed(orjson.loads(line), tree)) + b"\n" for line in lines)
    if answer.mimetype != JSON:
        return
    whole = orjson.loads(answer.get_data())
    if isinstance(whole.get("items"), list):
        trimmed = whole | {"items": _trimmed(whole["items"], tree)}
    else:
        trimmed = _trimmed(whole, tree)
    answer.set_data(orjson.dumps(trimmed))


def _trimmed(value: Any, tree: Shape) -> Any:
    if isinstance(value, list):
        return [_trimmed(item, tree) for item in value]
    if isinstance(value, dict) and tree:
        return {name: _trimmed(inner, tree[name]) for name, inner in value.items() if name in tree}
    return value


def _has(shape: Shape, path: str) -> bool:
    for step in path.split("."):
        below = shape.get(step, shape.get("*") if step else None)
        if below is None:
            return False
        shape = below
    return True


def _add(tree: Shape, steps: Sequence[str]) -> None:
    """Put a path into the tree; a field that is asked for whole stays whole."""
    for step in steps[:-1]:
        if tree.get(step) == {}:
            return
        tree = tree.setdefault(step, {})
    tree[steps[-1]] = {}


def _inside(schema: Schema) -> Shape:
    return {field.data_key or name: _below(field) for name, field in schema.fields.items()}


def _below(field: fields.Field[Any]) -> Shape:
    match field:
        case fields.Nested():
            return _inside(field.schema)
        case fields.List():
            return _below(field.inner)
        case fields.Mapping():
            return _ANYTHING
    return {}
