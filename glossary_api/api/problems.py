"""Errors as answers: one table from error class to status and problem type, one shape (RFC 9457) for all of them.

    {"type": "urn:glossary:problem:term-not-found", "title": "No such term", "status": 404,
     "detail": "no term '六个不' in this edition", "instance": "/api/v1/terms/%E5%85%AD%E4%B8%AA%E4%B8%8D",
     "nearest": ["六个不发生"]}

A 422 has `errors` instead of `nearest`: `[{"parameter": "limit", "detail": "must be 1 to 200"}]`.
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

from glossary_api.errors import BadParameter, EditionError, GlossaryError, NotFound, ReportNotFound, TermNotFound

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:glossary:problem:"

_log = logging.getLogger(__name__)


class BadQuery(GlossaryError):
    """Several parameters are unknown or have values that they cannot have."""

    def __init__(self, errors: Sequence[BadParameter]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(map(str, errors)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem."""

    status: int
    slug: str
    title: str


KINDS: Mapping[type[Exception], Kind] = {
    TermNotFound: Kind(404, "term-not-found", "No such term"),
    ReportNotFound: Kind(404, "report-not-found", "No such report"),
    NotFound: Kind(404, "not-found", "Not found"),
    BadParameter: Kind(422, "bad-parameter", "A parameter is unknown or has a bad value"),
    BadQuery: Kind(422, "bad-parameter", "A parameter is unknown or has a bad value"),
    EditionError: Kind(503, "edition-unavailable", "The edition cannot be read"),
    GlossaryError: Kind(500, "internal-error", "Internal error"),
    http.NotFound: Kind(404, "no-such-route", "No such route"),
    http.MethodNotAllowed: Kind(405, "method-not-allowed", "Method not allowed"),
    http.InternalServerError: Kind(500, "internal-error", "Internal error"),
    http.HTTPException: Kind(400, "bad-request", "Bad request"),
}
"""The class that stands first in an error's own line of classes says what kind it is."""


def problem(error: Exception) -> Response:
    """The answer to an error that reached the top of the application.

    Under /api it is a problem document. Elsewhere, where the pages have their own answers to what they foresee, it
    is one line of text.
    """
    kind = kind_of(error)
    if kind.status >= 500:
        _log.error("%s %s: %s", request.method, request.path, error, exc_info=error)
    if in_api(request.path):
        response = Response(orjson.dumps(_document(error, kind)), kind.status, mimetype=MEDIA_TYPE)
    else:
        response = Response(f"{kind.status} {kind.title}\n", kind.status, mimetype="text/plain")
    if isinstance(error, http.MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def kind_of(error: Exception) -> Kind:
    """What kind of problem an error is."""
    kind = next(KINDS[ancestor] for ancestor in type(error).__mro__ if ancestor in KINDS)
    if kind is KINDS[http.HTTPException] and isinstance(error, http.HTTPException) and error.code:
        return Kind(error.code, error.name.lower().replace(" ", "-"), error.name)
    return kind


def in_api(path: str) -> bool:
    """Whether a path is the API's and not a page's."""
    return path == "/api" or path.startswith("/api/")


def _document(error: Exception, kind: Kind) -> dict[str, Any]:
    document = {
        "type": TYPE_PREFIX + kind.slug,
        "title": kind.title,
        "status": kind.status,
        "detail": _detail(error, kind),
        "instance": quote(request.path),
    }
    if isinstance(error, NotFound):
        document["nearest"] = error.nearest
    if isinstance(error, BadParameter | BadQuery):
        at_fault = error.errors if isinstance(error, BadQuery) else (error,)
        document["errors"] = [{"parameter": e.name, "detail": _with_remedy(e)} for e in at_fault]
    return document


def _detail(error: Exception, kind: Kind) -> str:
    """What is the matter, without what is nobody's business: tracebacks and the server's file names."""
    if kind.status >= 500:
        return error.message if isinstance(error, EditionError) else "something went wrong here; it has been logged"
    if isinstance(error, http.NotFound):
        return "there is nothing at this path; /api/v1/openapi.json lists what there is"
    if isinstance(error, http.MethodNotAllowed):
        return f"{request.method} is not allowed here"
    if isinstance(error, http.HTTPException):
        return error.description or error.name
    return error.message if isinstance(error, NotFound) else str(error)


def _with_remedy(error: GlossaryError) -> str:
    return f"{error.message}; {error.remedy}" if error.remedy else error.message
