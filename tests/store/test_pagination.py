from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters
from glossary_api.store.pagination import cursor_of_reports, cursor_of_terms, cursor_of_usages

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
    "reports": (lambda e, cursor: e.reports(limit=1, cursor=cursor), cursor_of_reports),
    "usages": (
        lambda e, cursor: e.usages("数据得地", limit=1, cursor=cursor),
        lambda e, n: cursor_of_usages(e, "数据得地", None, n),
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


def test_usages_of_one_report_are_numbered_by_themselves(edition: Edition) -> None:
    """Asked for one report, the usages of the others are not counted."""
    everywhere = edition.usages("数据得地").items
    report = everywhere[-1]["report"]["id"]
    cursor = cursor_of_usages(edition, "数据得地", report, 1)
    assert cursor is not None
    assert edition.usages("数据得地", report, 5, cursor).items == edition.usages("数据得地", report).items[1:]


def test_a_question_of_nothing_has_no_pages(edition: Edition) -> None:
    """A search for what no index can answer leads nowhere, as its list is empty."""
    assert cursor_of_terms(edition, TermFilters(q="，"), 1) is None
