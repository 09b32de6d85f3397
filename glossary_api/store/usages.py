"""The terms of one report in the order in which its body first uses them, and every place where it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from glossary_api.model.words import ESTABLISHED
from glossary_api.store.shapes import ReportNameDocument

Select = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]
"""From a statement and its parameters to all rows."""


DEFINERS = 10
"""How many of the reports that define a term the list of another report names."""


class TermInReport(NamedTuple):
    """A term of a report: where its body first uses it, and how often."""

    id: str
    name: str
    kind: str
    text: str | None
    """The term as the body first prints it; None, like the three that follow, for a term of the appendix alone."""
    start: int | None
    """Span of the first use in the text of the report, half open, in code points."""
    end: int | None
    heading: str | None
    """Nearest heading before the first use."""
    usages: int
    """How often the term stands in the body."""
    document: bytes | None
    """The stored JSON of the term; None for a term that no report defines."""


def uses_in(select: Select, report: int) -> list[TermInReport]:
    """Return the established terms of a report: of its body by first use, then those that it only defines."""
    # Beside a lone min(), SQLite takes the other columns from the row that has the minimum.
    rows = select(
        """SELECT t.id, t.name, t.kind, coalesce(u.text, t.name), min(u.start), u."end", s.heading, count(*),
                  CASE WHEN t.defined THEN unpacked_document(t.document) END
           FROM usages u JOIN terms t ON t.rank = u.term JOIN sections s ON s.rank = u.section
           WHERE u.report = :report AND t.status = :status GROUP BY u.term
           ORDER BY min(u.start), u."end" """,
        {"report": report, "status": ESTABLISHED},
    )
    rows += select(
        """SELECT t.id, t.name, t.kind, NULL, NULL, NULL, NULL, 0, unpacked_document(t.document)
           FROM appearances a JOIN terms t ON t.rank = a.term
           JOIN definitions d ON d.term = a.term AND d.report = a.report
           WHERE a.report = :report AND a.defines AND NOT a.usages AND t.status = :status
           GROUP BY t.rank ORDER BY min(d.position), t.rank""",
        {"report": report, "status": ESTABLISHED},
    )
    return [TermInReport(*row) for row in rows]


def definers_in(select: Select, report: int) -> dict[int, list[ReportNameDocument]]:
    """Return the first reports that define the terms which this one uses without defining them, by term rank.

    `report` is a rank; a report is `{"id","place","year"}`.
    """
    definers: dict[int, list[ReportNameDocument]] = {}
    for term, id_, place, year in select(
        """SELECT o.term, r.id, r.place, r.year FROM appearances a
           JOIN appearances o ON o.term = a.term AND o.defines = 1 AND o.report IN (
               SELECT report FROM appearances WHERE term = a.term AND defines = 1 ORDER BY report LIMIT :most)
           JOIN reports r ON r.rank = o.report
           WHERE a.report = :report AND a.usages AND NOT a.defines ORDER BY o.term, r.rank""",
        {"report": report, "most": DEFINERS},
    ):
        definers.setdefault(term, []).append({"id": id_, "place": place, "year": year})
    return definers


class UsageSpan(NamedTuple):
    """A place of a report where a term stands."""

    term: str
    """Id of the term."""
    name: str
    start: int
    """Span in the text of the report, half open, in code points."""
    end: int
    sense: str | None
    """Id of the sense that is meant, where that is known."""


def places_in(select: Select, report_id: str) -> list[UsageSpan]:
    """Return every usage of an established term in the body of a report, in the order of the text.

    None if there is no such report. One SELECT.
    """
    rows = select(
        """SELECT t.id, t.name, u.start, u."end", u.sense FROM reports r JOIN usages u ON u.report = r.rank
           JOIN terms t ON t.rank = u.term WHERE r.id = :report AND t.status = :status
           ORDER BY u.start, u."end" DESC""",
        {"report": report_id, "status": ESTABLISHED},
    )
    return [UsageSpan(*row) for row in rows]
