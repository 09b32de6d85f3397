"""Renderings in a translation: which words are the same, and where they stand.

Two texts say the same in the same words if they are equal once

1. capitals and small letters are one, and accents are written one way;
2. hyphens, dashes, commas, quotation marks and runs of white space are only gaps between words, and `&` is `and`;
3. a possessive 's and the ending of a simple plural (-s, -es behind a hissing sound, -ies for -y) are taken off words
   of four letters or more, and with it the -e of such as enterprise.

Words count whole: `plan` is not in `planet`. Everything else counts as printed: figures, plus signs, full stops,
colons, brackets. Scripts that leave no gaps between words are taken sign by sign. Nothing that is merely similar is
ever taken for the same.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_GAPLESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"[{_GAPLESS}]|(?:(?![{_GAPLESS}])[^\W_]|[\u0300-\u036f])+(?:['’](?:(?![{_GAPLESS}])[^\W_])+)?"
    r"|[^\s\w,，、\-‐‑‒–—―−\"'“”‘’„‚«»「」『』＂＇]|_"
)
_POSSESSIVE = re.compile(r"['’]s$")
_HISSING_PLURAL = re.compile(r"(?:s|x|z|ch|sh)es$")
_HISSING_E = re.compile(r"(?:s|x|z|ch|sh)e$")
"""Of a word in -e that ends like the others once its plural ending is off: enterprises, enterprise."""
_NO_PLURAL = re.compile(r"(?:ss|us|is|ews)$")
_SHORT_PLURALS = {"ins": "in", "ons": "on", "ups": "up"}
"""Of compounds: trade-ins, add-ons, start-ups."""
_SHORTEST = 4
"""Letters that a word has to have for an ending to be taken off."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a sign that counts, and where it stands."""

    key: str
    """The same for all spellings that are the same word."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A phrase in a text."""

    keys: tuple[str, ...]
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text; spans are code points of the text as given."""
    return [Word(_key(found[0]), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def keys_of(phrase: str) -> tuple[str, ...]:
    """Return what `words_of` makes of a phrase, without the places."""
    return tuple(_key(token) for token in _TOKEN.findall(phrase))


def occurrences(words: Sequence[Word], phrases: Iterable[tuple[str, ...]]) -> list[Occurrence]:
    """Return where phrases stand among the words: leftmost, then longest, none overlapping another."""
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in sorted({phrase for phrase in phrases if phrase}, key=lambda keys: (-len(keys), keys)):
        by_first[phrase[0]].append(phrase)
    keys = [word.key for word in words]
    found: list[Occurrence] = []
    place = 0
    while place < len(keys):
        length = next((len(p) for p in by_first.get(keys[place], ()) if tuple(keys[place : place + len(p)]) == p), 0)
        if length:
            last = words[place + length - 1]
            found.append(Occurrence(tuple(keys[place : place + length]), words[place].start, last.end))
        place += length or 1
    return found


@functools.lru_cache(maxsize=65536)
def _key(token: str) -> str:
    """Return the word without what makes no difference."""
    word = _POSSESSIVE.sub("", unicodedata.normalize("NFC", token).casefold())
    if word == "&":
        return "and"
    if word in _SHORT_PLURALS:
        return _SHORT_PLURALS[word]
    if len(word) >= _SHORTEST and word.isalpha() and _HISSING_E.search(word):
        return word[:-1]
    if len(word) < _SHORTEST or not word.isalpha() or not word.endswith("s") or _NO_PLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > _SHORTEST:
        return f"{word[:-3]}y"
    return word[:-2] if _HISSING_PLURAL.search(word) and len(word) > _SHORTEST else word[:-1]
