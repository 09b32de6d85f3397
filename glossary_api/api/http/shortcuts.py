"""Answer the most frequent requests without Flask, which costs more than a look-up or a paragraph does.

`GET /terms/{name}`, `GET /lookup` and `POST /annotate` in their plain form are taken here, with the same functions that
their views call. Whatever is out of the ordinary, another parameter, a name that nothing has, a value that does not
fit, is left to Flask, which knows what to say. Tests hold the answers of both ways against each other.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from glossary_api.api.annotate.answer import answered
from glossary_api.api.annotate.request import LIMIT
from glossary_api.api.http.answers import EDITION
from glossary_api.api.http.conditional import ETAGGED
from glossary_api.api.http.language import preferred_of
from glossary_api.api.http.media_types import JSON
from glossary_api.api.routes.lookup import answer
from glossary_api.api.schemas.standpoint import question
from glossary_api.errors import GlossaryError
from glossary_api.store.edition import Edition

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Found = tuple[bytes, Iterable[tuple[str, str]]]
"""A body in JSON, and headers beyond its type and length."""

_TERM = "/api/v1/terms/"
_LOOKUP = "/api/v1/lookup"
_ANNOTATE = "/api/v1/annotate"
_PLAIN = (
    ("REQUEST_METHOD", ("POST",)),
    ("QUERY_STRING", ("",)),
    ("CONTENT_TYPE", (JSON, f"{JSON}; charset=utf-8", f"{JSON};charset=utf-8")),
    ("HTTP_ACCEPT", ("*/*", JSON, f"{JSON}, */*")),
    ("HTTP_CONTENT_ENCODING", ("identity",)),
)
"""What the WSGI environment says of a plain question to annotate, where it says anything."""
_PLAIN_ACCEPT = (JSON, "*/*")
_PARAMETERS = frozenset(("name", "place", "date"))


class Shortcuts:
    """Answer plain look-ups and questions to annotate, and pass all other requests to another WSGI application."""

    def __init__(self, following: Application) -> None:
        """Answer what is plain, and pass all other requests to `following`."""
        self._following = following

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        found = None
        if EDITION in environ:
            found = _annotated(environ) if environ["PATH_INFO"] == _ANNOTATE else _looked_up(environ)
        if found is None:
            return self._following(environ, start_response)
        body, headers = found
        start_response("200 OK", [("Content-Type", JSON), ("Content-Length", str(len(body))), *headers])
        return [body]


def _looked_up(environ: dict[str, Any]) -> Found | None:
    try:
        body = direct_answer(environ, environ[EDITION])
    except GlossaryError:  # a value that does not fit, an edition that cannot be read: Flask knows what to say
        return None
    if body is None:
        return None
    environ[ETAGGED] = JSON
    return body, ()


def _annotated(environ: dict[str, Any]) -> Found | None:
    """Return the answer to a plain question to annotate; what gets no answer goes on to Flask with its body."""
    if not _is_plain(environ):
        return None
    language = _language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    try:
        body = answered(orjson.loads(sent), environ[EDITION], language)
    except (orjson.JSONDecodeError, GlossaryError):
        environ["wsgi.input"] = io.BytesIO(sent)
        return None
    return body, (("Content-Language", language), ("Vary", "Accept-Language, Accept"))


def _is_plain(environ: dict[str, Any]) -> bool:
    length = environ.get("CONTENT_LENGTH", "")
    plain = all(environ.get(name, values[0]) in values for name, values in _PLAIN)
    return plain and length.isdecimal() and int(length) <= LIMIT


@lru_cache(maxsize=256)
def _language(accepted: str) -> str:
    return preferred_of(parse_accept_header(accepted, LanguageAccept))


def direct_answer(environ: dict[str, Any], edition: Edition) -> bytes | None:
    """Return the JSON for a plain look-up; None for any other request.

    Raises GlossaryError where the answer is an error.
    """
    path: str = environ["PATH_INFO"]
    query: str = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] != "GET" or environ.get("HTTP_ACCEPT", JSON) not in _PLAIN_ACCEPT:
        return None
    if path == _LOOKUP:
        return _look_up(query, edition)
    if path.startswith(_TERM) and not query:
        return _show_term(path[len(_TERM) :], edition)
    return None


def _show_term(escaped: str, edition: Edition) -> bytes | None:
    name = escaped.encode("latin-1").decode("utf-8", "replace")  # as WSGI has it, which knows bytes only
    found = None if not name or "/" in name else edition.found(name)
    return None if found is None else found.document


def _look_up(query: str, edition: Edition) -> bytes | None:
    values = dict(pairs := parse_qsl(query, keep_blank_values=True)) if query.isascii() else {}
    if not values.get("name") or not values.keys() <= _PARAMETERS or "" in values.values() or len(values) < len(pairs):
        return None
    found = edition.found(values["name"])
    return None if found is None else answer(edition, question(values, edition.places), found)
