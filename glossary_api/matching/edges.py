"""The edges of a name in a text: quotation marks, footnote marks, figures that go on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from glossary_api.text.folding import (
    BRACKETS,
    CIRCLED,
    CLOSING_QUOTES,
    COPIED,
    DIGIT,
    OPENING_QUOTES,
    QUOTED_PART,
    QUOTES,
    UNIT,
    WORD,
    plain,
)

_MARK = re.compile(rf"[{CIRCLED}]|[{re.escape(BRACKETS)}]\s*\d{{1,3}}\s*[］\]〕】]")
_GOES_ON = (re.compile(r"[0-9a-z+]{2}"), re.compile(r"[〇零一二三四五六七八九十百千两]{2}"))
"""Two plain characters between which no name begins or ends: of a figure or a word, of a Han numeral."""
_MARK_BEGINS = frozenset(CIRCLED + BRACKETS)
_CLOSED_BY = {quote: quote for quote in QUOTES} | dict(zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True))
"""Careless writers also close with the mark that they opened with, if it is not an opening one."""
_NUMERALS = frozenset("0123456789十百千")
"""What the numeral of a folded name begins with."""
_UNKNOWN = 1 << 30
"""The rank of what is no word: behind all others."""
TOGETHER = frozenset(bytes(pair) for pair in ((WORD, WORD), *itertools.product((DIGIT, UNIT), repeat=2)))
"""Kinds of two characters between which no name begins or ends."""
_PAIRED = re.compile(f"[{OPENING_QUOTES}{CLOSING_QUOTES}]")


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by a quotation mark at its edge whose partner is inside: 清“三欠 becomes 清“三欠”."""
    inside = text[start:end]
    if not _PAIRED.search(inside):
        return start, end
    for opening, closing in zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True):
        surplus = inside.count(opening) - inside.count(closing)
        if surplus > 0 and text[end : end + 1] == closing:
            end += 1
        elif surplus < 0 and start > 0 and text[start - 1] == opening:
            start -= 1
    return start, end


def is_vouched_for(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks or a footnote mark say that the span is a name."""
    return is_quoted(text, start, end) or is_marked(text, end)


def is_named(text: str, start: int, end: int) -> bool:
    """Tell whether something vouches for the span, quotation marks around a part of it included: “三公”经费,
    清“三欠”.
    """
    return is_vouched_for(text, start, end) or bool(QUOTED_PART.search(text, start, end))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether quotation marks enclose exactly this span, but for a footnote mark: “三度一色［15］”."""
    closing = _CLOSED_BY.get(text[start - 1]) if start else None
    if closing is None or end == len(text):
        return False
    if text[end] in _MARK_BEGINS and (mark := _MARK.match(text, end)):
        end = mark.end()
    return text[end : end + 1] == closing


def is_marked(text: str, end: int) -> bool:
    """Tell whether a footnote mark follows, quotation marks that close before it aside."""
    while end < len(text) and text[end] in CLOSING_QUOTES:
        end += 1
    return text[end : end + 1] in _MARK_BEGINS and bool(_MARK.match(text, end))


def runs_on(text: str, start: int, end: int) -> bool:
    """Tell whether a figure, word or Han numeral at an edge of the span goes on outside it: 2+3 in 1+2+3, 二重 in
    十二重.
    """
    neighbours = [text[at - 1 : at + 1] for at in (start, end) if 0 < at < len(text)]
    return any(kind.fullmatch(plain(pair)) for pair in neighbours for kind in _GOES_ON)


def is_ordinal(text: str, start: int, sign: str) -> bool:
    """Tell whether the numeral that a name begins with, `sign` as folded, is an ordinal: 第三十一条, 第三大工程.

    `start` is where the name begins in the text.
    """
    return start > 0 and text[start - 1] == "第" and sign in _NUMERALS


def cuts_word(
    text: str, starts: Sequence[int], ends: Sequence[int], begin: int, stop: int, words: Mapping[str, int]
) -> bool:
    """Tell whether an edge of the span [begin, stop) of a folded text lies inside an everyday word: 最|高水平, 代表|团.

    `starts` and `ends` are those of `Folded`, `words` has the rank of each word, 0 for the most frequent. No word goes
    on across what folding dropped, and a word gives way to a more frequent one that lies wholly outside the span: in
    以旧换新政策 it is 政策, not 新政.
    """
    behind = stop < len(text) and starts[stop] == ends[stop - 1]
    if behind and _cut_at_end(text, stop, stop - begin > 1, words):
        return True
    return begin > 0 and starts[begin] == ends[begin - 1] and _cut_at_start(text, begin, stop - begin > 1, words)


def _cut_at_end(text: str, stop: int, long: bool, words: Mapping[str, int]) -> bool:
    rank = words.get
    across = min(rank(text[stop - 1 : stop + 1], _UNKNOWN), rank(text[stop - 1 : stop + 2], _UNKNOWN))
    if long:
        across = min(across, rank(text[stop - 2 : stop + 1], _UNKNOWN))
    if across == _UNKNOWN:
        return False
    return across < rank(text[stop : stop + 2], _UNKNOWN) and across < rank(text[stop : stop + 3], _UNKNOWN)


def _cut_at_start(text: str, begin: int, long: bool, words: Mapping[str, int]) -> bool:
    rank = words.get
    across = rank(text[begin - 1 : begin + 1], _UNKNOWN)
    if long:
        across = min(across, rank(text[begin - 1 : begin + 2], _UNKNOWN))
    if begin > 1:
        across = min(across, rank(text[begin - 2 : begin + 1], _UNKNOWN))
    if across == _UNKNOWN:
        return False
    before = (text[start:begin] for start in (begin - 2, begin - 3) if start >= 0)
    return all(across < rank(word, _UNKNOWN) for word in before)


def framed(kinds: bytes) -> bytes:
    """Return the kinds of the characters of a text as `Folded` has them, and one more at each end.

    Around an edge before the character n stand then the kinds [n : n + 2]: those in TOGETHER are what `runs_on` means.
    """
    return b"%c%b%c" % (COPIED, kinds, COPIED)
