"""Renderings that a text says in other forms of their words: go global for going global, tighten belts.

Only to see that a rendering is not missing: what is found so is used, never shown as where the rendering stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence, Set

from glossary_api.translation.words_of_target import words_of

_ENDINGS = re.compile(r"(?:ations?|ions?|y?ings?|ies|ied|y?ed|e|y)$")
_SHORTEST = 2
"""Letters that stay of a word."""
_SMALL = "a an the of and or for to in on at by with its their from as is are be"
_JOINING = frozenset(_SMALL.split())
_ENDS = frozenset(".;:!?")
_LOOSE = 4
"""How many other words may stand between those of a rendering."""
_SHARE = 0.7
"""Which part of the words of a gloss a text has that spells it out."""
_FEWEST = 2

_FORMS = (
    "go went gone goes, build built, make made making, hold held, keep kept, bring brought, lead led, grow grew grown,"
    " rise rose risen, spend spent, seek sought, teach taught, take took taken, give gave given, come came, begin began"
    " begun beginning, write wrote written, do did done, get got getting, set setting, cut cutting, run ran running"
)
_BASES = {form: forms.split()[0] for forms in _FORMS.split(",") for form in forms.split()}
"""Forms that no ending makes, and the word that they are forms of."""

Stems = tuple[str, ...]


def stems_of(text: str, taken: Set[int] = frozenset()) -> Stems:
    """Return the stems of the words of a text, without articles and the like; signs that end sentences stay.

    A word at a code point of `taken` says something else already: where it stands a sentence ends.
    """
    keys = ("." if word.start in taken else word.key for word in words_of(text))
    return tuple(stem(key) for key in keys if key not in _JOINING and (key[:1].isalnum() or key in _ENDS))


def says(text: Sequence[str], phrase: Stems) -> bool:
    """Tell whether a text has all words of a phrase of two or more close together, in any order and any form."""
    wanted = set(phrase) - _ENDS
    if len(wanted) < _FEWEST:
        return False
    reach = len(phrase) + _LOOSE
    for begin, one in enumerate(text):
        if one in wanted:
            near = list(text[begin : begin + reach])
            stop = next((place for place, one in enumerate(near) if one in _ENDS), len(near))
            if wanted <= set(near[:stop]):
                return True
    return False


def spells_out(text: Sequence[str], gloss: Stems) -> bool:
    """Tell whether a text has most of the words of a gloss, instead of the rendering that it explains."""
    wanted = set(gloss) - _ENDS
    return len(wanted) >= _FEWEST and len(wanted & set(text)) >= _SHARE * len(wanted)


@functools.lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return what a word has in common with its other forms; the word itself if it is no English one."""
    word = _BASES.get(word, word)
    if not word.isalpha() or not word.isascii():
        return word
    found = _ENDINGS.search(word, _SHORTEST)
    return word[: found.start()] if found else word
