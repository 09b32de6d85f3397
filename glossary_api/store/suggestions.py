"""The index of suggestions: every way to type a name, for `queries/suggest.py` to ask.

Every tail of a name is in the index, so that a part of a name is the beginning of something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from glossary_api.model.things import Term
from glossary_api.store.passages import forms_of
from glossary_api.text.folding import fold_name
from glossary_api.text.pinyin import pinyin_of
from glossary_api.text.sounds import sounds_of, spoken


class SuggestionEntry(NamedTuple):
    """The words by which the index knows a term, one text for each way of typing."""

    forms: str
    tails: str
    sounds: str
    sound_tails: str
    initials: str
    initial_tails: str
    letters: str


class Spelling(NamedTuple):
    """Hold of a term where its ways of typing come from."""

    name: str
    pinyin: str
    keys: tuple[str, ...]
    forms: Sequence[str]

    @classmethod
    def of(cls, term: Term) -> Spelling:
        """Return that of a term: every printed form and every key."""
        return cls(term.name, term.pinyin, (term.key, *term.keys), forms_of(term))


def entry_of(term: Spelling) -> SuggestionEntry:
    """Return the ways to type a term."""
    keys = _keys_of(term)
    sounds = [sounds_of(form, reading) for form, reading in _read_forms(term)]
    return SuggestionEntry(
        forms=" ".join(keys),
        tails=_words(key[start:] for key in keys for start in range(1, len(key))),
        sounds=_words(sound for each in sounds for sound in each.whole),
        sound_tails=_words(tail for each in sounds for tail in each.whole_tails),
        initials=_words(letters for each in sounds for letters in each.initials),
        initial_tails=_words(tail for each in sounds for tail in each.initial_tails),
        letters=_words(_triples(spoken(term.pinyin))),
    )


def _keys_of(term: Spelling) -> list[str]:
    keys = (*term.keys, *map(fold_name, term.forms))
    return [key for key in dict.fromkeys(keys) if key]


def _read_forms(term: Spelling) -> Iterator[tuple[str, str]]:
    """Yield the name and every form that folds differently, each with its reading."""
    yield term.name, term.pinyin
    known = {fold_name(term.name)}
    for form in term.forms:
        if fold_name(form) not in known:
            known.add(fold_name(form))
            yield form, pinyin_of(form)


def _words(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(words))


def _triples(letters: str) -> Iterator[str]:
    """Return every three letters in a row, and the last two, so that two letters are always the beginning of a word."""
    return (letters[start : start + 3] for start in range(max(1, len(letters) - 1)))
