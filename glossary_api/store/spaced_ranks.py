"""Number the things of an edition in their order, with room between them for what is added to a copy of it.

An order that is a number is an index, and one with gaps stays as it is when something comes between. What the numbers
are says nothing: for the content hash, names stand in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

REPORTS, TERMS = 1 << 26, 1 << 27
"""Numbers of reports and terms are below these: so many bits the ranks of passages have for them (`passages.py`)."""
_ROOM = 64
"""How far apart neighbours are, unless there are so many that they come nearer."""


class NoRoom(Exception):
    """There is no number left where one is needed; everything has to be numbered anew."""


class Known(NamedTuple):
    """The numbers of reports and terms of an edition, by id."""

    reports: Mapping[str, int]
    terms: Mapping[str, int]


def numbered(ids: Sequence[str], known: Mapping[str, int], below: int) -> list[int]:
    """Return the number of each id: the one that is known, or rising ones if none is."""
    if known:
        return [known[identity] for identity in ids]
    step = max(1, min(_ROOM, (below - 1) // (len(ids) + 1)))
    return [step * place for place in range(1, len(ids) + 1)]


def between(
    run: Callable[..., Any], table: str, named: Iterable[tuple[str, str]], below: int
) -> Iterator[tuple[str, int]]:
    """Yield ids with numbers between those of their neighbours in a table by name, given names and ids in that order.

    Raises NoRoom if there are not enough.
    """
    by = {"reports": "id", "terms": "name"}[table]
    asked = f"""SELECT coalesce((SELECT rank FROM {table} WHERE {by} < ?1 ORDER BY {by} DESC LIMIT 1), 0),
                       (SELECT rank FROM {table} WHERE {by} >= ?1 ORDER BY {by} LIMIT 1)"""
    placed = [(run(asked, (name,)).fetchone(), identity) for name, identity in named]
    for (low, high), group in groupby(placed, key=lambda one: one[0]):
        ids = [identity for _, identity in group]
        yield from zip(
            ids, spread(len(ids), low, min(below, low + _ROOM * (len(ids) + 1)) if high is None else high), strict=True
        )


def spread(count: int, low: int, high: int) -> list[int]:
    """Return so many numbers between two, evenly. Raises NoRoom."""
    if high - low <= count:
        raise NoRoom
    return [low + (high - low) * place // (count + 1) for place in range(1, count + 1)]
