"""Selectors of matches, as the W3C Web Annotation Data Model has them: by position and by quotation."""

from typing import Annotated, NotRequired, TypedDict

POSITION, QUOTE = TYPES = ("TextPositionSelector", "TextQuoteSelector")
CONTEXT = 32
"""How many code points a quotation has on each side."""


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
