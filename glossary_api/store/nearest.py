"""Names that a caller may have meant by one that nothing has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import orjson

from glossary_api.store.fulltext import word
from glossary_api.store.opening import Select

SUGGESTIONS = 5
"""How many names a suggestion has at most."""

_COMPARED = 300
"""How many names that share a part with the one asked for are compared with it, much used ones first."""
_LONGEST = 100
"""How many characters of the name asked for are looked at; no name is so long, and all of its beginnings are tried."""
_ALIKE = 60.0  # ratio of equal characters in per cent, below which two names have nothing to do with each other


def nearest_names(select: Select, asked: str) -> list[str]:
    """Return up to SUGGESTIONS names of terms for the folded name `asked`, which no term has, best first.

    Compared are names that share a third of it, names that share any two characters, and its own beginnings.
    """
    asked = asked[:_LONGEST]
    third = max(2, -(-len(asked) // 3))
    parts = [asked[start : start + third] for start in range(0, len(asked), third)]
    pairs = [asked[start : start + 2] for start in range(max(1, len(asked) - 1))]
    ranks = {rank for pieces in (parts, pairs) for rank in _sharing(select, pieces)}
    rows = select(
        """SELECT k.key, t.name FROM keys k JOIN terms t ON t.rank = k.term
           WHERE k.key IN (SELECT value FROM json_each(:beginnings))
           OR k.term IN (SELECT term FROM passages WHERE rank IN (SELECT value FROM json_each(:ranks)))""",
        {
            "beginnings": orjson.dumps([asked[:end] for end in range(1, len(asked))]).decode(),
            "ranks": orjson.dumps(sorted(ranks)).decode(),
        },
    )
    return nearest(asked, dict(rows))


def nearest(asked: str, names: Mapping[str, str]) -> list[str]:
    """Return up to SUGGESTIONS names for the folded name `asked`, best first.

    `names` maps folded names to what they are shown as. Names that begin as `asked` does or with which `asked`
    begins come first, shorter ones before longer ones; then those that share most characters in order.
    """
    if not asked:
        return []
    from rapidfuzz import fuzz, process  # only the unlucky look-up needs it

    begun = sorted(
        (key for key in names if _shares_prefix(key, asked)), key=lambda key: (abs(len(key) - len(asked)), key)
    )
    alike = process.extract(asked, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=4 * SUGGESTIONS)
    ranked = sorted(alike, key=lambda found: (-found[1], found[0]))
    return list(dict.fromkeys(names[key] for key in (*begun, *(found[0] for found in ranked))))[:SUGGESTIONS]


def _sharing(select: Select, pieces: Iterable[str]) -> Iterable[int]:
    """Return terms, by the rank of the passage of their name, with a form in which one of the pieces stands."""
    words = filter(None, map(word, dict.fromkeys(pieces)))
    question = " OR ".join(f"{{forms tails}} : {each}*" for each in words)
    if not question:
        return []
    rows = select(
        """SELECT rowid FROM suggestion_search WHERE suggestion_search MATCH :question ORDER BY rowid LIMIT :most""",
        {"question": question, "most": _COMPARED},
    )
    return (row[0] for row in rows)


def _shares_prefix(key: str, asked: str) -> bool:
    return key.startswith(asked) or (len(key) > 1 and asked.startswith(key))
