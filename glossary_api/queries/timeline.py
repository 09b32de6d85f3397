"""When, where and how often a term is used: counts by year, level and place, against the length of all reports."""

from __future__ import annotations

import orjson

from glossary_api.store.chronicle import Chronicle, ReportUse
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import CourseDocument


def timeline(edition: Edition, term: int) -> CourseDocument:
    """Return the use of the term with this rank."""
    asked = {"term": term}
    if kept := edition.select("SELECT unpacked_document(document) FROM timelines WHERE term = :term", asked):
        found: CourseDocument = orjson.loads(kept[0][0])
        return found
    having = [ReportUse._make(row) for row in edition.select(_HAVING, asked)]
    return edition.once(_of_all).of(having)


_COLUMNS = "r.id, r.place, r.place_code, r.level, r.year, r.date, r.body_chars"
_HAVING = f"""SELECT {_COLUMNS}, a.usages, a.defines FROM appearances a JOIN reports r ON r.rank = a.report
              WHERE a.term = :term ORDER BY a.report"""


def _of_all(edition: Edition) -> Chronicle:
    return Chronicle(map(ReportUse._make, edition.select(f"SELECT {_COLUMNS}, 0, 0 FROM reports r ORDER BY r.rank")))
