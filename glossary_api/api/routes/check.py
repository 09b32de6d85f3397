"""Check: source and translation in, findings out: terms rendered otherwise than settled, numbers that differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypedDict

import orjson
from flask import Response
from marshmallow import fields

from glossary_api.api.http.answers import json_answer_in, served_edition
from glossary_api.api.http.language import preferred_language
from glossary_api.api.http.operations import having
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.api.http.routing import post, resource
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.derived import schema_of
from glossary_api.api.schemas.standpoint import date_field, place_field
from glossary_api.api.schemas.strict import Strict
from glossary_api.api.schemas.translation import asked_in, language_field
from glossary_api.queries.annotate.offsets import CODE_POINT, UNITS, ByteOffsets, Offsets, offsets_of
from glossary_api.queries.served import annotator_of
from glossary_api.store.shapes import Bounds, TermNameDocument
from glossary_api.translation.check import (
    KINDS,
    SEVERITIES,
    CheckedSegment,
    SegmentSpan,
    TranslationProblem,
    check,
    severities,
)
from glossary_api.translation.uses import uses_in

MOST_SEGMENTS = 1000
"""How many segments a body may have."""
LONGEST_SIDE = 100_000
"""Code points that the source or the target of a segment may have."""
LIMIT = 4_000_000
"""Bytes that a body may have."""
SHOWN = 2000
"""How many findings an answer lists at most."""

blueprint = resource("translations", "Translations")


def _side(description: str, **options: Any) -> fields.String:
    # No `maxLength`: what is over a limit is too large (413) and not at fault in itself (422).
    return fields.String(metadata={"description": f"{description}; at most {LONGEST_SIDE:,} code points."}, **options)


class SegmentSchema(Strict):
    """A piece of a text and its translation."""

    source = _side("The Chinese", required=True)
    target = _side("Its translation", required=True)


class CheckSchema(Strict):
    """A translation to be checked: `source` and `target`, or `segments`, which are then one text."""

    source = _side("The Chinese")
    target = _side("Its translation")
    segments = fields.List(
        fields.Nested(SegmentSchema),
        validate=validate.Length(min=1),
        metadata={"description": f"The segments of one text, in order; at most {MOST_SEGMENTS:,}, else 413."},
    )
    language = language_field()
    place = place_field()
    date = date_field()
    offset_unit = fields.String(
        load_default=CODE_POINT,
        validate=validate.OneOf(UNITS),
        metadata={"description": "What `start` and `end` count: code points, UTF-16 code units or bytes of UTF-8."},
    )


class CheckedSpanDocument(TypedDict):
    """A span of one side of a segment."""

    segment: Annotated[int, "Number of it, from 0.", Bounds(0)]
    start: Annotated[int, "Offset, in `offset_unit`.", Bounds(0)]
    end: Annotated[int, "Offset behind it.", Bounds(0)]
    text: Annotated[str, "Exactly what stands in the span."]


class CheckFindingDocument(TypedDict):
    """Something to look at in a translation."""

    kind: Annotated[
        str,
        "`missing-rendering`: the segment has a term, but none of its renderings;"
        " `proposed-rendering`: it has one that is only proposed where another is approved or official;"
        " `mixed-renderings`: the text renders one sense in several ways; `number`: what the source counts is not"
        " what the translation counts. A rendering is found whatever its capitals, hyphens, dashes, commas,"
        " quotation marks, plural endings and possessives, whole words only; its short form, without the final"
        " parentheses, is as good. Numbers are compared by value, as exactly as each is printed: words, scales and"
        " percentages in English, French, German, Spanish, Russian, Japanese and Korean, else whole figures.",
        KINDS,
    ]
    severity: Annotated[
        str,
        "`error`: against an approved or official rendering, or one number for another; `warning`:"
        " against a proposed rendering, or several numbers of which nobody can say which is which.",
        SEVERITIES,
    ]
    message: Annotated[str, "What there is to see, in the caller's language."]
    term: Annotated[TermNameDocument | None, "The term that it is about; null for a number outside of terms."]
    expected: Annotated[list[str], "The renderings that would be right, best first."]
    source: Annotated[list[CheckedSpanDocument], "Where the source has it."]
    target: Annotated[
        list[CheckedSpanDocument],
        "Where the translation is at fault; of a missing rendering, words that resemble it, if any.",
    ]


class CheckedDocument(TypedDict):
    """The findings of a check, and their counts."""

    findings: Annotated[
        list[CheckFindingDocument], f"The findings in the order of the source, the first {SHOWN:,} of them."
    ]
    counts: Annotated[dict[str, int], "How many findings of each severity there are, shown or not."]
    edition: Annotated[str, "Hash of the edition that it was held against."]


@post(
    blueprint,
    "/check",
    schema_of(CheckedDocument),
    CheckSchema,
    limit=LIMIT,
    rules={
        "if": having("segments"),
        "then": {"not": {"anyOf": [having("source"), having("target")]}},
        "else": having("source", "target"),
    },
)
def check_translation(body: dict[str, Any]) -> Response:
    """Check a translation: terms without their rendering or with several, numbers that are not those of the source."""
    edition, language = served_edition(), preferred_language()
    texts = _texts(body)
    annotator, asked = annotator_of(edition), asked_in(body, edition.places)
    segments = [CheckedSegment(*pair, uses_in(pair[0], annotator, asked, body["language"])) for pair in texts]
    findings = check(segments, body["language"])
    sides = _Sides(texts, body["offset_unit"])
    checked: CheckedDocument = {
        "findings": [_finding(finding, sides, language) for finding in findings[:SHOWN]],
        "counts": severities(findings),
        "edition": edition.hash,
    }
    return json_answer_in(language, orjson.dumps(checked))


def _texts(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the sources and targets of a body. Raises BadBody and TooLarge."""
    given = [name for name in ("source", "target", "segments") if name in body]
    if given not in (["source", "target"], ["segments"]):
        raise BadBody([BadField("", "source-and-target-or-segments")])
    if "segments" in body and len(body["segments"]) > MOST_SEGMENTS:
        raise TooLarge(MOST_SEGMENTS, "items", "/segments")
    pairs = [(one["source"], one["target"]) for one in body.get("segments", [body])]
    for number, pair in enumerate(pairs):
        for name, text in zip(("source", "target"), pair, strict=True):
            if len(text) > LONGEST_SIDE:
                above = f"/segments/{number}" if "segments" in body else ""
                raise TooLarge(LONGEST_SIDE, "characters", f"{above}/{name}")
    return pairs


class _Sides:
    """Sources and targets, to show spans of."""

    def __init__(self, texts: Sequence[tuple[str, str]], unit: str) -> None:
        self._texts, self._unit = texts, unit
        self._offsets: dict[tuple[int, int], Offsets | ByteOffsets | None] = {}

    def shown(self, places: Sequence[SegmentSpan], side: int) -> list[CheckedSpanDocument]:
        """Return spans of sources (side 0) or of targets (side 1)."""
        return [self._shown(place, side) for place in places]

    def _shown(self, place: SegmentSpan, side: int) -> CheckedSpanDocument:
        text, span = self._texts[place.segment][side], [place.start, place.end]
        key = place.segment, side
        if key not in self._offsets:
            self._offsets[key] = offsets_of(text, self._unit)
        if (offsets := self._offsets[key]) is not None:
            span = [offsets.units(offset) for offset in span]
        words = text[place.start : place.end]
        return {"segment": place.segment, "start": span[0], "end": span[1], "text": words}


def _finding(finding: TranslationProblem, sides: _Sides, language: str) -> CheckFindingDocument:
    use = finding.use
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "message": finding.message.said(language),
        "term": {"id": use.term, "name": use.name, "kind": use.kind} if use else None,
        "expected": list(finding.expected),
        "source": sides.shown(finding.source, 0),
        "target": sides.shown(finding.target, 1),
    }
