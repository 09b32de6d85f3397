"""A translation, in one file or in two, held against an edition: renderings that it proposes for the terms in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary_api.matching.spotting import Wanted
from glossary_api.model.messages import Message
from glossary_api.model.things import Equivalent
from glossary_api.model.words import ANY_STATUS, PROPOSED
from glossary_api.queries.annotate.annotator import NONE, AnnotateQuestion, Annotator
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition
from glossary_api.text.folding import QUOTED_PART
from glossary_api.translation.align.bitext import Bitext, read_bitext
from glossary_api.translation.align.phrases import CAPITALS, KNOWN, LINKS, NUMBER, QUOTES, RECURS
from glossary_api.translation.align.proposals import NamedSpan, ProposedRendering, proposals
from glossary_api.translation.segments import is_in

JsonObject = dict[str, Any]
_REASONS = {
    LINKS: "aligned-by-links",
    QUOTES: "aligned-by-quotes",
    NUMBER: "aligned-by-number",
    CAPITALS: "aligned-by-capitals",
    RECURS: "aligned-by-recurring",
    KNOWN: "aligned-by-known",
}
"""How each reason is said."""
_SHOWN = 600
"""Characters of each side of a passage that a proposal shows."""
_QUOTATION_MARKS = re.compile('[“”„"「」『』]')


@dataclass(frozen=True, slots=True)
class RenderedTerm:
    """A term that stands in a translated text, and what may render it."""

    term: JsonObject
    """`{"id","name","kind","status"}`."""
    passages: int
    """In how many pairs of sentences it stands."""
    proposals: tuple[ProposedRendering, ...]
    """Best first."""


@dataclass(frozen=True, slots=True)
class AlignedFile:
    """The renderings that a translated text proposes."""

    bitext: Bitext
    terms: tuple[RenderedTerm, ...]
    """In the order in which the text has them."""
    edition: str
    """Hash of the edition whose terms these are."""


def align_file(source: Path, target: Path | None, edition: Edition, language: str) -> AlignedFile:
    """Return the terms of an edition in a translated text with the renderings that it proposes. Raises ReadError."""
    bitext, annotator = read_bitext(source, target, language), annotator_of(edition)
    terms: dict[str, JsonObject] = {}
    named = [list(_names(pair.source, annotator, terms)) for pair in bitext.pairs]
    known = {id_: [*_renderings(edition.term(term["name"]), language)] for id_, term in terms.items()}
    found = proposals(bitext.pairs, named, language, known)
    rendered = (RenderedTerm(terms[id_], count, tuple(made)) for id_, (made, count) in found.items())
    return AlignedFile(bitext, tuple(rendered), edition.hash)


def _names(text: str, annotator: Annotator, terms: dict[str, JsonObject]) -> Iterator[NamedSpan]:
    """Yield where terms stand in a text, candidates too, and put them into `terms`.

    What quotation marks enclose counts as a name.
    """
    mentions = tuple(found.span() for found in QUOTED_PART.finditer(text))
    question = AnnotateQuestion(gloss=NONE, wanted=Wanted(status=ANY_STATUS, mentions=mentions))
    end = 0
    for match in annotator.matches(text, question):
        if match["start"] >= end:
            end = match["end"]
            terms[match["term"]["id"]] = {**match["term"]}
            yield NamedSpan(match["start"], end, match["term"]["id"])


def _renderings(term: JsonObject, language: str) -> Iterator[str]:
    """Yield all wordings of a term in a language or in kinds of it."""
    for owner in (term, *term["senses"]):
        for one in owner["equivalents"]:
            if is_in(one["language"], language):
                yield from (one["rendering"], *one["also"])


def as_document(made: AlignedFile) -> JsonObject:
    """Return everything that was found, each proposal with the passages that have it."""
    return {
        "pairs": len(made.bitext.pairs),
        "alone": made.bitext.alone,
        "terms": [
            {
                "term": one.term,
                "passages": one.passages,
                "proposals": [_proposal(proposal, made.bitext) for proposal in one.proposals],
            }
            for one in made.terms
        ],
        "edition": made.edition,
    }


def _proposal(proposal: ProposedRendering, bitext: Bitext) -> JsonObject:
    pairs = [bitext.pairs[at] for at in proposal.passages]
    passages = [{"place": pair.place, "source": pair.source, "target": pair.target} for pair in pairs]
    return {"rendering": bare(proposal.rendering), "reasons": [*proposal.reasons], "passages": passages}


def proposed_rows(made: AlignedFile, language: str, since: str, said_in: str) -> list[Equivalent]:
    """Return a curated row for each proposal, with status `proposed`, where it stands, and why it is proposed."""
    return [
        Equivalent(
            term=one.term["name"],
            sense="",
            language=language,
            rendering=bare(proposal.rendering),
            status=PROPOSED,
            source=made.bitext.pairs[proposal.passages[0]].place,
            note=reason(one, proposal).said(said_in),
            place="",
            since=since,
        )
        for one in made.terms
        for proposal in one.proposals
    ]


def drafts(made: AlignedFile, rows: Iterable[Equivalent], status: str) -> Iterator[Mapping[str, str]]:
    """Yield what each row becomes as a decision that waits for a person, who makes it one of this status.

    Why it is proposed says the reason and has a passage on both sides: nobody can judge a rendering without it.
    """
    pairs = {pair.place: pair for pair in made.bitext.pairs}
    for row in rows:
        sides = (" ".join(side.split())[:_SHOWN] for side in (pairs[row.source].source, pairs[row.source].target))
        why = f"{row.note}: {' → '.join(sides)}"
        said = {"term": row.term, "language": row.language, "rendering": row.rendering, "source": row.source}
        more = {"since": row.since} if row.since else {}
        yield {"kind": "add-rendering", **said, "status": status, "why": why, **more}


def reason(one: RenderedTerm, proposal: ProposedRendering) -> Message:
    """Return what speaks for a proposal, and how many of the passages have it."""
    parts = [Message(_REASONS[each]) for each in proposal.reasons]
    said = parts[0]
    for part in parts[1:]:
        said = Message("one-and-another", one=said, other=part)
    return Message("aligned-because", why=said, said=len(proposal.passages), passages=one.passages)


def bare(rendering: str) -> str:
    """Return a rendering without quotation marks: the text decides whether it has some."""
    return _QUOTATION_MARKS.sub("", rendering)
