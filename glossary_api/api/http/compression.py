"""Compressed answers: gzip for callers that take it, where it saves a packet.

gzip alone, from the standard library, without a time in its header: the same answer is the same bytes, as its strong
ETag promises (Flask-Compress writes the time of day there). Brotli would save another tenth of what is left.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from glossary_api.api.http.conditional import Headers

Answer = tuple[str, Headers, Iterable[bytes]]
"""Status line, headers and body."""

LEAST = 1400
"""Bytes from which it is worth it: what fits in one packet arrives no earlier for being shorter."""
_LEVEL = 4
_GZIP = 31
"""zlib's window bits for the format of gzip."""
_TEXT = re.compile(r"text/|application/(.*\+)?(json|xml)\b")


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
    """Compress an answer if that saves enough and the caller allows it.

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
