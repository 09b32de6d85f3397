"""Put areas of pages together: paragraphs that go on in the next column or page, tables that go on on the next page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from glossary_api.reading.joining import joined_rows
from glossary_api.reading.pages.columns import Area, Aside, SetTable
from glossary_api.reading.pages.layout import SetLine
from glossary_api.reading.pages.paragraphs import Frames, Printed, grouped, paragraphs, printed

Cells = list[list[SetLine]]
"""One row: the lines of each cell."""

INDENT = 1.5
"""How far, in em, lines may begin beside a column that they go on with."""


@dataclass(slots=True)
class _Run:
    """Lines of text without a table between them, and the notes in the margin beside them."""

    lines: list[SetLine] = field(default_factory=list)
    asides: list[tuple[SetLine | None, Aside]] = field(default_factory=list)
    """Each with the last line of the text before it."""


def text_lines(areas: Iterable[Area]) -> list[Printed]:
    """Return the paragraphs and the rows of tables, in reading order, that areas of pages are made of.

    A note in the margin follows the paragraph beside it.
    """
    parts = _parts(areas)
    setting = Frames(chain.from_iterable(part.lines for part in parts if isinstance(part, _Run)))
    return [line for part in parts for line in (_run(part, setting) if isinstance(part, _Run) else _rows(part))]


def _parts(areas: Iterable[Area]) -> list[_Run | SetTable]:
    parts: list[_Run | SetTable] = []
    for area in areas:
        last = parts[-1] if parts else None
        if isinstance(area, SetTable) and isinstance(last, SetTable) and _is_next_page(last, area):
            parts[-1] = _continued(last, area)
        elif isinstance(area, SetTable):
            parts.append(area)
        else:
            if isinstance(area, list) and isinstance(last, SetTable):
                area = _without_rest(last, area)
            if area and not isinstance(last, _Run):
                parts.append(last := _Run())
            if isinstance(area, Aside) and isinstance(last, _Run):
                last.asides.append((last.lines[-1] if last.lines else None, area))
            elif isinstance(last, _Run) and isinstance(area, list):
                last.lines += area
    return parts


def _run(run: _Run, setting: Frames) -> Iterator[Printed]:
    asides = iter(run.asides)
    aside = next(asides, None)
    while aside and aside[0] is None:
        yield from paragraphs(aside[1].lines)
        aside = next(asides, None)
    for paragraph in grouped(run.lines, setting):
        yield printed(paragraph)
        while aside and any(line is aside[0] for line in paragraph):
            yield from paragraphs(aside[1].lines)
            aside = next(asides, None)


def _is_next_page(table: SetTable, other: SetTable) -> bool:
    return len(table.rows[0]) == len(other.rows[0]) and _page(table.rows[-1]) < _page(other.rows[0])


def _page(row: Cells) -> int:
    return max(line.page for cell in row for line in cell)


def _continued(table: SetTable, other: SetTable) -> SetTable:
    """Return a table with its rest on the next page: without a header that is printed again, a cut row made whole."""
    rest = _without_header(other.rows, table.rows[0])
    rows = list(table.rows)
    if rest and _goes_on(rows, rest[0]):
        rows[-1] = [[*cell, *more] for cell, more in zip(rows[-1], rest[0], strict=True)]
        rest = rest[1:]
    return SetTable([*rows, *rest])


def _without_header(rows: list[Cells], header: Cells) -> list[Cells]:
    """Return rows without the header, in whose cells no line parts it from what goes on with the page before."""
    texts = [[line.text for line in cell] for cell in header]
    if any([line.text for line in cell[: len(said)]] != said for cell, said in zip(rows[0], texts, strict=True)):
        return rows
    more = [cell[len(said) :] for cell, said in zip(rows[0], texts, strict=True)]
    return [more, *rows[1:]] if any(more) else rows[1:]


def _goes_on(rows: Sequence[Cells], row: Cells) -> bool:
    """Return whether a row only goes on with the last one: a cell that every row has is empty in it."""
    needed = [column for column in range(len(row)) if all(other[column] for other in rows)]
    return any(not row[column] for column in needed)


def _without_rest(table: SetTable, lines: Sequence[SetLine]) -> list[SetLine]:
    """Return lines behind a table without those at the head of the next page that go on with its last cell."""
    column = max(range(len(table.rows[0])), key=lambda column: sum(len(row[column]) for row in table.rows))
    left = min(line.left for row in table.rows for line in row[column])
    count = 0
    if column and table.rows[-1][column]:
        for line in lines:
            if line.page == _page(table.rows[-1]) or not left - line.size < line.left < left + INDENT * line.size:
                break
            count += 1
    table.rows[-1][column].extend(lines[:count])
    return list(lines[count:])


def _rows(table: SetTable) -> Iterator[Printed]:
    pages = frozenset(line.page for row in table.rows for cell in row for line in cell)
    for text in joined_rows(_cell_texts(table.rows)):
        yield Printed(text, pages)


def _cell_texts(rows: Sequence[Cells]) -> list[list[list[str]]]:
    """Return the paragraphs of each cell; in all columns but the fullest each cell is one."""
    fullest = max(range(len(rows[0])), key=lambda column: sum(len(line.text) for row in rows for line in row[column]))
    setting = Frames(line for row in rows for line in row[fullest])
    return [[_cell(cell, setting if column == fullest else None) for column, cell in enumerate(row)] for row in rows]


def _cell(lines: Sequence[SetLine], setting: Frames | None) -> list[str]:
    found = paragraphs(lines, setting) if setting else [printed(lines)] if lines else []
    return [paragraph.text for paragraph in found]
