"""Terms in a text: leftmost, then longest, with offsets into the text as given.

Names and text are folded alike (`folding.fold`), an automaton finds every name, and two rules drop what only
looks like a name: figures, Latin letters and Han numerals must end where the name ends, and a short name counts
only where quotation marks or a footnote mark vouch for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from glossary_api.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES, Folded, fold
from glossary_api.model import Match, Term

_SHORT = 2
"""A folded name of at most this many characters also stands inside ordinary words: 四上 in 星期四上午."""
_FIGURES = re.compile(r"[\d+nmx.·\-~]+")
_MARK = re.compile(r"[①-⑳㉑-㉟㊱-㊿❶-❿]|[［\[〔【]\s*\d{1,3}\s*[］\]〕】]")
_ASCII_WORD = re.compile(r"[0-9A-Za-z+０-９Ａ-Ｚａ-ｚ＋]")
_HAN_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千两兩]")

Scan = Callable[[str], Iterable[tuple[int, int, int]]]
"""From a folded text to (pattern, start, end) of every occurrence, overlapping ones included."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A folded name, the term it leads to and the term's own form."""

    key: str
    term: str
    form: str
    variants: frozenset[str]
    risky: bool


def automaton_scan(keys: Sequence[str]) -> Scan:
    """Find all keys in one pass with a double-array Aho-Corasick automaton (daachorse)."""
    from daachorse import CharwiseDoubleArrayAhoCorasick  # compiled; only those who match need it

    automaton = CharwiseDoubleArrayAhoCorasick(list(keys))
    return lambda text: ((pattern, start, end) for start, end, pattern in automaton.find_overlapping(text))


def naive_scan(keys: Sequence[str]) -> Scan:
    """Find all keys one by one: the plain truth that the automaton is held against."""

    def scan(text: str) -> Iterable[tuple[int, int, int]]:
        for pattern, key in enumerate(keys):
            start = text.find(key)
            while start >= 0:
                yield pattern, start, start + len(key)
                start = text.find(key, start + 1)

    return scan


class Matcher:
    """Finds the terms of an edition in any text."""

    def __init__(self, terms: Iterable[Term], scan: Callable[[Sequence[str]], Scan] = automaton_scan) -> None:
        names = [
            _Name(key, term.id, term.name, frozenset(v.form for v in term.variants), is_risky(key))
            for term in terms
            for key in term.keys
        ]
        self._names = sorted(names, key=lambda name: name.key)
        self._scan = scan([name.key for name in self._names]) if names else None

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Match]:
        """The terms in `text[start:end]`, none overlapping another, in the order of the text.

        Spans are code points into the whole `text`; quotation marks around a name are not part of its span,
        those within it are.
        """
        end = len(text) if end is None else end
        if self._scan is None or start >= end:
            return []
        folded = fold(text[start:end])
        hits = sorted(self._scan(folded.text), key=lambda hit: (hit[1], -hit[2]))
        matches: list[Match] = []
        covered = 0
        for pattern, begin, stop in hits:
            if begin >= covered and (match := self._match(text, folded, start, self._names[pattern], begin, stop)):
                matches.append(match)
                covered = stop
        return matches

    def _match(self, text: str, folded: Folded, offset: int, name: _Name, begin: int, stop: int) -> Match | None:
        start, end = folded.source_span(begin, stop)
        start, end = balanced(text, start + offset, end + offset)
        if _runs_on(text, start, end):
            return None
        quoted = start > 0 and end < len(text) and _is_pair(text[start - 1], text[_behind_mark(text, end)])
        if name.risky and not (quoted or _is_marked(text, end)):
            return None
        surface = text[start:end]
        kind = "exact" if surface == name.form else "variant" if surface in name.variants else "folded"
        return Match(name.term, start, end, surface, kind, quoted)


def is_risky(key: str) -> bool:
    """Whether a folded name is too short, or too much like a figure, to be recognised without quotation marks."""
    return len(key) <= _SHORT or bool(_FIGURES.fullmatch(key))


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span by a quotation mark at its edge whose partner is inside: 清“三欠 becomes 清“三欠”."""
    inside = text[start:end]
    for opening, closing in zip(OPENING_QUOTES, CLOSING_QUOTES, strict=True):
        surplus = inside.count(opening) - inside.count(closing)
        if surplus > 0 and text[end : end + 1] == closing:
            end += 1
        elif surplus < 0 and start > 0 and text[start - 1] == opening:
            start -= 1
    return start, end


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a figure, word or Han numeral at an edge of the span goes on outside it: 2+3 in 1+2+3, 二重 in 十二重."""
    for inner, outer in ((start, start - 1), (end - 1, end)):
        if 0 <= outer < len(text):
            for kind in (_ASCII_WORD, _HAN_NUMERAL):
                if kind.match(text[inner]) and kind.match(text[outer]):
                    return True
    return False


def _is_pair(before: str, behind: str) -> bool:
    if before in OPENING_QUOTES:
        return behind == CLOSING_QUOTES[OPENING_QUOTES.index(before)]
    return before == behind and before in QUOTES


def _behind_mark(text: str, end: int) -> int:
    """Offset of the character behind a span, a footnote mark inside the quotation marks skipped: “三度一色［15］”."""
    mark = _MARK.match(text, end)
    return min(mark.end() if mark else end, len(text) - 1)


def _is_marked(text: str, end: int) -> bool:
    while end < len(text) and text[end] in CLOSING_QUOTES:
        end += 1
    return bool(_MARK.match(text, end))
