"""Fields that an answer always has, in a word each: what most answers are made of."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields


def number(description: str, **options: Any) -> fields.Integer:
    """Return a whole number."""
    return fields.Integer(required=True, strict=True, metadata={"description": description}, **options)


def flag(description: str, **options: Any) -> fields.Boolean:
    """Return a field that is true or false."""
    return fields.Boolean(required=True, metadata={"description": description}, **options)


def word(description: str, **options: Any) -> fields.String:
    """Return a text."""
    return fields.String(required=True, metadata={"description": description}, **options)


def word_or_null(description: str, **options: Any) -> fields.String:
    """Return a text, null where it is not known."""
    return word(description, allow_none=True, **options)


def one(of: type[Schema], description: str, **options: Any) -> fields.Nested:
    """Return an object of this schema."""
    return fields.Nested(of, required=True, metadata={"description": description}, **options)


def several(of: type[Schema] | fields.Field[Any], description: str) -> fields.List[Any]:
    """Return a list of objects of this schema, or of values of this field."""
    inner = of if isinstance(of, fields.Field) else fields.Nested(of)
    return fields.List(inner, required=True, metadata={"description": description})
