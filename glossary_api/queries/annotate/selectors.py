"""Selectors of matches, as the W3C Web Annotation Data Model has them: by position and by quotation."""

from __future__ import annotations

from typing import Any

POSITION, QUOTE = TYPES = ("TextPositionSelector", "TextQuoteSelector")
CONTEXT = 32
"""How many code points a quotation has on each side."""


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
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
