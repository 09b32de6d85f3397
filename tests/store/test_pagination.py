from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from glossary_api.queries.term_list import cursor_of_terms
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters

Ask = Callable[[Edition, str | None], Page[Any]]
Behind = Callable[[Edition, int], str | None]

LISTS: dict[str, tuple[Ask, Behind]] = {
    "terms": (lambda e, cursor: e.terms(limit=2, cursor=cursor), lambda e, n: cursor_of_terms(e, TermFilters(), n)),
    "defined terms": (
        lambda e, cursor: e.terms(TermFilters(defined=True), 2, cursor),
        lambda e, n: cursor_of_terms(e, TermFilters(defined=True), n),
    ),
    "found terms": (
        lambda e, cursor: e.terms(TermFilters(q="不发生"), 1, cursor),
        lambda e, n: cursor_of_terms(e, TermFilters(q="不发生"), n),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_number_leads_where_the_cursor_leads(edition: Edition, name: str) -> None:
    """Going by cursor from page to page passes exactly the cursors that the number of items passed gives."""
    ask, behind = LISTS[name]
    passed, cursor = 0, None
    while True:
        page = ask(edition, cursor)
        passed += len(page.items)
        if page.next is None:
            break
        assert behind(edition, passed) == page.next
        cursor = page.next
    assert passed == page.total > 0
    assert behind(edition, passed + 1) is None


def test_a_question_of_nothing_has_no_pages(edition: Edition) -> None:
    """A search for what no index can answer leads nowhere, as its list is empty."""
    assert cursor_of_terms(edition, TermFilters(q="，"), 1) is None
