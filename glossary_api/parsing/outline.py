"""The headings of a report's body."""

from __future__ import annotations

import re

from glossary_api.model.things import Heading
from glossary_api.parsing.lines import Line, lines_of
from glossary_api.parsing.patterns import any_of

_MAX_HEADING = 40
_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"第?[一二三四五六七八九十]{1,3}(?:、|部分|章)\s*")),
    (2, re.compile(r"\([一二三四五六七八九十]{1,3}\)\s*")),
    (3, re.compile(r"\d{1,2}[.、](?!\d)\s*")),
)
_NO_HEADING = re.compile(any_of("wordings", "no-heading"))


def read_headings(text: str, plain: str, start: int, end: int) -> tuple[Heading, ...]:
    """Return the headings in `text[start:end]`.

    A numbered line is one, or its first sentence if text runs on behind it; so is a short line that ends
    without a stop.
    """
    lines = (line for line in lines_of(text, start, end) if not line.is_page_number)
    return tuple(heading for line in lines if (heading := _heading(plain, line)))


def _heading(plain: str, line: Line) -> Heading | None:
    for depth, pattern in _NUMBERED:
        if found := pattern.match(plain, line.start, line.end):
            stop = plain.find("。", found.end(), line.end)
            end = stop if stop >= 0 else line.end
            if 0 < end - found.end() <= _MAX_HEADING:
                return Heading(line.text[: end - line.start], line.start, end, depth)
            return None
    printed = plain[line.start : line.end]
    if len(printed) <= 24 and not _NO_HEADING.search(printed) and not re.search(r"[。!?;…]", printed):
        return Heading(line.text, line.start, line.end, 1)
    return None
