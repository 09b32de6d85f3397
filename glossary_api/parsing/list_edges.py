"""Find where a list begins and ends in a sentence, without words that govern it, if its items are built alike.

The words are data, `inline.json`; all offsets are into the plain text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.numerals import MEASURES, Counts, without_measures
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.text.everyday import common_words, is_made_of_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_LONGEST_EQUAL = 6
"""Items of one length are a row of short names; longer ones have one length by chance."""
_SIGNS = 2
"""More single signs than so many behind the first item are a row of them."""
_SHORTEST_PAIR = 3
"""Two names of one length are no chance if they are words or have so many characters, and a verb leads to them."""
_LONG = 5
"""Names of so many characters say enough to be compared."""
_FOUR, _LONGEST_OWNER, _LEAD = 4, 5, 12
"""A short name, the longest owner of things, and two verbs with their adverbs, which have no more characters."""
_CLASSIFIERS = "样宝支条件项位合增降升难控事赢套级层类方端侧"
"""One character behind a numeral that tells enough: what counts things of any sort, 新三样, or how they go, 三增."""
_PICTURED = ("张", "道", "支")
"""Measures of things that are pictures of others: 三张图."""
_ONE = re.compile(rf"一[{MEASURES}次场本支座名家份套户篇]")
_PREPOSITIONS = "以对把将由从在向为用"
_BY_WHICH = re.compile("以[^、]{1,2}[兴促带强立治育引润活塑惠融][^、]{1,2}(?=、|$)")
"""实施以港兴市、产业强市: behind a verb the preposition is a part of the name."""
_WITHIN = "向由从"
"""Prepositions that stand within items too: 企业向园区集中、人口向城镇集中."""
BRINGS_ABOUT = re.compile("(?:[^良友]好|实现|打赢|守住|守牢)$")
"""A verb that brings something about: one behind it is a part of what is named, 打好|防范化解甲、乙“三大攻坚战”."""
_GOING = "增减升降稳控"
"""How things go, one character each, in 两增一稳."""


@functools.cache
def words(*groups: str) -> str:
    """Return one regular expression for the words of some groups of `inline.json`."""
    return any_of("inline", *groups)


@functools.cache
def _governing(*groups: str) -> re.Pattern[str]:
    """Return what governs a list: adverbs and one verb, or a preposition."""
    verb = words(*groups) + "(?:[了着好](?!的)|起(?![步点伏草飞航源重]))?"
    adverbs = f"{words('owner')}?{words('adverb')}*"
    return re.compile(f"{adverbs}(?:{verb}(?:[和与、]{verb})?|{words('preposition')})(?![性业])")


def verb_at(plain: str, start: int, end: int) -> re.Match[str] | None:
    """Return the verb or preposition that a stretch begins with, adverbs before it included."""
    return _governing("verb", "verb-or-noun").match(plain, start, end)


_SHARED = re.compile(
    "(?:产业|行业|领域|企业|地区)?(?:转型|升级|发展|改造|振兴|提升)*(?:协同|联动|融合|分置|贯通|一体化?|并举|并重|互动|共治|衔接)?"
)
"""What is said of all short names of a list behind the last of them: 甲车、乙铁、丙工产业转型, 甲权、乙权、丙权分置."""


def end_in_verbs(plain: str, spans: list[Span], share: float = 1) -> bool:
    """Tell whether such a share of items ends in verbs, 甲成长、乙培育、丙转化提升: that of the last is of its name."""
    done = compiled(f"(?:{words('verb', 'verb-or-noun', 'going')}|[净亮绿美硬]化)$")
    ends = [plain[b - 2 : b] in verbs() or done.search(plain, a, b) is not None for a, b in spans]
    return sum(ends) >= share * len(spans)


def without_shared_tail(plain: str, spans: list[Span]) -> list[Span]:
    """Return the list without words behind its last name that are said of all, where the others have one length."""
    (length, *different) = {b - a for a, b in spans[:-1]}
    start, end = spans[-1]
    at = start + length
    done = length >= _FOUR and end_in_verbs(plain, spans[:-1], 0.5) and not end_in_verbs(plain, [(start, at)])
    if len(spans) < 3 or different or at >= end or done or end_in_verbs(plain, spans):
        return spans  # 甲洁净、乙美化、丙素质提升: what is done is of the last name
    ends_alike = end - at <= _FOUR and {plain[b - 1] for _, b in spans[:-1]} == {plain[at - 1]}
    begins_alike = 1 < length < _FOUR and len({plain[a] for a, _ in spans}) == 1
    shared = _SHARED.fullmatch(plain, at, end) or ((ends_alike or begins_alike) and is_made_of_words(plain[at:end]))
    if not shared and length >= _FOUR and len({plain[a : a + 2] for a, _ in spans}) == 1:
        shared = compiled(words("verb-or-noun")).fullmatch(plain, at, end) is not None  # 创新甲、创新乙、创新丙建设
    return [*spans[:-1], (start, start + length)] if shared else spans


def names(plain: str, spans: list[Span]) -> bool:
    """Tell whether each item can be a name: it does not begin with a word that leans on what was said before."""
    no_name = compiled(words("no-name"))
    return not any(no_name.fullmatch(plain, *span) for span in spans)


def governs_slogan(plain: str, spans: list[Span], *, adjacent: bool = False) -> bool:
    """Tell whether the last words of a list govern the slogan behind it: 甲、乙、丙开展“三…”.

    Where the other items end with verbs as well, 甲提升、乙培育、丙打造, the list is one of undertakings.
    """
    *others, last = spans
    if not compiled(words("no-name-end")).fullmatch(plain, *last):
        ends = [plain[b - 2 : b] in verbs() and not plain.endswith("专项", a, b - 2) for a, b in spans]
        return (
            adjacent
            and ends == [False] * len(others) + [True]
            and last[1] - last[0] > max(b - a for a, b in others) + 1
        )
    verbal = compiled(words("verb", "verb-or-noun") + "$")
    return not all(verbal.search(plain, *span) for span in others)


def alike(plain: str, spans: list[Span]) -> bool:
    """Tell whether the items of a list are of comparable length, so that none of them holds more than its name."""
    lengths = [b - a for a, b in spans]
    if len(lengths) < 3:
        return _paired(plain, *spans)
    for at in (0, -1):
        others = lengths[1:] if at == 0 else lengths[:-1]
        if lengths[at] > 1.6 * max(others) + 3:
            return False
    endings = {plain[b - 2 : b] for _, b in spans[:-1]}
    ends_alike = endings == {plain[spans[-1][1] - 2 : spans[-1][1]]}
    if len(set(lengths[:-1])) == 1 and lengths[0] <= _LONGEST_EQUAL and lengths[-1] > lengths[0] + 3 and not ends_alike:
        return False
    if len(endings) == 1 and 2 * lengths[-1] < min(lengths[:-1]):
        return False
    return max(lengths) <= 3 * min(lengths) + 6


def _paired(plain: str, one: Span, other: Span) -> bool:
    """Tell whether two items are built alike: a sign in common at either end, one length, or long and nearly as long.

    Two things beside each other are a pair by chance more often than three are three of a kind.
    """
    lengths = (one[1] - one[0], other[1] - other[0])
    shared = plain[one[1] - 1] == plain[other[1] - 1] or plain[one[0]] == plain[other[0]]
    aspects = compiled(f"{words('aspect')}$")
    if aspects.search(plain, *one) and aspects.search(plain, *other):
        return True  # 甲总量和强度: two sides of one thing, which is named once
    most = 2.5 if shared else 1.5 if min(lengths) > _LONG else 1.4 if min(lengths) == _LONG else 1
    return max(lengths) <= most * min(lengths)


def carried(plain: str, spans: list[Span], noun: str) -> bool:
    """Tell whether every item begins, or every item ends, with what the numeral counts: 通邮、通商、通航 for 三通."""
    nouns = tuple(sign for sign in noun if sign not in MEASURES)
    texts = [plain[a:b] for a, b in spans]
    if nouns == ("一",):
        return all(map(_ONE.search, texts))  # 每月开展一次甲、每年办好一批乙 for 两个一
    if len(nouns) > 1 and all(without_measures(noun) in text for text in texts):
        return True  # 甲不低于乙、丙不低于丁 for 两个不低于
    begins, ends = nouns, nouns
    if (word := without_measures(noun)) in common_words():
        # 两个确保, but not 保障甲、保障乙, and no 高品质甲、高水平乙 for 两个高地
        begins, ends = nouns[:1] if word in verbs() else (word,), (nouns[0], nouns[-1])
    begin, end = (all(text.startswith(begins) for text in texts), all(text.endswith(ends) for text in texts))
    return bool(nouns) and (begin or end)


def led_to(plain: str, start: int, end: int, sign: str) -> int:
    """园区实现|通甲、通乙: return where a first item begins with what is counted behind its subject and verb."""
    at = plain.rfind(sign[0], start, end - 1)
    return at if at > start and is_led(plain, start, at) else start


def in_groups(plain: str, spans: list[Span], counts: Counts) -> list[Span]:
    """Return the items, each cut to where what is counted begins, if each carries it: 清甲、清乙，改丙 for 两清一改."""
    if len(spans) != counts.total:
        return []
    nouns = [count.thing or count.noun for count in counts.counts for _ in range(count.number or 0)]
    governing = compiled(rf"(?:{words('adverb')}*{words('verb', 'verb-or-noun')})?")
    cut: list[Span] = []
    for (a, b), noun in zip(spans, nouns, strict=True):
        lead = governing.match(plain, a, b)
        starts = [at for at in (a, lead.end() if lead else a) if noun and plain.startswith(noun[0], at)]
        if noun and not starts and not cut and not counts.is_single:
            at = plain.find(noun[0], a, b)
            others = [y - x for x, y in spans[1 : nouns.count(noun)]]
            starts = [at] if a < at >= b - max(others, default=0) else []  # 园区实现|通甲、通乙: as long as the others
        if not starts:
            return []
        cut.append((starts[0], b))
    return cut


def one_each(plain: str, spans: list[Span], counts: Counts) -> bool:
    """Tell whether each numeral has an item with what it counts in it: 随机抽取、及时公开 for 双随机、一公开."""
    nouns = [count.noun.strip("、,") for count in counts.counts]
    return (
        len(nouns) == len(spans) > 1
        and min(map(len, nouns)) > 1
        and all(noun in plain[a:b] for (a, b), noun in zip(spans, nouns, strict=True))
    )


@functools.lru_cache(maxsize=4096)
def goes(noun: str) -> bool:
    """Tell whether a noun says how the listed things go: 双提升, 两个下降, 两增一稳."""
    bare = without_measures(noun)
    return bare in tuple(_GOING) or compiled(words("going")).fullmatch(bare) is not None


def holds(plain: str, spans: list[Span], noun: str, *, most: bool = False) -> bool:
    """Tell whether every item has the first sign of what the numeral counts in it: 项目评审、机构评估 for 两评.

    With `most` two of three are enough: 甲红线、乙红线、丙边界 for 三线.
    """
    holding = sum(noun[0] in plain[a:b] for a, b in spans) if noun else 0
    return holding == len(spans) > 0 or (most and len(spans) > 2 and 3 * holding >= 2 * len(spans))


@functools.lru_cache(maxsize=4096)
def bare_noun(noun: str) -> str:
    """Return what a numeral counts without measure words and without the noun of the undertaking: 高 of 双高计划."""
    bare = without_measures(noun) or noun
    return compiled(words("undertaking") + "+$").sub("", bare) or bare


def is_telling(noun: str) -> bool:
    """Tell whether a noun says by itself what sort of things is counted: 队伍 in 三支队伍, not 农 in 三农."""
    bare = bare_noun(noun)
    return len(bare) > 1 or bare in _CLASSIFIERS or noun.startswith(_PICTURED)


def without_tail(plain: str, spans: list[Span]) -> list[Span]:
    """Return a list without what the sentence says of all of it behind its last item, unless each item says such."""
    *others, (start, end) = spans
    pattern = compiled(rf"(?<=..){words('tail')}$")
    tail = pattern.search(plain, start, end)
    cut = tail and tail.start() >= start + 2 and not all(pattern.search(plain, *span) for span in others)
    return [*others, (start, tail.start())] if tail and cut else spans


def first_of(plain: str, spans: list[Span]) -> Span | None:
    """Return the first item without the words that govern the list, or None where its edge is in doubt."""
    start, end = spans[0]
    others = [plain[a:b] for a, b in spans[1:]]
    if (everywhere := compiled(words("everywhere")).match(plain, start, end)) and everywhere.end() < end - 1:
        start = everywhere.end()
    cut = _at_shared_beginning(plain[start:end], others)
    if cut is None:
        cut = _at_equal_length(plain, start, end, others)
    if cut is not None:
        return start + cut, end
    start = _behind_attribute(plain, start, end, others)
    start = _behind_predicate(plain, start, end, others)
    begin = behind_governing(plain, start, end, others)
    if begin == start and end - begin > max(map(len, others)) and (fitting := _behind_verbs(plain, begin, end, others)):
        return fitting, end
    if len(others) == 1 or end - begin <= 1.6 * max(map(len, others)) + 3:
        return begin, end
    return _behind_inner_verb(plain, begin, end, others) or _behind_owner(plain, start, begin, end, others)


def _behind_verbs(plain: str, start: int, end: int, others: list[str]) -> int | None:
    """深入挖掘甲文化、乙文化: return where a first item is as long as others, behind the verbs that it begins with."""
    least, most = min(map(len, others)), max(map(len, others))
    adverbs = compiled(words("adverb") + "+")
    ends_alike = len({plain[end - 1], *(other[-1] for other in others)}) == 1
    verbal = 2 * sum(other[:2] in verbs() for other in others) > len(others)
    if verbal or (len(others) == 1 and not ends_alike):
        return None
    at, governed = start, False
    while end - at > most:
        lead = adverbs.match(plain, at, end)
        if not lead and plain[at : at + 2] not in verbs():
            return None
        at, governed = (lead.end(), governed) if lead else (at + 2, True)
        if governed and least <= end - at <= most:
            return at
    return None


def _behind_attribute(plain: str, start: int, end: int, others: list[str]) -> int:
    """预算安排的甲、乙、丙: what 的 sets before a first item, if others are far shorter without it, is of all."""
    at = plain.rfind("的", start, end)
    far_longer = end - start > max(map(len, others)) + 2
    cut = far_longer and at > start and end - at > 0.6 * min(map(len, others)) and not any("的" in o for o in others)
    return at + 1 if cut else start


def _behind_predicate(plain: str, start: int, end: int, others: list[str]) -> int:
    """某产业重点抓好甲、乙、丙: an adverb and a verb in the first item part a subject from the list."""
    predicate = compiled(f"{words('adverb')}{words('verb')}")
    if any(predicate.search(other) for other in others):
        return start
    found = next(predicate.finditer(plain, start + 2, end), None)
    brought_about = found is not None and BRINGS_ABOUT.search(plain[start : found.start()])
    return found.end() if found and not brought_about and end - found.end() >= 0.6 * min(map(len, others)) else start


def _at_shared_beginning(first: str, others: list[str]) -> int | None:
    """讲学习 in 开展讲学习、讲政治、讲正气: what the others begin with shows where the first begins."""
    shared = shared_beginning(others) if len(others) > 1 else others[0][:3]
    least = 1 if len(others) > 1 else 2
    for length in range(min(len(shared), 4), least - 1, -1):
        at = first.find(shared[:length])
        rest = len(first) - at
        if len(others) == 1 and length < 3 and rest != len(others[0]):
            continue
        if at >= 0 and 0.6 * min(map(len, others)) <= rest <= 1.5 * max(map(len, others)) + 1:
            led = at != 1 or len(others) > _SIGNS or compiled(words("preposition")).fullmatch(first[0])
            return at if led else 0
    return None


def shared_beginning(texts: list[str]) -> str:
    """Return what all texts begin with."""
    first, last = min(texts), max(texts)
    return first[: next((i for i, sign in enumerate(first) if sign != last[i]), len(first))]


def _at_equal_length(plain: str, start: int, end: int, others: list[str]) -> int | None:
    """产业 in 强化产业、创业、就业: the others are of one length, and a verb leads to as much of the first."""
    usual = len(others[0])
    if any(len(other) != usual for other in others) or end - start < usual:
        return None
    if usual == 1 and len(others) > _SIGNS:
        return end - start - 1  # 累计拆除违、临、破、旧: so many single signs are no chance
    if end - start == usual:
        return None if len(others) == 1 and _is_led_alone(plain[start:end], others[0]) else 0
    known = usual > 1 and {plain[end - usual : end], *others} <= common_words().keys()
    if usual > _LONGEST_EQUAL or (len(others) < 2 and usual < _SHORTEST_PAIR and not known):
        return None
    lead = plain[start : end - usual]
    governing = compiled(f"{words('verb')}(?=..)|{words('verb-or-noun')}(?=[a-z0-9])")
    ending_alike = len({plain[end - 2 : end], *(other[-2:] for other in others)}) == 1
    if governing.match(plain, end - usual, end) and not ending_alike and not any(map(governing.match, others)):
        return None  # 探索推广甲平台: it is as long as the others by chance
    whole = verb_at(plain, start, end)
    if whole and whole.end() > end - usual and BRINGS_ABOUT.search(whole[0]):
        return None  # 用好|熊猫, not 用|好熊猫
    verb = verb_at(plain, start, end - usual)
    if verb and verb.end() < end - usual and BRINGS_ABOUT.search(verb[0]) and not _is_owner(plain, verb, end - usual):
        return None
    endings = {plain[end - 1], *(other[-1] for other in others)}
    led = _led().search(lead) or (len(others) > 1 and _leads_to_owner(plain, start, end - usual, endings))
    # 上线运行出行、就医、就学、养老: so many words of one length are no chance
    row = usual > 1 and len(others) > _SIGNS and len(lead) > 1 and plain[end - usual : end] in common_words()
    return end - usual - start if led or row else None


def _is_owner(plain: str, verb: re.Match[str], end: int) -> bool:
    return re.compile(f"(?:{words('owner')})+").fullmatch(plain, verb.end(), end) is not None


def _leads_to_owner(plain: str, start: int, cut: int, endings: set[str]) -> bool:
    """完成宅基地|甲权、乙权、丙权: whose all things are that end alike stands between the verb and the first."""
    verb = verb_at(plain, start, cut)
    owner = cut - verb.end() if verb else 0
    crossed = plain[cut - 1 : cut + 1] in common_words()
    return len(endings) == 1 and 1 < owner <= _LONGEST_OWNER and not crossed


def _is_led_alone(first: str, other: str) -> bool:
    """Tell whether a pair has one length by chance: 围绕先进制造业、现代服务业融合, of which 围绕 is no part."""
    led = compiled(f"{words('adverb')}*{words('preposition', 'verb')}").match(first)
    leads = led is not None and 1 < led.end() < len(first) - 1
    return leads and not compiled(words("preposition", "verb", "verb-or-noun")).match(other)


def is_led(plain: str, start: int, end: int) -> bool:
    """Tell whether the words before a list are none, or end with what may stand right before a list."""
    return start >= end or _led().search(plain, start, end) is not None


def behind_joined_verbs(plain: str, start: int, end: int) -> int:
    """Return where a list begins behind two verbs that govern it: the 和 of 坚持和完善甲、乙 joins no items."""
    if not any(sign in plain[start : start + _LEAD] for sign in "和与"):
        return start
    verb = words("verb", "verb-or-noun")
    found = compiled(f"{words('adverb')}*{verb}[和与]{verb}").match(plain, start, end)
    return found.end() if found else start


@functools.cache
def _led() -> re.Pattern[str]:
    """Return what may stand right before a list: a verb or preposition, and whose the listed things are."""
    governing = _governing("verb", "verb-or-noun").pattern
    return re.compile(rf"{governing}{words('owner')}*$")


def behind_governing(plain: str, start: int, end: int, others: Sequence[str] = ("  ",)) -> int:
    """Return where a name begins behind the adverbs, verbs and prepositions that govern it.

    Where the `others` of its list begin with verbs, those before another verb are stripped only.
    """
    begin, longest, shortest = start, max(map(len, others)), min(map(len, others))
    usual = sorted(map(len, others))[len(others) // 2]
    verb = compiled(words("verb", "verb-or-noun"))
    verbs = sum((found := verb.match(other)) is not None and found.end() < len(other) for other in others)
    verbal = verbs == len(others) or (2 * verbs >= len(others) > 2)
    while found := _governing("verb").match(plain, start, end) or (
        verb_at(plain, start, end) if others[0].strip() and end - start > min(longest, usual + 1) + 1 else None
    ):
        one_sign = len(others) > 1 and plain[found.end() - 1 : end] not in common_words()  # 打好|水、大气、土壤
        if end - found.end() < (1 if one_sign and shortest == _SIGNS else max(0.5 * shortest, min(2, shortest))):
            break
        led_alike = [other.startswith(found[0]) for other in others]
        if start > begin and _BY_WHICH.match(plain, found.end() - 1, end):
            break
        if found[0][-1] in _PREPOSITIONS and plain[found.end() - 1 : found.end() + 1] in common_words():
            break  # 在职职工: the preposition is a part of a word
        within = found[0][-1] in _WITHIN and all(found[0][-1] in other[1:] for other in others)
        if within or all(led_alike) or (any(led_alike) and end - found.end() < shortest):
            break  # 用甲权、用乙权: what other items begin with governs none of them
        if verbal and not verb_at(plain, found.end(), end) and end - start <= longest + 1:
            break
        if verbs and start > begin and end - found.end() < shortest:
            break  # 抓住|深化甲、扩大乙: the second verb is a part of the name
        start = found.end()
        if BRINGS_ABOUT.search(found[0]):
            break
    owner = compiled(words("owner")).match(plain, start, end) if len(others) > 1 else None
    if owner and start > begin and end - start > longest and end - owner.end() in map(len, others):
        return owner.end()
    return start


def _behind_inner_verb(plain: str, start: int, end: int, others: list[str]) -> Span | None:
    """Cut a first item that is far too long behind the last verb in it that leaves as much as the others have."""
    most, least = 1.4 * max(map(len, others)), 0.7 * min(map(len, others))
    for found in reversed(list(compiled(words("verb")).finditer(plain[start:end]))):
        if least <= end - start - found.end() <= most:
            return start + found.end(), end
    return None


def _behind_owner(plain: str, start: int, begin: int, end: int, others: list[str]) -> Span | None:
    """推动绿色农畜产品生产供应、精深加工、品牌价值: others of four characters each, and whose all of them are."""
    cut = end - len(others[0])
    fits = begin > start and len(others) > 1 and {len(other) for other in others} == {_FOUR} and cut > begin
    whole = fits and is_made_of_words(plain[cut:end]) and is_made_of_words(plain[cut - 2 : cut])
    crossed = fits and plain[cut - 1 : cut + 1] in common_words()
    return (cut, end) if whole and not crossed else None


def is_quoted(plain: str, start: int, end: int) -> bool:
    """Tell whether quotation marks stand right around a stretch."""
    return plain[start - 1 : start] in tuple(OPENING_QUOTES) and plain[end : end + 1] in tuple(CLOSING_QUOTES)
