"""The reports of an edition in order of place or time, narrowed by place, year and kind of document."""

from __future__ import annotations

from collections.abc import Mapping
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
    conditions = report_conditions(filters) + ([f"{_GENRE} = :genre"] if genre else [])
    source = f"FROM reports r WHERE {' AND '.join(conditions) or 'true'}"
    values = edition.values(filters) | {"genre": genre, "size": size, "skipped": skipped}
    rows = edition.select(f"SELECT r.summary {source} ORDER BY {_ORDERS[order]} LIMIT :size OFFSET :skipped", values)
    total = edition.select(f"SELECT count(*) {source}", values)[0][0]
    return Page(tuple(orjson.loads(summary) for (summary,) in rows), total, None)


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
