"""The reading order of a page: whole lines, columns beside each other, notes in the margin, tables.

Where characters leave a strip of white from head to foot, the strip parts columns of text if both sides are filled and
about as wide, a note in the margin if one side is smaller, else columns of a table without rules.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from glossary_api.reading.pages.grids import Grid, Rule, grids, levels_of
from glossary_api.reading.pages.layout import Glyph, SetLine, set_lines
from glossary_api.reading.pages.paragraphs import NOTE_SIZE, SENTENCE_END, main_size

GUTTER = 0.8
"""The least width, in em, of the white between columns."""

LEAST_LINES = 5
"""The fewest lines of a column of text, where no other page has columns at the same place."""

LEAST_WIDTH = 7.0
"""The least width, in em, of a column of text."""

WIDE = 2 * LEAST_WIDTH
"""From which width, in em, on columns of many lines are text even if most of their lines are short."""

FULL_SHARE = 0.5
"""The least share of the lines of a column of text that reach its end."""

EQUAL = 0.7
"""How wide the narrowest of several columns of text is at least, as a share of the widest."""

SAME = 0.95
"""How wide the narrowest of columns is at least that count as one width, as a share of the widest."""

LEAST_FULL = 3
"""The fewest lines of a column of text that reach its end."""

LEAST_ROWS = 3
"""The fewest rows of a table without rules."""

BESIDE = 0.6
"""How much of the lower of two columns stands beside the other at least."""

ROW_GAP = 1.15
"""From how many times the usual distance of lines a distance parts rows."""

_MARKER = re.compile(r"[①-⑳㉑-㉟㊱-㊿●•·■◆—\-*]|[［\[〔【(（]?\s*[\d一二三四五六七八九十]{1,3}\s*[］\]〕】)）.．、]*")

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table: the lines of each cell of each row."""

    rows: list[list[list[SetLine]]]


@dataclass(frozen=True, slots=True)
class Aside:
    """A note in the margin of a page."""

    lines: list[SetLine]


Area = list[SetLine] | SetTable | Aside
"""Lines of one column or of the whole width, a table, or a note in the margin."""


def reading_order(pages: Sequence[Sequence[SetLine]], rules: Sequence[Sequence[Rule]], size: float) -> list[list[Area]]:
    """Return the areas of each page in the order in which they are read. `size` is that of the text."""
    known = _Known(size)
    for page, drawn in zip(pages, rules, strict=True):
        known.levels = levels_of(drawn)
        deque(_free_areas(page, known), maxlen=0)
    known.is_complete = True
    areas: list[list[Area]] = []
    tables: list[Grid] = []
    for page, drawn in zip(pages, rules, strict=True):
        known.levels = levels_of(drawn)
        tables = grids(drawn, tables[-1] if tables else None)
        areas.append(list(_areas(page, tables, known)))
    return areas


class _Known:
    """The columns of the pages of a document: a few lines are known as columns by standing at the same place."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.is_complete = False
        self.levels: list[float] = []
        """The heights of the level lines of the page that is read: they part rows."""
        self._columns: set[int] = set()
        self._tables: set[tuple[int, ...]] = set()

    def note(self, region: _Region, *, table: bool) -> None:
        """Keep the places of a region that is sure to be columns or a table."""
        if table:
            self._tables.add(region.starts(self.size))
        else:
            self._columns.update(region.starts(self.size))

    def has_columns(self, region: _Region) -> bool:
        """Return whether columns of text are known at the places of a region."""
        return all(_is_near(start, self._columns) for start in region.starts(self.size))

    def has_table(self, region: _Region) -> bool:
        """Return whether a table with columns at the places of a region is known."""
        starts = region.starts(self.size)
        same = (table for table in self._tables if len(table) == len(starts))
        return any(all(abs(a - b) < 2 for a, b in zip(starts, table, strict=True)) for table in same)


def _is_near(place: int, places: set[int]) -> bool:
    return not places.isdisjoint(range(place - 1, place + 2))


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines of a page that strips of white part into columns."""

    lines: Sequence[SetLine]
    gutters: tuple[Interval, ...]
    filled: int
    """How many of the lines stand on both sides of the white."""

    def starts(self, size: float) -> tuple[int, ...]:
        """Return where the columns but the first begin, in em."""
        return tuple(round(right / size) for _, right in self.gutters)

    @property
    def columns(self) -> list[list[SetLine]]:
        """Return the lines of each column, from left to right."""
        parts: list[list[Glyph]] = [[] for _ in range(len(self.gutters) + 1)]
        for glyph in chain.from_iterable(line.glyphs for line in self.lines):
            parts[sum(sum(gutter) / 2 < (glyph.left + glyph.right) / 2 for gutter in self.gutters)].append(glyph)
        return [set_lines(self.lines[0].page, part) for part in parts]


def _areas(page: Sequence[SetLine], tables: Sequence[Grid], known: _Known) -> Iterator[Area]:
    free = list(page)
    for grid in tables:
        inside = [line for line in free if any(grid.holds(glyph) for glyph in line.glyphs)]
        if not inside:
            continue
        first = free.index(inside[0])
        yield from _free_areas(free[:first], known)
        free = [line for line in free[first:] if line not in inside]
        number = page[0].page
        rows = grid.cells(glyph for line in inside for glyph in line.glyphs if grid.holds(glyph))
        beside = [glyph for line in inside for glyph in line.glyphs if not grid.holds(glyph)]
        yield SetTable([[set_lines(number, cell) for cell in row] for row in rows])
        yield set_lines(number, beside)
    yield from _free_areas(free, known)


def _free_areas(lines: Sequence[SetLine], known: _Known) -> Iterator[Area]:
    """Yield the areas of lines that stand in no ruled table."""
    if staggered := _staggered(lines, known.size):
        first, last, columns = staggered
        yield from _free_areas(lines[:first], known)
        yield from map(_shifted, columns)
        yield from _free_areas(lines[last:], known)
        return
    behind = begin = 0
    while begin < len(lines):
        region = _region_at(lines, begin, known.size)
        first = _first_of(region, lines, behind, begin) if region else begin
        region = replace(region, lines=[*lines[first:begin], *region.lines]) if region else None
        found = _parted(region, known) if region else []
        if region and found:
            yield list(lines[behind:first])
            yield from found
            behind = begin = first + len(region.lines)
        else:
            begin += 1
    yield list(lines[behind:])


def _first_of(region: _Region, lines: Sequence[SetLine], behind: int, begin: int) -> int:
    """Return where columns begin: the first lines of a column on the right may stand above those of the left."""
    left, right = region.gutters[0]
    at = first = begin
    while at > behind and (lines[at - 1].left >= right or lines[at - 1].right <= left):
        at -= 1
        first = at if lines[at].left >= right else first
    return first


def _staggered(lines: Sequence[SetLine], size: float) -> tuple[int, int, list[list[SetLine]]] | None:
    """Return two columns of text whose lines stand at different heights, and the range of the lines that they have.

    No line stands on both sides of the white, so that lines of the two come in turn, from the top to the foot.
    """
    if not lines:
        return None
    edge = min(line.left for line in lines)
    starts = Counter(round(line.left / size) for line in lines if line.left > edge + LEAST_WIDTH * size)
    for start, count in starts.most_common(1):
        gutter = ((start - 0.6 - GUTTER) * size, (start - 0.6) * size)
        begin, end = _run_beside(lines, gutter)
        region = _Region(lines[begin:end], (gutter,), 0)
        both = sum(_has_both_sides(line, region.gutters) for line in region.lines)
        columns = region.columns if count >= LEAST_LINES else [[]]
        if both < LEAST_ROWS and all(columns) and _are_columns(columns, size) and _overlap(columns) >= BESIDE:
            return begin, end, columns
    return None


def _run_beside(lines: Sequence[SetLine], gutter: Interval) -> tuple[int, int]:
    """Return the longest run of lines of which no sign stands in the white, without what stands above the columns."""
    crossing = [
        i for i, line in enumerate(lines) if any(g.right > gutter[0] and g.left < gutter[1] for g in line.glyphs)
    ]
    bounds = pairwise([-1, *crossing, len(lines)])
    before, behind = max(bounds, key=lambda bound: bound[1] - bound[0])
    return before + 1, behind


def _overlap(columns: Sequence[Sequence[SetLine]]) -> float:
    """Return how much of the lower of two columns stands beside the other, as a share of its height."""
    spans = [(column[-1].baseline, column[0].baseline) for column in columns]
    common = min(top for _, top in spans) - max(foot for foot, _ in spans)
    return common / max(1.0, min(top - foot for foot, top in spans))


def _parted(region: _Region, known: _Known) -> list[Area]:
    """Return the areas that a region falls into; none if its white does not part anything."""
    columns = region.columns
    is_enough = region.filled >= LEAST_ROWS or _rows_apart(region, known.levels) >= LEAST_ROWS
    if (known.is_complete and known.has_columns(region)) or (is_enough and _are_columns(columns, known.size)):
        known.note(region, table=False)
        return [_shifted(column) for column in columns]
    if is_enough and len(columns) == 2 and (main := _beside_a_note(columns)) is not None:
        return [columns[main], Aside(columns[1 - main])]
    if (is_enough or (known.is_complete and known.has_table(region))) and (rows := _rows(region, known.levels)):
        if is_enough:
            known.note(region, table=True)
        return [SetTable(rows)]
    return []


def _are_columns(columns: Sequence[Sequence[SetLine]], size: float) -> bool:
    """Return whether columns are set in running text: about as wide, and most lines reach the end."""
    widths = [max(line.right for line in column) - min(line.left for line in column) for column in columns]
    if min(widths) < max(LEAST_WIDTH * size, EQUAL * max(widths)):
        return False
    full = [sum(line.right > max(one.right for one in column) - 2 * size for line in column) for column in columns]
    lines = [len(column) for column in columns]
    if min(lines) < LEAST_LINES:
        return False
    if all(number >= FULL_SHARE * count for number, count in zip(full, lines, strict=True)):
        return True
    # Of columns of just one width that are full together one may have short lines: headings, the end of the text.
    # No table has two long columns of just one width that are as wide as these.
    alike = min(widths) >= SAME * max(widths) and min(full) >= LEAST_FULL
    is_wide = min(widths) >= WIDE * size and min(lines) >= 2 * LEAST_LINES
    return alike and (is_wide or sum(full) >= FULL_SHARE * sum(lines))


def _beside_a_note(columns: Sequence[Sequence[SetLine]]) -> int | None:
    """Return which of two columns is the text, if the other one is a note in the margin: narrower and smaller."""
    sizes = [main_size(column) for column in columns]
    widths = [max(line.right for line in column) - min(line.left for line in column) for column in columns]
    main = widths.index(max(widths))
    return main if sizes[1 - main] <= NOTE_SIZE * sizes[main] and widths[1 - main] < widths[main] / 2 else None


def _shifted(column: Sequence[SetLine]) -> list[SetLine]:
    """Return the lines of a column as if it stood at the edge, so that all columns have one margin."""
    left = min(line.left for line in column)
    return [replace(line, left=line.left - left, right=line.right - left, in_column=True) for line in column]


def _region_at(lines: Sequence[SetLine], begin: int, size: float) -> _Region | None:
    """Return the lines from one on through which a strip of white goes, with text on both sides of it in the first."""
    gutters = _white(lines[begin], size, inner=True)
    filled, end = 1, begin + 1
    while gutters and end < len(lines) and (left := _common(gutters, _white(lines[end], size), size)):
        if filled >= LEAST_ROWS and len(left) < len(gutters):
            break  # what stands below is no part of the table
        filled += _has_both_sides(lines[end], gutters)
        gutters, end = left, end + 1
    return _Region(lines[begin:end], tuple(gutters), filled) if gutters else None


def _white(line: SetLine, size: float, inner: bool = False) -> list[Interval]:
    """Return the strips of white of a line, those before and behind it included if not only the `inner` ones."""
    found, right = [], -float("inf")
    for glyph in sorted((glyph for glyph in line.glyphs if not glyph.character.isspace()), key=lambda one: one.left):
        if glyph.left - right >= GUTTER * size and not (inner and right == -float("inf")):
            found.append((right, glyph.left))
        right = max(right, glyph.right)
    return found if inner else [*found, (right, float("inf"))]


def _common(some: Sequence[Interval], others: Sequence[Interval], size: float) -> list[Interval]:
    """Return the strips that are white in both."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return [(left, right) for left, right in both if right - left >= GUTTER * size]


def _has_both_sides(line: SetLine, gutters: Sequence[Interval]) -> bool:
    return any(line.glyphs[0].left < left and line.glyphs[-1].left >= right for left, right in gutters)


def _rows(region: _Region, levels: Sequence[float]) -> list[list[list[SetLine]]]:
    """Return the cells of a table without rules; none if it is none.

    A row begins where other columns than the one that explains are filled, behind a gap, or a line, if rows are parted.
    """
    cells = [_cells(line, region.gutters) for line in region.lines]
    first = ["".join(glyph.character for glyph in row[0]).strip() for row in cells if row[0]]
    if len(region.gutters) == 1 and all(map(_MARKER.fullmatch, first)):
        return []  # a list whose markers stand apart
    widest = max(range(len(cells[0])), key=lambda column: sum(len(row[column]) for row in cells))
    grouped: list[list[list[Glyph]]] = []
    for is_first, row in zip(_row_begins(region.lines, cells, widest, levels), cells, strict=True):
        if is_first or not grouped:
            grouped.append([list(cell) for cell in row])
        else:
            for whole, part in zip(grouped[-1], row, strict=True):
                whole.extend(part)
    return [[set_lines(region.lines[0].page, cell) for cell in row] for row in grouped]


def _cells(line: SetLine, gutters: Sequence[Interval]) -> list[list[Glyph]]:
    cells: list[list[Glyph]] = [[] for _ in range(len(gutters) + 1)]
    for glyph in line.glyphs:
        cells[sum(sum(gutter) / 2 < (glyph.left + glyph.right) / 2 for gutter in gutters)].append(glyph)
    return cells


def _row_begins(
    lines: Sequence[SetLine], cells: Sequence[Sequence[Sequence[Glyph]]], widest: int, levels: Sequence[float]
) -> list[bool]:
    """Return for each line whether a row begins with it: behind a gap if rows stand apart, else by what is filled."""
    gaps = _gaps(lines, levels)
    if centred := _centred(lines, cells, widest):
        return centred
    named = [any(cell for column, cell in enumerate(row) if column != widest) for row in cells]
    groups = [i for i, gap in enumerate(gaps) if gap]
    spans = list(zip(groups, [*groups[1:], len(lines)], strict=True))
    numbered = _numbered(cells)
    firsts = numbered or [
        yes and not _runs_on(cells, i, widest) and not (_is_wrapped(cells, i, widest) and not gaps[i])
        for i, yes in enumerate(named)
    ]
    if all(sum(firsts[begin:end]) < 2 for begin, end in spans):
        rows = {begin for begin, end in spans if any(named[begin:end])}
        firsts = [i in rows for i in range(len(lines))]
    if len(lines) > 1 and not named[1] and not _runs_on(cells, 1, widest):
        firsts[1] = True  # below a header that is printed again the last row of the page before goes on
    return firsts


def _centred(lines: Sequence[SetLine], cells: Sequence[Sequence[Sequence[Glyph]]], widest: int) -> list[bool]:
    """Return for each line whether a row begins with it, if every name stands at the middle of the height of its row.

    Nothing unless several stand on lines of their own, between two lines of what explains them.
    """
    names = [i for i, row in enumerate(cells) if any(cell for at, cell in enumerate(row) if at != widest)]
    said = [i for i, row in enumerate(cells) if row[widest]]
    if sum(not cells[i][widest] for i in names) < LEAST_ROWS - 1:
        return []
    begins, at = [False] * len(lines), 0
    for name in names:
        if at == len(said):
            return []
        first, middle = lines[said[at]].baseline, lines[name].baseline
        foot = min(range(at, len(said)), key=lambda i: abs(first + lines[said[i]].baseline - 2 * middle))
        if abs(first + lines[said[foot]].baseline - 2 * middle) > lines[name].size / 2:
            return []
        begins[min(said[at], name)], at = True, foot + 1
    return begins if at == len(said) else []


def _gaps(lines: Sequence[SetLine], levels: Sequence[float]) -> list[bool]:
    """Return for each line whether a gap or a line parts it from the one above."""
    distances = [above.baseline - below.baseline for above, below in pairwise(lines)]
    least = 0.9 * max((line.size for line in lines), default=0.0)
    # A name at the middle of its row stands between two lines of the other column.
    over_one = (one + other for one, other in pairwise(distances) if min(one, other) <= least)
    usual = min((distance for distance in (*distances, *over_one) if distance > least), default=0.0)
    ruled = [any(below.baseline < level < above.baseline for level in levels) for above, below in pairwise(lines)]
    return [True, *(line or distance > ROW_GAP * usual for line, distance in zip(ruled, distances, strict=True))]


def _rows_apart(region: _Region, levels: Sequence[float]) -> int:
    """Return how many rows that stand apart have text in every column, be it on lines of its own, as names have that
    stand at the middle of the height of what explains them.
    """
    begins = [i for i, gap in enumerate(_gaps(region.lines, levels)) if gap]
    cells = [_cells(line, region.gutters) for line in region.lines]
    rows = ([*zip(*cells[begin:end], strict=True)] for begin, end in pairwise([*begins, len(cells)]))
    return sum(all(any(column) for column in row) for row in rows)


def _numbered(cells: Sequence[Sequence[Sequence[Glyph]]]) -> list[bool]:
    """Return for each line whether it has a number in the first column; nothing if that is no column of numbers."""
    first = ["".join(glyph.character for glyph in row[0]).strip() for row in cells]
    numbers = [bool(text) and _MARKER.fullmatch(text) is not None for text in first]
    are_all = sum(numbers) >= LEAST_ROWS - 1 and sum(map(bool, first)) - sum(numbers) <= 1
    return [place == 0 or number for place, number in enumerate(numbers)] if are_all else []


def _is_wrapped(cells: Sequence[Sequence[Sequence[Glyph]]], place: int, widest: int) -> bool:
    """Return whether a line only goes on with names that fill their columns in the line above it."""
    filled = [column for column, cell in enumerate(cells[place]) if cell]
    if not place or widest in filled:
        return False
    for column in filled:
        right = max(glyph.right for row in cells for glyph in row[column])
        if not cells[place - 1][column] or cells[place - 1][column][-1].right < right - cells[place][column][0].size:
            return False
    return bool(filled)


def _runs_on(cells: Sequence[Sequence[Sequence[Glyph]]], place: int, widest: int) -> bool:
    """Return whether the text above a line in the column that explains goes to its end and ends no sentence."""
    above = cells[place - 1][widest] if place else ()
    if not above:
        return False
    right = max(glyph.right for row in cells for glyph in row[widest])
    return above[-1].right > right - 2 * above[-1].size and above[-1].character not in SENTENCE_END
