"""Give every answer its common headers (request id, CORS, ETag, rate limit), compress it, and keep it to send it again.

This is a layer around Flask and not a part of it: it costs a few microseconds a request where Flask's own hooks and an
extension for each would cost fifty, and a caller that has the answer already never comes as far as Flask. Nor do the
most frequent requests: Flask costs more than a look-up or a paragraph does. Tests hold what is answered directly
against what Flask answers.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import random
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from email.utils import formatdate
from functools import cache, lru_cache
from typing import Any

from flask import Flask, Response
from werkzeug.datastructures import Accept
from werkzeug.exceptions import InternalServerError
from werkzeug.http import parse_accept_header, parse_date

from glossary_api.api.http.answers import EDITABLE, EDITION, ETAGGED, KEPT, PARTIAL, SHELF
from glossary_api.api.http.cors import Origins
from glossary_api.api.http.downloads import Answer, begun
from glossary_api.api.http.media_types import JSON
from glossary_api.api.http.public_address import UNKNOWN_HOST
from glossary_api.api.http.rate_limit import WAIT, Limiter
from glossary_api.api.http.refusals import TooMany, WrongHost
from glossary_api.curation.tokens import tokens_beside
from glossary_api.errors import GlossaryError, NotFound
from glossary_api.queries.served import Sent, Shelf, of_its_own_size
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from glossary_api.store.kept import SHORTEST

Headers = list[tuple[str, str]]
Direct = tuple[bytes, Iterable[tuple[str, str]]]
"""The body of a 200 in JSON, and headers beyond its type and length."""
Direction = Callable[[dict[str, Any], Edition], Direct | None]
"""What answers requests of a WSGI environment from an edition without Flask; None for one that is left to Flask."""

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
_ANY_JSON = ("*/*", JSON, f"{JSON}, */*")
"""What callers accept that an answer in JSON is certainly good for."""
ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
"""Keys of a WSGI environment under which the address stands that is asked for."""
REVALIDATE = "no-cache"
"""What an answer of one edition says of caching; the middleware says instead how long the settings allow."""
COMPRESSED = "-gzip"
"""Ending of the ETag of a compressed answer; without it, it is that of the plain one."""
_JSON_FIRST = re.compile(r"\*/\*|application/json\s*(,.*)?")
"""Accept headers that every route answers with JSON: nothing is wanted more."""
_ASKED = (*ADDRESS, "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", EDITABLE)
_OWN = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
"""What makes an answer one for its asker alone."""
_LARGEST = 256 * 1024
"""Bytes of the largest answer that is kept."""
_BESIDE = 2048
"""About how many bytes what was asked and the headers take in memory: more than a short answer itself."""
REQUEST_ID = "X-Request-ID"
_SANE_ID = re.compile(r"[0-9A-Za-z._:+/=@-]{1,128}")
_ID = "glossary.request_id"


def in_api(path: str) -> bool:
    """Tell whether a path is for programs, the API's or that of language models, and not a page's."""
    return path in ("/api", "/mcp") or path.startswith("/api/")


def request_id(environ: dict[str, Any]) -> str:
    """Return the id of the request of a WSGI environment, which its answer and its line in the log carry as well.

    It is the caller's if it sent one of up to 128 harmless characters, else one that is made here.
    """
    known: str | None = environ.get(_ID)
    if known is None:
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        known = environ[_ID] = sent if _SANE_ID.fullmatch(sent) else f"{random.getrandbits(64):016x}"
    return known


class Middleware:
    """Wrap the WSGI application of a Flask application."""

    def __init__(
        self,
        app: Flask,
        problem: Callable[[Exception], Response],
        direct: Mapping[tuple[str, str], Direction],
        limiter: Limiter | None,
        origins: Origins,
        settings: Settings,
    ) -> None:
        """Wrap the application; `problem` makes the answers to errors.

        `direct` has, by method and path, or the path up to its last slash, what answers without Flask. `limiter` says
        how often a caller may ask, None as often as it likes; `origins` which scripts may read answers, and the
        settings for how many seconds an answer of one edition may be shown without asking again.
        """
        self._app = app
        self._next = app.wsgi_app
        self._shelf: Shelf = app.extensions[SHELF]
        self._problem = problem
        self._direct = direct
        self._limiter = limiter
        self._origins = origins
        self._caching = shared_caching(settings.max_age)
        self._tokens = tokens_beside(settings.decision_log)
        """The file that is there as soon as somebody may edit: from then on pages are others for who has signed in."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        environ[EDITION] = self._shelf.current()
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
            environ[EDITION] = self._shelf.kept(named[1])
        except NotFound as error:
            return error
        return None

    def _whatever_happens(
        self, answer: Callable[[dict[str, Any]], Answer], environ: dict[str, Any], method: str
    ) -> Answer:
        """Return an answer also where something around Flask fails, or a file before its first piece is made."""
        try:
            found = answer(environ)
            if method == "HEAD" or isinstance(found[2], list | tuple) or "Content-Length" in dict(found[1]):
                return found
            return begun(environ, found, request_id(environ))
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
        environ[EDITABLE] = os.path.exists(self._tokens)
        return self._asked(environ)

    def _in_api(self, environ: dict[str, Any]) -> Answer:
        """Answer for the API, with the headers that all of its answers have."""
        wait, limits = self._limiter.count(environ) if self._limiter else (0, ())
        status, headers, body = self._refused(environ, TooMany(wait)) if wait else self._known_or_asked(environ)
        if self._origins.vary:
            _vary(headers, "Origin")
        if not self._origins.vary or "HTTP_ORIGIN" in environ:
            self._origins.allow(environ, headers)
        headers += limits
        return status, headers, body

    def _known_or_asked(self, environ: dict[str, Any]) -> Answer:
        edition = environ[EDITION]
        known = not_modified_at_once(environ, edition) if "HTTP_IF_NONE_MATCH" in environ else None
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
        """Return the answer, compressed if that saves anything; the one that was made before if it is asked often.

        Kept is what is the same for everybody who sends the same headers as long as one edition is served: what shared
        caches may keep, too.
        """
        key = self._everything_asked(environ)
        if key is None:
            return compressed(environ, self._answered(environ))
        sent = environ[EDITION].once(Sent)
        if (known := sent.find(key)) is not None:
            headers, body, tagged = known
            environ |= tagged
            return _OK, [*headers], body
        status, headers, body = compressed(environ, self._answered(environ))
        if not sent.is_asked_again(key) or status != _OK or not _is_of_edition(environ, headers):
            return status, headers, body
        length = int(dict(headers).get("Content-Length", _LARGEST + 1))
        if length <= _LARGEST:
            body = (of_its_own_size(_whole(body)),)
            tagged = {ETAGGED: environ[ETAGGED]} if ETAGGED in environ else {}
            sent.keep(key, (tuple(headers), body, tagged), length + _BESIDE)
        return status, headers, body

    def _everything_asked(self, environ: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return everything that the answer to a request depends on; None if that may be more than this.

        Who sends a cookie or a token may be shown something of their own.
        """
        if environ["REQUEST_METHOD"] != "GET" or not environ.keys().isdisjoint(_OWN):
            return None
        return takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")), *map(environ.get, _ASKED)

    def _answered(self, environ: dict[str, Any]) -> Answer:
        found = self._answered_directly(environ)
        if found is None:
            return _captured(self._next, environ)
        body, more = found
        if environ["REQUEST_METHOD"] == "GET":
            environ[ETAGGED] = JSON
        return _OK, [("Content-Type", JSON), ("Content-Length", str(len(body))), *more], (body,)

    def _answered_directly(self, environ: dict[str, Any]) -> Direct | None:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        direct = self._direct.get((method, path)) or self._direct.get((method, path[: path.rfind("/") + 1]))
        if direct is None or environ.get("HTTP_ACCEPT", JSON) not in _ANY_JSON:
            return None
        try:
            return direct(environ, environ[EDITION])
        except GlossaryError:  # a value that does not fit, an edition that cannot be read: Flask knows what to say
            return None

    def _refused(self, environ: dict[str, Any], why: Exception) -> Answer:
        with self._app.request_context(environ):
            return _captured(self._problem(why), environ)

    def _say_caching(self, headers: Headers) -> None:
        """Let shared caches keep what is the same for all of one edition, and nothing else."""
        for number, (name, value) in enumerate(headers):
            if name == "Cache-Control":
                if value == REVALIDATE:
                    headers[number] = (name, self._caching)
                return
        headers.append(("Cache-Control", "private, no-store"))


def _is_of_edition(environ: dict[str, Any], headers: Headers) -> bool:
    """Return whether an answer is the same as long as one edition is served, as its ETag says or its own header."""
    return ETAGGED in environ or ("Cache-Control", REVALIDATE) in headers


def _whole(body: Iterable[bytes]) -> bytes:
    """Return a body in one piece, and close it."""
    joined = b"".join(body)
    getattr(body, "close", int)()
    return joined


def _captured(application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """Call a WSGI application, which must not use the old `write`, and return its answer unsent."""
    started: list[Any] = []

    def start(*head: Any) -> None:
        started[:] = head

    body = application(environ, start)
    return started[0], started[1], body


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
    _vary(headers, "Accept-Encoding")
    if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        packed = gzipped(_whole(body))
        headers = [_weakened(header) for header in headers if header[0] != "Content-Length"]
        headers += [("Content-Length", str(len(packed))), ("Content-Encoding", "gzip")]
        body = [packed]
    return status, headers, body


def _worth_it(headers: Headers) -> bool:
    """Return whether headers say that the body is text, not streamed, and long enough."""
    said = dict(headers)
    long = int(said.get("Content-Length", 0)) >= LEAST
    return long and "Content-Encoding" not in said and _TEXT.match(said.get("Content-Type", "")) is not None


def _vary(headers: Headers, name: str) -> None:
    """Say in the headers of an answer that it depends on a header of the request."""
    for number, (known, value) in enumerate(headers):
        if known == "Vary":
            if name not in value:
                headers[number] = (known, f"{value}, {name}")
            return
    headers.append(("Vary", name))


def _weakened(header: tuple[str, str]) -> tuple[str, str]:
    """Make the ETag of a plain answer a weak one: it does not name the compressed bytes."""
    name, value = header
    return (name, f"W/{value}") if name == "ETag" and not value.startswith("W/") else header


def shared_caching(max_age: int) -> str:
    """Return the Cache-Control of an answer that is the same for everybody as long as one edition is served.

    A cache shows it for `max_age` seconds, and for as long again while it asks for the new one.
    """
    return f"public, max-age={max_age}, stale-while-revalidate={max_age}" if max_age else f"public, {REVALIDATE}"


def json_first(environ: dict[str, Any]) -> bool:
    """Return whether the Accept of a WSGI environment is one that every route answers with JSON."""
    accept = environ.get("HTTP_ACCEPT")
    return accept is None or _JSON_FIRST.fullmatch(accept) is not None


def not_modified_at_once(environ: dict[str, Any], edition: Edition) -> Headers | None:
    """Return the headers of a 304 if the caller names this very answer; None if that cannot be said yet.

    Only an answer with status 200 ever carried the ETag, so there is one. A browser or proxy that asks again for what
    it has is most of the traffic of a glossary: this looks nothing up and does not come as far as Flask.
    """
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is None or environ["REQUEST_METHOD"] != "GET" or not json_first(environ):
        return None
    etag = _etag(environ, edition, JSON)
    for candidate in (f'"{etag}"', f'"{etag}{COMPRESSED}"'):
        if candidate in known:
            return [*_validators(candidate, edition), ("Vary", "Accept-Encoding")]
    return None


def validators(environ: dict[str, Any], edition: Edition, headers: Headers) -> Headers:
    """Return the headers by which a 200 can be asked for again: ETag and date."""
    compressed = ("Content-Encoding", "gzip") in headers
    etag = _etag(environ, edition, environ[ETAGGED]) + (COMPRESSED if compressed else "")
    return _validators(f'"{etag}"', edition)


def not_modified(environ: dict[str, Any], edition: Edition, headers: Headers) -> bool:
    """Return whether the caller has the answer with these headers already.

    This is asked once there is an answer: for other representations than JSON, for `*`, which means any answer at
    all, and for dates, which count only where no ETags are given (RFC 9110, 13.2.2).
    """
    known, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    if known is not None:
        return known.strip() == "*" or dict(headers)["ETag"] in known
    # This very date and no later one: an edition that is rolled back is older than what callers have.
    return since is not None and _is_date_of(edition, since)


def is_of(environ: dict[str, Any], edition: Edition, media_type: str, condition: str) -> bool:
    """Return whether a condition, an ETag or a date, names the answer to a request that has a media type."""
    if condition.startswith(('"', "W/")):
        return condition == f'"{_etag(environ, edition, media_type)}"'
    return _is_date_of(edition, condition)


def _is_date_of(edition: Edition, text: str) -> bool:
    date = parse_date(text)
    return date is not None and int(edition.modified) == date.timestamp()


def _validators(etag: str, edition: Edition) -> Headers:
    return [("ETag", etag), ("Cache-Control", REVALIDATE), ("Last-Modified", _date(edition.modified))]


@lru_cache(maxsize=8)
def _date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


def _etag(environ: dict[str, Any], edition: Edition, media_type: str) -> str:
    """Return the ETag of the uncompressed answer to a request, without quotation marks."""
    asked = "|".join([environ.get(part, "") for part in ADDRESS])
    address = f"{edition.hash} {_program()} {media_type} {asked}"
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()


@cache
def _program() -> str:
    """Return the program's version: another version may answer in another shape from the same edition."""
    return importlib.metadata.version("glossary-api")
