from __future__ import annotations

from glossary_api.queries.start import start_terms
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters


def test_the_start_is_what_most_reports_use(edition: Edition) -> None:
    """The terms to start with are all defined, and none is used by more reports, or as many and oftener, than one
    before it.
    """
    found = start_terms(edition)
    defined = edition.terms(TermFilters(defined=True)).items
    assert found == sorted(defined, key=lambda term: (-term["reports"], -term["usages"], term["name"]))
    assert len(found) > 2
