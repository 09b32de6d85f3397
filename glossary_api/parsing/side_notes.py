"""Notes that stand within the running text, each in a paragraph of its own: 名词解释：甲乙是指……, “甲乙”是指…….

Text boxes and boxes in the margin are printed so. Each says by its first words, or by the line above it, that it
explains a word; where those say no more than that something is told, 小贴士：甲乙……, the report must quote the word.
Where none says so, 甲乙：……, 甲乙　……, or 甲乙 with …… on the next line, it must quote the words of several.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from glossary_api.model.things import Entry
from glossary_api.parsing import patterns
from glossary_api.parsing.heads import CLOSING_BRACKETS, OPENING_BRACKETS, Head, split_head, terms_of
from glossary_api.parsing.lines import BULLETS, Line, lines_of, trimmed
from glossary_api.parsing.markers import marker_at
from glossary_api.parsing.run_on import pieces
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES, QUOTES

EXPLAINS, TELLS = LABELS = ("explaining-box", "telling-box")
_LABEL = re.compile(
    rf"{BULLETS}[{OPENING_BRACKETS}(]?(?P<label>[^\s:,。;|{OPENING_BRACKETS}{CLOSING_BRACKETS}()-]{{1,10}})"
    rf"[{CLOSING_BRACKETS})★☆◆■●※*]*\s*(?P<sign>[:|\t ]|--+)?\s*"
)
_ENCLOSED = re.compile(rf"{BULLETS}[{OPENING_BRACKETS}(]")
_STATED = re.compile(
    rf"[{OPENING_QUOTES}\"][^{OPENING_QUOTES}{CLOSING_QUOTES}\"。;!?:,]{{2,30}}[{CLOSING_QUOTES}\"],?"
    r"(?:主要|具体|一般|通常)?(?:就?是指|指的是|系指)"
)
_NAMED = re.compile(r"[^\s。;!?:,]{2,30}:|[【〖][^\s。;!?:,【】〖〗]{2,30}[】〗](?=\S)")
_SPACED = re.compile(r"(?P<name>[^\s。;!?:,]{2,30})[ \u3000\xa0]+(?=\S{4})")
_BULLET = re.compile(BULLETS)
_PHRASE = re.compile(rf"[{OPENING_QUOTES}\"]([^{OPENING_QUOTES}{CLOSING_QUOTES}\"\n]{{2,30}})[{CLOSING_QUOTES}\"]")
_NEAR = 2
"""In so many lines above a box the word stands that it explains."""
_PAIR = 2
"""The lines of a name and its explanation."""
_MOST = 30
"""So many notes a box may hold."""
_LONGEST_TITLE = 40
"""The title of an annex is no longer than this."""
_LONGEST_NAME = 32
"""No name is longer than this, with its quotation marks."""
MOST_ASIDES = 1000
"""More notes within the running text than these are none."""
_LEAST_BARE = 3
"""So many paragraphs 甲乙：…… of words that the report quotes are notes, though nothing says so."""


_MOST_COUNTED = 50_000_000
"""Words are looked for in so many characters of a text that is gone through again for each."""


class QuotedNames:
    """How often each phrase is quoted in a text, counted when it is first asked for."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self._times: dict[str, int] = {}

    @functools.cached_property
    def _counts(self) -> Counter[str]:
        return Counter(found[1] for found in _PHRASE.finditer(self.plain))

    @functools.cached_property
    def are_few(self) -> bool:
        """Tell whether so few phrases are quoted that they cannot be the names of notes that nothing announces."""
        return len(self._counts) < _LEAST_BARE

    def has(self, name: str, printed: str = "") -> bool:
        """Tell whether a name stands in quotation marks anywhere but in what is `printed` here."""
        count = self._counts[name]
        return count > 0 and count > bool(_PHRASE.search(printed))

    def times(self, words: str) -> int:
        """Return how often words stand in the text, quoted or not; 0 where that would take too long to count."""
        if words not in self._times and len(self._times) * len(self.plain) < _MOST_COUNTED:
            self._times[words] = self.plain.count(words)
        return self._times.get(words, 0)

    def elsewhere(self, head: Head) -> bool:
        """Tell whether the name of a note stands in quotation marks, or with those in it, anywhere but in the note."""
        name = self.plain[head.start : head.end]
        bare = name.strip(OPENING_QUOTES + CLOSING_QUOTES + '"【】〖〗')
        return self._counts[bare] > bool(_PHRASE.fullmatch(name)) or (
            bool(_PHRASE.search(name)) and self.plain.count(name) > 1
        )


def read_side_notes(text: str, quoted: QuotedNames, start: int, end: int) -> tuple[Entry, ...]:
    """Read the notes of `text[start:end]` that say of themselves that they explain a word, in the order of the text:
    the first MOST_ASIDES of them, and whatever else was found on the way.
    """
    entries: list[Entry] = []
    bare: list[Entry] = []
    plain = quoted.plain
    box, left = None, 0
    lines = list(lines_of(text, start, end))
    if text.find("\t", start, end) >= 0:
        lines = [cell for line in lines for cell in _cells(text, line)]
    taken, of_works = 0, False
    for i, line in enumerate(lines):
        of_works = _is_of_works(plain, line) or (of_works and marker_at(plain, line.start, line.end) is not None)
        if len(entries) >= MOST_ASIDES:
            break
        if line.start < taken:
            continue
        label, begin = _labelled(plain, line)
        if label and begin == line.end:
            box, left = label, _MOST
            continue
        kind, begin = (label, begin) if label else (box if left else None, line.start)
        if kind is None and _STATED.match(plain, line.start, line.end):
            kind, begin = EXPLAINS, line.start
        made = (
            [note for one, at in _pieces(quoted, line, begin) for note in _entry(text, quoted, one, at, kind)]
            if kind
            else []
        )
        if kind and not label and not made and i + 1 < len(lines) and _is_below(quoted, lines, i, boxed=left == _MOST):
            made = list(_of_two_lines(text, quoted, lines, i))
            taken = lines[i + 1].end
        entries += made
        bare += [] if kind or of_works or quoted.are_few else _bare(text, quoted, lines, i)
        left = left - 1 if made and not label else 0
    bare = bare if len(bare) >= _LEAST_BARE else []
    return tuple(sorted([*entries, *bare], key=lambda entry: entry.start))


def _is_of_works(plain: str, line: Line) -> bool:
    """Tell whether a line is the title of a list of works and tasks, whose names explain nothing."""
    squeezed = "".join(plain[line.start : line.end].split())
    return len(squeezed) <= _LONGEST_TITLE and patterns.matches("appendix", "works", squeezed)


def _cells(text: str, line: Line) -> Iterator[Line]:
    """Yield a line, or the cells of a row: what stands beside the text explains its words."""
    if "\t" not in line.text:
        yield line
        return
    begin = line.start
    for cell in line.text.split("\t"):
        if trimmed_cell := trimmed(text, begin, begin + len(cell)):
            yield trimmed_cell
        begin += len(cell) + 1


def _labelled(plain: str, line: Line) -> tuple[str | None, int]:
    """The kind of box that a line begins, and where its own words begin: behind a label that a sign sets off."""
    found = _LABEL.match(plain, line.start, line.end)
    if not found or not (found["sign"] or found.end() == line.end or _ENCLOSED.match(plain, line.start)):
        return None, line.start
    kind = next((kind for kind in LABELS if patterns.matches("explainers", kind, found["label"])), None)
    return kind, found.end()


def _pieces(quoted: QuotedNames, line: Line, begin: int) -> Iterator[tuple[Line, int]]:
    """Yield a line, or each of the notes that run on in it, with where its own words begin."""

    def is_another(name: str) -> bool:
        if not quoted.has(name, f"“{name}”"):
            return False
        head = split_head(quoted.plain, begin, line.end)
        return not head or name not in quoted.plain[head.start : head.end]  # 一体两翼：一体，即…；“两翼”，即…: one note

    for start, end in pieces(quoted.plain, begin, line.end, is_another):
        first = line.start if start == begin else start
        yield Line(line.text[first - line.start : end - line.start], first, end), start


def _entry(text: str, quoted: QuotedNames, line: Line, begin: int, kind: str) -> Iterator[Entry]:
    plain = quoted.plain
    enclosed = plain[line.start] + plain[line.end - 1] in ("()", "[]", "【】")
    end = line.end - enclosed
    head = split_head(plain, begin, end)
    if head is None or head.definition >= end or (kind == TELLS and not quoted.elsewhere(head)):
        return
    if terms := terms_of(text, plain, head, end):
        yield Entry("", None, head.page, text[head.start : head.end], line.start, line.end, terms)


def _bare(text: str, quoted: QuotedNames, lines: Sequence[Line], i: int) -> Iterator[Entry]:
    """Yield the note that begins with a line, if the report quotes the name that the line begins with, or is."""
    line, plain = lines[i], quoted.plain
    marker = marker_at(plain, line.start, line.end)
    bullet = _BULLET.match(plain, line.start, line.end)
    begin = marker.end if marker else bullet.end() if bullet else line.start
    if (named := _NAMED.match(plain, begin, line.end)) and named.end() < line.end:
        for entry in _entry(text, quoted, line, begin, TELLS):
            sign = text[line.start : begin].strip()
            yield replace(entry, marker=sign, number=marker.number) if marker else entry
    elif plain[line.end - 1] in "。." and (spaced := _SPACED.match(plain, begin, line.end)):
        yield from _noted(text, quoted, line, Head(None, *spaced.span("name"), spaced.end()), line.end)
    elif i + 1 < len(lines) and _is_below(quoted, lines, i):
        yield from _of_two_lines(text, quoted, lines, i)


def _of_two_lines(text: str, quoted: QuotedNames, lines: Sequence[Line], i: int) -> Iterator[Entry]:
    """Yield the note of a line with the name and the sentence below it."""
    line, said = lines[i : i + _PAIR]
    yield from _noted(text, quoted, line, Head(None, *_name_alone(quoted.plain, line), said.start), said.end)


def _is_below(quoted: QuotedNames, lines: Sequence[Line], i: int, *, boxed: bool = False) -> bool:
    """Tell whether a line is a quoted phrase, and a sentence stands below it.

    It must be `boxed`, right below the label of a box, or the text right above it quote it, or another such phrase
    stand two lines away.
    """
    if quoted.plain[lines[i + 1].end - 1] not in "。." or not _is_name(quoted, lines[i]):
        return False
    if boxed:
        return True
    above = quoted.plain[lines[max(0, i - _NEAR)].start : lines[i].start]
    printed = quoted.plain[slice(*_name_alone(quoted.plain, lines[i]))]
    name = printed.strip(QUOTES)
    beside = [lines[at] for at in (i - _PAIR, i + _PAIR) if 0 <= at < len(lines)]
    return (
        any(found[1] == name for found in _PHRASE.finditer(above))
        or (bool(_PHRASE.search(printed)) and printed in above)
        or any(_is_name(quoted, one) for one in beside)
    )


def _is_name(quoted: QuotedNames, line: Line) -> bool:
    """Tell whether a line is a phrase that is quoted elsewhere, or has such a phrase in it."""
    start, end = _name_alone(quoted.plain, line)
    return 0 < end - start <= _LONGEST_NAME and quoted.elsewhere(Head(None, start, end, end))


def _name_alone(plain: str, line: Line) -> tuple[int, int]:
    """Return the span of a line without the sign that sets it off and the colon at its end."""
    bullet = _BULLET.match(plain, line.start, line.end)
    return bullet.end() if bullet else line.start, line.end - (plain[line.end - 1] == ":")


def _noted(text: str, quoted: QuotedNames, line: Line, head: Head, end: int) -> Iterator[Entry]:
    if quoted.elsewhere(head) and (terms := terms_of(text, quoted.plain, head, end)):
        yield Entry("", None, None, text[head.start : head.end], line.start, end, terms)


def without(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return what is left of a span when others, in the order of the text, are taken out."""
    left: list[tuple[int, int]] = []
    begin, end = span
    for start, stop in sorted(spans):
        if begin <= start < end:
            left.append((begin, start))
            begin = stop
    return tuple((a, b) for a, b in [*left, (begin, end)] if a < b)
