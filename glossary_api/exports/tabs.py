"""TSV: one line for each row, whatever is in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from glossary_api.exports import tables
from glossary_api.exports.cleaning import on_one_line
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MANUAL = f"""{tables.MANUAL} Tabs and line breaks within a field are spaces here; a field with a quotation mark stands
in quotation marks, as spreadsheets write it. With a byte order mark, Excel knows the file for UTF-8."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the rows, the names of the columns first."""
    found = ([on_one_line(field) for field in row] for row in tables.rows(terms))
    return tables.lines(itertools.chain([list(tables.COLUMNS)], tables.guard(header, found)), delimiter="\t", end="\n")
