"""Expansions in the running text: 山边、水边、路边“三边”地带, “四合一”推进设备更新、…, ESG（环境、社会和公司治理）.

A list beside a slogan is its expansion only if it stands in apposition before it (`apposition.py`) or is said behind
it to be what it stands for (`spelled_out.py`). That it has as many items as the numeral counts proves nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from glossary_api.model.things import Inline, Passage, Slogan
from glossary_api.parsing.announced import announced
from glossary_api.parsing.apposition import list_before
from glossary_api.parsing.by_initials import by_initials, in_full
from glossary_api.parsing.by_label import said_in_turn, taken_up_by_part
from glossary_api.parsing.enumerations import Span, conjunctions, split, split_last, trim
from glossary_api.parsing.in_brackets import explained_in_brackets, says_other
from glossary_api.parsing.in_characters import by_characters
from glossary_api.parsing.in_figures import by_amounts, by_row
from glossary_api.parsing.in_parts import by_parts
from glossary_api.parsing.kinds import NUMERAL, PLAN, QUOTED
from glossary_api.parsing.lines import trimmed
from glossary_api.parsing.list_edges import behind_governing, first_of, words
from glossary_api.parsing.numerals import Counts, counts_in
from glossary_api.parsing.patterns import compiled, each
from glossary_api.parsing.sound_lists import sound
from glossary_api.parsing.spelled_out import list_behind, numbered_tasks
from glossary_api.parsing.spread_out import list_around
from glossary_api.parsing.weighed_clauses import weighed_clauses
from glossary_api.parsing.weighed_lists import weighed_lists
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

_LONGEST = 30
"""Characters of a name before its Latin one."""
_NAME_THEN_LATIN = re.compile(
    rf"(?P<name>[\u4e00-\u9fff“”、]{{3,{_LONGEST}}})\((?P<short>[a-z][a-z&-]{{1,8}}(?:[\u4e00-\u9fff]{{2}})?)\)"
)
_LATIN = re.compile(r"\([a-z][a-z&-]{1,8}(?:[\u4e00-\u9fff]{2})?\)")
_LATIN_THEN_NAME = re.compile(r"(?<![a-z])(?<![a-z] )(?P<short>[a-z][a-z&-]{1,8})\((?P<name>[\u4e00-\u9fff、]{2,40})\)")

_WITHIN_TOKEN = re.compile(r"[a-z\d][\u4e00-\u9fff]")
_SHORTEST = 4
"""A name that a Latin one stands for has so many characters."""
_LONGEST_PART = 6
"""What one letter of a Latin name stands for; things listed before one that has such a name are longer."""
_PLACE_OR_WORK = "街区港城园设"
_LETTER = re.compile("[a-z]")
_TEN = 10
_MULTIPLIED = re.compile("[双两][三四五六七八九]")
"""双三联动: two times three things, of which no list has as many as the numeral says."""


def with_expansions(text: str, plain: str, slogans: tuple[Slogan, ...]) -> tuple[Slogan, ...]:
    """Return the slogans, each with the expansion that stands beside it, if one does."""
    expanded: list[Slogan] = []
    taken: set[tuple[str, int]] = set()
    for slogan in slogans:
        found = _expansion(text, plain, slogan)
        if found and (slogan.text, found.start) in taken:
            found = None  # a list explains one use of a name, not the one that happens to stand beside it as well
        if found:
            taken.add((slogan.text, found.start))
        expanded.append(replace(slogan, inline=found) if found else slogan)
    return tuple(expanded)


def _expansion(text: str, plain: str, slogan: Slogan) -> Inline | None:
    if slogan.inline or says_other(plain, slogan):
        return slogan.inline
    return (
        taken_up_by_part(text, plain, slogan)
        or explained_in_brackets(text, plain, slogan)
        or expansion_of(text, plain, slogan)
        or said_in_turn(text, plain, slogan)
    )


def expansion_of(text: str, plain: str, slogan: Slogan) -> Inline | None:
    """Return the enumeration right before or right behind a slogan that spells it out, or None."""
    counts = counts_in(slogan.text)
    initials = in_full(plain, slogan) or by_initials(plain, slogan) if slogan.kind == QUOTED else []
    if spans := by_parts(plain, slogan, counts) or initials:
        return inline_of(text, spans)
    if slogan.kind == PLAN or (slogan.kind != NUMERAL and not 1 < counts.total < _TEN):
        return None
    if slogan.kind == NUMERAL and (counts.is_open or _MULTIPLIED.search(slogan.text)):
        return None
    lists = chain(iter([_list_beside(plain, slogan, counts)]), weighed_lists(plain, slogan, counts))
    sounds = (sound(plain, spans, slogan) for spans in lists if spans)
    found = chain(sounds, (find(plain, slogan, counts) for find in (weighed_clauses, announced, numbered_tasks)))
    return next((inline_of(text, spans) for spans in found if spans), None)


def inline_of(text: str, spans: list[Span]) -> Inline:
    """Return the expansion that reaches from the first of its members to the last, without white space around them, and
    with both marks of a quotation that it has one mark of: “甲”“乙”.
    """
    lines = [line for span in spans if (line := trimmed(text, *span))]
    start, end = lines[0].start, lines[-1].end
    marks = [sign for sign in text[start:end] if sign in OPENING_QUOTES + CLOSING_QUOTES]
    if marks and marks[0] in CLOSING_QUOTES and text[start - 1] in OPENING_QUOTES:
        start -= 1
    if marks and marks[-1] in OPENING_QUOTES and text[end] in CLOSING_QUOTES:
        end += 1
    return Inline(start, end, tuple(Passage(line.text, line.start, line.end) for line in lines))


def _list_beside(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return the list that some rule finds beside a slogan; 双向 counts nothing by itself, so that only 甲、乙 right
    before it tell that it does: 甲与乙 are the two sides of it.
    """
    if slogan.kind != NUMERAL:
        spans = list_before(plain, slogan, counts)
        return spans if spans and plain[spans[0][1]] == "、" and not any(conjunctions(plain, *spans[0])) else []
    rules = (list_before, by_characters, list_behind, by_amounts, list_around) if counts.total > 1 else ()
    return by_row(plain, slogan, counts) or next(
        (found for rule in rules if (found := rule(plain, slogan, counts))), []
    )


def abbreviations(text: str, plain: str, start: int, end: int) -> Iterator[Slogan]:
    """Latin abbreviations that a parenthesis explains, ESG（环境、社会和公司治理）, or gives, 投资公司（AIC）."""
    for found in each(_LATIN_THEN_NAME, _LETTER, plain, start, end):
        if len(found["name"]) < _SHORTEST and plain[found.end() : found.end() + 1].isalpha():
            continue  # RCEP(某市)博览会: where it is
        items = split(plain, *found.span("name"), "、")
        spans = split_last(plain, items) if len(items) > 1 else items
        yield _abbreviation(text, found, spans)
    for found in _with_short_names(plain, start, end):
        items = split_last(plain, split(plain, *found.span("name"), "、"))
        initials = len(items) > 1 and len(items) == len(set(found["short"])) == len(found["short"])
        if spans := _of_initials(plain, items) if initials else _named(plain, *found.span("name")):
            yield _abbreviation(text, found, spans)


def _with_short_names(plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield where a name has a Latin one in brackets behind; looked for from the bracket, which few names have."""
    for bracket in _LATIN.finditer(plain, start, end):
        if found := _NAME_THEN_LATIN.search(plain, max(start, bracket.start() - _LONGEST), bracket.end()):
            yield found
        start = bracket.end()


def _of_initials(plain: str, items: list[Span]) -> list[Span]:
    """Return the items that the letters stand for; none if the first holds more than its name."""
    first = first_of(plain, items) or items[0]
    longest = max(b - a for a, b in items[1:])
    governed = compiled(words("verb", "verb-or-noun", "owner")).match(plain, *first)
    led = governed is not None and governed.end() < first[1]
    doubtful = led or longest > _LONGEST_PART or first[1] - first[0] > longest + 1
    return [] if doubtful else [first, *items[1:]]


def _abbreviation(text: str, found: re.Match[str], spans: list[Span]) -> Slogan:
    return Slogan(text[slice(*found.span("short"))], QUOTED, *found.span("short"), inline=inline_of(text, spans))


def _named(plain: str, start: int, end: int) -> list[Span]:
    """Return the name before a parenthesis: what is quoted there, else the words behind whatever leads to them."""
    if plain[end - 1] in CLOSING_QUOTES:
        opening = max(plain.rfind(sign, start, end) for sign in OPENING_QUOTES)
        return [(opening + 1, end - 1)] if opening >= start else []
    for i in range(end - 1, start - 1, -1):
        if plain[i] in QUOTES:
            start = i + 1
            break
    items = split(plain, start, end, "、")
    start = items[-1][0] if items else start
    for found in _leading_to_name().finditer(plain, start, end):
        start = found.end() if end - found.end() >= _SHORTEST else start
    start += plain[start] in "和与"
    for a, b in conjunctions(plain, start, end):
        start = b if plain[a - 1] in _PLACE_OR_WORK and end - b >= _SHORTEST else start  # 建设金融街和|中央商务区
    start = behind_governing(plain, start, end)
    while (verb := _led_by_verb().match(plain, start, end)) and end - verb.end() >= _SHORTEST:
        start = verb.end()
    if start and _WITHIN_TOKEN.search(plain, start - 1, start + 1):
        return []  # 4个县市甲（ICU）, 4G网络和乙（NGB）: where the name begins is not to be seen
    span = trim(plain, start, end)
    led = span is not None and (begins_in_sentence(plain, *span) or _leading_to_name().match(plain, *span))
    named = span is not None and not (led or "占" in plain[slice(*span)] or _firm().search(plain, *span))
    return [span] if span and named and span[1] - span[0] >= _SHORTEST else []


@functools.cache
def _firm() -> re.Pattern[str]:
    """Return how the names of firms end: 某石化（PTA）项目 says what the firm makes."""
    return re.compile(f"{words('firm')}$")


@functools.cache
def _led_by_verb() -> re.Pattern[str]:
    """Return an adverb and the word behind it, which is a verb there, or two verbs in a row: 积极参与, 开工建设."""
    either = words("verb", "verb-or-noun")
    return re.compile(f"{words('adverb')}+(?:{either})+|{words('verb', 'started')}{either}")


def begins_in_sentence(plain: str, start: int, end: int) -> bool:
    """Tell whether words begin with an adverb or a verb of the sentence that they stand in, and so are no name."""
    return compiled(words("adverb", "verb", "everywhere")).match(plain, start, end) is not None


@functools.cache
def _leading_to_name() -> re.Pattern[str]:
    """Return what may stand before a name that a Latin one explains: verbs, how many, which, where, whose."""
    return re.compile(words("verb", "before-latin"))
