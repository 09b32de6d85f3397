"""A term list of Immersive Translate: CSV of source, target and the target's language."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from glossary_api.exports import pairs, tables
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

COLUMNS = ["source", "target", "tgt_lng"]
MANUAL = f"""{pairs.MANUAL} The first row has the names of the columns, {", ".join(COLUMNS)}. Import it under AI
terms in the settings of the extension."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the rows, the names of the columns first."""
    language = header.language or pairs.LANGUAGE
    rows = ([pair.source, pair.target, language] for pair in pairs.pairs(header, terms))
    return tables.lines(itertools.chain([COLUMNS], rows), end="\n")
