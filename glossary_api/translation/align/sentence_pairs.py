"""Put the sentences of a text and of its translation side by side, in their order, by length and by numbers.

The cheapest way through both texts is taken, where a step is one sentence for one, one for two and so on: Gale and
Church, A Program for Aligning Sentences in Bilingual Corpora (1993), with the numbers that both sides state besides.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.comparison import numbers_in

_STEPS = {(1, 1): 0.0, (1, 2): 2.3, (2, 1): 2.3, (1, 3): 4.6, (3, 1): 4.6, (2, 2): 4.5, (1, 0): 5.5, (0, 1): 5.5}
"""How many sentences of each side a step takes, and what it costs: minus the logarithm of how likely it is."""
_SPREAD = 6.8
"""How far lengths differ, as a variance for each character: that of Gale and Church."""
_SHARED, _ALONE = 1.6, 0.5
"""What a number is worth that both sides state, and what one costs that only one side has."""
_BAND, _WIDEST = 40, 150
"""How far from the diagonal is looked: sentences at least and at most, between them a twentieth of the longer text."""
_UNLIKE, _SLACK = 2.5, 20
"""How many times longer or shorter than expected a paragraph may be, short ones by as many characters more."""
_CHINESE_END = re.compile(r"(?<=[。！？；])[”’」』）)]*|\n")
_OTHER_END = re.compile(r"(?<=[.!?;。！？])[”’\"')\]]*(?=\s+[^\sa-z])|(?<=[;])(?=\s)|\n")
_ABBREVIATED = re.compile(r"(?:\b(?:No|Mr|Ms|Mrs|Dr|St|vs|e\.g|i\.e|etc|[A-Z])|(?:^|\n)\s*\(?\d{1,2})\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text."""

    text: str
    paragraph: int
    """Number of its paragraph, from 1; empty ones do not count."""


SentencePair = tuple[Sequence[Sentence], Sequence[Sentence]]


@dataclass(frozen=True, slots=True)
class _Measured:
    """The features of a sentence that are compared."""

    length: int
    numbers: frozenset[Decimal]


def sentences_of(text: str, language: str) -> list[Sentence]:
    """Return the sentences of a text, clauses before a semicolon too; none is empty, none goes over a line."""
    end = _CHINESE_END if language.startswith("zh") else _OTHER_END
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    return [Sentence(one, number) for number, line in enumerate(paragraphs, 1) for one in _cut(line, end)]


def _cut(line: str, end: re.Pattern[str]) -> Iterator[str]:
    begin = 0
    for found in end.finditer(line):
        piece = line[begin : found.end()].strip()
        if piece and not _ABBREVIATED.search(piece):
            yield piece
            begin = found.end()
    if rest := line[begin:].strip():
        yield rest


def aligned(source: str, target: str, language: str) -> list[SentencePair]:
    """Return what of two texts stands side by side, as `paired` does.

    Where paragraph for paragraph they may be each other's translation, by their number and lengths, sentences are
    looked for within paragraphs: that takes a moment where the whole of two long texts takes seconds.
    """
    ours, theirs = _by_paragraph(sentences_of(source, "zh")), _by_paragraph(sentences_of(target, language))
    if not _may_be_alike(ours, theirs):
        return paired([one for some in ours for one in some], [one for some in theirs for one in some], language)
    return [pair for one, other in zip(ours, theirs, strict=True) for pair in paired(one, other, language)]


def _by_paragraph(sentences: Iterable[Sentence]) -> list[list[Sentence]]:
    return [list(some) for _, some in itertools.groupby(sentences, key=lambda sentence: sentence.paragraph)]


def _may_be_alike(ours: Sequence[Sequence[Sentence]], theirs: Sequence[Sequence[Sentence]]) -> bool:
    lengths = [[sum(len(one.text) for one in some) for some in side] for side in (ours, theirs)]
    ratio = sum(lengths[1]) / max(sum(lengths[0]), 1)
    return len(ours) == len(theirs) and all(
        1 / _UNLIKE <= (other + _SLACK) / (one * ratio + _SLACK) <= _UNLIKE for one, other in zip(*lengths, strict=True)
    )


def paired(source: Sequence[Sentence], target: Sequence[Sentence], language: str) -> list[SentencePair]:
    """Return what stands side by side, in order: sentences of the Chinese source and of the target; one side may be
    empty, each sentence is in one pair."""
    ours = [_Measured(len(one.text), frozenset(n.value for n in chinese_numbers_in(one.text))) for one in source]
    theirs = [_Measured(len(one.text), frozenset(n.value for n in numbers_in(one.text, language))) for one in target]
    ratio = sum(one.length for one in theirs) / max(sum(one.length for one in ours), 1)
    came_by = _cheapest(ours, theirs, ratio)
    place, found = (len(source), len(target)), []
    while place != (0, 0):
        step = came_by[place]
        before = place[0] - step[0], place[1] - step[1]
        found.append((source[before[0] : place[0]], target[before[1] : place[1]]))
        place = before
    return found[::-1]


def _cheapest(
    ours: Sequence[_Measured], theirs: Sequence[_Measured], ratio: float
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return by which step the cheapest way comes to each place within the band: sentences behind it on both sides."""
    rows, columns = len(ours), len(theirs)
    band = min(max(_BAND, max(rows, columns) // 20), _WIDEST)
    costs: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came_by: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(rows + 1):
        middle = row * columns // rows if rows else 0
        # A jump of the diagonal of more than the band between two rows would cut the ways through: it is filled in.
        reach = band + (columns // rows if rows else columns)
        for column in range(max(0, middle - reach), min(columns, middle + reach) + 1):
            for step, price in _STEPS.items():
                before = row - step[0], column - step[1]
                if (so_far := costs.get(before)) is None:
                    continue
                cost = so_far + price + _difference(ours[before[0] : row], theirs[before[1] : column], ratio)
                if cost < costs.get((row, column), math.inf):
                    costs[row, column], came_by[row, column] = cost, step
    return came_by


def _difference(ours: Sequence[_Measured], theirs: Sequence[_Measured], ratio: float) -> float:
    """Return what speaks against these sentences saying the same."""
    if not ours or not theirs:
        return 0.0
    expected, length = sum(one.length for one in ours) * ratio, sum(one.length for one in theirs)
    off = (length - expected) ** 2 / (2 * _SPREAD * max(expected, 1.0))
    one = frozenset().union(*(each.numbers for each in ours))
    other = frozenset().union(*(each.numbers for each in theirs))
    shared = len(one & other)
    return math.log1p(off) - _SHARED * shared + _ALONE * min(len(one) + len(other) - 2 * shared, 4)
