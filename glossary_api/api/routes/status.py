"""The state of the service: that it answers, and from which edition."""

from __future__ import annotations

import importlib.metadata
import platform
import sqlite3
import time
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Response, current_app

from glossary_api.api.http.answers import SHELF, json_answer, json_answer_in, served_edition
from glossary_api.api.http.language import preferred_language
from glossary_api.api.http.refusals import NotReady
from glossary_api.api.http.routing import get, resource
from glossary_api.api.schemas.service import HealthSchema, ReadinessSchema, StatusSchema
from glossary_api.queries.served import Shelf, Standing
from glossary_api.store.edition import Edition

blueprint = resource("status", "The service itself")


@get(blueprint, "/healthz", HealthSchema, tagged=False)
def show_health() -> Response:
    """Say that the service can read its edition."""
    served_edition().check()
    return json_answer(b'{"status":"ok"}')


@get(blueprint, "/readyz", ReadinessSchema, tagged=False)
def show_readiness() -> Response:
    """Say that the edition which was published last is served and can be read, and how old it is."""
    edition, standing = served_edition(), _standing()
    edition.check()
    if standing.why is not None:
        raise NotReady(standing.why)
    age = max(0, int(time.time() - edition.modified))
    return json_answer(orjson.dumps({"status": "ready", **_published(edition, standing), "age": age}))


@get(blueprint, "/status", StatusSchema, tagged=False)
def show_status() -> Response:
    """Say which edition is served, what it holds and what serves it."""
    edition, standing = served_edition(), _standing()
    language = preferred_language()
    why = standing.why.said(language) if standing.why else None
    status = {
        "edition": {**_published(edition, standing), "why": why, **edition.versions},
        "counts": dict(edition.counts),
        "versions": {
            "program": importlib.metadata.version("glossary-api"),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        },
    }
    return json_answer_in(language, orjson.dumps(status))


def _standing() -> Standing:
    shelf: Shelf = current_app.extensions[SHELF]
    return shelf.standing()


def _published(edition: Edition, standing: Standing) -> dict[str, Any]:
    written = datetime.fromtimestamp(int(edition.modified), UTC).isoformat()
    return {"hash": edition.hash, "written": written, "published": standing.published, "verified": standing.verified}
