"""Answers that need not be sent again: an edition never changes, so its hash and the address name every answer."""

from __future__ import annotations

import hashlib
import importlib.metadata
from functools import cache

from flask import Response, request

from glossary_api.api.answers import served_edition

_READING = ("GET", "HEAD")


def answer_unchanged() -> Response | None:
    """Before a view: 304 if the caller has this very answer, without looking anything up.

    Only an answer with status 200 ever carried the tag, so there is one. `*` asks whether there is, and has to wait.
    """
    known = request.headers.get("If-None-Match")
    if known and request.method in _READING and _tag() in known:  # a list of tags, each in quotation marks
        return Response(status=304)
    return None


def tag_answer(response: Response) -> Response:
    """After a view: name the answer, and have it asked for again rather than kept unasked."""
    if response.status_code in (200, 304) and request.method in _READING:
        response.headers["ETag"] = _tag()
        response.headers["Cache-Control"] = "no-cache"
    return response


def _tag() -> str:
    """The ETag of the address that is asked for, in its quotation marks."""
    asked = "|".join(request.environ.get(part, "") for part in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"))
    address = f"{served_edition().hash} {_program()} {asked}"
    return f'"{hashlib.blake2b(address.encode(), digest_size=16).hexdigest()}"'


@cache
def _program() -> str:
    """The program's version: another one may answer the same from the same edition in another shape."""
    return importlib.metadata.version("glossary-api")
