"""Give every answer its common headers: request id, CORS, ETag, rate limit.

This is a layer around Flask and not a part of it: it costs a few microseconds a request where Flask's own hooks and an
extension for each would cost fifty, and a caller that has the answer already never comes as far as Flask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask
from werkzeug.exceptions import InternalServerError
from werkzeug.wsgi import ClosingIterator

from glossary_api.api.http.answers import EDITION, edition_of
from glossary_api.api.http.compression import Answer, compressed
from glossary_api.api.http.conditional import (
    ETAGGED,
    REVALIDATE,
    Headers,
    not_modified,
    not_modified_at_once,
    validators,
)
from glossary_api.api.http.problems import in_api, problem
from glossary_api.api.http.public_address import UNKNOWN_HOST
from glossary_api.api.http.rate_limit import WAIT, Limiter
from glossary_api.api.http.refusals import TooMany, WrongHost
from glossary_api.api.http.request_id import HEADER, request_id
from glossary_api.errors import GlossaryError

_log = logging.getLogger(__name__)
_OK, _NOT_MODIFIED = "200 OK", "304 NOT MODIFIED"
_NO_SNIFFING = ("X-Content-Type-Options", "nosniff")
"""No browser may take an answer for something else than it says, such as a text of a caller's for a page."""
_EXPOSED = (
    "ETag",
    "Link",
    "X-Total-Count",
    "X-Request-ID",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "Content-Language",
    "Content-Disposition",
    "Content-Range",
    "Accept-Ranges",
)
_ASKED_WITH = (
    "Accept",
    "Accept-Language",
    "Authorization",  # nothing is asked for, but scripts that always send it need not fail
    "Content-Encoding",
    "Content-Type",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "Range",
    "X-Request-ID",
    "traceparent",
    "tracestate",
)
_ANY_ORIGIN = (
    # The origin is not echoed: a shared cache can keep one answer for all.
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Headers", ", ".join(_ASKED_WITH)),
    ("Access-Control-Max-Age", "86400"),
)


class Middleware:
    """Wrap the WSGI application of a Flask application."""

    def __init__(self, app: Flask, limiter: Limiter | None, max_age: int = 0) -> None:
        """Wrap the application; `limiter` says how often a caller may ask, None as often as it likes.

        `max_age` says for how many seconds an answer of one edition may be shown without asking again.
        """
        self._app = app
        self._next = app.wsgi_app
        self._limiter = limiter
        self._caching = shared_caching(max_age)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        environ[EDITION] = edition_of(self._app)
        method = environ["REQUEST_METHOD"]
        if method == "HEAD":  # answered as GET is, with the length and ETag of the body that is not sent
            environ["REQUEST_METHOD"] = "GET"
        answer = self._in_api if in_api(environ["PATH_INFO"]) else self._on_site
        if UNKNOWN_HOST in environ:
            status, headers, body = self._refused(environ, WrongHost(environ[UNKNOWN_HOST]))
        else:
            status, headers, body = self._whatever_happens(answer, environ, method)
        self._say_caching(headers)
        headers += ((HEADER, request_id(environ)), _NO_SNIFFING)
        if method == "HEAD":
            environ["REQUEST_METHOD"] = method
            body = _emptied(body)
        start_response(status, headers)
        return body

    def _whatever_happens(
        self, answer: Callable[[dict[str, Any]], Answer], environ: dict[str, Any], method: str
    ) -> Answer:
        """Return an answer also where something around Flask fails, or a file before its first piece is made."""
        try:
            status, headers, body = answer(environ)
            return status, headers, body if method == "HEAD" else _begun(body, environ)
        except Exception as error:
            if isinstance(error, GlossaryError):
                return self._refused(environ, error)
            unforeseen = InternalServerError(original_exception=error)
            unforeseen.__cause__ = error  # for the log
            return self._refused(environ, unforeseen)

    def _on_site(self, environ: dict[str, Any]) -> Answer:
        """Answer for a page; a POST to one counts against the rate limit as one to the API does."""
        if self._limiter and environ["REQUEST_METHOD"] == "POST":
            environ[WAIT], _ = self._limiter.count(environ)
        return self._asked(environ)

    def _in_api(self, environ: dict[str, Any]) -> Answer:
        """Answer for the API, with the headers that all of its answers have."""
        wait, limits = self._limiter.count(environ) if self._limiter else (0, ())
        status, headers, body = self._refused(environ, TooMany(wait)) if wait else self._known_or_asked(environ)
        headers += _ANY_ORIGIN
        headers += limits
        return status, headers, body

    def _known_or_asked(self, environ: dict[str, Any]) -> Answer:
        edition = environ[EDITION]
        known = not_modified_at_once(environ, edition)
        if known is not None:
            return _NOT_MODIFIED, known, ()
        status, headers, body = self._asked(environ)
        if status == _OK and ETAGGED in environ:
            headers += validators(environ, edition, headers)
            if not_modified(environ, edition, headers):
                return _NOT_MODIFIED, _without_content(headers), _emptied(body)
        elif environ["REQUEST_METHOD"] == "OPTIONS":
            headers += _preflight(headers)
        return status, headers, body

    def _asked(self, environ: dict[str, Any]) -> Answer:
        """Return the application's answer, compressed if that saves anything."""
        return compressed(environ, _captured(self._next, environ))

    def _refused(self, environ: dict[str, Any], why: Exception) -> Answer:
        with self._app.request_context(environ):
            return _captured(problem(why), environ)

    def _say_caching(self, headers: Headers) -> None:
        """Let shared caches keep what is the same for all of one edition, and nothing else."""
        for number, (name, value) in enumerate(headers):
            if name == "Cache-Control":
                if value == REVALIDATE:
                    headers[number] = (name, self._caching)
                return
        headers.append(("Cache-Control", "private, no-store"))


def shared_caching(max_age: int) -> str:
    """Return the Cache-Control of an answer that is the same for everybody as long as one edition is served.

    A cache shows it for `max_age` seconds, and for as long again while it asks for the new one.
    """
    return f"public, max-age={max_age}, stale-while-revalidate={max_age}" if max_age else f"public, {REVALIDATE}"


def _captured(application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """Call a WSGI application, which must not use the old `write`, and return its answer unsent."""
    started: list[Any] = []

    def start(*head: Any) -> None:
        started[:] = head

    body = application(environ, start)
    return started[0], started[1], body


def _begun(body: Iterable[bytes], environ: dict[str, Any]) -> Iterable[bytes]:
    """Return a body whose first piece is made already, so that what fails before it can still be said."""
    if isinstance(body, list | tuple):
        return body
    pieces = iter(body)
    first = next(pieces, b"")
    return ClosingIterator(_rest(first, pieces, environ), getattr(body, "close", None))


def _rest(first: bytes, pieces: Iterator[bytes], environ: dict[str, Any]) -> Iterator[bytes]:
    """Yield a body; what fails within breaks the connection off, which says that it is not whole, and is logged."""
    try:
        yield first
        yield from pieces
    except Exception:
        id_ = request_id(environ)
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        _log.exception("%s %s was broken off", id_, path, extra={"request_id": id_})
        raise


def _emptied(body: Iterable[bytes]) -> Iterable[bytes]:
    """Close a body that is not sent, and return an empty one."""
    close: Callable[[], None] | None = getattr(body, "close", None)
    if close is not None:
        close()
    return ()


def _without_content(headers: Headers) -> Headers:
    """Return the headers without those of a body that is not sent."""
    return [(name, value) for name, value in headers if not name.startswith("Content-")]


def _preflight(headers: Headers) -> Headers:
    """Return the CORS headers that answer a preflight request: methods and headers that may be sent."""
    allowed = [("Access-Control-Allow-Methods", value) for name, value in headers if name == "Allow"]
    return [*allowed, *_PREFLIGHT]
