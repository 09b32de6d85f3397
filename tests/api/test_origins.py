from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("path", ["/terms", "/terms/三边", "/terms/四边", "/nothing", "/status", "/terms?limit=0"])
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://example.org"}], ids=["none", "other"])
def test_any_origin_may_read(ask: Any, path: str, headers: dict[str, str]) -> None:
    """Every answer, errors included, may be read from any origin, and is the same for all of them."""
    answer = ask(path, headers=headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "ETag, Link, X-Total-Count"
    assert "Vary" not in answer.headers
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_preflight(ask: Any) -> None:
    """A preflight is told the methods that read."""
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = ask("/terms", "OPTIONS", asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_options(ask: Any) -> None:
    """OPTIONS names the methods of a route."""
    assert set(ask("/terms/三边", "OPTIONS").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
