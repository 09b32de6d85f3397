"""The lines of a text with their spans, stripped of white space and editor debris at both ends."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from glossary_api.text.folding import INVISIBLE

LINE_BREAKS = "\r\n\u2028\u2029\x0b\x0c"
BULLETS = r"[\U0001f300-\U0001faff\u2600-\u2775\u2794-\u27bf\ufe0f▎▍▌★☆◆◇■□●○〇▲△▼▽◎◉※➢➤➣►▶▸✦❖✓✔√☑▪▫•·*＊－—\-\s]*"
"""A pattern for the stars, dots and dashes that set off a line and belong to no name."""
_LINE = re.compile(rf"[^{LINE_BREAKS}]+")
_BLANKS = INVISIBLE + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_EDGES = frozenset(_BLANKS + "[")
_BEFORE = re.compile(rf"(?:[{re.escape(_BLANKS)}]++|\[bookmark:[^\]\n]{{0,80}}\])*+")
_SPACE = re.compile(rf"[\s{re.escape(INVISIBLE)}]+")
_LONGEST_PAGE_NUMBER = 40
_PAGE_NUMBER = re.compile(
    r"^[-—–－·\s]*(?:第\s*)?[0-9０-９]{1,3}(?:\s*页)?(?:\s*/\s*\d{1,3}|[，,\s]*共\s*\d{1,3}\s*页)?[-—–－·\s]*$"
)


class Line(NamedTuple):
    """One printed line: `text` is exactly the source between `start` and `end`, without white space around it.

    No dataclass: there are thousands in each report, and a tuple is made in a third of the time.
    """

    text: str
    start: int
    end: int

    @property
    def squeezed(self) -> str:
        """Return the line without any white space: 名 词 解 释 → 名词解释."""
        return _squeezed(self.text)

    @property
    def is_page_number(self) -> bool:
        """Tell whether the line is nothing but a page number: 20, - 21 -, 第 23 页."""
        return len(self.text) <= _LONGEST_PAGE_NUMBER and bool(_PAGE_NUMBER.match(self.text))


@functools.lru_cache(maxsize=4096)  # each line is looked at by half a dozen rules
def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """Yield the lines of `text[start:end]` that are not empty, page numbers included; spans are into `text`."""
    ends, lines = _lines(text)
    stop = len(text) if end is None else min(end, len(text))
    for at in range(bisect_right(ends, start), len(ends)):
        first, last, whole = lines[at]
        if first >= stop:
            break
        is_cut = first < start or last > stop
        if line := trimmed(text, max(first, start), min(last, stop)) if is_cut else whole:
            yield line


@functools.lru_cache(maxsize=2)  # a text is gone through again and again while it is parsed, and so is its plain form
def _lines(text: str) -> tuple[list[int], list[tuple[int, int, Line | None]]]:
    """Return where the lines end, and their spans with what is printed there."""
    spans = [found.span() for found in _LINE.finditer(text)]
    return [end for _, end in spans], [(*span, trimmed(text, *span)) for span in spans]


def trimmed(text: str, start: int, end: int) -> Line | None:
    """Return `text[start:end]` without white space, invisible characters and `[bookmark: …]` at its ends; None if
    empty.
    """
    if start < end and text[start] not in _EDGES and text[end - 1] not in _EDGES:  # nearly every line
        return Line(text[start:end], start, end)
    found = _BEFORE.match(text, start, end)
    start = found.end() if found else start
    printed = text[start:end].rstrip(_BLANKS)
    return Line(printed, start, start + len(printed)) if printed else None
