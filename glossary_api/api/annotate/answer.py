"""From the body of a question to the body of its answer, whichever way both have come.

The body is read by hand: a schema would cost more than the answer. `schemas/annotate.py` says the same to readers of
the OpenAPI document, and the tests hold one against the other.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypedDict, cast

import orjson
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from glossary_api.api.annotate.request import (
    ALL,
    CHARACTERS,
    FORMS,
    LIMIT,
    LONGEST_TEXT,
    MOST_TEXTS,
    NO_STRING,
    SIDES,
    UNKNOWN,
    check_size,
    complaints,
)
from glossary_api.api.http.bodies import escaped
from glossary_api.api.http.language import preferred_of
from glossary_api.api.http.media_types import JSON
from glossary_api.api.http.middleware import Direct
from glossary_api.api.http.refusals import BadBody, BadField, TooLarge
from glossary_api.errors import BadParameter
from glossary_api.matching.spotting import Wanted
from glossary_api.model.words import ESTABLISHED
from glossary_api.queries.annotate import web_annotations
from glossary_api.queries.annotate.annotator import EVERY, FIRST, SHORT, AnnotateQuestion, MatchDocument, Standpoint
from glossary_api.queries.annotate.offsets import (
    CODE_POINT,
    ByteOffsets,
    Offsets,
    SelectorDocument,
    offsets_of,
    selectors,
)
from glossary_api.queries.annotate.visible import TooDeep, visible_text
from glossary_api.queries.rank import Asked
from glossary_api.queries.served import annotator_of
from glossary_api.queries.standpoint import day_of
from glossary_api.store.edition import Edition
from glossary_api.text.places import NamedPlace, Places

MOST_MATCHES = 10_000
"""More are no text that somebody reads, and their answer would be many times as large as the body."""
MOST_GLOSSED = 2000
"""The same where every match says what it means, which takes kilobytes."""
_OF_TEXT = ("", *FORMS)
"""Where something is wrong without which the text cannot be looked at; "" is the body as a whole."""
_OF_ONE = (*FORMS, "id", "place", "date", "mentions")
"""What one of several texts may say for itself."""
_JUST_TEXT = {"text"}
_NOWHERE = NamedPlace(None, None)
_PLAIN = (
    ("QUERY_STRING", ("",)),
    ("CONTENT_TYPE", (JSON, f"{JSON}; charset=utf-8", f"{JSON};charset=utf-8")),
    ("HTTP_CONTENT_ENCODING", ("identity",)),
)
"""What the WSGI environment says of a plain question, where it says anything."""


@dataclass(frozen=True, slots=True)
class AnnotateRequest:
    """A body, understood."""

    text: str
    """What is to be annotated; of HTML and Markdown what a reader sees."""
    form: str
    """One of FORMS."""
    offsets: Offsets | ByteOffsets | None
    """How to count, if the caller wants something else than code points."""
    question: AnnotateQuestion
    selectors: bool = False
    """Whether matches say where they are as W3C Web Annotation does, too."""
    id: str | None = None
    """What the caller calls the text, if it sends several."""


class AnnotatedTermDocument(MatchDocument):
    """A term in the text, with the selectors of its place."""

    selector: Annotated[
        list[SelectorDocument] | None,
        "The same place for W3C Web Annotation, by position and by quotation; null unless `selectors` asks for it.",
    ]


class AnnotationsDocument(TypedDict):
    """The terms in a text."""

    text: Annotated[
        str | None,
        "What a reader sees of `html` or `markdown`, in which the offsets count; null where `text` was sent.",
    ]
    matches: Annotated[list[AnnotatedTermDocument], "The matches by start, longer ones first."]
    edition: Annotated[str, "Hash of the edition that they come from."]


class TextAnnotationsDocument(TypedDict):
    """The terms in one of several texts."""

    id: Annotated[str | None, "What the caller calls it; null where it does not say."]
    text: Annotated[str | None, "What a reader sees of `html` or `markdown`; null where `text` was sent."]
    matches: Annotated[list[AnnotatedTermDocument], "The matches by start, longer ones first."]
    more: Annotated[
        int,
        f"How many further matches were left out: all texts together have at most {MOST_MATCHES:,}, or"
        f" {MOST_GLOSSED:,} where every one says what it means.",
    ]


class TextsAnnotationsDocument(TypedDict):
    """The terms in several texts."""

    items: Annotated[list[TextAnnotationsDocument], "One answer for each text, in order."]
    edition: Annotated[str, "Hash of the edition that they come from."]


def answered(body: Any, edition: Edition, language: str) -> bytes:
    """Return the answer in JSON.

    `body` is what was sent, parsed; `language` the one for reasons. Raises TooLarge, BadBody.
    """
    sent = understood(body, edition.places, language)
    matches = _placed(sent, _matches(sent, edition))
    answer: AnnotationsDocument = {"text": _shown(sent), "matches": matches, "edition": edition.hash}
    return orjson.dumps(answer)


def answered_directly(environ: dict[str, Any], edition: Edition) -> Direct | None:
    """Answer a plain question without Flask, with the headers of the answer; leave every other, whole, to the view."""
    length = environ.get("CONTENT_LENGTH", "")
    plain = all(environ.get(name, values[0]) in values for name, values in _PLAIN)
    if not (plain and length.isdecimal() and int(length) <= LIMIT):
        return None
    sent = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(sent)  # to be read again where this fails
    language = _language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    try:
        body = answered(orjson.loads(sent), edition, language)
    except orjson.JSONDecodeError:
        return None
    return body, (("Content-Language", language), ("Vary", "Accept-Language, Accept"))


@functools.lru_cache(maxsize=256)
def _language(accepted: str) -> str:
    return preferred_of(parse_accept_header(accepted, LanguageAccept))


def each_answered(body: Any, edition: Edition, language: str) -> Iterator[bytes]:
    """Return the answers to several texts in JSON, each made when it is taken.

    Of more matches than one answer may have those that are over are counted as `more`. Raises TooLarge, BadBody, at
    once.
    """
    return _each(each_understood(body, edition.places, language), edition)


def answered_linked(body: Any, edition: Edition, language: str, address: Callable[[str], str]) -> bytes:
    """Return the same as W3C Web Annotations; `address` gives the IRI of a term by its name."""
    sent = understood(body, edition.places, language)
    matches = _placed(replace(sent, selectors=True, offsets=None), _matches(sent, edition))
    return orjson.dumps(web_annotations.collection(sent.text, matches, edition.hash, address))


def _each(texts: list[AnnotateRequest], edition: Edition) -> Iterator[bytes]:
    left = _most(texts[0])
    for sent in texts:
        found = annotator_of(edition).matches(sent.text, sent.question)
        matches = _placed(sent, found[:left])
        left -= len(matches)
        more = len(found) - len(matches)
        said: TextAnnotationsDocument = {"id": sent.id, "text": _shown(sent), "matches": matches, "more": more}
        yield orjson.dumps(said)


def _matches(sent: AnnotateRequest, edition: Edition) -> list[MatchDocument]:
    matches = annotator_of(edition).matches(sent.text, sent.question)
    if len(matches) > (most := _most(sent)):
        raise TooLarge(most, "matches", f"/{sent.form}")
    return matches


def _most(sent: AnnotateRequest) -> int:
    return MOST_GLOSSED if sent.question.gloss == EVERY else MOST_MATCHES


def _shown(sent: AnnotateRequest) -> str | None:
    """Return the text in which offsets count, where the caller does not have it."""
    return None if sent.form == "text" else sent.text


def _placed(sent: AnnotateRequest, found: list[MatchDocument]) -> list[AnnotatedTermDocument]:
    """Return matches with their places as the caller wants them."""
    matches = cast("list[AnnotatedTermDocument]", found)
    for match in matches:
        match["selector"] = selectors(sent.text, match["start"], match["end"]) if sent.selectors else None
    if sent.offsets is not None:
        for match in matches:
            match["start"], match["end"] = sent.offsets.units(match["start"]), sent.offsets.units(match["end"])
    return matches


def understood(body: Any, places: Places, language: str) -> AnnotateRequest:
    """Return what a body asks. `language` is the one for reasons.

    Raises TooLarge, and BadBody with a complaint for each field that does not fit.
    """
    if not isinstance(body, dict):
        raise BadBody([BadField("", "must-be-object")])
    if body.keys() == _JUST_TEXT and isinstance(body["text"], str) and len(body["text"]) <= LONGEST_TEXT:
        CHARACTERS.set(len(body["text"]))
        return AnnotateRequest(body["text"], "text", None, _plain(language))  # most bodies are no more than that
    check_size(body)
    errors = [error for name, value in body.items() for error in complaints(name, value)]
    forms = [form for form in FORMS if form in body]
    if len(forms) != 1:
        errors.append(BadField("", "text-or-html"))
    place = _place(body.get("place"), places, errors)
    if any(error.pointer.partition("/")[2].partition("/")[0] in _OF_TEXT for error in errors):
        raise BadBody(errors)
    text = _seen(body[forms[0]], forms[0], errors)
    if errors:
        raise BadBody(errors)
    offsets = offsets_of(text, body.get("offset_unit", CODE_POINT))
    CHARACTERS.set(len(text))
    mentions = tuple(_mentions(body.get("mentions", ()), len(text), offsets))
    asked = Asked(place.name, place.code, day_of(body.get("date", "")))
    standpoint = Standpoint(asked, language, body["lang"].lower() if "lang" in body else None)
    question = AnnotateQuestion(_wanted(body, mentions), standpoint, body.get("gloss", FIRST))
    return AnnotateRequest(text, forms[0], offsets, question, body.get("selectors", False))


def each_understood(body: Any, places: Places, language: str) -> list[AnnotateRequest]:
    """Return what a body with several `texts` asks of each; what stands beside them holds for all.

    Raises TooLarge, and BadBody with a complaint for each field that does not fit.
    """
    if not isinstance(body, dict) or not isinstance(body.get("texts"), list):
        raise BadBody([BadField("" if not isinstance(body, dict) else "/texts", "must-be-list")])
    texts, shared = body["texts"], {name: value for name, value in body.items() if name != "texts"}
    if not texts:
        raise BadBody([BadField("/texts", "must-not-be-empty")])
    if len(texts) > MOST_TEXTS:
        raise TooLarge(MOST_TEXTS, "items", "/texts")
    if misplaced := [name for name in (*FORMS, "id", "mentions") if name in shared]:
        raise BadBody([BadField(f"/{name}", UNKNOWN) for name in misplaced])
    length = sum(len(one[form]) for one in texts for form in FORMS if _has_text(one, form))
    if length > LONGEST_TEXT:
        raise TooLarge(LONGEST_TEXT, "characters", "/texts")
    sent, errors = [], []
    for number, one in enumerate(texts):
        try:
            sent.append(_one_of_several(one, shared, places, language))
        except BadBody as bad:
            errors += [_moved(error, number, one) for error in bad.errors]
    if errors:
        raise BadBody([*{error.pointer: error for error in errors}.values()])
    CHARACTERS.set(length)
    return sent


def _one_of_several(one: Any, shared: Mapping[str, Any], places: Places, language: str) -> AnnotateRequest:
    if not isinstance(one, dict):
        raise BadBody([BadField("", "must-be-object")])
    if misplaced := [name for name in one if name not in _OF_ONE]:
        raise BadBody([BadField(f"/{escaped(name)}", UNKNOWN) for name in misplaced])
    body = {**shared, **one}
    if not isinstance(id_ := body.pop("id", ""), str):
        raise BadBody([BadField("/id", NO_STRING)])
    return replace(understood(body, places, language), id=id_ if "id" in one else None)


def _moved(error: BadField, number: int, one: Any) -> BadField:
    """Return an error with the pointer of what is at fault in the whole body: of one of its texts, or of all."""
    field = error.pointer.split("/")[1:2]
    is_shared = isinstance(one, dict) and field and field[0] not in {*map(escaped, one), *FORMS}
    return BadField(error.pointer if is_shared else f"/texts/{number}{error.pointer}", error.message)


def _has_text(one: Any, form: str) -> bool:
    return isinstance(one, dict) and isinstance(one.get(form), str)


@functools.cache
def _plain(language: str) -> AnnotateQuestion:
    return AnnotateQuestion(standpoint=Standpoint(language=language))


def _place(asked: Any, places: Places, errors: list[BadField]) -> NamedPlace:
    """Return the place that is asked for, none if nothing is; what is wrong with it is added to `errors`."""
    try:
        if isinstance(asked, str):
            return places.find(asked)
    except BadParameter as error:
        errors.append(BadField("/place", error.advice))
    return _NOWHERE


def _wanted(body: Mapping[str, Any], mentions: tuple[tuple[int, int], ...]) -> Wanted:
    kinds = frozenset(body.get("kinds", ()))
    status = body.get("status", ESTABLISHED)
    return Wanted(body.get("mode") == ALL, (kinds - {SHORT}) or None, SHORT in kinds, mentions, status)


def _mentions(
    given: Sequence[Mapping[str, float]], length: int, offsets: Offsets | ByteOffsets | None
) -> Iterator[tuple[int, int]]:
    """Yield mentions as spans of code points; one that is no span of the text vouches for nothing."""
    for mention in given:
        start, end = (int(mention[side]) for side in SIDES)
        found = (offsets.code_points(start), offsets.code_points(end)) if offsets else (start, end)
        if found[0] is not None and found[1] is not None and found[0] < found[1] <= length:
            yield found[0], found[1]


def _seen(sent: str, form: str, errors: list[BadField]) -> str:
    """Return what a reader sees of a text; what is wrong with it is added to `errors`."""
    if form == "text":
        return sent
    if form == "markdown":
        from glossary_api.reading.markdown import printed_of  # serving loads no reader before it needs one

        return printed_of(sent)
    try:
        return visible_text(sent)
    except TooDeep as error:
        errors.append(BadField("/html", error.message))
        return ""
