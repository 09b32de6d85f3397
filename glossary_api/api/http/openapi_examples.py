"""Put examples into the OpenAPI document: requests from `examples.json`, with the served edition's answers.

The answers are asked when the document is built, so that they cannot be anything else than answers. Where an edition
does not have what an example asks for, the operation has no example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from glossary_api.api.http.answers import EDITION
from glossary_api.api.http.operations import Document, Operation, operations
from glossary_api.errors import GlossaryError
from glossary_api.store.edition import Edition

_REQUESTS = Path(__file__).with_name("examples.json")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Ask an application as one caller."""

    app: Flask
    edition: Edition
    host: str


def exemplify(document: Document, app: Flask, edition: Edition, host: str) -> None:
    """Give each operation of a document its example, if the edition answers it.

    `host` is the address of the server, which some answers repeat.
    """
    asked = _Asked(app, edition, host)
    for operation in operations(document, app):
        request = requests().get(operation.described["operationId"])
        if request is not None:
            _exemplify(operation, request, asked)


@cache
def requests() -> Mapping[str, Document | None]:
    """Return requests by operation id: `parameters` of path and query by name, and the `body` if any.

    None stands for an operation that answers something else each second.
    """
    read: dict[str, Document | None] = orjson.loads(_REQUESTS.read_bytes())
    return read


def _exemplify(operation: Operation, request: Document, asked: _Asked) -> None:
    content = operation.described["responses"].get("200", {}).get("content", {})
    for media_type in content:
        if not media_type.endswith("json") or "schema" not in content[media_type]:
            continue  # pages and files say little in an example
        answer = _answer(operation, request, media_type, asked)
        if answer is None:
            return
        content[media_type]["example"] = orjson.loads(answer.get_data())
    given = request.get("parameters", {})
    for parameter in operation.parameters:
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    for sent in operation.described.get("requestBody", {}).get("content", {}).values():
        written = any("contentSchema" in one for one in sent["schema"].get("properties", {}).values())
        sent["example"] = {name: _text(one) for name, one in request["body"].items()} if written else request["body"]


def _answer(operation: Operation, request: Document, media_type: str, asked: _Asked) -> Response | None:
    """Return the answer to a request; None if that is an error."""
    sent: dict[str, Any] = {"method": operation.method.upper(), "headers": {"Accept": media_type}}
    if "body" in request:
        (body_type,) = operation.described["requestBody"]["content"]
        json = body_type.endswith("json")
        sent["data"] = orjson.dumps(request["body"]) if json else _form(request["body"])
        sent["content_type"] = body_type
    sent |= {"base_url": asked.host, "environ_overrides": {EDITION: asked.edition}}
    with asked.app.test_request_context(_address(operation, request), **sent):
        try:
            answer = asked.app.dispatch_request()
        except (GlossaryError, HTTPException):
            return None
    return answer if isinstance(answer, Response) and answer.status_code == 200 else None


def _form(elements: Document) -> str:
    """Return a form; elements that are no text are written as JSON."""
    return urlencode({name: _text(one) for name, one in elements.items()})


def _text(element: Any) -> str:
    return element if isinstance(element, str) else orjson.dumps(element).decode()


def _address(operation: Operation, request: Document) -> str:
    path, query = operation.path, {}
    for name, value in request.get("parameters", {}).items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
        else:
            query[name] = ",".join(value) if isinstance(value, list) else value
    return f"{path}?{urlencode(query)}"
