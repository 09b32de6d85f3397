"""The things the program speaks of, as frozen dataclasses.

Every `start` and `end` is a half-open span of Unicode code points into the text of the report as read
(`Report.text`), never into a cleaned copy: `report.text[start:end]` is exactly what was printed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from glossary_api.model.files import HarvestedFile
from glossary_api.model.files import LeftOut as LeftOut
from glossary_api.model.messages import Message
from glossary_api.model.sending import sent_by_fields
from glossary_api.model.words import ESTABLISHED, GOVERNMENT_REPORT, NOT_APPLICABLE, NOTE


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a report's text together with its span; members and definitions are passages."""

    text: str
    """Exactly `report.text[start:end]`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a reader hands it over: text, and nothing yet understood of it."""

    name: str
    """The file name without its folders, suffix kept; `archive.zip!folder/report.txt` for one in an archive."""
    text: str
    """The text as printed. Footnote references stand in it as `［1］`, notes after the body."""
    sha256: str
    """Hexadecimal digest of the bytes of the file."""
    format: str
    """The reader that understood the file: one of `read.FORMATS`, `xlsx`, `csv`, `tsv`, `json`, `jsonl`, `parquet`."""
    folder: str = ""
    """Names of the folders that the file lies in, the nearest last, parted by `/`: `江苏省/昆山市`."""
    record: tuple[tuple[str, str], ...] = ()
    """What its record, or its head, says beside the text, as pairs of a field of RECORD_FIELDS and its value."""
    left_out: tuple[LeftOut, ...] = ()
    """What the file has and the text has not, the most characters first."""
    unread: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The Chinese among it, by the reason for which it was left out: the parser looks whether notes are in it."""
    ocr: tuple[tuple[int, int], ...] = ()
    """Spans of the text that OCR read from pictures of pages."""
    bare_pages: tuple[int, ...] = ()
    """Numbers, from 1, of pages that are pictures and were not read."""
    container: str = ""
    """The archive that the file lies in, as the name begins: `archive.zip`, `all.zip!inner.zip`; empty for none."""

    @property
    def own_name(self) -> str:
        """Return the name of the file itself, without the archive and the folders in it."""
        return self.name[len(self.container) + 1 :].rsplit("/", 1)[-1] if self.container else self.name


@dataclass(frozen=True, slots=True)
class Report:
    """报告: one document and what its title block says.

    What the text does not give comes from its record or its name, and `guessed` says so; else it is None.
    """

    id: str
    """Identifier in addresses and sources, made from the file name, such as `kunshan-2024`."""
    title: str | None
    place: str | None
    """Full name of the division whose government reports, such as `昆山市`."""
    place_code: str | None
    """Six-digit GB/T 2260 code of `place`; None when the text leaves several candidates."""
    level: str | None
    """`national`, `province`, `prefecture`, `county` or `township`."""
    year: int | None
    """Year of delivery."""
    date: str | None
    """Day of delivery, ISO 8601."""
    meeting: str | None
    speaker: str | None
    sha256: str
    text: str
    genre: str = GOVERNMENT_REPORT
    """One of GENRES."""
    ocr: tuple[tuple[int, int], ...] = ()
    """`Document.ocr`."""
    guessed: tuple[tuple[str, str], ...] = ()
    """Fields of which the text is silent, each with the one of ORIGINS that says them instead."""
    address: str | None = None
    """Where its publisher has it on the web, as its manifest or record says."""

    @property
    def chars(self) -> int:
        """Return length of the text in code points."""
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body; usages name the nearest one before them."""

    text: str
    start: int
    end: int
    depth: int
    """1 for 一、 or an unnumbered heading, 2 for （一）, 3 for 1．."""


@dataclass(frozen=True, slots=True)
class Appendix:
    """The span of the 名词解释, from its heading to the end of its last entry."""

    start: int
    end: int
    layout: str
    """How most entries are numbered: `dot`, `dot-page`, `circled`, `bracketed`, `comma`, `table` or `none`."""


@dataclass(frozen=True, slots=True)
class CountCheck:
    """The result of counting the members of a definition against the numeral of its name."""

    status: str
    """One of COUNT_STATUSES."""
    expected: int | None = None
    """How many members the numeral asks for; for compounds the sum."""
    found: int | None = None
    reason: Message | None = None
    """Why it fails or does not apply; None for a pass."""


NOT_CHECKED = CountCheck(NOT_APPLICABLE, reason=Message("not-split"))


@dataclass(frozen=True, slots=True)
class EntryTerm:
    """One term of an entry; most entries have one, “两重”“两新” has two."""

    name: str
    """The head, or its part for this term, without quotation marks that enclose the whole of it."""
    definition: Passage
    """Without a leading 指/是指/就是指 and without the final full stop."""
    members: tuple[Passage, ...] = ()
    count_check: CountCheck = NOT_CHECKED


@dataclass(frozen=True, slots=True)
class Entry:
    """词条: one numbered note of an appendix as printed."""

    marker: str
    """As printed, page reference included: `1.P4`, `⑪`, `［3］`; empty if there is none."""
    number: int | None
    page: int | None
    """The page the note refers to, from markers such as `1.P4`."""
    head: str
    """The headword as printed, quotation marks included."""
    start: int
    """Where the marker (or, without one, the head) begins."""
    end: int
    """Behind the last character of the entry, its full stop included."""
    terms: tuple[EntryTerm, ...]


@dataclass(frozen=True, slots=True)
class Inline:
    """An expansion of a slogan in the running text: 山边、水边、路边“三边”地带."""

    start: int
    """Span of the enumeration."""
    end: int
    members: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Slogan:
    """提法: a phrase of the body that stands in quotation marks, or that a mark vouches for."""

    text: str
    """The phrase without the quotation marks around it."""
    kind: str
    """`numeral`, `plan` or `quoted`."""
    start: int
    end: int
    inline: Inline | None = None
    whole: Passage | None = None
    """The longer name that the phrase is the core of: “双引领”计划, 安全生产“六化”."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark in the body."""

    marker: str
    start: int
    end: int
    entry: int | None
    """Number of the entry it refers to; None for an orphan."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader of the report or an editor of the glossary should look at."""

    kind: str
    """One of FOUND_IN_REPORTS."""
    message: Message
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """Everything the parser sees in one report."""

    report: Report
    headings: tuple[Heading, ...]
    appendix: Appendix | None
    entries: tuple[Entry, ...]
    slogans: tuple[Slogan, ...]
    marks: tuple[Mark, ...]
    findings: tuple[Finding, ...]
    body: tuple[tuple[int, int], ...]
    """Spans of the text that are the report's own running text: all but appendix, other annexes and page furniture."""
    left_out: tuple[LeftOut, ...] = ()
    """What its file has and its text has not."""


@dataclass(frozen=True, slots=True)
class Source:
    """The place where a definition is written."""

    type: str
    """One of SOURCE_TYPES."""
    report: str | None
    """Report id; None for a curated definition."""
    place: str | None
    year: int | None
    entry: int | None
    """Number of the entry; None for inline and curated definitions."""
    page: int | None
    start: int | None
    end: int | None
    address: str | None = None
    """`Report.address`."""
    ocr: bool = False
    """Whether OCR read it from a picture of a page: characters may be wrong."""


@dataclass(frozen=True, slots=True)
class DefinitionEvidence:
    """The kind of a definition, and the reports that say the same."""

    kind: str
    """One of EVIDENCE_KINDS."""
    reports: tuple[str, ...] = ()
    """Ids of the reports that say the same by this name, its own among them, in alphabetical order."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A text that says what a name stands for, with its source and its members."""

    text: str
    source: Source
    members: tuple[Passage, ...] = ()
    count_check: CountCheck = NOT_CHECKED
    head: str = ""
    """The name that it explains, as its source prints it: the whole 安全生产“六化”, not the bare core."""
    evidence: DefinitionEvidence = DefinitionEvidence(NOTE)
    beside: tuple[str, ...] = ()
    """What stands around the name where the report of the definition uses it, the name itself shown as NAME_HERE."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """对应词: a curated rendering of a term, or of one of its senses, in another language."""

    term: str
    """A name of the term; any spelling that folds alike."""
    sense: str
    """The definition whose sense is rendered, `report#entry` or `report#words of the definition`; empty for any."""
    language: str
    """BCP 47 code, as short as it can be: `en`, not `eng`."""
    rendering: str
    """What stands in running text."""
    status: str
    """One of EQUIVALENT_STATUSES."""
    source: str
    """Whose rendering it is."""
    note: str
    """Why it is rendered so, where there was a choice; else empty."""
    place: str
    """`file:line` of the row it was read from."""
    gloss: str = ""
    """What explains the rendering, for its first use in a text; empty if it explains itself."""
    also: tuple[str, ...] = ()
    """Further wordings that count as this rendering."""
    region: str = ""
    """The place in whose texts it is used, with all that lies in it; empty for every place."""
    since: str = ""
    """From when on it is used: a year, month or day, ISO 8601; empty if it always was."""
    until: str = ""
    """The last year, month or day on which it is used; empty while it is."""
    definition: str = ""
    """The definition of what is rendered, in the language of the rendering; empty if nobody has translated it."""
    definition_status: str = ""
    """One of TRANSLATION_STATUSES where there is a definition, else empty."""


@dataclass(frozen=True, slots=True)
class Sense:
    """义项: one meaning of a term; its definitions say the same."""

    id: str
    """`<term id>-<n>`, n from 1: senses that a note explains first, then in the order of the earliest report."""
    definitions: tuple[Definition, ...]
    equivalents: tuple[Equivalent, ...] = ()
    """Curated renderings, by language, the most official first."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A surface form of a term and the reports that print it."""

    form: str
    type: str
    """One of VARIANT_TYPES."""
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts from the bodies of the reports that speak for or against taking a name for a term."""

    reason: str
    """What decided: one of REASONS_FOR or REASONS_AGAINST."""
    notes: int = 0
    """How many notes of appendices explain it."""
    quoted: int = 0
    """Places where it is quoted, or where a mark or an earlier quotation vouches for it."""
    unquoted: int = 0
    """Other places that have the same characters."""
    reports: int = 0
    """Reports that quote it, each once for its place and year, however many files have it."""
    places: int = 0
    """Places whose reports quote it."""
    naming: int = 0
    """Quotations behind which the noun of an undertaking or a principle follows."""
    marked: int = 0
    """Quotations with a footnote mark behind."""


@dataclass(frozen=True, slots=True)
class Term:
    """术语: what a name stands for in the glossary."""

    id: str
    """Stable as long as the folded name is: `t` and ten hexadecimal digits."""
    name: str
    """The preferred form, as printed, without quotation marks around the whole of it."""
    key: str
    """The folded name; unique in an edition."""
    kind: str
    """`numeral`, `plan` or `quoted`."""
    pinyin: str
    variants: tuple[Variant, ...]
    senses: tuple[Sense, ...]
    keys: tuple[str, ...]
    """Every folded form that leads to this term, `key` first; no other term has any of them."""
    vouched: frozenset[str] = frozenset()
    """Those of `keys` that count unquoted only where the same text also quotes them."""
    equivalents: tuple[Equivalent, ...] = ()
    """Curated renderings of a term without senses; where it has senses, they have them."""
    status: str = ESTABLISHED
    """One of STATUSES."""
    evidence: Evidence = Evidence("once")
    """What the status rests on."""

    @property
    def defined(self) -> bool:
        """Return whether any report says what the term stands for."""
        return bool(self.senses)


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a text where a term stands."""

    term: str
    """Term id."""
    start: int
    end: int
    text: str
    match_type: str
    """One of MATCH_TYPES."""
    quoted: bool
    """Whether quotation marks enclose exactly this span."""


@dataclass(frozen=True, slots=True)
class Usage:
    """用例: a match in the body of a report."""

    report: str
    match: Match
    heading: str | None
    """Text of the nearest heading before it."""
    sense: str | None
    """Sense id if the report's own words decide it, else None."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the merging left open: two names that might be one, one name that might be two."""

    kind: str
    message: Message
    terms: tuple[str, ...]
    """Term ids concerned."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file the harvest did not understand, and why."""

    path: str
    message: Message


@dataclass(frozen=True, slots=True)
class Harvest:
    """Everything one edition is made of: a pure function of reports, seed files and version."""

    reports: Sequence[ParsedReport]
    terms: tuple[Term, ...]
    usages: Collection[Usage]
    """By report and offset."""
    doubts: tuple[Doubt, ...]
    failures: tuple[Failure, ...] = field(default=())
    files: tuple[HarvestedFile, ...] = field(default=())
    """What became of every document of every file, by name."""
    decisions: str = "none"
    """The version of the log of decisions that were laid to it."""


sent_by_fields(tuple(vars().values()))
