"""The lines in which a glossary is looked for, and what each is: numbered, a heading, of the page, an annex's title."""

from __future__ import annotations

import functools

from glossary_api.parsing import patterns
from glossary_api.parsing.bare_notes import is_of_page
from glossary_api.parsing.glossary_headings import heading_and_note, is_heading
from glossary_api.parsing.lines import Line, lines_of
from glossary_api.parsing.loose_notes import QuotedPhrases
from glossary_api.parsing.markers import Marker, marker_at
from glossary_api.text.folding import plain as plain_form

_LONGEST_FOREIGN = 160
"""The heading of an annex is no longer than this."""
_LEAST_BESIDE = 8
"""A cell of so many characters names no column and numbers no annex."""


class AppendixText:
    """The lines of a text and the markers that they begin with, each found once however often it is asked for."""

    def __init__(self, text: str, plain: str, start: int) -> None:
        self.text, self.plain, self.start = text, plain, start
        self.phrases = QuotedPhrases(text, plain, start)
        self.lines = [
            part
            for line in lines_of(text, start)
            if not line.is_page_number
            for part in heading_and_note(text, plain, line)
        ]
        self._markers: dict[int, Marker | None] = {}
        self._of_page: dict[int, bool] = {}

    def marker(self, number: int) -> Marker | None:
        """Return the marker of a line, by the line's number; None if it has none or there is no such line."""
        if number not in self._markers:
            line = self.lines[number] if number < len(self.lines) else None
            self._markers[number] = marker_at(self.plain, line.start, line.end) if line else None
        return self._markers[number]

    def is_of_page(self, number: int) -> bool:
        """Tell whether a line, by its number, is the furniture of a page."""
        if number not in self._of_page:
            self._of_page[number] = is_of_page(self.squeezed(self.lines[number]))
        return self._of_page[number]

    @functools.cached_property
    def begins(self) -> dict[str, list[int]]:
        """Return where the lines stand that are numbered 1, by family."""
        found: dict[str, list[int]] = {}
        for i, line in enumerate(self.lines):
            if (marker := self.marker(i)) and marker.number == 1:
                found.setdefault(marker.family, []).append(line.start)
        return found

    @functools.cached_property
    def last(self) -> dict[tuple[str, int], int]:
        """Return where the last line stands that is numbered so, by family and number."""
        marked = ((line, self.marker(i)) for i, line in enumerate(self.lines))
        return {(marker.family, marker.number): line.start for line, marker in marked if marker}

    def squeezed(self, line: Line) -> str:
        """Return a line in plain form without any white space and what has no look of its own."""
        return Line(self.plain[line.start : line.end], line.start, line.end).squeezed

    def is_of_contents(self, number: int) -> bool:
        """Tell whether a line only names an annex that comes later: the first of the annexes begins right below it."""
        return number + 1 < len(self.lines) and self.is_annex(self.lines[number + 1])

    @functools.cached_property
    def headings(self) -> list[int]:
        """Return the numbers of the lines that are headings of a glossary."""
        return [number for number, line in enumerate(self.lines) if self.is_heading(line)]

    def is_heading(self, line: Line) -> bool:
        """Tell whether a line is the heading of a glossary; a row with other words beside one is a row of a table."""
        cells = line.text.split("\t") if "\t" in line.text else ()
        if any(len(cell) >= _LEAST_BESIDE and not is_heading("".join(plain_form(cell).split())) for cell in cells):
            return False
        return is_heading(self.squeezed(line))

    def is_annex(self, line: Line) -> bool:
        """Tell whether a line is the title of an annex."""
        squeezed = self.squeezed(line)
        is_short = len(squeezed) <= _LONGEST_FOREIGN
        return is_short and any(patterns.matches("appendix", group, squeezed) for group in ("annexes", "works"))

    def is_foreign(self, line: Line) -> bool:
        """Tell whether a line belongs to no list: the furniture of a page, or the heading of a glossary again."""
        return is_of_page(self.squeezed(line)) or self.is_heading(line)
