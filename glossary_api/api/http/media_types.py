"""Choose the media type of an answer: by `format=` where a route has it, else by Accept (RFC 9110, 12).

A route has JSON, and whatever its registration says in `also`. Most have JSON alone; for those, who accepts none of
it is told so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import request

from glossary_api.api.http.refusals import NotAcceptable
from glossary_api.errors import BadParameter

JSON = "application/json"
LINES = "application/jsonl"
"""JSON Lines: a document a line."""
FORMAT = "format"
ONLY_JSON: Mapping[str, str] = MappingProxyType({JSON: "json"})
_PLAIN = ("*/*", JSON)


def offers(also: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return all media types of a route, JSON first, with the words that `format` calls them; `also` has the others."""
    return {**ONLY_JSON, **also} if also else ONLY_JSON


def chosen(environ: dict[str, Any], offered: Mapping[str, str]) -> str:
    """Return the media type of the answer to the request of a WSGI environment, one of those that its route offers.

    Raises BadParameter for a `format` that the route does not have, NotAcceptable if Accept leaves none of its own.
    """
    if offered is ONLY_JSON and environ.get("HTTP_ACCEPT", "*/*") in _PLAIN:
        return JSON
    word = request.args.get(FORMAT) if len(offered) > 1 else None
    if word is not None:
        return _called(word, offered)
    best = request.accept_mimetypes.best_match(offered) if request.accept_mimetypes else JSON
    if best is None:
        raise NotAcceptable(list(offered))
    return best


def _called(word: str, offered: Mapping[str, str]) -> str:
    for media_type, name in offered.items():
        if name == word:
            return media_type
    raise BadParameter(FORMAT, "must-be-one-of", choices=", ".join(offered.values()))
