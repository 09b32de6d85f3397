"""Search: the passages of an edition that contain every word of a question, page by page, with what stands in them."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypedDict

import orjson

from glossary_api.model.words import ESTABLISHED
from glossary_api.store import cursors, fulltext
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters, report_conditions
from glossary_api.store.fulltext import Span
from glossary_api.store.opening import Select
from glossary_api.store.passages import CONTEXT, FIELDS, FIRST_NAME, MOST_USED, NAME, kind_words, report_word, year_word
from glossary_api.store.shapes import ReportNameDocument, SpanDocument, TermNameDocument
from glossary_api.text.folding import fold_name

COUNTED = 1000
"""Up to how many passages are counted: a question of two characters may be met by half of all paragraphs."""
SNIPPET = 120
"""Code points that a snippet has at most, unless what was found is longer."""
_BEFORE = 30
"""Code points of a snippet that stand before the first hit."""

CURSOR = (int, int, str, int)
"""Types of the parts of a cursor: field; usages or day, downwards; name or report; position or offset."""
_FRONT = (NAME, 10**14, "", 0)
"""The cursor before every name."""
_KIND = "search"

Key = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True)
class FoundPage(Page[JsonObject]):
    """One page of what was found; `total` counts up to COUNTED."""

    is_total: bool
    """Whether there are no more than that."""


class HitDocument(SpanDocument):
    """A place in a snippet that has what was asked for; offsets count code points of the snippet."""


class FoundDocument(TypedDict):
    """A passage that was found."""

    field: Annotated[
        str, "What it is: a name, a definition, or a paragraph of a report in which a term stands.", FIELDS
    ]
    terms: Annotated[
        list[TermNameDocument], "The term that has the name or definition; all terms that stand in the paragraph."
    ]
    report: Annotated[
        ReportNameDocument | None, "The report that it stands in; null for a name and for a curated definition."
    ]
    heading: Annotated[str | None, "Nearest heading before the paragraph."]
    text: Annotated[str, "A snippet of at most 120 code points, plain text."]
    start: Annotated[int | None, "Offset of the snippet in the report; null where there is none."]
    end: Annotated[int | None, "Offset behind the snippet."]
    begins: Annotated[bool, "Whether the passage begins with the snippet; if not, some of it stands before."]
    ends: Annotated[bool, "Whether the passage ends with the snippet."]
    hits: Annotated[list[HitDocument], "Where the words of the question stand."]


class _Passage(NamedTuple):
    rank: int
    field: int
    start: int | None
    end: int | None
    term: JsonObject | None
    text: str | None
    """None for a name, which has several forms."""
    report: JsonObject | None


def search(
    edition: Edition, filters: TermFilters, field: str | None = None, limit: int = 20, cursor: str | None = None
) -> FoundPage:
    """Return the passages that contain every word of `filters.q` and fit the other filters, and no others.

    A name or a definition fits if its term does; a paragraph if one of the terms that stand in it does. `field` is
    one of FIELDS. The term whose name was asked for comes first, then names, definitions, paragraphs. An item is a
    `FoundDocument`, whose hits count within the snippet. Raises BadParameter for a cursor that this function did not
    make, and for an unknown place.
    """
    after = None if cursor is None else _key(*cursors.decode(cursor, _KIND, *CURSOR))
    asked = _expression(edition, filters)
    if asked is None:
        return FoundPage((), 0, None, True)
    finder = _Finder(edition.select, *asked, field)
    return finder.page(filters.q or "", limit, after)


class _Finder:
    """The passages that one FTS5 expression finds in one field or in all, by the index that has the answer."""

    def __init__(self, select: Select, index: str, expression: str, field: str | None) -> None:
        self._select, self._index = select, index
        self._last = _only(select("SELECT max(rank) FROM passages", {})) or 0
        first, last = FIRST_NAME, self._last
        if field is not None:
            number = FIELDS.index(field)
            first, last = (self._behind((of, 1, "", 0)) for of in (number - 1, number))  # behind all of a field
        self._bounds = {"question": expression, "first": first, "last": last}

    def page(self, asked: str, limit: int, after: Key | None) -> FoundPage:
        named = self._named(asked)
        if after is None:
            ranks = self._ranks(COUNTED + 1)
            count = len(ranks)
        else:
            ranks = self._ranks(limit + 2, self._behind(after))
            count = self._count()
        others = [rank for rank in ranks if rank != named]
        ordered = [named, *others] if named is not None and after is None else others
        shown = ordered[:limit]
        more = len(ordered) > limit
        return FoundPage(
            tuple(_items(self._select, shown, asked)),
            min(count, COUNTED),
            self._cursor(shown[-1], named) if more and shown else None,
            count <= COUNTED,
        )

    def _ranks(self, limit: int, after: int = FIRST_NAME) -> list[int]:
        rows = self._select(
            f"""SELECT rowid FROM {self._index} WHERE {self._index} MATCH :question AND rowid > :first
                AND rowid <= :last ORDER BY rowid LIMIT :limit""",
            self._bounds | {"limit": limit, "first": max(after, self._bounds["first"])},
        )
        return [row[0] for row in rows]

    def _count(self) -> int:
        counted = f"""SELECT count(*) FROM (SELECT 1 FROM {self._index} WHERE {self._index} MATCH :question
                      AND rowid > :first AND rowid <= :last LIMIT :limit)"""
        number: int = _only(self._select(counted, self._bounds | {"limit": COUNTED + 1}))
        return number

    def _named(self, asked: str) -> int | None:
        """Return the passage of the name that was asked for, if it is among those found."""
        rows = self._select(
            f"""SELECT s.rowid FROM keys k JOIN passages p ON p.term = k.term AND p.field = :name
                JOIN {self._index} s ON s.rowid = p.rank
                WHERE k.key = :key AND s.{self._index} MATCH :question AND s.rowid > :first AND s.rowid <= :last""",
            self._bounds | {"key": fold_name(asked), "name": NAME},
        )
        return rows[0][0] if rows else None

    def _behind(self, key: Key) -> int:
        """Return a number behind the ranks of all passages that do not sort behind a key, and before those that do."""
        return FIRST_NAME + bisect.bisect_right(range(FIRST_NAME + 1, self._last + 1), key, key=self._key_at)

    def _cursor(self, rank: int, named: int | None) -> str:
        if rank == named:  # it stands before its place
            return cursors.encode(_KIND, *_FRONT)
        field, amount, text, number = self._key_at(rank)
        return cursors.encode(_KIND, field, -amount, text, number)

    def _key_at(self, rank: int) -> Key:
        row = self._select(
            """SELECT p.field, CASE p.field WHEN :context THEN coalesce(replace(r.date, '-', ''), r.year * 10000, 0)
                                            ELSE min(t.usages, :most) END,
                      CASE p.field WHEN :context THEN r.id ELSE t.name END,
                      CASE p.field WHEN :context THEN p.start ELSE coalesce(p.position, 0) END
               FROM passages p LEFT JOIN terms t ON t.rank = p.term LEFT JOIN reports r ON r.rank = p.report
               WHERE p.rank >= :rank ORDER BY p.rank LIMIT 1""",
            {"rank": rank, "context": CONTEXT, "most": MOST_USED},
        )[0]
        return _key(*row)


def _key(field: Any, amount: Any, text: Any, number: Any) -> Key:
    return int(field), -int(amount), str(text), int(number)


def _expression(edition: Edition, filters: TermFilters) -> tuple[str, str] | None:
    """Return an index and the FTS5 expression of a question and its filters for it; None if nothing can fit."""
    asked = fulltext.question(filters.q or "")
    facets = list(kind_words(filters.kind, filters.defined)[-1:])
    if filters.year is not None and filters.report is None and filters.place is None:
        facets.append(year_word(filters.year))
    elif conditions := report_conditions(filters):
        statement = f"SELECT r.rank FROM reports r WHERE {' AND '.join(conditions)}"
        rows = edition.select(statement, edition.values(filters))
        facets.append(" OR ".join(report_word(row[0]) for row in rows))
    if asked is None or "" in facets:
        return None
    if of_signs := fulltext.sign_question(filters.q or ""):
        return "sign_search", " AND ".join(f"({words})" for words in (of_signs, *facets))
    return "passage_search", " AND ".join([f"body : ({asked})", *(f"facets : ({words})" for words in facets)])


def _items(select: Select, ranks: Sequence[int], asked: str) -> list[JsonObject]:
    shown = {"ranks": orjson.dumps(ranks).decode(), "context": CONTEXT, "name": NAME, "status": ESTABLISHED}
    passages = {passage.rank: passage for passage in _passages(select, shown)}
    forms, uses, headings = _forms(select, shown), *_uses(select, shown)
    items = []
    for passage in map(passages.__getitem__, ranks):
        texts = [passage.text] if passage.text is not None else forms[passage.rank]
        terms = [passage.term] if passage.term else uses[passage.rank]
        items.append(_item(passage, texts, terms, headings.get(passage.rank), asked))
    return items


def _passages(select: Select, shown: Mapping[str, Any]) -> list[_Passage]:
    rows = select(
        """SELECT p.rank, p.field, p.start, p."end", t.id, t.name, t.kind,
                  CASE p.field WHEN :context THEN unpacked(r.text, p.start, p."end")
                               ELSE d.text END,
                  r.id, r.place, r.year
           FROM passages p LEFT JOIN terms t ON t.rank = p.term LEFT JOIN reports r ON r.rank = p.report
           LEFT JOIN definitions d ON d.term = p.term AND d.position = p.position
           WHERE p.rank IN (SELECT value FROM json_each(:ranks))""",
        shown,
    )
    return [_Passage._make((*row[:4], _term(*row[4:7]), row[7], _report(*row[8:]))) for row in rows]


def _forms(select: Select, shown: Mapping[str, Any]) -> Mapping[int, list[str]]:
    """Return the printed forms of the names that are shown, the preferred one first."""
    forms: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for rank, name, form in select(
        """SELECT p.rank, t.name, v.form FROM passages p JOIN terms t ON t.rank = p.term
           LEFT JOIN variants v ON v.term = p.term
           WHERE p.rank IN (SELECT value FROM json_each(:ranks)) AND p.field = :name ORDER BY p.rank, v.position""",
        shown,
    ):
        forms[rank].setdefault(name)
        forms[rank].setdefault(form or name)
    return {rank: list(found) for rank, found in forms.items()}


def _uses(select: Select, shown: Mapping[str, Any]) -> tuple[Mapping[int, list[JsonObject]], Mapping[int, str | None]]:
    """Return the terms that stand in the paragraphs that are shown, in order, and the heading above each paragraph."""
    terms: defaultdict[int, dict[str, JsonObject]] = defaultdict(dict)
    headings: dict[int, str | None] = {}
    for rank, id_, name, kind, heading in select(
        """SELECT p.rank, t.id, t.name, t.kind, s.heading FROM passages p
           JOIN usages u ON u.report = p.report AND u.start >= p.start AND u.start < p."end"
           JOIN terms t ON t.rank = u.term AND t.status = :status JOIN sections s ON s.rank = u.section
           WHERE p.rank IN (SELECT value FROM json_each(:ranks)) AND p.field = :context ORDER BY p.rank, u.start""",
        shown,
    ):
        headings.setdefault(rank, heading)
        terms[rank].setdefault(id_, {"id": id_, "name": name, "kind": kind})
    return {rank: list(found.values()) for rank, found in terms.items()}, headings


def _item(
    passage: _Passage, texts: Sequence[str], terms: Sequence[JsonObject | None], heading: str | None, asked: str
) -> JsonObject:
    found = [(text, fulltext.hits(text, asked)) for text in texts]
    text, hits = next((pair for pair in found if pair[1]), found[0])
    start, end = _window(len(text), hits)
    offset = passage.start
    inside = [
        (max(first, start) - start, min(last, end) - start) for first, last in hits if first < end and last > start
    ]
    return {
        "field": FIELDS[passage.field],
        "terms": terms,
        "report": passage.report,
        "heading": heading,
        "text": text[start:end],
        "start": None if offset is None else offset + start,
        "end": None if offset is None else offset + end,
        "begins": start == 0,
        "ends": end == len(text),
        "hits": [{"start": first, "end": last} for first, last in inside],
    }


def _window(length: int, hits: Sequence[Span]) -> Span:
    """Return the part of a text that is shown: what was found first, a little before it, the rest behind it."""
    if length <= SNIPPET or not hits:
        return 0, min(length, SNIPPET)
    first, last = hits[0]
    end = min(length, max(first - _BEFORE + SNIPPET, last))
    return max(0, min(first - _BEFORE, end - SNIPPET)), end


def _term(id_: str | None, name: str, kind: str) -> JsonObject | None:
    return None if id_ is None else {"id": id_, "name": name, "kind": kind}


def _report(id_: str | None, place: str | None, year: int | None) -> JsonObject | None:
    return None if id_ is None else {"id": id_, "place": place, "year": year}


def _only(rows: Sequence[tuple[Any, ...]]) -> Any:
    return rows[0][0]
