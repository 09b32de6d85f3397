"""Notes that neither a number nor a colon sets off: 【名词】解释, and a name by itself with its paragraph below it.

They are read only behind the heading of a glossary: anywhere else a short line over a paragraph is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossary_api.model.things import Entry
from glossary_api.parsing.heads import Head, terms_of
from glossary_api.parsing.lines import Line

_BRACKETED = re.compile(r"[★☆◆◇■□●○▲△※*•·\-\s]*【\s*(?P<name>[^】]{1,60}?)\s*】\s*:?\s*(?P<said>\S)")
_LONGEST_NAME = 30
_SENTENCE_SIGNS = frozenset("。;!?:,")
_SENTENCE_END = frozenset("。;!?”」)")
_LEAST = 2
"""So many notes of a kind make a list."""


def bracketed(text: str, plain: str, lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Read 【名词】解释: each note begins with its name in lenticular brackets and goes on to the next such line."""
    found = [match if (match := _BRACKETED.match(plain, line.start, line.end)) else None for line in lines]
    begins = [i for i, match in enumerate(found) if match]
    if len(begins) < _LEAST or begins[0] > 1:
        return ()
    # The last note has its own line only: what follows it may be anything.
    ends = [*(lines[i - 1].end for i in begins[1:]), lines[begins[-1]].end]
    return tuple(
        _entry(text, plain, match.span("name"), match.start("said"), lines[i].start, end)
        for i, end in zip(begins, ends, strict=True)
        if (match := found[i])
    )


def alternating(text: str, plain: str, lines: Sequence[Line]) -> tuple[Entry, ...]:
    """Read names on lines of their own, each with its paragraph below it, as <dl> and bold heads are printed."""
    pairs = list(_pairs(lines, plain))
    if len(pairs) < _LEAST:
        return ()
    return tuple(_entry(text, plain, (n.start, n.end), said.start, n.start, said.end) for n, said in pairs)


def _pairs(lines: Sequence[Line], plain: str) -> Iterator[tuple[Line, Line]]:
    """Name and paragraph in turn, up to the first line that breaks the turn."""
    for name, said in zip(lines[::2], lines[1::2], strict=False):
        words = plain[name.start : name.end]
        if len(words) > _LONGEST_NAME or _SENTENCE_SIGNS & set(words) or plain[said.end - 1] not in _SENTENCE_END:
            return
        yield name, said


def _entry(text: str, plain: str, name: tuple[int, int], said: int, start: int, end: int) -> Entry:
    head = Head(None, *name, said)
    return Entry("", None, None, text[slice(*name)], start, end, terms_of(text, plain, head, end))
