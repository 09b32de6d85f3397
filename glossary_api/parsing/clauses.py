"""Lists before a slogan that take up whole clauses: 稳甲、稳乙，稳丙，做到“三稳”; 推动甲提质、乙提效，“两提”行动…

What stands farther from its slogan than in apposition is taken only if each item carries what the numeral counts.
"""

from __future__ import annotations

import functools
import re

from glossary_api.parsing.enumerations import Span, split
from glossary_api.parsing.list_edges import (
    alike,
    bare_noun,
    behind_governing,
    carried,
    first_of,
    governs_slogan,
    holds,
    in_groups,
    is_telling,
    led_to,
    names,
    words,
)
from glossary_api.parsing.numerals import Counts

REACH = 300
"""How far from a slogan its expansion may begin or end, in characters."""
LONGEST_LINK = 12
_FEW = 3
_REST = re.compile("等(?:内容|方面|工作|要素|环节|事项)?$")
"""甲规划、乙规划等内容: what closes a list and belongs to none of its items."""
_STOPS = (*",;。:!?\r\n", "--")


@functools.cache
def _leading_on() -> re.Pattern[str]:
    """Return what leads from clauses to the slogan that sums them up: “，做到”, 的, 落实."""
    verb = words("verb", "verb-or-noun", "preposition")
    return re.compile(rf"(?:,(?:{words('adverb')}*{verb})?|的|)$")


def _items_of_clauses(plain: str, start: int, stop: int) -> list[Span]:
    """Return the items of all clauses before the words that lead on to the slogan."""
    link = _leading_on().search(plain, max(start, stop - LONGEST_LINK), stop)
    clauses = split(plain, start, link.start() if link else stop, ",;")
    return [item for clause in clauses for item in split(plain, *clause, "、")]


def groups_of_clauses(plain: str, stop: int, counts: Counts) -> list[Span]:
    """不甲、不乙，直丙、直丁的“两不两直”: the items of several clauses, if each carries what its numeral counts."""
    if counts.is_single:
        return []
    items = _items_of_clauses(plain, _sentence(plain, stop), stop)
    items = items[-counts.total :]
    if found := in_groups(plain, items, counts):
        return found
    apart = bool(items) and "," in plain[items[-1][1] : stop]
    governed = any(begins_clause(plain, a) and _governed().match(plain, a) for a, _ in items[1:])
    # 甲园、乙园建设，形成“一谷两园”, 建甲城，加快发展乙城“两城”: a clause has its own verb
    return [] if apart or governed else each_its_own(plain, items, counts)


@functools.cache
def _governed() -> re.Pattern[str]:
    """Return how a clause begins that is none of several names in a row."""
    return re.compile(f"{words('adverb')}*{words('verb', 'verb-or-noun', 'preposition')}|以及")


def clauses_before(plain: str, stop: int, end: int, counts: Counts) -> list[Span]:
    """稳甲、稳乙，稳丙，做到“三稳”: the clauses before the slogan, if they and no others carry what is counted."""
    noun, total = counts.counts[0].noun, counts.total
    sign = bare_noun(noun)[:1]
    start = _sentence(plain, stop)
    if not counts.is_single or not sign or plain.count(sign, start, stop) < total:
        return []
    items = _items_of_clauses(plain, start, stop)
    spans, others = items[-total:], items[:-total]
    if (
        len(spans) != total
        or (spans[-1][1] == end and governs_slogan(plain, spans))
        or (others and carried(plain, [others[-1]], noun))
    ):
        return []
    governed = [begins_clause(plain, a) and _governed().match(plain, a) is not None for a, _ in spans[1:]]
    if any(governed) and not any(plain.startswith(sign, a) for a, _ in spans[1:]):
        return []
    lead = plain[spans[-1][0] : spans[-1][0] + 2]
    ending = len(noun) > 1 and all(plain.endswith(noun, a, b) for a, b in spans)
    if total == 2 and not ending and any(not lead.startswith(sign) or lead not in plain[a:b] for a, b in spans):
        return []
    if lead[0] == sign and (at := plain.find(lead if total == 2 else sign, *spans[0])) >= 0:
        spans = [(at, spans[0][1]), *spans[1:]]
    elif first := first_of(plain, spans):
        spans = [first, *spans[1:]]
    return spans if carried(plain, spans, noun) and alike(plain, spans) and names(plain, spans) else []


@functools.cache
def _leading_over() -> re.Pattern[str]:
    """Return what leads from a clause to a slogan in the next: a comma, 实现, or another verb and whose it is."""
    verb = f"{words('adverb')}*{words('verb', 'verb-or-noun', 'preposition')}"
    return re.compile(
        rf",(?:(?P<reached>{words('adverb')}*(?:实现|做到)了?)|(?P<done>{verb}[\u4e00-\u9fff]{{0,4}}?))?$"
    )


def clause_of_items(plain: str, end: int, counts: Counts) -> list[Span]:
    """甲通公交、乙通光纤、丙通硬化路，实现“三个全覆盖”: the clause before is a list of as many, and nothing but it.

    Where another verb stands between, 推动甲变乙、乙变丙、丙变丁，深化“三变”…, each item has to hold what is counted.
    """
    link = _leading_over().search(plain, max(0, end - LONGEST_LINK), end)
    begin = clause_before(plain, link.start()) if link else end
    items = split(plain, begin, link.start(), "、") if link else []
    if items and (rest := _REST.search(plain, items[-1][0] + 2, items[-1][1])):
        items = [*items[:-1], (items[-1][0], rest.start())]
    if not link or len(items) < 3 or len(items) not in (counts.total, counts.as_product):
        return []
    first = first_of(plain, items)
    if first is None or not begins_clause(plain, begin):
        return []
    spans = [first, *items[1:]]
    if governs_slogan(plain, spans, adjacent=True):
        return []
    whole = first == items[0] and behind_governing(plain, *first) == first[0]
    held = all(holds(plain, spans, bare_noun(count.noun)) for count in counts.counts)
    named = counts.is_single and not link["done"] and not re.search(r"\d", plain[begin : link.start()])
    telling = len(items) > _FEW or is_telling(counts.counts[0].noun)
    thing = counts.counts[0].thing
    if counts.is_single and not telling and len(thing) == 1:
        # 强农、惠农政策，落实“三农”…: one sign is in all of them by chance, unless it is where they begin or end
        alike_built = 1 in (len({plain[b - 2 : b] for _, b in spans}), len({b - a for a, b in spans}))
        held = held and (alike_built or carried(plain, spans, thing))
    linked = link["reached"] or link["done"]
    said = held or (named and telling and (whole or (linked and not link["reached"])))
    return spans if said and alike(plain, spans) and names(plain, spans) else []


def _sentence(plain: str, end: int) -> int:
    """Return where the sentence before an offset begins; the offset itself if that is too far away."""
    farthest = max(0, end - REACH)
    start = max([farthest, *(at + 1 for sign in "。!?\r\n" if (at := plain.rfind(sign, farthest, end)) >= 0)])
    return end if start == farthest > 0 else start


def clause_before(plain: str, end: int) -> int:
    """Return where the clause before an offset begins; the offset itself if that is too far away."""
    farthest = max(0, end - REACH)
    start = max([farthest, *(at + len(stop) for stop in _STOPS if (at := plain.rfind(stop, farthest, end)) >= 0)])
    return end if start == farthest > 0 else start


def begins_clause(plain: str, start: int) -> bool:
    """Tell whether a clause begins at an offset."""
    return start == 0 or plain[start - 1] in ",;。:!?\r\n"


def each_its_own(plain: str, items: list[Span], counts: Counts) -> list[Span]:
    """甲中心城市、乙中心、丙枢纽“两中心一枢纽”, 甲河、乙山、丙山“一河两山”: each item holds what its numeral counts."""
    things = [bare_noun(count.thing or count.noun) for count in counts.counts for _ in range(count.number or 0)]
    first = first_of(plain, items) if len(items) == len(things) > 1 else None
    if first is None or len(set(things)) < 2 or not all(things):
        return []
    spans = [(led_to(plain, *first, things[0]), first[1]), *items[1:]]
    in_order = all(thing in plain[a:b] for (a, b), thing in zip(spans, things, strict=True))
    held = [[thing for thing in dict.fromkeys(things) if thing in plain[a:b]] for a, b in spans]
    in_any_order = len(things) > 2 and sorted(thing for each in held for thing in each) == sorted(things)
    whole = all(b - a > 1 for a, b in spans)
    return spans if whole and (in_order or (in_any_order and all(map(len, held)))) else []
