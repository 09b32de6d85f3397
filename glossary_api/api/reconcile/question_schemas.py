"""Describe the questions of version 0.2 of the protocol as schemas.

What the specifications leave open is let pass; what they close, a query's own fields, is closed here.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, ValidationError, fields, validates_schema

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.parameters import WholeNumber
from glossary_api.api.schemas.strict import Strict, Worded, several
from glossary_api.model.messages import Message
from glossary_api.queries.reconcile.entities import PROPERTIES, TYPE
from glossary_api.queries.reconcile.extend import MOST_IDS

LONGEST = 200
"""Code points that a name or a value may have."""
MOST_SKIPPED = 1000
"""How many suggestions can be skipped."""


class Lenient(Worded):
    """A schema that lets fields pass which it does not know."""

    class Meta:
        """They are left out."""

        unknown = EXCLUDE


class Values(fields.Raw):
    """A value of a property or several: strings, numbers, booleans, entities by id.

    It has no type in the document, since clients that are generated cannot be compiled with a union in a list in one.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not all(map(_is_value, value if isinstance(value, list) else [value])):
            raise ValidationError([Message("must-be-value")])
        return value


class PositiveNumber(fields.Integer):
    """A whole number from 1 on, written as any JSON number."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if not whole or isinstance(value, bool) or value < 1:
            raise ValidationError([Message("must-be-whole-number-from-1-on")])
        return int(value)


def _is_value(value: Any) -> bool:
    if isinstance(value, dict):
        name = value.get("name", "")
        return isinstance(name, str) and isinstance(value.get("id"), str) and len(value["id"]) <= LONGEST
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) <= LONGEST)


def _short(description: str, **options: Any) -> fields.String:
    size = validate.Length(max=LONGEST)
    return fields.String(validate=size, metadata={"description": description}, **options)


def _limit() -> PositiveNumber:
    return PositiveNumber(
        metadata={"description": "How many candidates are wanted at most.", "type": "integer", "minimum": 1}
    )


def _property(description: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(list(PROPERTIES)), metadata={"description": description}, **options)


class MappedPropertySchema(Lenient):
    """A property and the values that it should have."""

    pid = _property("Id of the property.", required=True)
    v = Values(metadata={"description": "One of these values it should have."})


class ReconciliationQuerySchema(Strict):
    """A query of version 0.2; it has `query` or `properties`."""

    query = _short("A name, in any spelling, or an id.")
    type = fields.Raw(
        metadata={
            "title": "ReconciliationTypes",
            "description": f"A type or several; only `{TYPE['id']}` has entities.",
            "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        }
    )
    limit = _limit()
    properties = fields.List(
        fields.Nested(MappedPropertySchema), metadata={"description": "What else is known of the entity."}
    )
    type_strict = fields.String(
        validate=validate.OneOf(["any", "should", "all"]),
        metadata={"description": "Without effect: there is one type."},
    )

    @validates_schema
    def _has_a_question(self, data: dict[str, Any], **_: Any) -> None:
        if "query" not in data and not data.get("properties"):
            raise ValidationError([Message("must-have-query-or-properties")])
        types = data.get("type", "")
        if not isinstance(types, str) and not (
            isinstance(types, list) and all(isinstance(name, str) for name in types)
        ):
            raise ValidationError([Message("must-be-string-or-list-of-strings")], "type")


class ExtendedPropertySchema(Lenient):
    """A property to fetch."""

    id = _property("Id of the property.", required=True)
    settings = fields.Dict(
        keys=fields.String(),
        metadata={"description": "How to fetch it: `limit`, `place`, `source`; others are let pass."},
    )


class DataExtensionQuerySchema(Lenient):
    """Entities and the properties to fetch for them."""

    ids = several(fields.String(), f"Ids of the entities, at most {MOST_IDS:,}.")
    properties = several(ExtendedPropertySchema, "What to fetch of each.")


class PrefixSchema(Lenient):
    """The characters typed so far; parameters that clients add of their own are let pass."""

    prefix = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST),
        metadata={"description": "The beginning of a name, in any spelling, or of an id."},
    )
    cursor = WholeNumber(
        load_default=0,
        validate=validate.Range(0, MOST_SKIPPED),
        metadata={"description": "How many suggestions to skip; nobody leafs further, a longer prefix is the way."},
    )


class ProposalQuerySchema(Lenient):
    """For which type properties are to be proposed."""

    type = fields.String(load_default="", metadata={"description": "Id of the type; empty for any."})
    limit = WholeNumber(
        validate=validate.Range(1, MOST_SKIPPED),
        metadata={"description": "How many properties are wanted at most."},
    )
