"""Years that a Chinese text only points to: 今年 and 去年, which translations often say as 2021 and 2020."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from glossary_api.text.folding import plain
from glossary_api.translation.numbers.number import YEAR, Number

_OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1}
_POINTED = re.compile(r"(?<![以文目])(?:今年|本年(?!代)|去年|上一?年|前年|明年)(?!龄|度)")
_DATE = re.compile("([12][0-9]{3})年[0-9]{1,2}月[0-9]{1,2}日")
_HEAD = 8
"""In how many segments at its beginning a text says of which day it is."""
_FEWEST = 3
"""How many segments have to agree on which year a text is of."""
_SHARE = 0.7


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
