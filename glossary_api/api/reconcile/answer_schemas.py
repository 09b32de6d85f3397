"""Describe the answers of version 0.2 of the protocol as schemas."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.reconcile.candidates import FEATURES
from glossary_api.queries.reconcile.entities import IDENTIFIER_SPACE, PROPERTIES, SCHEMA_SPACE, TYPE
from glossary_api.queries.reconcile.extend import SETTINGS

V02 = "0.2"


def _text(description: str, **options: Any) -> fields.String:
    return fields.String(required=True, metadata={"description": description}, **options)


def _number(description: str) -> fields.Integer:
    return fields.Integer(required=True, strict=True, metadata={"description": description})


def _list(of: type[Strict] | fields.Field[Any], description: str, **options: Any) -> fields.List[Any]:
    inner = of if isinstance(of, fields.Field) else fields.Nested(of)
    return fields.List(inner, required=True, metadata={"description": description}, **options)


def _one(of: type[Strict], description: str) -> fields.Nested:
    return fields.Nested(of, required=True, metadata={"description": description})


def _feature_id() -> fields.String:
    return _text("Which feature.", validate=validate.OneOf(FEATURES))


def _feature_value() -> fields.Raw:
    return fields.Raw(
        required=True,
        metadata={"description": "Its value.", "oneOf": [{"type": "boolean"}, {"type": "number"}]},
    )


class EntityTypeNameSchema(Strict):
    """A type by id and name."""

    id = _text("Id of the type.", validate=validate.Equal(TYPE["id"]))
    name = _text("Its name.")


class EntityTypeSchema(EntityTypeNameSchema):
    """A type."""

    description = _text("What it is.")


class EntityPropertySchema(Strict):
    """A property."""

    id = _text("Id of the property.", validate=validate.OneOf(list(PROPERTIES)))
    name = _text("Its name.")
    description = _text("What its values are.")


class EntityPropertyNameSchema(Strict):
    """A property by id and name."""

    id = _text("Id of the property.", validate=validate.OneOf(list(PROPERTIES)))
    name = _text("Its name.")


class SuggestedEntitySchema(Strict):
    """A term that may be meant."""

    id = _text("Id of the term.")
    name = _text("Its name.")
    description = _text("The beginning of its first definition.")
    notable = _list(EntityTypeNameSchema, "Its types.")


class EntitySuggestionsSchema(Strict):
    """Terms that may be meant, best first."""

    result = _list(SuggestedEntitySchema, "The terms.")


class PropertySuggestionsSchema(Strict):
    """Properties that may be meant."""

    result = _list(EntityPropertySchema, "The properties.")


class TypeSuggestionsSchema(Strict):
    """Types that may be meant."""

    result = _list(EntityTypeSchema, "The types.")


class PropertyProposalSchema(Strict):
    """Properties that can be fetched for entities of a type."""

    properties = _list(EntityPropertySchema, "The properties.")
    type = _text("The type asked for.")
    limit = fields.Integer(strict=True, metadata={"description": "How many were asked for, if that was said."})


class ReconciliationCandidateSchema(Strict):
    """A term that may be the one that is meant."""

    id = _text("Id of the term.")
    name = _text("Its name.")
    description = _text("The beginning of its first definition.")
    type = _list(EntityTypeNameSchema, "Its types.")
    score = fields.Float(
        required=True, validate=validate.Range(0, 100), metadata={"description": "From 0 to 100, which is a sure hit."}
    )
    match = fields.Boolean(
        required=True, metadata={"description": "Whether it is the only exact hit and meets every condition."}
    )


class EntityViewSchema(Strict):
    """The address of an entity's page."""

    url = _text("Address, with a place for the id.")


class ExtensionValueSchema(Strict):
    """A value: a string or a whole number."""

    str = fields.String(metadata={"description": "A string."})
    int = fields.Integer(strict=True, metadata={"description": "A whole number."})


ValuesByPropertySchema = Strict.from_dict(
    {name: fields.List(fields.Nested(ExtensionValueSchema)) for name in PROPERTIES}, name="ValuesByPropertySchema"
)


class ReconciliationServiceSchema(Strict):
    """A part of the service, by the two halves of its address."""

    service_url = _text("First half.")
    service_path = _text("Second half.")


class SuggestServicesSchema(Strict):
    """The addresses of suggestions."""

    entity = _one(ReconciliationServiceSchema, "For entities.")
    property = _one(ReconciliationServiceSchema, "For properties.")
    type = _one(ReconciliationServiceSchema, "For types.")


class PreviewServiceSchema(Strict):
    """The address and the size of previews."""

    url = _text("Address, with {{id}} for the id.")
    width = _number("Width in pixels.")
    height = _number("Height in pixels.")


class ExtensionSettingSchema(Strict):
    """A setting of data extension in version 0.2."""

    name = _text("Id of the setting.", validate=validate.OneOf([setting.id for setting in SETTINGS]))
    label = _text("Its name.")
    type = _text("What a form should offer.")
    default = fields.Raw(required=True, metadata={"description": "What holds where nothing is said."})
    help_text = _text("What it does.")


class ExtensionServiceSchema(Strict):
    """The address and the settings of data extension in version 0.2."""

    propose_properties = _one(ReconciliationServiceSchema, "Where properties are proposed.")
    property_settings = _list(ExtensionSettingSchema, "What can be said of a property.")


class ReconciliationManifestSchema(Strict):
    """The description of the service and of its abilities, in version 0.2."""

    versions = _list(fields.String(validate=validate.Equal(V02)), "Versions of the protocol spoken here.")
    name = _text("Name of the service.")
    identifierSpace = _text("Space of the ids.", validate=validate.Equal(IDENTIFIER_SPACE))  # noqa: N815
    schemaSpace = _text("What the entities are.", validate=validate.Equal(SCHEMA_SPACE))  # noqa: N815
    documentation = _text("Where people read on.")
    serviceVersion = _text("Version of the program.")  # noqa: N815
    defaultTypes = _list(EntityTypeSchema, "The types.")  # noqa: N815
    view = _one(EntityViewSchema, "Pages of entities.")
    preview = _one(PreviewServiceSchema, "Previews of entities.")
    suggest = _one(SuggestServicesSchema, "Suggestions.")
    extend = _one(ExtensionServiceSchema, "Data extension.")
    batchSize = _number("How many queries a batch may have.")  # noqa: N815


class MatchingFeatureSchema(Strict):
    """A reason for a score."""

    id = _feature_id()
    value = _feature_value()


class ScoredCandidateSchema(ReconciliationCandidateSchema):
    """A candidate in version 0.2."""

    features = _list(MatchingFeatureSchema, "What the score is made of.")


class ReconciliationResultSchema(Strict):
    """The candidates for one query."""

    result = _list(ScoredCandidateSchema, "Candidates, best first.")


class DataExtensionSchema(Strict):
    """Values of properties, by entity and property."""

    meta = _list(EntityPropertyNameSchema, "The properties.")
    rows = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(ValuesByPropertySchema),
        required=True,
        metadata={"description": "By id of the entity, then of the property."},
    )
