"""Notes that stand within the running text, each in a paragraph of its own: 名词解释：甲乙是指……。

Text boxes and boxes in the margin are printed so. Each says by its first words that it explains a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossary_api.model.things import Entry
from glossary_api.parsing.heads import split_head, terms_of
from glossary_api.parsing.lines import lines_of

_LABEL = re.compile(
    r"[【\[(★☆◆■●※*\s]*(?:名词|新词|热词|术语|词语)(?:解释|注释|链接|释义|解读|小贴士)\d{0,2}[】\])]?\s*[:\t ]\s*(?=\S)"
)


def read_side_notes(text: str, plain: str, start: int, end: int) -> tuple[Entry, ...]:
    """Read the notes of `text[start:end]` that say of themselves that they explain a word, in the order of the text."""
    entries: list[Entry] = []
    for line in lines_of(text, start, end):
        label = _LABEL.match(plain, line.start, line.end)
        head = split_head(plain, label.end(), line.end) if label else None
        if head and (terms := terms_of(text, plain, head, line.end)):
            entries.append(Entry("", None, head.page, text[head.start : head.end], line.start, line.end, terms))
    return tuple(entries)


def without(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return what is left of a span when others, in the order of the text, are taken out."""
    left: list[tuple[int, int]] = []
    begin, end = span
    for start, stop in sorted(spans):
        if begin <= start < end:
            left.append((begin, start))
            begin = stop
    return tuple((a, b) for a, b in [*left, (begin, end)] if a < b)
