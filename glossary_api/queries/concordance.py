"""The places where a term stands, in the order of time, narrowed by report, year and place."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

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
    rank = edition.rank_of(name)
    fitting = _fitting(edition, filters)
    using = [(block["id"], number) for block, number in edition.having(rank) if number and block["id"] in fitting]
    using.sort(key=lambda use: fitting[use[0]])
    counted = list(itertools.accumulate((number for _, number in using), initial=0))
    first = max(bisect.bisect_right(counted, skipped) - 1, 0)
    chosen = using[first : bisect.bisect_left(counted, skipped + size)]
    rows = edition.select(
        f"""SELECT {USAGE} FROM json_each(:chosen) c CROSS JOIN reports r ON r.id = c.value
            JOIN usages u ON u.report = r.rank AND u.term = :term
            ORDER BY c.key, u.start, u."end" LIMIT :size OFFSET :skipped""",
        {
            "chosen": orjson.dumps([id_ for id_, _ in chosen]).decode(),
            "term": rank,
            "size": size,
            "skipped": skipped - counted[first],
        },
    )
    return Page(tuple(map(usage, rows)), counted[-1], None)


def usages_at(edition: Edition, name: str, report: str, start: int) -> tuple[UsageDocument, ...]:
    """Return the usages, seldom more than one, that begin at an offset of a report. Raises TermNotFound."""
    rows = edition.select(
        f"""SELECT {USAGE} FROM usages u JOIN reports r ON r.rank = u.report
            WHERE u.term = ? AND r.id = ? AND u.start = ?""",
        (edition.rank_of(name), report, start),
    )
    return tuple(map(usage, rows))


def _fitting(edition: Edition, filters: TermFilters) -> Mapping[str, int]:
    """Return the reports that fit filters, by id, each with its place in the order of time."""
    order = edition.once(_in_time)
    conditions = report_conditions(filters)
    if not conditions:
        return order
    rows = edition.select(f"SELECT r.id FROM reports r WHERE {' AND '.join(conditions)}", edition.values(filters))
    return {id_: order[id_] for (id_,) in rows}


def _in_time(edition: Edition) -> Mapping[str, int]:
    """Return ids of all reports, each with its place in the order of time; those without a year come last."""
    blocks = sorted(edition.title_blocks.values(), key=_time)
    return {block["id"]: number for number, block in enumerate(blocks)}


def _time(block: Mapping[str, Any]) -> tuple[bool, str]:
    return block["year"] is None, block["date"] or str(block["year"])


def usage_facets(edition: Edition, name: str) -> UsageFacets:
    """Return the years and places in whose reports a term stands. Raises TermNotFound."""
    years, places = Counter[int](), Counter[str]()
    using = [(block, usages) for block, usages in edition.having(edition.rank_of(name)) if usages]
    for block, usages in sorted(using, key=lambda use: use[0]["place_code"] or "9"):
        if block["year"] is not None:
            years[block["year"]] += usages
        if block["place"] is not None:
            places[block["place"]] += usages
    return UsageFacets(dict(sorted(years.items())), places)
