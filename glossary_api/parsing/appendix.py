"""Where the glossary of a report stands: a heading that says so, and notes right behind it."""

from __future__ import annotations

import re

from glossary_api.model import Appendix
from glossary_api.parsing import patterns
from glossary_api.parsing.entries import EntryList, read_entries
from glossary_api.parsing.lines import Line, lines_of
from glossary_api.parsing.markers import marker_at

_MAX_HEADING = 48
_MOST = 0.8
"""The share of notes without a heading that marks in the text must vouch for."""


def find_appendix(text: str, plain: str, start: int) -> tuple[Appendix, EntryList] | None:
    """The glossary in `text[start:]` and its entries, or None.

    A heading alone is not enough: a table of contents and a sentence in the body name the glossary too. Of
    several headings with notes behind them the one with most defined notes is taken, then the last.
    """
    lines = list(lines_of(text, start))
    best: tuple[Appendix, EntryList] | None = None
    ends = 0
    for i, line in enumerate(lines):
        if line.start < ends or not _is_heading(plain, line):
            continue
        notes = read_entries(text, plain, line.end, len(text))
        if not notes.defined:
            continue
        ends = notes.end
        if best is None or notes.defined >= best[1].defined:
            best = Appendix(_with_annex_line(plain, lines, i), notes.end, notes.layout), notes
    return best or _endnotes(text, plain, lines)


def _endnotes(text: str, plain: str, lines: list[Line]) -> tuple[Appendix, EntryList] | None:
    """Notes behind the text without any heading: nearly all of their signs must stand in the text as marks."""
    for line in reversed(lines):
        marker = marker_at(plain, line.start, line.end)
        if marker is None or marker.number != 1 or marker.family not in ("circled", "bracketed"):
            continue
        notes = read_entries(text, plain, line.start, len(text))
        signs = [plain[entry.start : entry.start + len(entry.marker.split()[0])] for entry in notes.entries]
        marked = sum(bool(re.search(rf"[^\s。;:,、]{re.escape(sign)}", plain[: line.start])) for sign in signs)
        if notes.defined > 1 and marked >= _MOST * len(signs):
            return Appendix(line.start, notes.end, notes.layout), notes
    return None


def _is_heading(plain: str, line: Line) -> bool:
    if len(line.text) > _MAX_HEADING:
        return False
    squeezed = "".join(plain[line.start : line.end].split()).strip("【】[]()<>#*-")
    return patterns.matches("appendix", "headings", squeezed.rstrip(":."))


def _with_annex_line(plain: str, lines: list[Line], heading: int) -> int:
    """The heading may have the line 附件 before it: the span begins there."""
    before = lines[heading - 1] if heading else None
    if before and len(before.text) <= 8 and "".join(plain[before.start : before.end].split()).startswith("附"):
        return before.start
    return lines[heading].start
