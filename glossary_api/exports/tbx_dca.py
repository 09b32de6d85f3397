"""TBX version 3 (ISO 30042:2019), dialect TBX-Basic, data categories as attributes (DCA)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from glossary_api.exports import tbx, termbase
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = f"The same as `tbx`, for tools that read data categories as attributes. {termbase.MANUAL}"
DIALECT = replace(tbx.DIALECT, attributes=(("type", "TBX-Basic"), ("style", "dca")), by_tag=False)


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the document in pieces."""
    return termbase.Writer(DIALECT).write(header, terms)
