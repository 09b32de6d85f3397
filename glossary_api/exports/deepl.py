"""A glossary of DeepL: lines of source, tab, target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossary_api.exports import pairs
from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header

MOST = 1024
"""Bytes that a source or a target of DeepL's may have."""
MANUAL = f"""{pairs.MANUAL} Pairs with more than {MOST} bytes on a side, which DeepL refuses, are left out. Upload the
file as TSV, with ZH as the source language."""


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the lines."""
    for pair in pairs.pairs(header, terms):
        if max(len(pair.source.encode()), len(pair.target.encode())) <= MOST:
            yield f"{pair.source}\t{pair.target}\n".encode()
