"""Lines that are rows of tables: cells parted by tabs, or by drawn lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from glossary_api.parsing.lines import lines_of, trimmed

_PARTING = re.compile(r"[\t|｜│┃║]")
_TAB, _DRAWN_BEFORE = re.compile(r"\t"), re.compile(r"\s*[|｜│┃║]")
_LINE_END = re.compile(r"[\r\n]")
DRAWN = re.compile(r"[\s─━═┄┈┌┍┏┐┓└┗┘┛├┝┣┤┫┬┳┴┻┼╋╔╗╚╝╠╣╦╩╬|+=-]*")
"""A line of nothing but the lines that are drawn around cells."""
MOST_CELLS = 20
"""A line with more cells is no row of a glossary."""
LONGEST_GROUP = 20
"""The longest title of a group of rows."""
_MOST_BETWEEN = 3
"""So many lines of one cell may stand between two rows of a table: of several all but the first are short."""

Cell = tuple[int, int]
"""Span of a cell's text without white space around it, in code points; empty where the cell is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GlossaryTable:
    """Lines with tabs, right below each other."""

    lines: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Return where its first line begins."""
        return self.lines[0][0]

    @property
    def end(self) -> int:
        """Return where its last line ends."""
        return self.lines[-1][1]


def tables_in(text: str, start: int) -> Iterator[GlossaryTable]:
    """Yield the tables of `text[start:]`: runs of lines with cells in them, blank and drawn lines passed over.

    A line of one cell stays in its table if rows of one width stand before and behind it, and so do a few short ones.
    """
    lines: list[tuple[int, int]] = []
    while parting := _PARTING.search(text, start):
        at = parting.start()
        begin = max(text.rfind("\n", start, at), text.rfind("\r", start, at), start - 1) + 1
        found = _LINE_END.search(text, at)
        end = found.start() if found else len(text)
        width, start = _width(text, begin, end), end
        between = list(islice(_between(text, lines[-1][1], begin), _MOST_BETWEEN + 1)) if lines else []
        is_short = all(end - start <= LONGEST_GROUP for start, end in between[1:])
        goes_on = not between or (len(between) <= _MOST_BETWEEN and is_short and _width(text, *lines[-1]) == width)
        if lines and (width > MOST_CELLS or not goes_on):
            yield GlossaryTable(tuple(lines))
            lines, between = [], []
        if width <= MOST_CELLS:
            lines += [*between, (begin, end)]
    if lines:
        yield GlossaryTable(tuple(lines))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines between two rows that are neither blank nor drawn."""
    return ((line.start, line.end) for line in lines_of(text, start, end) if not DRAWN.fullmatch(line.text))


def _width(text: str, start: int, end: int) -> int:
    return len(_partings(text, start, end)) + 1


def _partings(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the cells of a line are parted: by tabs, if it has some and no line is drawn before its first."""
    tabbed = text.find("\t", start, end) >= 0 and not _DRAWN_BEFORE.match(text, start, end)
    return [found.span() for found in (_TAB if tabbed else _PARTING).finditer(text, start, end)]


def row_of(text: str, start: int, end: int) -> Row:
    """Return the row that a line is."""
    partings = _partings(text, start, end)
    begins, ends = [start, *(behind for _, behind in partings)], [*(before for before, _ in partings), end]
    lines = [trimmed(text, a, b) for a, b in zip(begins, ends, strict=True)]
    cells = [(line.start, line.end) if line else (a, a) for line, a in zip(lines, begins, strict=True)]
    return Row(tuple(cells), start, end)


def cell_of(text: str, start: int, end: int) -> Cell:
    """Return what stands in a stretch without the white space around it."""
    line = trimmed(text, start, end)
    return (line.start, line.end) if line else (start, start)


def squeezed(plain: str, cell: Cell) -> str:
    """Return the text of a cell without white space."""
    return "".join(plain[slice(*cell)].split())
