"""From the lines of a glossary to its numbered notes: where each begins and ends.

The number decides: a line begins a note when its marker is of the list's own family and its number is the one
that is due. A definition may so have lists of its own, (1)… or ①…, and lines that begin with figures.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest

from glossary_api.model.messages import Message
from glossary_api.model.things import Entry, Finding
from glossary_api.parsing.bare_notes import alternating, bracketed, glued, spaced, titled
from glossary_api.parsing.heads import Head, is_label, split_head, terms_of
from glossary_api.parsing.lines import BULLETS, Line, trimmed
from glossary_api.parsing.loose_notes import loose_head, named
from glossary_api.parsing.markers import Marker, marker_at
from glossary_api.parsing.out_of_order import (
    LEAST_ALIKE,
    are_alike,
    as_due,
    begins_out_of_order,
    begins_unnumbered,
    goes_on_with_body,
    is_misprint_of_due,
    is_of_next_chapter,
    is_spoken_of,
)
from glossary_api.parsing.run_on import Note, run_together, with_glued_numbers
from glossary_api.parsing.sheet import AppendixText

_MISSING = 3
"""How many numbers in a row a list may skip and still be read on."""
_MOST = 1000
"""More notes than these are no glossary; the longest ones of real reports have some sixty."""
_LONGEST = 5000
"""So many characters a note may have and still be read on; the longest of real reports have some eight hundred."""
_BEFORE_THE_LIST = 4
"""Within so many lines behind its heading the list begins."""
_WIDEST_BREAK = 30
"""Within so many lines behind the furniture of a page the list goes on, if it does."""
_OF_ONE_LIST = ("roman", "lettered", "dashed")
"""Families of markers that number notes only if the first note has one: elsewhere they are words and figures."""
_MOST_PARAGRAPHS, _LEAST_PARAGRAPH = 3, 12
"""So many more paragraphs than its first a note without number may have, and so many characters a paragraph."""
_LOOKED_AT_BEHIND = 3
"""Of so many lines two tell that notes without numbers follow those that have one."""
_BULLET = re.compile(rf"(?=\S){BULLETS}(?=\S)")
_LONGEST_GROUP = 16
_LONGEST_SENTENCE = 30
"""A first sentence of more characters is no name."""
_LAYOUTS = {"bracketed": "bracketed", "circled": "circled", "dot": "dot", "dotted": "dot"}


@dataclass(frozen=True, slots=True)
class EntryList:
    """The entries read from a span of text, and where the list ends."""

    entries: tuple[Entry, ...]
    end: int
    layout: str
    findings: tuple[Finding, ...]

    @property
    def defined(self) -> int:
        """Return how many entries have a head and a definition."""
        return sum(bool(entry.terms) for entry in self.entries)


def read_entries(sheet: AppendixText, begin: int) -> EntryList:
    """Read the notes from the line numbered `begin` on, the first one behind the heading of a glossary.

    The list ends before the first line that neither begins a note nor continues one: another annex, the
    foot of a web page, a signature.
    """
    text, plain = sheet.text, sheet.plain
    first = _first_marker(sheet, begin)
    notes = _numbered_and_others(sheet, begin, first) if first else _unnumbered(sheet, begin)
    notes = _with_last_paragraphs(sheet, notes)
    if first is None and (bare := _bare(sheet, begin, len(notes))):
        return bare
    if first and first.family.startswith("han") and (grouped := _in_groups(sheet, begin, len(notes))):
        return grouped
    quoted = functools.partial(_is_quoted, sheet, notes[0].start if notes else 0)
    parted = (run_together(plain, *pair, quoted) for pair in zip_longest(notes, notes[1:]))
    notes = [part for parts in parted for part in parts]
    entries = _with_stopped_heads(text, plain, notes, [_entry(text, plain, note) for note in notes])
    entries = named(sheet.phrases, entries)
    findings = [
        Finding("entry-not-understood", Message("entry-has-no-definition", marker=entry.marker), entry.start, entry.end)
        for entry in entries
        if not entry.terms
    ]
    layout = _layout(notes, entries)
    end = entries[-1].end if entries else sheet.lines[begin].start if begin < len(sheet.lines) else len(text)
    return EntryList(entries, end, layout, tuple(findings))


def _is_quoted(sheet: AppendixText, before: int, start: int, end: int) -> bool:
    """Tell whether the text before an offset quotes what stands in a span."""
    return sheet.phrases.is_quoted(sheet.text[start:end], before)


def _bare(sheet: AppendixText, begin: int, others: int) -> EntryList | None:
    """Return notes that neither number nor separator sets off, if they are more than the `others`."""
    reach = range(begin, min(begin + 2 * _MOST, len(sheet.lines)))
    lines = [sheet.lines[i] for i in takewhile(lambda i: not sheet.is_foreign(sheet.lines[i]), reach)]
    entries = bracketed(sheet.text, sheet.plain, lines)
    if not entries:
        ways = (
            alternating(sheet.text, sheet.plain, lines),
            titled(sheet.text, sheet.plain, lines, sheet.phrases.beginning),
        )
        by_type = glued(sheet.text, sheet.plain, lines, sheet.phrases.beginning), spaced(sheet.text, sheet.plain, lines)
        entries = max(ways, key=len) or max(by_type, key=len)
        entries = entries if len(entries) > others else ()
    return EntryList(entries, entries[-1].end, "none", ()) if entries else None


def _in_groups(sheet: AppendixText, begin: int, others: int) -> EntryList | None:
    """Return notes of a line with the name and one with what it means, below numbered titles of groups: 一、产业类."""
    reach = range(begin, min(begin + 2 * _MOST, len(sheet.lines)))
    numbers = list(takewhile(lambda i: not sheet.is_of_page(i), reach))
    lines = [
        sheet.lines[i] for i in numbers if not (sheet.marker(i) and _is_title_of_group(sheet.plain, sheet.lines[i]))
    ]
    entries = alternating(sheet.text, sheet.plain, lines) if len(lines) < len(numbers) else ()
    is_more = len(entries) > max(others, len(numbers) - len(lines)) and entries[-1].end == lines[-1].end
    return EntryList(entries, entries[-1].end, "none", ()) if is_more else None


def _first_marker(sheet: AppendixText, begin: int) -> Marker | None:
    """Return the first marker, unless it only numbers a group (一、产业类) of notes with numbers of their own."""
    numbers = range(begin, min(begin + _BEFORE_THE_LIST, len(sheet.lines)))
    marked = [(sheet.lines[i], marker) for i in numbers if (marker := sheet.marker(i))]
    for i, (line, marker) in enumerate(marked):
        following = marked[i + 1][1] if i + 1 < len(marked) else None
        if _is_group(sheet.plain, line, marker, following):
            continue
        own = line.start == sheet.lines[begin].start
        if (marker.number > 1 or marker.family in _OF_ONE_LIST) and not (own and marker.family not in _OF_ONE_LIST):
            return marker if marker.number == 1 else None
        return None if marker.family.startswith("han") and _is_note(sheet, begin, line) else marker
    return None


def _is_note(sheet: AppendixText, begin: int, chapter: Line) -> bool:
    """Tell whether the line `begin` is a note without number, and a heading of a chapter follows: 二、今年工作."""
    line = sheet.lines[begin]
    head = split_head(sheet.plain, line.start, line.end) if line.start < chapter.start else None
    return head is not None and head.definition < line.end and "。" not in chapter.text


def _is_group(plain: str, line: Line, marker: Marker, following: Marker | None) -> bool:
    """Tell whether a numbered line is the heading of a group of notes whose numbers begin anew behind it."""
    anew = following is not None and following.family != marker.family and following.number == 1
    return anew and len(line.text) <= 24 and split_head(plain, marker.end, line.end) is None


def _parts_groups(sheet: AppendixText, note: Note, line: Line, following: Marker | None, family: str) -> bool:
    """Tell whether a short line, 二、治理类, stands between a finished note and the one with the number that is due."""
    assert note.marker is not None
    is_due = following is not None and following.family == family and following.number == note.marker.number + 1
    return (
        is_due
        and _is_title_of_group(sheet.plain, line)
        and sheet.plain[note.end - 1] in "。."
        and note.is_defined(sheet.plain)
    )


def _is_title_of_group(plain: str, line: Line) -> bool:
    """Tell whether a line is as short as the title of a group of notes, and no part of a sentence."""
    words = plain[line.start : line.end]
    return len(words) <= _LONGEST_GROUP and not re.search(r"[,;。!?:\"“”]", words)


def _numbered(sheet: AppendixText, begin: int, first: Marker) -> list[Note]:
    plain, notes, family, anew = sheet.plain, list[Note](), first.family, False
    for i in range(begin, len(sheet.lines)):
        line, marker = sheet.lines[i], _marker(sheet, i, notes, family)
        goes_on = bool(notes) and _goes_on(notes[-1], sheet.last, family, line)
        if goes_on and not (marker and marker.family == family) and is_of_next_chapter(sheet, notes, line, family):
            break
        following = sheet.marker(i + 1)
        if marker and marker.family != family and _is_group(plain, line, marker, following):
            anew = True
        elif notes and _parts_groups(sheet, notes[-1], line, following, family):
            continue
        elif marker and ((anew and marker.number == 1) or _begins(sheet, marker, notes, family, line)):
            if len(notes) == _MOST:
                break
            anew = False
            family = marker.family
            notes.append(Note(marker, line.start, line.end))
        elif not notes or (sheet.is_foreign(line) and _resumes(sheet, i, notes[-1], family)):
            continue  # a line before the first note introduces the list; a page's furniture may stand within it
        elif _is_beyond(sheet, notes, line, goes_on):
            break
        else:
            if marker:
                notes[-1].nested[marker.family] = marker.number
            notes[-1].end = line.end
    return notes


def _numbered_and_others(sheet: AppendixText, begin: int, first: Marker) -> list[Note]:
    """Return numbered notes and those right behind that have no number any more, as behind ⑩ where signs ran out."""
    notes = _numbered(sheet, begin, first)
    behind = bisect_left(sheet.lines, notes[-1].end, key=lambda line: line.start) if notes else len(sheet.lines)
    following = sheet.lines[behind : behind + _LOOKED_AT_BEHIND]
    others = sum(begins_unnumbered(sheet.phrases, notes[-1], line) for line in following)
    return [*notes, *_unnumbered(sheet, behind)] if others > 1 else notes


def _marker(sheet: AppendixText, number: int, notes: Sequence[Note], family: str) -> Marker | None:
    """Return the marker of a line as one of this list has it."""
    marker, last = sheet.marker(number), notes[-1].marker if notes else None
    return as_due(sheet.plain, marker, last.number + 1, family, sheet.lines[number]) if marker and last else marker


def _begins(sheet: AppendixText, marker: Marker, notes: list[Note], family: str, line: Line) -> bool:
    """Tell whether a line with this marker begins the next note of the list."""
    plain = sheet.plain
    if not notes:
        return marker.family == family
    last = notes[-1]
    assert last.marker is not None
    due = last.marker.number + 1
    in_list_of_its_own = last.nested.get(marker.family) == marker.number - 1 and marker.number > 1
    if in_list_of_its_own and marker.family != family:
        return False
    if marker.family != family and marker.family in _OF_ONE_LIST:
        return marker.number == due and is_misprint_of_due(plain, last, marker, line)
    if marker.number == due:
        # ①…⑳ may go on as (21) or 21.: the number is due and no list inside the note led up to it.
        return True
    if marker.family != family or not split_head(plain, marker.end, line.end):
        return False
    if marker.number == last.marker.number:
        return not is_spoken_of(sheet.phrases, last, marker, line)
    if due < marker.number <= due + _MISSING:
        return True
    is_within = _goes_on(last, sheet.last, family, line)
    return begins_out_of_order(sheet.phrases, notes, marker, line, is_within=is_within)


def _goes_on(note: Note, last_line: dict[tuple[str, int], int], family: str, line: Line) -> bool:
    """Tell whether the next number still follows behind this line, so that the line is in the middle of the list."""
    assert note.marker is not None
    due = note.marker.number + 1
    return any(last_line.get((family, number), -1) > line.start for number in range(due, due + _MISSING))


def _unfinished(plain: str, note: Note, line: Line) -> bool:
    """Tell whether a note wants the line behind it: after the last number, what follows a list is another matter."""
    if plain[note.end - 1] not in "。.!?" or (note.marker and plain[line.start] in '“"「'):
        return True
    marker = marker_at(plain, line.start, line.end)
    if marker and not _begins_chapter(plain, note, marker, line):
        return True
    return not note.is_defined(plain)


def _begins_chapter(plain: str, note: Note, marker: Marker, line: Line) -> bool:
    """Tell whether a line is the heading of a chapter, 二、今年工作, and no item of a list of the note's own."""
    of_a_list = marker.number == 1 or note.nested.get(marker.family) == marker.number - 1
    return marker.family.startswith("han") and not of_a_list and plain[line.end - 1] not in "。;,:"


def _is_beyond(sheet: AppendixText, notes: Sequence[Note], line: Line, goes_on: bool) -> bool:
    """Tell whether a line stands behind the list: another annex, the foot of a page, more than a note can hold.

    A line that a head waits for and that lists things, 诉求清单、政策清单, is a definition, no title of an annex.
    """
    note = notes[-1]
    if line.end - note.start > _LONGEST or sheet.is_foreign(line):
        return True
    if sheet.is_annex(line) and ("、" not in line.text or note.is_defined(sheet.plain)):
        return True
    if not goes_on and goes_on_with_body(sheet.phrases, notes, line):
        return True
    return not (goes_on or (_unfinished(sheet.plain, note, line) and not are_alike(sheet.plain, notes[-LEAST_ALIKE:])))


def _resumes(sheet: AppendixText, number: int, note: Note, family: str) -> bool:
    """Tell whether the list goes on behind a line of the page: the next marker of its family has the number that is
    due.
    """
    assert note.marker is not None
    behind = (sheet.marker(i) for i in range(number + 1, number + _WIDEST_BREAK))
    following = next((marker.number for marker in behind if marker and marker.family == family), 0)
    return 0 < following - note.marker.number <= _MISSING


def _unnumbered(sheet: AppendixText, begin: int) -> list[Note]:
    """Return notes without numbers: each begins with a short head and a separator on the same line."""
    plain, notes = sheet.plain, list[Note]()
    for i in range(begin, len(sheet.lines)):
        line = _without_bullet(sheet.lines[i])
        head = split_head(plain, line.start, line.end)
        head = None if head and _is_label(plain, head) else head
        set_off = line.start > sheet.lines[i].start
        if head is None and (not notes or set_off or plain[notes[-1].end - 1] in "。."):
            head = loose_head(sheet.phrases, line.start, line.end)
        over = len(notes) == _MOST if notes else i >= begin + _BEFORE_THE_LIST
        marker = sheet.marker(i) if notes else None
        waits = bool(notes) and notes[-1].marker is not None and not notes[-1].is_defined(plain)
        if over or sheet.is_foreign(line) or sheet.is_annex(line):
            break
        if marker and _counts_notes(notes, marker):
            notes.append(Note(marker, line.start, line.end))
        elif not waits and head and _begins_unnumbered(sheet, notes, line, head, set_off=set_off):
            notes.append(Note(None, line.start, line.end, settled=head.definition < line.end))
        elif notes and _is_title_of_group(plain, line) and _goes_on_unnumbered(sheet, notes[-1], i + 1):
            continue
        elif notes and _is_beyond(sheet, notes, line, _resumes_unnumbered(sheet, i, notes[-1])):
            break
        elif notes:
            if marker:
                notes[-1].nested[marker.family] = marker.number
            notes[-1].end = line.end
    return with_glued_numbers(plain, notes)


def _counts_notes(notes: Sequence[Note], marker: Marker) -> bool:
    """Tell whether a marker has the number due among notes of which the first lost its own: 甲：…。 ［2］乙：…。"""
    last, first = notes[-1].marker, next((note.marker for note in notes if note.marker), marker)
    due = last.number + 1 if last else len(notes) + 1
    of_the_list = marker.family == first.family and marker.family in _LAYOUTS
    return of_the_list and marker.number == due and notes[-1].nested.get(marker.family) != marker.number - 1


def _begins_unnumbered(sheet: AppendixText, notes: list[Note], line: Line, head: Head, *, set_off: bool) -> bool:
    """Tell whether a line with a head begins a note: 甲：…, or 什么是甲？ with its answer below it.

    Behind a semicolon it must be `set_off` by a bullet, or be known as a name.
    """
    asks, before = sheet.plain[line.end - 1] == "?", sheet.plain[notes[-1].end - 1] if notes else ""
    if before == ";" and head.definition < line.end:
        return set_off or begins_unnumbered(sheet.phrases, notes[-1], line)
    return (asks or head.definition < line.end) and before not in tuple(";,:、")


def _resumes_unnumbered(sheet: AppendixText, number: int, note: Note) -> bool:
    """Tell whether another note begins behind this paragraph and at most two more."""
    behind = map(_without_bullet, sheet.lines[number + 1 : number + 1 + _MOST_PARAGRAPHS])
    return any(begins_unnumbered(sheet.phrases, note, line) for line in behind)


def _with_last_paragraphs(sheet: AppendixText, notes: list[Note]) -> list[Note]:
    """Give the last note as many paragraphs as every other one has; what else follows a list may be anything."""
    if len(notes) < LEAST_ALIKE:
        return notes
    at = [bisect_right(sheet.lines, note.start, key=lambda line: line.start) - 1 for note in notes]
    least = min(other - one for one, other in pairwise(at))
    behind = bisect_left(sheet.lines, notes[-1].end, key=lambda line: line.start)
    for i in range(behind, min(at[-1] + least, len(sheet.lines))):
        line = sheet.lines[i]
        is_foreign = sheet.is_foreign(line) or sheet.is_annex(line) or sheet.marker(i)
        if is_foreign or not line.text.endswith("。") or len(line.text) < _LEAST_PARAGRAPH:
            break
        notes[-1].end = line.end
    return notes


def _goes_on_unnumbered(sheet: AppendixText, note: Note, number: int) -> bool:
    """Tell whether a note is finished and another one begins at the line with this number."""
    if number >= len(sheet.lines) or sheet.plain[note.end - 1] not in "。.":
        return False
    line = _without_bullet(sheet.lines[number])
    head = split_head(sheet.plain, line.start, line.end)
    return head is not None and head.definition < line.end and not _is_label(sheet.plain, head)


def _is_label(plain: str, head: Head) -> bool:
    """Tell whether what stands before a colon says what follows, 报告强调:…, 解读:…, and is no name."""
    said = "".join(plain[head.start : head.end].split()).strip("【】[]()")
    return said in ("问", "答") or is_label(said)


def _without_bullet(line: Line) -> Line:
    """Return the line behind the star, dot or dash that sets it off, which belongs to no name."""
    found = _BULLET.match(line.text)
    return Line(line.text[found.end() :], line.start + found.end(), line.end) if found else line


def _with_stopped_heads(text: str, plain: str, notes: Sequence[Note], entries: Sequence[Entry]) -> Sequence[Entry]:
    """Give notes without a head their first sentence for one, 产业。甲业、乙业, where that is how the list has most."""
    stopped = [text.find(entry.head, entry.start) + len(entry.head) for entry in entries if entry.terms]
    if sum(plain.startswith("。", end) for end in stopped) <= len(entries) / 2:
        return entries
    return [
        entry if entry.terms else _entry(text, plain, note, _first_sentence(plain, note))
        for note, entry in zip(notes, entries, strict=True)
    ]


def _first_sentence(plain: str, note: Note) -> Head | None:
    """Return what stands before the first full stop of a note, if it is short and more follows."""
    end = plain.find("。", note.content, min(note.content + _LONGEST_SENTENCE, note.end - 1))
    return Head(None, note.content, end, end + 1) if end > 0 else None


def _entry(text: str, plain: str, note: Note, head: Head | None = None) -> Entry:
    line = trimmed(text, note.start, note.end)
    assert line is not None
    head = head or note.head(plain, line.end) or Head(None, note.content, line.end, line.end)
    return Entry(
        marker=text[line.start : head.start].strip() if note.marker else "",
        number=note.marker.number if note.marker else None,
        page=head.page,
        head=text[head.start : head.end],
        start=line.start,
        end=line.end,
        terms=terms_of(text, plain, head, line.end),
    )


def _layout(notes: list[Note], entries: Sequence[Entry]) -> str:
    if not notes or notes[0].marker is None:
        return "none"
    layout = _LAYOUTS.get(notes[0].marker.family, notes[0].marker.family)
    return f"{layout}-page" if any(entry.page is not None for entry in entries) else layout
