"""Words that stand once for all members of a list: their end on the last one, their subject on the first.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import functools
import re

from glossary_api.parsing.enumerations import Span, conjunctions
from glossary_api.parsing.list_edges import shared_beginning, verb_at, words
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.text.everyday import common_words

_DONE = any_of("wordings", "done-to-all")
_SAID = any_of("wordings", "said-of-all")
_DEALT_WITH = any_of("wordings", "dealt-with")
_DEGREE = any_of("wordings", "degree")
_OF_NAMES_ALIKE = re.compile(f"{_DEGREE}?(?:{_DONE}|{_DEALT_WITH}|{_SAID})+(?:的.*)?$")
_DONE_TO_ALL = re.compile(f"(?:{_DEGREE}?{_DONE}+(?:{_SAID})*|{_DEGREE}{_DEALT_WITH}+)$")
_DEALT = re.compile(f"(?:{_DEALT_WITH})$")
_SAID_OF_ALL = re.compile(f"(?:{_SAID})+$")
_VERBAL = re.compile(f"(?:{_DONE}|{_DEALT_WITH}|{any_of('wordings', 'done')}|{words('verb', 'verb-or-noun')})$")
_PLACE = re.compile("(?<=[\u4e00-\u9fff])[市县区旗镇乡]")
_LONGEST_PLACE = 6
_AMOUNT = re.compile(r"\d+[个名家项条件支座所]")
_UNDERTAKEN = re.compile("(?:工程|行动|计划|攻坚战|保卫战|专项|活动)$")
_TREATMENT = re.compile("(?:污染|综合|专项)(?:防治|治理|整治)$")
_LEAST_NAMED = 4
_FOUR = 4
_SORTS = "级类层方档型处"
_MUCH_LONGER = 3
_ROW, _LONGEST_IN_ROW = 3, 6
"""Others of one length that are so many make a row, of which the first is a part."""


def up_to_noun(plain: str, spans: list[Span], noun: str) -> list[Span]:
    """甲、乙、丙级规划 for 三级: a list without what is counted and what is said of it, once behind the last member."""
    (start, end), others = spans[-1], [plain[a:b] for a, b in spans[:-1]]
    noun = noun[:1]
    at = plain.find(noun, start + 1, end) if noun and noun in _SORTS else -1
    short = at > start and at - start <= max(map(len, others))
    whole = plain[at - 1 : at + len(noun)] in common_words() or any(noun in other for other in others)
    return [*spans[:-1], (start, at)] if short and not whole and others[1:] else spans


def without_treatment(plain: str, spans: list[Span]) -> list[Span]:
    """甲、乙、丙污染防治: return a list of short names without what is done about all of them."""
    start, end = spans[-1]
    found = _TREATMENT.search(plain, start + 1, end)
    short = len(spans) > 2 and all(b - a <= _FOUR for a, b in spans[1:-1])
    return [*spans[:-1], (start, found.start())] if found and short else spans


def without_shared_end(plain: str, spans: list[Span], name: tuple[str, ...] = ()) -> list[Span]:
    """Return a list without what is said of all behind its last member: 乱甲、乱乙、乱丙行为; 甲馆、乙站、丙台建设."""
    (start, end), others = spans[-1], [plain[a:b] for a, b in spans[:-1]]
    if set(plain[start:end]) & set(",;。") or plain[start] in "不无未":
        return spans
    dealt = _DEALT.search(plain, start + 2, end)
    if (
        name
        and dealt
        and set(dealt[0]) & set(name[0])
        and not any(map(_VERBAL.search, (plain[a:b] for a, b in spans[:-1])))
    ):
        return [*spans[:-1], (start, dealt.start())]  # 甲废、乙废、丙废治理 for 三废联治
    for rule in (_of_places, _begun_alike, _of_things):
        stop = rule(plain, start, end, others)
        if start < stop < end and not any(True for _ in conjunctions(plain, stop - 1, end)):
            return [*spans[:-1], (start, stop)]
    return spans


def with_shared_end(plain: str, whole: list[Span], cut: list[Span]) -> list[Span]:
    """甲事为主、乙工作为主; 以甲为核心的基地、以乙为主的基地: return members with the end that the `whole` ones
    share, where some have lost more of it than others; frames alone, 甲为中心、乙为副中心, are none of it.
    """
    shared = len(shared_beginning([plain[a:b][::-1] for a, b in whole]))
    ends = [plain[after[1] : before[1]] for before, after in zip(whole, cut, strict=True)]
    if shared < 2 or len(set(map(len, ends))) < 2 or all(end[:1] == "为" and "的" not in end for end in ends):
        return cut
    starts = [after[0] - ("为" in end and plain[after[0] - 1] == "以") for after, end in zip(cut, ends, strict=True)]
    return [(start, end) for start, (_, end) in zip(starts, whole, strict=True)]


def _begun_alike(plain: str, start: int, end: int, others: list[str]) -> int:
    """名甲、名乙、名丙建设: where all begin alike, the last is no longer than the longest other."""
    found = (_OF_NAMES_ALIKE if others[1:] else _SAID_OF_ALL).search(plain, start + 1, end)
    alike = shared_beginning([*others, plain[start:end]])
    alike = alike if others[1:] or (alike[1:] and found and _SAID_OF_ALL.fullmatch(found[0])) else ""
    longest, shortest = max(map(len, others)), min(map(len, others))
    if not alike or not found or end - start <= longest:
        return end
    if verb_at(plain, start, end) and not _SAID_OF_ALL.fullmatch(found[0].partition("的")[0]):
        return end
    ends = any(map(_OF_NAMES_ALIKE.search, others)) or _VERBAL.search(plain, start, found.start())
    return end if ends or not shortest <= found.start() - start <= longest + 1 else found.start()


def _of_things(plain: str, start: int, end: int, others: list[str]) -> int:
    """甲馆、乙站、丙中心标准化建设: what is done to things of which no other one ends with what is done."""
    done = _DONE_TO_ALL.search(plain, start + 1, end)
    undertaken = _UNDERTAKEN.search(plain, start + _LEAST_NAMED, end)
    if undertaken and others[1:] and not (verb_at(plain, start, end) or any(map(_UNDERTAKEN.search, others))):
        left = undertaken.start() - start
        if min(map(len, others)) <= left <= max(map(len, others)):
            return undertaken.start()
    found = done or _SAID_OF_ALL.search(plain, start + 2, end)
    if not found or any(_VERBAL.search(other) or _SAID_OF_ALL.search(other) for other in others):
        return end
    shortest, longest, left = min(map(len, others)), max(map(len, others)), found.start() - start
    if any(verb_at(text, 0, len(text)) for text in (plain[start:end], *(others if done else ()))):
        return end
    if not others[1:] and not (re.match(_DEGREE, found[0]) or _SAID_OF_ALL.search(found[0])):
        return end  # two undertakings by chance
    ended = others[1:] and {other[-1] for other in others} == {plain[found.start() - 1]}
    fits = ended or (left > 2 and shortest <= left <= longest + _MUCH_LONGER)
    return found.start() if fits and not _VERBAL.search(plain, start, found.start()) else end


def _of_places(plain: str, start: int, end: int, others: list[str]) -> int:
    """甲市、乙县、丙区产业园: what stands behind the last of several places."""
    named = all(len(other) <= _LONGEST_PLACE and _PLACE.search(other, len(other) - 1) for other in others)
    found = _PLACE.search(plain, start + 1, end) if named and others[1:] else None
    fits = found and end - found.end() > 2 and found.end() - start <= _LONGEST_PLACE and "(" not in plain[start:end]
    return found.end() if found and fits and not _PLACE.search(plain, end - 1, end) else end


def behind_subject(plain: str, spans: list[Span]) -> list[Span]:
    """Return a list whose first member is without who or what does all of it: 两地实施|甲建设、乙建设、丙建设."""
    (start, end), others = spans[0], [plain[a:b] for a, b in spans[1:]]
    shortest, longest = min(map(len, others)), max(map(len, others))
    alike = all(other.startswith(plain[start : start + 2]) for other in others)
    if end - start < longest + _MUCH_LONGER or set(plain[start:end]) & set("、,;。") or alike:
        return spans
    amount = _AMOUNT.search(plain, start + 1, end)
    if amount and 2 * sum(_AMOUNT.match(other) is not None for other in others) > len(others):
        return [(amount.start(), end), *spans[1:]]
    row = len(others) >= _ROW and 1 < shortest == longest < _LONGEST_IN_ROW
    if row and _parts(plain, start, end - longest) and not _PLACE.search(plain, end - longest - 1, end - longest):
        return [(end - longest, end), *spans[1:]]
    if not others[1:]:
        shortest = longest = longest if plain[end - 1] == others[0][-1] else end  # a pair of one length and one end
    ends = {plain[b - 2 : b] for _, b in spans}
    for at in range(end - shortest, start + 1, -1):
        if end - at > longest:
            break
        verb = _governing().search(plain, start + 1, at)
        of = plain[at - 1] == "的" and len(ends) > 1 and not any("的" in other for other in others)
        governs = verb and plain.count("(", start, at) == plain.count(")", start, at) and "“" not in plain[start:at]
        if (of and _parts(plain, start, at)) or (governs and verb and not any(verb[0] in other for other in others)):
            return [(at, end), *spans[1:]]
    return spans


def _parts(plain: str, start: int, at: int) -> bool:
    """Tell whether an offset parts no word, and no quotation or bracket."""
    before = plain[start:at]
    return plain[at - 1 : at + 1] not in common_words() and before.count("(") == before.count(")") and "“" not in before


@functools.cache
def _governing() -> re.Pattern[str]:
    """Return what parts a subject from what is listed: a verb of two signs or more, or a preposition."""
    verb = f"{words('verb')}|努?力?成为|做到|定位为|涵盖|享受|{words('adverb')}{words('verb-or-noun')}"
    return compiled(rf"(?:(?:{verb})|(?<=..)[以在将把对从])$")
