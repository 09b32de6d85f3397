"""The 名词解释 of a draft: one explanation chosen for each slogan that it uses, and what could not be explained.

A draft's own entries come first of all; what others explain is taken over only where one explanation stands nearest.
Where several stand equally near, or none is shown to be meant, the slogan is listed with the reason, and the author
decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from glossary_api.model.messages import Message
from glossary_api.queries.annotate.annotator import NONE, AnnotateQuestion
from glossary_api.queries.finding_kinds import UNDEFINED
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition
from glossary_api.text.folding import OPENING_QUOTES
from glossary_api.text.places import NamedPlace

if TYPE_CHECKING:
    from glossary_api.queries.lint import Remark, Review


@dataclass(frozen=True, slots=True)
class DraftNote:
    """An entry of the appendix."""

    name: str
    """As the draft has it, with its quotation marks."""
    definition: str
    """Word for word as its source has it."""
    source: dict[str, Any] | None
    """Where it is written, as in a definition, with the `title` of the report; None for the draft's own words."""
    at: int
    """Where the draft first uses the name, in code points."""
    end: int
    """Where that use ends."""

    @property
    def sentence(self) -> str:
        """Return the definition with the full stop that it may lack."""
        return self.definition + ("" if self.definition.rstrip()[-1:] in {*"。！？；…"} else "。")


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A slogan that has no entry."""

    name: str
    reason: Message
    at: int


@dataclass(frozen=True, slots=True)
class DraftNotes:
    """The contents of an appendix to a draft, each list in the order of the text."""

    notes: tuple[DraftNote, ...]
    left_open: tuple[LeftOpen, ...]


def notes_of_text(edition: Edition, text: str, place: NamedPlace | None = None, date: str | None = None) -> DraftNotes:
    """Return the notes of a draft from a place and a day, ISO 8601; without them its title block says where and when.

    Raises NotAReport for a text that no report can be.
    """
    from glossary_api.queries.lint import Spot, review  # the parser: serving does without until the first draft comes

    matches = annotator_of(edition).matches(text, AnnotateQuestion(gloss=NONE))
    spots = [Spot(match["start"], match["end"], match["term"]["id"]) for match in matches]
    return notes_of(edition, review(text, edition, spots, place, date))


def notes_of(edition: Edition, review: Review) -> DraftNotes:
    """Return the notes of a draft that has been looked over."""
    text = review.parsed.report.text
    remarks = [remark for remark in review.remarks if remark.kind == UNDEFINED]
    chosen = [remark for remark in remarks if remark.other is not None and not remark.ambiguous]
    notes = [*_own(review), *(_taken_over(edition, text, remark) for remark in chosen)]
    left = (
        LeftOpen(_printed(text, one.start, one.end), one.message, one.start) for one in remarks if one not in chosen
    )
    return DraftNotes(tuple(sorted(notes, key=lambda note: note.at)), tuple(left))


def _own(review: Review) -> Iterator[DraftNote]:
    parsed = review.parsed
    for entry in parsed.entries:
        for term in entry.terms:
            used = parsed.report.text.find(term.name)
            at = used if used >= 0 else entry.start
            end = at + len(term.name)
            name = _printed(parsed.report.text, at, end) if used >= 0 else term.name
            yield DraftNote(name, term.definition.text, None, at, end)


def _taken_over(edition: Edition, text: str, remark: Remark) -> DraftNote:
    definition = remark.other.definition if remark.other else {}
    source = definition["source"]
    block = edition.title_blocks.get(source["report"] or "", {})
    name = _printed(text, remark.start, remark.end)
    return DraftNote(name, definition["text"], source | {"title": block.get("title")}, remark.start, remark.end)


def _printed(text: str, start: int, end: int) -> str:
    words = text[start:end]
    return f"“{words}”" if text[max(start - 1, 0) : start] in {*OPENING_QUOTES} else words
