"""The list that a stretch of text makes: the ways to cut it, and which of them gives the number that is looked for.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from glossary_api.parsing.enumerations import (
    LEADING_VERB,
    NUMBER,
    Span,
    bare,
    outside,
    quoted_inside,
    split,
    split_all,
    split_last,
    split_titles,
    tally_of,
)
from glossary_api.parsing.numerals import value_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

IS = r"(?:就是指|主要是指|主要指|是指|分别指|分别是|主要包括|包括|指的是|指|即|为|是|:)"
LABEL = re.compile(rf"[{OPENING_QUOTES}][^{CLOSING_QUOTES}]{{1,20}}[{CLOSING_QUOTES}]{IS}+")
"""“甲”是指: what names a member before it is explained."""
_STATED = re.compile(
    rf"[^,;。、\d第]{{0,4}}?[{OPENING_QUOTES}]?(?P<n>{NUMBER})[{CLOSING_QUOTES}]?(?:个|项|条|家|类|种|支|名|张)"
)
_FRAME = re.compile(r"为[^为、,]{1,6}(?:的[^、,]*)?$")
_PARALLEL = 1.8
"""Clauses between commas are a list only if they are built alike: an end or a beginning in common, or like lengths."""


def enumerate_list(
    plain: str, start: int, end: int, number: int | None, numbers: frozenset[int] = frozenset()
) -> list[Span]:
    """The list that a stretch of text makes, cut at the first level of punctuation that gives `number` items.

    If none does, the list that stands most plainly in the text, if it is about as long; empty if there is none.
    With None for an open number, the longest list that 、 or semicolons make. A list that says another number of
    itself than `number` or one of `numbers` is another list.
    """
    wanted = numbers | {number} if number else numbers
    levels = (spans for spans in _levels(plain, start, end, wanted) if len(spans) > 1)
    if number is None:
        lists = [spans for spans in (_polished(plain, spans) for spans in levels) if _set_off(plain, spans)]
        return max(lists, key=len, default=[])
    near: list[list[Span]] = []
    for spans in (_polished(plain, spans) for spans in levels if len(spans) <= number + _slack(number)):
        if number in (len(spans), weight_of(plain, spans, number)):
            return spans
        if _set_off(plain, spans) and len(spans) >= number - _slack(number):
            near.append(spans)
    return min(near, key=lambda spans: abs(len(spans) - number), default=[])


def weight_of(plain: str, spans: list[Span], number: int) -> int:
    """How many things the members are: one each, unless their own numbers (22个专业委员会) add up to the sum."""
    stated = sum(_stated(plain, a, b) for a, b in spans)
    return stated if stated == number else len(spans)


def _slack(number: int) -> int:
    """By how much a list may miss the number and still be taken for the list that is meant."""
    return max(1, number // 2)


def _set_off(plain: str, spans: list[Span]) -> bool:
    """Whether 、 or semicolons set the items off: then it is a list, whatever its length.

    A comma between two such lists, 网格化、数字化，全员化、实体化, makes one of them; between single items it does not.
    """
    gaps = [plain[end:start] for (_, end), (start, _) in pairwise(spans)]
    runs = [1]
    for gap in gaps:
        if set(gap) & set("、;和与及"):
            runs[-1] += 1
        else:
            runs.append(1)
    return any(set(gap) & set("、;") for gap in gaps) and (len(runs) == 1 or min(runs) > 1)


def _levels(plain: str, start: int, end: int, numbers: frozenset[int]) -> Iterator[list[Span]]:
    """The ways in which a stretch can be a list, from the strongest signs to the weakest."""
    if tally := tally_of(plain, start, end):
        end = tally.start()
    yield _announced(plain, start, end)
    yield split(plain, start, end, ";。")
    whole = bare(plain, start, end)
    yield split(plain, *whole, ";。")
    clauses = split(plain, *whole, ",;。")
    if _parallel(plain, clauses):
        yield clauses
    yield _alike(plain, clauses)
    inner = [bare(plain, a, b) for a, b in clauses if not numbers or stated_tally(plain, a, b) in numbers | {None}]
    lists = [split(plain, a, b, "、") for a, b in inner]
    yield from lists
    for items in lists:
        yield split_last(plain, items)
    flat = [item for items in lists for item in items]
    if _set_off(plain, flat):
        yield flat
        yield split_last(plain, flat)
        yield split_all(plain, flat)
    yield split_titles(plain, *whole)
    for a, b in [whole, *quoted_inside(plain, start, end)]:
        if not any(outside(plain, a, b, "[,;。]")):
            yield split(plain, a, b, "+")
            yield split(plain, a, b, "、")


def _announced(plain: str, start: int, end: int) -> list[Span]:
    """港区、娄江新城，港区重点…；娄江新城围绕…: a list whose members are taken up again one by one."""
    clauses = split(plain, start, end, ",;。")
    items = split_last(plain, split(plain, *clauses[0], "、")) if clauses else []
    if not items:
        return []
    rest = plain[clauses[0][1] : end]
    return items if all(plain[a:b] in rest for a, b in items) else []


def stated_tally(plain: str, start: int, end: int) -> int | None:
    """The number that a list says of itself, 5 of 甲、乙、丙、丁、戊5个国家, if it says one."""
    tally = tally_of(plain, start, end)
    return value_of(tally["n"]) if tally else None


def _parallel(plain: str, clauses: list[Span]) -> bool:
    pieces = [plain[a:b] for a, b in clauses]
    if len({piece[:2] for piece in pieces}) == 1 or len({piece[-2:] for piece in pieces}) == 1:
        return True
    lengths = [len(piece) for piece in pieces]
    return len(pieces) > 2 and max(lengths) <= _PARALLEL * min(lengths)


def _alike(plain: str, clauses: list[Span]) -> list[Span]:
    """The clauses that end in the same two characters, if at least three do: 以…的意义，以…的意义，以…的意义，让…."""
    ends = [plain[b - 2 : b] for _, b in clauses]
    common, times = max(Counter(ends).items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return [clause for clause, piece in zip(clauses, ends, strict=True) if piece == common] if times > 2 else []


def _polished(plain: str, spans: list[Span]) -> list[Span]:
    """Members without the words that introduce, govern or frame the whole list."""
    labels = [LABEL.match(plain, a, b) for a, b in spans]
    if all(labels):
        return [(label.end(), b) for label, (_, b) in zip(labels, spans, strict=True) if label and label.end() < b]
    every = sum(plain[a] == "以" for a, _ in spans) > 1 and len({plain[b - 2 : b] for _, b in spans}) == 1
    spans = [span for a, b in spans if (span := without_frame(plain, a, b, every))]
    return _without_tail(plain, [_without_verb(plain, spans), *spans[1:]]) if len(spans) > 1 else []


def without_frame(plain: str, start: int, end: int, every: bool = False) -> Span | None:
    """以社区为平台, 指挥部为骨架的格局: what stands between 以 and 为, or before 为; None if nothing does.

    `every` says that several members begin with 以, as 以…的意义，以…的意义, which then belongs to none of them.
    """
    begin = start + 1 if plain[start] == "以" and end - start > 2 else start
    if begin > start and plain[begin] == "为":
        return None
    if frame := _FRAME.search(plain, begin + 1, end):
        return begin, frame.start()
    return begin if every else start, end


def _without_verb(plain: str, spans: list[Span]) -> Span:
    """清理欠账、欠款、欠薪: a verb before the first member that governs them all belongs to none."""
    start, end = spans[0]
    others = [plain[a:b] for a, b in spans[1:]]
    first = {other[:1] for other in others}
    if (
        len(others) > 1
        and len(first) == 1
        and plain[start] not in first
        and (cut := plain.find(others[0][:1], start, end)) > 0
    ):
        return cut, end
    while (
        (verb := LEADING_VERB.match(plain, start, end))
        and verb.end() < end
        and not any(map(LEADING_VERB.match, others))
    ):
        start = verb.end()
    return start, end


def _without_tail(plain: str, spans: list[Span]) -> list[Span]:
    """…、中国特色社会主义的认同: words behind the last member that belong to the whole list."""
    start, end = spans[-1]
    before = [plain[a:b] for a, b in spans[:-1]]
    if (tail := plain.find("的", start + 2, end)) > 0 and not any("的" in other for other in before):
        end = tail
    elif before[-1].endswith(")") and (bracket := plain.rfind(")", start, end)) > 0 and 0 < end - bracket - 1 <= 6:
        end = bracket + 1
    return [*spans[:-1], (start, end)]


def _stated(plain: str, start: int, end: int) -> int:
    """The number that a member says of itself, 22 of 22个专业委员会; what it lists behind a colon counts more."""
    found = _STATED.match(plain, start, end)
    if not found or not found["n"].isdigit() or not int(found["n"]):
        return 1
    colon = plain.find(":", found.end(), end)
    items = split(plain, colon + 1, end, "、") if colon >= 0 else []
    return len(items) if len(items) > 1 else int(found["n"])
