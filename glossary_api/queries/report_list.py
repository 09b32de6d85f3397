"""The reports of an edition in order of place or time, narrowed by place, year and kind of document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import ReportFilters, report_conditions
from glossary_api.store.report_shapes import ReportSummaryDocument

BY_PLACE, BY_YEAR = ORDERS = ("place", "year")
_ORDERS = {
    BY_PLACE: "r.level IS NOT 'national', coalesce(r.place_code, '9'), r.place, r.year DESC, r.rank",
    BY_YEAR: "r.year IS NULL, r.year DESC, coalesce(r.place_code, '9'), r.rank",
}
# The stored line of a report is a BLOB, which SQLite takes for no JSON.
_GENRE = "json_extract(CAST(r.summary AS TEXT), '$.genre')"


@dataclass(frozen=True, slots=True)
class Facets:
    """The values by which reports can be filtered, each with its number of reports."""

    years: Mapping[int, int]
    """The latest first."""
    genres: Mapping[str, int]
    """The most frequent first."""


def list_reports(
    edition: Edition, filters: ReportFilters, genre: str | None, order: str, size: int, skipped: int
) -> Page[ReportSummaryDocument]:
    """Return `size` reports behind the first `skipped`, as in `Edition.reports`; `order` is one of ORDERS.

    Raises BadParameter for a place that is not known.
    """
    places = edition.once(_PLACES[order])
    ranks: Sequence[int] = list(places)
    if conditions := report_conditions(filters):
        source = f"FROM reports r WHERE {' AND '.join(conditions)}"
        found = edition.select(f"SELECT r.rank {source}", edition.values(filters))
        ranks = sorted((rank for (rank,) in found), key=places.__getitem__)
    if genre:
        genres = edition.once(_genres)
        ranks = [rank for rank in ranks if genres[rank] == genre]
    shown = ranks[skipped : skipped + size]
    rows = dict(
        edition.select(
            "SELECT rank, summary FROM reports WHERE rank IN (SELECT value FROM json_each(:ranks))",
            {"ranks": orjson.dumps(shown).decode()},
        )
    )
    return Page(tuple(orjson.loads(rows[rank]) for rank in shown), len(ranks), None)


def _by_place(edition: Edition) -> Mapping[int, int]:
    return _ordered(edition, BY_PLACE)


def _by_year(edition: Edition) -> Mapping[int, int]:
    return _ordered(edition, BY_YEAR)


_PLACES = {BY_PLACE: _by_place, BY_YEAR: _by_year}
"""What makes, once for an edition, the place of each report in an order: each row takes a page of the file."""


def _ordered(edition: Edition, order: str) -> Mapping[int, int]:
    rows = edition.select(f"SELECT r.rank FROM reports r ORDER BY {_ORDERS[order]}")
    return {rank: place for place, (rank,) in enumerate(rows)}


def _genres(edition: Edition) -> Mapping[int, str]:
    return dict(edition.select(f"SELECT r.rank, {_GENRE} FROM reports r"))


def facets(edition: Edition) -> Facets:
    """Return the years and the kinds of documents that there are."""
    return Facets(
        _counted(edition, "r.year", "r.year DESC"),
        _counted(edition, _GENRE, "count(*) DESC, 1"),
    )


def _counted(edition: Edition, of: str, order: str) -> dict[Any, int]:
    rows = edition.select(
        f"SELECT {of}, count(*) FROM reports r WHERE {of} IS NOT NULL GROUP BY 1 ORDER BY {order}", {}
    )
    return dict(rows)
