"""Sketch the definitions of a term: all that choosing, judging and ranking them takes, beside its document.

Whoever looks a name up at some place and on some day then reads no definition but those that are answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import orjson

from glossary_api.model.things import Report, Term
from glossary_api.model.words import INLINE, NATIONAL
from glossary_api.store.foremost import given_meaning
from glossary_api.store.shapes import TermDocument
from glossary_api.text.traits import traits_of


class Sketched(NamedTuple):
    """A definition by what its report says of place and time, and by its traits."""

    sense: int
    """Which of the senses that are listed first."""
    shown: bool
    """Whether the document of the term shows it."""
    head: str | None
    """None for the name of the term."""
    place: str | None
    code: str | None
    national: bool
    date: str | None
    year: int | None
    is_note: bool
    """Whether it was written to explain the name, by its source."""
    note: bool
    """The same by its evidence."""
    traits: int


def sketches(term: Term, document: TermDocument, titles: Mapping[str, Report]) -> bytes:
    """Return ids of senses and what is known of each definition in their order, as JSON.

    Nothing, which is `[]`, where that is not enough to judge by: for a name with a core, for what an editor gives, and
    where definitions are the same.
    """
    shown = {
        (one["source"]["report"], one["source"]["start"], one["text"])
        for s in document["senses"]
        for one in s["definitions"]
    }
    senses = [sense.id for sense in term.senses]
    found: dict[tuple[str | None, int | None, str], Sketched] = {}
    for at, sense in enumerate(term.senses):
        for one in sense.definitions:
            source, block = one.source, titles.get(one.source.report or "")
            given = given_meaning(one, titles)
            traits = traits_of(given, term.name)
            key = source.report, source.start, one.text
            alike = block is not None and (source.place, source.year) == (block.place, block.year)
            if traits is None or block is None or not alike or key in found:
                return b"[]"
            found[key] = Sketched(
                at,
                key in shown,
                None if one.head == term.name else one.head,
                block.place,
                block.place_code,
                block.level == NATIONAL,
                block.date,
                block.year,
                source.type != INLINE,
                given.note,
                traits,
            )
    whole = all(sense.definitions for sense in term.senses) and found
    return orjson.dumps([senses, [*map(tuple, found.values())]]) if whole else b"[]"
