"""Lint: the draft of a report in, remarks out, for its author to look at before it is delivered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

import orjson
from flask import Response

from glossary_api.api.http.answers import json_answer_in, served_edition
from glossary_api.api.http.language import preferred_language
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.api.http.routing import post, resource
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.standpoint import date_field, place_and_day, place_field
from glossary_api.api.schemas.strict import Strict, word
from glossary_api.errors import NotAReport
from glossary_api.model.words import DEFINED_WHERE, SEVERITIES
from glossary_api.queries.annotate.annotator import NONE, AnnotateQuestion
from glossary_api.queries.finding_kinds import OF_A_DRAFT, meanings
from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import PlaceDocument
from glossary_api.store.edition import Edition
from glossary_api.store.shapes import SourceDocument, TermNameDocument
from glossary_api.text.places import NamedPlace

if TYPE_CHECKING:
    from glossary_api.queries.lint import Remark, Review

LONGEST_TEXT = 1_000_000
"""Code points that a draft may have; the longest reports have some forty thousand."""
LIMIT = 12 * LONGEST_TEXT + 10_000
"""Bytes that a body may have: such a text, every character of it written as a pair of escapes."""
SHOWN = 2000
"""How many findings an answer lists at most."""

blueprint = resource("lint", "Drafts")


class DraftSchema(Strict):
    """The draft of a report."""

    text = word(f"The draft, or a part of it; at most {LONGEST_TEXT:,} code points.")
    place = place_field()
    date = date_field()


class LintFindingDocument(TypedDict):
    """Something to look at in a draft."""

    kind: Annotated[str, meanings(OF_A_DRAFT), OF_A_DRAFT]
    severity: Annotated[
        str, "`error`: its author should mend it; `question`: look at it; `info`: it may be meant so.", SEVERITIES
    ]
    message: Annotated[str, "What there is to see, in the caller's language."]
    start: Annotated[int, "Offset of its first code point in the draft."]
    end: Annotated[int, "Offset behind it."]
    text: Annotated[str, "Exactly what stands in the span."]
    term: Annotated[TermNameDocument | None, "The term of the edition that it is about; null where there is none."]
    ambiguous: Annotated[bool, "Whether other reports mean different things by the name and none of them is nearest."]
    definition: Annotated[str | None, "What another report says, word for word; null where none says anything."]
    label: Annotated[str | None, "Where that report stands to the draft; null without a definition.", DEFINED_WHERE]
    source: Annotated[SourceDocument | None, "Where that definition is written; null without one."]


class LintDocument(TypedDict):
    """A draft looked over."""

    place: Annotated[
        PlaceDocument | None, "Where the draft stands, as given or as its title block says; null for unknown."
    ]
    date: Annotated[str | None, "The day of the draft, as given or as its title block says; null for unknown."]
    findings: Annotated[
        list[LintFindingDocument], f"The findings in the order of the text, the first {SHOWN:,} of them."
    ]
    counts: Annotated[dict[str, int], "How many findings of each kind there are, shown or not."]
    edition: Annotated[str, "Hash of the edition that it was held against."]


@post(blueprint, "/lint", schema_of(LintDocument), DraftSchema, limit=LIMIT)
def lint(body: dict[str, Any]) -> Response:
    """Look a draft over: what it does not explain, counts and marks that do not fit, definitions others contradict."""
    edition = served_edition()
    try:
        found = reviewed(body["text"], edition, *place_and_day(body, edition.places))
    except NotAReport as error:
        raise BadBody([BadField("/text", error.message)]) from None
    language = preferred_language()
    asked = found.asked
    known = asked.place is not None or asked.code is not None
    linted: LintDocument = {
        "place": {"name": asked.place, "code": asked.code} if known else None,
        "date": asked.date,
        "findings": [_finding(remark, body["text"], language) for remark in found.remarks[:SHOWN]],
        "counts": Counter(remark.kind for remark in found.remarks),
        "edition": edition.hash,
    }
    return json_answer_in(language, orjson.dumps(linted))


def reviewed(text: str, edition: Edition, place: NamedPlace | None, date: str | None) -> Review:
    """Return a draft from a place and a day looked over.

    Raises TooLarge, and NotAReport for a text that no report can be.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLarge(LONGEST_TEXT, "characters", "/text")
    from glossary_api.queries.lint import Spot, review  # the parser: serving does without until the first draft comes

    matches = annotator_of(edition).matches(text, AnnotateQuestion(gloss=NONE))
    spots = [Spot(match["start"], match["end"], match["term"]["id"]) for match in matches]
    return review(text, edition, spots, place, date)


def _finding(remark: Remark, text: str, language: str) -> LintFindingDocument:
    term, other = remark.term, remark.other
    return {
        "kind": remark.kind,
        "severity": remark.severity,
        "message": remark.message.said(language),
        "start": remark.start,
        "end": remark.end,
        "text": text[remark.start : remark.end],
        "term": {"id": term.id, "name": term.name, "kind": term.kind} if term else None,
        "ambiguous": remark.ambiguous,
        "definition": other.definition["text"] if other else None,
        "label": other.why[0].code if other else None,
        "source": other.definition["source"] if other else None,
    }
