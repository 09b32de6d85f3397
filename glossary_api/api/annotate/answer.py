"""From the body of a question to the body of its answer, whichever way both have come."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, TypedDict, cast

import orjson
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from glossary_api.api.annotate.request import LIMIT, AnnotateRequest, each_understood, understood
from glossary_api.api.http.language import preferred_of
from glossary_api.api.http.media_types import JSON
from glossary_api.api.http.middleware import Direct
from glossary_api.api.http.refusals import TooLarge
from glossary_api.queries.annotate import web_annotations
from glossary_api.queries.annotate.annotator import EVERY, MatchDocument
from glossary_api.queries.annotate.selectors import SelectorDocument, selectors
from glossary_api.queries.served import annotator_of
from glossary_api.store.edition import Edition

MOST_MATCHES = 10_000
"""More are no text that somebody reads, and their answer would be many times as large as the body."""
MOST_GLOSSED = 2000
"""The same where every match says what it means, which takes kilobytes."""
_PLAIN = (
    ("QUERY_STRING", ("",)),
    ("CONTENT_TYPE", (JSON, f"{JSON}; charset=utf-8", f"{JSON};charset=utf-8")),
    ("HTTP_CONTENT_ENCODING", ("identity",)),
)
"""What the WSGI environment says of a plain question, where it says anything."""


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


@lru_cache(maxsize=256)
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
