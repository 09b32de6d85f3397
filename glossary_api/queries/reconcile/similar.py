"""Terms whose names resemble one that nothing has: for whoever offers candidates and says how good they are.

Asking the index of suggestions for the halves of a name finds every name that has one of them, whatever is wrong
with the other half. Only those are then compared, so that a thousand names are done in a fraction of a second.
"""

from __future__ import annotations

import re

from glossary_api.store.opening import Select
from glossary_api.text.folding import fold_name

_COMPARED = 100
"""How many terms that share a half are compared, much used ones first; more share only what every name has."""
_SEPARATING = re.compile(r"[\x00-\x20\x7f\"']")
"""What the index does not take for a part of a word."""
_ALIKE = 50.0
"""Per cent of characters in common below which two names have nothing to do with each other."""


def similar(select: Select, name: str, limit: int) -> list[tuple[str, float]]:
    """Return up to `limit` terms by id, each with its likeness in per cent (100 is the same folded name), most alike
    first.
    """
    key = fold_name(name)
    kept = _SEPARATING.sub("", key)
    if not kept:
        return []
    from rapidfuzz import fuzz, process  # compiled; only those who look for likeness need it

    rows = select(
        """SELECT t.id, t.key, t.name FROM suggestion_search s
           JOIN passages p ON p.rank = s.rowid JOIN terms t ON t.rank = p.term
           WHERE s.suggestion_search MATCH :question ORDER BY s.rowid LIMIT :most""",
        {"question": "{forms tails} : (" + " OR ".join(map(_begun, _pieces(kept))) + ")", "most": _COMPARED},
    )
    # A term whose key is a quoted core, 6化, is known by the whole name too, 安全生产6化.
    forms = {(row[0], form): form for row in rows for form in {row[1], fold_name(row[2])}}
    best: dict[str, float] = {}
    for _, likeness, (found, _) in process.extract(key, forms, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None):
        best[found] = max(likeness, best.get(found, 0.0))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _begun(piece: str) -> str:
    """Return what finds the words that begin with a piece: every tail of a name is a word of the index."""
    return f'"{piece}"*'


def _pieces(key: str) -> list[str]:
    """Return the halves of a name; of three characters the two pairs; of two the name itself."""
    if len(key) < 3:
        return [key]
    half = max(2, len(key) // 2)
    return [key[:half], key[-half:]]
