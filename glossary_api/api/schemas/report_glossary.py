"""The shape of a compiled glossary, as the OpenAPI document publishes it."""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.documents import (
    CountCheckSchema,
    DefinitionEvidenceSchema,
    PassageSchema,
    TermNameSchema,
)
from glossary_api.api.schemas.strict import Strict
from glossary_api.queries.rank import WhyDocument
from glossary_api.queries.report_glossary.compile import (
    DEFINITIONS_SHOWN,
    LABELS,
    FullSourceDocument,
    GlossaryReportDocument,
)


def _label() -> fields.String:
    return fields.String(
        required=True,
        validate=validate.OneOf(LABELS),
        metadata={
            "description": "Whose words these are: `own`, the report's; else those of another report of its place, its"
            " prefecture, its province, of the nation, or elsewhere."
        },
    )


def _distance() -> fields.Integer:
    return fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0, 3),
        metadata={"description": "0 same place, 1 same prefecture, 2 same province, 3 elsewhere, national or unknown."},
    )


class LabelledDefinitionSchema(Strict):
    """A definition that says whose it is."""

    text = fields.String(required=True, metadata={"description": "The definition, word for word."})
    label = _label()
    distance = _distance()
    source = fields.Nested(
        schema_of(FullSourceDocument), required=True, metadata={"description": "Where it is written."}
    )
    members = fields.List(
        fields.Nested(PassageSchema),
        required=True,
        metadata={"description": "The things that the numeral of the name counts; spans are in the source's report."},
    )
    count_check = fields.Nested(
        CountCheckSchema, required=True, metadata={"description": "The members counted against the numeral."}
    )
    head = fields.String(
        required=True, metadata={"description": "The name that it explains, as its source prints it, at full length."}
    )
    evidence = fields.Nested(DefinitionEvidenceSchema, required=True, metadata={"description": "What vouches for it."})


class LabelledSenseSchema(Strict):
    """A meaning of a term, with the definitions that say the same, nearest first."""

    id = fields.String(required=True, metadata={"description": "Identifier of the sense within its term."})
    label = _label()
    distance = _distance()
    score = fields.Float(
        required=True,
        validate=validate.Range(0, 1),
        metadata={"description": "Rank as in a look-up from the report's place at the end of its year."},
    )
    why = fields.List(
        fields.Nested(schema_of(WhyDocument)), required=True, metadata={"description": "The reasons for the rank."}
    )
    definitions = fields.List(
        fields.Nested(LabelledDefinitionSchema),
        required=True,
        validate=validate.Length(1, DEFINITIONS_SHOWN),
        metadata={"description": f"The nearest definitions, at most {DEFINITIONS_SHOWN}."},
    )
    more = fields.Integer(
        required=True, strict=True, metadata={"description": "How many definitions of other reports say the same."}
    )


class FirstUseSchema(Strict):
    """The first place where the body of the report uses a term."""

    start = fields.Integer(required=True, strict=True, metadata={"description": "Offset of the first code point."})
    end = fields.Integer(required=True, strict=True, metadata={"description": "Offset behind the last code point."})
    heading = fields.String(required=True, allow_none=True, metadata={"description": "Nearest heading before it."})


class UsedNameSchema(Strict):
    """A name that the report uses."""

    term = fields.Nested(TermNameSchema, required=True, metadata={"description": "The term."})
    form = fields.String(required=True, metadata={"description": "The name as the report first prints it."})
    first_use = fields.Nested(
        FirstUseSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Where that is; null for a term that stands in the report's appendix alone."},
    )
    usages = fields.Integer(
        required=True, strict=True, metadata={"description": "How often it stands in the body of the report."}
    )


class GlossaryEntrySchema(UsedNameSchema):
    """A name with what it stands for."""

    ambiguous = fields.Boolean(
        required=True,
        metadata={"description": "Whether the two best senses tie, so that nobody can say which one the report means."},
    )
    senses = fields.List(
        fields.Nested(LabelledSenseSchema),
        required=True,
        validate=validate.Length(min=1),
        metadata={"description": "Its meanings, best first."},
    )


class GlossaryCountsSchema(Strict):
    """The lengths of the three lists."""

    own = fields.Integer(required=True, strict=True, metadata={"description": "Terms that the report explains itself."})
    borrowed = fields.Integer(required=True, strict=True, metadata={"description": "Terms that only others explain."})
    undefined = fields.Integer(required=True, strict=True, metadata={"description": "Terms that nobody explains."})


class GlossarySchema(Strict):
    """The glossary that a report lacks; each list in the order in which its body first uses the names."""

    report = fields.Nested(schema_of(GlossaryReportDocument), required=True, metadata={"description": "The report."})
    own = fields.List(
        fields.Nested(GlossaryEntrySchema),
        required=True,
        metadata={"description": "Names that the report itself explains, in its own words."},
    )
    borrowed = fields.List(
        fields.Nested(GlossaryEntrySchema),
        required=True,
        metadata={"description": "Names that it does not explain, in the words of other reports, each labelled."},
    )
    undefined = fields.List(
        fields.Nested(UsedNameSchema), required=True, metadata={"description": "Names that no report explains."}
    )
    counts = fields.Nested(
        GlossaryCountsSchema, required=True, metadata={"description": "How many names are in each list."}
    )
    edition = fields.String(required=True, metadata={"description": "Hash of the edition that it was compiled from."})
