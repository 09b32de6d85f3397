from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from glossary_api.settings import Settings
from glossary_api.site.app import create_app

ELSEWHERE = {"Origin": "https://example.org"}


EXTENSION = {"Origin": "chrome-extension://abcdefghijklmnop"}


@pytest.fixture
def app(edition_path: Path) -> Flask:
    """The application, open to every site."""
    return create_app(Settings(edition=edition_path, cors="*"))


@pytest.mark.parametrize(
    ("setting", "may"),
    [
        ("extensions", [EXTENSION]),
        ("none", []),
        ("https://example.org", [ELSEWHERE]),
        ("extensions https://EXAMPLE.org http://127.0.0.1:3333", [EXTENSION, ELSEWHERE]),
        ("https://example.org.evil.example https://example.org:8443", []),
        ("*", [EXTENSION, ELSEWHERE, {"Origin": "null"}, {}]),
    ],
)
def test_who_is_named_may_read_and_nobody_else(edition_path: Path, setting: str, may: list[dict[str, str]]) -> None:
    """Answers, refusals and preflights give leave to the origins that the setting names, and vary by origin."""
    client = create_app(Settings(edition=edition_path, cors=setting)).test_client()
    tag = client.get("/api/v1/terms").headers["ETag"]
    for origin in ({}, EXTENSION, ELSEWHERE, {"Origin": "null"}, {"Origin": "http://localhost"}):
        asked = origin | {"Access-Control-Request-Method": "POST"}
        answers = [
            client.get("/api/v1/terms", headers=origin),
            client.get("/api/v1/terms", headers=origin | {"If-None-Match": tag}),
            client.get("/api/v1/nothing", headers=origin),
            client.options("/api/v1/lookup", headers=asked),
        ]
        assert [answer.status_code for answer in answers] == [200, 304, 404, 200]
        for answer in answers:
            allowed = {name for name, _ in answer.headers if name.startswith("Access-Control-Allow-Origin")}
            assert bool(allowed) == (origin in may or setting == "*"), (origin, answer.request.path)
            assert ("Origin" in answer.headers.get("Vary", "")) == (setting != "*")
        assert ("Access-Control-Allow-Methods" in answers[-1].headers) == (origin in may or setting == "*")


def test_by_default_no_site_may_read(edition_path: Path) -> None:
    """Without a setting the pages of other sites read nothing, and browser extensions do."""
    client = create_app(Settings(edition=edition_path)).test_client()
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/terms", headers=ELSEWHERE).headers
    assert client.get("/api/v1/terms", headers=EXTENSION).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/terms", "/terms/三边", "/terms/四边", "/nothing", "/status", "/terms?limit=0"])
@pytest.mark.parametrize("headers", [{}, ELSEWHERE], ids=["none", "other"])
def test_any_origin_may_read(ask: Any, path: str, headers: dict[str, str]) -> None:
    """Every answer, errors included, may be read from any origin, and does not depend on which."""
    answer = ask(path, headers=headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Origin" not in answer.headers.get("Vary", "")
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_useful_headers_are_exposed(ask: Any) -> None:
    """A script of any origin sees every header that a caller has use for."""
    exposed = set(ask("/terms").headers["Access-Control-Expose-Headers"].split(", "))
    assert exposed >= {"ETag", "Link", "X-Total-Count", "X-Request-ID", "Retry-After", "RateLimit", "RateLimit-Policy"}


@pytest.mark.parametrize(
    ("path", "methods"), [("/terms", {"GET", "HEAD", "OPTIONS"}), ("/lookup", {"GET", "HEAD", "OPTIONS", "POST"})]
)
def test_preflight(ask: Any, path: str, methods: set[str]) -> None:
    """A preflight is told the methods of the route, and that JSON may be sent."""
    asked = ELSEWHERE | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = ask(path, "OPTIONS", asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert set(answer.headers["Access-Control-Allow-Methods"].split(", ")) == methods
    allowed = set(answer.headers["Access-Control-Allow-Headers"].split(", "))
    assert allowed >= {"Content-Type", "Authorization", "traceparent", "If-Modified-Since", "Range", "Content-Encoding"}
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


def test_every_route_has_options_and_head(app: Any, ask: Any) -> None:
    """OPTIONS names the methods of every route of the document, HEAD among them wherever there is GET."""
    for path, item in ask.document["paths"].items():
        address = path.removeprefix("/api/v1").replace("{name}", "三边").replace("{report_id}", "yunxi-2024")
        answer = ask(address, "OPTIONS")
        allowed = set(answer.headers["Allow"].split(", "))
        declared = {method.upper() for method in item if method != "parameters"}
        assert (answer.status_code, answer.data) == (200, b"")
        assert allowed == declared | {"OPTIONS"} | ({"HEAD"} if "GET" in declared else set())
