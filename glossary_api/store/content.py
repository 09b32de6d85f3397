"""Work out the content hash of an edition: from its rows as they are written, or from its file again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import orjson

from glossary_api.store.opening import check_header, connected, corrupt
from glossary_api.store.schema import PACKED, SCHEMA_VERSION, TABLES, columns

R = TypeVar("R", bound=tuple[Any, ...])


class ContentHash:
    """A hash of the rows of all tables, in the order of TABLES, each in the order in which it was written."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256(f"glossary edition {SCHEMA_VERSION}".encode())

    def table(self, name: str, rows: Iterable[R]) -> Iterator[R]:
        """Yield the rows of the next table, counting them in."""
        self._digest.update(f"\n{name}\n".encode())
        for row in rows:
            self._digest.update(orjson.dumps(list(row), default=bytes.decode))
            self._digest.update(b"\n")
            yield row

    def __str__(self) -> str:
        return self._digest.hexdigest()


def hash_in(path: Path) -> str:
    """Work out the hash of the file of an edition from its rows. Raises EditionError if that is none of this program.

    This takes as long as to read it: whoever only serves it believes what the file says of itself.
    """
    check_header(path)
    counted = ContentHash()
    try:
        connection = connected(path.absolute())
        try:
            for name, row in TABLES.items():
                packed = PACKED.get(name)
                asked = ", ".join(f"unpacked({one})" if one == packed else f'"{one}"' for one in columns(row))
                for _ in counted.table(name, connection.execute(f"SELECT {asked} FROM {name}")):
                    pass
        finally:
            connection.close()
    except (sqlite3.DatabaseError, ValueError) as error:
        raise corrupt(path, str(error)) from error
    return str(counted)
