"""Pages by number, for people who leaf back and forth: the cursor that a page begins at.

A cursor holds across editions and a number does not: the API pages by cursor only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glossary_api.store import cursors, fulltext
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters, term_conditions


def cursor_of_terms(edition: Edition, filters: TermFilters, skipped: int) -> str | None:
    """Return the cursor behind the first `skipped` terms of `Edition.terms`; None if the list is not that long."""
    question = None if filters.q is None else fulltext.question(filters.q)
    if filters.q is not None and question is None:
        return None
    rows = edition.select(
        f"SELECT t.name FROM terms t WHERE {term_conditions(filters)} ORDER BY t.name LIMIT 1 OFFSET :before",
        edition.values(filters) | {"question": question, "before": skipped - 1},
    )
    return _encoded("terms", rows)


def cursor_of_reports(edition: Edition, skipped: int) -> str | None:
    """Return the same for `Edition.reports`."""
    return _encoded(
        "reports", edition.select("SELECT id FROM reports ORDER BY id LIMIT 1 OFFSET :before", {"before": skipped - 1})
    )


def cursor_of_usages(edition: Edition, name: str, report: str | None, skipped: int) -> str | None:
    """Return the same for `Edition.usages`. Raises TermNotFound."""
    rows = edition.select(
        """SELECT r.id, u.start, u."end" FROM usages u JOIN reports r ON r.rank = u.report
           WHERE u.term = :term AND (:report IS NULL OR r.id = :report)
           ORDER BY u.report, u.start, u."end" LIMIT 1 OFFSET :before""",
        {"term": edition.rank_of(name), "report": report, "before": skipped - 1},
    )
    return _encoded("usages", rows)


def _encoded(kind: str, rows: Sequence[tuple[Any, ...]]) -> str | None:
    return cursors.encode(kind, *rows[0]) if rows else None
