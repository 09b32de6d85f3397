"""Texts as an edition packs them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary_api.store import opening
from glossary_api.store.opening import packed, unpacked

LONG = "".join(chr(0x4E00 + number % 5000) for number in range(3 * opening._PIECE + 5))


@given(text=st.text(st.characters(), max_size=50), times=st.integers(1, 400))
def test_every_text_comes_back(text: str, times: int) -> None:
    """Whatever was packed is unpacked, lone surrogates too."""
    assert unpacked(packed(text * times)) == text * times


@given(start=st.integers(0, len(LONG) + 9), size=st.integers(0, 2 * opening._PIECE))
def test_a_span_is_a_slice(start: int, size: int) -> None:
    """A span of what was packed is that slice of the text, across pieces and behind its end."""
    assert unpacked(packed(LONG), start, start + size) == LONG[start : start + size]
