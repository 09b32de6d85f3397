"""Things of which an edition has something to show, so that examples show what is served."""

from __future__ import annotations

from glossary_api.model.words import ESTABLISHED
from glossary_api.store.opening import Select

_FEW = 3
"""Of how many there is enough to see: an example of more is read by nobody."""


def instances(select: Select) -> dict[str, str | int]:
    """Return two terms, a report with notes, and one that has terms explained elsewhere, by what examples call them.

    What an edition does not have is left out.
    """
    found: dict[str, str | int] = {}
    terms = select(
        """SELECT id, name, pinyin FROM terms WHERE status = :status AND defined AND usages > 1
           ORDER BY kind = 'numeral' DESC, definers BETWEEN 2 AND :few DESC, senses, usages DESC, rank LIMIT 2""",
        {"status": ESTABLISHED, "few": _FEW},
    )
    if terms:
        found |= zip(("id", "term", "pinyin"), terms[0], strict=True)
        found["other"] = terms[-1][1]
    reports = select(
        """SELECT r.id, r.place, r.year FROM reports r JOIN entries e ON e.report = r.rank
           WHERE r.place <> '' AND r.year GROUP BY r.rank ORDER BY count(*) < :few, count(*), r.rank LIMIT 1""",
        {"few": _FEW},
    )
    for report in reports:
        found |= zip(("report", "place", "year"), report, strict=True)
    borrowing = select(
        """SELECT r.id FROM reports r JOIN appearances a ON a.report = r.rank JOIN terms t ON t.rank = a.term
           WHERE t.status = :status GROUP BY r.rank HAVING sum(t.defined AND NOT a.defines)
           ORDER BY count(*), r.rank LIMIT 1""",
        {"status": ESTABLISHED},
    )
    for (id_,) in borrowing:
        found["borrowing"] = id_
    return found
