"""Two numbers of a text that belong together: parts of one, or linked so that what follows belongs to both."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from glossary_api.translation.numbers.number import PLAIN, RATIO, YEAR, Number

_MOST_PERCENT = 1000


def linked(text: str, numbers: Sequence[Number], link: re.Pattern[str], scale_of: Callable[[str], int]) -> list[Number]:
    """Return the numbers, the first of two linked ones read with the percentage or the scale of the second.

    Of `2 to 3 percent` both are percentages; of `2 to 3 million` the first may be two million, or two. `scale_of`
    says what the words of a printed number multiply its figures by, 0 if there are none.
    """
    found = list(numbers)
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        bare = one.kind in (PLAIN, YEAR) and one.counts and text[one.end - 1].isdigit()
        if not bare or not link.fullmatch(text[one.end : other.start]):
            continue
        if other.kind == RATIO and one.value <= _MOST_PERCENT:
            found[place] = replace(one, value=one.value / 100, step=one.step / 100, kind=RATIO)
        elif other.kind == one.kind == PLAIN and (scale := scale_of(text[other.start : other.end])):
            found[place] = replace(one, also=(*one.also, one.value * scale))
    return found


def summed(text: str, numbers: Sequence[Number], scale_of: Callable[[str], int]) -> list[Number]:
    """Return the numbers, those in one that adjoin and are parts of one: 1亿2000万."""
    found: list[Number] = []
    for number in numbers:
        last = found[-1] if found else None
        if last and last.kind == number.kind == PLAIN and text[last.end : number.start] in ("", " "):
            scale = scale_of(text[last.start : last.end])
            if scale > number.value > 0 and scale > 1 and text[number.start].isdigit():
                found.pop()
                value = last.value + number.value
                converted = tuple((worth * value / number.value, measure) for worth, measure in number.converted)
                number = replace(number, value=value, start=last.start, converted=converted)
        found.append(number)
    return found
