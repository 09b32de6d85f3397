"""The list that a stretch of text makes: the ways to cut it, and which of them gives the number that is looked for.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from glossary_api.parsing.borders import IS, polished
from glossary_api.parsing.enumerations import (
    LEADING_VERB,
    NUMBER,
    Span,
    bare,
    between,
    conjunctions,
    outside,
    quoted_inside,
    split,
    split_all,
    split_last,
    split_titles,
    tally_of,
    trim,
)
from glossary_api.parsing.numerals import MEASURES, Count, value_of
from glossary_api.parsing.patterns import any_of
from glossary_api.parsing.tails import is_tail
from glossary_api.text.everyday import verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_STATED = re.compile(
    rf"[^,;。、\d第]{{0,4}}?[{OPENING_QUOTES}]?(?P<n>{NUMBER})[{CLOSING_QUOTES}]?(?:个|项|条|家|类|种|支|名|张)"
)
ONE_OF = re.compile(rf"一(?:[{MEASURES}组套支座处名家次份]|系列)")
_OUTCOME = re.compile(any_of("wordings", "outcome"))
_ISSUED = re.compile(any_of("wordings", "issued-by"))
_LIST_ENDED = re.compile(any_of("wordings", "list-ended"))
_PARALLEL = 1.8
"""Clauses between commas are a list only if they are built alike: an end or a beginning in common, or like lengths."""
AT_ONCE = 12
"""A list that begins so near to the beginning of its definition is what the definition is about."""
_LED_TO = re.compile(rf"(?:{IS}|:|包括|包含|涵盖|分别|聚焦|围绕|抓好|做到)[{OPENING_QUOTES}]?$")
"""What leads to the list that a definition is about, wherever it stands."""
_AMONG = re.compile("(?<=[^平同相均不对中高初])等(?=[^级候同于到待])")
_MANY, _FEW = 8, 3
_WHEN = re.compile("[内时中后期间上下初末]$")
"""本届任期内，甲，乙，丙: when or in what all of the clauses hold."""
_LONG = 3
"""A member so many times as long as the longest other one, and more, carries words that are no part of it."""


def enumerate_list(
    plain: str,
    start: int,
    end: int,
    number: int | None,
    numbers: frozenset[int] = frozenset(),
    words: tuple[str, ...] = (),
    thing: str = "",
) -> list[Span]:
    """Return the list that a stretch of text makes, cut at the first level of punctuation that gives `number` items.

    Empty if none does. With None for an open number, the longest list that 、 or semicolons make. A list that says
    another number of itself than `number` or one of `numbers` is another list. `words` are pieces of the name,
    which belong to no member. Of several lists one is taken whose items all begin or end with the first sign of
    `thing`, what is counted, or have it in them; else the one most of whose items have a sign of it, if the first has
    it in a few only.
    """
    wanted = numbers | {number} if number else numbers
    levels = (spans for spans in _levels(plain, start, end, wanted) if len(spans) > 1)
    if number is None:
        lists = (polished(plain, spans, words) for spans in levels if _set_off(plain, spans))
        return max(lists, key=len, default=[])
    others: list[list[Span]] = []
    tried: list[list[Span]] = []
    for spans in levels:
        if spans in tried or number not in (len(spans), weight_of(plain, spans, number)):
            continue
        tried.append(spans)
        spans = polished(plain, spans, words)
        spans = [*spans[:-1], _whole_last(plain, spans, end)] if spans else []
        if number in (len(spans), weight_of(plain, spans, number)) and _is_sound(plain, spans):
            if not thing or all(thing[0] in (plain[a], plain[b - 1]) for a, b in spans):
                return spans
            others.append(spans)
    if whole := next((spans for spans in others if all(thing[0] in plain[a:b] for a, b in spans)), []):
        return whole
    shares = [sum(bool(set(thing) & set(plain[a:b])) / len(spans) for a, b in spans) for spans in others]
    best = shares.index(max(shares)) if shares and min(max(shares) - 0.7, 0.3 - shares[0]) > 0 else 0
    return others[best] if others else []


def _whole_last(plain: str, spans: list[Span], end: int) -> Span:
    """抓甲、乙两环，抓丙、丁两链; 甲建设，乙、丙等工程建设: the last of several clauses with the number that all of
    them say, or with what its own examples are of.
    """
    (start, stop), others = spans[-1], spans[:-1]
    stops = re.compile("[,;。\n]").search(plain, stop, end)
    whole = trim(plain, start, stops.start() if stops else end) or (start, stop)
    if whole[1] <= stop:
        return start, stop
    gaps = {plain[b:a] for (_, b), (a, _) in pairwise(spans)}
    listed = "、" in plain[start:stop] and all(set(gap) & set(",;") for gap in gaps)
    counted = all(tally_of(plain, *other) for other in others) and tally_of(plain, *whole)
    examples = plain.startswith("等", stop) and not any("、" in plain[a:b] for a, b in others)
    return whole if listed and (counted or examples) and plain[start - 1] in ",;" else (start, stop)


_LONGEST_OF_ALL = 8


def beginning_with_all(plain: str, start: int, end: int, count: Count, behind: str = "的") -> list[Span]:
    """信息化和工业化的高层次结合，以信息化带动工业化… for 两化: a definition that begins with what is counted.

    Each ends in what is counted, or in its first sign, and what is said of all of them follows: `behind` the last.
    """
    number = count.number or 0
    for noun in dict.fromkeys((count.thing, count.thing[:1])):
        thing = f"[^,;。:、和与及的{OPENING_QUOTES}]{{1,{_LONGEST_OF_ALL}}}?{re.escape(noun)}"
        beginning = plain[start + 1 : start + _LONGEST_OF_ALL + len(noun) + 1]
        if not noun or number < 2 or not any(noun + sign in beginning for sign in "、和与及"):
            continue  # the first of them has its noun at once, and no pattern has to be made if it has not
        if whole := re.compile(rf"((?:{thing}[、和与及]){{{number - 1}}}{thing}){behind}").match(plain, start, end):
            found = re.finditer(rf"{thing}(?=[、和与及]|$)", plain[start : whole.end(1)])
            spans = [(start + each.start(), start + each.end()) for each in found]
            shorter = polished(plain, spans)
            unsure = not shorter or shorter[0][1] - shorter[0][0] < min(b - a for a, b in spans[1:])
            return spans if unsure else shorter
    return []


def is_another(plain: str, start: int, end: int, spans: list[Span], thing: str) -> bool:
    """将甲住房、乙住房纳入丙住房，实行“统一、分类、分离” for 三房: tell whether a list behind another one, or behind a
    sentence, is of other things: nothing leads to it, it says no number, and no item holds a sign of what is counted.
    """
    lead = plain[start : spans[0][0]]
    holds = any(set(thing) & set(plain[a:b]) for a, b in spans)
    clause = next((i for i in range(spans[-1][1], end) if plain[i] in ",;。\n"), end)
    tally = tally_of(plain, spans[0][0], clause)
    return len(lead) > AT_ONCE and bool(set(lead) & set("、。")) and not (holds or tally or _LED_TO.search(lead))


def is_at_odds(plain: str, start: int, end: int, numbers: frozenset[int]) -> bool:
    """Tell whether a clause says one of the numbers of its list, 甲、乙、丙四类清单, but lists another number of
    things.
    """
    for a, b in split(plain, start, end, ",;。"):
        items = split(plain, *bare(plain, a, b), "、")
        tally = stated_tally(plain, a, b)
        if tally in numbers and len(items) > 1 and tally not in (len(items), len(split_last(plain, items))):
            return True
    return False


def ending_in_noun(plain: str, start: int, end: int, count: Count, noun: str = "") -> list[Span]:
    """甲枢纽和面向乙、丙的枢纽 for 两个枢纽: things that all end with what is counted, whatever signs they hold.

    Empty unless they are as many as counted, and the signs of one clause alone would cut one of them. Where they end in
    a `noun` of one sign none holds a conjunction.
    """
    single, noun = noun, noun or (count.thing if count.thing[1:] else "")
    whole = trim(plain, start, end)
    if not noun or whole is None or not plain.endswith(noun, *whole):
        return []
    cuts = sorted([*outside(plain, *whole, "[、;]"), *conjunctions(plain, *whole)])
    borders = [cut for cut in cuts if plain.endswith(noun, whole[0], cut[0])]
    spans = between(*whole, borders)
    if len(borders) == len(cuts) or any(any(outside(plain, *span, "[,。]")) for span in spans):
        return []
    if single and any(any(conjunctions(plain, *span)) for span in spans):
        return []
    return polished(plain, spans) if len(spans) == count.number else []


def weight_of(plain: str, spans: list[Span], number: int) -> int:
    """Return how many things the members are: one each, unless their own numbers (22个专业委员会) add up to the sum."""
    stated = sum(_stated(plain, a, b) for a, b in spans)
    return stated if stated == number else len(spans)


def _is_sound(plain: str, spans: list[Span]) -> bool:
    """Tell whether pieces look like whole things of a list: none is a tail, and none carries a sentence."""
    joined = any(any(True for _ in conjunctions(plain, *span)) for span in spans[1:-1])
    parted = all("、" in plain[a:b] for (_, a), (b, _) in pairwise(spans))
    alike = len({plain[b - 2 : b] for _, b in spans}) == 1
    if parted and not alike and [any(conjunctions(plain, *span)) for span in spans] == [True, False]:
        return False  # 甲和乙相融、共生: the two things stand before what they do
    last = plain[slice(*spans[-1])]
    if joined and is_tail(last) and not any(plain.startswith(last[:2], a) for a, _ in spans[:-1]):
        return False
    issued = plain[spans[0][1] - 1] in "部委厅局院府室" and _ISSUED.search(last)
    if issued or any(_is_torn(plain, *span) for span in spans):
        return False
    return not any(_is_overlong(plain, spans, i) for i in (0, len(spans) - 1))


def _is_torn(plain: str, start: int, end: int) -> bool:
    """Tell whether a piece holds one quotation mark or bracket of two, or the end of another list that says its
    number: 丙五级和丁.
    """
    piece = plain[start:end]
    quotes = [sum(map(piece.count, signs)) for signs in (OPENING_QUOTES, CLOSING_QUOTES)]
    torn = quotes[0] != quotes[1] or piece.count("(") != piece.count(")")
    return torn or _LIST_ENDED.search(piece) is not None


def _is_overlong(plain: str, spans: list[Span], number: int) -> bool:
    """Tell whether a member between 、 is so much longer than all others that it holds a sentence around the list."""
    others = [b - a for a, b in (*spans[:number], *spans[number + 1 :])]
    named = set(plain[slice(*spans[number])]) & set("(《" + OPENING_QUOTES)
    parted = all(set(plain[a:b]) & set("、和与及") for (_, a), (b, _) in pairwise(spans))
    return parted and not named and len(others) > 1 and spans[number][1] - spans[number][0] > _LONG * max(others) + 4


def _set_off(plain: str, spans: list[Span]) -> bool:
    """Tell whether 、 or semicolons set the items off: then it is a list, whatever its length.

    A comma between two such lists, 网格化、数字化，全员化、实体化, makes one of them; between single items it does not.
    """
    gaps = [plain[end:start] for (_, end), (start, _) in pairwise(spans)]
    if any(len(re.findall("[,;。]", gap)) > 1 for gap in gaps):
        return False  # a clause stands between two items
    runs = [1]
    for gap in gaps:
        if set(gap) & set("、;和与及"):
            runs[-1] += 1
        else:
            runs.append(1)
    return any(set(gap) & set("、;") for gap in gaps) and (len(runs) == 1 or min(runs) > 1)


def _levels(plain: str, start: int, end: int, numbers: frozenset[int]) -> Iterator[list[Span]]:
    """Yield the ways in which a stretch can be a list, from the strongest signs to the weakest."""
    tally = tally_of(plain, start, end)
    if tally and (not numbers or tally[0][0] == "等" or value_of(tally["n"]) in numbers):
        end = tally.start()
    yield _announced(plain, start, end)
    yield _sentences(plain, start, end)
    whole = bare(plain, start, end)
    yield _sentences(plain, *whole)
    clauses = split(plain, *whole, ",;。")
    when = len(clauses) > _FEW and _WHEN.search(plain, *clauses[0])
    yield from (some for some in (clauses, clauses[1:] if when else []) if some and _parallel(plain, some))
    yield clauses if _each_one(plain, clauses) else []
    yield _alike(plain, clauses)
    yield _of_one_end(plain, clauses)
    inner = [bare(plain, a, b) for a, b in clauses if not numbers or stated_tally(plain, a, b) in numbers | {None}]
    yield from _of_clauses(plain, [split(plain, a, b, "、") for a, b in inner])
    yield _carried_on(plain, inner)
    if _are_tasks(plain, clauses):
        yield clauses
    for a, b in inner:
        if cut := _AMONG.search(plain, a, b):  # 乱停、乱放等影响秩序、环境的行为: what follows 等 is of all
            yield split(plain, a, cut.start(), "、")
    titles = split_titles(plain, *whole)
    if titles and not any(outside(plain, *titles[0], "[,;。]")):
        yield titles
    yield from (split(plain, a, b, ",") for a, b in quoted_inside(plain, start, end))
    for a, b in [whole, *quoted_inside(plain, start, end)]:
        if not any(outside(plain, a, b, "[,;。]")):
            yield split(plain, a, b, "+")
            yield split(plain, a, b, "、")
            yield split(plain, a, b, "、+") if "+" in plain[a:b] else []  # 甲、乙+丙


def _carried_on(plain: str, clauses: list[Span]) -> list[Span]:
    """甲、乙、丙，以及丁: a list whose last item stands behind a comma."""
    for clause, (start, end) in pairwise(clauses):
        joint, behind = next(conjunctions(plain, start - 1, end), (end, end))
        items = split(plain, *clause, "、")
        if joint == start and len(items) > 1:
            return [*items, *split(plain, behind, end, "、")]
    return []


def _sentences(plain: str, start: int, end: int) -> list[Span]:
    """Return what semicolons and stops part, but not two sentences of different build: they speak of one thing."""
    found = split(plain, start, end, ";。")
    return found if len(found) > 2 or ";" in plain[start:end] or _parallel(plain, found) else []


def _of_clauses(plain: str, lists: list[list[Span]]) -> Iterator[list[Span]]:
    """Yield the lists that 、 makes of single clauses, then of all clauses together."""
    yield from lists
    for items in lists:
        yield split_last(plain, items)
        yield _up_to_conjunction(plain, items)
        yield _split_joint(plain, items)
        yield _split_behind_noun(plain, items)
        yield _split_at_noun(plain, items)
        yield _behind_attribute(plain, items)
    flat = [item for items in lists for item in items]
    if _set_off(plain, flat):
        yield flat
        yield split_last(plain, flat)
        yield split_all(plain, flat)


def _up_to_conjunction(plain: str, items: list[Span]) -> list[Span]:
    """甲、乙和丙一体规划、融合发展: a list ends with what a conjunction joins to it, if what follows names no thing."""
    joined = [i for i, item in enumerate(items) if any(True for _ in conjunctions(plain, *item))]
    if len(joined) != 1 or joined[0] == len(items) - 1:
        return []
    rest = items[joined[0] + 1 :]
    items = items[: joined[0] + 1]
    return (_split_joint(plain, items) or split_last(plain, items)) if all(is_tail(plain[a:b]) for a, b in rest) else []


def _split_joint(plain: str, items: list[Span]) -> list[Span]:
    """甲振兴、乙振兴、丙和丁振兴; 甲铁路、乙铁路、丙铁路和轨道: the last item is two if one of them ends as all others.

    Not where all begin alike and the second does not: 在甲上走在前、在乙和丙上走在前 are two.
    """
    if len(items) < 3 or any(any(True for _ in conjunctions(plain, *item)) for item in items[:-1]):
        return []
    cuts = list(conjunctions(plain, *items[-1]))
    if len(cuts) != 1:
        return []
    pieces = between(*items[-1], cuts)
    ends, begins = ({plain[b - 2 : b] for _, b in items[:-1]}, {plain[a] for a, _ in items[:-1]})
    ending_alike = len(ends) == 1 and any(plain[b - 2 : b] in ends for _, b in pieces)
    beginning_alike = len(begins) > 1 or all(plain[a] in begins for a, _ in pieces)
    return [*items[:-1], *pieces] if ending_alike and beginning_alike else []


def _split_behind_noun(plain: str, items: list[Span]) -> list[Span]:
    """甲产业、乙和丙产业、丁产业和戊产业: where all items end in one noun, a conjunction behind it parts two."""
    nouns = {plain[b - 2 : b] for _, b in items}
    if len(items) < 3 or len(nouns) > 1:
        return []
    cuts = [[cut for cut in conjunctions(plain, *item) if plain[cut[0] - 2 : cut[0]] in nouns] for item in items]
    return [piece for item, inner in zip(items, cuts, strict=True) for piece in between(*item, inner)]


def _split_at_noun(plain: str, items: list[Span]) -> list[Span]:
    """甲和乙规划、丙规划、丁规划和戊规划融合: the last item is two where what stands before a conjunction ends as half
    of the others do.
    """
    ends = [plain[b - 2 : b] for _, b in items[:-1]]
    cuts = list(conjunctions(plain, *items[-1])) if len(items) > 2 else []
    cut = next((cut for cut in cuts if 2 * ends.count(plain[cut[0] - 2 : cut[0]]) >= len(ends)), None)
    return [*items[:-1], *between(*items[-1], [cut])] if cut else []


def _behind_attribute(plain: str, items: list[Span]) -> list[Span]:
    """利用甲、乙的闲地建的小菜园、小果园、小花园: return what begins alike behind 的, not what stands before it."""
    for i, (a, b) in enumerate(items[:-2]):
        of = plain.rfind("的", a, b)
        shortest, longest = min(y - x for x, y in items[i + 1 :]), max(y - x for x, y in items[i + 1 :])
        begins = {plain[x] for x, _ in items[i + 1 :]}
        for at in range(max(of + 1, b - longest), b - shortest + 1) if i and of > a and len(begins) == 1 else ():
            if plain[at] in begins:
                return [(at, b), *items[i + 1 :]]
    return []


def _announced(plain: str, start: int, end: int) -> list[Span]:
    """港区、娄江新城，港区重点…；娄江新城围绕…: a list whose members are taken up again one by one."""
    clauses = split(plain, start, end, ",;。")
    items = split_last(plain, split(plain, *clauses[0], "、")) if clauses else []
    if not items:
        return []
    rest = plain[clauses[0][1] : end]
    start, stop = items[-1]
    while stop - start > 2 and plain[start:stop] not in rest:
        stop -= 1  # 甲清单、乙清单管理模式。甲清单是…; 乙清单是…
    items = [*items[:-1], (start, stop)]
    return items if all(plain[a:b] in rest for a, b in items) else []


def stated_tally(plain: str, start: int, end: int) -> int | None:
    """Return the number that a list says of itself, 5 of 甲、乙、丙、丁、戊5个国家, if it says one."""
    tally = tally_of(plain, start, end)
    return value_of(tally["n"]) if tally else None


def _parallel(plain: str, clauses: list[Span]) -> bool:
    pieces = [plain[a:b] for a, b in clauses]
    if len({piece[:2] for piece in pieces}) == 1 or len({piece[-2:] for piece in pieces}) == 1:
        return True
    lengths = [len(piece) for piece in pieces]
    return len(pieces) > 2 and max(lengths) <= _PARALLEL * min(lengths)


def _each_one(plain: str, clauses: list[Span]) -> bool:
    """打造一个甲，一条乙，一组丙: clauses each of which begins with one of a thing, whatever it lists."""
    begins = [a for a, _ in clauses[1:]]
    first = clauses and ONE_OF.search(plain, *clauses[0])
    return len(clauses) > 2 and bool(first) and all(ONE_OF.match(plain, a) for a in begins)


def _are_tasks(plain: str, clauses: list[Span]) -> bool:
    """Tell whether three clauses or more, of any length, each begin with a verb and none says what the others are
    for.
    """
    begun = sum(bool(LEADING_VERB.match(plain, a, b)) for a, b in clauses)
    done = sum(plain[a : a + 2] in verbs() or bool(LEADING_VERB.match(plain, a, b)) for a, b in clauses)
    plainly = clauses and not set(plain[clauses[0][0] : clauses[-1][1]]) & set("、;。")
    if len(clauses) >= _MANY and (plainly or 5 * done >= 4 * len(clauses)):
        return True  # so many clauses are as many as counted by no chance
    return len(clauses) > 2 and begun == len(clauses) and not any(_OUTCOME.match(plain, *each) for each in clauses[1:])


def _alike(plain: str, clauses: list[Span]) -> list[Span]:
    """Return the clauses that end in the same two characters, if at least three do:
    以…的意义，以…的意义，以…的意义，让….
    """
    ends = [plain[b - 2 : b] for _, b in clauses]
    common, times = max(Counter(ends).items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return [clause for clause, piece in zip(clauses, ends, strict=True) if piece == common] if times > 2 else []


def _of_one_end(plain: str, clauses: list[Span]) -> list[Span]:
    """甲业，乙、丙和丁业，戊业: return three clauses or more that all end in one sign; what parts items is in none."""
    return clauses if len(clauses) > 2 and len({plain[b - 1] for _, b in clauses}) == 1 else []


def _stated(plain: str, start: int, end: int) -> int:
    """Return the number that a member says of itself, 22 of 22个专业委员会; or as many as it lists behind a colon."""
    found = _STATED.match(plain, start, end)
    if not found or not found["n"].isdigit() or not int(found["n"]):
        return 1
    colon = plain.find(":", found.end(), end)
    return len(split(plain, colon + 1, end, "、")) if colon >= 0 else int(found["n"])
