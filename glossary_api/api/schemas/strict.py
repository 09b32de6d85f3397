"""The schemas that all others are made from: they refuse what they do not know, in messages by code."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields

from glossary_api.model.messages import Message


class Worded(Schema):
    """A schema whose complaints are messages by code."""

    # Marshmallow passes on whatever it finds here; only its annotations want texts.
    error_messages: Any = {"unknown": Message("unknown-field"), "type": Message("must-be-object")}  # noqa: RUF012

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give the complaints of a field, and of what is in it, their codes."""
        for one in (field_obj, *filter(None, (getattr(field_obj, name, None) for name in _INSIDE))):
            kind = next((code for known, code in _NOT_OF_KIND if isinstance(one, known)), "is-not-valid")
            messages: Any = {key: [Message(_CODES.get(key, kind))] for key in one.error_messages}
            one.error_messages = messages


_CODES = {"required": "is-missing", "null": "must-not-be-null"}
_INSIDE = ("inner", "key_field", "value_field")
_NOT_OF_KIND = (
    (fields.Boolean, "must-be-true-or-false"),
    (fields.Integer, "must-be-whole-number"),
    (fields.Number, "must-be-number"),
    (fields.List, "must-be-list"),
    (fields.Mapping, "must-be-object"),
    (fields.Nested, "must-be-object"),
    (fields.String, "must-be-string"),
)
"""What a field complains of whose value is of another kind."""


class Strict(Worded):
    """A schema that knows all its fields."""

    class Meta:
        """Anything else is an error."""

        unknown = RAISE


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
