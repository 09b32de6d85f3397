"""A list whose items stand apart: one at the head of each sentence, in each clause before, or in another sentence.

“四稳”政策。全力稳甲，…。全力稳乙，…。全力稳丙，…。全力稳丁，…。 So far from its slogan a list is taken only if each of
its items has in it what the numeral counts, and the stretch has just as many of them as the numeral says.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, split, split_last
from glossary_api.parsing.likely_edges import likely_first
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    behind_governing,
    behind_joined_verbs,
    first_of,
    goes,
    is_led,
    names,
    shared_beginning,
    words,
)
from glossary_api.parsing.numerals import Counts
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.whole_clauses import begins_with_verb
from glossary_api.text.everyday import common_words, is_made_of_words
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_HEAD = re.compile(
    r"(?<=[。;:!?\r\n])\s*(?:[^,。;:!?\r\n]{2,8},(?=一是))?(?:--|[一二三四五六七八九十]是|\([一二三四五六七八九十\d]+\))?(?P<head>[^,。;:!?\r\n]+)"
)
_LABEL = r"(?:--|[一二三四五六七八九十\d]+[是要、.]|第[一二三四五六七八九十],?|\([一二三四五六七八九十\d]+\))"
_HEADING = re.compile(rf"[\r\n]\s*{_LABEL}?[{OPENING_QUOTES}]?$")
_PARAGRAPHS_FOLLOW = re.compile(rf"[{CLOSING_QUOTES}]?[^。:\r\n]{{0,60}}[:。,]?(?=[\r\n])")
_REACH_OF_PARAGRAPHS = 6000
"""How far the paragraphs of a list may reach, in characters."""
_LONGEST_HEAD = 40
_SHORT_HEAD = 10
_SHORT_NAME = 6
_MOST_TIMES = 4
"""A sign that stands so many times as often in a paragraph as is counted says little of the clauses that it ends."""
_SHORT_LEAD = 3
_FARTHEST = 1500
"""How far behind a slogan the last of the sentences may begin, in characters."""
_NEAR = 100
"""How far from a slogan a row of short names may stand in another clause."""
_NEAR_BEGINNING = 16
"""A slogan that stands so near to the beginning of its sentence may sum up the sentence before."""
_BACK = 400
_FRAMES = "在以把将对从"
_SENTENCE_END = re.compile(r"[。!?\r\n]")


def list_around(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the members that stand apart from a slogan, each with what is counted in it; empty if none do."""
    if counts.form != "words" or counts.total < 2:
        return []
    if not counts.is_single:
        each_one = all(count.number == 1 and count.thing for count in counts.counts)
        return _numbered_sentences(plain, slogan, [count.thing for count in counts.counts]) if each_one else []
    thing = counts.counts[0].thing
    if not thing or not thing.isalpha():
        return []
    rules = (
        _row_of_short_names,
        _list_in_other_clause,
        _heads_of_paragraphs,
        _heads_of_sentences,
        _numbered_alike,
        _framed_alike,
        _clauses_of_sentence_before,
        said_next,
    )
    return next((found for rule in rules if (found := rule(plain, slogan, thing, counts.total))), [])


def at_heads(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the members at the heads of the sentences behind a numeral that no quotation marks enclose."""
    return _heads_of_sentences(plain, slogan, counts.counts[0].thing, counts.total)


@functools.cache
def _taken_as() -> re.Pattern[str]:
    """Return the pattern of a sentence behind a heading that says how all that is counted is taken."""
    return re.compile(rf"[^。\r\n]{{0,16}}。\s*[^,。;:\r\n]{{0,8}}?[把将](?P<list>[^,。;:\r\n]+?){words('made-of')}")


def said_next(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """（一）“三件大事”扎实推进。坚持把甲、乙、丙作为重大任务: the sentence behind a heading has as many things."""
    heading = _HEADING.search(plain, max(0, slogan.start - _SHORT_HEAD), slogan.start)
    found = _taken_as().match(plain, slogan.end) if heading and thing and number > 2 else None
    if not found:
        return []
    spans = split_last(plain, split(plain, *found.span("list"), "、"))
    return spans if len(spans) == number and alike(plain, spans) and names(plain, spans) else []


def _heads_of_paragraphs(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """做到“八个坚定不移”：⏎一是坚定不移抓甲。…⏎二是坚定不移抓乙。…: as many paragraphs begin with what is counted."""
    begin = _PARAGRAPHS_FOLLOW.match(plain, slogan.end) if len(thing) > 1 else None
    if not begin or plain.count(thing, begin.end(), begin.end() + _REACH_OF_PARAGRAPHS) < number:
        return []
    head = re.compile(rf"[\r\n][ \t\u3000]*{_LABEL}?(?P<head>{re.escape(thing)}[^,。;:!?\r\n]{{2,{_LONGEST_HEAD}}})")
    found = list(head.finditer(plain, begin.end(), begin.end() + _REACH_OF_PARAGRAPHS))
    ends = [begin.end(), *(plain.find("\n", one.end()) for one in found)]
    alone = [not plain[end : one.start()].strip() for end, one in zip(ends, found, strict=False)]
    if len(found) > number and all(alone[:number]) and not alone[number]:
        found = found[:number]  # later paragraphs begin so by chance
    at_once = len({one["head"] for one in found}) == len(found) == number and alone[0]
    return [one.span("head") for one in found] if at_once else []


_NUMBERS = "一二三四五六七八九十"
_SAID_FIRST = r"(?:[\r\n]\s*|(?<=[。;:]))"
"""Where a sentence or a paragraph begins."""


def _numbered_alike(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """打好“三个攻坚战”。⏎一是突出重点，打好甲攻坚战。…⏎二是…: the first sentence of each has such a thing."""
    return [] if len(thing) < 2 or goes(thing) else _numbered_sentences(plain, slogan, [thing] * number)


def _framed_alike(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """“五网”行动。织密甲网，…。织密乙网，…: just as many clauses of one beginning and one end, which the sign ends."""
    end = next(_paragraph_ends(plain, slogan.end))
    few = number <= plain.count(thing, slogan.end, end) <= _MOST_TIMES * number
    if len(thing) > 1 or number < 3 or not few:
        return []
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for a, b in split(plain, slogan.end, end, ",。;:"):
        if b - a <= _LONGEST_HEAD and plain.find(thing, max(a + 2, b - _SHORT_NAME), b) >= 0:
            groups[plain[a : a + 2]].append((a, b))
    for spans in groups.values():
        clauses = [plain[a:b] for a, b in spans]
        before, behind = shared_beginning(clauses), shared_beginning([clause[::-1] for clause in clauses])[::-1]
        if len(spans) == len(set(clauses)) == number and thing in behind and thing not in before:
            at = len(behind) - behind.rindex(thing) - 1
            spans = [(a + len(before), b - at) for a, b in spans]
            return spans if all(b - a > 1 for a, b in spans) and names(plain, spans) else []
    return []


def _numbered_sentences(plain: str, slogan: Slogan, things: list[str]) -> list[Span]:
    """“一城、一港”：一是甲城。…二是乙港。…: in the numbered sentences the same clause ends with what is counted."""
    if len(things) >= len(_NUMBERS) or plain.find(things[-1], slogan.end, slogan.end + _FARTHEST) < 0:
        return []
    at = slogan.end
    sentences: list[list[Span]] = []
    for sign in _NUMBERS[: len(things) + 1]:
        begin = compiled(rf"{_SAID_FIRST}{sign}是(?P<first>[^。\r\n]+)。").search(plain, at, at + _FARTHEST)
        if len(sentences) == len(things):
            again = begin and compiled(f"{_SAID_FIRST}一是").search(plain, at, begin.start())
            return _ending_alike(plain, sentences, things) if begin is None or again else []
        if begin is None or (not sentences and "。" in plain[at : begin.start() - 1]):
            return []
        sentences.append(split(plain, *begin.span("first"), ","))
        at = begin.end() - 1
    return []


def _ending_alike(plain: str, sentences: list[list[Span]], things: list[str]) -> list[Span]:
    """Return the clause of each sentence that ends with its thing: the last one of all, or the same one of all."""
    for place in (-1, *range(min(map(len, sentences)) - 1)):
        spans = [clauses[place] for clauses in sentences if clauses]
        if len(spans) == len(things) and all(
            plain.endswith(thing, *span) for thing, span in zip(things, spans, strict=True)
        ):
            # 在甲上实现新突破 is one clause, and 壮大一批 all that is said
            bare = [(behind_verbs_of(plain, a, b), b) for a, b in spans]
            things_alone = any(b - a <= len(thing) for (a, b), thing in zip(bare, things, strict=True))
            return spans if things_alone else bare
    return []


def behind_verbs_of(plain: str, start: int, end: int) -> int:
    """Return where a name begins behind one verb, or two that are joined: 树立和落实|甲理念, 打好|防范化解甲攻坚战."""
    joined = behind_joined_verbs(plain, start, end)
    if joined > start:
        return joined
    if plain[start] in _FRAMES:
        return start
    lead = compiled(f"(?:{words('adverb')})*(?:{words('preposition')})?(?:{words('verb')})").match(plain, start, end)
    return lead.end() if lead else behind_governing(plain, start, end)


def _heads_of_sentences(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """“六大集群”。打造甲集群。…打造己集群。…: as many sentences of a paragraph begin with a thing of that name."""
    for end in _paragraph_ends(plain, slogan.end):
        # Counting signs is far faster than looking for heads, of which most paragraphs have none of the kind.
        sentences = sum(plain.count(sign, slogan.end, end) for sign in "。;")
        if min(plain.count(thing, slogan.end, end), sentences) < number - 1:
            continue
        heads = [found.span("head") for found in _HEAD.finditer(plain, slogan.end, end)]
        all_of_it = len(heads) == number
        heads = [(a, b) for a, b in heads if b - a <= _LONGEST_HEAD]
        ending = _ending_with(plain, heads, thing, number, all_of_it=all_of_it)
        for spans in (_beginning_with(plain, heads, thing, number), ending, _holding(plain, heads, thing)):
            if len(spans) == number and len({plain[a:b] for a, b in spans}) == number and names(plain, spans):
                return spans
    return []


def _paragraph_ends(plain: str, start: int, reach: int = _FARTHEST) -> Iterator[int]:
    """Yield the end of the paragraph that an offset stands in, and of the next one, or how far they reach at most."""
    limit = min(len(plain), start + reach)
    for _ in range(2):
        end = plain.find("\n", start, limit)
        yield end if end >= 0 else limit
        start = end + 1 if end >= 0 else limit


def _beginning_with(plain: str, heads: list[Span], thing: str, number: int) -> list[Span]:
    """Return the heads that begin with what is counted, adverbs before it left out: 全力稳甲."""
    if len(thing) == 1 and number < 3:
        return []
    adverbs = compiled(words("adverb") + "*")
    spans = []
    for a, b in heads:
        lead = adverbs.match(plain, a, b)
        start = lead.end() if lead else a
        if (
            plain.startswith(thing, start, b)
            and b - start > len(thing)
            and (len(thing) > 1 or b - start <= _SHORT_HEAD)
        ):
            spans.append((start, b))
    # 农业甲提高, 农村乙增强 for 三农: what is counted is no word of its own
    inside = len(thing) == 1 and all(plain[a : a + 2] in common_words() and b - a > 2 for a, b in spans)
    return [] if inside else spans


def _holding(plain: str, heads: list[Span], thing: str) -> list[Span]:
    """Return the short heads that say how something is by what is counted: 甲更加雄厚, 乙更加宜居 for 三个更加."""
    inside = [(a, b) for a, b in heads if a < plain.find(thing, a, b) < b - len(thing)]
    shared = {plain[plain.find(thing, a, b) - 1] for a, b in inside}
    short = all(b - a <= _SHORT_HEAD + len(thing) for a, b in inside)
    said = len(thing) > 1 and len(inside) > 2 and short and (len(shared) > 1 or goes(thing))
    if said and is_made_of_words(thing) and not compiled(words("adverb", "going")).fullmatch(thing):
        framed = all(plain[a] == "以" for a, _ in inside)  # 以|甲振兴|为本
        lead = compiled(words("verb", "verb-or-noun"))
        verbs = [found.end() if (found := lead.match(plain, a, b)) else 0 for a, b in inside]
        if all(verbs):
            inside = [(begin, b) for begin, (_, b) in zip(verbs, inside, strict=True)]
        ends = [plain.find(thing, a, b) + len(thing) for a, b in inside]  # 甲经济|逐步做强, 乙经济|迈出新步伐
        return [(a + framed, at + (plain[at] in CLOSING_QUOTES)) for (a, _), at in zip(inside, ends, strict=True)]
    return inside if said else []


def _ending_with(plain: str, heads: list[Span], thing: str, number: int, *, all_of_it: bool) -> list[Span]:
    """Return the heads that end with what is counted, without the verbs before them: 打造甲集群.

    A common noun ends heads by chance, unless each has the same verb or `all_of_it`, every head behind, ends so.
    """
    if len(thing) < 2 or goes(thing):
        return []
    heads = [(a, b) for a, b in heads if plain.endswith(thing, a, b)]
    if all(plain[a] == "在" and "上" not in plain[a:b] for a, b in heads):
        heads = [(a + 1, b) for a, b in heads]
    spans = [(behind_verbs_of(plain, a, b), b) for a, b in heads]
    shared = compiled(words("verb-or-noun")).match(plain, *heads[0]) if heads else None
    if shared and all(plain.startswith(shared[0], a) for a, _ in heads):
        spans = [(a + len(shared[0]), b) for a, b in heads]  # 发展甲经济。…发展乙经济。
    verbs = {plain[a:start] for (a, _), (start, _) in zip(heads, spans, strict=True)}
    if number > 2 and not all(verbs) and len({b - a for a, b in heads}) == 1:
        return heads  # 在建一批。…开工一批。…: names of one length
    common = compiled(words("undertaking", "verb-or-noun")).fullmatch(thing) is not None
    if common and number < 4:
        alike_led = len(verbs) == 1 or (all_of_it and number > 2 and all(verbs))
    else:
        alike_led = all(verbs) or (not any(verbs) and number > 2)
    whole = len(spans) == number and all(b - a > len(thing) for a, b in spans)
    return spans if alike_led and whole and alike(plain, spans) else []


def _row_of_short_names(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """国有“三资”改革，盘活资源、资产、资金: names of one length in another clause, all with what is counted."""
    sign = bare_noun(thing)
    if len(sign) != 1 or number < 3:
        return []
    start = max(0, slogan.start - _NEAR)
    start = max([start, *(found.end() for found in _SENTENCE_END.finditer(plain, start, slogan.start))])
    stop = _SENTENCE_END.search(plain, slogan.end, slogan.end + _NEAR)
    end = stop.start() if stop else min(len(plain), slogan.end + _NEAR)
    for a, b in ((slogan.end, end), (start, slogan.start)):
        if min(plain.count(sign, a, b), plain.count("、", a, b) + 1) < number:
            continue
        for length, place in _PLACES_OF_SIGN:
            for found in _row_of_names(length, number).finditer(plain, a, b):
                spans = [(at, at + length) for at in range(found.start(), found.end(), length + 1)]
                rest = "".join(plain[x : x + place] + plain[x + place + 1 : y] for x, y in spans)
                if any(plain[x + place] != sign for x, _ in spans) or not _ALL_HAN.fullmatch(rest):
                    continue
                distinct = len({plain[x:y] for x, y in spans}) == number
                begin = max(plain.rfind(stop, a, found.start()) for stop in ",。;\n、") + 1
                if distinct and (place == 0 or is_led(plain, max(begin, a), found.start())):
                    return spans
    return []


def _list_in_other_clause(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """建设“三个中心”。打造会议中心、会展中心、奥体中心: a list near by, the items of which end in what is counted."""
    sign, (begin, stop) = bare_noun(thing), (max(0, slogan.start - _NEAR), min(len(plain), slogan.end + _NEAR))
    opposed = compiled(words("opposing") + f"[{OPENING_QUOTES}]?$").search(plain, begin, slogan.start)
    alone = len(sign) > 1 and plain.count(plain[slogan.start : slogan.end], begin, stop) == 1
    if (
        number < 3
        or opposed
        or not alone
        or min(plain.count(sign, begin, stop), plain.count("、", begin, stop) + 2) < number
    ):
        return []
    clauses = split(plain, begin, stop, ",;。:!?\r\n")
    for a, b in sorted(clauses, key=lambda clause: clause[0] < slogan.start):
        items = split(plain, a, b, "、") if not a <= slogan.start < b and plain.count(sign, a, b) >= number else []
        for spans in (items, split_last(plain, items)) if items else ():
            ends = [plain.rfind(sign, *span) + len(sign) for span in spans]
            whole = len(spans) == number and min(ends) >= len(sign) and ends[:-1] == [end for _, end in spans[:-1]]
            first = first_of(plain, spans) if whole else None
            if first is None or first != likely_first(plain, spans, sure=0):
                continue
            spans = [first, *spans[1:-1], (spans[-1][0], ends[-1])]
            doubtful = _share_verb(plain, spans) or any(re.search(r"\d", plain[x:y]) for x, y in spans)
            if not doubtful and alike(plain, spans) and names(plain, spans):
                return spans
    return []


def _share_verb(plain: str, spans: list[Span]) -> bool:
    """推行甲机制、推行乙机制和丙机制: tell whether the first item has its verb in common with some, not with all."""
    begins = [plain[a : a + 2] if begins_with_verb(plain, a, b) else "" for a, b in spans]
    return begins[0] != "" and 1 < begins.count(begins[0]) < len(begins)


_PLACES_OF_SIGN = ((2, 0), (2, 1), (3, 2), (4, 3))
"""The lengths of names and where in them a sign stands: 资产 and 创新链, not 农业强, which says how it is."""
_ALL_HAN = re.compile("[\u4e00-\u9fff]+")


@functools.lru_cache(maxsize=256)
def _row_of_names(length: int, number: int) -> re.Pattern[str]:
    """Return the pattern of so many names of one length in a row."""
    item = rf"\w{{{length}}}"
    return re.compile(rf"(?<![、(]){item}(?:、{item}){{{number - 1}}}(?=[的等,。;]|$)")


def _clauses_of_sentence_before(plain: str, slogan: Slogan, thing: str, number: int) -> list[Span]:
    """甲更加彰显，乙更加丰硕，丙更加幸福。对照“三个更加”: each clause of the sentence before holds what is counted."""
    if len(thing) < 2:
        return []
    stops = [found.end() for found in _SENTENCE_END.finditer(plain, max(0, slogan.start - _BACK), slogan.start)]
    if not stops or slogan.start - stops[-1] > _NEAR_BEGINNING:
        return []
    end = stops[-1] - 1
    while end > 0 and plain[end - 1] in "\r\n。!?":
        end -= 1
    begins = [stop for stop in stops if stop < end]
    if not begins:
        return []
    clauses = split(plain, begins[-1], end, ",;")
    for items in (clauses, [item for clause in clauses for item in split(plain, *clause, "、")]):
        holding = [index for index, (a, b) in enumerate(items) if thing in plain[a:b]]
        if len(holding) == number and holding[-1] - holding[0] == number - 1:
            spans = [items[index] for index in holding]
            # Two clauses have a word in common by chance, but not with what goes on behind it.
            if number > 2 or len({_going_on(plain, *span, thing) for span in spans}) == 1:
                return _cut(plain, spans, thing)
    return []


def _going_on(plain: str, start: int, end: int, thing: str) -> str:
    at = plain.find(thing, start, end) + len(thing)
    return plain[at : min(at + 2, end)]


def _cut(plain: str, spans: list[Span], thing: str) -> list[Span]:
    """Return clauses without what governs the first of them, and what the sentence says of all behind the last."""
    *others, (start, end) = spans
    of_all = plain.rfind("的", plain.rfind(thing, start, end), end)
    if of_all > start and not any(plain.find("的", plain.rfind(thing, a, b), b) >= 0 for a, b in others):
        end = of_all
    spans = [*others, (start, end)]
    (start, end) = spans[0]
    when = compiled(words("adverb") + "*").match(plain, start, end)
    start = when.end() if when else start
    alike_led = all(plain[a] == plain[start] for a, _ in spans[1:])
    first = (start, end) if alike_led else first_of(plain, [(start, end), *spans[1:]])
    if first is None or thing not in plain[slice(*first)]:
        return []
    spans = [first, *spans[1:]]
    return spans if alike(plain, spans) and names(plain, spans) else []
