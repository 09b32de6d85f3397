"""The shapes of the JSON documents that the program hands out: each field with its type, its meaning and its choices.

This is the one place that says them. `documents.py` makes such documents of the things of the model, the API derives
its schemas from them (`api/schemas/derived.py`). Every field is always there; what is not known is None. Fields stand
in the order in which they are stored. A float without bounds of its own is a share, from 0 to 1. Every `start` and
`end` counts code points of the report's text as read.
"""

from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from glossary_api.model.words import (
    COUNT_STATUSES,
    DEFINED_WHEN,
    DEFINED_WHERE,
    EQUIVALENT_STATUSES,
    EVIDENCE_KINDS,
    KINDS,
    LEVELS,
    MATCH_TYPES,
    REASONS_AGAINST,
    REASONS_FOR,
    SOURCE_TYPES,
    STATUSES,
    VARIANT_TYPES,
)
from glossary_api.text.bearing import REFUSED


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a number may be, or that a list may have; None for no bound."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class TextFormat:
    """The form of a text, as JSON Schema calls it."""

    name: str


Start = Annotated[int, "Offset of the first code point."]
End = Annotated[int, "Offset behind the last code point."]
ReportId = Annotated[str, "Identifier of the report in addresses."]
ReportPlace = Annotated[str | None, "The division whose government reports."]
ReportYear = Annotated[int | None, "Year of delivery."]


class SpanDocument(TypedDict):
    """A half-open span of code points in the text of a report as read."""

    start: Start
    end: End


class PassageDocument(TypedDict):
    """A piece of the text of a report."""

    text: Annotated[str, "Exactly what stands in the span."]
    start: Start
    end: End


class MessageDocument(TypedDict):
    """A message that is not in any language."""

    code: Annotated[str, "Which one."]
    values: Annotated[dict[str, Any], "The values that its words have place for."]


SaidDocument = TypedDict(
    "SaidDocument", {"en": Annotated[str, "In English."], "zh-Hans": Annotated[str, "In Chinese."]}
)
"""A message in both languages."""


class CountCheckDocument(TypedDict):
    """The result of counting the members of a definition against the numeral of its name."""

    status: Annotated[str, "The verdict.", COUNT_STATUSES]
    expected: Annotated[int | None, "How many members the numeral asks for."]
    found: Annotated[int | None, "How many members the definition lists."]
    reason: Annotated[str | None, "Why the check fails or does not apply."]
    message: Annotated[
        MessageDocument | None, "The same for programs that say it in another language; null for a pass."
    ]


class ReportNameDocument(TypedDict):
    """Id, place and year of a report, as lists of reports give them."""

    id: ReportId
    place: ReportPlace
    year: ReportYear


class TermNameDocument(TypedDict):
    """Id, name and kind of a term."""

    id: Annotated[str, "Identifier of the term, stable as long as its folded name is."]
    name: Annotated[str, "Preferred form of the name."]
    kind: Annotated[str, "Kind of name.", KINDS]


class StatedTermDocument(TermNameDocument):
    """A term with its status."""

    status: Annotated[
        str,
        "`established`: offered wherever terms are; `candidate`: kept, and named only where somebody asks for it.",
        STATUSES,
    ]


class EvidenceDocument(TypedDict):
    """Counts from the bodies of the reports that speak for or against taking a name for a term."""

    reason: Annotated[
        str,
        f"What decided. Established: {', '.join(REASONS_FOR)}. Candidate: {', '.join(REASONS_AGAINST)}.",
        (*REASONS_FOR, *REASONS_AGAINST),
    ]
    notes: Annotated[int, "Notes of appendices that explain it."]
    quoted: Annotated[int, "Places where it is quoted, or where a mark or an earlier quotation vouches for it."]
    unquoted: Annotated[int, "Other places that have the same characters."]
    reports: Annotated[int, "Reports that quote it, each once for its place and year, however many files have it."]
    places: Annotated[int, "Places whose reports quote it."]
    naming: Annotated[int, "Quotations behind which the noun of an undertaking or a principle follows."]
    marked: Annotated[int, "Quotations with a footnote mark behind."]


class SourceDocument(TypedDict):
    """The place where a definition is written."""

    type: Annotated[str, "Kind of source.", SOURCE_TYPES]
    report: Annotated[str | None, "Id of the report; null for a curated definition."]
    place: Annotated[str | None, "Place of the report."]
    year: Annotated[int | None, "Year of the report."]
    entry: Annotated[int | None, "Number of the entry in the appendix."]
    page: Annotated[int | None, "Page that the entry refers to."]
    start: Annotated[int | None, "Offset of the definition in the report."]
    end: Annotated[int | None, "Offset behind the definition."]
    address: Annotated[str | None, "Where the publisher of the report has it on the web."]
    ocr: Annotated[bool, "Whether OCR read it from a picture of a page: characters may be wrong."]


class DefinitionEvidenceDocument(TypedDict):
    """The reports that vouch for a definition, and how."""

    kind: Annotated[
        str,
        "`note`: it was written to explain the name; `listed`: a list that stands beside the name in running text, and"
        " nothing more; `corroborated`: such a list that a note or another report gives, too.",
        EVIDENCE_KINDS,
    ]
    reports: Annotated[list[str], "Ids of the first ten reports that say the same by this name."]
    more: Annotated[int, "How many more there are."]


class DefinitionDocument(TypedDict):
    """A text that says what a name stands for."""

    text: Annotated[str, "The definition as printed, without a leading 指 and a final full stop."]
    head: Annotated[
        str, "The name that it explains, as its source prints it; it may be longer than the name of the term."
    ]
    source: Annotated[SourceDocument, "Where it is written."]
    members: Annotated[list[PassageDocument], "The things that the numeral of the name counts."]
    count_check: Annotated[
        CountCheckDocument,
        "The members counted against the numeral; not applicable to a list that was found by its number alone.",
    ]
    evidence: Annotated[DefinitionEvidenceDocument, "What vouches for it."]
    beside: Annotated[list[str], "What stands around the name where its report uses it; ～ stands for the name itself."]


class StatedDefinitionDocument(DefinitionDocument):
    """A definition in a list."""

    sense: Annotated[str, "Identifier of the sense that it gives."]


class _RenderingFields(TypedDict):
    """The words of a rendering, and whose they are."""

    language: Annotated[str, "BCP 47 code of the language."]
    rendering: Annotated[str, "The rendering as it stands in running text."]
    gloss: Annotated[str, "What explains it, for the first use; else empty."]
    also: Annotated[list[str], "Further wordings that count as this rendering."]
    status: Annotated[str, "How far it has come.", EQUIVALENT_STATUSES]
    source: Annotated[str, "Whose rendering it is."]
    note: Annotated[str, "Why it is rendered so, where there was a choice; else empty."]
    name: Annotated[str, "The name that it renders: of a longer name that has this one in it, it renders a part."]
    bound: Annotated[bool, "Whether it renders this sense only: by itself the name may mean something else."]
    place: Annotated[str, "The place in whose texts it is used, with all that lies in it; empty for every place."]
    definition: Annotated[str, "The definition in this language; empty if nobody has translated it."]
    definition_status: Annotated[str, "How far that has come: `machine`, `proposed` or `approved`; empty without one."]


_HeldFields = TypedDict(
    "_HeldFields",
    {
        "from": Annotated[str, "Year, month or day from when on it is used; empty if it always was."],
        "until": Annotated[str, "Last year, month or day on which it is used; empty while it is."],
    },
)


class EquivalentDocument(_RenderingFields, _HeldFields):
    """A curated rendering in another language."""


class RenderingDocument(EquivalentDocument):
    """A rendering in an annotated text."""

    sense: Annotated[str | None, "Id of the sense that it renders; null where the term has none."]


class SenseDocument(TypedDict):
    """One meaning of a term."""

    id: Annotated[str, "Identifier of the sense within its term."]
    definitions: Annotated[list[DefinitionDocument], "Definitions that say the same: the best few of them."]
    more: Annotated[int, "How many more there are; the list of the term's definitions has all."]
    equivalents: Annotated[list[EquivalentDocument], "Renderings in other languages, the most official first."]


class VariantDocument(TypedDict):
    """A surface form of a term."""

    form: Annotated[str, "The form as printed."]
    type: Annotated[str, "How it differs from the preferred form.", VARIANT_TYPES]
    reports: Annotated[list[str], "Ids of the reports that print it, the first fifty."]
    more: Annotated[int, "How many more reports print it."]


class AppearanceDocument(ReportNameDocument):
    """A report that uses or defines a term."""

    usages: Annotated[int, "How often the term stands in its body."]
    defines: Annotated[bool, "Whether it defines the term."]


class TotalsDocument(TypedDict):
    """Counts of everything of which the document of a term shows the best few."""

    senses: Annotated[int, "Senses."]
    definitions: Annotated[int, "Definitions of all senses."]
    reports: Annotated[int, "Reports that use or define it."]
    usages: Annotated[int, "Places where it stands."]
    explained: Annotated[int, "Of these, places where it is known which sense it has."]


class TermDocument(StatedTermDocument):
    """A term with the best few of what is known of it, and how much there is; lists of their own have all."""

    evidence: Annotated[EvidenceDocument, "What the status rests on."]
    pinyin: Annotated[str, "Reading of the name; empty where none is recorded."]
    variants: Annotated[list[VariantDocument], "Every surface form."]
    senses: Annotated[
        list[SenseDocument],
        "Meanings: at most ten, and further ones with renderings; several when reports mean different things by it.",
    ]
    equivalents: Annotated[
        list[EquivalentDocument], "Renderings of a term without senses; where it has senses, they have them."
    ]
    reports: Annotated[
        list[AppearanceDocument], "Reports that use or define the term, by id: at most fifty, and the best of them."
    ]
    totals: Annotated[TotalsDocument, "How much there is of everything."]


class TermSummaryDocument(StatedTermDocument):
    """A term in a list."""

    pinyin: Annotated[str, "Reading of the name; empty where none is recorded."]
    defined: Annotated[bool, "Whether any report says what the term stands for."]
    definition: Annotated[
        str | None,
        "What is said of it first; null also where a place explains it for itself, and most reports of others use it.",
    ]
    of: Annotated[
        ReportNameDocument | None,
        "Whose definition that is, unless it holds everywhere: places of two provinces, or a person, give a coined name"
        " this meaning, and nobody another.",
    ]
    senses: Annotated[int, "How many meanings it has."]
    reports: Annotated[int, "How many reports use or define it."]
    usages: Annotated[int, "How often it stands in the bodies of reports."]


class UsageDocument(TypedDict):
    """A place in the body of a report where a term stands; left, text and right adjoin."""

    report: Annotated[ReportNameDocument, "The report."]
    heading: Annotated[str | None, "Nearest heading before it."]
    left: Annotated[str, "Up to 30 code points before it in its paragraph."]
    text: Annotated[str, "The term as it stands there."]
    right: Annotated[str, "Up to 30 code points behind it in its paragraph."]
    start: Start
    end: End
    match_type: Annotated[str, "How it is written.", MATCH_TYPES]
    quoted: Annotated[bool, "Whether quotation marks enclose exactly this span."]
    sense: Annotated[str | None, "Sense that the report's own words decide; null when they leave it open."]


# When, where and how often a term is used


class CountDocument(TypedDict):
    """Counts of the uses of a term in some reports."""

    reports: Annotated[int, "Reports that use or define the term."]
    usages: Annotated[int, "Places where it stands."]
    defines: Annotated[int, "Reports that define it."]
    of_reports: Annotated[int, "All reports, with the term or without."]
    chars: Annotated[int, "Length of the bodies of all of them in code points."]
    per_10000: Annotated[float, "Usages per 10,000 code points of all of them.", Bounds()]


class LevelCountDocument(CountDocument):
    """Counts of the uses of a term in reports of one level."""

    level: Annotated[str | None, "The level; null where no report says it.", LEVELS]


class YearCountDocument(CountDocument):
    """Counts of the uses of a term in reports of one year."""

    year: Annotated[int | None, "The year; null where no report says it."]
    levels: Annotated[list[LevelCountDocument], "The same for each level of which there is a report that year."]


class PlaceCountDocument(CountDocument):
    """Counts of the uses of a term in reports of one place."""

    place: Annotated[str | None, "Full name of the place; null where no report says it."]
    place_code: Annotated[str | None, "Its six-digit GB/T 2260 code."]
    level: Annotated[str | None, "Its level.", LEVELS]
    first: Annotated[int | None, "Year of its first report with the term."]


class DeliveryDocument(TypedDict):
    """A report and its day."""

    report: Annotated[ReportNameDocument, "The report."]
    date: Annotated[str | None, "Day of delivery, ISO 8601; null where only the year is known."]


class WidthDocument(TypedDict):
    """Counts of places, prefectures and provinces."""

    places: Annotated[int, "Places."]
    prefectures: Annotated[int, "Prefectures that they lie in."]
    provinces: Annotated[int, "Provinces that they lie in."]


class SpreadDocument(WidthDocument):
    """Over how many places a term is spread."""

    of: Annotated[WidthDocument, "The same for all reports."]


class CourseDocument(TypedDict):
    """The use of a term by year, level and place."""

    first: Annotated[DeliveryDocument | None, "The first report that uses or defines it; null if none says when."]
    last: Annotated[DeliveryDocument | None, "The last one."]
    total: Annotated[CountDocument, "All reports."]
    years: Annotated[list[YearCountDocument], "Every year of which there is a report, in order."]
    levels: Annotated[list[LevelCountDocument], "Every level of which there is a report, from the nation down."]
    places: Annotated[
        list[PlaceCountDocument], "The first hundred places that took it up, in order; `spread` counts all."
    ]
    spread: Annotated[SpreadDocument, "Over how many places it is spread."]


class WhyDocument(TypedDict):
    """One reason for a rank."""

    code: Annotated[
        str,
        "The reason, for programs: where the definition stands to the asker, or when it held.",
        (*DEFINED_WHERE, *DEFINED_WHEN),
    ]
    text: Annotated[str, "The reason, for people."]


class RankedSenseDocument(TypedDict):
    """A sense of a term with the definition that stands nearest to the asker."""

    id: Annotated[str, "Identifier of the sense within its term."]
    score: Annotated[float, "From 1, the report itself, to 0, not yet known on that day. Equal scores are a tie."]
    why: Annotated[list[WhyDocument], "Where it stands to the asker, when it held."]
    definition: Annotated[str, "The nearest definition of this sense."]
    head: Annotated[str, "The name that it explains, as its source prints it, at full length."]
    evidence: Annotated[DefinitionEvidenceDocument, "What vouches for it."]
    source: Annotated[SourceDocument, "Where that is written."]


class ReasonDocument(TypedDict):
    """Why a sense is not taken."""

    code: Annotated[
        str,
        "`later`: said only in a later year; `long-ago`: too many years before; `of-its-place`: it"
        " speaks of what its own place does; `other-whole`: said of a longer name, which this is only the core of;"
        " `other-words`: the words before the name give it another owner; `common-name`: such names are given anew"
        " everywhere; `nearer`: something nearer explains the name.",
        REFUSED,
    ]
    text: Annotated[str, "The reason, for people."]


class RefusedSenseDocument(RankedSenseDocument):
    """A sense that the name has elsewhere, but that nothing shows to be meant here."""

    reason: Annotated[ReasonDocument, "Why it is not taken."]
