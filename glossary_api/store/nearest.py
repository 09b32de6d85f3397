"""Names that a caller may have meant by one that nothing has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SUGGESTIONS = 5
"""How many names a suggestion has at most."""

_ALIKE = 60.0  # ratio of equal characters in per cent, below which two names have nothing to do with each other


def nearest(asked: str, names: Mapping[str, str]) -> list[str]:
    """Up to SUGGESTIONS names for the folded name `asked`, best first.

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
    return _first(names[key] for key in (*begun, *(found[0] for found in ranked)))


def _shares_prefix(key: str, asked: str) -> bool:
    return key.startswith(asked) or (len(key) > 1 and asked.startswith(key))


def _first(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))[:SUGGESTIONS]
