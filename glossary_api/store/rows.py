"""A harvest as rows of the tables of an edition."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import orjson

from glossary_api.model.files import HarvestedFile
from glossary_api.model.messages import Message
from glossary_api.model.things import Failure, Harvest, ParsedReport
from glossary_api.model.words import ALWAYS, ESTABLISHED, OUTCOMES, VOUCHED
from glossary_api.store import documents
from glossary_api.store.beside import co_uses
from glossary_api.store.chronicle import BUSY, Chronicle, ReportUse
from glossary_api.store.passages import Passages
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
    SloganRow,
    TermRow,
    TermYearRow,
    TimelineRow,
    UsageRow,
    VariantRow,
)
from glossary_api.text.folding import fold_name


class Rows:
    """The rows of every table, in an order that depends on nothing but what is in them."""

    def __init__(self, harvest: Harvest) -> None:
        self.harvest = harvest
        self.reports = sorted(harvest.reports, key=lambda parsed: parsed.report.id)
        self.terms = sorted(harvest.terms, key=lambda term: (term.name, term.id))
        self._report_rank = {parsed.report.id: rank for rank, parsed in enumerate(self.reports, 1)}
        self._established = {term.id for term in self.terms if term.status == ESTABLISHED}
        self._term_rank = {term.id: rank for rank, term in enumerate(self.terms, 1)}
        self._uses: Mapping[str, Counter[str]] = _uses(harvest)
        self._sections = _sections(harvest)
        self._files: defaultdict[str | None, list[HarvestedFile]] = defaultdict(list)
        for file in sorted(harvest.files, key=lambda file: (OUTCOMES.index(file.outcome), file.name)):
            self._files[file.report].append(file)
        used = [sum(self._uses.get(term.id, Counter()).values()) for term in self.terms]
        self.passages = Passages(self.terms, self.reports, harvest.usages, used)

    def of(self, table: str) -> Iterator[Row]:
        """Return the rows of one table."""
        rows: Iterator[Row] = getattr(self, f"_{table}")()
        return rows

    def counts(self) -> dict[str, int]:
        """How much of everything there is."""
        return {
            "reports": len(self.reports),
            "entries": sum(len(parsed.entries) for parsed in self.reports),
            "terms": len(self._established),
            "candidates": len(self.terms) - len(self._established),
            "defined_terms": sum(term.defined for term in self.terms if term.id in self._established),
            "usages": len(self.harvest.usages),
            "slogans": sum(len(parsed.slogans) for parsed in self.reports),
            "findings": sum(len(parsed.findings) for parsed in self.reports),
            "doubts": len(self.harvest.doubts),
            "failures": len(self.harvest.failures),
        }

    def _reports(self) -> Iterator[ReportRow]:
        """Return what a report has of terms counts the established ones."""
        established = [term for term in self.terms if term.id in self._established]
        defined = Counter(id_ for term in established for id_ in documents.defining(term))
        used = Counter(id_ for term in established for id_ in self._uses.get(term.id, ()))
        usages = Counter(usage.report for usage in self.harvest.usages if usage.match.term in self._established)
        for parsed in self.reports:
            id_ = parsed.report.id
            summary = documents.report_summary(parsed, defined[id_], used[id_], usages[id_])
            yield self._report(parsed, summary)

    def _report(self, parsed: ParsedReport, summary: documents.JsonObject) -> ReportRow:
        block = documents.title_block(parsed.report)
        columns = {name: block[name] for name in ReportRow._fields if name in block}
        return ReportRow(
            rank=self._report_rank[parsed.report.id],
            **columns,
            body_chars=sum(end - start for start, end in parsed.body),
            headings=orjson.dumps([documents.heading(found) for found in parsed.headings]),
            appendix=orjson.dumps(documents.appendix(parsed.appendix)),
            text=parsed.report.text,
            summary=orjson.dumps(summary),
            document=orjson.dumps(documents.report(parsed, summary, self._files[parsed.report.id])),
        )

    def _entries(self) -> Iterator[EntryRow]:
        for rank, parsed in enumerate(self.reports, 1):
            for position, note in enumerate(parsed.entries, 1):
                printed = (note.marker, note.number, note.page, note.head, note.start, note.end)
                yield EntryRow(rank, position, *printed, orjson.dumps(documents.entry(note)))

    def _terms(self) -> Iterator[TermRow]:
        reports = {parsed.report.id: parsed.report for parsed in self.reports}
        sections: defaultdict[str, set[int]] = defaultdict(set)
        for usage in self.harvest.usages:
            sections[usage.match.term].add(self._sections[usage.report, usage.heading])
        for rank, term in enumerate(self.terms, 1):
            uses = self._uses.get(term.id, Counter())
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
                sections=len(sections[term.id]),
                definers=len(documents.defining(term)),
                summary=orjson.dumps(documents.term_summary(term, uses)),
                document=orjson.dumps(documents.term(term, reports, uses)),
            )

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
                yield VariantRow(rank, position, form.form, form.type, orjson.dumps(sorted(form.reports)))

    def _definitions(self) -> Iterator[DefinitionRow]:
        for rank, term in enumerate(self.terms, 1):
            numbered = enumerate(((sense, d) for sense in term.senses for d in sense.definitions), 1)
            for position, (sense, definition) in numbered:
                report = self._report_rank.get(definition.source.report or "")
                block = self.reports[report - 1].report if report else None
                near = (block.place_code or block.place) if block else definition.source.place
                document = orjson.dumps(documents.definition(definition))
                yield DefinitionRow(rank, sense.id, position, report, near, definition.text, document)

    def _co_uses(self) -> Iterator[CoUseRow]:
        """Of established terms; a candidate that stands in many sections has none."""
        uses = (
            (self._term_rank[usage.match.term], self._sections[usage.report, usage.heading])
            for usage in self.harvest.usages
            if usage.match.term in self._established
        )
        return (CoUseRow(*row) for row in co_uses(uses))

    def _timelines(self) -> Iterator[TimelineRow]:
        """Of terms that many reports have; the others are counted when somebody asks."""
        chronicle = Chronicle(_report_use(parsed) for parsed in self.reports)
        for term, rows in itertools.groupby(self._appearances(), key=lambda row: row.term):
            having = [
                _report_use(self.reports[row.report - 1])._replace(usages=row.usages, defines=row.defines)
                for row in rows
            ]
            if len(having) > BUSY:
                yield TimelineRow(term, orjson.dumps(chronicle.of(having)))

    def _term_years(self) -> Iterator[TermYearRow]:
        return (TermYearRow(*row) for row in sorted(set(self._years())))

    def _years(self) -> Iterator[tuple[int, int]]:
        for row in self._appearances():
            year = self.reports[row.report - 1].report.year
            if year is not None:
                yield year, row.term

    def _appearances(self) -> Iterator[AppearanceRow]:
        for rank, term in enumerate(self.terms, 1):
            uses, defines = self._uses.get(term.id, Counter()), documents.defining(term)
            for report in sorted(uses.keys() | defines):
                yield AppearanceRow(rank, self._report_rank[report], uses[report], int(report in defines))

    def _usages(self) -> Iterator[UsageRow]:
        rows = (
            UsageRow(
                term=self._term_rank[usage.match.term],
                report=self._report_rank[usage.report],
                section=self._sections[usage.report, usage.heading],
                start=usage.match.start,
                end=usage.match.end,
                text=usage.match.text,
                match_type=usage.match.match_type,
                quoted=int(usage.match.quoted),
                heading=usage.heading,
                sense=usage.sense,
            )
            for usage in self.harvest.usages
        )
        yield from sorted(rows, key=lambda row: (row.term, row.report, row.start, row.end))

    def _members(self) -> Iterator[MemberRow]:
        ranks = {key: rank for rank, term in enumerate(self.terms, 1) for key in {term.key, *term.keys}}
        for rank, term in enumerate(self.terms, 1):
            listed = (
                member for sense in term.senses for definition in sense.definitions for member in definition.members
            )
            found = {ranks[key] for member in listed if (key := fold_name(member.text)) in ranks}
            yield from (MemberRow(rank, member) for member in sorted(found - {rank}))

    def _passages(self) -> Iterator[PassageRow]:
        return (passage.row for passage in self.passages)

    def _slogans(self) -> Iterator[SloganRow]:
        for rank, parsed in enumerate(self.reports, 1):
            for phrase in parsed.slogans:
                document = orjson.dumps(documents.slogan(phrase))
                yield SloganRow(rank, phrase.text, phrase.kind, phrase.start, phrase.end, document)

    def _findings(self) -> Iterator[FindingRow]:
        for rank, parsed in enumerate(self.reports, 1):
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


def _report_use(parsed: ParsedReport) -> ReportUse:
    report, chars = parsed.report, sum(end - start for start, end in parsed.body)
    return ReportUse(report.id, report.place, report.place_code, report.level, report.year, report.date, chars)


def _sections(harvest: Harvest) -> Mapping[tuple[str, str | None], int]:
    """Return a number for each part of a report between two headings in which any term stands, from 1."""
    parts = sorted(
        {(usage.report, usage.heading) for usage in harvest.usages}, key=lambda part: (part[0], part[1] or "")
    )
    return {part: number for number, part in enumerate(parts, 1)}


def _uses(harvest: Harvest) -> Mapping[str, Counter[str]]:
    """How often each term stands in each report: term id → report id → usages."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for usage in harvest.usages:
        uses[usage.match.term][usage.report] += 1
    return uses


def _kept(message: Message) -> str:
    """Return a message as the edition keeps it: its code and values as JSON."""
    return orjson.dumps(message.document()).decode()
