"""The state of the service: that it answers, and from which edition."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3

import orjson
from flask import Response

from glossary_api.api.http.answers import json_answer, served_edition
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.service import HealthSchema, StatusSchema

blueprint = resource("status", "The service itself")


@get(blueprint, "/healthz", HealthSchema, tagged=False)
def show_health() -> Response:
    """Say that the service can read its edition."""
    served_edition().check()
    return json_answer(b'{"status":"ok"}')


@get(blueprint, "/status", StatusSchema, tagged=False)
def show_status() -> Response:
    """Say which edition is served, what it holds and what serves it."""
    edition = served_edition()
    status = {
        "edition": {"hash": edition.hash, **edition.versions},
        "counts": dict(edition.counts),
        "versions": {
            "program": importlib.metadata.version("glossary-api"),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
    }
    return json_answer(orjson.dumps(status))
