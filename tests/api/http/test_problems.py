"""The error shape.

Every error below /api, whoever raises it, is a problem document of RFC 9457 with media type
`application/problem+json` and exactly these members:

    type        urn:glossary:problem:<word>, the same for the same kind of problem
    title       the same in words, English or Chinese
    status      the status of the answer
    detail      what is the matter this time, never a traceback or a path on the server
    instance    the path that was asked for, percent-encoded
    request_id  as in the header X-Request-ID and in the log
    nearest     only with 404 for a term or report: names that may have been meant, perhaps none
    offered     only with 406: the media types that can be had
    limit, unit only with 413: how much of what is taken
    errors      only with 422: one {"parameter", "pointer", "detail"} for each parameter at fault, one
                {"pointer", "detail"} for each field; the pointer leads into the query as an object, or into the body
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, Response

from glossary_api.api.http.problems import KINDS
from glossary_api.errors import EditionCorrupt
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store import opening

ALWAYS = {"type", "title", "status", "detail", "instance", "request_id"}


def problem(response: Any) -> dict[str, Any]:
    """The problem in an answer, which must be one."""
    assert response.mimetype == "application/problem+json"
    document: dict[str, Any] = json.loads(response.data)
    assert document["status"] == response.status_code
    assert document.keys() >= ALWAYS
    return document


@pytest.mark.parametrize(
    ("path", "status", "slug", "more"),
    [
        ("/nothing", 404, "no-such-route", set()),
        ("/", 404, "no-such-route", set()),
        ("/terms/", 404, "no-such-route", set()),
        ("/docs/nothing.js", 404, "no-such-route", set()),
        ("/docs/../site.css", 404, "no-such-route", set()),
        ("/terms/六个不", 404, "term-not-found", {"nearest"}),
        ("/terms/六个不/usages", 404, "term-not-found", {"nearest"}),
        ("/terms//", 404, "term-not-found", {"nearest"}),
        ("/lookup?name=六个不", 404, "term-not-found", {"nearest"}),
        ("/reports/yunxi-1999", 404, "report-not-found", {"nearest"}),
        ("/reports/yunxi-1999/terms", 404, "report-not-found", {"nearest"}),
        ("/lookup", 422, "bad-parameter", {"errors"}),
        ("/terms?limit=0", 422, "bad-parameter", {"errors"}),
        ("/terms?cursor=x", 422, "bad-parameter", {"errors"}),
        ("/status?x=1", 422, "bad-parameter", {"errors"}),
    ],
)
def test_shape(ask: Any, path: str, status: int, slug: str, more: set[str]) -> None:
    """An error has its status, its type and exactly the members of the shape."""
    found = problem(ask(path))
    assert (found["status"], found["type"]) == (status, f"urn:glossary:problem:{slug}")
    assert found.keys() == ALWAYS | more
    assert found["instance"] == quote(f"/api/v1{path}".partition("?")[0])


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/terms", "/api/v2"])
def test_whole_api(app: Flask, path: str) -> None:
    """Outside any version too, an unknown path below /api is a problem."""
    assert problem(app.test_client().get(path))["status"] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/terms", "/terms/六个不发生", "/reports", "/status", "/docs", "/openapi.json"])
def test_wrong_method(ask: Any, method: str, path: str) -> None:
    """A wrong method is a problem that says which methods are right."""
    response = ask(path, method)
    assert problem(response)["type"] == "urn:glossary:problem:method-not-allowed"
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "at_fault"),
    [
        ("/terms?x=1&limit=1", ["x"]),
        ("/terms?limit=0", ["limit"]),
        ("/terms?limit=201", ["limit"]),
        ("/terms?limit=1_0", ["limit"]),
        ("/terms?limit=%2B10", ["limit"]),
        ("/terms?limit=１０", ["limit"]),
        ("/terms?limit=", ["limit"]),
        ("/terms?limit=1e1", ["limit"]),
        (f"/terms?limit={'9' * 5000}", ["limit"]),
        ("/terms?limit=5&limit=6", ["limit"]),
        ("/terms?kind=slogan", ["kind"]),
        ("/terms?defined=1", ["defined"]),
        ("/terms?q=", ["q"]),
        (f"/terms?q={'长' * 201}", ["q"]),
        ("/terms?year=0", ["year"]),
        ("/terms?year=x&kind=x&y=1", ["kind", "year", "y"]),
        ("/terms?cursor=bnVsbA", ["cursor"]),
        ("/terms/三边?x=1", ["x"]),
        ("/terms/三边/usages?place=x", ["place"]),
        ("/reports?level=village", ["level"]),
        ("/reports/yunxi-2024?x=1&y=2", ["x", "y"]),
        ("/reports/yunxi-2024/terms?x", ["x"]),
        ("/lookup?name=", ["name"]),
        ("/lookup?name=1&name=2", ["name"]),
        ("/lookup?name=三边&x=1&y=2", ["x", "y"]),
        ("/lookup?nam=三边", ["nam", "name"]),
        ("/healthz?x=1", ["x"]),
    ],
)
def test_bad_query(ask: Any, path: str, at_fault: list[str]) -> None:
    """Every parameter at fault is named, and no other."""
    found = problem(ask(path))
    assert found["status"] == 422
    assert sorted(error["parameter"] for error in found["errors"]) == sorted(at_fault)
    assert all(error["pointer"] == f"/{error['parameter']}" for error in found["errors"])
    assert all(error["detail"] for error in found["errors"])


def test_unknown_parameter_says_what_is_known(ask: Any) -> None:
    """Who misspells a parameter is told the right ones."""
    (error,) = problem(ask("/reports?town=x"))["errors"]
    assert error["detail"] == "unknown parameter; known are: limit, cursor, place, year, level, fields"


def test_internal_error(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong unforeseen is a problem without any of its words, which are in the log."""

    def fail() -> str:
        raise RuntimeError("secret of the house")

    app.add_url_rule("/api/v1/fail", view_func=fail)
    response = app.test_client().get("/api/v1/fail")
    assert problem(response)["status"] == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "secret of the house" in caplog.text


def test_damaged_edition(edition_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition that is damaged while it is served is a 503 that does not give away where it lies."""
    path = tmp_path / "glossary.db"
    content = edition_path.read_bytes()
    path.write_bytes(content)
    monkeypatch.setattr(opening, "WHOLE_CHECK_LIMIT", 0)  # else the pages stay in memory
    client = create_app(Settings(edition=path)).test_client()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))
    response = client.get("/api/v1/terms")
    assert problem(response)["type"] == "urn:glossary:problem:edition-unavailable"
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert str(tmp_path) not in response.text


def test_errors_are_not_kept(ask: Any) -> None:
    """No cache keeps an error: the next edition may have what this one has not."""
    for path in ("/terms/四边", "/terms?limit=0", "/nothing"):
        assert ask(path).headers["Cache-Control"] == "no-store"


def test_head_has_no_body(ask: Any) -> None:
    """HEAD has the status and the headers of GET and no body, for an error too."""
    for path in ("/terms/三边", "/terms/四边", "/terms?limit=0"):
        head, get = ask(path, "HEAD"), ask(path)
        assert (head.status_code, head.data) == (get.status_code, b"")
        for one in (head, get):
            one.headers.remove("X-Request-ID")
        assert dict(head.headers) == dict(get.headers)


def test_pages_have_no_problems(app: Flask) -> None:
    """Outside /api a wrong method is answered with a page, which still says which methods are right."""
    response = app.test_client().post("/")
    assert (response.status_code, response.mimetype) == (405, "text/html")
    assert "GET" in response.headers["Allow"]


def test_slugs_are_documented(ask: Any) -> None:
    """The description of the API lists every type of problem."""
    description = ask.document["info"]["description"]
    assert [kind.slug for kind in KINDS.values() if f":{kind.slug}`" not in description] == []


@pytest.mark.parametrize("fails_at", [0, 1])
def test_a_file_that_fails_on_the_way(app: Flask, caplog: pytest.LogCaptureFixture, fails_at: int) -> None:
    """A file that fails before its first piece is a problem; later, the connection breaks off; both are in the log."""

    def pieces() -> Iterator[bytes]:
        for _ in range(fails_at):
            yield b"piece"
        raise EditionCorrupt("does-not-say-which-edition")

    app.add_url_rule("/api/v1/file", view_func=lambda: Response(pieces()))
    sent = {"X-Request-ID": "of-this-file"}
    if fails_at:
        with pytest.raises(EditionCorrupt):
            _ = app.test_client().get("/api/v1/file", headers=sent).data
    else:
        found = problem(app.test_client().get("/api/v1/file", headers=sent))
        assert (found["status"], found["request_id"]) == (503, "of-this-file")
    assert "of-this-file" in caplog.text


def test_what_fails_before_flask(app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in what answers before Flask does is a problem with the request id, too."""

    def fail(*_: object) -> bytes:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("glossary_api.store.edition.Edition.found", fail)
    response = app.test_client().get("/api/v1/terms/三边", headers={"X-Request-ID": "of-mine"})
    found = problem(response)
    assert (found["status"], found["request_id"]) == (500, "of-mine")
    assert "secret" not in response.text
    assert "secret of the house" in caplog.text
    assert "of-mine" in caplog.text
