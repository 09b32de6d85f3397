"""Plain statements of definition: “甲”是指…。 所谓“甲”，就是…。 “甲”，即…。 什么是“甲”？

They are read in pages that explain, where the sentence is the explanation. In a report the same words may state a task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossary_api.model.things import Entry
from glossary_api.parsing.heads import ASKS, MENTIONED, Head, split_head, terms_of
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import fold_name

_BEGIN = r"(?:(?<=[。!?;\n\r\t ])|^)"
_LEAD = r"(?:(?:其中|这里的|这里所说的|通俗地说|通俗来说|简单来说|简单地说|具体来说|我们所说的|答)[,:]?)?"
_QUOTED = r"[“\"「](?P<{0}>[^“”\"「」。;!?:\n]{{2,24}})[”\"」](?P<{1}>[\u4e00-\u9fff]{{0,8}}?)"
_IS = r"(?:主要|具体|一般|通常|专门|简单来说)?" + any_of("defining", "means", "means-barely")
_PATTERNS = (
    re.compile(_BEGIN + r"\s*" + _LEAD + _QUOTED.format("name", "tail") + rf",?{_IS}[:,]?"),
    re.compile(
        _BEGIN
        + r"\s*"
        + _LEAD
        + r"所谓的?"
        + _QUOTED.format("name", "tail")
        + rf",?(?:{_IS}|就是|即是?|是)[:,]?(?!要|说)"
    ),
    re.compile(
        _BEGIN
        + r"\s*"
        + _LEAD
        + r"所谓(?P<name>[^“”\"「」,。;!?:\s]{2,16}),(?P<tail>)(?:"
        + _IS
        + r"|就是|即是?)[:,]?(?!要|说)"
    ),
    re.compile(
        _BEGIN
        + r"\s*"
        + _LEAD
        + _QUOTED.format("name", "tail")
        + rf",(?:也就是|就是|{any_of('defining', 'that-is')})(?!要|说)[:,]?"
    ),
    re.compile(
        _BEGIN
        + r"\s*(?:问:|\d{1,2}[.、]\s*)?(?:什么是|什么叫|何为|何谓)"
        + _QUOTED.format("name", "tail")
        + r"\?\s*(?:答:)?\s*"
    ),
    re.compile(
        _BEGIN
        + rf"\s*(?:问:|\d{{1,2}}[.、]\s*)?{MENTIONED}"
        + _QUOTED.format("name", "tail")
        + rf"{ASKS}\s*(?:答:)?\s*"
    ),
)
_QUESTIONS = _PATTERNS[-2:]
_END = re.compile(r"[。!?\n\r]|$")
_END_OF_ANSWER = re.compile(r"[\n\r]|(?=(?:问:\s*|\d{1,2}[.、]\s*)?[^。!?\n]{2,40}\?)|$")
"""An answer may have several sentences, up to the next question."""
_LEAST = 8
"""Characters of the shortest explanation."""
_NO_EXPLANATION = re.compile(any_of("wordings", "no-statement"))


def read_statements(text: str, plain: str, start: int, end: int) -> tuple[Entry, ...]:
    """Read the statements of `text[start:end]`, each from its name to the end of its sentence; a name counts once."""
    found = sorted(_statements(text, plain, start, end), key=lambda entry: entry.start)
    entries: list[Entry] = []
    named: set[str] = set()
    for entry in found:
        if entry.head not in named and (not entries or entries[-1].end <= entry.start):
            entries.append(entry)
            named.add(entry.head)
    return tuple(entries)


def _statements(text: str, plain: str, start: int, end: int) -> Iterator[Entry]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain, start, end):
            stop = (_END_OF_ANSWER if pattern in _QUESTIONS else _END).search(plain, found.end(), end)
            close = stop.start() if stop else end
            asks = plain[close : close + 1] == "?" or close == found.end()
            if asks or close - found.end() < _LEAST or _NO_EXPLANATION.match(plain, found.end()):
                continue
            a, b = found.span("name")
            if found["tail"]:
                a, b = a - 1, found.end("tail")
            close += plain[close : close + 1] in ("。", "!")
            said = behind_name(text, plain, (a, b), found.end(), close)
            if terms := terms_of(text, plain, Head(None, a, b, said), close):
                yield Entry("", None, None, text[a:b], a, close, terms)


def behind_name(text: str, plain: str, name: tuple[int, int], start: int, end: int) -> int:
    """Return where the explanation in `text[start:end]` begins: behind the name, if it says the name again."""
    again = split_head(plain, start, end)
    same = again is not None and fold_name(text[again.start : again.end]) == fold_name(text[slice(*name)])
    return again.definition if again and same else start
