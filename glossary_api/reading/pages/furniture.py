"""Take page numbers and running headers off pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median_low

from glossary_api.reading.pages.layout import SetLine

MARGIN_SHARE = 0.15
"""The share of a page, at its head and at its foot, in which a number alone is a page number."""

RUNNING_SHARE = 0.6
"""The share of the pages on which a line must stand in order to be a running header."""

RUNNING_PAGES = 3
"""The fewest pages on which it must stand; all, of a file with fewer."""

FOLLOWS = 1.8
"""How far below a line, in em, another one goes on at most."""

SLACK = 8.0
"""By how many points the height of a running header differs from page to page: the first has a larger margin."""

_SAME_SIZE = 0.05
_EDGE = 2  # lines at the head and foot of a page among which running headers are looked for
_PAGE_NUMBER = re.compile(
    r"[\s\-‐-―－·•._一]*(?:第\s*)?(?:[0-9０-９⁰¹²³⁴-⁹]{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十百〇]{1,4})(?:\s*页)?"
    r"(?:\s*[/／，,共]+\s*[0-9]{1,4}(?:\s*页)?)?[\s\-‐-―－·•._一]*"
)

Page = list[SetLine]


def without_furniture(pages: Sequence[Page], heights: Sequence[float]) -> list[Page]:
    """Return the pages without page numbers and running headers."""
    running = _running_lines(pages)
    return [
        [
            line
            for place, line in enumerate(page)
            if not _is_page_number(line, height, is_edge := min(place, len(page) - 1 - place) < _EDGE)
            and not (is_edge and _is_one_of(line, running) and not _follows(page, place, len(pages) < RUNNING_PAGES))
        ]
        for page, height in zip(pages, heights, strict=True)
    ]


def _is_page_number(line: SetLine, height: float, is_edge: bool) -> bool:
    in_margin = not MARGIN_SHARE * height < line.baseline < (1 - MARGIN_SHARE) * height
    return is_edge and in_margin and _PAGE_NUMBER.fullmatch(line.text) is not None


def _follows(page: Page, place: int, few: bool) -> bool:
    """Return whether a line at the foot goes on right below another: notes may end alike on several pages.

    On `few` pages lines at the head may be alike by chance, too.
    """
    if place >= max(_EDGE, len(page) - _EDGE):
        inner = page[place - 1]
    elif few and place + 1 < len(page):
        inner = page[place + 1]
    else:
        return False
    line = page[place]
    is_close = abs(inner.baseline - line.baseline) < FOLLOWS * line.size
    return is_close and abs(inner.size - line.size) < _SAME_SIZE * line.size


def _running_lines(pages: Sequence[Page]) -> dict[str, float]:
    """Return texts, without their digits, that stand at the head or foot of most pages, and how high."""
    heights: dict[str, list[float]] = {}
    for page in pages:
        for text, baseline in {_text(line): line.baseline for line in [*page[:_EDGE], *page[_EDGE:][-_EDGE:]]}.items():
            heights.setdefault(text, []).append(baseline)
    least = max(2, min(RUNNING_PAGES, len(pages)), RUNNING_SHARE * len(pages))
    found = {text: median_low(found) for text, found in heights.items() if text and len(found) >= least}
    near = {text: sum(abs(one - found[text]) <= SLACK for one in heights[text]) for text in found}
    return {text: height for text, height in found.items() if near[text] >= least}


def _is_one_of(line: SetLine, running: Mapping[str, float]) -> bool:
    height = running.get(_text(line))
    return height is not None and abs(line.baseline - height) <= SLACK


def _text(line: SetLine) -> str:
    return re.sub(r"[\s\d]+", "", line.text)
