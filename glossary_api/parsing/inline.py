"""Expansions in the running text: 山边、水边、路边“三边”地带, “四合一”推进设备更新、…, ESG（环境、社会和公司治理）.

An enumeration beside a slogan says what it stands for only if it stands in the same breath, gives exactly as many
things as the numeral counts, and, where that could be chance, is built of equal parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from glossary_api.model import Inline, Passage, Slogan
from glossary_api.parsing.enumerations import LEADING_VERB, Span, outside, split, split_last, trim
from glossary_api.parsing.kinds import NUMERAL, QUOTED
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_REACH = 300
"""How far from a slogan its expansion may begin or end, in characters."""
_STOPS = ",;。:!?\r\n"
_LONGEST_LINK = 24
"""How many characters of such words may stand between an enumeration and its slogan."""
_LINK = re.compile(r"(?:(?:连续\d*[一二三四五六七八九十]*年)?(?:等|实现|为代表的|的|全面|共同))*$")
_BEHIND = re.compile(
    rf"[{CLOSING_QUOTES}]?(?P<noun>[\u4e00-\u9fff]{{0,6}}?)(?P<link>[,:]|推进|包括|涵盖|即|是指|抓好)(?:围绕|推进|聚焦|做好|加强)?"
)
_ALIKE = 1.4
"""Two things are a pair, not neighbours by chance, if the longer name is at most so many times as long."""

_NAME_THEN_LATIN = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”、]{3,30})\((?P<short>[a-z][a-z&-]{1,8}(?:[\u4e00-\u9fff]{2})?)\)"
)
_LATIN_THEN_NAME = re.compile(r"(?<![a-z])(?P<short>[a-z][a-z&-]{1,8})\((?P<name>[\u4e00-\u9fff、]{2,40})\)")


def with_expansions(text: str, plain: str, slogans: tuple[Slogan, ...]) -> tuple[Slogan, ...]:
    """The slogans, each with the expansion that stands beside it, if one does."""
    return tuple(_with_expansion(text, plain, slogan) for slogan in slogans)


def _with_expansion(text: str, plain: str, slogan: Slogan) -> Slogan:
    found = None if slogan.inline else expansion_of(text, plain, slogan)
    return replace(slogan, inline=found) if found else slogan


def expansion_of(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """The enumeration right before or right behind a numeral slogan that spells it out, or None."""
    if slogan.kind != NUMERAL:
        return None
    counts = counts_in(slogan.text)
    if counts.total < 2 or counts.is_open:
        return None
    spans = _before(plain, slogan, counts) or _behind(plain, slogan, counts)
    if not spans:
        return None
    return Inline(spans[0][0], spans[-1][1], tuple(Passage(text[a:b], a, b) for a, b in spans))


def _numbers(counts: Counts) -> list[int]:
    """How many members an expansion may have: the sum, or one for each pair of 四通四到."""
    return [counts.total, *(number for number in [counts.as_product] if number and number > 2)]


def _before(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """A、B、C“三…”: the clause that ends at the slogan is the list."""
    end = slogan.start - 1 if plain[slogan.start - 1 : slogan.start] in OPENING_QUOTES else slogan.start
    farthest = max(0, end - _REACH)
    start = max(farthest, *(plain.rfind(stop, farthest, end) + 1 for stop in _STOPS))
    if start == farthest > 0 or plain.count("、", start, end) < min(_numbers(counts)) - 2:
        return []
    link = _LINK.search(plain, max(start, end - _LONGEST_LINK), end)
    end = link.start() if link else end
    if end <= start or plain[end - 1] in "、和与及":
        return []
    items = split(plain, start, end, "、")
    for spans in (items, split_last(plain, items)):
        if len(spans) in _numbers(counts):
            spans = [_first(plain, spans), *spans[1:]]
            if len(spans) > 2 or (_pair(plain, spans, counts) and plain[end : end + 1] != "等"):
                return spans
    return []


def _behind(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“四…”推进A、B、C、D; “三保”底线，保…、保…、保…: a list behind the slogan, in the same clause or the next.

    Behind a comma the members must carry the words that the numeral counts.
    """
    found = _BEHIND.match(plain, slogan.end)
    if not found:
        return []
    start = found.end()
    stops = "。;!?\r\n" if found["link"] == "," else _STOPS
    limit = min(len(plain), start + _REACH)
    if plain.count("、", start, limit) + plain.count(",", start, limit) < min(_numbers(counts)) - 2:
        return []
    lists = _growing(plain, _clauses(plain, start, limit, stops), max(_numbers(counts)))
    for number in _numbers(counts):
        for spans in (spans for items in lists for spans in (items, split_last(plain, items))):
            if len(spans) == number and _fits(plain, spans, counts, found["link"] == ","):
                return [_first(plain, spans), *spans[1:]]
    return []


def _clauses(plain: str, start: int, limit: int, stops: str) -> Iterator[Span]:
    """What stands between the commas up to the first of the stops."""
    for at, behind in outside(plain, start, limit, f"[,{stops}]"):
        yield start, at
        if plain[at] in stops:
            return
        start = behind
    if limit == len(plain):
        yield start, limit


def _growing(plain: str, clauses: Iterator[Span], most: int) -> list[list[Span]]:
    """What the first clause lists, what the first two do, and so on, up to more than `most` items."""
    lists: list[list[Span]] = []
    items: list[Span] = []
    for clause in clauses:
        items = [*items, *split(plain, *clause, "、")]
        lists.append(items)
        if len(items) > most:
            break
    return lists


def _fits(plain: str, spans: list[Span], counts: Counts, loose: bool) -> bool:
    """Whether the members begin or end with what the numeral counts; needed where the list merely follows."""
    nouns = tuple(sign for count in counts.counts for sign in count.noun if sign not in "个项大条张类")
    carried = all(plain[a:b].startswith(nouns) or plain[a:b].endswith(nouns) for a, b in spans)
    return carried or (not loose and len(spans) > 2)


def _pair(plain: str, spans: list[Span], counts: Counts) -> bool:
    """Whether two things are named like a pair; 坚持和落实“两个…” is a pair of verbs, which govern the slogan."""
    one, other = (plain[a:b] for a, b in spans)
    if LEADING_VERB.fullmatch(one) or LEADING_VERB.fullmatch(other):
        return False
    if len(counts.counts) > 1:
        return _fits(plain, spans, counts, loose=True)
    shorter, longer = sorted((len(one), len(other)))
    return one[-1] == other[-1] or longer <= _ALIKE * shorter


def _first(plain: str, spans: list[Span]) -> Span:
    """The first member without the words that lead up to the list: as long as the others, or behind the verb."""
    start, end = spans[0]
    others = [plain[a:b] for a, b in spans[1:]]
    heads = {other[:1] for other in others}
    if len(heads) == 1 and len(others) > 1 and (cut := plain.find(others[0][:1], start, end)) >= 0:
        return cut, end
    governed = any(LEADING_VERB.match(other) for other in others)
    while not governed and (verb := LEADING_VERB.search(plain, start, min(end, start + 9))) and verb.end() < end - 1:
        if verb.start() - start > 4:
            break
        start = verb.end()
    usual = len(others[0])
    of_one_length = len(others) > 1 and all(len(other) == usual for other in others)
    return (end - usual, end) if of_one_length and end - start >= 2 * usual else (start, end)


def abbreviations(text: str, plain: str, start: int, end: int) -> Iterator[Slogan]:
    """Latin abbreviations that a parenthesis explains, ESG（环境、社会和公司治理）, or gives, 投资公司（AIC）."""
    for found in _LATIN_THEN_NAME.finditer(plain, start, end):
        items = split(plain, *found.span("name"), "、")
        spans = split_last(plain, items) if len(items) > 1 else items
        yield _abbreviation(text, found, spans)
    for found in _NAME_THEN_LATIN.finditer(plain, start, end):
        items = split_last(plain, split(plain, *found.span("name"), "、"))
        initials = len(items) > 1 and len(items) == len(found["short"])
        if spans := [_first(plain, items), *items[1:]] if initials else _named(plain, *found.span("name")):
            yield _abbreviation(text, found, spans)


def _abbreviation(text: str, found: re.Match[str], spans: list[Span]) -> Slogan:
    members = tuple(Passage(text[a:b], a, b) for a, b in spans)
    inline = Inline(spans[0][0], spans[-1][1], members)
    return Slogan(text[slice(*found.span("short"))], QUOTED, *found.span("short"), inline=inline)


def _named(plain: str, start: int, end: int) -> list[Span]:
    """The name before a parenthesis: what is quoted there, else the words behind the last verb or conjunction."""
    if plain[end - 1] in CLOSING_QUOTES:
        opening = max(plain.rfind(sign, start, end) for sign in OPENING_QUOTES)
        return [(opening + 1, end - 1)] if opening >= start else []
    for i in range(end - 1, start - 1, -1):
        if plain[i] in QUOTES:
            start = i + 1
            break
    items = split(plain, start, end, "、")
    start = items[-1][0] if items else start
    while (verb := LEADING_VERB.match(plain, start, end)) and end - verb.end() > 2:
        start = verb.end()
    span = trim(plain, start, end)
    return [span] if span and span[1] - span[0] > 2 else []
