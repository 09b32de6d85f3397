"""The shapes of answers, as the OpenAPI document publishes them.

They are stored or built as plain JSON and not dumped through these schemas; the tests hold every answer against
them. Every field of an answer is always there; what is not known is null.
"""

from __future__ import annotations

from marshmallow import fields

from glossary_api.api.schemas import validate
from glossary_api.api.schemas.equivalent import EquivalentSchema
from glossary_api.api.schemas.report_files import ReportFileSchema
from glossary_api.api.schemas.required import flag, number, number_or_null, one, several, word, word_or_null
from glossary_api.api.schemas.strict import Strict
from glossary_api.model.words import (
    COUNT_STATUSES,
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

_GENRES_IN_CODE = (
    "party_congress_report",
    "five_year_plan",
    "budget_report",
    "plan_report",
    "people_congress_report",
    "consultative_conference_report",
    "court_report",
    "procuratorate_report",
    "government_report",
    "other",
)
"""What clients that are generated call each of GENRES: in many languages Chinese signs make no identifier."""

# What an answer is made of


class SpanSchema(Strict):
    """A half-open span of code points in the text of a report as read."""

    start = number("Offset of the first code point.")
    end = number("Offset behind the last code point.")


class PassageSchema(SpanSchema):
    """A piece of the text of a report."""

    text = word("Exactly what stands in the span.")


class ReportNameSchema(Strict):
    """Hold what a report is named by."""

    id = word("Identifier of the report in addresses.")
    place = word_or_null("The division whose government reports.")
    year = number_or_null("Year of delivery.")


class MessageSchema(Strict):
    """A message that is not in any language."""

    code = word("Which one.")
    values = fields.Dict(
        keys=fields.String(), required=True, metadata={"description": "The values that its words have place for."}
    )


class CountCheckSchema(Strict):
    """Whether a definition lists as many members as the numeral of its name promises."""

    status = word("The verdict.", validate=validate.OneOf(COUNT_STATUSES))
    expected = number_or_null("How many members the numeral asks for.")
    found = number_or_null("How many members the definition lists.")
    reason = word_or_null("Why the check fails or does not apply.")
    message = fields.Nested(
        MessageSchema,
        required=True,
        allow_none=True,
        metadata={"description": "The same for programs that say it in another language; null for a pass."},
    )


class SourceSchema(Strict):
    """Where a definition is written."""

    type = word("Kind of source.", validate=validate.OneOf(SOURCE_TYPES))
    report = word_or_null("Id of the report; null for a curated definition.")
    place = word_or_null("Place of the report.")
    year = number_or_null("Year of the report.")
    entry = number_or_null("Number of the entry in the appendix.")
    page = number_or_null("Page that the entry refers to.")
    start = number_or_null("Offset of the definition in the report.")
    end = number_or_null("Offset behind the definition.")
    address = word_or_null("Where the publisher of the report has it on the web.")
    ocr = flag("Whether OCR read it from a picture of a page: characters may be wrong.")


class DefinitionEvidenceSchema(Strict):
    """Hold what vouches for a definition."""

    kind = word(
        "`note`: it was written to explain the name; `listed`: a list that stands beside the name in running text, and"
        " nothing more; `corroborated`: such a list that a note or another report gives, too.",
        validate=validate.OneOf(EVIDENCE_KINDS),
    )
    reports = several(fields.String(), "Ids of the reports that say the same by this name, its own among them.")


class DefinitionSchema(Strict):
    """A text that says what a name stands for."""

    text = word("The definition as printed, without a leading 指 and a final full stop.")
    head = word("The name that it explains, as its source prints it; it may be longer than the name of the term.")
    source = one(SourceSchema, "Where it is written.")
    members = several(PassageSchema, "The things that the numeral of the name counts.")
    count_check = one(
        CountCheckSchema,
        "The members counted against the numeral; not applicable to a list that was found by its number alone.",
    )
    evidence = one(DefinitionEvidenceSchema, "What vouches for it.")
    beside = several(
        fields.String(), "What stands around the name where its report uses it; ～ stands for the name itself."
    )


class SenseSchema(Strict):
    """One meaning of a term."""

    id = word("Identifier of the sense within its term.")
    definitions = several(DefinitionSchema, "Definitions that say the same: the best few of them.")
    more = number("How many more there are; the list of the term's definitions has all.")
    equivalents = several(EquivalentSchema, "Renderings in other languages, the most official first.")


class VariantSchema(Strict):
    """A surface form of a term."""

    form = word("The form as printed.")
    type = word("How it differs from the preferred form.", validate=validate.OneOf(VARIANT_TYPES))
    reports = several(fields.String(), "Ids of the reports that print it, the first fifty.")
    more = number("How many more reports print it.")


class AppearanceSchema(ReportNameSchema):
    """A report that uses or defines a term."""

    usages = number("How often the term stands in its body.")
    defines = flag("Whether it defines the term.")


class TermNameSchema(Strict):
    """Hold what a term is named by."""

    id = word("Identifier of the term, stable as long as its folded name is.")
    name = word("Preferred form of the name.")
    kind = word("Kind of name.", validate=validate.OneOf(KINDS))


class StatedTermSchema(TermNameSchema):
    """A term with its status."""

    status = word(
        "`established`: offered wherever terms are; `candidate`: kept, and named only where somebody asks for it.",
        validate=validate.OneOf(STATUSES),
    )


class EvidenceSchema(Strict):
    """Hold what speaks for a name's being a term, or against it, counted in the bodies of the reports."""

    reason = word(
        f"What decided. Established: {', '.join(REASONS_FOR)}. Candidate: {', '.join(REASONS_AGAINST)}.",
        validate=validate.OneOf([*REASONS_FOR, *REASONS_AGAINST]),
    )
    notes = number("Notes of appendices that explain it.")
    quoted = number("Places where it is quoted, or where a mark or an earlier quotation vouches for it.")
    unquoted = number("Other places that have the same characters.")
    reports = number("Reports that quote it, each once for its place and year, however many files have it.")
    places = number("Places whose reports quote it.")
    naming = number("Quotations behind which the noun of an undertaking or a principle follows.")
    marked = number("Quotations with a footnote mark behind.")


class TotalsSchema(Strict):
    """How much there is of what the document of a term shows the best few of."""

    senses = number("Senses.")
    definitions = number("Definitions of all senses.")
    reports = number("Reports that use or define it.")
    usages = number("Places where it stands.")


class TermSchema(StatedTermSchema):
    """A term with the best few of what is known of it, and how much there is; lists of their own have all."""

    evidence = one(EvidenceSchema, "What the status rests on.")
    pinyin = word("Reading of the name; empty where none is recorded.")
    variants = several(VariantSchema, "Every surface form.")
    senses = several(
        SenseSchema,
        "Meanings: at most ten, and further ones with renderings; several when reports mean different things by it.",
    )
    equivalents = several(EquivalentSchema, "Renderings of a term without senses; where it has senses, they have them.")
    reports = several(
        AppearanceSchema, "Reports that use or define the term, by id: at most fifty, and the best of them."
    )
    totals = one(TotalsSchema, "How much there is of everything.")


class TermSummarySchema(StatedTermSchema):
    """A term in a list."""

    pinyin = word("Reading of the name; empty where none is recorded.")
    defined = flag("Whether any report says what the term stands for.")
    definition = word_or_null("Its first definition.")
    senses = number("How many meanings it has.")
    reports = number("How many reports use or define it.")
    usages = number("How often it stands in the bodies of reports.")


class UsageSchema(Strict):
    """A place in the body of a report where a term stands; left, text and right adjoin."""

    report = one(ReportNameSchema, "The report.")
    heading = word_or_null("Nearest heading before it.")
    left = word("Up to 30 code points before it in its paragraph.")
    text = word("The term as it stands there.")
    right = word("Up to 30 code points behind it in its paragraph.")
    start = number("Offset of the first code point.")
    end = number("Offset behind the last code point.")
    match_type = word("How it is written.", validate=validate.OneOf(MATCH_TYPES))
    quoted = flag("Whether quotation marks enclose exactly this span.")
    sense = word_or_null("Sense that the report's own words decide; null when they leave it open.")


class ReportCountsSchema(Strict):
    """How much of what a report has."""

    entries = number("Entries of its appendix.")
    slogans = number("Quoted phrases of its body.")
    defined = number("Established terms that it defines.")
    used = number("Established terms that its body uses.")
    usages = number("Places where its body uses one.")
    findings = number("Things to look at.")


class ReportSummarySchema(ReportNameSchema):
    """A report in a list: its title block, as far as its text, its record or its name gives it, and counts."""

    title = word_or_null("Title.")
    place_code = word_or_null("Six-digit GB/T 2260 code of the place.")
    level = word_or_null("Level of the place.", validate=validate.OneOf([*LEVELS, None]))
    date = word_or_null("Day of delivery, ISO 8601.")
    meeting = word_or_null("The congress it was delivered to.")
    speaker = word_or_null("Who delivered it.")
    genre = fields.String(
        required=True,
        validate=validate.OneOf(GENRES),
        metadata={"description": "What kind of document it is.", "x-enum-varnames": [*_GENRES_IN_CODE]},
    )
    address = word_or_null("Where its publisher has it on the web.")
    sha256 = word("Digest of the file that was read; of all of them, if it was put together from several.")
    chars = number("Length of the text in code points.")
    ocr = flag("Whether OCR read some of its text from pictures of pages.")
    from_ = fields.Dict(
        data_key="from",
        keys=fields.String(),
        values=fields.String(validate=validate.OneOf(ORIGINS)),
        required=True,
        metadata={
            "description": "Who says each field of the title block that is known: its `text`, the `record` of a data"
            " set that it comes from, the `name` of its file or folder, or a person in a `manifest`."
        },
    )
    counts = one(ReportCountsSchema, "How much it has of what.")


class AppendixSchema(SpanSchema):
    """The 名词解释 at the end of a report."""

    layout = word("How most entries are numbered.")


class HeadingSchema(PassageSchema):
    """A heading of the body."""

    depth = number("1 for 一、 or an unnumbered heading, 2 for （一）, 3 for 1．.")


class EntryTermSchema(Strict):
    """One term of an entry."""

    name = word("The name, without quotation marks around the whole of it.")
    definition = one(PassageSchema, "What the entry says of it.")
    members = several(PassageSchema, "The things that the numeral of the name counts.")
    count_check = one(CountCheckSchema, "The members counted against the numeral.")


class EntrySchema(SpanSchema):
    """An entry of an appendix as printed."""

    marker = word("Marker as printed.")
    number = number_or_null("Number of the entry.")
    page = number_or_null("Page that it refers to.")
    head = word("Headword as printed.")
    terms = several(EntryTermSchema, "The terms it explains.")


class FindingSchema(SpanSchema):
    """Something to look at in a report."""

    kind = word("Kind of finding.")
    severity = word("How sure it is.", validate=validate.OneOf(SEVERITIES))
    message = word("What there is to see.")


class ReportSchema(ReportSummarySchema):
    """A report whole, but for its text."""

    appendix = one(AppendixSchema, "Span of the appendix; null for a report without one.", allow_none=True)
    headings = several(HeadingSchema, "Headings in order.")
    entries = several(EntrySchema, "Entries of the appendix in order.")
    findings = several(FindingSchema, "Things to look at.")
    files = several(ReportFileSchema, "The files that it was read from, its further sources behind them.")


class TermHereSchema(StatedTermSchema):
    """A term in the list of a report."""

    usages = number("How often the term stands in the body of this report.")


class DefinedHereSchema(TermHereSchema):
    """A term that a report defines."""

    definition = word_or_null("First definition that this report gives.")


class UsedHereSchema(TermHereSchema):
    """A term that a report uses."""

    defined = flag("Whether any report defines it.")


class DefinedElsewhereSchema(TermHereSchema):
    """A term that a report uses and only other reports define."""

    reports = several(ReportNameSchema, "The first ten reports that define it.")
    more = number("How many more there are.")


# Answers


class PageSchema(Strict):
    """Hold what every list says of itself."""

    total = number("How many items the whole list has.")
    next = word_or_null("Value of `cursor` for the following page; null on the last.")


class TermPageSchema(PageSchema):
    """A page of terms by name."""

    items = several(TermSummarySchema, "The terms.")


class StatedDefinitionSchema(DefinitionSchema):
    """A definition in a list."""

    sense = word("Identifier of the sense that it gives.")


class DefinitionPageSchema(PageSchema):
    """A page of the definitions of a term, sense by sense."""

    items = several(StatedDefinitionSchema, "The definitions.")


class AppearancePageSchema(PageSchema):
    """A page of the reports of a term, by id."""

    items = several(AppearanceSchema, "The reports.")


class UsagePageSchema(PageSchema):
    """A page of usages by report and offset."""

    items = several(UsageSchema, "The usages.")


class ReportPageSchema(PageSchema):
    """A page of reports by id."""

    items = several(ReportSummarySchema, "The reports.")


class ReportTermsSchema(Strict):
    """The terms of a report, each list by name."""

    defined = several(DefinedHereSchema, "Terms that this report defines.")
    used = several(UsedHereSchema, "Terms that its body uses.")
    defined_elsewhere = several(DefinedElsewhereSchema, "Terms that it uses and only other reports define.")
