"""Answer 304 to callers that have an answer already: edition, address and media type name every answer.

The strong ETag of an answer is made of the edition's hash, the program's version, the address and the media type; a
compressed one has another (RFC 9110, 8.8.3.3). Only answers to GET and HEAD have one: what a POST answers is no
representation of its address (RFC 9110, 9.3.3), so that there is nothing to ask for again.

Everything here works on WSGI environments and headers, for `middleware.py`, which stands around Flask.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
from email.utils import formatdate
from functools import cache, lru_cache
from typing import Any

from werkzeug.http import parse_date

from glossary_api.api.http.media_types import JSON
from glossary_api.store.edition import Edition

Headers = list[tuple[str, str]]

ETAGGED = "glossary.etagged"
"""Key of a WSGI environment under which stands the media type of an answer that gets an ETag if it is a 200."""
ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
"""Keys of a WSGI environment under which the address stands that is asked for."""
REVALIDATE = "no-cache"
"""What an answer of one edition says of caching; the middleware says instead how long the settings allow."""
COMPRESSED = "-gzip"
"""Ending of the ETag of a compressed answer; without it, it is that of the plain one."""
_JSON_FIRST = re.compile(r"\*/\*|application/json\s*(,.*)?")
"""Accept headers that every route answers with JSON: nothing is wanted more."""


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
