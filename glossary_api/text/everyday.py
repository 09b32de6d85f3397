"""Words of everyday Chinese: where a word goes on, no name begins or ends; a name that is one is little of a name.

`everyday.json` has them folded, as names are, taken from the dictionary of a word segmenter, the most frequent first:
`common` ones of two and three characters, `ordinary` ones of three and four, and `verbs` of two, as it tags them.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path

_WORDS = Path(__file__).with_name("everyday.json")
_LONGEST = 4


@functools.cache
def common_words() -> Mapping[str, int]:
    """Map each frequent folded word of two or three characters to its rank: 0 is the most frequent."""
    words = _section("common")
    return dict(zip(words, range(len(words)), strict=True))


@functools.cache
def verbs() -> frozenset[str]:
    """Return words of two characters that are verbs before they are anything else."""
    return frozenset(_section("verbs"))


@functools.cache
def inner_pairs() -> frozenset[str]:
    """Return every two characters that stand side by side in some common word."""
    return frozenset(word[at : at + 2] for word in common_words() for at in range(len(word) - 1))


def is_ordinary(key: str) -> bool:
    """Tell whether a folded name is a word of the language: 加速度, 一盘棋."""
    return key in _ordinary()


def is_made_of_words(key: str) -> bool:
    """Tell whether a folded text is one everyday word, or several in a row: 行动, 技术攻关项目."""
    words = common_words()
    ends = {0}
    for end in range(2, len(key) + 1):
        pieces = (key[begin:end] for begin in ends if 2 <= end - begin <= _LONGEST)
        if any(piece in words or piece in _ordinary() for piece in pieces):
            ends.add(end)
    return len(key) in ends and bool(key)


@functools.cache
def _ordinary() -> frozenset[str]:
    return frozenset(_section("ordinary"))


def _section(name: str) -> list[str]:
    lines: list[str] = json.loads(_WORDS.read_text("utf-8"))[name]
    return " ".join(lines).split(" ")
