from __future__ import annotations

from glossary_api.queries.start import start_terms
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters


def test_the_start_is_what_most_reports_use(edition: Edition) -> None:
    """The terms to start with are all defined; those that several reports explain in one sense come first, and of these
    and the others none is used by more reports, or as many and oftener, than one before it.
    """
    found = start_terms(edition)
    agreed = {id_ for (id_,) in edition.select("SELECT id FROM terms WHERE senses = 1 AND definers > 1")}
    order = sorted(
        edition.terms(TermFilters(defined=True)).items,
        key=lambda term: (term["id"] not in agreed, -term["reports"], -term["usages"], term["name"]),
    )
    assert found == order
    assert len(found) > len(agreed)
