"""The terms of an edition in the order of their readings, of their use, or of the year in which they first stand.

Pages for people who leaf back and forth go by number. A cursor holds across editions and a number does not: the API
pages by cursor only, and `cursor_of_terms` says at which one a page begins.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson

from glossary_api.store import cursors, fulltext
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters, term_conditions
from glossary_api.text.sounds import toneless

BY_PINYIN, BY_USE, BY_FIRST_YEAR = ORDERS = ("pinyin", "use", "first")
NO_LETTER = "#"
"""Stands for everything that does not begin with a letter."""
LETTERS = (NO_LETTER, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class _Line(NamedTuple):
    sound: str
    letter: str
    usages: int
    first: int
    """The year; 9999 where no report says it."""


class TermList:
    """The terms that fit some filters, to be had in each order; made once for an edition."""

    def __init__(self, edition: Edition, lines: Mapping[int, _Line], ranks: Sequence[int]) -> None:
        self._edition = edition
        self._lines = lines
        self._by_sound = array("L", sorted(ranks, key=lambda rank: (lines[rank].sound, rank)))
        self._ordered = {BY_PINYIN: self._by_sound}
        self.letters = Counter(lines[rank].letter for rank in ranks)
        """How many terms begin with each letter."""

    def page(self, order: str, letter: str | None, size: int, skipped: int) -> Page[JsonObject]:
        """Return `size` terms behind the first `skipped`, as in `Edition.terms` with the year as `first`.

        `order` is one of ORDERS; a `letter` of LETTERS leaves those that begin with it.
        """
        ranks: Sequence[int] = self._in(order)
        if letter is not None:
            ranks = [rank for rank in ranks if self._lines[rank].letter == letter]
        shown = ranks[skipped : skipped + size]
        rows = self._edition.select(
            "SELECT rank, unpacked_document(summary) FROM terms WHERE rank IN (SELECT value FROM json_each(:ranks))",
            {"ranks": orjson.dumps(list(shown)).decode()},
        )
        found: dict[int, JsonObject] = {rank: orjson.loads(summary) for rank, summary in rows}
        return Page(tuple(found[rank] | {"first": self._first(rank)} for rank in shown), len(ranks), None)

    def _in(self, order: str) -> Sequence[int]:
        if order not in self._ordered:
            lines = self._lines
            keys = {
                BY_USE: lambda rank: -lines[rank].usages,
                BY_FIRST_YEAR: lambda rank: lines[rank].first,
            }
            self._ordered[order] = array("L", sorted(self._by_sound, key=keys[order]))  # equals stay by sound
        return self._ordered[order]

    def _first(self, rank: int) -> int | None:
        year = self._lines[rank].first
        return year if year != _UNKNOWN else None


_UNKNOWN = 9999


class TermLists:
    """The lists of one edition, each made when it is first asked for."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._lists: dict[TermFilters, TermList] = {}
        firsts = dict(edition.select("SELECT term, min(year) FROM term_years WHERE year IS NOT NULL GROUP BY term", {}))
        self._lines = {
            rank: _line(pinyin, usages, firsts.get(rank) or _UNKNOWN)
            for rank, pinyin, usages in edition.select("SELECT rank, pinyin, usages FROM terms", {})
        }

    def of(self, filters: TermFilters) -> TermList:
        """Return the list of the terms that fit filters."""
        if filters not in self._lists:
            rows = self._edition.select(
                f"SELECT t.rank FROM terms t WHERE {term_conditions(filters)}", self._edition.values(filters)
            )
            self._lists[filters] = TermList(self._edition, self._lines, [row[0] for row in rows])
        return self._lists[filters]


def _line(pinyin: str, usages: int, first: int) -> _Line:
    sound = toneless(pinyin)
    letter = sound[:1].upper()
    return _Line(sound, letter if letter in LETTERS else NO_LETTER, usages, first)


def cursor_of_terms(edition: Edition, filters: TermFilters, skipped: int) -> str | None:
    """Return the cursor behind the first `skipped` terms of `Edition.terms`; None if the list is not that long."""
    question = None if filters.q is None else fulltext.question(filters.q)
    if filters.q is not None and question is None:
        return None
    rows = edition.select(
        f"SELECT t.name FROM terms t WHERE {term_conditions(filters)} ORDER BY t.name LIMIT 1 OFFSET :before",
        edition.values(filters) | {"question": question, "before": skipped - 1},
    )
    return cursors.encode("terms", *rows[0]) if rows else None
