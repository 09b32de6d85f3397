"""A last look at a list that is about to be taken: what leads in its items is cut off, what cannot be a list refused.

Each rule finds its lists in its own way; what no list has, however it was found, is said here once.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.clauses import clause_before
from glossary_api.parsing.doubtful_lists import is_doubtful
from glossary_api.parsing.enumerations import Span, conjunctions, is_half_quoted
from glossary_api.parsing.likely_edges import likelier_first
from glossary_api.parsing.list_edges import BRINGS_ABOUT, behind_joined_verbs, verb_at, words
from glossary_api.parsing.numerals import counts_in
from glossary_api.parsing.whole_clauses import without_verb_of_clause
from glossary_api.text.everyday import common_words, is_made_of_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_NUMBERING = re.compile(r"\([一二三四五六七八九十\d]{1,3}\)")
_SO_MANY = re.compile(r"\d[\d.]*[万亿]?(?:余|多)?[个项家户条座所名处件套支株亩人例](?=[\u4e00-\u9fff]{2})")
_HAS_AMOUNT = re.compile(r"\d[\d.]*[余多]*[条个项家件所名]$")
_SIDE_BY_SIDE = re.compile(r"[^\d][^(“《]*\d[^(“《]*、")
"""甲面积416万亩、产量: a row of figures taken for one item."""
_IN_WHICH = re.compile(r"\w\w上")
"""What stands behind a name in 在甲建设上."""
_QUOTED_WITH_NOUN = re.compile(rf"[{OPENING_QUOTES}](?P<name>[^{CLOSING_QUOTES}]+)[{CLOSING_QUOTES}]\w\w")
"""树立“甲”理念 for 四大理念: what is quoted is the name."""
_OF_ALL = re.compile("(?<=..)(?:同步|协同|融合|协调|联动)发展$")
_OF_TWO_WORDS = 4
_TWO_WORDS = re.compile("(?<=..)[\u4e00-\u9fff]{4}$")
_REACHES = re.compile("(?<=..)(?:实现|(?<!突)出现|达到|成为|荣获|获得|获批|获评|位居|入选)(?=..)")
_FACES = re.compile("(?<=..)(?:正?处[于在]|面临)(?=..)")
_WITH = re.compile("[\u4e00-\u9fff]地[用以把将]")
"""坚持不懈地用甲理论、乙思想: what is done with all of it, and by what."""
_PARTS = "、" + OPENING_QUOTES + CLOSING_QUOTES
_FIGURE_BEHIND = re.compile(rf"[{CLOSING_QUOTES}]?\d")


def sound(plain: str, spans: list[Span], slogan: Slogan) -> list[Span]:
    """Return the items of a list without what leads in the first or all of them; none if it cannot be a list."""
    phrase = plain[slogan.start : slogan.end]
    spans = _in_frame(plain, spans, phrase) or _behind_shared(plain, spans, phrase)
    if len(spans) > 1:
        begin = spans[0][0]
        spans = [_whole_first(plain, spans, slogan), *spans[1:]]
        spans = [_behind_leading(plain, spans, phrase), *spans[1:]]
        if spans[-1][1] <= slogan.start:
            spans = [_by_likeness(plain, spans, phrase), *spans[1:]]
        spans = without_verb_of_clause(plain, [*spans[:-1], _up_to_tail(plain, spans)], slogan, begin)
    return [] if not spans or _is_unsound(plain, spans, slogan) or is_doubtful(plain, spans, slogan) else spans


def _in_frame(plain: str, spans: list[Span], phrase: str) -> list[Span]:
    """在活力甲建设上、在美丽甲建设上 for 两个甲: return what each item names between 在 and what is said of it."""
    counts = counts_in(phrase).counts if all(plain[a] == "在" for a, _ in spans) else ()
    thing = counts[0].thing if len(counts) == 1 else ""
    ends = [plain.find(thing, a + 2, b) + len(thing) for a, b in spans] if len(thing) > 1 else [0]
    framed = len(thing) > 1 and min(ends) > len(thing)
    if not framed or not all(_IN_WHICH.match(plain, end) for end in ends):
        return []
    return [(a + 1, end) for (a, _), end in zip(spans, ends, strict=True)]


def _behind_shared(plain: str, spans: list[Span], phrase: str) -> list[Span]:
    """194个甲、1330个乙, 提高甲比重、提高乙比重 for 两个比重: return the items without how many, or one verb of all."""
    amounts = [_SO_MANY.match(plain, a, b) for a, b in spans]
    if not re.search(r"[\d百千万]", phrase) and all(amounts):
        return [(amount.end(), b) for amount, (_, b) in zip(amounts, spans, strict=True) if amount]
    verb = plain[spans[0][0] : spans[0][0] + 2]
    governs = verb in verbs() or _bare_verb().fullmatch(verb) is not None
    shared = len(spans) > 1 and governs and all(plain.startswith(verb, a) and b - a > 4 for a, b in spans)
    ends = {plain[a:b].rstrip(CLOSING_QUOTES)[-2:] for a, b in spans}
    counted = len(ends) == 1 and ends <= {phrase[at : at + 2] for at in range(len(phrase))}
    if not shared or not counted or set(verb) & set(phrase):
        return spans
    spans = [(max(a + 2, behind_joined_verbs(plain, a, b)), b) for a, b in spans]
    quoted = [_QUOTED_WITH_NOUN.fullmatch(plain, *span) for span in spans]
    return [found.span("name") for found in quoted if found] if all(quoted) else spans


def _whole_first(plain: str, spans: list[Span], slogan: Slogan) -> Span:
    """Return the first item with the verb that all others begin with too, and without the end of what leads to it."""
    (start, end), *others = spans
    verb = _verb_before().search(plain, max(0, start - 4), start)
    if verb and any(plain.startswith(verb[0], a) for a, _ in others):
        return verb.start(), end  # 必须坚持甲、坚持乙、加强丙
    good = plain[start] == "好" and plain[start - 2 : start] in verbs() and plain[others[0][0]] != "好"
    framed = plain[start] == "以" and "为" in plain[slogan.end : slogan.end + 3]
    if end - start > 2 and (framed or good or plain[start] == "了"):
        start += 1
    if len(spans) == 2 and plain[end] == "、" and _aspect().fullmatch(plain, *others[0]):
        cuts = list(conjunctions(plain, start, end))
        start = cuts[-1][1] if cuts and end - cuts[-1][1] > 1 else start  # 实施甲计划和|乙总量、强度“双控”
    said = _REACHES if len(spans) == 2 else _FACES
    reached = said.search(plain, start, end)
    if reached and not said.search(plain, *others[0]):
        start = reached.end()  # 粮食实现|单产、总产“双增长”, 经济正处于|甲期、乙期、丙期
    return start, end


def _by_likeness(plain: str, spans: list[Span], phrase: str) -> Span:
    """Return the first item with or without a verb before it, as its clause and the other items tell."""
    start = spans[0][0]
    clause = clause_before(plain, start)
    begin = max(clause, *(plain.rfind(sign, clause, start) + 1 for sign in _PARTS))
    first = likelier_first(plain, begin, spans)
    moved = set(plain[min(first[0], start) : max(first[0], start)])
    return spans[0] if moved & set(phrase) else first


@functools.cache
def _aspect() -> re.Pattern[str]:
    return re.compile(words("aspect"))


@functools.cache
def _verb_before() -> re.Pattern[str]:
    return re.compile(words("verb") + "$")


@functools.cache
def _leading() -> re.Pattern[str]:
    return re.compile(words("leading"))


def _behind_leading(plain: str, spans: list[Span], phrase: str) -> Span:
    """力争甲率、乙度: return the first item without words with which no name begins, and the verb behind them.

    Where no other item begins with a verb, none belongs to the first, unless the slogan names what is done.
    """
    (start, end), *others = spans
    if lead := _NUMBERING.match(plain, start, end):
        start = lead.end()
    brought = BRINGS_ABOUT.search(plain[start - 2 : start]) or re.search(r"\d", plain[start:end])
    named = brought is not None or any(verb_at(plain, a, b) for a, b in others)
    shortest = min(b - a for a, b in others)
    while lead := _leading().match(plain, start, end) or (None if named else _verb().match(plain, start, end)):
        rest = end - lead.end()
        if any(plain.startswith(lead[0], a) or (plain[a] == "全" == lead[0][0]) for a, _ in others):
            break
        crossed = _is_word(plain, lead.end() - 1) and not _is_word(plain, lead.end())  # 制造|业升级, not 突出|现代农业
        if rest < 2 or set(lead[0]) & set(phrase) or crossed or (lead.re is _verb() and 2 * rest < shortest):
            break
        start = lead.end()
    return start, end


def _is_word(plain: str, at: int) -> bool:
    return plain[at : at + 2] in common_words()


def _up_to_tail(plain: str, spans: list[Span]) -> Span:
    """甲化、乙化、丙化同步发展, 甲结构、乙结构融合升级: return the last item up to where all others end."""
    start, end = spans[-1]
    (pair, *others) = {plain[b - 2 : b] for _, b in spans[:-1]}
    at = plain.find(pair, start + 1, end - 2) + 2 if not others and pair in common_words() else 0
    alike = len(spans) > 3 or end - at == _OF_TWO_WORDS
    if at > 2 and alike and end - at <= _OF_TWO_WORDS and is_made_of_words(plain[at:end]):
        return start, at
    (sign, *different) = {plain[b - 1] for _, b in spans[:-1]}
    tail = _OF_ALL.search(plain, start, end) if not different and len(spans) > 2 else None
    if not tail and not different and len(spans) > 3:
        tail = _TWO_WORDS.search(plain, start, end)
        tail = tail if tail and is_made_of_words(tail[0]) else None
    return (start, tail.start()) if tail and plain[tail.start() - 1] == sign else spans[-1]


@functools.cache
def _verb() -> re.Pattern[str]:
    return re.compile(f"{words('adverb')}*(?:{words('verb-or-noun')})?{words('verb')}[了着]?(?![性化率力者业品])")


@functools.cache
def _no_member() -> re.Pattern[str]:
    return re.compile(words("no-member"))


@functools.cache
def _bare_verb() -> re.Pattern[str]:
    return re.compile(words("verb"))


def _is_unsound(plain: str, spans: list[Span], slogan: Slogan) -> bool:
    """Tell whether an item is none: a figure, a pronoun, half of a quotation, a row of figures, several clauses."""
    texts = [plain[a:b] for a, b in spans]
    if len(texts) == 2 == len(texts[1]) and _bare_verb().fullmatch(texts[1]) and not _bare_verb().fullmatch(texts[0]):
        return True  # 设立甲1万个，打造“双千兆”城市
    if any(_no_member().fullmatch(text) or _SIDE_BY_SIDE.match(text) or is_half_quoted(text) for text in texts):
        return True
    if len(texts) == 2 and _REACHES.search(texts[1]) and not _REACHES.search(texts[0]):
        return True  # 甲产值、乙增加值实现全国“双第一”
    if (
        len(texts) == 2
        and plain[spans[0][0] - 1] == "的"
        and plain[slogan.end : slogan.end + 2].lstrip(CLOSING_QUOTES)[:1] == "的"
    ):
        return True  # 打造甲的枢纽、乙双循环的支点: each is of something of its own
    if _goes_on_in_name(plain, spans, slogan) or (_WITH.search(texts[0]) and not any("地" in one for one in texts[1:])):
        return True
    amounts = [_HAS_AMOUNT.search(text) is not None for text in texts]
    if len(spans) > 2 and all(amounts[:-1]) and not amounts[-1]:
        return True  # 甲20条、乙30条、丙“两难”: the last names what the slogan is of
    beside = spans[-1][1] <= slogan.start and _FIGURE_BEHIND.match(plain, slogan.end)
    return bool(beside) and any(amounts)  # 甲2个、乙6个、“两品一标”26个: the slogan is one of them


def _goes_on_in_name(plain: str, spans: list[Span], slogan: Slogan) -> bool:
    """国内大循环和国内国际“双循环”: tell whether the last of a pair is a part of the name, for the other ends as it."""
    counted = "".join(count.thing for count in counts_in(slogan.text).counts[-1:])
    beside = len(spans) == 2 and len(counted) > 1 and slogan.start - 1 <= spans[-1][1] <= slogan.start
    return beside and plain.endswith(counted, *spans[0]) and not plain.endswith(counted, *spans[1])
