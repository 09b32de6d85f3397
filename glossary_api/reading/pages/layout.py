"""From the glyphs of a page to its lines.

All lengths are in points, or in em where a name says so: one em is the size of the glyphs, the width of a Han
character.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from glossary_api.reading.joining import JoinedLine

SAME_LINE = 0.3
"""How far, in em, the baselines of one line may lie apart."""

RAISED_SIZE = 0.9
"""The greatest size of a raised glyph, as a share of the line's."""

RAISED_BY = (0.12, 0.9)
"""How far, in em, a raised glyph stands above the line."""

LOWERED_BY = 0.4
"""How far, in em, a lowered glyph may stand below the line."""

WORD_GAP, MIXED_GAP, HAN_GAP = 0.15, 0.35, 0.18
"""The gap, in em, beyond which a space is printed: between Latin letters or digits, between these and Han characters
(which programs set a quarter apart), and between Han characters, beyond the usual gap of the line."""

_LEAST_GAPS = 4  # from how many gaps on a line has a usual one, being justified or letter-spaced
_LATIN = re.compile(r"[0-9A-Za-z]")
# Characters that some PDFs use for their look-alikes: radicals and compatibility forms of Han characters.
_LOOK_ALIKES = {
    code: unicodedata.normalize("NFKC", chr(code))
    for first, last in ((0x2E80, 0x2FE0), (0xF900, 0xFB00))
    for code in range(first, last)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page."""

    character: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(slots=True)
class SetLine:
    """A line as it is set on a page."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int
    glyphs: tuple[Glyph, ...] = ()
    """What it is set of, from left to right."""
    marks: frozenset[str] = field(default_factory=frozenset)
    """The raised texts in it, as printed."""
    in_column: bool = False
    """Whether it stands in one of several columns; `left` and `right` then count from that column's edge."""


def set_lines(page: int, glyphs: Iterable[Glyph]) -> list[SetLine]:
    """Return the lines of a page from head to foot."""
    rows = _rows(glyph for glyph in glyphs if glyph.size > 0)
    return [line for line in (_line(page, row) for row in rows) if line.text]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of each line. Raised and lowered glyphs join the line that they belong to."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.baseline):
        if rows and rows[-1][0].baseline - glyph.baseline <= SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    joined: list[list[Glyph]] = []
    for row in rows:
        if joined and (_belongs(joined[-1], row) or _belongs(row, joined[-1])):
            joined[-1].extend(row)
        else:
            joined.append(row)
    return joined


def _belongs(small: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Return whether a row holds nothing but glyphs that are raised or lowered beside those of another row."""
    size, baseline = _main(row)
    above = small[0].baseline - baseline
    return -LOWERED_BY * size <= above <= RAISED_BY[1] * size and all(g.size <= RAISED_SIZE * size for g in small)


def _main(row: Sequence[Glyph]) -> tuple[float, float]:
    """Return size and baseline of most glyphs of a row, the larger ones where there are as many."""
    sizes = Counter(round(glyph.size, 1) for glyph in row)
    size = max(sizes, key=lambda size: (sizes[size], size))
    return size, statistics.median(glyph.baseline for glyph in row if round(glyph.size, 1) == size)


def _line(page: int, row: Sequence[Glyph]) -> SetLine:
    size, baseline = _main(row)
    glyphs = sorted(row, key=lambda glyph: glyph.left)
    usual = _usual_gap(glyphs)
    printed, raised = JoinedLine(), list[str]()
    for previous, glyph in zip([None, *glyphs], glyphs, strict=False):
        above = glyph.baseline - baseline
        is_raised = glyph.size <= RAISED_SIZE * size and RAISED_BY[0] * size <= above <= RAISED_BY[1] * size
        if previous is not None and not is_raised and _has_space(previous, glyph, usual, size):
            printed.add(" ")
        printed.add(glyph.character.translate(_LOOK_ALIKES), raised=is_raised)
        raised += [glyph.character] if is_raised else []
    ink = [glyph for glyph in glyphs if not glyph.character.isspace()] or glyphs
    left, right = ink[0].left, max(glyph.right for glyph in ink)
    return SetLine(printed.text().strip(), left, right, baseline, size, page, tuple(glyphs), frozenset(raised))


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    gaps = [after.left - before.right for before, after in pairwise(glyphs)]
    return max(0.0, statistics.median(gaps)) if len(gaps) >= _LEAST_GAPS else 0.0


def _has_space(previous: Glyph, glyph: Glyph, usual: float, size: float) -> bool:
    """Return whether a gap is a space that is not set as a character."""
    if previous.character.isspace() or glyph.character.isspace():
        return False
    latin = [_LATIN.match(character) is not None for character in (previous.character, glyph.character)]
    needed = WORD_GAP if all(latin) else MIXED_GAP if any(latin) else HAN_GAP
    if latin[0] and unicodedata.category(glyph.character).startswith("P"):
        needed = HAN_GAP  # programs set no quarter before punctuation
    return glyph.left - previous.right - usual > needed * size
