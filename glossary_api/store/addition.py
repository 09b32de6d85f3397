"""Put further reports into a copy of an edition, and what they change: it then is what a harvest of all at once makes.

The rows about terms that are concerned are made anew, as are the usages of reports in which any other term stands than
before. What counts or compares all reports is counted again. Everything else stays as it was, the search indexes above
all, which take longer to fill than anything else in a harvest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from glossary_api.model.things import Harvest, Term, Usage
from glossary_api.model.words import ESTABLISHED
from glossary_api.store import documents
from glossary_api.store.block_numbers import place_blocks
from glossary_api.store.copied_paragraphs import CopiedParagraphs
from glossary_api.store.copying import Attach, EditionCopy, Row, copied
from glossary_api.store.index_parts import IndexRow
from glossary_api.store.passages import INDEXES as PASSAGES
from glossary_api.store.passages import (
    SearchPassage,
    definition_passages,
    lines_of,
    name_passage,
    name_rank,
    report_words,
)
from glossary_api.store.recounting import co_used, courses
from glossary_api.store.rows import Rows
from glossary_api.store.spaced_ranks import REPORTS, TERMS, Known, between
from glossary_api.store.term_rows import TermRows
from glossary_api.store.verifying import DERIVED, derived_digest
from glossary_api.store.writing import SearchWords

_OF_TERMS = ("appearances", "term_years", "definitions", "variants")
"""Tables most of whose rows about a term stay as they are when a report is added."""
_REFERRING = (("usages", "term"), ("members", "term"), ("members", "member"), ("co_uses", "term"), ("co_uses", "other"),
              ("timelines", "term"))  # fmt: skip
"""Columns of rows that stay when a term they refer to gets another rank."""
_COUNTS: Mapping[str, str] = {
    "reports": "reports",
    "entries": "entries",
    "terms": "terms WHERE status = :established",
    "candidates": "terms WHERE status <> :established",
    "defined_terms": "terms WHERE status = :established AND defined",
    "usages": "usages",
    "slogans": "slogans",
    "findings": "findings",
    "doubts": "doubts",
    "failures": "failures",
}


Place = tuple[str, int, int]
"""Id of a term, start and end."""


class ChangedUses(NamedTuple):
    """Usages of a report that go and that come."""

    gone: Collection[Place]
    come: Collection[Usage]


@dataclass(frozen=True, slots=True)
class Addition:
    """Hold what is different in an edition that further reports are added to."""

    of: str
    """The hash of the edition that they are added to."""
    harvest: Harvest
    """All reports, the new ones whole and the others without their texts; the files, doubts and failures of all; and,
    as they are now, the terms that are concerned."""
    new: Collection[str]
    """Ids of the reports that the edition does not have."""
    refiled: Collection[str]
    """Ids of reports that it has, and that other files are of."""
    gone: Collection[str]
    """Ids of the terms of the edition that are made anew, or are no more."""
    usages: Mapping[str, ChangedUses]
    """Those that go and come in each report in which other terms stand than before, or in another sense."""
    members: Collection[tuple[str, str]]
    """Ids of all terms that list another term, and of this."""


def add_to_edition(path: Path, addition: Addition, attachments: Attach) -> str:
    """Put an edition with the further reports in place of the one at `path`, whole or not at all; return its hash.

    `attachments` makes what is attached from the names. Raises OSError, sqlite3.Error or NoRoom, and EditionError if
    another edition has come there meanwhile.
    """
    with copied(path, addition.of) as copy:
        return _Enlarged(copy, addition).with_all(attachments)


class _Enlarged:
    """The copy of an edition that reports are added to."""

    def __init__(self, copy: EditionCopy, added: Addition) -> None:
        self._copy, self._run, self._added = copy, copy.run, added
        self._titles = {parsed.report.id: replace(parsed.report, text="") for parsed in added.harvest.reports}
        self._years = orjson.dumps(sorted({one.year for one in self._titles.values()} - {None})).decode()
        self._whole = [parsed for parsed in added.harvest.reports if parsed.report.id in added.new]
        new = [(parsed.report.id, parsed.report.id) for parsed in self._whole]
        self._reports = {**copy.known_reports(), **dict(between(copy.run, "reports", new, REPORTS))}
        self._ids = {rank: identity for identity, rank in self._reports.items()}
        self._before = {identity: copy.rank_of(identity) for identity in added.gone}
        self._terms = {term.id: term for term in added.harvest.terms}
        self._ranks = dict(self._ranked())
        self._rows = Rows(
            replace(added.harvest, terms=(), usages=(), reports=tuple(self._whole)), Known(self._reports, {})
        )
        copy.names["reports"].update(self._ids)
        copy.names["terms"].update({rank: identity for identity, rank in (*self._before.items(), *self._ranks.items())})

    def _ranked(self) -> Iterator[tuple[str, int]]:
        """Yield the ranks of the terms that are concerned: as before, unless they are called otherwise."""
        names = dict(self._run("SELECT id, name FROM terms").fetchall())
        new = sorted((term.name, term.id) for term in self._terms.values() if names.get(term.id) != term.name)
        yield from between(self._run, "terms", new, TERMS)
        anew = {identity for _, identity in new}
        yield from ((one, self._before[one]) for one in self._terms if one not in anew)

    def with_all(self, attachments: Attach) -> str:
        """Do everything; return the content hash."""
        new = [(one.report, lines_of(one.report.text)) for one in self._whole]
        first_lines = place_blocks(self._run, new, self._reports)
        moved = {self._reports[report] for report in first_lines.keys() - set(self._added.new)}
        paragraphs, before = CopiedParagraphs(self._copy, self._touched() | moved), self._counts()
        self._search(out=True)
        self._without_old()
        self._use()
        self._put_terms()
        self._put_reports(first_lines, before)
        paragraphs.change({self._reports[report] for report in self._added.new})
        self._compare_all()
        self._copy.attach(attachments)
        return self._said()

    def _touched(self) -> set[int]:
        """Return the ranks of reports that were there and whose paragraphs may be found by other words."""
        found = {
            self._reports[report]
            for report, uses in self._added.usages.items()
            if report not in self._added.new and any(map(self._is_established, _terms_of(uses)))
        }
        for identity in self._before.keys() | self._terms.keys():
            term = self._terms.get(identity)
            now = (term.status == ESTABLISHED, term.kind, int(term.defined)) if term else None
            asked = "SELECT status = ?, kind, defined FROM terms WHERE id = ?"
            row = self._run(asked, (ESTABLISHED, identity)).fetchone()
            if row and (not now or (bool(row[0]), *row[1:]) != now):
                asked = "SELECT report FROM appearances WHERE term = ? AND usages"
                found |= {report for (report,) in self._run(asked, (self._before[identity],))}
        return found

    def _is_established(self, identity: str) -> bool:
        """Tell whether a term is established now or was so."""
        now, asked = self._terms.get(identity), "SELECT 1 FROM terms WHERE id = ? AND status = ?"
        was = self._run(asked, (identity, ESTABLISHED)).fetchone()
        return bool(was) or (now is not None and now.status == ESTABLISHED)

    def _counts(self) -> dict[int, tuple[int, int, int]]:
        """Return for each report how many established terms it defines and uses, and how often."""
        asked = """SELECT a.report, sum(a.defines), sum(a.usages > 0), sum(a.usages)
                   FROM appearances a JOIN terms t ON t.rank = a.term WHERE t.status = ? GROUP BY a.report"""
        return {report: tuple(counts) for report, *counts in self._run(asked, (ESTABLISHED,))}

    def _search(self, *, out: bool = False) -> None:
        """Put what terms are found by into the search indexes, or take it out."""
        change, ranks = (self._copy.unindex, self._before) if out else (self._copy.index, self._ranks)
        # In rising order: a search index writes what it has gathered to the disk when a number is not above the last.
        for index, row in sorted(chain.from_iterable(map(self._found_by, ranks.values())), key=lambda one: one[1][0]):
            change(index, row)
        for rank in ranks.values() if out else ():
            self._copy.take_out("passages", "term = ?", rank)

    def _found_by(self, rank: int) -> Iterator[tuple[str, IndexRow]]:
        """Yield what the search indexes have of a term as it stands in the tables now."""
        term = self._copy.term(rank)
        yield "term_search", SearchWords.of_term(rank, term)
        if term.status != ESTABLISHED:
            return
        ((used,),) = self._run("SELECT usages FROM terms WHERE rank = ?", (rank,)).fetchall()
        for passage in self._passages(rank, term, used):
            yield from zip(PASSAGES, SearchWords.of_passage(passage, passage.row.rank), strict=True)
        yield "suggestion_search", SearchWords.suggested(name_rank(used, rank), term)

    def _passages(self, rank: int, term: Term, used: int) -> Iterator[SearchPassage]:
        having = self._run("SELECT report FROM appearances WHERE term = ? ORDER BY report", (rank,)).fetchall()
        words = (word for (report,) in having for word in self._words(report))
        yield name_passage(term, rank, used, words)
        yield from definition_passages(term, rank, used, self._found)

    def _found(self, report: str) -> tuple[int, Iterable[str]] | None:
        rank = self._reports.get(report)
        return (rank, self._words(rank)) if rank else None

    def _words(self, report: int) -> Iterator[str]:
        return report_words(report, self._titles[self._ids[report]].year)

    def _without_old(self) -> None:
        """Take out what is made anew."""
        for report, uses in self._added.usages.items():
            for term, start, end in uses.gone:
                values = (self._before[term], self._reports[report], start, end)
                self._copy.take_out("usages", 'term = ? AND report = ? AND start = ? AND "end" = ?', *values)
        for identity, rank in self._before.items():
            now = self._ranks.get(identity)
            for table in ("keys", *(_OF_TERMS if now != rank else ())):
                self._copy.take_out(table, *self._of_term(table, rank))
            self._copy.take_out("terms", "rank = ?", rank)
            if now not in (None, rank):
                for table, column in _REFERRING:
                    self._run(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (now, rank))

    def _of_term(self, table: str, rank: int) -> tuple[str, *tuple[Any, ...]]:
        """Return what is true of the rows about a term in a table, and the values for that."""
        if table == "term_years":  # its rows are in the order of years
            return "term = ? AND year IN (SELECT value FROM json_each(?))", rank, self._years
        return "term = ?", rank

    def _use(self) -> None:
        """Put in the usages that come, and the parts of reports in which they are; parts without any go."""
        (last,) = self._run("SELECT coalesce(max(rank), 0) FROM sections").fetchone()
        ranks = orjson.dumps([self._reports[report] for report in self._added.usages]).decode()
        asked = "SELECT report, heading, rank FROM sections WHERE report IN (SELECT value FROM json_each(?))"
        known = {(report, heading): rank for report, heading, rank in self._run(asked, (ranks,))}
        old = orjson.dumps(list(known.values())).decode()
        for report, uses in sorted(self._added.usages.items()):
            rank = self._reports[report]
            headings = {usage.heading for usage in uses.come if (rank, usage.heading) not in known}
            new = {heading: last + number for number, heading in enumerate(sorted(headings, key=str), 1)}
            last += len(new)
            known |= {(rank, heading): number for heading, number in new.items()}
            self._copy.names["sections"].update({number: heading for heading, number in new.items()})
            self._copy.put("sections", ((number, rank, heading) for heading, number in new.items()))
            self._copy.put("usages", (self._usage(rank, known[rank, usage.heading], usage) for usage in uses.come))
        left = """rank IN (SELECT value FROM json_each(?))
                  AND NOT EXISTS (SELECT 1 FROM usages WHERE section = sections.rank)"""
        self._copy.take_out("sections", left, old)

    def _usage(self, report: int, section: int, usage: Usage) -> Row:
        match = usage.match
        term, name = self._named(match.term)
        text = None if match.text == name else match.text
        place = (match.start, match.end, text, match.match_type, int(match.quoted))
        return (term, report, section, *place, usage.sense)

    def _named(self, identity: str) -> tuple[int, str]:
        """Return rank and name of a term."""
        if identity in self._terms:
            return self._ranks[identity], self._terms[identity].name
        rank, name = self._run("SELECT rank, name FROM terms WHERE id = ?", (identity,)).fetchone()
        return rank, name

    def _put_terms(self) -> None:
        """Put in the terms that are concerned."""
        made = TermRows(self._titles, self._reports)
        asked = "SELECT report, count(*), count(sense) FROM usages WHERE term = ? GROUP BY report"
        for identity, rank in sorted(self._ranks.items(), key=lambda item: item[1]):
            term, uses, explained = self._terms[identity], {}, 0
            for report, times, said in self._run(asked, (rank,)):
                uses[self._ids[report]] = times
                explained += said
            ((sections,),) = self._run("SELECT count(DISTINCT section) FROM usages WHERE term = ?", (rank,)).fetchall()
            self._copy.put("terms", [made.term(rank, term, uses, sections, explained)])
            self._copy.put("keys", made.keys(rank, term))
            rows = made.appearances(rank, term, uses), made.years(rank, term, uses), made.definitions(rank, term)
            for table, those in zip(_OF_TERMS, (*rows, made.variants(rank, term)), strict=True):
                self._copy.replace(table, those, *self._of_term(table, rank))
            if term.status == ESTABLISHED:
                passages = self._passages(rank, self._copy.term(rank), sum(uses.values()))
                self._copy.put("passages", (passage.row for passage in passages))
        self._search()

    def _put_reports(self, first_lines: Mapping[str, int], before: Mapping[int, tuple[int, int, int]]) -> None:
        """Put in the new reports, and count the terms of the others anew where they are more or fewer."""
        counts, none = self._counts(), (0, 0, 0)
        for parsed in self._whole:
            rank = self._reports[parsed.report.id]
            row = self._rows.report_row(parsed, documents.report_summary(parsed, *counts.get(rank, none)))
            self._copy.put("reports", [row._replace(first_line=first_lines[parsed.report.id])])
        for table in ("entries", "slogans", "findings"):
            self._copy.put(table, self._rows.of(table))
        for report, line in first_lines.items():  # no content, and no part of the hash
            self._run("UPDATE reports SET first_line = ? WHERE rank = ?", (line, self._reports[report]))
        refiled = {self._reports[report] for report in self._added.refiled}
        new = {self._reports[report] for report in self._added.new}
        changed = {rank for rank in before.keys() | counts.keys() if before.get(rank) != counts.get(rank)}
        for rank in sorted((refiled | changed) - new):
            self._recount(rank, dict(zip(("defined", "used", "usages"), counts.get(rank, none), strict=True)))

    def _recount(self, rank: int, counts: Mapping[str, int]) -> None:
        asked = "SELECT id, summary, unpacked_document(document) FROM reports WHERE rank = ?"
        identity, *kept = self._run(asked, (rank,)).fetchone()
        summary, document = map(orjson.loads, kept)
        summary["counts"] |= counts
        document["counts"] |= counts
        if identity in self._added.refiled:
            document["files"] = list(map(documents.file, self._rows.files_of(identity)))
        self._copy.change("reports", rank, {"summary": orjson.dumps(summary), "document": orjson.dumps(document)})

    def _compare_all(self) -> None:
        """Make the tables anew whose rows depend on all reports, or on all terms."""
        ranks = dict(self._run("SELECT id, rank FROM terms").fetchall())
        self._copy.replace("members", ((ranks[one], ranks[other]) for one, other in self._added.members))
        self._copy.replace("co_uses", co_used(self._run))
        self._copy.replace("timelines", courses(self._run))
        for table in ("doubts", "failures"):
            self._copy.replace(table, self._rows.of(table))

    def _said(self) -> str:
        """Say which edition it is; return its hash."""
        copy, said = self._copy, str(self._copy.hash)
        counts = copy.count(_COUNTS, {"established": ESTABLISHED}).decode()
        tallies = copy.hash.document()
        copy.say({"hash": said, "tallies": tallies, "counts": counts, "harvested": None, DERIVED: None})
        copy.commit()  # a search index has what was put into it only then
        copy.say({DERIVED: derived_digest(copy.run)})
        return said


def _terms_of(uses: ChangedUses) -> set[str]:
    return {place[0] for place in uses.gone} | {usage.match.term for usage in uses.come}
