"""`/mcp`: the tools for language models over HTTP, as the SDK's streamable transport has them, without sessions.

Each POST is answered with one JSON document by an event loop of its own, in the thread of the request: nothing is
kept between two of them, so that any process of a server can answer any of them.
"""

from __future__ import annotations

import importlib.util
from collections.abc import MutableMapping
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from glossary_api.api.http.answers import served_edition
from glossary_api.api.http.authorization import editing
from glossary_api.api.http.bodies import read_body
from glossary_api.api.http.cors import Origins
from glossary_api.api.http.refusals import Forbidden

LIMIT = 4_000_000
"""Bytes that a body may have, the SDK's own limit."""
_SERVER = "glossary_mcp"
_TIMEOUT = 60
"""Seconds after which nobody waits any more for what never comes."""
Message = MutableMapping[str, Any]

blueprint = Blueprint("mcp", __name__)


def register(app: Flask) -> None:
    """Add the route, if the SDK is installed."""
    if importlib.util.find_spec("mcp") is not None:
        app.register_blueprint(blueprint)


@blueprint.route("/mcp", methods=["GET", "POST", "DELETE"])
def answer_model() -> Response:
    """Answer a message of the Model Context Protocol.

    There are no streams to listen to and no sessions to end. A page of another site has no business here unless the
    settings name it: the protocol demands that, because of names that lead to a server inside a network.
    """
    if request.method != "POST":
        raise MethodNotAllowed(["POST"])
    if "Origin" in request.headers and not Origins(editing().settings).may_read(request.environ):
        raise Forbidden("origin-may-not-ask")
    import anyio  # it comes with the SDK

    return anyio.run(_asked, read_body(LIMIT))


async def _asked(body: bytes) -> Response:
    """Pass a request to the SDK, which is written for ASGI."""
    import anyio
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    manager = StreamableHTTPSessionManager(_server(), json_response=True, stateless=True)
    answer, pieces = Response(), []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status_code = message["status"]
            for name, value in message["headers"]:
                answer.headers[name.decode("latin-1")] = value.decode("latin-1")
        pieces.append(message.get("body", b""))

    with anyio.fail_after(_TIMEOUT):
        async with manager.run():
            await manager.handle_request(_scope(), receive, send)
    answer.set_data(b"".join(pieces))
    return answer


def _server() -> Any:
    """Return the SDK's server, made for the first request: the SDK takes a second to import."""
    if _SERVER not in current_app.extensions:
        from glossary_api.mcp.tools import server_of

        current_app.extensions[_SERVER] = server_of(served_edition)
    # The SDK's own application keeps one event loop for all requests, which would not survive a fork.
    return current_app.extensions[_SERVER]._lowlevel_server


def _scope() -> dict[str, Any]:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in request.headers
        if name not in ("Content-Length", "Content-Encoding")  # the body has been read and unpacked
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": request.scheme,
        "path": request.path,
        "query_string": b"",
        "headers": headers,
    }
