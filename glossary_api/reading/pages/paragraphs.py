"""From set lines back to paragraphs: which line goes on where the one before it ended at the margin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from glossary_api.reading.joining import SAYS_NOTES
from glossary_api.reading.pages.layout import SetLine

REACH = 1.6
"""How far, in em, before the right margin a full line may end: punctuation that would begin the next line moves."""

RAGGED_REACH = 4.0
"""The same where indents or gaps tell paragraphs anyway, for lines that are not justified."""

UNENDED_REACH, UNENDED_SHARE = 10.0, 0.35
"""The same for a line that ends within a sentence: what moved to the next line may be as long as “1+22+3”; of a narrow
column it is a share of the width."""

INDENT = 0.8
"""How far, in em, from the left margin a line is indented."""

CENTRED = 3.2
"""How far from it a line is centred or set to the right; the first line of a paragraph is indented by two."""

GAP = 1.25
"""From how many times the usual distance of lines a distance parts paragraphs."""

NOTE_SIZE = 0.92
"""The greatest size of a note in the margin or at the foot of a page, as a share of the text's."""

SIZE_CHANGE = 0.1
"""From which change of size, as a share, a line belongs to another paragraph."""

STYLE_SHARE = 0.03
"""The share of the lines that must be indented, or stand behind a gap, for this to be how paragraphs are told."""

LEAST_SHARE = 0.04
"""The share of the lines that keep a margin; fewer are a table or a heading."""

LEAST_LINES = 20
"""From how many lines on the pages of one side have margins of their own."""

_UNBREAKABLE = re.compile(r"[0-9A-Za-z.,%+\-/]*[^0-9A-Za-z]?[，。；：、！？”’》）]*")
_MARKER = re.compile(
    r"(?:[①-⑳㉑-㉟㊱-㊿]|[［\[〔【(（]\s*注?\s*\d{1,3}\s*[］\]〕】)）]|注\s*\d{1,3}\s*[:：]|\d{1,3}(?:\s*[.．、]|\s))"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_COLUMNS = 2  # beside 0 and 1, which are even and odd pages
SENTENCE_END = tuple("。；！？”：）!?;:)")


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of the text that is handed on: a paragraph or a row of a table."""

    text: str
    pages: frozenset[int] = frozenset()
    """Indexes of the pages that it stands on."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The layout of text: its margins, and the sign by which paragraphs begin."""

    left: float
    right: float
    em: float
    leading: float
    """The usual distance of two lines, in em."""
    indents: bool
    """Whether first lines are indented."""
    gaps: bool
    """Whether paragraphs stand apart."""

    @property
    def width(self) -> float:
        """Return how many em a line has."""
        return (self.right - self.left) / self.em

    def is_indented(self, line: SetLine) -> bool:
        """Return whether a line begins right of the margin."""
        return line.left > self.left + INDENT * line.size

    def is_display(self, line: SetLine) -> bool:
        """Return whether a line is set in another size than the text, as titles are."""
        return abs(line.size - self.em) > SIZE_CHANGE * self.em

    def lacks(self, line: SetLine) -> float:
        """Return how far, in em, a line ends before the right margin."""
        return (self.right - line.right) / line.size


def main_size(lines: Iterable[SetLine]) -> float:
    """Return the size in which most of the text is set; 0 if there is none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


class Frames:
    """The layouts of a document: one for even pages, one for odd ones, and one for each column of a page."""

    def __init__(self, lines: Iterable[SetLine]) -> None:
        kinds: dict[int, list[SetLine]] = {0: [], 1: [], _COLUMNS: []}
        for line in lines:
            kinds[_kind(line)].append(line)
        whole = kinds[0] + kinds[1]
        self._frames = {_COLUMNS: _frame(kinds[_COLUMNS])}
        for side in (0, 1):  # bound documents have their margins on alternate sides
            self._frames[side] = _frame(kinds[side] if len(kinds[side]) >= LEAST_LINES else whole)

    def of(self, line: SetLine) -> Frame:
        """Return the frame that a line is set in."""
        return self._frames[_kind(line)]


def _kind(line: SetLine) -> int:
    return _COLUMNS if line.in_column else line.page % 2


def paragraphs(lines: Sequence[SetLine], setting: Frames | None = None) -> list[Printed]:
    """Return the paragraphs that lines, in reading order, were broken from."""
    return [printed(paragraph) for paragraph in grouped(lines, setting or Frames(lines))]


def printed(lines: Sequence[SetLine]) -> Printed:
    """Return lines as one paragraph."""
    return Printed(joined([line.text for line in lines]), frozenset(line.page for line in lines))


def grouped(lines: Iterable[SetLine], setting: Frames) -> list[list[SetLine]]:
    """Return the lines of each paragraph."""
    whole: list[list[SetLine]] = []
    for line in lines:
        if whole and _goes_on(whole[-1], line, setting.of(whole[-1][-1]), setting.of(line)):
            whole[-1].append(line)
        else:
            whole.append([line])
    return whole


def _frame(lines: Sequence[SetLine]) -> Frame:
    if not lines:
        return Frame(0.0, 0.0, 1.0, 2.0, indents=False, gaps=False)
    em = main_size(lines) or 1.0
    lefts = Counter(round(2 * line.left / em) for line in lines)
    rights = Counter(round(2 * line.right / em) for line in lines)
    least = min(max(2, LEAST_SHARE * len(lines)), max(lefts.values()), max(rights.values()))
    left = min(left for left, count in lefts.items() if count >= least) * em / 2
    distances = Counter(
        round((above.baseline - below.baseline) / below.size, 1)
        for above, below in pairwise(lines)
        if above.page == below.page and above.baseline > below.baseline
    )
    leading = max(distances, key=lambda distance: (distances[distance], -distance), default=2.0)
    indented = sum(INDENT * line.size < line.left - left < CENTRED * line.size for line in lines)
    return Frame(
        left=left,
        right=max(right for right, count in rights.items() if count >= least) * em / 2,
        em=em,
        leading=leading,
        indents=indented >= STYLE_SHARE * len(lines),
        gaps=sum(n for distance, n in distances.items() if distance > GAP * leading) >= STYLE_SHARE * len(lines),
    )


def _goes_on(paragraph: Sequence[SetLine], line: SetLine, before: Frame, here: Frame) -> bool:
    """Return whether a line is the next one of a paragraph."""
    last = paragraph[-1]
    if abs(line.size - last.size) > SIZE_CHANGE * last.size or _is_apart(last, line, here):
        return False
    if last.text.endswith(SENTENCE_END) and _begins_anew(paragraph[0], line):
        return False
    if before.is_display(last):
        return before.lacks(last) < REACH and (not here.is_indented(line) or _is_centred(line, here))
    if last.left > before.left + CENTRED * last.size:
        return False
    if before.lacks(last) > _reach(last, line, here):
        return False
    if here.is_indented(line):
        return _is_hanging(paragraph, line, before) or _is_set_in(last, line, before)
    return True


def _is_apart(last: SetLine, line: SetLine, frame: Frame) -> bool:
    return last.page == line.page and last.baseline - line.baseline > GAP * frame.leading * line.size


def _is_centred(line: SetLine, frame: Frame) -> bool:
    return abs((line.left - frame.left) - (frame.right - line.right)) < line.size


def _reach(last: SetLine, line: SetLine, frame: Frame) -> float:
    """Return how far, in em, before the margin a line may end that goes on in the next one."""
    is_ended = last.text.endswith(SENTENCE_END)
    if frame.indents or (frame.gaps and last.page == line.page and last.baseline > line.baseline):
        return RAGGED_REACH if is_ended else min(UNENDED_REACH, max(RAGGED_REACH, frame.width * UNENDED_SHARE))
    return min(REACH + _ems(line.text), RAGGED_REACH) if is_ended else RAGGED_REACH


def _ems(text: str) -> float:
    """Return the width, in em, of what cannot be parted from the first character of a line."""
    found = _UNBREAKABLE.match(text)
    return sum(0.5 if character.isascii() else 1.0 for character in found.group()[1:]) if found else 0.0


def _is_hanging(paragraph: Sequence[SetLine], line: SetLine, frame: Frame) -> bool:
    """Return whether an indented line belongs to a list item whose marker alone stands at the margin."""
    first = paragraph[0]
    hangs = not frame.is_indented(first) and _MARKER.match(first.text) is not None
    return hangs and _MARKER.match(line.text) is None and all(abs(x.left - line.left) < x.size for x in paragraph[1:])


def _is_set_in(last: SetLine, line: SetLine, frame: Frame) -> bool:
    """Return whether a line stands below a full one that ends no sentence, both as far from the margin: a paragraph
    that is set in as a whole.
    """
    is_open = frame.lacks(last) < REACH and not last.text.endswith(SENTENCE_END)
    return is_open and abs(last.left - line.left) < INDENT * line.size / 2 and _MARKER.match(line.text) is None


def _begins_anew(first: SetLine, line: SetLine) -> bool:
    """Return whether a line at the margin, behind the end of a sentence, is a heading or the next item of a list."""
    if _HEADING.match(line.text) or SAYS_NOTES.fullmatch(line.text):
        return True
    return (
        bool(_MARKER.match(line.text) and _MARKER.match(first.text)) and _number(line.text) == _number(first.text) + 1
    )


def _number(text: str) -> int:
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    digits = re.search(r"\d{1,3}", text[:6])
    return int(digits.group()) if digits else -1


def joined(texts: Sequence[str]) -> str:
    """Return lines made one: a space only between two Latin words."""
    whole = texts[0]
    for text in texts[1:]:
        parted = whole[-1:].isascii() and (whole[-1:].isalpha() or whole[-1:] in ",;") and text[:1].isascii()
        whole += (" " if parted and text[:1].isalpha() else "") + text
    return whole
