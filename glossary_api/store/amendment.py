"""Put what a few decisions change into a copy of an edition, without going through the rest of it.

What has to be right at once is: the terms that were decided about, with their names, definitions and uses, wherever
they are asked for, and the content hash. What only counts or orders others (which terms stand beside one, how many
terms a report has, where a paragraph with a new name is found) follows with the next harvest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from glossary_api.model.things import Harvest, ParsedReport, Report, Term
from glossary_api.model.words import ESTABLISHED
from glossary_api.store import documents
from glossary_api.store.copying import OF_TERMS, Attach, EditionCopy, Row, SectionRanks, copied
from glossary_api.store.rows import Rows
from glossary_api.store.schema import ReportRow
from glossary_api.store.spaced_ranks import TERMS, Known, between
from glossary_api.store.verifying import DERIVED
from glossary_api.text.folding import fold_name

_COUNTS: Mapping[str, str] = {
    "terms": "terms WHERE status = :established",
    "candidates": "terms WHERE status <> :established",
    "defined_terms": "terms WHERE status = :established AND defined",
    "usages": "usages",
    "findings": "findings",
}


@dataclass(frozen=True, slots=True)
class Amendment:
    """Hold what is put in place of what."""

    of: str
    """The hash of the edition that is amended."""
    before: Sequence[ParsedReport]
    """All reports by id, as the edition has them, without their texts."""
    gone: Sequence[str]
    """Ids of the terms of the edition that are made anew."""
    harvest: Harvest
    """These terms as they are now, their usages, all reports without their texts, the version of the decisions."""
    reports: Sequence[ParsedReport] = ()
    """Those of which something else than their terms has changed, with all that was found in them."""


def amend_edition(path: Path, amendment: Amendment, attachments: Attach) -> str:
    """Put an edition with the amendment in place of the one at `path`, whole or not at all; return its content hash.

    `attachments` makes what is attached from the names. The edition says of which harvest it is, and is verified as any
    other. Raises OSError, sqlite3.Error or NoRoom, and EditionError if another edition has come there meanwhile.
    """
    with copied(path, amendment.of) as copy:
        return _Amended(copy).by(amendment, attachments)


class _Amended:
    """The copy of an edition that is amended."""

    def __init__(self, copy: EditionCopy) -> None:
        self._copy, self._run = copy, copy.run

    def by(self, amendment: Amendment, attachments: Attach) -> str:
        """Do everything; return the content hash."""
        copy = self._copy
        known = {identity: copy.rank_of(identity) for identity in amendment.gone}
        reports = copy.known_reports()
        ranks = ranked(copy, amendment.harvest.terms, known)
        new = Rows(amendment.harvest, Known(reports, ranks))
        copy.searched(copy.rows_of(amendment.before, known), out=True)
        sections = SectionRanks(copy, new.of("sections"))
        for identity, rank in known.items():
            copy.without_term(rank, stays=identity in ranks)
        for table in OF_TERMS:
            rows: list[Row] = list(new.of(table))
            if table == "usages":
                rows = list(map(sections.placed, rows))
                copy.put("sections", sections.added)
            copy.put(table, rows)
        copy.put("members", self._members(new.terms, ranks))
        copy.searched(new)
        for parsed in amendment.reports:
            self._report(new, parsed)
            self._name_anew(parsed.report)
        copy.attach(attachments)
        return self._said(amendment.harvest.decisions)

    def _members(self, terms: Sequence[Term], ranks: Mapping[str, int]) -> Iterator[Row]:
        for term in terms:
            listed = {
                fold_name(member.text)
                for sense in term.senses
                for definition in sense.definitions
                for member in definition.members
            }
            asked = "SELECT DISTINCT term FROM keys WHERE key IN (SELECT value FROM json_each(?)) ORDER BY term"
            found = self._run(asked, (orjson.dumps(sorted(listed)).decode(),)).fetchall()
            yield from ((ranks[term.id], member) for (member,) in found if member != ranks[term.id])

    def _report(self, rows: Rows, parsed: ParsedReport) -> None:
        """Make what is said of a report anew; its terms are counted as they were."""
        asked = "SELECT rank FROM reports WHERE id = ?"
        ((rank,),) = self._run(asked, (parsed.report.id,)).fetchall()
        (old,) = map(ReportRow._make, self._copy.counted_rows("reports", "rank = ?", rank))
        counts, files = orjson.loads(old.summary)["counts"], orjson.loads(old.document)["files"]
        said = documents.report_summary(parsed, *(counts[name] for name in ("defined", "used", "usages")))
        row = rows.report_row(parsed, said)
        document = orjson.dumps(orjson.loads(row.document) | {"files": files})
        changed = row._asdict() | {"document": document}
        self._copy.change(
            "reports", rank, {name: changed[name] for name in changed if name not in ("rank", "first_line", "text")}
        )
        self._copy.take_out("findings", "report = ?", rank)
        self._copy.put("findings", rows.findings_of(rank, parsed))

    def _name_anew(self, report: Report) -> None:
        """Give the documents of the terms that a report has its place and year as they are now."""
        asked = """SELECT t.rank, unpacked_document(t.document) FROM reports r JOIN appearances a ON a.report = r.rank
                   JOIN terms t ON t.rank = a.term WHERE r.id = ?"""
        for rank, content in self._run(asked, (report.id,)).fetchall():
            document = orjson.loads(content)
            named = [one for one in document["reports"] if one["id"] == report.id]
            for one in named:
                one |= {"place": report.place, "year": report.year}
            if (changed := orjson.dumps(document)) != content:
                self._copy.change("terms", rank, {"document": changed})

    def _said(self, decisions: str) -> str:
        """Say which edition it is; return its hash."""
        copy, said = self._copy, str(self._copy.hash)
        copy.say(
            {
                "hash": said,
                "tallies": copy.hash.document(),
                "counts": copy.count(_COUNTS, {"established": ESTABLISHED}).decode(),
                "decisions": decisions,
                "harvested": copy.meta.get("harvested", copy.meta["hash"]),
                DERIVED: None,  # to work it out would take going through everything
            }
        )
        return said


def ranked(copy: EditionCopy, terms: Sequence[Term], known: Mapping[str, int]) -> dict[str, int]:
    """Return the ranks of terms in the edition: those that are known, and others between those of their neighbours."""
    names = sorted((term.name, term.id) for term in terms if term.id not in known)
    return dict(known) | dict(between(copy.run, "terms", names, TERMS))
