"""Count how much each province uses a term, against the length of all its reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from glossary_api.model.words import NATIONAL
from glossary_api.store.edition import Edition
from glossary_api.text.divisions import divisions


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
    reports, usages = Counter[str](), Counter[str]()
    for block, times in edition.having(term):
        if block["level"] != NATIONAL:
            code = (block["place_code"] or "")[:2]
            reports[code] += 1
            usages[code] += times
    return [
        ProvinceUse(code, divisions().get(f"{code}0000"), reports[code], usages[code], of_reports, chars)
        for code, of_reports, chars in edition.once(_all_reports)
    ]


def _all_reports(edition: Edition) -> list[tuple[Any, ...]]:
    """Return code, number of reports and length of their bodies for each province."""
    statement = """SELECT coalesce(substr(r.place_code, 1, 2), ''), count(*), sum(r.body_chars)
                   FROM reports r WHERE r.level IS NOT :national GROUP BY 1 ORDER BY 1"""
    return list(edition.select(statement, {"national": NATIONAL}))
