"""The address at which a client begins: where everything else is."""

from __future__ import annotations

import importlib.metadata
import re

import orjson
from flask import Response, current_app, url_for
from marshmallow import fields

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.strict import Strict, word

blueprint = resource("entry", "Where to begin")


class EntryPointSchema(Strict):
    """The addresses of everything, as paths on this server."""

    name = word("What this is.")
    program = word("Version of the program.")
    edition = word("Hash of the edition that is served.")
    openapi = word("The API described for programs, OpenAPI 3.1.")
    docs = word("The API described for people, with a form to try each route.")
    manual = word("The manual.")
    routes = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={
            "description": "What can be asked, by operation id: paths, with the name of a parameter in braces where its"
            " value stands, percent-encoded."
        },
    )


@get(blueprint, "", EntryPointSchema)
def show_entry_point() -> Response:
    """List the addresses of everything."""
    said = {
        "name": "Glossary API",
        "program": importlib.metadata.version("glossary-api"),
        "edition": served_edition().hash,
        "openapi": url_for("docs.show_openapi"),
        "docs": url_for("docs.show_docs"),
        "manual": "/manual",
        "routes": _routes(url_for("entry.show_entry_point")),
    }
    return json_answer(orjson.dumps(said))


def _routes(root: str) -> dict[str, str]:
    rules = sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return {
        rule.endpoint.rpartition(".")[2]: re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in rules
        if rule.rule.startswith(f"{root}/")
    }
