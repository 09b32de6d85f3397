"""A list behind a slogan that says what it stands for: “三通”（通邮、通商、通航）, “五定”，即…, “三保”，保…、保…、保….

A list is taken if the text says that it explains (brackets, 即, 包括, a colon), or if each of its items carries what
the numeral counts. What merely follows is none.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import REACH, numbers
from glossary_api.parsing.enumerations import Span, bare, outside, split, split_last
from glossary_api.parsing.list_edges import alike, carried, first_of, is_telling, names, without_tail, words
from glossary_api.parsing.numerals import Counts
from glossary_api.text.folding import CLOSING_QUOTES

_CLAUSE = re.compile(r"[,;。!?\r\n]|--")
_BRACKET = re.compile(r"[()\r\n]")
_SENTENCE = re.compile(r"[。!?\r\n]")


def list_behind(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the members that the words behind a slogan give; empty if they give none."""
    return (
        _explained(plain, slogan, counts) or _by_means_of(plain, slogan, counts) or _carried_on(plain, slogan, counts)
    )


@functools.cache
def _said_to_be() -> re.Pattern[str]:
    """Return the pattern of a noun that belongs to the name, and words that say what the name stands for."""
    return re.compile(rf"[{CLOSING_QUOTES}]?(?:\[\d+\])?(?P<noun>[\u4e00-\u9fff]{{0,8}}?)(?P<link>{words('behind')})")


def _explained(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“三通”（通邮、通商、通航）, “三条底线”：耕地、生态、安全, “五定”，即…."""
    found = _said_to_be().match(plain, slogan.end, slogan.end + 24)
    if not found:
        return []
    start, limit = found.end(), min(len(plain), found.end() + REACH)
    in_brackets = found["link"].startswith("(")
    if in_brackets:
        close = _closing(plain, start, limit)
        return _listed(plain, start, close, counts)
    for end in dict.fromkeys((_end(plain, start, limit, _CLAUSE), _end(plain, start, limit, _SENTENCE))):
        if spans := _listed(plain, start, end, counts):
            vague = found["link"][0] in ":-" and not all(is_telling(count.noun) for count in counts.counts)
            return [] if vague and not carried(plain, spans, _nouns(counts)) else spans
    return []


def _closing(plain: str, start: int, limit: int) -> int:
    """Return where the bracket that was opened before `start` closes in its line; `start` if it does not."""
    depth = 1
    for found in _BRACKET.finditer(plain, start, limit):
        depth += {"(": 1, ")": -1}.get(found[0], REACH)
        if depth == 0:
            return found.start()
    return start


def _end(plain: str, start: int, limit: int, stops: re.Pattern[str]) -> int:
    """Return where the list ends at the latest, stops inside quotes and brackets left out; `start` for nowhere."""
    return next((at for at, _ in outside(plain, start, limit, stops.pattern)), start if limit < len(plain) else limit)


def _nouns(counts: Counts) -> str:
    return "".join(count.noun for count in counts.counts)


def _listed(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """Return the list between two offsets, if it has as many items as the name counts and they are built alike.

    It is cut at the strongest sign in it: 坚持甲、乙；坚持丙、丁 are two.
    """
    start, end = bare(plain, start, end)
    for sign in ";,、":
        items = split(plain, start, end, sign)
        if len(items) > 1:
            break
    for spans in (items, split_last(plain, items)) if end > start else ():
        if len(spans) in numbers(counts) and (found := _cut_to_size(plain, spans)):
            return found
    return []


def _cut_to_size(plain: str, spans: list[Span]) -> list[Span]:
    spans = [*spans[:-1], without_tail(plain, spans[-1])]
    first = first_of(plain, spans)
    if first is None:
        return []
    spans = [first, *spans[1:]]
    return spans if alike(plain, spans) and names(plain, spans) else []


@functools.cache
def _as_one() -> re.Pattern[str]:
    return re.compile(words("by-means-of"))


def _by_means_of(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“四合一”推进甲、乙、丙、丁: the slogan says that several things are done as one."""
    behind = slogan.end + (plain[slogan.end : slogan.end + 1] in tuple(CLOSING_QUOTES))
    found = _as_one().match(f"{plain[slogan.start : slogan.end]}|{plain[behind : behind + 8]}")
    if not found:
        return []
    start = behind + found.end() - (slogan.end - slogan.start) - 1
    return _listed(plain, start, _end(plain, start, min(len(plain), start + REACH), _CLAUSE), counts)


@functools.cache
def _comma() -> re.Pattern[str]:
    return re.compile(rf"[{CLOSING_QUOTES}]?(?:\[\d+\])?[\u4e00-\u9fff]{{0,4}}?,")


def _carried_on(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“三保”底线，保甲、保乙、保丙: the next clauses list what begins or ends with what is counted."""
    found = _comma().match(plain, slogan.end)
    if not found:
        return []
    start = found.end()
    end = _end(plain, start, min(len(plain), start + REACH), _SENTENCE)
    items: list[Span] = []
    for clause in split(plain, start, end, ",;"):
        items += split(plain, *clause, "、")
        if len(items) >= min(numbers(counts)):
            break
    for spans in (items, split_last(plain, items)):
        if len(spans) in numbers(counts) and (len(spans) > 2 or is_telling(_nouns(counts))):
            spans = [*spans[:-1], without_tail(plain, spans[-1])]
            found_spans = _in_groups(plain, spans, counts)
            if found_spans and alike(plain, found_spans) and names(plain, found_spans):
                return found_spans
    return []


def _in_groups(plain: str, spans: list[Span], counts: Counts) -> list[Span]:
    """Return the items, each cut to where what is counted begins, if each carries it: 清甲、清乙，改丙 for 两清一改."""
    first = first_of(plain, spans)
    whole = [first or spans[0], *spans[1:]]
    if carried(plain, whole, _nouns(counts)):
        return whole
    if len(spans) != counts.total:
        return []
    nouns = [count.noun.lstrip("个项大条张类件种批") for count in counts.counts for _ in range(count.number or 0)]
    governing = re.compile(rf"(?:{words('adverb')}*{words('verb', 'verb-or-noun')})?")
    cut: list[Span] = []
    for (a, b), noun in zip(spans, nouns, strict=True):
        lead = governing.match(plain, a, b)
        starts = [at for at in (a, lead.end() if lead else a) if noun and plain.startswith(noun[0], at)]
        if not starts:
            return []
        cut.append((starts[0], b))
    return cut
