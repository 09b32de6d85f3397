"""Turn errors into problem documents (RFC 9457): one table from error class to status and type.

    {"type": "urn:glossary:problem:term-not-found", "title": "No such term", "status": 404,
     "detail": "no term '六个不' in this edition", "instance": "/api/v1/terms/%E5%85%AD%E4%B8%AA%E4%B8%8D",
     "request_id": "5f0c8e1d2a3b4c5d", "nearest": ["六个不发生"]}

A 422 has `errors` instead of `nearest`: `[{"parameter": "limit", "pointer": "/limit", "detail": "must be 1 to 200"}]`;
`pointer` alone, a JSON Pointer into the body, where a field of the body is at fault. Titles and details are in
English or Chinese, as the caller prefers.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, request
from werkzeug import exceptions as http

from glossary_api.api.http.language import preferred_language
from glossary_api.api.http.middleware import in_api, request_id
from glossary_api.api.http.refusals import (
    CODINGS,
    BadBody,
    BadField,
    BadGzip,
    Forbidden,
    NotAcceptable,
    NotJson,
    NotReady,
    TooLarge,
    TooMany,
    TooManyFiles,
    Unauthorized,
    WrongCoding,
    WrongHost,
    WrongMediaType,
)
from glossary_api.errors import (
    BadParameter,
    BadQuery,
    DecisionError,
    DecisionOutdated,
    EditionError,
    GlossaryError,
    KeyUsed,
    NotFound,
    ReportNotFound,
    TermNotFound,
    TookTooLong,
)
from glossary_api.model.messages import CHINESE, Message

PROBLEM = "glossary.problem"
"""Where in the WSGI environment of a request that is refused the kind of its problem stands."""
MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:glossary:problem:"
MOST_ERRORS = 1000
"""How many errors one problem document lists at most."""
RETRY_AFTER = 10
"""Seconds after which it may be worth asking again for what cannot be had now."""
_MOST_SUMMED = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem."""

    status: int
    slug: str
    title: Message


KINDS: Mapping[type[Exception], Kind] = {
    TermNotFound: Kind(404, "term-not-found", Message("no-such-term")),
    ReportNotFound: Kind(404, "report-not-found", Message("no-such-report")),
    NotFound: Kind(404, "not-found", Message("not-found")),
    BadParameter: Kind(422, "bad-parameter", Message("bad-parameter")),
    BadQuery: Kind(422, "bad-parameter", Message("bad-parameter")),
    BadBody: Kind(422, "bad-field", Message("bad-field")),
    NotJson: Kind(400, "not-json", Message("not-json")),
    WrongMediaType: Kind(415, "wrong-media-type", Message("wrong-media-type")),
    BadGzip: Kind(400, "not-gzip", Message("not-gzip")),
    WrongCoding: Kind(415, "wrong-content-coding", Message("body-compressed")),
    TooLarge: Kind(413, "too-large", Message("too-large")),
    NotAcceptable: Kind(406, "not-acceptable", Message("not-acceptable")),
    Unauthorized: Kind(401, "unauthorized", Message("unauthorized")),
    Forbidden: Kind(403, "forbidden", Message("forbidden")),
    DecisionOutdated: Kind(412, "decided-meanwhile", Message("decided-meanwhile")),
    KeyUsed: Kind(409, "key-used", Message("key-used")),
    DecisionError: Kind(422, "bad-decision", Message("bad-decision")),
    WrongHost: Kind(421, "wrong-host", Message("wrong-host")),
    TooMany: Kind(429, "too-many-requests", Message("too-many-requests")),
    EditionError: Kind(503, "edition-unavailable", Message("edition-unavailable")),
    TookTooLong: Kind(503, "took-too-long", Message("took-too-long")),
    TooManyFiles: Kind(503, "busy", Message("busy")),
    GlossaryError: Kind(500, "internal-error", Message("internal-error")),
    http.NotFound: Kind(404, "no-such-route", Message("no-such-route")),
    http.MethodNotAllowed: Kind(405, "method-not-allowed", Message("method-not-allowed")),
    http.InternalServerError: Kind(500, "internal-error", Message("internal-error")),
    http.HTTPException: Kind(400, "bad-request", Message("bad-request")),
}
"""The class that stands first in an error's own line of classes says what kind it is."""


def problem(error: Exception) -> Response:
    """Return the answer to an error that reached the top of the application.

    Under /api it is a problem document. Elsewhere, where the pages have their own answers to what they foresee, a
    method that no page takes among it, it is one line of text.
    """
    kind = kind_of(error)
    if kind.status >= 500 and not isinstance(error, NotReady | TooManyFiles):
        _log.error(
            "%s %s %s: %s",
            request_id(request.environ),
            request.method,
            request.path,
            error,
            exc_info=error,
            extra={"request_id": request_id(request.environ)},
        )
    request.environ[PROBLEM] = kind.slug
    language = preferred_language()
    if in_api(request.path):
        response = Response(orjson.dumps(_document(error, kind, language)), kind.status, mimetype=MEDIA_TYPE)
    else:
        response = Response(f"{kind.status} {kind.title.said(language)}\n", kind.status, mimetype="text/plain")
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    response.headers.update(_headers(error))
    return response


def _headers(error: Exception) -> dict[str, str]:
    """Return the headers of a problem, such as `Retry-After`."""
    match error:
        case http.MethodNotAllowed():
            return {"Allow": ", ".join(sorted(error.valid_methods or ()))}
        case http.RequestedRangeNotSatisfiable():
            return {"Content-Range": f"bytes */{error.length}"}
        case WrongMediaType():
            return {"Accept": ", ".join(error.taken)}
        case WrongCoding():
            return {"Accept-Encoding": ", ".join(CODINGS)}
        case Unauthorized():
            return {"WWW-Authenticate": 'Bearer realm="glossary"'}
        case TooMany():
            return {"Retry-After": str(error.seconds)}
        case EditionError() | TookTooLong() | TooManyFiles():
            return {"Retry-After": str(RETRY_AFTER)}
    return {}


def kind_of(error: Exception) -> Kind:
    """Return the kind of problem for an error."""
    kind = next(KINDS[ancestor] for ancestor in type(error).__mro__ if ancestor in KINDS)
    if kind is KINDS[http.HTTPException] and isinstance(error, http.HTTPException) and error.code:
        return Kind(error.code, error.name.lower().replace(" ", "-"), Message("in-its-own-words", words=error.name))
    return kind


def _document(error: Exception, kind: Kind, language: str) -> dict[str, Any]:
    errors = _errors(error, language)
    return {
        "type": TYPE_PREFIX + kind.slug,
        "title": kind.title.said(language),
        "status": kind.status,
        "detail": _summary(errors, language) if errors else _detail(error, kind).said(language),
        "instance": quote(request.path),
        "request_id": request_id(request.environ),
        **_more(error),
        **({"errors": errors[:MOST_ERRORS]} if errors else {}),
    }


def _errors(error: Exception, language: str) -> list[dict[str, str]]:
    """Return the parameters, or fields of the body, that are at fault."""
    match error:
        case BadQuery() | BadBody():
            at_fault: Sequence[BadParameter | BadField] = error.errors
        case BadParameter() | BadField():
            at_fault = (error,)
        case TooLarge(pointer=pointer) if pointer:
            at_fault = (BadField(pointer, error.message),)
        case _:
            return []
    return [_place(fault) | {"detail": fault.advice.said(language)} for fault in at_fault]


def _place(fault: BadParameter | BadField) -> dict[str, str]:
    if isinstance(fault, BadField):
        return {"pointer": fault.pointer}
    return {"parameter": fault.name, "pointer": "/" + fault.name.replace("~", "~0").replace("/", "~1")}


def _summary(errors: Sequence[dict[str, str]], language: str) -> str:
    colon, semicolon = ("：", "；") if language == CHINESE else (": ", "; ")
    named = [(error.get("parameter", error["pointer"]), error["detail"]) for error in errors[:_MOST_SUMMED]]
    return semicolon.join(f"{name}{colon}{detail}" if name else detail for name, detail in named)


def _more(error: Exception) -> dict[str, Any]:
    """Return further members of the document, for programs."""
    match error:
        case NotFound():
            return {"nearest": error.nearest}
        case TooLarge():
            return {"limit": error.limit, "unit": error.unit}
        case NotAcceptable():
            return {"offered": error.offered}
    return {}


def _detail(error: Exception, kind: Kind) -> Message:
    """Return the message of an error, without tracebacks and the server's file names."""
    match error:
        case EditionError() | TookTooLong() | TooManyFiles():
            return error.message
        case _ if kind.status >= 500:
            return Message("something-went-wrong")
        case http.NotFound():
            return Message("nothing-at-this-path", address="/api/v1/openapi.json")
        case http.MethodNotAllowed():
            return Message("method-is-not-allowed", method=request.method)
        case http.HTTPException():
            return Message("in-its-own-words", words=error.description or error.name)
        case GlossaryError():
            return error.message
    return Message("in-its-own-words", words=str(error))
