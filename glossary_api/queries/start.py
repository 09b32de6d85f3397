"""Terms to start with, for somebody who has come without a question."""

from __future__ import annotations

import orjson

from glossary_api.model.words import ESTABLISHED
from glossary_api.store.documents import JsonObject
from glossary_api.store.edition import Edition

MOST = 12


def start_terms(edition: Edition) -> list[JsonObject]:
    """Return the defined terms that most reports use, those used most among them first; as in `Edition.terms`. One
    SELECT.

    Those that several reports explain in one sense come first: of the others nobody knows whether all mean the same.
    Candidates are left out, and what only places explain for themselves.
    """
    rows = edition.select(
        """SELECT unpacked_document(t.summary) FROM terms t WHERE t.defined AND t.status = :status
           ORDER BY t.senses = 1 AND t.definers > 1 DESC,
                    (SELECT count(*) FROM appearances a WHERE a.term = t.rank) DESC, t.usages DESC, t.rank
           LIMIT :most""",
        {"most": 5 * MOST, "status": ESTABLISHED},
    )
    return [term for (summary,) in rows if (term := orjson.loads(summary))["definition"]][:MOST]
