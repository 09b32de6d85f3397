"""Slogans that a report coins: those that no earlier report of an edition uses, with what the report says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, TypedDict, cast

import orjson

from glossary_api.model.things import ParsedReport
from glossary_api.store.edition import Edition
from glossary_api.text.abridging import quoted
from glossary_api.text.folding import core_of, fold_name


@dataclass(frozen=True, slots=True)
class NewSlogan:
    """A quoted phrase that stands in no earlier report."""

    name: str
    """As the report first quotes it."""
    kind: str
    """`numeral`, `plan` or `quoted`."""
    start: int
    """Span of its first quotation, half open, in code points of the report's text."""
    end: int
    term: str | None
    """Id of its term; None where the edition does not have it."""
    reports: int
    """How many other reports of the edition use it, all of them of the same year or later."""
    explanation: str | None
    """What the report itself says that it stands for; None where it does not say."""


class NewSloganDocument(TypedDict):
    """A quoted phrase that stands in no report of an earlier year."""

    name: Annotated[str, "The phrase as the report first quotes it."]
    kind: Annotated[str, "`numeral`, `plan` or `quoted`."]
    start: Annotated[int, "Offset of its first code point in the report's text."]
    end: Annotated[int, "Offset behind it."]
    term: Annotated[str | None, "Id of its term; null where the edition has none."]
    reports: Annotated[int, "How many other reports use it, all of the same year or later."]
    explanation: Annotated[str | None, "What the report itself says that it stands for; null where it does not say."]


def new_in_report(edition: Edition, report_id: str) -> list[NewSlogan]:
    """List the slogans of a report of the edition that no report of an earlier year uses, in the order of the text.

    A report without a year is compared with all others. Raises ReportNotFound with the nearest ids.
    """
    if report_id not in edition.title_blocks:
        edition.report_document(report_id)  # raises, and names the nearest ids
    rows = edition.select(
        """SELECT s.text, s.kind, s.start, s."end" FROM slogans s JOIN reports r ON r.rank = s.report
           WHERE r.id = ? ORDER BY s.start""",
        (report_id,),
    )
    year = edition.title_blocks[report_id]["year"]
    return list(_new(edition, rows, year, report_id, _explained_by(edition, report_id)))


def new_in_text(edition: Edition, parsed: ParsedReport) -> list[NewSlogan]:
    """List the slogans of a parsed text that the edition has never seen, or first sees in the year of the text."""
    rows = [(slogan.text, slogan.kind, slogan.start, slogan.end) for slogan in parsed.slogans]
    return list(_new(edition, rows, parsed.report.year, None, _explained_in(parsed)))


def document(slogan: NewSlogan) -> NewSloganDocument:
    """Return a slogan as the plain values that API and command line print."""
    return cast("NewSloganDocument", asdict(slogan))


def _new(
    edition: Edition,
    rows: Iterable[tuple[str, str, int, int]],
    year: int | None,
    report_id: str | None,
    explanations: Mapping[str, str],
) -> Iterator[NewSlogan]:
    first: dict[str, tuple[str, str, int, int]] = {}
    for row in rows:
        if key := fold_name(row[0]):
            first.setdefault(key, row)
    terms = edition.terms_named({row[0] for row in first.values()})
    years = _years_of(edition, {stored.id for stored in terms.values()}, year, report_id)
    seen: set[str] = set()
    for key, row in first.items():
        stored = terms.get(row[0])
        others = years.get(stored.id, []) if stored else []
        if any(other is None or year is None or other < year for other in others):
            continue
        if (identity := stored.id if stored else key) not in seen:
            seen.add(identity)
            yield NewSlogan(*row, stored.id if stored else None, len(others), explanations.get(key))


def all_years(edition: Edition) -> list[int]:
    """Return the years of which there is a report, the latest first."""
    return sorted({block["year"] for block in edition.title_blocks.values() if block["year"] is not None}, reverse=True)


def _years_of(edition: Edition, ids: set[str], year: int | None, report_id: str | None) -> dict[str, list[int | None]]:
    """Return the years of the other reports that use or define each term, by term id.

    Of a term that reports of earlier years have there is one of these, for they may be most of all reports.
    """
    earlier = [one for one in edition.once(all_years) if year is not None and one < year]
    years: dict[str, list[int | None]] = {}
    for id_, found in edition.select(
        """WITH asked AS MATERIALIZED (
               SELECT t.id, t.rank, (SELECT e.value FROM json_each(:earlier) e
                   CROSS JOIN term_years y ON y.year = e.value AND y.term = t.rank LIMIT 1) AS before
               FROM terms t WHERE t.id IN (SELECT value FROM json_each(:ids)))
           SELECT id, before FROM asked WHERE before IS NOT NULL
           UNION ALL SELECT q.id, r.year FROM asked q JOIN appearances a ON a.term = q.rank
           JOIN reports r ON r.rank = a.report WHERE q.before IS NULL AND r.id IS NOT :report""",
        {
            "ids": orjson.dumps(sorted(ids)).decode(),
            "earlier": orjson.dumps(earlier).decode(),
            "report": report_id,
        },
    ):
        years.setdefault(id_, []).append(found)
    return years


def _explained_by(edition: Edition, report_id: str) -> dict[str, str]:
    """Return what a report of the edition says of its terms, by all of their keys; notes come before lists."""
    rows = edition.select(
        """SELECT k.key, d.text FROM definitions d JOIN reports r ON r.rank = d.report JOIN keys k ON k.term = d.term
           WHERE r.id = ? ORDER BY d.position DESC""",
        (report_id,),
    )
    return dict(rows)


def _explained_in(parsed: ParsedReport) -> dict[str, str]:
    text = parsed.report.text
    explained = {fold_name(slogan.text): quoted(text, slogan.inline) for slogan in parsed.slogans if slogan.inline}
    for term in (term for entry in parsed.entries for term in entry.terms):
        for name in (term.name, core_of(term.name) or ""):
            explained[fold_name(name)] = term.definition.text
    return explained
