"""Word lists of newspapers: the word, what the report says of it, what it means, each behind a label of its own.

关键词：甲乙            甲乙
报告强调：推进……。      【报告原文】推进……。
名词解释：甲乙是指……。  【名词解释】……。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from glossary_api.model.things import Entry
from glossary_api.parsing import patterns
from glossary_api.parsing.heads import Head, terms_of
from glossary_api.parsing.lines import Line, lines_of
from glossary_api.parsing.statements import behind_name
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_LABEL = re.compile(r"[【\[(★☆◆■●※▲\s]*(?P<label>[^\s:|,。;【】\[\]]{2,10})[】\])]?\s*(?P<sign>[:|]?)\s*")
_BRACKETED = re.compile(r"[★☆◆■●※▲\s]*[【\[]")
_NUMBERED = re.compile(r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、:](?!\d)|[①-⑳][.、:]?)\s*")
_RUN_ON = re.compile(r"(?<=[。;!?”])\s*[【\[]?(?P<label>[^\s:,。;【】\[\]]{2,6})[】\]]?:\s*(?=\S)")
_LONGEST_NAME = 24
_NO_NAME = re.compile(r"[。;!?:,]")
_LEAST = 2
"""So many words, each with its explanation, make a list."""
NAME, EXPLANATION, QUOTATION = LABELS = ("name", "explanation", "quotation")


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A line that begins with a label, and where its own words begin."""

    kind: str
    begin: int


def read_word_list(text: str, plain: str, start: int, end: int) -> tuple[Entry, ...]:
    """Read the notes of a word list in `text[start:end]`; none if fewer than two words are explained."""
    entries = tuple(_entries(text, plain, list(lines_of(text, start, end))))
    return entries if len(entries) >= _LEAST else ()


def _entries(text: str, plain: str, lines: list[Line]) -> Iterator[Entry]:
    name: tuple[int, int] | None = None
    awaited: str | None = None
    for i, line in enumerate(lines):
        found = _labelled(plain, line)
        begin = found.begin if found else line.start
        kind = found.kind if found else awaited
        awaited = kind if found and begin == line.end else None
        if begin == line.end:
            continue
        if kind == NAME:
            name = _name(plain, begin, line.end)
        elif name and (kind == EXPLANATION or (begin := _explained_within(plain, line) if kind == QUOTATION else 0)):
            yield from _entry(text, plain, name, begin, line.end)
            name = None
        elif kind is None and i + 1 < len(lines) and _labelled(plain, lines[i + 1]):
            name = _name(plain, line.start, line.end) or name


def _explained_within(plain: str, line: Line) -> int:
    """Return where the explanation begins that runs on behind what the report says, 报告原文：…。解释：…, or 0."""
    labels = _RUN_ON.finditer(plain, line.start, line.end)
    return next((one.end() for one in labels if patterns.matches("explainers", EXPLANATION, one["label"])), 0)


def _labelled(plain: str, line: Line) -> _Labelled | None:
    """Return the label that a line begins with: one before a colon, in brackets, or alone on its line."""
    found = _LABEL.match(plain, line.start, line.end)
    if found is None or not (found["sign"] or _BRACKETED.match(plain, line.start) or found.end() == line.end):
        return None
    kind = next((kind for kind in LABELS if patterns.matches("explainers", kind, found["label"])), None)
    return _Labelled(kind, found.end()) if kind else None


def _name(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a name that has a line or the rest of one to itself, without number and quotation marks."""
    if numbered := _NUMBERED.match(plain, start, end):
        start = numbered.end()
    while start < end and plain[start] in OPENING_QUOTES + '"【[ ':
        start += 1
    while start < end and plain[end - 1] in CLOSING_QUOTES + '"】] :':
        end -= 1
    return (start, end) if 1 < end - start <= _LONGEST_NAME and not _NO_NAME.search(plain[start:end]) else None


def _entry(text: str, plain: str, name: tuple[int, int], start: int, end: int) -> Iterator[Entry]:
    """Yield the note of a name; the explanation may begin with the name again."""
    said = behind_name(text, plain, name, start, end)
    if terms := terms_of(text, plain, Head(None, *name, said), end):
        yield Entry("", None, None, text[slice(*name)], name[0], end, terms)
