"""The reading order of a page: whole lines, columns beside each other, notes in the margin, tables.

Where characters leave a strip of white from head to foot, the strip parts columns of text if both sides are filled and
about as wide, a note in the margin if one side is smaller, else columns of a table without rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from glossary_api.reading.pages.grids import Grid, Rule, grids
from glossary_api.reading.pages.layout import Glyph, SetLine, set_lines
from glossary_api.reading.pages.paragraphs import NOTE_SIZE, main_size

GUTTER = 0.8
"""The least width, in em, of the white between columns."""

LEAST_LINES = 5
"""The fewest lines of a column of text, where no other page has columns at the same place."""

LEAST_WIDTH = 7.0
"""The least width, in em, of a column of text."""

FULL_SHARE = 0.5
"""The least share of the lines of a column of text that reach its end."""

EQUAL = 0.7
"""How wide the narrowest of several columns of text is at least, as a share of the widest."""

LEAST_ROWS = 3
"""The fewest rows of a table without rules."""

ROW_GAP = 1.15
"""From how many times the usual distance of lines a distance parts rows."""

_MARKER = re.compile(r"[①-⑳㉑-㉟㊱-㊿●•·■◆—\-*]|[［\[〔【(（]?\s*[\d一二三四五六七八九十]{1,3}\s*[］\]〕】)）.．、]*")

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the lines of each cell of each row."""

    rows: list[list[list[SetLine]]]


@dataclass(frozen=True, slots=True)
class Aside:
    """A note in the margin of a page."""

    lines: list[SetLine]


Area = list[SetLine] | Table | Aside
"""Lines of one column or of the whole width, a table, or a note in the margin."""


def reading_order(pages: Sequence[Sequence[SetLine]], rules: Sequence[Sequence[Rule]], size: float) -> list[list[Area]]:
    """Return the areas of each page in the order in which they are read. `size` is that of the text."""
    known: set[int] = set()  # where the second of sure columns begins, in em
    for page in pages:
        for region in _regions(page, size):
            if _are_columns(region.columns, size, LEAST_LINES):
                known.add(round(region.gutters[0][1] / size))
    return [list(_areas(page, grids(drawn), size, known)) for page, drawn in zip(pages, rules, strict=True)]


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines of a page that strips of white part into columns."""

    lines: Sequence[SetLine]
    begin: int
    """Index of its first line on the page."""
    gutters: tuple[Interval, ...]

    @property
    def columns(self) -> list[list[SetLine]]:
        """Return the lines of each column, from left to right."""
        parts: list[list[Glyph]] = [[] for _ in range(len(self.gutters) + 1)]
        for glyph in chain.from_iterable(line.glyphs for line in self.lines):
            parts[sum(sum(gutter) / 2 < (glyph.left + glyph.right) / 2 for gutter in self.gutters)].append(glyph)
        return [set_lines(self.lines[0].page, part) for part in parts]


def _areas(page: Sequence[SetLine], tables: Sequence[Grid], size: float, known: set[int]) -> Iterator[Area]:
    free = list(page)
    for grid in tables:
        inside = [line for line in free if any(grid.holds(glyph) for glyph in line.glyphs)]
        if not inside:
            continue
        first = free.index(inside[0])
        yield from _free_areas(free[:first], size, known)
        free = [line for line in free[first:] if line not in inside]
        number = page[0].page
        rows = grid.cells(glyph for line in inside for glyph in line.glyphs if grid.holds(glyph))
        beside = [glyph for line in inside for glyph in line.glyphs if not grid.holds(glyph)]
        yield Table([[set_lines(number, cell) for cell in row] for row in rows])
        yield set_lines(number, beside)
    yield from _free_areas(free, size, known)


def _free_areas(lines: Sequence[SetLine], size: float, known: set[int]) -> Iterator[Area]:
    """Yield the areas of lines that stand in no ruled table."""
    behind = 0
    for region in _regions(lines, size):
        found = list(_parted(region, size, known))
        if found:
            yield list(lines[behind : region.begin])
            yield from found
            behind = region.begin + len(region.lines)
    yield list(lines[behind:])


def _parted(region: _Region, size: float, known: set[int]) -> Iterator[Area]:
    columns = region.columns
    second = round(region.gutters[0][1] / size)
    least = LEAST_LINES if known.isdisjoint(range(second - 1, second + 2)) else 1
    if _are_columns(columns, size, least):
        yield from (_shifted(column) for column in columns)
    elif len(columns) == 2 and (main := _beside_a_note(columns)) is not None:
        yield columns[main]
        yield Aside(columns[1 - main])
    elif rows := _rows(region):
        yield Table(rows)


def _are_columns(columns: Sequence[Sequence[SetLine]], size: float, least: int) -> bool:
    """Return whether columns are set in running text: about as wide, and most lines reach the end."""
    widths = [max(line.right for line in column) - min(line.left for line in column) for column in columns]
    if min(widths) < max(LEAST_WIDTH * size, EQUAL * max(widths)):
        return least == 1 and min(widths) >= LEAST_WIDTH * size
    return all(
        len(column) >= least
        and sum(line.right > max(one.right for one in column) - 2 * size for line in column) >= FULL_SHARE * len(column)
        for column in columns
    )


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


def _regions(lines: Sequence[SetLine], size: float) -> Iterator[_Region]:
    """Yield the runs of lines through which a strip of white goes, with text on both sides."""
    begin = 0
    while begin < len(lines):
        gutters = _white(lines[begin], size, inner=True)
        end = begin + 1
        filled = 1
        while gutters and end < len(lines) and (left := _common(gutters, _white(lines[end], size), size)):
            if filled >= LEAST_ROWS and len(left) < len(gutters):
                break  # what stands below is no part of the table
            filled += _has_both_sides(lines[end], gutters)
            gutters, end = left, end + 1
        if gutters and filled >= LEAST_ROWS:
            yield _Region(lines[begin:end], begin, tuple(gutters))
            begin = end
        else:
            begin += 1


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


def _rows(region: _Region) -> list[list[list[SetLine]]]:
    """Return the cells of a table without rules; none if it is none.

    A row begins where other columns than the one that explains are filled, behind a gap if rows stand apart.
    """
    cells = [_cells(line, region.gutters) for line in region.lines]
    if sum(sum(map(bool, row)) > 1 for row in cells) < LEAST_ROWS:
        return []
    first = ["".join(glyph.character for glyph in row[0]).strip() for row in cells if row[0]]
    if len(region.gutters) == 1 and all(map(_MARKER.fullmatch, first)):
        return []  # a list whose markers stand apart
    widest = max(range(len(cells[0])), key=lambda column: sum(len(row[column]) for row in cells))
    grouped: list[list[list[Glyph]]] = []
    for is_first, row in zip(_row_begins(region.lines, cells, widest), cells, strict=True):
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


def _row_begins(lines: Sequence[SetLine], cells: Sequence[Sequence[Sequence[Glyph]]], widest: int) -> list[bool]:
    """Return for each line whether a row begins with it."""
    distances = [above.baseline - below.baseline for above, below in pairwise(lines)]
    usual = min((d for d, line in zip(distances, lines, strict=False) if d > 0.9 * line.size), default=0.0)
    gaps = [True, *(distance > ROW_GAP * usual for distance in distances)]
    named = [any(cell for column, cell in enumerate(row) if column != widest) for row in cells]
    if 2 * sum(map(all, zip(gaps, named, strict=True))) < sum(named):
        return named
    begins = [i for i, gap in enumerate(gaps) if gap]
    rows = {i for i, end in zip(begins, [*begins[1:], len(lines)], strict=True) if any(named[i:end])}
    return [i in rows for i in range(len(lines))]
