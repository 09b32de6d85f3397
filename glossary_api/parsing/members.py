"""The members that a numeral counts, found in a definition and counted.

A definition is cut where its own punctuation cuts it; whether it says as many things as the name promises is then
a matter of counting. No cut is made up to reach the number. A list of another length is no fail by itself: that
needs evidence of its own (`miscounts.py`), and where there is none nothing is said.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from glossary_api.model.messages import Message
from glossary_api.model.things import CountCheck, Entry, EntryTerm, Finding, Passage
from glossary_api.parsing.asides import is_aside
from glossary_api.parsing.borders import IS, LABEL
from glossary_api.parsing.by_noun import by_noun, one_for_each
from glossary_api.parsing.by_numbers import (
    HAN_FIGURES,
    as_said,
    explained_by_number,
    labelled,
    parts_before_labels,
    stated_only,
    summed,
    tallied,
)
from glossary_api.parsing.enumerations import Span, between, quoted_inside, split, trim
from glossary_api.parsing.figure_rows import amounts_of, are_amounts, row_of_figures
from glossary_api.parsing.in_characters import of_so_many
from glossary_api.parsing.kinds import NUMERAL, PLAN, kind_of
from glossary_api.parsing.lists import (
    beginning_with_all,
    ending_in_noun,
    enumerate_list,
    is_another,
    is_at_odds,
    weight_of,
)
from glossary_api.parsing.miscounts import miscounted
from glossary_api.parsing.narrowed import narrowed
from glossary_api.parsing.numerals import Count, Counts, counts_in, round_numbers
from glossary_api.parsing.of_one_numeral import before_label, part_of
from glossary_api.parsing.own_labels import explained_at, explained_here
from glossary_api.parsing.parting import by_chance, is_named_in, of_one_clause, partings
from glossary_api.parsing.patterns import any_of, compiled
from glossary_api.parsing.told_lists import bracketed, comma_labelled, own_part, titled, told, told_at_last
from glossary_api.text.everyday import common_words, verbs
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, core_of
from glossary_api.text.folding import plain as plain_form

_AFTER_NAME = re.compile(rf"[{CLOSING_QUOTES}]?{IS}+")
_OTHER_LABEL = re.compile(rf"(?<=[,;。\s]){LABEL.pattern}")
_LONGEST = 3000
"""A longer definition is a chapter: what it lists is not one list."""
_SEVERAL = re.compile(rf"[{OPENING_QUOTES}]?(?:[nmx](?![a-z])|若干|多个|多项|一批|一系列|其他)")
"""How the open number is said of the last member."""
_DECIDED = re.compile(any_of("wordings", "decided-by"))
_SHORT_FOR = re.compile(any_of("wordings", "short-for"))
_ORDINAL = re.compile(any_of("wordings", "ordinal-of-two"))
_LONGEST_VERB = 4
_LONGEST_REST = 5
"""律师直联村(居) for 三官一师直联: so little may stand behind what the name says of all."""
_OCCASION = re.compile("[^,;。]{2,40}[时后中上],")
"""On what occasion it was said: 某人来此考察时，…."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members that a definition lists, and the verdict on their number."""

    members: tuple[Passage, ...]
    check: CountCheck


def members_of(text: str, plain: str, name: str, definition: Passage) -> Members:
    """Split a definition into the members that the numerals of `name` count; spans are into `text`.

    The check is `n/a` with the reason when no numeral counts, or when the definition does not list what it
    counts; `fail` when it plainly lists another number of things, numbered or set off by the text itself.
    """
    phrase = _counting(name).strip(QUOTES)
    counts = counts_in(phrase)
    said = as_said(plain, definition.start, definition.end, counts) if counts.form == "digits" else None
    kind, counts = (NUMERAL, said) if said else (kind_of(phrase), counts)
    if kind == PLAN:
        return _not_applicable("plan-counts-years")
    if kind != NUMERAL:
        return _not_applicable(counts.reason or "numeral-counts-nothing")
    if definition.end - definition.start > _LONGEST:
        return _not_applicable("too-long-for-list", counts.total)
    start, end = _bare(plain, plain_form(phrase), definition)
    if row := amounts_of(plain, start, end, counts, phrase):
        return _members(text, _Listed(row, len(row), amounts=are_amounts(plain, row, counts, phrase)), len(row))
    if not counts.counts:
        return _not_applicable(str(counts.reason))
    behind = plain_form(name).rpartition(plain_form(phrase))[2].strip(QUOTES)
    stretch = plain, start, end, counts
    found = _single(*stretch, behind) if counts.is_single else _several(*stretch)
    if not found or not found.spans:
        return _not_applicable("no-list", counts.total)
    found = replace(found, spans=_without_sort(plain, found.spans, behind))
    before = plain_form(name).partition(plain_form(phrase))[0].strip(QUOTES)
    if before and plain.startswith(before, found.spans[0][0]):
        found = replace(found, spans=_without_owner(plain, found.spans, len(before), before in verbs()))
    if not found.stated and is_aside(plain, found.spans, definition, counts.counts[0].thing):
        return _not_applicable("no-list", counts.total)
    if counts.is_open and found.found == counts.total:
        return _not_applicable("no-open-list", counts.total)
    return _members(text, found, counts.total)


def _counting(name: str) -> str:
    """Return the part of a name that counts: its quoted core, “三区” of “三区”计划, or 八项行动 behind it."""
    core = core_of(name)
    behind = name.rpartition(core)[2].lstrip(CLOSING_QUOTES) if core else ""
    if kind_of(behind) == NUMERAL and compiled("[一二三四五六七八九十两]+[项大个条]").match(behind):
        return behind
    return core if core and (counts_in(core).counts or round_numbers(plain_form(core))) else name


def _members(text: str, found: _Listed, expected: int) -> Members:
    return Members(tuple(Passage(text[a:b], a, b) for a, b in found.spans), _verdict(found, expected))


def _without_owner(plain: str, spans: list[Span], length: int, governs: bool) -> list[Span]:
    """村卫生室产权公有化、建设标准化 for 村卫生室“两化”: the first without the words of the name that are said once for
    all: a verb, or whose they are where all end alike.
    """
    (start, end), *others = spans
    lengths = [len(re.sub(r"\([^)]*\)", "", plain[a:b])) for a, b in others]
    fits = end - start > max(length, *lengths)
    alike = len({plain[b - 1] for _, b in spans}) == 1
    return [(start + length, end), *others] if fits and (governs or alike) else spans


def _without_sort(plain: str, spans: list[Span], sort: str) -> list[Span]:
    """甲、乙、丙企业 for “两高一新”企业: the last without the sort that the name says behind its numerals."""
    *others, (start, end) = spans
    at = plain.rfind(sort, start + 2, end) if sort[1:] else -1
    own = at > 0 and plain[at - 1] != "的" and end - at <= len(sort) + _LONGEST_REST
    within, said = at + len(sort) < end, [plain[a:b] for a, b in others]
    shared = own and others and not any(sort in text if within else text.endswith(sort) for text in said)
    return [*others, (start, at)] if shared else spans


def _bare(plain: str, phrase: str, definition: Passage) -> Span:
    """“两新”是指…, 县委、县政府确定的…, …的统称: a definition without what it says of its term and of who decided."""
    start, end = definition.start, definition.end
    found = _AFTER_NAME.match(plain, start + len(phrase), end) if plain.startswith(phrase, start, end) else None
    start = found.end() if found else start
    decided, short = _DECIDED.match(plain, start, end), _SHORT_FOR.search(plain, start, end)
    return decided.end() if decided else start, short.start() if short else end


def with_members(text: str, plain: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries, each term with the members of its definition and the count check."""

    def counted(term: EntryTerm) -> EntryTerm:
        found = members_of(text, plain, term.name, term.definition)
        return replace(term, members=found.members, count_check=found.check)

    return tuple(replace(entry, terms=tuple(map(counted, entry.terms))) for entry in entries)


def mismatches(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield a finding for every definition that lists another number of things than its name counts."""
    for entry in entries:
        for term in entry.terms:
            if term.count_check.status == "fail":
                message = Message("at-place", place=term.name, message=term.count_check.reason)
                yield Finding("count-mismatch", message, term.definition.start, term.definition.end)


def _not_applicable(reason: str, expected: int | None = None) -> Members:
    return Members((), CountCheck("n/a", expected, None, Message(reason)))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The members that a definition lists, and how many things they are."""

    spans: list[Span]
    found: int
    stated: bool = False
    """Whether the text says their number right behind them, or puts them so that they are meant by no chance."""
    amounts: bool = False
    """Whether the numerals of the name are amounts of the members, 50 and 80 of 5080."""
    at_odds: str = ""
    """The numeral that plainly counts another number of things than are listed for it, if one does: 三官."""


def _verdict(listed: _Listed, expected: int) -> CountCheck:
    found = listed.found
    if listed.amounts:
        return CountCheck("n/a", reason=Message("numerals-are-amounts"))
    if not listed.at_odds:
        return CountCheck("pass", found, found)
    if found == expected:
        return CountCheck("fail", expected, found, Message("member-miscounts", label=listed.at_odds))
    return CountCheck("fail", expected, found, Message("miscount", expected=expected, found=found))


def _single(plain: str, start: int, end: int, counts: Counts, behind: str) -> _Listed | None:
    """Return one numeral: one list. `behind` is what the name says behind its numeral, 人才计划 of “三区”人才计划."""
    [count] = counts.counts
    number = counts.total
    words = (*_words(count), *([behind] if behind else []))
    start, end = own_part(plain, start, end, count)
    if spans := of_so_many(plain, start, end, counts):
        return _Listed(spans, number)
    if spans := told(plain, start, end, counts, words):
        return _Listed(narrowed(plain, spans, count.thing), number, stated=True)
    if spans := ending_in_noun(plain, start, end, count) or beginning_with_all(plain, start, end, count):
        return _Listed(narrowed(plain, spans, count.thing), number)
    if each := _each_listing(plain, start, end, count):
        return each
    if spans := summed(plain, start, end, number):
        return _Listed(spans, number)
    for stop in dict.fromkeys((before_label(plain, start, end, count), end)):
        if spans := enumerate_list(plain, start, stop, number, words=words, thing=count.thing):
            if is_another(plain, start, end, spans, count.thing):
                break
            return _Listed(narrowed(plain, spans, count.thing), number)
    if spans := told_at_last(plain, start, end, counts):
        return _Listed(spans, number)
    items = miscounted(plain, start, end, count)
    return _Listed(items, len(items), at_odds=count.label)


def _each_listing(plain: str, start: int, end: int, count: Count) -> _Listed | None:
    """甲六张网是指…，乙六张网是指…: two things each of which is a number of things, for 两个六张网."""
    inner = counts_in(count.thing).counts
    if len(inner) != 1:
        return None
    label = re.compile(rf"{re.escape(count.thing)}[{CLOSING_QUOTES}]?{IS}+")
    begins = list(label.finditer(plain, start, end))
    if len(begins) != count.number:
        return None
    starts, ends = [found.end() for found in begins], [found.start() for found in begins[1:]]
    # 甲 of 乙六张网 stands behind the last sign before it
    stops = [max(plain.rfind(sign, start, at) for sign in ",;。") for at in ends]
    parts = list(zip(starts, [*stops, end], strict=True))
    return _joined(plain, parts, Counts("words", inner * len(parts)))


def _words(count: Count) -> tuple[str, ...]:
    """Return pieces of two characters of what a name counts, 联动 of 三医联动, which say how the things go on."""
    noun = count.thing
    pieces = [noun[i : i + 2] for i in range(len(noun) - 1)]
    return (count.label, *(piece for i, piece in enumerate(pieces) if i == 0 or piece in common_words()))


def _several(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """Return more than one numeral: each explained by name, each given with its number, each in a clause, or one
    list.
    """
    for rule in _OF_SEVERAL:
        if found := rule(plain, start, end, counts):
            return found
    return None


def _named(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """“一稳”就是指…；“三新”就是指…: each numeral has its own explanation."""
    begins: list[Span] = []
    for count in counts.counts:
        at, label = begins[-1][1] if begins else start, count.label
        found = explained_at(plain, at, end, label) or explained_here(plain, at, end, label)
        found = found or next(
            (span for other in _written(count) if (span := explained_at(plain, at, end, other))), None
        )
        if found is None:
            return None
        begins.append(found)
    ends = [*(begin for begin, _ in begins[1:]), end]
    parts: list[Span] = []
    for (_, begin), stop in zip(begins, ends, strict=True):
        sign = max(plain.rfind(sign, begin, stop) for sign in ",;。")
        stop = sign if stop < end and begin < sign and stop - sign <= _LONGEST_VERB + 1 else stop  # …；推进“九化”
        if own := LABEL.match(plain, begin, stop):
            begin = own.end()  # “3”即“三带”，指…
        foreign = _OTHER_LABEL.search(plain, begin, stop)
        part = begin, foreign.start() if foreign else stop
        ordinal = _ORDINAL.search(plain, *part)
        parts.append((part[0], ordinal.start()) if ordinal else part)
    listed = _joined(plain, parts, counts) or _part_at_odds(plain, parts, counts)
    listed = listed or _explained(plain, start, end, counts) or _row(plain, start, end, counts)
    return listed or _Listed([], counts.total)


def _written(count: Count) -> Iterator[str]:
    """Yield how a label may be written in a definition too: 四大板块 for 四板块, 三 for the 3 of 369."""
    yield f"{count.label[:1]}大{count.label[1:]}"
    if not count.noun and count.number in HAN_FIGURES:
        yield from dict.fromkeys(("零一二三四五六七八九十"[count.number], HAN_FIGURES[count.number]))


def _joined(plain: str, parts: list[Span], counts: Counts) -> _Listed | None:
    """Return the parts of all numerals as one list, if each part lists as many things as its numeral says."""
    members: list[Span] = []
    found = 0
    for (a, b), count in zip(parts, counts.counts, strict=True):
        part = part_of(plain, a, b, count) or stated_only(plain, a, b, count)
        if not part:
            return None
        members += part
        found += count.number or len(part)
    return _Listed(members, found)


def _part_at_odds(plain: str, parts: list[Span], counts: Counts) -> _Listed | None:
    """Return what all parts list, if one plainly lists another number of things than its numeral says and the others
    agree.
    """
    spans: list[Span] = []
    odd = ""
    for (a, b), count in zip(parts, counts.counts, strict=True):
        items = part_of(plain, a, b, count)
        if not items:
            items = miscounted(plain, *(trim(plain, a, b) or (a, b)), count)
            odd = odd or count.label
        if not items:
            return None
        spans += items
    return _Listed(spans, len(spans), at_odds=odd)


def _explained(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    spans = tallied(plain, start, end, counts) or explained_by_number(plain, start, end, counts)
    return _Listed(spans, len(spans)) if spans else None


def _grouped(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """A、B两大…，C、D、E三大…; A和B、C、D: one clause for each numeral, with as many members as it says."""
    if counts.total == len([count for count in counts.counts if count.number]):
        return None  # nothing but ones and open numbers: any clauses would do
    occasion = _OCCASION.match(plain, start, end)
    for begin in (start, occasion.end()) if occasion else (start,):
        for cuts in partings(plain, begin, end, counts):
            clauses = between(begin, end, cuts)
            found = _joined(plain, clauses, counts)
            if found and all(map(functools.partial(is_named_in, plain), clauses, counts.counts)):
                return replace(found, spans=of_one_clause(plain, found.spans))
    return None


def _in_run(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """在全市开展学甲、学乙、学丙，立丁、立戊、立己活动，推动…: clauses beside each other, in a quotation or a longer
    text, that list as many things as the numerals say, each with a sign of what is counted.
    """
    number = len(counts.counts)
    if counts.is_open or counts.total <= number or not all(count.thing for count in counts.counts):
        return None
    for a, b in (*quoted_inside(plain, start, end), (start, end)):
        clauses = split(plain, a, b, ",;。")
        for at in range(len(clauses) - number + 1):
            found = _joined(plain, clauses[at : at + number], counts)
            signs = [count.thing[0] for count in counts.counts for _ in range(count.number or 0)]
            if found and all(sign in plain[x:y] for sign, (x, y) in zip(signs, found.spans, strict=True)):
                return replace(found, stated=True)
    return None


def _flat(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """法官、检察官、…、人民调解员: one list for all; or one member for each pair, as in 六服六进."""
    if items := one_for_each(plain, start, end, counts):
        return _Listed(items, len(items))
    if product := counts.as_product:
        pairs = enumerate_list(plain, start, end, product)
        if pairs and all(set(count.noun) & set(plain[a:b]) for a, b in pairs for count in counts.counts):
            return _Listed(pairs, len(pairs))
    numbers = frozenset(count.number for count in counts.counts if count.number)
    if counts.is_open:
        spans = enumerate_list(plain, start, end, counts.total + 1, numbers)
        if spans and _SEVERAL.match(plain, *spans[-1]):
            return _Listed(spans, counts.total + 1)
    last = counts.counts[-1]
    words = (last.label, last.noun[1:]) if counts.form == "words" and last.noun[2:] else ()
    spans = enumerate_list(plain, start, end, counts.total, numbers, words)
    if not spans or is_at_odds(plain, start, end, numbers) or by_chance(plain, start, end, spans, counts):
        return None
    return _Listed(spans, weight_of(plain, spans, counts.total))


def _row(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    spans = row_of_figures(plain, start, end, counts)
    return _Listed(spans, len(spans), amounts=are_amounts(plain, spans, counts)) if spans else None


def _listing_row(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    spans = [] if LABEL.search(plain, start, end) else row_of_figures(plain, start, end, counts, listing=True)
    return _Listed(spans, len(spans), amounts=are_amounts(plain, spans, counts)) if spans else None


_Rule = Callable[[str, int, int, Counts], _Listed | None]


def _all_of(find: Callable[[str, int, int, Counts], list[Span]]) -> _Rule:
    """Return the rule that takes a list for all numerals at once."""

    def rule(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
        spans = find(plain, start, end, counts)
        return _Listed(spans, counts.total + counts.is_open) if spans else None

    return rule


def _in_parts(find: Callable[[str, int, int, Counts], list[Span]]) -> _Rule:
    """Return the rule that takes what each numeral counts from a part of its own."""

    def rule(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
        parts = find(plain, start, end, counts)
        return _joined(plain, parts, counts) if parts else None

    return rule


_OF_SEVERAL: tuple[_Rule, ...] = (
    _all_of(titled),
    _in_parts(bracketed),
    _in_parts(parts_before_labels),
    _named,
    _in_parts(comma_labelled),
    _all_of(labelled),
    _explained,
    _row,
    _grouped,
    _all_of(told),
    _flat,
    _all_of(by_noun),
    _in_run,
    _all_of(told_at_last),
    _listing_row,
)
