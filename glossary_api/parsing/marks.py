"""Footnote marks in the running text, and the entries that they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from glossary_api.model.messages import Message
from glossary_api.model.things import Entry, Finding, Mark
from glossary_api.parsing.markers import CIRCLED, number_of
from glossary_api.text.folding import CLOSING_QUOTES, QUOTES, fold_name

_SIGNS = "".join(sign for sign in CIRCLED if sign < "⑴" or sign > "⒇")
_BRACKETED = re.compile(
    r"[\[〔【]\s*(?P<n>\d{1,3})\s*[\]〕】]"
    r"|[\[(〔【](?:见|详见|参见)?附?注(?P<noted>\d{1,3}|[一二三四五六七八九十]{1,3})[\])〕】]"
)
_CIRCLED = re.compile(f"[{_SIGNS}]")
_COUNTED = "万亿千百十余多个项条家座处所名人户亩公里米吨次件种类辆台套座栋间所幢年月日元倍位期批平方立"
_BARE = re.compile(rf"(?<=[{CLOSING_QUOTES}\u4e00-\u9fff])(\d{{1,2}})(?!\d|[.,]\d|[%‰+{_COUNTED}])")
_MARKED = re.compile(rf"[\w{CLOSING_QUOTES}\")\]〕】》〉%‰]")
"""What a footnote sign may stand behind; behind ＠ and the like it is debris of another encoding."""
_SHOWN = 5
"""How many marks a message names."""
_LONGEST_NAME = 40
_BEFORE_AN_ITEM = set("。;,、:!?(\n\r\t ") | {"\u3000"}


def read_marks(
    text: str, plain: str, spans: tuple[tuple[int, int], ...], entries: tuple[Entry, ...]
) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """Return the marks in the given spans of the body, each tied to its entry, and what does not fit.

    ① that follows a stop, a colon or nothing numbers an item of an enumeration, as does the ② that is due behind it
    in its line: they are no marks. A bare figure is one only if that entry explains the words before it.
    """
    numbers = {entry.number for entry in entries if entry.number is not None}
    names, marks, figures = names_by_number(entries), [], set()
    for start, end in spans:
        for found, number in _candidates(plain, start, end):
            entry = number if number in numbers else None
            marks.append(Mark(text[found.start() : found.end()], *found.span(), entry))
        bare = list(_bare(text, plain, start, end, names))
        marks += bare
        figures |= {int(found[1]) for found in _BARE.finditer(plain, start, end)} if bare else set()
    marks.sort(key=lambda mark: mark.start)
    return tuple(marks), _findings(text, marks, entries, figures)


def _candidates(plain: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int]]:
    for found in _BRACKETED.finditer(plain, start, end):
        if found.start() > start and not plain[found.start() - 1].isspace():
            yield found, number_of(found["n"] or found["noted"])
    item, line = 0, start
    for found in _CIRCLED.finditer(plain, start, end):
        number = number_of(found[0])
        if plain.find("\n", line, found.start()) >= 0:
            item, line = 0, found.start()
        if found.start() == start or plain[found.start() - 1] in _BEFORE_AN_ITEM or (item and number == item + 1):
            item = (
                number  # ① begins an enumeration; the ② that is due in it numbers an item too, whatever stands before
            )
        elif _MARKED.match(plain[found.start() - 1]):
            yield found, number


def _bare(text: str, plain: str, start: int, end: int, names: Mapping[int, list[str]]) -> Iterator[Mark]:
    for found in _BARE.finditer(plain, start, end) if names else ():
        number = int(found[1])
        before = fold_name(text[max(start, found.start() - _LONGEST_NAME) : found.start()])
        if any(before.endswith(name) for name in map(fold_name, names.get(number, ())) if len(name) > 1):
            yield Mark(text[found.start() : found.end()], *found.span(), number)


def _findings(text: str, marks: list[Mark], entries: tuple[Entry, ...], figures: Set[int]) -> tuple[Finding, ...]:
    """Yield marks without an entry, and entries that no mark refers to, if the report uses marks at all.

    A figure of those that stand bare where others are marks may be one, whatever words are before it.
    """
    numbers = sorted({entry.number for entry in entries if entry.number is not None})
    unnumbered = {fold_name(term.name) for entry in entries if entry.number is None for term in entry.terms}
    lost = [mark for mark in marks if mark.entry is None and not _is_explained(text, mark, unnumbered)]
    is_whole = numbers == list(range(1, len(numbers) + 1)) and bool(numbers)
    found = _orphans(lost) if is_whole else _without_notes(lost)
    referred = {mark.entry for mark in marks} - {None}
    if referred:
        found += [
            Finding(
                "unreferenced-entry", Message("no-mark-refers-to-entry", marker=entry.marker), entry.start, entry.end
            )
            for entry in entries
            if entry.number is not None and entry.number not in referred | figures
        ]
    return tuple(found)


def _is_explained(text: str, mark: Mark, names: Set[str]) -> bool:
    """Tell whether the words before a mark end in a name that a note without a number explains."""
    before = fold_name(text[max(0, mark.start - _LONGEST_NAME) : mark.start]) if names else ""
    return any(before.endswith(name) for name in names if len(name) > 1)


def _orphans(marks: list[Mark]) -> list[Finding]:
    return [
        Finding("orphan-mark", Message("mark-has-no-entry", marker=mark.marker), mark.start, mark.end) for mark in marks
    ]


def _without_notes(marks: list[Mark]) -> list[Finding]:
    """Return one finding for all of them: that there are no notes, or that some are missing, is one thing to look
    at.
    """
    if not marks:
        return []
    shown = "、".join(dict.fromkeys(mark.marker for mark in marks[:_SHOWN])) + ("…" if len(marks) > _SHOWN else "")
    message = Message("no-notes-were-found-for-marks", shown=shown)
    return [Finding("marks-without-notes", message, marks[0].start, marks[0].end)]


def names_by_number(entries: Iterable[Entry]) -> dict[int, list[str]]:
    """Return the names that the notes of a number explain; where each chapter counts anew they are several notes."""
    names: dict[int, list[str]] = {}
    for entry in entries:
        if entry.number is not None:
            names.setdefault(entry.number, []).extend(term.name for term in entry.terms)
    return names


def words_before(text: str, mark: Mark) -> int:
    """Return offset behind the last word before a mark, quotation marks and white space skipped."""
    i = mark.start
    while i > 0 and (text[i - 1] in QUOTES or text[i - 1].isspace()):
        i -= 1
    return i
