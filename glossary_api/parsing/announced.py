"""Names that a heading or a sentence announces, and that what stands below spells out unit by unit.

实施“两大工程”。⏎（一）实施甲工程，…⏎（二）实施乙工程，…; “四个某城”建设。…，建设甲某城。…，建设乙某城。…

The units are the paragraphs, the numbered paragraphs, the sentences or the clauses behind a name. They are taken if
just as many as the numerals count, and no others among them, have at one place a clause that ends with what is
counted, each part of the name in its turn.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, is_half_quoted
from glossary_api.parsing.list_edges import alike, bare_noun, goes, names, shared_beginning, words
from glossary_api.parsing.numerals import Counts
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.spread_out import behind_verbs_of
from glossary_api.parsing.units_below import INTRODUCED, Units, rows_below
from glossary_api.text.everyday import common_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_MOST = 12
"""A name that counts more things has them in a list, if it has them."""
_LONGEST = 30
_TAIL = 6
"""What is said of all of the things behind them: 建设, 的新突破."""
_FRAMED = 4
"""So many signs that all clauses begin with are no chance."""
_NOUN = re.compile(rf"[{CLOSING_QUOTES}](?:\[\d+\])?(?P<noun>[\u4e00-\u9fff]{{2,4}})(?=[,。;:、!\s])")
_BY_NAME = re.compile("工程|行动|计划|项目|政府|战役|会战|攻坚战")
"""Nouns of things that have names of their own."""
_SAID_OF_ALL = re.compile(rf"[{CLOSING_QUOTES}](?:上)?([\u4e00-\u9fff]{{2,8}})(?=[,。;:\s])")
_TWO = 2
_SHORT = 7
_MANY = 4
_MOST_TIMES = 8
_NEAR = 2000
"""Rows of sentences and clauses are no longer, in characters."""
_STOPS = rf",。;:\n建工战行发步上取实{CLOSING_QUOTES}"
"""With what a clause goes on behind the thing that it ends in, if with anything."""
_AT_ONCE = 14
"""A short head stands so near to where a row begins, in characters."""
_SHARED = 2
"""So many signs are a verb that all clauses have in common."""
_IN_WHICH = re.compile("上(?=实现|走在|取得|开|迈|见|有)")
_SHORTEST = 4
_FRAMED_AS = re.compile("以.+为.{0,4}$")
_AMOUNT = re.compile(r"\d[\d.]*[万亿]?[元吨亩%个家户人]")


def announced(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the things that the units below a name spell out, one in each; empty if none do."""
    number = counts.total
    if counts.form != "words" or counts.is_open or not 1 < number <= _MOST:
        return []
    things = [thing for count in counts.counts for thing in [count.thing] * (count.number or 0)]
    rows = list(rows_below(plain, slogan, number))
    if not rows:
        return []
    wanted = list(_things(plain, slogan, counts, things))
    for each in wanted:
        for row in rows:
            if _may_end_in(plain, row, each) and (found := _fitting(plain, row, each, slogan)):
                return found
    for row in rows if number > _TWO and things in wanted else ():
        near = plain.find(things[0], row.start, row.start + _AT_ONCE) >= 0 and _may_have(plain, row, things)
        for rule in (_of_one_length, _each_sign_in_turn) if near else ():
            if (spans := rule(plain, row, things)) and names(plain, spans):
                return spans
    return []


def _may_have(plain: str, row: Units, things: list[str]) -> bool:
    """Tell whether a row has each of the things as often as it has to; one that is full of them is of other things."""
    most = _MOST_TIMES * len(things) + _MOST if row.end - row.start <= _NEAR else len(plain)
    return all(things.count(kind) <= plain.count(kind, row.start, row.end) <= most for kind in dict.fromkeys(things))


def _may_end_in(plain: str, row: Units, things: list[str]) -> bool:
    """Tell whether so many clauses of a row may end in what is counted: signs are counted, nothing is cut."""
    return _may_have(plain, row, things) and all(
        sum(1 for _ in _at_end(kind).finditer(plain, row.start, row.end)) >= things.count(kind)
        for kind in dict.fromkeys(things)
    )


@functools.lru_cache(maxsize=1024)
def _at_end(kind: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(kind)}[{_STOPS}]")


def _things(plain: str, slogan: Slogan, counts: Counts, things: list[str]) -> Iterator[list[str]]:
    """Yield what the units are to end with: what is counted, or the noun behind the name: “三大”攻坚战."""
    behind = _NOUN.match(plain, slogan.end) if counts.is_single and counts.total > _TWO else None
    if behind and (not things[0] or _BY_NAME.fullmatch(behind["noun"])):
        yield [behind["noun"]] * counts.total
    if all(thing.isalpha() for thing in things):
        yield things
        if things != (bare := [bare_noun(thing) for thing in things]):
            yield bare
        if counts.is_single and len(things[0]) == _TWO:
            yield [things[0] + "战"] * counts.total  # 甲攻坚战 for 三大攻坚
        if counts.is_single and len(things[0]) > 1 and counts.total > _TWO:
            yield [things[0][-1]] * counts.total


def _fitting(plain: str, row: Units, things: list[str], slogan: Slogan) -> list[Span]:
    """Return the names of the units, if just those that the name counts fit it."""
    kinds = set(things)
    behind = _SAID_OF_ALL.match(plain, slogan.end)
    said = behind[1] if behind else ""
    for place in (0,) if row.sort == "clauses" else (0, -1):
        clauses = [unit[place] if unit else (0, 0) for unit in row.units]
        fits = [index for index, span in enumerate(clauses) if _end_of(plain, span, kinds, said)]
        if len(fits) != len(things) or fits[0] > INTRODUCED:
            continue
        ends = [_end_of(plain, clauses[at], {thing}, said) for at, thing in zip(fits, things, strict=True)]
        spans = [(clauses[at][0], end) for at, end in zip(fits, ends, strict=True)]
        if all(ends) and _is_one_frame(plain, row, fits, spans, things):
            found = _named(plain, spans, things, slogan)
            led = found != spans or row.sort != "clauses"
            return found if found and led and _are_sound(plain, found, things) else []
    return []


def _of_one_length(plain: str, row: Units, things: list[str]) -> list[Span]:
    """铁腕治甲。合力治乙。立体增丙。: return the short heads of the units, of one length, that have what is counted."""
    if row.sort == "clauses" or len(things) == _TWO:
        return []
    heads = [_without_aspect(plain, unit[0]) if unit else (0, 0) for unit in row.units[: len(things) + 1]]
    spans = heads[: len(things)]
    if len(spans) < len(things) or len({b - a for a, b in spans}) > 1 or spans[0][1] - spans[0][0] > _SHORT:
        return []
    if len(things[0]) > _TWO and all(
        plain.startswith(thing[0], a) and plain.endswith(thing[1:], a + 2, b)
        for thing, (a, b) in zip(things, spans, strict=True)
    ):
        return spans  # 新甲产业、新乙产业 for 三新产业
    places = [plain.find(thing, a, b) - a for thing, (a, b) in zip(things, spans, strict=True)]
    place, rest = places[0], spans[0][1] - spans[0][0] - places[0] - len(things[0])
    another = heads[len(things) :] and heads[-1][1] - heads[-1][0] == place + len(things[0]) + rest
    if len(set(places)) > 1 or place < 0 or place + rest < 1 or (another and things[-1] in plain[slice(*heads[-1])]):
        return []
    pairs = [plain[max(a, a + place - (not rest)) : a + place + 1 + bool(rest)] for a, _ in spans]
    if len(things[0]) == 1 and all(pair in common_words() for pair in pairs):
        return []  # 发展甲农业，建设乙农村，培育丙农民: no word of its own
    if not rest and all(plain[a : a + 2] in verbs() for a, _ in spans) and place > _TWO:
        return [(a + 2, b) for a, b in spans]
    return [(a + place, b) if len(things[0]) == 1 and rest == _TWO else (a, b) for a, b in spans]


def _without_aspect(plain: str, span: Span) -> Span:
    """甲网方面，乙网方面: return a head without the word for a side of something."""
    start, end = span
    return (start, end - 2) if plain.endswith("方面", start, end) else span


def _each_sign_in_turn(plain: str, row: Units, things: list[str]) -> list[Span]:
    """整治甲江城区段，提升乙湖公园，建设丙山: return what the clauses name up to the sign of each part of a name."""
    if row.sort != "clauses" or len(set(things)) < _MANY or len(row.units) < len(things):
        return []
    spans: list[Span] = []
    for thing, ((start, end), *_) in zip(things, row.units, strict=False):
        verb = _shared_verb().match(plain, start, end)
        at = plain.find(thing, start, end)
        if plain.count(thing, start, end) != 1 or not verb or at <= verb.end():
            return []
        spans.append((verb.end(), at + 1))
    return spans


def _end_of(plain: str, span: Span, things: set[str], said: str) -> int:
    """Return where a clause has one of the things at its end, or before what is said of it; 0 if nowhere.

    Of each is said what is `said` behind the name: “五个振兴”取得突破, 甲振兴取得突破.
    """
    start, end = span
    while end > start and plain[end - 1] in QUOTES + " ":
        end -= 1
    if end - start > _LONGEST + _TAIL:
        return 0
    tail = compiled(f"(?:{words('undertaking')}|步伐|发展)*$").search(plain, start, end)
    again = end - len(said) if said and plain.endswith(said, start, end) else end
    for stop in (end, tail.start() if tail else end, again, again - (plain[again - 1] == "上")):
        for thing in things:
            if plain.endswith(thing, start, stop) and stop - start > len(thing):
                return stop
    return 0


def _is_one_frame(plain: str, row: Units, fits: list[int], spans: list[Span], things: list[str]) -> bool:
    """Tell whether clauses that end with what is counted have enough in common beside it."""
    lead = len(_lead(plain, spans, things))
    in_a_row = all(b - a == 1 for a, b in pairwise(fits))
    numbered, paragraphs = row.sort == "numbered", row.sort in ("numbered", "paragraphs")
    kinds = len(set(things))
    if kinds == 1 and len(things[0]) == 1:
        return in_a_row and lead >= (_SHARED if paragraphs else _FRAMED)
    if len(things) == _TWO:
        return in_a_row and fits[0] == 0 and (lead >= _SHARED or (numbered and len(row.units) == _TWO))
    if row.sort == "clauses":
        return in_a_row and (lead >= _SHARED or kinds > 1)
    if kinds == 1 and goes(things[0]) and not numbered:
        return lead >= _SHARED
    return in_a_row or numbered or lead >= _SHARED or (kinds > 1 and paragraphs)


def _lead(plain: str, spans: list[Span], things: list[str]) -> str:
    return shared_beginning([plain[a : b - len(thing)] for (a, b), thing in zip(spans, things, strict=True)])


def _named(plain: str, spans: list[Span], things: list[str], slogan: Slogan) -> list[Span]:
    """Return the names without what governs them: what all of the clauses begin with, or the verb of each."""
    if all(plain[a] == "以" and plain[b - len(thing) - 1] == "为" for (a, b), thing in zip(spans, things, strict=True)):
        return [(a + 1, b - len(thing) - 1) for (a, b), thing in zip(spans, things, strict=True)]
    where = [_where().match(plain, a, b) for a, b in spans]
    if all(where) and all(plain[b] == "上" for _, b in spans):
        return [
            (behind_verbs_of(plain, found.end(), b), b) for found, (_, b) in zip(where, spans, strict=True) if found
        ]
    if all(where):
        return [(found.end() - 1, b) for found, (_, b) in zip(where, spans, strict=True) if found]
    if cut := _governing(plain, _lead(plain, spans, things), slogan):
        inner = [behind_verbs_of(plain, a + cut, b) for a, b in spans]
        if not _BY_NAME.fullmatch(things[0]):  # 培育|壮大甲产业, 培育|发展乙产业
            inner = [_behind_verb_at_all(plain, begin, a + cut, b) for begin, (a, b) in zip(inner, spans, strict=True)]
        each = all(
            begin > a + cut for begin, (a, _) in zip(inner, spans, strict=True)
        )  # 加快|建设甲基地, 加快|打造乙高地
        return [(begin if each else a + cut, b) for begin, (a, b) in zip(inner, spans, strict=True)]
    begins = [_behind_verbs(plain, a, b) for a, b in spans]
    if any(begin > a for begin, (a, _) in zip(begins, spans, strict=True)):
        begins = [_behind_verb_at_all(plain, begin, a, b) for begin, (a, b) in zip(begins, spans, strict=True)]
    led = [begin > a for begin, (a, _) in zip(begins, spans, strict=True)]
    return [(begin, b) for begin, (_, b) in zip(begins, spans, strict=True)] if len(set(led)) == 1 else []


def _behind_verb_at_all(plain: str, begin: int, start: int, end: int) -> int:
    """创造|甲环境 beside 打造|乙环境: return where a name begins behind any verb, if behind none yet."""
    verb = begin == start and plain[start : start + 2] in verbs() and end - start > _SHORTEST + 1
    return behind_verbs_of(plain, start + 2, end) if verb else begin


@functools.cache
def _where() -> re.Pattern[str]:
    return re.compile(f"(?:{words('adverb')})*在")


@functools.cache
def _shared_verb() -> re.Pattern[str]:
    return re.compile(f"(?:全力以赴)?(?:{words('adverb')})*(?:{words('verb', 'verb-or-noun')})[了好]?")


def _governing(plain: str, lead: str, slogan: Slogan) -> int:
    """Return how many signs of what all clauses begin with govern their names; 0 if none are known to.

    They are a verb, all up to 的, or what governs the name that is announced as well: 树牢某地“五个形象”.
    """
    verb = _shared_verb().match(lead)
    before = plain[max(0, slogan.start - _LONGEST) : slogan.start].rstrip(OPENING_QUOTES)
    again = next((size for size in range(len(lead), 1, -1) if before.endswith(lead[:size])), 0)
    framed = len(lead) if len(lead) >= _FRAMED and lead.endswith("的") else 0
    return max(verb.end() if verb else 0, again, framed)


def _behind_verbs(plain: str, start: int, end: int) -> int:
    """Return where a name begins behind the verbs that govern it: 确保高质量打赢|甲攻坚战."""
    once = behind_verbs_of(plain, start, end)
    again = behind_verbs_of(plain, once, end) if once > start else once
    return again if end - again > _SHORTEST and plain[again - 1 : again + 1] not in common_words() else once


def _are_sound(plain: str, spans: list[Span], things: list[str]) -> bool:
    texts = [plain[a:b] for a, b in spans]
    if len(set(texts)) < len(texts) or max(map(len, texts)) > _LONGEST or not names(plain, spans):
        return False
    if any(len(text) <= len(thing) for text, thing in zip(texts, things, strict=True)):
        return False
    if all(_IN_WHICH.search(text) and "在" not in text for text in texts):
        return False  # 在甲，创建|乙上走在前列
    if all(_FRAMED_AS.match(text) for text in texts):
        return False  # 以甲、乙为中间一线, 以丙为北厢
    return not any(is_half_quoted(text) or _AMOUNT.search(text) for text in texts) and alike(plain, spans)
