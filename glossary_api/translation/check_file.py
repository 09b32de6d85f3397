"""A whole translation file held against an edition, as `/check` holds segments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from glossary_api.errors import ReadError
from glossary_api.model.messages import ENGLISH, Message
from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import standing_at
from glossary_api.store.edition import Edition
from glossary_api.translation.check import CheckedSegment, SegmentSpan, TranslationProblem, check, severities
from glossary_api.translation.segments import Segment, is_in, read_segments
from glossary_api.translation.uses import uses_in

JsonObject = dict[str, Any]


def check_file(
    path: Path, edition: Edition, language: str | None, place: str | None, day: str | None, said_in: str = ENGLISH
) -> JsonObject:
    """Check the translations in a file, all of one language as one text; say what is wrong in the language `said_in`.

    Returns `{"file","segments","findings": [{"kind","severity","message","term","expected","source","target"}],
    "counts","edition"}`, where `segments` counts them and spans are `{"unit","line","start","end","text"}`. Raises
    ReadError, also where no segment is in the language asked for, and BadParameter for a place that several have or a
    day that is none.
    """
    asked = standing_at(edition, place, day)
    segments = _chosen(path, read_segments(path), language)
    annotator = annotator_of(edition)
    by_language: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        by_language[language or segment.language].append(segment)
    found, shown = [], []
    for code, texts in by_language.items():
        pieces = [CheckedSegment(s.source, s.target, uses_in(s.source, annotator, asked, code)) for s in texts]
        made = check(pieces, code)
        found += made
        shown += [_finding(finding, texts, said_in) for finding in made]
    return {
        "file": str(path),
        "segments": len(segments),
        "findings": shown,
        "counts": severities(found),
        "edition": edition.hash,
    }


def _chosen(path: Path, segments: Sequence[Segment], language: str | None) -> list[Segment]:
    """Return the segments in a language, or all if none is asked for. Raises ReadError if there are none."""
    if language is None:
        unknown = next((segment for segment in segments if not segment.language), None)
        if unknown is not None:
            place = f"{path}:{unknown.line}"
            raise ReadError("language-of-translation-is-not-given", place=place, remedy="name-it-language")
        chosen = list(segments)
    else:
        chosen = [segment for segment in segments if not segment.language or is_in(segment.language, language)]
    if not chosen:
        there = ", ".join(sorted(Counter(segment.language or "no language" for segment in segments)))
        message = (
            Message("no-segment-is-translated-into", language=language)
            if language and there
            else Message("no-segment-is-translated")
        )
        raise ReadError(
            message, place=str(path), remedy=Message("file-has-languages", languages=there) if there else "check-file"
        )
    return chosen


def _finding(finding: TranslationProblem, segments: Sequence[Segment], language: str) -> JsonObject:
    use = finding.use
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "message": finding.message.said(language),
        "term": use and {"id": use.term, "name": use.name, "kind": use.kind},
        "expected": finding.expected,
        "source": [_span(place, segments[place.segment], segments[place.segment].source) for place in finding.source],
        "target": [_span(place, segments[place.segment], segments[place.segment].target) for place in finding.target],
    }


def _span(place: SegmentSpan, segment: Segment, text: str) -> JsonObject:
    words = text[place.start : place.end]
    return {"unit": segment.unit, "line": segment.line, "start": place.start, "end": place.end, "text": words}
