"""The edges of a list: where its first member begins, where its last one ends, what frames them all.

`borders.json` holds the words that lead up to a list and the words that follow it, each with its reason.
Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import functools
import re
from itertools import takewhile

from glossary_api.parsing import patterns
from glossary_api.parsing.enumerations import LEADING_VERB, Span
from glossary_api.parsing.list_edges import behind_governing, verb_at, words
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.parsing.shared_ends import behind_subject, up_to_noun, with_shared_end, without_shared_end
from glossary_api.parsing.tails import COUNTED, without_tail
from glossary_api.text.everyday import common_words, inner_pairs, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

IS = any_of("defining", "means", "means-barely", "that-is", "consists-of")
LABEL = re.compile(rf"[{OPENING_QUOTES}][^{CLOSING_QUOTES}]{{1,20}}[{CLOSING_QUOTES}],?{IS}+")
"""“甲”是指: what names a member before it is explained."""
_FRAME = re.compile(r"(?<![行作成认人视敢华])(?<!转化)为(?![民人何])[^为、,]{1,6}(?:的[^、,]*)?$")
"""为平台, 为骨架的格局; but not the 为 of 行为, 作为, 为民."""
_OPENED = re.compile("以(?!及|来|上|下|内|外|旧|工)[^;。]*")
_BECOMES = re.compile("(?:(?:^|[、,;])化.|转[型变化换]|升级|改[造建])$")
"""What stands before the 为 of 化危为机 and 散户转型为公司, which frames nothing."""
_FRAMED = re.compile(r"[^,;。]*(?<![行作成认人视敢华])(?<!转化)为")
"""Behind the last of the things: 甲、乙为重点."""
_MARKER = re.compile(
    r"(?:\([\d一二三四五六七八九十]{1,3}\)|[①-⑳]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}步,?)\s*(?=\S)"
)
_JOINED = re.compile("[和与及][^谐平美睦气解其时]")
_LONGEST_LEAD = 40
_LONGEST_SHORT = 4
_CARRIED_OUT = ("实施", "开展", "组织实施", "组织开展", "即")
"""What is done with undertakings, whatever verbs their names begin with: 实施甲行动、提升乙行动; and 即, no verb."""
_ATTRIBUTE = 3
"""What stands so near behind 的 belongs to the name."""
_QUOTED = 4
"""Items that begin with so many signs in common, an opening quotation mark among them, begin with one quoted name."""
_MUCH_LONGER = 2
"""A first member that is so many times as long as the longest other carries words that lead up to the list."""


def polished(plain: str, spans: list[Span], words: tuple[str, ...] = ()) -> list[Span]:
    """Return members without the words that introduce, govern or frame the whole list.

    `words` are pieces of the name, 联动 of 三医联动: what the name says of the things is no part of the last one.
    """
    if len(spans) < 2:
        return []
    whole = spans
    if plain[spans[0][0]] == "指" and (found := _BARELY_IS.match(plain, *spans[0])):
        start = found.end()
        if plain[start - 2] in ",。" or plain.startswith(plain[start : start + 2], spans[1][0]):
            spans = [(start, spans[0][1]), *spans[1:]]  # 五大任务,指甲、乙; 指定点医院、定点药店
    labels = [LABEL.match(plain, a, b) for a, b in spans]
    if all(labels):
        return [(label.end(), b) for label, (_, b) in zip(labels, spans, strict=True) if label and label.end() < b]
    spans = [
        (label.end(), b) if label and label.end() < b and i in (0, len(spans) - 1) else (a, b)
        for i, (label, (a, b)) in enumerate(zip(labels, spans, strict=True))
    ]
    joined = None if all(plain[a] == plain[spans[-1][0]] for a, _ in spans) else _JOINED.match(plain, *spans[-1])
    if joined and plain[slice(*joined.span())] not in common_words():
        spans = [*spans[:-1], (joined.start() + 1, spans[-1][1])]  # 甲、乙、和丙
    spans = _without_markers(plain, spans)
    spans = [_at_counted(plain, spans, words) or _without_lead(plain, spans, words), *spans[1:]]
    framed = (
        spans
        if words and ("为" in words[0] or _named_behind(plain, spans, words[0]))
        else _without_frames(plain, spans)
    )
    if framed is None:
        return []
    bare = not any("为" in plain[a:b] for a, b in spans) and len({plain[b - 2 : b] for _, b in spans}) == 1
    if framed == spans and bare and all(plain[a] == "以" for a, _ in spans):
        framed = [(a + 1, b) for a, b in spans]
    spans = framed
    if len({plain[a : a + 2] for a, _ in spans}) > 1:  # 同时设计、同时施工
        spans = [(_behind_connective(plain, a, b), b) for a, b in spans]
    spans = [(behind_is(plain, a, b), b) for a, b in spans]
    spans = without_tail(plain, spans, words)
    if not spans:
        return []
    spans = without_shared_end(plain, up_to_noun(plain, spans, COUNTED.sub("", words[0]) if words else ""), words[:1])
    (start, end), others = spans[0], [plain[a:b] for a, b in spans[1:]]
    at = _behind_clause(plain, start, end, others)
    torn = plain.count("(", at, end) != plain.count(")", at, end) or set(plain[start:at]) & set(OPENING_QUOTES)
    at = start if torn else at  # 村(宅)旁 is one place
    return with_shared_end(plain, whole, behind_subject(plain, [(at, end), *spans[1:]]))


def _without_markers(plain: str, spans: list[Span]) -> list[Span]:
    """(1)甲, ①甲, 一是甲: members without the numbers that they are printed with, if all have one."""
    marks = [_MARKER.match(plain, a, b) for a, b in spans]
    if marks[0] is None and all(marks[1:]):
        marks[0] = _MARKER.search(plain, *spans[0])  # 某市的举措:一是甲；二是乙
    return [(mark.end(), b) for mark, (_, b) in zip(marks, spans, strict=True) if mark] if all(marks) else spans


def without_frame(plain: str, start: int, end: int) -> Span | None:
    """以社区为平台, 指挥部为骨架的格局: what stands between 以 and 为, or before 为; None if nothing does."""
    verb = LEADING_VERB.match(plain, start, end)
    if verb and plain.startswith("以", verb.end()):
        start = verb.end()
    begin = start + 1 if plain[start] == "以" and end - start > 2 else start
    if begin > start and plain[begin] == "为":
        return None
    frame = _FRAME.search(plain, begin + 1, end)
    said = plain[begin : frame.start()] if frame else ""
    becomes = (begin == start or "、" in said) and _BECOMES.search(said)
    return (begin, frame.start()) if frame and not becomes else (start, end)


def _without_frames(plain: str, spans: list[Span]) -> list[Span] | None:
    """以甲为核、乙为翼: what is framed so, if 以 opens the frame or several have one; None if a frame holds nothing.

    A single 为 is part of a word or of a clause: 统一政府行为尺度.
    """
    framed = [without_frame(plain, a, b) for a, b in spans]
    kept = [span for span in framed if span]
    number = sum(new[1] < old[1] for old, new in zip(spans, kept, strict=False))
    opened = _OPENED.search(plain, max(0, spans[0][0] - _LONGEST_LEAD), spans[-1][0] + 1)
    if len(kept) < len(spans):
        return None
    if number == 1 and spans[2:] and any(new[1] < old[1] for old, new in zip(spans[1:-1], kept[1:-1], strict=True)):
        return spans  # 甲保护、以乙为重点的丙修复、丁治理: one of the things is named so
    if number == 1 and opened and plain[spans[0][0]] == "以" and kept[0] == spans[0]:
        kept[0] = (spans[0][0] + 1, spans[0][1])
    return kept if number > 1 or (number and opened) else spans


def _named_behind(plain: str, spans: list[Span], name: str) -> bool:
    """以甲为主线的乙轴、以丙为主线的丁轴 for 两轴: tell whether what is counted stands behind all frames."""
    frames = [_FRAME.search(plain, a + 1, b) for a, b in spans]
    return all(frame and "的" in frame[0] and frame[0].endswith(name[-1]) for frame in frames)


@functools.lru_cache(maxsize=65536)
def _is_lead(words: str) -> bool:
    return patterns.matches("borders", "leads", words)


def _without_lead(plain: str, spans: list[Span], words: tuple[str, ...]) -> Span:
    """清理欠账、欠款、欠薪; 对本市居民免门票、免停车费: what stands before the list belongs to none of its members."""
    start, end = spans[0]
    others = [plain[a:b] for a, b in spans[1:]]
    if (cut := _at_its_quote(plain, start, end, others)) is not None:
        return cut, end
    if (cut := _where_alike(plain, start, end, others)) is not None:
        return cut, end
    if (cut := _end_alike(plain, start, end, others)) > start:
        return cut, end
    counted = COUNTED.sub("", words[0]) if words else ""
    if counted[1:] and plain.startswith(counted, start) and not any(counted in other for other in others):
        behind = start + len(counted) + plain.startswith("好", start + len(counted))
        start = behind if end - behind > 1 else start  # 统筹好甲、乙、丙 for 三个统筹
    governed = any(map(LEADING_VERB.match, others))
    while start < end:
        behind = _behind_lead(plain, start, end, others, governed)
        if behind == start:
            break
        framed = plain[start:behind] == "以" and _FRAMED.search(plain, spans[-1][0])
        start = behind
        if framed:
            return start, end  # 以深化改革试验区、甲区为目标: what stands between 以 and 为 is named, not done
    if governed:
        return _at_its_verb(plain, start, end, spans[1:]), end
    if (at := _behind_clause(plain, start, end, others)) > start:
        return at, end
    return _behind_verb(plain, start, end, others, *words[:1]), end


def _behind_verb(plain: str, start: int, end: int, others: list[str], name: str = "") -> int:
    """创建甲城市、乙城市、丙城市: return where a first item longer than all others begins, behind its verb.

    Where all end alike the verb may be a part of the name, unless what is left is as long as the others.
    """
    lengths = sorted(map(len, others))
    if end - start <= lengths[-1]:
        verbal = [item[:2] in verbs() for item in (plain[start:end], *others)]
        alike = len({plain[end - 1], *(other[-1] for other in others)}) == 1
        verb = verb_at(plain, start, end)
        done = (
            verb
            and verb.end() == start + 2
            and verbal == [True] + [False] * len(others)
            and alike
            and end - start - 2 >= max(lengths[0], 3)
        )
        # 创建甲城市、全国乙城市: a verb though others are as long; 创建甲市、乙名城 for 两城同创: the name says it too
        named = verbal == [True] + [False] * len(others) and set(plain[start : start + 2]) & set(name)
        return start + 2 if done or (named and end - start > _LONGEST_SHORT and plain[end] in "、和与及") else start
    ends_alike = len({other[-2:] for other in (plain[start:end], *others)}) == 1
    behind = behind_governing(plain, start, end, others)
    fits = not ends_alike or len(others) == 1 or lengths[0] <= end - behind <= lengths[-1]
    return behind if fits else start


@functools.cache
def _done() -> re.Pattern[str]:
    return re.compile(f"(?:{words('verb', 'verb-or-noun')}|以上|以下)$")


def _behind_clause(plain: str, start: int, end: int, others: list[str]) -> int:
    """某市开展的甲秩序、乙秩序、丙秩序; 某市创建甲城市、乙城市、丙城市: return where a first item begins behind what is
    done with all of them, if it is longer than all others; at `start` if nothing is.
    """
    usual = sorted(map(len, others))
    shortest, longest = usual[0], usual[-1]
    at = plain.rfind("的", start, end) + 1
    far_longer = shortest == longest or end - start > _MUCH_LONGER * longest
    if at > start + 1 and far_longer and shortest <= end - at <= longest + 1 and not any("的" in o for o in others):
        return at  # 流经全县的甲江、乙河、丙河
    short_row = len(others) > 2 and usual[-2] == shortest < _LONGEST_SHORT and end - start >= 2 * longest
    if short_row and len({plain[end - 1], *(other[-1] for other in others)}) == 1:
        cut = end - shortest  # 农村公路建甲、管甲、护甲
        return start if plain[cut - 1 : cut + 1] in inner_pairs() else cut
    if len(others) < 2 or end - start <= longest:
        return start
    of = plain.rfind("的", start, end)
    done = of > start + 1 and (plain[of - 2 : of] in verbs() or _done().search(plain[start:of]))
    if done and not any("的" in other for other in others):
        return of + 1 if 0.6 * shortest <= end - of - 1 <= longest + 2 else start
    if (cut := _behind_predicate(plain, start, end, others)) > start:
        return cut
    if len({plain[end - 2 : end], *(other[-2:] for other in others)}) > 1:
        return start
    for verb in compiled(words("verb")).finditer(plain, start + 2, end):
        at = verb.end() + plain.startswith(("出", "了"), verb.end())
        within = plain[at : at + 1] == "," or plain[at - 1 : at + 1] in common_words()
        within = within or any(verb[0] in other for other in others)
        if shortest <= end - at <= longest and not within:
            return at
    return start


def _behind_predicate(plain: str, start: int, end: int, others: list[str]) -> int:
    """某市将着力构建甲广场、乙洲; 干部要提高甲能力、乙能力: return where a first item begins behind a verb that an
    adverb or an auxiliary leads to, if it is longer than all others and none of them has such a predicate.
    """
    predicate = compiled(f"(?:(?!全面){words('adverb')}|[要将应须])+(?P<verb>{words('verb')}以?)")
    beside = any(map(predicate.search, others)) or all(other[0] == plain[start] for other in others)
    found = None if beside else predicate.search(plain, start, end)
    governed = all(map(compiled(words("verb")).match, others))  # 应|强化甲、实行乙、实行丙
    at = found.span("verb")[not governed] if found else start
    return at if 0.6 * min(map(len, others)) <= end - at <= max(map(len, others)) + 2 else start


def _at_counted(plain: str, spans: list[Span], words: tuple[str, ...]) -> Span | None:
    """贫困人口不愁甲、不愁乙 for 两不愁: where all others begin with what is counted, so does the first."""
    start, end = spans[0]
    counted = COUNTED.sub("", words[0]) if words else ""
    far_longer = end - start > _MUCH_LONGER * max(b - a for a, b in spans[1:])
    beginnings = (*words[1:], counted) if counted[1:] or (counted and far_longer) else words[1:]
    shared = next((word for word in beginnings if all(plain.startswith(word, a) for a, _ in spans[1:])), None)
    at = _nearest(plain, shared, start, end, [b - a for a, b in spans[1:]]) if shared else -1
    return (at, end) if at >= 0 else None


def _nearest(plain: str, words: str, start: int, end: int, lengths: list[int]) -> int:
    """Return where words stand that begin an item about as long as most others, 一名 of 每一项工作有一名领导; -1 if
    nowhere.
    """
    usual = sorted(lengths)[len(lengths) // 2]
    found = [at for at in range(start, end) if plain.startswith(words, at, end)]
    at = min(found, key=lambda at: abs(end - at - usual), default=-1)
    of = plain.rfind("的", start, max(at, start))
    at = of + 1 if 0 <= of < at <= of + _ATTRIBUTE else at  # 集体所有的货币资金
    return at + 1 if plain[at : at + 1].isspace() else at


def _at_its_quote(plain: str, start: int, end: int, others: list[str]) -> int | None:
    """即“甲”、“乙”、“丙”: where all others are quoted, the first begins with its quotation mark."""
    if plain[start] in OPENING_QUOTES or not all(other[0] in OPENING_QUOTES for other in others):
        return None
    cut = next((i for i in range(start, end) if plain[i] in OPENING_QUOTES), None)
    return cut if cut is not None and plain[end - 1] in CLOSING_QUOTES else None


def _at_its_verb(plain: str, start: int, end: int, others: list[Span]) -> int:
    """某部门出台的建立甲、开展乙: where all others begin with verbs, the first begins with its own behind 的."""
    if verb_at(plain, start, end) or not all(verb_at(plain, *span) for span in others):
        return start
    begins = [start + found.end() for found in re.finditer("的", plain[start:end])]
    return next((at for at in begins if verb_at(plain, at, end)), start)


def _where_alike(plain: str, start: int, end: int, others: list[str]) -> int | None:
    """Return where the first member begins as all others do, if they begin alike; at its own beginning, if it does
    there.
    """
    if len(others) == 1:
        for length in range(len(others[0]) - 1, 1, -1):  # 贫困人口不愁吃、不愁穿
            if plain.startswith(others[0][:length], end - len(others[0])) and end - len(others[0]) > start:
                return end - len(others[0])
    common = "".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, zip(*others, strict=False)))
    if len(common) < (1 if len(others) > 1 else 2) or (common[0] in OPENING_QUOTES and len(common) < _QUOTED):
        return None
    if plain.startswith(common[0], start, end) or (len(common) == 1 and end - start <= min(map(len, others))):
        return start
    cut = _nearest(plain, common, start, end, list(map(len, others)))
    return cut if cut > start else None


def _behind_lead(plain: str, start: int, end: int, others: list[str], governed: bool) -> int:
    """Return where the words that lead up to the list end; at `start` if none do."""
    shortest, longest = min(map(len, others)), max(map(len, others))
    verb = LEADING_VERB.match(plain, start, end)
    if verb and verb.end() < end - (shortest > 1) and not governed:
        leads = compiled(words("preposition")).match(verb[0])  # 聚焦甲、乙
        done = not leads and any(map(compiled(f"{words('adverb')}+{words('verb', 'verb-or-noun')}").match, others))
        within = done and len(others) > 1 and end - start <= longest and end - verb.end() < shortest
        stop = verb.end() + (plain[verb.end()] in "起了出" and end - verb.end() > 2)
        return start if within else stop  # 深化甲改革、乙提升、全面促进丙: one of several things that are done
    if plain[start : start + 2] in _OTHER:
        return start
    if governed and plain[start] == "从" and verb_at(plain, start + 1, end):
        return start + 1  # 从强化甲、培育乙等方面
    ends = {other[-2:] for other in others} if others[1:] else set()
    for cut in range(min(end - 1, start + _LONGEST_LEAD), start, -1):
        lead = plain[start:cut]
        if plain[cut] in "性化者型度" or (cut == end - 1 and min(shortest, len(lead)) > 1):
            continue  # 保障性住房; 建设好、管理好
        shared = any(other.startswith(lead) for other in others) or all(lead in other for other in others)
        fits = end - start <= longest and end - cut < shortest and plain[end - 2 : end] in ends
        if _is_lead(lead) and not (shared or fits):  # 全面深化改革甲试验区、国家乙试验区
            governs = verb_at(plain, start, cut)
            if (
                governed
                and lead not in _CARRIED_OUT
                and not lead.endswith(("包括", "包含", "涵盖", "分为"))
                and (LEADING_VERB.match(lead) or len(lead) == 1 or (governs and governs.end() == cut))
            ):
                continue
            return cut
    return start


def _end_alike(plain: str, start: int, end: int, others: list[str]) -> int:
    """把农村公路建好、管好、护好: behind a preposition the first member is as long as the others, if it ends alike."""
    usual = {len(other) for other in others}
    alike = len({plain[end - 1], *(other[-1] for other in others)}) == 1
    much_longer = end - start > _MUCH_LONGER * max(usual) and len(others) > 1
    if plain[start] in "把将对在从向为给让使" and alike and much_longer:
        cut = end - min(usual)
        return cut - (plain[cut - 1 : cut + 1] in common_words())  # 把农村公路|建设好、管好
    return start


def _behind_connective(plain: str, start: int, end: int) -> int:
    """以及丙, 并丁: a connective before a member is no part of it."""
    for cut in range(min(end - 1, start + 14), start, -1):
        if plain[start] in "以并同还及其" and plain[start : start + 2] in _CONNECTIVES and _is_lead(plain[start:cut]):
            return cut
    return start


def behind_is(plain: str, start: int, end: int) -> int:
    """是指甲, 的乙: what belongs to the words before a member."""
    found = _IS_OR_OF.match(plain, start, end)
    return found.end() if found and found.end() < end - 1 else start


_BARELY_IS = re.compile(f"(?:{any_of('defining', 'means-barely')}|指(?=定))(?=..)")
_IS_OR_OF = re.compile(rf"(?:{any_of('defining', 'means')})?的?")
_OTHER = frozenset(("其他", "其它", "其余", "其次"))
_CONNECTIVES = frozenset(("以及", "并且", "同时", "还有", "及其", "其中"))
