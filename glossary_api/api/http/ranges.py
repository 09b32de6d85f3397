"""Send a part of a file, so that a download that was broken off can go on (RFC 9110, 14)."""

from __future__ import annotations

from typing import Any

from flask import Response
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header

from glossary_api.api.http.answers import PARTIAL
from glossary_api.api.http.middleware import is_of
from glossary_api.store.edition import Edition


def span_wanted(environ: dict[str, Any], size: int, edition: Edition, media_type: str) -> tuple[int, int]:
    """Return the bytes of a file of `size` that a request asks for, half open: all of them unless it names others.

    Several ranges, other units, and ranges of another version of the file (`If-Range`) are no reason to send a part.
    Raises RequestedRangeNotSatisfiable.
    """
    wanted = parse_range_header(environ.get("HTTP_RANGE"))
    condition = environ.get("HTTP_IF_RANGE")
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) > 1:
        return 0, size
    if condition is not None and not is_of(environ, edition, media_type, condition):
        return 0, size
    found = wanted.range_for_length(size)
    if found is None:
        raise RequestedRangeNotSatisfiable(size)
    return found[0] or 0, found[1] or size


def say_span(answer: Response, span: tuple[int, int], size: int) -> None:
    """Write into the head of an answer which part of a file it is."""
    start, end = span
    answer.headers["Accept-Ranges"] = "bytes"
    answer.content_length = end - start
    if (start, end) != (0, size):
        answer.status = PARTIAL
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
