from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.parsing.quotes import quotes_in
from glossary_api.text.folding import QUOTES

TEXT = st.text(alphabet='“”‘’「」"＂甲乙 \n、', max_size=40)


@pytest.mark.parametrize(
    ("text", "phrases", "lone"),
    [
        ("推进“三边”整治", ["三边"], ""),
        ("“甲”“乙”、「丙」和『丁』", ["甲", "乙", "丙", "丁"], ""),  # of every shape
        ("“甲‘乙’丙”", ["甲‘乙’丙", "乙"], ""),  # nested: the outer one first
        ("“甲“乙”丙”", ["甲“乙”丙", "乙"], ""),  # nested in its own shape
        ("“甲‘乙”丙’", ["甲‘乙"], "‘’"),  # crossed: what is left open inside is lone
        ("“甲。\n乙”", [], "“”"),  # quotation marks close within their line
        ("坚持“甲、\n\n乙”，", [], ""),  # that a phrase was broken in two is no fault of its marks
        ("坚持“" + "甲" * 50 + "\n乙”，", [], "“”"),  # so much is no phrase
        ("2031’甲大会、’98乙水、‘97丙节", [], ""),  # apostrophes of years
        ("乙’水、‘丙9节", [], "’‘"),
        ("“甲\n“乙”", ["乙"], "“"),  # a lone mark harms its own line only
        ("甲”乙“丙", [], "”“"),
        ('"甲"乙"丙"', ["甲", "丙"], ""),  # straight marks open and close in turn
        ('"甲“乙"丙”', ["甲“乙"], "“”"),
        ("“ 甲 ”", ["甲"], ""),  # without the white space inside
        ("“”“　”", [], ""),  # nothing is quoted
        ("“［bookmark”", ["［bookmark"], ""),
        ("", [], ""),
    ],
)
def test_quotes(text: str, phrases: list[str], lone: str) -> None:
    """Every phrase in quotation marks is found, whatever its shape, and every mark without a partner is named."""
    found, without = quotes_in(text, 0, len(text))
    assert [text[quote.start : quote.end] for quote in found] == phrases
    assert "".join(text[at] for at in without) == lone


def test_span() -> None:
    """Only what stands within the span is read; offsets are those of the whole text."""
    text = "“甲”“乙”“丙”"
    found, lone = quotes_in(text, 3, 6)
    assert [(quote.start, quote.end) for quote in found] == [(4, 5)]
    assert lone == []


@given(TEXT)
def test_every_mark_is_accounted_for(text: str) -> None:
    """Quotes lie within their line and between two marks; a mark is lone or in at most one pair."""
    found, lone = quotes_in(text, 0, len(text))
    assert lone == sorted(set(lone))
    assert all(text[at] in QUOTES for at in lone)
    for quote in found:
        assert quote.start < quote.end
        assert "\n" not in text[quote.start : quote.end]
        assert text[: quote.start].rstrip()[-1] in QUOTES
        assert text[quote.end :].lstrip()[0] in QUOTES
    assert len(lone) + 2 * len(found) <= sum(sign in QUOTES for sign in text)


def test_a_quotation_is_no_phrase() -> None:
    """A passage of hundreds of characters in quotation marks is no phrase; a phrase inside it is still one."""
    text = "“" + "甲" * 300 + "‘乙’" + "丙" * 300 + "”"
    found, lone = quotes_in(text, 0, len(text))
    assert [text[quote.start : quote.end] for quote in found] == ["乙"]
    assert lone == []
