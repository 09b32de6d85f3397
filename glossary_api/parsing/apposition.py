"""A list right before a slogan that names it: 山边、水边、路边“三边”地带.

That the list has as many items as the numeral says is what makes it worth a look; it is taken only if the two stand
in apposition, if its items are built alike, and if its first item can be told from the words that govern it.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.clauses import (
    LONGEST_LINK,
    REACH,
    begins_clause,
    clause_before,
    clause_of_items,
    clauses_before,
    each_its_own,
    groups_of_clauses,
)
from glossary_api.parsing.enumerations import Span, at_conjunctions, conjunctions, split, split_last
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    behind_governing,
    behind_joined_verbs,
    carried,
    end_in_verbs,
    first_of,
    goes,
    governs_slogan,
    holds,
    in_groups,
    is_quoted,
    is_telling,
    names,
    without_shared_tail,
    without_tail,
    words,
)
from glossary_api.parsing.numerals import Counts
from glossary_api.parsing.patterns import compiled
from glossary_api.parsing.shared_ends import without_treatment
from glossary_api.parsing.side_by_side import BESIDE, DOUBLE, pair_of_aspects, pair_of_rows, row_of_quotes, run_together
from glossary_api.text.everyday import common_words, is_made_of_words
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_OPEN_END = re.compile("(?:、|(?<![共温饱祥总中])和|(?<![参给赋])与|(?<![普涉波触])及)$")
"""The list goes on behind: 甲、乙和, but 群众参与 is a whole item."""
_JOINED = re.compile(rf"[{CLOSING_QUOTES}]?[\u4e00-\u9fff]{{0,6}}、")
"""The list goes on behind the slogan, which is one of its items."""
_SHORT_NAME = 4
_LONGEST_TOPIC = 8
_TWO = re.compile("两[大个项张条类支座]")
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
    behind_list = _before_naming(plain, end)
    begin = clause_before(plain, behind_list)
    stop = before_link(plain, begin, behind_list)
    begin = behind_joined_verbs(plain, _behind_other_name(plain, begin, stop), stop)
    items = (
        split(plain, begin, stop, "、")
        if stop > begin and not _OPEN_END.search(plain, max(begin, stop - 2), stop)
        else []
    )
    if found := (
        _behind_conjunction(plain, items, counts)
        or groups_of_clauses(plain, stop, counts)
        or pair_of_aspects(plain, begin, stop, counts)
    ):
        return found
    whole = {_without_bracket(plain, a, b): b for a, b in items}
    items = [(a, _without_bracket(plain, a, b)) for a, b in items]
    items = _up_to_et_cetera(plain, items, counts)
    if len(items) == counts.total == 2 and all(len(list(conjunctions(plain, *item))) == 1 for item in items):
        items = _last_pair(plain, items)
    split_otherwise = _of_one_length(plain, items) or _split_behind_verb(plain, items, counts.total)
    for spans in (items, split_last(plain, items), split_otherwise):
        fits = len(spans) in numbers(counts) or len(spans) == len(counts.counts) == counts.as_product
        if fits and (found := _members(plain, spans, counts, slogan, plain[stop:end])):
            return [(a, whole.get(b, b)) for a, b in found]
    link = plain[stop:end]
    return (
        row_of_quotes(plain, stop, counts)
        or _grouped(plain, items, counts)
        or _with_shared_tail(plain, items, counts)
        or pair_of_rows(plain, items, counts, slogan)
        or _subjects(plain, items, counts, slogan, link)
        or _before_topic(plain, begin, stop, counts)
        or (run_together(plain, begin, stop, counts) if quoted and stop == end else [])
        or (clauses_before(plain, stop, end, counts) if quoted else [])
        or (clause_of_items(plain, end, counts) if quoted else [])
    )


def _last_pair(plain: str, items: list[Span]) -> list[Span]:
    """甲和乙双提升、丙和丁“双达标”: what is said of the first two stands behind them."""
    (start, end), last = items
    verbal = compiled(words("verb", "verb-or-noun") + "$")
    said = verbal.search(plain, start, end) or DOUBLE.search(plain, start, end)
    return [last] if said else items


def _without_bracket(plain: str, start: int, end: int) -> int:
    """甲平台（乙实验室）、丙平台: return where an item ends before what is added to it in brackets."""
    opening = plain.find("(", start, end) if plain[end - 1] == ")" else -1
    return opening if opening > start else end


def _up_to_et_cetera(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """甲零件、乙零件、丙零件等工业“三零”: a list ends with 等, if each of its items has what is counted in it."""
    at = plain.rfind("等", *items[-1]) if len(items) > 2 else -1
    cut = [*items[:-1], (items[-1][0], at)] if items and items[-1][0] < at >= items[-1][1] - _SHORT_NAME else items
    return cut if counts.is_single and holds(plain, cut, bare_noun(counts.counts[0].noun)) else items


_OTHER_NAME = re.compile(rf"[{CLOSING_QUOTES}][\u4e00-\u9fff]{{0,2}}(?:和|与|以及|及)(?![{OPENING_QUOTES}])")

_TURNED = re.compile(rf"[{CLOSING_QUOTES}][\u4e00-\u9fff]{{0,2}}(?:向|转为|变为|升级为)")


def _behind_other_name(plain: str, begin: int, stop: int) -> int:
    """建立“两张清单”和甲、乙“两项机制”: a list begins behind what joins it to another quoted name."""
    joined = [found.end() for found in _OTHER_NAME.finditer(plain, begin, stop)]
    if joined and "、" in plain[joined[-1] : stop]:
        return joined[-1]
    turned = [found.end() for found in _TURNED.finditer(plain, begin, stop)]
    return turned[-1] if turned else begin


def _of_one_length(plain: str, items: list[Span]) -> list[Span]:
    """甲主义、乙主义、丙主义和丁戊之风: items as long as each other, though the last does not end as they do."""
    spans = at_conjunctions(plain, items[-1:])
    lengths = {b - a for a, b in items[1:-1] + spans}
    whole = len(spans) == 2 < len(items) and len(lengths) == 1 and min(lengths) > 2
    return [*items[:-1], *spans] if whole else []


def _split_behind_verb(plain: str, items: list[Span], total: int) -> list[Span]:
    """在全国率先实现甲和乙: what a conjunction joins behind the verb that governs both."""
    if not items or (len(items) > 1 and total != 2):
        return []
    (start, end) = items[-1]
    begin = behind_governing(plain, start, end)
    if begin > start and len(spans := split_last(plain, [(begin, end)])) > 1:
        return spans
    cuts = list(conjunctions(plain, start, end))
    if len(cuts) != 1:
        return []
    verbs = list(compiled(words("verb")).finditer(plain[start : cuts[0][0]]))
    begin = start + verbs[-1].end() if verbs else start
    spans = [(begin + (plain[begin] == "了"), cuts[0][0]), (cuts[0][1], end)] if verbs else []
    return spans if spans and spans[0][1] - spans[0][0] > 1 and alike(plain, spans) else []


def _behind_conjunction(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """推进某项改革和甲评审、乙评估、丙评价“三评”: a list that a conjunction joins to something else before it."""
    items = items[-counts.total :]
    if len(items) < 3 or len(items) != counts.total or not counts.is_single:
        return []
    sign, (start, end) = bare_noun(counts.counts[0].noun), items[0]
    cuts = list(conjunctions(plain, start, end))
    of_all = any(any(True for _ in conjunctions(plain, *item)) for item in items[1:])
    if not cuts or of_all or sign[:1] in plain[start : cuts[-1][0]]:
        return []
    spans = [(cuts[-1][1], end), *items[1:]]
    spans = [first_of(plain, spans) or spans[0], *items[1:]]
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
    if (found := in_groups(plain, items, counts)) and alike(plain, found) and names(plain, found):
        return found
    found = each_its_own(plain, items, counts)
    return found if found and names(plain, found) else []


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
    if not begins_clause(plain, start):
        return []
    led = compiled(words("adverb") + "*实现").match(plain, *spans[0])
    if led:
        spans = [(led.end(), spans[0][1]), spans[1]]
    ended = plain[slogan.end : slogan.end + 2].lstrip(CLOSING_QUOTES)[:1] in tuple(",;。")
    linked = led is not None or link not in ("", "的") or ended or len(items) == 1
    whole = min(b - a for a, b in spans) > 1 and behind_governing(plain, *spans[0]) == spans[0][0]
    return spans if linked and whole and names(plain, spans) else []


@functools.cache
def _topic() -> re.Pattern[str]:
    return re.compile(rf"等(?P<topic>[\u4e00-\u9fff]{{2,{_LONGEST_TOPIC}}})$")


def _before_topic(plain: str, begin: int, stop: int, counts: Counts) -> list[Span]:
    """启动甲治理、乙处置、丙保护等农村环境“三大工程”: what the slogan is about stands between the list and it."""
    found = _topic().search(plain, max(begin, stop - _LONGEST_TOPIC - 1), stop)
    if not found or not counts.is_single or counts.total < 3 or not is_telling(counts.counts[0].noun):
        return []
    if (
        found["topic"][0] in "与和"
        or compiled(words("no-topic")).search(found["topic"])
        or compiled(f"{words('verb', 'actor')}$").search(found["topic"])
    ):
        return []
    spans = split_last(plain, split(plain, begin, found.start(), "、"))
    first = first_of(plain, spans) if len(spans) == counts.total else None
    spans = [first, *spans[1:]] if first else []
    return spans if spans and alike(plain, spans) and names(plain, spans) else []


def _two_joined(plain: str, items: list[Span]) -> list[Span]:
    """甲事故起数和人数: the two parts of one item, which a conjunction joins."""
    cuts = list(conjunctions(plain, *items[0])) if len(items) == 1 else []
    return [(items[0][0], cuts[0][0]), (cuts[0][1], items[0][1])] if len(cuts) == 1 else []


@functools.cache
def _link() -> re.Pattern[str]:
    return re.compile(words("link") + "$")


@functools.cache
def _naming() -> re.Pattern[str]:
    return re.compile(words("naming") + "$")


def _before_naming(plain: str, end: int) -> int:
    """甲、乙、丙，统称“三…”: return where a list ends that is named behind it; the offset itself if none is."""
    found = _naming().search(plain, max(0, end - LONGEST_LINK), end)
    return found.start() if found else end


def before_link(plain: str, begin: int, end: int) -> int:
    """Return where a list ends: before the longest words that link it to its slogan, or right at the slogan."""
    found = _link().search(plain, max(begin, end - LONGEST_LINK), end)
    stop = found.start() if found else end
    framed = plain[stop - 1 : stop] == "为" and "以" in plain[begin:stop]  # 以甲、乙为“两…”
    return stop - framed


def _list_in_quotes(plain: str, end: int, counts: Counts, *, linked: bool) -> list[Span]:
    """“不甲、不乙、不丙”的“三不”, “甲、乙、丙”三不: what is quoted right before is all of the list."""
    close = before_link(plain, clause_before(plain, end), end)
    if plain[close - 1 : close] not in tuple(CLOSING_QUOTES):
        return []
    opening = max(plain.rfind(sign, max(0, close - REACH), close) for sign in OPENING_QUOTES)
    if plain[opening - 2 : opening] in BESIDE and plain.count("、", opening, close) + 1 != counts.total:
        return []  # “甲”和“乙与丙”两大工程: the quotation is one of the items
    items = split_last(plain, split(plain, opening + 1, close - 1, "、,; ")) if opening >= 0 else []
    if linked and close == end and not holds(plain, items, bare_noun(counts.counts[0].noun)):
        return []  # “甲、乙”“两项”: two names beside each other, unless the one has what the other counts
    return items if len(items) in numbers(counts) and len(items) > 1 and names(plain, items) else []


def _members(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> list[Span]:
    """Return the list with its first item cut to size, if it may stand for the slogan."""
    spans = without_treatment(plain, spans)
    if (
        (link == "的" and _OF_PEOPLE.match(plain, slogan.end))
        or governs_slogan(plain, spans, adjacent=not link)
        or (plain[spans[0][1]] == "、" and _JOINED.match(plain, slogan.end))
    ):
        return []
    if _ET_CETERA.search(plain, *spans[-1]):
        return []  # 甲、乙等领域: more than the list says
    if (plain[spans[-1][1] - 1] in CLOSING_QUOTES and not link) or _held_by_last(plain, spans, slogan):
        return []
    if len(spans) == 2 and not _could_pair(plain, spans, counts, slogan, link):
        return []
    whole = spans[-1]
    if len(spans) == 2 or not end_in_verbs(plain, spans):
        spans = without_tail(plain, spans)
    first = first_of(plain, spans)
    if first is None:
        return []
    if len(spans) == 2 and first[1] - first[0] == whole[1] - whole[0]:
        spans = [first, whole]  # 甲进入乙经济、丙进入丁领域: what looks like a tail is a part of a pair
    spans = without_shared_tail(plain, [first, *spans[1:]])
    if len(counts.counts) == 1 and goes(counts.counts[0].noun):
        spans = _without_place(plain, spans)
    unlike = not (
        alike(plain, spans)
        or (len(spans) >= _MANY and _held(plain, spans, counts))
        or _governed_pair(plain, spans, slogan.text, linked=bool(link))
    )
    if unlike or _of_actors(plain, spans, counts) or not _counted(plain, spans, counts, slogan, link):
        return []
    return spans if names(plain, spans) else []


def _governed_pair(plain: str, spans: list[Span], phrase: str, *, linked: bool) -> bool:
    """完善甲、乙丙“两大基地”: tell whether a verb leads to two short names of nearly one length."""
    lengths = sorted(b - a for a, b in spans)
    led = len(spans) == 2 and plain[spans[0][1]] == "、" and not begins_clause(plain, spans[0][0])
    return led and not linked and lengths[0] > 1 and lengths[1] <= 1.5 * lengths[0] and _TWO.match(phrase) is not None


_ET_CETERA = re.compile("(?<=.)(?<![平高中初优同对])等(?![级候待])")
_OF_PEOPLE = re.compile(rf"[{CLOSING_QUOTES}]?(?:工作)?(?:队伍|干部|人才|人员)")
"""懂甲、爱乙、爱丙的“三农”工作队伍: what they are like, not what the slogan stands for."""
_OF_PLACES = re.compile(".*[城地市区县镇乡村省州校院行家方级片带轴圈翼极核廊]")


def _held(plain: str, spans: list[Span], counts: Counts) -> bool:
    return any(holds(plain, spans, bare_noun(count.noun)) for count in counts.counts)


def _of_actors(plain: str, spans: list[Span], counts: Counts) -> bool:
    """甲县、乙县、丙县“三变”改革: tell whether the list is of those who do what the slogan says."""
    actor = compiled(f"{words('actor')}$")
    counted = _held(plain, spans, counts) or any(_OF_PLACES.fullmatch(bare_noun(count.noun)) for count in counts.counts)
    return not counted and all(b - a > 2 and actor.search(plain, a, b) for a, b in spans)


_PLACE = re.compile("[\u4e00-\u9fff]{2}(?:(?:经开|高新|开发)?区|[县镇乡]|(?<!都)市)(?=[\u4e00-\u9fff]{4})")


def _without_place(plain: str, spans: list[Span]) -> list[Span]:
    """甲乙镇投资额、税收额、人口数“三提升”: the place before the first item is where all of them are."""
    found = _PLACE.match(plain, *spans[0])
    within = found and plain[found.end() - 1 : found.end() + 1] in common_words()
    if not found or within or any(_PLACE.match(plain, *span) for span in spans[1:]):
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
    undertaking = compiled(words("undertaking") + "$")
    named = undertaking.search(plain, slogan.start, slogan.end) or compiled(words("undertaking")).match(behind)
    done = compiled(words("undertaking", "verb", "verb-or-noun") + "$")
    others = all(undertaking.search(plain, *span) for span in spans[:-1])
    return named is not None and others and not done.search(plain, *spans[-1])


def _could_pair(plain: str, spans: list[Span], counts: Counts, slogan: Slogan, link: str) -> bool:
    """坚持和落实“两个…” is a pair of verbs, 甲市、乙市等“双…” an example: neither is what the slogan stands for."""
    phrase = plain[slogan.start : slogan.end]
    verb = compiled(words("adverb") + "*" + words("verb", "preposition"))
    return (
        (counts.is_single or _holds_all(plain, spans, counts))
        and DOUBLE.match(phrase) is not None
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
            return link not in ("", "的") or len(spans) > 2
        return _holds_all(plain, spans, counts) or carried(plain, spans, "".join(count.noun for count in counts.counts))
    noun = plain[slogan.start : slogan.end].partition(counts.counts[0].label[:1])[2]
    of_one_sort = len(spans) > 2 and len({plain[b - 2 : b] for _, b in spans}) == 1
    single_signs = len(spans) > 2 and all(b - a == 1 for a, b in spans)
    return (
        is_telling(noun)
        or of_one_sort
        or single_signs
        or _done_to(plain, spans, bare_noun(noun))
        or holds(plain, spans, bare_noun(noun), most=True)
        or len(spans) >= _MANY
        or (len(spans) > 2 and _taken_as_one(plain, slogan.end))
    )


def _taken_as_one(plain: str, end: int) -> bool:
    """Tell whether what is counted is said to be one behind the quotation marks: 甲、乙、丙“三网”融合."""
    return re.compile(rf"[{CLOSING_QUOTES}]{words('as-one')}").match(plain, end) is not None


def _done_to(plain: str, spans: list[Span], noun: str) -> bool:
    """Tell whether the verb before the list says what the numeral counts: 拆除违、临、破、旧、陋“五拆”."""
    verb = plain[max(spans[0][0] - 2, 0) : spans[0][0]]
    return len(spans) > 2 and len(noun) == 1 and noun in verb and not compiled(words("verb")).fullmatch(verb)
