"""From the lines of a glossary to its numbered notes: where each begins and ends.

The number decides: a line begins a note when its marker is of the list's own family and its number is the one
that is due. A definition may so have lists of its own, (1)… or ①…, and lines that begin with figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from glossary_api.model import Entry, Finding
from glossary_api.parsing import patterns
from glossary_api.parsing.heads import Head, split_head, terms_of
from glossary_api.parsing.lines import Line, lines_of, trimmed
from glossary_api.parsing.markers import FAMILIES, Marker, marker_at

_MISSING = 3
"""How many numbers in a row a list may skip and still be read on."""
_SENTENCE_END = "。;!?；”」"
_LAYOUTS = {"bracketed": "bracketed", "circled": "circled", "dot": "dot", "dotted": "dot"}


@dataclass(slots=True)
class Note:
    """A note as its lines are gathered: its marker, where its text is, and lists of its own inside."""

    marker: Marker | None
    start: int
    end: int
    nested: dict[str, int] = field(default_factory=dict)
    """Last number seen of each family of markers inside the note."""

    @property
    def content(self) -> int:
        """Where the text behind the marker begins."""
        return self.marker.end if self.marker else self.start


@dataclass(frozen=True, slots=True)
class EntryList:
    """The entries read from a span of text, and where the list ends."""

    entries: tuple[Entry, ...]
    end: int
    layout: str
    findings: tuple[Finding, ...]

    @property
    def defined(self) -> int:
        """How many entries have a head and a definition."""
        return sum(bool(entry.terms) for entry in self.entries)


def read_entries(text: str, plain: str, start: int, end: int) -> EntryList:
    """Read the notes of `text[start:end]`, a span that begins behind the heading of a glossary.

    The list ends before the first line that neither begins a note nor continues one: another annex, the
    foot of a web page, a signature.
    """
    lines = [line for line in lines_of(text, start, end) if not line.is_page_number]
    first = _first_marker(plain, lines[:4])
    notes = _numbered(plain, lines, first) if first else _unnumbered(plain, lines)
    notes = [
        part
        for note, following in zip(notes, [*notes[1:], None], strict=True)
        for part in _run_together(plain, note, following)
    ]
    entries, findings = [], []
    for note in notes:
        entry = _entry(text, plain, note)
        entries.append(entry)
        if not entry.terms:
            findings.append(
                Finding("entry-not-understood", f"entry {entry.marker} has no definition", entry.start, entry.end)
            )
    layout = _layout(notes, entries)
    return EntryList(tuple(entries), entries[-1].end if entries else start, layout, tuple(findings))


def _first_marker(plain: str, lines: list[Line]) -> Marker | None:
    """The first marker, unless it only numbers a group (一、产业类) of notes with numbers of their own."""
    marked = [(line, marker) for line in lines if (marker := marker_at(plain, line.start, line.end))]
    for i, (line, marker) in enumerate(marked):
        following = marked[i + 1][1] if i + 1 < len(marked) else None
        if not _is_group(plain, line, marker, following):
            return marker
    return None


def _is_group(plain: str, line: Line, marker: Marker, following: Marker | None) -> bool:
    """Whether a numbered line is the heading of a group of notes whose numbers begin anew behind it."""
    anew = following is not None and following.family != marker.family and following.number == 1
    return anew and len(line.text) <= 24 and split_head(plain, marker.end, line.end) is None


def _numbered(plain: str, lines: list[Line], first: Marker) -> list[Note]:
    notes: list[Note] = []
    family = first.family
    marked = [(line, marker_at(plain, line.start, line.end)) for line in lines]
    last_line = {(marker.family, marker.number): line.start for line, marker in marked if marker}
    anew = False
    for i, (line, marker) in enumerate(marked):
        following = marked[i + 1][1] if i + 1 < len(marked) else None
        squeezed = "".join(plain[line.start : line.end].split())
        goes_on = bool(notes) and _goes_on(notes[-1], last_line, family, line)
        if marker and marker.family != family and _is_group(plain, line, marker, following):
            anew = True
        elif marker and ((anew and marker.number == 1) or _begins(plain, marker, notes, family, line)):
            anew = False
            family = marker.family
            notes.append(Note(marker, line.start, line.end))
        elif not notes or (goes_on and patterns.matches("appendix", "furniture", squeezed)):
            continue  # a line before the first note introduces the list; a page's furniture may stand within it
        elif _is_foreign(squeezed) or not (goes_on or _unfinished(plain, notes[-1], line)):
            break
        else:
            if marker:
                notes[-1].nested[marker.family] = marker.number
            notes[-1].end = line.end
    return notes


def _begins(plain: str, marker: Marker, notes: list[Note], family: str, line: Line) -> bool:
    """Whether a line with this marker begins the next note of the list."""
    if not notes:
        return marker.family == family
    last = notes[-1]
    assert last.marker is not None
    due = last.marker.number + 1
    in_list_of_its_own = last.nested.get(marker.family) == marker.number - 1 and marker.number > 1
    if in_list_of_its_own and marker.family != family:
        return False
    if marker.number == due:
        # ①…⑳ may go on as (21) or 21.: the number is due and no list inside the note led up to it.
        return True
    if marker.family != family or not split_head(plain, marker.end, line.end):
        return False
    return marker.number == last.marker.number or due < marker.number <= due + _MISSING


def _goes_on(note: Note, last_line: dict[tuple[str, int], int], family: str, line: Line) -> bool:
    """Whether the next number still follows behind this line, so that the line is in the middle of the list."""
    assert note.marker is not None
    due = note.marker.number + 1
    return any(last_line.get((family, number), -1) > line.start for number in range(due, due + _MISSING))


def _unfinished(plain: str, note: Note, line: Line) -> bool:
    """Whether a note wants the line behind it: after the last number, what follows a list is another matter."""
    head = split_head(plain, note.content, note.end)
    begins_part = bool(marker_at(plain, line.start, line.end)) or plain[line.start] in '“"「'
    return head is None or head.definition >= note.end or plain[note.end - 1] not in "。.!?" or begins_part


def _is_foreign(squeezed: str) -> bool:
    return patterns.matches("appendix", "annexes", squeezed) or patterns.matches("appendix", "furniture", squeezed)


def _unnumbered(plain: str, lines: list[Line]) -> list[Note]:
    """Notes without numbers: each begins with a short head and a separator on the same line."""
    notes: list[Note] = []
    for line in lines:
        head = split_head(plain, line.start, line.end)
        squeezed = "".join(plain[line.start : line.end].split())
        if _is_foreign(squeezed):
            break
        if head and head.definition < line.end and not (notes and plain[notes[-1].end - 1] in ";,:、"):
            notes.append(Note(None, line.start, line.end))
        elif notes and _unfinished(plain, notes[-1], line):
            notes[-1].end = line.end
        elif notes:
            break
    return notes


def _run_together(plain: str, note: Note, following: Note | None) -> list[Note]:
    """Split a note that holds the next ones as well: 1.“甲”:…。2.“乙”:…。 on one line.

    Only where the list lacks the number: otherwise 2. inside note 1 is a list of the note's own.
    """
    if note.marker is None:
        return [note]
    parts, current = [], note
    while (begin := _next_inside(plain, current, following)) is not None:
        marker = marker_at(plain, begin, note.end)
        assert marker is not None
        parts.append(replace(current, end=begin))
        current = Note(marker, begin, note.end)
    return [*parts, current]


def _next_inside(plain: str, note: Note, following: Note | None) -> int | None:
    assert note.marker is not None
    due = note.marker.number + 1
    if following is not None and following.marker is not None and following.marker.number in (1, due):
        return None
    pattern = dict(FAMILIES)[note.marker.family]
    for found in pattern.finditer(plain, note.content, note.end):
        before = plain[note.content : found.start()].rstrip()
        marker = marker_at(plain, found.start(), note.end)
        if (
            marker
            and marker.number == due
            and before
            and before[-1] in _SENTENCE_END
            and split_head(plain, marker.end, note.end)
        ):
            return found.start()
    return None


def _entry(text: str, plain: str, note: Note) -> Entry:
    line = trimmed(text, note.start, note.end)
    assert line is not None
    head = split_head(plain, note.content, line.end) or Head(None, note.content, line.end, line.end)
    marker = text[line.start : head.start].strip() if note.marker else ""
    return Entry(
        marker=marker,
        number=note.marker.number if note.marker else None,
        page=head.page,
        head=text[head.start : head.end],
        start=line.start,
        end=line.end,
        terms=terms_of(text, plain, head, line.end),
    )


def _layout(notes: list[Note], entries: list[Entry]) -> str:
    if not notes or notes[0].marker is None:
        return "none"
    layout = _LAYOUTS.get(notes[0].marker.family, notes[0].marker.family)
    return f"{layout}-page" if any(entry.page is not None for entry in entries) else layout
