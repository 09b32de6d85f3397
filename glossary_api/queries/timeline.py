"""When, where and how often a term is used: counts by year, level and place, against the length of all reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from glossary_api.model.words import LEVELS
from glossary_api.store.batches import Select
from glossary_api.store.documents import JsonObject


class _Report(NamedTuple):
    """A report and what it has of the term; `usages` is None where it neither uses nor defines it."""

    id: str
    place: str | None
    place_code: str | None
    level: str | None
    year: int | None
    date: str | None
    chars: int
    usages: int | None
    defines: int | None


def timeline(select: Select, term: int) -> JsonObject:
    """Return the use of the term with this rank.

    `{"first","last","total","years","levels","places","spread"}`. `first` and `last` are the reports delivered first
    and last that use or define it, `{"report": {"id","place","year"},"date"}` or None if no such report says when.
    Every count is `{"reports","usages","defines","of_reports","chars","per_10000"}`: reports that use or define the
    term, its usages, reports that define it, all reports there, the length of their bodies in code points, and usages
    per 10,000 of those. `years` and `levels` have every one of which there is a report, `places` those with the term.
    """
    reports = [_Report._make(row) for row in select(_REPORTS, {"term": term})]
    having = [report for report in reports if report.usages is not None]
    return {
        "first": _delivered(having, -1),
        "last": _delivered(having, 1),
        "total": _count(reports),
        "years": [
            {"year": year} | _count(group) | {"levels": _by_level(group)}
            for year, group in sorted(_grouped(reports, "year").items(), key=lambda item: (item[0] is None, item[0]))
        ],
        "levels": _by_level(reports),
        "places": _places(reports),
        "spread": _spread(reports) | {"of": _spread_of(reports)},
    }


_REPORTS = """SELECT r.id, r.place, r.place_code, r.level, r.year, r.date, r.body_chars, a.usages, a.defines
              FROM reports r LEFT JOIN appearances a ON a.report = r.rank AND a.term = :term ORDER BY r.rank"""


def _delivered(reports: Sequence[_Report], direction: int) -> JsonObject | None:
    dated = [report for report in reports if report.year is not None]
    if not dated:
        return None
    ordered = sorted(dated, key=lambda report: (report.date or f"{report.year:04}", report.id))
    report = ordered[0 if direction < 0 else -1]
    return {"report": {"id": report.id, "place": report.place, "year": report.year}, "date": report.date}


def _count(reports: Iterable[_Report]) -> JsonObject:
    reports = list(reports)
    having = [report for report in reports if report.usages is not None]
    usages, chars = sum(report.usages or 0 for report in having), sum(report.chars for report in reports)
    return {
        "reports": len(having),
        "usages": usages,
        "defines": sum(report.defines or 0 for report in having),
        "of_reports": len(reports),
        "chars": chars,
        "per_10000": round(usages * 10000 / chars, 4) if chars else 0.0,
    }


def _by_level(reports: Sequence[_Report]) -> list[JsonObject]:
    groups = _grouped(reports, "level")
    return [{"level": level} | _count(groups[level]) for level in (*LEVELS, None) if level in groups]


def _places(reports: Sequence[_Report]) -> list[JsonObject]:
    """Return places with the term, in the order in which they took it up."""
    groups: defaultdict[tuple[str | None, str | None, str | None], list[_Report]] = defaultdict(list)
    for report in reports:
        groups[report.place, report.place_code, report.level].append(report)
    found = []
    for (place, code, level), group in groups.items():
        if any(report.usages is not None for report in group):
            first = _delivered([report for report in group if report.usages is not None], -1)
            named = {"place": place, "place_code": code, "level": level, "first": first and first["report"]["year"]}
            found.append(named | _count(group))
    return sorted(found, key=lambda place: (place["first"] or 9999, place["place_code"] or "9", place["place"] or ""))


def _spread(reports: Iterable[_Report]) -> JsonObject:
    return _spread_of([report for report in reports if report.usages is not None])


def _spread_of(reports: Sequence[_Report]) -> JsonObject:
    """Return how many different places, prefectures and provinces; places without a code count as places alone."""
    codes = [report.place_code for report in reports if report.place_code]
    return {
        "places": len({report.place_code or report.place for report in reports} - {None}),
        "prefectures": len({code[:4] for code in codes if code[2:4] != "00"}),
        "provinces": len({code[:2] for code in codes}),
    }


def _grouped(reports: Iterable[_Report], column: str) -> dict[Any, list[_Report]]:
    groups: defaultdict[Any, list[_Report]] = defaultdict(list)
    for report in reports:
        groups[getattr(report, column)].append(report)
    return groups
