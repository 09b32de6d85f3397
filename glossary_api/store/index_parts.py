"""Fill a full-text index in parts, each in a file of its own and by whoever has time, and join them.

A part is an index of FTS5 by itself, with one sorted piece of everything, a segment. FTS5 asks any number of segments,
so that joining is copying: the pages of a segment (`…_data`) and the first word of each (`…_idx`) go by its number,
and one record says which segments there are, another how many rows and words. The format of these tables is part of
the file format of SQLite (`fts5_index.c` describes it), and older and newer versions have to read the same files.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import count, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from glossary_api.store.schema import FULLTEXT_LOADING, SEARCH_INDEXES

_AVERAGES, _STRUCTURE = 1, 10
"""The numbers of the two records."""
_COOKIE = 4
"""Bytes before the structure that count its changes."""
_NUMBERED = 37
"""How far to the left of the number of a page that of its segment stands."""
_BATCH = 500


IndexRow = tuple[Any, ...]
"""A row id, and words for each field."""


class _Segment(NamedTuple):
    number: int
    first: int
    last: int
    """Its first and last page."""


def create_index(connection: sqlite3.Connection, name: str) -> None:
    """Create the empty index of a name, ready to be filled."""
    connection.execute(SEARCH_INDEXES[name])
    for setting, value in FULLTEXT_LOADING.items():
        connection.execute(f"INSERT INTO {name}({name}, rank) VALUES (?, ?)", (setting, value))


def fill_indexes(connection: sqlite3.Connection, names: Sequence[str], words: Iterable[Sequence[IndexRow]]) -> None:
    """Fill indexes of the same things, from each of which comes a row for each index."""
    things = iter(words)
    while batch := list(islice(things, _BATCH)):
        for name, rows in zip(names, zip(*batch, strict=True), strict=True):
            fields = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})").fetchall())
            values = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {name}(rowid, {fields}) VALUES ({values})", rows)
    for name in names:
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # one tree to search instead of several


def make_part(path: Path, names: Sequence[str], words: Iterable[Sequence[IndexRow]]) -> Path:
    """Make a part of indexes, in a file of its own, and return its path; one that is there is made anew."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for name in names:
            create_index(connection, name)
        fill_indexes(connection, names, words)
        connection.commit()
    return path


def join_parts(connection: sqlite3.Connection, names: Sequence[str], parts: Iterable[Path]) -> None:
    """Take what is in parts into the indexes, and remove them; this connection must not ask or change these then."""
    joined = list(parts)
    # What it has counted so far SQLite holds in memory, and would write over what is counted here.
    for statement in ("SAVEPOINT joining", "RELEASE joining"):
        connection.execute(statement)
    for name in names:
        _join(connection, name, joined)
    for path in joined:
        path.unlink()


def _join(connection: sqlite3.Connection, name: str, parts: Iterable[Path]) -> None:
    cookie, segments = _structure(_record(connection, name, _STRUCTURE))
    totals = list(_numbers(_record(connection, name, _AVERAGES)))
    numbers = count(max((segment.number for segment in segments), default=0) + 1)
    for path in parts:
        with closing(sqlite3.connect(path)) as part:
            for segment in _structure(_record(part, name, _STRUCTURE))[1]:
                segments.append(segment._replace(number=next(numbers)))
                _copy(part, connection, name, segment.number, segments[-1].number)
            own = _numbers(_record(part, name, _AVERAGES))
            totals = [one + other for one, other in zip_longest(totals, own, fillvalue=0)]
    # One level, on which all of them stand, the oldest first.
    levels = [1, len(segments), 0, 0, len(segments), *(number for segment in segments for number in segment)]
    for record, content in ((_STRUCTURE, cookie + _varints(levels)), (_AVERAGES, _varints(totals))):
        connection.execute(f"REPLACE INTO {name}_data VALUES (?, ?)", (record, content))


def _copy(part: sqlite3.Connection, connection: sqlite3.Connection, name: str, old: int, new: int) -> None:
    bounds = (old << _NUMBERED, (old + 1) << _NUMBERED)
    pages = part.execute(f"SELECT id, block FROM {name}_data WHERE id >= ? AND id < ? ORDER BY id", bounds)
    moved = ((id_ + ((new - old) << _NUMBERED), block) for id_, block in pages)
    connection.executemany(f"INSERT INTO {name}_data VALUES (?, ?)", moved)
    words = part.execute(f"SELECT ?, term, pgno FROM {name}_idx WHERE segid = ? ORDER BY term", (new, old))
    connection.executemany(f"INSERT INTO {name}_idx VALUES (?, ?, ?)", words)


def _record(connection: sqlite3.Connection, name: str, record: int) -> bytes:
    row = connection.execute(f"SELECT block FROM {name}_data WHERE id = ?", (record,)).fetchone()
    content: bytes = row[0]
    return content


def _structure(content: bytes) -> tuple[bytes, list[_Segment]]:
    """Return the cookie of a structure, and its segments, the oldest first."""
    numbers = _numbers(content[_COOKIE:])
    levels, _, _ = next(numbers), next(numbers), next(numbers)
    found: list[list[_Segment]] = []
    for _ in range(levels):
        _, size = next(numbers), next(numbers)
        found.append([_Segment(next(numbers), next(numbers), next(numbers)) for _ in range(size)])
    return content[:_COOKIE], [segment for level in reversed(found) for segment in level]


def _numbers(content: bytes) -> Iterator[int]:
    """Yield the numbers that SQLite packs into as few bytes as it can, seven bits each, the first the highest."""
    number = 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0


def _varints(numbers: Sequence[int]) -> bytes:
    return b"".join(map(_varint, numbers))


def _varint(number: int) -> bytes:
    """Return a number as `_numbers` reads it; none has more than eight times seven bits."""
    last, pieces = number & 0x7F, []
    while number := number >> 7:
        pieces.append(number & 0x7F | 0x80)
    return bytes((*reversed(pieces), last))
