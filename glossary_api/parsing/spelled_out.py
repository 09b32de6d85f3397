"""A list behind a slogan that says what it stands for: “三通”（通邮、通商、通航）, “五定”，即…, “三保”，保…、保…、保….

A list is taken if the text says that it explains (brackets, 即, 包括, a colon), or if each of its items carries what
the numeral counts. What merely follows is none.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.apposition import numbers
from glossary_api.parsing.clauses import REACH, each_its_own
from glossary_api.parsing.enumerations import Span, bare, outside, split, split_last
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    carried,
    first_of,
    holds,
    in_groups,
    is_telling,
    names,
    one_each,
    without_shared_tail,
    without_tail,
    words,
)
from glossary_api.parsing.numerals import Counts
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.whole_clauses import begins_with_verb
from glossary_api.text.everyday import common_words
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_CLAUSE = re.compile(r"[,;。!?\r\n]|--")
_BRACKET = re.compile(r"[()\r\n]")
_SENTENCE = re.compile(r"[。!?\r\n]")
_OTHER_NAME = re.compile(rf"[{CLOSING_QUOTES}]、?[{OPENING_QUOTES}]$")
_ANOTHER_NAME = re.compile(rf";(?=[{OPENING_QUOTES}][^{CLOSING_QUOTES}\n]{{2,12}}[{CLOSING_QUOTES}],?(?:就是|即|是指))")
"""…；“乙”，就是…: another name is explained."""
_AMOUNT_AT_END = re.compile(r"\d[个项家户人名座条所套场]$")
_LEVELS = re.compile(r"(?<=[省市县区旗乡镇州])\([省市县区旗乡镇州街道园、]+\)")
"""达标县（市、区）: which divisions of a level are meant, and nothing that a name stands for."""
_LONGEST = 30
"""A longer clause behind a number is no member."""


def list_behind(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the members that the words behind a slogan give; empty if they give none."""
    rules = (_enumerated, _in_paragraphs, _explained, _by_means_of, _carried_on)
    return next((found for rule in rules if (found := rule(plain, slogan, counts))), [])


@functools.cache
def _said_to_be() -> re.Pattern[str]:
    """Return the pattern of a noun that belongs to the name, and words that say what the name stands for."""
    return re.compile(rf"[{CLOSING_QUOTES}]?(?:\[\d+\])?(?P<noun>[\u4e00-\u9fff]{{0,8}}?)(?P<link>{words('behind')})")


def _explained(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“三通”（通邮、通商、通航）, “三条底线”：耕地、生态、安全, “五定”，即…."""
    found = _said_to_be().match(plain, slogan.end, slogan.end + 24)
    if not found or "的县" in found["noun"] or found["noun"].endswith("方面"):
        return []
    if _OTHER_NAME.search(plain, max(0, slogan.start - 3), slogan.start):
        return []  # “三集中”、“三为主”，即…: which of the two it explains is not said
    start, limit = found.end(), min(len(plain), found.end() + REACH)
    if _LEVELS.match(plain, found.start("link")):
        return []
    if found["link"].startswith("("):
        close = _closing(plain, start, limit)
        return _listed(plain, start, close, counts)
    another = _ANOTHER_NAME.search(plain, start, limit)
    sentence = another.start() if another else _end(plain, start, limit, _SENTENCE)
    ends = dict.fromkeys((min(_end(plain, start, limit, _CLAUSE), sentence), sentence))
    lists = [_listed(plain, start, end, counts) for end in ends]
    for spans in sorted(lists, key=len, reverse=True):
        if spans:
            vague = found["link"][0] in ":-" and not all(is_telling(count.noun) for count in counts.counts)
            said = carried(plain, spans, _nouns(counts)) or holds(plain, spans, bare_noun(_nouns(counts)))
            return [] if vague and not said else spans
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
    flat = split(plain, start, end, ",、") if end > start and not counts.is_single else []
    if each := in_groups(plain, flat, counts) or each_its_own(plain, flat, counts):
        return each  # 通甲、通乙，平丙 for 两通一平
    for spans in (items, split_last(plain, items)) if end > start else ():
        if len(spans) in numbers(counts) and (found := _cut_to_size(plain, spans)):
            return found
    return []


def _cut_to_size(plain: str, spans: list[Span]) -> list[Span]:
    *others, last = without_tail(plain, spans)
    spans = [*others, _up_to_shared_end(plain, others, last)]
    spans = _heads(plain, spans) or spans
    first = first_of(plain, spans)
    if first is None:
        return []
    if first != spans[0] and not begins_with_verb(plain, *first) and _each_with_verb(plain, spans):
        first = spans[0]
    spans = without_shared_tail(plain, [first, *spans[1:]])
    spans = [*spans[:-1], _up_to_predicate(plain, spans)]
    return spans if alike(plain, spans) and names(plain, spans) else []


def _each_with_verb(plain: str, spans: list[Span]) -> bool:
    """争取一批甲、推进一批乙、化解一批丙: tell whether the items begin with verbs, the first and most of the others."""
    first, *others = [begins_with_verb(plain, *span) for span in spans]
    return first and len(spans) > 2 and sum(others) > 0.7 * len(others) and len({plain[a] for a, _ in spans}) > 1


def _up_to_predicate(plain: str, spans: list[Span]) -> Span:
    """甲水平、乙水平、丙水平明显提升: return the last item without what is said of all, if no other item says such."""
    *others, (start, end) = spans
    found = _predicate().search(plain, start + 2, end)
    alone = found is not None and not any(_predicate().search(plain, *span) for span in others)
    return (start, found.start()) if found and alone else (start, end)


@functools.cache
def _predicate() -> re.Pattern[str]:
    how = f"(?:{words('adverb')}|明显|显著|大幅|重大|根本性|新)"
    return re.compile(f"(?:{how}+|(?:实现|取得|得到|达到)了?{how}*){words('going')}$")


def _up_to_shared_end(plain: str, others: list[Span], last: Span) -> Span:
    """甲片区、乙片区、丙片区建设提速: the last item ends where the others do."""
    endings = {plain[b - 2 : b] for _, b in others}
    at = plain.find(endings.pop(), *last) if len(endings) == 1 and len(others) > 1 else -1
    return (last[0], at + 2) if at > last[0] else last


def _heads(plain: str, spans: list[Span]) -> list[Span]:
    """甲会战，新上项目；乙会战，改造小区: what each item names before it says what is done, if all end alike."""
    heads = [split(plain, a, b, ",")[0] for a, b in spans]
    ending_alike = len({plain[b - 2 : b] for _, b in heads}) == 1
    return heads if ending_alike and all(head[1] < span[1] for head, span in zip(heads, spans, strict=True)) else []


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
    beside = rf"(?:[{OPENING_QUOTES}][^{CLOSING_QUOTES},。]{{1,8}}[{CLOSING_QUOTES}])?"
    return re.compile(rf"[{CLOSING_QUOTES}]?(?:\[\d+\])?{beside}[\u4e00-\u9fff]{{0,4}}?,")


@functools.cache
def _opposed() -> re.Pattern[str]:
    """Return what a name is the object of where the next clause says what is done instead: 反对“四风”，大兴甲之风."""
    return re.compile(words("opposing") + f"[{OPENING_QUOTES}]?$")


def _carried_on(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“三保”底线，保甲、保乙、保丙: the next clauses list what begins or ends with what is counted."""
    found = _comma().match(plain, slogan.end)
    if not found or _opposed().search(plain, max(0, slogan.start - 4), slogan.start):
        return []
    start = found.end()
    end = _end(plain, start, min(len(plain), start + REACH), _SENTENCE)
    items: list[Span] = []
    flat = [item for clause in split(plain, start, end, ",;") for item in split(plain, *clause, "、")]
    if not counts.is_single and (each := in_groups(plain, flat[: counts.total], counts)):
        return each
    for clause in split(plain, start, end, ",;"):
        if not items and one_each(plain, each := split(plain, *clause, "、"), counts):
            return each
        items += split(plain, *clause, "、")
        if len(items) >= min(numbers(counts)):
            break
    for spans in (items, split_last(plain, items)):
        if len(spans) in numbers(counts) and (len(spans) > 2 or is_telling(_nouns(counts))):
            figures = all(re.search(r"\d", plain[a:b]) for a, b in spans)
            spans = spans if figures else without_tail(plain, spans)
            found_spans = _carrying(plain, spans, counts)
            if found_spans and alike(plain, found_spans) and names(plain, found_spans):
                return found_spans
    return []


def _carrying(plain: str, spans: list[Span], counts: Counts) -> list[Span]:
    """Return the items, the first cut to size, if each carries what is counted; empty if not."""
    first = first_of(plain, spans) or spans[0]
    sign = bare_noun(_nouns(counts))
    if first[0] > spans[0][0] and plain.startswith(sign, first[0]) and len(sign) == 1:
        return []  # “三农”工作，推进农业甲、农村乙、农民丙: a clause of its own
    whole = [first, *spans[1:-1], _without_noun(plain, spans, _nouns(counts))]
    if any(_AMOUNT_AT_END.search(plain, *span) for span in whole):
        return []  # 甲学科20个、乙学科: how many there are of each
    if not counts.is_single and not all(holds(plain, whole, bare_noun(count.noun)) for count in counts.counts):
        return in_groups(plain, spans, counts)  # 严以甲、严以乙、严以丙 are half of 三严三实
    if len(sign) == 1 and (_within_words(plain, whole, sign, 0) or _within_words(plain, whole, sign, 1)):
        return []  # 医用耗材、医疗服务 for 三医: what is counted is no word of its own
    of_one_length = len(whole) > 2 and len({b - a for a, b in whole}) == 1
    held = all(sign in plain[a:b] for a, b in whole) if sign in common_words() else holds(plain, whole, sign)
    if carried(plain, whole, _nouns(counts)) or (of_one_length and held):
        return whole
    groups = in_groups(plain, spans, counts)
    # 探索医养甲，推行医用乙，理顺医疗丙: what is done is said by other words than what is counted
    governed = any(group[0] > span[0] for group, span in zip(groups[1:], spans[1:], strict=False))
    return [] if governed and len(sign) == 1 and counts.is_single else groups


def _within_words(plain: str, spans: list[Span], sign: str, end: int) -> bool:
    """Tell whether the first or the last two signs of all items are words with what is counted in them, and no name."""
    words_at = [plain[b - 2 : b] if end else plain[a : a + 2] for a, b in spans if b - a > 2]
    known = sum(word in common_words() and sign in word for word in words_at)
    return len(words_at) == len(spans) and known >= max(2, len(spans) - 1)


def _without_noun(plain: str, spans: list[Span], noun: str) -> Span:
    """Return the last item without what the slogan says of all: 甲业、乙业融合 for 两业融合."""
    start, end = spans[-1]
    said = noun[1:]
    if len(said) > 1 and plain[start:end].endswith(noun) and not any(plain[a:b].endswith(said) for a, b in spans[:-1]):
        return start, end - len(said)
    return spans[-1]


_NUMBERED = "一二三四五六七八九十"
_FIRST = 0


@functools.lru_cache(maxsize=64)
def _mark_of(number: int) -> re.Pattern[str]:
    """Return the pattern of what says which one of a list a clause is: 一是, 二要, 第三, 其四, (五), 6."""
    sign = _NUMBERED[number]
    return re.compile(
        rf"(?:(?<![\u4e00-\u9fff]){sign}(?:[是要曰]|、)|(?<![\u4e00-\u9fff])[第其]{sign}[,、:]?"
        rf"|\((?:{sign}|{number + 1})\)|(?<![\d.]){number + 1}[.、](?!\d)|{chr(ord('①') + number)})"
    )


@functools.cache
def _before_numbers() -> re.Pattern[str]:
    return re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,6}}[:,;。]?\s*(?={_mark_of(_FIRST).pattern})")


def _enumerated(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“三张清单”：一是甲，二是乙，三是丙: each member has its number, and there are just as many."""
    found = _before_numbers().match(plain, slogan.end, slogan.end + 16)
    if not found or not counts.is_single or not 1 < counts.total < len(_NUMBERED):
        return []
    end, at, spans = plain.find("\n", found.end()), found.end(), []
    end = len(plain) if end < 0 else end
    sentences: list[Span] = []
    for number in range(counts.total):
        mark = _mark_of(number).search(plain, at, min(end, at + REACH))
        if mark is None:
            return []
        at = _end(plain, mark.end(), end, _CLAUSE) or end
        if ":" in plain[mark.end() : at]:
            return []  # 一是抓住三个关键：甲…: what the item is goes on behind it
        begin = mark.end() + (plain.startswith("要", mark.end()) and not plain.startswith("要素", mark.end()))
        spans.append((begin, at))
        sentences.append((mark.end(), _end(plain, mark.end(), end, _SENTENCE) or end))
    thing = bare_noun(_nouns(counts))
    later = len(thing) > 1 and not any(thing in plain[a:b] for a, b in spans)
    if later and all(thing in plain[a:b] for a, b in sentences):
        return []  # 提高“三个比重”：一是发展甲，提高乙的比重…: a later clause of each says what is counted
    short = all(1 < b - a <= _LONGEST for a, b in spans)
    telling = is_telling(_nouns(counts)) or holds(plain, spans, thing)
    return spans if short and telling and not _mark_of(counts.total).search(plain, at, end) else []


_TASKS = ("实事", "工程", "任务", "工作", "行动", "措施", "举措", "大事")
_LONGEST_TASK = 240
_REACH_OF_TASK = 600
_SENTENCE_BEGINS = re.compile(rf"[。;!:\r\n{CLOSING_QUOTES}][ \t\u3000]*$")
_ELEVENTH = re.compile(r"十一[是、]|\(?(?:十一|11)[).、]|⑪")


def numbered_tasks(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """“十件实事”：⏎1.甲，…。⏎2.乙，…。: numbered sentences right behind a name that counts what is to be done."""
    found = _before_numbers().match(plain, slogan.end, slogan.end + 16)
    tasks = counts.is_single and 2 < counts.total <= len(_NUMBERED) and counts.counts[0].thing.endswith(_TASKS)
    if not found or not tasks:
        return []
    begins: list[Span] = []
    at = found.end()
    for number in range(counts.total + 1):
        sign = _mark_of(number) if number < len(_NUMBERED) else _ELEVENTH
        marks = sign.finditer(plain, at, min(len(plain), at + _REACH_OF_TASK))
        mark = next((mark for mark in marks if _SENTENCE_BEGINS.search(plain, mark.start() - 4, mark.start())), None)
        if (mark is None) != (number == counts.total):
            return []
        if mark:
            begins.append(mark.span())
            at = mark.end()
    ends = [start for start, _ in begins[1:]] + [_end(plain, at, len(plain), re.compile(r"[。\r\n]"))]
    items = [split(plain, start, end, "。") for (_, start), end in zip(begins, ends, strict=True)]
    whole = all(len(sentences) == 1 for sentences in items)
    spans = [sentences[0] for sentences in items if sentences]
    fits = max(b - a for a, b in spans) <= (_LONGEST_TASK if whole else _LONGEST)
    return spans if len(spans) == counts.total and fits else []


_DASHED = re.compile(r"--(?P<item>[^。;:!?\r\n]+)")
_NEXT_PARAGRAPH = re.compile(r"[\r\n]\s*")
_PARAGRAPHS = 4000
"""How far the paragraphs of a list may reach, in characters."""


def _in_paragraphs(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """做到“五个更加”：⏎——更加甲。…⏎——更加乙。…: each paragraph begins with a member, which says what is counted."""
    colon = compiled(rf"[{CLOSING_QUOTES}]?:\s*(?=--)").match(plain, slogan.end)
    noun = bare_noun(_nouns(counts))
    if not colon or not counts.is_single or counts.total < 2 or len(noun) < 2:
        return []
    spans: list[Span] = []
    at = colon.end()
    while (found := _DASHED.match(plain, at)) and at - colon.end() < _PARAGRAPHS:
        spans.append(found.span("item"))
        following = _NEXT_PARAGRAPH.search(plain, found.end())
        at = following.end() if following else len(plain)
    held = all(noun in plain[a:b] for a, b in spans)
    return spans if len(spans) == counts.total and held else []
