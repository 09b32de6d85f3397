"""A server that clients of LanguageTool understand: terms, renderings and numbers where translators write.

LibreOffice, OmegaT, editors and browsers send a text as a form and show what comes back. A Chinese text gets its terms
with their renderings; a translation that comes with its source (`sourceText`) gets what `check` finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from flask import Blueprint, Response, request

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.api.schemas.standpoint import place_and_day
from glossary_api.model.messages import ENGLISH
from glossary_api.queries.annotate.offsets import Offsets
from glossary_api.queries.rank import Asked
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition
from glossary_api.text.surroundings import AROUND
from glossary_api.translation.check import ERROR, CheckedSegment, SegmentSpan, TranslationProblem, check
from glossary_api.translation.pretranslate import LANGUAGES, chosen
from glossary_api.translation.renderings import binding
from glossary_api.translation.uses import uses_in

LONGEST_TEXT = 200_000
"""Code points that a text may have."""
_LONG_CODES = {
    "zh": "zh-CN",
    "en": "en-US",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "fr": "fr",
    "de": "de-DE",
    "es": "es",
    "ru": "ru-RU",
}
"""By code what LanguageTool calls a language with its country, where it has one."""
_DEFAULT = "en"
JsonObject = dict[str, Any]

blueprint = Blueprint("languagetool", __name__, url_prefix="/languagetool/v2")


@blueprint.get("/languages")
def list_languages() -> Response:
    """List the languages, as LanguageTool does."""
    rows = [{"name": LANGUAGES[code], "code": code, "longCode": long} for code, long in _LONG_CODES.items()]
    return json_answer(orjson.dumps(rows))


@blueprint.route("/check", methods=["GET", "POST"])
def check_text() -> Response:
    """Check a text: Chinese for terms, a translation against its source."""
    asked = request.values
    text, language = _text_of(asked.get("text"), asked.get("data")), asked.get("language", "auto")
    if language == "auto":
        language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text[:1000]) else _DEFAULT
    edition = served_edition()
    named, day = place_and_day({name: asked[name] for name in ("place", "date") if asked.get(name)}, edition.places)
    where = Asked(named and named.name, named and named.code, day)
    source = asked.get("sourceText", "")
    if len(text) > LONGEST_TEXT or len(source) > LONGEST_TEXT:
        raise TooLarge(LONGEST_TEXT, "characters", "/text")
    if source:
        found = _of_translation(edition, source, text, language, where)
    elif language.lower().startswith("zh"):
        found = _of_source(edition, text, asked.get("motherTongue") or _DEFAULT, where)
    else:
        found = iter(())
    offsets = Offsets(text)
    code = language[:2].lower()
    name, long = LANGUAGES.get(code, language), _LONG_CODES.get(code, language)
    spoken = {"name": name, "code": language, "detectedLanguage": {"name": name, "code": long, "confidence": 1.0}}
    software = {"name": "glossary-api", "version": edition.versions["program"], "apiVersion": 1, "buildDate": ""}
    matches = [_placed(match, text, offsets) for match in found]
    return json_answer(
        orjson.dumps({"software": software | {"premium": False}, "language": spoken, "matches": matches})
    )


def _text_of(text: str | None, data: str | None) -> str:
    """Return the text of a form: plain, or annotated, whose mark-up counts as white space. Raises BadBody."""
    if text is not None:
        return text
    try:
        parts = orjson.loads(data or "null")["annotation"]
        return "".join(part.get("text", " " * len(part.get("markup", ""))) for part in parts)
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        raise BadBody([BadField("/text", "form-has-no-text")]) from None


def _of_source(edition: Edition, text: str, language: str, asked: Asked) -> Iterator[JsonObject]:
    for use in uses_in(text, annotator_of(edition), asked, language):
        rendering, possible = chosen(use), binding(use.renderings)
        said = " / ".join(dict.fromkeys(one.full for one in ([rendering] if rendering else possible)))
        if said:
            doubt = "" if rendering else " (?)"
            yield _match(use.start, use.end, f"{use.name}: {said}{doubt}", (), "TERM", "Terms", "hint")


def _of_translation(edition: Edition, source: str, text: str, language: str, asked: Asked) -> Iterator[JsonObject]:
    segment = CheckedSegment(source, text, uses_in(source, annotator_of(edition), asked, language))
    for finding in check([segment], language):
        for place in finding.target or (SegmentSpan(0, 0, len(text)),):
            yield _of_finding(finding, place)


def _of_finding(finding: TranslationProblem, place: SegmentSpan) -> JsonObject:
    said = finding.message.said(ENGLISH) + "".join(f"; {one}" for one in finding.expected)
    severe = "misspelling" if finding.severity == ERROR else "hint"
    # Only where words stand that resemble it can a rendering be put in their place.
    offered = finding.expected if finding.target else ()
    return _match(place.start, place.end, said, offered, finding.kind.upper(), "Translation", severe)


def _match(
    start: int, end: int, message: str, offered: tuple[str, ...], rule: str, category: str, kind: str
) -> JsonObject:
    group = {"id": category.upper(), "name": category}
    return {
        "message": message,
        "shortMessage": category,
        "replacements": [{"value": one} for one in offered],
        "span": (start, end),
        "type": {"typeName": "Hint" if kind == "hint" else "Other"},
        "rule": {"id": f"GLOSSARY_{rule}", "description": category, "issueType": kind, "category": group},
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _placed(match: JsonObject, text: str, offsets: Offsets) -> JsonObject:
    """Return a match with its offsets, which count UTF-16 units as Java does, its context and its sentence."""
    start, end = match.pop("span")
    begin, finish = max(0, start - AROUND), end + AROUND
    sentence = text[begin:finish]
    first, last = offsets.units(start), offsets.units(end)
    context = {"text": sentence, "offset": first - offsets.units(begin), "length": last - first}
    return {**match, "offset": first, "length": last - first, "context": context, "sentence": sentence}
