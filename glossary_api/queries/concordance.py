"""The places where a term stands, in the order of time, narrowed by report, year and place."""

from __future__ import annotations

import bisect
import itertools
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from glossary_api.queries.served import Ready
from glossary_api.store.documents import USAGE, usage
from glossary_api.store.edition import Edition, Page
from glossary_api.store.filters import TermFilters, report_conditions
from glossary_api.store.shapes import UsageDocument

MOST_PLACES = 100
"""How many places are offered; any other can be asked for all the same."""


@dataclass(frozen=True, slots=True)
class UsageFacets:
    """The values by which usages of a term can be filtered, each with its number of usages."""

    years: Mapping[int, int]
    """The earliest first."""
    places: Mapping[str, int]
    """By code; of many those with the most usages."""


def concordance(edition: Edition, name: str, filters: TermFilters, size: int, skipped: int) -> Page[UsageDocument]:
    """Return `size` usages behind the first `skipped`, as in `Edition.usages`, those of the earliest report first.

    Of `filters` report, place and year count. Reports without a year come last. Raises TermNotFound, and BadParameter
    for a place that is not known.
    """
    rank = edition.rank_of(name)
    reports, ends = _using(edition, rank, filters)
    first = bisect.bisect_right(ends, skipped)
    chosen = reports[first : bisect.bisect_left(ends, skipped + size) + 1]
    rows = edition.select(
        f"""SELECT {USAGE} FROM json_each(:chosen) c CROSS JOIN reports r ON r.rank = c.value
            JOIN usages u ON u.report = r.rank AND u.term = :term
            ORDER BY c.key, u.start, u."end" LIMIT :size OFFSET :skipped""",
        {
            "chosen": orjson.dumps(list(chosen)).decode(),
            "term": rank,
            "size": size,
            "skipped": skipped - (ends[first - 1] if first else 0),
        },
    )
    return Page(tuple(map(usage, rows)), ends[-1] if ends else 0, None)


def usages_at(edition: Edition, name: str, report: str, start: int) -> tuple[UsageDocument, ...]:
    """Return the usages, seldom more than one, that begin at an offset of a report. Raises TermNotFound."""
    rows = edition.select(
        f"""SELECT {USAGE} FROM usages u JOIN reports r ON r.rank = u.report
            WHERE u.term = ? AND r.id = ? AND u.start = ?""",
        (edition.rank_of(name), report, start),
    )
    return tuple(map(usage, rows))


def _using(edition: Edition, term: int, filters: TermFilters) -> tuple[Sequence[int], Sequence[int]]:
    """Return ranks of the reports that use a term and fit filters, in the order of time, and the usages up to each."""
    if conditions := report_conditions(filters):
        rows = edition.select(
            f"""SELECT a.report, a.usages FROM reports r CROSS JOIN appearances a
                ON a.report = r.rank AND a.term = :term WHERE {" AND ".join(conditions)}""",
            edition.values(filters) | {"term": term},
        )
        ordered = _ordered(edition, rows)
    else:  # most reports of an edition may use a term: so many are put in order once
        ordered = edition.once(Ready).answer(("in time", term), lambda: _ordered(edition, edition.having(term)))
    numbers = array("I", ordered)
    half = len(numbers) // 2
    return numbers[:half], numbers[half:]


def _ordered(edition: Edition, having: Iterable[tuple[int, int]]) -> bytes:
    """Return the ranks of reports in the order of time, then the usages up to each, as an array of numbers."""
    places = edition.once(_in_time)
    using = sorted((places[report], report, usages) for report, usages in having if usages)
    return array("I", [*(report for _, report, _ in using), *itertools.accumulate(one[2] for one in using)]).tobytes()


def _in_time(edition: Edition) -> Mapping[int, int]:
    """Return ranks of all reports, each with its place in the order of time; those without a year come last."""
    blocks = sorted(edition.ranked_blocks.items(), key=lambda ranked: _time(ranked[1]))
    return {rank: number for number, (rank, _) in enumerate(blocks)}


def _time(block: Mapping[str, Any]) -> tuple[bool, str]:
    return block["year"] is None, block["date"] or str(block["year"])


def usage_facets(edition: Edition, name: str) -> UsageFacets:
    """Return the years and places in whose reports a term stands. Raises TermNotFound."""
    term = edition.rank_of(name)
    counted = edition.once(Ready).answer(("facets", term), lambda: _facets(edition, term))
    years, places = orjson.loads(counted)
    return UsageFacets(dict(years), dict(places))


def _facets(edition: Edition, term: int) -> bytes:
    years, places = Counter[int](), Counter[str]()
    blocks = edition.ranked_blocks
    using = [(blocks[report], usages) for report, usages in edition.having(term) if usages]
    for block, usages in sorted(using, key=lambda use: use[0]["place_code"] or "9"):
        if block["year"] is not None:
            years[block["year"]] += usages
        if block["place"] is not None:
            places[block["place"]] += usages
    most = dict(places.most_common(MOST_PLACES))
    return orjson.dumps([sorted(years.items()), [one for one in places.items() if one[0] in most]])
