"""The places where a term stands, in the order of time, narrowed by report, year and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossary_api.store.documents import USAGE, usage
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters, report_conditions
from glossary_api.store.shapes import UsageDocument


@dataclass(frozen=True, slots=True)
class UsageFacets:
    """The values by which usages of a term can be filtered, each with its number of usages."""

    years: Mapping[int, int]
    """The earliest first."""
    places: Mapping[str, int]


def concordance(edition: Edition, name: str, filters: TermFilters, size: int, skipped: int) -> Page[UsageDocument]:
    """Return `size` usages behind the first `skipped`, as in `Edition.usages`, those of the earliest report first.

    Of `filters` report, place and year count. Reports without a year come last. Raises TermNotFound, and BadParameter
    for a place that is not known.
    """
    conditions = ["u.term = :term", *report_conditions(filters)]
    source = f"FROM usages u JOIN reports r ON r.rank = u.report WHERE {' AND '.join(conditions)}"
    values = edition.values(filters) | {"term": edition.rank_of(name), "size": size, "skipped": skipped}
    rows = edition.select(
        f"""WITH chosen AS MATERIALIZED (
                SELECT u.* {source} ORDER BY {_IN_TIME} LIMIT :size OFFSET :skipped)
            SELECT {USAGE} FROM chosen u JOIN reports r ON r.rank = u.report ORDER BY {_IN_TIME}""",
        values,
    )
    total = edition.select(f"SELECT count(*) {source}", values)[0][0]
    return Page(tuple(usage(row) for row in rows), total, None)


_IN_TIME = 'r.year IS NULL, coalesce(r.date, r.year), r.rank, u.start, u."end"'


def usage_facets(edition: Edition, name: str) -> UsageFacets:
    """Return the years and places in whose reports a term stands. Raises TermNotFound."""
    rows = edition.select(
        """SELECT r.year, r.place, a.usages FROM appearances a JOIN reports r ON r.rank = a.report
           WHERE a.term = :term AND a.usages ORDER BY coalesce(r.place_code, '9'), r.rank""",
        {"term": edition.rank_of(name)},
    )
    years: dict[int, int] = {}
    places: dict[str, int] = {}
    for year, place, usages in rows:
        if year is not None:
            years[year] = years.get(year, 0) + usages
        if place is not None:
            places[place] = places.get(place, 0) + usages
    return UsageFacets(dict(sorted(years.items())), places)
