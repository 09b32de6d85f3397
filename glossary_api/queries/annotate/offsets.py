"""Offsets in the unit that a caller counts in: code points, like Python, or UTF-16 code units, like JavaScript."""

from __future__ import annotations

import re
from bisect import bisect_left

CODE_POINT, UTF_16 = UNITS = ("codepoint", "utf16")

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
