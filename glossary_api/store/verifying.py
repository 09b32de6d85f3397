"""Recompute what an edition says of its own content: a bit that flipped on the disk changes no size and no header."""

from __future__ import annotations

import collections
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from glossary_api.model.messages import Message
from glossary_api.store.content import NAMED, AsTheyAre, ContentHash, counted_columns
from glossary_api.store.opening import check_header, connected, corrupt
from glossary_api.store.schema import SEARCH_INDEXES, TABLES

DERIVED = "derived"
"""The row of `meta` with the digest of what was made from the content: automata, search indexes, views, counts."""
_BATCH = 200
_SELECTED = ("terms", "sections")
"""The tables whose names are selected with the rows that have their ranks."""
Execute = Callable[[str], Iterable[tuple[Any, ...]]]


def derived_digest(execute: Execute) -> str:
    """Return the digest of all that an edition holds besides its content, from what runs a statement."""
    statements = ["SELECT type, name, sql FROM sqlite_master ORDER BY type, name"]
    statements += [f"SELECT * FROM {name}_{part}" for name in SEARCH_INDEXES for part in ("data", "idx", "config")]
    statements += [
        "SELECT * FROM attachments ORDER BY name",
        f"SELECT * FROM meta WHERE name <> '{DERIVED}' ORDER BY name",
    ]
    digest = hashlib.sha256()
    for statement in statements:
        for row in execute(statement):
            for value in row:
                piece = value if isinstance(value, bytes) else str(value).encode()
                digest.update(b"%d:" % len(piece) + piece)
    return digest.hexdigest()


def verify(path: Path, pause: Callable[[], object] = lambda: None) -> str:
    """Read the whole edition at `path` and return its content hash, which is what its content amounts to.

    `pause` is called between batches of rows, for whoever has something else to do meanwhile. Raises EditionMissing,
    EditionOutdated, or EditionCorrupt when anything in the file is not as it was written.
    """
    check_header(path)
    try:
        with closing(connected(path.absolute())) as connection:
            return _verified(path, connection, pause)
    except (sqlite3.DatabaseError, orjson.JSONEncodeError, UnicodeDecodeError) as error:
        raise corrupt(path, str(error)) from error


def _verified(path: Path, connection: sqlite3.Connection, pause: Callable[[], object]) -> str:
    def rows(statement: str) -> Iterator[tuple[Any, ...]]:
        # One row at a time: a hundred texts or automata at once would be memory that a server never gets rid of.
        for number, row in enumerate(connection.execute(statement), 1):
            yield row
            if number % _BATCH == 0:
                pause()

    complaint = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if complaint != "ok":
        raise corrupt(path, complaint.strip().splitlines()[-1])
    said = dict(connection.execute("SELECT name, value FROM meta"))
    reports = dict(connection.execute(f"SELECT rank, {NAMED['reports']} FROM reports"))
    counted = ContentHash({"reports": reports, **dict.fromkeys(_SELECTED, AsTheyAre())})
    for name in TABLES:
        statement = f"SELECT {counted_columns(name, _SELECTED)} FROM {name}"
        collections.deque(counted.table(name, rows(statement)), maxlen=0)
    found = str(counted)
    # An edition of an earlier program does not say what its indexes amount to.
    if found != said.get("hash") or said.get(DERIVED, derived := derived_digest(rows)) != derived:
        raise corrupt(path, Message("content-is-not-what-was-written"))
    return found
