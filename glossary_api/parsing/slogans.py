"""The phrases of a report's body that are names: quoted, or vouched for by a mark or an earlier quotation."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, chain

from glossary_api.model.messages import Message
from glossary_api.model.things import Entry, Finding, Mark, Passage, Slogan
from glossary_api.parsing.bare_numerals import summed_up, taken_up
from glossary_api.parsing.enumerations import split, split_last
from glossary_api.parsing.in_brackets import numerals_in_brackets
from glossary_api.parsing.in_characters import counts_characters
from glossary_api.parsing.inline import abbreviations, inline_of, with_expansions
from glossary_api.parsing.kinds import NUMERAL, QUOTED, kind_of
from glossary_api.parsing.list_edges import names as are_names
from glossary_api.parsing.list_edges import words
from glossary_api.parsing.marks import names_by_number, words_before
from glossary_api.parsing.numerals import counts_in
from glossary_api.parsing.patterns import each, patterns
from glossary_api.parsing.quotes import quotes_in
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, core_of, fold_name

_VOUCHED_LENGTH = 3
"""A shorter phrase also stands inside ordinary words: its quotation vouches for nothing but itself."""
_LONGEST_WATCHWORD = 10
"""Words that say what a spirit is are short, and of about one length."""
_MOST_WHOLES = 20
"""More names around one core are no names: the rest of them is left out."""
_QUOTED = re.compile(rf"[{OPENING_QUOTES}]([^{OPENING_QUOTES}{CLOSING_QUOTES}]+)[{CLOSING_QUOTES}]")
_OPENING = re.compile(f"[{OPENING_QUOTES}]")
_SUM = re.compile(
    rf"(?P<quotes>(?:[{OPENING_QUOTES}][^{OPENING_QUOTES}{CLOSING_QUOTES}\n]{{1,60}}[{CLOSING_QUOTES}]){{1,12}})"
    r"(?P<name>[两三四五六七八九十]{1,2}(?!个?方面)[^\W\d_a-z为]{2,6}?)(?=(?:建设)?[,。;])"
)
_NUMERAL_SIGN = re.compile(r"[一二三四五六七八九十百千\d+]")
_NOT_FIGURES = re.compile(r"[^\d+nmx]")


def read_slogans(
    text: str, plain: str, spans: Sequence[tuple[int, int]], marks: Sequence[Mark], entries: Sequence[Entry]
) -> tuple[tuple[Slogan, ...], tuple[Finding, ...]]:
    """Return the slogans in the given spans of the body, in order, and the quotation marks without a partner.

    `marks` come in the order of the text.
    """
    slogans: list[Slogan] = []
    findings: list[Finding] = []
    plain = _with_curly_quotes(text, plain, spans)
    wholes, names = _wholes(entries), names_by_number(entries)  # once, not for each of perhaps many spans
    for start, end in spans:
        first, behind = (bisect_left(marks, at, key=lambda mark: mark.start) for at in (start, end))
        inside = marks[first:behind]
        quoted, lone = _quoted(text, plain, start, end, inside, wholes)
        unquoted = chain(
            _marked(text, inside, names),
            _repeated(text, plain, quoted, end),
            _summing_up(text, plain, start, end),
            _spirits(text, plain, start, end),
            abbreviations(text, plain, start, end),
            numerals_in_brackets(text, plain, start, end),
            (
                replace(name, inline=inline_of(text, spans))
                for name, spans in chain(summed_up(text, plain, start, end), taken_up(text, plain, start, end))
            ),
        )
        slogans += [*quoted, *_outside(quoted, unquoted)]
        findings += [
            Finding("lone-quotation-mark", Message("mark-without-partner", sign=text[at]), at, at + 1) for at in lone
        ]
    distinct = {(slogan.start, slogan.end): slogan for slogan in reversed(slogans)}
    ordered = tuple(sorted(distinct.values(), key=lambda slogan: (slogan.start, -slogan.end)))
    return with_expansions(text, plain, ordered), tuple(findings)


def _with_curly_quotes(text: str, plain: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the plain text with “ and ” for the straight marks that enclose something: which of them open is known."""
    if '"' not in plain:
        return plain
    signs = list(plain)
    for quote in (quote for start, end in spans for quote in quotes_in(text, start, end)[0]):
        if signs[quote.start - 1] == signs[quote.end] == '"':
            signs[quote.start - 1], signs[quote.end] = "“”"
    return "".join(signs)


def _wholes(entries: Sequence[Entry]) -> dict[str, list[tuple[int, str]]]:
    """Return for a quoted core the names of entries that it is the core of, each with the offset of the core in it."""
    wholes: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for name in (term.name for entry in entries for term in entry.terms):
        if (core := core_of(name)) and len(wholes[core]) < _MOST_WHOLES:
            wholes[core].append((name.index(core), name))
    return wholes


def _quoted(
    text: str, plain: str, start: int, end: int, marks: Sequence[Mark], wholes: Mapping[str, list[tuple[int, str]]]
) -> tuple[list[Slogan], list[int]]:
    """Return every quoted phrase; a mark inside the quotation marks, “三度一色［15］”, is no part of it."""
    mark_starts = {mark.end: mark.start for mark in marks}
    quotes, lone = quotes_in(text, start, end)
    slogans = []
    for quote in quotes:
        phrase_end = mark_starts.get(quote.end, quote.end)
        if phrase_end > quote.start:
            phrase = text[quote.start : phrase_end]
            kind = kind_of(phrase, text[quote.end + 1 : quote.end + 13])
            whole = _explained(text, phrase, quote.start, wholes) or _running_on(
                text, plain, quote.start, quote.end, end
            )
            slogans.append(Slogan(phrase, kind, quote.start, phrase_end, whole=whole))
    return slogans, lone


def _explained(text: str, phrase: str, start: int, wholes: Mapping[str, list[tuple[int, str]]]) -> Passage | None:
    """Return the longer name around a phrase that an entry of the report explains: 安全生产“六化”."""
    for offset, name in wholes.get(phrase, ()):
        begin = start - offset
        if begin >= 0 and fold_name(text[begin : begin + len(name)]) == fold_name(name):
            return Passage(text[begin : begin + len(name)], begin, begin + len(name))
    return None


def _running_on(text: str, plain: str, start: int, close: int, end: int) -> Passage | None:
    """Return the name that runs on behind the quotation mark at `close`: “双引领”计划."""
    for pattern in patterns("slogans")["run-on"]:
        if found := pattern.expression.match(plain, close + 1, min(end, close + 17)):
            return Passage(text[start - 1 : found.end()], start - 1, found.end())
    return None


def _marked(text: str, marks: Sequence[Mark], names: Mapping[int, list[str]]) -> Iterator[Slogan]:
    """Yield unquoted words before a mark whose entry explains just these words."""
    for mark in marks:
        for name in names.get(mark.entry, ()) if mark.entry is not None else ():
            end = words_before(text, mark)
            start = end - len(name)
            if start >= 0 and text[start:end] == name and not core_of(name):
                yield Slogan(name, kind_of(name), start, end)


def _summing_up(text: str, plain: str, start: int, end: int) -> Iterator[Slogan]:
    """Yield an unquoted numeral that sums up the quotations right before it, if they are as many:
    “甲、乙、丙”三大要素, “甲乙、丙丁”四字方针.
    """
    for found in each(_SUM, _OPENING, plain, start, end):
        quotes = _QUOTED.findall(found["quotes"])
        items = [item for quote in quotes for item in split_last(quote, split(quote, 0, len(quote), "、 "))]
        name = Slogan(text[slice(*found.span("name"))], NUMERAL, *found.span("name"))
        counts = counts_in(name.text)
        number = sum(b - a for a, b in items) if counts_characters(counts) else len(items)
        if kind_of(name.text) == NUMERAL and counts.total == number and len(items) > 1:
            yield name


def _spirits(text: str, plain: str, start: int, end: int) -> Iterator[Slogan]:
    """Yield an unquoted name of a spirit behind the quoted words that say what it is: “甲乙、丙丁”的某城精神."""
    for found in each(_spirit(), _OPENING, plain, start, end):
        items = split(plain, *found.span("said"), "、,;·")
        lengths = [b - a for a, b in items]
        short = len(items) > 1 and max(lengths) <= min(_LONGEST_WATCHWORD, 2 * min(lengths))
        if short and are_names(plain, items):
            name = found.span("name")
            yield Slogan(text[slice(*name)], QUOTED, *name, inline=inline_of(text, items))


@functools.cache
def _spirit() -> re.Pattern[str]:
    said = rf"[{OPENING_QUOTES}](?P<said>[^{OPENING_QUOTES}{CLOSING_QUOTES}\n。]{{4,60}})[{CLOSING_QUOTES}]"
    return re.compile(rf"{said}(?:为(?:主要)?(?:内容|内涵|核心)的|的)?(?P<name>{words('spirit')})(?=[,。;、!])")


def _repeated(text: str, plain: str, quoted: Sequence[Slogan], end: int) -> Iterator[Slogan]:
    """Yield a numeral abbreviation that was quoted before and stands without quotation marks now."""
    first: dict[str, Slogan] = {}
    for slogan in quoted:
        phrase = plain[slogan.start : slogan.end]
        if slogan.kind == NUMERAL and len(phrase) >= _VOUCHED_LENGTH and _NOT_FIGURES.search(phrase):
            first.setdefault(phrase, slogan)
    behind = [slogan.end for slogan in first.values()]
    for start, stop, number in _occurrences(list(first), plain, min(behind, default=end), end):
        if start >= behind[number]:
            behind[number] = stop
            before = plain[start - 1]
            if before not in QUOTES and not (_NUMERAL_SIGN.match(before) and _NUMERAL_SIGN.match(plain[start])):
                yield Slogan(text[start:stop], NUMERAL, start, stop)


def _occurrences(phrases: list[str], plain: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of every phrase wherever it stands, in one pass over the text, in the order of the
    ends.
    """
    if not phrases:
        return
    from daachorse import CharwiseDoubleArrayAhoCorasick  # compiled; needed only where something is quoted

    for begin, stop, number in CharwiseDoubleArrayAhoCorasick(phrases).find_overlapping(plain[start:end]):
        yield begin + start, stop + start, number


def _outside(quoted: Sequence[Slogan], found: Iterable[Slogan]) -> Iterator[Slogan]:
    """Yield those that stand inside no quotation; `quoted` is in the order of the text."""
    starts = [slogan.start for slogan in quoted]
    reached = list(accumulate((slogan.end for slogan in quoted), max))
    for slogan in found:
        before = bisect_right(starts, slogan.start)
        if not before or reached[before - 1] <= slogan.start:
            yield slogan
