"""Put examples into the OpenAPI document: requests from `examples.json`, with the served edition's answers.

The requests are about things that the edition has, `{term}` and the like. The answers are asked when the document is
built, so that they cannot be anything else than answers. Where an edition does not have what an example asks for, the
operation has no example.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestedRangeNotSatisfiable

from glossary_api.api.http.answers import EDITION
from glossary_api.api.http.media_types import JSON
from glossary_api.api.http.operations import Document, Operation, is_textual, operations
from glossary_api.api.http.problems import MEDIA_TYPE, problem
from glossary_api.api.http.refusals import (
    Forbidden,
    NotAcceptable,
    NotJson,
    NotReady,
    TooLarge,
    TooMany,
    Unauthorized,
    WrongMediaType,
)
from glossary_api.errors import BadParameter, BadQuery, DecisionOutdated, GlossaryError, KeyUsed, TermNotFound
from glossary_api.model.messages import Message
from glossary_api.queries.instances import instances
from glossary_api.store.edition import Edition

_REQUESTS = Path(__file__).with_name("examples.json")
_INSTANCE = re.compile(r"\{(\w+)\}")
_LONGEST_TEXT = 4000
"""Code points of the longest answer that is no JSON and is shown: an example of more is read by nobody."""
_REFUSALS: Mapping[str, Exception] = {
    "NotJson": NotJson(1, 9),
    "Unauthorized": Unauthorized("no-valid-token"),
    "Forbidden": Forbidden("editing-is-off"),
    "NotFound": TermNotFound("六个不", ["六个不发生"]),
    "NotAcceptable": NotAcceptable([JSON]),
    "KeyUsed": KeyUsed("key-was-used-for-another", remedy="send-another-key"),
    "DecidedMeanwhile": DecisionOutdated("somebody-decided-meanwhile", remedy="look-and-decide-again", version=7),
    "TooLarge": TooLarge(1_000_000, "characters", "/text"),
    "WrongMediaType": WrongMediaType("text/plain", [JSON]),
    "NoSuchPart": RequestedRangeNotSatisfiable(40_000_000),
    "BadParameter": BadQuery([BadParameter("limit", Message("must-be-between", min=1, max=200))]),
    "TooManyRequests": TooMany(3),
    "EditionUnavailable": NotReady("published-edition-is-gone"),
    "OtherProblem": MethodNotAllowed(["GET"]),
}
"""What is refused in the examples of problems, by the name of the answer in the document."""


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
    asked, known = _Asked(app, edition, host), instances(edition.select) | {"edition": edition.hash}
    for operation in operations(document, app):
        request = requests().get(operation.described["operationId"])
        if request is not None and (about := _filled(request, known)) is not None:
            _exemplify(operation, about, asked)
    for name, refusal in _REFUSALS.items():
        with app.test_request_context("/api/v1/terms", base_url=host, headers={"X-Request-ID": "5f0c8e1d2a3b4c5d"}):
            example = orjson.loads(problem(refusal).get_data())
        document["components"]["responses"][name]["content"][MEDIA_TYPE]["example"] = example


@cache
def requests() -> Mapping[str, Document | None]:
    """Return requests by operation id: `parameters` of path and query by name, and the `body` if any.

    What must not be asked, since it changes something, has its `answer`.
    None stands for an operation that answers something else each second, or at great length.
    """
    read: dict[str, Document | None] = orjson.loads(_REQUESTS.read_bytes())
    return read


def _exemplify(operation: Operation, request: Document, asked: _Asked) -> None:
    content = operation.described["responses"].get("200", {}).get("content", {})
    for media_type in content:
        is_json = media_type.endswith("json")
        if not (is_json or is_textual(media_type)) or "schema" not in content[media_type]:
            continue
        if "answer" in request:
            content[media_type]["example"] = request["answer"]
            continue
        answer = _answer(operation, request, media_type, asked)
        if answer is None:
            return
        if is_json:
            content[media_type]["example"] = orjson.loads(answer.get_data())
        elif answer.mimetype == media_type and len(text := answer.get_data(as_text=True)) <= _LONGEST_TEXT:
            content[media_type]["example"] = text
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
        if isinstance(answer, Response):
            answer.make_sequence()  # a stream would end with the request
    return answer if isinstance(answer, Response) and answer.status_code == 200 else None


def _filled(request: Any, known: Mapping[str, str | int]) -> Any:
    """Return a request about the things that are known; None where one of them is not."""
    if isinstance(request, str):
        if (only := _INSTANCE.fullmatch(request)) is not None:
            return known.get(only[1])
        is_known = all(name in known for name in _INSTANCE.findall(request))
        return _INSTANCE.sub(lambda found: str(known[found[1]]), request) if is_known else None
    if isinstance(request, list):
        parts = [_filled(part, known) for part in request]
        return None if None in parts else parts
    if isinstance(request, dict):
        fields = {name: _filled(part, known) for name, part in request.items()}
        return None if None in fields.values() else fields
    return request


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
