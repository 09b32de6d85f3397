"""Glossaries set as tables: rows on a line each, cells parted by tabs, as every reader prints them, or by drawn lines.

Which column has the terms and which the explanations, the header row says (`columns.json`); where there is none, a
heading above the table must say that words are explained, and the columns are known by what stands in them. A table may
have several pairs of columns, a column of numbers, of pages, of categories that are merged downwards; it may go on
on the next page with its header again, or with a row that only continues an explanation; a row of one cell may also be
the title of a group. A header row is no note. A table may lie on its side: the names in one row, what they mean below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from glossary_api.model.messages import Message
from glossary_api.model.things import Entry, Finding
from glossary_api.parsing import patterns
from glossary_api.parsing.bare_notes import spaced_name
from glossary_api.parsing.glossary_headings import is_heading
from glossary_api.parsing.heads import Head, is_label, split_head, terms_of, without_page
from glossary_api.parsing.lines import BULLETS, Line
from glossary_api.parsing.markers import Marker, marker_at
from glossary_api.parsing.table_rows import DRAWN, LONGEST_GROUP, Cell, GlossaryTable, Row, cell_of, row_of, squeezed
from glossary_api.text.folding import QUOTES

TERM, EXPLANATION, NUMBER, PAGE, CATEGORY, OTHER = ROLES = (
    *("term", "explanation", "number", "page", "category"),
    "other",
)
"""What a column may have in it."""

_SPACE = re.compile(r"\s+(?=\S)")
_BULLET = re.compile(rf"{BULLETS}(?=\S)")
_SENTENCE_END = tuple("。.;；!！?？")
_BETWEEN_ROWS = " \t\n\r\u3000。.;；!！?？|｜│┃║"
_SENTENCE = re.compile("[,。;!?:]")
_SAME_AS_ABOVE = re.compile(r"[〃″]|同上")
_NUMBER = re.compile(r"\D{0,3}(\d{1,3})\D{0,2}")
_LONGEST_HEADER = 16
_LONGEST_TERM = 60
_LEAST_ROWS = 2
"""A table without a header has at least so many rows."""
_LEAST_NOTES = 4
"""So many cells, each with a whole note, are no names with their explanations."""
_LONGEST_WORD, _LEAST_SENTENCE = 6, 12
_MOST_ABOVE = 4
"""Among so many first rows the header is looked for: 填报单位：… may stand above it."""
_NUMBER_AND_NOTE = 2
"""Cells of a row that has a whole note in one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that have names, explanations and numbers."""

    pairs: tuple[tuple[int, int], ...]
    """Columns of term and explanation."""
    number: int | None = None
    page: int | None = None


def read_table(text: str, plain: str, table: GlossaryTable, headed: bool) -> tuple[Entry, ...]:
    """Read the notes of a table; none if it is no glossary.

    `headed` says that a heading right above says that words are explained; without it the header row must say it.
    """
    rows = [row_of(text, *line) for line in table.lines if not DRAWN.fullmatch(text, *line)]
    headed, rows = (True, rows[1:]) if _is_heading_alone(plain, rows[:1]) else (headed, rows)
    if on_its_side := _on_its_side(text, plain, rows):
        return on_its_side
    if sum(is_label(squeezed(plain, row.cells[0])) for row in rows) > _LEAST_ROWS:
        return ()  # 热词一｜…, 解读｜…: lines of a word list
    rows = rows[next((at for at, row in enumerate(rows[:_MOST_ABOVE]) if _header(plain, row)), 0) :]
    columns = _header(plain, rows[0]) if rows else None
    if columns is None and not (headed and len(rows) >= _LEAST_ROWS):
        return ()
    if columns is None and (within := _whole_notes(text, plain, rows)):
        return within
    parted = [row for row in rows if len(row.cells) > 1]
    if columns is None and parted and (columns := _side_by_side(plain, parted) or _by_content(plain, parted)):
        rows = rows[_names_its_columns(plain, rows, columns) :]
    if columns is None:
        return ()
    entries: list[Entry] = []
    numbered = _number_their_names(plain, rows, columns)
    for row in rows:
        if header := _header(plain, row):
            columns = header
        elif len(row.cells) == 1:
            _take_single(text, plain, row, entries)
        else:
            entries += _entries(text, plain, row, columns, entries, numbered)
    return tuple(entries)


def _whole_notes(text: str, plain: str, rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The notes of a table whose cells have them as a whole."""
    ways = (_several_in_cells, _within_cells, _in_every_cell)
    return next(filter(None, (way(text, plain, rows) for way in ways)), ())


def _within_cells(text: str, plain: str, rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The notes of a table that has each as a whole, 甲：……, in the last cell of its row, behind its number."""
    entries = []
    for row in rows[_role(squeezed(plain, rows[0].cells[0])) == NUMBER :]:
        begin, end = row.cells[-1]
        head = split_head(plain, begin, end)
        if head is None or not (_is_number_and_note(plain, row) or _is_said_before(plain, row, head)):
            return ()
        terms = terms_of(text, plain, head, end)
        marker = text[slice(*row.cells[0])]
        number = _number(plain, row.cells[0])
        entries.append(Entry(marker, number, head.page, text[head.start : head.end], row.start, end, terms))
    return tuple(entries) if len(entries) >= _LEAST_ROWS else ()


def _several_in_cells(text: str, plain: str, rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The notes of a table that has several in a cell of each row, numbered from one on: 1.甲：…… 2.乙：……."""
    rows = [row for row in rows if len(row.cells) > 1]
    cells = [max(row.cells, key=lambda cell: cell[1] - cell[0]) for row in rows]
    cells = cells[bool(cells) and marker_at(plain, *cells[0]) is None :]
    found = [_counted(plain, cell) for cell in cells]
    if not all(found) or sum(map(len, found)) < max(_LEAST_NOTES, len(found) + 1):
        return ()
    notes = []
    for marker, end in (one for cell in found for one in cell):
        head = split_head(plain, marker.end, end)
        if head is None or head.definition >= end:
            return ()
        name, said = (head.start, head.end), cell_of(text, head.definition, end)
        notes.append(_made(text, plain, name, said, cell_of(text, marker.start, marker.end), head.page))
    return tuple(notes)


def _counted(plain: str, cell: Cell) -> list[tuple[Marker, int]]:
    """Return the numbers that count the notes of a cell from one on, and where the note of each ends."""
    markers = list[Marker]()
    for begin in (cell[0], *(found.end() for found in _SPACE.finditer(plain, *cell))):
        marker = marker_at(plain, begin, cell[1])
        if marker and marker.number == len(markers) + 1 and (not markers or marker.family == markers[0].family):
            markers.append(marker)
        elif not markers:
            return []
    return list(zip(markers, (*(marker.start for marker in markers[1:]), cell[1]), strict=True))


def _is_heading_alone(plain: str, rows: Sequence[Row]) -> bool:
    """Tell whether the first row has but the heading of the table, which stood too close above it."""
    cells = [cell for row in rows for cell in row.cells]
    filled = [cell for cell in cells if cell[0] < cell[1]]
    return len(filled) == 1 < len(cells) and is_heading(squeezed(plain, filled[0]))


def _is_number_and_note(plain: str, row: Row) -> bool:
    return len(row.cells) == _NUMBER_AND_NOTE and _number(plain, row.cells[0]) is not None


def _is_said_before(plain: str, row: Row, head: Head) -> bool:
    """Tell whether the cell before a note has its name within words of the report: 推进“甲”, 甲：……."""
    name, before = plain[head.start : head.end].strip(QUOTES), plain[slice(*row.cells[-2])] if row.cells[1:] else ""
    return name in before and len(before.strip(QUOTES)) > len(name) and head.definition < row.cells[-1][1]


def _in_every_cell(text: str, plain: str, rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The notes of a table of several columns that has a whole one, 1.甲：……, in every cell."""
    cells = [cell for row in rows for cell in row.cells if cell[0] < cell[1]]
    if len(cells) < _LEAST_NOTES or max(len(row.cells) for row in rows) < _LEAST_ROWS:
        return ()
    markers = [marker_at(plain, *cell) for cell in cells]
    begins = [marker.end if marker else cell[0] for cell, marker in zip(cells, markers, strict=True)]
    heads = [_head_of_cell(plain, begin, cell[1]) for cell, begin in zip(cells, begins, strict=True)]
    if not all(head and head.definition < cell[1] for cell, head in zip(cells, heads, strict=True)):
        return ()
    return tuple(
        _made(text, plain, (head.start, head.end), (head.definition, cell[1]), (cell[0], begin), head.page)
        for cell, begin, head in zip(cells, begins, heads, strict=True)
        if head
    )


def _head_of_cell(plain: str, begin: int, end: int) -> Head | None:
    """Return the head of the note in a cell, which but a line end may part from what is said: 甲 丙和丁。"""
    found = split_head(plain, begin, end)
    spaced = None if found or plain[end - 1] != "。" else spaced_name(plain, begin, end)
    return Head(None, *spaced.span("name"), spaced.end()) if spaced else found


def _names_its_columns(plain: str, rows: Sequence[Row], columns: Columns) -> bool:
    """Tell whether the first row of a table is its header though none of its words is known for one.

    It has a word where all other rows have a sentence.
    """
    _, explanation = columns.pairs[0]
    first, *others = [squeezed(plain, _cell(row, explanation)) for row in rows if len(row.cells) > 1]
    return (
        len(others) >= _LEAST_ROWS
        and len(rows[0].cells) > 1
        and 0 < len(first) <= _LONGEST_WORD
        and all(len(other) > _LEAST_SENTENCE for other in others)
    )


def _on_its_side(text: str, plain: str, rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The notes of a table whose first column says what its rows are: names in one, explanations in another below it.

    Where the page is too narrow for all of them the two rows come again with others. Where no column says it, all
    cells of every other row are words, and those below them sentences.
    """
    rows = [row for row in rows if len(row.cells) > 1]
    if cards := _cards(plain, rows):
        return tuple(_made(text, plain, name, what, (0, 0), None) for name, what in cards)
    roles = [_role(squeezed(plain, row.cells[0])) for row in rows]
    if not all(roles) or TERM not in roles or _header(plain, rows[0]):
        return ()
    names: Row | None = None
    pairs = list[tuple[Cell, Cell]]()
    for role, row in zip(roles, rows, strict=True):
        if role == TERM:
            names = row
        elif role == EXPLANATION and names and len(names.cells) == len(row.cells):
            pairs += zip(names.cells[1:], row.cells[1:], strict=True)
            names = None
    notes = (_made(text, plain, name, what, (0, 0), None) for name, what in pairs if name[0] < name[1])
    return tuple(notes) if len(pairs) >= _LEAST_ROWS else ()


def _cards(plain: str, rows: Sequence[Row]) -> list[tuple[Cell, Cell]]:
    """Return each word with the sentence below it, if rows of words and rows of sentences take turns."""
    pairs = [
        (name, what)
        for above, below in zip(rows[::2], rows[1::2], strict=False)
        for name, what in zip_longest(above.cells, below.cells, fillvalue=(0, 0))
        if name[0] < name[1] or what[0] < what[1]
    ]
    names, said = [squeezed(plain, name) for name, _ in pairs], [squeezed(plain, what) for _, what in pairs]
    are_words = all(0 < len(name) <= LONGEST_GROUP and not _SENTENCE.search(name) and not _role(name) for name in names)
    are_said = all(len(what) >= _LEAST_SENTENCE and what.endswith(_SENTENCE_END) for what in said)
    return pairs if len(rows) % 2 == 0 and len(pairs) >= max(_LEAST_ROWS, len(rows)) and are_words and are_said else []


def _take_single(text: str, plain: str, row: Row, entries: list[Entry]) -> None:
    """Let a row of one cell go on with the explanation above it, unless it is the title of a group."""
    begin, end = row.cells[0]
    is_of_page = Line(text[begin:end], begin, end).is_page_number or is_heading(squeezed(plain, row.cells[0]))
    if not entries or not entries[-1].terms or is_of_page:
        return
    said = entries[-1].terms[0].definition.end
    unfinished = not text[max(said - 1, 0) : said + 1].strip().endswith(_SENTENCE_END)
    if unfinished or end - begin > LONGEST_GROUP or text[end - 1] in _SENTENCE_END:
        entries[-1] = _continued(text, plain, entries[-1], (begin, end))


def _number_their_names(plain: str, rows: Sequence[Row], columns: Columns) -> bool:
    """Tell whether the cells of the names begin with their numbers: 1.甲, 2.乙, ①甲, ②乙."""
    if columns.number is not None:
        return False
    below = [row for row in rows if not _header(plain, row)]
    terms = [term for term, _ in columns.pairs]
    along = [row.cells[term] for row in below for term in terms if term < len(row.cells)]
    down = [row.cells[term] for term in terms for row in below if term < len(row.cells)]
    return any(_count(plain, cells) for cells in (along, down))


def _count(plain: str, cells: Sequence[Cell]) -> bool:
    """Tell whether cells that are not empty begin with numbers that count them from one on."""
    markers = [marker_at(plain, *cell) for cell in cells if cell[0] < cell[1]]
    numbers = [marker.number if marker else None for marker in markers]
    return len(markers) >= _LEAST_ROWS and numbers == [*range(1, len(markers) + 1)]


def is_of_tasks(text: str, plain: str, table: GlossaryTable) -> bool:
    """Tell whether the first row of a table that is no glossary says who does something, until when, at what cost."""
    cells = row_of(text, *table.lines[0]).cells
    return not _header(plain, row_of(text, *table.lines[0])) and OTHER in (_role(squeezed(plain, one)) for one in cells)


def unexplained(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield a finding for each row that has a term and says nothing of it."""
    for entry in entries:
        if not entry.terms:
            yield Finding(
                "entry-not-understood", Message("entry-has-no-definition", marker=entry.marker), entry.start, entry.end
            )


def _header(plain: str, row: Row) -> Columns | None:
    """Return the columns that a header row names, if it names terms and explanations."""
    roles = [_role(squeezed(plain, cell)) for cell in row.cells]
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
    them, or, where none can be, right behind them.
    """
    width = len(rows[0].cells)
    if any(len(row.cells) != width for row in rows):
        return None
    texts = [[squeezed(plain, row.cells[i]) for row in rows] for i in range(width)]
    explanation = max(range(width), key=lambda i: sum(map(len, texts[i])))
    numbers = [i for i in range(explanation) if all(_NUMBER.fullmatch(text) for text in texts[i])]
    short = [i for i in range(width) if i != explanation and all(0 < len(t) <= _LONGEST_TERM for t in texts[i])]
    names = [i for i in short if i < explanation and i not in numbers] or (short if explanation == 0 else [])[:1]
    names = names or [i for i in range(explanation) if _goes_down(texts[i])][-1:]
    if not names or any(not text for text in texts[explanation]):
        return None
    return Columns(((names[-1], explanation),), numbers[0] if numbers else None)


def _side_by_side(plain: str, rows: Sequence[Row]) -> Columns | None:
    """Return the columns of a table that has two notes in a row, 甲, 丙和丁。, 乙, 戊和己。; the last may have one."""
    pairs = ((0, 1), (2, 3))
    if len(rows) < _LEAST_ROWS or any(len(row.cells) != _LEAST_NOTES for row in rows):
        return None
    for row in rows:
        said = [(squeezed(plain, row.cells[name]), squeezed(plain, row.cells[what])) for name, what in pairs]
        are_notes = all(
            0 < len(name) <= LONGEST_GROUP and not _NUMBER.fullmatch(name) and len(what) >= _LEAST_SENTENCE
            for name, what in said
            if name or what or row is not rows[-1]
        )
        if not are_notes:
            return None
    return Columns(pairs)


def _goes_down(names: Sequence[str]) -> bool:
    """Tell whether a column has names of which each stands for its row and those below without one, merged with it."""
    said = [name for name in names if name]
    return bool(names[0]) and len(said) >= _LEAST_ROWS and all(len(name) <= _LONGEST_TERM for name in said)


def _entries(text: str, plain: str, row: Row, columns: Columns, before: list[Entry], numbered: bool) -> Iterator[Entry]:
    for number, (term, explanation) in enumerate(columns.pairs):
        if max(term, explanation) >= len(row.cells):
            continue
        name, said = row.cells[term], row.cells[explanation]
        if name[0] < name[1] and before and before[-1].terms and _SAME_AS_ABOVE.fullmatch(plain, *said):
            before[-1] = _shared(text, plain, before[-1], name, max(name[1], said[1]))
        elif name[0] < name[1]:
            marker = _cell(row, columns.number) if number == 0 else (0, 0)
            if numbered and (found := marker_at(plain, *name)):
                marker, name = cell_of(text, found.start, found.end), (found.end, name[1])
            if bullet := _BULLET.match(plain, *name):
                name = (bullet.end(), name[1])
            yield _made(text, plain, name, said, marker, _number(plain, _cell(row, columns.page)))
        elif said[0] < said[1] and before and before[-1].terms and number == 0:
            before[-1] = _continued(text, plain, before[-1], said)


def _made(text: str, plain: str, name: Cell, said: Cell, marker: Cell, page: int | None) -> Entry:
    """A note of the cells of its name, what it says and its number."""
    name_end, own_page = without_page(plain, *name)
    name, page = (name[0], name_end), page if own_page is None else own_page
    head = Head(page, *name, said[0])
    return Entry(
        marker=text[slice(*marker)],
        number=_number(plain, marker),
        page=page,
        head=text[slice(*name)],
        start=min(begin for begin, end in (marker, name, said) if begin < end),
        end=max(name[1], said[1], marker[1]),
        terms=terms_of(text, plain, head, said[1]) if said[0] < said[1] else (),
    )


def _shared(text: str, plain: str, entry: Entry, name: Cell, end: int) -> Entry:
    """Return a note that explains the name of the next row as well: its cell is merged down, or says 同上."""
    said = entry.terms[-1].definition
    terms = terms_of(text, plain, Head(None, *name, said.start), said.end)
    return replace(entry, end=end, terms=(*entry.terms, *terms))


def _continued(text: str, plain: str, entry: Entry, more: Cell) -> Entry:
    """Return a note whose explanation goes on in the next row, as at the break of a page.

    Where its name stands between the two, what is said has no span of its own: a word of the page, 续表, may be left
    out, and of a note with more behind it nothing is said.
    """
    first = entry.terms[0].definition
    if text[first.end : more[0]].strip(_BETWEEN_ROWS):
        is_whole = text[first.end - 1 : first.end + 1].strip().endswith(_SENTENCE_END)
        return entry if is_whole and more[1] - more[0] <= LONGEST_GROUP else replace(entry, terms=())
    name = text.index(entry.head, entry.start)
    head = Head(entry.page, name, name + len(entry.head), first.start)
    return replace(entry, end=max(entry.end, more[1]), terms=terms_of(text, plain, head, more[1]))


def _cell(row: Row, column: int | None) -> Cell:
    return row.cells[column] if column is not None and column < len(row.cells) else (0, 0)


def _number(plain: str, cell: Cell) -> int | None:
    printed = plain[slice(*cell)].strip()
    if found := _NUMBER.fullmatch(printed):
        return int(found[1])
    return marker.number if (marker := marker_at(plain, *cell)) and marker.end == cell[1] else None
