"""The terms whose rendering has the words that somebody typed, for readers who know a term by its English."""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson

from glossary_api.model.words import ESTABLISHED
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition

MOST = 20
_WORD = re.compile(r"[a-z0-9]+")


def rendered_as(edition: Edition, asked: str) -> list[JsonObject]:
    """Return up to MOST terms, as in `Edition.terms`, whose rendering has all words of a question, the shortest first.

    The last word of the question may be the beginning of one; a question without a Latin letter finds nothing.
    """
    words = _WORD.findall(asked.lower())
    if not words or not re.search("[a-z]", asked.lower()):
        return []
    *whole, begun = words
    found: dict[int, int] = {}
    for rank, those in edition.once(_renderings):
        if set(whole) <= set(those) and any(word.startswith(begun) for word in those):
            found[rank] = min(len(those), found.get(rank, len(those)))
    ranks = sorted(found, key=lambda rank: (found[rank], rank))[:MOST]
    rows = edition.select(
        "SELECT rank, unpacked_document(summary) FROM terms WHERE rank IN (SELECT value FROM json_each(:ranks))",
        {"ranks": orjson.dumps(ranks).decode()},
    )
    summaries: dict[int, JsonObject] = {rank: orjson.loads(summary) for rank, summary in rows}
    return [summaries[rank] for rank in ranks]


def _renderings(edition: Edition) -> list[tuple[int, tuple[str, ...]]]:
    """Return the words of each rendering of the established terms, with the rank of its term."""
    rows = edition.select(
        """SELECT rank, document FROM terms
           WHERE status = :status AND instr(CAST(document AS TEXT), '"rendering":') ORDER BY rank""",
        {"status": ESTABLISHED},
    )
    return [(rank, words) for rank, document in rows for words in _words_in(orjson.loads(document))]


def _words_in(term: JsonObject) -> Iterator[tuple[str, ...]]:
    for owner in (term, *term["senses"]):
        for one in owner["equivalents"]:
            for said in (one["rendering"], *(one["also"] or ())):
                yield tuple(_WORD.findall(said.lower()))
