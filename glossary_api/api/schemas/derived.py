"""Schemas of answers, derived from the shapes of the documents that are answered (`store/shapes.py`)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from marshmallow import Schema, fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict

_FIELDS: dict[Any, Callable[..., fields.Field[Any]]] = {
    str: fields.String,
    int: functools.partial(fields.Integer, strict=True),
    bool: fields.Boolean,
    float: functools.partial(fields.Float, validate=validate.Range(0, 1)),
}


@functools.cache
def schema_of(shape: type) -> type[Schema]:
    """Return the schema of a TypedDict whose fields are annotated; `TermDocument` has `TermSchema`.

    The annotations of a field are what it means and, where it has them, its choices.
    """
    hints = get_type_hints(shape, include_extras=True)
    made = {name: _described(*get_args(hint)) for name, hint in hints.items()}
    return Strict.from_dict(made, name=shape.__name__.removesuffix("Document") + "Schema")


def _described(kind: Any, description: str, choices: tuple[str, ...] = ()) -> fields.Field[Any]:
    return _field(kind, choices, required=True, metadata={"description": description})


def _field(kind: Any, choices: tuple[str, ...] = (), **options: Any) -> fields.Field[Any]:
    if isinstance(kind, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
        options["allow_none"] = True
    inner = get_args(kind)
    if get_origin(kind) is list:
        return fields.List(_field(*inner), **options)
    if get_origin(kind) is dict:
        return fields.Dict(fields.String(), None if inner[1] is Any else _field(inner[1], choices), **options)
    if is_typeddict(kind):
        return fields.Nested(schema_of(kind), **options)
    if choices:
        options["validate"] = validate.OneOf([*choices, *([None] if options.get("allow_none") else [])])
    return _FIELDS[kind](**options)
