"""Publish the OpenAPI document, and a page to read and try it that loads nothing from other hosts."""

from __future__ import annotations

import copy
import importlib.metadata
from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request, send_from_directory
from flask_smorest import Api  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.openapi_examples import exemplify
from glossary_api.api.http.operations import complete
from glossary_api.api.http.problems import KINDS, TYPE_PREFIX, problem
from glossary_api.api.http.routing import NameConverter
from glossary_api.api.schemas.service import ProblemSchema

FOLDER = Path(__file__).parents[2] / "web" / "page" / "static" / "swagger-ui"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the icons of Swagger UI stand in its style sheet
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
SETTINGS = {"API_TITLE": "Glossary API", "OPENAPI_VERSION": "3.1.0"}
DESCRIPTION = """Glossary and terminology of Chinese government work reports (政府工作报告).

Every `start` and `end` counts Unicode code points into the text of a report as read; a span is half open. All
answers are JSON in UTF-8. `fields` has dotted paths, with commas between them or each as a parameter of its own: all
other fields are left out, whatever the schema requires; an answer that is not JSON stays whole. Errors are problem
documents (RFC 9457); their `type` is one of:

"""

blueprint = Blueprint("docs", __name__)


class GlossaryApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """flask-smorest with our error shape, in the answers and in the document."""

    DEFAULT_ERROR_RESPONSE_NAME = None  # every route documents its own, with the right media type
    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Return the answer to an error that Flask or Werkzeug raised."""
        return problem(error)


def described_api() -> GlossaryApi:
    """Return the registry of routes for the OpenAPI document; give it the application, then the blueprints."""
    slugs = dict.fromkeys(kind.slug for kind in KINDS.values())
    info = {
        "description": DESCRIPTION + "\n".join(f"- `{TYPE_PREFIX}{slug}`" for slug in slugs),
        "contact": {"name": "The glossary-api authors"},
        "license": {"name": "MIT", "identifier": "MIT"},
    }
    api = GlossaryApi(spec_kwargs={"info": info, "version": importlib.metadata.version("glossary-api")})
    api.register_converter(NameConverter, _name_parameter)
    return api


def _name_parameter(_: BaseConverter) -> dict[str, Any]:
    return {"type": "string", "minLength": 1}


@blueprint.get("/openapi.json")
def show_openapi() -> Response:
    """Return the OpenAPI document, with examples from the edition that is served."""
    edition = served_edition()
    kept: dict[str, bytes] = current_app.extensions.setdefault("glossary_openapi", {})
    key = f"{edition.hash} {request.root_url}"  # some examples have addresses in them
    if key not in kept:
        document = openapi()
        document["servers"] = [{"url": request.root_url.rstrip("/"), "description": "The server that was asked."}]
        exemplify(document, current_app, edition, request.host_url)
        kept.clear()
        kept[key] = orjson.dumps(document, option=orjson.OPT_INDENT_2)
    answer = json_answer(kept[key])
    answer.add_etag(weak=True)  # it may be compressed on its way
    answer.make_conditional(request)
    return answer


def openapi() -> dict[str, Any]:
    """Return the OpenAPI document of the current application."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    document: dict[str, Any] = copy.deepcopy(api.spec.to_dict())
    document["components"]["schemas"].pop("PaginationMetadata", None)  # registered unasked; no route has it
    document["security"] = []  # nothing is asked for: it is open to all
    complete(document, current_app)
    return document


@blueprint.get("/docs")
def show_docs() -> Response:
    """Return the page to read and try the API."""
    return _shown("index.html")


@blueprint.get("/docs/<path:file>")
def show_docs_file(file: str) -> Response:
    """Send a script or style of the page."""
    return _shown(file)


def _shown(file: str) -> Response:
    response = send_from_directory(FOLDER, file)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
