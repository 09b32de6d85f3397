"""Answers that need not be sent again: an edition never changes, so its hash and the address name every answer.

The strong tag of an answer is made of the edition's hash, the program's version, the address and the media type; a
compressed one has another (RFC 9110, 8.8.3.3). Only answers to GET and HEAD have one: what a POST answers is no
representation of its address (RFC 9110, 9.3.3), so that there is nothing to ask for again.

Everything here works on WSGI environments and heads, for `manners.py`, which stands around Flask.
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

TAGGED = "glossary.tagged"
"""Where in a WSGI environment stands the media type of an answer that gets a tag if it is a 200."""
_ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
COMPRESSED = "-gzip"
"""What the tag of a compressed answer has more than that of the plain one."""
_JSON_FIRST = re.compile(r"\*/\*|application/json\s*(,.*)?")
"""Accept headers that every route answers with JSON: nothing is wanted more."""


def json_first(environ: dict[str, Any]) -> bool:
    """Whether the Accept of a WSGI environment is one that every route answers with JSON."""
    accept = environ.get("HTTP_ACCEPT")
    return accept is None or _JSON_FIRST.fullmatch(accept) is not None


def unchanged_at_once(environ: dict[str, Any], edition: Edition) -> Headers | None:
    """The head of a 304, if the caller names this very answer, compressed or not; None if that is to be seen.

    Only an answer with status 200 ever carried the tag, so there is one. A browser or proxy that asks again for
    what it has is most of the traffic of a glossary: this looks nothing up and does not come as far as Flask.
    """
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is None or environ["REQUEST_METHOD"] != "GET" or not json_first(environ):
        return None
    tag = _tag(environ, edition, JSON)
    for candidate in (f'"{tag}"', f'"{tag}{COMPRESSED}"'):
        if candidate in known:
            return [*_named(candidate, edition), ("Vary", "Accept-Encoding")]
    return None


def named(environ: dict[str, Any], edition: Edition, headers: Headers) -> Headers:
    """What to add to the head of a 200, so that it can be asked for again by its tag or its date."""
    compressed = ("Content-Encoding", "gzip") in headers
    tag = _tag(environ, edition, environ[TAGGED]) + (COMPRESSED if compressed else "")
    return _named(f'"{tag}"', edition)


def unchanged(environ: dict[str, Any], edition: Edition, head: Headers) -> bool:
    """Whether the caller already has the answer that `named` gave this head.

    That is left to ask once there is an answer: for odd representations, for `*`, which means any answer at all, and
    for dates, which count only where no tags are given (RFC 9110, 13.2.2).
    """
    known, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    if known is not None:
        return known.strip() == "*" or dict(head)["ETag"] in known
    date = parse_date(since) if since else None
    return date is not None and int(edition.modified) <= date.timestamp()


def _named(tag: str, edition: Edition) -> Headers:
    return [("ETag", tag), ("Cache-Control", "no-cache"), ("Last-Modified", _date(edition.modified))]


@lru_cache(maxsize=8)
def _date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)


def _tag(environ: dict[str, Any], edition: Edition, media_type: str) -> str:
    """What names the plain answer to a request, without quotation marks."""
    asked = "|".join([environ.get(part, "") for part in _ADDRESS])
    address = f"{edition.hash} {_program()} {media_type} {asked}"
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()


@cache
def _program() -> str:
    """The program's version: another one may answer the same from the same edition in another shape."""
    return importlib.metadata.version("glossary-api")
