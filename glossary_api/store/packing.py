"""Pack texts of reports and documents of terms, most of an edition otherwise, at little cost to those who look them up.

A text is packed in pieces, each by itself, behind their number and their lengths in bytes, so that a passage costs no
more than its piece: a hundredth of a millisecond. Documents are packed whole. What all of them have in common is in two
dictionaries of Zstandard, which are trained on samples of them and attached to the edition. In the statements of a
connection to an edition this is `unpacked(text)`, `unpacked(text, start, end)` and `unpacked_document(document)`.
"""

from __future__ import annotations

import itertools
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import zstandard

from glossary_api.store.schema import UNPACKED_DOCUMENT, UNPACKED_TEXT

TEXTS, DOCUMENTS = "packing-texts", "packing-documents"
"""What the dictionaries are called among the attachments."""
_LEVEL = 3
"""Higher ones save 5 % more and take five times as long."""
_PIECE = 2048
"""Code points of a piece: packed by the thousand texts take more, by four thousand 2 % less."""
_COUNT = struct.Struct("<I")
_SIZES = {TEXTS: 112 * 1024, DOCUMENTS: 64 * 1024}
_SAMPLES = 16
"""How many times its size a dictionary is trained on: less makes one of what happens to stand there."""
_SMALLEST = 16 * 1024
"""A smaller dictionary is not worth its place."""
_AS_IT_IS = b'"rendering":'
"""A document with renderings is not packed: few have any, and they are found by it (`views.py`, `renderings.py`)."""


class Packing:
    """Packs what an edition keeps packed, and unpacks it, by the dictionaries of the edition; not for several threads.

    Unpacking raises ZstdError or struct.error for anything else.
    """

    def __init__(self, dictionaries: Mapping[str, bytes] = MappingProxyType({})) -> None:
        """Take dictionaries by TEXTS and DOCUMENTS; without one, things are packed each by itself."""
        self._packers, self._unpackers = {}, {}
        for name in (TEXTS, DOCUMENTS):
            known = _understood(dictionaries[name]) if name in dictionaries else None
            self._packers[name] = zstandard.ZstdCompressor(_LEVEL, dict_data=known, write_dict_id=False)
            self._unpackers[name] = zstandard.ZstdDecompressor(known)

    def packed_as(self, by: str, content: str | bytes) -> bytes:
        """Return what the function of SQL called `by` unpacks."""
        if by == UNPACKED_TEXT:
            return self.packed(content if isinstance(content, str) else content.decode())
        document = content if isinstance(content, bytes) else content.encode()
        return document if _AS_IT_IS in document else self._packers[DOCUMENTS].compress(document)

    def packed(self, text: str) -> bytes:
        """Return a text as Zstandard packs the UTF-8 of its pieces."""
        pieces = list(map(self._packers[TEXTS].compress, pieces_of(text)))
        lengths = struct.pack(f"<{len(pieces)}I", *map(len, pieces))
        return b"".join((_COUNT.pack(len(pieces)), lengths, *pieces))

    def unpacked(self, content: bytes, start: int = 0, end: int | None = None) -> str:
        """Return the text that was packed, or what stands in a span of it."""
        (count,) = _COUNT.unpack_from(content)
        lengths = struct.unpack_from(f"<{count}I", content, _COUNT.size)
        bounds = list(itertools.accumulate(lengths, initial=_COUNT.size * (count + 1)))
        first, last = start // _PIECE, count if end is None else min(count, -(-end // _PIECE))
        unpack = self._unpackers[TEXTS].decompress
        pieces = [
            unpack(content[bounds[number] : bounds[number + 1]]).decode("utf-8", "surrogatepass")
            for number in range(first, last)
        ]
        behind = None if end is None else max(0, end - first * _PIECE)
        return "".join(pieces)[start - first * _PIECE : behind]

    def document(self, content: bytes | None) -> bytes | None:
        """Return a document that was packed or not, as JSON."""
        if content is None or content[:1] in (b"{", b"["):
            return content
        return self._unpackers[DOCUMENTS].decompress(content)


def make_unpacked_known(connection: sqlite3.Connection) -> Packing:
    """Let the statements of a connection to an edition unpack; return how it packs."""
    names = (TEXTS, DOCUMENTS)
    packing = Packing(dict(connection.execute("SELECT name, content FROM attachments WHERE name IN (?, ?)", names)))
    for parameters in (1, 3):
        connection.create_function(UNPACKED_TEXT, parameters, packing.unpacked, deterministic=True)
    connection.create_function(UNPACKED_DOCUMENT, 1, packing.document, deterministic=True)
    return packing


def pieces_of(text: str) -> list[bytes]:
    """Return the pieces of a text that are packed each by itself."""
    return [text[at : at + _PIECE].encode("utf-8", "surrogatepass") for at in range(0, len(text), _PIECE)]


def trained(name: str, samples: Sequence[bytes]) -> Mapping[str, bytes]:
    """Return the dictionary of a name, of what samples have in common; none if they are too few."""
    size = min(_SIZES[name], sum(map(len, samples)) // _SAMPLES)
    if size < _SMALLEST:
        return {}
    return {name: zstandard.train_dictionary(size, list(samples), level=_LEVEL).as_bytes()}


@lru_cache(maxsize=4)
def _understood(content: bytes) -> zstandard.ZstdCompressionDict:
    """Return a dictionary, which the connections of all threads share."""
    found = zstandard.ZstdCompressionDict(content)
    found.precompute_compress(_LEVEL)
    return found
