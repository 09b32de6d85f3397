"""Open an edition's file read-only, know it for ours before asking it anything, and read rows and terms from it.

Texts of reports and documents of terms, most of an edition otherwise, are packed, at little cost to those who look them
up. A text is packed in pieces, each by itself, behind their number and their lengths in bytes, so that a passage costs
no more than its piece: a hundredth of a millisecond. Documents are packed whole. What all of them have in common is in
two dictionaries of Zstandard, which are trained on samples of them and attached to the edition. In the statements of a
connection to an edition this is `unpacked(text)`, `unpacked(text, start, end)` and `unpacked_document(document)`.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import struct
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
import zstandard

from glossary_api.errors import EditionCorrupt, EditionMissing, EditionOutdated
from glossary_api.model.messages import Message
from glossary_api.store.schema import APPLICATION_ID, SCHEMA_VERSION, UNPACKED_DOCUMENT, UNPACKED_TEXT
from glossary_api.text.folding import fold_name

_MAGIC = b"SQLite format 3\x00"
_HEADER = struct.Struct(">16x H 10x I 28x I 4x I 28x")  # page size, pages, user_version, application_id: 100 bytes

_KEPT_KIB = 128
"""How much of the file a connection keeps by itself."""

WHOLE_CHECK_LIMIT = 64 * 2**20
"""Files up to this many bytes are checked page by page on opening; larger ones by their header alone."""
TEXTS, DOCUMENTS = "packing-texts", "packing-documents"
"""What the dictionaries are called among the attachments."""
_LEVEL = 3
"""Higher ones save 5 % more and take five times as long."""
_PIECE = 2048
"""Code points of a piece: packed by the thousand texts take more, by four thousand 2 % less."""
_COUNT = struct.Struct("<I")
_SIZES = {TEXTS: 112 * 1024, DOCUMENTS: 64 * 1024}
_SAMPLES = 16
"""How many times its size a dictionary is trained on: less makes one of what happens to stand there."""
_SMALLEST = 16 * 1024
"""A smaller dictionary is not worth its place."""
_AS_IT_IS = b'"rendering":'
"""A document with renderings is not packed: few have any, and they are found by it (`views.py`, `renderings.py`)."""
Select = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""From a statement and its parameters to all rows."""


class Connections:
    """Read-only connections to one edition: one for each thread of each process, all to the same content.

    The first one is kept. A thread that comes when another edition already stands under the name shares it, so
    that answers of one `Connections` never come from two editions.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        check_header(self.path)
        self._closed = False
        self._local = threading.local()
        try:
            self._first = _Connection(self.path)
        except sqlite3.DatabaseError as error:
            raise corrupt(self.path, str(error)) from error
        self._adopt(self._first)
        status = self.path.stat()
        self.modified = status.st_mtime
        if status.st_size <= WHOLE_CHECK_LIMIT:
            self._check_pages()
        found = self.rows("SELECT value FROM meta WHERE name = 'hash'")
        if not found:
            raise corrupt(self.path, Message("does-not-say-which-edition"))
        self.hash: str = found[0][0]

    def rows(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows that a statement selects. Raises EditionCorrupt when the file turns out to be damaged."""
        local = self._local
        if getattr(local, "process", None) != os.getpid():  # a new thread, or a fork: SQLite wants a connection anew
            self._adopt(self._another())
        try:
            rows: list[tuple[Any, ...]] = local.connection.rows(statement, parameters)
        except sqlite3.DatabaseError as error:
            raise corrupt(self.path, str(error)) from error
        return rows

    def close(self) -> None:
        """Answer no more, except to threads that have a connection already; theirs close as the threads end."""
        self._closed = True
        self._first.close()
        self._adopt(self._first)

    def _adopt(self, connection: _Connection) -> None:
        self._local.connection, self._local.process = connection, os.getpid()

    def _another(self) -> _Connection:
        if self._closed:
            return self._first
        try:
            connection = _Connection(self.path)
            if connection.rows("SELECT value FROM meta WHERE name = 'hash'", ()) == [(self.hash,)]:
                return connection
        except sqlite3.DatabaseError:
            pass  # whatever has taken the name, it is not this edition
        return self._first

    def _check_pages(self) -> None:
        complaint = self.rows("PRAGMA quick_check(1)")[0][0]
        if complaint != "ok":
            raise corrupt(self.path, complaint.strip().splitlines()[-1])


class Stored(NamedTuple):
    """A term as the edition keeps it."""

    id: str
    name: str
    kind: str
    senses: int
    summary: bytes
    """The stored JSON of its line in a list, as `Edition.terms` returns it."""
    document: bytes
    """The stored JSON, as `Edition.term_document` returns it."""


class _Connection:
    """One connection to an immutable file; a lock makes it safe in the rare case that threads share it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = connected(path)
        weakref.finalize(self, self._connection.close)  # when the thread that it belongs to has ended

    def rows(self, statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(statement, parameters).fetchall()

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def connected(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that never changes, by its absolute path, which knows how to unpack."""
    # Whoever shares it between threads has a lock, so SQLite's own guard is not needed. It keeps few pages: each thread
    # of each process has one, and the system has the file in memory anyhow, so that more of them make nothing faster.
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{_KEPT_KIB}")
    make_unpacked_known(connection)
    return connection


def check_header(path: Path) -> None:
    """Check by its first hundred bytes and its size that the file at `path` is a complete edition of this program's
    schema.

    Raises EditionMissing, EditionCorrupt or EditionOutdated.
    """
    header, size = _header(path)
    if not header.startswith(_MAGIC):
        raise corrupt(path, Message("is-no-sqlite"))
    page_size, pages, version, application = _HEADER.unpack(header)
    if application != APPLICATION_ID:
        raise corrupt(path, Message("is-no-edition"))
    if version != SCHEMA_VERSION:
        raise EditionOutdated(
            "edition-has-other-schema",
            place=str(path),
            remedy=Message("upgrade-edition" if version < SCHEMA_VERSION else "install-later-program", path=path),
            one=version,
            other=SCHEMA_VERSION,
        )
    if size != pages * (page_size if page_size > 1 else 65536):
        raise corrupt(path, Message("has-been-cut-short"))


def is_edition(path: Path) -> bool:
    """Tell whether a file begins as an edition of any version of the program does. Raises EditionMissing."""
    header, _ = _header(path)
    return header.startswith(_MAGIC) and _HEADER.unpack(header)[-1] == APPLICATION_ID


def _header(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER.size).ljust(_HEADER.size, b"\x00"), os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise EditionMissing("there-is-no-edition-here", place=str(path), remedy=_harvest_again(path)) from None
    except OSError as error:
        raise EditionMissing(
            "edition-cannot-be-read", place=str(path), remedy="name-edition-or-harvest", why=error.strerror
        ) from error


def corrupt(path: Path, why: str | Message) -> EditionCorrupt:
    """Return the error for a file that cannot be used."""
    return EditionCorrupt("not-usable-edition", place=str(path), remedy=_harvest_again(path), why=why)


def _harvest_again(path: Path) -> Message:
    return Message("harvest-into", path=path)


def by_name(select: Select, names: Iterable[str]) -> dict[str, Stored]:
    """Return the terms that the names lead to; names that lead to none are left out."""
    keys = {name: fold_name(name) for name in names}
    found = _stored(select, "k.key", "keys k JOIN terms t ON t.rank = k.term", set(keys.values()))
    return {name: found[key] for name, key in keys.items() if key in found}


def by_id(select: Select, ids: Iterable[str]) -> dict[str, Stored]:
    """Return the terms that have the ids; ids that no term has are left out."""
    return _stored(select, "t.id", "terms t", set(ids))


def _stored(select: Select, column: str, tables: str, asked: set[str]) -> dict[str, Stored]:
    rows = select(
        f"""SELECT {column}, t.id, t.name, t.kind, t.senses, unpacked_document(t.summary),
                   unpacked_document(t.document) FROM {tables}
            WHERE {column} IN (SELECT value FROM json_each(:asked))""",
        {"asked": orjson.dumps(sorted(asked)).decode()},
    )
    return {row[0]: Stored(*row[1:]) for row in rows}


class Packing:
    """Packs what an edition keeps packed, and unpacks it, by the dictionaries of the edition; not for several threads.

    Unpacking raises ZstdError or struct.error for anything else.
    """

    def __init__(self, dictionaries: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Take dictionaries by TEXTS and DOCUMENTS; without one, things are packed each by itself."""
        self._packers, self._unpackers = {}, {}
        for name in (TEXTS, DOCUMENTS):
            known = _understood(dictionaries[name]) if name in dictionaries else None
            self._packers[name] = zstandard.ZstdCompressor(_LEVEL, dict_data=known, write_dict_id=False)
            self._unpackers[name] = zstandard.ZstdDecompressor(known)

    def packed_as(self, by: str, content: str | bytes) -> bytes:
        """Return what the function of SQL called `by` unpacks."""
        if by == UNPACKED_TEXT:
            return self.packed(content if isinstance(content, str) else content.decode())
        document = content if isinstance(content, bytes) else content.encode()
        return document if _AS_IT_IS in document else self._packers[DOCUMENTS].compress(document)

    def packed(self, text: str) -> bytes:
        """Return a text as Zstandard packs the UTF-8 of its pieces."""
        pieces = list(map(self._packers[TEXTS].compress, pieces_of(text)))
        lengths = struct.pack(f"<{len(pieces)}I", *map(len, pieces))
        return b"".join((_COUNT.pack(len(pieces)), lengths, *pieces))

    def unpacked(self, content: bytes, start: int = 0, end: int | None = None) -> str:
        """Return the text that was packed, or what stands in a span of it."""
        (count,) = _COUNT.unpack_from(content)
        lengths = struct.unpack_from(f"<{count}I", content, _COUNT.size)
        bounds = list(itertools.accumulate(lengths, initial=_COUNT.size * (count + 1)))
        first, last = start // _PIECE, count if end is None else min(count, -(-end // _PIECE))
        unpack = self._unpackers[TEXTS].decompress
        pieces = [
            unpack(content[bounds[number] : bounds[number + 1]]).decode("utf-8", "surrogatepass")
            for number in range(first, last)
        ]
        behind = None if end is None else max(0, end - first * _PIECE)
        return "".join(pieces)[start - first * _PIECE : behind]

    def document(self, content: bytes | None) -> bytes | None:
        """Return a document that was packed or not, as JSON."""
        if content is None or content[:1] in (b"{", b"["):
            return content
        return self._unpackers[DOCUMENTS].decompress(content)


def make_unpacked_known(connection: sqlite3.Connection) -> Packing:
    """Let the statements of a connection to an edition unpack; return how it packs."""
    names = (TEXTS, DOCUMENTS)
    packing = Packing(dict(connection.execute("SELECT name, content FROM attachments WHERE name IN (?, ?)", names)))
    for parameters in (1, 3):
        connection.create_function(UNPACKED_TEXT, parameters, packing.unpacked, deterministic=True)
    connection.create_function(UNPACKED_DOCUMENT, 1, packing.document, deterministic=True)
    return packing


def pieces_of(text: str) -> list[bytes]:
    """Return the pieces of a text that are packed each by itself."""
    return [text[at : at + _PIECE].encode("utf-8", "surrogatepass") for at in range(0, len(text), _PIECE)]


def trained(name: str, samples: Sequence[bytes]) -> Mapping[str, bytes]:
    """Return the dictionary of a name, of what samples have in common; none if they are too few."""
    size = min(_SIZES[name], sum(map(len, samples)) // _SAMPLES)
    if size < _SMALLEST:
        return {}
    return {name: zstandard.train_dictionary(size, list(samples), level=_LEVEL).as_bytes()}


@lru_cache(maxsize=4)
def _understood(content: bytes) -> zstandard.ZstdCompressionDict:
    """Return a dictionary, which the connections of all threads share."""
    found = zstandard.ZstdCompressionDict(content)
    found.precompute_compress(_LEVEL)
    return found
