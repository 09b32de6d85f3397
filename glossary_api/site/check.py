"""The check page: a text with its translation, or a file with both, and what is wrong with the translation.

Nothing of the texts is kept or logged: they come with the request and go with the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Response, g, make_response, render_template, request

from glossary_api.api.http.rate_limit import WAIT
from glossary_api.errors import ReadError
from glossary_api.queries.rank import Asked
from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import day_of
from glossary_api.site.form import LARGEST_FILE, Fault, SentFields, read_fields, standpoint, unread
from glossary_api.site.page import blueprint, in_words, tag, to
from glossary_api.translation.align.sentence_pairs import aligned
from glossary_api.translation.check import CheckedSegment, SegmentSpan, TranslationProblem, severities
from glossary_api.translation.check import check as problems_of
from glossary_api.translation.segments import is_in, segments_in
from glossary_api.translation.uses import uses_in

TARGETS = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
    "ru": "Русский",
    "ja": "日本語",
    "ko": "한국어",
}
"""The languages whose numbers are understood, by their own names."""
LONGEST_TEXT = 30_000
"""Code points that each of two texts may have: a long report."""
MOST_SEGMENTS = 3000
"""How many segments of a file are checked at most."""
SHOWN = 300
"""How many findings the page prints at most."""


@dataclass(frozen=True, slots=True)
class SentTranslation:
    """The form of the page, as it came."""

    source: str = ""
    target: str = ""
    language: str = "en"
    place: str = ""
    date: str = ""


@blueprint.route("/check", methods=["GET", "POST"], strict_slashes=False)
def check() -> Response:
    """The form; for a form that is sent, what is wrong with its translation, or the form again with what is wrong."""
    if request.method != "POST":
        return make_response(_page(SentTranslation(), []))
    if wait := request.environ.get(WAIT, 0):
        return _refused(SentTranslation(), [Fault(429, "", "often", {"n": wait})])
    sent = read_fields()
    if isinstance(sent, Fault):
        return _refused(SentTranslation(), [sent])
    names = {name: sent.fields.get(name, "") for name in ("source", "target", "place", "date")}
    texts = {name: value.strip().replace("\r\n", "\n") for name, value in names.items()}
    language = sent.fields.get("language", "en")
    form = SentTranslation(**texts, language=language if language in TARGETS else "en")
    faults: list[Fault] = []
    place = standpoint(form.place, form.date, g.edition.places, tag(), faults)
    pairs = _pairs(form, sent)
    if isinstance(pairs, Fault):
        faults.insert(0, pairs)
    if faults or isinstance(pairs, Fault):
        return _refused(form, faults)
    day = day_of(form.date)
    asked = Asked(place.name, place.code, day) if place else Asked(date=day)
    return make_response(_page(form, [], _done(pairs, asked, form.language)))


def _page(form: SentTranslation, faults: Sequence[Fault], done: dict[str, Any] | None = None) -> str:
    limits = {"longest": LONGEST_TEXT, "megabytes": LARGEST_FILE // 1_000_000}
    return render_template("check.html", form=form, faults=faults, done=done, targets=TARGETS, **limits)


def _refused(form: SentTranslation, faults: Sequence[Fault]) -> Response:
    response = make_response(_page(form, faults), faults[0].status)
    if faults[0].status == 429:
        response.headers["Retry-After"] = str(faults[0].values["n"])
    return response


def _pairs(form: SentTranslation, sent: SentFields) -> list[tuple[str, str]] | Fault:
    """Return the segments of the file, if there is one, else the sentences of both texts side by side."""
    if sent.file:
        return _pairs_of_file(sent, form.language)
    for name in ("source", "target"):
        text = getattr(form, name)
        if not text:
            return Fault(422, name, "pair")
        if len(text) > LONGEST_TEXT:
            return Fault(413, name, "length", {"n": f"{len(text):,}", "limit": f"{LONGEST_TEXT:,}"})
    steps = aligned(form.source, form.target, form.language)
    sides = [("".join(s.text for s in one), " ".join(s.text for s in other)) for one, other in steps]
    return [pair for pair in sides if all(pair)]


def _pairs_of_file(sent: SentFields, language: str) -> list[tuple[str, str]] | Fault:
    if len(sent.data) > LARGEST_FILE:
        return Fault(413, "file", "size", {"limit": LARGEST_FILE // 1_000_000})
    try:
        segments = segments_in(Path(sent.file), sent.data)
    except ReadError as error:
        return unread(sent.file, error, tag())
    pairs = [(one.source, one.target) for one in segments if not one.language or is_in(one.language, language)]
    if not pairs:
        return Fault(422, "file", "untranslated", {"language": TARGETS[language]})
    if len(pairs) > MOST_SEGMENTS:
        return Fault(413, "file", "segments", {"n": f"{len(pairs):,}", "limit": f"{MOST_SEGMENTS:,}"})
    return pairs


def _done(pairs: Sequence[tuple[str, str]], asked: Asked, language: str) -> dict[str, Any]:
    """Return everything that the page says of a translation."""
    annotator = annotator_of(g.edition)
    segments = [CheckedSegment(*pair, uses_in(pair[0], annotator, asked, language)) for pair in pairs]
    found = problems_of(segments, language)
    return {
        "segments": len(pairs),
        "findings": [_finding(one, pairs) for one in found[:SHOWN]],
        "more": max(len(found) - SHOWN, 0),
        "counts": severities(found),
    }


def _finding(one: TranslationProblem, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    number = one.source[0].segment
    source, target = pairs[number]
    return {
        "kind": one.kind,
        "severity": one.severity,
        "message": in_words(one.message),
        "segment": number + 1,
        "term": one.use and {"name": one.use.name, "href": to("pages.term", name=one.use.name)},
        "expected": one.expected,
        "source": list(_parts(source, [span for span in one.source if span.segment == number])),
        "target": list(_parts(target, [span for span in one.target if span.segment == number])),
    }


def _parts(text: str, spans: Sequence[SegmentSpan]) -> Iterator[tuple[str, bool]]:
    """Yield a text in parts, with whether each is one of the spans."""
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start >= at:
            yield text[at : span.start], False
            yield text[span.start : span.end], True
            at = span.end
    yield text[at:], False
