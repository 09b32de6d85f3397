"""TBX version 3 (ISO 30042:2019), dialect TBX-Basic, data categories as tags (DCT)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports import termbase
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = termbase.MANUAL
DIALECT = termbase.Dialect(
    namespace=termbase.CORE,
    root="tbx",
    attributes=(("type", "TBX-Basic"), ("style", "dct")),
    header="tbxHeader",
    entry="conceptEntry",
    language="langSec",
    term="termSec",
    by_tag=True,
)


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the document in pieces."""
    return termbase.Writer(DIALECT).write(header, terms)
