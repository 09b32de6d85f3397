"""The currencies and units that numbers count by. Five billion yuan are not five billion dollars.

`measures.json` has a row for each word or sign, tried in its order: what it stands for (`$` for the dollars of several
countries), the words behind a number in any language, and the signs before it.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from importlib import resources

from glossary_api.translation.numbers.number import RATIO, YEAR, Number

_LONGEST_SIGN = 8
_OWN_YUAN = frozenset({"HKD", "TWD", "MOP"})
"""Where one of them is named in a text, a mere 元 may mean it, too."""
_YUAN, _CNY = "元", {"CNY"}
_GLUED = re.compile(r"([\d.,]*\d)[A-Za-z]+")
_SMALL = "per an? the in of by for each every and or to on at from over with last this next"
_POINTS = re.compile("百分点|ポイント|point|punkt|punto|пункт|포인트|%p|pp$", re.IGNORECASE)


def measured(text: str, numbers: Iterable[Number]) -> list[Number]:
    """Return the numbers of a text, each with what it counts by, and spanning the words that say so."""
    found = [_measured(text, number) for number in numbers]
    if not any(number.measures and number.measures <= _OWN_YUAN for number in found):
        return found
    return [replace(n, measures=frozenset()) if n.measures == _CNY and text[n.end - 1] == _YUAN else n for n in found]


def _measured(text: str, number: Number) -> Number:
    if number.kind == RATIO:
        points = _POINTS.search(text, number.start, number.end)
        return replace(number, measures=frozenset({"point" if points else "part"}))
    if number.kind == YEAR:
        return number
    behind, before, measures = _patterns()
    glued = _GLUED.fullmatch(text, number.start, number.end)
    named = behind.match(text, glued.end(1) if glued else number.end)
    sign = before.search(text, max(0, number.start - _LONGEST_SIGN), number.start)
    decisive = sign or named
    if decisive is None or decisive.lastgroup is None:
        return number
    start, end = sign.start() if sign else number.start, named.end() if named else number.end
    return replace(number, measures=measures[int(decisive.lastgroup[1:])], start=start, end=end)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[frozenset[str], ...]]:
    """Return patterns for what stands behind and before a number, whose groups are numbered like the measures."""
    rows = json.loads(resources.files(__package__).joinpath("measures.json").read_text("utf-8"))
    words = "|".join(f"(?P<m{place}>{row['words']})" for place, row in enumerate(rows))
    signs = "|".join(f"(?P<m{place}>{row['signs']})" for place, row in enumerate(rows) if "signs" in row)
    between = rf"(?:[多余]|以上|左右)?[\s\-‐‑]*(?:de |d[’']|(?!(?:{'|'.join(_SMALL.split())})\b)[a-z]+ )?"
    return (
        re.compile(rf"{between}(?:{words})", re.IGNORECASE),
        re.compile(rf"(?:{signs})\s?$", re.IGNORECASE),
        tuple(frozenset(row["measures"].split()) for row in rows),
    )
