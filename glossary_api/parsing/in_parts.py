"""Names that add up parts: “1+3”政策体系，即1个意见和3个办法; 1个中心、5个分中心、N个站点的“1+5+N”体系.

That the text says beside such a name how many there are of each, in the same order, is no chance.
"""

from __future__ import annotations

import functools
import re

from glossary_api.model.things import Slogan
from glossary_api.parsing.enumerations import Span
from glossary_api.parsing.list_edges import is_quoted, words
from glossary_api.parsing.numerals import Counts
from glossary_api.text.folding import CLOSING_QUOTES

_HAN = "零一二三四五六七八九十"
_REACH = 200
_THING = rf"[^、,;。:()\d\r\n{CLOSING_QUOTES}]{{1,24}}?"
_MEASURES = "个项类条张套座支所家批种道份名级处款"
_MEASURE = rf"(?:大[类项]?|[{_MEASURES}])"
_BETWEEN = "(?:[、,;+]|和|与|及|以及|加)"


def by_parts(plain: str, slogan: Slogan, counts: Counts) -> list[Span]:
    """Return what a text says beside a name that there are so many of, one item for each of its numerals."""
    numbers = tuple(count.number for count in counts.counts)
    if len(numbers) < 2:
        return []
    found = None
    if _are_counted(plain, slogan.end, slogan.end + _REACH, numbers):
        lead = _lead().match(plain, slogan.end, slogan.end + _REACH)
        found = _behind(numbers).match(plain, lead.end(), slogan.end + _REACH) if lead else None
    begin = max(0, slogan.start - _REACH)
    if not found and _are_counted(plain, begin, slogan.start, numbers):
        quoted = is_quoted(plain, slogan.start, slogan.end)
        found = _before(numbers).search(plain, begin, slogan.start - quoted)
    return [found.span(f"part{at}") for at in range(len(numbers))] if found else []


def _are_counted(plain: str, start: int, end: int, numbers: tuple[int | None, ...]) -> bool:
    """Tell whether a stretch has these numbers one behind the other, each with a measure word."""
    for number in numbers:
        places = [at for said in _counting(number) if (at := plain.find(said, start, end)) >= 0]
        if not places:
            return False
        start = min(places) + 1
    return True


@functools.cache
def _lead() -> re.Pattern[str]:
    """Return what leads from a name to the first of the numbers."""
    governing = f"(?:{words('adverb')}*{words('verb')})?"
    link = f"(?:{words('behind')}{governing}|,{words('adverb')}*{words('verb')})(?=[{_HAN}\\d两nmx多若])"
    return re.compile(rf"[{CLOSING_QUOTES}]?(?:\[\d+\])?[\u4e00-\u9fff]{{0,8}}?{link}")


@functools.lru_cache(maxsize=1024)
def _behind(numbers: tuple[int | None, ...]) -> re.Pattern[str]:
    """Return the pattern of so many things in a row behind a name."""
    return re.compile(rf"{_in_a_row(numbers)}(?=[,;。:)\r\n]|$)")


@functools.lru_cache(maxsize=1024)
def _before(numbers: tuple[int | None, ...]) -> re.Pattern[str]:
    """Return the pattern of so many things in a row before a name."""
    return re.compile(f"{_in_a_row(numbers)}[{CLOSING_QUOTES}]?等?(?:组成|构成)?的?$")


def _in_a_row(numbers: tuple[int | None, ...]) -> str:
    return _BETWEEN.join(
        rf"(?P<part{at}>(?<![\d.{_HAN}]){_number(number)}{_MEASURE}{_THING})" for at, number in enumerate(numbers)
    )


def _number(number: int | None) -> str:
    return f"(?:{'|'.join(_printed(number))})"


@functools.lru_cache(maxsize=1024)
def _counting(number: int | None) -> list[str]:
    """Return the ways in which a number is printed before a measure word."""
    return [said + sign for said in _printed(number) for sign in f"大{_MEASURES}"]


def _printed(number: int | None) -> list[str]:
    """Return the ways in which a number is printed: 3 and 三; N, X, 多 where it is open."""
    if number is None:
        return [*"nmx多", "若干"]
    return [str(number), *(_HAN[number : number + 1] if number else ""), *("两" if number == 2 else "")]
