"""An edition as a whole, a piece at a time: its term documents, and its file."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

import orjson

from glossary_api.errors import EditionError
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters

_ALL = TermFilters()
_BATCH = 500
_PIECE = 256 * 1024
_KEYS = """SELECT t.id, k.key, k.unquoted FROM terms t JOIN keys k ON k.term = t.rank
           WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY k.key"""


def documents(edition: Edition, filters: TermFilters = _ALL) -> Iterator[JsonObject]:
    """Yield the documents of the terms, as `Edition.term` returns them, by name in code-point order."""
    cursor: str | None = None
    while True:
        page = edition.terms(filters, _BATCH, cursor)
        stored = edition.terms_with(item["id"] for item in page.items)
        yield from (orjson.loads(stored[item["id"]].document) for item in page.items)
        cursor = page.next
        if cursor is None:
            return


def keyed(edition: Edition, documents: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """The documents, each with `keys`: every folded name that leads to its term, in code-point order, and where it
    counts unquoted."""
    remaining = iter(documents)
    while batch := list(islice(remaining, _BATCH)):
        ids = orjson.dumps([document["id"] for document in batch]).decode()
        keys: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, key, unquoted in edition.select(_KEYS, (ids,)):
            keys[id_].append((key, unquoted))
        yield from (document | {"keys": keys[document["id"]]} for document in batch)


def content(edition: Edition) -> Iterator[bytes]:
    """Return the file of the edition, opened when the first piece is asked for.

    Raises EditionError when another one has taken its place, at once or, if it comes to that, with the first piece.
    """
    try:
        found = edition.path.stat()
        current = Edition.open(edition.path)
    except (OSError, EditionError) as error:
        raise _replaced(edition) from error
    current.close()
    if current.hash != edition.hash:
        raise _replaced(edition)
    return _pieces(edition, found)


def _pieces(edition: Edition, found: os.stat_result) -> Iterator[bytes]:
    with edition.path.open("rb") as file:
        if not os.path.samestat(os.fstat(file.fileno()), found):
            raise _replaced(edition)
        while piece := file.read(_PIECE):
            yield piece


def _replaced(edition: Edition) -> EditionError:
    return EditionError("edition-has-been-replaced", place=str(edition.path), remedy="ask-again")
