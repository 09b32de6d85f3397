"""The parts of a definition, one for each numeral of a name, and whether they can be meant by it.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, combinations, islice, product

from glossary_api.parsing.borders import polished
from glossary_api.parsing.enumerations import Span, between, conjunctions, outside, trim
from glossary_api.parsing.numerals import Count, Counts

_LONGEST_VERB = 4
_MOST_CONJUNCTIONS = 12
"""Of more conjunctions the rest is not tried as the border between what two numerals count."""
_MOST_NUMERALS = 6
_STOP = re.compile("[、,;。]")


def partings(plain: str, start: int, end: int, counts: Counts) -> Iterator[list[Span]]:
    """Yield the ways to cut a stretch in one part for each numeral: at all stops, at all commas too, at conjunctions as
    well, or so that each part is one clause or as many clauses as the numeral says.
    """
    number = len(counts.counts) - 1
    start, end = trim(plain, start, end) or (start, end)
    for strength in ("、(?=以)", "[;。]"):
        if len(signs := list(outside(plain, start, end, strength))) == number:
            yield signs
    signs = list(outside(plain, start, end, "[,;。]"))
    if len(signs) <= number:
        joints = islice(conjunctions(plain, start, end), _MOST_CONJUNCTIONS)
        yield from (sorted([*signs, *some]) for some in combinations(joints, number - len(signs)))
    elif counts.form == "words" and number < _MOST_NUMERALS and not counts.as_product:
        clauses = [plain[a:b] for a, b in between(start, end, signs)]
        for lengths in product(*(sorted({1, count.number or 1}) for count in counts.counts)):
            things = [count.thing[:1] for n, count in zip(lengths, counts.counts, strict=True) for _ in range(n)]
            if len(things) == len(clauses) and all(thing and thing in clauses[i] for i, thing in enumerate(things)):
                yield [signs[at - 1] for at in accumulate(lengths[:-1])]


def is_named_in(plain: str, clause: Span, count: Count) -> bool:
    """Tell whether a clause that stands for one thing says what is counted, and is one: not 加强共享 for 一张网."""
    noun = count.thing
    if count.number == 1 and any(outside(plain, *clause, "[,]")):
        return bool(noun) and plain.endswith(noun[-1], *clause)
    return count.number != 1 or not noun or bool(set(noun) & set(plain[slice(*clause)]))


def of_one_clause(plain: str, spans: list[Span]) -> list[Span]:
    """拥有甲、乙、丙和丁的企业 for 三甲一丁: return a list without the verb and the attribute that all of it shares."""
    (start, first), (last, end) = spans[0], spans[-1]
    whole = [] if any(outside(plain, start, end, "[,;。]")) else polished(plain, spans)
    if whole and whole[0][0] - start <= _LONGEST_VERB:
        start = whole[0][0]
    if whole and "的" in plain[whole[-1][1] : end]:
        end = whole[-1][1]
    return [(start, first), *spans[1:-1], (last, end)]


def by_chance(plain: str, start: int, end: int, spans: list[Span], counts: Counts) -> bool:
    """Tell whether most pieces of several clauses have no sign of what is counted in them: 全长78公里 of 两环五射."""
    if counts.form != "words" or not any(outside(plain, start, end, "[,;。]")):
        return False
    signs = set("".join(count.thing for count in counts.counts))
    held = [signs & set(plain[a:b] + _STOP.split(plain[b:end], maxsplit=1)[0]) for a, b in spans]
    return 2 * sum(map(bool, held)) < len(spans)
