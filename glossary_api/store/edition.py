"""Look things up in an edition: one class, opened once, asked from any thread.

Answers are plain JSON values (dicts, lists, str, int, bool, None) or the stored JSON bytes themselves, in the
shapes of `shapes.py`. Every `start` and `end` counts code points of the report's text.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, Self, TypeVar, cast

import orjson

from glossary_api.errors import ReportNotFound, TermNotFound
from glossary_api.model.messages import Message
from glossary_api.model.words import ANY_STATUS, ESTABLISHED
from glossary_api.store import cursors, documents, fulltext
from glossary_api.store.documents import JsonObject as JsonObject
from glossary_api.store.filters import (
    EVERY_REPORT,
    EVERY_TERM,
    ReportFilters,
    TermFilters,
    report_conditions,
    term_conditions,
)
from glossary_api.store.nearest import nearest, nearest_names
from glossary_api.store.opening import Connections, Stored, by_id, by_name
from glossary_api.store.report_shapes import ReportSummaryDocument, ReportTermsDocument, TermHereDocument
from glossary_api.store.shapes import AppearanceDocument, StatedDefinitionDocument, TermSummaryDocument, UsageDocument
from glossary_api.store.usages import TermInReport, definers_in, uses_in
from glossary_api.text.folding import fold_name
from glossary_api.text.places import NamedPlace, Places

Made = TypeVar("Made")
Item = TypeVar("Item")
_TOTALS_KEPT = 1000
KeyOwner = tuple[str, str, str, str, str]
"""A folded name, id and kind of its term, where it counts unquoted, and the status of the term."""
KEY_OWNERS = """SELECT k.key, t.id, t.kind, k.unquoted, t.status FROM keys k JOIN terms t ON t.rank = k.term
    ORDER BY k.key"""
_LAST_RANK = "coalesce((SELECT rank FROM reports WHERE id <= :after ORDER BY id DESC LIMIT 1), 0)"
"""The rank of the last report up to an id; max() would go through the rows of all reports instead of an index."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term that a name leads to."""

    document: bytes
    """The stored JSON, as `Edition.term_document` returns it."""
    match_type: str
    """`exact` (the term's own name), `variant` (a printed form of it), else `folded`."""
    senses: int
    rank: int
    sketches: bytes
    """JSON, as `sketches.py` makes it for the term's own name."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list."""

    items: tuple[Item, ...]
    total: int
    """How many items the whole list has, before and behind this page."""
    next: str | None
    """Cursor of the following page; None on the last."""


class Edition:
    """An edition, open for reading.

    Safe to share between threads and to carry over a fork. It goes on answering from the edition it opened when
    another one has been renamed into its place.
    """

    def __init__(self, connections: Connections) -> None:
        self.select = connections.rows
        """From a statement and its parameters to all rows; for the other modules of the store."""
        self._connections = connections
        meta = dict(self.select("SELECT name, value FROM meta"))
        self.hash = connections.hash
        """Hexadecimal content hash: the same for the same harvest."""
        self.modified = connections.modified
        """When the file was written, in seconds since 1970."""
        self._counts: Mapping[str, int] = types.MappingProxyType(orjson.loads(meta["counts"]))
        self._versions = types.MappingProxyType({name: meta[name] for name in ("program", "schema")})
        self._made: dict[Callable[..., Any], Any] = {}
        self._totals: dict[str, int] = {}

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the edition at `path`.

        Raises EditionMissing, EditionCorrupt or EditionOutdated; each says what to do.
        """
        return cls(Connections(path))

    def close(self) -> None:
        """Close the file."""
        self._connections.close()

    def check(self) -> None:
        """Read something. Raises EditionCorrupt when the file can no longer be read."""
        self.select("SELECT count(*) FROM meta")

    def once(self, make: Callable[[Edition], Made]) -> Made:
        """Return what a function makes of this edition, made when it is first wanted: an edition never changes."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("Made", self._made[make])

    @property
    def path(self) -> Path:
        """Return where the file stood when it was opened."""
        return self._connections.path

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many of each: `reports`, `entries`, `terms`, `defined_terms`, `usages`, `slogans`, `findings`,
        `doubts`, `failures`.
        """
        return self._counts

    @property
    def versions(self) -> Mapping[str, str]:
        """Return the versions of `program` and `schema` that wrote the edition."""
        return self._versions

    @functools.cached_property
    def title_blocks(self) -> Mapping[str, JsonObject]:
        """Return what the title block of each report says of its place and time, by id:
        `{"id","title","place","place_code", "level","date","year"}`.
        """
        names = ("id", "title", "place", "place_code", "level", "date", "year")
        blocks = self._objects(names, f"SELECT {', '.join(names)} FROM reports ORDER BY rank")
        return types.MappingProxyType({block["id"]: block for block in blocks})

    @functools.cached_property
    def ranked_blocks(self) -> Mapping[int, JsonObject]:
        """Return the title blocks by rank, in that order: a report's own row takes a page of the file to be read."""
        ranks = self.select("SELECT rank FROM reports ORDER BY rank")
        return {rank: block for (rank,), block in zip(ranks, self.title_blocks.values(), strict=True)}

    def having(self, term: int) -> list[tuple[int, int]]:
        """Return the rank of each report that uses or defines the term with this rank, and its usages there."""
        rows = self.select("SELECT report, usages FROM appearances WHERE term = ? ORDER BY report", (term,))
        return [(report, usages) for report, usages in rows]

    @functools.cached_property
    def places(self) -> Places:
        """Return the places of the reports, to be found by what callers call them."""
        return Places((block["place"], block["place_code"]) for block in self.title_blocks.values())

    def values(self, filters: TermFilters | ReportFilters) -> dict[str, Any]:
        """Return what the names in `report_conditions` and `term_conditions` stand for, the place as it is understood.

        Raises BadParameter for a place that is not known.
        """
        place = NamedPlace(None, None) if filters.place is None else self.places.find(filters.place)
        return asdict(filters) | {"place_name": place.name, "place_code": place.code}

    def find(self, name: str) -> Found:
        """Return the term that any spelling of its name or of a variant leads to, and how.

        Raises TermNotFound with the nearest names.
        """
        found = self.found(name)
        if found is None:
            raise TermNotFound(name, nearest_names(self.select, fold_name(name)))
        return found

    def found(self, name: str) -> Found | None:
        """Return what `find` returns, None where that raises. One SELECT."""
        rows = self.select(
            """SELECT unpacked_document(t.document), CASE WHEN t.name = :name THEN 'exact'
                   WHEN EXISTS (SELECT 1 FROM variants v WHERE v.term = t.rank AND v.form = :name) THEN 'variant'
                   ELSE 'folded' END, t.senses, t.rank, unpacked_document(t.sketches)
               FROM keys k JOIN terms t ON t.rank = k.term WHERE k.key = :key""",
            {"name": name, "key": fold_name(name)},
        )
        return Found(*rows[0]) if rows else None

    def term_document(self, name: str) -> bytes:
        """Return the stored JSON of the term that any spelling of its name or of a variant leads to. One SELECT.

        A `TermDocument`: of each list the best few (`foremost.py`), and how many `more`. Raises TermNotFound with the
        nearest names.
        """
        return self.find(name).document

    def term(self, name: str) -> JsonObject:
        """Return `term_document`, parsed. Raises TermNotFound with the nearest names."""
        return _parsed(self.term_document(name))

    def summary(self, rank: int) -> JsonObject:
        """Return the line in a list, as in `terms`, of the term with a rank."""
        return _parsed(self.select("SELECT unpacked_document(summary) FROM terms WHERE rank = ?", (rank,))[0][0])

    def terms_named(self, names: Iterable[str]) -> dict[str, Stored]:
        """Return the terms that any spelling of the names leads to, by name as asked, others left out. One SELECT."""
        return by_name(self.select, names)

    def terms_with(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Return the terms that have the ids, by id; ids that no term has are left out. One SELECT."""
        return by_id(self.select, ids)

    def terms(
        self, filters: TermFilters = EVERY_TERM, limit: int = 50, cursor: str | None = None
    ) -> Page[TermSummaryDocument]:
        """Return terms by name in code-point order.

        Raises BadParameter for a cursor that this method did not make, and for a place that is not known.
        """
        question = None if filters.q is None else fulltext.question(filters.q)
        if filters.q is not None and question is None:
            return Page((), 0, None)
        (after,) = ("",) if cursor is None else cursors.decode(cursor, "terms", str)
        return self._page(
            f"FROM terms t WHERE {term_conditions(filters)}",
            "SELECT t.name, unpacked_document(t.summary) {} AND t.name > :after ORDER BY t.name LIMIT :limit",
            self.values(filters) | {"question": question, "after": after, "limit": limit + 1},
            lambda row: orjson.loads(row[1]),
            lambda row: cursors.encode("terms", row[0]),
        )

    def usages(
        self, name: str, report: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> Page[UsageDocument]:
        """Return usages of a term by report id and offset, each with its context.

        `left` and `right` are up to 30 code points, cut where the paragraph ends. Raises TermNotFound, BadParameter.
        """
        after = ("", 0, 0) if cursor is None else cursors.decode(cursor, "usages", str, int, int)
        return self._page(
            "FROM usages u JOIN reports r ON r.rank = u.report WHERE u.term = :term"
            + (" AND u.report = (SELECT rank FROM reports WHERE id = :report)" if report is not None else ""),
            f"""SELECT {documents.USAGE} {{}}
               AND (u.report, u.start, u."end") > ({_LAST_RANK}, :after_start, :after_end)
               ORDER BY u.report, u.start, u."end" LIMIT :limit""",
            {"term": self.rank_of(name), "report": report, "limit": limit + 1}
            | dict(zip(("after", "after_start", "after_end"), after, strict=True)),
            documents.usage,
            lambda row: cursors.encode("usages", row[0], row[5], row[6]),
        )

    def definitions(self, name: str, limit: int = 50, cursor: str | None = None) -> Page[StatedDefinitionDocument]:
        """Return every definition of a term, sense by sense: as in `term_document`, with the id of its `sense`.

        Raises TermNotFound, and BadParameter for a cursor that this method did not make.
        """
        (after,) = (0,) if cursor is None else cursors.decode(cursor, "definitions", int)
        return self._page(
            "FROM definitions d WHERE d.term = :term",
            "SELECT d.sense, d.position, d.document {} AND d.position > :after ORDER BY d.position LIMIT :limit",
            {"term": self.rank_of(name), "after": after, "limit": limit + 1},
            lambda row: orjson.loads(row[2]) | {"sense": row[0]},
            lambda row: cursors.encode("definitions", row[1]),
        )

    def appearances(self, name: str, limit: int = 50, cursor: str | None = None) -> Page[AppearanceDocument]:
        """Return every report that uses or defines a term, by id: as in `term_document`.

        Raises TermNotFound, and BadParameter for a cursor that this method did not make.
        """
        (after,) = ("",) if cursor is None else cursors.decode(cursor, "appearances", str)
        return self._page(
            "FROM appearances a JOIN reports r ON r.rank = a.report WHERE a.term = :term",
            f"""SELECT id, place, year, usages, a.defines {{}} AND a.report > {_LAST_RANK}
               ORDER BY a.report LIMIT :limit""",
            {"term": self.rank_of(name), "after": after, "limit": limit + 1},
            lambda row: {"id": row[0], "place": row[1], "year": row[2], "usages": row[3], "defines": bool(row[4])},
            lambda row: cursors.encode("appearances", row[0]),
        )

    def reports(
        self, filters: ReportFilters = EVERY_REPORT, limit: int = 50, cursor: str | None = None
    ) -> Page[ReportSummaryDocument]:
        """Return reports by id: title block and counts.

        Raises BadParameter for a cursor that this method did not make, and for a place that is not known.
        """
        (after,) = ("",) if cursor is None else cursors.decode(cursor, "reports", str)
        return self._page(
            f"FROM reports r WHERE {' AND '.join(report_conditions(filters)) or 'true'}",
            f"SELECT r.id, r.summary {{}} AND r.rank > {_LAST_RANK} ORDER BY r.rank LIMIT :limit",  # as an index has it
            self.values(filters) | {"after": after, "limit": limit + 1},
            lambda row: orjson.loads(row[1]),
            lambda row: cursors.encode("reports", row[0]),
        )

    def report(self, report_id: str) -> JsonObject:
        """Return a `ReportDocument`. Raises ReportNotFound with the nearest ids."""
        return _parsed(self.report_document(report_id))

    def report_document(self, report_id: str) -> bytes:
        """Return the stored JSON of `report`. Raises ReportNotFound with the nearest ids."""
        document: bytes = self._of_report(report_id, "unpacked_document(document)")
        return document

    def report_text(self, report_id: str) -> str:
        """Return the text of a report as read; every span of the report counts in it. Raises ReportNotFound."""
        text: str = self._of_report(report_id, "unpacked(text)")
        return text

    def passage(self, report_id: str, start: int, end: int) -> str:
        """Return what stands in a span of the text of a report. Raises ReportNotFound."""
        text: str = self._of_report(report_id, f"unpacked(text, {start:d}, {end:d})")
        return text

    def report_terms(self, report_id: str, status: str = ESTABLISHED) -> ReportTermsDocument:
        """Return the terms of a report with a status, or with ANY_STATUS, by name, in three lists.

        Raises ReportNotFound.
        """
        rank = self._of_report(report_id, "rank")
        rows = self.select(
            """SELECT t.rank, t.id, t.name, t.kind, t.status, a.usages, t.defined, a.defines, t.definers,
                      CASE WHEN a.defines THEN (SELECT d.text FROM definitions d WHERE d.term = t.rank
                                                AND d.report = a.report ORDER BY +d.position LIMIT 1) END
               FROM appearances a JOIN terms t ON t.rank = a.term
               WHERE a.report = :report AND :status IN (t.status, :any) ORDER BY t.rank""",
            {"report": rank, "status": status, "any": ANY_STATUS},
        )
        names = TermHereDocument.__annotations__
        named = [(cast("TermHereDocument", dict(zip(names, row[1:6], strict=True))), row) for row in rows]
        definers = definers_in(self.select, rank)
        return {
            "defined": [{**term, "definition": row[9]} for term, row in named if row[7]],
            "used": [{**term, "defined": bool(row[6])} for term, row in named if row[5]],
            "defined_elsewhere": [
                {**term, "reports": (found := definers[row[0]]), "more": row[8] - len(found)}
                for term, row in named
                if row[0] in definers
            ],
        }

    def attachment(self, name: str) -> bytes | None:
        """Return what `write_edition` was given to attach under a name; None if nothing."""
        rows = self.select("SELECT content FROM attachments WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def key_owners(self) -> list[KeyOwner]:
        """Return every folded name with id and kind of its term, where it counts unquoted, and the status of the term.

        In code-point order of the names.
        """
        return [(key, id_, kind, unquoted, status) for key, id_, kind, unquoted, status in self.select(KEY_OWNERS)]

    def uses(self, report_id: str) -> list[TermInReport]:
        """Return the established terms of a report by first use in its body, then those that it only defines.

        Raises ReportNotFound.
        """
        return uses_in(self.select, self._of_report(report_id, "rank"))

    def findings(self, report: str | None = None) -> list[JsonObject]:
        """Return `{"report","kind","message": Message,"start","end"}` by report id and offset."""
        return self._with_messages(
            ("report", "kind", "message", "start", "end"),
            """SELECT r.id, f.kind, f.message, f.start, f."end" FROM findings f JOIN reports r ON r.rank = f.report
               WHERE :report IS NULL OR r.id = :report ORDER BY f.report, f.start, f.rowid""",
            {"report": report},
        )

    def doubts(self) -> list[JsonObject]:
        """Return `{"kind","message": Message,"terms": [{"id","name"}]}`: what the merging left open."""
        names = dict(self.select("SELECT id, name FROM terms WHERE id IN (SELECT value FROM doubts, json_each(terms))"))
        doubts = self._with_messages(
            ("kind", "message", "terms"), "SELECT kind, message, terms FROM doubts ORDER BY position"
        )
        for doubt in doubts:
            doubt["terms"] = [{"id": id_, "name": names.get(id_)} for id_ in orjson.loads(doubt["terms"])]
        return doubts

    def failures(self) -> list[JsonObject]:
        """Return `{"path","message": Message}`: files that the harvest did not understand."""
        return self._with_messages(("path", "message"), "SELECT path, message FROM failures ORDER BY position")

    def rank_of(self, name: str) -> int:
        """Return the rank of the term that a name leads to. Raises TermNotFound with the nearest names."""
        rows = self.select("SELECT term FROM keys WHERE key = ?", (fold_name(name),))
        if not rows:
            raise TermNotFound(name, nearest_names(self.select, fold_name(name)))
        rank: int = rows[0][0]
        return rank

    def _of_report(self, report_id: str, column: str) -> Any:
        rows = self.select(f"SELECT {column} FROM reports WHERE id = ?", (report_id,))
        if not rows:
            ids = {row[0]: row[0] for row in self.select("SELECT id FROM reports ORDER BY id")}
            raise ReportNotFound(report_id, nearest(report_id, ids))
        return rows[0][0]

    def _objects(
        self, names: tuple[str, ...], statement: str, parameters: Mapping[str, Any] | None = None
    ) -> list[JsonObject]:
        rows = self.select(statement, dict(parameters or {}))
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _with_messages(
        self, names: tuple[str, ...], statement: str, parameters: Mapping[str, Any] | None = None
    ) -> list[JsonObject]:
        found = self._objects(names, statement, parameters)
        return [one | {"message": Message.of(orjson.loads(one["message"]))} for one in found]

    def _total(self, source: str, parameters: Mapping[str, Any]) -> int:
        """Return how many rows there are; what was counted once is known, for an edition never changes."""
        asked = {name: value for name, value in parameters.items() if f":{name}" in source}
        key = f"{source} {asked}"
        if key not in (totals := self._totals):
            totals = self._totals = totals if len(totals) < _TOTALS_KEPT else {}
            totals[key] = self.select(f"SELECT count(*) {source}", parameters)[0][0]
        return totals[key]

    def _page(
        self,
        source: str,
        statement: str,
        parameters: dict[str, Any],
        item: Callable[[tuple[Any, ...]], Item],
        cursor: Callable[[tuple[Any, ...]], str],
    ) -> Page[Item]:
        """Return a page of the list that `source` selects; `statement` asks for one row more than the page holds.

        `item` makes of a row the item, `cursor` what leads on behind it.
        """
        rows = self.select(statement.format(source), parameters)
        shown = rows[: parameters["limit"] - 1]
        following = cursor(shown[-1]) if len(rows) > len(shown) else None
        return Page(tuple(map(item, shown)), self._total(source, parameters), following)


def _parsed(document: bytes) -> JsonObject:
    parsed: JsonObject = orjson.loads(document)
    return parsed
