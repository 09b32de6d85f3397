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

from glossary_api.api.app import create_app
from glossary_api.settings import Settings

PROBLEM = "application/problem+json"


class Asker:
    """Asks the application and refuses answers that its document does not declare."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self.document: dict[str, Any] = json.loads(self._client.get("/api/v1/openapi.json").data)

    def __call__(self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> TestResponse:
        """The answer to a request at `/api/v1` + path, checked if the path is in the document."""
        response = self._client.open(f"/api/v1{path}", method=method, headers=headers)
        operation = self._operation(path)
        if operation is not None and method in ("GET", "HEAD"):
            self._check(operation, response, method)
        elif response.status_code >= 400:
            assert response.mimetype == PROBLEM
            self._validate({"$ref": "#/components/schemas/Problem"}, response)
        return response

    def _operation(self, path: str) -> dict[str, Any] | None:
        try:
            rule, _ = self.app.url_map.bind("localhost").match(f"/api/v1{path}".partition("?")[0], return_rule=True)
        except HTTPException:
            return None
        documented = "".join(text if kind else f"{{{text}}}" for kind, text in _parts(rule.rule))
        operation: dict[str, Any] | None = self.document["paths"].get(documented, {}).get("get")
        return operation

    def _check(self, operation: dict[str, Any], response: TestResponse, method: str) -> None:
        declared = operation["responses"].get(str(response.status_code), operation["responses"]["default"])
        for header, described in declared.get("headers", {}).items():
            value: Any = response.headers[header]
            OAS31Validator(described["schema"]).validate(
                int(value) if described["schema"]["type"] == "integer" else value
            )
        if "content" in declared:
            schema = declared["content"][response.mimetype]["schema"]
            if method == "GET":
                self._validate(schema, response)
        else:
            assert response.data == b""

    def _validate(self, schema: dict[str, Any], response: TestResponse) -> None:
        whole = schema | {"components": self.document["components"]}
        OAS31Validator(whole).validate(json.loads(response.data))


def _parts(rule: str) -> list[tuple[bool, str]]:
    """A rule's pieces: text as it stands, and names of variables."""
    pieces = rule.replace(">", "<").split("<")
    return [(n % 2 == 0, piece.rpartition(":")[2] if n % 2 else piece) for n, piece in enumerate(pieces)]


@pytest.fixture
def app(edition_path: Path) -> Flask:
    """The application that serves the sample edition."""
    return create_app(Settings(edition=edition_path))


@pytest.fixture
def ask(app: Flask) -> Asker:
    """Ask it."""
    return Asker(app)
