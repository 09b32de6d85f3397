"""Count when, where and how often a term is used, against all reports of the same years, levels and places.

What all reports have is counted once; a term then costs what its own reports cost. Terms of many reports are counted
when the edition is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, cast

from glossary_api.model.words import LEVELS
from glossary_api.store.shapes import (
    CountDocument,
    CourseDocument,
    DeliveryDocument,
    LevelCountDocument,
    PlaceCountDocument,
    WidthDocument,
)

BUSY = 200
"""From how many reports on the counts of a term are kept in the edition."""
PLACES = 100
"""How many places are listed, those that took the term up first."""


class ReportUse(NamedTuple):
    """A report and what it has of a term; nothing in `Chronicle`, which is told of all reports."""

    id: str
    place: str | None
    place_code: str | None
    level: str | None
    year: int | None
    date: str | None
    chars: int
    usages: int = 0
    defines: int = 0


Group = Callable[[ReportUse], Hashable]
_Groups = dict[str, defaultdict[Hashable, list[ReportUse]]]
_GROUPS: dict[str, Group] = {
    "all": lambda report: None,
    "year": lambda report: report.year,
    "level": lambda report: report.level,
    "year and level": lambda report: (report.year, report.level),
    "place": lambda report: (report.place, report.place_code, report.level),
}


class Chronicle:
    """Counts and lengths of the reports of each year, level and place."""

    def __init__(self, reports: Iterable[ReportUse]) -> None:
        everything = list(reports)
        self._spread = _spread(everything)
        self._sums: dict[str, defaultdict[Hashable, list[int]]] = {}
        for name, group in _GROUPS.items():
            sums = self._sums[name] = defaultdict(lambda: [0, 0])
            for report in everything:
                found = sums[group(report)]
                found[0] += 1
                found[1] += report.chars

    def of(self, having: Sequence[ReportUse]) -> CourseDocument:
        """Return the use of a term over the years, by the reports that use or define it."""
        groups = {name: _grouped(having, group) for name, group in _GROUPS.items()}
        years = cast("list[int | None]", sorted(self._sums["year"], key=lambda year: (year is None, year)))
        return {
            "first": _delivered(having, -1),
            "last": _delivered(having, 1),
            "total": self._count("all", None, groups),
            "years": [
                {
                    "year": year,
                    **self._count("year", year, groups),
                    "levels": self._levels("year and level", groups, lambda level, year=year: (year, level)),
                }
                for year in years
            ],
            "levels": self._levels("level", groups, lambda level: level),
            "places": self._places(groups),
            "spread": {**_spread(having), "of": self._spread},
        }

    def _levels(self, name: str, groups: _Groups, key: Callable[..., Hashable]) -> list[LevelCountDocument]:
        there = (level for level in (*LEVELS, None) if key(level) in self._sums[name])
        return [{"level": level, **self._count(name, key(level), groups)} for level in there]

    def _places(self, groups: _Groups) -> list[PlaceCountDocument]:
        """Return the first places with the term, in the order in which they took it up."""
        found = []
        for key, group in groups["place"].items():
            first = _delivered(group, -1)
            year = first and first["report"]["year"]
            found.append((year or 9999, group[0].place_code or "9", group[0].place or "", year, group[0], key))
        found.sort(key=lambda one: one[:3])
        return [
            {
                "place": one.place,
                "place_code": one.place_code,
                "level": one.level,
                "first": year,
                **self._count("place", key, groups),
            }
            for *_, year, one, key in found[:PLACES]
        ]

    def _count(self, name: str, key: Hashable, groups: _Groups) -> CountDocument:
        having = groups[name].get(key, [])
        of_reports, chars = self._sums[name].get(key, (0, 0))
        usages = sum(report.usages for report in having)
        return {
            "reports": len(having),
            "usages": usages,
            "defines": sum(report.defines for report in having),
            "of_reports": of_reports,
            "chars": chars,
            "per_10000": round(usages * 10000 / chars, 4) if chars else 0.0,
        }


def _grouped(reports: Iterable[ReportUse], group: Group) -> defaultdict[Hashable, list[ReportUse]]:
    groups: defaultdict[Hashable, list[ReportUse]] = defaultdict(list)
    for report in reports:
        groups[group(report)].append(report)
    return groups


def _delivered(reports: Sequence[ReportUse], direction: int) -> DeliveryDocument | None:
    dated = [report for report in reports if report.year is not None]
    if not dated:
        return None
    best = min if direction < 0 else max
    report = best(dated, key=lambda report: (report.date or f"{report.year:04}", report.id))
    return {"report": {"id": report.id, "place": report.place, "year": report.year}, "date": report.date}


def _spread(reports: Sequence[ReportUse]) -> WidthDocument:
    """Return how many different places, prefectures and provinces; places without a code count as places alone."""
    codes = [report.place_code for report in reports if report.place_code]
    return {
        "places": len({report.place_code or report.place for report in reports} - {None}),
        "prefectures": len({code[:4] for code in codes if code[2:4] != "00"}),
        "provinces": len({code[:2] for code in codes}),
    }
