"""Count what a reader leaves out of a text, by reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from glossary_api.model.things import LeftOut
from glossary_api.model.words import LEFT_OUT

_HAN = re.compile("[\u4e00-\u9fff]{2}")
_MOST_KEPT = 20_000
"""Characters that are kept of what was left out for one reason: notes take less."""


class Tally:
    """A count of everything left out of one document so far. A reader takes one and adds what it does not print."""

    def __init__(self) -> None:
        self._characters: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        self.recognised: list[tuple[int, int]] = []
        """`Document.ocr`."""
        self.bare_pages: list[int] = []
        """`Document.bare_pages`."""
        self.said: dict[str, str] = {}
        """`Document.record`."""

    def leave(self, reason: str, text: str | None = None, pieces: int = 1) -> None:
        """Count a text, or pieces that are none, as left out for one of LEFT_OUT; nothing for a text without signs."""
        if reason not in LEFT_OUT:
            raise ValueError(f"no reason: {reason}")
        characters = sum(not character.isspace() for character in text or "")
        if characters or text is None:
            self._characters[reason] += characters
            self._pieces[reason] += pieces
            self.glance_at(reason, text or "")

    def glance_at(self, reason: str, text: str) -> None:
        """Keep a text that is not printed for the parser, which looks for notes in it, without counting it."""
        if _HAN.search(text):
            self._texts[reason].append(text)

    def leave_page(self, number: int) -> None:
        """Count a page that is a picture, by its number from 1, as left out."""
        self.leave("page")
        self.bare_pages.append(number)

    def recognise(self, start: int, end: int) -> None:
        """Note that the text of a span was read by OCR."""
        self.recognised.append((start, end))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what was left out, the most characters first."""
        found = (LeftOut(reason, self._characters[reason], pieces) for reason, pieces in self._pieces.items())
        return tuple(sorted(found, key=lambda one: (-one.characters, one.reason)))

    def unread(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the lines with Chinese that were left out of a text and that it has nowhere else, by reason."""
        printed = set(map(str.strip, text.split("\n")))
        found = {reason: "\n".join(pieces)[:_MOST_KEPT].split("\n") for reason, pieces in self._texts.items()}
        kept = {reason: [line for line in lines if line.strip() not in printed] for reason, lines in found.items()}
        return tuple((reason, "\n".join(lines)) for reason, lines in kept.items() if lines)
