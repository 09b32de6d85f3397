"""Many terms at once: by any spelling of their names, or by id. One SELECT, however many are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import orjson

from glossary_api.text.folding import fold_name

Select = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""From a statement and its parameters to all rows."""


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


def by_name(select: Select, names: Iterable[str]) -> dict[str, Stored]:
    """Return the terms that the names lead to; names that lead to none are left out."""
    keys = {name: fold_name(name) for name in names}
    found = _found(select, "k.key", "keys k JOIN terms t ON t.rank = k.term", set(keys.values()))
    return {name: found[key] for name, key in keys.items() if key in found}


def by_id(select: Select, ids: Iterable[str]) -> dict[str, Stored]:
    """Return the terms that have the ids; ids that no term has are left out."""
    return _found(select, "t.id", "terms t", set(ids))


def _found(select: Select, column: str, tables: str, asked: set[str]) -> dict[str, Stored]:
    rows = select(
        f"""SELECT {column}, t.id, t.name, t.kind, t.senses, unpacked_document(t.summary),
                   unpacked_document(t.document) FROM {tables}
            WHERE {column} IN (SELECT value FROM json_each(:asked))""",
        {"asked": orjson.dumps(sorted(asked)).decode()},
    )
    return {row[0]: Stored(*row[1:]) for row in rows}
