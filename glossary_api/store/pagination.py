"""Pages by number, for people who leaf back and forth: the cursor that a page begins at.

A cursor holds across editions and a number does not: the API pages by cursor only.
"""

from __future__ import annotations

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
    return cursors.encode("terms", *rows[0]) if rows else None
