"""A harvest as rows of the tables of an edition."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import orjson

from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import Message
from glossary_api.model.things import Failure, Harvest, ParsedReport, Report
from glossary_api.model.words import ALWAYS, ESTABLISHED, OUTCOMES, VOUCHED
from glossary_api.store import documents
from glossary_api.store.beside import co_uses
from glossary_api.store.chronicle import BUSY, Chronicle, ReportUse
from glossary_api.store.passages import Passages
from glossary_api.store.report_shapes import ReportSummaryDocument
from glossary_api.store.schema import (
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
)
from glossary_api.store.use_columns import UseColumns
from glossary_api.text.folding import fold_name


class Rows:
    """The rows of every table, in an order that depends on nothing but what is in them."""

    def __init__(self, harvest: Harvest) -> None:
        self.harvest = harvest
        self.reports = _by_id(harvest.reports)
        self.terms = sorted(harvest.terms, key=lambda term: (term.name, term.id))
        self._titles: list[Report] = []
        """The reports without their texts."""
        self._chars: list[int] = []
        """How long their bodies are."""
        self._counts: defaultdict[str, list[int]] = defaultdict(list)
        """How many entries, slogans and findings each report has."""
        for parsed in self.reports:
            self._take(parsed)
        self._report_rank = {report.id: rank for rank, report in enumerate(self._titles, 1)}
        self._established = {term.id for term in self.terms if term.status == ESTABLISHED}
        ranks = {term.id: rank for rank, term in enumerate(self.terms, 1)}
        self._uses = UseColumns(harvest.usages, ranks, self._report_rank)
        self._is_established = np.array([False, *(term.id in self._established for term in self.terms)])
        self._having = _Having(self._uses, len(self.terms))
        self._files: defaultdict[str | None, list[HarvestedFile]] = defaultdict(list)
        for file in sorted(harvest.files, key=lambda file: (OUTCOMES.index(file.outcome), file.name)):
            self._files[file.report].append(file)
        self.passages = Passages(self.terms, self.reports, self._titles, self._uses)

    def _take(self, parsed: ParsedReport) -> None:
        self._titles.append(replace(parsed.report, text=""))
        self._chars.append(sum(end - start for start, end in parsed.body))
        for name in ("entries", "slogans", "findings"):
            self._counts[name].append(len(getattr(parsed, name)))

    def _with(self, name: str) -> Iterator[tuple[int, ParsedReport]]:
        """Return the reports that have any of these, with their ranks; no other one is read for that."""
        return ((rank, self.reports[rank - 1]) for rank, count in enumerate(self._counts[name], 1) if count)

    def of(self, table: str) -> Iterator[Row]:
        """Return the rows of one table."""
        rows: Iterator[Row] = getattr(self, f"_{table}")()
        return rows

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
        document = documents.report(parsed, summary, self._files[parsed.report.id])
        columns: dict[str, Any] = {name: value for name, value in summary.items() if name in ReportRow._fields}
        return ReportRow(
            rank=self._report_rank[parsed.report.id],
            **columns,
            body_chars=sum(end - start for start, end in parsed.body),
            text=parsed.report.text,
            summary=orjson.dumps(summary),
            document=orjson.dumps(document),
        )

    def _entries(self) -> Iterator[EntryRow]:
        for rank, parsed in self._with("entries"):
            for position, note in enumerate(parsed.entries, 1):
                printed = (note.marker, note.number, note.page, note.head, note.start, note.end)
                yield EntryRow(rank, position, *printed)

    def _terms(self) -> Iterator[TermRow]:
        return self.term_rows(range(1, len(self.terms) + 1))

    def term_rows(self, ranks: Iterable[int]) -> Iterator[TermRow]:
        """Yield the rows of the terms with some ranks."""
        reports = {report.id: report for report in self._titles}
        sections = np.bincount(self._uses.in_sections()[0], minlength=len(self.terms) + 1).tolist()
        explained = self._uses.explained(len(self.terms))
        for rank in ranks:
            term, uses = self.terms[rank - 1], self._uses_of(rank)
            yield TermRow(
                rank=rank,
                id=term.id,
                name=term.name,
                key=term.key,
                kind=term.kind,
                status=term.status,
                defined=int(term.defined),
                pinyin=term.pinyin,
                senses=len(term.senses),
                usages=sum(uses.values()),
                sections=sections[rank],
                definers=len(documents.defining(term)),
                summary=orjson.dumps(documents.term_summary(term, reports, uses)),
                document=orjson.dumps(documents.term(term, reports, uses, explained[rank])),
            )

    def _uses_of(self, rank: int) -> dict[str, int]:
        """Return how often a term stands in each report that has it, by id."""
        return {self._titles[report - 1].id: times for report, times in self._having.of(rank)}

    def _keys(self) -> Iterator[KeyRow]:
        names = (
            (key, rank, VOUCHED if key in term.vouched else ALWAYS)
            for rank, term in enumerate(self.terms, 1)
            for key in {term.key, *term.keys}
        )
        return (KeyRow(*name) for name in sorted(names))

    def _variants(self) -> Iterator[VariantRow]:
        for rank, term in enumerate(self.terms, 1):
            for position, form in enumerate(term.variants, 1):
                reports = sorted(self._report_rank[id_] for id_ in form.reports if id_ in self._report_rank)
                yield VariantRow(rank, position, form.form, form.type, orjson.dumps(reports))

    def _definitions(self) -> Iterator[DefinitionRow]:
        for rank, term in enumerate(self.terms, 1):
            numbered = enumerate(((sense, d) for sense in term.senses for d in sense.definitions), 1)
            for position, (sense, definition) in numbered:
                report = self._report_rank.get(definition.source.report or "")
                block = self._titles[report - 1] if report else None
                near = (block.place_code or block.place) if block else definition.source.place
                document = orjson.dumps(documents.definition(definition))
                yield DefinitionRow(rank, sense.id, position, report, near, definition.text, document)

    def _co_uses(self) -> Iterator[CoUseRow]:
        """Yield the rows of established terms; a candidate that stands in many sections has none."""
        terms, sections = self._uses.in_sections()
        chosen = self._is_established[terms]
        return (CoUseRow(*row) for row in co_uses(terms[chosen], sections[chosen]))

    def _timelines(self) -> Iterator[TimelineRow]:
        """Yield the rows of terms that many reports have; the others are counted when somebody asks."""
        uses = list(map(_report_use, self._titles, self._chars))
        chronicle = Chronicle(uses)
        for term, rows in itertools.groupby(self._appearances(), key=lambda row: row.term):
            having = [uses[row.report - 1]._replace(usages=row.usages, defines=row.defines) for row in rows]
            if len(having) > BUSY:
                yield TimelineRow(term, orjson.dumps(chronicle.of(having)))

    def _term_years(self) -> Iterator[TermYearRow]:
        return (TermYearRow(*row) for row in sorted(set(self._years())))

    def _years(self) -> Iterator[tuple[int, int]]:
        for row in self._appearances():
            year = self._titles[row.report - 1].year
            if year is not None:
                yield year, row.term

    def _appearances(self) -> Iterator[AppearanceRow]:
        for rank, term in enumerate(self.terms, 1):
            uses, defines = dict(self._having.of(rank)), {self._report_rank[id_] for id_ in documents.defining(term)}
            for report in sorted(uses.keys() | defines):
                yield AppearanceRow(rank, report, uses.get(report, 0), int(report in defines))

    def _usages(self) -> Iterator[UsageRow]:
        return self._uses.rows([term.name for term in self.terms])

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


def _by_id(reports: Sequence[ParsedReport]) -> Sequence[ParsedReport]:
    """Return the reports by id: as they are, if that is their order, so that none is held."""
    ids = [parsed.report.id for parsed in reports]
    return reports if ids == sorted(ids) else sorted(reports, key=lambda parsed: parsed.report.id)


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
