"""The members that a numeral counts, found in a definition and counted.

A definition is cut where its own punctuation cuts it; whether it says as many things as the name promises is then
a matter of counting. No cut is made up to reach the number, and a list of another length is a fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice

from glossary_api.model import CountCheck, Entry, EntryTerm, Finding, Passage
from glossary_api.parsing.enumerations import Span, bare, conjunctions, outside, split, split_last, trim
from glossary_api.parsing.kinds import NUMERAL, PLAN, kind_of
from glossary_api.parsing.lists import IS, LABEL, enumerate_list, stated_tally, weight_of, without_frame
from glossary_api.parsing.numerals import Count, Counts, counts_in
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, core_of
from glossary_api.text.folding import plain as plain_form

_AFTER_NAME = re.compile(rf"[{CLOSING_QUOTES}]?{IS}+")
_LEAST_SHARE = 0.5
"""A list must fill this share of a definition before its length can speak against the name."""
_LONGEST = 3000
"""A longer definition is a chapter: what it lists is not one list."""
_MOST_CONJUNCTIONS = 12
"""Of more conjunctions the rest is not tried as the border between what two numerals count."""


@dataclass(frozen=True, slots=True)
class Members:
    """What a definition lists, and whether it is as much as the name promises."""

    members: tuple[Passage, ...]
    check: CountCheck


def members_of(text: str, plain: str, name: str, definition: Passage) -> Members:
    """Split a definition into the members that the numerals of `name` count; spans are into `text`.

    The check is `n/a` with the reason when no numeral counts, or when the definition does not list what it
    counts; `fail` when it lists another number of things.
    """
    core = core_of(name)
    phrase = (core if core and counts_in(core).counts else name).strip(QUOTES)
    kind, counts = kind_of(phrase), counts_in(phrase)
    if kind == PLAN:
        return _not_applicable("a plan period counts years, not things")
    if kind != NUMERAL or not counts.counts:
        return _not_applicable(counts.reason or "the numeral of the name counts nothing")
    if definition.end - definition.start > _LONGEST:
        return _not_applicable("the definition is too long to be a list", counts.total)
    start = _behind_name(plain, plain_form(phrase), definition.start, definition.end)
    found = (_single if counts.is_single else _several)(plain, start, definition.end, counts)
    if found is None or not found.spans or (not counts.is_open and _is_aside(found, definition)):
        return _not_applicable("the definition does not list what the numeral counts", counts.total)
    passages = tuple(Passage(text[a:b], a, b) for a, b in found.spans)
    return Members(passages, _verdict(found, counts))


def _behind_name(plain: str, phrase: str, start: int, end: int) -> int:
    """“两新”是指…: a definition may name its term again; where it goes on behind that."""
    name = start + (plain[start] in OPENING_QUOTES)
    found = _AFTER_NAME.match(plain, name + len(phrase), end) if plain.startswith(phrase, name, end) else None
    return found.end() if found else start


def with_members(text: str, plain: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, each term with the members of its definition and the count check."""

    def counted(term: EntryTerm) -> EntryTerm:
        found = members_of(text, plain, term.name, term.definition)
        return replace(term, members=found.members, count_check=found.check)

    return tuple(replace(entry, terms=tuple(map(counted, entry.terms))) for entry in entries)


def mismatches(entries: Iterable[Entry]) -> Iterator[Finding]:
    """A finding for every definition that lists another number of things than its name counts."""
    for entry in entries:
        for term in entry.terms:
            if term.count_check.status == "fail":
                message = f"{term.name}: {term.count_check.reason}"
                yield Finding("count-mismatch", message, term.definition.start, term.definition.end)


def _not_applicable(reason: str, expected: int | None = None) -> Members:
    return Members((), CountCheck("n/a", expected, None, reason))


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a definition lists: the members, how many things they are, and how many the name promises."""

    spans: list[Span]
    found: int
    expected: int
    at_odds: str = ""
    """The part of the definition that lists another number of things than it says, if one does."""


def _is_aside(listed: _Listed, definition: Passage) -> bool:
    """Whether a list that misses the number fills so little of the definition that another may be meant."""
    filled = listed.spans[-1][1] - listed.spans[0][0]
    missed = listed.found != listed.expected and not listed.at_odds
    return missed and filled < _LEAST_SHARE * (definition.end - definition.start)


def _verdict(listed: _Listed, counts: Counts) -> CountCheck:
    found, expected = listed.found, listed.expected
    if listed.at_odds:
        return CountCheck("fail", expected, found, f"{listed.at_odds} lists another number of things than it says")
    if counts.is_open and found == expected:
        return CountCheck("n/a", expected, found, "the definition does not list what the open number stands for")
    if found == expected or (counts.is_open and found > expected):
        return CountCheck("pass", found, found)
    return CountCheck("fail", expected, found, f"the name counts {expected}, the definition lists {found}")


def _single(plain: str, start: int, end: int, counts: Counts) -> _Listed:
    number = counts.total
    spans = enumerate_list(plain, start, end, number) if number > 1 else []
    return _Listed(spans, weight_of(plain, spans, number), number)


def _several(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """More than one numeral: each explained by name, each given with its number, each in a clause, or one list."""
    for rule in (_named, _labelled, _grouped, _flat):
        if found := rule(plain, start, end, counts):
            return found
    return None


def _named(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """“一稳”就是指…；“三新”就是指…: each numeral has its own explanation."""
    begins: list[re.Match[str]] = []
    for count in counts.counts:
        label = re.escape(count.label)
        quoted = rf"[{OPENING_QUOTES}]{label}[{CLOSING_QUOTES}](?:[个项条张][^,:;。]{{0,16}}?)?{IS}+"
        pattern = re.compile(rf"{quoted}|(?:(?<=[;。,])|(?<![\S])){label}{IS}+")
        at = begins[-1].end() if begins else start
        found = pattern.search(plain, at, end) or (
            re.compile(f"{label}{IS}+").match(plain, at, end) if not begins else None
        )
        if found is None:
            return None
        begins.append(found)
    ends = [*(begin.start() for begin in begins[1:]), end]
    parts: list[list[Span]] = []
    for count, begin, stop in zip(counts.counts, begins, ends, strict=True):
        foreign = LABEL.search(plain, begin.end(), stop)
        parts.append(_part(plain, begin.end(), foreign.start() if foreign else stop, count))
    return _joined(parts, counts, plain)


def _joined(parts: list[list[Span]], counts: Counts, plain: str) -> _Listed:
    """The parts of all numerals as one list; without members if what does not agree is not listed at all."""
    pairs = list(zip(counts.counts, parts, strict=True))
    weights = [weight_of(plain, part, count.number or 0) for count, part in pairs]
    odd = [
        (count, part)
        for (count, part), weight in zip(pairs, weights, strict=True)
        if not part or count.number not in (None, weight)
    ]
    spans = [span for part in parts for span in part]
    unlisted = [count for count, part in odd if count.number != 1 and len(part) < 2]
    return _Listed([] if unlisted and len(unlisted) == len(odd) else spans, sum(weights), counts.total, _label(odd))


def _label(parts: list[tuple[Count, list[Span]]]) -> str:
    """The first of the parts that list another number of things: 三官."""
    return max(parts, key=lambda part: len(part[1]))[0].label if parts else ""


def _labelled(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """建设“1”个…，指导建设“M”个…; 1个…、1个…、N个…: each number of a plus form stands before what it counts."""
    if counts.form != "plus":
        return None
    spans: list[Span] = []
    for count in counts.counts:
        label = re.compile(
            rf"(?<![\da-z])[{OPENING_QUOTES}]?{count.label}[{CLOSING_QUOTES}]?(?:个|项|家|类|条|张|支|大)"
        )
        found = label.search(plain, spans[-1][1] if spans else start, end)
        if found is None:
            return None
        stop = next((i for i in range(found.end(), end) if plain[i] in ",、;。和与及"), end)
        spans.append((found.start(), stop))
    return _Listed(spans, counts.total + counts.is_open, counts.total)


def _grouped(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """A、B两大…，C、D、E三大…; A和B、C、D: one clause for each numeral, with as many members as it says."""
    if counts.total == len([count for count in counts.counts if count.number]):
        return None  # nothing but ones and open numbers: any clauses would do
    for cuts in _partings(plain, start, end, len(counts.counts) - 1):
        clauses = zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], counts.counts, strict=True)
        found = _joined([_part(plain, a, b, count) for a, b, count in clauses], counts, plain)
        if not found.at_odds:
            return found
    return None


def _partings(plain: str, start: int, end: int, number: int) -> Iterator[list[Span]]:
    """The ways to cut a stretch `number` times: at all stops, at all commas too, or at conjunctions as well."""
    start, end = trim(plain, start, end) or (start, end)
    signs: list[Span] = []
    for strength in (";。", ",;。"):
        signs = list(outside(plain, start, end, f"[{strength}]"))
        if len(signs) == number:
            yield signs
    if 0 <= number - len(signs) <= _MOST_CONJUNCTIONS:
        joints = list(islice(conjunctions(plain, start, end), _MOST_CONJUNCTIONS))
        yield from (sorted([*signs, *some]) for some in combinations(joints, number - len(signs)))


def _flat(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """法官、检察官、…、人民调解员: one list for all; or one member for each pair, as in 六服六进."""
    product = counts.as_product
    if product and product > 1:
        pairs = enumerate_list(plain, start, end, product)
        if pairs and all(_has_all(plain[a:b], counts) for a, b in pairs):
            return _Listed(pairs, len(pairs), product)
    if counts.total < 2:
        return None
    numbers = frozenset(count.number for count in counts.counts if count.number)
    spans = enumerate_list(plain, start, end, counts.total, numbers)
    return _Listed(spans, weight_of(plain, spans, counts.total), counts.total, _at_odds(plain, start, end, numbers))


def _at_odds(plain: str, start: int, end: int, numbers: frozenset[int]) -> str:
    """A clause that says one of the numbers of its list, 甲、乙、丙四类清单, but lists another number of things."""
    for a, b in split(plain, start, end, ",;。"):
        items = split(plain, *bare(plain, a, b), "、")
        tally = stated_tally(plain, a, b)
        if tally in numbers and len(items) > 1 and tally not in (len(items), len(split_last(plain, items))):
            return plain[a:b]
    return ""


def _has_all(member: str, counts: Counts) -> bool:
    return all(set(count.noun) & set(member) for count in counts.counts)


def _part(plain: str, start: int, end: int, count: Count) -> list[Span]:
    """The members of one numeral's own explanation; one has the whole of it, an open number all that is listed."""
    if count.number is None or count.number > 1:
        spans = enumerate_list(plain, start, end, count.number)
        if spans:
            return spans
    colon = plain.find(":", start, end)
    span = trim(plain, colon + 1 if colon >= 0 else start, end)
    framed = without_frame(plain, *span) if span else None
    if span is None or framed is None:
        return []
    return [framed if framed[1] < span[1] else span]
