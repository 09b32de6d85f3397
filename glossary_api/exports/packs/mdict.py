"""A dictionary of MDict, version 2.0: one .mdx file with compressed blocks of keys and of records.

The format has never been published; this follows what its free readers agree on. All numbers are big-endian, but for
the checksum of the header.

    header     its length, attributes of an XML element in UTF-16, their checksum
    keys       how many blocks and entries, sizes; an index of the blocks; the blocks: offset of the record, key
    records    how many blocks and entries, sizes; an index of the blocks; the blocks: records, each ended by a zero

Keys and records stand in one order, since a record ends where that of the next key begins. The libraries that write
the format keep all of it in memory and write the day of writing.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.sax.saxutils import escape

from glossary_api.exports.concepts import JsonObject
from glossary_api.exports.header import Header
from glossary_api.exports.packs import article_html
from glossary_api.exports.packs.articles import about, article, title

MANUAL = """A dictionary for MDict, GoldenDict, Eudic and others that read .mdx. An article for each term, found by
every spelling, with and without quotation marks: its senses with definitions, members, count checks, sources and
renderings, and the reports that use it most. Where in a text reports use a term, and other traditional spellings than
printed ones, are left out."""
_KEYS, _RECORDS = 32 * 1024, 64 * 1024
"""So many bytes are in a block of keys, and in one of records, at least, but for the last."""
_ZLIB = struct.pack("<L", 2)
_QUOTED = {'"': "&quot;"}
_REFERENCE = "@@@LINK="
"""Begins a record that is nothing but the key of another."""


@dataclass(slots=True)
class _Body:
    """The articles in a file, and what leads to them."""

    file: IO[bytes]
    entries: list[tuple[bytes, bytes, int, int]] = field(default_factory=list)
    """What the entry is sorted by, key, place and length of its record in the file."""

    def add(self, key: str, record: str) -> None:
        """Add an entry."""
        content = record.encode() + b"\0"
        self.entries.append((key.lower().encode(), key.encode(), self.file.tell(), len(content)))
        self.file.write(content)

    def record(self, place: int, length: int) -> bytes:
        """Return a record as it was added."""
        self.file.seek(place)
        return self.file.read(length)


@dataclass(slots=True)
class _Blocks:
    """Compressed blocks, and what the index says of them."""

    index: list[bytes] = field(default_factory=list)
    size: int = 0


def write(header: Header, terms: Iterable[JsonObject]) -> Iterator[bytes]:
    """Yield the file in pieces, once all terms have come: how many there are stands at its beginning."""
    with tempfile.TemporaryFile() as articles, tempfile.TemporaryFile() as records:
        body = _Body(articles)
        for term in terms:
            found = article(header, term)
            body.add(found.name, article_html.whole(found))
            for spelling in found.spellings[1:]:
                body.add(spelling, f"{_REFERENCE}{found.name}\r\n")
        body.entries.sort()
        yield _header(header)
        yield from _keys(body)
        blocks = _records(body, records)
        yield struct.pack(">QQQQ", len(blocks.index), len(body.entries), 16 * len(blocks.index), blocks.size)
        yield b"".join(blocks.index)
        records.seek(0)
        while piece := records.read(_RECORDS):
            yield piece


def _header(header: Header) -> bytes:
    attributes = {
        "GeneratedByEngineVersion": "2.0",
        "RequiredEngineVersion": "2.0",
        "Format": "Html",
        "KeyCaseSensitive": "No",
        "StripKey": "No",
        "Encrypted": "0",
        "RegisterBy": "",
        "Description": about(header),
        "Title": title(header),
        "Encoding": "UTF-8",
        "Compact": "No",
        "Compat": "No",
        "StyleSheet": "",
    }
    said = " ".join(f'{name}="{escape(value, _QUOTED)}"' for name, value in attributes.items())
    text = f"<Dictionary {said}/>\r\n\0".encode("utf-16-le")
    return struct.pack(">L", len(text)) + text + struct.pack("<L", zlib.adler32(text))


def _keys(body: _Body) -> Iterator[bytes]:
    blocks: list[bytes] = []
    index = bytearray()
    for entries in _split(_numbered(body), _KEYS):
        content = b"".join(entry for _, entry in entries)
        block = _compressed(content)
        blocks.append(block)
        index += struct.pack(">Q", len(entries))
        for key in (entries[0][0], entries[-1][0]):
            index += struct.pack(">H", len(key)) + key + b"\0"
        index += struct.pack(">QQ", len(block), len(content))
    short = _compressed(bytes(index))
    size = sum(map(len, blocks))
    sizes = struct.pack(">QQQQQ", len(blocks), len(body.entries), len(index), len(short), size)
    yield sizes + struct.pack(">L", zlib.adler32(sizes))
    yield short
    yield from blocks


def _numbered(body: _Body) -> Iterator[tuple[bytes, bytes]]:
    """Yield each key, and as it stands in its block: behind the offset of its record."""
    offset = 0
    for _, key, _, length in body.entries:
        yield key, struct.pack(">Q", offset) + key + b"\0"
        offset += length


def _records(body: _Body, file: IO[bytes]) -> _Blocks:
    """Return the blocks of records, written to a file."""
    blocks = _Blocks()
    found = ((b"", body.record(place, length)) for _, _, place, length in body.entries)
    for records in _split(found, _RECORDS):
        content = b"".join(record for _, record in records)
        block = _compressed(content)
        file.write(block)
        blocks.index.append(struct.pack(">QQ", len(block), len(content)))
        blocks.size += len(block)
    return blocks


def _split(entries: Iterable[tuple[bytes, bytes]], size: int) -> Iterator[list[tuple[bytes, bytes]]]:
    """Yield the entries in runs of so many bytes."""
    run: list[tuple[bytes, bytes]] = []
    long = 0
    for entry in entries:
        run.append(entry)
        long += len(entry[1])
        if long >= size:
            yield run
            run, long = [], 0
    if run:
        yield run


def _compressed(content: bytes) -> bytes:
    return _ZLIB + struct.pack(">L", zlib.adler32(content)) + zlib.compress(content)
