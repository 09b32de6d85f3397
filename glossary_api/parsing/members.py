"""The members that a numeral counts, found in a definition and counted.

A definition is cut where its own punctuation cuts it; whether it says as many things as the name promises is then
a matter of counting. No cut is made up to reach the number, and a list of another length is a fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from glossary_api.folding import CLOSING_QUOTES, OPENING_QUOTES, core_of
from glossary_api.model import CountCheck, Entry, EntryTerm, Finding, Passage
from glossary_api.parsing.enumerations import (
    NUMBER,
    Span,
    bare,
    quoted_inside,
    split,
    split_all,
    split_last,
    split_titles,
    tally_of,
    trim,
)
from glossary_api.parsing.kinds import NUMERAL, PLAN, kind_of
from glossary_api.parsing.numerals import Count, Counts, counts_in

_IS = r"(?:就是指|主要是指|主要指|是指|分别指|分别是|主要包括|包括|指的是|指|即|为|是|:)"
LEADING_VERB = re.compile(
    r"(?:支持|保障|清理|推动|推进|实施|开展|加强|完善|包括|包含|覆盖|建设|建立|构建|聚焦|围绕|强化|落实|提升|打造|形成|发展|培育|深化|统筹|整合|"
    r"实现|坚持|突出|制定|优化|运用|力争|健全|推行|破解|助推|促进|激发|充分|出台|做强|新增|唱好|抓好|抓实|提供|涵盖|涉及|分为|主要|着力|加快|做好|做到|严格|坚决|对|在于)(?!性)"
)
_LABEL = re.compile(rf"[{OPENING_QUOTES}][^{CLOSING_QUOTES}]{{1,20}}[{CLOSING_QUOTES}]{_IS}+")
_STATED = re.compile(
    rf"[^,;。、\d]{{0,4}}?[{OPENING_QUOTES}]?(?P<n>{NUMBER})[{CLOSING_QUOTES}]?(?:个|项|条|家|类|种|支|名|张)"
)
_PARALLEL = 1.8
"""Clauses between commas are a list only if they are built alike: an end or a beginning in common, or like lengths."""


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
    phrase = core if core and counts_in(core).counts else name
    kind, counts = kind_of(phrase), counts_in(phrase)
    if kind == PLAN:
        return _not_applicable("a plan period counts years, not things")
    if kind != NUMERAL or not counts.counts:
        return _not_applicable(counts.reason or "the numeral of the name counts nothing")
    found = _single(plain, definition, counts) if counts.is_single else _several(plain, definition, counts)
    if found is None:
        return _not_applicable("the definition does not list what the numeral counts", counts.total)
    passages = tuple(Passage(text[a:b], a, b) for a, b in found.spans)
    return Members(passages, _verdict(found, counts.is_open))


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


def _verdict(listed: _Listed, is_open: bool) -> CountCheck:
    found, expected = listed.found, listed.expected
    if found == expected or (is_open and found > expected):
        return CountCheck("pass", found if is_open else expected, found)
    return CountCheck("fail", expected, found, f"the name counts {expected}, the definition lists {found}")


def _single(plain: str, definition: Passage, counts: Counts) -> _Listed | None:
    number = counts.total
    spans = enumerate_list(plain, definition.start, definition.end, number) if number > 1 else []
    return _Listed(spans, _weight(plain, spans, number), number) if spans else None


def _several(plain: str, definition: Passage, counts: Counts) -> _Listed | None:
    """More than one numeral: each explained by name, each given with its number, each in a clause, or one list."""
    for rule in (_named, _labelled, _grouped, _flat):
        if found := rule(plain, definition.start, definition.end, counts):
            return found
    return None


def _named(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """“一稳”就是指…；“三新”就是指…: each numeral has its own explanation."""
    begins: list[re.Match[str]] = []
    for count in counts.counts:
        label = re.escape(count.label)
        quoted = rf"[{OPENING_QUOTES}]{label}[{CLOSING_QUOTES}](?:[个项条张][^,:;。]{{0,16}}?)?{_IS}+"
        pattern = re.compile(rf"{quoted}|(?:(?<=[;。,])|(?<![\S])){label}{_IS}+")
        at = begins[-1].end() if begins else start
        found = pattern.search(plain, at, end) or (
            re.compile(f"{label}{_IS}+").match(plain, at, end) if not begins else None
        )
        if found is None:
            return None
        begins.append(found)
    ends = [*(begin.start() for begin in begins[1:]), end]
    spans: list[Span] = []
    for count, begin, stop in zip(counts.counts, begins, ends, strict=True):
        foreign = _LABEL.search(plain, begin.end(), stop)
        spans += _part(plain, begin.end(), foreign.start() if foreign else stop, count)
    return _Listed(spans, len(spans), counts.total)


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
    return _Listed(spans, counts.total, counts.total)


def _grouped(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """A、B两大…，C、D、E三大…: one clause for each numeral, with as many members as it says."""
    for sign in ";。,":
        clauses = split(plain, start, end, sign if sign == "," else ";。")
        if len(clauses) != len(counts.counts):
            continue
        parts = [_part(plain, a, b, count) for (a, b), count in zip(clauses, counts.counts, strict=True)]
        if all(count.number in (None, len(part)) for part, count in zip(parts, counts.counts, strict=True)):
            spans = [span for part in parts for span in part]
            return _Listed(spans, len(spans), counts.total)
    return None


def _flat(plain: str, start: int, end: int, counts: Counts) -> _Listed | None:
    """法官、检察官、…、人民调解员: one list for all; or one member for each pair, as in 六服六进."""
    product = counts.as_product
    if product and product > 1:
        pairs = enumerate_list(plain, start, end, product)
        if len(pairs) == product and all(_has_all(plain[a:b], counts) for a, b in pairs):
            return _Listed(pairs, product, product)
    if counts.total < 2:
        return None
    spans = enumerate_list(plain, start, end, counts.total)
    return _Listed(spans, _weight(plain, spans, counts.total), counts.total) if spans else None


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
    return [span] if span else []


def _weight(plain: str, spans: list[Span], number: int) -> int:
    """How many things the members are: one each, unless their own numbers (22个专业委员会) add up to the sum."""
    stated = sum(_stated(plain[a:b]) for a, b in spans)
    return stated if stated == number else len(spans)


def _stated(member: str) -> int:
    found = _STATED.match(member)
    return int(found["n"]) if found and found["n"].isdigit() and int(found["n"]) else 1


def enumerate_list(plain: str, start: int, end: int, number: int | None) -> list[Span]:
    """The list that a stretch of text makes, cut at the first level of punctuation that gives `number` items.

    If none does, the list that stands most plainly in the text, if it is about as long; empty if there is none.
    With None for an open number, the longest list that 、 or semicolons make.
    """
    levels = [_polished(plain, spans) for spans in _levels(plain, start, end, number) if len(spans) > 1]
    if number is None:
        return max((spans for spans in levels if _set_off(plain, spans)), key=len, default=[])
    exact = next((spans for spans in levels if number in (len(spans), _weight(plain, spans, number))), None)
    if exact is not None:
        return exact
    near = [spans for spans in levels if _set_off(plain, spans) and abs(len(spans) - number) <= max(1, number // 2)]
    return min(near, key=lambda spans: abs(len(spans) - number), default=[])


def _set_off(plain: str, spans: list[Span]) -> bool:
    """Whether 、 or a semicolon stands behind every item but the last: then it is a list, whatever its length."""
    return all(plain[b : b + 1] in "、;" for _, b in spans[:-1])


def _levels(plain: str, start: int, end: int, number: int | None) -> Iterator[list[Span]]:
    """The ways in which a stretch can be a list, from the strongest signs to the weakest."""
    if tally := tally_of(plain, start, end):
        end = tally.start()
    yield _announced(plain, start, end)
    yield split(plain, start, end, ";。")
    whole = bare(plain, start, end)
    yield split(plain, *whole, ";。")
    clauses = split(plain, *whole, ",;。")
    if _parallel(plain, clauses):
        yield clauses
    yield _alike(plain, clauses)
    inner = [bare(plain, a, b) for a, b in clauses if not _tallied_otherwise(plain, a, b, number)]
    lists = [split(plain, a, b, "、") for a, b in inner]
    yield from lists
    for items in lists:
        yield split_last(plain, items)
    flat = [item for items in lists for item in items]
    yield flat
    yield split_last(plain, flat)
    yield split_all(plain, flat)
    yield split_titles(plain, *whole)
    for a, b in [whole, *quoted_inside(plain, start, end)]:
        yield split(plain, a, b, "+")
        yield split(plain, a, b, "、")


def _announced(plain: str, start: int, end: int) -> list[Span]:
    """港区、娄江新城，港区重点…；娄江新城围绕…: a list whose members are taken up again one by one."""
    clauses = split(plain, start, end, ",;。")
    items = split_last(plain, split(plain, *clauses[0], "、")) if clauses else []
    return items if items and all(plain[a:b] in plain[clauses[0][1] : end] for a, b in items) else []


def _tallied_otherwise(plain: str, start: int, end: int, number: int | None) -> bool:
    """柬埔寨、老挝、…5个国家: a list that says another number of itself is not the one that is looked for."""
    tally = tally_of(plain, start, end)
    return bool(tally and number and tally["n"].isdigit() and int(tally["n"]) > number)


def _parallel(plain: str, clauses: list[Span]) -> bool:
    pieces = [plain[a:b] for a, b in clauses]
    if len({piece[:2] for piece in pieces}) == 1 or len({piece[-2:] for piece in pieces}) == 1:
        return True
    lengths = [len(piece) for piece in pieces]
    return max(lengths, default=0) <= _PARALLEL * min(lengths, default=0)


def _alike(plain: str, clauses: list[Span]) -> list[Span]:
    """The clauses that end in the same two characters, if at least three do: 以…的意义，以…的意义，以…的意义，让…."""
    ends = [plain[b - 2 : b] for _, b in clauses]
    common = max(set(ends), key=lambda piece: (ends.count(piece), piece), default="")
    return (
        [clause for clause, piece in zip(clauses, ends, strict=True) if piece == common]
        if ends.count(common) > 2
        else []
    )


def _polished(plain: str, spans: list[Span]) -> list[Span]:
    """Members without the words that introduce, govern or frame the whole list."""
    labels = [_LABEL.match(plain, a, b) for a, b in spans]
    if all(labels):
        return [(label.end(), b) for label, (_, b) in zip(labels, spans, strict=True) if label]
    spans = [_without_frame(plain, a, b) for a, b in spans]
    return _without_tail(plain, [_without_verb(plain, spans), *spans[1:]])


def _without_frame(plain: str, start: int, end: int) -> Span:
    """以社区为平台, 以…的意义, 防汛指挥部为骨架的…格局: what stands between 以 and 为, or before 为…."""
    begin = start + 1 if plain[start] == "以" and end - start > 2 else start
    frame = re.compile(r"为[^为、,]{1,6}(?:的[^、,]*)?$").search(plain, begin + 1, end)
    return (begin, frame.start()) if frame else (begin, end)


def _without_verb(plain: str, spans: list[Span]) -> Span:
    """清理欠账、欠款、欠薪: a verb before the first member that governs them all belongs to none."""
    start, end = spans[0]
    others = [plain[a:b] for a, b in spans[1:]]
    first = {other[:1] for other in others}
    if (
        len(others) > 1
        and len(first) == 1
        and plain[start] not in first
        and (cut := plain.find(others[0][:1], start, end)) > 0
    ):
        return cut, end
    while (
        (verb := LEADING_VERB.match(plain, start, end))
        and verb.end() < end
        and not any(map(LEADING_VERB.match, others))
    ):
        start = verb.end()
    return start, end


def _without_tail(plain: str, spans: list[Span]) -> list[Span]:
    """…、中国特色社会主义的认同: words behind the last member that belong to the whole list."""
    start, end = spans[-1]
    before = [plain[a:b] for a, b in spans[:-1]]
    if (tail := plain.find("的", start + 2, end)) > 0 and not any("的" in other for other in before):
        end = tail
    elif before[-1].endswith(")") and (bracket := plain.rfind(")", start, end)) > 0 and 0 < end - bracket - 1 <= 6:
        end = bracket + 1
    return [*spans[:-1], (start, end)]
