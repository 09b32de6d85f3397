"""Open an edition's file read-only, know it for ours before asking it anything, and read rows and terms from it."""

from __future__ import annotations

import os
import sqlite3
import struct
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from glossary_api.errors import EditionCorrupt, EditionMissing, EditionOutdated
from glossary_api.model.messages import Message
from glossary_api.store.packing import make_unpacked_known
from glossary_api.store.schema import APPLICATION_ID, SCHEMA_VERSION
from glossary_api.text.folding import fold_name

_MAGIC = b"SQLite format 3\x00"
_HEADER = struct.Struct(">16x H 10x I 28x I 4x I 28x")  # page size, pages, user_version, application_id: 100 bytes

WHOLE_CHECK_LIMIT = 64 * 2**20
"""Files up to this many bytes are checked page by page on opening; larger ones by their header alone."""


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
    # Whoever shares it between threads has a lock, so SQLite's own guard is not needed. It keeps no more pages than
    # SQLite does by itself: each thread of each process has one, and the system has the file in memory anyhow.
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
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
