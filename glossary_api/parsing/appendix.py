"""Where the glossary of a report stands: a heading that says so, and notes right behind it."""

from __future__ import annotations

import re
from bisect import bisect_left

from glossary_api.model.things import Appendix
from glossary_api.parsing.entries import AppendixText, EntryList, read_entries
from glossary_api.parsing.glossary_tables import read_table, tables_in, unexplained
from glossary_api.parsing.markers import CIRCLED

_MOST_HEADINGS = 100
"""Of more lines that look like a heading the last are tried: a glossary stands at the end."""
_MOST_ENDNOTES = 20
"""So many lines that could be the first of the notes are tried where no heading says where they begin."""
_MOST = 0.8
"""The share of notes without a heading that marks in the text must vouch for."""
_SIGN = rf"[{''.join(CIRCLED)}]|[\[〔【]\s*\d{{1,3}}\s*[\]〕】]"
_AS_MARK = re.compile(rf"(?<=[^\s。;:,、])(?:{_SIGN})")
_AS_MARKER = re.compile(_SIGN)


def find_appendix(text: str, plain: str, start: int) -> tuple[Appendix, EntryList] | None:
    """The glossary in `text[start:]` and its entries, or None.

    A heading alone is not enough: a table of contents and a sentence in the body name the glossary too. Of
    several headings with notes behind them the one with most defined notes is taken, then the last.
    """
    sheet = AppendixText(text, plain, start)
    if table := _table(sheet, start):
        return table
    headings = [i for i, line in enumerate(sheet.lines) if sheet.is_heading(line)]
    best: tuple[Appendix, EntryList] | None = None
    ends = 0
    for i in headings[-_MOST_HEADINGS:]:
        if sheet.lines[i].start < ends:
            continue
        notes = read_entries(sheet, i + 1)
        if not notes.defined:
            continue
        ends = notes.end
        if best is None or notes.defined >= best[1].defined:
            best = Appendix(_with_annex_line(sheet, i), notes.end, notes.layout), notes
    return best or _endnotes(sheet)


def _table(sheet: AppendixText, start: int) -> tuple[Appendix, EntryList] | None:
    """The glossary that is set as a table, or as several, of which the one with most defined notes is taken."""
    best: tuple[Appendix, EntryList] | None = None
    for table in tables_in(sheet.text, start):
        before = bisect_left(sheet.lines, table.start, key=lambda line: line.start) - 1
        heading = before if before >= 0 and sheet.is_heading(sheet.lines[before]) else None
        entries = read_table(sheet.text, sheet.plain, table, headed=heading is not None)
        notes = EntryList(entries, table.end, "table", tuple(unexplained(entries)))
        if notes.defined and (best is None or notes.defined >= best[1].defined):
            begin = _with_annex_line(sheet, heading) if heading is not None else table.start
            best = Appendix(begin, notes.end, notes.layout), notes
    return best


def _endnotes(sheet: AppendixText) -> tuple[Appendix, EntryList] | None:
    """Notes behind the text without any heading: nearly all of their signs must stand in the text as marks."""
    firsts = [i for i in range(len(sheet.lines)) if _could_be_first(sheet, i)][-_MOST_ENDNOTES:]
    marks = _first_marks(sheet.plain) if firsts else {}
    for i in reversed(firsts):
        line = sheet.lines[i]
        notes = read_entries(sheet, i)
        signs = [found[0] for entry in notes.entries if (found := _AS_MARKER.match(sheet.plain, entry.start))]
        marked = sum(marks.get(sign, line.start) < line.start for sign in signs)
        if notes.defined > 1 and marked >= _MOST * len(notes.entries):
            return Appendix(line.start, notes.end, notes.layout), notes
    return None


def _could_be_first(sheet: AppendixText, number: int) -> bool:
    if not _AS_MARKER.match(sheet.plain, sheet.lines[number].start):
        return False
    marker = sheet.marker(number)
    return marker is not None and marker.number == 1


def _first_marks(plain: str) -> dict[str, int]:
    """Where each sign first stands behind a word."""
    marks: dict[str, int] = {}
    for found in _AS_MARK.finditer(plain):
        marks.setdefault(found[0], found.start())
    return marks


def _with_annex_line(sheet: AppendixText, heading: int) -> int:
    """The heading may have the line 附件 before it: the span begins there."""
    before = sheet.lines[heading - 1] if heading else None
    if before and len(before.text) <= 8 and sheet.squeezed(before).startswith("附"):
        return before.start
    return sheet.lines[heading].start
