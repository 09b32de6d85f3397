"""Recompute what an edition says of its own content: a bit that flipped on the disk changes no size and no header."""

from __future__ import annotations

import collections
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from glossary_api.errors import EditionCorrupt, EditionError
from glossary_api.model.messages import Message
from glossary_api.store.content import NAMED, AsTheyAre, ContentHash, counted_columns
from glossary_api.store.opening import check_header, connected, corrupt
from glossary_api.store.schema import SEARCH_INDEXES, TABLES

DERIVED = "derived"
"""The row of `meta` with the digest of what was made from the content: automata, search indexes, views, counts."""
_BATCH = 200
_PAUSE = 0.002
"""Seconds between batches of rows, where requests go before."""
_NICE = 10
_DAMAGED = 3
"""The exit code of a process that has found an edition damaged."""
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


def fault_of(path: Path) -> EditionCorrupt | None:
    """Verify the edition at `path` in a process of its own; return what is wrong with it, None for nothing.

    What reading takes in memory goes with the process, which gives way to whoever answers requests. Raises EditionError
    if it cannot be told.
    """
    done = subprocess.run([sys.executable, "-m", __name__, str(path)], capture_output=True, check=False)
    if done.returncode == _DAMAGED:
        said = orjson.loads(done.stdout)
        return EditionCorrupt(Message.of(said["message"]), place=str(path), remedy=Message.of(said["remedy"]))
    if done.returncode:
        raise EditionError(
            "edition-cannot-be-read", place=str(path), remedy="name-edition-or-harvest", why=done.returncode
        )
    return None


def main(path: Path) -> int:
    """Verify an edition for `fault_of`."""
    os.nice(_NICE)
    try:
        verify(path, lambda: time.sleep(_PAUSE))
    except EditionCorrupt as error:
        said = {"message": error.message.document(), "remedy": error.remedy and error.remedy.document()}
        sys.stdout.buffer.write(orjson.dumps(said))
        return _DAMAGED
    return 0


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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
