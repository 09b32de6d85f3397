"""Schemas of answers, derived from the shapes of the documents that are answered (`store/shapes.py`)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import NoneType, UnionType
from typing import Any, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

from marshmallow import Schema, fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict
from glossary_api.store.shapes import Bounds, TextFormat

_FIELDS: dict[Any, Callable[..., fields.Field[Any]]] = {
    str: fields.String,
    int: functools.partial(fields.Integer, strict=True),
    bool: fields.Boolean,
    float: fields.Float,
}
_SHARE = Bounds(0, 1)
"""The bounds of a float that says nothing of them."""


@functools.cache
def schema_of(shape: type) -> type[Schema]:
    """Return the schema of a TypedDict whose fields are annotated; `TermDocument` has `TermSchema`.

    The annotations of a field are what it means and, where it has them, its choices, its bounds or its form.
    """
    hints = get_type_hints(shape, include_extras=True)
    made = {name: _described(hint) for name, hint in hints.items()}
    return Strict.from_dict(made, name=shape.__name__.removesuffix("Document") + "Schema")


def _described(hint: Any) -> fields.Field[Any]:
    may_lack = get_origin(hint) is NotRequired
    kind, description, *limits = get_args(get_args(hint)[0] if may_lack else hint)
    limit = limits[0] if limits else ()
    if isinstance(limit, TextFormat):
        return _field(kind, required=not may_lack, metadata={"description": description, "format": limit.name})
    return _field(kind, limit, required=not may_lack, metadata={"description": description})


def _field(kind: Any, limit: tuple[str, ...] | Bounds = (), **options: Any) -> fields.Field[Any]:
    if isinstance(kind, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
        options["allow_none"] = True
    inner = get_args(kind)
    if get_origin(kind) is list:
        if isinstance(limit, Bounds):
            options["validate"] = validate.Length(limit.least, limit.most)
        return fields.List(_field(*inner), **options)
    if get_origin(kind) is dict:
        return fields.Dict(fields.String(), None if inner[1] is Any else _field(inner[1], limit), **options)
    if is_typeddict(kind):
        return fields.Nested(schema_of(kind), **options)
    if kind is float and not limit:
        limit = _SHARE
    if isinstance(limit, Bounds):
        options["validate"] = validate.Range(limit.least, limit.most)
    elif limit:
        options["validate"] = validate.OneOf([*limit, *([None] if options.get("allow_none") else [])])
    return _FIELDS[kind](**options)
