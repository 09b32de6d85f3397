"""The fate of each harvested file: nothing that is read, joined, kept once or refused goes without a line."""

from __future__ import annotations

from dataclasses import dataclass

from glossary_api.model.messages import Message
from glossary_api.model.words import ANNEX

_LEFT_OUT = {
    "hidden": "left-out-hidden-text",
    "deleted": "left-out-tracked-deletions",
    "comment": "left-out-comments",
    "header": "left-out-headers",
    "footer": "left-out-footers",
    "field": "left-out-fields",
    "ruby": "left-out-readings-of-characters",
    "symbol": "left-out-signs-of-symbol-fonts",
    "text-box": "left-out-text-boxes",
    "picture": "left-out-pictures",
    "furniture": "left-out-what-frames-text",
    "column": "left-out-other-columns",
    "row": "left-out-rows-without-text",
    "sheet": "left-out-other-sheets",
    "page": "left-out-pages-without-text",
    "part": "left-out-other-parts",
    ANNEX: "left-out-other-annexes",
}


def named_left_out(reason: str) -> Message:
    """Return what is left out for one of LEFT_OUT or ANNEX, in words."""
    return Message(_LEFT_OUT[reason])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The parts of a document that a reader left out of its text for one reason."""

    reason: str
    """One of LEFT_OUT."""
    characters: int
    """How many characters that are no white space; 0 for what has none, such as pictures."""
    pieces: int = 1
    """How many runs, boxes, pictures, columns or pages."""

    @property
    def message(self) -> Message:
        """Return what was left out and how many characters, or pieces of what has none, in words."""
        return Message("file-left-out", what=named_left_out(self.reason), count=self.characters or self.pieces)


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that two sources of one report print differently, or that one of them has not."""

    start: int
    """Span in the text of the report that is kept; empty where the passage would stand."""
    end: int
    text: str
    """The passage as the kept report has it, cut if it is long; empty if it has not."""
    other: str
    """The passage as the other source has it, cut if it is long; empty if it has not."""


@dataclass(frozen=True, slots=True)
class HarvestedFile:
    """The fate of one document: of a file, or of one record or member of it."""

    name: str
    """The path from the folder that was named on, `#n` behind it for a record: `海拉尔区/2012.txt`, `all.jsonl#3`."""
    outcome: str
    """One of OUTCOMES."""
    report: str | None = None
    """Id of the report that it is, is a part of, or has once more; None if it was refused."""
    format: str = ""
    """As in `Document.format`; empty if nothing could be read."""
    chars: int = 0
    """Characters read from it, those that are then left out as no part of the report included."""
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Message, ...] = ()
    """What a person should look at, a sentence each."""
    id: str | None = None
    """The id that it has or would have as a report of its own; None if it is none."""
    genre: str | None = None
    title: str | None = None
    place: str | None = None
    year: int | None = None
    date: str | None = None
    address: str | None = None
    """Where it stands on the web."""
    part_of: str = ""
    """Name of the file that begins the report of which it is a page or an attachment; empty for all others."""
    reason: Message | None = None
    """Why it was refused, or how much of the report a further source has; None for others."""
    differences: tuple[Difference, ...] = ()
    """What it prints otherwise than the report that is kept; the first of them if there are many."""
    different: int = 0
    """How many such passages there are."""
