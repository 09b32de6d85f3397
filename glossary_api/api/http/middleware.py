"""What every answer has in its head, whoever made it: a request id, leave to read it from any origin, a tag, a limit.

This is a layer around Flask and not a part of it: it costs a few microseconds a request where Flask's own hooks and an
extension for each would cost fifty, and a caller that has the answer already never comes as far as Flask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from glossary_api.api.http.answers import EDITION, edition_of
from glossary_api.api.http.compression import Answer, compressed
from glossary_api.api.http.conditional import TAGGED, Headers, named, unchanged, unchanged_at_once
from glossary_api.api.http.problems import in_api, problem
from glossary_api.api.http.rate_limit import WAIT, Limiter
from glossary_api.api.http.refusals import TooMany
from glossary_api.api.http.request_id import HEADER, request_id

_OK, _UNCHANGED = "200 OK", "304 NOT MODIFIED"
_EXPOSED = (
    "ETag",
    "Link",
    "X-Total-Count",
    "X-Request-ID",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "Content-Language",
)
_ANY_ORIGIN = (
    # The origin is not echoed: a shared cache can keep one answer for all.
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", ", ".join(_EXPOSED)),
)
_PREFLIGHT = (
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type, If-None-Match, X-Request-ID"),
    ("Access-Control-Max-Age", "86400"),
)


class Manners:
    """A WSGI application around the one of an application of Flask."""

    def __init__(self, app: Flask, limiter: Limiter | None) -> None:
        """Wrap the application; `limiter` says how often a caller may ask, None as often as it likes."""
        self._app = app
        self._next = app.wsgi_app
        self._limiter = limiter

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        environ[EDITION] = edition_of(self._app)
        method = environ["REQUEST_METHOD"]
        if method == "HEAD":  # it is answered as GET is, to the length and the tag of what is not sent
            environ["REQUEST_METHOD"] = "GET"
        answer = self._in_api if in_api(environ["PATH_INFO"]) else self._on_site
        status, headers, body = answer(environ)
        headers.append((HEADER, request_id(environ)))
        if method == "HEAD":
            environ["REQUEST_METHOD"] = method
            body = _dropped(body)
        start_response(status, headers)
        return body

    def _on_site(self, environ: dict[str, Any]) -> Answer:
        """The answer of a page. What is sent to one costs as much as what is sent to the API, and counts like it."""
        if self._limiter and environ["REQUEST_METHOD"] == "POST":
            environ[WAIT], _ = self._limiter.count(environ)
        return self._asked(environ)

    def _in_api(self, environ: dict[str, Any]) -> Answer:
        """The answer of the API, with what all of its answers have."""
        wait, limits = self._limiter.count(environ) if self._limiter else (0, ())
        status, headers, body = self._refused(environ, wait) if wait else self._known_or_asked(environ)
        headers += _ANY_ORIGIN
        headers += limits
        return status, headers, body

    def _known_or_asked(self, environ: dict[str, Any]) -> Answer:
        edition = environ[EDITION]
        known = unchanged_at_once(environ, edition)
        if known is not None:
            return _UNCHANGED, known, ()
        status, headers, body = self._asked(environ)
        if status == _OK and TAGGED in environ:
            headers += named(environ, edition, headers)
            if unchanged(environ, edition, headers):
                return _UNCHANGED, _without_content(headers), _dropped(body)
        elif environ["REQUEST_METHOD"] == "OPTIONS":
            headers += _preflight(headers)
        return status, headers, body

    def _asked(self, environ: dict[str, Any]) -> Answer:
        """What the application answers."""
        return compressed(environ, _captured(self._next, environ))

    def _refused(self, environ: dict[str, Any], wait: int) -> Answer:
        with self._app.request_context(environ):
            return _captured(problem(TooMany(wait)), environ)


def _captured(application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """What a WSGI application answers, before any of it is sent. It must not use the old `write` of WSGI."""
    started: list[Any] = []

    def start(*head: Any) -> None:
        started[:] = head

    body = application(environ, start)
    return started[0], started[1], body


def _dropped(body: Iterable[bytes]) -> Iterable[bytes]:
    """Nothing in place of a body that is not sent."""
    close: Callable[[], None] | None = getattr(body, "close", None)
    if close is not None:
        close()
    return ()


def _without_content(headers: Headers) -> Headers:
    """A head without what it says of a body that is not sent."""
    return [(name, value) for name, value in headers if not name.startswith("Content-")]


def _preflight(headers: Headers) -> Headers:
    """What a browser asks before it sends a request: which methods the route has, and which headers may be sent."""
    allowed = [("Access-Control-Allow-Methods", value) for name, value in headers if name == "Allow"]
    return [*allowed, *_PREFLIGHT]
