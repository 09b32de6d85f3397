"""Change a copy of an edition row by row, the content hash and the search indexes with it."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import EditionError
from glossary_api.model.things import Definition, Harvest, Match, ParsedReport, Sense, Source, Term, Usage, Variant
from glossary_api.store.content import NAMED, ContentHash, counted_columns
from glossary_api.store.edition import KEY_OWNERS, KeyOwner
from glossary_api.store.index_parts import IndexRow
from glossary_api.store.opening import make_unpacked_known
from glossary_api.store.passages import INDEXES as PASSAGES
from glossary_api.store.rows import Rows
from glossary_api.store.saving import complete
from glossary_api.store.schema import PACKED, PRIMARY_KEYS, TABLES, columns
from glossary_api.store.spaced_ranks import Known
from glossary_api.store.writing import SearchWords, kept

Row = tuple[Any, ...]
Attach = Callable[[Sequence[KeyOwner]], Mapping[str, bytes]]
"""Makes what is attached to an edition from its names."""
_MOST_FREE = 0.1
"""The share of its pages that a copy may leave unused."""
OF_TERMS = ("terms", "keys", "variants", "definitions", "timelines", "term_years", "appearances", "usages")
"""The tables whose rows about a term are made anew, in an order in which no row refers to one that comes later."""


@contextmanager
def copied(path: Path, of: str) -> Iterator[EditionCopy]:
    """Give a copy of the edition at `path` with the hash `of`, and put it in its place when all went well.

    Raises OSError or sqlite3.Error, and EditionError if another edition has come there meanwhile.
    """
    with complete(path) as unfinished:
        shutil.copyfile(path, unfinished)
        with closing(sqlite3.connect(unfinished)) as connection, connection:
            # A file that is thrown away on any failure needs neither a journal on disk nor syncing on the way.
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            copy = EditionCopy(connection)
            if copy.meta["hash"] != of:
                raise EditionError("another-edition-came-meanwhile", place=str(path), remedy="harvest-it-again")
            yield copy
            connection.commit()
            pages, free = (
                connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
            )
            if free > _MOST_FREE * pages:
                with suppress(sqlite3.OperationalError):  # without room for a second copy the file stays as large
                    connection.execute("VACUUM")


class EditionCopy:
    """A copy of an edition that is changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.run, self.commit, self._packing = connection.execute, connection.commit, make_unpacked_known(connection)
        self.meta: dict[str, str] = dict(self.run("SELECT name, value FROM meta").fetchall())
        self.names = {table: _Names(self.run, table, column) for table, column in NAMED.items()}
        self._known: dict[str, tuple[str, str]] = {}
        self.hash = ContentHash.of(self.names, self.meta["tallies"])

    def rank_of(self, identity: str) -> int:
        """Return the rank of a term that is there."""
        rank: int = self.run("SELECT rank FROM terms WHERE id = ?", (identity,)).fetchone()[0]
        return rank

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Put rows into a table."""
        for row in kept(table, self.hash.table(table, iter(rows)), self._packing):
            self.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def take_out(self, table: str, where: str, *values: Any) -> None:
        """Take the rows of which something is true out of a table."""
        list(self.hash.without(table, self.counted_rows(table, where, *values)))
        self.run(f"DELETE FROM {table} WHERE {where}", values)

    def counted_rows(self, table: str, where: str, *values: Any) -> list[Row]:
        """Return rows as they count for the hash, which is as they are made."""
        return self.run(f"SELECT {counted_columns(table)} FROM {table} WHERE {where}", values).fetchall()

    def change(self, table: str, rank: int, changed: Mapping[str, Any]) -> None:
        """Change some columns of the row with a rank; others may refer to it."""
        (before,) = self.hash.without(table, self.counted_rows(table, "rank = ?", rank))
        row = [changed.get(name, value) for name, value in zip(columns(TABLES[table]), before, strict=True)]
        list(self.hash.table(table, [tuple(row)]))
        by = PACKED.get(table, {})
        values = {
            name: self._packing.packed_as(by[name], value) if name in by else value for name, value in changed.items()
        }
        settings = ", ".join(f'"{name}" = ?' for name in values)
        self.run(f"UPDATE {table} SET {settings} WHERE rank = ?", (*values.values(), rank))

    def replace(self, table: str, rows: Iterable[Row], where: str = "TRUE", *values: Any) -> None:
        """Have these rows in a table, and no others of which something is true."""
        before, now = ({tuple(row): None for row in some} for some in (self.counted_rows(table, where, *values), rows))
        gone, come = (list(some.keys() - others.keys()) for some, others in ((before, now), (now, before)))
        names, key = list(columns(TABLES[table])), PRIMARY_KEYS[table]
        key = (key,) if isinstance(key, str) else key
        condition = " AND ".join(f"{name} = ?" for name in key)
        for row in self.hash.without(table, iter(gone)):
            self.run(f"DELETE FROM {table} WHERE {condition}", [row[names.index(name)] for name in key])
        self.put(table, come)

    def index(self, name: str, row: IndexRow) -> None:
        """Put something into a search index."""
        fields, values = self._fields(name)
        self.run(f"INSERT INTO {name}(rowid, {fields}) VALUES (?, {values})", row)

    def unindex(self, name: str, row: IndexRow) -> None:
        """Take out of a search index what was put there in the same words."""
        fields, values = self._fields(name)
        self.run(f"INSERT INTO {name}({name}, rowid, {fields}) VALUES ('delete', ?, {values})", row)

    def _fields(self, name: str) -> tuple[str, str]:
        if name not in self._known:
            found = [row[1] for row in self.run(f"PRAGMA table_info({name})")]
            self._known[name] = ", ".join(found), ", ".join("?" * len(found))
        return self._known[name]

    def searched(self, rows: Rows, *, out: bool = False) -> None:
        """Put what terms are found by into the search indexes, or take it out."""
        change = self.unindex if out else self.index
        for (row,) in SearchWords.terms(rows):
            change("term_search", row)
        for passage in rows.passages.named():
            for index, row in zip(PASSAGES, SearchWords.of_passage(passage, passage.row.rank), strict=True):
                change(index, row)
            if out:
                self.take_out("passages", "rank = ?", passage.row.rank)
            else:
                self.put("passages", [passage.row])
        for (row,) in SearchWords.suggestions(rows):
            change("suggestion_search", row)

    def without_term(self, rank: int, *, stays: bool) -> None:
        """Take out the rows about a term, and those of others that refer to it if it does not stay."""
        for table in (*reversed(OF_TERMS), "members"):
            self.take_out(table, f"{'rank' if table == 'terms' else 'term'} = ?", rank)
        if not stays:
            self.take_out("members", "member = ?", rank)
            self.take_out("co_uses", "term = ? OR other = ?", rank, rank)

    def harvest_of(self, titles: Sequence[ParsedReport], ranks: Mapping[str, int]) -> Harvest:
        """Return as much of some terms as the search indexes have of them, and their usages."""
        terms = tuple(map(self.term, ranks.values()))
        usages = []
        for identity, rank in ranks.items():
            asked = """SELECT u.report, start, end, coalesce(text, (SELECT name FROM terms WHERE rank = term)),
                match_type, quoted, heading, sense FROM usages u JOIN sections s ON s.rank = section WHERE term = ?"""
            for report, start, end, text, kind, quoted, heading, sense in self.run(asked, (rank,)):
                match = Match(identity, start, end, text, kind, bool(quoted))
                usages.append(Usage(str(self.names["reports"][report]), match, heading, sense))
        return Harvest(titles, terms, usages, ())

    def term(self, rank: int) -> Term:
        """Return as much of a term as the search indexes have of it."""
        asked = "SELECT id, name, key, kind, pinyin, status FROM terms WHERE rank = ?"
        identity, name, key, kind, pinyin, status = self.run(asked, (rank,)).fetchone()
        keys = [row[0] for row in self.run("SELECT key FROM keys WHERE term = ? ORDER BY key", (rank,))]
        forms = self.run("SELECT form, type FROM variants WHERE term = ? ORDER BY position", (rank,)).fetchall()
        senses: defaultdict[str, list[Definition]] = defaultdict(list)
        asked = "SELECT sense, text, document FROM definitions WHERE term = ? ORDER BY position"
        for sense, text, document in self.run(asked, (rank,)):
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

    def known_reports(self) -> Mapping[str, int]:
        """Return the ranks of all reports, by id."""
        return dict(self.run("SELECT id, rank FROM reports").fetchall())

    def rows_of(self, titles: Sequence[ParsedReport], ranks: Mapping[str, int]) -> Rows:
        """Return the rows of some terms as they are, as far as they are searched."""
        return Rows(self.harvest_of(titles, ranks), Known(self.known_reports(), ranks))

    def attach(self, attachments: Attach) -> None:
        """Make what is attached anew."""
        for name, content in attachments(self.run(KEY_OWNERS).fetchall()).items():
            self.run("REPLACE INTO attachments VALUES (?, ?)", (name, content))

    def count(self, what: Mapping[str, str], values: Mapping[str, Any]) -> bytes:
        """Return the counts of the edition, those of `what`, FROM clauses by name, counted anew."""
        counts = orjson.loads(self.meta["counts"])
        for name, of in what.items():
            (counts[name],) = self.run(f"SELECT count(*) FROM {of}", values).fetchone()
        return orjson.dumps(counts)

    def say(self, said: Mapping[str, str | None]) -> None:
        """Put facts into the table of facts; None takes one out."""
        for name, value in said.items():
            if value is None:
                self.run("DELETE FROM meta WHERE name = ?", (name,))
            else:
                self.run("REPLACE INTO meta VALUES (?, ?)", (name, value))


class _Names(dict[int, str | None]):
    """Names that the ranks of a table stand for, asked for when they are needed."""

    def __init__(self, run: Callable[..., sqlite3.Cursor], table: str, column: str) -> None:
        super().__init__()
        self._run, self._asked = run, f"SELECT {column} FROM {table} WHERE rank = ?"

    def __missing__(self, rank: int) -> str | None:
        found: str | None = self._run(self._asked, (rank,)).fetchone()[0]
        self[rank] = found
        return found


class SectionRanks:
    """The parts of reports between two headings, by number: those that the edition has, and new ones."""

    def __init__(self, copy: EditionCopy, new: Iterable[Row]) -> None:
        self._new = {rank: (report, heading) for rank, report, heading in new}
        self._known = {(report, heading): rank for rank, report, heading in copy.run("SELECT * FROM sections")}
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
