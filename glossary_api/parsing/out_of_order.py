"""Notes that begin where the number does not say so: numbers that descend, begin anew or are those of other lists.

Such a line may as well be an item of a list within a note. What the body says tells them apart: it quotes the names of
notes, and a note names the items of its own list before it lists them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from glossary_api.parsing.heads import split_head
from glossary_api.parsing.lines import Line
from glossary_api.parsing.loose_notes import QuotedPhrases
from glossary_api.parsing.markers import Marker, marker_at
from glossary_api.parsing.patterns import any_of
from glossary_api.parsing.run_on import Note
from glossary_api.parsing.sheet import AppendixText
from glossary_api.text.folding import QUOTES
from glossary_api.text.folding import plain as plain_form

LEAST_ALIKE = 3
"""So many notes tell how those of their list end, and how many paragraphs each has."""
_SENTENCE_END = frozenset("。.!?”")
_AS_MARKS = ("circled", "bracketed")
"""Families of markers that stand in the body as marks."""
_BEFORE_HAN = dict(pairwise("十九八七六五四三二一"))
_MEANS = re.compile(rf":?,?(?:{any_of('defining', 'means', 'means-barely')})")


def begins_out_of_order(
    phrases: QuotedPhrases, notes: Sequence[Note], marker: Marker, line: Line, *, is_within: bool
) -> bool:
    """Tell whether a line begins a note though its number is not due: the body quotes its name, or numbers descend.

    The body need but have the name if the number that is due does not follow: the line is not `is_within` a list.
    """
    last = notes[-1]
    if last.marker is None or marker.family != last.marker.family or phrases.plain[last.end - 1] not in _SENTENCE_END:
        return False
    name = _name(phrases, marker.end, line.end)
    if not name or is_spoken_of(phrases, last, marker, line):
        return False
    begin = notes[0].start
    if phrases.is_quoted(name, begin) or _descend([note.marker for note in notes[-2:]], marker.number):
        return True
    return not is_within and phrases.is_said(plain_form(name), begin)


def is_of_next_chapter(sheet: AppendixText, notes: Sequence[Note], line: Line, family: str) -> bool:
    """Tell whether a line stands between the notes of one chapter and those of the next, whose numbers begin anew or
    count on.

    The first sign of those stands as a mark between the line and the notes.
    """
    first, last, plain = notes[0].marker, notes[-1].marker, sheet.plain
    if first is None or last is None or plain[notes[-1].end - 1] not in "。.!?" or family not in _AS_MARKS:
        return False
    begins = [at for at in sheet.begins.get(family, ()) if at >= line.start and first.number == 1][:1]
    begins += [at for at in (sheet.last.get((family, last.number + 1), -1),) if at >= line.start]
    return any(_is_marked(plain, line.start, at) for at in begins)


def _is_marked(plain: str, start: int, begin: int) -> bool:
    """Tell whether the sign that a note begins with stands as a mark in the text before it."""
    marker = marker_at(plain, begin, len(plain))
    sign = plain[marker.start : marker.end].strip(" .、:\n\t") if marker else ""
    mark = plain.find(sign, start, begin) if sign else -1
    return mark > start and not plain[mark - 1].isspace()


def is_spoken_of(phrases: QuotedPhrases, note: Note, marker: Marker, line: Line) -> bool:
    """Tell whether a note has the name that a line behind it explains: the line goes on with the note."""
    name = _name(phrases, marker.end, line.end)
    return name in phrases.text[note.start : note.end] and name != _name(phrases, note.content, note.end)


def is_misprint_of_due(plain: str, note: Note, marker: Marker, line: Line) -> bool:
    """Tell whether 13：甲：…… begins the note that is due behind 12.乙：……; 3/5 and 3:1 are figures."""
    head = split_head(plain, marker.end, line.end) if ":" in plain[marker.start : marker.end] else None
    return plain[note.end - 1] in _SENTENCE_END and head is not None and head.definition < line.end


def begins_unnumbered(phrases: QuotedPhrases, note: Note, line: Line) -> bool:
    """Tell whether a line begins another note than the one before, whatever stands between the two.

    The body has its name, or a verb says that it explains one: 甲：指…。
    """
    head = split_head(phrases.plain, line.start, line.end)
    name = _name(phrases, line.start, line.end)
    if not head or not name or name in phrases.text[note.start : note.end]:
        return False
    if phrases.is_quoted(name, note.start) or _MEANS.match(phrases.plain, head.end, line.end):
        return True
    return phrases.is_said(plain_form(name), note.start)


def goes_on_with_body(phrases: QuotedPhrases, notes: Sequence[Note], line: Line) -> bool:
    """Tell whether a line has the number behind that of a heading before the notes, (二) for (一): the text goes on."""
    plain = phrases.plain
    marker = marker_at(plain, line.start, line.end)
    before = _BEFORE_HAN.get(plain[marker.start : marker.end].strip("()、. ")) if marker else None
    if not marker or not before or not marker.family.startswith("han"):
        return False
    sign = f"({before})" if marker.family == "han-parenthesised" else f"{before}、"
    is_of_body = re.compile(rf"\n\s*{re.escape(sign)}").search(plain, phrases.start, notes[0].start)
    return is_of_body is not None and plain.find(sign, notes[-1].start, line.start) < 0


def _name(phrases: QuotedPhrases, start: int, end: int) -> str:
    """Return the name of a note that begins here, without its quotation marks; empty if it explains nothing."""
    head = split_head(phrases.plain, start, end)
    return phrases.text[head.start : head.end].strip(QUOTES) if head and head.definition < end else ""


def _descend(before: Sequence[Marker | None], number: int) -> bool:
    """Tell whether numbers go down by one each: 12、11、10."""
    return all(one == other + 1 for one, other in pairwise([*(one.number for one in before if one), number]))


def as_due(plain: str, marker: Marker, due: int, family: str, line: Line) -> Marker:
    """Return the marker of a line: in a list of 1., 2., 3. that of 4.1核5城 is 4., and no chapter 4.1."""
    begin = line.start + len(f"{due}.")
    if marker.family != "levelled" or family != "dot" or not plain.startswith(f"{due}.", line.start):
        return marker
    return Marker(family, due, line.start, begin) if split_head(plain, begin, line.end) else marker


def are_alike(plain: str, notes: Sequence[Note]) -> bool:
    """Tell whether the last of some notes is one line without a stop, or with a semicolon, as those before it are."""
    ends = {"" if plain[note.end - 1].isalnum() else plain[note.end - 1] for note in notes}
    in_lines = all("\n" not in plain[note.start : note.end] for note in notes)
    return (
        len(notes) == LEAST_ALIKE and len(ends) == 1 and ends <= {"", ";"} and in_lines and notes[-1].is_defined(plain)
    )
