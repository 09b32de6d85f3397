"""The end of a list: where its last member ends, before what is said of all of them.

`borders.json` holds the words that follow a list, each with its reason. Spans in and out are offsets into the plain
text.
"""

from __future__ import annotations

import functools
import re

from glossary_api.parsing import patterns
from glossary_api.parsing.enumerations import Span, conjunctions
from glossary_api.parsing.list_edges import shared_beginning, verb_at
from glossary_api.text.everyday import common_words

COUNTED = re.compile("^(?:[两双一二三四五六七八九十]+|[0-9]+)[个项大]?")
"""The numeral of a label: what is left of 三提升 is what it counts."""
_CAUSES = ("引发", "造成", "导致", "引起", "产生")
_LONGEST_TAIL = 40
_GONE_TOGETHER = re.compile("(?:城乡|产城|产教|军民|文旅|农旅|医养|体教|科教)(?:一体)?(?:融合|一体|统筹|结合)$")
"""Compounds of two things, which are one thing of a list."""
_TOGETHER = 4
"""融合发展, 共建共享: how things go together is said in so many characters."""
_GOES_ON = re.compile("(?:明显|大幅|持续|稳步|显著|均|全部|不断|进一步|基本|总体)")
_GENERAL = re.compile("(?<=..)等?(?:抓?工作|问题|任务|现象)$")
"""What all of a list is, behind the last of items that begin alike: 稳甲、稳乙、稳丙工作."""


@functools.lru_cache(maxsize=65536)
def is_tail(words: str) -> bool:
    """Tell whether words say how all things of a list go on, and name none: 融合发展, 的工作机制."""
    return patterns.matches("borders", "tails", words)


def _goes_on(words: str) -> bool:
    """Tell whether words say how things go: 明显上升; behind a clause with a comma they are a part of it."""
    return _GOES_ON.match(words) is not None


def without_tail(plain: str, spans: list[Span], words: tuple[str, ...]) -> list[Span]:
    """…、中国特色社会主义的认同; …小食堂由居民共同治理: words behind the last member that belong to the whole list."""
    start, end = spans[-1]
    others = [plain[a:b] for a, b in spans[:-1]]
    closed = plain[end - 1] == "等" or (plain[end - 1] == "为" and plain[end - 2 : end] not in common_words())
    end -= closed and end - start > 2  # 以甲、乙为|四大支柱
    alike = len(shared_beginning([*others, plain[start:end]])) if others[1:] else 0
    if alike or (len(others) > 2 and end - start - 2 <= max(map(len, others))):
        general = _GENERAL.search(plain, start + 1, end)
        named = any(map(_GENERAL.search, others))
        if general and not (named or _completes(plain, start, general.start(), end, others)):
            end = general.start()
    if others[1:] and all(verb_at(plain, *span) for span in spans):
        words = words[:2]  # 调整甲、配齐乙、推进设施建设 for “三甲”建设: each says for itself what is done
    stop = _before_tail(plain, start, end, others, words, alike)
    if any(True for _ in conjunctions(plain, stop, end)) and not is_tail(plain[stop:end]):
        return []  # 甲、乙一流的丙和丁: what stands behind the list is listed too
    end = stop - (plain[stop - 1] in "等这" and stop - start > 2)  # 甲、乙、丙这三种关系
    if others[-1].endswith(")") and (bracket := plain.rfind(")", start, end)) > 0 and 0 < end - bracket - 1 <= 6:
        end = bracket + 1
    return [*spans[:-1], (start, end)]


def _is_of_its_name(plain: str, cut: int, end: int, ends: set[str], words: tuple[str, ...]) -> bool:
    """甲医院、乙分院、丙医学中心分院 for 三个中心: tell whether a word of the name stands within a last item that ends
    as all others do.
    """
    tail = plain[cut:end]
    return tail.startswith(words) and tail not in words[1:] and ends == {tail[-1]} != {plain[cut - 1]}


def _completes(plain: str, start: int, cut: int, end: int, others: list[str], words: tuple[str, ...] = ("。",)) -> bool:
    """甲普惠公平、乙提质增量、丙教育统筹发展计划: tell whether a last item is as long as others with a tail only."""
    shortest, longest = min(map(len, others)), max(map(len, others))
    stops = [stop for stop in range(cut + 1, end + 1) if stop == end or plain.startswith(words, stop)]
    fits = any(shortest <= stop - start <= longest + 1 for stop in stops)
    return others[1:] != [] and cut - start < shortest and fits and "的" not in plain[cut:end]


def _before_tail(plain: str, start: int, end: int, others: list[str], words: tuple[str, ...], alike: int = 0) -> int:
    """Return where the last member ends: before the words of the name, before a tail of `borders.json`, or before 的.

    Where all begin with so many signs `alike` the last is whole with 共享 at its end: 率先甲、率先乙、率先共建共享.
    """
    shortest = min(2, *map(len, others))
    noun = COUNTED.sub("", words[0]) if words else ""
    carried = noun[1:] and all(noun in other for other in others)
    ends = {other[-1] for other in others}
    equal = others[1:] and {len(other) for other in others} == {end - start}  # 十户联保、小组联防、村村联动
    ends_alike = min(map(len, others)) > 2 and len({text[-2:] for text in (*others, plain[start:end])}) == 1
    for cut in range(max(start + shortest, end - _LONGEST_TAIL), end):
        tail = plain[cut:end]
        if (
            plain[cut - 1] in "、,;和与及"
            or plain.count("(", start, cut) > plain.count(")", start, cut)
            or (_goes_on(tail) and "," in plain[start:cut])
            or (tail[0] in ends and tail not in words[1:])
            or (others[2:] and cut - start < min(map(len, others)) and tail.startswith(words) and tail not in words[:1])
            or (tail[0] in "的为有进可" and plain[cut - 1 : cut + 1] in common_words())
            or (tail[0] == "的" and all("的" in other for other in others))
            or any(tail[:2] in other for other in others)
            or (others[1:] and _is_of_its_name(plain, cut, end, ends, words))
            or (carried and noun in tail and noun not in plain[start:cut])  # 把甲转化为乙、把丙的丁转化为戊
            or _GONE_TOGETHER.search(plain[max(start, cut - 4) : cut + 2])
        ):
            continue
        short = len(tail) <= _TOGETHER and tail[0] != "的"
        counted = bool(words) and ends == {plain[end - 1]} == {words[0][-1]} and "的" not in tail  # 甲区、融合发展区
        as_others = ends_alike or counted or (short and (equal or (others[1:] and ends == {plain[end - 1]})))
        together = short and alike and (alike > 1 or cut - start < min(map(len, others)))
        of_all = is_tail(tail) and not (as_others or together or _completes(plain, start, cut, end, others, words))
        if (tail[0] in "的为有" and tail.startswith(words, 1)) or tail.startswith(words) or of_all:
            return _before_tail(plain, start, cut, others, words, alike) if cut - start > shortest else cut
    last = plain[start:end]
    if words and len(ends) == 1 and (shared := next(iter(ends))) in words[0] and len(others) > 1:
        # 交通网、水网、信息网建设 for 三张网: what is counted ends the last one as it ends the others
        found, usual = last.rfind(shared), sorted(map(len, others))[len(others) // 2]
        fits = found >= shortest - 1 and (len(last) - found <= 5 or found < usual < len(last) - 4)
        end = start + found + 1 if fits else end
        last = plain[start:end]
    tail_at = last.find("的", shortest)
    carried = carried and noun in last[tail_at:]
    if tail_at > 0 and not (ends_alike or carried or any("的" in other for other in others)):
        longest = max(map(len, others))
        clause = alike and last[tail_at - 2 : tail_at] in _CAUSES  # 无甲事件、无乙引发的丙案件
        if not clause and (tail_at <= 1.5 * longest < len(last) or (len(ends) == 1 and last[tail_at - 1] in ends)):
            return start + tail_at
    return end


def lone(plain: str, start: int, end: int, before: str) -> Span:
    """Return a last member without the words that follow its list, none of which stand in what was listed before it."""
    return start, _before_tail(plain, start, end, [before], ())
