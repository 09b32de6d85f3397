"""Words of everyday Chinese: which there are, and what is made of them."""

from __future__ import annotations

import pytest

from glossary_api.text.everyday import common_words, is_made_of_words, is_ordinary
from glossary_api.text.folding import fold_name


def test_words_are_folded_as_names_are() -> None:
    """A word can be looked up in a folded text: folding it once more changes nothing."""
    assert all(fold_name(word) == word for word in common_words())


def test_ranks_tell_frequent_words_from_rare_ones() -> None:
    """The rank of a word is lower the more frequent it is."""
    words = common_words()
    assert words["发展"] < words["政策"] < words["批发"]


@pytest.mark.parametrize("word", ["扩大", "加强", "最高", "批发", "代表团"])
def test_frequent_words_are_common(word: str) -> None:
    """Words of two and three characters that stand in every newspaper are among them."""
    assert word in common_words()


@pytest.mark.parametrize(
    ("key", "ordinary"), [("加速度", True), ("一盘棋", True), ("高水平", False), ("六个不发生", False), ("", False)]
)
def test_ordinary_words(key: str, ordinary: bool) -> None:
    """A word of the dictionary is ordinary, a policy's own name is not."""
    assert is_ordinary(fold_name(key)) is ordinary


@pytest.mark.parametrize(
    ("text", "made"), [("行动", True), ("技术攻关项目", True), ("不发生", False), ("行", False), ("", False)]
)
def test_texts_made_of_words(text: str, made: bool) -> None:
    """A text is made of words if they fill it to its last character."""
    assert is_made_of_words(text) is made
