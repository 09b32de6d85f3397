from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from typing import Any

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from glossary_api.api.http.openapi import FOLDER

UNDOCUMENTED = {"/api/v1/openapi.json", "/api/v1/docs", "/api/v1/docs/{file}"}


def test_document_is_valid(ask: Any) -> None:
    """The OpenAPI document is one of version 3.1."""
    validate(ask.document, cls=OpenAPIV31SpecValidator)
    assert ask.document["openapi"] == "3.1.0"


def test_document_has_every_route(app: Flask, ask: Any) -> None:
    """Every route of the API is in the document but those that serve the document itself, and no other."""
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    paths = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule) for rule in rules}
    assert ask.document["paths"].keys() == paths - UNDOCUMENTED


def test_operations_are_described(ask: Any) -> None:
    """Every operation has an id of its own, a summary, and a description of each parameter."""
    paths = ask.document["paths"].values()
    operations = [item[method] for item in paths for method in item if method != "parameters"]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] for operation in operations)
    parameters = [p for path in ask.document["paths"].values() for p in path.get("parameters", [])]
    parameters += [p for operation in operations for p in operation.get("parameters", [])]
    assert all(parameter["description"] for parameter in parameters)


def test_generators_of_clients_understand_it(ask: Any) -> None:
    """No body or answer has a union beside a reference, none lacks a type, no name shadows one of Python's typing."""
    for item in ask.document["paths"].values():
        for operation in (item[method] for method in item if method != "parameters"):
            contents = [one.get("content", {}) for one in operation["responses"].values()]
            contents.append(operation.get("requestBody", {}).get("content", {}))
            for schema in (one["schema"] for content in contents for one in content.values()):
                assert schema
                assert "$ref" not in schema or schema.keys() == {"$ref"}
    schemas = ask.document["components"]["schemas"]
    assert not schemas.keys() & set(typing.__all__)
    assert not [name for name in schemas if name.endswith("Part")]


def test_what_classes_are_made_of_has_a_name(ask: Any) -> None:
    """No schema within another has a title, no alternative is an object without a name, no word lacks its type."""
    for schema in inner_schemas(ask.document):
        assert not isinstance(schema.get("title"), str)
        assert "const" not in schema
        for one in schema.get("oneOf", []) + schema.get("anyOf", []):
            assert one.get("type") != "object"
    assert {"$ref": "#/components/schemas/Establish"} in ask.document["components"]["schemas"]["DecisionDraft"]["oneOf"]


def inner_schemas(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All objects of a document but those that have a name."""
    waiting: list[Any] = [
        document["paths"],
        *(list(one.values()) for one in document["components"]["schemas"].values()),
    ]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
        if isinstance(part, dict | list):
            waiting += [part[key] for key in part if key != "example"] if isinstance(part, dict) else part


def test_document_names_its_server(ask: Any) -> None:
    """Addresses in the document are those of the server that was asked, and nothing has to be proven to it."""
    assert [server["url"] for server in ask.document["servers"]] == ["http://localhost"]
    assert ask.document["security"] == []


def test_entry_point_leads_everywhere(ask: Any) -> None:
    """The entry document leads to the description, the pages for people, and every operation."""
    found = json.loads(ask("").data)
    for path, item in ask.document["paths"].items():
        for operation in (item[method] for method in item.keys() - {"parameters"} if path != "/api/v1"):
            assert found["routes"][operation["operationId"]] == path
    for name in ("openapi", "docs", "manual"):
        with ask.app.test_client().get(found[name]) as answer:
            assert answer.status_code in (200, 308)


def test_document_is_the_same_each_time(app: Flask, ask: Any) -> None:
    """Asking twice gets the same bytes, with Chinese unescaped."""
    one, other = (app.test_client().get("/api/v1/openapi.json").data for _ in range(2))
    assert one == other
    assert "政府工作报告".encode() in one
    assert list(json.loads(one)["components"]["schemas"]) == list(ask.document["components"]["schemas"])


def test_page_loads_nothing_from_elsewhere(app: Flask) -> None:
    """The page and its style sheet name no other host, run no inline script, and the policy forbids both."""
    with app.test_client().get("/api/v1/docs") as page:
        policy = page.headers["Content-Security-Policy"]
        html = page.get_data(as_text=True)
    assert page.mimetype == "text/html"
    assert not re.search(r"//\w", html)
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r'\s(?:on\w+|style)="', html) == []
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"url\(['\"]?(?:https?:)?//", (FOLDER / "swagger-ui.css").read_text("utf-8"))


def test_page_finds_its_files(app: Flask) -> None:
    """Every file that the page names is there, next to the document it shows."""
    client = app.test_client()
    with client.get("/api/v1/docs") as page:
        named = re.findall(r'(?:src|href)="([^":]+)"', page.get_data(as_text=True))
    assert len(named) == 4
    for name in named:
        with client.get(f"/api/v1/{name}") as response:
            assert response.status_code == 200


def test_vendored_files_have_their_licence() -> None:
    """The vendored files stand with licence, notice and a note of their version."""
    note = (FOLDER / "README.md").read_text("utf-8")
    version = re.search(r"swagger-ui-dist (\d+\.\d+\.\d+)", note)
    assert version
    assert version[1] in (FOLDER / "swagger-ui-bundle.js").read_text("utf-8")
    assert {"LICENSE", "NOTICE"} <= {path.name for path in FOLDER.iterdir()}
