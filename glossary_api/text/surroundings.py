"""Read what stands around a name: the clause, an owner or a field before it, neighbours, runs of words."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from glossary_api.model.words import NAME_HERE
from glossary_api.text.folding import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    PART_BEFORE,
    PART_BEHIND,
    QUOTED_PART,
    QUOTES,
    plain,
)
from glossary_api.text.freedom import patterns, word_lists

_CLAUSE = re.compile(r"[,;:。!?、()—\n\r]")
_LIKE = 4
"""A run of so many characters in common, stock words aside, makes two passages speak of one matter."""
_CLOSE = 14
"""Within so many characters of the name a run of three is enough."""
_NUMERALS = "零一两三四五六七八九"
_COUNT = re.compile(r"[两三四五六七八九](?![一两三四五六七八九十百千万])")
_ENDS = re.compile(r"[,;:。!?()\n\r]")
_LISTED = re.compile("[、和与及]")
_PAIR = 2
_WORDS = re.compile(r"[^\W_]+")
_JOINED = re.compile(f"[和与及{QUOTES}]")
_ROW = re.compile(rf"(?:[{OPENING_QUOTES}][^{QUOTES}]*[{CLOSING_QUOTES}]、?)+[{OPENING_QUOTES}]?$")
"""Quotations in a row: 推动“四个走在前”“ before 四个新."""
_VERBS = re.compile(
    r"^.{0,4}(?:实施|推进|开展|落实|推动|抓好|完成|用好|启动|聚焦|围绕|坚持|打好|确保|支持|布局|发展|壮大|做强)"
)

_NATION = re.compile(".{0,30}(?:中央|国务院|党的十[一二三四五六七八九]|习近平|全国|[我中]国|国家(?!级|[^,。;]{1,8}区))")
"""How an explanation begins that tells what the nation does."""


def context(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """Return what stands to the left and to the right of a span in its paragraph, up to `reach` code points each.

    `left + text[start:end] + right` is a slice of the text as it stands.
    """
    left = text[max(start - reach, 0) : start].rpartition("\n")[2]
    right = text[end : end + reach].partition("\n")[0]
    return left, right


def signs() -> dict[str, str | list[str]]:
    """Return the patterns and words of this file by name, for those who judge in another language."""
    own = {
        "clause": _CLAUSE,
        "row": _ROW,
        "joined": _JOINED,
        "count": _COUNT,
        "ends": _ENDS,
        "listed": _LISTED,
        "verbs": _VERBS,
        "stock": stock_words(),
        "quoted_part": QUOTED_PART,
        "part_before": PART_BEFORE,
        "part_behind": PART_BEHIND,
    }
    return {name: pattern.pattern for name, pattern in (patterns() | own).items()} | {"fields": word_lists()["fields"]}


@functools.cache
def stock_words() -> re.Pattern[str]:
    """Return the pattern of words that any report has: they show nothing."""
    return re.compile("|".join(word_lists()["stock_words"]))


def speaks_of_the_nation(text: str) -> bool:
    """Return whether an explanation begins by saying what the nation or its party does."""
    return _NATION.match(plain(text)) is not None


def clause_behind(right: str | None) -> str:
    """Return the clause right behind the use."""
    return _CLAUSE.split(plain((right or "").lstrip(QUOTES)), maxsplit=1)[0]


def clause_before(left: str | None) -> str:
    """Return the clause right before the use."""
    return _CLAUSE.split(plain((left or "").rstrip(QUOTES)))[-1]


def listed_before(name: str, left: str | None) -> list[str]:
    """Return the items of the list before a name that are as many as it counts; empty if there is none.

    所有权、处置权、使用权 of 三权. Two items are a list only where they end alike.
    """
    count = _COUNT.match(plain(name).lstrip(QUOTES))
    before = _ENDS.split(plain(left or "").rstrip(OPENING_QUOTES))[-1]
    items = _LISTED.split(before)
    if (
        count is None
        or len(items) != _NUMERALS.index(count[0])
        or not items[-1]
        or any(sign in before for sign in QUOTES)
    ):
        return []
    return items if len(items) > _PAIR or len({item[-1:] for item in items}) == 1 else []


def owner_before(left: str | None) -> str:
    """Return the words that own the name, 安全治理 of 实施安全治理三大工程; empty if a verb or nothing is before it.

    Names quoted in a row before it own nothing.
    """
    words = _JOINED.split(clause_before(_ROW.sub("", left or "")))[-1]
    return stock_words().sub("", _VERBS.sub("", words))[-8:]


def field_before(left: str | None) -> str | None:
    """Return the field that stands right before a use, 文化 before “新三样”; None if none does."""
    before = clause_before(left)
    return next((word for word in word_lists()["fields"] if before.endswith(word)), None)


def neighbours_of(beside: Sequence[str]) -> set[tuple[str, str]]:
    """Return the neighbours of a name wherever one of some passages has it; ～ stands for it there."""
    return {pair for one in beside if NAME_HERE in one for pair in neighbours(*one.split(NAME_HERE, 1))}


def neighbours(left: str, right: str) -> set[tuple[str, str]]:
    """Return the two characters right before a name and those right behind it, where they are no stock words."""
    pairs = {("before", clause_before(left)[-2:]), ("behind", clause_behind(right)[:2])}
    return {(side, pair) for side, pair in pairs if len(stock_words().sub("", pair)) == 2}


@functools.lru_cache(maxsize=4096)
def runs_of(texts: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the longer and the shorter runs of an explanation."""
    pieces = _pieces(texts)
    return _runs(pieces, _LIKE), _runs(pieces, _LIKE - 1)


@functools.lru_cache(maxsize=64)
def runs_around(left: str, right: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the runs around a use, and the shorter ones right beside it."""
    return _runs(_pieces((left, right)), _LIKE), _runs(_pieces((left[-_CLOSE:], right[:_CLOSE])), _LIKE - 1)


def _pieces(texts: tuple[str, ...]) -> list[str]:
    """Return what stands in texts between stock words and signs."""
    return _WORDS.findall("\n".join(stock_words().sub(" ", plain(text)) for text in texts))


def _runs(pieces: Sequence[str], length: int) -> frozenset[str]:
    return frozenset([piece[at : at + length] for piece in pieces for at in range(len(piece) - length + 1)])
