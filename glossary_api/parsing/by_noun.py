"""Members told by the noun that is counted: 访甲、访乙和评丙、评丁 for 两访两评; 享甲便利，享乙便利 for 两便利.

Spans in and out are offsets into the plain text.
"""

from __future__ import annotations

from glossary_api.parsing.borders import behind_is, polished
from glossary_api.parsing.enumerations import Span, bare, between, conjunctions, outside, split, trim
from glossary_api.parsing.lists import enumerate_list
from glossary_api.parsing.numerals import Count, Counts
from glossary_api.parsing.tails import is_tail

_HALF = 2
"""宜居宜业 for 两宜 are two, of so many signs each."""


def one_for_each(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """访甲、访乙和评丙、评丁 for 两访两评: return the pieces between all signs, each of which begins or ends with a
    noun of the name; 宜居宜业 are two of 两宜. Empty unless they are as many as counted, for each noun.
    """
    nouns = [count.thing for count in counts.counts]
    if counts.total < 3 or not all(nouns) or counts.is_open:
        return []
    start, end = bare(plain, start, end)
    joints = [cut for cut in conjunctions(plain, start, end) if plain.startswith(tuple(nouns), cut[1])]
    cuts = sorted([*outside(plain, start, end, "[,;。、]"), *joints])
    items = [half for piece in between(start, end, cuts) for half in _halves(plain, *piece, nouns)]
    carrying = [[plain.startswith(noun, a) or plain.endswith(noun, a, b) for a, b in items] for noun in nouns]
    numbers = [sum(each) for each in carrying]
    fits = len(items) == counts.total and numbers == [count.number for count in counts.counts]
    begun = all(plain.startswith(tuple(nouns), a) for a, _ in items)
    return (items if begun else polished(plain, items)) if fits else []


def _halves(plain: str, start: int, end: int, nouns: list[str]) -> list[Span]:
    span = trim(plain, start, end)
    if span is None:
        return []
    middle = span[0] + _HALF
    halved = span[1] - span[0] == 2 * _HALF and plain[span[0]] == plain[middle] and plain[middle] in nouns
    return [(span[0], middle), (middle, span[1])] if halved else [span]


def by_noun(plain: str, start: int, end: int, counts: Counts) -> list[Span]:
    """免费提供甲、乙，享丙便利，享丁便利 for 两免两便利: clauses that end in what is counted, or list it."""
    spans: list[Span] = []
    clauses = split(plain, start, end, ",;。")
    for count in counts.counts:
        noun = count.thing
        ending = [span for span in clauses if noun and plain.endswith(noun, *span)]
        holding = [span for span in clauses if noun and noun in plain[slice(*span)]]
        number = count.number or 0
        carrying = ending if len(ending) == number else holding if len(holding) == number and noun[1:] else []
        if number > 1 and carrying:
            found = polished(plain, carrying)
        elif carrying and noun[1:]:
            a, b = carrying[0]
            of = max(plain.rfind("的", a, b), a)
            found = [(behind_is(plain, a, b), of if is_tail(plain[of:b]) else b)]
        elif number and len(holding) == 1:
            found = enumerate_list(plain, *holding[0], number)
        else:
            return []
        if not found or (spans and found[0][0] < spans[-1][1]):
            return []
        spans += found
    return spans if len(spans) == counts.total else []


def each_carrying(plain: str, start: int, end: int, count: Count, signs: str) -> list[Span]:
    """“四创”即创新，创业，创甲市、乙市，创丙: clauses that begin with what is counted, whatever they list; “四新”即在甲
    上闯新路，在乙中有新作为…: three clauses or more that have it in them.
    """
    thing, number = count.thing, count.number or 0
    clauses = split(plain, start, end, signs)
    if not thing or len(clauses) != number or all(plain[a] == "以" for a, _ in clauses):
        return []
    holding = number > 2 and "、" not in signs and all(thing in plain[a:b] for a, b in clauses)
    carrying = holding or all(plain.startswith(thing, a) for a, _ in clauses)
    return [*clauses[:-1], bare(plain, *clauses[-1])] if carrying else []
