"""Tables that are drawn with signs in plain text, whose cells go on from line to line.

A row is what stands between two drawn lines, or, where none part the rows, up to the next line with something in its
first cell. Only tables with such cells are set anew, a row a line and tabs between the cells; others can be read as
they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_RULE = re.compile(r"\s*[+|│┃║├┝┞┟┠┡┢┣╞╟╠┌┍┎┏╔└┕┖┗╚]?[-─━═=+┼╋╬┬┳╦┴┻╩┿╂\s|│]{4,}[+|│┃║┤┥┫╡╢╣┐┓╗┘┛╝]?\s*")
_BARS = re.compile(r"[|│┃║｜]")
_ROW = re.compile(rf"\s*{_BARS.pattern}.*{_BARS.pattern}\s*")
_LEAST_ROWS, _LEAST_CELLS = 2, 2

Cells = list[str]


def undrawn(text: str) -> str:
    """Return a text with the drawn tables set anew that have cells of several lines."""
    if not _BARS.search(text):
        return text
    lines = text.splitlines()
    made: list[str] = []
    for drawn, run in groupby(lines, key=lambda line: bool(_RULE.fullmatch(line) or _ROW.fullmatch(line))):
        block = list(run)
        made += (_set_anew(block) if drawn else None) or block
    return "\n".join(made) if made != lines else text


def _set_anew(block: Sequence[str]) -> list[str] | None:
    """Return the rows of a table with tabs between the cells; None if it has no cells of several lines."""
    rows = list(_rows(block))
    cells = [line for row in rows for line in row]
    widths = {len(line) for line in cells}
    if len(rows) < _LEAST_ROWS or len(widths) != 1 or widths.pop() < _LEAST_CELLS or len(cells) == len(rows):
        return None
    return ["\t".join("".join(parts) for parts in zip(*row, strict=True)) for row in rows]


def _rows(block: Sequence[str]) -> Iterator[list[Cells]]:
    """Yield the lines of each row, each as its cells."""
    parts = [[_cells(line) for line in run] for rule, run in groupby(block, key=_is_rule) if not rule]
    if len(parts) > _LEAST_ROWS:  # a line is drawn between any two rows, not only below the header
        yield from parts
        return
    for part in parts:
        row: list[Cells] = []
        for line in part:
            if row and line[0]:
                yield row
                row = []
            row.append(line)
        yield row


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None


def _cells(line: str) -> Cells:
    return [cell.strip() for cell in _BARS.split(line.strip())[1:-1]]
