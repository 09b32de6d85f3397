"""Numbers of a translation held against those of its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from glossary_api.translation.numbers.number import PLAIN, RATIO, TIMES, YEAR, Number


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Numbers of a source that its translation lacks, and those that it has instead."""

    missing: tuple[Number, ...]
    surplus: tuple[Number, ...]


def contradictions(source: Sequence[Number], target: Sequence[Number]) -> list[Contradiction]:
    """Return where numbers of the target stand for others of the source, in the order of the source.

    A number that is only left out contradicts nothing, nor does one that is only added. Where several are missing and
    several may stand for them, nobody knows which is which: that is one contradiction.
    """
    surplus = without_counterpart(target, source, once=False)
    found: defaultdict[tuple[Number, ...], list[Number]] = defaultdict(list)
    for number in without_counterpart(source, target, once=True):
        found[tuple(other for other in surplus if contradict(number, other))].append(number)
    return [Contradiction(tuple(missing), others) for others, missing in found.items() if others]


def without_counterpart(numbers: Sequence[Number], others: Sequence[Number], *, once: bool) -> list[Number]:
    """Return the numbers that count and that no other one agrees with; `once`: each other one agrees with one only.

    Where several agree the same value goes first, and what counts is served last, so that a number that counts is
    never left without because a mere hint took its counterpart elsewhere.
    """
    left = list(others)
    without = []
    for number in sorted(numbers, key=lambda one: not one.counts):
        agreeing = [other for other in left if number.agrees(other)]
        if not agreeing:
            if number.counts:
                without.append(number)
        elif once:
            left.remove(min(agreeing, key=lambda other: (other.kind != number.kind, other.value != number.value)))
    return sorted(without, key=lambda one: one.start)


def contradict(one: Number, other: Number) -> bool:
    """Tell whether one number may stand where the other should: percentages for percentages, years for years."""
    if one.kind == other.kind:
        return True
    kinds = {one.kind, other.kind}
    if YEAR in kinds:  # a year with a wrong first digit looks like any figure of four
        return PLAIN in kinds and all(1000 <= number.value < 10000 for number in (one, other))
    return kinds == {PLAIN, TIMES} or kinds == {RATIO, TIMES}
