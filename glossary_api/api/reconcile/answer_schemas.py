"""Describe the answers of version 0.2 of the protocol as schemas."""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict, flag, number, one, several, word
from glossary_api.queries.reconcile.candidates import FEATURES
from glossary_api.queries.reconcile.entities import IDENTIFIER_SPACE, PROPERTIES, SCHEMA_SPACE, TYPE
from glossary_api.queries.reconcile.extend import SETTINGS

V02 = "0.2"


class EntityTypeNameSchema(Strict):
    """A type by id and name."""

    id = word("Id of the type.", validate=validate.Equal(TYPE["id"]))
    name = word("Its name.")


class EntityTypeSchema(EntityTypeNameSchema):
    """A type."""

    description = word("What it is.")


class EntityPropertySchema(Strict):
    """A property."""

    id = word("Id of the property.", validate=validate.OneOf(list(PROPERTIES)))
    name = word("Its name.")
    description = word("What its values are.")


class EntityPropertyNameSchema(Strict):
    """A property by id and name."""

    id = word("Id of the property.", validate=validate.OneOf(list(PROPERTIES)))
    name = word("Its name.")


class SuggestedEntitySchema(Strict):
    """A term that may be meant."""

    id = word("Id of the term.")
    name = word("Its name.")
    description = word("The beginning of its first definition.")
    notable = several(EntityTypeNameSchema, "Its types.")


class EntitySuggestionsSchema(Strict):
    """Terms that may be meant, best first."""

    result = several(SuggestedEntitySchema, "The terms.")


class PropertySuggestionsSchema(Strict):
    """Properties that may be meant."""

    result = several(EntityPropertySchema, "The properties.")


class TypeSuggestionsSchema(Strict):
    """Types that may be meant."""

    result = several(EntityTypeSchema, "The types.")


class PropertyProposalSchema(Strict):
    """Properties that can be fetched for entities of a type."""

    properties = several(EntityPropertySchema, "The properties.")
    type = word("The type asked for.")
    limit = fields.Integer(strict=True, metadata={"description": "How many were asked for, if that was said."})


class ReconciliationCandidateSchema(Strict):
    """A term that may be the one that is meant."""

    id = word("Id of the term.")
    name = word("Its name.")
    description = word("The beginning of its first definition.")
    type = several(EntityTypeNameSchema, "Its types.")
    score = fields.Float(
        required=True, validate=validate.Range(0, 100), metadata={"description": "From 0 to 100, which is a sure hit."}
    )
    match = flag("Whether it is the only exact hit and meets every condition.")


class EntityViewSchema(Strict):
    """The address of an entity's page."""

    url = word("Address, with a place for the id.")


class ExtensionValueSchema(Strict):
    """A value: a string or a whole number."""

    str = fields.String(metadata={"description": "A string."})
    int = fields.Integer(strict=True, metadata={"description": "A whole number."})


ValuesByPropertySchema = Strict.from_dict(
    {name: fields.List(fields.Nested(ExtensionValueSchema)) for name in PROPERTIES}, name="ValuesByPropertySchema"
)


class ReconciliationServiceSchema(Strict):
    """A part of the service, by the two halves of its address."""

    service_url = word("First half.")
    service_path = word("Second half.")


class SuggestServicesSchema(Strict):
    """The addresses of suggestions."""

    entity = one(ReconciliationServiceSchema, "For entities.")
    property = one(ReconciliationServiceSchema, "For properties.")
    type = one(ReconciliationServiceSchema, "For types.")


class PreviewServiceSchema(Strict):
    """The address and the size of previews."""

    url = word("Address, with {{id}} for the id.")
    width = number("Width in pixels.")
    height = number("Height in pixels.")


class ExtensionSettingSchema(Strict):
    """A setting of data extension in version 0.2."""

    name = word("Id of the setting.", validate=validate.OneOf([setting.id for setting in SETTINGS]))
    label = word("Its name.")
    type = word("What a form should offer.")
    default = fields.Raw(required=True, metadata={"description": "What holds where nothing is said."})
    help_text = word("What it does.")


class ExtensionServiceSchema(Strict):
    """The address and the settings of data extension in version 0.2."""

    propose_properties = one(ReconciliationServiceSchema, "Where properties are proposed.")
    property_settings = several(ExtensionSettingSchema, "What can be said of a property.")


class ReconciliationManifestSchema(Strict):
    """The description of the service and of its abilities, in version 0.2."""

    versions = several(fields.String(validate=validate.Equal(V02)), "Versions of the protocol spoken here.")
    name = word("Name of the service.")
    identifierSpace = word("Space of the ids.", validate=validate.Equal(IDENTIFIER_SPACE))  # noqa: N815
    schemaSpace = word("What the entities are.", validate=validate.Equal(SCHEMA_SPACE))  # noqa: N815
    documentation = word("Where people read on.")
    serviceVersion = word("Version of the program.")  # noqa: N815
    defaultTypes = several(EntityTypeSchema, "The types.")  # noqa: N815
    view = one(EntityViewSchema, "Pages of entities.")
    preview = one(PreviewServiceSchema, "Previews of entities.")
    suggest = one(SuggestServicesSchema, "Suggestions.")
    extend = one(ExtensionServiceSchema, "Data extension.")
    batchSize = number("How many queries a batch may have.")  # noqa: N815


class MatchingFeatureSchema(Strict):
    """A reason for a score."""

    id = word("Which feature.", validate=validate.OneOf(FEATURES))
    value = fields.Raw(
        required=True,
        metadata={"description": "Its value.", "oneOf": [{"type": "boolean"}, {"type": "number"}]},
    )


class ScoredCandidateSchema(ReconciliationCandidateSchema):
    """A candidate in version 0.2."""

    features = several(MatchingFeatureSchema, "What the score is made of.")


class ReconciliationResultSchema(Strict):
    """The candidates for one query."""

    result = several(ScoredCandidateSchema, "Candidates, best first.")


class DataExtensionSchema(Strict):
    """Values of properties, by entity and property."""

    meta = several(EntityPropertyNameSchema, "The properties.")
    rows = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(ValuesByPropertySchema),
        required=True,
        metadata={"description": "By id of the entity, then of the property."},
    )
