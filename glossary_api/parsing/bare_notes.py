"""Notes that neither a number nor a colon sets off: 【名词】解释, and a name by itself with its paragraph below it.

They are read only behind the heading of a glossary: anywhere else a short line over a paragraph is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from glossary_api.model.things import Entry
from glossary_api.parsing import patterns
from glossary_api.parsing.heads import (
    ASKS,
    CLOSING_BRACKETS,
    MENTIONED,
    OPENING_BRACKETS,
    Head,
    explanation_at,
    is_label,
    split_head,
    terms_of,
)
from glossary_api.parsing.lines import BULLETS, Line
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_NO_BRACKET = f"[^{OPENING_BRACKETS}{CLOSING_BRACKETS}]"
_ENCLOSED = (
    re.compile(
        rf"{BULLETS}[{OPENING_BRACKETS}]\s*(?!\d{{1,3}}\s*[{CLOSING_BRACKETS}])(?P<name>{_NO_BRACKET}{{1,60}}?)"
        rf"\s*[{CLOSING_BRACKETS}]\s*:?\s*(?P<said>\S)"
    ),
    re.compile(rf"{BULLETS}[「『](?P<name>[^」』]{{2,30}})[」』]\s*(?P<said>[^\s:,。])"),
    # 甲】……: of what enclosed the names only one half is left
    re.compile(r"(?P<name>[^【】\s。;!?:,][^【】。;!?:,\r\n]{1,29})】\s*:?\s*(?P<said>\S)"),
)
_NAMED = re.compile(
    rf"{BULLETS}(?:问:\s*)?{MENTIONED}(?:什么是|何谓|(?:怎样|如何|怎么)理解)?[{OPENING_BRACKETS}{OPENING_QUOTES}]?"
    rf"(?P<name>[^。;!?:,{OPENING_BRACKETS}{CLOSING_BRACKETS}]{{2,30}}?)"
    rf"[{CLOSING_BRACKETS}{CLOSING_QUOTES}]?(?:是什么(?:意思)?|是?指什么|{ASKS})?\s*[:?]?"
)
_LONGEST_FOREIGN = 160
"""The furniture of a page is no longer than this."""
_LONGEST_LABEL = 8
_BULLET = re.compile(BULLETS)
_SENTENCE_END = frozenset("。;!?”」)")
_LEAST = 2
"""So many notes of a kind make a list, and so many lines a note, its name and a paragraph."""
_LEAST_TITLED = 3
_QUOTED = rf"[{OPENING_QUOTES}][^{OPENING_QUOTES}{CLOSING_QUOTES}\r\n]{{1,24}}[{CLOSING_QUOTES}]"
_SPACE = re.compile(r"\S\s+\S")
_SPACED = re.compile(
    rf"(?P<name>(?:[^\s。;!?:,{OPENING_QUOTES}{CLOSING_QUOTES}]|\+\s|{_QUOTED}){{2,30}}?)(?<!\+)\s+(?=\S{{4}})"
)
_PLAIN = rf"[^\s。;!?:,、{OPENING_QUOTES}{CLOSING_QUOTES}]"
_RUN_ON = re.compile(
    rf"(?P<name>{_PLAIN}{{0,16}}{_QUOTED}"
    rf"(?:{_PLAIN}{{1,12}}{_QUOTED}{_PLAIN}{{0,6}}?(?=是?指|即)|(?:{any_of('slogans', 'run-on')})?))"
    r"(?=[^\s,。;:、]{2})"
)
LEAST_SPACED = 3
"""So many notes in which white space or a quotation mark alone parts the name from the rest make a list of them."""


def is_of_page(squeezed: str) -> bool:
    """Tell whether a line, in plain form and without white space, is the furniture of a page or a signature."""
    return len(squeezed) <= _LONGEST_FOREIGN and patterns.matches("appendix", "furniture", squeezed)


def bracketed(text: str, plain: str, lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Read 【名词】解释: each note begins with its name in brackets and goes on to the next such line."""
    for pattern in _ENCLOSED:
        if entries := tuple(_begun(text, plain, lines, pattern)):
            return entries
    return ()


def _begun(text: str, plain: str, lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[Entry]:
    """The notes of a list in which each note begins as a pattern says."""
    found = [pattern.match(plain, line.start, line.end) for line in lines]
    begins = [i for i, match in enumerate(found) if match]
    if len(begins) < _LEAST or begins[0] > 1 or any(match and is_label(match["name"]) for match in found):
        return
    for i, end in zip(begins, _ends(lines, plain, begins), strict=True):
        if match := found[i]:
            yield _entry(text, plain, match.span("name"), match.start("said"), lines[i].start, end)


def _ends(lines: Sequence[Line], plain: str, begins: Sequence[int]) -> Iterator[int]:
    """Yield where the notes end that begin with these lines: with their last paragraph.

    The last note has as many paragraphs as every other one; what else follows it may be anything.
    """
    sizes = [b - a for a, b in pairwise(begins)]
    bounds = [*begins[1:], min(len(lines), begins[-1] + min(sizes, default=1))]
    for begin, bound in zip(begins, bounds, strict=True):
        last = bound - 1
        while last > begin and plain[lines[last].end - 1] not in _SENTENCE_END:
            last -= 1  # the title of a group
        yield lines[last].end


def alternating(text: str, plain: str, lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Read names on lines of their own, each with its paragraph below it, as <dl> and bold heads are printed."""
    pairs = list(_pairs(lines, plain))
    if len(pairs) < _LEAST:
        return ()
    return tuple(
        _entry(text, plain, name, explanation_at(plain, said.start, said.end), line.start, said.end)
        for name, line, said in pairs
    )


def titled(
    text: str, plain: str, lines: Sequence[Line], name_at: Callable[[int, int], int | None]
) -> tuple[Entry, ...]:
    """Read names on lines of their own, each with any number of paragraphs below it, as headings of words are set.

    `name_at` knows each of them, or every line is a name or a sentence. The last note has no more paragraphs than any
    other.
    """
    begins = [i for i, line in enumerate(lines) if name_at(line.start, line.end) == line.end]
    begins = begins if begins[:1] == [0] else _over_sentences(lines, plain)
    sizes = [b - a for a, b in pairwise(begins)]
    if len(begins) < _LEAST_TITLED or min(sizes) < _LEAST:
        return ()
    ends = [*begins[1:], min(len(lines), begins[-1] + max(sizes))]
    while ends[-1] > begins[-1] + _LEAST and plain[lines[ends[-1] - 1].end - 1] not in _SENTENCE_END:
        ends[-1] -= 1
    if ends[-1] < begins[-1] + _LEAST or any(plain[lines[end - 1].end - 1] not in _SENTENCE_END for end in ends):
        return ()
    return tuple(
        _entry(text, plain, _name_of(plain, lines[i]), lines[i + 1].start, lines[i].start, lines[end - 1].end)
        for i, end in zip(begins, ends, strict=True)
    )


def _name_of(plain: str, line: Line) -> tuple[int, int]:
    """Return the span of the name that has a line to itself, without what sets it off."""
    named = _NAMED.fullmatch(plain, line.start, line.end)
    return named.span("name") if named else (line.start, line.end)


def _over_sentences(lines: Sequence[Line], plain: str) -> list[int]:
    """Return the numbers of the short lines with a sentence below each, up to the first line that is neither.

    Where lines say what they are, 报告原文：…, 解释：…, they are those of a word list.
    """
    begins: list[int] = []
    for i, line in enumerate(lines):
        if plain[line.end - 1] in _SENTENCE_END:
            if i == 0 or is_label("".join(plain[line.start : line.start + _LONGEST_LABEL].split(":")[:1])):
                return []
        elif (
            i + 1 == len(lines)
            or plain[lines[i + 1].end - 1] not in _SENTENCE_END
            or not _NAMED.fullmatch(plain, line.start, line.end)
            or "|" in plain[line.start : line.end]
        ):
            break
        else:
            begins.append(i)
    return begins


def glued(text: str, plain: str, lines: Sequence[Line], name_at: Callable[[int, int], int | None]) -> tuple[Entry, ...]:
    """Read names that only their type sets off from what is said of them, as long as `name_at` knows where they end."""
    entries = []
    for line in lines:
        end = name_at(line.start, line.end)
        if end is None or end == line.end or plain[line.end - 1] not in _SENTENCE_END:
            break
        entries.append(_entry(text, plain, (line.start, end), end, line.start, line.end))
    return tuple(entries) if len(entries) >= _LEAST else ()


def spaced_name(plain: str, start: int, end: int) -> re.Match[str] | None:
    """甲体系 以…, “乙”工程 用…, “丙计划”到…: find a name that white space or its quotation mark sets off."""
    return _SPACED.match(plain, start, end) or _RUN_ON.match(plain, start, end)


def spaced(text: str, plain: str, lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Read notes without numbers in which white space, a quotation mark or a separator sets off the name of each."""
    if sum(_SPACE.search(plain, line.start, line.end) is not None for line in lines) < LEAST_SPACED:
        return ()
    heads = [_head(plain, line) for line in lines]
    last = next((i for i, two in enumerate(pairwise([*heads, None])) if two == (None, None)), len(heads))
    begins = [i for i, head in enumerate(heads[:last]) if head]
    entries = [
        _entry(text, plain, (head.start, head.end), head.definition, lines[i].start, end)
        for i, end in zip(begins, _ends(lines, plain, begins) if begins else (), strict=True)
        if (head := heads[i])
    ]
    by_space = sum(plain[entry.start + len(entry.head)].isspace() for entry in entries)
    return tuple(entries) if by_space >= LEAST_SPACED else ()


def _head(plain: str, line: Line) -> Head | None:
    """Return the head of a line that is a sentence, by white space or a quotation mark if they stand before another
    separator.
    """
    if plain[line.end - 1] not in _SENTENCE_END:
        return None
    bullet = _BULLET.match(plain, line.start, line.end)
    begin = bullet.end() if bullet else line.start
    name, head = spaced_name(plain, begin, line.end), split_head(plain, begin, line.end)
    return (
        Head(None, *name.span("name"), name.end()) if name and (head is None or name.end("name") < head.end) else head
    )


def _pairs(lines: Sequence[Line], plain: str) -> Iterator[tuple[tuple[int, int], Line, Line]]:
    """Span of the name, its line and its paragraph in turn, up to the first line that breaks the turn."""
    for line, said in zip(lines[::2], lines[1::2], strict=False):
        named = _NAMED.fullmatch(plain, line.start, line.end)
        if named is None or plain[said.end - 1] not in _SENTENCE_END or is_of_page(Line(named[0], 0, 0).squeezed):
            return
        yield named.span("name"), line, said


def _entry(text: str, plain: str, name: tuple[int, int], said: int, start: int, end: int) -> Entry:
    head = Head(None, *name, said)
    return Entry("", None, None, text[slice(*name)], start, end, terms_of(text, plain, head, end))
