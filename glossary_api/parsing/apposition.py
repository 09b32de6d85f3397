"""A list right before a slogan that names it: 山边、水边、路边“三边”地带.

That the list has as many items as the numeral says is what makes it worth a look; it is taken only if the two stand
in apposition, if its items are built alike, and if its first item can be told from the words that govern it.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, conjunctions, split, split_last
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    carried,
    first_of,
    governs_slogan,
    holds,
    is_quoted,
    is_telling,
    names,
    without_tail,
    words,
)
from glossary_api.parsing.numerals import Counts
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

REACH = 300
"""How far from a slogan its expansion may begin or end, in characters."""
_STOPS = (*",;。:!?\r\n", "--")
_LONGEST_LINK = 12
_JOINED = re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,6}}、")
"""The list goes on behind the slogan, which is one of its items."""
_DOUBLE = re.compile(r"[双两2](?:[个大项条种类张](?![一]))?(?!一)")
"""How the name of a pair begins; 双一流 is no pair of two things."""
_MANY = 4
"""So many items with 等 behind them are no chance, whatever the numeral counts."""


def numbers(counts: Counts) -> list[int]:
    """Return how many members an expansion may have: the sum, or one for each pair of 四通四到."""
    return [counts.total, *(number for number in [counts.as_product] if number and number > 2)]


def list_before(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the members that stand in apposition before a slogan; empty if none do."""
    start, end = slogan.start, slogan.end
    quoted = is_quoted(plain, start, end)
    if counts.form != "words":
        return []
    end = start - quoted
    if quoted and (inside := _list_in_quotes(plain, end, counts)):
        return inside
    begin = _clause(plain, end)
    stop = _before_link(plain, begin, end)
    items = split(plain, begin, stop, "、") if stop > begin and plain[stop - 1] not in "、和与及" else []
    for spans in (items, split_last(plain, items)):
        if len(spans) in numbers(counts) and (found := _members(plain, spans, counts, slogan, plain[stop:end])):
            return found
    return []


def _clause(plain: str, end: int) -> int:
    farthest = max(0, end - REACH)
    start = max([farthest, *(at + len(stop) for stop in _STOPS if (at := plain.rfind(stop, farthest, end)) >= 0)])
    return end if start == farthest > 0 else start


@functools.cache
def _link() -> re.Pattern[str]:
    return re.compile(words("link") + "$")


def _before_link(plain: str, begin: int, end: int) -> int:
    """Return where a list ends: before the longest words that link it to its slogan, or right at the slogan."""
    found = _link().search(plain, max(begin, end - _LONGEST_LINK), end)
    return found.start() if found else end


def _list_in_quotes(plain: str, end: int, counts: Counts) -> list[Span]:
    """“不甲、不乙、不丙”的“三不”: what is quoted right before is all of the list."""
    close = end - (plain[end - 1 : end] == "的")
    if close == end or plain[close - 1 : close] not in tuple(CLOSING_QUOTES):
        return []
    opening = max(plain.rfind(sign, max(0, close - REACH), close) for sign in OPENING_QUOTES)
    items = split(plain, opening + 1, close - 1, "、,;") if opening >= 0 else []
    return items if len(items) in numbers(counts) and len(items) > 1 and names(plain, items) else []


def _members(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> list[Span]:
    """Return the list with its first item cut to size, if it may stand for the slogan."""
    if governs_slogan(plain, spans) or (plain[spans[0][1]] == "、" and _JOINED.match(plain, slogan.end)):
        return []
    if (plain[spans[-1][1] - 1] in CLOSING_QUOTES and not link) or _held_by_last(plain, spans, slogan):
        return []
    if len(spans) == 2 and not _could_pair(plain, spans, counts, slogan, link):
        return []
    spans = [*spans[:-1], without_tail(plain, spans[-1])]
    first = first_of(plain, spans)
    if first is None:
        return []
    spans = [first, *spans[1:]]
    if not alike(plain, spans) or not _counted(plain, spans, counts, slogan, link):
        return []
    return spans if names(plain, spans) else []


def _held_by_last(plain: str, spans: list[Span], slogan: Slogan) -> bool:
    """Tell whether the last item runs on behind the slogan: 甲标准、乙标准、丙人“三项补贴”标准."""
    behind = plain[slogan.end : slogan.end + 8].lstrip(CLOSING_QUOTES)
    if all(behind.startswith(plain[b - 2 : b]) for _, b in spans[:-1]):
        return True
    if all(plain[b - 1] in CLOSING_QUOTES for _, b in spans[:-1]) and plain[spans[-1][1] - 1] not in CLOSING_QUOTES:
        return True  # 坚定“四个自信”、做到“两个维护”: a verb before each
    undertaking = re.compile(words("undertaking") + "$")
    named = undertaking.search(plain, slogan.start, slogan.end) or re.match(words("undertaking"), behind)
    done = re.compile(words("undertaking", "verb", "verb-or-noun") + "$")
    others = all(undertaking.search(plain, *span) for span in spans[:-1])
    return named is not None and others and not done.search(plain, *spans[-1])


def _could_pair(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> bool:
    """坚持和落实“两个…” is a pair of verbs, 甲市、乙市等“双…” an example: neither is what the slogan stands for."""
    phrase = plain[slogan.start : slogan.end]
    verb = re.compile(words("adverb") + "*" + words("verb", "preposition"))
    return (
        counts.is_single
        and _DOUBLE.match(phrase) is not None
        and "等" not in link
        and not any(verb.fullmatch(plain, *span) for span in spans)
        and _whole(plain, *spans)
    )


def _whole(plain: str, one: Span, other: Span) -> bool:
    """Tell whether the second of a pair is one thing: 甲率、乙率和丙人“两项补贴” has a third before the slogan."""
    cuts = list(conjunctions(plain, *other))
    if not cuts or any(True for _ in conjunctions(plain, *one)):
        return plain[one[1]] == "、" or not cuts
    return plain[one[1]] == "、" and other[1] - cuts[-1][1] >= (one[1] - one[0]) / 2


def _counted(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> bool:
    """Tell whether the numeral counts things of the list's sort, as far as its noun says."""
    if len(counts.counts) > 1:
        return len(spans) == counts.as_product or carried(plain, spans, "".join(count.noun for count in counts.counts))
    noun = plain[slogan.start : slogan.end].partition(counts.counts[0].label[:1])[2]
    return is_telling(noun) or holds(plain, spans, bare_noun(noun)) or (len(spans) >= _MANY and "等" in link)
