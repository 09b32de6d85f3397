"""Phrases of a translation that may render a slogan, each with its weight and with what speaks for it.

Rules are tried in the order of RULES on each passage by itself; `recurring` looks at all passages of a slogan.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from glossary_api.translation.align.passages import BilingualPassage, TargetText
from glossary_api.translation.words_of_target import keys_of, occurrences

LINKS, QUOTES, NUMBER, CAPITALS, RECURS, KNOWN = REASONS = (
    *("links", "quotes", "number", "capitals", "recurs", "known"),
)
"""What speaks for a phrase: its words go with those of the slogan in all pairs, it stands in quotation marks as the
slogan does, it begins with the number of the slogan, with capitals like a name, it is there wherever the slogan
is, the glossary has it already."""

_LONGEST = 30
"""Words that a phrase may have."""
_PRICES = (0.25, 0.5)
"""How much of a word has to go with a slogan for the word to speak for a phrase: a lower one makes longer phrases."""
_BEST = 2
"""How many phrases are taken for each price."""
_COMMON, _COMMON_PRICE = 0.02, 0.2
"""Words in more of the sentences than this share cost more, by the logarithm of how much more."""
_BORDER, _COMMA, _SMALL, _BREAK, _STOP = 0.15, 0.2, 0.02, 0.3, 9.0
"""What a border at an end of a phrase is worth, and what a comma, a small word, a breaking word, a stop within cost."""
_QUOTED = re.compile(r"[“\"‘「]([^“”\"「」]{2,120})[”\"’」]")
_NAME = re.compile(r"\b[A-Z0-9][\w'’]*(?:[- ](?:(?:of|the|and|on|in|to|for) )?[A-Z0-9][\w'’]*)+")
_KNOWN_WEIGHT = 10.0
_AFTER_NUMBER = 6
"""Words that a phrase has that begins with a number."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A span of a target, in words, that may render the slogan."""

    begin: int
    end: int
    weight: float
    reason: str
    """One of REASONS."""


PhraseInPassage = tuple[BilingualPassage, Phrase]


def phrases_in(passage: BilingualPassage, common: Mapping[str, float]) -> Iterator[Phrase]:
    """Yield what may render the slogan in one passage; `common` says in which share of the targets a stem is."""
    yield from _linked(passage, common)
    for rule in RULES:
        yield from rule(passage)


def known_in(passage: BilingualPassage, renderings: Iterable[str]) -> Iterator[Phrase]:
    """Yield where one of these renderings stands: whoever reads it has only to say that it is official."""
    target = passage.target
    for found in occurrences(target.words, map(keys_of, renderings)):
        inside = [at for at, one in enumerate(target.words) if found.start <= one.start < found.end]
        yield Phrase(inside[0], inside[-1] + 1, _KNOWN_WEIGHT, KNOWN)


def _linked(passage: BilingualPassage, common: Mapping[str, float]) -> Iterator[Phrase]:
    """Words that go with the slogan: three rural issues, with borders where the sentence has some."""
    for price in _PRICES:
        spans = sorted(_spans(passage.target, _worths(passage, common, price)), reverse=True)
        for weight, begin, end in spans[:_BEST]:
            if weight > 0:
                yield Phrase(begin, end, (weight + 0.05) / 4, LINKS)


def _worths(passage: BilingualPassage, common: Mapping[str, float], price: float) -> list[float]:
    """Return what each word of a target adds to a phrase."""
    target = passage.target
    worths = []
    for at, (raw, stem) in enumerate(zip(target.raw, target.stems, strict=True)):
        if target.stops[at]:
            worth = -_STOP
        elif raw in target.cues.breaking:
            worth = -_BREAK
        elif target.small[at]:
            worth = -_SMALL
        else:
            more = common.get(stem, 0.0) / _COMMON
            worth = passage.shares[at] - price - (_COMMON_PRICE * math.log(more) if more > 1 else 0.0)
        worths.append(worth - (_COMMA if target.comma[at] else 0.0))
    return worths


def _spans(target: TargetText, worths: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    for begin in range(len(target)):
        if target.small[begin] or target.stops[begin]:
            continue
        weight = (_COMMA if target.comma[begin] else 0.0) + (_BORDER if target.is_border(begin) else 0.0)
        for end in range(begin + 1, min(len(target), begin + _LONGEST) + 1):
            if target.stops[end - 1]:
                break
            weight += worths[end - 1]
            if not target.small[end - 1]:
                yield weight + (_BORDER if target.is_border(end) else 0.0), begin, end


def _quoted(passage: BilingualPassage) -> Iterator[Phrase]:
    """Quotation marks on both sides: “两个毫不动摇” “two no irresolutions”."""
    for begin, end in _printed(passage.target, _QUOTED) if passage.quoted else ():
        if (mean := passage.mean(begin, end)) > 0.15:
            yield Phrase(begin, end, 2 + 2 * mean, QUOTES)


def _numbered(passage: BilingualPassage) -> Iterator[Phrase]:
    """Phrases with the number of the slogan at their head: 双引擎 twin engines."""
    target = passage.target
    wanted = {word for sign in passage.name for word in target.cues.numbers.get(sign, ())}
    for begin, raw in enumerate(target.raw if wanted else ()):
        near = sum(passage.shares[begin : begin + 4])
        if raw not in wanted or (passage.shares[begin] <= 0.15 and near <= 0.6):
            continue
        end = begin + 1
        while end < min(len(target), begin + _AFTER_NUMBER) and not target.is_border(end):
            end += 1
        yield Phrase(begin, end, 0.7 + sum(passage.shares[begin:end]) / (end - begin), NUMBER)


def _capitalised(passage: BilingualPassage) -> Iterator[Phrase]:
    """Yield names, in capitals: 厕所革命 Toilet Revolution."""
    for begin, end in _printed(passage.target, _NAME):
        if begin and (mean := passage.mean(begin, end)) > 0.25:
            yield Phrase(begin, end, 0.7 + mean, CAPITALS)


def _printed(target: TargetText, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield, in words, where a pattern stands in a text."""
    for found in pattern.finditer(target.text):
        inside = [at for at, one in enumerate(target.words) if found.start() <= one.start and one.end <= found.end()]
        if inside:
            yield inside[0], inside[-1] + 1


RULES: tuple[Callable[[BilingualPassage], Iterator[Phrase]], ...] = (_quoted, _numbered, _capitalised)


def recurring(
    passages: Sequence[BilingualPassage], common: Mapping[str, float], pairs: int
) -> Iterator[PhraseInPassage]:
    """Yield the phrases that several passages have, best first, each with the passage where it fits best."""
    counts: Counter[tuple[str, ...]] = Counter()
    best: dict[tuple[str, ...], tuple[float, BilingualPassage, int, int]] = {}
    for passage in passages:
        seen: dict[tuple[str, ...], tuple[float, BilingualPassage, int, int]] = {}
        for begin, end in _whole(passage.target):
            key, share = passage.target.content(begin, end), sum(passage.shares[begin:end])
            if key not in seen or share > seen[key][0]:
                seen[key] = share, passage, begin, end
        counts.update(seen.keys())
        for key, found in seen.items():
            if key not in best or found[0] > best[key][0]:
                best[key] = found
    weighed = []
    for key, count in counts.items():
        if count > 1:
            share, passage, begin, end = best[key]
            everywhere = max(count, common.get(key[0], 0.0) * pairs) if len(key) == 1 else count
            together = 2 * count / (everywhere + len(passages))  # Dice's coefficient
            borders = 0.7 + 0.15 * passage.target.is_border(begin) + 0.15 * passage.target.is_border(end)
            weight = together * min(1.0, 2 * share / len(key)) * math.log2(1 + len(key)) * borders
            weighed.append((weight * len(passages) / 2, passage, Phrase(begin, end, 0.0, RECURS)))
    for weight, passage, phrase in sorted(weighed, key=lambda one: -one[0])[:4]:
        yield passage, Phrase(phrase.begin, phrase.end, weight, RECURS)


def _whole(target: TargetText) -> Iterator[tuple[int, int]]:
    """Yield the spans that have no small word at an end, and no stop or breaking word within."""
    for begin in range(len(target)):
        if target.small[begin]:
            continue
        for end in range(begin + 1, min(len(target), begin + 25) + 1):
            if target.stops[end - 1] or target.raw[end - 1] in target.cues.breaking:
                break
            if not target.small[end - 1]:
                yield begin, end
