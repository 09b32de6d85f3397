"""The places where a term stands, in the order of time, narrowed by report, year and place."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from glossary_api.store.documents import usage
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters, report_conditions
from glossary_api.store.shapes import UsageDocument


@dataclass(frozen=True, slots=True)
class UsageFacets:
    """The values by which usages of a term can be filtered, each with its number of usages."""

    years: Mapping[int, int]
    """The earliest first."""
    places: Mapping[str, int]


def concordance(
    edition: Edition, name: str, filters: TermFilters, size: int, skipped: int, start: int | None = None
) -> Page[UsageDocument]:
    """Return `size` usages behind the first `skipped`, as in `Edition.usages`, those of the earliest report first.

    Of `filters` report, place and year count; `start` leaves what begins there. Reports without a year come last.
    Raises TermNotFound, and BadParameter for a place that is not known.
    """
    conditions = ["u.term = :term", *report_conditions(filters)] + (["u.start = :start"] if start is not None else [])
    source = f"FROM usages u JOIN reports r ON r.rank = u.report WHERE {' AND '.join(conditions)}"
    values = edition.values(filters) | {"term": edition.rank_of(name), "start": start, "size": size, "skipped": skipped}
    rows = edition.select(
        f"""SELECT r.id, r.place, r.year, u.heading, u.text, u.start, u."end", u.match_type, u.quoted, u.sense {source}
            ORDER BY r.year IS NULL, coalesce(r.date, r.year), r.rank, u.start, u."end" LIMIT :size OFFSET :skipped""",
        values,
    )
    text_of = functools.cache(edition.report_text)
    total = edition.select(f"SELECT count(*) {source}", values)[0][0]
    return Page(tuple(usage(row, text_of) for row in rows), total, None)


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
