"""The kind of a slogan: does its numeral count the things that it abbreviates?

`kinds.json` holds the rules in the order in which they are tried, each with its reason: plan periods first, then
the ways in which a numeral counts nothing, then the ways in which it counts.
"""

from __future__ import annotations

import functools

from glossary_api.model.words import NUMERAL as NUMERAL
from glossary_api.model.words import PLAN as PLAN
from glossary_api.model.words import QUOTED as QUOTED
from glossary_api.parsing import patterns
from glossary_api.text.folding import QUOTES, plain

_LONGEST = 24
"""An abbreviation is short: a quoted sentence with a numeral in it is a sentence."""


def kind_of(name: str, behind: str = "") -> str:
    """Return `numeral`, `plan` or `quoted` for a name without its quotation marks; `behind` is the text right after
    it.
    """
    phrase = "".join(c for c in plain(name) if not c.isspace() and c not in QUOTES)
    if patterns.matches("kinds", "plan", phrase):
        return PLAN
    if patterns.matches("kinds", "plan-before", f"{phrase}|{plain(behind[:12]).lstrip(QUOTES)}"):
        return PLAN
    if len(phrase) > _LONGEST or not _counts(phrase):
        return QUOTED
    return NUMERAL


@functools.lru_cache(maxsize=65536)
def _counts(phrase: str) -> bool:
    """Tell whether the numeral of the phrase counts, and is not idle."""
    return patterns.matches("kinds", "counting", phrase) and not patterns.matches("kinds", "idle", phrase)
