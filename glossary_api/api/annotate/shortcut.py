"""The short way to `/annotate`: plain questions are answered before Flask, which costs more than a paragraph does.

A question is plain if it is a POST of JSON without a query that takes JSON in return. What is not plain, or gets no
answer, goes on to Flask and to the view in `route.py`, body and all: errors are made there and nowhere else. A test
holds the answers of both ways against each other.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import orjson
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from glossary_api.api.annotate.answer import answered
from glossary_api.api.annotate.request import LIMIT
from glossary_api.api.http.answers import EDITION
from glossary_api.api.http.language import preferred_of
from glossary_api.errors import GlossaryError

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_PLAIN = (
    ("REQUEST_METHOD", ("POST",)),
    ("QUERY_STRING", ("",)),
    ("CONTENT_TYPE", ("application/json", "application/json; charset=utf-8", "application/json;charset=utf-8")),
    ("HTTP_ACCEPT", ("*/*", "application/json", "application/json, */*")),
    ("HTTP_CONTENT_ENCODING", ("identity",)),
)
"""What the WSGI environment says of a plain question, where it says anything."""


class Direct:
    """A WSGI application before another one, which it leaves all but plain questions to annotate."""

    def __init__(self, following: Application, path: str) -> None:
        """Answer requests to `path`, the address of `/annotate`, and pass all others on."""
        self._following = following
        self._path = path

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        if environ["PATH_INFO"] != self._path or not _is_plain(environ):
            return self._following(environ, start_response)
        language = _language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        try:
            body = answered(orjson.loads(sent), environ[EDITION], language)
        except (orjson.JSONDecodeError, GlossaryError):
            environ["wsgi.input"] = io.BytesIO(sent)
            return self._following(environ, start_response)
        head = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Content-Language", language),
            ("Vary", "Accept-Language, Accept"),
        ]
        start_response("200 OK", head)
        return [body]


def _is_plain(environ: dict[str, Any]) -> bool:
    length = environ.get("CONTENT_LENGTH", "")
    return (
        all(environ.get(name, values[0]) in values for name, values in _PLAIN)
        and length.isdecimal()
        and int(length) <= LIMIT
        and EDITION in environ
    )


@lru_cache(maxsize=256)
def _language(accepted: str) -> str:
    return preferred_of(parse_accept_header(accepted, LanguageAccept))
