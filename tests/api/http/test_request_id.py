from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask


def test_a_request_id_is_made(ask: Any) -> None:
    """Every answer, whatever its status, has an id, and no two have the same."""
    tag = ask("/terms/三边").headers["ETag"]
    answers = [
        ask("/terms"),
        ask("/terms/四边"),
        ask("/terms/三边", headers={"If-None-Match": tag}),
        ask("/terms", "POST"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 304, 405]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 4


def test_a_sane_request_id_is_taken(ask: Any) -> None:
    """The caller's id comes back in the head and in a problem document."""
    answer = ask("/terms/四边", headers={"X-Request-ID": "01JD-a.b:c_d"})
    assert answer.headers["X-Request-ID"] == json.loads(answer.data)["request_id"] == "01JD-a.b:c_d"


@pytest.mark.parametrize("sent", ["", "a b", 'a"b', "x" * 129, "编号", "a\tb", "<script>"])
def test_any_other_request_id_is_not(ask: Any, sent: str) -> None:
    """An id that could do harm in a log or a page is replaced."""
    made = ask("/terms", headers={"X-Request-ID": sent.encode().decode("latin-1")}).headers["X-Request-ID"]
    assert made != sent
    assert made.isalnum()


def test_the_log_has_the_request_id(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """The line about a failure can be found by the id that the caller was told."""

    def fail() -> str:
        raise RuntimeError("unforeseen")

    app.add_url_rule("/api/v1/fail", view_func=fail)
    answer = app.test_client().get("/api/v1/fail")
    assert json.loads(answer.data)["request_id"] in caplog.text


def test_pages_have_a_request_id(app: Flask) -> None:
    """The pages' answers can be told apart too."""
    assert app.test_client().get("/").headers["X-Request-ID"]
