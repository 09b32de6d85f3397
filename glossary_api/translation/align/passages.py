"""Passages where a slogan stands in a source, with the words of the translation and how much each goes with it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from glossary_api.translation.align.word_links import PlacedWord
from glossary_api.translation.inflected import stem
from glossary_api.translation.words_of_target import Word, words_of

_NOTE = re.compile(r"[(\[（*][^()\[\]（）]*[)\]）]")
_SHORT_NOTE = 4
"""Words that a note in brackets may have to be taken for a part of the text."""
_STOPS = frozenset(".;:!?()[]。！？；：（）")
_HYPHENS = frozenset("-‐‑‒–")


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a language that tell where phrases begin and end, and the numerals."""

    small: frozenset[str]
    breaking: frozenset[str]
    numbers: Mapping[str, frozenset[str]]
    """By Chinese numeral."""


@functools.cache
def cues_of(language: str) -> Cues:
    """Return the cues of a language (BCP 47); without any for one that has none written down."""
    lists = json.loads(files(__package__).joinpath("cues.json").read_text("utf-8"))
    base = language.lower().partition("-")[0]
    small, breaking = (frozenset(lists[name]["words"].get(base, "").split()) for name in ("small", "breaking"))
    numbers = {sign: frozenset(words.split()) for sign, words in lists["numbers"]["words"].get(base, {}).items()}
    return Cues(small, breaking, numbers)


class TargetText:
    """A translation cut into words, with what stands between them; long notes in brackets are left out."""

    def __init__(self, text: str, language: str) -> None:
        """Cut the text; spans of words are numbers of words, half open."""
        self.text = text
        self.cues = cues_of(language)
        self.words: Sequence[Word] = words_of(_NOTE.sub(_blank, text))
        self.raw = [text[word.start : word.end].casefold() for word in self.words]
        self.stems = [stem(word.key) for word in self.words]
        decimal = self._decimal()
        self.stops = [raw in _STOPS and at not in decimal for at, raw in enumerate(self.raw)]
        self.small = [raw in self.cues.small or not raw[0].isalnum() for raw in self.raw]
        between = [text[one.end : two.start] for one, two in zip(self.words, self.words[1:], strict=False)]
        self.comma = [False, *("," in gap or "，" in gap or "、" in gap for gap in between)]
        """Of each word, whether a comma stands before it."""
        self.joined = [at in decimal or at - 1 in decimal for at in range(len(self.words))]
        """Of each word, whether a hyphen or a decimal point joins it to the one before."""
        for at, gap in enumerate(between, 1):
            self.joined[at] |= gap in _HYPHENS

        self.tokens = [
            PlacedWord(key, word.start / max(len(text), 1)) for key, word in zip(self.stems, self.words, strict=True)
        ]

    def _decimal(self) -> set[int]:
        """Return the numbers of the words that are decimal points: 98.6."""
        near = zip(self.words, self.words[1:], self.words[2:], strict=False)
        return {
            at
            for at, (one, point, two) in enumerate(near, 1)
            if self.raw[at] == "." and (one.end, point.end) == (point.start, two.start)
            if self.raw[at - 1].isdigit() and self.raw[at + 1].isdigit()
        }

    def __len__(self) -> int:
        """Return how many words it has."""
        return len(self.words)

    def said(self, begin: int, end: int) -> str:
        """Return the words of a span as printed, on one line."""
        return " ".join(self.text[self.words[begin].start : self.words[end - 1].end].split())

    def content(self, begin: int, end: int) -> tuple[str, ...]:
        """Return the stems of a span without small words: the same for phrases that are the same."""
        return tuple(
            stem for stem, small in zip(self.stems[begin:end], self.small[begin:end], strict=True) if not small
        )

    def has(self, key: tuple[str, ...]) -> bool:
        """Say whether the text has the words of a phrase, given as `content` has them, one after the other."""
        content = self.content(0, len(self))
        return any(content[at : at + len(key)] == key for at in range(len(content) - len(key) + 1))

    def is_border(self, at: int) -> bool:
        """Say whether a phrase ends before a word, or begins with it: at small words, commas and stops."""
        if at in (0, len(self)) or self.comma[at]:
            return True
        return self.small[at] or self.small[at - 1] or self.raw[at] in self.cues.breaking

    def trimmed(self, begin: int, end: int) -> tuple[int, int]:
        """Return a span without small words at its ends, and whole words with hyphens where it cuts one."""
        while begin < end and self.small[begin] and not self.joined[begin]:
            begin += 1
        while begin < end and self.small[end - 1] and not (end < len(self) and self.joined[end]):
            end -= 1
        while begin < end and self.joined[begin]:
            begin -= 1
        while begin < end < len(self) and self.joined[end]:
            end += 1
        return begin, end


def _blank(note: re.Match[str]) -> str:
    return " " * len(note[0]) if len(note[0].split()) > _SHORT_NOTE else note[0]


@dataclass(frozen=True, slots=True)
class BilingualPassage:
    """A pair of sentences of which the source has the slogan."""

    pair: int
    """Number of the pair."""
    name: str
    """The slogan as it stands there."""
    quoted: bool
    """Whether it stands in quotation marks."""
    target: TargetText
    shares: Sequence[float]
    """Of each word of the target, how much of it goes with the slogan: 0 to 1."""

    def mean(self, begin: int, end: int) -> float:
        """Return how much the words of a span go with the slogan, small ones aside."""
        shares = [share for at, share in enumerate(self.shares[begin:end], begin) if not self.target.small[at]]
        return sum(shares) / len(shares) if shares else 0.0
