"""Link words of a translation to words of its source, learned from all pairs of sentences.

The first model of Brown et al., The Mathematics of Statistical Machine Translation (1993), with a prior for words at
like places, and read both ways: what another word of the source lays claim to belongs to that one.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_CELLS = 15_000_000
"""How many pairs of a word and a word are taken in: 500 bytes for a pair of words, some gigabyte in all."""
_LONGEST = 250_000
"""How many of them one pair of sentences may have: more is no sentence."""
_ROUNDS = 6
_UNSEEN = 0.01
"""What is added to every count."""
_NOTHING = 0.08
"""How likely a word of the target goes with no word of the source."""
_STEEP = 5.0
"""How fast it becomes less likely that words belong together the further apart they stand."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class PlacedWord(NamedTuple):
    """A word of a sentence."""

    key: str
    """The same for all words that count as one."""
    place: float
    """Where in the sentence it begins, from 0 to 1."""


PlacedWords = Sequence[PlacedWord]


def fits(source: PlacedWords, target: PlacedWords) -> bool:
    """Say whether words can be learned from a pair of sentences: neither side is empty, nor is it a whole text."""
    return 0 < len(source) * len(target) <= _LONGEST


@dataclass(frozen=True, slots=True)
class _Cells:
    """Every word of a source beside every word of its target, pair by pair; the first of each source is none."""

    first: list[int]
    """Of each pair, the number of its first cell."""
    shape: list[tuple[int, int]]
    """Of each pair, how many words its target has, and its source with the first that is none."""
    rows: Integers
    """Of each cell the number of its word of the target, all texts through."""
    columns: Integers
    """The same of the source."""
    near: Floats
    """How likely it is by the places alone."""
    kinds: Integers
    """Of each cell the number of its two words as such."""
    sources: Integers
    """Of each such two words the number of that of the source."""
    targets: Integers


class WordLinks:
    """Links between the words of pairs of sentences."""

    def __init__(self, pairs: Sequence[tuple[PlacedWords, PlacedWords]]) -> None:
        """Learn from all pairs, each of which `fits`."""
        self._cells = cells = _laid_out(pairs)
        chances = np.ones(len(cells.sources))
        for _ in range(_ROUNDS):
            held = _shared(chances[cells.kinds] * cells.near, cells.rows)
            counts = np.bincount(cells.kinds, held, len(chances))
            chances = _shared(counts + _UNSEEN, cells.sources)
        self._held = _shared(chances[cells.kinds] * cells.near, cells.rows)
        counts = np.bincount(cells.kinds, self._held, len(chances))
        self._claimed = _shared(_shared(counts, cells.targets)[cells.kinds] * cells.near, cells.columns)

    def shares(self, pair: int, own: Set[int]) -> Floats:
        """Return how much of each word of a target goes with the words of its source that are numbered in `own`."""
        first, (height, width) = self._cells.first[pair], self._cells.shape[pair]
        held = self._held[first : first + height * width].reshape(height, width)[:, 1:]
        claimed = self._claimed[first : first + height * width].reshape(height, width)[:, 1:]
        inside = np.isin(np.arange(width - 1), list(own))
        others = claimed[:, ~inside].max(axis=1, initial=0.0)
        found: Floats = held[:, inside].sum(axis=1) * (1 - others)
        return found


def _shared(weights: NDArray[Any], groups: Integers) -> Floats:
    """Return the weights, so that those of each group make one."""
    sums = np.bincount(groups, weights)[groups]
    parts: Floats = np.divide(weights, sums, out=np.zeros(len(weights)), where=sums > 0)
    return parts


def _laid_out(pairs: Sequence[tuple[PlacedWords, PlacedWords]]) -> _Cells:
    sources: dict[str, int] = {"": 0}
    targets: dict[str, int] = {}
    parts: list[tuple[Integers, Integers, Integers, Integers, Floats]] = []
    first, shape, row, column, cell = [], [], 0, 0, 0
    for source, target in pairs:
        height, width = len(target), len(source) + 1
        ours = np.array([0, *(sources.setdefault(one.key, len(sources)) for one in source)], np.int64)
        theirs = np.array([targets.setdefault(one.key, len(targets)) for one in target], np.int64)
        parts.append(
            (
                np.tile(ours, height),
                np.repeat(theirs, width),
                np.repeat(np.arange(row, row + height), width),
                np.tile(np.arange(column, column + width), height),
                _nearness(source, target).ravel(),
            )
        )
        first.append(cell)
        shape.append((height, width))
        row, column, cell = row + height, column + width, cell + height * width
    ours, theirs, rows, columns, near = (np.concatenate(one) for one in zip(*parts, strict=True))
    both, kinds = np.unique(ours * max(len(targets), 1) + theirs, return_inverse=True)
    return _Cells(first, shape, rows, columns, near, kinds, *np.divmod(both, max(len(targets), 1)))


def _nearness(source: PlacedWords, target: PlacedWords) -> Floats:
    ours = np.array([one.place for one in source])
    theirs = np.array([one.place for one in target])
    near = np.exp(-_STEEP * np.abs(theirs[:, None] - ours[None, :]))
    near *= (1 - _NOTHING) / near.sum(axis=1, keepdims=True)
    found: Floats = np.concatenate([np.full((len(target), 1), _NOTHING), near], axis=1)
    return found
