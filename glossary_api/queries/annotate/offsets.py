"""Places in a text as callers want them: offsets in the unit that they count in, and selectors of W3C Web Annotation.

Units are code points as in Python, UTF-16 code units as in JavaScript, and bytes. The selectors say a place by position
and by quotation.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Annotated, NotRequired, TypedDict

CODE_POINT, UTF_16, UTF_8 = UNITS = ("codepoint", "utf16", "utf8")

POSITION, QUOTE = TYPES = ("TextPositionSelector", "TextQuoteSelector")
CONTEXT = 32
"""How many code points a quotation has on each side."""
_PAIRED = re.compile("[\U00010000-\U0010ffff]")
"""Characters that UTF-16 writes as two units."""


class Offsets:
    """The offsets of one text in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self._pairs = [found.start() for found in _PAIRED.finditer(text)]
        self._units = [place + number for number, place in enumerate(self._pairs)]

    def units(self, offset: int) -> int:
        """Return how many units stand before a code point."""
        return offset + bisect_left(self._pairs, offset)

    def code_points(self, units: int) -> int | None:
        """Return how many code points stand before a unit.

        None if it is the second one of a pair or not in the text.
        """
        number = bisect_left(self._units, units)
        if number and self._units[number - 1] == units - 1:
            return None
        return units - number if units - number <= self.length else None


class ByteOffsets:
    """The offsets of one text in bytes of UTF-8."""

    def __init__(self, text: str) -> None:
        sizes = (1 if sign < "\x80" else 2 if sign < "\u0800" else 3 if sign < "\U00010000" else 4 for sign in text)
        self._bytes: Sequence[int] = array("L", accumulate(sizes, initial=0))

    def units(self, offset: int) -> int:
        """Return how many bytes stand before a code point."""
        return self._bytes[offset]

    def code_points(self, units: int) -> int | None:
        """Return how many code points stand before a byte; None if it is within one or not in the text."""
        found = bisect_left(self._bytes, units)
        return found if found < len(self._bytes) and self._bytes[found] == units else None


def offsets_of(text: str, unit: str) -> Offsets | ByteOffsets | None:
    """Return how to count a text in a unit of UNITS; None for code points, which need no counting."""
    if unit == UTF_8:
        return ByteOffsets(text)
    return Offsets(text) if unit == UTF_16 else None


class SelectorDocument(TypedDict):
    """The place of a match, as W3C Web Annotation says it, in one of two ways."""

    type: Annotated[str, "Which way.", TYPES]
    start: NotRequired[Annotated[int, "Position: offset of the first code point, whatever `offset_unit` is."]]
    end: NotRequired[Annotated[int, "Position: offset behind the last code point."]]
    exact: NotRequired[Annotated[str, "Quote: the match."]]
    prefix: NotRequired[Annotated[str, f"Quote: up to {CONTEXT} code points before it."]]
    suffix: NotRequired[Annotated[str, f"Quote: up to {CONTEXT} code points behind it."]]


def selectors(text: str, start: int, end: int) -> list[SelectorDocument]:
    """Return both selectors of a span of code points; the standard counts in these, whatever a caller counts in."""
    return [
        {"type": POSITION, "start": start, "end": end},
        {
            "type": QUOTE,
            "exact": text[start:end],
            "prefix": text[start - CONTEXT if start > CONTEXT else 0 : start],
            "suffix": text[end : end + CONTEXT],
        },
    ]
