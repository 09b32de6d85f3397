"""Tables that are ruled: from the lines drawn on a page to cells, merged ones included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from glossary_api.reading.joining import DITTO, LEAST_EXPLANATION
from glossary_api.reading.pages.layout import Glyph

Rule = tuple[float, float, float, float]
"""A level or upright line, as left, foot, right, head."""

TOUCH = 3.0
"""How far apart, in points, lines may end that are meant to meet."""

MOST_RULES = 600
"""The most lines of a page with a table; a page with more is a drawing."""

_SHOULDER = 0.3  # in em: how far above its baseline the middle of a character is


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its upright lines from left to right, its level ones from head to foot, and the rules."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Return whether a glyph stands in the table."""
        x, y = _middle(glyph)
        return self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]

    def goes_on(self, before: Grid | None) -> bool:
        """Return whether the table has the columns of another one."""
        return (
            before is not None
            and len(before.xs) == len(self.xs)
            and all(abs(one - other) <= TOUCH for one, other in zip(before.xs, self.xs, strict=True))
        )

    def cells(self, glyphs: Iterable[Glyph]) -> list[list[list[Glyph]]]:
        """Return the glyphs of each cell of each row; of a merged cell its first place has all of them."""
        cells: list[list[list[Glyph]]] = [[[] for _ in self.xs[1:]] for _ in self.ys[1:]]
        origins: dict[tuple[int, int], tuple[int, int]] = {}
        depths = [-y for y in self.ys]
        for glyph in glyphs:
            x, y = _middle(glyph)
            place = bisect_right(depths, -y) - 1, bisect_right(self.xs, x) - 1
            if place not in origins:
                origins[place] = self._origin(*place)
            row, column = origins[place]
            cells[row][column].append(glyph)
        for row, column in list(self._merged_down(cells)):
            beside = max(cells[row], key=len)[0]
            cells[row][column].append(replace(beside, character=DITTO))
        filled = [any(row[column] for row in cells) for column in range(len(self.xs) - 1)]
        return [[cell for cell, kept in zip(row, filled, strict=True) if kept] for row in cells if any(row)]

    def _merged_down(self, cells: Sequence[Sequence[Sequence[Glyph]]]) -> Iterator[tuple[int, int]]:
        """Yield the places into which an explanation is merged from the row above: it is longer than what is beside."""
        for row, own in enumerate(cells):
            beside = max(map(len, own))
            for column in range(len(own)) if row and beside else ():
                first = self._origin(row, column) if not own[column] else (row, column)
                if (
                    first[1] == column
                    and first[0] < row
                    and len(cells[first[0]][column]) > max(beside, LEAST_EXPLANATION)
                ):
                    yield row, column

    def _origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the first place of the cell that a place belongs to: no line parts them."""
        while column and not self._is_ruled(self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2, upright=True):
            column -= 1
        while row and not self._is_ruled((self.xs[column] + self.xs[column + 1]) / 2, self.ys[row], upright=False):
            row -= 1
        return row, column

    def _is_ruled(self, x: float, y: float, *, upright: bool) -> bool:
        return any(
            left - TOUCH <= x <= right + TOUCH and foot - TOUCH <= y <= head + TOUCH
            for left, foot, right, head in self.rules
            if _is_upright((left, foot, right, head)) == upright
        )


def grids(rules: Sequence[Rule], before: Grid | None = None) -> list[Grid]:
    """Return the ruled tables of a page from head to foot: lines that meet in two columns and two rows at least.

    A single row counts if it has the columns of the table `before` it, on the page before.
    """
    found = []
    for group in _groups(_whole(rules)):
        uprights, levels = ([rule for rule in group if _is_upright(rule) == upright] for upright in (True, False))
        if uprights and levels:
            ends = [x for rule in levels for x in (rule[0], rule[2])]
            xs = _apart([*(rule[0] for rule in uprights), min(ends), max(ends)])
            feet = [y for rule in uprights for y in (rule[1], rule[3])]
            ys = _apart([*(rule[1] for rule in levels), min(feet), max(feet)])
            found.append(Grid(tuple(xs), tuple(reversed(ys)), tuple(group)))
    whole = [grid for grid in found if len(grid.xs) > 2 and (len(grid.ys) > 2 or grid.goes_on(before))]
    return sorted(whole, key=lambda grid: -grid.ys[0])


def levels_of(rules: Sequence[Rule]) -> list[float]:
    """Return the heights of the level lines of a page, none if it has more than a table."""
    return _apart(rule[1] for rule in rules if not _is_upright(rule)) if len(rules) <= MOST_RULES else []


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules with those made one that go on where another ends; none if still more are left than a table has."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (_is_upright(rule), round(rule[0 if _is_upright(rule) else 1]), *rule)):
        last = whole[-1] if whole else None
        if last and _is_upright(last) == _is_upright(rule) and _meet(last, rule):
            whole[-1] = min(last[0], rule[0]), min(last[1], rule[1]), max(last[2], rule[2]), max(last[3], rule[3])
        else:
            whole.append(rule)
    return whole if len(whole) <= MOST_RULES else []


def _groups(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Return the rules that meet each other, directly or by others, a group each."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if group not in met] + [[rule, *(one for group in met for one in group)]]
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one[0] <= other[2] + TOUCH
        and other[0] <= one[2] + TOUCH
        and one[1] <= other[3] + TOUCH
        and other[1] <= one[3] + TOUCH
    )


def _apart(values: Iterable[float]) -> list[float]:
    """Return values in order, without those that are as good as the one before."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > TOUCH:
            kept.append(value)
    return kept


def _is_upright(rule: Rule) -> bool:
    return rule[3] - rule[1] > rule[2] - rule[0]


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.baseline + _SHOULDER * glyph.size
