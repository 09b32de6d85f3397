"""CSV as RFC 4180 has it, every field in quotation marks, so that no reader has to guess."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from glossary_api.exports import tables
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = f"{tables.MANUAL} With a byte order mark, Excel knows the file for UTF-8."


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the rows, the names of the columns first."""
    return tables.lines(
        itertools.chain([list(tables.COLUMNS)], tables.guard(header, tables.rows(terms))), quote_all=True
    )
