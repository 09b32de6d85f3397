"""Read the JSON bodies of requests and check them against their schemas; nothing else does.

    fields = read_json(AnnotateSchema, limit=8_000_000)     # a dict, as the schema loads it
    value = read_value(limit=8_000_000)                     # any JSON, for a view that checks what it is itself

What does not fit is raised as one of the refusals that `problems.py` turns into 400, 413, 415 and 422. A view that
checks by itself raises `BadBody([BadField("/text", "must be a string")])` or `TooLarge(1000, "characters", "/text")`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from glossary_api.api.http.refusals import (
    CODINGS,
    BadBody,
    BadField,
    BadGzip,
    NotJson,
    TooLarge,
    WrongCoding,
    WrongMediaType,
)
from glossary_api.model.messages import Message

LIMIT = 1_000_000
"""Bytes that a body may have where a route does not say otherwise."""
JSON = "application/json"
_GZIP = 31
"""zlib's window bits for the format of gzip."""


def read_json(schema: type[Schema], limit: int = LIMIT) -> dict[str, Any]:
    """Return the body of the request as `schema` loads it.

    Raises what `read_value` raises, and BadBody with one BadField for each thing that the schema complains of.
    """
    value = read_value(limit)
    if not isinstance(value, dict):
        raise BadBody([BadField("", "must-be-object")])
    return checked(schema, value)


def checked(schema: type[Schema], value: Any) -> dict[str, Any]:
    """Return a value from a body as `schema` loads it. Raises BadBody."""
    try:
        loaded: dict[str, Any] = _instance(schema).load(value)
    except ValidationError as error:
        raise BadBody(list(complaints(error.messages))) from None
    return loaded


def read_value(limit: int = LIMIT) -> Any:
    """Return the body of the request, which must be JSON in UTF-8, compressed or not, and have at most `limit` bytes.

    Raises WrongMediaType, WrongCoding, BadGzip, TooLarge or NotJson.
    """
    try:
        return orjson.loads(read_body(limit))
    except orjson.JSONDecodeError as error:
        raise NotJson(error.lineno, error.colno) from None


def read_body(limit: int) -> bytes:
    """Return the body of the request, which must say that it is JSON, uncompressed. Raises what `read_value` raises."""
    coding = _checked_coding()
    return _read(limit) if coding == "identity" else _unpacked(_read(limit), limit)


def complaints(messages: Any, pointer: str = "") -> Iterator[BadField]:
    """Yield marshmallow's nested messages as flat ones, each with the JSON Pointer to its field."""
    if not isinstance(messages, dict):
        yield BadField(pointer, _first(messages))
        return
    for key, inner in messages.items():
        yield from complaints(inner, pointer if key == "_schema" else f"{pointer}/{escaped(str(key))}")


def escaped(key: str) -> str:
    """Return a key as a step of a JSON Pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _first(messages: Any) -> Message:
    message: Message = messages[0] if isinstance(messages, list) else messages
    return message


def _read(limit: int) -> bytes:
    request.max_content_length = limit + 1  # werkzeug cuts a body of unannounced length there without a word
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise TooLarge(limit) from None
    if len(body) > limit:
        raise TooLarge(limit)
    return body


def _unpacked(body: bytes, limit: int) -> bytes:
    """Return what was compressed with gzip. Raises TooLarge as soon as there is more than is taken, BadGzip."""
    unpacking = zlib.decompressobj(wbits=_GZIP)
    try:
        unpacked = unpacking.decompress(body, limit + 1)
    except zlib.error:
        raise BadGzip from None
    if len(unpacked) > limit:
        raise TooLarge(limit)
    if not unpacking.eof:
        raise BadGzip
    return unpacked


def _checked_coding() -> str:
    """Return the coding of the body, `identity` or `gzip`. Raises WrongCoding, WrongMediaType."""
    coding = request.headers.get("Content-Encoding", "identity").lower()
    if coding not in CODINGS:
        raise WrongCoding(coding)
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != JSON or charset not in ("utf-8", "utf8"):
        raise WrongMediaType(request.headers.get("Content-Type", ""), [JSON])
    return coding


@cache
def _instance(schema: type[Schema]) -> Schema:
    return schema()
