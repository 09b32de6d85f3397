"""Hold all usages of a harvest as columns of numbers: a tenth of the memory, and counted without a loop."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from glossary_api.model.things import Usage
from glossary_api.store.schema import SectionRow, UsageRow

Numbers = NDArray[np.int32]


class UseColumns:
    """Usages by term, report, start and end; a column for what each has, reports and terms by rank, from 1."""

    def __init__(self, usages: Iterable[Usage], term_rank: Mapping[str, int], report_rank: Mapping[str, int]) -> None:
        """Go through the usages once."""
        self._texts, self._senses, self._types = _Numbered(), _Numbered(), _Numbered()
        parts = _Numbered()
        columns = [array("i") for _ in range(9)]
        for usage in usages:
            match, report = usage.match, report_rank[usage.report]
            values = (
                *(term_rank[match.term], report, match.start, match.end, parts.number((report, usage.heading))),
                *(self._texts.number(match.text), self._types.number(match.match_type), match.quoted),
                self._senses.number(usage.sense),
            )
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        read = [np.frombuffer(column, np.int32) if column else np.empty(0, np.int32) for column in columns]
        order = np.lexsort((read[3], read[2], read[1], read[0]))
        self.term, self.report, self.start, self.end, part, *self._others = (column[order] for column in read)
        number_of, self._parts = _sections(parts.things)
        self.section = number_of[part] if len(part) else part
        """The parts of the reports between two headings in which any term stands, from 1."""

    def __len__(self) -> int:
        return len(self.term)

    def sections(self) -> Iterator[SectionRow]:
        """Return the rows of the table of sections."""
        return (SectionRow(rank, report, heading) for rank, (report, heading) in enumerate(self._parts, 1))

    def rows(self, names: Sequence[str], term_ranks: Sequence[int], report_ranks: Sequence[int]) -> Iterator[UsageRow]:
        """Return the rows of the table of usages; `names` are those of the terms, from the first on."""
        texts, types, senses = self._texts.things, self._types.things, self._senses.things
        columns = (self.term, self.report, self.section, self.start, self.end, *self._others)
        for begin in range(0, len(self), _PIECE):
            pieces = [column[begin : begin + _PIECE].tolist() for column in columns]
            for term, report, section, start, end, text, kind, quoted, sense in zip(*pieces, strict=True):
                printed = None if texts[text] == names[term - 1] else texts[text]
                ranks = (term_ranks[term], report_ranks[report], section)
                row = (*ranks, start, end, printed, types[kind], quoted, senses[sense])
                yield UsageRow._make(row)

    def times(self, terms: int) -> list[int]:
        """Return for each of so many terms how often it is used; the first is none, as ranks begin at 1."""
        counted: list[int] = np.bincount(self.term, minlength=terms + 1).tolist()
        return counted

    def explained(self, terms: int) -> list[int]:
        """Return for each of so many terms how many of its uses have a sense, like `times`."""
        without = self._senses.number(None)
        counted: list[int] = np.bincount(self.term[self._others[-1] != without], minlength=terms + 1).tolist()
        return counted

    def by_report(self, terms: Sequence[int]) -> Callable[[int], Iterator[tuple[int, int, int]]]:
        """Return what says `(start, end, term)` of the uses of some terms in a report, by start."""
        chosen = np.flatnonzero(np.isin(self.term, terms))
        order = chosen[np.lexsort((self.start[chosen], self.report[chosen]))]
        begins = np.searchsorted(self.report[order], np.arange(int(self.report.max(initial=0)) + 2))

        def uses(report: int) -> Iterator[tuple[int, int, int]]:
            here = order[begins[report] : begins[report + 1]] if report + 1 < len(begins) else order[:0]
            return zip(*(column[here].tolist() for column in (self.start, self.end, self.term)), strict=True)

        return uses

    def in_reports(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return terms, reports and how often the one stands in the other, by term and report."""
        if not len(self):
            return self.term, self.report, self.start
        change = (np.diff(self.term) != 0) | (np.diff(self.report) != 0)
        begins = np.concatenate(([0], np.flatnonzero(change) + 1))
        times = np.diff(np.append(begins, len(self))).astype(np.int32)
        return self.term[begins], self.report[begins], times

    def in_sections(self) -> tuple[Numbers, Numbers]:
        """Return terms and the sections in which they stand, each pair once, by term and section."""
        width = np.int64(len(self._parts) + 2)
        pairs = np.unique(self.term * width + self.section)
        return (pairs // width).astype(np.int32), (pairs % width).astype(np.int32)


_PIECE = 65536


class _Numbered:
    """Things by number, each once, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}

    def number(self, thing: object) -> int:
        """Return the number of a thing."""
        return self._numbers.setdefault(thing, len(self._numbers))

    @property
    def things(self) -> list[object]:
        """Return the things, each at its number."""
        return list(self._numbers)


def _sections(parts: Sequence[object]) -> tuple[Numbers, list[tuple[int, str | None]]]:
    """Return from the number of a part to that of its section, and report and heading of each section, from 1."""
    known: list[tuple[int, str | None]] = list(parts)  # type: ignore[arg-type]
    order = sorted(range(len(known)), key=lambda at: (known[at][0], known[at][1] or ""))
    numbers = np.empty(len(known), np.int32)
    numbers[order] = np.arange(1, len(known) + 1, dtype=np.int32)
    return numbers, [known[at] for at in order]
