"""The application and, beside it in the same process, a bare Flask route that always answers the same: `/bare`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response

from glossary_api.server import application

BODY = b'{"status":"ok","name":"glossary","answer":[1,2,3]}'

_served = application()
_bare = Flask("bare")


@_bare.get("/bare")
def bare() -> Response:
    """A small constant."""
    return Response(BODY, mimetype="application/json")


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Either of the two, by the path."""
    asked = _bare if environ["PATH_INFO"] == "/bare" else _served
    answer: Iterable[bytes] = asked.wsgi_app(environ, start_response)
    return answer
