"""Evidence that a definition lists another number of things than its name counts.

A wrong accusation costs more than a missed one. So a list of another length is no evidence by itself: the text must
number its items, or set them off so plainly that no reader could count them in another way.
"""

from __future__ import annotations

import re

from glossary_api.parsing.enumerations import NUMBER, Span, conjunctions, split, tally_of, trim
from glossary_api.parsing.numerals import Count, value_of
from glossary_api.parsing.patterns import any_of

_ORDINALS = (
    re.compile(rf"(?P<n>{NUMBER})是"),
    re.compile(rf"\((?P<n>{NUMBER})\)"),
    re.compile(r"(?<![\d.])(?P<n>\d{1,2})[.、](?!\d)"),
    re.compile(rf"第(?P<n>{NUMBER})[,:、]"),
)
_BEFORE_FIRST = re.compile(any_of("wordings", "before-first"))
_PARTIAL = re.compile(any_of("wordings", "partial"))
_LEAST = 2
_SHORT = 6
"""法官, 检察官: one character in common says that things are of one kind only if they are named briefly."""


def miscounted(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """Return the items that a definition plainly sets off, if they are not as many as the one numeral of its name says.

    Empty if they are, if there is any other way to count them, or if they miss the number by more than half of it:
    then another list may be meant.
    """
    if count.number is None or count.number < _LEAST or _PARTIAL.search(plain, start, end):
        return []
    for rule in (_numbered, _tallied, _carrying):
        items = rule(plain, start, end, count)
        if len(items) >= _LEAST:
            return items if 0 < abs(len(items) - count.number) <= max(1, count.number // 2) else []
    return []


def _numbered(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """一是甲机制，二是乙机制: items that the definition numbers from one on, each number once, from its beginning.

    Each must name what is counted: 一是…，二是…，三是… may be three measures for two things.
    """
    for pattern in _ORDINALS:
        marks = list(pattern.finditer(plain, start, end))
        values = [value_of(mark["n"]) for mark in marks]
        if len(marks) < _LEAST or values != list(range(1, len(marks) + 1)):
            continue
        if not _BEFORE_FIRST.fullmatch(plain, start, marks[0].start()):
            continue
        ends = [*(mark.start() for mark in marks[1:]), end]
        spans = [span for mark, stop in zip(marks, ends, strict=True) if (span := trim(plain, mark.end(), stop))]
        noun = count.thing[-2:]
        return spans if noun and all(noun in plain[slice(*span)] for span in spans) else []
    return []


def _tallied(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """甲、乙两项制度 for 三项制度: the definition is one list, says its own number and the noun, and keeps to both."""
    tally = tally_of(plain, start, end)
    noun = count.thing[-2:]
    if tally is None or not noun or not plain.endswith(noun, start, end):
        return []
    items = split(plain, start, tally.start(), "、")
    whole = len(split(plain, start, tally.start(), ",;。")) == 1 and not _has_conjunction(plain, items)
    return items if whole and value_of(tally["n"]) == len(items) else []


def _carrying(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """力度不减；投入不减；频次不减 for 四个不减: the definition is nothing but items that carry what is counted."""
    noun = count.thing
    items = next((cut for sign in ";,、" if len(cut := split(plain, start, end, sign)) > 1), [])
    pieces = [plain[a:b] for a, b in items]
    once = len(set(pieces)) == len(pieces) and not any(set(piece) & set(",;。、") for piece in pieces)
    if not noun or not pieces or not once or _has_conjunction(plain, items):
        return []
    carried = _all_carry(pieces, noun) and (len(noun) >= _LEAST or _are_short(pieces))
    carried = carried or (_all_carry(pieces, noun[0]) and _are_short(pieces))
    return items if carried else []


def _all_carry(pieces: list[str], noun: str) -> bool:
    """Tell whether all pieces begin with what is counted, or all end with it, and it stands nowhere else in them."""
    alike = all(piece.startswith(noun) for piece in pieces) or all(piece.endswith(noun) for piece in pieces)
    return alike and all(piece.count(noun) == 1 for piece in pieces)


def _are_short(pieces: list[str]) -> bool:
    return max(map(len, pieces)) <= _SHORT


def _has_conjunction(plain: str, items: list[Span]) -> bool:
    return any(True for item in items for _ in conjunctions(plain, *item))
