"""Give every answer its common headers (request id, CORS, ETag, rate limit), and compress it.

This is a layer around Flask and not a part of it: it costs a few microseconds a request where Flask's own hooks and an
extension for each would cost fifty, and a caller that has the answer already never comes as far as Flask.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from flask import Flask
from werkzeug.datastructures import Accept
from werkzeug.exceptions import InternalServerError
from werkzeug.http import parse_accept_header
from werkzeug.wsgi import ClosingIterator

from glossary_api.api.http.answers import EDITION, KEPT, REQUEST_ID, SHELF, edition_of, in_api, request_id
from glossary_api.api.http.conditional import (
    ETAGGED,
    REVALIDATE,
    Headers,
    not_modified,
    not_modified_at_once,
    validators,
)
from glossary_api.api.http.cors import Origins
from glossary_api.api.http.problems import problem
from glossary_api.api.http.public_address import UNKNOWN_HOST
from glossary_api.api.http.ranges import PARTIAL
from glossary_api.api.http.rate_limit import WAIT, Limiter
from glossary_api.api.http.refusals import TooMany, WrongHost
from glossary_api.errors import GlossaryError, NotFound
from glossary_api.store.kept import SHORTEST

Answer = tuple[str, Headers, Iterable[bytes]]
"""Status line, headers and body."""

_log = logging.getLogger(__name__)

LEAST = 1400
"""Bytes from which it is worth it: what fits in one packet arrives no earlier for being shorter."""
_LEVEL = 4
_GZIP = 31
"""zlib's window bits for the format of gzip."""
_TEXT = re.compile(r"text/|application/(.*\+)?(json|xml)\b")
_OF_EDITIONS = "/editions/"
"""What the path of a request begins with that asks for an edition by its hash."""
_OK, _NOT_MODIFIED = "200 OK", "304 NOT MODIFIED"
_NO_SNIFFING = ("X-Content-Type-Options", "nosniff")
"""No browser may take an answer for something else than it says, such as a text of a caller's for a page."""


class Middleware:
    """Wrap the WSGI application of a Flask application."""

    def __init__(self, app: Flask, limiter: Limiter | None, origins: Origins, max_age: int = 0) -> None:
        """Wrap the application; `limiter` says how often a caller may ask, None as often as it likes.

        `origins` says which scripts may read answers, `max_age` for how many seconds an answer of one edition may be
        shown without asking again.
        """
        self._app = app
        self._next = app.wsgi_app
        self._limiter = limiter
        self._origins = origins
        self._caching = shared_caching(max_age)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        environ[EDITION] = edition_of(self._app)
        lost = self._find_kept(environ) if environ["PATH_INFO"].startswith(_OF_EDITIONS) else None
        method = environ["REQUEST_METHOD"]
        if method == "HEAD":  # answered as GET is, with the length and ETag of the body that is not sent
            environ["REQUEST_METHOD"] = "GET"
        answer = self._in_api if in_api(environ["PATH_INFO"]) else self._on_site
        if lost is not None:
            status, headers, body = self._refused(environ, lost)
        elif UNKNOWN_HOST in environ:
            status, headers, body = self._refused(environ, WrongHost(environ[UNKNOWN_HOST]))
        else:
            status, headers, body = self._whatever_happens(answer, environ, method)
        self._say_caching(headers)
        headers += ((REQUEST_ID, request_id(environ)), _NO_SNIFFING)
        if method == "HEAD":
            environ["REQUEST_METHOD"] = method
            body = _emptied(body)
        start_response(status, headers)
        return body

    def _find_kept(self, environ: dict[str, Any]) -> NotFound | None:
        """Have a request below /editions/{hash} answered from that edition, as if all of the server stood there."""
        named = re.match(rf"{_OF_EDITIONS}([0-9a-f]{{{SHORTEST},64}})(?=/|$)", environ["PATH_INFO"])
        if named is None:
            return None
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + named[0]
        environ["PATH_INFO"] = environ["PATH_INFO"][named.end() :] or "/"
        environ[KEPT] = True
        try:
            environ[EDITION] = self._app.extensions[SHELF].kept(named[1])
        except NotFound as error:
            return error
        return None

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
        self._origins.allow(environ, headers)
        headers += limits
        return status, headers, body

    def _known_or_asked(self, environ: dict[str, Any]) -> Answer:
        edition = environ[EDITION]
        known = not_modified_at_once(environ, edition)
        if known is not None:
            return _NOT_MODIFIED, known, ()
        status, headers, body = self._asked(environ)
        if status in (_OK, PARTIAL) and ETAGGED in environ:
            headers += validators(environ, edition, headers)
            if not_modified(environ, edition, headers):
                return _NOT_MODIFIED, _without_content(headers), _emptied(body)
        elif environ["REQUEST_METHOD"] == "OPTIONS":
            self._origins.answer_preflight(environ, headers)
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


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Return whether an Accept-Encoding allows gzip and prefers it no less than the plain answer."""
    codings = parse_accept_header(accepted, Accept)
    return codings.quality("gzip") > 0 and codings.quality("gzip") >= codings.quality("identity")


def gzipped(body: bytes) -> bytes:
    """Return a body compressed with gzip; the same body always gives the same bytes."""
    compressor = zlib.compressobj(_LEVEL, wbits=_GZIP)
    return compressor.compress(body) + compressor.flush()


def compressed(environ: dict[str, Any], answer: Answer) -> Answer:
    """Compress an answer with gzip if that saves enough and the caller allows it.

    gzip alone, from the standard library, without a time in its header: the same answer is the same bytes, as its
    strong ETag promises (Flask-Compress writes the time of day there). Brotli would save another tenth of what is left.

    An answer that could have been compressed says so in `Vary`.
    """
    status, headers, body = answer
    if status != "200 OK" or not _worth_it(headers):
        return answer
    headers = _varying(headers)
    if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        packed = gzipped(b"".join(body))
        getattr(body, "close", int)()
        headers = [_weakened(header) for header in headers if header[0] != "Content-Length"]
        headers += [("Content-Length", str(len(packed))), ("Content-Encoding", "gzip")]
        body = [packed]
    return status, headers, body


def _worth_it(headers: Headers) -> bool:
    """Return whether headers say that the body is text, not streamed, and long enough."""
    said = dict(headers)
    long = int(said.get("Content-Length", 0)) >= LEAST
    return long and "Content-Encoding" not in said and _TEXT.match(said.get("Content-Type", "")) is not None


def _varying(headers: Headers) -> Headers:
    vary = ", ".join(value for name, value in headers if name == "Vary")
    if "Accept-Encoding" in vary:
        return headers
    others = [header for header in headers if header[0] != "Vary"]
    return [*others, ("Vary", f"{vary}, Accept-Encoding" if vary else "Accept-Encoding")]


def _weakened(header: tuple[str, str]) -> tuple[str, str]:
    """Make the ETag of a plain answer a weak one: it does not name the compressed bytes."""
    name, value = header
    return (name, f"W/{value}") if name == "ETag" and not value.startswith("W/") else header
