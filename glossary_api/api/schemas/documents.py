"""The shapes of answers, as the OpenAPI document publishes them.

They are stored or built as plain JSON and not dumped through these schemas; the tests hold every answer against
them. Every field of an answer is always there; what is not known is null.
"""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields

from glossary_api.api.schemas import validate
from glossary_api.model.messages import Message
from glossary_api.model.words import (
    COUNT_STATUSES,
    EQUIVALENT_STATUSES,
    EVIDENCE_KINDS,
    GENRES,
    KINDS,
    LEVELS,
    MATCH_TYPES,
    ORIGINS,
    REASONS_AGAINST,
    REASONS_FOR,
    SEVERITIES,
    SOURCE_TYPES,
    STATUSES,
    VARIANT_TYPES,
)


def _text(description: str, **options: Any) -> fields.String:
    return fields.String(required=True, metadata={"description": description}, **options)


def _text_or_null(description: str, **options: Any) -> fields.String:
    return _text(description, allow_none=True, **options)


def _number(description: str, **options: Any) -> fields.Integer:
    return fields.Integer(required=True, strict=True, metadata={"description": description}, **options)


def _number_or_null(description: str) -> fields.Integer:
    return _number(description, allow_none=True)


def _flag(description: str) -> fields.Boolean:
    return fields.Boolean(required=True, metadata={"description": description})


def _list(of: type[Schema] | fields.Field[Any], description: str) -> fields.List[Any]:
    inner = of if isinstance(of, fields.Field) else fields.Nested(of)
    return fields.List(inner, required=True, metadata={"description": description})


def _one(of: type[Schema], description: str, **options: Any) -> fields.Nested:
    return fields.Nested(of, required=True, metadata={"description": description}, **options)


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


# What an answer is made of


class SpanSchema(Strict):
    """A half-open span of code points in the text of a report as read."""

    start = _number("Offset of the first code point.")
    end = _number("Offset behind the last code point.")


class PassageSchema(SpanSchema):
    """A piece of the text of a report."""

    text = _text("Exactly what stands in the span.")


class ReportNameSchema(Strict):
    """What a report is named by."""

    id = _text("Identifier of the report in addresses.")
    place = _text_or_null("The division whose government reports.")
    year = _number_or_null("Year of delivery.")


class MessageSchema(Strict):
    """A message that is not in any language."""

    code = _text("Which one.")
    values = fields.Dict(
        keys=fields.String(), required=True, metadata={"description": "The values that its words have place for."}
    )


class CountCheckSchema(Strict):
    """Whether a definition lists as many members as the numeral of its name promises."""

    status = _text("The verdict.", validate=validate.OneOf(COUNT_STATUSES))
    expected = _number_or_null("How many members the numeral asks for.")
    found = _number_or_null("How many members the definition lists.")
    reason = _text_or_null("Why the check fails or does not apply.")
    message = fields.Nested(
        MessageSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The same for programs that say it in another language; null for a pass."},
    )


class SourceSchema(Strict):
    """Where a definition is written."""

    type = _text("Kind of source.", validate=validate.OneOf(SOURCE_TYPES))
    report = _text_or_null("Id of the report; null for a curated definition.")
    place = _text_or_null("Place of the report.")
    year = _number_or_null("Year of the report.")
    entry = _number_or_null("Number of the entry in the appendix.")
    page = _number_or_null("Page that the entry refers to.")
    start = _number_or_null("Offset of the definition in the report.")
    end = _number_or_null("Offset behind the definition.")


class DefinitionEvidenceSchema(Strict):
    """What vouches for a definition."""

    kind = _text(
        "`note`: it was written to explain the name; `listed`: a list that stands beside the name in running text, and"
        " nothing more; `corroborated`: such a list that a note or another report gives, too.",
        validate=validate.OneOf(EVIDENCE_KINDS),
    )
    reports = _list(fields.String(), "Ids of the reports that say the same by this name, its own among them.")


class DefinitionSchema(Strict):
    """A text that says what a name stands for."""

    text = _text("The definition as printed, without a leading 指 and a final full stop.")
    head = _text("The name that it explains, as its source prints it; it may be longer than the name of the term.")
    source = _one(SourceSchema, "Where it is written.")
    members = _list(PassageSchema, "The things that the numeral of the name counts.")
    count_check = _one(
        CountCheckSchema,
        "The members counted against the numeral; not applicable to a list that was found by its number alone.",
    )
    evidence = _one(DefinitionEvidenceSchema, "What vouches for it.")
    beside = _list(
        fields.String(), "What stands around the name where its report uses it; ～ stands for the name itself."
    )


class EquivalentSchema(Strict):
    """A curated rendering in another language."""

    language = _text("BCP 47 code of the language.")
    rendering = _text("The rendering as it stands in running text.")
    gloss = _text("What explains it, for the first use; else empty.")
    also = _list(fields.String(), "Further wordings that count as this rendering.")
    status = _text("How far it has come.", validate=validate.OneOf(EQUIVALENT_STATUSES))
    source = _text("Whose rendering it is.")
    note = _text("Why it is rendered so, where there was a choice; else empty.")
    name = _text("The name that it renders: of a longer name that has this one in it, it renders a part.")
    bound = _flag("Whether it renders this sense only: by itself the name may mean something else.")
    place = _text("The place in whose texts it is used, with all that lies in it; empty for every place.")
    since = _text("Year, month or day from when on it is used; empty if it always was.", data_key="from")
    until = _text("Last year, month or day on which it is used; empty while it is.")


class SenseSchema(Strict):
    """One meaning of a term."""

    id = _text("Identifier of the sense within its term.")
    definitions = _list(DefinitionSchema, "Definitions that say the same.")
    equivalents = _list(EquivalentSchema, "Renderings in other languages, the most official first.")


class VariantSchema(Strict):
    """A surface form of a term."""

    form = _text("The form as printed.")
    type = _text("How it differs from the preferred form.", validate=validate.OneOf(VARIANT_TYPES))
    reports = _list(fields.String(), "Ids of the reports that print it.")


class AppearanceSchema(ReportNameSchema):
    """A report that uses or defines a term."""

    usages = _number("How often the term stands in its body.")
    defines = _flag("Whether it defines the term.")


class TermNameSchema(Strict):
    """What a term is named by."""

    id = _text("Identifier of the term, stable as long as its folded name is.")
    name = _text("Preferred form of the name.")
    kind = _text("Kind of name.", validate=validate.OneOf(KINDS))


class StatedTermSchema(TermNameSchema):
    """A term with its status."""

    status = _text(
        "`established`: offered wherever terms are; `candidate`: kept, and named only where somebody asks for it.",
        validate=validate.OneOf(STATUSES),
    )


class EvidenceSchema(Strict):
    """What speaks for a name's being a term, or against it, counted in the bodies of the reports."""

    reason = _text(
        f"What decided. Established: {', '.join(REASONS_FOR)}. Candidate: {', '.join(REASONS_AGAINST)}.",
        validate=validate.OneOf([*REASONS_FOR, *REASONS_AGAINST]),
    )
    notes = _number("Notes of appendices that explain it.")
    quoted = _number("Places where it is quoted, or where a mark or an earlier quotation vouches for it.")
    unquoted = _number("Other places that have the same characters.")
    reports = _number("Reports that quote it, each once for its place and year, however many files have it.")
    places = _number("Places whose reports quote it.")
    naming = _number("Quotations behind which the noun of an undertaking or a principle follows.")
    marked = _number("Quotations with a footnote mark behind.")


class TermSchema(StatedTermSchema):
    """A term with everything known of it."""

    evidence = _one(EvidenceSchema, "What the status rests on.")
    pinyin = _text("Reading of the name; empty where none is recorded.")
    variants = _list(VariantSchema, "Every surface form.")
    senses = _list(SenseSchema, "Meanings; several when reports mean different things by the name.")
    equivalents = _list(EquivalentSchema, "Renderings of a term without senses; where it has senses, they have them.")
    reports = _list(AppearanceSchema, "Reports that use or define the term, by id.")


class TermSummarySchema(StatedTermSchema):
    """A term in a list."""

    pinyin = _text("Reading of the name; empty where none is recorded.")
    defined = _flag("Whether any report says what the term stands for.")
    definition = _text_or_null("Its first definition.")
    senses = _number("How many meanings it has.")
    reports = _number("How many reports use or define it.")
    usages = _number("How often it stands in the bodies of reports.")


class UsageSchema(Strict):
    """A place in the body of a report where a term stands; left, text and right adjoin."""

    report = _one(ReportNameSchema, "The report.")
    heading = _text_or_null("Nearest heading before it.")
    left = _text("Up to 30 code points before it in its paragraph.")
    text = _text("The term as it stands there.")
    right = _text("Up to 30 code points behind it in its paragraph.")
    start = _number("Offset of the first code point.")
    end = _number("Offset behind the last code point.")
    match_type = _text("How it is written.", validate=validate.OneOf(MATCH_TYPES))
    quoted = _flag("Whether quotation marks enclose exactly this span.")
    sense = _text_or_null("Sense that the report's own words decide; null when they leave it open.")


class ReportCountsSchema(Strict):
    """How much of what a report has."""

    entries = _number("Entries of its appendix.")
    slogans = _number("Quoted phrases of its body.")
    defined = _number("Established terms that it defines.")
    used = _number("Established terms that its body uses.")
    usages = _number("Places where its body uses one.")
    findings = _number("Things to look at.")


class ReportSummarySchema(ReportNameSchema):
    """A report in a list: its title block, as far as its text, its record or its name gives it, and counts."""

    title = _text_or_null("Title.")
    place_code = _text_or_null("Six-digit GB/T 2260 code of the place.")
    level = _text_or_null("Level of the place.", validate=validate.OneOf([*LEVELS, None]))
    date = _text_or_null("Day of delivery, ISO 8601.")
    meeting = _text_or_null("The congress it was delivered to.")
    speaker = _text_or_null("Who delivered it.")
    genre = _text("What kind of document it is.", validate=validate.OneOf(GENRES))
    sha256 = _text("Digest of the file that was read.")
    chars = _number("Length of the text in code points.")
    from_ = fields.Dict(
        data_key="from",
        keys=fields.String(),
        values=fields.String(validate=validate.OneOf(ORIGINS)),
        required=True,
        metadata={
            "description": "Who says each field of the title block that is known: its `text`, the `record` of a data"
            " set that it comes from, or the `name` of its file or folder."
        },
    )
    counts = _one(ReportCountsSchema, "How much it has of what.")


class AppendixSchema(SpanSchema):
    """The 名词解释 at the end of a report."""

    layout = _text("How most entries are numbered.")


class HeadingSchema(PassageSchema):
    """A heading of the body."""

    depth = _number("1 for 一、 or an unnumbered heading, 2 for （一）, 3 for 1．.")


class EntryTermSchema(Strict):
    """One term of an entry."""

    name = _text("The name, without quotation marks around the whole of it.")
    definition = _one(PassageSchema, "What the entry says of it.")
    members = _list(PassageSchema, "The things that the numeral of the name counts.")
    count_check = _one(CountCheckSchema, "The members counted against the numeral.")


class EntrySchema(SpanSchema):
    """An entry of an appendix as printed."""

    marker = _text("Marker as printed.")
    number = _number_or_null("Number of the entry.")
    page = _number_or_null("Page that it refers to.")
    head = _text("Headword as printed.")
    terms = _list(EntryTermSchema, "The terms it explains.")


class FindingSchema(SpanSchema):
    """Something to look at in a report."""

    kind = _text("Kind of finding.")
    severity = _text("How sure it is.", validate=validate.OneOf(SEVERITIES))
    message = _text("What there is to see.")


class ReportSchema(ReportSummarySchema):
    """A report whole, but for its text."""

    appendix = _one(AppendixSchema, "Span of the appendix; null for a report without one.", allow_none=True)
    headings = _list(HeadingSchema, "Headings in order.")
    entries = _list(EntrySchema, "Entries of the appendix in order.")
    findings = _list(FindingSchema, "Things to look at.")


class TermHereSchema(StatedTermSchema):
    """A term in the list of a report."""

    usages = _number("How often the term stands in the body of this report.")


class DefinedHereSchema(TermHereSchema):
    """A term that a report defines."""

    definition = _text_or_null("First definition that this report gives.")


class UsedHereSchema(TermHereSchema):
    """A term that a report uses."""

    defined = _flag("Whether any report defines it.")


class DefinedElsewhereSchema(TermHereSchema):
    """A term that a report uses and only other reports define."""

    reports = _list(ReportNameSchema, "The reports that define it.")


# Answers


class PageSchema(Strict):
    """What every list says of itself."""

    total = _number("How many items the whole list has.")
    next = _text_or_null("Value of `cursor` for the following page; null on the last.")


class TermPageSchema(PageSchema):
    """A page of terms by name."""

    items = _list(TermSummarySchema, "The terms.")


class UsagePageSchema(PageSchema):
    """A page of usages by report and offset."""

    items = _list(UsageSchema, "The usages.")


class ReportPageSchema(PageSchema):
    """A page of reports by id."""

    items = _list(ReportSummarySchema, "The reports.")


class ReportTermsSchema(Strict):
    """The terms of a report, each list by name."""

    defined = _list(DefinedHereSchema, "Terms that this report defines.")
    used = _list(UsedHereSchema, "Terms that its body uses.")
    defined_elsewhere = _list(DefinedElsewhereSchema, "Terms that it uses and only other reports define.")
