"""A harvest as rows of the tables of an edition."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import orjson

from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import Message
from glossary_api.model.things import Failure, Harvest, ParsedReport, Report, Term
from glossary_api.model.words import ESTABLISHED, OUTCOMES
from glossary_api.store import documents
from glossary_api.store.beside import co_uses
from glossary_api.store.chronicle import BUSY, Chronicle, ReportUse
from glossary_api.store.content import Names
from glossary_api.store.passages import Numbers, Passages, first_lines, lines_of
from glossary_api.store.report_shapes import ReportSummaryDocument
from glossary_api.store.schema import (
    REFERENCES,
    TABLES,
    AppearanceRow,
    CoUseRow,
    DefinitionRow,
    DoubtRow,
    EntryRow,
    FailureRow,
    FindingRow,
    KeyRow,
    MemberRow,
    PassageRow,
    ReportRow,
    Row,
    SectionRow,
    SloganRow,
    TermRow,
    TermYearRow,
    TimelineRow,
    UsageRow,
    VariantRow,
    columns,
)
from glossary_api.store.spaced_ranks import REPORTS, TERMS, Known, numbered
from glossary_api.store.term_rows import TermRows
from glossary_api.store.use_columns import UseColumns
from glossary_api.text.folding import fold_name

_COUNTED = ("entries", "co_uses", "sections", "members", "slogans", "findings")
"""Tables of which the methods below return rows with numbers counted from 1 in the place of ranks."""


class Rows:
    """The rows of every table, in an order that depends on nothing but what is in them.

    Within, reports and terms are counted from 1; `report_ranks` and `term_ranks` have, at these numbers, their ranks.
    """

    def __init__(self, harvest: Harvest, known: Known | None = None) -> None:
        """All that is there is numbered as it is `known`, if anything is."""
        self.harvest = harvest
        self.reports = harvest.reports
        self.terms = sorted(harvest.terms, key=lambda term: (term.name, term.id))
        self._titles: list[Report] = []
        """The reports without their texts."""
        self._chars: list[int] = []
        """How long their bodies are."""
        self._lines: list[int] = []
        """How many lines their texts have."""
        self._counts: defaultdict[str, list[int]] = defaultdict(list)
        """How many entries, slogans and findings each report has."""
        for parsed in self.reports:
            self._take(parsed)
        if any(one.id > other.id for one, other in itertools.pairwise(self._titles)):
            self._set_in_order()
        self._report_rank = {report.id: rank for rank, report in enumerate(self._titles, 1)}
        self._established = {term.id for term in self.terms if term.status == ESTABLISHED}
        ranks = {term.id: rank for rank, term in enumerate(self.terms, 1)}
        self.report_ranks = [0, *numbered(list(self._report_rank), known.reports if known else {}, REPORTS)]
        self.term_ranks = [0, *numbered(list(ranks), known.terms if known else {}, TERMS)]
        self._uses = UseColumns(harvest.usages, ranks, self._report_rank)
        self._is_established = np.array([False, *(term.id in self._established for term in self.terms)])
        self._having = _Having(self._uses, len(self.terms))
        self._files: defaultdict[str | None, list[HarvestedFile]] = defaultdict(list)
        for file in sorted(harvest.files, key=lambda file: (OUTCOMES.index(file.outcome), file.name)):
            self._files[file.report].append(file)
        self._first_lines = first_lines(self._titles, self._lines)
        self._of_term = TermRows(
            {report.id: report for report in self._titles},
            dict(zip(self._report_rank, self.report_ranks[1:], strict=True)),
        )
        numbers = Numbers(self.report_ranks, self.term_ranks, self._first_lines)
        self.passages = Passages(self.terms, self.reports, self._titles, self._uses, numbers)

    def _take(self, parsed: ParsedReport) -> None:
        self._titles.append(replace(parsed.report, text=""))
        self._chars.append(sum(end - start for start, end in parsed.body))
        self._lines.append(lines_of(parsed.report.text))
        for name in ("entries", "slogans", "findings"):
            self._counts[name].append(len(getattr(parsed, name)))

    def _set_in_order(self) -> None:
        """Have the reports by id: a harvest hands them on so, and then none is held."""
        order = sorted(range(len(self._titles)), key=lambda at: self._titles[at].id)
        self.reports = [self.reports[at] for at in order]
        columns: tuple[list[Any], ...] = (self._titles, self._chars, self._lines, *self._counts.values())
        for column in columns:
            column[:] = [column[at] for at in order]

    def _with(self, name: str) -> Iterator[tuple[int, ParsedReport]]:
        """Return the reports that have any of these, with their ranks; no other one is read for that."""
        return ((rank, self.reports[rank - 1]) for rank, count in enumerate(self._counts[name], 1) if count)

    def of(self, table: str) -> Iterator[Row]:
        """Return the rows of one table."""
        rows: Iterator[Row] = getattr(self, f"_{table}")()
        return map(self._ranked(table), rows) if table in _COUNTED else rows

    def _ranked(self, table: str) -> Callable[[Row], Row]:
        """Return what puts ranks in the place of the numbers in a row of a table."""
        ranks = {"reports": self.report_ranks, "terms": self.term_ranks}
        of = {**REFERENCES, "rank": table}
        found = [(name, ranks[of[name]]) for name in columns(TABLES[table]) if of.get(name) in ranks]

        def ranked(row: Row) -> Row:
            own = ((name, at[getattr(row, name)]) for name, at in found if getattr(row, name) is not None)
            return row._replace(**dict(own)) if found else row

        return ranked

    def names(self) -> Names:
        """Return what ranks stand for, for the content hash."""
        return {
            "reports": dict(zip(self.report_ranks[1:], self._report_rank, strict=True)),
            "terms": dict(zip(self.term_ranks[1:], (term.id for term in self.terms), strict=True)),
            "sections": {row.rank: row.heading for row in self._sections()},
        }

    def counts(self) -> dict[str, int]:
        """Return how much of everything there is."""
        return {
            "reports": len(self.reports),
            "entries": sum(self._counts["entries"]),
            "terms": len(self._established),
            "candidates": len(self.terms) - len(self._established),
            "defined_terms": sum(term.defined for term in self.terms if term.id in self._established),
            "usages": len(self._uses),
            "slogans": sum(self._counts["slogans"]),
            "findings": sum(self._counts["findings"]),
            "doubts": len(self.harvest.doubts),
            "failures": len(self.harvest.failures),
        }

    def _reports(self) -> Iterator[ReportRow]:
        """Yield the reports; the terms in their counts are established ones."""
        established = [term for term in self.terms if term.id in self._established]
        defined = Counter(id_ for term in established for id_ in documents.defining(term))
        terms, reports, times = self._uses.in_reports()
        counted = self._is_established[terms]
        used, usages = (
            np.bincount(reports[counted], weights, len(self._titles) + 1) for weights in (None, times[counted])
        )
        for rank, parsed in enumerate(self.reports, 1):
            own = defined[parsed.report.id]
            yield self.report_row(parsed, documents.report_summary(parsed, own, int(used[rank]), int(usages[rank])))

    def report_row(self, parsed: ParsedReport, summary: ReportSummaryDocument) -> ReportRow:
        """Return the row of a report with a summary."""
        document = documents.report(parsed, summary, self.files_of(parsed.report.id))
        columns: dict[str, Any] = {name: value for name, value in summary.items() if name in ReportRow._fields}
        return ReportRow(
            rank=self.report_ranks[number := self._report_rank[parsed.report.id]],
            first_line=self._first_lines[number],
            **columns,
            body_chars=sum(end - start for start, end in parsed.body),
            text=parsed.report.text,
            summary=orjson.dumps(summary),
            document=orjson.dumps(document),
        )

    def files_of(self, report: str) -> Sequence[HarvestedFile]:
        """Return the files that have a report, or a part of it."""
        return self._files.get(report, ())

    def _entries(self) -> Iterator[EntryRow]:
        for rank, parsed in self._with("entries"):
            for position, note in enumerate(parsed.entries, 1):
                printed = (note.marker, note.number, note.page, note.head, note.start, note.end)
                yield EntryRow(rank, position, *printed)

    def _terms(self) -> Iterator[TermRow]:
        return self.term_rows(range(1, len(self.terms) + 1))

    def term_rows(self, numbers: Iterable[int]) -> Iterator[TermRow]:
        """Yield the rows of the terms with some numbers."""
        sections = np.bincount(self._uses.in_sections()[0], minlength=len(self.terms) + 1).tolist()
        explained = self._uses.explained(len(self.terms))
        for number in numbers:
            term, uses = self.terms[number - 1], self._uses_of(number)
            yield self._of_term.term(self.term_ranks[number], term, uses, sections[number], explained[number])

    def _uses_of(self, rank: int) -> dict[str, int]:
        """Return how often a term stands in each report that has it, by id."""
        return {self._titles[report - 1].id: times for report, times in self._having.of(rank)}

    def _ranked_terms(self) -> Iterator[tuple[int, Term]]:
        return zip(self.term_ranks[1:], self.terms, strict=True)

    def _keys(self) -> Iterator[KeyRow]:
        return iter(sorted(row for ranked in self._ranked_terms() for row in self._of_term.keys(*ranked)))

    def _variants(self) -> Iterator[VariantRow]:
        return (row for ranked in self._ranked_terms() for row in self._of_term.variants(*ranked))

    def _definitions(self) -> Iterator[DefinitionRow]:
        return (row for ranked in self._ranked_terms() for row in self._of_term.definitions(*ranked))

    def _co_uses(self) -> Iterator[CoUseRow]:
        """Yield the rows of established terms; a candidate that stands in many sections has none."""
        terms, sections = self._uses.in_sections()
        chosen = self._is_established[terms]
        return (CoUseRow(*row) for row in co_uses(terms[chosen], sections[chosen]))

    def _timelines(self) -> Iterator[TimelineRow]:
        """Yield the rows of terms that many reports have; the others are counted when somebody asks."""
        uses = dict(zip(self.report_ranks[1:], map(_report_use, self._titles, self._chars), strict=True))
        chronicle = Chronicle(uses.values())
        for term, rows in itertools.groupby(self._appearances(), key=lambda row: row.term):
            having = [uses[row.report]._replace(usages=row.usages, defines=row.defines) for row in rows]
            if len(having) > BUSY:
                yield TimelineRow(term, orjson.dumps(chronicle.of(having)))

    def _term_years(self) -> Iterator[TermYearRow]:
        numbered = enumerate(self._ranked_terms(), 1)
        rows = (row for at, ranked in numbered for row in self._of_term.years(*ranked, self._uses_of(at)))
        return iter(sorted(rows))

    def _appearances(self) -> Iterator[AppearanceRow]:
        numbered = enumerate(self._ranked_terms(), 1)
        return (row for at, ranked in numbered for row in self._of_term.appearances(*ranked, self._uses_of(at)))

    def _usages(self) -> Iterator[UsageRow]:
        return self._uses.rows([term.name for term in self.terms], self.term_ranks, self.report_ranks)

    def _sections(self) -> Iterator[SectionRow]:
        return self._uses.sections()

    def _members(self) -> Iterator[MemberRow]:
        ranks = {key: rank for rank, term in enumerate(self.terms, 1) for key in {term.key, *term.keys}}
        for rank, term in enumerate(self.terms, 1):
            listed = (
                member for sense in term.senses for definition in sense.definitions for member in definition.members
            )
            found = {ranks[key] for member in listed if (key := fold_name(member.text)) in ranks}
            yield from (MemberRow(rank, member) for member in sorted(found - {rank}))

    def _passages(self) -> Iterator[PassageRow]:
        return self.passages.rows()

    def _slogans(self) -> Iterator[SloganRow]:
        for rank, parsed in self._with("slogans"):
            for phrase in parsed.slogans:
                yield SloganRow(rank, phrase.text, phrase.kind, phrase.start, phrase.end)

    def _findings(self) -> Iterator[FindingRow]:
        for rank, parsed in self._with("findings"):
            yield from self.findings_of(rank, parsed)

    @staticmethod
    def findings_of(rank: int, parsed: ParsedReport) -> Iterator[FindingRow]:
        """Return the rows of what was found in a report, given its rank."""
        for found in parsed.findings:
            yield FindingRow(rank, found.kind, _kept(found.message), found.start, found.end)

    def _doubts(self) -> Iterator[DoubtRow]:
        doubts = sorted(self.harvest.doubts, key=lambda doubt: (doubt.kind, doubt.terms, str(doubt.message)))
        for position, doubt in enumerate(doubts, 1):
            yield DoubtRow(position, doubt.kind, _kept(doubt.message), orjson.dumps(doubt.terms))

    def _failures(self) -> Iterator[FailureRow]:
        """Return the files that are not in the edition: not understood, or left out by a manifest."""
        left_out = [
            Failure(one.name, one.reason)
            for one in self.harvest.files
            if one.reason and one.reason.code == "manifest-says-no-report"
        ]
        failures = sorted([*self.harvest.failures, *left_out], key=lambda failure: (failure.path, str(failure.message)))
        for position, failure in enumerate(failures, 1):
            yield FailureRow(position, failure.path, _kept(failure.message))


def _report_use(report: Report, chars: int) -> ReportUse:
    return ReportUse(report.id, report.place, report.place_code, report.level, report.year, report.date, chars)


class _Having:
    """The reports that have each term, and how often."""

    def __init__(self, uses: UseColumns, terms: int) -> None:
        term, self._report, self._times = uses.in_reports()
        self._begins = np.searchsorted(term, np.arange(terms + 2))

    def of(self, term: int) -> Iterator[tuple[int, int]]:
        """Return reports by rank, in that order, and usages in each."""
        here = slice(self._begins[term], self._begins[term + 1])
        return zip(self._report[here].tolist(), self._times[here].tolist(), strict=True)


def _kept(message: Message) -> str:
    """Return a message as the edition keeps it: its code and values as JSON."""
    return orjson.dumps(message.document()).decode()
