"""Put what a few decisions change into a copy of an edition, without going through the rest of it.

What has to be right at once is: the terms that were decided about, with their names, definitions and uses, wherever
they are asked for, and the content hash. What only counts or orders others (which terms stand beside one, how many
terms a report has, where a paragraph with a new name is found) follows with the next harvest.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import EditionError
from glossary_api.model.things import (
    Definition,
    Harvest,
    Match,
    ParsedReport,
    Report,
    Sense,
    Source,
    Term,
    Usage,
    Variant,
)
from glossary_api.model.words import ESTABLISHED
from glossary_api.store import documents
from glossary_api.store.content import ContentHash, counted_columns
from glossary_api.store.edition import KEY_OWNERS, KeyOwner
from glossary_api.store.index_parts import IndexRow
from glossary_api.store.packing import Packing, make_unpacked_known
from glossary_api.store.passages import INDEXES as PASSAGES
from glossary_api.store.passages import SearchPassage
from glossary_api.store.rows import Rows
from glossary_api.store.saving import complete
from glossary_api.store.schema import REFERENCES, TABLES, TermRow, columns
from glossary_api.store.verifying import DERIVED
from glossary_api.store.writing import SearchWords, kept
from glossary_api.text.folding import fold_name

Row = tuple[Any, ...]
_OF_TERMS = ("terms", "keys", "variants", "definitions", "timelines", "term_years", "appearances", "usages")
"""The tables whose rows about a term are made anew, in an order in which no row refers to one that comes later."""
_COUNTS: Mapping[str, str] = {
    "terms": "terms WHERE status = :established",
    "candidates": "terms WHERE status <> :established",
    "defined_terms": "terms WHERE status = :established AND defined",
    "usages": "usages",
    "findings": "findings",
}


@dataclass(frozen=True, slots=True)
class Amendment:
    """Hold what is put in place of what."""

    of: str
    """The hash of the edition that is amended."""
    before: Sequence[ParsedReport]
    """All reports by id, as the edition has them, without their texts."""
    gone: Sequence[str]
    """Ids of the terms of the edition that are made anew."""
    harvest: Harvest
    """These terms as they are now, their usages, all reports without their texts, the version of the decisions."""
    reports: Sequence[ParsedReport] = ()
    """Those of which something else than their terms has changed, with all that was found in them."""


def amend_edition(
    path: Path, amendment: Amendment, attachments: Callable[[Sequence[KeyOwner]], Mapping[str, bytes]]
) -> str:
    """Put an edition with the amendment in place of the one at `path`, whole or not at all; return its content hash.

    `attachments` makes what is attached from the names. The edition says of which harvest it is, and is verified as any
    other. Raises OSError or sqlite3.Error, and EditionError if another edition has come there meanwhile.
    """
    with complete(path) as unfinished:
        shutil.copyfile(path, unfinished)
        with closing(sqlite3.connect(unfinished)) as connection, connection:
            # A file that is thrown away on any failure needs neither a journal on disk nor syncing on the way.
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            copy = _Copy(connection, make_unpacked_known(connection))
            if copy.hash != amendment.of:
                raise EditionError("another-edition-came-meanwhile", place=str(path), remedy="harvest-it-again")
            return copy.amended(amendment, attachments)


class _Copy:
    """The copy of an edition that is amended."""

    def __init__(self, connection: sqlite3.Connection, packing: Packing) -> None:
        self._run, self._packing = connection.execute, packing
        self._meta: dict[str, str] = dict(self._run("SELECT name, value FROM meta").fetchall())
        self._hash = ContentHash.of(self._meta["tallies"])
        self.hash = self._meta["hash"]

    def amended(self, amendment: Amendment, attachments: Callable[[Sequence[KeyOwner]], Mapping[str, bytes]]) -> str:
        """Do everything; return the content hash."""
        new = Rows(amendment.harvest)
        known = {identity: self._rank_of(identity) for identity in amendment.gone}
        ranks = self._ranked(new.terms, known)
        old = Rows(self._harvest_of(amendment.before, known))
        old_ranks = {rank: known[term.id] for rank, term in enumerate(old.terms, 1)}
        self._unsearched(old, old_ranks)
        sections = _Sections(self._run, new.of("sections"))
        for rank in known.values():
            self._without_term(rank, stays=rank in ranks.values())
        for table in _OF_TERMS:
            rows = [self._placed(table, row, ranks) for row in new.of(table)]
            if table == "usages":
                rows = list(map(sections.placed, rows))
                self._put("sections", sections.added)
            self._put(table, rows)
        self._put("members", self._members(new.terms, ranks))
        self._searched(new, ranks, [rank for rank in known.values() if rank not in ranks.values()])
        for parsed in amendment.reports:
            self._report(new, parsed)
            self._name_anew(parsed.report)
        self._attach(attachments)
        return self._said(amendment.harvest.decisions)

    def _rank_of(self, identity: str) -> int:
        rank: int = self._run("SELECT rank FROM terms WHERE id = ?", (identity,)).fetchone()[0]
        return rank

    def _ranked(self, terms: Sequence[Term], known: Mapping[str, int]) -> dict[int, int]:
        """Return the ranks of terms in the edition by those among themselves; what is new comes last."""
        (last,) = self._run("SELECT coalesce(max(rank), 0) FROM terms").fetchone()
        found = {}
        for own, term in enumerate(terms, 1):
            last += term.id not in known
            found[own] = known.get(term.id, last)
        return found

    def _harvest_of(self, titles: Sequence[ParsedReport], ranks: Mapping[str, int]) -> Harvest:
        """Return as much of terms as the search indexes have of them, and their usages."""
        ids = [parsed.report.id for parsed in titles]
        terms = tuple(self._term(rank) for rank in ranks.values())
        usages = []
        for identity, rank in ranks.items():
            asked = """SELECT u.report, start, end, coalesce(text, (SELECT name FROM terms WHERE rank = term)),
                match_type, quoted, heading, sense FROM usages u JOIN sections s ON s.rank = section WHERE term = ?"""
            for report, start, end, text, kind, quoted, heading, sense in self._run(asked, (rank,)):
                match = Match(identity, start, end, text, kind, bool(quoted))
                usages.append(Usage(ids[report - 1], match, heading, sense))
        return Harvest(titles, terms, usages, ())

    def _term(self, rank: int) -> Term:
        asked = "SELECT id, name, key, kind, pinyin, status FROM terms WHERE rank = ?"
        identity, name, key, kind, pinyin, status = self._run(asked, (rank,)).fetchone()
        keys = [row[0] for row in self._run("SELECT key FROM keys WHERE term = ? ORDER BY key", (rank,))]
        forms = self._run("SELECT form, type FROM variants WHERE term = ? ORDER BY position", (rank,)).fetchall()
        senses: defaultdict[str, list[Definition]] = defaultdict(list)
        asked = "SELECT sense, text, document FROM definitions WHERE term = ? ORDER BY position"
        for sense, text, document in self._run(asked, (rank,)):
            senses[sense].append(Definition(text, Source(**orjson.loads(document)["source"])))
        return Term(
            identity,
            name,
            key,
            kind,
            pinyin,
            tuple(Variant(form, type_, ()) for form, type_ in forms),
            tuple(Sense(sense, tuple(found)) for sense, found in senses.items()),
            (key, *(one for one in keys if one != key)),
            status=status,
        )

    def _without_term(self, rank: int, *, stays: bool) -> None:
        for table in (*reversed(_OF_TERMS), "members"):
            self._take_out(table, f"{'rank' if table == 'terms' else 'term'} = ?", rank)
        if not stays:
            self._take_out("members", "member = ?", rank)
            self._take_out("co_uses", "term = ?1 OR other = ?1", rank)

    @staticmethod
    def _placed(table: str, row: Row, ranks: Mapping[int, int]) -> Row:
        """Return a row about terms that are ranked among themselves as it stands in the edition."""
        of_terms = {"rank", *(name for name, target in REFERENCES.items() if target == "terms")}
        named = zip(columns(TABLES[table]), row, strict=True)
        return tuple(ranks[value] if name in of_terms else value for name, value in named)

    def _members(self, terms: Sequence[Term], ranks: Mapping[int, int]) -> Iterator[Row]:
        for own, term in enumerate(terms, 1):
            listed = {
                fold_name(member.text)
                for sense in term.senses
                for definition in sense.definitions
                for member in definition.members
            }
            asked = "SELECT DISTINCT term FROM keys WHERE key IN (SELECT value FROM json_each(?)) ORDER BY term"
            found = self._run(asked, (orjson.dumps(sorted(listed)).decode(),)).fetchall()
            yield from ((ranks[own], member) for (member,) in found if member != ranks[own])

    def _unsearched(self, old: Rows, ranks: Mapping[int, int]) -> None:
        """Take what the search indexes have of terms out of them."""
        for ((own, *words),) in SearchWords.terms(old):
            self._unindex("term_search", (ranks[own], *words))
        at = {own: self._passages_of(rank) for own, rank in ranks.items()}
        for passage in old.passages.named():
            rank = at[_term_of(passage)][_place_of(passage)]
            for index, row in zip(PASSAGES, SearchWords.of_passage(passage, rank), strict=True):
                self._unindex(index, row)
        for own, ways in _suggested(old):
            self._unindex("suggestion_search", (at[own][0, 0], *ways))

    def _searched(self, new: Rows, ranks: Mapping[int, int], gone: Sequence[int]) -> None:
        """Put what terms are found by into the search indexes."""
        for ((own, *words),) in SearchWords.terms(new):
            self._index("term_search", (ranks[own], *words))
        # The rows of what is gone stay: a search finds its way between passages by looking at any of them.
        heir = next(iter(ranks.values()), None) or self._run("SELECT min(rank) FROM terms").fetchone()[0]
        for rank in gone:
            for old in self._passages_of(rank).values():
                row = self._run("SELECT * FROM passages WHERE rank = ?", (old,)).fetchone()
                self._take_out("passages", "rank = ?", old)
                self._put("passages", [(*row[:2], heir, *row[3:])])
        at = {own: self._passages_of(rank) for own, rank in ranks.items()}
        (last,) = self._run("SELECT coalesce(max(rank), 0) FROM passages").fetchone()
        for passage in new.passages.named():
            own, place = _term_of(passage), _place_of(passage)
            if place not in at[own]:
                last += 1
                at[own][place] = last
            rank = at[own][place]
            self._take_out("passages", "rank = ?", rank)
            self._put("passages", [passage.row._replace(rank=rank, term=ranks[own])])
            for index, row in zip(PASSAGES, SearchWords.of_passage(passage, rank), strict=True):
                self._index(index, row)
        for own, ways in _suggested(new):
            self._index("suggestion_search", (at[own][0, 0], *ways))

    def _passages_of(self, rank: int) -> dict[tuple[int, int], int]:
        """Return the ranks of the passages of a term by field and position."""
        asked = "SELECT field, coalesce(position, 0), rank FROM passages WHERE term = ? ORDER BY rank DESC"
        return {(field, position): at for field, position, at in self._run(asked, (rank,))}

    def _report(self, rows: Rows, parsed: ParsedReport) -> None:
        """Make what is said of a report anew; its terms are counted as they were."""
        asked = "SELECT rank, summary, unpacked_document(document) FROM reports WHERE id = ?"
        rank, summary, document = self._run(asked, (parsed.report.id,)).fetchone()
        counts, files = orjson.loads(summary)["counts"], orjson.loads(document)["files"]
        said = documents.report_summary(parsed, *(counts[name] for name in ("defined", "used", "usages")))
        for old in self._counted_rows("reports", "rank = ?", rank):
            list(self._hash.without("reports", [old]))
        row = rows.report_row(parsed, said)
        row = row._replace(document=orjson.dumps(orjson.loads(row.document) | {"files": files}))
        (packed,) = kept("reports", iter([row]), self._packing)
        changed = {
            name: value for name, value in zip(row._fields, packed, strict=True) if name not in ("rank", "text")
        } | {"rank": rank}
        settings = ", ".join(f'"{name}" = :{name}' for name in changed)
        self._run(f"UPDATE reports SET {settings} WHERE rank = :rank", changed)
        list(self._hash.table("reports", self._counted_rows("reports", "rank = ?", rank)))
        self._take_out("findings", "report = ?", rank)
        self._put("findings", rows.findings_of(rank, parsed))

    def _name_anew(self, report: Report) -> None:
        """Give the documents of the terms that a report has its place and year as they are now."""
        asked = """SELECT t.rank, unpacked_document(t.document) FROM reports r JOIN appearances a ON a.report = r.rank
                   JOIN terms t ON t.rank = a.term WHERE r.id = ?"""
        for rank, content in self._run(asked, (report.id,)).fetchall():
            document = orjson.loads(content)
            named = [one for one in document["reports"] if one["id"] == report.id]
            for one in named:
                one |= {"place": report.place, "year": report.year}
            if (changed := orjson.dumps(document)) != content:
                (row,) = self._counted_rows("terms", "rank = ?", rank)
                self._take_out("terms", "rank = ?", rank)
                self._put("terms", [TermRow(*row)._replace(document=changed)])

    def _attach(self, attachments: Callable[[Sequence[KeyOwner]], Mapping[str, bytes]]) -> None:
        for name, content in attachments(self._run(KEY_OWNERS).fetchall()).items():
            self._run("REPLACE INTO attachments VALUES (?, ?)", (name, content))

    def _said(self, decisions: str) -> str:
        """Say which edition it is; return its hash."""
        counts = orjson.loads(self._meta["counts"])
        for name, of in _COUNTS.items():
            (counts[name],) = self._run(f"SELECT count(*) FROM {of}", {"established": ESTABLISHED}).fetchone()
        said = {
            "hash": str(self._hash),
            "tallies": self._hash.document(),
            "counts": orjson.dumps(counts).decode(),
            "decisions": decisions,
            "harvested": self._meta.get("harvested", self._meta["hash"]),
        }
        for item in said.items():
            self._run("REPLACE INTO meta VALUES (?, ?)", item)
        self._run("DELETE FROM meta WHERE name = ?", (DERIVED,))  # to work it out would take going through everything
        return said["hash"]

    def _put(self, table: str, rows: Iterable[Row]) -> None:
        for row in kept(table, self._hash.table(table, rows), self._packing):
            self._run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def _take_out(self, table: str, where: str, value: int) -> None:
        list(self._hash.without(table, self._counted_rows(table, where, value)))
        self._run(f"DELETE FROM {table} WHERE {where}", (value,))

    def _counted_rows(self, table: str, where: str, value: int) -> list[Row]:
        return self._run(f"SELECT {counted_columns(table)} FROM {table} WHERE {where}", (value,)).fetchall()

    def _index(self, name: str, row: IndexRow) -> None:
        fields, values = self._fields(name)
        self._run(f"INSERT INTO {name}(rowid, {fields}) VALUES (?, {values})", row)

    def _unindex(self, name: str, row: IndexRow) -> None:
        fields, values = self._fields(name)
        self._run(f"INSERT INTO {name}({name}, rowid, {fields}) VALUES ('delete', ?, {values})", row)

    def _fields(self, name: str) -> tuple[str, str]:
        found = [row[1] for row in self._run(f"PRAGMA table_info({name})")]
        return ", ".join(found), ", ".join("?" * len(found))


class _Sections:
    """The parts of reports between two headings, by number: those that the edition has, and new ones."""

    def __init__(self, run: Callable[..., sqlite3.Cursor], new: Iterable[Row]) -> None:
        self._new = {rank: (report, heading) for rank, report, heading in new}
        self._known = {(report, heading): rank for rank, report, heading in run("SELECT * FROM sections")}
        self._last = max(self._known.values(), default=0)
        self._at = list(columns(TABLES["usages"])).index("section")
        self.added: list[Row] = []
        """Rows of those that the edition does not have."""

    def placed(self, row: Row) -> Row:
        """Return the row of a usage with the number that its part has in the edition."""
        part = self._new[row[self._at]]
        if part not in self._known:
            self._last += 1
            self._known[part] = self._last
            self.added.append((self._last, *part))
        return (*row[: self._at], self._known[part], *row[self._at + 1 :])


def _suggested(rows: Rows) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield established terms by rank with the ways to type them."""
    names = {passage.row.rank: _term_of(passage) for passage in rows.passages.named()}
    return ((names[rank], words) for ((rank, *words),) in SearchWords.suggestions(rows))


def _term_of(passage: SearchPassage) -> int:
    assert passage.row.term is not None, "names and definitions have a term"
    return passage.row.term


def _place_of(passage: SearchPassage) -> tuple[int, int]:
    return passage.row.field, passage.row.position or 0
