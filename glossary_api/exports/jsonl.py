"""JSON Lines: the term documents as they are, one a line, each with what is said of its term first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = """One term document a line, with everything that `GET /terms/{name}` answers; nothing is left out but the
places where reports use the term, which the format sqlite holds. `definition` is what to show where there is room for
one, and `of` is whose explanation that is, as in `GET /terms`: null if two provinces, the nation or an editor say so,
else the one report that does. Both are null where a place explains for itself what mostly others use. The first of the
`senses` is one sense among others, not the meaning."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the lines."""
    for term in terms:
        yield orjson.dumps(term, option=orjson.OPT_APPEND_NEWLINE)
