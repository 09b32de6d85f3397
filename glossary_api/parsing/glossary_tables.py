"""Glossaries set as tables: rows on a line each, cells parted by tabs, as every reader prints them.

Which column has the terms and which the explanations, the header row says (`columns.json`); where there is none, a
heading above the table must say that words are explained, and the columns are known by what stands in them. A table may
have several pairs of columns, a column of numbers, of pages, of categories that are merged downwards; it may go on
on the next page with its header again, or with a row that only continues an explanation. A header row is no note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from glossary_api.model.messages import Message
from glossary_api.model.things import Entry, Finding
from glossary_api.parsing import patterns
from glossary_api.parsing.heads import Head, terms_of
from glossary_api.parsing.lines import trimmed

TERM, EXPLANATION, NUMBER, PAGE, CATEGORY = ROLES = ("term", "explanation", "number", "page", "category")
"""What a column may have in it."""

_LINE_END = re.compile(r"[\r\n]")
_NUMBER = re.compile(r"\D{0,3}(\d{1,3})\D{0,2}")
MOST_CELLS = 20
"""A line with more cells is no row of a glossary."""
_LONGEST_HEADER = 16
_LONGEST_TERM = 60
_LEAST_ROWS = 2
"""A table without a header has at least so many rows."""

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


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that have names, explanations and numbers."""

    pairs: tuple[tuple[int, int], ...]
    """Columns of term and explanation."""
    number: int | None = None
    page: int | None = None


def tables_in(text: str, start: int) -> Iterator[GlossaryTable]:
    """Yield the tables of `text[start:]`: runs of lines with tabs in them, blank lines between them passed over."""
    lines: list[tuple[int, int]] = []
    while (tab := text.find("\t", start)) >= 0:
        begin = max(text.rfind("\n", start, tab), text.rfind("\r", start, tab), start - 1) + 1
        found = _LINE_END.search(text, tab)
        end = found.start() if found else len(text)
        if lines and text[lines[-1][1] : begin].strip():
            yield GlossaryTable(tuple(lines))
            lines = []
        start = end
        if text.count("\t", begin, end) < MOST_CELLS:
            lines.append((begin, end))
    if lines:
        yield GlossaryTable(tuple(lines))


def read_table(text: str, plain: str, table: GlossaryTable, headed: bool) -> tuple[Entry, ...]:
    """Read the notes of a table; none if it is no glossary.

    `headed` says that a heading right above says that words are explained; without it the header row must say it.
    """
    columns = _header(plain, _row(text, *table.lines[0]))
    if columns is None and not (headed and len(table.lines) >= _LEAST_ROWS):
        return ()
    rows = [_row(text, *line) for line in table.lines]
    columns = columns or _by_content(plain, rows)
    if columns is None:
        return ()
    entries: list[Entry] = []
    for row in rows:
        if _header(plain, row) is None:
            entries += _entries(text, plain, row, columns, entries)
    return tuple(entries)


def unexplained(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield a finding for each row that has a term and says nothing of it."""
    for entry in entries:
        if not entry.terms:
            yield Finding(
                "entry-not-understood", Message("entry-has-no-definition", marker=entry.marker), entry.start, entry.end
            )


def _row(text: str, start: int, end: int) -> Row:
    cells: list[Cell] = []
    at = start
    for piece in text[start:end].split("\t"):
        line = trimmed(text, at, at + len(piece))
        cells.append((line.start, line.end) if line else (at, at))
        at += len(piece) + 1
    return Row(tuple(cells), start, end)


def _header(plain: str, row: Row) -> Columns | None:
    """Return the columns that a header row names, if it names terms and explanations."""
    roles = [_role(_squeezed(plain, cell)) for cell in row.cells]
    terms = [i for i, role in enumerate(roles) if role == TERM]
    explanations = [i for i, role in enumerate(roles) if role == EXPLANATION]
    if not terms or len(terms) != len(explanations):
        return None
    return Columns(tuple(zip(terms, explanations, strict=True)), _first(roles, NUMBER), _first(roles, PAGE))


def _role(squeezed: str) -> str | None:
    if len(squeezed) > _LONGEST_HEADER:
        return None
    return next((role for role in ROLES if patterns.matches("columns", role, squeezed)), None)


def _first(roles: Sequence[str | None], wanted: str) -> int | None:
    return roles.index(wanted) if wanted in roles else None


def _by_content(plain: str, rows: Sequence[Row]) -> Columns | None:
    """Return the columns of a table without header: the longest texts explain, the names are the short ones before
    them.
    """
    width = len(rows[0].cells)
    if any(len(row.cells) != width for row in rows):
        return None
    texts = [[_squeezed(plain, row.cells[i]) for row in rows] for i in range(width)]
    explanation = max(range(width), key=lambda i: sum(map(len, texts[i])))
    numbers = [i for i in range(explanation) if all(_NUMBER.fullmatch(text) for text in texts[i])]
    names = [i for i in range(explanation) if i not in numbers and all(0 < len(t) <= _LONGEST_TERM for t in texts[i])]
    if not names or any(not text for text in texts[explanation]):
        return None
    return Columns(((names[-1], explanation),), numbers[0] if numbers else None)


def _entries(text: str, plain: str, row: Row, columns: Columns, before: list[Entry]) -> Iterator[Entry]:
    for number, (term, explanation) in enumerate(columns.pairs):
        if max(term, explanation) >= len(row.cells):
            continue
        name, said = row.cells[term], row.cells[explanation]
        if name[0] < name[1]:
            yield _entry(text, plain, row, columns, name, said, begins=number == 0)
        elif said[0] < said[1] and before and before[-1].terms and number == 0:
            before[-1] = _continued(text, plain, before[-1], said[1])


def _entry(text: str, plain: str, row: Row, columns: Columns, name: Cell, said: Cell, begins: bool) -> Entry:
    marker = _cell(row, columns.number) if begins else (0, 0)
    page = _cell(row, columns.page)
    head = Head(_number(plain, page), *name, said[0])
    return Entry(
        marker=text[slice(*marker)],
        number=_number(plain, marker),
        page=head.page,
        head=text[slice(*name)],
        start=marker[0] if marker[0] < marker[1] else name[0],
        end=max(name[1], said[1]),
        terms=terms_of(text, plain, head, said[1]) if said[0] < said[1] else (),
    )


def _continued(text: str, plain: str, entry: Entry, end: int) -> Entry:
    """Return a note whose explanation goes on in the next row, as at the break of a page."""
    first = entry.terms[0].definition
    name = text.index(entry.head, entry.start)
    head = Head(entry.page, name, name + len(entry.head), first.start)
    return replace(entry, end=end, terms=terms_of(text, plain, head, end))


def _cell(row: Row, column: int | None) -> Cell:
    return row.cells[column] if column is not None and column < len(row.cells) else (0, 0)


def _number(plain: str, cell: Cell) -> int | None:
    found = _NUMBER.fullmatch(plain[slice(*cell)].strip())
    return int(found[1]) if found else None


def _squeezed(plain: str, cell: Cell) -> str:
    return "".join(plain[slice(*cell)].split())
