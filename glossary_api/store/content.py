"""Work out the content hash of an edition from its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import orjson

from glossary_api.store.schema import SCHEMA_VERSION

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
