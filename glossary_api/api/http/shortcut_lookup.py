"""Answer the two most frequent look-ups without Flask: one SELECT, and the stored bytes.

`GET /terms/{name}` and `GET /lookup` in their plain form are taken here, with the same functions that their views call.
Whatever is out of the ordinary, another parameter, a name that nothing has, a value that does not fit, is left to
Flask, which knows what to say. `tests/api/http/test_shortcut_lookup.py` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

from glossary_api.api.http.answers import EDITION
from glossary_api.api.http.conditional import ETAGGED
from glossary_api.api.http.media_types import JSON
from glossary_api.api.routes.lookup import answer
from glossary_api.api.schemas.standpoint import question
from glossary_api.errors import GlossaryError
from glossary_api.store.edition import Edition

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_TERM = "/api/v1/terms/"
_LOOKUP = "/api/v1/lookup"
_PLAIN_ACCEPT = (JSON, "*/*")
_PARAMETERS = frozenset(("name", "place", "date"))


class DirectLookUps:
    """Answer plain look-ups, and pass all other requests to another WSGI application."""

    def __init__(self, following: Application) -> None:
        """Answer plain look-ups, and pass all other requests to `following`."""
        self._following = following

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        try:
            body = direct_answer(environ, environ[EDITION]) if EDITION in environ else None
        except GlossaryError:  # a value that does not fit, an edition that cannot be read: Flask knows what to say
            body = None
        if body is None:
            return self._following(environ, start_response)
        environ[ETAGGED] = JSON
        start_response("200 OK", [("Content-Type", JSON), ("Content-Length", str(len(body)))])
        return [body]


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
