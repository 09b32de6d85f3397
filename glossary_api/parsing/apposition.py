"""A list right before a slogan that names it: 山边、水边、路边“三边”地带.

That the list has as many items as the numeral says is what makes it worth a look; it is taken only if the two stand
in apposition, if its items are built alike, and if its first item can be told from the words that govern it.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span, conjunctions, split, split_last
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    behind_governing,
    behind_joined_verbs,
    carried,
    first_of,
    goes,
    governs_slogan,
    holds,
    in_groups,
    is_led,
    is_quoted,
    is_telling,
    names,
    verb_at,
    without_shared_tail,
    without_tail,
    words,
)
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.text.everyday import common_words, is_made_of_words
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

REACH = 300
"""How far from a slogan its expansion may begin or end, in characters."""
_STOPS = (*",;。:!?\r\n", "--")
_LONGEST_LINK = 12
_OPEN_END = re.compile("(?:、|(?<![共温饱祥总])和|(?<![参给赋])与|(?<![普涉波触])及)$")
"""The list goes on behind: 甲、乙和, but 群众参与 is a whole item."""
_JOINED = re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,6}}、")
"""The list goes on behind the slogan, which is one of its items."""
_LONGEST_QUOTE = 24
_QUOTE_BEFORE = re.compile(
    rf"[{OPENING_QUOTES}](?P<inside>[^{OPENING_QUOTES}{CLOSING_QUOTES}\n]+)[{CLOSING_QUOTES}]、?$"
)
_AS_ONE = ("位一体", "者合一", "方联动", "端联动")
_DOUBLE = re.compile(r"[双两2](?:[个大项条种类张](?![一]))?(?!一)")
"""How the name of a pair begins; 双一流 is no pair of two things."""
_SHORT_NAME = 4
_MANY = 4
"""So many items with 等 behind them are no chance, whatever the numeral counts."""


def numbers(counts: Counts) -> list[int]:
    """Return how many members an expansion may have: the sum, or one for each pair of 四通四到."""
    return [counts.total, *(number for number in [counts.as_product] if number and number > 2)]


def list_before(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the members that stand in apposition before a slogan; empty if none do."""
    start, end = slogan.start, slogan.end
    quoted = is_quoted(plain, start, end)
    if counts.form != "words":
        return []
    end = start - quoted
    if inside := _list_in_quotes(plain, end, counts, linked=quoted):
        return inside
    begin = _clause(plain, end)
    stop = _before_link(plain, begin, end)
    begin = behind_joined_verbs(plain, _behind_other_name(plain, begin, stop), stop)
    items = (
        split(plain, begin, stop, "、")
        if stop > begin and not _OPEN_END.search(plain, max(begin, stop - 2), stop)
        else []
    )
    if found := _behind_conjunction(plain, items, counts):
        return found
    for spans in (items, split_last(plain, items), _split_behind_verb(plain, items)):
        fits = len(spans) in numbers(counts) or len(spans) == len(counts.counts) == counts.as_product
        if fits and (found := _members(plain, spans, counts, slogan, plain[stop:end])):
            return found
    link = plain[stop:end]
    return (
        _row_of_quotes(plain, stop, counts)
        or _grouped(plain, items, counts)
        or _with_shared_tail(plain, items, counts)
        or _pair_of_rows(plain, items, counts, slogan)
        or _subjects(plain, items, counts, slogan, link)
        or (_run_together(plain, begin, stop, counts) if quoted else [])
        or (_clauses(plain, stop, counts) if quoted else [])
    )


_OTHER_NAME = re.compile(rf"[{CLOSING_QUOTES}][\u4e00-\u9fff]{{0,2}}(?:和|与|以及|及)(?![{OPENING_QUOTES}])")


def _behind_other_name(plain: str, begin: int, stop: int) -> int:
    """建立“两张清单”和甲、乙“两项机制”: a list begins behind what joins it to another quoted name."""
    joined = [found.end() for found in _OTHER_NAME.finditer(plain, begin, stop)]
    return joined[-1] if joined and "、" in plain[joined[-1] : stop] else begin


def _split_behind_verb(plain: str, items: list[Span]) -> list[Span]:
    """在全国率先实现甲和乙: what a conjunction joins behind the verb that governs both."""
    if len(items) != 1:
        return []
    (start, end) = items[0]
    begin = behind_governing(plain, start, end)
    return split_last(plain, [(begin, end)]) if begin > start else []


def _behind_conjunction(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """推进某项改革和甲评审、乙评估、丙评价“三评”: a list that a conjunction joins to something else before it."""
    items = items[-counts.total :]
    if len(items) < 3 or len(items) != counts.total or not counts.is_single:
        return []
    sign, (start, end) = bare_noun(counts.counts[0].noun), items[0]
    cuts = list(conjunctions(plain, start, end))
    if not cuts or sign[:1] in plain[start : cuts[-1][0]]:
        return []
    spans = [(cuts[-1][1], end), *items[1:]]
    return spans if holds(plain, spans, sign) and alike(plain, spans) and names(plain, spans) else []


def _with_shared_tail(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """甲地、乙地国际机场“两场一体”: a short name, and one with the noun of both behind it, which is what is counted."""
    if len(items) != 2 or not counts.is_single or counts.total != 2:
        return []
    (start, end), (a, b) = items
    start = behind_governing(plain, start, end)
    counted = bare_noun(counts.counts[0].noun)[:1]
    short = 1 < end - start <= _SHORT_NAME and counted not in plain[start:end]
    tailed = plain[a:b].endswith(counted) and b - a > end - start + 2 and is_made_of_words(plain[b - 2 : b])
    return [(start, end), (a, b)] if short and tailed and not any(conjunctions(plain, a, b)) else []


def _grouped(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """送甲、送乙和解丙、解丁“两送两解”: each item carries what its numeral counts."""
    if len(counts.counts) < 2:
        return []
    joined = [number for number, item in enumerate(items) if any(True for _ in conjunctions(plain, *item))]
    if len(items) == counts.total - 1 and len(joined) == 1:
        at = joined[0]
        items = [*items[:at], *split_last(plain, [items[at]]), *items[at + 1 :]]
    found = in_groups(plain, items, counts) or _each_holding(plain, items, counts) or _each_ending(plain, items, counts)
    return found if found and alike(plain, found) and names(plain, found) else []


def _each_holding(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """甲中心城市、乙中心、丙枢纽“两中心一枢纽”: each item has the noun of its numeral in it."""
    nouns = [bare_noun(count.noun) for count in counts.counts for _ in range(count.number or 0)]
    first = first_of(plain, items) if len(items) == len(nouns) > 2 else None
    if first is None or min(map(len, nouns)) < 2:
        return []
    spans = [first, *items[1:]]
    return spans if all(noun in plain[a:b] for (a, b), noun in zip(spans, nouns, strict=True)) else []


def _each_ending(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """甲河、乙山、丙山、丁山“一河三山”: each item ends with the sign that its numeral counts, in this order."""
    signs = [count.thing for count in counts.counts for _ in range(count.number or 0)]
    first = first_of(plain, items) if len(items) == len(signs) > 2 else None
    if first is None or len(set(signs)) < 2 or max(map(len, signs)) > 1:
        return []
    spans = [first, *items[1:]]
    return spans if all(b - a > 1 and plain[b - 1] == sign for (a, b), sign in zip(spans, signs, strict=True)) else []


def _row_of_quotes(plain: str, end: int, counts: Counts) -> list[Span]:
    """“甲”“乙”“丙”“三大行动”: as many quotations as the numeral counts, right before it, and no more."""
    noun = counts.counts[0].noun
    if not counts.is_single or counts.total < 3 or not plain.endswith(tuple(CLOSING_QUOTES), 0, end):
        return []
    quotes: list[Span] = []
    at = end
    while len(quotes) <= counts.total and (found := _QUOTE_BEFORE.search(plain, max(0, at - _LONGEST_QUOTE), at)):
        quotes.insert(0, found.span("inside"))
        at = found.start()
    fits = len(quotes) == counts.total and (is_telling(noun) or holds(plain, quotes, bare_noun(noun)))
    return quotes if fits and not any(counts_in(plain[a:b]).counts for a, b in quotes) else []


def _pair_of_rows(plain: str, items: list[Span], counts: Counts, slogan: Slogan) -> list[Span]:
    """甲、乙和丙、丁“双引擎”: two rows of as many things each, which 和 joins."""
    if not counts.is_single or counts.total != 2 or len(items) < 3 or len(items) % 2 == 0:
        return []
    middle = len(items) // 2
    cuts = [list(conjunctions(plain, *item)) for item in items]
    if [len(cut) for cut in cuts] != [int(number == middle) for number in range(len(items))]:
        return []
    if not _DOUBLE.match(plain[slogan.start : slogan.end]) or not is_telling(counts.counts[0].noun):
        return []
    (cut,) = cuts[middle]
    first, second = (items[0][0], cut[0]), (cut[1], items[-1][1])
    begin = behind_governing(plain, *first)
    row = [(begin, items[0][1]), *items[1:middle], (items[middle][0], cut[0])]
    return [(begin, cut[0]), second] if alike(plain, row) and alike(plain, [(begin, cut[0]), second]) else []


def _subjects(plain: str, items: list[Span], counts: Counts, slogan: Slogan, link: str) -> list[Span]:
    """甲安全感、乙度连续三年实现“双提升”: all of the clause before the link, if the slogan says how two things go.

    The two may be of any length where they are all that the clause says; 实现 may stand before them instead.
    """
    spans = items if len(items) == 2 else _two_joined(plain, items)
    if len(spans) != 2 or not counts.is_single or counts.total != 2 or not goes(counts.counts[0].noun):
        return []
    if len(items) == 2 and any("等" in plain[a:b] or any(conjunctions(plain, a, b)) for a, b in items):
        return []  # 甲节、乙赛等活动带动丙和丁“双提升”: a subject of its own
    start = spans[0][0]
    if not _begins_clause(plain, start):
        return []
    led = re.compile(words("adverb") + "*实现").match(plain, *spans[0])
    if led:
        spans = [(led.end(), spans[0][1]), spans[1]]
    ended = plain[slogan.end : slogan.end + 2].lstrip(CLOSING_QUOTES)[:1] in tuple(",;。")
    linked = led is not None or link not in ("", "的") or ended
    whole = min(b - a for a, b in spans) > 1 and behind_governing(plain, *spans[0]) == spans[0][0]
    return spans if linked and whole and names(plain, spans) else []


def _begins_clause(plain: str, start: int) -> bool:
    return start == 0 or plain[start - 1] in ",;。:!?\r\n"


def _two_joined(plain: str, items: list[Span]) -> list[Span]:
    """甲事故起数和人数: the two parts of one item, which a conjunction joins."""
    cuts = list(conjunctions(plain, *items[0])) if len(items) == 1 else []
    return [(items[0][0], cuts[0][0]), (cuts[0][1], items[0][1])] if len(cuts) == 1 else []


def _run_together(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """创新链产业链资金链“三链融合”, 产学研用“四位一体”: names of one length without a sign between them.

    They end alike, or are single characters before a slogan that says that they are done as one.
    """
    noun = bare_noun(counts.counts[0].noun)
    if counts.is_single and (row := _row_of_words(plain, begin, stop, counts)):
        return row
    if not counts.is_single or counts.total < 3 or not noun:
        return []
    single = stop - counts.total
    as_one = any(said in plain[stop : stop + _LONGEST_LINK] for said in _AS_ONE)
    if as_one and single >= begin and plain[single:stop].isalpha() and is_led(plain, begin, single):
        return [(at, at + 1) for at in range(single, stop)]
    if plain[stop - 1 : stop] != noun[0]:
        return []
    for length in range(2, 7):
        start = stop - length * counts.total
        spans = [(at, at + length) for at in range(start, stop, length)]
        texts = [plain[a:b] for a, b in spans]
        if start < begin or not all(text.endswith(noun[0]) and text.isalpha() for text in texts):
            continue
        if len(set(texts)) == counts.total and plain[start - 1] != noun[0] and is_led(plain, begin, start):
            return spans
    return []


def _row_of_words(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """用好国际国内“两个市场”: words of two characters, one of which all have at the same place, or done as one."""
    start = stop - 2 * counts.total
    if start < begin:
        return []
    spans = [(at, at + 2) for at in range(start, stop, 2)]
    texts = {plain[a:b] for a, b in spans}
    as_one = counts.total > 2 and any(said in plain[stop : stop + _LONGEST_LINK] for said in _AS_ONE)
    alike = as_one or min(len({text[0] for text in texts}), len({text[-1] for text in texts})) == 1
    governing = re.compile(words("verb", "verb-or-noun", "adverb", "preposition"))
    known = len(texts) == counts.total and texts <= common_words().keys() and not any(map(governing.fullmatch, texts))
    telling = is_telling(counts.counts[0].noun)
    led = is_led(plain, begin, start) or (as_one and _is_led_with_owner(plain, begin, start))
    return spans if alike and known and telling and led else []


def _is_led_with_owner(plain: str, begin: int, start: int) -> bool:
    """推进中医药|事业产业文化“三位一体”: one word between the verb and a list says whose all of it is."""
    verb = verb_at(plain, begin, start)
    return verb is not None and start - verb.end() <= _SHORT_NAME


@functools.cache
def _leading_on() -> re.Pattern[str]:
    """Return what leads from clauses to the slogan that sums them up: “，做到”, 的, 落实."""
    verb = words("verb", "verb-or-noun")
    return re.compile(rf"(?:,?(?:{words('adverb')}*{verb})?|的)$")


def _clauses(plain: str, stop: int, counts: Counts) -> list[Span]:
    """稳甲、稳乙，稳丙，做到“三稳”: the clauses before the slogan, if they and no others carry what is counted."""
    noun, total = counts.counts[0].noun, counts.total
    sign = bare_noun(noun)[:1]
    start = _sentence(plain, stop)
    if not counts.is_single or not sign or plain.count(sign, start, stop) < total:
        return []
    link = _leading_on().search(plain, max(start, stop - _LONGEST_LINK), stop)
    clauses = split(plain, start, link.start() if link else stop, ",;")
    items = [item for clause in clauses for item in split(plain, *clause, "、")]
    spans, others = items[-total:], items[:-total]
    if len(spans) != total or (others and carried(plain, [others[-1]], noun)):
        return []
    lead = plain[spans[-1][0] : spans[-1][0] + 2]
    if total == 2 and any(not lead.startswith(sign) or lead not in plain[a:b] for a, b in spans):
        return []
    if lead[0] == sign and (at := plain.find(lead if total == 2 else sign, *spans[0])) >= 0:
        spans = [(at, spans[0][1]), *spans[1:]]
    return spans if carried(plain, spans, noun) and alike(plain, spans) and names(plain, spans) else []


def _sentence(plain: str, end: int) -> int:
    """Return where the sentence before an offset begins; the offset itself if that is too far away."""
    farthest = max(0, end - REACH)
    start = max([farthest, *(at + 1 for sign in "。!?\r\n" if (at := plain.rfind(sign, farthest, end)) >= 0)])
    return end if start == farthest > 0 else start


def _clause(plain: str, end: int) -> int:
    farthest = max(0, end - REACH)
    start = max([farthest, *(at + len(stop) for stop in _STOPS if (at := plain.rfind(stop, farthest, end)) >= 0)])
    return end if start == farthest > 0 else start


@functools.cache
def _link() -> re.Pattern[str]:
    return re.compile(words("link") + "$")


def _before_link(plain: str, begin: int, end: int) -> int:
    """Return where a list ends: before the longest words that link it to its slogan, or right at the slogan."""
    found = _link().search(plain, max(begin, end - _LONGEST_LINK), end)
    return found.start() if found else end


def _list_in_quotes(plain: str, end: int, counts: Counts, *, linked: bool) -> list[Span]:
    """“不甲、不乙、不丙”的“三不”, “甲、乙、丙”三不: what is quoted right before is all of the list."""
    close = end - (plain[end - 1 : end] == "的")
    if (linked and close == end) or plain[close - 1 : close] not in tuple(CLOSING_QUOTES):
        return []
    opening = max(plain.rfind(sign, max(0, close - REACH), close) for sign in OPENING_QUOTES)
    items = split_last(plain, split(plain, opening + 1, close - 1, "、,;")) if opening >= 0 else []
    return items if len(items) in numbers(counts) and len(items) > 1 and names(plain, items) else []


def _members(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> list[Span]:
    """Return the list with its first item cut to size, if it may stand for the slogan."""
    if governs_slogan(plain, spans) or (plain[spans[0][1]] == "、" and _JOINED.match(plain, slogan.end)):
        return []
    if (plain[spans[-1][1] - 1] in CLOSING_QUOTES and not link) or _held_by_last(plain, spans, slogan):
        return []
    if len(spans) == 2 and not _could_pair(plain, spans, counts, slogan, link):
        return []
    spans = [*spans[:-1], without_tail(plain, spans[-1])]
    first = first_of(plain, spans)
    if first is None:
        return []
    spans = without_shared_tail(plain, [first, *spans[1:]])
    if len(counts.counts) == 1 and goes(counts.counts[0].noun):
        spans = _without_place(plain, spans)
    if not alike(plain, spans) or not _counted(plain, spans, counts, slogan, link):
        return []
    return spans if names(plain, spans) else []


_PLACE = re.compile("[\u4e00-\u9fff]{2}[县市区镇乡](?=[\u4e00-\u9fff]{4})")


def _without_place(plain: str, spans: list[Span]) -> list[Span]:
    """甲乙镇投资额、税收额、人口数“三提升”: the place before the first item is where all of them are."""
    found = _PLACE.match(plain, *spans[0])
    if not found or any(_PLACE.match(plain, *span) for span in spans[1:]):
        return spans
    return [(found.end(), spans[0][1]), *spans[1:]]


def _held_by_last(plain: str, spans: list[Span], slogan: Slogan) -> bool:
    """Tell whether the last item runs on behind the slogan: 甲标准、乙标准、丙人“三项补贴”标准."""
    behind = plain[slogan.end : slogan.end + 8].lstrip(CLOSING_QUOTES)
    as_long = len({b - a for a, b in [first_of(plain, spans) or spans[0], *spans[1:]]}) == 1
    if not as_long and all(behind.startswith(plain[b - 2 : b]) for _, b in spans[:-1]):
        return True
    if all(plain[b - 1] in CLOSING_QUOTES for _, b in spans[:-1]) and plain[spans[-1][1] - 1] not in CLOSING_QUOTES:
        return True  # 坚定“四个自信”、做到“两个维护”: a verb before each
    undertaking = re.compile(words("undertaking") + "$")
    named = undertaking.search(plain, slogan.start, slogan.end) or re.match(words("undertaking"), behind)
    done = re.compile(words("undertaking", "verb", "verb-or-noun") + "$")
    others = all(undertaking.search(plain, *span) for span in spans[:-1])
    return named is not None and others and not done.search(plain, *spans[-1])


def _could_pair(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> bool:
    """坚持和落实“两个…” is a pair of verbs, 甲市、乙市等“双…” an example: neither is what the slogan stands for."""
    phrase = plain[slogan.start : slogan.end]
    verb = re.compile(words("adverb") + "*" + words("verb", "preposition"))
    return (
        (counts.is_single or _holds_all(plain, spans, counts))
        and _DOUBLE.match(phrase) is not None
        and "等" not in link
        and not any(verb.fullmatch(plain, *span) for span in spans)
        and _whole(plain, *spans)
    )


def _holds_all(plain: str, spans: list[Span], counts: Counts) -> bool:
    """Tell whether each item has all that is counted in it: 招商引资、招才引智 for 双招双引."""
    return len(counts.counts) > 1 and all(holds(plain, spans, count.noun) for count in counts.counts)


def _whole(plain: str, one: Span, other: Span) -> bool:
    """Tell whether the second of a pair is one thing: 甲率、乙率和丙人“两项补贴” has a third before the slogan."""
    cuts = list(conjunctions(plain, *other))
    if not cuts or any(True for _ in conjunctions(plain, *one)):
        return plain[one[1]] == "、" or not cuts
    return plain[one[1]] == "、" and other[1] - cuts[-1][1] >= (one[1] - one[0]) / 2


def _counted(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> bool:
    """Tell whether the numeral counts things of the list's sort, as far as its noun says."""
    if len(counts.counts) > 1:
        if len(spans) == 2:
            return _holds_all(plain, spans, counts)
        if all(goes(count.noun) for count in counts.counts):
            return link not in ("", "的")
        return len(spans) == counts.as_product or carried(plain, spans, "".join(count.noun for count in counts.counts))
    noun = plain[slogan.start : slogan.end].partition(counts.counts[0].label[:1])[2]
    of_one_sort = len(spans) > 2 and len({plain[b - 2 : b] for _, b in spans}) == 1
    return (
        is_telling(noun)
        or of_one_sort
        or _done_to(plain, spans, bare_noun(noun))
        or holds(plain, spans, bare_noun(noun))
        or (len(spans) >= _MANY and "等" in link)
    )


def _done_to(plain: str, spans: list[Span], noun: str) -> bool:
    """Tell whether the verb before the list says what the numeral counts: 拆除违、临、破、旧、陋“五拆”."""
    verb = plain[max(spans[0][0] - 2, 0) : spans[0][0]]
    return len(spans) > 2 and len(noun) == 1 and noun in verb and not re.fullmatch(words("verb"), verb)
