"""The filters of lists of terms and reports, and the SQL for them."""

from __future__ import annotations

from dataclasses import dataclass

from glossary_api.model.words import ANY_STATUS, ESTABLISHED

# The place is what `Places.find` understood, and a report is of it as `NamedPlace.is_of` has it.
_OF_REPORT = {
    "report": "r.id = :report",
    "place": "(r.place_code = :place_code OR r.place = :place_name AND (r.place_code IS NULL OR :place_code IS NULL))",
    "year": "r.year = :year",
    "level": "r.level = :level",
}


@dataclass(frozen=True, slots=True)
class TermFilters:
    """Filters for `Edition.terms`; None lets everything pass. One report must fit `report`, `place` and `year`."""

    q: str | None = None
    """Words that must all stand in the forms of the name or in the definitions."""
    kind: str | None = None
    """`numeral`, `plan` or `quoted`."""
    defined: bool | None = None
    report: str | None = None
    """Id of a report that uses or defines the term."""
    place: str | None = None
    """Place of such a report, named as `Places.find` allows."""
    year: int | None = None
    """Year of delivery of such a report."""
    status: str = ESTABLISHED
    """One of STATUSES, or ANY_STATUS."""


@dataclass(frozen=True, slots=True)
class ReportFilters:
    """Filters for `Edition.reports`; None lets everything pass."""

    place: str | None = None
    """As in TermFilters."""
    year: int | None = None
    """Year of delivery."""
    level: str | None = None
    """`national`, `province`, `prefecture`, `county` or `township`."""


EVERY_TERM = TermFilters()
EVERY_REPORT = ReportFilters()


def report_conditions(filters: TermFilters | ReportFilters) -> list[str]:
    """Return what reports have to fulfil, in SQL: `r` is the report, the names of `Edition.values` are the values."""
    return [condition for name, condition in _OF_REPORT.items() if getattr(filters, name, None) is not None]


def term_conditions(filters: TermFilters) -> str:
    """Return what terms have to fulfil, in SQL with `t` for the term, the names of `Edition.values` for what is asked
    and `question` for what `q` asks of the index.
    """
    asked = report_conditions(filters)
    by_year = filters.year is not None and filters.report is None and filters.place is None
    few = filters.q is not None or (asked and not by_year)
    conditions = [f"t.{name} = :{name}" for name in ("kind", "defined") if getattr(filters, name) is not None]
    if filters.status != ANY_STATUS:
        # Where something picks a few terms, the plus sign keeps SQLite from going through all of a status instead.
        conditions.append(f"{'+' if few else ''}t.status = :status")
    if filters.q is not None:
        conditions.append("t.rank IN (SELECT rowid FROM term_search WHERE term_search MATCH :question)")
    if by_year:  # a list by name is full long before all terms of the year are gathered
        conditions.append("EXISTS (SELECT 1 FROM term_years y WHERE y.year = :year AND y.term = t.rank)")
    elif asked:
        # CROSS keeps the order: few reports first, then their terms by index, never all appearances.
        conditions.append(
            "t.rank IN (SELECT a.term FROM reports r CROSS JOIN appearances a ON a.report = r.rank"
            f" WHERE {' AND '.join(asked)})"
        )
    return " AND ".join(conditions) or "true"
