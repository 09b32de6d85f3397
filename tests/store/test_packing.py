"""Texts and documents as an edition packs them."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.store import opening
from glossary_api.store.opening import DOCUMENTS, TEXTS, Packing, pieces_of, trained
from glossary_api.store.schema import UNPACKED_DOCUMENT

LONG = "".join(chr(0x4E00 + number % 5000) for number in range(3 * opening._PIECE + 5))
ALIKE = [orjson.dumps({"name": f"甲{number}", "kind": "quoted", "senses": [number] * 9}) for number in range(9000)]
DICTIONARIES: Mapping[str, bytes] = {**trained(TEXTS, pieces_of(LONG * 90)), **trained(DOCUMENTS, ALIKE)}
EITHER = st.sampled_from([Packing(), Packing(DICTIONARIES)])


@given(by=EITHER, text=st.text(st.characters(), max_size=50), times=st.integers(1, 400))
def test_every_text_comes_back(by: Packing, text: str, times: int) -> None:
    """Whatever was packed is unpacked, lone surrogates too, with and without a dictionary."""
    assert by.unpacked(by.packed(text * times)) == text * times


@given(by=EITHER, start=st.integers(0, len(LONG) + 9), size=st.integers(0, 2 * opening._PIECE))
def test_a_span_is_a_slice(by: Packing, start: int, size: int) -> None:
    """A span of what was packed is that slice of the text, across pieces and behind its end."""
    assert by.unpacked(by.packed(LONG), start, start + size) == LONG[start : start + size]


@given(by=EITHER, said=st.dictionaries(st.text(max_size=9), st.text(max_size=90)))
def test_every_document_comes_back(by: Packing, said: dict[str, str]) -> None:
    """What a document says is there after packing, with and without a dictionary."""
    document = orjson.dumps({name: value.encode("utf-8", "replace").decode() for name, value in said.items()})
    assert by.document(by.packed_as(UNPACKED_DOCUMENT, document)) == document


def test_renderings_can_be_found_without_unpacking() -> None:
    """A document with renderings is kept as it is."""
    document = b'{"equivalents":[{"rendering":"two"}]}'
    assert Packing(DICTIONARIES).packed_as(UNPACKED_DOCUMENT, document) == document


def test_documents_alike_need_little() -> None:
    """With a dictionary trained on its like a short document takes less than half of what it takes alone."""
    alone, together = (len(by.packed_as(UNPACKED_DOCUMENT, ALIKE[7])) for by in (Packing(), Packing(DICTIONARIES)))
    assert together < alone / 2


def test_few_samples_make_no_dictionary() -> None:
    """An edition of little text has no dictionary, which would take more than it saves."""
    assert not trained(DOCUMENTS, ALIKE[:9])


def test_another_dictionary_is_noticed() -> None:
    """What was packed by a dictionary is not unpacked as something else without it."""
    packed = Packing(DICTIONARIES).packed_as(UNPACKED_DOCUMENT, ALIKE[7])
    with pytest.raises(zstandard.ZstdError):
        Packing().document(packed)
