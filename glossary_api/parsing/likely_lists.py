"""Lists right before a slogan whose beginning the rules of `apposition.py` leave in doubt.

A list is taken where `likely_edges.py` is sure of its beginning and its last item does not govern the slogan.
"""

from __future__ import annotations

import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import before_link, may_stand_for
from glossary_api.parsing.clauses import clause_before
from glossary_api.parsing.enumerations import Span, conjunctions, split, split_last
from glossary_api.parsing.likely_edges import ends_item, likely_first
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    goes,
    holds,
    is_quoted,
    is_telling,
    names,
    without_tail,
    words,
)
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.side_by_side import DOUBLE
from glossary_api.text.everyday import verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_GOES_ON = re.compile("[和与及]$")
_LINKS = ("", "的", "等")
_LONGEST_NAME = 12
_MOST_NAMES = 2
"""So many names may share one list."""
_NAME_BEFORE = re.compile(
    rf"[{OPENING_QUOTES}](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}、]{{2,8}})[{CLOSING_QUOTES}]$"
)
_MANY = 4
_PEOPLE = "人者员户众"
_LIKE = 1.6
_PAIR = 2.5
"""Two things that are said to go alike have names of more different lengths than others have."""


def likely_list(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the list before a slogan that has just as many items, if its edges are hardly in doubt; empty if not."""
    end = _behind_list(plain, slogan.start - is_quoted(plain, slogan.start, slogan.end), counts)
    begin = clause_before(plain, end)
    stop = before_link(plain, begin, end)
    if counts.form != "words" or not counts.is_single or stop <= begin or plain[stop:end] not in _LINKS:
        return []
    items = split(plain, begin, stop, "、")
    whole = bool(items) and items[-1][1] == stop and not _GOES_ON.search(plain, *items[-1])
    for spans in (items, split_last(plain, items)) if whole else ():
        of_more = len(spans) == 2 and plain[stop:end] == "等"  # 甲、乙等“双枢纽”
        if len(spans) == counts.total > 1 and not of_more and (found := _taken(plain, spans, counts, slogan)):
            return found
    return []


def _behind_list(plain: str, end: int, counts: Counts) -> int:
    """甲和乙“两升”“双增”: return where a list ends that another quoted name of as many things stands behind, too."""
    for _ in range(_MOST_NAMES):
        found = _NAME_BEFORE.search(plain, max(0, end - _LONGEST_NAME), end)
        other = counts_in(found["name"]) if found else None
        if not found or not other or not other.is_single or other.total != counts.total:
            break
        end = found.start()
    return end


def _first(plain: str, spans: list[Span]) -> Span | None:
    """Return the first item behind what leads to it; None where that is in doubt."""
    start, end = spans[0]
    if all(_is_quoted(plain, *span) for span in spans[1:]) and plain[end - 1] in CLOSING_QUOTES:
        at = max(plain.rfind(sign, start, end) for sign in OPENING_QUOTES)
        return (at, end) if at >= 0 else None
    first = likely_first(plain, spans)
    return None if first and set(plain[start : first[0]]) & set(QUOTES) else first  # “单一窗口”综合服务 is one thing


def _is_quoted(plain: str, start: int, end: int) -> bool:
    return plain[start] in OPENING_QUOTES and plain[end - 1] in CLOSING_QUOTES


def _taken(plain: str, spans: list[Span], counts: Counts, slogan: Slogan) -> list[Span]:
    """Return the list with its first item cut to size, if it may stand for the slogan."""
    first = _first(plain, spans)
    whole = [first, *spans[1:]] if first and ends_item(plain, *spans[-1]) else []
    if not whole or not may_stand_for(plain, whole, counts, slogan):
        return []
    spans = [*whole[:-1], without_tail(plain, whole[-1])]
    fits = _is_pair(plain, spans, counts, slogan) if len(spans) == 2 else _are_of_a_kind(plain, spans, counts)
    if not fits or not names(plain, spans) or _is_done(plain, spans):
        return []
    return [(a + 1, b - 1) for a, b in spans] if all(_is_quoted(plain, *span) for span in spans) else spans


def _is_done(plain: str, spans: list[Span]) -> bool:
    """坚持和落实“两个…”, 守好促进甲、维护乙: tell whether items are verbs, or all but the first begin with one."""
    verb = compiled(words("verb"))
    verbal = [verb.match(plain, *span) is not None for span in spans]
    bare = [plain[a:b] in verbs() or verb.fullmatch(plain, a, b) is not None for a, b in spans]
    return (len(spans) == 2 and any(bare)) or (all(verbal[1:]) and not verbal[0])


def _are_of_a_kind(plain: str, spans: list[Span], counts: Counts) -> bool:
    noun = counts.counts[0].noun
    if any(any(conjunctions(plain, *span)) for span in spans) and len(spans) < _MANY:
        return False
    counted = is_telling(noun) or holds(plain, spans, bare_noun(noun), most=True) or len(spans) >= _MANY
    return alike(plain, spans) and counted


def _is_pair(plain: str, spans: list[Span], counts: Counts, slogan: Slogan) -> bool:
    """Tell whether two things are a pair: each is one thing, and the slogan says how they go or what they are."""
    noun, (first, last) = counts.counts[0].noun, (plain[b - 1] in _PEOPLE for _, b in spans)
    shorter, longer = sorted(b - a for a, b in spans)
    both = (goes(noun) and noun[1:]) or compiled(words("of-both")).fullmatch(bare_noun(noun)) is not None
    telling = bare_noun(noun)[1:] and is_telling(noun) and (first or not last)  # 城乡低保、残疾人“两项补贴”
    like = longer <= (_PAIR if both else _LIKE if telling else 0) * shorter
    double = DOUBLE.match(plain, slogan.start, slogan.end) is not None
    return like and double and shorter > 1 and not any(any(conjunctions(plain, *span)) for span in spans)
