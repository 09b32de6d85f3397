from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.text.cells import enclosed, guarded, unenclosed, unguarded

CELLS = st.text(st.sampled_from("'=+-@\t\r\n|%\\＝＋a一")) | st.text()


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_formulas_are_texts(sign: str) -> None:
    """A text that begins as a formula does has an apostrophe before it, as OWASP says."""
    assert guarded(f"{sign}cmd") == f"'{sign}cmd"


@pytest.mark.parametrize("text", ["", "-", "1+22+3", "六化", "'90s", "a=b", "“+”"])
def test_other_texts_stay(text: str) -> None:
    """What no spreadsheet takes for a formula stays as it is."""
    assert guarded(text) == unguarded(text) == enclosed(text) == text


@given(CELLS)
def test_every_text_comes_back(text: str) -> None:
    """Whatever a text is, its cell is no formula and gives it back."""
    assert unguarded(guarded(text)) == text
    assert not any(re.match(r"[=+\-@].|[\t\r\n]", cell, re.DOTALL) for cell in (guarded(text), enclosed(text)))


@pytest.mark.parametrize("text", ["=1+1", "+86|x", "-|-", "@a'", "%d", "|x|"])
def test_weblate_takes_its_own_guard_off(text: str) -> None:
    """A cell for Weblate is guarded as it guards its own, and gives the text back."""
    cell = enclosed(text)
    assert (cell[0], cell[-1], unenclosed(cell)) == ("'", "'", text)
