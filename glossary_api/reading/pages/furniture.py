"""Take page numbers and running headers off pages, and notes from their feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from glossary_api.reading.pages.layout import SetLine

MARGIN_SHARE = 0.15
"""The share of a page, at its head and at its foot, in which a number alone is a page number."""

RUNNING_SHARE = 0.6
"""The share of the pages on which a line must stand in order to be a running header."""

RUNNING_PAGES = 3
"""The fewest pages on which it must stand."""

NOTE_SIZE = 0.92
"""The greatest size of a note at the foot of a page, as a share of the text's."""

_EDGE = 2  # lines at the head and foot of a page among which running headers are looked for
_PAGE_NUMBER = re.compile(
    r"[\s\-‐-―－·•.]*(?:第\s*)?(?:[0-9０-９]{1,4}|[ivxIVX]{1,6}|[一二三四五六七八九十百〇]{1,4})(?:\s*页)?"
    r"(?:\s*[/／，,共]+\s*[0-9]{1,4}(?:\s*页)?)?[\s\-‐-―－·•.]*"
)
_NOTE = re.compile(r"([①-⑳㉑-㉟㊱-㊿])|[［\[〔]?(\d{1,3})[］\]〕]?")

Page = list[SetLine]


def without_furniture(pages: Sequence[Page], heights: Sequence[float]) -> list[Page]:
    """Return the pages without page numbers and running headers."""
    running = _running_lines(pages)
    return [
        [
            line
            for place, line in enumerate(page)
            if not _is_page_number(line, height, is_edge := min(place, len(page) - 1 - place) < _EDGE)
            and not (is_edge and _key(line) in running)
        ]
        for page, height in zip(pages, heights, strict=True)
    ]


def _is_page_number(line: SetLine, height: float, is_edge: bool) -> bool:
    in_margin = not MARGIN_SHARE * height < line.baseline < (1 - MARGIN_SHARE) * height
    return is_edge and in_margin and _PAGE_NUMBER.fullmatch(line.text) is not None


def _running_lines(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Return texts, without their digits, that stand in one place at the head or foot of most pages."""
    edges = ({_key(line) for line in [*page[:_EDGE], *page[_EDGE:][-_EDGE:]]} for page in pages)
    counts = Counter(key for keys in edges for key in keys if key[0])
    least = max(RUNNING_PAGES, RUNNING_SHARE * len(pages))
    return {key for key, count in counts.items() if count >= least}


def _key(line: SetLine) -> tuple[str, int]:
    return re.sub(r"[\s\d]+", "", line.text), round(line.baseline)


def notes_apart(pages: Sequence[Page], size: float) -> tuple[list[Page], list[SetLine]]:
    """Return the pages without the notes at their feet, and these notes in order.

    `size` is that of the text. Notes are the last lines of a page, smaller than it, from one on that begins with a
    number that is raised in the text of the same page; a list of notes at the end of a report has no such number.
    """
    bodies: list[Page] = []
    notes: list[SetLine] = []
    for page in pages:
        begin = _begin_of_notes(page, size)
        bodies.append(page[:begin])
        notes.extend(page[begin:])
    return bodies, notes


def _begin_of_notes(page: Page, size: float) -> int:
    """Return the index of the first line of the notes at the foot of a page; its length if there are none."""
    first_small = len(page)
    while first_small and page[first_small - 1].size <= NOTE_SIZE * size:
        first_small -= 1
    marks = {character for line in page[:first_small] for character in line.marks}
    for index in range(first_small, len(page)):
        number = _NOTE.match(page[index].text)
        if number and marks.issuperset(number.group(1) or number.group(2)):
            return index if first_small else len(page)
    return len(page)
