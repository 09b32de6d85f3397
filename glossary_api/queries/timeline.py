"""When, where and how often a term is used: counts by year, level and place, against the length of all reports."""

from __future__ import annotations

import orjson

from glossary_api.store.chronicle import Chronicle, ReportUse
from glossary_api.store.edition import Edition, JsonObject


def timeline(edition: Edition, term: int) -> JsonObject:
    """Return the use of the term with this rank.

    `{"first","last","total","years","levels","places","spread"}`. `first` and `last` are the reports delivered first
    and last that use or define it, `{"report": {"id","place","year"},"date"}` or None if no such report says when.
    Every count is `{"reports","usages","defines","of_reports","chars","per_10000"}`: reports that use or define the
    term, its usages, reports that define it, all reports there, the length of their bodies in code points, and usages
    per 10,000 of those. `years` and `levels` have every one of which there is a report, `places` the first hundred
    with the term.
    """
    asked = {"term": term}
    if kept := edition.select("SELECT document FROM timelines WHERE term = :term", asked):
        found: JsonObject = orjson.loads(kept[0][0])
        return found
    having = [ReportUse._make(row) for row in edition.select(_HAVING, asked)]
    return edition.once(_of_all).of(having)


_COLUMNS = "r.id, r.place, r.place_code, r.level, r.year, r.date, r.body_chars"
_HAVING = f"""SELECT {_COLUMNS}, a.usages, a.defines FROM appearances a JOIN reports r ON r.rank = a.report
              WHERE a.term = :term ORDER BY a.report"""


def _of_all(edition: Edition) -> Chronicle:
    return Chronicle(map(ReportUse._make, edition.select(f"SELECT {_COLUMNS}, 0, 0 FROM reports r ORDER BY r.rank")))
