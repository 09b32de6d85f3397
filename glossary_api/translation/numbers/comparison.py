"""Numbers of a translation, by its language, held against those of its source, and years that this only points to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from glossary_api.text.folding import plain
from glossary_api.translation.numbers.chinese_numbers import chinese_numbers_in
from glossary_api.translation.numbers.english_numbers import english_numbers_in
from glossary_api.translation.numbers.measures import measured
from glossary_api.translation.numbers.number import PLAIN, RATIO, TIMES, YEAR, Number
from glossary_api.translation.numbers.other_numbers import other_numbers_in

_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1}
_POINTED = re.compile(r"(?<![以文目])(?:今年|本年(?!代)|去年|上一?年|前年|明年)(?!龄|度)")
_DATE = re.compile("([12][0-9]{3})年[0-9]{1,2}月[0-9]{1,2}日")
_HEAD = 8
"""In how many segments at its beginning a text says of which day it is."""
_FEWEST = 3
"""How many segments have to agree on which year a text is of."""
_SHARE = 0.7
"""How large a part of those that say one has to agree."""


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


def numbers_in(text: str, language: str) -> list[Number]:
    """Return the numbers of a text in a language (BCP 47)."""
    base = language.lower().split("-")[0]
    if base in ("zh", "yue", "ja"):
        return chinese_numbers_in(text)
    return measured(text, english_numbers_in(text) if base == "en" else other_numbers_in(text, base))


def year_of(segments: Iterable[tuple[str, Sequence[Number], Sequence[Number]]]) -> int | None:
    """Return the year that is 今年 in a text, by its date or what its translation mostly says; None if not clear.

    A text is of the year of the one day that is named in full at its beginning. Else its segments vote.
    Each segment is its source, with the numbers of both sides. What says 去年 and no year of its own, beside exactly
    one year in the translation, votes for the year after that.
    """
    segments = list(segments)
    dates = {int(found[1]) for source, *_ in segments[:_HEAD] for found in _DATE.finditer(plain(source))}
    if len(dates) == 1:
        return dates.pop()
    votes: Counter[int] = Counter()
    for source, theirs, ours in segments:
        pointed = {_OFFSETS[found[0]] for found in _POINTED.finditer(source)}
        said = {int(number.value) for number in ours if number.kind == YEAR}
        if len(pointed) == len(said) == 1 and not any(number.kind == YEAR for number in theirs):
            votes[said.pop() - pointed.pop()] += 1
    year, count = max(votes.items(), key=lambda vote: vote[1], default=(0, 0))
    return year if count >= _FEWEST and count >= _SHARE * votes.total() else None


def years_pointed_to(source: str, year: int) -> list[Number]:
    """Return the years that a source points to, if it is of that year."""
    return [
        Number(Decimal(year + _OFFSETS[found[0]]), *found.span(), True, YEAR) for found in _POINTED.finditer(source)
    ]
