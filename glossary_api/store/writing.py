"""Write an edition: one immutable SQLite file, complete before it gets its name."""

from __future__ import annotations

import importlib.metadata
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import orjson
import sqlite_utils

from glossary_api.errors import EditionError
from glossary_api.model.things import Harvest, Term
from glossary_api.store import fulltext, suggestions
from glossary_api.store.content import ContentHash
from glossary_api.store.index_parts import IndexRow, create_index, fill_indexes, join_parts, make_part
from glossary_api.store.opening import DOCUMENTS, TEXTS, Packing, pieces_of, trained
from glossary_api.store.passages import INDEXES as PASSAGES
from glossary_api.store.passages import SearchPassage, forms_of, rows_of
from glossary_api.store.rows import Rows
from glossary_api.store.saving import complete
from glossary_api.store.schema import (
    APPLICATION_ID,
    INDEXES,
    NARROW,
    PACKED,
    PARTIAL_INDEXES,
    PRIMARY_KEYS,
    REFERENCES,
    SCHEMA_VERSION,
    SEARCH_INDEXES,
    TABLES,
    AttachmentRow,
    MetaRow,
    columns,
)
from glossary_api.store.suggestions import Spelling
from glossary_api.store.verifying import DERIVED, derived_digest
from glossary_api.store.views import VIEWS

R = TypeVar("R", bound=tuple[Any, ...])
_SAMPLED_REPORTS, _SAMPLED_TERMS = 60, 1500
"""On how many at most the dictionaries are trained that pack them."""
_TYPED, _SAID = "suggestion_search", "term_search"
_FEW = 4096
"""The indexes of so many terms are not worth having somebody else make them."""
Over = Callable[[Callable[[Any], Path], Sequence[Any]], Iterable[Path]]
"""Has something done for each of several things, in their order, perhaps by others meanwhile; `map` does it itself."""


def write_edition(
    harvest: Harvest,
    path: Path,
    attachments: Mapping[str, bytes] = MappingProxyType({}),
    over: Over = map,
    scratch: Path | None = None,
) -> str:
    """Write a harvest as the edition at `path` and return its content hash.

    The parts of the search index are made by `over`, in the folder `scratch`, while the tables are written.

    `attachments` are kept as they are and do not count for the hash: they have to be made from the harvest alone.

    The edition appears under its name whole or not at all: whatever interrupts the writing, an edition that was
    there before stays as it was. The hash depends on the harvest alone, not on the order in which its reports
    were read. Raises EditionError when the file cannot be written.
    """
    target = Path(os.path.realpath(path))  # through a symbolic link, so that the link stays one
    try:
        with complete(target) as unfinished, ExitStack() as stack:
            rows = Rows(harvest)
            folder = Path(stack.enter_context(TemporaryDirectory(dir=scratch)))
            made = Parts.begun(rows, folder, over)
            content_hash = _write(rows, attachments, unfinished, made)
    except (OSError, sqlite3.OperationalError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EditionError(
            "edition-cannot-be-written", place=str(path), remedy="name-writable-edition", why=reason
        ) from error
    return content_hash


def _write(rows: Rows, attachments: Mapping[str, bytes], path: Path, parts: Parts) -> str:
    database = sqlite_utils.Database(path)
    try:
        # A file that is thrown away on any failure needs neither a journal on disk nor syncing on the way.
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF"):
            database.execute(f"PRAGMA {pragma}").fetchall()
        with database.atomic():
            dictionaries = _dictionaries(rows)
            content_hash = _fill(database, rows, parts, Packing(dictionaries))
            attached = sorted({**attachments, **dictionaries}.items())
            _insert(database, "attachments", AttachmentRow, map(AttachmentRow._make, attached))
            derived = derived_digest(database.execute)
            database.execute("INSERT INTO meta VALUES (?, ?)", (DERIVED, derived))
    finally:
        database.close()
    return content_hash


def _dictionaries(rows: Rows) -> Mapping[str, bytes]:
    """Return what packs texts and documents, trained on some of all."""
    texts = (rows.reports[rank - 1].report.text for rank in _spaced(len(rows.reports), _SAMPLED_REPORTS))
    terms = rows.term_rows(_spaced(len(rows.terms), _SAMPLED_TERMS))
    return {
        **trained(TEXTS, [piece for text in texts for piece in pieces_of(text)]),
        **trained(DOCUMENTS, [document for row in terms for document in (row.summary, row.document, row.sketches)]),
    }


def _spaced(last: int, most: int) -> range:
    """Return ranks up to the last, at most so many, evenly spaced."""
    return range(1, last + 1, -(-last // most) or 1)


def _fill(database: sqlite_utils.Database, rows: Rows, parts: Parts, packing: Packing) -> str:
    counted = ContentHash(rows.names())
    for name, row in TABLES.items():
        _insert(database, name, row, kept(name, counted.table(name, rows.of(name)), packing))
    meta = {
        "hash": str(counted),
        "tallies": counted.document(),
        "decisions": rows.harvest.decisions,
        "program": importlib.metadata.version("glossary-api"),
        "schema": str(SCHEMA_VERSION),
        "counts": orjson.dumps(rows.counts()).decode(),
    }
    _insert(database, "meta", MetaRow, (MetaRow(*item) for item in meta.items()))
    for table, of, unique in INDEXES:
        database.table(table).create_index(of, unique=unique)
    for index in PARTIAL_INDEXES:
        database.execute(index)
    for name, statement in VIEWS.items():
        database.execute(f"CREATE VIEW {name} AS {statement}")
    for index in SEARCH_INDEXES:
        create_index(database.conn, index)
    fill_indexes(database.conn, PASSAGES, SearchWords.passages(rows))
    for index, (words, made) in parts.of_terms.items():
        fill_indexes(database.conn, [index], words)
        join_parts(database.conn, [index], made)
    join_parts(database.conn, PASSAGES, parts.of_paragraphs)
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return meta["hash"]


def kept(table: str, rows: Iterator[R], packing: Packing) -> Iterator[tuple[Any, ...]]:
    """Return rows as they are kept."""
    if table not in PACKED:
        return rows
    by = [PACKED[table].get(name) for name in columns(TABLES[table])]
    return (
        tuple(packing.packed_as(how, one) if how else one for how, one in zip(by, row, strict=True)) for row in rows
    )


def _insert(database: sqlite_utils.Database, name: str, row: type[NamedTuple], rows: Iterable[tuple[Any, ...]]) -> None:
    kinds = columns(row) | dict.fromkeys(PACKED.get(name, ()), bytes)
    key = PRIMARY_KEYS.get(name)
    references = [(column, REFERENCES[column], "rank") for column in kinds if column in REFERENCES]
    statement = database.create_table_sql(name, kinds, pk=key, foreign_keys=references).strip().rstrip(";")
    database.execute(f"{statement} WITHOUT ROWID" if name in NARROW else statement)
    # Not insert_all, which looks at every value of every row: a sixth of the time that an edition took.
    database.conn.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(kinds))})", rows)


class TermWords(NamedTuple):
    """Hold where an index of terms has its words from."""

    index_name: str
    made: Callable[..., IndexRow]
    rows: Sequence[tuple[Any, ...]]
    """What `made` makes the words of each term of."""


@dataclass(frozen=True, slots=True)
class WordIndexer:
    """Makes indexes of terms, each in a file of its own in a folder."""

    folder: Path

    def __call__(self, those: TermWords) -> Path:
        """Return the file of an index."""
        name, words = those.index_name, ((those.made(*row),) for row in those.rows)
        return make_part(self.folder / f"{name}.db", [name], words)


class Parts(NamedTuple):
    """The parts of indexes, which somebody may be at."""

    of_terms: Mapping[str, tuple[Iterable[tuple[IndexRow]], Iterable[Path]]]
    """By index, the words that are not in parts, and the parts."""
    of_paragraphs: Iterable[Path]

    @classmethod
    def begun(cls, rows: Rows, folder: Path, over: Over) -> Parts:
        """Have them made by `over`: first those of terms, while it is looked where paragraphs begin."""
        if len(rows.terms) < _FEW:
            of_terms: dict[str, Any] = {
                _SAID: (SearchWords.terms(rows), ()),
                _TYPED: (SearchWords.suggestions(rows), ()),
            }
        else:
            typed = [(rank, Spelling.of(term)) for rank, term in rows.passages.by_use()]
            said = [(rank, *said_of(term)) for rank, term in zip(rows.term_ranks[1:], rows.terms, strict=True)]
            words = [TermWords(_TYPED, SearchWords.typed, typed), TermWords(_SAID, SearchWords.paired, said)]
            made = iter(over(WordIndexer(folder), words))
            of_terms = {one.index_name: ((), islice(made, 1)) for one in words}
        parts = rows.passages.paragraphs.parts()  # the indexer knows what was seen on the way
        return cls(of_terms, over(rows.passages.indexer(folder), parts))


class SearchWords:
    """The rows that the search indexes are filled with."""

    @staticmethod
    def terms(rows: Rows) -> Iterator[tuple[IndexRow]]:
        """Yield the words of each term."""
        for rank, term in zip(rows.term_ranks[1:], rows.terms, strict=True):
            yield (SearchWords.of_term(rank, term),)

    @staticmethod
    def of_term(rank: int, term: Term) -> IndexRow:
        """Return the words of a term under a rank."""
        return SearchWords.paired(rank, *said_of(term))

    @staticmethod
    def paired(rank: int, *said: Sequence[str]) -> IndexRow:
        """Return the words of names and of definitions under a rank."""
        names, texts = (" ".join(map(fulltext.pairs, texts)) for texts in said)
        return rank, names, texts

    @staticmethod
    def passages(rows: Rows) -> Iterator[tuple[IndexRow, IndexRow]]:
        """Yield the words of names and definitions, and of paragraphs if these are few and not indexed in parts."""
        passages = rows.passages
        for passage in passages.named():
            yield SearchWords.of_passage(passage, passage.row.rank)
        if not passages.paragraphs.parts():
            yield from passages.indexer(Path()).words(passages.paragraphs)

    @staticmethod
    def of_passage(passage: SearchPassage, rank: int) -> tuple[IndexRow, IndexRow]:
        """Return what the indexes of passages have of one under a rank."""
        return rows_of(rank, fulltext.pairs(passage.text), " ".join(passage.facets))

    @staticmethod
    def suggestions(rows: Rows) -> Iterator[tuple[IndexRow]]:
        """Yield the ways to type each established term."""
        for rank, term in rows.passages.by_use():
            yield (SearchWords.suggested(rank, term),)

    @staticmethod
    def suggested(rank: int, term: Term) -> IndexRow:
        """Return the ways to type a term whose name is a passage with a rank."""
        return SearchWords.typed(rank, Spelling.of(term))

    @staticmethod
    def typed(rank: int, spelling: Spelling) -> IndexRow:
        """Return the ways to type what is spelled so."""
        return rank, *suggestions.entry_of(spelling)


def said_of(term: Term) -> tuple[list[str], list[str]]:
    """Return the forms of a term, and its definitions, each once."""
    definitions = (definition.text for sense in term.senses for definition in sense.definitions)
    return forms_of(term), list(dict.fromkeys(definitions))
