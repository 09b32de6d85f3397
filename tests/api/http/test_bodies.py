from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from marshmallow import fields

from glossary_api.api.http.answers import json_answer
from glossary_api.api.http.bodies import checked, read_json
from glossary_api.api.schemas import validate
from glossary_api.api.schemas.strict import Strict
from glossary_api.site.app import PREFIX


class PlaceSchema(Strict):
    start = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class NoteSchema(Strict):
    text = fields.String(required=True)
    places = fields.List(fields.Nested(PlaceSchema))
    words = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of an application with a route that sends back the body that it has read."""

    def echo() -> Response:
        return json_answer(json.dumps(read_json(NoteSchema, limit=1000)).encode())

    app.add_url_rule(f"{PREFIX}/echo", view_func=echo, methods=["POST"])
    return app.test_client()


def refused(answer: Any, status: int) -> dict[str, Any]:
    """The problem in an answer, which must have the status."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    document: dict[str, Any] = json.loads(answer.data)
    return document


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]
)
def test_read(client: FlaskClient, content_type: str) -> None:
    """A body that fits comes as the schema loads it, under every spelling of the media type."""
    body = {"text": "六个不发生😀", "places": [{"start": 0}]}
    answer = client.post(f"{PREFIX}/echo", data=json.dumps(body), content_type=content_type)
    assert json.loads(answer.data) == body


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/json; charset=gbk", "multipart/form-data"]
)
def test_wrong_media_type(client: FlaskClient, content_type: str | None) -> None:
    """A body of any other media type is refused, and the answer names the one that is taken."""
    answer = client.post(f"{PREFIX}/echo", data=b"{}", content_type=content_type)
    assert refused(answer, 415)["type"].endswith(":wrong-media-type")
    assert answer.headers["Accept"] == "application/json"


def test_wrong_coding(client: FlaskClient) -> None:
    """A body in any other coding than gzip is refused, and the answer says which are taken."""
    answer = client.post(f"{PREFIX}/echo", json={"text": ""}, headers={"Content-Encoding": "br"})
    assert refused(answer, 415)["type"].endswith(":wrong-content-coding")
    assert answer.headers["Accept-Encoding"] == "gzip, identity"


def packed(client: FlaskClient, body: bytes) -> Any:
    """The answer to a body that is said to be compressed."""
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    return client.post(f"{PREFIX}/echo", data=body, headers=headers)


def test_compressed(client: FlaskClient) -> None:
    """A body compressed with gzip is read as the plain one is."""
    body = {"text": "六个不发生" * 20}
    answer = packed(client, gzip.compress(json.dumps(body).encode()))
    assert json.loads(answer.data) == body


def test_compressed_too_large(client: FlaskClient) -> None:
    """What unpacks to more than is taken is refused before it is all unpacked."""
    found = refused(packed(client, gzip.compress(b" " * 100_000)), 413)
    assert (found["limit"], found["unit"]) == (1000, "bytes")


@pytest.mark.parametrize("body", [b"{}", b"", gzip.compress(b'{"text": "x"}', mtime=0)[:-9]])
def test_not_gzip(client: FlaskClient, body: bytes) -> None:
    """What is no gzip, or is cut short, is refused as such."""
    assert refused(packed(client, body), 400)["type"].endswith(":not-gzip")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"{'text': 1}", b'{"text": NaN}', b'"\xff"', b'"\\ud800"', b"[" * 999, b"{} x"]
)
def test_not_json(client: FlaskClient, body: bytes) -> None:
    """What is no JSON in UTF-8 is refused, and the answer says where it ends to be."""
    found = refused(client.post(f"{PREFIX}/echo", data=body, content_type="application/json"), 400)
    assert "line 1, column" in found["detail"]


def test_too_large(client: FlaskClient) -> None:
    """A body over the limit is refused with the limit, however its length is announced."""
    body = json.dumps({"text": "a" * 1000}).encode()
    for length in (str(len(body)), None):
        sent = {"CONTENT_LENGTH": length} if length else {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
        answer = client.post(f"{PREFIX}/echo", data=body, content_type="application/json", environ_overrides=sent)
        found = refused(answer, 413)
        assert (found["limit"], found["unit"]) == (1000, "bytes")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ([], [""]),
        ("text", [""]),
        (None, [""]),
        ({}, ["/text"]),
        ({"text": 1, "x": 2}, ["/text", "/x"]),
        ({"text": None}, ["/text"]),
        ({"text": "", "places": {}}, ["/places"]),
        (
            {"text": "", "places": [{"start": 0}, {"start": -1, "end": 1}, {}, 5]},
            ["/places/1/start", "/places/1/end", "/places/2/start", "/places/3"],
        ),
        ({"text": "", "a/b~c": 1}, ["/a~1b~0c"]),
        ({"text": "", "": 1}, ["/"]),
    ],
)
def test_pointers(client: FlaskClient, body: Any, pointers: list[str]) -> None:
    """Every field at fault is named by a JSON Pointer, and no other."""
    sent = client.post(f"{PREFIX}/echo", data=json.dumps(body), content_type="application/json")
    found = refused(sent, 422)
    assert found["type"].endswith(":bad-field")
    assert sorted(error["pointer"] for error in found["errors"]) == sorted(pointers)
    assert all(error.keys() == {"pointer", "detail"} and error["detail"] for error in found["errors"])


def test_many_faults_are_listed_up_to_a_limit(client: FlaskClient, app: Flask) -> None:
    """A body that is at fault everywhere gets an answer of a size that can be read."""
    from glossary_api.api.http.problems import MOST_ERRORS, problem
    from glossary_api.api.http.refusals import BadBody, BadField

    with app.test_request_context(f"{PREFIX}/echo"):
        found = json.loads(problem(BadBody([BadField(f"/{n}", "is-not-valid") for n in range(5000)])).data)
    assert len(found["errors"]) == MOST_ERRORS
    assert len(found["detail"]) < 200


def test_checked() -> None:
    """A value is loaded by a schema without a request too."""
    assert checked(NoteSchema, {"text": "a"}) == {"text": "a"}
