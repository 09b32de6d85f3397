"""The tables of an edition: what a row of each holds, and the marks by which our own file is known.

Ranks rise with the order in the edition: terms by name, reports by id, with room between them (`spaced_ranks.py`). They
are short, they make an index an order, and they mean nothing outside the file. Columns called `document` or `summary`
hold JSON in UTF-8, ready to be sent.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args, get_type_hints

UNPACKED_TEXT, UNPACKED_DOCUMENT = "unpacked", "unpacked_document"
SCHEMA_VERSION = 15
"""Raise it whenever a table or a stored document changes its shape; kept as the file's `user_version`."""

APPLICATION_ID = 0x474C4F53
"""`GLOS`, kept as the file's `application_id`."""


class MetaRow(NamedTuple):
    """A fact about the edition as a whole.

    `hash`; `tallies`, which it is made of; `program` and `schema`; `counts`; `decisions`, the version of their log;
    `harvested`, the hash of the edition that a harvest made, if this one was amended from it; `derived`.
    """

    name: str
    value: str


class AttachmentRow(NamedTuple):
    """Something made from the content for those who use it, such as a search automaton; no content itself."""

    name: str
    content: bytes


class ReportRow(NamedTuple):
    """A report; the columns beside the two documents are there to be filtered by.

    `first_line` is the rank that a passage on its first line has; those of the other lines follow. The text is last:
    SQLite goes through all that stands before what it is asked for.
    """

    rank: int
    first_line: int
    id: str
    title: str | None
    place: str | None
    place_code: str | None
    level: str | None
    year: int | None
    date: str | None
    meeting: str | None
    speaker: str | None
    sha256: str
    chars: int
    body_chars: int
    summary: bytes
    document: bytes
    text: str


class EntryRow(NamedTuple):
    """An entry of a report's appendix, `position` from 1 in the order of the text."""

    report: int
    position: int
    marker: str
    number: int | None
    page: int | None
    head: str
    start: int
    end: int


class TermRow(NamedTuple):
    """A term; `document` is the answer of a look-up, `summary` its line in a list, `sketches` has of each definition
    what it takes to judge it (`sketches.py`).

    `sections` says in how many it stands, `definers` how many reports define it.
    """

    rank: int
    id: str
    name: str
    key: str
    kind: str
    status: str
    defined: int
    pinyin: str
    senses: int
    usages: int
    sections: int
    definers: int
    summary: bytes
    document: bytes
    sketches: bytes


class KeyRow(NamedTuple):
    """A folded name and the term it leads to; `unquoted`, one of UNQUOTED, says where it counts unquoted."""

    key: str
    term: int
    unquoted: str


class VariantRow(NamedTuple):
    """A surface form; `reports` is a JSON list of ranks of reports."""

    term: int
    position: int
    form: str
    type: str
    reports: bytes


class DefinitionRow(NamedTuple):
    """A definition of a sense; `report` and `year` are null if curated, `near` is its place's code or else name."""

    term: int
    sense: str
    position: int
    report: int | None
    near: str | None
    year: int | None
    text: str
    document: bytes


class CoUseRow(NamedTuple):
    """A pair of established terms that stand in the same sections; each term has its best few."""

    term: int
    other: int
    together: int
    score: float


class TermYearRow(NamedTuple):
    """A year in which a report uses or defines a term."""

    year: int
    term: int


class TimelineRow(NamedTuple):
    """When and where a much used term is used, as `queries/timeline.py` returns it."""

    term: int
    document: bytes


class AppearanceRow(NamedTuple):
    """A report that uses a term, defines it, or both."""

    term: int
    report: int
    usages: int
    defines: int


class SectionRow(NamedTuple):
    """A part of a report between two headings in which any term stands, and the heading before it."""

    rank: int
    report: int
    heading: str | None


class UsageRow(NamedTuple):
    """A place in the body of a report where a term stands; no `text` says that it is the name of the term."""

    term: int
    report: int
    section: int
    start: int
    end: int
    text: str | None
    match_type: str
    quoted: int
    sense: str | None


class MemberRow(NamedTuple):
    """A term that a definition of another term lists among its members."""

    term: int
    member: int


class PassageRow(NamedTuple):
    """A text that a search finds: a name, a definition or a paragraph in which some term stands (`passages.py`).

    `rank` orders them as a search answers them; those of names stand first, the most used term before the others.
    """

    rank: int
    field: int
    term: int | None
    position: int | None
    report: int | None
    start: int | None
    end: int | None


class SloganRow(NamedTuple):
    """A quoted phrase of the body of a report."""

    report: int
    text: str
    kind: str
    start: int
    end: int


class FindingRow(NamedTuple):
    """Something to look at in a report."""

    report: int
    kind: str
    message: str
    start: int
    end: int


class DoubtRow(NamedTuple):
    """Something the merging left open; `terms` is a JSON list of term ids."""

    position: int
    kind: str
    message: str
    terms: bytes


class FailureRow(NamedTuple):
    """A file that the harvest did not understand."""

    position: int
    path: str
    message: str


Row = (
    ReportRow
    | EntryRow
    | TermRow
    | KeyRow
    | VariantRow
    | DefinitionRow
    | CoUseRow
    | TermYearRow
    | TimelineRow
    | AppearanceRow
    | SectionRow
    | UsageRow
    | MemberRow
    | PassageRow
    | SloganRow
    | FindingRow
    | DoubtRow
    | FailureRow
)

TABLES: Mapping[str, type[Row]] = {
    "reports": ReportRow,
    "entries": EntryRow,
    "terms": TermRow,
    "keys": KeyRow,
    "variants": VariantRow,
    "definitions": DefinitionRow,
    "co_uses": CoUseRow,
    "term_years": TermYearRow,
    "timelines": TimelineRow,
    "appearances": AppearanceRow,
    "sections": SectionRow,
    "usages": UsageRow,
    "members": MemberRow,
    "passages": PassageRow,
    "slogans": SloganRow,
    "findings": FindingRow,
    "doubts": DoubtRow,
    "failures": FailureRow,
}
"""Every table whose rows are content; `meta`, `attachments` and the search index are made from them."""

PACKED: Mapping[str, Mapping[str, str]] = {
    "reports": {"text": UNPACKED_TEXT, "document": UNPACKED_DOCUMENT},
    "terms": {"summary": UNPACKED_DOCUMENT, "document": UNPACKED_DOCUMENT, "sketches": UNPACKED_DOCUMENT},
    "timelines": {"document": UNPACKED_DOCUMENT},
}
"""Columns that are kept packed, by `opening.py`, and counted for the hash as they are: what unpacks each in SQL."""

PRIMARY_KEYS: Mapping[str, str | tuple[str, ...]] = {
    "meta": "name",
    "attachments": "name",
    "reports": "rank",
    "entries": ("report", "position"),
    "terms": "rank",
    "keys": "key",
    "variants": ("term", "position"),
    "definitions": ("term", "position"),
    "co_uses": ("term", "other"),
    "term_years": ("year", "term"),
    "timelines": "term",
    "appearances": ("term", "report"),
    "sections": "rank",
    "members": ("term", "member"),
    "passages": "rank",
    "doubts": "position",
    "failures": "position",
}

REFERENCES: Mapping[str, str] = {"report": "reports", "term": "terms", "other": "terms", "member": "terms"} | {
    "section": "sections"
}
"""Columns with ranks of another table, whatever table they stand in: tools that open the file show names for them."""

NARROW = frozenset(("keys", "appearances", "members", "co_uses", "term_years"))
"""Tables of short rows that are only found by their primary key: they are kept in its order, without an index of it."""

INDEXES: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("reports", ("id",), True),
    ("reports", ("place_code",), False),
    ("reports", ("place",), False),
    ("reports", ("year",), False),
    ("terms", ("id",), True),
    ("terms", ("name",), True),
    ("keys", ("term",), False),
    ("members", ("member",), False),
    ("passages", ("term", "field"), False),
    ("variants", ("form",), False),
    ("terms", ("status", "name", "defined", "kind"), False),
    ("definitions", ("term", "near", "position"), False),
    ("definitions", ("term", "year", "position"), False),
    ("definitions", ("report", "term"), False),
    ("appearances", ("report", "term"), False),
    ("usages", ("term", "report", "start", "end"), True),
    ("usages", ("report", "start"), False),
    ("usages", ("section", "term"), False),
    ("slogans", ("report", "start"), False),
    ("findings", ("report", "start"), False),
)
"""Table, columns, unique; built when the rows are in."""

PARTIAL_INDEXES = ("CREATE INDEX idx_appearances_defining ON appearances (term, report) WHERE defines = 1",)

# Every character but the space belongs to a token: searching.py has cut the text already. `ascii`, because
# `unicode61` of Debian 12 takes characters younger than Unicode 6.1 for separators.
_ASCII_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum() and chr(code) not in "\"'")

_TYPED = "detail=column, prefix='1 2 3'"  # no phrases are asked for; short beginnings are, by everyone who types
_TOKENS = f"""tokenize="ascii tokenchars '{_ASCII_SIGNS}'\""""

_CONTENT = "content='{}_rows', content_rowid='rank'"
"""What an index says its rows are: without it no tool could count them."""

SEARCH_INDEXES: Mapping[str, str] = {
    name: f"CREATE VIRTUAL TABLE {name} USING fts5({fields}, {_CONTENT.format(name)}, columnsize=0, {_TOKENS})"
    for name, fields in (
        ("term_search", "names, definitions, prefix='1'"),
        ("passage_search", "body, facets"),
        ("sign_search", "signs, detail=none"),
        ("suggestion_search", f"forms, tails, sounds, sound_tails, initials, initial_tails, letters, {_TYPED}"),
    )
}
"""Full-text indexes that keep nothing but what they need to find a row id.

`term_search`: character pairs of every form and every definition, by the rank of the term. `passage_search`: pairs of
every passage, and words for what it can be filtered by, by the rank of the passage. `sign_search`: each of its signs
once, and the same words; it answers questions of one character, which begins more pairs than can be gone through, and
has a third of the bytes of an index of prefixes. `suggestion_search`: the ways to type a name, by the rank of its
passage (`suggesting.py`).
"""


FULLTEXT_LOADING: Mapping[str, int] = {"automerge": 0, "hashsize": 64 * 2**20}
"""Settings of FTS5 while an index is filled: gather in memory, and merge once, at the end."""


def columns(row: type[NamedTuple]) -> dict[str, type]:
    """Return column names and types of a table, in order; what may be null has the type that it has otherwise."""
    return _columns(row)


@functools.cache
def _columns(row: Any) -> dict[str, type]:
    return {name: _plain(hint) for name, hint in get_type_hints(row).items()}


def _plain(hint: object) -> type:
    kinds = [kind for kind in get_args(hint) or (hint,) if isinstance(kind, type) and kind is not types.NoneType]
    return kinds[0]
