"""A client that holds every answer against what the API's own OpenAPI document says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openapi_schema_validator import OAS31Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from glossary_api.settings import Settings
from glossary_api.site.app import create_app

PROBLEM = "application/problem+json"


class Asker:
    """Asks the application and refuses answers that its document does not declare."""

    def __init__(self, app: Flask, document: dict[str, Any]) -> None:
        self.app = app
        self.document = document
        self._client = app.test_client()

    def __call__(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, **sent: Any
    ) -> TestResponse:
        """The answer to a request at `/api/v1` + path, checked if the path and the method are in the document.

        `sent` is what the test client takes: `json` or `data` with `content_type`.
        """
        response = self._client.open(f"/api/v1{path}", method=method, headers=headers, **sent)
        operation = self._operation(path, "get" if method == "HEAD" else method.lower())
        if operation is not None:
            self._check(operation, response, method)
        elif response.status_code >= 400:
            assert response.mimetype == PROBLEM
            self._validate({"$ref": "#/components/schemas/Problem"}, response)
        return response

    def _operation(self, path: str, method: str) -> dict[str, Any] | None:
        urls = self.app.url_map.bind("localhost")
        try:
            rule, _ = urls.match(f"/api/v1{path}".partition("?")[0], method.upper(), return_rule=True)
        except HTTPException:
            return None
        documented = "".join(text if kind else f"{{{text}}}" for kind, text in _parts(rule.rule))
        operation: dict[str, Any] | None = self.document["paths"].get(documented, {}).get(method)
        return operation

    def _check(self, operation: dict[str, Any], response: TestResponse, method: str) -> None:
        declared = operation["responses"].get(str(response.status_code), operation["responses"].get("default"))
        assert declared is not None, f"{response.status_code} is not declared"
        declared = self._found(declared)
        for header, reference in declared.get("headers", {}).items():
            self._check_header(header, self._found(reference), response)
        if "content" in declared:
            schema = declared["content"][response.mimetype].get("schema", {})
            if method != "HEAD" and response.is_json:
                self._validate(schema, response, trimmed="fields" in response.request.args)
        else:
            assert response.data == b""

    def _check_header(self, name: str, described: dict[str, Any], response: TestResponse) -> None:
        assert name in response.headers or not described.get("required", False), f"{name} is missing"
        if name in response.headers:
            schema, value = described["schema"], response.headers[name]
            OAS31Validator(schema).validate(int(value) if schema.get("type") == "integer" else value)

    def _found(self, described: dict[str, Any]) -> dict[str, Any]:
        """What a reference leads to, or the thing itself."""
        for step in described.get("$ref", "#").split("/")[1:]:
            described = (self.document if step == "components" else described)[step]
        return described

    def _validate(self, schema: dict[str, Any], response: TestResponse, trimmed: bool = False) -> None:
        whole = schema | {"components": self.document["components"]}
        OAS31Validator(_optional(whole) if trimmed else whole).validate(json.loads(response.data))


def _optional(schema: Any) -> Any:
    """A schema with nothing required: that of an answer of which the caller wants some fields only."""
    if isinstance(schema, list):
        return [_optional(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _optional(one) for key, one in schema.items() if key != "required" or not isinstance(one, list)}


def _parts(rule: str) -> list[tuple[bool, str]]:
    """A rule's pieces: text as it stands, and names of variables."""
    pieces = rule.replace(">", "<").split("<")
    return [(n % 2 == 0, piece.rpartition(":")[2] if n % 2 else piece) for n, piece in enumerate(pieces)]


@pytest.fixture
def app(edition_path: Path) -> Flask:
    """The application that serves the sample edition."""
    return create_app(Settings(edition=edition_path))


@pytest.fixture(scope="session")
def document(edition_path: Path) -> dict[str, Any]:
    """The OpenAPI document of an application that serves the sample edition."""
    client = create_app(Settings(edition=edition_path)).test_client()
    read: dict[str, Any] = json.loads(client.get("/api/v1/openapi.json").data)
    return read


@pytest.fixture
def ask(app: Flask, document: dict[str, Any]) -> Asker:
    """Ask it."""
    return Asker(app, document)
