"""Take the notes from the feet of pages.

A note begins with a number or sign that stands as a mark in the text of the same page; a list of notes at the end of a
report has no such marks beside it. It is set smaller than the text, or below a drawn line, or, where it is as large as
the text, behind a gap and with a note for each mark of the page.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise

from glossary_api.reading.joining import mark
from glossary_api.reading.pages.columns import Area
from glossary_api.reading.pages.grids import Rule
from glossary_api.reading.pages.layout import WORD_GAP, SetLine
from glossary_api.reading.pages.paragraphs import NOTE_SIZE, SENTENCE_END, Printed, joined

GAP = 1.4
"""How many times the usual distance of lines a note as large as the text stands below it at least."""

SEPARATOR_SHARE = 0.6
"""The greatest width of the line above notes, as a share of the text's."""

_MARK = re.compile(r"[①-⑳㉑-㉟㊱-㊿]|［\d{1,3}］")
_NUMBER = re.compile(r"[［\[〔(（]?(\d{1,3})[］\]〕)）]?\s*")


class FootNotes:
    """Collects the notes of a document, page by page."""

    def __init__(self, size: float) -> None:
        self.size = size
        """That of the text."""
        self._notes: list[list[str]] = []
        self._pages: list[set[int]] = []
        self._signs: list[tuple[str, SetLine | None]] = []
        """The sign of each note, and the line of the text that it stands in as a mark."""
        self._awaited: list[str] = []
        """The marks of the page before whose notes did not find room on it, where pages have notes."""

    @property
    def printed(self) -> list[Printed]:
        """Return each note on one line, its number as marks are printed."""
        return [Printed(joined(note), frozenset(pages)) for note, pages in zip(self._notes, self._pages, strict=True)]

    def without(self, areas: Sequence[Area], rules: Sequence[Rule]) -> list[Area]:
        """Return the areas of a page without the notes at its foot, which are kept."""
        left: list[Area] = []
        marks = self._awaited if self._notes else []
        known = len(self._signs)
        for area in areas:
            left.append(self._cut(area, marks, rules) if isinstance(area, list) else area)
            marks += _marks(left[-1]) if isinstance(left[-1], list) else []
        lines = [line for area in left if isinstance(area, list) for line in area]
        for at, (sign, _) in enumerate(self._signs[known:], known):
            self._signs[at] = sign, next((line for line in lines if sign in line.text), None)
        noted = {sign for sign, _ in self._signs[known:]}
        self._awaited = [sign for line in lines for sign in _MARK.findall(line.text) if sign not in noted]
        return left

    def number_through(self) -> None:
        """Number the notes through the document, and their marks, where they begin anew on each page.

        Without its page such a number names nothing.
        """
        if len({sign for sign, _ in self._signs}) == len(self._signs):
            return
        for number, (sign, line) in reversed(list(enumerate(self._signs, 1))):  # so that no new one is met again
            if line is not None:
                line.text = line.text.replace(sign, mark(number), 1)
                self._notes[number - 1][0] = mark(number) + self._notes[number - 1][0].removeprefix(sign)

    def _cut(self, lines: list[SetLine], before: Sequence[str], rules: Sequence[Rule]) -> list[SetLine]:
        small = len(lines)
        while small and lines[small - 1].size <= NOTE_SIZE * self.size:
            small -= 1
        signs = [_signed(line) for line in lines]
        first = next((i for i in range(len(lines)) if self._is_note(lines, i, small, before, rules)), None)
        goes_on = bool(self._notes) and not self._notes[-1][-1].endswith(SENTENCE_END)
        begun = small if 0 < small < len(lines) else _below_line(lines, rules)
        if goes_on and begun is not None and (first is None or first > begun):
            first = begun
        if first is None:
            return lines
        marks = {*before, *_marks(lines[:first])}
        for line, signed in zip(lines[first:], signs[first:], strict=True):
            if signed and signed[0] in marks:
                self._notes.append(["".join(signed)])
                self._signs.append((signed[0], None))
                self._pages.append({line.page})
            else:
                self._notes[-1].append(line.text)
                self._pages[-1].add(line.page)
        return lines[:first]

    def _is_note(
        self, lines: Sequence[SetLine], index: int, small: int, before: Sequence[str], rules: Sequence[Rule]
    ) -> bool:
        """Return whether the notes of a page begin with a line. `before` has the marks of other areas of the page."""
        signed = _signed(lines[index])
        marks = [*before, *_marks(lines[:index])] if signed else []
        if not signed or signed[0] not in marks:
            return False
        if index >= small:
            return small > 0 or bool(before)
        above, line = lines[index - 1], lines[index]
        if index and _is_parted(above, line, rules):
            return True
        below = [found[0] for found in map(_signed, lines[index:]) if found and found[0] in marks]
        is_apart = index > 0 and above.baseline - line.baseline > GAP * _leading(lines[:index])
        return is_apart and below == list(dict.fromkeys(marks))


def _below_line(lines: Sequence[SetLine], rules: Sequence[Rule]) -> int | None:
    """Return the number of the first line below a short level line."""
    return next((i for i in range(1, len(lines)) if _is_parted(lines[i - 1], lines[i], rules)), None)


def _marks(lines: Iterable[SetLine]) -> list[str]:
    return [sign for line in lines for sign in _MARK.findall(line.text)]


def _leading(lines: Sequence[SetLine]) -> float:
    """Return the usual distance of lines; endless for a single one."""
    distances = [above.baseline - below.baseline for above, below in pairwise(lines)]
    return statistics.median(distances) if distances else float("inf")


def _is_parted(above: SetLine, line: SetLine, rules: Sequence[Rule]) -> bool:
    """Return whether a short level line is drawn between two lines."""
    return any(
        line.baseline < foot < above.baseline and head - foot < 1 and right - left < SEPARATOR_SHARE * above.right
        for left, foot, right, head in rules
    )


def _signed(line: SetLine) -> tuple[str, str] | None:
    """Return the number or sign that a line begins with, as marks are printed, and what stands behind it."""
    if sign := _MARK.match(line.text):
        return sign.group(), line.text[sign.end() :].lstrip()
    found = _NUMBER.match(line.text)
    if not found or line.text[found.end() :].startswith((".", "．", "、")):
        return None
    digits, begin = found[1], found.start(1)
    glyphs = [glyph for glyph in line.glyphs if not glyph.character.isspace()]
    for count in range(1, len(digits) if begin == 0 else 1):  # 1 and, behind it, 12345热线
        number, name = glyphs[count - 1 : count + 1]
        if name.left - number.right > WORD_GAP * number.size or abs(name.size - number.size) > 1:
            return mark(int(digits[:count])), line.text[count:].lstrip()
    return mark(int(digits)), line.text[found.end() :]
