"""Look-ups are answered twice, without Flask and by their views, and nobody can tell the answers apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary_api.api.http.middleware import Middleware
from glossary_api.api.routes import lookup, terms
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition

NAMES = [
    "六个不发生",
    "6个不发生",
    "六個不發生",
    "“135”工作体系",
    "135",
    "1+22+3",
    "1 22 3",
    "产业/创新",
    "三边",
    "六个不",
    "",
    "x?#",
]
VALUES = [*NAMES, "云溪", "990105", "远山市", "2024-06-01", "2024", "\x00", "边" * 101]

Answer = tuple[int, list[tuple[str, str]], bytes]


@pytest.fixture
def both(edition_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Answer, Answer]]:
    """The answers of an application as it is, and of one that leaves everything to Flask."""
    apps = create_app(Settings(edition=edition_path)), create_app(Settings(edition=edition_path))

    def asked(app: Flask, address: str, headers: dict[str, str]) -> Answer:
        response = app.test_client().get(address, headers={"X-Request-ID": "the-same", **headers})
        return response.status_code, sorted(response.headers), response.data

    def ask(address: str, headers: dict[str, str] | None = None) -> tuple[Answer, Answer]:
        plain = asked(apps[0], address, headers or {})
        with monkeypatch.context() as patched:
            patched.setattr(Middleware, "_answered_directly", lambda self, environ: None)
            return plain, asked(apps[1], address, headers or {})

    return ask


@pytest.mark.parametrize("name", NAMES)
def test_terms(both: Callable[..., tuple[Answer, Answer]], name: str) -> None:
    """A term is the same to the last header, whichever way it went; so is a name that nothing has."""
    direct, by_flask = both(f"/api/v1/terms/{quote(name, safe='')}")
    assert direct == by_flask


@pytest.mark.parametrize("headers", [{"Accept": "text/html"}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}])
@pytest.mark.parametrize("path", ["terms/三边", "lookup?name=三边", "terms/三边/usages", "terms/三边?fields=id"])
def test_other_wishes(both: Callable[..., tuple[Answer, Answer]], path: str, headers: dict[str, str]) -> None:
    """Whoever wants another media type, compression or to be spared what it has gets what Flask says."""
    direct, by_flask = both(f"/api/v1/{path}", headers)
    assert direct == by_flask


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["name", "place", "date", "fields", "x"]), st.sampled_from(VALUES)), max_size=4)
)
def test_look_ups(both: Callable[..., tuple[Answer, Answer]], query: list[tuple[str, str]]) -> None:
    """A look-up, whatever its parameters, right or wrong, is the same to the last header."""
    direct, by_flask = both(f"/api/v1/lookup?{urlencode(query)}")
    assert direct == by_flask


@pytest.mark.parametrize(
    "query", ["name=%E5", "name=%FF&place=x", "name=三边", "name=三边&", "name", "name=a;b", "=&name=三边"]
)
def test_odd_queries(both: Callable[..., tuple[Answer, Answer]], query: str) -> None:
    """Bytes that are no text, and signs in odd places, mean the same to both."""
    direct, by_flask = both(f"/api/v1/lookup?{query}")
    assert direct == by_flask


def test_the_usual_look_up_needs_no_flask(edition: Edition) -> None:
    """The plain forms are answered directly, names as they come included, and nothing else is."""
    raw, quoted = "六個不發生".encode().decode("latin-1"), quote("六個不發生")

    def shown(path: str, query: str = "") -> bytes | None:
        found = terms.show_term_directly({"PATH_INFO": path, "QUERY_STRING": query}, edition)
        return found and found[0]

    def looked_up(query: str) -> bytes | None:
        found = lookup.look_up_directly({"QUERY_STRING": query}, edition)
        return found and found[0]

    assert shown(f"/api/v1/terms/{raw}") == edition.term_document("六个不发生")
    assert shown(f"/api/v1/terms/{raw}", "fields=id") is None
    assert looked_up(f"name={quoted}&date=2024-06-01")
    assert looked_up(f"name={quoted}&fields=name") is None
