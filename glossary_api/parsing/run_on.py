"""Notes that run on within a line: 1.“甲”：…。2.“乙”：…。, or “甲”，即…；“乙”，即….

Only the number that is due, or a name in quotation marks with a separator behind it, begins another one there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from glossary_api.parsing.heads import Head, split_head
from glossary_api.parsing.markers import FAMILIES, Marker, marker_at, number_in
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import CLOSING_QUOTES, OPENING_QUOTES

_SENTENCE_END = frozenset("。;!?；”」")
_LEAST_GLUED = 3
"""So many notes in a row must begin with the number that is due if nothing parts it from the name."""
_WIDEST_GAP = 20
"""How much white space may part a note from the next one on the same line."""
_NEXT = re.compile(
    rf"(?<=[。;])\s*(?=[{OPENING_QUOTES}](?P<name>[^{OPENING_QUOTES}{CLOSING_QUOTES}]+)[{CLOSING_QUOTES}]"
    rf"(?::|,?{any_of('defining', 'means', 'means-barely')}|,?{any_of('defining', 'that-is')}))"
)
_REACH = 300
"""So far before its explanation within a note a part of what the note explains is named."""
_QUOTED = re.compile(
    r"[;。]\s*(?P<begin>[“\"「](?P<name>[^“”\"「」。;!?:\n]{2,24})[”\"」][\u4e00-\u9fff]{0,6}?)"
    + rf"(?::|,?{any_of('defining', 'means', 'means-barely')}|,{any_of('defining', 'that-is')})"
)


@dataclass(slots=True)
class Note:
    """A note as its lines are gathered: its marker, where its text is, and lists of its own inside."""

    marker: Marker | None
    start: int
    end: int
    nested: dict[str, int] = field(default_factory=dict)
    """Last number seen of each family of markers inside the note."""
    settled: bool = False
    """Whether it is known to have both head and definition."""

    def is_defined(self, plain: str) -> bool:
        """Tell whether the note has both head and definition by now."""
        if not self.settled:
            head = self.head(plain, self.end)
            self.settled = head is not None and head.definition < self.end
        return self.settled

    def head(self, plain: str, end: int) -> Head | None:
        """Return the head, which may stand on a line behind that of the marker."""
        content = self.content
        while content < end and plain[content].isspace():
            content += 1
        return split_head(plain, content, end)

    @property
    def content(self) -> int:
        """Return where the text behind the marker begins."""
        return self.marker.end if self.marker else self.start


def run_together(plain: str, note: Note, following: Note | None, is_quoted: Callable[[int, int], bool]) -> list[Note]:
    """Split a note that holds the next ones as well: 1.“甲”:…。2.“乙”:…。 on one line.

    Only where the list lacks the number: otherwise 2. inside note 1 is a list of the note's own.
    """
    if note.marker is None:
        return [Note(None, *span) for span in _quoted_notes(plain, note.start, note.end, is_quoted)]
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
    skipped = following is not None and following.marker is not None and following.marker.number == due + 1
    for found in dict(FAMILIES)[note.marker.family].finditer(plain, note.content, note.end):
        set_off = skipped and not plain[found.start() - 1].isdigit()
        if number_in(found) != due or not (set_off or _ends_sentence(plain, note.content, found.start())):
            continue
        marker = marker_at(plain, found.start(), note.end)
        if marker and marker.number == due and split_head(plain, marker.end, note.end):
            return found.start()
    return None


def _quoted_notes(plain: str, start: int, end: int, is_quoted: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """Yield the notes that one line holds: “甲”:…。“乙”:…, unless the first one speaks of 乙 before that.

    Where but a semicolon parts them, “甲”指…；“乙”指…, the body must quote 乙.
    """
    for found in _NEXT.finditer(plain, start, end) if plain[start] in OPENING_QUOTES else ():
        is_sure = plain[found.start() - 1] == "。" and plain[found.end("name") + 1] == ":"
        spoken_of = found["name"] in plain[max(start, found.start() - _REACH) : found.start()]
        if not spoken_of and (is_sure or is_quoted(*found.span("name"))):
            yield start, found.start() - (plain[found.start() - 1] == ";")
            start = found.end()
    yield start, end


def _ends_sentence(plain: str, start: int, end: int) -> bool:
    before = plain[max(start, end - _WIDEST_GAP) : end].rstrip()
    return before[-1:] in _SENTENCE_END


def pieces(plain: str, start: int, end: int, is_name: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return the spans of the notes that one holds, 甲：…；“乙”：…, each begun by a quoted name: mostly its own."""
    found = [one for one in _QUOTED.finditer(plain, start, end) if is_name(one["name"])]
    ends = [one.start() + (plain[one.start()] != ";") for one in found]
    return list(zip([start, *(one.start("begin") for one in found)], [*ends, end], strict=True))


def with_glued_numbers(plain: str, notes: list[Note]) -> list[Note]:
    """Part the numbers from the names if every note begins with the number that is due: 1三清一改:…, 25G网络:…."""
    if len(notes) < _LEAST_GLUED or not all(plain.startswith(str(n), note.start) for n, note in enumerate(notes, 1)):
        return notes
    spans = [(note.start, note.start + len(str(n))) for n, note in enumerate(notes, 1)]
    markers = [Marker("bare", n, *span) for n, span in enumerate(spans, 1)]
    return [replace(note, marker=marker) for note, marker in zip(notes, markers, strict=True)]
