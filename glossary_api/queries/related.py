"""Terms that have to do with a term: those within it, those around it, those that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, TypedDict

import orjson

from glossary_api.model.words import ESTABLISHED
from glossary_api.store import fulltext
from glossary_api.store.beside import FEW
from glossary_api.store.documents import JsonObject
from glossary_api.store.opening import Select
from glossary_api.store.shapes import TermNameDocument

BY_NAME, BY_MEMBER = "name", "member"
_SHORTEST = 2
"""A single character is part of everything."""
_MOST = 500
"""How many names that contain a name are looked at."""


class RelatedTermDocument(TermNameDocument):
    """A term within another or around it."""

    by: Annotated[
        str,
        "`name`: one name contains the other; `member`: a definition of the larger lists the smaller.",
        (BY_NAME, BY_MEMBER),
    ]


class CoUsedDocument(TermNameDocument):
    """A term that stands beside another."""

    together: Annotated[int, "In how many sections both stand."]
    sections: Annotated[int, "In how many sections it stands."]
    score: Annotated[
        float, "Dice coefficient: twice `together`, divided by the sections of the one and those of the other."
    ]


class RelatedDocument(TypedDict):
    """Terms that have to do with a term."""

    term: Annotated[TermNameDocument, "The term."]
    sub_terms: Annotated[list[RelatedTermDocument], "Terms within it, much used ones first."]
    super_terms: Annotated[list[RelatedTermDocument], "Terms around it, much used ones first."]
    co_used: Annotated[list[CoUsedDocument], "Terms that stand under the same headings of the same reports, by score."]
    sections: Annotated[int, "In how many sections, the parts of reports between two headings, the term stands."]


def related(select: Select, term: int, limit: int) -> JsonObject:
    """Return the established terms related to the term with this rank, up to `limit` of each kind.

    That is a `RelatedDocument` without its term. No name contains another that cuts through a number or a Latin word.
    """
    keys = [row[0] for row in select("SELECT key FROM keys WHERE term = :term", {"term": term})]
    own = {"term": term}
    within = dict.fromkeys(_within(select, keys), BY_NAME)
    around = dict.fromkeys(_around(select, keys), BY_NAME)
    within |= {row[0]: BY_MEMBER for row in select("SELECT member FROM members WHERE term = :term", own)}
    around |= {row[0]: BY_MEMBER for row in select("SELECT term FROM members WHERE member = :term", own)}
    sections = select("SELECT sections FROM terms WHERE rank = :term", own)[0][0]
    return {
        "sub_terms": _named(select, {rank: by for rank, by in within.items() if rank != term}, limit),
        "super_terms": _named(select, {rank: by for rank, by in around.items() if rank != term}, limit),
        "co_used": _co_used(select, term, sections, limit),
        "sections": sections,
    }


def _within(select: Select, keys: Iterable[str]) -> list[int]:
    pieces = {
        key[start:end]
        for key in keys
        for start in range(len(key))
        for end in range(start + _SHORTEST, len(key) + 1)
        if _stands_apart(key, start, end)
    }
    rows = select(
        "SELECT DISTINCT term FROM keys WHERE key IN (SELECT value FROM json_each(:pieces))",
        {"pieces": orjson.dumps(sorted(pieces)).decode()},
    )
    return [row[0] for row in rows]


def _around(select: Select, keys: Iterable[str]) -> list[int]:
    found = []
    for key in keys:
        question = fulltext.question(key) if len(key) >= _SHORTEST else None
        if question is None:
            continue
        rows = select(
            """SELECT k.term, k.key FROM term_search s JOIN keys k ON k.term = s.rowid
               WHERE s.term_search MATCH :question AND k.key != :key LIMIT :most""",
            {"question": f"names : ({question})", "key": key, "most": _MOST},
        )
        found += [rank for rank, other in rows if _contains(other, key)]
    return found


def _contains(other: str, key: str) -> bool:
    start = other.find(key)
    while start >= 0:
        if _stands_apart(other, start, start + len(key)):
            return True
        start = other.find(key, start + 1)
    return False


def _stands_apart(key: str, start: int, end: int) -> bool:
    """Return whether a part of a folded name cuts through no number and no Latin word: 2+3 is no part of 1+22+3."""
    edges = ((start, start - 1), (end - 1, end))
    return not any(0 <= outer < len(key) and _runs_on(key[inner]) and _runs_on(key[outer]) for inner, outer in edges)


def _runs_on(sign: str) -> bool:
    return sign in "+十百千万亿" or (sign.isascii() and sign.isalnum())  # 十三五 is folded to 十35


def _named(select: Select, ranks: Mapping[int, str], limit: int) -> list[JsonObject]:
    rows = select(
        """SELECT rank, id, name, kind FROM terms
           WHERE rank IN (SELECT value FROM json_each(:ranks)) AND +status = :status
           ORDER BY usages DESC, rank LIMIT :limit""",
        {"ranks": orjson.dumps(list(ranks)).decode(), "limit": limit, "status": ESTABLISHED},
    )
    return [{"id": id_, "name": name, "kind": kind, "by": ranks[rank]} for rank, id_, name, kind in rows]


def _co_used(select: Select, term: int, sections: int, limit: int) -> list[JsonObject]:
    statement = _ASKED_BEFORE if sections > FEW else _ASKED_NOW
    rows = select(statement, {"term": term, "sections": sections, "limit": limit, "status": ESTABLISHED})
    names = ("id", "name", "kind", "together", "sections")
    return [dict(zip(names, row[:5], strict=True)) | {"score": round(row[5], 4)} for row in rows]


_ASKED_BEFORE = """SELECT t.id, t.name, t.kind, c.together, t.sections, c.score
                   FROM co_uses c JOIN terms t ON t.rank = c.other WHERE c.term = :term
                   ORDER BY c.score DESC, c.together DESC, t.rank LIMIT :limit"""
_ASKED_NOW = """SELECT t.id, t.name, t.kind, b.together, t.sections,
                  2.0 * b.together / (t.sections + :sections) AS score
           FROM (SELECT o.term, count(DISTINCT o.section) AS together
                 FROM (SELECT DISTINCT section FROM usages WHERE term = :term) s
                 JOIN usages o ON o.section = s.section WHERE o.term != :term GROUP BY o.term) b
           JOIN terms t ON t.rank = b.term AND t.status = :status
           ORDER BY score DESC, b.together DESC, t.rank LIMIT :limit"""
