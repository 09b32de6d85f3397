"""Search: the passages of an edition that contain every word of a question, page by page, with what stands in them."""

from __future__ import annotations

import bisect
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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
_PAIRS, _SIGNS = "passage_search", "sign_search"
"""The indexes: of pairs of characters, and of single ones."""
_FEW = 100
"""The texts of fewer passages are looked at."""
_PROBED, _RARE = 1000, 40_000
"""A character is rare if the first so many paragraphs that have it show that not more than so many have it."""
_AT_FIRST, _MORE_THAN_NEEDED, _MOST_AT_A_TIME = 2000, 1.25, 8
"""Among so many passages that have the runs of a question its single characters are looked for at first; then among as
many as should do, and some more, but not more than so many times as many."""
_TEXTS = """SELECT p.rank, CASE p.field WHEN :context THEN unpacked(r.text, p.start, p."end") ELSE d.text END
            FROM passages p LEFT JOIN reports r ON r.rank = p.report AND p.field = :context
            LEFT JOIN definitions d ON d.term = p.term AND d.position = p.position
            WHERE p.rank IN (SELECT value FROM json_each(:ranks)) ORDER BY p.rank"""

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
    asked = _ways(edition, filters)
    return (
        _Finder(edition.select, asked, field).page(filters.q or "", limit, after)
        if asked
        else FoundPage((), 0, None, True)
    )


class _Way(NamedTuple):
    """One way to find passages: an index, and what to ask it."""

    found_in: str
    question: str
    runs: str = ""
    """Where single characters are asked for beside longer runs: what asks for the runs alone …"""
    signs: tuple[str, ...] = ()
    """… the characters …"""
    of_signs: str = ""
    """… and what asks the index of single characters for all that there are."""


class _Finder:
    """The passages that are found in one field or in all, in one way or another."""

    def __init__(self, select: Select, ways: Sequence[_Way], field: str | None) -> None:
        self._select, self._ways = select, ways
        self._last = _only(select("SELECT max(rank) FROM passages", {})) or 0
        self._bounds = FIRST_NAME, self._last
        if field is not None:
            number = FIELDS.index(field)
            first, last = (self._behind((of, 1, "", 0)) for of in (number - 1, number))  # behind all of a field
            self._bounds = first, last

    def page(self, asked: str, limit: int, after: Key | None) -> FoundPage:
        named = self._named(asked)
        ranks = self._ranks(COUNTED + 1)
        count = len(ranks)
        if after is not None:
            ranks = self._ranks(limit + 2, self._behind(after))
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

    def _ranks(self, limit: int, after: int = FIRST_NAME, last: int | None = None) -> list[int]:
        """Return the first passages behind a rank, up to another one."""
        first, behind = max(after, self._bounds[0]), self._bounds[1]
        found = [self._of_way(way, limit, first, behind if last is None else min(last, behind)) for way in self._ways]
        return found[0] if len(found) == 1 else sorted(set(chain.from_iterable(found)))[:limit]

    def _of_way(self, way: _Way, limit: int, first: int, last: int) -> list[int]:
        """Return the first passages between two ranks.

        A single character begins many pairs, and to ask for all of them takes longer the more passages have it. Where
        longer runs are asked for, too, and the character is not rare, it is looked for where these are: in the texts,
        if they are few, or in the index of single characters, piece by piece, as it is not known how far one has to
        look.
        """
        if not way.signs or all(map(self._is_rare, way.signs)):
            return self._matching(way.found_in, way.question, limit, first, last)
        some = self._matching(_PAIRS, way.runs, _FEW, first, last)
        if len(some) < _FEW:
            return list(self._with_signs(some, way.signs))[:limit]
        found: list[int] = []
        size = _AT_FIRST
        while len(found) < limit and first < last:
            there = self._matching(_PAIRS, way.runs, 1, first, last, size - 1)
            behind = there[0] if there else last
            more = self._having_both(way, limit - len(found), first, behind)
            found += more
            needed = (limit - len(found)) / len(more) * _MORE_THAN_NEEDED if more else _MOST_AT_A_TIME
            first, size = behind, max(_AT_FIRST, int(size * min(needed, _MOST_AT_A_TIME)))
        return found

    def _is_rare(self, sign: str) -> bool:
        """Tell whether few paragraphs have a character, as the first that have it tell."""
        first, last = self._paragraphs
        there = self._matching(_SIGNS, f'"{sign}"', 1, first - 1, last, _PROBED - 1)
        return not there or _PROBED * (last - first) <= _RARE * (there[0] - first)

    @functools.cached_property
    def _paragraphs(self) -> tuple[int, int]:
        """Return the ranks of the first and the last paragraph."""
        return _only(self._select("SELECT min(rank) FROM passages WHERE rank > 0", {})) or 0, self._last

    def _having_both(self, way: _Way, limit: int, first: int, last: int) -> list[int]:
        """Return the first passages between two ranks that have the runs of a question and its single characters."""
        rows = self._select(
            f"""SELECT rowid FROM {_PAIRS} WHERE {_PAIRS} MATCH :runs AND rowid > :first AND rowid <= :last
                AND +rowid IN (SELECT rowid FROM {_SIGNS} WHERE {_SIGNS} MATCH :signs AND rowid > :first
                               AND rowid <= :last)
                ORDER BY rowid LIMIT :limit""",
            {"runs": way.runs, "signs": way.of_signs, "first": first, "last": last, "limit": limit},
        )
        return [rank for (rank,) in rows]

    def _with_signs(self, ranks: Sequence[int], signs: Sequence[str]) -> Iterator[int]:
        """Yield those of some passages whose text has the characters."""
        shown = _shown(ranks)
        forms = _forms(self._select, shown)
        for rank, text in self._select(_TEXTS, shown):
            if fulltext.has_signs("\n".join(forms[rank]) if text is None else text, signs):
                yield rank

    def _matching(self, index: str, question: str, limit: int, first: int, last: int, passed_by: int = 0) -> list[int]:
        rows = self._select(
            f"""SELECT rowid FROM {index} WHERE {index} MATCH :question AND rowid > :first
                AND rowid <= :last ORDER BY rowid LIMIT :limit OFFSET :passed_by""",
            {"question": question, "first": first, "last": last, "limit": limit, "passed_by": passed_by},
        )
        return [row[0] for row in rows]

    def _named(self, asked: str) -> int | None:
        """Return the passage of the name that was asked for, if it is among those found."""
        of_name = "SELECT p.rank FROM keys k JOIN passages p ON p.term = k.term AND p.field = :name WHERE k.key = :key"
        rows = self._select(of_name, {"key": fold_name(asked), "name": NAME})
        return next((rank for (rank,) in rows if self._ranks(1, rank - 1, rank)), None)

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


def _ways(edition: Edition, filters: TermFilters) -> list[_Way]:
    """Return how to find what fits a question and its filters; empty if nothing can."""
    asked = fulltext.question(filters.q or "")
    facets = list(kind_words(filters.kind, filters.defined)[-1:])
    if filters.year is not None and filters.report is None and filters.place is None:
        facets.append(year_word(filters.year))
    elif conditions := report_conditions(filters):
        statement = f"SELECT r.rank FROM reports r WHERE {' AND '.join(conditions)}"
        rows = edition.select(statement, edition.values(filters))
        facets.append(" OR ".join(report_word(row[0]) for row in rows))
    if asked is None or "" in facets:
        return []

    def of_signs(words: str) -> str:
        return " AND ".join(f"({one})" for one in (words, *facets))

    def of_pairs(words: str) -> str:
        return " AND ".join([f"body : ({words})", *(f"facets : ({one})" for one in facets)])

    if signs := fulltext.sign_question(filters.q or ""):
        return [_Way(_SIGNS, of_signs(signs))]
    ways = fulltext.ways(filters.q or "")
    return [
        _Way(_PAIRS, of_pairs(way.of_all), of_pairs(way.of_longer), way.signs, of_signs(way.of_each))
        if way.of_longer
        else _Way(_SIGNS, of_signs(way.of_each))
        for way in ways
    ] or [_Way(_PAIRS, of_pairs(asked))]


def _shown(ranks: Sequence[int]) -> Mapping[str, Any]:
    return {"ranks": orjson.dumps(ranks).decode(), "context": CONTEXT, "name": NAME, "status": ESTABLISHED}


def _items(select: Select, ranks: Sequence[int], asked: str) -> list[JsonObject]:
    shown = _shown(ranks)
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
