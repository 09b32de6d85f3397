"""A glossary of Google Cloud Translation: CSV of source and target, without names of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports import pairs, tables
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = f"""{pairs.MANUAL} The file is that of a unidirectional glossary, from zh-CN: it has no row with names of
columns, because Google takes each row for an entry."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the rows."""
    return tables.lines(([pair.source, pair.target] for pair in pairs.pairs(header, terms)), end="\n")
