"""An edition as a whole, a piece at a time: its term documents, and its file."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

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
_DEFINITIONS = """SELECT d.sense, d.document FROM terms t JOIN definitions d ON d.term = t.rank WHERE t.id = ?
                  ORDER BY d.position"""
_VARIANTS = """SELECT v.form, v.type, v.reports FROM terms t JOIN variants v ON v.term = t.rank WHERE t.id = ?
               ORDER BY v.position"""
_REPORTS = """SELECT r.id, r.place, r.year, a.usages, a.defines FROM terms t JOIN appearances a ON a.term = t.rank
              JOIN reports r ON r.rank = a.report WHERE t.id = ? ORDER BY a.report"""


def documents(edition: Edition, filters: TermFilters = _ALL) -> Iterator[JsonObject]:
    """Yield the documents of the terms, by name in code-point order, with everything that there is of each."""
    cursor: str | None = None
    while True:
        page = edition.terms(filters, _BATCH, cursor)
        stored = edition.terms_with(item["id"] for item in page.items)
        yield from (completed(edition, orjson.loads(stored[item["id"]].document)) for item in page.items)
        cursor = page.next
        if cursor is None:
            return


def completed(edition: Edition, document: JsonObject) -> JsonObject:
    """Return a term document with all senses, definitions, variants and reports, and not only the best few of them."""
    if _is_whole(document):
        return document
    asked = (document["id"],)
    known = {sense["id"]: sense for sense in document["senses"]}
    senses: dict[str, JsonObject] = {}
    for id_, definition in edition.select(_DEFINITIONS, asked):
        fresh = known.get(id_, {"id": id_, "equivalents": []}) | {"definitions": [], "more": 0}
        senses.setdefault(id_, fresh)["definitions"].append(orjson.loads(definition))
    return document | {
        "senses": [*senses.values(), *(sense for id_, sense in known.items() if id_ not in senses)],
        "variants": [_variant(edition, *row) for row in edition.select(_VARIANTS, asked)],
        "reports": [_appearance(*row) for row in edition.select(_REPORTS, asked)],
    }


def _is_whole(document: JsonObject) -> bool:
    totals, senses = document["totals"], document["senses"]
    return (
        sum(len(sense["definitions"]) for sense in senses) == totals["definitions"]
        and len(document["reports"]) == totals["reports"]
        and not any(variant["more"] for variant in document["variants"])
    )


def _variant(edition: Edition, form: str, type_: str, ranks: bytes) -> JsonObject:
    reports = [edition.ranked_blocks[rank]["id"] for rank in orjson.loads(ranks)]
    return {"form": form, "type": type_, "reports": reports, "more": 0}


def _appearance(id_: str, place: Any, year: Any, usages: int, defines: int) -> JsonObject:
    return {"id": id_, "place": place, "year": year, "usages": usages, "defines": bool(defines)}


def keyed(edition: Edition, documents: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Yield the documents, each with `keys`: every folded name that leads to its term, in code-point order, and where
    it counts unquoted.
    """
    remaining = iter(documents)
    while batch := list(islice(remaining, _BATCH)):
        ids = orjson.dumps([document["id"] for document in batch]).decode()
        keys: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, key, unquoted in edition.select(_KEYS, (ids,)):
            keys[id_].append((key, unquoted))
        yield from (document | {"keys": keys[document["id"]]} for document in batch)


@dataclass(frozen=True, slots=True)
class EditionFile:
    """The file of an edition, as it stood when it was found."""

    edition: Edition
    status: os.stat_result

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return self.status.st_size

    def opened(self) -> BinaryIO:
        """Return the file, open. Raises EditionError when another one has taken its place."""
        file = self.edition.path.open("rb")
        if not os.path.samestat(os.fstat(file.fileno()), self.status):
            file.close()
            raise _replaced(self.edition)
        return file

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes; the file is opened when the first piece is asked for. Raises EditionError as `opened`."""
        with self.opened() as file:
            while piece := file.read(_PIECE):
                yield piece


def file_of(edition: Edition) -> EditionFile:
    """Return the file of the edition. Raises EditionError when another one has taken its place."""
    try:
        found = edition.path.stat()
        current = Edition.open(edition.path)
    except (OSError, EditionError) as error:
        raise _replaced(edition) from error
    current.close()
    if current.hash != edition.hash:
        raise _replaced(edition)
    return EditionFile(edition, found)


def _replaced(edition: Edition) -> EditionError:
    return EditionError("edition-has-been-replaced", place=str(edition.path), remedy="ask-again")
