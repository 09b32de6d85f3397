"""Full-text search without word boundaries: texts and questions as overlapping pairs of characters.

A run of letters, digits and signs such as + is cut into all its pairs, and its last character once more alone:
六个不 becomes `六个 个不 不`. A question of two or more characters is the phrase of its pairs, a question of one
character the prefix of a pair, or that character in an index of single ones. Runs end at punctuation, so that nothing
is found across it. Texts and questions are taken both folded and as written: folding alone would hide 十四 in 十四五,
since 十四 folds to 14.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from glossary_api.text.folding import Folded, fold, fold_text, plain

# Letters, digits and the signs that names are written with: 1+22+3, 24·365, 10%, A/B.
_RUN = re.compile(r"[^\W_]+(?:[+\-·~%&/#@]+[^\W_]+)*[+%]?")

_BEGINNING = " *"
"""What makes a phrase of FTS5 the beginning of one."""

_MOST_WAYS = 4
"""Questions that may be met in more ways than that are asked as one expression."""

Span = tuple[int, int]


def pairs(text: str) -> str:
    """Return the tokens of a text for the index, separated by spaces."""
    return _pairs(text, fold_text(text).text)


def pairs_within(text: str) -> Callable[[int, int], str]:
    """Return what says the same of pieces of a text, from where to where: all of it is folded at once, and quicker."""
    folded = fold_text(text)

    def within(start: int, end: int) -> str:
        first, behind = (bisect_left(folded.starts, offset) for offset in (start, end))
        return _pairs(text[start:end], folded.text[first:behind])

    return within


def _pairs(text: str, folded: str) -> str:
    runs = _RUN.findall(folded)
    runs += [run for run in _RUN.findall(text.lower()) if run not in folded]  # what folding leaves alone is there
    found: list[str] = []
    for run in runs:
        found += map(operator.add, run, run[1:])  # in C: twice as fast as slicing
        found.append(run[-1])
    return " ".join(found)


def question(text: str) -> str | None:
    """Return the FTS5 expression that finds what contains every word of `text`.

    None if it has nothing to search for.
    """
    words = [" OR ".join(filter(None, dict.fromkeys(map(_phrase, _forms(word))))) for word in text.split()]
    return " AND ".join(f"({word})" for word in words if word) or None


def signs(words: str) -> str:
    """Return the characters of which an index has the pairs, each once, separated by spaces."""
    return " ".join(dict.fromkeys(words.replace(" ", "")))


def sign_question(text: str) -> str | None:
    """Return the expression that asks an index of single characters; None if a word has more than one."""
    runs = [run for word in text.split() for form in _forms(word) for run in _RUN.findall(form)]
    asked = question(text)
    return None if asked is None or any(len(run) > 1 for run in runs) else asked.replace(_BEGINNING, "")


class Way(NamedTuple):
    """One way in which a text may have all words of a question: by these runs of characters."""

    runs: tuple[str, ...]

    @property
    def signs(self) -> tuple[str, ...]:
        """Return the characters that stand alone."""
        return tuple(run for run in self.runs if len(run) == 1)

    @property
    def of_longer(self) -> str | None:
        """Return the expression of the runs of two characters and more; None for none."""
        return " AND ".join(_run_phrase(run) for run in self.runs if len(run) > 1) or None

    @property
    def of_all(self) -> str:
        """Return the expression that asks an index of pairs for all of it."""
        return " AND ".join(map(_run_phrase, self.runs))

    @property
    def of_each(self) -> str:
        """Return the expression that asks an index of single characters for each of them."""
        return " AND ".join(f'"{sign}"' for sign in dict.fromkeys("".join(self.runs)))


def ways(text: str) -> list[Way]:
    """Return all ways, if any of them has both runs and single characters, and they are few; else none.

    A single character begins more pairs than can be gone through: whoever has such a question may look for the runs and
    then whether the characters are there, too.
    """
    of_words = [[found for form in _forms(word) if (found := tuple(_RUN.findall(form)))] for word in text.split()]
    of_words = [list(dict.fromkeys(forms)) for forms in of_words if forms]
    chosen = itertools.islice(itertools.product(*of_words), _MOST_WAYS + 1)
    made = [Way(tuple(dict.fromkeys(itertools.chain.from_iterable(forms)))) for forms in chosen]
    mixed = any(way.signs and way.of_longer for way in made)
    return [Way(tuple(_not_within_others(way.runs))) for way in made] if mixed and len(made) <= _MOST_WAYS else []


def _not_within_others(runs: Sequence[str]) -> Iterator[str]:
    """Yield runs without the single characters that longer ones have: where these are, they are."""
    longer = "".join(run for run in runs if len(run) > 1)
    yield from (run for run in runs if len(run) > 1 or run not in longer)


def has_signs(text: str, signs: Iterable[str]) -> bool:
    """Return whether a text has single characters, as an index has it."""
    small = text.lower()
    missing = [sign for sign in signs if sign not in small]
    if any(sign not in "0123456789" and sign not in plain(small) for sign in missing):
        return False  # folding makes nothing but figures of other characters than that
    folded = fold_text(text).text if missing else ""
    return all(sign in folded for sign in missing)


def word(text: str) -> str | None:
    """Return a text as one word of an FTS5 expression, whatever its characters; None if nothing is left to ask for."""
    kept = "".join(sign for sign in text if sign > " " and sign not in '"\x7f')  # the tokenizer parts words at these
    return f'"{kept}"' if kept else None


def hits(text: str, asked: str) -> list[Span]:
    """Return where in a text the words of a question stand: spans in order, none touching another.

    Whatever `question` finds a text by is among them.
    """
    folded, small = fold(text), text.lower()
    if len(small) != len(text):  # a few letters have small forms of two characters
        small = "".join(sign if len(sign.lower()) > 1 else sign.lower() for sign in text)
    spans = [
        span
        for word in asked.split()
        for form in _forms(word)
        for run in _RUN.findall(form)
        for span in (*_in_folded(folded, run), *_places(small, run))
    ]
    return list(_joined(sorted(spans)))


def _in_folded(folded: Folded, run: str) -> Iterator[Span]:
    return (folded.source_span(start, end) for start, end in _places(folded.text, run))


def _places(text: str, piece: str) -> Iterator[Span]:
    start = text.find(piece)
    while start >= 0:
        yield start, start + len(piece)
        start = text.find(piece, start + 1)


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans, those that overlap or touch made one."""
    begun: Span | None = None
    for start, end in spans:
        if begun and start <= begun[1]:
            begun = (begun[0], max(begun[1], end))
            continue
        if begun:
            yield begun
        begun = (start, end)
    if begun:
        yield begun


@functools.lru_cache(maxsize=1024)  # a question is put to many texts
def _forms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((fold(text).text, text.lower())))


def _phrase(form: str) -> str:
    return " AND ".join(map(_run_phrase, _RUN.findall(form)))


def _run_phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"{_BEGINNING}'
    return '"' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"'
