from __future__ import annotations

from typing import Any

import pytest

ELSEWHERE = {"Origin": "https://example.org"}


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
