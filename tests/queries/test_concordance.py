"""The places where a term stands, in order of time and page by page."""

from __future__ import annotations

from typing import Any

import pytest

from glossary_api.queries.concordance import concordance, usage_facets
from glossary_api.store.edition import Edition
from glossary_api.store.filters import TermFilters


def most_used(edition: Edition) -> str:
    """The name of the term with the most usages."""
    name: str = edition.select("SELECT name FROM terms ORDER BY usages DESC LIMIT 1")[0][0]
    return name


def in_time(edition: Edition, usages: list[Any]) -> list[Any]:
    """Usages as a plain sort puts them in the order of time."""
    blocks = edition.title_blocks

    def key(usage: Any) -> Any:
        block = blocks[usage["report"]["id"]]
        return block["year"] is None, block["date"] or str(block["year"]), block["id"], usage["start"], usage["end"]

    return sorted(usages, key=key)


@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_make_up_the_whole(chance_edition: Edition, size: int) -> None:
    """Pages of any size, one after another, have every usage once, the earliest report first."""
    name = most_used(chance_edition)
    expected = in_time(chance_edition, list(chance_edition.usages(name, limit=10_000).items))[:120]
    pages = [
        concordance(chance_edition, name, TermFilters(), size, skipped).items
        for skipped in range(0, len(expected), size)
    ]
    assert [usage for page in pages for usage in page][: len(expected)] == expected


def test_what_is_narrowed(chance_edition: Edition) -> None:
    """The usages of a year are those of its reports, and as many as the year is offered with."""
    name = most_used(chance_edition)
    for year, number in usage_facets(chance_edition, name).years.items():
        page = concordance(chance_edition, name, TermFilters(year=year), number + 1, 0)
        assert page.total == len(page.items) == number
        assert {usage["report"]["year"] for usage in page.items} == {year}


def test_behind_the_last(chance_edition: Edition) -> None:
    """Behind the last usage there is an empty page that says how many there are."""
    name = most_used(chance_edition)
    total = chance_edition.usages(name, limit=1).total
    assert concordance(chance_edition, name, TermFilters(), 10, total) == concordance(
        chance_edition, name, TermFilters(), 10, total + 500
    )
    assert concordance(chance_edition, name, TermFilters(), 10, total).total == total
