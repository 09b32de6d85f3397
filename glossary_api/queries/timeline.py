"""When, where and how often a term is used: by year, level, place and province, against the length of all reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import orjson

from glossary_api.model.words import NATIONAL
from glossary_api.queries.served import Ready
from glossary_api.store.chronicle import Chronicle, ReportUse
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import CourseDocument
from glossary_api.text.places import divisions


def timeline(edition: Edition, term: int) -> CourseDocument:
    """Return the use of the term with this rank."""
    asked = {"term": term}
    if kept := edition.select("SELECT unpacked_document(document) FROM timelines WHERE term = :term", asked):
        found: CourseDocument = orjson.loads(kept[0][0])
        return found
    having = [ReportUse._make(row) for row in edition.select(_HAVING, asked)]
    return edition.once(_of_all).of(having)


_COLUMNS = "r.id, r.place, r.place_code, r.level, r.year, r.date, r.body_chars"
_HAVING = f"""SELECT {_COLUMNS}, a.usages, a.defines FROM appearances a JOIN reports r ON r.rank = a.report
              WHERE a.term = :term ORDER BY a.report"""


def _of_all(edition: Edition) -> Chronicle:
    return Chronicle(map(ReportUse._make, edition.select(f"SELECT {_COLUMNS}, 0, 0 FROM reports r ORDER BY r.rank")))


@dataclass(frozen=True, slots=True)
class ProvinceUse:
    """The uses of a term in the reports of a province and of places in it."""

    code: str
    """The first two digits of its GB/T 2260 code; empty for reports of which no code says where they are from."""
    name: str | None
    reports: int
    """Reports that use or define the term."""
    usages: int
    of_reports: int
    """All reports of the province."""
    chars: int
    """Code points of the bodies of all its reports."""

    @property
    def per_10000(self) -> float:
        """Return usages per 10,000 characters."""
        return round(self.usages * 10000 / self.chars, 4) if self.chars else 0.0


def province_uses(edition: Edition, term: int) -> list[ProvinceUse]:
    """Return every province of which there is a report, by code; national reports belong to none."""
    counted: dict[str, tuple[int, int]] = orjson.loads(
        edition.once(Ready).answer(("provinces", term), lambda: _counted(edition, term))
    )
    return [
        ProvinceUse(code, divisions().get(f"{code}0000"), *counted.get(code, (0, 0)), of_reports, chars)
        for code, of_reports, chars in edition.once(_all_reports)
    ]


def _counted(edition: Edition, term: int) -> bytes:
    """Return the reports that have a term and its usages in them, by code of their province, as JSON."""
    codes = edition.once(_codes)
    counted: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for report, times in edition.having(term):
        found = counted[codes[report]]
        found[0] += 1
        found[1] += times
    return orjson.dumps(counted)


def _codes(edition: Edition) -> dict[int, str]:
    """Return the code of the province of each report by rank; of no province there is for national ones."""
    blocks = edition.ranked_blocks.items()
    return {rank: "-" if one["level"] == NATIONAL else (one["place_code"] or "")[:2] for rank, one in blocks}


def _all_reports(edition: Edition) -> list[tuple[Any, ...]]:
    """Return code, number of reports and length of their bodies for each province."""
    statement = """SELECT coalesce(substr(r.place_code, 1, 2), ''), count(*), sum(r.body_chars)
                   FROM reports r WHERE r.level IS NOT :national GROUP BY 1 ORDER BY 1"""
    return list(edition.select(statement, {"national": NATIONAL}))
