"""Find room between the lines of reports, by which their paragraphs are numbered, for the lines of further ones.

Reports that are later than all others come before them, where there is room without end. Where one comes between two
others and finds none, its neighbours move apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from glossary_api.model.things import Report
from glossary_api.store.passages import STRIDE, day_of, lines_of
from glossary_api.store.spaced_ranks import NoRoom

_FIRST, _LAST = 1, 1 << 61


@dataclass(slots=True)
class _Block:
    """The lines of a report, which are to stand in the order of their keys."""

    key: tuple[int, int]
    report: str
    first: int | None
    """The number of its first line; None if it is not known yet."""
    lines: int = 0
    """How many there are; 0 if that is not known yet."""


def place_blocks(
    run: Callable[..., Any], new: Iterable[tuple[Report, int]], ranks: Mapping[str, int]
) -> dict[str, int]:
    """Return the rank of a passage on the first line of each new report, given how many lines it has, and of reports
    that have to move for them, by id.

    `run` asks the edition that they are not in yet; `ranks` are those of reports. Raises NoRoom if there is none.
    """
    rows = run("SELECT rank, id, first_line, date, year FROM reports").fetchall()
    blocks = [_Block((-_day(date, year), rank), report, first) for rank, report, first, date, year in rows]
    blocks += [_Block((-day_of(report), ranks[report.id]), report.id, None, lines) for report, lines in new]
    blocks.sort(key=lambda block: block.key)
    found: dict[str, int] = {}
    at = 0
    while at < len(blocks):
        if blocks[at].first is None:
            found |= _Window(blocks, at, run).placed()
        at += 1
    return found


class _Window:
    """Reports one behind the other of which at least one is new, and the room that they have."""

    def __init__(self, blocks: list[_Block], at: int, run: Callable[..., Any]) -> None:
        self._blocks, self._run = blocks, run
        self._begin, self._end = at, at + 1
        while self._end < len(blocks) and blocks[self._end].first is None:
            self._end += 1

    def placed(self) -> dict[str, int]:
        """Return where each begins."""
        while (room := self._high() - self._low() - self._needed()) < 0:
            if self._begin == 0 and self._end == len(self._blocks):
                raise NoRoom
            self._begin, self._end = max(0, self._begin - 1), min(len(self._blocks), self._end + 1)
            while self._end < len(self._blocks) and self._blocks[self._end].first is None:
                self._end += 1
        inside = self._blocks[self._begin : self._end]
        gap, at = room // (len(inside) + 1), self._low()
        for block in inside:
            block.first = at + gap
            at += gap + self._lines(block)
        return {block.report: block.first or 0 for block in inside}

    def _needed(self) -> int:
        return sum(map(self._lines, self._blocks[self._begin : self._end]))

    def _low(self) -> int:
        if self._begin:
            before = self._blocks[self._begin - 1]
            return (before.first or 0) + self._lines(before)
        return max(_FIRST, self._high() - self._needed() * STRIDE)

    def _high(self) -> int:
        if self._end < len(self._blocks):
            return self._blocks[self._end].first or 0
        before = self._blocks[self._begin - 1] if self._begin else None
        low = (before.first or 0) + self._lines(before) if before else _FIRST
        return min(_LAST, low + self._needed() * STRIDE)

    def _lines(self, block: _Block) -> int:
        if not block.lines:
            (text,) = self._run("SELECT unpacked(text) FROM reports WHERE id = ?", (block.report,)).fetchone()
            block.lines = lines_of(text)
        return block.lines


def _day(date: str | None, year: int | None) -> int:
    """Return what `day_of` returns for a report with these."""
    return int(date.replace("-", "")) if date else (year or 0) * 10000
