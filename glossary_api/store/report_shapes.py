"""The shapes of the documents of reports, as `shapes.py` describes those of everything else."""

from typing import Annotated, TypedDict

from glossary_api.model.words import ANNEX, GENRES, KINDS, LEFT_OUT, LEVELS, ORIGINS, OUTCOMES, SEVERITIES
from glossary_api.store.shapes import (
    CountCheckDocument,
    End,
    PassageDocument,
    ReportId,
    ReportNameDocument,
    ReportPlace,
    ReportYear,
    SaidDocument,
    SpanDocument,
    Start,
    StatedTermDocument,
)


class _TitleFields(TypedDict):
    """The fields of a title block whose names Python does not keep for itself."""

    id: ReportId
    title: Annotated[str | None, "Title."]
    place: ReportPlace
    place_code: Annotated[str | None, "Six-digit GB/T 2260 code of the place."]
    level: Annotated[str | None, "Level of the place.", LEVELS]
    year: ReportYear
    date: Annotated[str | None, "Day of delivery, ISO 8601."]
    meeting: Annotated[str | None, "The congress it was delivered to."]
    speaker: Annotated[str | None, "Who delivered it."]
    genre: Annotated[str, "What kind of document it is.", GENRES]
    address: Annotated[str | None, "Where its publisher has it on the web."]
    sha256: Annotated[str, "Digest of the file that was read; of all of them, if it was put together from several."]
    chars: Annotated[int, "Length of the text in code points."]
    ocr: Annotated[bool, "Whether OCR read some of its text from pictures of pages."]


_TitleOrigins = TypedDict(
    "_TitleOrigins",
    {
        "from": Annotated[
            dict[str, str],
            "Who says each field of the title block that is known: its `text`, the `record` of a data set that it comes"
            " from, the `name` of its file or folder, or a person in a `manifest`.",
            ORIGINS,
        ]
    },
)


class TitleBlockDocument(_TitleFields, _TitleOrigins):
    """The title block of a report, as far as its text, its record or its name gives it."""


class ReportCountsDocument(TypedDict):
    """Counts of the things that a report has."""

    entries: Annotated[int, "Entries of its appendix."]
    slogans: Annotated[int, "Quoted phrases of its body."]
    defined: Annotated[int, "Established terms that it defines."]
    used: Annotated[int, "Established terms that its body uses."]
    usages: Annotated[int, "Places where its body uses one."]
    findings: Annotated[int, "Things to look at."]


class ReportSummaryDocument(TitleBlockDocument):
    """A report in a list: its title block and counts."""

    counts: Annotated[ReportCountsDocument, "How much it has of what."]


class AppendixDocument(SpanDocument):
    """The 名词解释 at the end of a report."""

    layout: Annotated[str, "How most entries are numbered."]


class HeadingDocument(PassageDocument):
    """A heading of the body."""

    depth: Annotated[int, "1 for 一、 or an unnumbered heading, 2 for （一）, 3 for 1．."]


class EntryTermDocument(TypedDict):
    """One term of an entry."""

    name: Annotated[str, "The name, without quotation marks around the whole of it."]
    definition: Annotated[PassageDocument, "What the entry says of it."]
    members: Annotated[list[PassageDocument], "The things that the numeral of the name counts."]
    count_check: Annotated[CountCheckDocument, "The members counted against the numeral."]


class EntryDocument(TypedDict):
    """An entry of an appendix as printed."""

    marker: Annotated[str, "Marker as printed."]
    number: Annotated[int | None, "Number of the entry."]
    page: Annotated[int | None, "Page that it refers to."]
    head: Annotated[str, "Headword as printed."]
    start: Start
    end: End
    terms: Annotated[list[EntryTermDocument], "The terms it explains."]


class InlineDocument(TypedDict):
    """The list in running text that says what a slogan stands for."""

    start: Start
    end: End
    members: Annotated[list[PassageDocument], "The things that the numeral of the slogan counts."]


class SloganDocument(TypedDict):
    """A quoted phrase of the body."""

    text: Annotated[str, "Exactly what stands in the span."]
    kind: Annotated[str, "Kind of name.", KINDS]
    start: Start
    end: End
    inline: Annotated[InlineDocument | None, "The list that expands it; null where none does."]


class MarkDocument(TypedDict):
    """A footnote mark of the body."""

    marker: Annotated[str, "Mark as printed."]
    start: Start
    end: End
    entry: Annotated[int | None, "Number of the entry that it leads to."]


class FindingDocument(TypedDict):
    """Something to look at in a report."""

    kind: Annotated[str, "Kind of finding."]
    severity: Annotated[str, "How sure it is.", SEVERITIES]
    message: Annotated[str, "What there is to see."]
    start: Start
    end: End


class LeftOutDocument(TypedDict):
    """All that is in a file and not in the text of its report for one reason."""

    reason: Annotated[str, "Why it was left out.", (*LEFT_OUT, ANNEX)]
    characters: Annotated[int, "How many characters that are no white space; 0 for pictures."]
    pieces: Annotated[int, "How many runs, boxes, pictures or pages."]


class FileDifferenceDocument(TypedDict):
    """A passage that a further source of a report prints otherwise."""

    start: Annotated[int, "Where it begins in the text of the report."]
    end: Annotated[int, "Where it ends; where it begins, if the report has no such passage."]
    text: Annotated[str, "As the report has it, cut if it is long; empty if it has not."]
    other: Annotated[str, "As the other source has it, cut if it is long; empty if it has not."]


class ReportFileDocument(TypedDict):
    """A file that a report was read from, a part of it, or a further source of it."""

    name: Annotated[str, "Its path from the folder that was harvested on, `#n` behind it for a record."]
    outcome: Annotated[
        str,
        "`report`: the report, or its first part; `part`: a page or an attachment; `copy`: a further source.",
        OUTCOMES,
    ]
    format: Annotated[str, "The reader that understood it."]
    chars: Annotated[int, "Characters that were read."]
    address: Annotated[str | None, "Where it stands on the web."]
    different: Annotated[int, "How many passages a further source prints otherwise."]
    doubts: Annotated[list[SaidDocument], "What a person should look at, by language tag."]
    reason: Annotated[SaidDocument | None, "How much of the report a further source has; null for others."]
    left_out: Annotated[list[LeftOutDocument], "What was left out, and why."]
    differences: Annotated[list[FileDifferenceDocument], "The first of these passages."]


class ReportDocument(ReportSummaryDocument):
    """A report whole, but for its text."""

    appendix: Annotated[AppendixDocument | None, "Span of the appendix; null for a report without one."]
    headings: Annotated[list[HeadingDocument], "Headings in order."]
    entries: Annotated[list[EntryDocument], "Entries of the appendix in order."]
    findings: Annotated[list[FindingDocument], "Things to look at."]
    files: Annotated[list[ReportFileDocument], "The files that it was read from, its further sources behind them."]


class InspectionDocument(TypedDict):
    """Everything that the parser sees in one report."""

    report: Annotated[TitleBlockDocument, "Its title block."]
    appendix: Annotated[AppendixDocument | None, "Span of the appendix."]
    entries: Annotated[list[EntryDocument], "Entries of the appendix in order."]
    slogans: Annotated[list[SloganDocument], "Quoted phrases of the body in order."]
    marks: Annotated[list[MarkDocument], "Footnote marks of the body in order."]
    findings: Annotated[list[FindingDocument], "Things to look at."]
    left_out: Annotated[list[LeftOutDocument], "What its file has and its text has not."]


# The terms of one report


class TermHereDocument(StatedTermDocument):
    """A term in the list of a report."""

    usages: Annotated[int, "How often the term stands in the body of this report."]


class DefinedHereDocument(TermHereDocument):
    """A term that a report defines."""

    definition: Annotated[str | None, "First definition that this report gives."]


class UsedHereDocument(TermHereDocument):
    """A term that a report uses."""

    defined: Annotated[bool, "Whether any report defines it."]


class DefinedElsewhereDocument(TermHereDocument):
    """A term that a report uses and only other reports define."""

    reports: Annotated[list[ReportNameDocument], "The first ten reports that define it."]
    more: Annotated[int, "How many more there are."]


class ReportTermsDocument(TypedDict):
    """The terms of a report, each list by name."""

    defined: Annotated[list[DefinedHereDocument], "Terms that this report defines."]
    used: Annotated[list[UsedHereDocument], "Terms that its body uses."]
    defined_elsewhere: Annotated[list[DefinedElsewhereDocument], "Terms that it uses and only other reports define."]
